//! Fields of a record that can't be told apart since one of them comes from a union: found where the record is compiled.
//!
//! The derive sees one type at a time, so that the branches of a union are known to the compiler alone.

use crate::{FieldMeta, message::Message};

/// Nothing, if the branches of a oneof have other numbers and names in Protobuf than the fields around it.
///
/// # Panics
///
/// If two have one number or one name. The message names both; it is the compiler's error where this is a constant.
///
/// Source: Protobuf, "Assigning Field Numbers"; fields, branches and oneofs are names of one message.
#[track_caller]
pub const fn no_clash_with_fields(oneof: &FieldMeta, branches: &[FieldMeta], fields: &[FieldMeta]) {
    let mut branches = branches;
    while let [branch, rest @ ..] = branches {
        let mut fields = fields;
        while let [field, rest @ ..] = fields {
            apart(branch, oneof, &Other::Field(field));
            fields = rest;
        }
        apart(branch, oneof, &Other::Oneof(oneof));
        branches = rest;
    }
}

/// Nothing, if the branches of a oneof have other numbers and names in Protobuf than those of another one in the record.
///
/// # Panics
///
/// As [`no_clash_with_fields`].
#[track_caller]
pub const fn no_clash_with_oneof(
    oneof: &FieldMeta,
    branches: &[FieldMeta],
    other: &FieldMeta,
    other_branches: &[FieldMeta],
) {
    let mut branches = branches;
    while let [branch, rest @ ..] = branches {
        let mut others = other_branches;
        while let [found, rest @ ..] = others {
            apart(branch, oneof, &Other::Branch(found, other));
            others = rest;
        }
        apart(branch, oneof, &Other::Oneof(other));
        branches = rest;
    }
    let mut others = other_branches;
    while let [found, rest @ ..] = others {
        apart(found, other, &Other::Oneof(oneof));
        others = rest;
    }
}

/// What a branch of a oneof is compared with.
enum Other<'a> {
    Field(&'a FieldMeta),
    /// A branch, and the oneof that it is of.
    Branch(&'a FieldMeta, &'a FieldMeta),
    Oneof(&'a FieldMeta),
}

#[track_caller]
const fn apart(branch: &FieldMeta, oneof: &FieldMeta, other: &Other<'_>) {
    let (meta, has_number) = match other {
        Other::Field(meta) | Other::Branch(meta, _) => (meta, true),
        Other::Oneof(meta) => (meta, false),
    };
    let has_one_number = has_number && meta.protobuf.number == branch.protobuf.number;
    if !has_one_number && !is_same(meta.protobuf.name, branch.protobuf.name) {
        return;
    }
    let message = Message::START.and("the branch `").and(branch.name).and("` of `").and(oneof.name).and("` and ");
    let message = match other {
        Other::Field(field) => message.and("the field `").and(field.name),
        Other::Branch(found, other) => message.and("the branch `").and(found.name).and("` of `").and(other.name),
        Other::Oneof(other) => message.and("the oneof `").and(other.name),
    };
    let message = if has_one_number {
        message.and("` both have the number ").digits(branch.protobuf.number).and(" in Protobuf")
    } else {
        let message = message.and("` both have the name `").and(branch.protobuf.name);
        message.and("` in Protobuf; `protobuf(name = \"...\")` gives another")
    };
    panic!("{}", message.as_str());
}

const fn is_same(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (mut one, mut other) = (one.as_bytes(), other.as_bytes());
    loop {
        match (one, other) {
            ([], []) => return true,
            ([left, one_rest @ ..], [right, other_rest @ ..]) if *left == *right => {
                (one, other) = (one_rest, other_rest);
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: FieldMeta = FieldMeta::new("a", 1_234_567);
    const B: FieldMeta = FieldMeta::new("b", 20);
    const ONEOF: FieldMeta = FieldMeta::new("u", 0).oneof();
    const OTHER: FieldMeta = FieldMeta::new("v", 0).oneof();

    #[test]
    fn other_numbers_and_names_are_no_clash() {
        const { no_clash_with_fields(&ONEOF, &[A], &[B]) };
        const { no_clash_with_oneof(&ONEOF, &[A], &OTHER, &[B]) };
    }

    #[test]
    #[should_panic(expected = "the branch `x` of `u` and the field `a` both have the number 1234567 in Protobuf")]
    fn a_number_of_a_field_is_a_clash() {
        no_clash_with_fields(&ONEOF, &[FieldMeta::new("x", A.protobuf.number)], &[B, A]);
    }

    #[test]
    #[should_panic(expected = "the branch `x` of `u` and the branch `b` of `v` both have the number 20 in Protobuf")]
    fn a_number_of_another_oneof_is_a_clash() {
        no_clash_with_oneof(&ONEOF, &[A, FieldMeta::new("x", 20)], &OTHER, &[B]);
    }

    #[test]
    #[should_panic(expected = "the branch `b` of `u` and the field `b` both have the name `b` in Protobuf")]
    fn a_name_of_a_field_is_a_clash() {
        no_clash_with_fields(&ONEOF, &[FieldMeta::new("b", 3)], &[A, B]);
    }

    #[test]
    #[should_panic(expected = "the branch `u` of `u` and the oneof `u` both have the name `u` in Protobuf")]
    fn the_name_of_the_oneof_is_a_clash() {
        no_clash_with_fields(&ONEOF, &[FieldMeta::new("u", 3)], &[A]);
    }
}
