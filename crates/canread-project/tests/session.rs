//! From two named sides to findings: what only shows when reading, linking and comparing work together.

mod support;

use canread_project::{Request, Session};
use support::World;

/// The findings between `old/` and `new/` under all promises, a line each; errors instead if there are any.
fn check(files: &[(&str, &str)]) -> Vec<String> {
    let world = World::with(files);
    let workload = Session::load(&world.project(), Request { new: "new", old: "old" }).expect("both sides are there");
    let session = Session::parse(workload);
    if !session.is_sound() {
        return session.diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect();
    }
    let findings = session.parts().iter().flat_map(|part| part.compare().expect("few pairs").findings);
    findings.map(|found| format!("{} {}", found.rule.id, found.symbol)).collect()
}

const SYNTAX: &str = "syntax = \"proto3\";\n";

#[test]
fn a_package_of_which_another_file_did_not_change_is_not_gone() {
    let kept = format!("{SYNTAX}package shop;\nmessage Kept {{}}\n");
    let gone = format!("{SYNTAX}package shop;\nmessage Gone {{ int32 a = 1; }}\n");
    let findings = check(&[
        ("old/kept.proto", &kept),
        ("old/gone.proto", &gone),
        ("new/kept.proto", &kept),
        ("new/other.proto", SYNTAX),
    ]);
    assert_eq!(findings, ["protobuf/message_deleted shop.Gone"]);
}

#[test]
fn a_file_that_is_imported_by_two_names_is_one_file() {
    let leaf = format!("{SYNTAX}package shop;\nmessage Leaf {{}}\n");
    let one = format!("{SYNTAX}import \"protos/shop/leaf.proto\";\nmessage One {{ shop.Leaf leaf = 1; }}\n");
    let two = format!("{SYNTAX}import \"shop/leaf.proto\";\nmessage Two {{ shop.Leaf leaf = 1; }}\n");
    let changed = format!("{SYNTAX}import \"shop/leaf.proto\";\nmessage Two {{ shop.Leaf leaf = 2; }}\n");
    let mut files = Vec::new();
    for side in ["old", "new"] {
        files.push((format!("{side}/protos/shop/leaf.proto"), leaf.clone()));
        files.push((format!("{side}/protos/one.proto"), one.clone()));
        files.push((format!("{side}/protos/two.proto"), if side == "old" { two.clone() } else { changed.clone() }));
    }
    let files: Vec<_> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(check(&files), ["protobuf/field_renumbered Two.leaf"]);
}

#[test]
fn two_files_that_are_named_are_one_file_whatever_they_are_called() {
    let text = |kind: &str| format!("{SYNTAX}package shop;\nmessage Order {{ {kind} id = 1; }}\n");
    let (old, new) = (text("int64"), text("int32"));
    let findings = |request: Request<'_>| {
        let world = World::with(&[("before.proto", &old), ("after.proto", &new)]);
        let session = Session::parse(Session::load(&world.project(), request).expect("both files are there"));
        session
            .parts()
            .iter()
            .flat_map(|part| part.compare().expect("few pairs").findings)
            .map(|found| found.rule.id)
            .collect::<Vec<_>>()
    };
    let request = Request { new: "after.proto", old: "before.proto" };
    assert_eq!(findings(request), ["protobuf/field_type_changed"]);
}
