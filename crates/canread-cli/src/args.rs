//! The command line, and the help that comes with it.

use std::path::PathBuf;

use canread_compat::{Mode, Severity, Surface};
use clap::{ArgAction, Parser, Subcommand, ValueEnum, builder::PossibleValue};

/// Can this reader read that data? Checks schema changes before they are deployed.
///
/// canread compares two versions of your Protobuf schemas, and says which changes break old data or old readers: why,
/// where in both versions, and who must be deployed first. It also reads Avro, but can't judge changes of it yet.
#[derive(Debug, Parser)]
#[command(name = "canread", version, max_term_width = 100, disable_help_subcommand = true, after_long_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check that a schema change breaks neither old data nor old readers
    #[command(after_long_help = CHECK_EXAMPLES)]
    Check(Check),
    /// List every change between two versions, safe ones too
    #[command(after_long_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Show what a rule looks for, why it matters, and what to do
    Explain(Explain),
    /// List the rules
    Rules(Rules),
}

const EXAMPLES: &str = "\
Examples:
  canread check --against merge-base:origin/main      what a pull request changes
  canread check schemas/v2 --against schemas/v1       one directory against another
  canread diff git:v1.4.0 .                           every change since a release, safe ones too
  canread explain protobuf/field_type_changed         what a finding means, and what to do

`canread check --help` has more, and the exit codes.";

const DIFF_EXAMPLES: &str = "\
Examples:
  canread diff git:v1.4.0 .
  canread diff schemas/v1 schemas/v2 --format json

Exit codes:
  0  compared, whatever was found
  2  the arguments make no sense
  3  something could not be read, parsed, resolved or compared";

const CHECK_EXAMPLES: &str = "\
Examples:
  # In a pull request: what changed since the branch left main
  canread check --against merge-base:origin/main

  # Another directory as the old version
  canread check schemas/v2 --against schemas/v1

  # Every release that is still around
  canread check --against 'git:tags/v*' --mode backward-transitive

  # Also names in JSON, and old readers of new data
  canread check --against git:v1.4.0 --mode full --promise wire,rpc,json

Exit codes:
  0  compared, and nothing at or above --fail-on
  1  findings at or above --fail-on, or undecided ones without --allow-undecided
  2  the arguments make no sense
  3  something could not be read, parsed, resolved or compared: no verdict";

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The new version: a directory or file, `REF:PATH`, or a descriptor set (.binpb, .desc)
    ///
    /// Of a directory, files that end in .proto are read, with everything below it. Passed over, and counted in the
    /// report, are hidden files; hidden directories and `node_modules`, but for what git tracks in them; directories
    /// with a CACHEDIR.TAG; what .gitignore names and git does not track; and files that end in .protodevel.
    #[arg(default_value = ".")]
    pub(crate) path: String,

    /// The old version; repeatable, oldest first
    ///
    /// A directory or file; `git:REF` for the same path at a revision; `REF:PATH` for another path;
    /// `merge-base:REF` for the same path where HEAD left REF, which is what a pull request wants: a
    /// branch that lags behind gives no false findings. Git objects are read directly, nothing is
    /// checked out or fetched.
    ///
    /// Several versions: `git:tags/GLOB` for every tag that matches, `git:A..B` for every commit that changes the path,
    /// of those that B has and A has not, and --against given more than once. The last version is compared, or every one
    /// with a transitive --mode. All of them are looked through for numbers and names that were retired and are used again.
    #[arg(long, value_name = "BASELINE", required = true, action = ArgAction::Append)]
    pub(crate) against: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Succeed, with a note, if the old version exists but holds no schemas at this path yet
    ///
    /// The new version is still read, and must be without errors. A revision that does not exist is never taken for
    /// a missing baseline.
    #[arg(long)]
    pub(crate) allow_missing_baseline: bool,

    /// Exit with 0 even if there are findings (failures to compare still exit with 3)
    #[arg(long)]
    pub(crate) exit_zero: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct PolicyArgs {
    /// Which directions must hold
    ///
    /// The transitive modes compare with every version that `--against` names, the others with the last one.
    #[arg(long, value_enum, ignore_case = true, default_value_t = ModeArg::Backward)]
    pub(crate) mode: ModeArg,

    /// What is promised to others; several, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', default_values_t = [Promise::Wire, Promise::Rpc])]
    pub(crate) promise: Vec<Promise>,

    /// From which severity on findings fail the run
    #[arg(long, value_enum, default_value_t = Level::Error, value_name = "SEVERITY")]
    pub(crate) fail_on: Level,

    /// Don't fail the run over findings that are undecided: a regular expression or a CEL expression that changed
    ///
    /// They are reported as before, and the status of the run stays `undecided`. Without this flag they fail it,
    /// whatever --fail-on says.
    #[arg(long)]
    pub(crate) allow_undecided: bool,

    /// Ask a rule that only speaks when asked to; repeatable
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) enable: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Input {
    /// A directory in which imports are found; repeatable. Without it, roots come from buf.yaml or
    /// are inferred from the imports
    ///
    /// Each version reads its own: from git, the directory as it was at the revision. On disk, a directory that holds
    /// one version, lies in it, or lies nearer to it than to the other, is that version's; the other reads
    /// the directory at the same place beside its own files, if there is one.
    #[arg(short = 'I', long = "include", value_name = "DIR", action = ArgAction::Append)]
    pub(crate) include: Vec<PathBuf>,

    /// A directory in which imports of the old version are found; repeatable. With it, -I is of the
    /// new version alone
    ///
    /// If the old version comes from git, the directory is read at that revision.
    #[arg(long, value_name = "DIR", action = ArgAction::Append)]
    pub(crate) against_include: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Output {
    /// How to print the report
    #[arg(long, value_enum, default_value_t = Format::Full)]
    pub(crate) format: Format,

    /// Print on stderr how long each step took
    #[arg(long)]
    pub(crate) stats: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The old version: a directory or file, `git:REF` (the path of NEW), `merge-base:REF`, `REF:PATH`
    pub(crate) old: String,

    /// The new version
    pub(crate) new: String,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Explain {
    /// The rule's id: `protobuf/field_type_changed`, or `field_type_changed` if no other format has such a rule
    pub(crate) rule: String,

    /// How to print it
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    pub(crate) format: PageFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Rules {
    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless `NO_COLOR` is set or `TERM` is `dumb`
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Output formats of `check` and `diff`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// Both places with their text, reasons, and patches
    Full,
    /// One line each
    Concise,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

impl Format {
    /// Whether programs read it, which want a report also of a run that could not start.
    pub(crate) fn is_for_programs(self) -> bool {
        matches!(self, Self::Json | Self::Sarif)
    }
}

/// Output formats of `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum PageFormat {
    /// For a terminal
    Text,
    /// Markdown
    Markdown,
    /// One JSON object, with the fields that `canread rules --format json` has
    Json,
}

/// Output formats of `rules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// For a terminal
    Text,
    /// One JSON array
    Json,
}

/// [`Mode`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ModeArg {
    /// Nothing must hold; findings are not looked for
    None,
    /// New readers must read old data
    Backward,
    /// Old readers must read new data
    Forward,
    /// Both
    Full,
    /// New readers must read the data of every old version
    #[value(alias = "backward_transitive")]
    BackwardTransitive,
    /// The readers of every old version must read new data
    #[value(alias = "forward_transitive")]
    ForwardTransitive,
    /// Both, with every old version
    #[value(alias = "full_transitive")]
    FullTransitive,
}

impl From<ModeArg> for Mode {
    fn from(mode: ModeArg) -> Self {
        match mode {
            ModeArg::None => Self::None,
            ModeArg::Backward => Self::Backward,
            ModeArg::Forward => Self::Forward,
            ModeArg::Full => Self::Full,
            ModeArg::BackwardTransitive => Self::BackwardTransitive,
            ModeArg::ForwardTransitive => Self::ForwardTransitive,
            ModeArg::FullTransitive => Self::FullTransitive,
        }
    }
}

/// [`Surface`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Promise(pub(crate) Surface);

impl Promise {
    #[expect(non_upper_case_globals, reason = "reads like the variant that it stands for")]
    const Wire: Self = Self(Surface::Wire);
    #[expect(non_upper_case_globals, reason = "reads like the variant that it stands for")]
    const Rpc: Self = Self(Surface::Rpc);
}

impl ValueEnum for Promise {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self(Surface::Wire), Self(Surface::Rpc), Self(Surface::Json), Self(Surface::Source)]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self.0 {
            Surface::Wire => "The bytes of the format itself",
            Surface::Rpc => "Calls: methods, their paths, their streams",
            Surface::Json => "The JSON mapping, and other uses of names as text",
            Surface::Source => "Code generated from the schemas",
            _ => return None,
        };
        Some(PossibleValue::new(self.0.as_str()).help(help))
    }
}

/// [`Severity`] on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Level {
    /// What breaks
    Error,
    /// Also what may mislead
    Warning,
    /// Everything
    Note,
}

impl From<Level> for Severity {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Note => Self::Note,
        }
    }
}
