//! The measurement beside the peers as a step of the test run.
//!
//! A test must not depend on how busy the machine is: asked for are peak
//! memory, the ratio of CPU time to the peer's in the same run, and CPU time with slack.

use std::fs;

use super::context::Context;
use super::step::Outcome;
use crate::bench::{Measurement, Stop};
use crate::codecs;

pub(super) fn bench(context: &Context<'_>) -> Outcome {
    if let Err(reason) = context.corpora() {
        return Outcome::skipped(reason.to_string());
    }
    let report = context.workspace().logs().join("bench.md");
    let measurement = Measurement { rounds: 1, steady: true, report: Some(report.clone()) };
    match measurement.run(context.workspace(), &|command| context.child(command)) {
        Ok(()) => {}
        Err(Stop::Unavailable(reason)) => return Outcome::skipped(reason.to_string()),
        Err(Stop::Failed(reason)) => return Outcome::failed(reason),
    }
    match fs::read_to_string(&report) {
        Ok(text) => text.lines().for_each(|line| println!("      {line}")),
        Err(error) => {
            return Outcome::failed(format!("{} cannot be read: {error}", context.workspace().show(&report)));
        }
    }
    Outcome::passed()
}

/// No times: what is asked for is that all codecs agree, that each job runs, and what callgrind counts.
pub(super) fn codecs(context: &Context<'_>) -> Outcome {
    match codecs::prove(context.workspace(), &|command| context.child(command)) {
        Ok(None) => Outcome::passed(),
        Ok(Some(skip)) => Outcome::Passed { skips: vec![skip] },
        Err(reason) => Outcome::failed(reason),
    }
}
