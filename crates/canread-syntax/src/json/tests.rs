//! What the parser understands, and what it says about what it does not.

use super::*;
use crate::Sources;

fn parse_text(text: &str) -> Parsed<'_> {
    parse(FileId(0), text, Limits::default())
}

fn root(text: &str) -> Node<'_> {
    let parsed = parse_text(text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.root.expect("a text without errors has a value")
}

/// The tree in few letters: brackets by kind, keys and other values as their spans give them.
fn outline(text: &str, node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Array(elements) => {
            let elements: Vec<_> = elements.iter().map(|element| outline(text, element)).collect();
            format!("[{}]", elements.join(" "))
        }
        Kind::Object(members) => {
            let key = |member: &Member<'_>| text[member.key_span.range()].to_owned();
            let members: Vec<_> =
                members.iter().map(|member| format!("{}={}", key(member), outline(text, &member.value))).collect();
            format!("{{{}}}", members.join(" "))
        }
        _ => text[node.span.range()].to_owned(),
    }
}

/// One line for each diagnostic: where it is, the marked text, the message; further places behind `+`.
fn report(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("f", "v", text.as_bytes().to_vec());
    assert_eq!(sources.diagnostics(), []);
    let lines = parse(file, text, Limits::default()).diagnostics.into_iter().map(|problem| {
        let place = |label: &crate::Label| {
            let start = sources.position(label.span);
            format!("{}:{} `{}`", start.line, start.column, sources.text(label.span).escape_debug())
        };
        let places: Vec<_> = problem.labels.iter().map(place).collect();
        let (first, more) = places.split_first().expect("every problem has a place");
        [&[format!("{first} {}", problem.message)], more].concat().join(" + ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The text after all patches that its diagnostics offer.
fn mended(text: &str) -> String {
    let mut edits: Vec<_> = parse_text(text)
        .diagnostics
        .into_iter()
        .filter_map(|problem| problem.patch)
        .flat_map(|patch| patch.edits)
        .collect();
    edits.sort_by_key(|edit| edit.span.start);
    let mut mended = text.to_owned();
    for edit in edits.iter().rev() {
        mended.replace_range(edit.span.range(), &edit.text);
    }
    mended
}

#[test]
fn spans_cover_exactly_keys_and_values() {
    let text = " { \"a\" : [ 1.50 , \"x\\n\" , true ] ,\r\n\"é\": {\"\": null}, \"e\": [], \"o\": { } } ";
    let tree = root(text);
    assert_eq!(outline(text, &tree), r#"{"a"=[1.50 "x\n" true] "é"={""=null} "e"=[] "o"={}}"#);
    for (pointer, expected) in
        [("", text.trim()), ("/a", "[ 1.50 , \"x\\n\" , true ]"), ("/o", "{ }"), ("/é", "{\"\": null}")]
    {
        let node = tree.pointer(pointer).expect("a value is there");
        assert_eq!(&text[node.span.range()], expected, "{pointer}");
    }
    let member = tree.member("é").expect("there is an é");
    assert_eq!(&text[member.span().range()], "\"é\": {\"\": null}");
}

#[test]
fn spans_name_their_file() {
    let parsed = parse(FileId(7), "[1, ]", Limits::default());
    assert_eq!(parsed.diagnostics[0].span().map(|span| span.file), Some(FileId(7)));
    assert_eq!(parsed.root.map(|root| root.span.file), Some(FileId(7)));
}

#[test]
fn strings_are_decoded_and_borrowed_where_they_can_be() {
    let strings = root(r#"["plain é 😀", "\"\\\/\b\f\n\r\t", "\u00e9\uD83D\uDE00\u0000", "a\u0062c", ""]"#);
    let expected = ["plain é 😀", "\"\\/\u{8}\u{c}\n\r\t", "é😀\0", "abc", ""];
    let elements = strings.as_array().expect("an array");
    assert_eq!(elements.iter().map(|node| node.as_str().expect("a string")).collect::<Vec<_>>(), expected);
    let borrowed = |node: &Node<'_>| matches!(node.kind, Kind::String(std::borrow::Cow::Borrowed(_)));
    assert_eq!(elements.iter().map(borrowed).collect::<Vec<_>>(), [true, false, false, false, true]);
}

#[test]
fn accessors_give_a_value_only_of_their_kind() {
    let tree = root(r#"{"n": null, "b": true, "i": -5, "f": 1.5, "s": "x", "a": [1], "o": {"k": 2}}"#);
    let get = |key| tree.get(key).expect("the key is there");
    assert!(get("n").is_null() && !get("b").is_null());
    assert_eq!((get("b").as_bool(), get("n").as_bool()), (Some(true), None));
    assert_eq!((get("i").as_i64(), get("i").as_u64(), get("i").as_f64()), (Some(-5), None, Some(-5.0)));
    assert_eq!((get("f").as_i64(), get("f").as_f64(), get("s").as_f64()), (None, Some(1.5), None));
    assert_eq!((get("s").as_str(), get("i").as_str()), (Some("x"), None));
    assert_eq!((get("a").as_array().map(<[_]>::len), get("o").as_array()), (Some(1), None));
    assert_eq!((get("o").as_object().map(<[_]>::len), get("a").as_object()), (Some(1), None));
    assert_eq!((tree.get("x"), get("s").get("x")), (None, None));
    let names = ["n", "b", "i", "f", "s", "a", "o"].map(|key| get(key).kind.name());
    assert_eq!(names, ["null", "boolean", "number", "number", "string", "array", "object"]);
}

#[test]
fn members_keep_their_order_and_repeated_keys() {
    let text = r#"{"b": 1, "a": 2, "\u0062": 3}"#;
    let tree = parse_text(text).root.expect("a value");
    let members: Vec<_> =
        tree.as_object().into_iter().flatten().map(|member| (&*member.key, member.value.as_i64())).collect();
    assert_eq!(members, [("b", Some(1)), ("a", Some(2)), ("b", Some(3))]);
    assert_eq!(tree.get("b").and_then(Node::as_i64), Some(3), "the last counts");
}

#[test]
fn a_repeated_key_is_a_warning_that_names_its_places() {
    assert_eq!(
        report(r#"{"b": 1, "a": 2, "\u0062": 3, "b": {"b": 4}}"#),
        r#"1:18 `\"\\u0062\"` the key `b` is repeated in one object + 1:2 `\"b\"` + 1:31 `\"b\"`"#
    );
    let parsed = parse_text(r#"{"b": 1, "b": 1}"#);
    assert!(parsed.document().is_some() && !parsed.diagnostics[0].is_error());
}

#[test]
fn large_objects_report_repeated_keys_as_small_ones_do() {
    let members: Vec<String> = (0..1000).map(|number| format!("\"k{}\": 0", number % 990)).collect();
    let text = format!("{{{}}}", members.join(","));
    let parsed = parse_text(&text);
    assert_eq!(parsed.diagnostics.len(), 10);
    let first = |problem: &Diagnostic| {
        problem.labels.iter().map(|label| text[label.span.range()].to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(first(&parsed.diagnostics[3]), ["\"k3\"", "\"k3\""]);
}

#[test]
fn warnings_are_bounded() {
    let text = format!("[{}]", [r#"{"a":1,"a":2}"#; 300].join(","));
    let parsed = parse_text(&text);
    assert_eq!(parsed.diagnostics.len(), ERRORS_MAX + 1);
    assert_eq!(parsed.diagnostics.last().map(|last| &*last.message), Some("200 more objects repeat a key"));
    assert!(parsed.document().is_some());
    let text = format!("{{{}}}", [r#""a":1"#; 300].join(","));
    let [problem] = &parse_text(&text).diagnostics[..] else { panic!("one warning for one key") };
    assert_eq!((problem.labels.len(), &*problem.notes[0]), (7, "and 293 more times"));
}

#[test]
fn a_byte_order_mark_is_ignored_at_the_start_only() {
    let tree = root("\u{feff}[1]");
    assert_eq!((tree.span.start, tree.span.end), (3, 6));
    assert_eq!(report("\u{feff}\u{feff}[1]"), "1:1 `\\u{feff}` U+FEFF is not allowed here");
    assert_eq!(report("\u{feff}"), "1:1 `` expected a JSON value, found an empty file");
}

/// Each text has one cause, and so one error at the smallest place.
#[test]
fn errors_name_what_was_found_and_what_was_expected() {
    for (text, expected) in [
        ("", "1:1 `` expected a JSON value, found an empty file"),
        (" \n ", "2:2 `` expected a JSON value, found an empty file"),
        ("[1, 2,]", "1:6 `,` a comma is not allowed behind the last one"),
        (r#"{"a": 1, }"#, "1:8 `,` a comma is not allowed behind the last one"),
        ("[1,,2]", "1:4 `,` expected a value, found `,`"),
        ("[,,,]", "1:2 `,` expected a value, found `,`"),
        (r#"{,"a": 1}"#, "1:2 `,` expected a key, found `,`"),
        (r#"{"a": 1 "b": 2}"#, r#"1:9 `\"b\"` expected `,` or `}`, found a string"#),
        ("[1 2 3]", "1:4 `2` expected `,` or `]`, found `2`"),
        (r#"{"a" 1}"#, "1:6 `1` expected `:` behind the key, found `1`"),
        (r#"{"a" = 1}"#, "1:6 `=` expected `:` behind the key, found `=`"),
        (r#"{"a":: 1}"#, "1:6 `:` expected a value, found `:`"),
        (r#"{"a"}"#, "1:5 `}` expected `:` behind the key, found `}`"),
        (r#"{"a", "b": 1}"#, "1:5 `,` expected `:` behind the key, found `,`"),
        (r#"{"a":, "b": 1}"#, "1:6 `,` expected a value behind `:`, found `,`"),
        (r#"{"a":}"#, "1:6 `}` expected a value, found `}`"),
        ("{: 1}", "1:2 `:` expected a key, found `:`"),
        (r#"{[1, "x\q"], "b": 1}"#, "1:2 `[` expected a key, found `[`"),
        ("{a: 1}", "1:2 `a` keys need double quotes, found `a`"),
        ("{1: 1}", "1:2 `1` keys need double quotes, found `1`"),
        ("{'a': 1}", "1:2 `\\'a\\'` strings need double quotes, found single ones"),
        ("['it']", "1:2 `\\'it\\'` strings need double quotes, found single ones"),
        ("['it]", "1:2 `\\'it` expected a value, found `'it`"),
        ("[1}", "1:3 `}` expected `]`, found `}` + 1:1 `[`"),
        (r#"{"a": [1, "b": 2}"#, "1:14 `:` expected `,` or `]`, found `:`"),
        (
            r#"{"a": [1}, 2]"#,
            "1:9 `}` expected `]`, found `}` + 1:7 `[`\n1:10 `,` expected the end of the file, found `,`",
        ),
        ("[[1, 2", "1:7 `` expected `,` or `]`, found the end of the file + 1:2 `[`"),
        ("{\"a\":\n\n", "1:6 `` expected a value, found the end of the file + 1:1 `{`"),
        ("{\"a\"", "1:5 `` expected `:` behind the key, found the end of the file + 1:1 `{`"),
        ("{", "1:2 `` expected a key, found the end of the file + 1:1 `{`"),
        ("[1]]", "1:4 `]` expected the end of the file, found `]`"),
        ("{} {} {}", "1:4 `{` expected the end of the file, found `{`"),
        ("]", "1:1 `]` expected a value, found `]`"),
        (",", "1:1 `,` expected a value, found `,`"),
        ("{\"a\": 1 // why\n}", "1:9 `// why` comments are not allowed in JSON"),
        ("[1 /* a */, 2 /* b */]# c", "1:4 `/* a */` comments are not allowed in JSON"),
        (
            "[1/* never closed",
            "1:3 `/* never closed` comments are not allowed in JSON\n1:3 `` expected `,` or `]`, found the end of the file + 1:1 `[`",
        ),
        ("[1,\u{a0}2]", "1:4 `\\u{a0}` U+00A0 is not allowed here"),
        ("[1,\u{b}\u{c}2]", "1:4 `\\u{b}\\u{c}` U+000B is not allowed here"),
        ("[\u{2060}]", "1:2 `\\u{2060}` U+2060 is not allowed here"),
        ("123\0", "1:4 `\\0` U+0000 is not allowed here"),
        ("[\0\"\0", "1:1 `` expected UTF-8 text, found what looks like UTF-16"),
        ("[@]", "1:2 `@` expected a value, found `@`"),
        ("[/]", "1:2 `/` expected a value, found `/`"),
        ("abc def", "1:1 `abc` expected a value, found `abc`"),
        (
            "[truth, nul, True, None, [FALSE]]",
            "1:2 `truth` expected a value, found `truth`\n1:9 `nul` expected `null`, found `nul`\n1:14 `True` expected `true`, found `True`\n1:20 `None` expected `null`, found `None`\n1:27 `FALSE` expected `false`, found `FALSE`",
        ),
        (
            "[NaN, -Infinity]",
            "1:2 `NaN` `NaN` is not allowed: JSON has no such number\n1:7 `-Infinity` `-Infinity` is not allowed: JSON has no such number",
        ),
        ("[007]", "1:2 `00` a number must not start with zeros"),
        ("[-01]", "1:3 `0` a number must not start with zeros"),
        ("[00]", "1:2 `00` a number must not start with zeros"),
        ("[+1]", "1:2 `+` a number must not start with `+`"),
        ("[.5]", "1:2 `.` expected a digit at the start of this number, found `.`"),
        ("[-.5]", "1:3 `.` expected a digit in this number, found `.`"),
        ("[1.]", "1:4 `` expected a digit in this number"),
        ("[1e+x]", "1:5 `x` expected a digit in this number, found `x`"),
        ("[0x1F]", "1:3 `x` `x` is not allowed in a number"),
        ("[1_000]", "1:3 `_` `_` is not allowed in a number"),
        ("[1+2]", "1:3 `+` `+` is not allowed in a number"),
        ("[\"a\tb\"]", "1:4 `\\t` U+0009 is not allowed in a string"),
        ("[\"\u{7f}\", \"a\u{1}\"]", "1:9 `\\u{1}` U+0001 is not allowed in a string"),
        (r#"["\x41"]"#, r"1:3 `\\x` the escape `\x` is not allowed"),
        ("[\"\\\t\"]", "1:3 `\\\\\\t` expected an escape behind `\\`, found U+0009"),
        (r#"["\u00g0"]"#, r"1:3 `\\u00` expected four hexadecimal digits behind `\u`"),
        (r#"["\u+123"]"#, r"1:3 `\\u` expected four hexadecimal digits behind `\u`"),
        (r#"["\ud800x"]"#, r"1:3 `\\ud800` `\ud800` is the first half of a surrogate pair, the second half is missing"),
        (
            r#"["\uDC00\uD800"]"#,
            "1:3 `\\\\uDC00` `\\udc00` is the second half of a surrogate pair, the first half is missing\n1:9 `\\\\uD800` `\\ud800` is the first half of a surrogate pair, the second half is missing",
        ),
        ("[\"abc", "1:2 `\\\"abc` expected `\"` to close this string, found the end of the file"),
        ("[\"abc\\", "1:2 `\\\"abc\\\\` expected `\"` to close this string, found the end of the file"),
        ("{\"a\": \"abc,\n \"b\": 1}", "1:7 `\\\"abc,` expected `\"` to close this string, found the end of the line"),
        ("{\"a: 1,\n \"b\": 2}", "1:2 `\\\"a: 1,` expected `\"` to close this string, found the end of the line"),
    ] {
        assert_eq!(report(text), expected, "{text:?}");
        assert!(parse_text(text).document().is_none(), "{text:?}");
    }
}

#[test]
fn each_of_several_errors_is_reported() {
    let text = "{\n  name: 'x',\n  \"a\": [1, 2,],\n  \"b\": tru,\n  \"c\": {\"d\": \"\\q\"} \"e\": 01\n}";
    assert_eq!(
        report(text),
        "2:3 `name` keys need double quotes, found `name`\n\
         2:9 `\\'x\\'` strings need double quotes, found single ones\n\
         3:13 `,` a comma is not allowed behind the last one\n\
         4:8 `tru` expected `true`, found `tru`\n\
         5:15 `\\\\q` the escape `\\q` is not allowed\n\
         5:20 `\\\"e\\\"` expected `,` or `}`, found a string\n\
         5:25 `0` a number must not start with zeros"
    );
}

#[test]
fn what_surrounds_an_error_is_still_understood() {
    for (text, expected) in [
        (r#"{a: 1, 'b': [1,,2 3], "c": x, "d": {"e": NaN, "f": 1,}}"#, r#"{a=1 'b'=[1 2 3] "d"={"f"=1}}"#),
        (r#"{"a" 1, "b", : 2, "c": 3}"#, r#"{"a"=1 "c"=3}"#),
        (r#"{"a": [1, {"b": 2"#, r#"{"a"=[1 {"b"=2}]}"#),
        (r#"{"a": [1}"#, r#"{"a"=[1]}"#),
        ("[1: [2, 3], 4] 5", "[1 4]"),
    ] {
        let tree = parse_text(text).root.expect("a value");
        assert_eq!(outline(text, &tree), expected, "{text}");
    }
}

#[test]
fn patches_mend_what_they_are_offered_for() {
    for (text, expected) in [
        ("[1, 2,]", "[1, 2]"),
        ("[1,,2]", "[1,2]"),
        (r#"{"a": 1 "b": 2}"#, r#"{"a": 1, "b": 2}"#),
        (r#"{"a" 1}"#, r#"{"a": 1}"#),
        (r#"{"a" = 1}"#, r#"{"a" : 1}"#),
        ("{a: 'b'}", r#"{"a": "b"}"#),
        ("[True, None, fals]", "[true, null, false]"),
        ("[+1, .5, -.5, 1., 1.e5]", "[1, 0.5, -0.5, 1.0, 1.0e5]"),
        ("[\"a\tb\u{1}\"]", r#"["a\tb\u0001"]"#),
    ] {
        assert_eq!(mended(text), expected);
        assert!(parse_text(expected).document().is_some(), "{expected}");
    }
    for doubtful in ["[010]", "['a\"b']", "[0x10]", "[-]", "[+x]"] {
        assert_eq!(mended(doubtful), doubtful, "no patch where the meaning is in doubt");
    }
}

#[test]
fn errors_are_bounded() {
    let parsed_text = "[tru,".repeat(1000);
    let parsed = parse(FileId(0), &parsed_text, Limits { depth_max: 255, values_max: None });
    assert_eq!(parsed.diagnostics.len(), ERRORS_MAX + 1);
    assert_eq!(parsed.diagnostics.last().map(|last| last.code), Some("syntax/json_too_many_errors"));
    let in_one_string = format!("\"{}\"", "\\q".repeat(1000));
    assert_eq!(parse_text(&in_one_string).diagnostics.len(), ERRORS_MAX + 1);
}

#[test]
fn long_texts_are_cut_in_messages() {
    let message = report(&format!("[{}]", "é".repeat(1000)));
    assert!(message.ends_with(&format!("found `{}…`", "é".repeat(32))), "{message}");
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    let limits = |depth_max| Limits { depth_max, ..Limits::default() };
    assert!(parse_text(&nested(200)).document().is_some());
    let (text, limits) = (nested(4), limits(3));
    let parsed = parse(FileId(0), &text, limits);
    let [problem] = &parsed.diagnostics[..] else { panic!("one error") };
    assert_eq!(problem.message, "more than 3 arrays and objects inside each other");
    assert_eq!(problem.span(), Some(Span::new(FileId(0), 3, 4)));
    assert_eq!(outline(&text, &parsed.root.expect("the outer ones")), "[[[]]]");
    assert!(parse(FileId(0), &nested(3), limits).document().is_some());
}

#[test]
fn the_number_of_values_is_limited() {
    let limits = Limits { values_max: Some(4), ..Limits::default() };
    assert!(parse(FileId(0), "[1, [2, 3]]", limits).document().is_none());
    assert!(parse(FileId(0), "[1, [2]]", limits).document().is_some());
    let parsed = parse(FileId(0), "[1, [2, 3], 4", limits);
    let [problem] = &parsed.diagnostics[..] else { panic!("one error") };
    assert_eq!(problem.message, "more than 4 values in a file of this size");
    assert_eq!(problem.span(), Some(Span::new(FileId(0), 8, 9)));
}

#[test]
fn only_large_texts_of_nothing_but_values_have_too_many() {
    let dense = |count: usize| format!("[0{}]", ",0".repeat(count));
    assert!(parse_text(&dense(120_000)).document().is_some());
    assert!(parse_text(&dense(200_000)).document().is_none());
    let sparse = format!("[0{}]", ",1000".repeat(200_000));
    assert!(parse_text(&sparse).document().is_some());
}

#[test]
fn a_node_takes_40_bytes() {
    assert_eq!(size_of::<Node<'_>>(), 40, "`Limits::values_max` promises at most 20 times the text");
}

/// The standard library gives threads 2 MiB; this is what a service may leave.
#[test]
fn no_text_overflows_a_small_stack() {
    let work = || {
        let limits = Limits { depth_max: u8::MAX, ..Limits::default() };
        let deepest = format!("{}1{}", "[{\"a\":".repeat(127), "}]".repeat(127));
        let tree = parse(FileId(0), &deepest, limits).root.expect("a value");
        assert_eq!(tree, tree.clone());
        let leaf = tree.pointer(&"/0/a".repeat(127)).expect("the innermost value").span;
        assert_eq!(tree.pointer_to(leaf), Some("/0/a".repeat(127)));
        for endless in ["[", "{\"a\":", "[{\"\":", "{[", "[tru [", "[1 {"] {
            let text = endless.repeat(100_000);
            assert!(parse(FileId(0), &text, limits).document().is_none());
        }
    };
    let thread = std::thread::Builder::new()
        .stack_size(canread_testing::small_stack_bytes())
        .spawn(work)
        .expect("a thread starts");
    thread.join().expect("256 KiB are enough");
}

#[test]
fn a_text_over_the_size_of_a_file_is_refused() {
    let text = " ".repeat(FILE_BYTES_MAX + 1);
    let parsed = parse_text(&text);
    assert_eq!(parsed.diagnostics.len(), 1);
    assert_eq!(parsed.diagnostics[0].code, "syntax/file_too_large");
}
