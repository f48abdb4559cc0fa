//! The arguments of `canread lock`.

use std::path::PathBuf;

use clap::ArgAction;

pub(super) const EXAMPLES: &str = "\
Examples:
  canread lock                          what is locked already, or all below this directory
  canread lock v1.4.0:schemas           as they were at a release, to begin with
  canread check --against lock          what changed since
  canread lock --check                  fails if the schemas are not what is locked

canread.lock is a baseline that needs no repository: for archives, shallow clones, and schemas
whose released state is no commit. It holds the text of every schema and of what they import, so
that a finding against it shows the old line, and a change of the lock can be read in review. Keep
it in the repository, and write it anew with each release.

It is written where it was found, here or above; otherwise beside canread.toml, or here.

Exit codes:
  0  written, or as it was
  1  `--check`: the schemas are not what is locked
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed or resolved: nothing is written";

#[derive(Debug, clap::Args)]
pub(crate) struct Lock {
    /// Directories and files, `REF:PATH` or `staged:PATH` [default: what is locked already, or else the current directory]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// The lock to write, instead of the nearest canread.lock
    #[arg(long = "file", value_name = "FILE")]
    pub(crate) target: Option<PathBuf>,

    /// Write nothing: say whether the schemas are what is locked
    #[arg(long)]
    pub(crate) check: bool,

    /// A directory in which imports are found; repeatable [env: CANREAD_INCLUDE]
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,
}
