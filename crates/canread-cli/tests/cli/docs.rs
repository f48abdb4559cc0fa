//! The pages in `docs/`: what they show is what the command prints.
//!
//! A block fenced as `console` has commands behind `$ `, each with what it prints below it. The commands of a page run in
//! order, in one directory. `CANREAD_BLESS=1 cargo test -p canread-cli --test cli docs` writes what they print: read the
//! difference then.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::world::World;

/// The shop in a repository: the first version tagged `v1.0.0`, the third one `v1.1.0`, the fourth one in the work tree.
fn shop() -> Option<World> {
    let world = World::repository(&[("README", "The shop.\n")])?;
    // Names of commits are shown, so the day must not count.
    shell(&world, "git commit --quiet --amend --no-edit --reset-author");
    for (version, tag) in [("v1", Some("v1.0.0")), ("v3", Some("v1.1.0")), ("v4", None)] {
        let _ = fs::remove_dir_all(world.path("shop"));
        let from = canread_testing::workspace_root().join("schemas/shop").join(version).join("shop");
        copy(&from, &world.path("shop"));
        if let Some(tag) = tag {
            shell(&world, &format!("git add --all && git commit --quiet --message={tag} && git tag {tag}"));
        }
    }
    Some(world)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("directories can be made");
    for entry in fs::read_dir(from).expect("the shop is there") {
        let entry = entry.expect("it can be listed");
        let place = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &place);
        } else {
            fs::copy(entry.path(), place).expect("a file can be copied");
        }
    }
}

/// What a line prints, and how it ends.
fn shell(world: &World, line: &str) -> (String, i32) {
    let bin = Path::new(env!("CARGO_BIN_EXE_canread")).parent().expect("it lies in a directory");
    let mut command = Command::new("sh");
    command.current_dir(world.path("")).env_clear().args(["-c", &format!("{{ {line}\n}} 2>&1")]);
    command.env("PATH", format!("{}:/usr/local/bin:/usr/bin:/bin", bin.display())).env("HOME", world.path("none"));
    command.env("LC_ALL", "C.UTF-8");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "shop").env(format!("GIT_{who}_EMAIL"), "shop@example.org");
        command.env(format!("GIT_{who}_DATE"), "2026-01-15T12:00:00Z");
    }
    let output = command.output().expect("sh runs");
    (String::from_utf8(output.stdout).expect("text"), output.status.code().unwrap_or(-1))
}

/// The page, with what its commands print now.
fn run(world: &World, page: &str) -> String {
    let mut text = String::new();
    let (mut is_inside, mut last) = (false, 0);
    for line in page.lines() {
        match (is_inside, line.strip_prefix("$ ")) {
            (true, Some("echo $?")) => {
                let _ = writeln!(text, "{line}\n{last}");
            }
            (true, Some(command)) => {
                let (printed, code) = shell(world, command);
                last = code;
                let _ = writeln!(text, "{}", format!("{line}\n{printed}").trim_end());
            }
            (true, None) if line != "```" => {}
            _ => {
                is_inside = line == "```console";
                let _ = writeln!(text, "{line}");
            }
        }
    }
    text
}

fn pages() -> Vec<PathBuf> {
    let docs = fs::read_dir(canread_testing::workspace_root().join("docs")).expect("the pages are there");
    let mut pages: Vec<PathBuf> = docs.map(|entry| entry.expect("it can be listed").path()).collect();
    pages.retain(|page| page.extension().is_some_and(|ending| ending == "md"));
    pages.sort();
    pages
}

#[test]
#[cfg(unix)]
fn a_page_shows_what_the_command_prints() {
    let pages = pages();
    assert!(!pages.is_empty(), "there are no pages");
    for page in pages {
        let Some(world) = shop() else { return };
        let text = fs::read_to_string(&page).expect("the page can be read");
        let now = run(&world, &text);
        if std::env::var_os("CANREAD_BLESS").is_some() {
            fs::write(&page, now).expect("the page can be written");
        } else {
            similar_asserts(&text, &now, &page);
        }
    }
}

fn similar_asserts(text: &str, now: &str, page: &Path) {
    for (number, (was, is)) in text.lines().zip(now.lines()).enumerate() {
        assert_eq!(was, is, "{}:{}: the command prints something else", page.display(), number + 1);
    }
    assert_eq!(text.lines().count(), now.lines().count(), "{}: the commands print more or less", page.display());
}

/// Every command of the help is shown somewhere.
#[test]
fn every_command_is_shown() {
    let help = crate::world::here("--help").out;
    let (_, commands) = help.split_once("Commands:\n").expect("a list of commands");
    let names = commands.lines().take_while(|line| !line.trim().is_empty());
    let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names: Vec<&str> = names.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(names.len() > 10, "{names:?}");
    let text: String = pages().iter().map(|page| fs::read_to_string(page).expect("a page can be read")).collect();
    for name in names {
        assert!(text.contains(&format!("$ canread {name}")), "no page shows `canread {name}`");
    }
}

#[test]
fn the_readme_names_every_output_format() {
    let readme = canread_testing::workspace_root().join("README.md");
    let readme = fs::read_to_string(readme).expect("it can be read");
    let row = readme.lines().find(|line| line.starts_with("| `--format` |")).expect("a row about them");
    let names: Vec<String> = canread_report::REPORTS.iter().map(|format| format!("`{}`", format.name)).collect();
    assert!(row.contains(&names.join(", ")), "{row}");
}
