//! The command line, and the help that comes with it.

#![expect(clippy::doc_markdown, reason = "comments of arguments are shown as they stand: they are no Markdown")]
#![expect(rustdoc::broken_intra_doc_links, reason = "as above: `[[allow]]` is a section of canread.toml")]

mod canonical;
mod changelog;
mod fmt;
mod format;
mod lint;
mod lock;
mod word;

use std::path::PathBuf;

use canread_compat::{Mode, Severity, Surface};
use canread_project::config::Date;
use canread_report::REPORTS;
use clap::error::{ContextKind, ContextValue};
use clap::{ArgAction, Parser, Subcommand, ValueEnum};

pub(crate) use canonical::Canonical;
pub(crate) use changelog::Changelog;
pub(crate) use fmt::Fmt;
pub(crate) use format::Report;
pub(crate) use lint::Lint;
pub(crate) use lock::Lock;

/// Adds what is meant to an argument that is not known, where that is likely something else than a misspelt one.
pub(crate) fn advise(error: &mut clap::Error) {
    let Some(ContextValue::String(argument)) = error.get(ContextKind::InvalidArg) else { return };
    let is_check = std::env::args().nth(1).is_some_and(|command| command == "check");
    let tip = match argument.as_str() {
        "--staged" | "--cached" | "--index" => "what is staged is a path: `staged:.` is this directory",
        argument if is_check && !argument.starts_with('-') => {
            "the old version is named by a flag: `--against <BASELINE>`"
        }
        _ => return,
    };
    error.remove(ContextKind::SuggestedArg);
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
}

/// Can this reader read that data? Checks schema changes before they are deployed.
///
/// canread compares two versions of your Protobuf or Avro schemas, and says which changes break old data or old
/// readers: why, where in both versions, and who must be deployed first.
#[derive(Debug, Parser)]
#[command(name = "canread", version, max_term_width = 100, disable_help_subcommand = true, after_long_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,

    /// When to colour the output
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,

    #[command(flatten)]
    pub(crate) config: ConfigArgs,
}

/// Which configuration is read.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct ConfigArgs {
    /// The configuration, instead of the nearest canread.toml [env: CANREAD_CONFIG]
    #[arg(long = "config", global = true, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) file: Option<PathBuf>,

    /// Read no canread.toml
    #[arg(long, global = true)]
    pub(crate) no_config: bool,

    /// The day of the run, instead of the clock's: approvals end with a day
    #[arg(long, global = true, hide = true, value_parser = date)]
    pub(crate) today: Option<Date>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check that a schema change breaks neither old data nor old readers
    #[command(after_long_help = CHECK_EXAMPLES)]
    Check(Check),
    /// List every change between two versions, safe ones too
    #[command(after_long_help = DIFF_EXAMPLES)]
    Diff(Diff),
    /// Tell what each release changed, from tag to tag
    #[command(after_long_help = changelog::EXAMPLES)]
    Changelog(Changelog),
    /// Say what is harmless today, and makes a later change a break
    #[command(after_long_help = lint::EXAMPLES)]
    Lint(Lint),
    /// Print the canonical form of schemas, or fingerprints of it
    #[command(after_long_help = canonical::EXAMPLES)]
    Canonical(Canonical),
    /// Lay schema files out in one way
    #[command(after_long_help = fmt::EXAMPLES)]
    Fmt(Fmt),
    /// Keep schemas as they are, for later comparisons: writes canread.lock
    #[command(after_long_help = lock::EXAMPLES)]
    Lock(Lock),
    /// Show what a rule or a lint looks for, why it matters, and what to do
    Explain(Explain),
    /// List the rules
    Rules(Rules),
    /// Start using canread here: writes canread.toml, and what runs it in CI or before a commit
    #[command(after_long_help = INIT_EXAMPLES)]
    Init(Init),
    /// Accept a break for a while, with a reason: writes an [[allow]] section into canread.toml
    #[command(after_long_help = APPROVE_EXAMPLES)]
    Approve(Approve),
    /// Show the settings in effect, or the form of canread.toml
    #[command(subcommand, after_long_help = CONFIG_EXAMPLES)]
    Config(Config),
    /// Print what makes a shell complete the arguments of canread
    #[command(after_long_help = COMPLETIONS_EXAMPLES)]
    Completions(Completions),
    /// Print the manual page, or write one for each command into a directory
    Man(Man),
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "expected a day, such as 2026-12-31".to_owned())
}

const EXAMPLES: &str = "\
Examples:
  canread check --against merge-base:origin/main      what a pull request changes
  canread check schemas/v2 --against schemas/v1       one directory against another
  canread diff git:v1.4.0 .                           every change since a release, safe ones too
  canread explain protobuf/field_type_changed         what a finding means, and what to do
  canread lint                                        what makes a later change a break
  canread init --ci github --hook                     start using it here

`canread check --help` has more, and the exit codes.";

const INIT_EXAMPLES: &str = "\
Examples:
  canread init                        canread.toml for the schemas below this directory
  canread init --ci github --hook     and a workflow for pull requests, and a hook before commits
  canread init --dry-run              show what would be written

A file that is there already is never overwritten: then nothing is written at all. But with --ci or
--hook a canread.toml that is here or above is kept, and what is written goes with it.

Exit codes:
  0  written
  2  a file is there already, or there is no repository for --ci and --hook
  3  there are no schemas here, or something could not be written";

const APPROVE_EXAMPLES: &str = "\
Examples:
  canread approve a3f8c21b9d04 --reason \"no consumer is left\" --until 2026-12-31
  canread approve a3f8c21b9d04 --against git:v1.4.0 --reason \"see ADR 12\" --until 2026-12-31

The comparison is made again, so that only what is found can be approved: give the flags that
`check` was given. It prints the command behind each finding that fails the run.

What is approved is shown as allowed, and fails no run. Behind the last day (UTC) it counts again,
and a warning, approval/expired, names the section. One that matches nothing is a warning too,
approval/unmatched.

Exit codes:
  0  written
  2  the arguments make no sense, or there is no canread.toml
  3  something could not be read, parsed, resolved or compared";

const CONFIG_EXAMPLES: &str = "\
Examples:
  canread config show --origin                     every setting, and where it comes from
  canread config schema > canread.schema.json      for editors that check canread.toml

canread.toml is looked for in the current directory and above it, up to the root of the repository.
A flag counts before an environment variable, that before the file, and that before the default.
Paths in the file start at its directory. The variables are CANREAD_MODE, CANREAD_PROMISE,
CANREAD_FAIL_ON, CANREAD_ALLOW_UNDECIDED, CANREAD_AGAINST, CANREAD_INCLUDE and CANREAD_CONFIG;
an empty one counts as not set. Several old versions in CANREAD_AGAINST stand on a line each.";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  canread completions bash > ~/.local/share/bash-completion/completions/canread
  canread completions zsh > ~/.zfunc/_canread
  canread completions fish > ~/.config/fish/completions/canread.fish";

const DIFF_EXAMPLES: &str = "\
Examples:
  canread diff git:v1.4.0 .
  canread diff schemas/v1 schemas/v2 --format json

Exit codes:
  0  compared, whatever was found
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed, resolved or compared";

const CHECK_EXAMPLES: &str = "\
Examples:
  # In a pull request: what changed since the branch left main
  canread check --against merge-base:origin/main

  # Before a commit: what is staged
  canread check staged:. --against git:HEAD --allow-missing-baseline

  # Another directory as the old version
  canread check schemas/v2 --against schemas/v1

  # Every release that is still around
  canread check --against 'git:tags/v*' --mode backward-transitive

  # Also names in JSON, and old readers of new data
  canread check --against git:v1.4.0 --mode full --promise wire,rpc,json

Exit codes:
  0  compared, and nothing at or above --fail-on
  1  findings at or above --fail-on, or undecided ones without --allow-undecided
  2  the arguments or the configuration make no sense
  3  something could not be read, parsed, resolved or compared: no verdict";

#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The new version: a directory or file, `REF:PATH`, `staged:PATH`, or a descriptor set (.binpb, .desc)
    ///
    /// Of a directory, files that end in .proto, .avsc, .avpr or .avdl are read, and .json that holds an Avro schema,
    /// with everything below it. Passed over, and counted in the report, are hidden files; hidden directories and `node_modules`, but for what git tracks in them; directories
    /// with a CACHEDIR.TAG; what .gitignore names and git does not track; and files that end in .protodevel.
    ///
    /// `staged:PATH` is what the next commit will hold, from the top of the repository (`staged:.`: this directory). Files that
    /// `git add --intent-to-add` announced are not staged yet.
    #[arg(default_value = ".")]
    pub(crate) path: String,

    /// The old version; repeatable, oldest first
    ///
    /// A directory or file; `git:REF` for the same path at a revision; `REF:PATH` for another path;
    /// `merge-base:REF` for the same path where HEAD left REF, which is what a pull request wants: a
    /// branch that lags behind gives no false findings. There, `main` means `origin/main` if there is no branch of that
    /// name here. Git objects are read directly, nothing is
    /// checked out or fetched. `lock` for the same path in canread.lock, which `canread lock` writes. Without it, `against`
    /// of canread.toml counts. [env: CANREAD_AGAINST, a version a line]
    ///
    /// Several versions: `git:tags/GLOB` for every tag that matches, `git:A..B` for A and every commit that changes
    /// the path, of those that B has and A has not, and --against given more than once. The last version is compared, or every one
    /// with a transitive --mode. All of them are looked through for numbers and names that were retired and are used again.
    ///
    /// In a pipeline that runs on a tag, that tag is no old version but what is checked: of a pattern or a range, the commit
    /// that the new version comes from is left out, with a note, if its schemas are the same; the tag before it is the last
    /// one then. Once a schema differs from it, in the work tree or in a commit behind it, it is compared as others are.
    #[arg(long, value_name = "BASELINE", action = ArgAction::Append)]
    pub(crate) against: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) input: Input,

    #[command(flatten)]
    pub(crate) output: Output,

    /// Succeed, with a note, if the old version exists but holds no schemas at this path yet, or if none came before the
    /// first release
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
    /// Which directions must hold [default: backward] [env: CANREAD_MODE]
    ///
    /// The transitive modes compare with every version that `--against` names, the others with the last one. Files to which
    /// [[path]] of canread.toml gives the mode `none` stay unchecked, whatever is said here.
    #[arg(long, value_parser = word::Parser::<Mode>::new())]
    pub(crate) mode: Option<Mode>,

    /// What is promised to others; several, separated by commas [default: wire,rpc] [env: CANREAD_PROMISE]
    #[arg(long, value_parser = word::Parser::<Surface>::new(), value_delimiter = ',')]
    pub(crate) promise: Vec<Surface>,

    /// From which severity on findings fail the run [default: error] [env: CANREAD_FAIL_ON]
    ///
    /// With `warning`, approvals that are over or match nothing do too, and what moved to where nothing is checked.
    #[arg(long, value_parser = word::Parser::<Severity>::new(), value_name = "SEVERITY")]
    pub(crate) fail_on: Option<Severity>,

    /// Don't fail the run over findings that are undecided: a regular expression or a CEL expression that changed
    ///
    /// They are reported as before, and the status of the run stays `undecided`. Without this flag they fail it,
    /// whatever --fail-on says. [env: CANREAD_ALLOW_UNDECIDED]
    #[arg(
        long,
        value_parser = word::Parser::<bool>::new(),
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true"
    )]
    pub(crate) allow_undecided: Option<bool>,

    /// Ask a rule that only speaks when asked to; repeatable
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) enable: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Input {
    /// A directory in which imports are found; repeatable. Without it, roots come from canread.toml, from buf.yaml, or
    /// are inferred from the imports [env: CANREAD_INCLUDE]
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
    /// How to report, and to which file; repeatable
    ///
    /// `--format FORMAT` prints the report, `--format FORMAT=FILE` writes it to a file, which is written whole or not
    /// at all. One run can make many reports: `--format full --format sarif=out.sarif --format html=report.html`. At
    /// most one can be printed; if none is, what is printed is the summary.
    #[arg(long, value_parser = format::Parser(REPORTS), default_value = "full", value_name = "FORMAT[=FILE]", action = ArgAction::Append)]
    pub(crate) format: Vec<Report>,

    /// Print on stderr how long each step took
    #[arg(long)]
    pub(crate) stats: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Diff {
    /// The old version: a directory or file, `git:REF` (the path of NEW), `merge-base:REF`, `lock`, `REF:PATH`
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
    /// List the lints instead: what `canread lint` looks for
    #[arg(long)]
    pub(crate) lints: bool,

    /// How to print them
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(crate) format: ListFormat,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// Also write what runs `canread check` on pull requests; several, separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "SERVICE")]
    pub(crate) ci: Vec<Ci>,

    /// Also write a git hook that runs `canread check` before a commit
    #[arg(long)]
    pub(crate) hook: bool,

    /// Show what would be written, and write nothing
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Services that run checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Ci {
    /// .github/workflows/canread.yml
    Github,
    /// .gitlab/canread.yml, which .gitlab-ci.yml has to include
    Gitlab,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Approve {
    /// The findings, as `check` shows them
    #[arg(required = true, value_name = "FINGERPRINT")]
    pub(crate) fingerprints: Vec<String>,

    /// Why this is accepted
    #[arg(long)]
    pub(crate) reason: String,

    /// The last day on which the approval counts
    #[arg(long, value_parser = date, value_name = "DATE")]
    pub(crate) until: Date,

    /// The new version, as `check` was given it
    #[arg(long, default_value = ".")]
    pub(crate) path: String,

    /// The old version, or several, as `check` was given them
    #[arg(long, value_name = "BASELINE", action = ArgAction::Append)]
    pub(crate) against: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) input: Input,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Show every setting that `check` would use here, given the same flags
    Show(Show),
    /// Print the JSON Schema of canread.toml
    Schema,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Show {
    /// Also show where each one comes from: a flag, a variable, a line of the file, or the default
    #[arg(long)]
    pub(crate) origin: bool,

    /// The old version, or several, as they would be given to `check`
    #[arg(long, value_name = "BASELINE", action = ArgAction::Append)]
    pub(crate) against: Vec<String>,

    #[command(flatten)]
    pub(crate) policy: PolicyArgs,

    #[command(flatten)]
    pub(crate) input: Input,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Completions {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Man {
    /// Where to write canread.1, canread-check.1, and the others
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    /// Text that is wrapped by hand and again for the terminal has one long line and one short one in turns.
    #[test]
    fn no_help_is_wrapped_twice() {
        let mut pending = vec![Args::command()];
        while let Some(command) = pending.pop() {
            let help = command.get_after_long_help().map(ToString::to_string).unwrap_or_default();
            for line in help.lines() {
                assert!(line.chars().count() <= 100, "{}: {line}", command.get_name());
            }
            pending.extend(command.get_subcommands().cloned());
        }
    }
}
