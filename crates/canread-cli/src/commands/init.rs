//! `canread init`: the first step in a repository.

mod texts;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use canread_project::{
    FileKind, Project, ProjectError,
    config::{Config, ConfigError, FILE_NAME},
};
use canread_syntax::{Diagnostic, Sources};

use crate::{
    args::{Ci, Color, Init},
    exit,
    output::{self, file},
};

/// Something to be written.
struct Written {
    /// As shown to users.
    name: String,
    place: PathBuf,
    text: String,
    is_script: bool,
    /// What to do with it.
    next: Option<String>,
    /// What to add to the file that is there already.
    instead: Option<String>,
}

/// Everything that was asked for.
struct Plan {
    files: Vec<Written>,
    /// The `canread.toml` that is there, as shown to users: what is written goes with it.
    kept: Option<String>,
}

/// Why there is nothing to write.
enum Stop {
    Project(ProjectError),
    /// The `canread.toml` that is there can't be used.
    Config(Box<ConfigError>),
    /// What was asked for is for repositories.
    NoRepository,
}

impl From<ProjectError> for Stop {
    fn from(error: ProjectError) -> Self {
        Self::Project(error)
    }
}

impl From<Box<ConfigError>> for Stop {
    fn from(error: Box<ConfigError>) -> Self {
        Self::Config(error)
    }
}

pub(crate) fn init(args: &Init, color: Color) -> u8 {
    let complain = |problems: &[Diagnostic], code: u8| {
        output::complain(problems, &Sources::default(), color);
        code
    };
    let Plan { files, kept } = match plan(args) {
        Ok(plan) => plan,
        Err(Stop::Project(error)) => return complain(&[error.to_diagnostic()], error.kind().exit_code()),
        Err(Stop::NoRepository) => return complain(&[no_repository()], exit::USAGE),
        Err(Stop::Config(error)) => {
            output::complain(&error.diagnostics, &error.sources, color);
            return exit::USAGE;
        }
    };
    if args.dry_run {
        let shown = files.iter().map(|file| format!("--- {}\n{}\n", file.name, file.text));
        return output::print(&shown.collect::<String>(), exit::COMPATIBLE);
    }
    let there: Vec<Diagnostic> =
        files.iter().filter(|file| file.place.symlink_metadata().is_ok()).map(exists).collect();
    if !there.is_empty() {
        return complain(&there, exit::USAGE);
    }
    let mut said = kept.map(|name| format!("kept {name}\n")).unwrap_or_default();
    for Written { name, place, text, is_script, .. } in &files {
        if let Err(error) = file::write_new(place, text, *is_script) {
            let problem = Diagnostic::error("init/unwritable", format!("`{name}` can't be written: {error}"));
            // What was written before stays, so it is said.
            return output::print(&said, complain(&[problem], exit::FAILED));
        }
        let _ = writeln!(said, "wrote {name}");
    }
    for next in files.iter().filter_map(|file| file.next.as_ref()) {
        let _ = writeln!(said, "{next}");
    }
    output::print(&said, exit::COMPATIBLE)
}

fn exists(file: &Written) -> Diagnostic {
    let help = match &file.instead {
        Some(line) => format!("add a line to it: {line}"),
        None if file.name == FILE_NAME => {
            "see with `--dry-run` what would be written; `--ci` and `--hook` keep it, and write what they are asked for"
                .to_owned()
        }
        None => "remove it, or see with `--dry-run` what would be written".to_owned(),
    };
    Diagnostic::error("init/exists", format!("`{}` is there already, and is not overwritten", file.name))
        .note("nothing was written")
        .help(help)
}

fn no_repository() -> Diagnostic {
    Diagnostic::error("init/no_repository", "the current directory is in no git repository")
        .note("hooks and the checks of pull requests are for repositories")
        .help("run `git init` first, or leave `--hook` and `--ci` out")
}

fn plan(args: &Init) -> Result<Plan, Stop> {
    let here = Path::new(".");
    let project = Project::new(here)?;
    let is_alone = args.ci.is_empty() && !args.hook;
    let config = if is_alone { None } else { Config::find(here)? };
    let kept = config.as_ref().map(|config| config.name().to_owned());
    let (mut files, is_configured) = if let Some(config) = config {
        (Vec::new(), config.against.is_some())
    } else {
        let branch = project.main_branch();
        let text = texts::config(&found(&project)?, branch.as_deref());
        let next = match branch {
            Some(_) => "next: `canread check`",
            None => "next: `canread check --against OLD`, with the directory of an old version",
        };
        let next = Some(next.to_owned());
        let place = here.join(FILE_NAME);
        (
            vec![Written { name: FILE_NAME.to_owned(), place, text, is_script: false, next, instead: None }],
            branch.is_some(),
        )
    };
    if is_alone {
        return Ok(Plan { files, kept });
    }
    let (Some(root), Some(hooks)) = (project.work_tree(), project.hooks()) else { return Err(Stop::NoRepository) };
    let below = project.below();
    let mut services = args.ci.clone();
    services.sort_unstable();
    services.dedup();
    for service in services {
        let (name, text, next) = match service {
            Ci::Github => (".github/workflows/canread.yml", texts::github(&below, is_configured), None),
            Ci::Gitlab => {
                (".gitlab/canread.yml", texts::gitlab(&below, is_configured), Some(texts::GITLAB_NEXT.to_owned()))
            }
        };
        files.push(Written {
            name: name.to_owned(),
            place: root.join(name),
            text,
            is_script: false,
            next,
            instead: None,
        });
    }
    if args.hook {
        let name = "the git hook pre-commit".to_owned();
        files.push(Written {
            name,
            place: hooks.join("pre-commit"),
            text: texts::hook(&below),
            is_script: true,
            next: None,
            instead: Some(texts::hook_line(&below)),
        });
    }
    Ok(Plan { files, kept })
}

/// How many files of each format lie below each directory of the current one.
fn found(project: &Project) -> Result<BTreeMap<(&'static str, String), usize>, ProjectError> {
    let tree = project.open(Path::new("."))?;
    let mut found = BTreeMap::new();
    for entry in tree.entries() {
        let format = match entry.kind() {
            FileKind::Protobuf | FileKind::DescriptorSet => "Protobuf",
            _ => "Avro",
        };
        let dir = entry.path().split_once('/').map_or(".", |(dir, _)| dir);
        *found.entry((format, dir.to_owned())).or_default() += 1;
    }
    Ok(found)
}
