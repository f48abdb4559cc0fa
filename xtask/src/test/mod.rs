//! `cargo xtask test`: runs the steps of one list and counts them.

mod bench;
mod context;
mod examples;
mod linear_work;
mod locks;
mod step;
mod steps;
mod summary;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Args;

use self::context::{Context, Session};
use self::step::{Outcome, Step, Tier};
use self::steps::STEPS;
use self::summary::{Row, Seconds, Summary};
use crate::workspace::{Workspace, in_ci};

/// What to run and how.
#[derive(Args)]
pub(crate) struct Options {
    /// Run the long forms too: many more random inputs, heavy peers, sanitizers
    #[arg(long)]
    full: bool,
    /// Run only these steps, for example `tidy,clippy`
    #[arg(long, value_name = "STEPS", value_delimiter = ',')]
    only: Vec<String>,
    /// Say which steps there are, and run none
    #[arg(long)]
    list: bool,
    /// Show the output of every step as it comes, not only of those that fail
    #[arg(long, short)]
    verbose: bool,
    /// End everything after this time
    #[arg(long, value_name = "MINUTES", env = "CANREAD_TEST_MINUTES_MAX", default_value_t = 60)]
    minutes_max: u64,
}

/// Runs the chosen steps. The last line printed is `N passed, N failed, N skipped`.
pub(crate) fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    if options.list {
        list();
        return ExitCode::SUCCESS;
    }
    let steps = match choose(STEPS, options.full, &options.only) {
        Ok(steps) => steps,
        Err(message) => {
            println!("error: {message}");
            return ExitCode::from(2);
        }
    };
    let deadline = Instant::now() + Duration::from_secs(options.minutes_max.saturating_mul(60));
    let session = Session::new(workspace, options.verbose, deadline);
    let summary = run_all(&steps, &session, in_ci());
    println!("{summary}");
    if summary.all_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn list() {
    let width = STEPS.iter().map(|step| step.name.len()).max().unwrap_or_default();
    for step in STEPS {
        let tier = match step.tier {
            Tier::Always => "",
            Tier::Short => " (without --full)",
            Tier::Full => " (with --full)",
        };
        println!("{:width$}  {}{tier}", step.name, step.what);
    }
}

/// The steps of a run, in the order of the list. Naming a step chooses it whatever its tier.
fn choose<'s>(steps: &'s [Step], full: bool, only: &[String]) -> Result<Vec<&'s Step>, String> {
    if let Some(unknown) = only.iter().find(|name| steps.iter().all(|step| step.name != name.as_str())) {
        let names: Vec<_> = steps.iter().map(|step| step.name).collect();
        return Err(format!("there is no step `{unknown}`, the steps are {}", names.join(", ")));
    }
    let chosen = |step: &&Step| {
        if only.is_empty() { step.tier.is_in(full) } else { only.iter().any(|name| name == step.name) }
    };
    Ok(steps.iter().filter(chosen).collect())
}

fn run_all(steps: &[&Step], session: &Session<'_>, ci: bool) -> Summary {
    let mut summary = Summary::default();
    for (index, step) in steps.iter().enumerate() {
        println!("[{}/{}] {}: {}", index + 1, steps.len(), step.name, step.what);
        let started = Instant::now();
        let (outcome, log) = run_one(step, session, ci);
        let time = started.elapsed();
        println!("      {outcome} in {}", Seconds(time));
        print!("{log}");
        summary.rows.push(Row { name: step.name, outcome, time });
    }
    summary
}

/// How the step ended and what is to be shown of its output.
fn run_one(step: &Step, session: &Session<'_>, ci: bool) -> (Outcome, String) {
    if Instant::now() >= session.deadline {
        return (Outcome::failed("not started: the time for the whole run is over"), String::new());
    }
    let context = match Context::new(session, step) {
        Ok(context) => context,
        Err(error) => return (Outcome::failed(format!("its log cannot be made: {error}")), String::new()),
    };
    let outcome = (step.run)(&context).strict(ci);
    let log = if matches!(outcome, Outcome::Passed { .. }) { String::new() } else { context.shown_log() };
    (outcome, log)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn step(name: &'static str, tier: Tier) -> Step {
        Step { name, what: "", tier, run: |_| Outcome::passed() }
    }

    const LIST: &[Step] = &[step("fmt", Tier::Always), step("tests", Tier::Short), step("long", Tier::Full)];

    fn names(full: bool, only: &[&str]) -> Result<Vec<&'static str>, String> {
        let only: Vec<_> = only.iter().map(|&name| name.to_owned()).collect();
        Ok(choose(LIST, full, &only)?.iter().map(|step| step.name).collect())
    }

    #[test]
    fn the_long_form_of_a_step_takes_the_place_of_the_short_one() {
        assert_eq!(names(false, &[]), Ok(vec!["fmt", "tests"]));
        assert_eq!(names(true, &[]), Ok(vec!["fmt", "long"]));
    }

    #[test]
    fn a_named_step_runs_in_the_order_of_the_list() {
        assert_eq!(names(false, &["long", "fmt"]), Ok(vec!["fmt", "long"]));
    }

    #[test]
    fn an_unknown_step_is_an_error_that_names_the_known_ones() {
        assert_eq!(names(false, &["lint"]), Err("there is no step `lint`, the steps are fmt, tests, long".to_owned()));
    }

    #[test]
    fn every_step_has_a_name_of_its_own() {
        for (index, step) in STEPS.iter().enumerate() {
            assert!(STEPS[..index].iter().all(|other| other.name != step.name), "{}", step.name);
        }
    }
}
