//! The arguments of `canread canonical`.

use std::path::PathBuf;

use canread_project::Digest;
use clap::{ArgAction, ValueEnum};

pub(super) const EXAMPLES: &str = "\
Examples:
  canread canonical schemas/user.avsc                            the form, and nothing else
  canread canonical schemas --fingerprint sha256                 a line for each file
  canread canonical v1.4.0:schemas/user.avsc                     as it was at a release
  diff <(canread canonical a.proto) <(canread canonical b.proto)

The form of an Avro schema is Parsing Canonical Form, on one line: full names, and nothing that
data does not depend on. Logical types, defaults, aliases and documentation are not in it. A
protocol has no form of its own: there is a line for each of its named types.

Of a .proto file it is the file as canread lays it out, without comments: one statement a line,
names as short as can be, what is written in the order in which it stands. It is a file that protoc
reads. Files that differ only in layout, comments, or the spelling of numbers and strings have one
form.

Of a directory, and of several files, each form has a line `// FILE` above it.

Exit codes:
  0  printed
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed or resolved: nothing is printed";

#[derive(Debug, clap::Args)]
pub(crate) struct Canonical {
    /// Files and directories, `REF:PATH` or `staged:PATH`
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,

    /// Print a fingerprint of each form instead: a line with the fingerprint and the file
    #[arg(long, value_enum, value_name = "ALGORITHM")]
    pub(crate) fingerprint: Option<DigestArg>,

    /// A directory in which imports are found; repeatable [env: CANREAD_INCLUDE]
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,
}

/// [`Digest`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DigestArg {
    /// Of Avro schemas only; as it stands in front of single objects, least significant byte first
    Crc64Avro,
    /// 128 bits
    Md5,
    /// 256 bits
    Sha256,
}

impl From<DigestArg> for Digest {
    fn from(digest: DigestArg) -> Self {
        match digest {
            DigestArg::Crc64Avro => Self::Crc64Avro,
            DigestArg::Md5 => Self::Md5,
            DigestArg::Sha256 => Self::Sha256,
        }
    }
}
