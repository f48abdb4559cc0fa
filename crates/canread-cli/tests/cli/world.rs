//! A directory to run the command in, and what came of it.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The start of most schemas.
pub(crate) const P3: &str = "syntax = \"proto3\";\n";

/// A temporary directory.
pub(crate) struct World {
    dir: tempfile::TempDir,
}

impl World {
    /// The files, as path and content.
    pub(crate) fn with<P: AsRef<Path>, C: AsRef<[u8]>>(files: &[(P, C)]) -> Self {
        let world = Self { dir: tempfile::tempdir().expect("a temporary directory can be made") };
        for (path, content) in files {
            world.write(path, content);
        }
        world
    }

    /// `old/a.proto` and `new/a.proto`.
    pub(crate) fn pair(old: impl AsRef<[u8]>, new: impl AsRef<[u8]>) -> Self {
        Self::with(&[("old/a.proto", old.as_ref()), ("new/a.proto", new.as_ref())])
    }

    /// `new/a.proto`, beside an old version that has nothing wrong.
    pub(crate) fn new_file(content: impl AsRef<[u8]>) -> Self {
        Self::pair(format!("{P3}message Fine {{}}\n"), content)
    }

    /// A directory with a git repository; `None`, said aloud, if git is not installed.
    pub(crate) fn repository(files: &[(&str, &str)]) -> Option<Self> {
        if Command::new("git").arg("--version").output().is_err() {
            canread_testing::skip("git is not installed: baselines from git are not tested");
            return None;
        }
        let world = Self::with(files);
        world.git("init --quiet --initial-branch=main");
        world.commit();
        Some(world)
    }

    pub(crate) fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn write(&self, path: impl AsRef<Path>, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().expect("a file lies in a directory")).expect("directories can be made");
        fs::write(path, content).expect("a file can be written");
    }

    pub(crate) fn mkdir(&self, path: &str) {
        fs::create_dir_all(self.path(path)).expect("directories can be made");
    }

    /// Runs git, with arguments separated by spaces.
    pub(crate) fn git(&self, arguments: &str) {
        self.git_with(&[], arguments);
    }

    /// The same at a time, as git writes it.
    pub(crate) fn git_at(&self, date: &str, arguments: &str) {
        self.git_with(&[("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)], arguments);
    }

    fn git_with(&self, environment: &[(&str, &str)], arguments: &str) {
        let user = ["-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "protocol.file.allow=always"];
        let mut git = Command::new("git");
        git.current_dir(self.dir.path()).args(user).args(arguments.split(' ')).env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.envs(environment.iter().copied());
        let output = git.env("GIT_CONFIG_SYSTEM", "/dev/null").output().expect("git runs");
        assert!(output.status.success(), "git {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(crate) fn commit(&self) {
        self.git("add --all");
        self.git("commit --quiet --message=step");
    }

    /// Commits what a hook may not like.
    pub(crate) fn commit_without_hooks(&self) {
        self.git("add --all");
        self.git("commit --quiet --no-verify --message=step");
    }

    /// The command with arguments separated by spaces, ready to run here.
    pub(crate) fn command(&self, arguments: &str) -> Command {
        let mut command = canread(self.dir.path());
        command.args(arguments.split_whitespace());
        command
    }

    pub(crate) fn run(&self, arguments: &str) -> Outcome {
        Outcome::of(&mut self.command(arguments))
    }

    /// `canread check new --against old`, with further arguments.
    pub(crate) fn check(&self, more: &str) -> Outcome {
        self.run(&format!("check new --against old {more}"))
    }
}

/// The built command in a directory, with an environment that says nothing about terminals.
pub(crate) fn canread(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_canread"));
    command.current_dir(dir).env_clear();
    command
}

/// The command in the root of the workspace, where `schemas/shop` is.
pub(crate) fn here(arguments: &str) -> Outcome {
    let mut command = canread(canread_testing::workspace_root());
    Outcome::of(command.args(arguments.split_whitespace()))
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// `None` if a signal ended it.
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    pub(crate) fn of(command: &mut Command) -> Self {
        command.output().expect("the command runs").into()
    }

    /// Both outputs, for claims that do not care which.
    pub(crate) fn text(&self) -> String {
        format!("{}{}", self.err, self.out)
    }

    /// Fails unless the run failed as a run that could not compare should: exit code 3 (or 2), every part of the
    /// text there, never a panic, and never the word of a good end.
    #[track_caller]
    pub(crate) fn fails_with(&self, code: i32, parts: &[&str]) {
        let text = self.text();
        assert_eq!(self.code, Some(code), "{text}");
        for part in parts {
            assert!(text.contains(part), "no {part:?} in:\n{text}");
        }
        assert!(!text.contains("panicked"), "{text}");
        assert!(!text.contains(": compatible"), "{text}");
    }
}

impl From<Output> for Outcome {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("reports are UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

/// As snapshots show it.
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.out)?;
        if !self.err.is_empty() {
            write!(f, "--- stderr\n{}", self.err)?;
        }
        match self.code {
            Some(code) => writeln!(f, "exit {code}"),
            None => writeln!(f, "ended by a signal"),
        }
    }
}
