//! Unions of which no branch is set, or one that the type does not have. Source: Protobuf, "Language Guide", "Oneof": a oneof that is set to
//! a field which the reader does not know is not set.

use std::collections::BTreeMap;

use canread_derive::CoreRecord as Record;
use canread_protobuf::codec::{from_slice, merge_into, to_vec};
use canread_record::{Decode, DecodeFields, Unknown};
use canread_wire::{DecodeError, DecodeErrorKind, Unreadable};

#[derive(Record, Debug, Clone, PartialEq)]
enum Payment {
    #[field(1)]
    Card(String),
    #[field(2)]
    Cash(i64),
    #[field(4)]
    State(State),
    #[field(5)]
    Line(Line),
}

#[derive(Record, Debug, Clone, Copy, PartialEq)]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(1)]
    Sent,
}

#[derive(Record, Debug, Clone, PartialEq)]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    count: i64,
    /// Unions in the branch of a union.
    #[field(3)]
    inner: Option<Box<Payment>>,
}

/// A branch that the type lacks, none, and a number that a closed enumeration lacks.
const UNKNOWN: [&[u8]; 3] = [&[0x1a, 1, b'x'], &[], &[0x20, 9]];

/// The bytes as what a field with the number 1 has, with their length.
fn field(inner: &[u8]) -> Vec<u8> {
    [&[0x0a, u8::try_from(inner.len()).expect("short")], inner].concat()
}

fn unknown_branch(error: &DecodeError) -> (u64, String) {
    assert_eq!(error.kind(), DecodeErrorKind::Unreadable(Unreadable::UnknownBranch));
    (error.offset(), error.path().to_string())
}

#[derive(Record, Debug, PartialEq)]
struct Perhaps {
    #[field(1)]
    payment: Option<Payment>,
}

#[derive(Record, Debug, PartialEq)]
struct Boxed {
    #[field(1)]
    payment: Option<Box<Payment>>,
}

#[derive(Record, Debug, PartialEq)]
struct Many {
    #[field(1)]
    payments: Vec<Payment>,
}

#[derive(Record, Debug, PartialEq)]
struct ByName {
    #[field(1)]
    payments: BTreeMap<String, Payment>,
}

/// How bytes are read by one reader.
trait Read {
    fn read<T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>>(&self, bytes: &[u8]) -> Result<T, DecodeError>;
}

struct Plain;

impl Read for Plain {
    fn read<T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>>(&self, bytes: &[u8]) -> Result<T, DecodeError> {
        from_slice(bytes)
    }
}

/// What all readers do alike. `has_paths`: whether each says the field of what the type alone refuses.
fn a_branch_that_is_not_known_is_none_or_an_error(reader: &impl Read, has_paths: bool) {
    for unknown in UNKNOWN {
        let one = field(unknown);
        assert_eq!(reader.read::<Perhaps>(&one), Ok(Perhaps { payment: None }), "{unknown:?}");
        assert_eq!(reader.read::<Boxed>(&one), Ok(Boxed { payment: None }), "{unknown:?}");
        // What was there stays, whichever piece comes first.
        let cash = field(&[0x10, 3]);
        for pieces in [[&one[..], &cash].concat(), [&cash[..], &one].concat(), field(&[unknown, &[0x10, 3]].concat())] {
            let read = reader.read::<Perhaps>(&pieces);
            assert_eq!(read, Ok(Perhaps { payment: Some(Payment::Cash(3)) }), "{pieces:?}");
        }
        let error = reader.read::<Many>(&[&cash[..], &one].concat()).expect_err("an item has to be something");
        let (offset, path) = unknown_branch(&error);
        assert_eq!((offset, path == "payments[1]" || !has_paths), (5, true), "{unknown:?}");

        let entry = |value: &[u8]| [&[0x0a, 1, b'k', 0x12, u8::try_from(value.len()).expect("short")], value].concat();
        let entries = [field(&entry(&[0x10, 3])), field(&entry(unknown))].concat();
        let error = reader.read::<ByName>(&entries).expect_err("a value has to be something");
        let (offset, path) = unknown_branch(&error);
        assert_eq!((offset, path.starts_with("payments") || !has_paths), (10, true), "{unknown:?}");
        // A piece that says nothing takes nothing back.
        let pieces = [&entry(&[0x10, 3])[..], &[0x12, u8::try_from(unknown.len()).expect("short")], unknown].concat();
        let read = reader.read::<ByName>(&field(&pieces)).expect("one piece has a branch");
        assert_eq!(read.payments, BTreeMap::from([("k".to_owned(), Payment::Cash(3))]), "{unknown:?}");
    }
    // An entry without a value.
    let error = reader.read::<ByName>(&field(&[0x0a, 1, b'k'])).expect_err("a value has to be something");
    assert_eq!(unknown_branch(&error).0, 1);
    // What a union in the branch says is not said of the one around it.
    let nested = [0x2a, 5, 0x0a, 1, b'M', 0x1a, 0];
    let line = Line { sku: "M".to_owned(), count: 0, inner: None };
    assert_eq!(reader.read::<Many>(&field(&nested)), Ok(Many { payments: vec![Payment::Line(line)] }));
    let nested = [0x2a, 4, 0x1a, 2, 0x10, 3];
    let read = reader.read::<Perhaps>(&field(&[&nested[..], &[0x1a, 0]].concat())).expect("a known branch");
    let inner = Some(Box::new(Payment::Cash(3)));
    assert_eq!(read.payment, Some(Payment::Line(Line { sku: String::new(), count: 0, inner })));
}

#[test]
fn a_branch_that_is_not_known_is_none_in_a_field_and_an_error_elsewhere() {
    a_branch_that_is_not_known_is_none_or_an_error(&Plain, true);
}

#[test]
fn pieces_of_a_union_are_merged() {
    let pieces = [field(&[0x2a, 3, 0x0a, 1, b'M']), field(&[0x1a, 0]), field(&[0x2a, 2, 0x10, 7])].concat();
    let line = Line { sku: "M".to_owned(), count: 7, inner: None };
    assert_eq!(from_slice(&pieces), Ok(Perhaps { payment: Some(Payment::Line(line)) }));

    let mut perhaps = Perhaps { payment: Some(Payment::Cash(3)) };
    assert_eq!(merge_into(&mut perhaps, &field(UNKNOWN[0])), Ok(()));
    assert_eq!(perhaps, Perhaps { payment: Some(Payment::Cash(3)) });
    let mut perhaps = Perhaps { payment: None };
    merge_into(&mut perhaps, &[0x0a, 2, 0x0a, 9]).expect_err("a text that is not there");
    assert_eq!(perhaps, Perhaps { payment: None }, "nothing is made up");
}

#[derive(Record, Debug, Clone, PartialEq)]
enum Scalar {
    #[field(1)]
    Card(String),
    #[field(2)]
    Cash(i64),
    #[field(4)]
    State(State),
}

#[derive(Record, Debug, PartialEq)]
struct Defaults {
    #[field(union, default = Scalar::Cash(5))]
    here: Scalar,
    #[field(9, default = Scalar::Card("none".to_owned()))]
    there: Scalar,
    #[field(unknown)]
    unknown: Unknown,
}

#[test]
fn the_default_of_a_union_stays_until_a_branch_comes() {
    let (five, none) = (Scalar::Cash(5), Scalar::Card("none".to_owned()));
    for unknown in UNKNOWN {
        let bytes = [unknown, &[0x4a, u8::try_from(unknown.len()).expect("short")], unknown].concat();
        let read: Defaults = from_slice(&bytes).expect("a default is there");
        assert_eq!((&read.here, &read.there), (&five, &none), "{unknown:?}");
        assert_eq!(read.unknown.protobuf(), unknown);
    }
    let read: Defaults = from_slice(&[0x0a, 0, 0x4a, 2, 0x10, 0]).expect("well formed");
    assert_eq!((&read.here, &read.there), (&Scalar::Card(String::new()), &Scalar::Cash(0)));
    assert_eq!(to_vec(&read), Ok(vec![0x0a, 0, 0x4a, 2, 0x10, 0]));
}

/// The same by the schema of a writer that knows more.
#[cfg(all(feature = "schema", feature = "value"))]
mod along_a_plan {
    use canread_model::Schema;
    use canread_protobuf::codec::Decoder;
    use canread_protobuf::schema::{LinkOptions, read};
    use canread_syntax::Sources;

    use super::*;

    const NEWER: &str = r#"syntax = "proto3";
message Payment { oneof of { string card = 1; sint64 cash = 2; string voucher = 3; sint64 state = 4; Line line = 5; } }
message Line { string sku = 1; sint64 count = 2; Payment inner = 3; }
message Perhaps { Payment payment = 1; }
message Boxed { Payment payment = 1; }
message Many { repeated Payment payments = 1; }
message ByName { map<string, Payment> payments = 1; }
message Defaults { oneof of { string card = 1; sint64 cash = 2; string voucher = 3; sint64 state = 4; } Payment there = 9; }
"#;

    fn newer() -> Schema {
        let mut sources = Sources::default();
        let file = sources.add("newer.proto", "test", NEWER.as_bytes().to_vec());
        let linked = read(&[("newer.proto", file)], &sources, &LinkOptions::default());
        assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
        linked.schema
    }

    struct Newer(Schema);

    impl Read for Newer {
        fn read<T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>>(&self, bytes: &[u8]) -> Result<T, DecodeError> {
            let decoder = Decoder::<T>::of_same_name(&self.0).expect("a plan");
            assert!(!decoder.plan().is_identity());
            decoder.from_slice(&signed(bytes))
        }
    }

    /// The inputs have no number but 3, 7 and 9 behind a key of theirs, and these keys stand nowhere else.
    fn signed(bytes: &[u8]) -> Vec<u8> {
        let mut signed = bytes.to_vec();
        for at in 1..signed.len() {
            if matches!((bytes[at - 1], bytes[at]), (0x10 | 0x20, 3 | 7 | 9)) {
                signed[at] *= 2;
            }
        }
        signed
    }

    #[test]
    fn a_branch_that_is_not_known_is_none_in_a_field_and_an_error_elsewhere() {
        a_branch_that_is_not_known_is_none_or_an_error(&Newer(newer()), false);
    }

    #[test]
    fn the_default_of_a_union_stays_until_a_branch_comes() {
        let decoder = Decoder::<Defaults>::of_same_name(&newer()).expect("a plan");
        assert!(!decoder.plan().is_identity());
        let read = decoder.from_slice(&[0x1a, 1, b'x', 0x4a, 5, 0x1a, 1, b'x', 0x20, 18]).expect("a default is there");
        assert_eq!((&read.here, &read.there), (&Scalar::Cash(5), &Scalar::Card("none".to_owned())));
        // The number of a branch in a message is none of the record's.
        assert_eq!(read.unknown.protobuf(), [0x1a, 1, b'x']);
        let read = decoder.from_slice(&[0x10, 6, 0x4a, 2, 0x20, 2]).expect("well formed");
        assert_eq!((read.here, read.there), (Scalar::Cash(3), Scalar::State(State::Sent)));
    }
}
