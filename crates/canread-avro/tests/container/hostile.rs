//! Files that ask for more than they are.

use canread_avro::container::{Codec, ContainerErrorKind, ContainerLimits, Reader, WriteError, WriteOptions, Writer};
use canread_derive::CoreRecord as Record;
use canread_wire::Limits;

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
        ContainerErrorKind::RatioTooLarge { allowed } => ContainerErrorKind::RatioTooLarge { allowed: *allowed },
        ContainerErrorKind::TooManyRecords { allowed } => ContainerErrorKind::TooManyRecords { allowed: *allowed },
        ContainerErrorKind::LimitExceeded { limit, allowed } => {
            ContainerErrorKind::LimitExceeded { limit: *limit, allowed: *allowed }
        }
        ContainerErrorKind::TrailingBytes => ContainerErrorKind::TrailingBytes,
        ContainerErrorKind::BlockHeader => ContainerErrorKind::BlockHeader,
        ContainerErrorKind::Truncated => ContainerErrorKind::Truncated,
        ContainerErrorKind::Compressed(codec) => ContainerErrorKind::Compressed(*codec),
        ContainerErrorKind::WindowTooLarge { allowed } => ContainerErrorKind::WindowTooLarge { allowed: *allowed },
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
        let small = bomb(codec, 2_000_000);
        assert_eq!(count(&small, &ContainerLimits::strict()).0, 1, "{codec:?}: up to 2 MiB any ratio is let through");
        let large = bomb(codec, 17 * 1024 * 1024);
        let (read, why) = count(&large, &ContainerLimits::strict());
        let most = (large.len() as u64 * 100).max(2 * 1024 * 1024);
        match why {
            // It is too weak for a ratio of 100, so the block's own size is what ends it.
            Some(ContainerErrorKind::TooLarge { allowed }) if codec == Codec::Snappy => {
                assert_eq!((read, allowed), (0, 16 * 1024 * 1024));
            }
            Some(ContainerErrorKind::RatioTooLarge { allowed }) => {
                assert!(read == 0 && allowed <= most, "{codec:?}: {allowed} of {}", large.len());
            }
            why => panic!("{codec:?}: {read} and {why:?}"),
        }
        // Whoever knows the file says so.
        let more = ContainerLimits::strict().with_block_bytes_max(64 * 1024 * 1024).with_ratio_max(usize::MAX);
        assert_eq!(count(&large, &more).0, 1, "{codec:?}");
    }
    let large = bomb(Codec::Null, 17 * 1024 * 1024);
    assert!(matches!(count(&large, &ContainerLimits::strict()), (0, Some(ContainerErrorKind::TooLarge { .. }))));
}

#[test]
fn a_block_that_is_too_large_names_the_limit() {
    let said = |file: &[u8], limits: ContainerLimits| {
        let mut values = Reader::with_limits(file, &limits).expect("a header").values();
        let error = values.next_value().expect_err("beyond a limit").to_string();
        error.split_once(", at byte ").map(|(what, _)| what.to_owned())
    };
    let size = |allowed: usize| {
        Some(format!(
            "a block of more than the {allowed} bytes that are allowed (`ContainerLimits::with_block_bytes_max` allows more)"
        ))
    };
    let strict = ContainerLimits::strict();
    for codec in codecs() {
        let file = bomb(codec, 100_000);
        assert_eq!(said(&file, strict.with_block_bytes_max(50_000)), size(50_000), "{codec:?}");
    }
    let mut compressed = by_hand("\"int\"", "deflate", &[]);
    long(1, &mut compressed);
    long(10_000, &mut compressed);
    assert_eq!(said(&compressed, strict.with_block_bytes_max(4_000)), size(4_000), "compressed");
    let ratio = "a block of more than the 2097152 bytes that are allowed for its compressed size \
                 (`ContainerLimits::with_ratio_max` allows more)";
    let deflated = bomb(Codec::Deflate, 4_000_000);
    assert_eq!(said(&deflated, strict.with_ratio_max(1)).as_deref(), Some(ratio));
    assert_eq!(said(&deflated, strict.with_ratio_max(usize::MAX).with_block_bytes_max(3_000_000)), size(3_000_000));
    assert_eq!(count(&deflated, &strict.with_ratio_max(usize::MAX)).0, 1);
}

/// A block has a record more than its size.
#[test]
fn blocks_of_a_mebibyte_that_compress_well_are_read_by_default() {
    for codec in codecs() {
        let options = WriteOptions::new().with_compression(codec).with_block_bytes(1 << 20);
        let mut writer = Writer::new(Vec::new(), &options).expect("a schema");
        for _ in 0..300 {
            writer.write(&Blob { bytes: vec![b'a'; 10_000] }).expect("memory takes all");
        }
        let file = writer.finish().expect("memory takes all");
        assert!(matches!(count(&file, &ContainerLimits::strict()), (300, None)), "{codec:?}");
    }
}

/// AVRO-4300, avro-rs#643: records that take no bytes.
#[test]
fn a_block_of_nulls_is_bounded_by_the_items_that_are_allowed() {
    let strict = ContainerLimits::strict();
    assert!(matches!(count(&by_hand("\"null\"", "null", &[(1_000_000, b"")]), &strict), (1_000_000, None)));
    let many = by_hand("\"null\"", "null", &[(i64::MAX, b"")]);
    assert!(matches!(count(&many, &strict), (0, Some(ContainerErrorKind::TooManyRecords { allowed: 1_048_576 }))));
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
    // By the names that users of the facade turn on.
    assert_eq!(
        ContainerErrorKind::CodecNotBuilt(Codec::Zstandard).to_string(),
        "codec `zstandard` is not built in: that takes the feature `avro-zstandard` of `canread`"
    );
    assert_eq!(
        WriteError::CodecNotBuilt(Codec::Xz).to_string(),
        "codec `xz` is not built in: that takes the feature `avro-xz` of `canread`"
    );
    assert!(said(&by_hand("{\"type\": \"nothing\"}", "null", &[])).starts_with("a schema that can't be read: "));
    let mut endless = b"Obj\x01".to_vec();
    long(1 << 40, &mut endless);
    assert_eq!(said(&endless), "a header with metadata of more than 500 entries, at byte 10 of the file");
    let mut backwards = b"Obj\x01".to_vec();
    long(1, &mut backwards);
    long(-1, &mut backwards);
    assert_eq!(said(&backwards), "a header that breaks the format, at byte 6 of the file");
    let large = by_hand(&format!("\"{}\"", "x".repeat(5_000_000)), "null", &[]);
    assert_eq!(
        said(&large),
        "a header of more than the 1048576 bytes that are allowed (`ContainerLimits::with_header_bytes_max` allows more), \
         at byte 21 of the file"
    );
}

#[test]
fn a_header_of_as_many_bytes_as_are_allowed_is_read_and_one_of_a_byte_more_is_not() {
    let header = by_hand("\"int\"", "null", &[]);
    let whole = by_hand("\"int\"", "null", &[(1, b"\x02")]);
    let read = |most: usize| {
        let limits = ContainerLimits::strict().with_header_bytes_max(most);
        Reader::with_limits(&whole[..], &limits).map(|reader| reader.header().schema_text().to_owned())
    };
    assert_eq!(read(header.len()).expect("as many as are allowed"), "\"int\"");
    for most in 0..header.len() {
        let error = read(most).expect_err("one too many");
        let allowed = most as u64;
        assert!(
            matches!(error.kind(), ContainerErrorKind::HeaderTooLarge { allowed: said } if *said == allowed),
            "{most}: {error}"
        );
    }
}

#[test]
fn a_block_beyond_the_limits_for_its_records_names_the_limit() {
    let said = |count: i64, bytes: &[u8], limits: Limits| {
        let file = by_hand("\"null\"", "null", &[(count, bytes)]);
        let limits = ContainerLimits::strict().with_block(limits);
        let mut values = Reader::with_limits(&file[..], &limits).expect("a header").values();
        values.next_value().expect_err("beyond a limit").to_string()
    };
    let strict = Limits::strict();
    assert_eq!(
        said(3, b"\0\0\0", strict.with_bytes_max(2)),
        "a block of more than 2 bytes of input (`Limits::with_bytes_max` in `ContainerLimits::with_block` allows more), \
         at byte 57 of the file"
    );
    assert_eq!(
        said(4, b"\0", strict.with_items_beyond_input_max(2)),
        "a block of more than 3 records (`Limits::with_items_beyond_input_max` in `ContainerLimits::with_block` allows more), \
         at byte 57 of the file"
    );
}

#[test]
fn a_header_has_some_hundred_entries_of_metadata_at_most() {
    let read = |entries: i64| {
        let mut file = b"Obj\x01".to_vec();
        long(entries, &mut file);
        file.extend_from_slice(b"\x16avro.schema\x0a\"int\"");
        (1..entries).for_each(|at| file.extend_from_slice(format!("\x08{at:04}\0").as_bytes()));
        file.extend_from_slice(&[0; 17]);
        Reader::new(&file[..]).map(|reader| reader.header().metadata().len()).map_err(|error| error.to_string())
    };
    assert_eq!(read(500), Ok(500));
    assert_eq!(read(501), Err("a header with metadata of more than 500 entries, at byte 6 of the file".to_owned()));
}

/// What is made of a schema is memory too.
#[test]
fn the_schema_in_a_header_takes_no_more_memory_than_is_allowed() {
    let said = |schema: &str, allowed: u64| {
        let file = by_hand(schema, "null", &[]);
        let limits = ContainerLimits::strict().with_block(Limits::strict().with_allocated_bytes_max(allowed));
        Reader::with_limits(&file[..], &limits).map(drop).map_err(|error| error.to_string())
    };
    let usual = r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": ["null", "int"]}]}"#;
    assert_eq!(said(usual, 16 << 10), Ok(()));
    assert_eq!(
        said(usual, 10).expect_err("more than 10 bytes"),
        "a schema that would take more than the 10 bytes of memory that are allowed \
         (`Limits::with_allocated_bytes_max` in `ContainerLimits::with_block` allows more), at byte 0 of the file"
    );
    let strict = Limits::strict().allocated_bytes_max();
    let is_too_large = |schema: &str| {
        let error = said(schema, strict).expect_err("too large");
        assert!(error.starts_with("a schema that would take more than the 268435456 bytes"), "{error}");
    };
    // A namespace is in each name.
    let types: Vec<_> = (0..9_000).map(|at| format!(r#"{{"type":"fixed","name":"F{at}","size":1}}"#)).collect();
    let namespace = "n".repeat(400_000);
    is_too_large(&format!(
        r#"{{"type":"record","name":"R","namespace":"{namespace}","fields":[{{"name":"f","type":[{}]}}]}}"#,
        types.join(",")
    ));
    // Each record has the one before it twice, and so its defaults twice.
    let field = |name: &str, ty: &str| format!(r#"{{"name":"{name}","type":{ty},"default":{{}}}}"#);
    let mut fields = vec![
        r#"{"name":"a0","type":{"type":"record","name":"R0","fields":[{"name":"x","type":"int","default":0}]}}"#
            .to_owned(),
    ];
    for at in 1..16 {
        let before = format!("\"R{}\"", at - 1);
        let (x, y) = (field("x", &before), field("y", &before));
        let record = format!(r#"{{"type":"record","name":"R{at}","fields":[{x},{y}]}}"#);
        fields.push(format!(r#"{{"name":"a{at}","type":{record}}}"#));
    }
    fields.extend((0..200).map(|at| field(&format!("d{at}"), "\"R15\"")));
    let fields = fields.join(",");
    is_too_large(&format!(r#"{{"type":"record","name":"All","fields":[{fields}]}}"#));
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
        assert!(read == 0 && matches!(why, Some(ContainerErrorKind::Compressed(_))), "{codec:?}: {why:?}");
        let empty = by_hand("\"int\"", codec.name(), &[(1, b"")]);
        assert!(Reader::new(&empty[..]).expect("a header").values().next_value().is_err(), "{codec:?}");
    }
}

/// The string `a` as a frame of zstandard by hand (RFC 8878, section 3.1.1): a window of 128 MiB, and one raw block.
#[cfg(feature = "zstandard")]
const WIDE_ZSTANDARD: &[u8] = b"\x28\xb5\x2f\xfd\x00\x88\x11\x00\x00\x02a";

/// The same by Python 3: `lzma.compress(b"\x02a", filters=[{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 128 << 20}])`.
#[cfg(feature = "xz")]
const WIDE_XZ: &[u8] =
    b"\xfd7zXZ\x00\x00\x04\xe6\xd6\xb4F\x02\x00!\x01\x1e\x00\x00\x00\x9b\x07Qf\x01\x00\x01\x02a\x00\x00\x00\
    \xc1\xac\xe9\xa2\xb7\x9bm\xc7\x00\x01\x1a\x02\xdc.\xa5~\x1f\xb6\xf3}\x01\x00\x00\x00\x00\x04YZ";

#[cfg(any(feature = "zstandard", feature = "xz"))]
#[test]
fn a_window_that_is_too_large_is_no_damage_and_the_error_names_the_setting() {
    let blocks = [
        #[cfg(feature = "zstandard")]
        ("zstandard", WIDE_ZSTANDARD),
        #[cfg(feature = "xz")]
        ("xz", WIDE_XZ),
    ];
    for (codec, block) in blocks {
        let wide = by_hand("\"string\"", codec, &[(1, block)]);
        let error = Reader::new(&wide[..]).expect("a header").values().next_value().expect_err("128 MiB");
        assert!(
            error.to_string().starts_with(
                "a block that takes a window of more than the 67108864 bytes that are allowed \
                 (`ContainerLimits::with_window_bytes_max` allows more), at byte "
            ),
            "{error}"
        );
        let limits = ContainerLimits::strict().with_window_bytes_max(1 << 28);
        assert!(matches!(count(&wide, &limits), (1, None)), "{codec}");
        // What is cut off is damaged, whatever is allowed.
        let cut = by_hand("\"string\"", codec, &[(1, &block[..block.len() - 1])]);
        assert!(matches!(count(&cut, &limits), (0, Some(ContainerErrorKind::Compressed(_)))), "{codec}");
    }
}
