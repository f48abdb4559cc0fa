//! Avro files in the command: found, read, linked and judged.

use insta::assert_snapshot;

use crate::world::{P3, World};

/// A record with one field.
fn record(name: &str, field: &str) -> String {
    format!("{{\"type\": \"record\", \"name\": \"{name}\", \"fields\": [{field}]}}\n")
}

fn user(kind: &str) -> String {
    record("shop.User", &format!("{{\"name\": \"id\", \"type\": \"{kind}\"}}"))
}

#[test]
fn equal_avro_files_are_unchanged_schemas() {
    let order = "protocol Orders { import idl \"common/money.avdl\"; record Order { Money total; } }\n";
    let money = "protocol Common { record Money { long cents; } }\n";
    let mut files = Vec::new();
    for side in ["old", "new"] {
        files.push((format!("{side}/user.avsc"), user("long")));
        files.push((format!("{side}/orders.avdl"), order.to_owned()));
        files.push((format!("{side}/common/money.avdl"), money.to_owned()));
        files.push((format!("{side}/a.proto"), format!("{P3}message A {{}}\n")));
    }
    assert_snapshot!(World::with(&files).check(""), @r"
    checked 4 schema files, all unchanged and not parsed: new against old
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
}

#[test]
fn a_finding_about_avro_shows_both_places() {
    let world = World::with(&[("old/user.avsc", user("long")), ("new/user.avsc", user("int"))]);
    assert_snapshot!(world.check(""), @r#"
    error[avro/type_changed]: `shop.User.id` was long and is int: a new reader of old data refuses it
     --> new/user.avsc:1:75
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
      |                                                                           ^^^^^ read as this now
      |
     ::: old/user.avsc:1:75
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |                                                                           ------ written as this until now
      |
      = deploy: every writer before the first reader, and rewrite stored data in between: new readers cannot rely on old data
      = effect: error on wire; see `canread explain avro/type_changed`
    help: keep the type, or add a field of the new type with a default
      |
    1 - {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
    1 + {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |

    checked 1 schema file: new against old
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    "#);
    // The other way round, int is promoted to long, and only old readers fail.
    assert_eq!(world.run("check old --against new").code, Some(0));
    assert_eq!(world.run("check old --against new --mode forward").code, Some(1));
    assert_eq!(world.check("--exit-zero").code, Some(0));
    assert_eq!(world.run("check new/user.avsc --against old/user.avsc").code, Some(1));
}

#[test]
fn a_safe_change_of_avro_is_compatible_and_listed_by_diff() {
    let field = |default: &str| format!("{{\"name\": \"id\", \"type\": \"long\"}}{default}");
    let new = record("shop.User", &field(", {\"name\": \"age\", \"type\": \"int\", \"default\": 0}"));
    let world = World::with(&[("old/user.avsc", user("long")), ("new/user.avsc", new)]);
    assert_snapshot!(world.check("--mode full"), @r"
    checked 1 schema file: new against old
    mode full: new readers must read old data, and old readers must read new data (wire, rpc)
    no findings: compatible
    exit 0
    ");
    assert_snapshot!(world.run("diff old new"), @r"
    new/user.avsc:1:93: `shop.User.age`: field is new
    compared 1 schema file: new against old
    1 change
    exit 0
    ");
}

#[test]
fn a_type_that_is_new_or_gone_is_judged() {
    let world = World::with(&[
        ("old/user.avsc", user("long")),
        ("old/a.proto", format!("{P3}message A {{}}\n")),
        ("new/a.proto", format!("{P3}message A {{}}\n")),
    ]);
    assert_snapshot!(world.check("--format concise"), @r"
    old/user.avsc:1:28: error[avro/type_deleted]: record `shop.User` is gone: no other type used it, so it was a schema of its own, whose data no new reader can read
    checked 1 schema file, all unchanged and not parsed: new against old
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    ");
    assert_snapshot!(world.run("check old --against new --format concise"), @r"
    checked 2 schema files, 1 unchanged and not parsed: old against new
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
}

#[test]
fn programs_get_the_findings_about_avro() {
    let world = World::with(&[("old/user.avsc", user("long")), ("new/user.avsc", user("int"))]);
    let report = world.check("--format json");
    let report: serde_json::Value = serde_json::from_str(&report.out).expect("a report is JSON");
    assert_eq!(report["status"], "incompatible");
    let finding = &report["findings"][0];
    assert_eq!(finding["rule"], "avro/type_changed");
    assert_eq!((&finding["old"]["file"], &finding["new"]["file"]), (&"old/user.avsc".into(), &"new/user.avsc".into()));
    let sarif = world.check("--format sarif");
    let sarif: serde_json::Value = serde_json::from_str(&sarif.out).expect("a report is JSON");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!((&result["ruleId"], &result["level"]), (&"avro/type_changed".into(), &"error".into()));
}

#[test]
fn another_text_of_one_meaning_is_no_change() {
    let world = World::with(&[("before.avsc", user("long")), ("after.avsc", user("long").replace(' ', "\n"))]);
    assert_snapshot!(world.run("check after.avsc --against before.avsc"), @r"
    checked 1 schema file: after.avsc against before.avsc
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
    let idl = "protocol P { record User { long id; } }\n";
    let world = World::with(&[("old/p.avdl", idl.to_owned()), ("new/p.avdl", format!("/** doc */ {idl}"))]);
    assert_eq!(world.check("").code, Some(0), "{}", world.check("").text());
}

#[test]
fn protobuf_and_avro_are_counted_together_and_judged_apart() {
    let proto = |kind: &str| format!("{P3}message A {{ {kind} id = 1; }}\n");
    let world = World::with(&[
        ("old/a.proto", proto("int64")),
        ("old/user.avsc", user("long")),
        ("new/a.proto", proto("int32")),
        ("new/user.avsc", user("int")),
    ]);
    let outcome = world.check("--format concise");
    assert_snapshot!(outcome, @r"
    new/a.proto:2:13: error[protobuf/field_type_changed]: `A.id` was int64 and is int32: a new reader of old data keeps only the low 32 bits
    new/user.avsc:1:75: error[avro/type_changed]: `shop.User.id` was long and is int: a new reader of old data refuses it
    checked 2 schema files: new against old
    mode backward: new readers must read old data (wire, rpc)
    2 errors: incompatible
    exit 1
    ");
}

#[test]
fn a_commit_is_read_as_a_directory_is() {
    let id = record("shop.Id", "{\"name\": \"value\", \"type\": \"long\"}");
    let user = record("shop.User", "{\"name\": \"id\", \"type\": \"Id\"}");
    let files = [("s/id.avsc", id.as_str()), ("s/user.avsc", user.as_str())];
    let Some(world) = World::repository(&files) else { return };
    let outcome = world.run("check s --against git:HEAD");
    assert!(outcome.out.contains("2 schema files, all unchanged"), "{}", outcome.text());
    // The other file did not change, and is read: it names what is declared here.
    world.write("s/id.avsc", id.replace(": ", ":\n"));
    let outcome = world.run("check s --against git:HEAD");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    world.write("s/id.avsc", id.replace("long", "int"));
    world.run("check s --against git:HEAD").fails_with(1, &["avro/type_changed", "checked 2 schema files"]);
    world.run("check s/id.avsc --against git:HEAD").fails_with(1, &["avro/type_changed"]);
}

/// What IDL imports belongs to it, wherever below the repository it lies.
#[test]
fn a_change_of_what_idl_imports_is_a_change() {
    let money = |kind: &str| format!("protocol Common {{ record Money {{ {kind} cents; }} }}\n");
    let orders = "protocol Orders { import idl \"../common/money.avdl\"; record Order { Money total; } }\n";
    let common = money("long");
    let files = [("api/orders.avdl", orders), ("common/money.avdl", common.as_str())];
    let Some(world) = World::repository(&files) else { return };
    let outcome = world.run("check api --against git:HEAD");
    assert!(outcome.out.contains("1 schema file, all unchanged"), "{}", outcome.text());
    world.write("common/money.avdl", money("int"));
    world.run("check api --against git:HEAD").fails_with(1, &["avro/type_changed", "common/money.avdl:1:"]);
    // With the imported file gone, what it holds is not known, even if that is so in both versions.
    std::fs::remove_file(world.path("common/money.avdl")).expect("the file is there");
    world.commit();
    let outcome = world.run("check api --against git:HEAD");
    outcome.fails_with(3, &["avro/missing_import", "api/orders.avdl:1:30"]);
}

#[test]
fn mistakes_in_avro_files_are_named_with_their_place() {
    for (text, parts) in [
        ("{\"type\": \"record\", \"name\": \"A\",\n  \"fields\": [}", &["new/a.avsc:2:14"][..]),
        ("{\"type\": \"record\",\n \"fields\": []}", &["new/a.avsc:1:1", "name"]),
        (
            "{\"type\": \"record\", \"name\": \"A\", \"fields\": [\n{\"name\": \"b\", \"type\": \"Bee\"}]}",
            &["new/a.avsc:2:23", "Bee"],
        ),
        ("", &["new/a.avsc", "an empty file"]),
        ("[", &["new/a.avsc:1:"]),
    ] {
        let world = World::with(&[("old/a.avsc", "\"int\""), ("new/a.avsc", text)]);
        world.check("").fails_with(3, parts);
    }
    let world = World::with(&[("old/a.avdl", "protocol P {}"), ("new/a.avdl", "protocol P {\n  record R { long } }")]);
    world.check("").fails_with(3, &["new/a.avdl:2:"]);
}

#[test]
fn schemas_that_contradict_themselves_are_no_verdict() {
    for (text, code, place) in [
        // Aliases that lead to each other.
        (
            r#"{"type":"record","name":"A","aliases":["B"],"fields":[{"name":"x","type":{"type":"record","name":"B","aliases":["A"],"fields":[]}}]}"#,
            "alias_taken",
            "1:25",
        ),
        // Defaults of the wrong type; 1.12 allows one of another branch, and nothing allows one of none.
        (r#"{"type":"record","name":"A","fields":[{"name":"x","type":"int","default":"s"}]}"#, "default", "1:74"),
        (
            r#"{"type":"record","name":"A","fields":[{"name":"x","type":["null","int"],"default":"s"}]}"#,
            "default",
            "1:83",
        ),
        (r#"{"type":"enum","name":"E","symbols":["A"],"default":"B"}"#, "enum_default", "1:53"),
        (r#"{"type":"fixed","name":"F","size":-1}"#, "fixed_size", "1:35"),
        (r#"{"type":"fixed","name":"F","size":2147483648}"#, "fixed_size", "1:35"),
        (r#"{"type":"fixed","name":"F","size":1.5}"#, "fixed_size", "1:35"),
        (r#"{"type":"record","name":"A","fields":[{"name":"x","type":"A"}]}"#, "endless_record", "1:47"),
    ] {
        let world = World::with(&[("old/a.avsc", "\"int\""), ("new/a.avsc", text)]);
        world.check("").fails_with(3, &[&format!("[avro/{code}]"), &format!("new/a.avsc:{place}")]);
    }
    let twice = r#"{"type":"fixed","name":"F","size":4,"size":5}"#;
    let world = World::with(&[("old/a.avsc", "\"int\""), ("new/a.avsc", twice)]);
    world.check("").fails_with(3, &["[syntax/json_duplicate_key]", "new/a.avsc:1:37"]);
    // A default of 1.11: for the first branch alone. It is read, and the one that is not is told.
    let later = r#"{"type":"record","name":"A","fields":[{"name":"x","type":["null","int"],"default":5}]}"#;
    let world = World::with(&[("old/a.avsc", later.replace('5', "null")), ("new/a.avsc", later.to_owned())]);
    let outcome = world.check("--format concise");
    assert!(outcome.out.contains("new/a.avsc:1:83: warning[avro/default_branch]"), "{outcome}");
    // A name that two files declare is told, with both.
    let world = World::with(&[
        ("old/a.avsc", user("int")),
        ("old/b.avsc", user("int")),
        ("new/a.avsc", user("int")),
        ("new/b.avsc", user("long")),
    ]);
    let outcome = world.check("--format concise");
    assert!(outcome.out.contains("warning[avro/redefined_type]"), "{outcome}");
}

#[test]
fn bytes_that_are_no_text_are_one_problem() {
    for name in ["a.avsc", "a.avpr", "a.avdl"] {
        let (old, new) = (format!("old/{name}"), format!("new/{name}"));
        let world = World::with(&[(old, &b"\"int\""[..]), (new, &b"{\"type\":\n \"\xff\"}"[..])]);
        std::fs::remove_file(world.path(format!("old/{name}"))).expect("the file is there");
        world.write("old/b.avsc", "\"int\"");
        let outcome = world.check("");
        outcome.fails_with(3, &["not UTF-8", &format!("new/{name}:2:3")]);
        assert!(outcome.out.contains("\n1 error: nothing was compared"), "{}", outcome.out);
    }
}

#[test]
fn a_file_over_the_limit_is_refused() {
    let world = World::with(&[("old/a.avsc", "\"int\""), ("new/a.avsc", "\"int\"")]);
    let file = std::fs::File::options().write(true).open(world.path("new/a.avsc")).expect("the file is there");
    file.set_len(1 << 33).expect("a file can have a hole");
    world.check("").fails_with(3, &["project/file_too_large", "new/a.avsc"]);
}

#[test]
fn a_schema_as_idl_is_compared_with_one_as_json() {
    let idl = "namespace shop;\nschema User;\nimport idl \"money.avdl\";\nrecord User { Money id; }\n";
    let money = |kind: &str| format!("protocol Common {{ record Money {{ {kind} cents; }} }}\n");
    let id = |kind: &str| {
        let field = format!("{{\"name\": \"cents\", \"type\": \"{kind}\"}}");
        record("shop.User", &format!("{{\"name\": \"id\", \"type\": {}}}", record("Money", &field)))
    };
    let idl = idl.replace("Money id", "shop.Money id");
    let world = World::with(&[
        ("a/before.avdl", idl),
        ("a/money.avdl", money("long").replace("protocol", "@namespace(\"shop\") protocol")),
        ("b/after.avsc", id("long")),
        ("b/narrow.avsc", id("int")),
    ]);
    assert_snapshot!(world.run("check b/after.avsc --against a/before.avdl --format concise"), @r"
    checked 1 schema file: b/after.avsc against a/before.avdl
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
    assert_snapshot!(world.run("check b/narrow.avsc --against a/before.avdl --format concise"), @r"
    b/narrow.avsc:1:148: error[avro/type_changed]: `shop.Money.cents` was long and is int: a new reader of old data refuses it
    checked 1 schema file: b/narrow.avsc against a/before.avdl
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    ");
    assert_snapshot!(world.run("check a/before.avdl --against b/narrow.avsc --mode forward --format concise"), @r"
    a/money.avdl:1:53: error[avro/type_changed]: `shop.Money.cents` was int and is long: an old reader of new data refuses it
    checked 1 schema file: a/before.avdl against b/narrow.avsc
    mode forward: old readers must read new data (wire, rpc)
    1 error: incompatible
    exit 1
    ");
    let protocol = "@namespace(\"shop\") protocol P { record User { long id; } long get(long id); }\n";
    let json = "{\"protocol\": \"P\", \"namespace\": \"shop\", \"types\": [{\"type\": \"record\", \"name\": \"User\", \
                \"fields\": [{\"name\": \"id\", \"type\": \"int\"}]}], \"messages\": {\"get\": {\"request\": \
                [{\"name\": \"id\", \"type\": \"long\"}], \"response\": \"long\"}}}\n";
    let world = World::with(&[("p.avdl", protocol), ("p.avpr", json)]);
    assert_snapshot!(world.run("check p.avpr --against p.avdl --format concise"), @r"
    p.avpr:1:119: error[avro/type_changed]: `shop.User.id` was long and is int: a new reader of old data refuses it
    checked 1 schema file: p.avpr against p.avdl
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    ");
}

#[test]
fn versions_side_by_side_in_one_directory_are_each_compared_with_their_own_file() {
    let world = World::with(&[
        ("new/v1.avsc", user("int")),
        ("new/v2.avsc", user("string")),
        ("old/v1.avsc", user("long")),
        ("old/v2.avsc", user("string")),
    ]);
    assert_snapshot!(world.check(""), @r#"
    warning[avro/redefined_type]: `shop.User` is declared in "v1.avsc" too, and differs from that
     --> new/v2.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "string"}]}
      |                            ^^^^^^^^^^^ differs here
      |
     ::: new/v1.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
      |                            ----------- declared here first
      |
      = note: no file needs both, so each is compared with that of the file of the same name
    help: if the files are versions of one schema, compare them with each other: `canread check NEW --against OLD`; else give each a name of its own, or make them the same

    error[avro/type_changed]: `shop.User.id` was long and is int: a new reader of old data refuses it
     --> new/v1.avsc:1:75
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
      |                                                                           ^^^^^ read as this now
      |
     ::: old/v1.avsc:1:75
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |                                                                           ------ written as this until now
      |
      = deploy: every writer before the first reader, and rewrite stored data in between: new readers cannot rely on old data
      = effect: error on wire; see `canread explain avro/type_changed`
    help: keep the type, or add a field of the new type with a default
      |
    1 - {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
    1 + {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |

    checked 2 schema files: new against old
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    "#);
    // Nothing tells what became of the one that is gone.
    let world =
        World::with(&[("new/v2.avsc", user("int")), ("new/v3.avsc", user("string")), ("old/v1.avsc", user("long"))]);
    world.check("").fails_with(3, &["project/ambiguous_name", "new/v2.avsc:1:", "new/v3.avsc:1:"]);
}

#[test]
fn a_name_means_the_declaration_in_the_nearest_directory() {
    let order = record("shop.Order", "{\"name\": \"user\", \"type\": \"User\"}");
    let files = |kind: &str| {
        [("a/order.avsc", order.clone()), ("a/user.avsc", user("long")), ("b/user.avsc", user(kind))]
            .map(|(path, text)| (path.to_owned(), text))
    };
    let side = |side: &str, kind: &str| files(kind).map(|(path, text)| (format!("{side}/{path}"), text));
    let world = World::with(&[side("old", "string"), side("new", "int")].concat());
    assert_snapshot!(world.check("--format concise"), @r#"
    new/b/user.avsc:1:28: warning[avro/redefined_type]: `shop.User` is declared in "a/user.avsc" too, and differs from that
    new/b/user.avsc:1:75: error[avro/type_changed]: `shop.User.id` was string and is int: a new reader of old data refuses it
    checked 3 schema files: new against old
    mode backward: new readers must read old data (wire, rpc)
    1 error: incompatible
    exit 1
    "#);
    // Beside each other, nothing tells which is meant.
    let world = World::with(&[
        ("old/order.avsc", order.clone()),
        ("old/user.avsc", user("long")),
        ("new/order.avsc", order),
        ("new/user.avsc", user("long")),
        ("new/user2.avsc", user("int")),
    ]);
    assert_snapshot!(world.check(""), @r#"
    error[avro/ambiguous_type]: `shop.User` could be that of "user.avsc" or of "user2.avsc", which differ
     --> new/order.avsc:1:78
      |
    1 | {"type": "record", "name": "shop.Order", "fields": [{"name": "user", "type": "User"}]}
      |                                                                              ^^^^^^
      |
     ::: new/user.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |                            ----------- it could be this one
      |
     ::: new/user2.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
      |                            ----------- or this one
      |
    help: declare it once, or put this file beside the one that it means

    warning[avro/redefined_type]: `shop.User` is declared in "user.avsc" too, and differs from that
     --> new/user2.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "int"}]}
      |                            ^^^^^^^^^^^ differs here
      |
     ::: new/user.avsc:1:28
      |
    1 | {"type": "record", "name": "shop.User", "fields": [{"name": "id", "type": "long"}]}
      |                            ----------- declared here first
      |
      = note: no file needs both, so each is compared with that of the file of the same name
    help: if the files are versions of one schema, compare them with each other: `canread check NEW --against OLD`; else give each a name of its own, or make them the same

    read 3 schema files: new against old
    1 error: nothing was compared, so there is no verdict
    exit 3
    "#);
}

#[test]
fn a_file_that_needs_two_declarations_of_one_name_is_refused() {
    let line = record("shop.Line", &format!("{{\"name\": \"user\", \"type\": {}}}", user("int")));
    let fields =
        format!("{{\"name\": \"user\", \"type\": {}}}, {{\"name\": \"line\", \"type\": \"Line\"}}", user("long"));
    let order = record("shop.Order", &fields);
    let world = World::with(&[("new/order.avsc", &order), ("new/line.avsc", &line), ("old/line.avsc", &line)]);
    let outcome = world.check("");
    outcome.fails_with(3, &["avro/redefined_type", "\"order.avsc\" needs both"]);
}

#[test]
fn files_of_two_formats_are_no_two_versions() {
    let world = World::with(&[("a.proto", P3.to_owned()), ("a.avsc", user("long"))]);
    world.run("check a.avsc --against a.proto").fails_with(2, &["`a.proto` is Protobuf, and `a.avsc` is Avro"]);
}

#[test]
fn a_pointer_of_git_lfs_is_one_problem() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let world = World::with(&[("old/a.avsc", user("long").as_str()), ("new/a.avsc", pointer)]);
    let outcome = world.check("");
    outcome.fails_with(3, &["project/lfs_pointer", "`new/a.avsc`", "\n1 error: nothing was compared"]);
}

#[test]
fn json_files_are_schemas_if_they_hold_one() {
    let world = World::with(&[("old/user.json", user("long")), ("new/user.json", user("long"))]);
    world.write("new/package.json", "{\"name\": \"shop\", \"type\": \"module\"}");
    assert_snapshot!(world.check(""), @r"
    checked 1 schema file, all unchanged and not parsed: new against old
    passed over: 1 JSON file that is no Avro schema, such as `new/package.json`
    mode backward: new readers must read old data (wire, rpc)
    no findings: compatible
    exit 0
    ");
    world.write("new/user.json", user("int"));
    world.check("").fails_with(1, &["avro/type_changed", "new/user.json:1:"]);
    world.write("new/user.json", user("long").replace("\"long\"", "\"lang\""));
    world.check("").fails_with(3, &["new/user.json:1:", "lang"]);
    // Broken JSON that starts as a schema is a broken schema, and no schema that is gone.
    world.write("new/user.json", user("long").trim_end().trim_end_matches('}'));
    world.check("").fails_with(3, &["new/user.json:1:"]);
    // Elsewhere JSON is nobody's business.
    let world =
        World::with(&[("old/a.proto", P3), ("new/a.proto", P3), ("new/package.json", "{}"), ("j/a.json", "{}")]);
    let outcome = world.check("");
    assert!(outcome.code == Some(0) && !outcome.out.contains("JSON"), "{}", outcome.text());
    world.run("check j --against old").fails_with(3, &["1 JSON file that is no Avro schema (such as `j/a.json`)"]);
}

#[test]
fn a_huge_json_file_is_not_looked_into_and_that_is_said() {
    let world = World::with(&[("old/a.avsc", user("long")), ("new/a.avsc", user("long"))]);
    world.write("new/huge.json", "");
    let file = std::fs::File::options().write(true).open(world.path("new/huge.json")).expect("the file is there");
    file.set_len(1 << 33).expect("a file can have a hole");
    let outcome = world.check("");
    let said = "1 JSON file too large to be looked into, such as `new/huge.json`";
    assert!(outcome.code == Some(0) && outcome.out.contains(said), "{}", outcome.text());
}

/// Nobody knows what is in them, so it is said also where no other JSON is a schema.
#[test]
#[cfg(unix)]
fn json_files_that_nobody_can_look_into_are_told() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt, os::unix::fs::symlink};
    let world = World::with(&[("old/a.proto", P3), ("new/a.proto", P3), ("elsewhere.json", "{}")]);
    let says = |part: &str| {
        let outcome = world.check("");
        assert!(outcome.code == Some(0) && outcome.out.contains(part), "{part}: {outcome}");
    };
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    world.write("new/pointer.json", pointer);
    // What holds no schema is nobody's business here, and no example of what does.
    world.write("new/package.json", "{}");
    says("1 JSON file whose content is in Git LFS, and not here, such as `new/pointer.json`");
    symlink("nowhere", world.path("new/dangling.json")).expect("a link can be made");
    says("1 JSON file that is no file, or whose name is not UTF-8");
    std::fs::write(world.path("new").join(OsStr::from_bytes(b"j\xff.json")), "{}").expect("it can be written");
    says("2 JSON files that are no files, or whose names are not UTF-8");
    // A file that the system refuses is a problem, as it is for other schemas. A directory in place of one is none.
    world.mkdir("new/dir.json");
    says("2 JSON files that are no files");
}

#[test]
fn json_files_of_one_version_are_of_interest_to_the_other() {
    let world = World::with(&[("old/a.json", user("long").as_str()), ("new/a.proto", P3), ("new/b.json", "{}")]);
    let outcome = world.check("");
    assert!(outcome.out.contains("1 JSON file that is no Avro schema, such as `new/b.json`"), "{outcome}");
}

#[test]
fn pointers_and_odd_names_in_commits_are_told_too() {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    let Some(world) = World::repository(&[("s/a.proto", P3), ("s/j.json", pointer)]) else { return };
    world.write("s/j.json", user("long"));
    let outcome = world.run("check s --against git:HEAD");
    let said = "1 JSON file whose content is in Git LFS, and not here, such as `s/j.json`";
    assert!(outcome.out.contains(said), "{outcome}");
}

#[test]
fn json_files_of_a_commit_are_schemas_too() {
    let text = user("long");
    let files = [("s/user.json", text.as_str()), ("s/package.json", "{}")];
    let Some(world) = World::repository(&files) else { return };
    let outcome = world.run("check s --against git:HEAD");
    assert!(outcome.out.contains("1 schema file, all unchanged"), "{}", outcome.text());
    std::fs::remove_file(world.path("s/user.json")).expect("the file is there");
    world.write("s/other.avsc", record("Other", ""));
    world.run("check s --against git:HEAD").fails_with(1, &["avro/type_renamed", "s/user.json:1:"]);
}

/// As other schemas there do; git decides.
#[test]
fn json_files_in_a_hidden_directory_take_part_if_git_tracks_them() {
    let Some(world) = World::repository(&[(".schemas/user.json", user("long").as_str()), ("a.proto", P3)]) else {
        return;
    };
    world.write(".schemas/user.json", user("int"));
    world.write(".schemas/untracked.json", record("Other", ""));
    let outcome = world.run("check . --against git:HEAD --format concise");
    assert!(outcome.code == Some(1) && outcome.out.contains("[avro/type_changed]"), "{outcome}");
}
