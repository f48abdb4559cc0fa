//! Files that ask for more than they are.

use canread_avro::container::{Codec, ContainerErrorKind, ContainerLimits, Reader, WriteOptions, Writer};
use canread_derive::CoreRecord as Record;

use crate::support::{by_hand, codecs, file, long, rows};

#[derive(Record, Debug, PartialEq)]
#[record(name = "test.Blob")]
struct Blob {
    #[field(1)]
    bytes: Vec<u8>,
}

/// Reads values, and says how many there were and why no more came.
fn count(file: &[u8], limits: &ContainerLimits) -> (usize, Option<ContainerErrorKind>) {
    let mut values = match Reader::with_limits(file, limits) {
        Ok(reader) => reader.values(),
        Err(error) => panic!("{error}"),
    };
    let mut count = 0;
    loop {
        match values.next_value() {
            Ok(Some(_)) => count += 1,
            Ok(None) => return (count, None),
            Err(error) => {
                let text = error.to_string();
                assert!(text.ends_with("of the file"), "{text}");
                assert!(values.next_value().expect("nothing comes behind an error").is_none());
                return (count, Some(copied(&error)));
            }
        }
    }
}

fn copied(error: &canread_avro::container::ContainerError) -> ContainerErrorKind {
    match error.kind() {
        ContainerErrorKind::TooLarge { allowed } => ContainerErrorKind::TooLarge { allowed: *allowed },
        ContainerErrorKind::TooManyRecords => ContainerErrorKind::TooManyRecords,
        ContainerErrorKind::TrailingBytes => ContainerErrorKind::TrailingBytes,
        ContainerErrorKind::BlockHeader => ContainerErrorKind::BlockHeader,
        ContainerErrorKind::Truncated => ContainerErrorKind::Truncated,
        ContainerErrorKind::Compressed(codec) => ContainerErrorKind::Compressed(*codec),
        ContainerErrorKind::Checksum => ContainerErrorKind::Checksum,
        _ => panic!("{error}"),
    }
}

/// Zeroes of so many bytes, in one block.
fn bomb(codec: Codec, bytes: usize) -> Vec<u8> {
    let options = WriteOptions::new().with_compression(codec);
    let mut writer = Writer::new(Vec::new(), &options).expect("a schema");
    writer.write(&Blob { bytes: vec![0; bytes] }).expect("memory takes all");
    writer.finish().expect("memory takes all")
}

/// AVRO-4247, avro-rs#582: some kilobytes become gigabytes.
#[test]
fn a_block_that_is_compressed_too_well_is_refused() {
    for codec in codecs().filter(|codec| *codec != Codec::Null) {
        let small = bomb(codec, 1_000_000);
        assert_eq!(
            count(&small, &ContainerLimits::strict()).0,
            1,
            "{codec:?}: up to a megabyte any ratio is let through"
        );
        let large = bomb(codec, 17 * 1024 * 1024);
        let (read, why) = count(&large, &ContainerLimits::strict());
        // Snappy is too weak for a ratio of 100, so the block's own size is what ends it.
        let most = (large.len() as u64 * 100).clamp(1024 * 1024, 16 * 1024 * 1024);
        let Some(ContainerErrorKind::TooLarge { allowed }) = why else { panic!("{codec:?}: {read} and {why:?}") };
        assert!(read == 0 && allowed <= most, "{codec:?}: {allowed} of {}", large.len());
        // Whoever knows the file says so.
        let more = ContainerLimits::strict().with_block_bytes_max(64 * 1024 * 1024).with_ratio_max(usize::MAX);
        assert_eq!(count(&large, &more).0, 1, "{codec:?}");
    }
    let large = bomb(Codec::Null, 17 * 1024 * 1024);
    assert!(matches!(count(&large, &ContainerLimits::strict()), (0, Some(ContainerErrorKind::TooLarge { .. }))));
}

/// AVRO-4300, avro-rs#643: records that take no bytes.
#[test]
fn a_block_of_nulls_is_bounded_by_the_items_that_are_allowed() {
    let strict = ContainerLimits::strict();
    assert!(matches!(count(&by_hand("\"null\"", "null", &[(1_000_000, b"")]), &strict), (1_000_000, None)));
    let many = by_hand("\"null\"", "null", &[(i64::MAX, b"")]);
    assert!(matches!(count(&many, &strict), (0, Some(ContainerErrorKind::TooManyRecords))));
    // Arrays of nulls in the records of one block share what is allowed.
    let mut record = Vec::new();
    long(600_000, &mut record);
    record.push(0);
    let two = [record.clone(), record].concat();
    let arrays = by_hand(r#"{"type": "array", "items": "null"}"#, "null", &[(2, &two)]);
    let mut values = Reader::new(&arrays[..]).expect("a header").values();
    assert!(values.next_value().expect("within the limit").is_some());
    let error = values.next_value().expect_err("beyond the limit");
    assert!(matches!(error.kind(), ContainerErrorKind::Record { index: 1, .. }), "{error}");
}

/// pgcolumnar#633: a block that has no records, and bytes.
#[test]
fn a_block_of_count_0_has_no_bytes() {
    let strict = ContainerLimits::strict();
    assert!(matches!(count(&by_hand("\"int\"", "null", &[(0, b""), (1, b"\x02")]), &strict), (1, None)));
    let hidden = by_hand("\"int\"", "null", &[(1, b"\x02"), (0, b"\x02")]);
    assert!(matches!(count(&hidden, &strict), (1, Some(ContainerErrorKind::TrailingBytes))));
}

#[test]
fn counts_and_sizes_are_what_is_there() {
    let strict = ContainerLimits::strict();
    assert!(matches!(
        count(&by_hand("\"int\"", "null", &[(-1, b"\x02")]), &strict),
        (0, Some(ContainerErrorKind::BlockHeader))
    ));
    assert!(matches!(
        count(&by_hand("\"int\"", "null", &[(1, b"\x02\x02")]), &strict),
        (1, Some(ContainerErrorKind::TrailingBytes))
    ));
    let mut huge = by_hand("\"int\"", "null", &[]);
    long(1, &mut huge);
    let before = huge.len();
    long(i64::MAX, &mut huge);
    assert!(matches!(count(&huge, &strict), (0, Some(ContainerErrorKind::TooLarge { .. }))));
    huge.truncate(before);
    long(-5, &mut huge);
    assert!(matches!(count(&huge, &strict), (0, Some(ContainerErrorKind::BlockHeader))));
    huge.truncate(before);
    long(10_000_000, &mut huge);
    assert!(matches!(count(&huge, &strict), (0, Some(ContainerErrorKind::Truncated))));
}

#[test]
fn codecs_and_headers_that_are_not_known_are_said() {
    let said = |file: &[u8]| Reader::new(file).expect_err("no header").to_string();
    assert_eq!(
        said(&by_hand("\"int\"", "lz4", &[])),
        "unknown codec `lz4`, expected one of null, deflate, snappy, bzip2, zstandard, xz, at byte 0 of the file"
    );
    assert_eq!(
        said(b"PAR1 is no such file"),
        "not an Avro object container file: its first bytes are not `Obj` and 1, at byte 0 of the file"
    );
    assert_eq!(said(b"Obj"), "the file ends too early, at byte 3 of the file");
    assert!(said(&by_hand("{\"type\": \"nothing\"}", "null", &[])).starts_with("a schema that can't be read: "));
    let mut endless = b"Obj\x01".to_vec();
    long(1 << 40, &mut endless);
    assert_eq!(said(&endless), "a header that breaks the format, at byte 10 of the file");
    let large = by_hand(&format!("\"{}\"", "x".repeat(5_000_000)), "null", &[]);
    assert!(said(&large).starts_with("more than the 4194304 bytes that are allowed here"), "{}", said(&large));
}

#[test]
fn a_checksum_that_is_wrong_is_no_snappy() {
    let mut broken = file(Codec::Snappy, 5);
    let at = broken.len() - 17;
    broken[at] ^= 1;
    assert!(matches!(rows(&broken).expect_err("another checksum").kind(), ContainerErrorKind::Checksum));
}

#[test]
fn garbage_as_a_block_is_refused_by_every_codec() {
    for codec in codecs().filter(|codec| *codec != Codec::Null) {
        let garbage = by_hand("\"int\"", codec.name(), &[(1, b"\xff\xfe\xfd no such thing \x00\x01\x02\x03")]);
        let (read, why) = count(&garbage, &ContainerLimits::strict());
        // To snappy the first bytes are a size.
        let is_size = codec == Codec::Snappy && matches!(why, Some(ContainerErrorKind::TooLarge { .. }));
        let is_refused = is_size || matches!(why, Some(ContainerErrorKind::Compressed(_)));
        assert!(read == 0 && is_refused, "{codec:?}: {why:?}");
        let empty = by_hand("\"int\"", codec.name(), &[(1, b"")]);
        assert!(Reader::new(&empty[..]).expect("a header").values().next_value().is_err(), "{codec:?}");
    }
}
