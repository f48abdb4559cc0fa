//! Files that are written and gone on with.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Write};

use canread_avro::container::{Codec, Compression, Reader, ValueWriter, WriteError, WriteOptions, Writer};
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Value};

use crate::support::{MARKER, Row, codecs, file, options, row, rows};

#[test]
fn what_is_written_is_read() {
    for codec in codecs() {
        assert_eq!(rows(&file(codec, 500)).expect("whole"), (0..500).map(row).collect::<Vec<_>>(), "{codec:?}");
        assert_eq!(rows(&file(codec, 0)).expect("whole"), []);
    }
}

#[test]
fn a_file_has_its_schema_as_text_and_what_users_put_there() {
    let options = options(Codec::Null).with_metadata("origin", "a test");
    let file = Writer::<_, Row>::new(Vec::new(), &options).expect("a schema").finish().expect("memory");
    let reader = Reader::new(&file[..]).expect("a header");
    let header = reader.header();
    assert_eq!(header.metadata().get("origin").map(Vec::as_slice), Some(&b"a test"[..]));
    assert_eq!(header.marker(), &MARKER);
    assert_eq!(
        header.schema_text(),
        r#"{"type":"record","name":"Row","namespace":"test","fields":[{"name":"id","type":"long"},{"name":"text","type":"string"}]}"#
    );
    let markers: Vec<_> = (0..2)
        .map(|_| {
            let file = Writer::<_, Row>::new(Vec::new(), &WriteOptions::new()).expect("a schema").finish();
            *Reader::new(&file.expect("memory")[..]).expect("a header").header().marker()
        })
        .collect();
    assert_ne!(markers[0], markers[1]);
    assert!(markers[0][..8] != markers[0][8..]);
}

#[test]
fn options_that_are_none_are_refused_before_a_byte_is_written() {
    let refused = |options: &WriteOptions| Writer::<_, Row>::new(Vec::new(), options).expect_err("refused").to_string();
    assert_eq!(
        refused(&WriteOptions::new().with_metadata("avro.schema", "{}")),
        "metadata `avro.schema`: keys that begin with `avro.` are Avro's own"
    );
    let level = |codec, level| WriteOptions::new().with_compression(Compression::new(codec).with_level(level));
    assert_eq!(refused(&level(Codec::Deflate, 10)), "codec `deflate` has no level 10");
    assert_eq!(refused(&level(Codec::Bzip2, 0)), "codec `bzip2` has no level 0");
    assert_eq!(refused(&level(Codec::Snappy, 1)), "codec `snappy` has no level 1");
}

#[test]
fn a_schema_of_ones_own_has_to_be_that_of_the_type() {
    let text = r#"{"type": "record", "name": "test.Row", "doc": "kept", "fields": [
        {"name": "id", "type": "long", "default": 0}, {"name": "text", "type": "string"}]}"#;
    let file = Writer::<_, Row>::with_schema(Vec::new(), text, &WriteOptions::new()).expect("the same").finish();
    assert_eq!(Reader::new(&file.expect("memory")[..]).expect("a header").header().schema_text(), text);
    let other = text.replace("long", "int");
    let error = Writer::<_, Row>::with_schema(Vec::new(), &other, &WriteOptions::new()).expect_err("another");
    assert!(matches!(error, WriteError::OtherSchema), "{error}");
    let none = Writer::<_, Row>::with_schema(Vec::new(), "{", &WriteOptions::new()).expect_err("none");
    assert!(matches!(none, WriteError::Schema(_)), "{none}");
}

/// The canonical form leaves logical types out, and readers go by them.
#[test]
fn a_file_whose_schema_means_something_else_is_not_written() {
    use canread_record::{Decimal, Timestamp};

    #[derive(Record, Debug)]
    #[record(name = "test.Paid")]
    struct Paid {
        #[field(1)]
        at: Timestamp,
        #[field(2)]
        sum: Decimal<9, 2>,
    }
    #[derive(Record, Debug)]
    #[record(name = "test.Paid")]
    struct Plain {
        #[field(1)]
        at: i64,
        #[field(2)]
        sum: Vec<u8>,
    }
    #[derive(Record, Debug)]
    #[record(name = "test.Paid")]
    struct Late {
        #[field(1, avro(seconds))]
        at: Timestamp,
        #[field(2)]
        sum: Vec<u8>,
    }
    let text = |unit: &str, scale: u32| {
        format!(
            r#"{{"type": "record", "name": "test.Paid", "fields": [
                {{"name": "at", "type": {{"type": "long", "logicalType": "timestamp-{unit}"}}}},
                {{"name": "sum", "type": {{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": {scale}}}}}]}}"#
        )
    };
    let begun = |text: &str| Writer::<_, Paid>::with_schema(Vec::new(), text, &WriteOptions::new());
    let said = |text: &str| begun(text).expect_err("another meaning").to_string();
    assert_eq!(
        said(&text("millis", 2)),
        "the file's schema has another logical type: `at`: a timestamp-micros can't be read as a timestamp-millis: \
         the same bytes are another value"
    );
    assert!(said(&text("micros", 4)).contains("`sum`"));
    begun(&text("micros", 2)).expect("the same");
    begun(&text("made-up", 2)).expect("no meaning that anybody knows");
    let options = WriteOptions::new();
    let plain =
        Writer::<_, Plain>::with_schema(Vec::new(), &text("millis", 2), &options).expect("no meaning of its own");
    let file = Cursor::new(plain.finish().expect("memory"));
    let gone_on = Writer::<_, Paid>::append_to(file, &WriteOptions::new());
    assert!(matches!(gone_on, Err(WriteError::OtherMeaning(_))));
    // A sum of nine digits may be too long for a schema of eight; and one in seconds is no number of milliseconds.
    let shorter = text("micros", 2).replace("\"precision\": 9", "\"precision\": 8");
    assert_eq!(
        said(&shorter),
        "the file's schema has another logical type: `sum`: decimals of 9 digits can't be read as ones of at most 8"
    );
    begun(&shorter.replace("\"precision\": 8", "\"precision\": 10")).expect("room for all");
    let late = Writer::<_, Late>::with_schema(Vec::new(), &text("millis", 2), &options);
    assert!(
        late.expect_err("another unit").to_string().contains("a timestamp-seconds can't be read as a timestamp-millis")
    );
}

#[test]
fn a_record_that_can_not_be_written_leaves_nothing() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "test.Big")]
    struct Big {
        #[field(1)]
        text: String,
        #[field(2)]
        number: u64,
    }
    let big = |number| Big { text: "some bytes in front".to_owned(), number };
    let mut writer = Writer::new(Vec::new(), &WriteOptions::new()).expect("a schema");
    writer.write(&big(1)).expect("it fits");
    let error = writer.write(&big(u64::MAX)).expect_err("no long has so many");
    assert!(matches!(error, WriteError::Encode(_)), "{error}");
    writer.write(&big(2)).expect("it fits");
    let file = writer.finish().expect("memory");
    let read: Result<Vec<Big>, _> = Reader::new(&file[..]).expect("a header").records().expect("it fits").collect();
    assert_eq!(read.expect("whole"), [big(1), big(2)]);

    let schema =
        r#"{"type": "record", "name": "R", "fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "int"}]}"#;
    let mut writer = ValueWriter::with_schema(Vec::new(), schema, &WriteOptions::new()).expect("a schema");
    let arena = Arena::new();
    let value = |number| arena.record(&[Value::String("text"), Value::Int(number)]);
    writer.write(&value(1)).expect("it fits");
    assert!(writer.write(&value(i64::MAX)).is_err());
    let file = writer.finish().expect("memory");
    let mut values = Reader::new(&file[..]).expect("a header").values();
    assert_eq!(values.next_value().expect("whole"), Some(value(1)));
    assert_eq!(values.next_value().expect("whole"), None);
}

#[test]
fn bytes_of_one_size_in_a_union_are_read_back_as_themselves() {
    #[derive(Record, Debug, PartialEq, Clone)]
    enum Key {
        #[field(1)]
        Digest([u8; 16]),
        #[field(2)]
        Token([u8; 16]),
        #[field(3)]
        Keyed(BTreeMap<i32, [u8; 16]>),
    }
    #[derive(Record, Debug, PartialEq, Clone)]
    #[record(name = "test.Keys")]
    struct Keys {
        #[field(union)]
        key: Option<Key>,
    }
    let keyed = BTreeMap::from([(1, [3; 16])]);
    let all = [Key::Digest([1; 16]), Key::Token([2; 16]), Key::Keyed(keyed)].map(|key| Keys { key: Some(key) });
    let mut writer = Writer::new(Vec::new(), &WriteOptions::new()).expect("a schema");
    for keys in &all {
        writer.write(keys).expect("a record");
    }
    let file = writer.finish().expect("memory");
    let read: Result<Vec<Keys>, _> = Reader::new(&file[..]).expect("a header").records().expect("its own").collect();
    assert_eq!(read.expect("whole"), all);
}

/// Takes so many bytes, and then none.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 < bytes.len() {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.0 -= bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn nothing_is_written_behind_half_a_block() {
    let mut writer = Writer::new(Full(400), &options(Codec::Null)).expect("the header fits");
    let first = (0..100).find_map(|id| writer.write(&row(id)).err()).expect("it is full");
    assert!(matches!(first, WriteError::Io(_)), "{first}");
    assert!(matches!(writer.write(&row(0)), Err(WriteError::Broken)));
    assert!(matches!(writer.flush(), Err(WriteError::Broken)));
}

#[test]
fn a_file_is_gone_on_with() {
    for codec in codecs() {
        let begun = file(codec, 30);
        let before = begun.len();
        let mut writer = Writer::<_, Row>::append_to(Cursor::new(begun), &WriteOptions::new()).expect("our own file");
        for id in 30..60 {
            writer.write(&row(id)).expect("memory");
        }
        let file = writer.finish().expect("memory").into_inner();
        assert!(file.len() > before);
        assert_eq!(rows(&file).expect("whole"), (0..60).map(row).collect::<Vec<_>>(), "{codec:?}");
    }
}

#[test]
fn a_file_that_is_another_or_no_whole_one_is_not_gone_on_with() {
    #[derive(Record, Debug)]
    #[record(name = "test.Row")]
    struct Other {
        #[field(1)]
        id: i64,
    }
    let whole = file(Codec::Deflate, 30);
    let other = Writer::<_, Other>::append_to(Cursor::new(whole.clone()), &WriteOptions::new());
    assert!(matches!(other, Err(WriteError::OtherSchema)));
    for end in 0..whole.len() {
        let cut = Writer::<_, Row>::append_to(Cursor::new(whole[..end].to_vec()), &WriteOptions::new());
        let is_whole = crate::support::starts(&whole).contains(&end);
        assert_eq!(cut.is_ok(), is_whole, "cut at {end}");
    }
    let mut values = ValueWriter::append_to(Cursor::new(whole), &WriteOptions::new()).expect("a whole file");
    values.write(&Arena::new().record(&[Value::Int(30), Value::String("row number 30")])).expect("memory");
    let file = values.finish().expect("memory").into_inner();
    assert_eq!(rows(&file).expect("whole").last(), Some(&row(30)));
}

#[test]
fn every_level_that_can_be_written_is_read_within_strict_limits() {
    let levels = [(Codec::Deflate, 0, 9), (Codec::Bzip2, 1, 9), (Codec::Zstandard, 1, 22), (Codec::Xz, 0, 9)];
    for (codec, least, most) in levels.into_iter().filter(|(codec, ..)| codec.is_available()) {
        for level in [least, most] {
            let options = WriteOptions::new().with_compression(Compression::new(codec).with_level(level));
            let mut writer = Writer::new(Vec::new(), &options).expect("a level");
            (0..100).for_each(|id| writer.write(&row(id)).expect("memory"));
            let file = writer.finish().expect("memory");
            assert_eq!(rows(&file).expect("whole"), (0..100).map(row).collect::<Vec<_>>(), "{codec:?} at {level}");
        }
    }
}

/// Source: Avro 1.12, "Names".
#[test]
fn a_type_that_others_can_not_name_where_it_is_has_no_file() {
    #[derive(Record, Debug)]
    struct Loose {
        #[field(1)]
        x: i64,
    }
    #[derive(Record, Debug)]
    #[record(name = "a.Named")]
    struct Named {
        #[field(1)]
        one: Loose,
        #[field(2)]
        other: Loose,
    }
    #[derive(Record, Debug)]
    struct Root {
        #[field(1)]
        named: Named,
    }
    Writer::<_, Named>::new(Vec::new(), &WriteOptions::new()).expect("all are in the namespace of the outermost");
    let refused = Writer::<_, Root>::new(Vec::new(), &WriteOptions::new()).expect_err("in no namespace, inside of one");
    assert_eq!(
        refused.to_string(),
        "a schema that can't be written: `Loose` means the type without a namespace, as there is no `a.Loose`: name its type with a namespace"
    );
}
