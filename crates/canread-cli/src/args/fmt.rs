//! The arguments of `canread fmt`.

use std::path::PathBuf;

use clap::ArgAction;

pub(super) const EXAMPLES: &str = "\
Examples:
  canread fmt                   every .proto, .avsc and .avpr file below this directory
  canread fmt --check           in CI: lists the files that would change
  canread fmt schemas --diff    shows what would change, and writes nothing

.avsc and .avpr: two blanks of indentation; what holds no object stands on one line if that has 100
columns for it. Every name, number, string and key stays as it is, in its order.

.proto: one statement a line, blank lines between declarations, imports and then options in front,
comments as line comments; numbers and strings are spelled in one way. A comment has a place above
or behind a declaration: a file in which one stands elsewhere (in an option, above an import, at the
end of a message) is refused and left as it is, for the comment would be lost or would move.

Passed over: .avdl, .json (unless it is named itself), descriptor sets. Before anything is written,
every new text is read again: it has to say the same. Files are written whole or not at all, those
that are well are not touched. A file that several paths name counts once.

Exit codes:
  0  every file is laid out well, or is now
  1  --check or --diff: a file would change
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed or resolved (nothing was written), or a file was refused";

#[derive(Debug, clap::Args)]
pub(crate) struct Fmt {
    /// Files and directories
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Write nothing; list the files that would change, and exit with 1 if there are any
    #[arg(long)]
    pub(crate) check: bool,

    /// Write nothing; show what would change, and exit with 1 if anything would
    #[arg(long)]
    pub(crate) diff: bool,

    /// A directory in which imports are found; repeatable [env: CANREAD_INCLUDE]
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,
}
