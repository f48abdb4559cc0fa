//! The command `canread`. Terminals and exit codes are known here and nowhere else.
//!
//! | exit code | means |
//! |---|---|
//! | 0 | compared, and nothing at or above `--fail-on` |
//! | 1 | findings at or above it |
//! | 2 | the arguments or the configuration make no sense |
//! | 3 | something could not be read, parsed, resolved or compared |

mod args;
mod commands;
mod exit;
mod output;
mod progress;
mod settings;
mod terminal;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(mut error) => {
            args::advise(&mut error);
            // Help and version are answers, not errors.
            let code = if error.use_stderr() { exit::USAGE } else { exit::COMPATIBLE };
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    let code = match &args.command {
        Command::Check(check) => commands::check(check, &args.config, args.color),
        Command::Diff(diff) => commands::diff(diff, &args.config, args.color),
        Command::Changelog(changelog) => commands::changelog(changelog, &args.config, args.color),
        Command::Lint(lint) => commands::lint(lint, &args.config, args.color),
        Command::Canonical(canonical) => commands::canonical(canonical, &args.config, args.color),
        Command::Fmt(fmt) => commands::fmt(fmt, &args.config, args.color),
        Command::Lock(lock) => commands::lock(lock, &args.config, args.color),
        Command::Explain(explain) => commands::explain(explain),
        Command::Rules(rules) => commands::rules(rules),
        Command::Init(init) => commands::init(init, args.color),
        Command::Approve(approve) => commands::approve(approve, &args.config, args.color),
        Command::Config(config) => commands::config(config, &args.config, args.color),
        Command::Completions(completions) => commands::completions(completions),
        Command::Man(man) => commands::man(man),
    };
    ExitCode::from(code)
}
