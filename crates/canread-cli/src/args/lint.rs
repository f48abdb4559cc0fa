//! The arguments of `canread lint`.

use std::path::PathBuf;

use canread_compat::Severity;
use clap::ArgAction;

use super::{Output, word};

pub(super) const EXAMPLES: &str = "\
Examples:
  canread lint                                             the schemas below this directory
  canread lint schemas --format concise                    a line each
  canread lint --enable lint/protobuf/number_gap           also what is only looked for by name
  canread lint --format full --format sarif=lint.sarif     for code scanning
  canread rules --lints                                    what is looked for
  canread explain lint/avro/enum_without_default           why, and what to do

A lint looks at one version. What it finds is allowed and breaks nothing today: it makes an ordinary
change that comes later a break, or data is lost already. It says nothing about style.

[rules] of canread.toml sets the severity of a lint, or turns it off, for some paths too; one that
speaks only when it is asked to is on where it has a severity there. `mode`, `promise`, `fail-on`
and [[allow]] are about `check`. What `exclude` names, and what is only imported, is not looked at.
Other warnings, which `check` gives too, are shown and fail nothing.

Exit codes:
  0  nothing at or above --fail-on
  1  findings at or above --fail-on
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed or resolved: nothing was looked at further";

#[derive(Debug, clap::Args)]
pub(crate) struct Lint {
    /// The schemas: a directory or file, `REF:PATH`, `staged:PATH`, or a descriptor set (.binpb, .desc)
    #[arg(default_value = ".")]
    pub(crate) path: String,

    /// From which severity on findings fail the run
    #[arg(long, value_parser = word::Parser::<Severity>::new(), default_value = "warning", value_name = "SEVERITY")]
    pub(crate) fail_on: Severity,

    /// Ask a lint that only speaks when asked to; repeatable
    #[arg(long, value_name = "LINT", action = ArgAction::Append)]
    pub(crate) enable: Vec<String>,

    /// A directory in which imports are found; repeatable [env: CANREAD_INCLUDE]
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Exit with 0 even if there are findings (failures to read still exit with 3)
    #[arg(long)]
    pub(crate) exit_zero: bool,
}
