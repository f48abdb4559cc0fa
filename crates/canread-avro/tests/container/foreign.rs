//! Files of apache/avro's test data.

use std::fs::File;
use std::io::Cursor;

use canread_avro::container::{Codec, Reader, WriteOptions, Writer};
use canread_derive::CoreRecord as Record;

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
