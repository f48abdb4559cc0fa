//! Schemas that came from a compiler: no text, so no places, but findings all the same.

use crate::world::{P3, World};

/// Fields of descriptors, as bytes.
///
/// Source: descriptor.proto: `FileDescriptorSet.file` = 1; `FileDescriptorProto.name` = 1, `dependency` = 3, `message_type` = 4,
/// `enum_type` = 5, `syntax` = 12; `DescriptorProto.name` = 1, `field` = 2, `nested_type` = 3; `FieldDescriptorProto.name` = 1,
/// `number` = 3, `label` = 4, `type` = 5, `type_name` = 6; `EnumDescriptorProto.name` = 1, `value` = 2.
fn varint(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).expect("seven bits");
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn part(number: u8, content: &[u8]) -> Vec<u8> {
    [&[number << 3 | 2], varint(content.len()).as_slice(), content].concat()
}

fn number(number: u8, value: usize) -> Vec<u8> {
    [vec![number << 3], varint(value)].concat()
}

/// A file with these parts, in a set of its own; sets that follow each other are one.
fn file(name: &str, parts: &[Vec<u8>]) -> Vec<u8> {
    part(1, &[part(1, name.as_bytes()), parts.concat(), part(12, b"proto3")].concat())
}

fn message(name: &[u8], parts: &[Vec<u8>]) -> Vec<u8> {
    part(4, &[part(1, name), parts.concat()].concat())
}

fn field(name: &str, at: usize, kind: u8) -> Vec<u8> {
    part(2, &[part(1, name.as_bytes()), number(3, at), number(4, 1), number(5, kind.into())].concat())
}

fn field_of(name: &str, at: usize, type_name: &str) -> Vec<u8> {
    let parts =
        [part(1, name.as_bytes()), number(3, at), number(4, 1), number(5, MESSAGE), part(6, type_name.as_bytes())];
    part(2, &parts.concat())
}

/// `a.proto`: `message M { <kind> id = 1; }` in proto3.
fn set(kind: u8) -> Vec<u8> {
    file("a.proto", &[message(b"M", &[field("id", 1, kind)])])
}

const INT64: u8 = 3;
const INT32: u8 = 5;
const MESSAGE: usize = 11;

/// Levels or links that no stack holds.
const MANY: usize = 100_000;

#[test]
fn findings_without_text_say_in_which_version_they_are() {
    let world = World::with(&[("old.binpb", set(INT64)), ("new.binpb", set(INT32))]);
    let full = world.run("check new.binpb --against old.binpb");
    assert_eq!(full.code, Some(1), "{}", full.text());
    assert!(full.out.contains("error[protobuf/field_type_changed]: `M.id` was int64 and is int32"), "{}", full.out);
    assert!(full.out.contains("--> new.binpb\n"), "{}", full.out);
    let concise = world.run("check new.binpb --against old.binpb --format concise");
    assert!(concise.out.starts_with("new.binpb: error[protobuf/field_type_changed]"), "{}", concise.out);
}

#[test]
fn a_set_and_a_text_can_be_compared() {
    let text = format!("{P3}message M {{\n  int32 id = 1;\n}}\n");
    let world =
        World::with(&[("old.binpb", set(INT64)), ("same.binpb", set(INT32)), ("new/a.proto", text.into_bytes())]);
    let outcome = world.run("check new --against old.binpb --format concise");
    assert!(outcome.out.starts_with("new/a.proto:3:3: error[protobuf/field_type_changed]"), "{}", outcome.text());
    assert_eq!(world.run("check new --against same.binpb").code, Some(0));
}

/// Equal bytes are no proof that they mean anything.
#[test]
fn a_file_that_is_named_is_read_even_if_it_is_unchanged() {
    let world = World::with(&[("e.binpb", ""), ("e2.binpb", ""), ("x.proto", "message {"), ("y.proto", "message {")]);
    world.write("d/e.binpb", "");
    for arguments in ["e.binpb --against e2.binpb", "e.binpb --against d/e.binpb"] {
        world.run(&format!("check {arguments}")).fails_with(3, &["found no file"]);
    }
    world.run("check x.proto --against y.proto").fails_with(3, &["x.proto:1:9"]);
    let Some(world) = World::repository(&[("s/x.proto", "message {")]) else { return };
    world.run("check s/x.proto --against git:HEAD").fails_with(3, &["s/x.proto:1:9"]);
    // Of a directory, a file that is broken on purpose fails nobody who did not touch it.
    assert_eq!(world.run("check s --against git:HEAD").code, Some(0));
}

#[test]
fn a_set_that_is_none_is_no_verdict() {
    let noise: Vec<u8> = (0_u32..3_000).map(|at| at.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let whole = set(INT32);
    for (bytes, parts) in [
        (&b""[..], &["set.binpb", "found no file"][..]),
        (&noise, &["set.binpb"]),
        (&whole[..whole.len() - 3], &["set.binpb"]),
        (&b"syntax = \"proto3\";"[..], &["set.binpb"]),
    ] {
        let world = World::new_file(P3);
        world.write("set.binpb", bytes);
        world.run("check set.binpb --against old").fails_with(3, parts);
        world.run("check new --against set.binpb").fails_with(3, parts);
    }
}

/// A set that can't be compared, on either side of another one that can.
#[track_caller]
fn is_refused(bytes: &[u8], parts: &[&str]) {
    let world = World::with(&[("bad.binpb", bytes), ("fine.binpb", &set(INT64))]);
    for arguments in ["check bad.binpb --against fine.binpb", "check fine.binpb --against bad.binpb"] {
        let outcome = world.run(arguments);
        outcome.fails_with(3, parts);
        assert!(outcome.out.len() < 20_000, "{arguments}: {} bytes", outcome.out.len());
    }
}

#[test]
fn every_kind_of_mistake_in_a_set_is_named_with_its_declaration() {
    let m = |parts: &[Vec<u8>]| file("a.proto", &[message(b"M", parts)]);
    for (bytes, parts) in [
        (m(&[field("a", 1, INT32), field("a", 2, INT32)]), &["`M.a` is declared twice", "`a.proto`"][..]),
        (m(&[field("a", 1, INT32), field("b", 1, INT32)]), &["`a` and `b` have the same number 1", "`a.proto`"]),
        (m(&[field("a", 0, INT32)]), &["0", "`M.a`", "`a.proto`"]),
        (m(&[field_of("a", 1, ".N")]), &["`.N` is not declared", "`a.proto`"]),
        // The type is a closed enum: a number that it has no name for counts as unknown, and so the type as absent.
        (m(&[field("a", 1, 99)]), &["a field without a type", "`M.a`", "`a.proto`"]),
        (message_twice(), &["`M` is declared twice"]),
        (file("a.proto", &[part(3, b"b.proto")]), &["b.proto", "names no file", "--include_imports"]),
        (file("a.proto", &[part(3, b"a.proto")]), &["import one another: a.proto → a.proto"]),
        (file("a.proto", &[message(b"\xff", &[])]), &["bad.binpb", "not UTF-8"]),
        (file("a.proto", &[message(b"a b", &[])]), &["a b"]),
        ([file("a.proto", &[]), file("a.proto", &[])].concat(), &["a.proto"]),
        (file("", &[]), &["bad.binpb"]),
    ] {
        is_refused(&bytes, parts);
    }
}

fn message_twice() -> Vec<u8> {
    file("a.proto", &[message(b"M", &[]), message(b"M", &[])])
}

#[test]
fn a_truncated_set_is_never_compatible() {
    let whole = set(INT64);
    let world = World::with(&[("fine.binpb", &whole)]);
    for end in 0..whole.len() {
        world.write("bad.binpb", &whole[..end]);
        let [side, other] = if end % 2 == 0 { ["bad", "fine"] } else { ["fine", "bad"] };
        world.run(&format!("check {side}.binpb --against {other}.binpb")).fails_with(3, &["bad.binpb"]);
    }
}

#[test]
fn nesting_without_end_in_a_set_is_an_error_not_an_overflow() {
    let mut nested = part(1, b"M");
    let mut rest = Vec::new();
    // From the inside out, each level once: its head is written reversed, so that nothing is copied per level.
    for _ in 0..MANY {
        let length = nested.len() + rest.len();
        let head = [part(1, b"M"), vec![3 << 3 | 2], varint(length)].concat();
        rest.extend(head.into_iter().rev());
    }
    rest.reverse();
    nested = [rest, nested].concat();
    is_refused(&file("a.proto", &[part(4, &nested)]), &["bad.binpb", "100"]);
    // Field 9 of a message, as a group in a group.
    let groups = |closed: usize| [vec![9 << 3 | 3; MANY], vec![9 << 3 | 4; closed]].concat();
    for bytes in [
        file("a.proto", &[message(b"M", &[groups(MANY)])]),
        file("a.proto", &[message(b"M", &[groups(0)])]),
        groups(MANY),
        groups(0),
    ] {
        is_refused(&bytes, &["bad.binpb"]);
    }
}

#[test]
fn long_chains_and_long_circles_in_a_set_are_walked() {
    let name = |at: usize| format!("f{at}.proto");
    let importer = |at: usize, next: usize| file(&name(at), &[part(3, name(next).as_bytes())]);
    let chain: Vec<u8> = (0..MANY).flat_map(|at| importer(at, at + 1)).chain(file(&name(MANY), &[])).collect();
    let circle: Vec<u8> = (0..MANY).flat_map(|at| importer(at, (at + 1) % MANY)).collect();
    is_refused(&circle, &["import one another"]);
    let types = |kind: u8| {
        let link = |at: usize| message(format!("A{at}").as_bytes(), &[field_of("n", 1, &format!(".A{}", at + 1))]);
        let end = message(format!("A{MANY}").as_bytes(), &[field("v", 1, kind)]);
        file("a.proto", &(0..MANY).map(link).chain([end]).collect::<Vec<_>>())
    };
    let chains = [("chain.binpb", chain.clone()), ("same.binpb", chain)];
    let world = World::with(
        &[("old.binpb", types(INT64)), ("new.binpb", types(INT32))].into_iter().chain(chains).collect::<Vec<_>>(),
    );
    let outcome = world.run("check new.binpb --against old.binpb");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("`A100000.v` was int64 and is int32"), "{}", outcome.out);
    // They are read to their end, and declare nothing that could be compared.
    world
        .run("check chain.binpb --against same.binpb")
        .fails_with(3, &["no schema of either version declares anything"]);
}

/// Source: descriptor.proto: `DescriptorProto.options` = 7; extensions of options start at 1000.
#[test]
fn an_option_without_a_name_has_no_canonical_form() {
    let option = [varint(50_000 << 3), vec![1]].concat();
    let set = file("a.proto", &[message(b"M", &[field("id", 1, INT64), part(7, &option)])]);
    let world = World::with(&[("set.binpb", set)]);
    for arguments in ["canonical set.binpb", "canonical set.binpb --fingerprint sha256"] {
        let outcome = world.run(arguments);
        outcome.fails_with(3, &["protobuf/not_printable", "`M` in `a.proto` cannot be printed", "declared nowhere"]);
        assert_eq!(outcome.out, "");
    }
}
