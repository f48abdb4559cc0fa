//! Files of apache/avro's test data.

use std::fs::File;
use std::io::Cursor;

use canread_avro::container::{Codec, ContainerErrorKind, Reader, WriteOptions, Writer};
use canread_avro::schema::{LinkOptions, read};
use canread_avro::single_object::{Encoder, Reader as ObjectReader, ValueEncoder, ValueReader, fingerprint, split};
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::Arena;
use canread_syntax::Sources;

/// Those in `share/test/data` that have the weather in them.
const WEATHER: &[(&str, Codec)] = &[
    ("weather.avro", Codec::Null),
    ("weather-deflate.avro", Codec::Deflate),
    ("weather-snappy.avro", Codec::Snappy),
    #[cfg(feature = "zstandard")]
    ("weather-zstd.avro", Codec::Zstandard),
    ("weather-sorted.avro", Codec::Deflate),
];

const RECORDS: [&str; 5] = [
    r#"{"station": "011990-99999", "time": -619524000000, "temp": 0}"#,
    r#"{"station": "011990-99999", "time": -619506000000, "temp": 22}"#,
    r#"{"station": "011990-99999", "time": -619484400000, "temp": -11}"#,
    r#"{"station": "012650-99999", "time": -655531200000, "temp": 111}"#,
    r#"{"station": "012650-99999", "time": -655509600000, "temp": 78}"#,
];

#[derive(Record, Debug, Clone, PartialEq, Eq, Hash)]
#[record(name = "test.Weather")]
struct Weather {
    #[field(1)]
    station: String,
    #[field(2)]
    time: i64,
    #[field(3)]
    temp: i32,
}

/// The same, read by a type that has less and in another order.
#[derive(Record, Debug, PartialEq)]
#[record(name = "test.Weather")]
struct Newer {
    #[field(1)]
    temp: i64,
    #[field(2)]
    station: String,
    #[field(3)]
    note: Option<String>,
}

#[test]
fn weather_is_read_in_every_codec() {
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    for (name, codec) in WEATHER {
        let path = root.join("share/test/data").join(name);
        let open = || Reader::new(File::open(&path).expect("a file of the corpus")).expect("a header");
        assert_eq!(open().header().codec(), *codec);
        let mut values = open().values();
        let layout = values.layout().clone();
        let mut shown = Vec::new();
        while let Some(value) = values.next_value().unwrap_or_else(|error| panic!("{name}: {error}")) {
            shown.push(layout.show(&value).to_string());
        }
        let mut expected = RECORDS.map(str::to_owned).to_vec();
        if name.contains("sorted") {
            shown.sort();
            expected.sort();
        }
        assert_eq!(shown, expected, "{name}");
        let records: Vec<Weather> = open().records().expect("it fits").map(|record| record.expect("whole")).collect();
        assert_eq!(records.len(), 5);
        let newer: Vec<Newer> = open().records().expect("it fits").map(|record| record.expect("whole")).collect();
        for (record, newer) in records.iter().zip(&newer) {
            let expected = Newer { temp: record.temp.into(), station: record.station.clone(), note: None };
            assert_eq!(*newer, expected);
        }
    }
}

#[test]
fn all_other_files_of_the_corpus_are_read_too() {
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    for (name, count) in
        [("syncInMeta.avro", 6001), ("schemas/simple/data.avro", 3), ("schemas/withUnion/data.avro", 3)]
    {
        let path = root.join("share/test/data").join(name);
        let file = File::open(&path).expect("a file of the corpus");
        let mut values = Reader::new(file).unwrap_or_else(|error| panic!("{name}: {error}")).values();
        let mut read = 0;
        while values.next_value().unwrap_or_else(|error| panic!("{name}: {error}")).is_some() {
            read += 1;
        }
        assert_eq!(read, count, "{name}");
    }
}

/// What Java wrote into `messageV1/test_message.bin`. Source: the README.md beside it.
#[derive(Record, Debug, PartialEq)]
#[record(name = "org.apache.avro.TestMessage")]
struct TestMessage {
    #[field(1)]
    id: i64,
    #[field(2)]
    name: String,
    #[field(3)]
    tags: Vec<String>,
}

#[test]
fn the_single_object_of_the_corpus_is_read_and_written_to_the_byte() {
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    let folder = root.join("share/test/data/messageV1");
    let object = std::fs::read(folder.join("test_message.bin")).expect("a file of the corpus");
    let text = std::fs::read(folder.join("test_schema.avsc")).expect("a file of the corpus");
    let mut sources = Sources::default();
    let file = sources.add("test_schema.avsc", "corpus", text);
    let schema = read(&[("test_schema.avsc", file)], &sources, &LinkOptions::default()).schema;
    let (asked, record) = split(&object).expect("an object");
    assert_eq!((asked, record.len()), (0x3df5_42a2_f8e1_2da9, object.len() - 10));
    assert_eq!(fingerprint(&schema), Ok(asked));
    let store = |fingerprint: u64| -> Option<Schema> { (fingerprint == asked).then(|| schema.clone()) };

    let (reader, arena) = (ValueReader::new(store), Arena::new());
    let (layout, value) = reader.read(&object, &arena).expect("a value of the schema");
    let expected = r#"{"id": 42, "name": "Bill", "tags": ["dog_lover", "cat_hater"]}"#;
    assert_eq!(layout.show(&value).to_string(), expected);
    assert_eq!(ValueEncoder::new(&schema).expect("a record").to_vec(&value).as_ref(), Ok(&object));

    let message = ObjectReader::<TestMessage, _>::new(store).read(&object).expect("it fits");
    let tags = ["dog_lover", "cat_hater"].map(str::to_owned).to_vec();
    assert_eq!(message, TestMessage { id: 42, name: "Bill".to_owned(), tags });
    assert_eq!(Encoder::new().expect("a record").to_vec(&message), Ok(object));
}

/// Files of Avro 1.2 and before have a zero where today's have a one, and lie otherwise.
#[test]
fn the_file_of_the_corpus_in_the_format_before_this_one_is_refused() {
    let Some(root) = canread_testing::corpus("avro/apache-avro") else { return };
    let file = std::fs::read(root.join("share/test/data/test.avro12")).expect("a file of the corpus");
    assert_eq!(file[..4], *b"Obj\0");
    let error = Reader::new(&file[..]).expect_err("another version");
    assert!(matches!(error.kind(), ContainerErrorKind::NotAContainer), "{error}");
    let text = "not an Avro object container file: its first bytes are not `Obj` and 1, at byte 0 of the file";
    assert_eq!(error.to_string(), text);
    assert!(Writer::<_, Weather>::append_to(Cursor::new(file), &WriteOptions::new()).is_err());
}

fn fixture(name: &str) -> Vec<u8> {
    let path = canread_testing::workspace_root().join("fixtures/avro").join(name).join("bytes.hex");
    let text: String = std::fs::read_to_string(path).expect("the fixture is there").split_whitespace().collect();
    let pairs = (0..text.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("hexadecimal digits")).collect()
}

#[test]
fn golden_files_are_read_and_gone_on_with() {
    let names = ["weather", "weather_deflate", "weather_snappy", "weather_bzip2", "weather_zstandard", "weather_xz"];
    for (name, codec) in names.into_iter().zip(Codec::ALL) {
        if !codec.is_available() {
            assert!(Reader::new(&fixture(name)[..]).is_err_and(|error| error.to_string().contains("not built in")));
            continue;
        }
        let file = fixture(name);
        let read = |file: &[u8]| -> Vec<Weather> {
            let records = Reader::new(file).expect("a header").records().expect("it fits");
            records.map(|record| record.unwrap_or_else(|error| panic!("{name}: {error}"))).collect()
        };
        let records = read(&file);
        assert_eq!(Reader::new(&file[..]).expect("a header").header().codec(), codec);
        let shown =
            |one: &Weather| format!(r#"{{"station": "{}", "time": {}, "temp": {}}}"#, one.station, one.time, one.temp);
        assert_eq!(records.iter().map(shown).collect::<Vec<_>>(), RECORDS, "{name}");
        let mut writer = Writer::append_to(Cursor::new(file), &WriteOptions::new()).expect("the type's schema");
        writer.write(&records[0]).expect("memory");
        let longer = writer.finish().expect("memory").into_inner();
        assert_eq!(read(&longer), [&records[..], &records[..1]].concat(), "{name}");
    }
}
