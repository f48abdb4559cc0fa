//! Inputs of texts, files and streams that ask for much with little.

use canread_avro::container::Codec;

use crate::avro_layers::{self, file};
use crate::families::Family;
use crate::mutate::{field, varint};
use crate::protobuf_layers;
use crate::texts;

/// All of them.
pub(crate) fn families() -> Vec<Family> {
    let mut families = texts_families();
    families.extend(avro_json_families());
    families.extend(files_and_streams());
    families
}

/// So many of one in front of what ends them.
fn list(start: &str, one: &str, end: &str, count: usize) -> Vec<u8> {
    let items = vec![one; count].join(",");
    format!("{start}{items}{end}").into_bytes()
}

/// Each key once.
fn map(start: &str, value: &str, end: &str, count: usize) -> Vec<u8> {
    let entries: Vec<String> = (0..count).map(|at| format!("\"{at}\":{value}")).collect();
    list(start, &entries.join(","), end, 1)
}

fn texts_families() -> Vec<Family> {
    let json = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: vec![texts::json_decoder("a value", texts::everything_layout(), vec![])],
        input: Box::new(input),
    };
    let text = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: vec![texts::text_decoder("a value", texts::everything_layout(), vec![])],
        input: Box::new(input),
    };
    vec![
        json("json: empty messages", |count| list("{\"messages\":[", "{}", "]}", count)),
        json("json: numbers", |count| list("{\"int32s\":[", "0", "]}", count)),
        json("json: truth values", |count| list("{\"truths\":[", "true", "]}", count)),
        json("json: empty texts", |count| list("{\"texts\":[", "\"\"", "]}", count)),
        json("json: texts with escapes", |count| list("{\"texts\":[", "\"\\n\"", "]}", count)),
        json("json: one text with escapes", |count| format!("{{\"text\":\"{}\"}}", "\\n".repeat(count)).into_bytes()),
        json("json: empty bytes", |count| list("{\"datas\":[", "\"\"", "]}", count)),
        json("json: nulls", |count| list("{\"nothings\":[", "null", "]}", count)),
        json("json: any values", |count| list("{\"anythings\":[", "0", "]}", count)),
        json("json: a list of any values", |count| list("{\"list\":[", "0", "]}", count)),
        json("json: empty lists of any values", |count| list("{\"list\":[", "[]", "]}", count)),
        json("json: keys of a struct", |count| map("{\"struct\":{", "0", "}}", count)),
        json("json: keys of a map", |count| map("{\"byText\":{", "\"\"", "}}", count)),
        json("json: empty messages in a map", |count| map("{\"byInt32\":{", "{}", "}}", count)),
        json("json: deep messages", |count| {
            let deep = "{\"nested\":".repeat(97) + "{}" + &"}".repeat(97);
            list("{\"messages\":[", &deep, "]}", count.div_ceil(50))
        }),
        json("json: unknown fields", |count| list("{", "\"unknown\":0", "}", count)),
        json("json: brackets", |count| format!("{{\"value\":{}", "[".repeat(count)).into_bytes()),
        json("json: space", |count| format!("{{{}}}", " ".repeat(count)).into_bytes()),
        json("json: a long number", |count| format!("{{\"aDouble\":1{}}}", "0".repeat(count)).into_bytes()),
        json("json: paths of a mask", |count| format!("{{\"mask\":\"{}\"}}", vec!["a"; count].join(",")).into_bytes()),
        text("text: empty messages", |count| "messages{}".repeat(count).into_bytes()),
        text("text: a list of empty messages", |count| list("messages:[", "{}", "]", count)),
        text("text: numbers", |count| list("int32s:[", "0", "]", count)),
        text("text: numbers apart", |count| "int32s:0 ".repeat(count).into_bytes()),
        text("text: truth values apart", |count| "truths:t ".repeat(count).into_bytes()),
        text("text: empty texts", |count| list("texts:[", "''", "]", count)),
        text("text: texts with escapes", |count| list("texts:[", "'\\n'", "]", count)),
        text("text: one text of many pieces", |count| format!("text:{}", "'x'".repeat(count)).into_bytes()),
        text("text: entries without a key", |count| "by_text{}".repeat(count).into_bytes()),
        text("text: deep messages", |count| {
            let deep = "nested{".repeat(97) + &"}".repeat(97);
            format!("messages{{{deep}}}").repeat(count.div_ceil(50)).into_bytes()
        }),
        text("text: comments", |count| "#\n".repeat(count).into_bytes()),
        text("text: a long name", |count| "X".repeat(count).into_bytes()),
        text("text: a long name in pieces", |count| format!("[a{}]:0", ". a".repeat(count)).into_bytes()),
    ]
}

/// One of everything that lists may hold.
const AVRO_JSON: &str = r#"{"type": "record", "name": "R", "fields": [
    {"name": "empty", "type": {"type": "array", "items": {"type": "record", "name": "E", "fields": []}}},
    {"name": "ints", "type": {"type": "array", "items": "int"}},
    {"name": "texts", "type": {"type": "array", "items": "string"}},
    {"name": "nulls", "type": {"type": "array", "items": ["null", "R"]}},
    {"name": "lists", "type": {"type": "array", "items": {"type": "array", "items": "int"}}},
    {"name": "map", "type": {"type": "map", "values": "int"}},
    {"name": "bytes", "type": "bytes"},
    {"name": "double", "type": "double"}]}"#;

/// A record that has those fields, and another one in place of it.
fn avro_json(field: &str, value: &str) -> String {
    let empty = [
        ("empty", "[]"),
        ("ints", "[]"),
        ("texts", "[]"),
        ("nulls", "[]"),
        ("lists", "[]"),
        ("map", "{}"),
        ("bytes", "\"\""),
        ("double", "0"),
    ];
    let fields = empty.map(|(name, nothing)| format!("\"{name}\":{}", if name == field { value } else { nothing }));
    format!("{{{}}}", fields.join(","))
}

fn avro_json_families() -> Vec<Family> {
    let family = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: vec![texts::avro_json_decoder("a value", crate::generated::avro_layout(AVRO_JSON), vec![])],
        input: Box::new(input),
    };
    vec![
        family("avro json: empty records", |count| avro_json_list("empty", "{}", count)),
        family("avro json: numbers", |count| avro_json_list("ints", "0", count)),
        family("avro json: empty texts", |count| avro_json_list("texts", "\"\"", count)),
        family("avro json: texts with escapes", |count| avro_json_list("texts", "\"\\n\"", count)),
        family("avro json: nulls", |count| avro_json_list("nulls", "null", count)),
        family("avro json: empty lists", |count| avro_json_list("lists", "[]", count)),
        family("avro json: keys of a map", |count| {
            avro_json("map", &String::from_utf8_lossy(&map("{", "0", "}", count))).into_bytes()
        }),
        family("avro json: one key of a map", |count| {
            avro_json("map", &String::from_utf8_lossy(&list("{", "\"a\":0", "}", count))).into_bytes()
        }),
        family("avro json: bytes with escapes", |count| {
            avro_json("bytes", &format!("\"{}\"", "\\u00ff".repeat(count))).into_bytes()
        }),
        family("avro json: deep records", |count| {
            let mut deep = avro_json("", "");
            for _ in 0..20 {
                deep = avro_json("nulls", &format!("[{{\"R\":{deep}}}]"));
            }
            avro_json_list("nulls", &format!("{{\"R\":{deep}}}"), count.div_ceil(400))
        }),
        family("avro json: brackets", |count| avro_json("lists", &"[".repeat(count)).into_bytes()),
        family("avro json: space", |count| format!("{{{}}}", " ".repeat(count)).into_bytes()),
        family("avro json: a long number", |count| {
            avro_json("double", &format!("1{}", "0".repeat(count))).into_bytes()
        }),
        family("avro json: unknown fields", |count| list("{", "\"unknown\":0", "}", count)),
        family("avro json: one field again", |count| list("{", "\"double\":0", "}", count)),
    ]
}

fn avro_json_list(field: &str, one: &str, count: usize) -> Vec<u8> {
    avro_json(field, &String::from_utf8_lossy(&list("[", one, "]", count))).into_bytes()
}

fn many_rows(count: usize) -> Vec<avro_layers::Row> {
    avro_layers::rows().into_iter().cycle().take(count).collect()
}

fn files_and_streams() -> Vec<Family> {
    let containers = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: avro_layers::null_decoders(),
        input: Box::new(input),
    };
    let delimited = |name: &'static str, input: fn(usize) -> Vec<u8>| Family {
        name,
        decoders: protobuf_layers::delimited_decoders(),
        input: Box::new(input),
    };
    vec![
        containers("container: rows", |count| file(Codec::Null, &many_rows(count), 4_000)),
        containers("container: rows in blocks of their own", |count| file(Codec::Null, &many_rows(count), 1)),
        containers("container: blocks without rows", |count| {
            [file(Codec::Null, &[], 1), [&[0, 0][..], &avro_layers::MARKER].concat().repeat(count)].concat()
        }),
        containers("container: damaged blocks", |count| {
            [file(Codec::Null, &[], 1), [&[2, 2, 0xff][..], &avro_layers::MARKER].concat().repeat(count)].concat()
        }),
        containers("container: markers of something else", |count| {
            [file(Codec::Null, &[], 1), [2, 2, 0].to_vec(), avro_layers::MARKER[..15].repeat(count)].concat()
        }),
        delimited("delimited: empty messages", |count| vec![0; count]),
        delimited("delimited: messages of a field", |count| [3, 0x72, 1, b'x'].repeat(count)),
        delimited("delimited: a long message", |count| {
            let body = field(14, &vec![b'x'; count]);
            let mut bytes = Vec::new();
            varint(body.len() as u64, &mut bytes);
            [bytes, body].concat()
        }),
        Family {
            name: "framing: many indexes",
            decoders: protobuf_layers::framing_decoders(),
            input: Box::new(|count| {
                let mut bytes = vec![0, 0, 0, 0, 7];
                varint(2 * count as u64, &mut bytes);
                [bytes, vec![2; count]].concat()
            }),
        },
        Family {
            name: "stream: rows",
            decoders: avro_layers::stream_decoders(),
            input: Box::new(|count| avro_layers::stream_of(count.div_ceil(6))),
        },
        Family {
            name: "stream: a long text",
            decoders: avro_layers::stream_decoders(),
            input: Box::new(avro_layers::stream_of_a_long_text),
        },
        // In pieces of 97 bytes, each of which once made all before it be read again.
        Family {
            name: "stream: a row of many tags",
            decoders: avro_layers::stream_decoders(),
            input: Box::new(avro_layers::stream_of_many_tags),
        },
    ]
}
