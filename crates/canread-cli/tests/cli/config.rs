//! `canread.toml`: found, counted before and behind flags and variables, wrong.

use insta::assert_snapshot;
use serde_json::Value;

use crate::world::{Outcome, P3, World};

/// `old` and `new`, where a field changed its type (an error) and another its name (a warning), beside a file.
fn world(config: &str) -> World {
    let old = format!("{P3}message M {{ int64 id = 1; string a = 2; }}\n");
    let new = format!("{P3}message M {{ int32 id = 1; string b = 2; }}\n");
    let world = World::pair(old, new);
    world.write("canread.toml", format!("version = 1\n{config}"));
    world
}

fn in_dir(world: &World, dir: &str, arguments: &str) -> Outcome {
    Outcome::of(world.command(arguments).current_dir(world.path(dir)))
}

#[test]
fn the_file_names_the_old_version_as_seen_from_itself() {
    let world = world("against = \"old\"\n");
    let outcome = world.run("check new --format concise");
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert_eq!(in_dir(&world, "new", "check --format concise").out.lines().count(), outcome.out.lines().count());
    assert_eq!(world.run("check new --no-config").code, Some(2));
}

/// As `--against` given more than once: each path starts at the file, all are looked through, and a flag replaces the list.
#[test]
fn the_file_may_name_several_old_versions() {
    let world = world("against = [\n  \"first\",\n  \"old\",\n]\n");
    world.write("first/a.proto", format!("{P3}message M {{ int64 id = 1; string a = 2; bool c = 3; }}\n"));
    world.write("new/a.proto", format!("{P3}message M {{ int64 id = 1; string a = 2; string d = 3; }}\n"));
    for outcome in [world.run("check new"), in_dir(&world, "new", "check")] {
        assert_eq!(outcome.code, Some(1), "{outcome}");
        assert!(outcome.out.contains("[protobuf/retired_field_number_reused]"), "{outcome}");
        assert!(outcome.out.contains("against 2 versions, from "), "{outcome}");
    }
    assert_eq!(world.run("check new --against old").code, Some(0));
    let row = |outcome: &Outcome| {
        let row = outcome.out.lines().find(|line| line.starts_with("against ")).unwrap_or_default();
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(row(&world.run("config show --origin")), "against first, old canread.toml:2");
    assert_eq!(row(&in_dir(&world, "new", "config show")), "against ../first, ../old");
}

#[test]
fn without_any_old_version_the_next_step_is_said() {
    world("").run("check new").fails_with(2, &["no old version is named", "--against <BASELINE>", "canread.toml"]);
}

#[test]
fn a_flag_counts_before_a_variable_before_the_file_before_the_default() {
    let world = world("mode = \"forward\"\nfail-on = \"note\"\n");
    let show = |arguments: &str, variable: Option<&str>| {
        let mut command = world.command(&format!("config show --origin {arguments}"));
        command.envs(variable.map(|value| ("CANREAD_MODE", value)));
        let outcome = Outcome::of(&mut command);
        outcome.out.lines().next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(show("--mode none", Some("full")), "mode none --mode");
    assert_eq!(show("", Some("full")), "mode full CANREAD_MODE");
    assert_eq!(show("", Some("")), "mode forward canread.toml:2");
    assert_eq!(show("", None), "mode forward canread.toml:2");
    assert_eq!(show("--no-config", None), "mode backward default");
}

#[test]
fn every_setting_is_shown_with_its_origin() {
    let world = world(
        "against = \"old\"\ninclude = [\"third_party\"]\nexclude = [\"**/testdata\"]\n[rules]\n\
         \"protobuf/field_renamed\" = \"off\"\n[[path]]\nglob = \"legacy/**\"\nmode = \"none\"\n[path.rules]\n\
         \"protobuf/field_renamed\" = \"note\"\n[[allow]]\nfingerprint = \"0123456789ab\"\nreason = \"r\"\n\
         until = 2026-12-31\n",
    );
    let mut command = world.command("config show --origin --promise wire,json");
    assert_snapshot!(Outcome::of(command.env("CANREAD_FAIL_ON", "warning")));
    let mut command = world.command("config show --origin");
    assert_snapshot!("shown_from_below", Outcome::of(command.current_dir(world.path("new"))));
}

#[test]
fn the_file_changes_what_fails() {
    assert_eq!(world("against = \"old\"\nmode = \"none\"\n").run("check new").code, Some(0));
    let off = "against = \"old\"\n[rules]\n\"protobuf/field_type_changed\" = \"off\"\n";
    assert_eq!(world(off).run("check new").code, Some(0));
    assert_eq!(world(off).run("check new --fail-on warning").code, Some(1));
    let lower = "against = \"old\"\n[rules]\n\"protobuf/field_type_changed\" = \"warning\"\n";
    assert_eq!(world(lower).run("check new").code, Some(0));
    let undecided = format!("{off}[[path]]\nglob = \"new\"\nfail-on = \"warning\"\n");
    assert_eq!(world(&undecided).run("check new").code, Some(1));
}

#[test]
fn some_paths_have_a_policy_of_their_own() {
    let section = "against = \"old\"\n[[path]]\nglob = \"new/a.proto\"\nmode = \"none\"\n";
    let world = world(section);
    assert_eq!(world.run("check new").code, Some(0));
    // From wherever it is run. A flag counts before the section, but for `none`: that is what the project leaves out.
    assert_eq!(in_dir(&world, "new", "check").code, Some(0));
    assert_eq!(world.run("check new --mode backward").code, Some(0));
    world.write("canread.toml", format!("version = 1\n{}", section.replace("none", "forward")));
    assert_eq!(world.run("check new").code, Some(0));
    assert_eq!(world.run("check new --mode backward").code, Some(1));
    world.write("canread.toml", format!("version = 1\n{}", section.replace("new/a", "new/b")));
    assert_eq!(world.run("check new").code, Some(1));
}

#[test]
fn what_is_gone_has_the_policy_of_where_it_was() {
    let gone = format!("{P3}message Gone {{ int32 f = 1; }}\n");
    let kept = format!("{P3}message Kept {{ int32 f = 1; }}\n");
    let world = World::with(&[("old/gone.proto", &gone), ("old/kept.proto", &kept), ("new/kept.proto", &kept)]);
    assert_eq!(world.run("check new --against old").code, Some(1));
    world.write("canread.toml", "version = 1\n[[path]]\nglob = \"new/gone.proto\"\nmode = \"none\"\n");
    assert_eq!(world.run("check new --against old").code, Some(0));
}

#[test]
fn what_is_excluded_is_not_compared_and_counted() {
    let world = world("against = \"old\"\nexclude = [\"*/a.proto\"]\n");
    let fine = format!("{P3}message Fine {{}}\n");
    world.write("old/fine.proto", &fine);
    world.write("new/fine.proto", &fine);
    let outcome = world.run("check new");
    assert_eq!(outcome.code, Some(0), "{outcome}");
    assert!(outcome.out.contains("passed over: 1 excluded by canread.toml, such as `new/a.proto`"), "{outcome}");
    // What is named by itself is read.
    assert_eq!(world.run("check new/a.proto --against old/a.proto").code, Some(1));
    // What others import is read too.
    world.write("new/fine.proto", format!("{P3}import \"a.proto\";\nmessage Fine {{ M m = 1; }}\n"));
    world.write("old/fine.proto", format!("{P3}import \"a.proto\";\nmessage Fine {{ M m = 1; }}\n"));
    assert_eq!(world.run("check new").code, Some(1));
}

#[test]
fn a_revision_is_excluded_from_as_the_work_tree_is() {
    let Some(world) = World::repository(&[
        ("api/a.proto", &format!("{P3}message A {{ int64 f = 1; }}\n")),
        ("api/old/b.proto", &format!("{P3}message B {{ int64 f = 1; }}\n")),
        ("canread.toml", "version = 1\nagainst = \"git:HEAD\"\nexclude = [\"api/old\"]\n"),
    ]) else {
        return;
    };
    world.write("api/old/b.proto", format!("{P3}message B {{ int32 f = 1; }}\n"));
    assert_eq!(world.run("check api").code, Some(0));
    assert_eq!(in_dir(&world, "api", "check").code, Some(0));
    assert_eq!(in_dir(&world, "api", "check --no-config --against git:HEAD").code, Some(1));
}

#[test]
fn mistakes_are_shown_where_they_stand() {
    let world =
        world("mdoe = \"full\"\n[rules]\n\"protobuf/field_renmaed\" = \"off\"\n\"protobuf/field_renamed\" = \"of\"\n");
    assert_snapshot!(world.run("check new --against old"));
    // Programs get a report, and everything that reads the file says the same.
    let report: Value = serde_json::from_str(&world.run("check new --against old --format json").out).expect("JSON");
    assert_eq!(report["status"], "error");
    assert_eq!(report["diagnostics"][0]["code"], "config/unknown_key");
    assert_eq!(report["diagnostics"][0]["locations"][0]["line"], 2);
    for arguments in ["diff old new", "config show", "approve 0123456789ab --reason r --until 9999-12-31"] {
        world.run(arguments).fails_with(2, &["there is no key `mdoe` here", "canread.toml:2:1"]);
    }
}

#[test]
fn a_file_of_another_version_is_refused() {
    let world = World::with(&[("canread.toml", "version = 2\nnew-key = 1\n")]);
    assert_snapshot!(world.run("config show"));
}

#[test]
fn a_file_that_can_not_be_read_is_no_missing_one() {
    let world = world("");
    world.run("check new --against old --config nowhere.toml").fails_with(2, &["`nowhere.toml` can't be read"]);
    let broken = World::pair("", "");
    broken.mkdir("canread.toml");
    broken.run("check new --against old").fails_with(2, &["`canread.toml` can't be read"]);
    broken.run("check new --against old --config x --no-config").fails_with(2, &["cannot be used with"]);
}

#[test]
fn bad_variables_are_named() {
    let world = world("");
    for (name, value, part) in [
        (
            "CANREAD_MODE",
            "sideways",
            "CANREAD_MODE: `sideways` is no mode: expected `none`, `backward`, `forward`, `full`, ",
        ),
        ("CANREAD_PROMISE", "wire,jsn", "CANREAD_PROMISE: `jsn` is no promise"),
        ("CANREAD_FAIL_ON", "never", "CANREAD_FAIL_ON: `never` is no severity"),
        ("CANREAD_ALLOW_UNDECIDED", "yes", "CANREAD_ALLOW_UNDECIDED: `yes` is no truth value"),
        ("CANREAD_CONFIG", "nowhere.toml", "`nowhere.toml` can't be read"),
    ] {
        Outcome::of(world.command("check new --against old").env(name, value)).fails_with(2, &[part]);
    }
}

#[test]
fn variables_count() {
    let world = world("");
    let run = |name: &str, value: &str| Outcome::of(world.command("check new --against old").env(name, value)).code;
    assert_eq!(run("CANREAD_MODE", "none"), Some(0));
    assert_eq!(run("CANREAD_PROMISE", "rpc"), Some(0));
    assert_eq!(Outcome::of(world.command("check new").env("CANREAD_AGAINST", "old")).code, Some(1));
}

/// Paths may hold spaces and commas, so each version stands on a line of its own.
#[test]
fn the_variable_may_name_several_old_versions() {
    let world = world("against = \"old\"\n");
    world.write("the first/a.proto", format!("{P3}message M {{ int64 id = 1; string a = 2; bool c = 3; }}\n"));
    let outcome = Outcome::of(world.command("check new").env("CANREAD_AGAINST", "the first\n  old\n\n"));
    assert_eq!(outcome.code, Some(1), "{outcome}");
    assert!(outcome.out.contains("against 2 versions, from the first to old"), "{outcome}");
    let blank = Outcome::of(world.command("config show").env("CANREAD_AGAINST", " \n"));
    assert!(blank.out.contains("against          old\n"), "{blank}");
}

#[test]
fn the_search_ends_at_the_root_of_the_repository() {
    let world = world("against = \"old\"\n");
    assert_eq!(in_dir(&world, "new", "check").code, Some(1));
    world.mkdir("new/.git");
    in_dir(&world, "new", "check").fails_with(2, &["no old version is named"]);
}

#[test]
fn flags_and_variables_take_the_same_words() {
    let world = world("");
    for (flag, variable, text, shown) in [
        ("--mode", "CANREAD_MODE", "BACKWARD_TRANSITIVE", "backward-transitive"),
        ("--mode", "CANREAD_MODE", "full-transitive", "full-transitive"),
        ("--promise", "CANREAD_PROMISE", "WIRE,Json", "wire,json"),
        ("--fail-on", "CANREAD_FAIL_ON", "Warning", "warning"),
        ("--allow-undecided", "CANREAD_ALLOW_UNDECIDED", "TRUE", "true"),
    ] {
        let of_flag = world.run(&format!("config show {flag}={text}"));
        let of_variable = Outcome::of(world.command("config show").env(variable, text));
        assert_eq!(of_flag, of_variable);
        assert!(of_flag.code == Some(0) && of_flag.out.contains(&format!(" {shown}\n")), "{of_flag}");
    }
    world.run("config show --mode sideways").fails_with(2, &["'sideways'", "backward-transitive"]);
    world.run("config show --mode bakward").fails_with(2, &["'backward'"]);
    world.run("config show --allow-undecided=yes").fails_with(2, &["'yes'"]);
}

#[test]
#[cfg(unix)]
fn a_variable_that_is_no_text_is_not_taken_for_none() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let world = world("");
    let bytes = OsStr::from_bytes(b"w\xff");
    for name in ["CANREAD_MODE", "CANREAD_PROMISE", "CANREAD_FAIL_ON", "CANREAD_ALLOW_UNDECIDED", "CANREAD_AGAINST"] {
        Outcome::of(world.command("check new").env(name, bytes)).fails_with(2, &[name, "is not UTF-8"]);
    }
    // A path may have such a name.
    std::fs::write(world.path(bytes), "version = 1\nmode = \"none\"\n").expect("it can be written");
    assert_eq!(Outcome::of(world.command("check new --against old").env("CANREAD_CONFIG", bytes)).code, Some(0));
    let missing = OsStr::from_bytes(b"none\xff");
    let mut command = world.command("check new --against old");
    Outcome::of(command.env("CANREAD_CONFIG", missing)).fails_with(2, &["can't be read"]);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_no_configuration_and_is_not_waited_for() {
    let world = world("");
    let made = std::process::Command::new("mkfifo").arg(world.path("pipe")).status();
    if !made.is_ok_and(|status| status.success()) {
        canread_testing::skip("there is no mkfifo: pipes as configurations are not tested");
        return;
    }
    world.run("config show --config pipe").fails_with(2, &["`pipe` can't be read: it is no regular file"]);
}

#[test]
fn what_flags_alone_can_say_is_shown_too() {
    let outcome = world("").run("config show --origin --enable protobuf/field_renamed --against-include third_party");
    let shown: Vec<String> =
        outcome.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    for row in ["enable protobuf/field_renamed --enable", "against-include third_party --against-include"] {
        assert!(shown.iter().any(|shown| shown == row), "no {row:?} in {outcome}");
    }
}
