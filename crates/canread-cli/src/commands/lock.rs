//! `canread lock`: keeps schemas as they are, for later comparisons.

use std::{
    fs,
    path::{Path, PathBuf},
};

use canread_project::{Lock, Project, ProjectError, config::Config};
use canread_syntax::{Diagnostic, Sources};

use super::reading;
use crate::{
    args::{Color, ConfigArgs, Lock as Args},
    exit, output,
};

pub(crate) fn lock(args: &Args, config: &ConfigArgs, color: Color) -> u8 {
    let file = args.target.clone().unwrap_or_else(|| place(config));
    let paths = match paths(args, &file) {
        Ok(paths) => paths,
        Err(error) => {
            output::complain(&[error.to_diagnostic()], &Sources::default(), color);
            return error.kind().exit_code();
        }
    };
    let readings = match reading::read(&paths, &args.include, config, color) {
        Ok(readings) => readings,
        Err(code) => return code,
    };
    let dir = file.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let lock = match Lock::of(&readings, dir) {
        Ok(lock) => lock,
        Err(error) => {
            output::complain(&[error.to_diagnostic()], &Sources::default(), color);
            return error.kind().exit_code();
        }
    };
    let shown = file.display();
    // Pipes and devices are written to, and hold nothing.
    let is_file = fs::metadata(&file).is_ok_and(|metadata| metadata.is_file());
    let is_there = is_file && fs::read(&file).is_ok_and(|text| text == lock.text.as_bytes());
    if args.check && !is_there {
        let is_missing = file.symlink_metadata().is_err();
        let (message, help) = if is_missing {
            (format!("there is no {shown}"), "write it: `canread lock`")
        } else {
            let help =
                "see what changed: `canread diff lock PATH`; take the schemas of today as released: `canread lock`";
            (format!("the schemas are not what {shown} holds"), help)
        };
        let problem = Diagnostic::error("lock/outdated", message).help(help);
        output::complain(&[problem], &Sources::default(), color);
        return exit::FINDINGS;
    }
    if !is_there && let Err(error) = output::file::write(&file, &lock.text) {
        let problem = Diagnostic::error("lock/unwritable", format!("{shown} can't be written: {error}"));
        output::complain(&[problem], &Sources::default(), color);
        return exit::FAILED;
    }
    let verb = if is_there { "unchanged" } else { "locked" };
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let schemas = match lock.files.schemas {
        1 => "1 schema".to_owned(),
        count => format!("{count} schemas"),
    };
    let others = match lock.files.others {
        0 => String::new(),
        count => format!(", and {} that they need", files(count)),
    };
    output::print(&format!("{verb}: {schemas}{others}, in {shown}\n"), exit::COMPATIBLE)
}

/// What is to be locked: what is locked already, if nothing is named.
fn paths(args: &Args, file: &Path) -> Result<Vec<String>, ProjectError> {
    if !args.paths.is_empty() {
        return Ok(args.paths.clone());
    }
    if file.symlink_metadata().is_err() {
        return Ok(vec![".".to_owned()]);
    }
    Project::new(Path::new("."))?.locked_roots(file)
}

/// Where the lock is, or will be.
fn place(config: &ConfigArgs) -> PathBuf {
    let here = Path::new(".");
    let name = Path::new("canread.lock");
    let standing = Project::new(here).ok().and_then(|project| project.lock_file());
    let beside = || {
        let config = if config.no_config { None } else { config.file.clone().or_else(|| Config::place(here)) };
        config.and_then(|file| Some(file.parent()?.join(name)))
    };
    let cwd = here.canonicalize().unwrap_or_default();
    let place = standing.or_else(beside).unwrap_or_else(|| name.to_owned());
    place.strip_prefix(cwd).map(Path::to_owned).unwrap_or(place)
}
