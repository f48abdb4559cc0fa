//! A temporary directory to work in, git to fill it, and outcomes as text.

#![allow(dead_code, reason = "each test binary uses its own part")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};

use canread_project::{FileKind, LoadedSide, Project, ProjectError, Role, Scanned, Workload};
use canread_syntax::Diagnostic;

pub(crate) struct World {
    dir: tempfile::TempDir,
}

impl World {
    /// An empty directory that lies in no repository.
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().expect("a temporary directory") }
    }

    /// The files, as path and text.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let world = Self::new();
        for (path, text) in files {
            world.write(path, text);
        }
        world
    }

    /// A directory with a repository; `None`, said aloud, if git is not installed.
    pub(crate) fn repository(files: &[(&str, &str)]) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            canread_testing::skip("git is not installed: baselines from git are not tested");
            return None;
        }
        let world = Self::with(files);
        world.git("init --quiet --initial-branch=main");
        Some(world)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().canonicalize().expect("a canonical temporary directory").join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("directories");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.path(path)).expect("a file to remove");
    }

    /// Runs git here; its output, trimmed.
    pub(crate) fn git(&self, arguments: &str) -> String {
        self.git_in("", arguments)
    }

    /// Runs git in a directory below, without the user's own configuration.
    pub(crate) fn git_in(&self, dir: &str, arguments: &str) -> String {
        self.git_with(dir, arguments, &[])
    }

    fn git_with(&self, dir: &str, arguments: &str, environment: &[(&str, &str)]) -> String {
        let output = Command::new("git")
            .args(arguments.split_whitespace())
            .current_dir(self.path(dir))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_CONFIG_COUNT", "3")
            .env("GIT_CONFIG_KEY_0", "user.name")
            .env("GIT_CONFIG_VALUE_0", "A")
            .env("GIT_CONFIG_KEY_1", "user.email")
            .env("GIT_CONFIG_VALUE_1", "a@example.org")
            .env("GIT_CONFIG_KEY_2", "protocol.file.allow")
            .env("GIT_CONFIG_VALUE_2", "always")
            .env_remove("GIT_DIR")
            .env_remove("GIT_INDEX_FILE")
            .envs(environment.iter().copied())
            .output()
            .expect("git starts");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// Commits everything; gives the commit. No two commits are equal, even within a second.
    pub(crate) fn commit(&self) -> String {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        self.git("add --all");
        self.git(&format!("commit --quiet --allow-empty --message={}", COUNT.fetch_add(1, Ordering::Relaxed)));
        self.git("rev-parse HEAD")
    }

    /// Commits everything at a time, as git writes it, and tags it with each name.
    pub(crate) fn release(&self, date: &str, tags: &[&str]) {
        self.git("add --all");
        self.git_with("", "commit --quiet --allow-empty --message=release", &[("GIT_COMMITTER_DATE", date)]);
        for tag in tags {
            self.git(&format!("tag {tag}"));
        }
    }

    pub(crate) fn project(&self) -> Project {
        self.project_in("")
    }

    pub(crate) fn project_in(&self, dir: &str) -> Project {
        Project::new(&self.path(dir)).expect("a current directory")
    }

    /// What a comparison comes to.
    pub(crate) fn check(&self, new: &str, against: &str) -> String {
        outcome(check(&self.project(), new, against))
    }
}

/// Import strings, by lines.
pub(crate) fn scan(_: FileKind, text: &str) -> Scanned {
    let imports = text
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("import "))
        .filter_map(|rest| Some(rest.split_once('"')?.1.split_once('"')?.0.to_owned()))
        .collect();
    let package = text.lines().find_map(|line| line.strip_prefix("package ")?.strip_suffix(';'));
    Scanned { imports, package: package.unwrap_or_default().to_owned() }
}

pub(crate) fn check(project: &Project, new: &str, against: &str) -> Result<Workload, ProjectError> {
    let new = project.open_named(new)?;
    let old = project.open_baseline(&project.parse_baseline(against)?, &new)?;
    project.compare(old, new, &scan)
}

/// `compared OLD | NEW, imported OLD | NEW, unchanged N`, then what is wrong, a line each.
pub(crate) fn outcome(result: Result<Workload, ProjectError>) -> String {
    match result {
        Ok(work) => {
            let names = |side: &LoadedSide, role| {
                let names = side.files.iter().filter(|file| file.role == role).map(|file| file.name.as_str());
                names.collect::<Vec<_>>().join(" ")
            };
            let pair = |role| format!("{} | {}", names(&work.old, role), names(&work.new, role)).trim().to_owned();
            let mut text = format!("compared {}", pair(Role::Compared));
            if pair(Role::Imported) != "|" {
                let _ = write!(text, ", imported {}", pair(Role::Imported));
            }
            let _ = write!(text, ", unchanged {}", work.unchanged);
            for diagnostic in &work.diagnostics {
                let _ = write!(text, "\n{}", line(diagnostic));
            }
            text
        }
        Err(error) => format!("{:?}: {}", error.kind(), words(&error.to_diagnostic())),
    }
}

pub(crate) fn line(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.code, words(diagnostic))
}

/// Message, notes and help.
pub(crate) fn words(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.message.clone();
    for note in &diagnostic.notes {
        let _ = write!(text, " ({note})");
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(text, " => {help}");
    }
    text
}

/// A name that links somewhere.
#[cfg(unix)]
pub(crate) fn link(world: &World, target: impl AsRef<Path>, path: &str) {
    std::os::unix::fs::symlink(target, world.path(path)).expect("a symbolic link");
}
