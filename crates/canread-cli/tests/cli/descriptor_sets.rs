//! Schemas that came from a compiler: no text, so no places, but findings all the same.

use crate::world::{P3, World};

/// A `FileDescriptorSet` with `a.proto`: `message M { <kind> id = 1; }` in proto3.
///
/// Source: descriptor.proto: `FileDescriptorSet.file` = 1; `FileDescriptorProto.name` = 1, `message_type` = 4, `syntax` = 12;
/// `DescriptorProto.name` = 1, `field` = 2; `FieldDescriptorProto.name` = 1, `number` = 3, `label` = 4, `type` = 5.
fn set(kind: u8) -> Vec<u8> {
    let part = |number: u8, content: &[u8]| {
        let length = u8::try_from(content.len()).expect("small parts");
        [&[number << 3 | 2, length], content].concat()
    };
    let field = [part(1, b"id"), vec![3 << 3, 1, 4 << 3, 1, 5 << 3, kind]].concat();
    let message = [part(1, b"M"), part(2, &field)].concat();
    part(1, &[part(1, b"a.proto"), part(4, &message), part(12, b"proto3")].concat())
}

const INT64: u8 = 3;
const INT32: u8 = 5;

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
