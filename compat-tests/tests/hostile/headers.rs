//! Headers of container files whose schema asks for much with little.

use canread_avro::container::Reader;
use canread_testing::small_stack_bytes;
use canread_wire::Limits;

use crate::avro_layers::{MARKER, limited, refused};
use crate::decoder::{Decoder, Grammar, Trial, error_bytes};
use crate::families::Family;
use crate::generated;
use crate::heap::measured;
use crate::mutate::{BYTES_MAX, varint};

/// What reads a header, and holds what it says.
fn decoder() -> Decoder {
    Decoder::new("a header", Grammar::Avro, vec![], |input, limits| {
        let (read, peak) = measured(|| Reader::with_limits(input, &limited(limits)));
        Trial { peak, read: read.map(|_| input.to_vec()).map_err(refused) }
    })
}

fn entry(key: &str, value: &[u8], into: &mut Vec<u8>) {
    for part in [key.as_bytes(), value] {
        varint(2 * part.len() as u64, into);
        into.extend_from_slice(part);
    }
}

/// A file without blocks, of a schema.
fn header(schema: &str) -> Vec<u8> {
    header_of(schema.as_bytes())
}

fn header_of(schema: &[u8]) -> Vec<u8> {
    let mut bytes = b"Obj\x01\x02".to_vec();
    entry("avro.schema", schema, &mut bytes);
    [&bytes[..], &[0], &MARKER].concat()
}

/// What reads a text as the schema of a header.
pub(crate) fn text_decoder() -> Decoder {
    let texts = (0..300).flat_map(|seed| <[String; 2]>::from(generated::avro_schemas(seed)));
    let short = texts.filter(|text| text.len() < 500).take(40).map(String::into_bytes);
    Decoder::new("container: a header's schema", Grammar::Text, short.collect(), |text, limits| {
        let input = header_of(text);
        let (read, peak) = measured(|| Reader::with_limits(&input[..], &limited(limits)));
        let read = read.map(|reader| reader.header().schema_text().as_bytes().to_vec());
        Trial { peak, read: read.map_err(refused) }
    })
    // The largest factor of the families here.
    .amplifying(120)
    .beside(beside(&[0; BYTES_MAX]))
    .slow(10)
}

/// A schema with so many of one thing, each with its number where `#` stands.
fn schema_of(start: &str, one: &str, end: &str, count: usize) -> Vec<u8> {
    let items: Vec<String> = (0..count).map(|at| one.replace('#', &format!("{at:x}"))).collect();
    header(&format!("{start}{}{end}", items.join(",")))
}

/// The start of a record's fields.
const RECORD: &str = r#"{"type":"record","name":"R","fields":["#;

/// A name as long as nobody's.
fn long_name() -> String {
    "n".repeat(500)
}

/// All of them.
pub(crate) fn families() -> Vec<Family> {
    let mut families = fields_and_types();
    families.extend(words_and_names());
    families.extend(defaults());
    families.extend(long_texts());
    families.extend(resolved());
    families
}

fn of(name: &'static str, input: fn(usize) -> Vec<u8>) -> Family {
    Family { name, decoders: vec![decoder()], input: Box::new(input) }
}

/// What resolves the schema of a header by itself, and by one whose numbers are wider.
fn resolver() -> Decoder {
    Decoder::new("a plan", Grammar::Avro, vec![], |input, limits| {
        let wider = || {
            let text = String::from_utf8_lossy(input).replace(r#""int""#, r#""long""#);
            let schema = text.get(text.find(['{', '['])?..text.rfind([']', '}'])?.saturating_add(1))?.to_owned();
            Some(generated::avro_schema(&schema))
        };
        let wider = wider().expect("a header with a schema");
        let (read, peak) = measured(|| {
            let reader = Reader::with_limits(input, &limited(limits))?;
            let own = reader.header().schema().clone();
            reader.values_as(&own)?;
            Reader::with_limits(input, &limited(limits))?.values_as(&wider).map(drop)
        });
        Trial { peak, read: read.map(|()| input.to_vec()).map_err(refused) }
    })
}

/// Families of what is looked for in another schema.
fn resolved() -> Vec<Family> {
    let of = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: vec![resolver()],
        input: Box::new(input),
    };
    vec![
        of("resolved: fields", |count| schema_of(RECORD, r#"{"name":"f#","type":"int"}"#, "]}", count)),
        of("resolved: records of a union", |count| {
            let one = r#"{"type":"record","name":"R#","fields":[{"name":"f","type":"int"}]}"#;
            schema_of("[", one, "]", count)
        }),
        of("resolved: fixeds of a union, of one name", |count| {
            schema_of("[", r#"{"type":"fixed","name":"n#.F","size":1}"#, "]", count)
        }),
        of("resolved: records in each other", |count| {
            let one = r#"{"name":"f#","type":{"type":"record","name":"T#","fields":[{"name":"x","type":["null","T#"]},{"name":"y","type":"int"}]}}"#;
            schema_of(RECORD, one, "]}", count)
        }),
        of("resolved: symbols", |count| schema_of(r#"{"type":"enum","name":"E","symbols":["#, r#""s#""#, "]}", count)),
    ]
}

fn fields_and_types() -> Vec<Family> {
    vec![
        of("header: fields", |count| schema_of(RECORD, r#"{"name":"f#","type":"int"}"#, "]}", count)),
        of("header: fields of one name", |count| schema_of(RECORD, r#"{"name":"f","type":"int"}"#, "]}", count)),
        of("header: fields of lists", |count| {
            schema_of(RECORD, r#"{"name":"f#","type":{"type":"array","items":"int"}}"#, "]}", count)
        }),
        of("header: fields of perhaps a number", |count| {
            schema_of(RECORD, r#"{"name":"f#","type":["null","int"],"default":null}"#, "]}", count)
        }),
        of("header: fields of a union", |count| {
            schema_of(RECORD, r#"{"name":"f#","type":["int","string"]}"#, "]}", count)
        }),
        of("header: records of a field", |count| {
            let one = r#"{"name":"f#","type":{"type":"record","name":"T#","fields":[{"name":"x","type":"int"}]}}"#;
            schema_of(RECORD, one, "]}", count)
        }),
        of("header: fixeds of a union", |count| schema_of("[", r#"{"type":"fixed","name":"F#","size":1}"#, "]", count)),
        of("header: enums of a union", |count| {
            schema_of("[", r#"{"type":"enum","name":"E#","symbols":["A"]}"#, "]", count)
        }),
        of("header: ints of a union", |count| schema_of("[", r#""int""#, "]", count)),
        of("header: unions of a union", |count| schema_of("[", "[]", "]", count)),
    ]
}

fn words_and_names() -> Vec<Family> {
    vec![
        of("header: symbols", |count| schema_of(r#"{"type":"enum","name":"E","symbols":["#, r#""s#""#, "]}", count)),
        of("header: one symbol again", |count| {
            schema_of(r#"{"type":"enum","name":"E","symbols":["#, r#""s""#, "]}", count)
        }),
        of("header: fields of a type that nobody declares", |count| {
            schema_of(RECORD, r#"{"name":"f#","type":"Q#"}"#, "]}", count)
        }),
        of("header: fields that are none", |count| schema_of(RECORD, "0", "]}", count)),
        of("header: names of a type", |count| {
            schema_of(r#"{"type":"fixed","name":"F","size":1,"aliases":["#, r#""a#""#, "]}", count)
        }),
        of("header: names of a field", |count| {
            let start = r#"{"type":"record","name":"R","fields":[{"name":"f","type":"int","aliases":["#;
            schema_of(start, r#""a#""#, "]}]}", count)
        }),
        of("header: properties", |count| schema_of(r#"{"type":"int","#, r#""p#":0"#, "}", count)),
        of("header: a property of lists", |count| schema_of(r#"{"type":"int","p":["#, "[]", "]}", count)),
        of("header: one key again", |count| schema_of(r#"{"type":"int","#, r#""p":0"#, "}", count)),
    ]
}

fn defaults() -> Vec<Family> {
    vec![
        of("header: defaults of lists", |count| {
            let one = r#"{"name":"f#","type":{"type":"array","items":"int"},"default":[1,2,3,4,5,6,7,8,9]}"#;
            schema_of(RECORD, one, "]}", count)
        }),
        of("header: a default of numbers", |count| {
            let start = r#"{"type":"record","name":"R","fields":[{"name":"f","type":{"type":"array","items":"int"},"default":["#;
            schema_of(start, "0", "]}]}", count)
        }),
        of("header: a default of entries", |count| {
            let start =
                r#"{"type":"record","name":"R","fields":[{"name":"f","type":{"type":"map","values":"int"},"default":{"#;
            schema_of(start, r#""k#":0"#, "}}]}", count)
        }),
        of("header: a default of fields", |count| {
            let each =
                |one: &str| (0..count).map(|at| one.replace('#', &format!("{at:x}"))).collect::<Vec<_>>().join(",");
            header(&format!(
                r#"{{"type":"record","name":"R","fields":[{{"name":"a","type":{{"type":"record","name":"D","fields":[{}]}},"default":{{{}}}}}]}}"#,
                each(r#"{"name":"f#","type":"int"}"#),
                each(r#""f#":0"#)
            ))
        }),
        of("header: defaults of defaults", |count| {
            let start = r#"{"type":"record","name":"R","fields":[{"name":"a","type":{"type":"record","name":"D","fields":[
                {"name":"x","type":"int","default":1},{"name":"y","type":"string","default":""}]}},"#;
            schema_of(start, r#"{"name":"f#","type":"D","default":{}}"#, "]}", count)
        }),
    ]
}

fn long_texts() -> Vec<Family> {
    vec![
        of("header: types in a namespace of 500 letters", |count| {
            let start = format!(
                r#"{{"type":"record","name":"R","namespace":"{}","fields":[{{"name":"f","type":["#,
                long_name()
            );
            schema_of(&start, r#"{"type":"fixed","name":"F#","size":1}"#, "]}]}", count)
        }),
        of("header: unions in a record of 500 letters", |count| {
            let start = format!(r#"{{"type":"record","name":"{}","fields":["#, long_name());
            schema_of(&start, r#"{"name":"f#","type":["int","string"]}"#, "]}", count)
        }),
        of("header: a long name", |count| header(&format!("\"{}\"", "x".repeat(count)))),
        of("header: a long text with escapes", |count| {
            header(&format!(r#"{{"type":"int","doc":"{}"}}"#, "\\n".repeat(count)))
        }),
        of("header: a long name that is none", |count| header(&format!("\"{}\"", "\u{7f}".repeat(count)))),
        of("header: space", |count| header(&format!("{}\"int\"", " ".repeat(count)))),
        of("header: brackets", |count| header(&"[".repeat(count))),
        of("header: commas", |count| header(&format!("[{}]", ",".repeat(count)))),
        of("header: words", |count| header(&format!("[{}]", "a ".repeat(count)))),
        of("header: metadata", |count| {
            let count = count.min(499);
            let mut bytes = b"Obj\x01".to_vec();
            varint(2 * (count as u64 + 1), &mut bytes);
            entry("avro.schema", b"\"int\"", &mut bytes);
            (0..count).for_each(|at| entry(&format!("{at:x}"), b"", &mut bytes));
            [&bytes[..], &[0], &MARKER].concat()
        }),
    ]
}

/// What a header takes beside what is made of its schema: its bytes as they come and its metadata; and what is wrong with it.
fn beside(input: &[u8]) -> usize {
    3 * input.len() + (128 << 10)
}

#[test]
fn a_header_takes_no_more_memory_than_is_allowed() {
    let small = std::thread::Builder::new().stack_size(small_stack_bytes());
    small.spawn(within_all_limits).expect("a thread starts").join().expect("see above");
}

fn within_all_limits() {
    let mut wrong = Vec::new();
    for family in families() {
        for count in [3, 1_025, 8_193] {
            let input = (family.input)(count);
            let decoder = &family.decoders[0];
            let whole = decoder.decode(&input, &Limits::strict()).peak;
            for part in [0, 1, 2, 4, 5, 6, 7, 8, 12, 16] {
                let allowed = whole / 8 * part;
                let trial = decoder.decode(&input, &Limits::strict().with_allocated_bytes_max(allowed as u64));
                let most = allowed + beside(&input) + error_bytes(&trial.read);
                if trial.peak > most {
                    wrong.push(format!("{} of {count}: {} bytes where {allowed} are allowed", family.name, trial.peak));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
