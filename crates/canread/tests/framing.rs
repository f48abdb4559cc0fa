//! Prefixes as Confluent's serializers write them, and bytes that are none.

use std::path::Path;

use canread::framing::{Framing, FramingErrorKind, Guid, IndexesError, MessageIndexes, Part, Prefix, SchemaId};

/// A case of `fixtures/framing/confluent`.
struct Golden {
    name: String,
    framing: Framing,
    prefix: Vec<u8>,
    /// Empty where the prefix stands in a header.
    header: String,
    message: Vec<u8>,
}

fn bytes(hex: &str) -> Vec<u8> {
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

fn golden() -> Vec<Golden> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/framing/confluent/prefixes.txt");
    let text = std::fs::read_to_string(path).expect("the fixture is there");
    let cases: Vec<Golden> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let words: Vec<&str> = line.split(' ').collect();
            let [name, framing, header, prefix, message] = words[..] else { panic!("five words in {line}") };
            Golden {
                name: name.to_owned(),
                framing: if framing == "protobuf" { Framing::Message } else { Framing::Schema },
                prefix: bytes(prefix),
                header: header.to_owned(),
                message: bytes(message.trim_matches('-')),
            }
        })
        .collect();
    assert_eq!(cases.len(), 26);
    cases
}

#[test]
fn what_confluents_serializers_write_is_read_and_written_the_same() {
    for case in golden() {
        let (prefix, message) = if case.header == "-" {
            let record = [&case.prefix[..], &case.message].concat();
            let (prefix, message) = case.framing.split(&record).expect(&case.name);
            (prefix, message.to_vec())
        } else {
            assert!([Part::Key, Part::Value].iter().any(|part| part.header() == case.header), "{}", case.name);
            let (prefix, message) = case.framing.split_with(Some(&case.prefix), &case.message).expect(&case.name);
            (prefix, message.to_vec())
        };
        assert_eq!(message, case.message, "{}", case.name);
        let mut written = vec![9];
        prefix.write(&mut written);
        assert_eq!(written[1..], case.prefix, "{}", case.name);
    }
}

#[test]
fn the_message_that_is_meant_is_found_by_its_indexes() {
    let of = |name: &str| {
        let case = golden().into_iter().find(|case| case.name == name).expect("a case");
        let (prefix, _) = case.framing.split(&case.prefix).expect(name);
        let Prefix::Message(schema, indexes) = prefix else { panic!("{name} has indexes") };
        (schema, indexes.as_slice().to_vec())
    };
    assert_eq!(of("shop.Order"), (SchemaId::Number(1), vec![0]));
    assert_eq!(of("shop.Refund"), (SchemaId::Number(2), vec![1]));
    assert_eq!(of("shop.Order.Line.Note"), (SchemaId::Number(4), vec![0, 0, 0]));
    assert_eq!(of("id[8191,8192]"), (SchemaId::Number(u32::MAX), vec![8191, 8192]));
    let guid: Guid = "89791762-2336-4186-9674-299b90a802e2".parse().expect("a GUID");
    assert_eq!(of("guid[1,2,3]"), (SchemaId::Guid(guid), vec![1, 2, 3]));
}

#[test]
fn the_first_message_may_be_written_at_length() {
    let (prefix, message) = Framing::Message.split(&[0, 0, 0, 0, 7, 2, 0, 9]).expect("a prefix");
    assert_eq!(prefix, Prefix::Message(SchemaId::Number(7), MessageIndexes::first()));
    assert_eq!(message, [9]);
}

#[test]
fn without_a_framing_all_is_the_message() {
    assert_eq!(Framing::None.split(&[7, 8]), Ok((Prefix::None, &[7, 8][..])));
    assert_eq!(Framing::None.split_with(Some(&[9]), &[7, 8]), Ok((Prefix::None, &[7, 8][..])));
    let mut bytes = Vec::new();
    Prefix::None.write(&mut bytes);
    assert!(bytes.is_empty());
}

#[test]
fn a_record_without_the_header_has_its_prefix_before_the_message() {
    let (prefix, message) = Framing::Schema.split_with(None, &[0, 0, 0, 1, 0, 5]).expect("a prefix");
    assert_eq!((prefix, message), (Prefix::Schema(SchemaId::Number(256)), &[5][..]));
}

#[test]
fn errors_say_what_was_found() {
    let of = |framing: Framing, bytes: &[u8]| framing.split(bytes).expect_err("no prefix").to_string();
    insta::assert_snapshot!(of(Framing::Schema, b""), @"the prefix of a schema ends after 0 bytes, at byte 0");
    insta::assert_snapshot!(of(Framing::Schema, b"{\"id\": 7}"), @"the first byte is 0x7b where 0 (a schema id) or 1 (a schema GUID) was expected, at byte 0");
    insta::assert_snapshot!(of(Framing::Schema, &[0, 0, 0]), @"the prefix of a schema ends after 3 bytes, at byte 1");
    insta::assert_snapshot!(of(Framing::Schema, &[1; 16]), @"the prefix of a schema ends after 16 bytes, at byte 1");
    insta::assert_snapshot!(of(Framing::Message, &[0; 5]), @"the prefix of a schema ends after 5 bytes, at byte 5");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 0x80]), @"the prefix of a schema ends after 6 bytes, at byte 5");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 4, 0]), @"the prefix of a schema ends after 7 bytes, at byte 7");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 3]), @"a list of -2 message indexes where 0 to 100 were expected, at byte 6");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 0xca, 1]), @"a list of 101 message indexes where 0 to 100 were expected, at byte 7");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 2, 1]), @"the message index -1 where 0 to 2147483647 was expected, at byte 7");
    insta::assert_snapshot!(of(Framing::Message, &[0, 0, 0, 0, 0, 2, 0x80, 0x80, 0x80, 0x80, 0x10]), @"the message index 2147483648 where 0 to 2147483647 was expected, at byte 11");
    insta::assert_snapshot!(of(Framing::Message, &[&[0; 5][..], &[0xff; 12]].concat()), @"a message index of more than 64 bits, at byte 5");
    let error = Framing::Schema.split_with(Some(&[0, 0, 0, 0, 1, 2]), &[]).expect_err("a byte too many");
    assert_eq!((error.kind(), error.offset()), (FramingErrorKind::TrailingBytes { found: 1 }, 5));
    insta::assert_snapshot!(error, @"1 bytes behind the schema of a header, at byte 5");
}

#[test]
fn every_truncation_of_a_prefix_is_one() {
    for case in golden() {
        for length in 0..case.prefix.len() {
            let error = case.framing.split(&case.prefix[..length]).expect_err("cut");
            assert_eq!(error.kind(), FramingErrorKind::Truncated { found: length }, "{}", case.name);
        }
    }
}

#[test]
fn any_bytes_are_a_prefix_or_an_error() {
    let mut state = 7_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    };
    let (mut prefixes, mut errors) = (0, 0);
    for _ in 0..20_000 {
        let length = usize::try_from(random() % 40).expect("small");
        let mut bytes: Vec<u8> = (0..length).map(|_| random().to_le_bytes()[0]).collect();
        if let Some(first) = bytes.first_mut() {
            *first &= 1;
        }
        match Framing::Message.split(&bytes) {
            Ok((prefix, message)) => {
                prefixes += 1;
                let mut again = Vec::new();
                prefix.write(&mut again);
                assert_eq!(Framing::Message.split(&again).expect("our own"), (prefix, &[][..]));
                assert!(bytes.ends_with(message));
            }
            Err(error) => {
                errors += 1;
                assert!(error.offset() <= bytes.len(), "{error}");
            }
        }
    }
    assert!(prefixes > 100 && errors > 100, "{prefixes} {errors}");
}

#[test]
fn lists_that_are_no_indexes_and_texts_that_are_no_guids_are_refused() {
    assert_eq!(MessageIndexes::new(&[]), Err(IndexesError::Count { found: 0 }));
    assert_eq!(MessageIndexes::new(&[0; 101]), Err(IndexesError::Count { found: 101 }));
    assert_eq!(MessageIndexes::new(&[0, -3]), Err(IndexesError::Negative { found: -3 }));
    for text in [
        "",
        "89791762-2336-4186-9674-299b90a802e",
        "89791762-2336-4186-9674-299b90a802e22",
        "8979176223364186-9674-299b90a802e2",
        "8979176g-2336-4186-9674-299b90a802e2",
    ] {
        assert!(text.parse::<Guid>().is_err(), "{text}");
    }
    assert_eq!("89791762-2336-4186-9674-299B90A802E2".parse::<Guid>().map(|guid| guid.0[15]), Ok(0xe2));
}
