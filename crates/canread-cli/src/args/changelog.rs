//! The arguments of `canread changelog`.

use std::path::PathBuf;

use canread_report::{CHANGELOGS, RenderChangelog};
use clap::ArgAction;

use super::{PolicyArgs, Report, format::Parser, word};

use canread_compat::{Mode, Surface};

pub(super) const EXAMPLES: &str = "\
Examples:
  canread changelog schemas                        every tag v*, and what is not released yet
  canread changelog schemas --format markdown=CHANGELOG.md
  canread changelog schemas --from v1.4.0 --to v1.5.0      the notes of one release
  canread changelog schemas --tags 'release-*' --format html=changelog.html
  canread changelog v1 v2 v3                               directories, the oldest first

The newest version comes first. Each is compared with the one that it came from: a patch of an
old line with the release that it mends. What breaks a promise comes first, as `check` would find
it, numbers and names among it that an older version retired; then what may mislead, what is
allowed, and the rest as added, removed and changed. What the work tree has beyond the last tag is
\"Unreleased\"; if that is nothing, it is left out.

The policy is that of `check`: mode, promise, rules, paths and approvals of canread.toml. An
approval counts here also behind its last day: the only dates of a changelog are those of commits.

Exit codes:
  0  printed or written, whatever was found
  2  the arguments or the configuration make no sense
  3  a version could not be read, parsed, resolved or compared, and nothing is printed or written";

#[derive(Debug, clap::Args)]
pub(crate) struct Changelog {
    /// The schemas, a directory or file that is looked at in every version; or several versions, the oldest first
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// The tags that are versions, as `git tag --list` takes them [default: v*]
    ///
    /// Tags from before there were schemas are left out, and named at the end. Tags of one commit are one version.
    #[arg(long, value_name = "GLOB")]
    pub(crate) tags: Option<String>,

    /// Start behind this version: a tag, or any other revision
    #[arg(long, value_name = "TAG")]
    pub(crate) from: Option<String>,

    /// End with this version: a tag, or any other revision, such as HEAD [default: the work tree]
    ///
    /// Versions that it did not come from are left out.
    #[arg(long, value_name = "TAG")]
    pub(crate) to: Option<String>,

    /// Which directions must hold [default: backward] [env: CANREAD_MODE]
    #[arg(long, value_parser = word::Parser::<Mode>::new())]
    pub(crate) mode: Option<Mode>,

    /// What is promised to others; several, separated by commas [default: wire,rpc] [env: CANREAD_PROMISE]
    #[arg(long, value_parser = word::Parser::<Surface>::new(), value_delimiter = ',')]
    pub(crate) promise: Vec<Surface>,

    /// Ask a rule that only speaks when asked to; repeatable
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) enable: Vec<String>,

    /// A directory in which imports are found; repeatable. Each version reads its own [env: CANREAD_INCLUDE]
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,

    /// How to write it, and to which file; repeatable
    ///
    /// `--format FORMAT` prints it, `--format FORMAT=FILE` writes it to a file, which is written whole or not at all.
    #[arg(long, value_parser = Parser(CHANGELOGS), default_value = "markdown", value_name = "FORMAT[=FILE]", action = ArgAction::Append)]
    pub(crate) format: Vec<Report<RenderChangelog>>,
}

impl Changelog {
    /// What of it is policy. A changelog fails over nothing.
    pub(crate) fn policy(&self) -> PolicyArgs {
        PolicyArgs {
            mode: self.mode,
            promise: self.promise.clone(),
            fail_on: None,
            allow_undecided: None,
            enable: self.enable.clone(),
        }
    }
}
