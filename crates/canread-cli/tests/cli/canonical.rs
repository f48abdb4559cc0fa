//! Canonical forms and fingerprints.

use insta::assert_snapshot;

use crate::world::{P3, World};

const USER: &str = r#"{"type": "record", "namespace": "shop", "name": "User", "doc": "A person.", "fields": [
  {"name": "id", "type": {"type": "long", "logicalType": "timestamp-millis"}, "default": 0},
  {"name": "card", "type": {"type": "fixed", "name": "Card", "size": 4, "aliases": ["Old"]}}
]}"#;

const IDL: &str = "@namespace(\"shop\") protocol Calls { record One { int a; } enum Two { X, Y } }\n";

const SLOPPY: &str = "// A licence.\nsyntax='proto3'; package shop;\nmessage M{ // that
  map < string,int32 > counts=0x2;reserved 4,5; /* gone */ M next = 1 [deprecated=true];}\n";

#[test]
fn a_file_has_its_form_and_nothing_else_printed() {
    let world = World::with(&[("user.avsc", USER), ("a.proto", SLOPPY), ("calls.avdl", IDL)]);
    assert_snapshot!(world.run("canonical user.avsc"));
    assert_snapshot!("canonical_protobuf", world.run("canonical a.proto"));
    assert_snapshot!("canonical_idl", world.run("canonical calls.avdl"));
    let again = world.run("canonical a.proto").out;
    world.write("b.proto", &again);
    assert_eq!(world.run("canonical b.proto").out, again);
}

#[test]
fn of_a_directory_each_file_is_named() {
    let world = World::with(&[("s/user.avsc", USER), ("s/a.proto", SLOPPY), ("s/calls.avdl", IDL)]);
    assert_snapshot!(world.run("canonical s"));
    assert_snapshot!("canonical_sha256", world.run("canonical s --fingerprint sha256"));
    assert_eq!(world.run("canonical s").out, world.run("canonical s/a.proto s/calls.avdl s/user.avsc").out);
}

/// Source: apache/avro, `share/test/data/schema-tests.txt`: the fingerprint of `"int"` is 8247732601305521295, 0x7275d51a3f395c8f.
#[test]
fn fingerprints_are_those_of_the_specification() {
    let world = World::with(&[("int.avsc", "{ \"type\" : \"int\" }")]);
    let crc = world.run("canonical int.avsc --fingerprint crc64-avro");
    assert_eq!(crc.out, "8f5c393f1ad57572  int.avsc\n");
    let md5 = world.run("canonical int.avsc --fingerprint md5");
    assert_eq!(md5.out, "ef524ea1b91e73173d938ade36c1db32  int.avsc\n");
    let sha256 = world.run("canonical int.avsc --fingerprint sha256");
    assert_eq!(sha256.out, "3f2b87a9fe7cc9b13835598c3981cd45e3e355309e5090aa0933d7becb6fba45  int.avsc\n");
}

#[test]
fn what_is_said_otherwise_has_the_form_and_what_says_otherwise_has_not() {
    let world = World::with(&[
        ("a.proto", format!("{P3}message M {{ int32 a = 1; /* x */ }}\n")),
        ("b.proto", format!("{P3}// y\nmessage M {{\n  int32 a = 0x1;\n}}\n")),
        ("c.proto", format!("{P3}message M {{ int32 b = 1; }}\n")),
    ]);
    let form = |name: &str| world.run(&format!("canonical {name}.proto")).out;
    assert_eq!(form("a"), form("b"));
    assert_ne!(form("a"), form("c"));
}

#[test]
fn a_form_at_a_revision_is_that_of_the_revision() {
    let Some(world) = World::repository(&[("a.proto", &format!("{P3}message A {{}}\n"))]) else { return };
    world.write("a.proto", format!("{P3}message B {{}}\n"));
    assert!(world.run("canonical HEAD:a.proto").out.contains("message A {}"));
    assert!(world.run("canonical a.proto").out.contains("message B {}"));
}

#[test]
fn what_cannot_be_understood_has_no_form() {
    let world = World::with(&[("bad.avsc", "{\"type\": \"strin\"}"), ("a.proto", "message M {"), ("x.txt", "x")]);
    let outcome = world.run("canonical bad.avsc a.proto");
    outcome.fails_with(3, &["strin", "bad.avsc:1:", "a.proto:1:"]);
    assert_eq!(outcome.out, "");
    world.run("canonical none").fails_with(3, &["`none`"]);
    world.run("canonical x.txt").fails_with(2, &["x.txt"]);
    world.run("canonical").fails_with(2, &["<PATH>"]);
    world.write("fine.proto", format!("{P3}message M {{}}\n"));
    world.run("canonical fine.proto --fingerprint crc64-avro").fails_with(2, &["is no Avro schema", "sha256"]);
}
