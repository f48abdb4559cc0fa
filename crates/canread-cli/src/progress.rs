//! Says on stderr what takes so long: only on a terminal, and only after a second.

use std::{
    io::{Write, stderr},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread::{JoinHandle, spawn},
    time::{Duration, Instant},
};

use crate::terminal;

/// Quiet for so long.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two signs of life.
const TICK: Duration = Duration::from_millis(200);
/// Goes to the start of the line and empties it.
const CLEAR: &str = "\r\x1b[K";

/// Shows the current step until it is hidden or dropped, and remembers how long each took.
pub(crate) struct Progress {
    steps: Vec<(&'static str, Instant)>,
    shown: Option<(Sender<&'static str>, JoinHandle<()>)>,
}

impl Progress {
    pub(crate) fn start(step: &'static str) -> Self {
        let shown = terminal::can_show_progress().then(|| {
            let (sender, receiver) = channel();
            (sender, spawn(move || show(step, &receiver, PATIENCE, &mut stderr())))
        });
        Self { steps: vec![(step, Instant::now())], shown }
    }

    pub(crate) fn step(&mut self, step: &'static str) {
        self.steps.push((step, Instant::now()));
        if let Some((sender, _)) = &self.shown {
            let _ = sender.send(step);
        }
    }

    /// Ends the display: what is printed from now on has the terminal for itself.
    pub(crate) fn hide(&mut self) {
        if let Some((sender, thread)) = self.shown.take() {
            drop(sender);
            let _ = thread.join();
        }
    }

    /// Ends the display, and gives the steps with the time that each took.
    pub(crate) fn finish(mut self) -> Vec<(&'static str, Duration)> {
        self.hide();
        let end = Instant::now();
        let ends = self.steps.iter().skip(1).map(|(_, start)| *start).chain([end]);
        self.steps.iter().zip(ends).map(|((step, start), end)| (*step, end - *start)).collect()
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.hide();
    }
}

/// Writes the step that was sent last, again and again, until nobody can send another.
fn show(mut step: &'static str, steps: &Receiver<&'static str>, patience: Duration, out: &mut impl Write) {
    let started = Instant::now();
    let mut is_shown = false;
    loop {
        let pause = if is_shown { TICK } else { patience.saturating_sub(started.elapsed()) };
        match steps.recv_timeout(pause) {
            Ok(next) => step = next,
            Err(RecvTimeoutError::Timeout) => {
                is_shown = true;
                let _ = write!(out, "{CLEAR}{step} ({} s)", started.elapsed().as_secs());
                let _ = out.flush();
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    if is_shown {
        let _ = write!(out, "{CLEAR}");
        let _ = out.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is written with so much patience, for steps that take `pause` each.
    fn shown(patience: Duration, pause: Duration) -> String {
        let (sender, receiver) = channel();
        let thread = spawn(move || {
            let mut out = Vec::new();
            show("reading", &receiver, patience, &mut out);
            String::from_utf8(out).expect("steps are text")
        });
        std::thread::sleep(pause);
        sender.send("parsing").expect("the display is waiting");
        std::thread::sleep(pause);
        drop(sender);
        thread.join().expect("the display ends")
    }

    #[test]
    fn a_quick_run_says_nothing() {
        assert_eq!(shown(Duration::from_secs(3600), Duration::from_millis(1)), "");
    }

    #[test]
    fn a_slow_run_shows_its_step_and_wipes_it() {
        let shown = shown(Duration::from_millis(1), Duration::from_millis(400));
        assert!(shown.starts_with("\r\u{1b}[Kreading (0 s)"), "{shown:?}");
        assert!(shown.contains("\r\u{1b}[Kparsing (0 s)"), "{shown:?}");
        assert!(shown.ends_with(CLEAR), "{shown:?}");
    }
}
