//! Says on stderr what takes so long: only on a terminal, and only after a second.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::{JoinHandle, spawn},
    time::{Duration, Instant},
};

/// Quiet for so long.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two signs of life.
const TICK: Duration = Duration::from_millis(200);

/// Shows the current step until it is dropped, and remembers how long each took.
pub(crate) struct Progress {
    steps: Vec<(&'static str, Instant)>,
    shown: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    pub(crate) fn start(step: &'static str) -> Self {
        let shown = stderr().is_terminal().then(|| {
            let (sender, receiver) = channel();
            let thread = spawn(move || {
                let started = Instant::now();
                let mut step = step;
                let mut is_shown = false;
                loop {
                    match receiver.recv_timeout(if is_shown {
                        TICK
                    } else {
                        PATIENCE.saturating_sub(started.elapsed())
                    }) {
                        Ok(next) => step = next,
                        Err(RecvTimeoutError::Timeout) => {
                            is_shown = true;
                            let _ = write!(stderr(), "\r\x1b[K{step} ({} s)", started.elapsed().as_secs());
                        }
                        Err(RecvTimeoutError::Disconnected) => break,
                    }
                }
                if is_shown {
                    let _ = write!(stderr(), "\r\x1b[K");
                }
            });
            (sender, thread)
        });
        Self { steps: vec![(step, Instant::now())], shown }
    }

    pub(crate) fn step(&mut self, step: &'static str) {
        self.steps.push((step, Instant::now()));
        if let Some((sender, _)) = &self.shown {
            let _ = sender.send(step);
        }
    }

    /// Ends the display, and gives the steps with the time that each took.
    pub(crate) fn finish(mut self) -> Vec<(&'static str, Duration)> {
        let end = Instant::now();
        let ends = self.steps.iter().skip(1).map(|(_, start)| *start).chain([end]);
        let steps = self.steps.iter().zip(ends).map(|((step, start), end)| (*step, end - *start)).collect();
        self.hide();
        steps
    }

    fn hide(&mut self) {
        if let Some((sender, thread)) = self.shown.take() {
            drop(sender);
            let _ = thread.join();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.hide();
    }
}
