//! `canread changelog`: what each release changed.

mod entries;

use canread_compat::Pair;
use canread_project::{ErrorKind, Project, ProjectError, Release as Version, Releases, Retired, Wanted};
use canread_report::{
    Format, RenderChangelog,
    changelog::{Changelog, Release},
};
use canread_syntax::{Diagnostic, Sources};

use super::{check::unknown_rule, explain, open};
use crate::{
    args::{self, Color, ConfigArgs, Input},
    exit,
    output::{self, Reports},
    progress::Progress,
    settings::{Flags, Settings},
};

/// Tags that are versions, if the user doesn't say.
const TAGS: &str = "v*";

pub(crate) fn changelog(args: &args::Changelog, config: &ConfigArgs, color: Color) -> u8 {
    let reports = match Reports::of(&args.format) {
        Ok(reports) => reports,
        Err(code) => return code,
    };
    let input = Input { include: args.include.clone(), against_include: Vec::new() };
    let flags = Flags { policy: Some(&args.policy()), input: Some(&input), ..Flags::default() };
    let settings = match Settings::load(config, &flags) {
        Ok(settings) => settings,
        Err(error) => {
            output::complain(&error.diagnostics, &error.sources, color);
            return exit::USAGE;
        }
    };
    if let Some(id) = unknown_rule(&settings) {
        return explain::unknown_rule(id);
    }
    let mut progress = Progress::start("reading versions");
    let releases = match releases(args, &settings, &mut progress) {
        Ok(releases) => releases,
        Err(stopped) => {
            progress.hide();
            output::complain(&stopped.diagnostics, &stopped.sources, color);
            return stopped.code;
        }
    };
    progress.hide();
    let policy = settings.policy(None);
    let changelog = Changelog {
        mode: policy.mode,
        promises: &policy.promises,
        releases: releases.shown,
        without_schemas: releases.without_schemas,
    };
    let text = |format: &Format<RenderChangelog>| (format.render)(&changelog);
    reports.render_alike(text, format!("{}\n", changelog.totals())).write(exit::COMPATIBLE)
}

/// What goes into the changelog, newest first.
struct Shown {
    shown: Vec<Release>,
    without_schemas: Vec<String>,
}

/// Why there is no changelog.
struct Stopped {
    diagnostics: Vec<Diagnostic>,
    sources: Box<Sources>,
    code: u8,
}

impl From<ProjectError> for Stopped {
    fn from(error: ProjectError) -> Self {
        let code = error.kind().exit_code();
        Self { diagnostics: vec![error.to_diagnostic()], sources: Box::default(), code }
    }
}

impl Stopped {
    /// By what is wrong with files.
    fn by(diagnostics: &[Diagnostic], sources: Sources) -> Self {
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).cloned().collect();
        Self { diagnostics: errors, sources: Box::new(sources), code: exit::FAILED }
    }

    /// Says which versions could not be compared.
    fn between(mut self, versions: Pair<&Version>, are_tags: bool) -> Self {
        let Pair { old, new } = versions;
        let shown = match new.names.first() {
            Some(name) => format!("`{name}`"),
            None => "the work tree".to_owned(),
        };
        let message = format!("{shown} could not be compared with `{}`: there is no changelog", name(old));
        let mut problem = Diagnostic::error("project/no_changelog", message);
        if are_tags && !new.names.is_empty() {
            problem = problem.help("leave a version out by a pattern of `--tags` that it does not match");
        }
        self.diagnostics.push(problem);
        self
    }
}

fn releases(args: &args::Changelog, settings: &Settings, progress: &mut Progress) -> Result<Shown, Stopped> {
    let project = open::project(settings)?;
    let Releases { versions, mut without_schemas, .. } = match args.paths.as_slice() {
        [path] => project.releases(Wanted {
            path,
            tags: args.tags.as_deref().unwrap_or(TAGS),
            from: args.from.as_deref(),
            to: args.to.as_deref(),
        })?,
        paths => of_paths(&project, args, paths)?,
    };
    let mut shown = Vec::new();
    let mut retired = Retired::of(&versions);
    for (at, version) in versions.iter().enumerate().filter(|(_, version)| version.is_wanted) {
        let since = version.since.and_then(|since| versions.get(since));
        let entries = match since.map(|old| Pair { old, new: version }) {
            Some(pair) => {
                let entries = entries::of(at, pair, &mut retired, settings, progress);
                entries.map_err(|stopped| stopped.between(pair, args.paths.len() == 1))?
            }
            None => Vec::new(),
        };
        if version.names.is_empty() && since.is_some() && entries.is_empty() {
            continue;
        }
        let release = Release {
            names: version.names.clone(),
            date: version.date.map(|date| date.to_string()),
            since: since.map(|since| name(since).to_owned()),
            schemas: version.schemas,
            entries,
        };
        shown.push(release.sorted());
    }
    shown.reverse();
    without_schemas.reverse();
    Ok(Shown { shown, without_schemas })
}

/// What users call a version.
fn name(version: &Version) -> &str {
    version.names.first().unwrap_or(&version.at)
}

/// Several versions, each named by itself.
fn of_paths(project: &Project, args: &args::Changelog, paths: &[String]) -> Result<Releases, Stopped> {
    let flags = [("--tags", &args.tags), ("--from", &args.from), ("--to", &args.to)];
    if let Some((flag, _)) = flags.iter().find(|(_, value)| value.is_some()) {
        let message = format!("`{flag}` is about tags, and the versions are named one by one");
        let problem = Diagnostic::error("project/usage", message)
            .help("name one path for the tags of a repository, or the versions alone");
        return Err(Stopped {
            diagnostics: vec![problem],
            sources: Box::default(),
            code: ErrorKind::Usage.exit_code(),
        });
    }
    let mut versions: Vec<Version> = Vec::new();
    for path in paths {
        let schemas = project.open_named(path)?.entries().len();
        versions.push(Version::of_path(path, schemas, versions.len().checked_sub(1)));
    }
    Ok(Releases::of(versions))
}
