//! Avro files beside Protobuf: what they are called, what they need, and what is none of their business.

mod support;

use canread_project::{Project, Request, Session};
use support::{World, line, outcome};

fn loaded(project: &Project, new: &str, old: &str) -> String {
    outcome(Session::load(project, Request { new, old }))
}

/// What is wrong after linking.
fn problems(project: &Project, new: &str, old: &str) -> Vec<String> {
    let work = Session::load(project, Request { new, old }).expect("both sides are there");
    Session::parse(work).diagnostics.iter().map(line).collect()
}

const ORDER: &str = r#"{"type": "record", "name": "Order", "fields": [{"name": "by", "type": "User"}]}"#;

fn user(kind: &str) -> String {
    format!(r#"{{"type": "record", "name": "User", "fields": [{{"name": "id", "type": "{kind}"}}]}}"#)
}

#[test]
fn one_changed_file_has_all_avro_files_read_and_no_other() {
    let (long, int) = (user("long"), user("int"));
    let mut files = vec![("v1/user.avsc", long.as_str()), ("v2/user.avsc", &int), ("v3/user.avsc", &long)];
    for (order, proto) in [("v1/o.avsc", "v1/a.proto"), ("v2/o.avsc", "v2/a.proto"), ("v3/o.avsc", "v3/a.proto")] {
        files.extend([(order, ORDER), (proto, "message A {}")]);
    }
    let world = World::with(&files);
    let project = world.project();
    assert_eq!(loaded(&project, "v2", "v1"), "compared o.avsc user.avsc | o.avsc user.avsc, unchanged 1");
    assert_eq!(loaded(&project, "v3", "v1"), "compared |, unchanged 3");
    let session = Session::parse(Session::load(&project, Request { new: "v2", old: "v1" }).expect("both are there"));
    assert_eq!((session.compared.schemas, session.compared.unchanged, session.parts().len()), (3, 1, 1));
    assert!(session.is_sound());
}

#[test]
fn include_roots_are_for_protobuf() {
    let long = user("long");
    let world = World::with(&[
        ("v1/protos/x/a.proto", "message A {}"),
        ("v1/protos/x/b.proto", "import \"x/a.proto\";"),
        ("v1/protos/x/user.avsc", &long),
        ("v2/protos/x/user.avsc", &user("int")),
        ("v2/protos/x/a.proto", "message A2 {}"),
        ("s/one/user.avsc", &long),
        ("s/two/user.avsc", &long),
        ("s/two/a.proto", ""),
        ("t/one/user.avsc", &long),
        ("t/two/user.avsc", &long),
        ("t/two/a.proto", ""),
    ]);
    assert_eq!(
        loaded(&world.project(), "v2", "v1"),
        "compared x/a.proto x/b.proto protos/x/user.avsc | protos/x/a.proto protos/x/user.avsc, unchanged 0"
    );
    let project = world.project().include("s/one").include("s/two");
    // A path that two roots answer is one file of Avro.
    assert_eq!(loaded(&project, "s", "t"), "compared |, unchanged 3");
}

#[test]
fn buf_has_no_say_about_avro_files() {
    let modules = "version: v2\nmodules:\n  - path: proto\n";
    let long = user("long");
    let mut files = Vec::new();
    for side in ["s", "t"] {
        for (path, text) in
            [("buf.yaml", modules), ("proto/a.proto", ""), ("old/b.proto", ""), ("avro/user.avsc", long.as_str())]
        {
            files.push((format!("{side}/{path}"), text));
        }
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    assert_eq!(loaded(&World::with(&files).project(), "s", "t"), "compared |, unchanged 2");
}

#[test]
fn what_idl_imports_is_found_above_the_directory_too() {
    let order = |more: &str| {
        format!("protocol Orders {{ import idl \"../lib/money.avdl\"; record Order {{ Money total; {more} }} }}")
    };
    let world = World::with(&[
        ("v1/in/order.avdl", order("").replace("../lib", "../../lib").as_str()),
        ("v2/in/order.avdl", &order("long n;").replace("../lib", "../../lib")),
        ("lib/money.avdl", "protocol Lib { record Money { long cents; } }"),
        ("v3/order.avdl", &order("")),
        ("v4/order.avdl", &order("").replace("money", "gold")),
        ("v5/order.avdl", &order("").replace("money", "gold")),
    ]);
    let project = world.project();
    assert_eq!(
        loaded(&project, "v2", "v1"),
        "compared in/order.avdl | in/order.avdl, imported ../lib/money.avdl | ../lib/money.avdl, unchanged 0"
    );
    assert_eq!(problems(&project, "v2", "v1"), [""; 0]);
    let found = problems(&project, "v4", "v3");
    assert!(found.iter().any(|line| line.starts_with("avro/missing_import no file \"../lib/gold.avdl\"")), "{found:?}");
    // An import that nothing answers makes a file that did not change one that nobody knows.
    let found = problems(&project, "v5", "v4");
    assert!(found.iter().any(|line| line.starts_with("avro/missing_import")), "{found:?}");
}

#[test]
fn files_that_are_named_keep_their_language() {
    let world = World::with(&[
        ("a.avsc", &user("long")),
        ("b.avdl", "protocol P { record User { long id; } }"),
        ("c.json", &user("long")),
    ]);
    assert_eq!(problems(&world.project(), "b.avdl", "a.avsc"), [""; 0]);
    assert_eq!(problems(&world.project(), "c.json", "a.avsc"), [""; 0]);
}
