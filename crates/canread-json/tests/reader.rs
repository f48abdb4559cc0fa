//! What is JSON and what is not, read piece by piece.

use canread_json::{Fault, Kind, Limits, Malformed, Reader, Writer};

/// The text written again on one line; or why it is none, with the place.
fn read(text: &str) -> String {
    let mut reader = Reader::new(text, &Limits::strict()).expect("not large");
    let mut out = String::new();
    let copied = copy(&mut reader, &mut Writer::compact(&mut out)).and_then(|()| reader.end());
    match copied {
        Ok(()) => out,
        Err(fault) => reader.error(fault).to_string(),
    }
}

fn copy(reader: &mut Reader<'_>, writer: &mut Writer<'_>) -> Result<(), Fault> {
    let mut scratch = String::new();
    match reader.peek()? {
        Kind::Object => {
            reader.begin_object()?;
            writer.begin_object();
            while let Some(key) = reader.key(&mut scratch)? {
                writer.key(&key);
                copy(reader, writer)?;
            }
            writer.end_object();
        }
        Kind::Array => {
            reader.begin_array()?;
            writer.begin_array();
            while reader.item()? {
                writer.item();
                copy(reader, writer)?;
            }
            writer.end_array();
        }
        Kind::String => writer.string(&reader.string(&mut scratch)?),
        Kind::Number => writer.number(reader.number()?),
        Kind::Bool => writer.bool(reader.bool()?),
        _ => {
            reader.null()?;
            writer.null();
        }
    }
    Ok(())
}

#[test]
fn what_is_json_is_read() {
    for text in ["{}", "[]", "null", "true", "false", "0", "-1.5e3", "\"\"", "[[],{}]", r#"{"a":[1,{"b":null}],"":2}"#]
    {
        assert_eq!(read(text), text);
    }
    assert_eq!(read(" { \"a\" : [ 1 , 2 ] }\r\n\t"), r#"{"a":[1,2]}"#);
    assert_eq!(read(r#""\"\\\/\b\f\n\r\tA\u00e9\ud83d\ude00é""#), r#""\"\\/\b\f\n\r\tAéé😀é""#.replace("éé", "é"));
    assert_eq!(read(r#""\u0000\u001F""#), r#""\u0000\u001f""#);
}

#[test]
fn what_is_not_json_is_refused_with_its_place() {
    for (text, error) in [
        ("", "the text ends inside a value at line 1, column 1"),
        ("{\"é\": x}", "no JSON: expected a value at line 1, column 7"),
        ("[1,\n 2,\n]", "no JSON: expected a value at line 3, column 1"),
        ("{\"a\":1,}", "no JSON: expected a key in double quotes at line 1, column 8"),
        ("{a:1}", "no JSON: expected a key in double quotes at line 1, column 2"),
        ("{\"a\" 1}", "no JSON: expected `:` behind a key at line 1, column 6"),
        ("{\"a\":1 \"b\":2}", "no JSON: expected `,` or `}` at line 1, column 8"),
        ("[1 2]", "no JSON: expected `,` or `]` at line 1, column 4"),
        ("[,]", "no JSON: expected a value at line 1, column 2"),
        ("[1}", "no JSON: expected `,` or `]` at line 1, column 3"),
        ("01", "no JSON: a number that is none at line 1, column 1"),
        ("1.5.2", "no JSON: a number that is none at line 1, column 4"),
        ("+1", "no JSON: expected a value at line 1, column 1"),
        ("nul!", "no JSON: expected a value at line 1, column 1"),
        ("NaN", "no JSON: expected a value at line 1, column 1"),
        ("'a'", "no JSON: expected a value at line 1, column 1"),
        ("\"\\x\"", "no JSON: `\\` with something behind it that stands for nothing at line 1, column 2"),
        ("\"\\u12g4\"", "no JSON: `\\` with something behind it that stands for nothing at line 1, column 2"),
        ("\"\\ud800\"", "no JSON: half of a surrogate pair at line 1, column 2"),
        ("\"\\ude00\\ud83d\"", "no JSON: half of a surrogate pair at line 1, column 2"),
        ("\"\\ud83d\\u0041\"", "no JSON: half of a surrogate pair at line 1, column 8"),
        ("\"a\nb\"", "no JSON: a control character in a string at line 1, column 3"),
        ("{} {}", "no JSON: more text behind the value at line 1, column 4"),
        ("\u{feff}1", "no JSON: expected a value at line 1, column 1"),
        ("/* */ 1", "no JSON: expected a value at line 1, column 1"),
    ] {
        assert_eq!(read(text), error, "{text}");
    }
    let error = Reader::from_slice(b"\"a\xff\"", &Limits::strict()).expect_err("no text");
    assert_eq!(error.to_string(), "no JSON: bytes that are not UTF-8 at line 1, column 3");
}

#[test]
fn every_truncation_is_told_from_what_is_wrong() {
    let text = r#"{"a\n": [true, false, null, -1.5e+3, "é\ud83d\ude00"], "b": {"c": {}}}"#;
    assert!(read(text).starts_with('{'));
    for length in (0..text.len()).filter(|length| text.is_char_boundary(*length)) {
        let error = read(&text[..length]);
        assert!(error.starts_with("the text ends"), "{length}: {error}");
    }
}

#[test]
fn a_value_of_another_kind_is_named() {
    let mut reader = Reader::new(" [1]", &Limits::strict()).expect("not large");
    assert_eq!(reader.bool(), Err(Fault::Kind { expected: Kind::Bool, found: Kind::Array }));
    assert_eq!(
        reader.error(reader.clone().null().expect_err("no null")).to_string(),
        "an array instead of null at line 1, column 2"
    );
}

#[test]
fn depth_memory_and_size_are_bounded() {
    let deep = "[".repeat(100_000);
    assert_eq!(read(&deep), "more than 100 levels of nesting at line 1, column 101");
    let skipped = Reader::new(&deep, &Limits::strict()).expect("not large").skip(&mut String::new());
    assert_eq!(skipped, Err(Fault::Limit(canread_json::Limit::Depth)));
    let limits = Limits::strict().with_allocated_bytes_max(1_000);
    let escaped = format!("\"{}\"", "\\n".repeat(10_000));
    let mut scratch = String::new();
    let refused = Reader::new(&escaped, &limits).expect("not large").string(&mut scratch).expect_err("too much");
    assert_eq!(refused, Fault::Limit(canread_json::Limit::AllocatedBytes));
    assert!(scratch.capacity() <= 1_000);
    // Found by a million inputs: what a clone asked for was no debt of the reader, which asked for as much once more.
    let texts: Vec<String> = (1..19).map(|times| format!("\"{}\"", "\\n".repeat(times * 50))).collect();
    let growing = format!("[{}]", texts.join(","));
    let mut reader = Reader::new(&growing, &limits).expect("not large");
    let mut scratch = String::new();
    reader.begin_array().expect("an array");
    while reader.item().expect("an item") {
        assert!(reader.clone().string(&mut scratch).is_ok());
        reader.skip(&mut scratch).expect("a text");
        assert!(scratch.capacity() <= 1_000, "{} bytes", scratch.capacity());
    }
    let error = Reader::new(&deep, &Limits::strict().with_bytes_max(10)).expect_err("too large");
    assert_eq!(error.to_string(), "more than 10 bytes of input at line 1, column 1");
}

#[test]
fn a_clone_looks_ahead() {
    let mut reader = Reader::new(r#"{"a": [1, {"b": "]"}], "c": 2}"#, &Limits::strict()).expect("not large");
    let mut scratch = String::new();
    reader.begin_object().expect("an object");
    let mut ahead = reader.clone();
    let mut keys = Vec::new();
    while let Some(key) = ahead.key(&mut scratch).expect("a key or the end") {
        keys.push(key.as_str().to_owned());
        ahead.skip(&mut String::new()).expect("a value");
    }
    assert_eq!((keys, ahead.end()), (vec!["a".to_owned(), "c".to_owned()], Ok(())));
    assert_eq!(reader.key(&mut scratch).expect("a key").as_deref(), Some("a"));
    assert_eq!(reader.end(), Err(Fault::Malformed(Malformed::TrailingText)));
    reader.follow(&ahead);
    assert_eq!(reader.end(), Ok(()));
}
