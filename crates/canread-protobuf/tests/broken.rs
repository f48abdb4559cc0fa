//! Broken files: what is said about them, where, and that one cause makes one error.

use canread_protobuf::schema::parse;
use canread_syntax::{Diagnostic, Sources};

/// A text, and its diagnostics as [`render`] writes them.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    for (text, expected) in cases {
        let mut sources = Sources::default();
        let id = sources.add("case.proto", "test", text.as_bytes().to_vec());
        let found: Vec<_> = parse(id, text).diagnostics.iter().flat_map(|one| render(one, &sources)).collect();
        assert_eq!(found, *expected, "\nin: {text}\n");
    }
}

/// `from-to message (help: …)`, then a line for each further label: `    from text`.
fn render(diagnostic: &Diagnostic, sources: &Sources) -> Vec<String> {
    let place = |span| {
        let position = sources.position(span);
        format!("{}:{}", position.line, position.column)
    };
    let span = diagnostic.span().expect("a parser's diagnostic has a place");
    let end = sources.end_position(span);
    let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    let first = format!("{}-{}:{} {}{help}", place(span), end.line, end.column, diagnostic.message);
    let others = diagnostic.labels.iter().skip(1).map(|label| format!("    {} {}", place(label.span), label.text));
    std::iter::once(first).chain(others).collect()
}

#[test]
fn a_missing_semicolon_is_reported_behind_the_declaration_which_is_kept() {
    check(&[
        (
            r#"syntax = "proto3"; message M { int32 a = 1 }"#,
            &["1:43-1:43 expected `;` after the field, found `}` (help: end it with `;`)"],
        ),
        (
            "syntax = \"proto3\"; message M { int32 a = 1\n int32 b = 2; }",
            &["1:43-1:43 expected `;` after the field, found `int32` (help: end it with `;`)"],
        ),
        (
            r#"syntax = "proto3"; message M { int32 a = 1 int32 b = 2; int32 c = ; }"#,
            &[
                "1:43-1:43 expected `;` after the field, found `int32` (help: end it with `;`)",
                "1:67-1:68 expected a field number, found `;`",
            ],
        ),
        (
            r#"syntax = "proto3" message M {}"#,
            &["1:18-1:18 expected `;` after the `syntax` statement, found `message` (help: end it with `;`)"],
        ),
        ("enum E { A = 0 }", &["1:15-1:15 expected `;` after the enum value, found `}` (help: end it with `;`)"]),
        (
            "service S { rpc A(M) returns (M) }",
            &["1:33-1:33 expected `;` after the method, found `}` (help: end it with `;`)"],
        ),
        (
            "package a\nimport \"b\"\noption c = 1\nmessage M {}",
            &[
                "1:10-1:10 expected `;` after the `package` statement, found `import` (help: end it with `;`)",
                "2:11-2:11 expected `;` after the import, found `option` (help: end it with `;`)",
                "3:13-3:13 expected `;` after the option, found `message` (help: end it with `;`)",
            ],
        ),
        (
            r#"syntax = "proto3"; message M { int32 a = 1;; message N { int32 b = 2 } enum E { A = 0 } int32 c = 3 }"#,
            &[
                "1:69-1:69 expected `;` after the field, found `}` (help: end it with `;`)",
                "1:86-1:86 expected `;` after the enum value, found `}` (help: end it with `;`)",
                "1:100-1:100 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
    ]);
}

#[test]
fn a_missing_number_is_reported_once_and_the_next_declaration_is_read() {
    check(&[
        (
            "syntax = \"proto3\"; message M { int32 a; int32 b\nint32 c = 3; int32 d }",
            &[
                "1:39-1:40 expected `=` and a field number, found `;` (help: give `a` a number that no other one here has: `a = 1`)",
                "2:1-2:6 expected `=` and a field number, found `int32` (help: give `b` a number that no other one here has: `b = 1`)",
                "2:22-2:23 expected `=` and a field number, found `}` (help: give `d` a number that no other one here has: `d = 1`)",
            ],
        ),
        (
            "enum E { A; B = x; C = -1 D = 2; = 3; }",
            &[
                "1:11-1:12 expected `=` and a number, found `;` (help: give `A` a number that no other one here has: `A = 1`)",
                "1:17-1:18 expected a number, found `x`",
                "1:26-1:26 expected `;` after the enum value, found `D` (help: end it with `;`)",
                "1:34-1:35 expected the name of an enum value, found `=`",
            ],
        ),
        (
            r#"syntax = "proto3"; message M { int32 a = -1; int32 b = 1.5; int32 c = x; }"#,
            &[
                "1:42-1:43 expected a field number, found `-` (help: numbers are positive here)",
                "1:56-1:59 expected a field number, found `1.5`",
                "1:71-1:72 expected a field number, found `x`",
            ],
        ),
    ]);
}

#[test]
fn a_number_out_of_range_is_reported_and_the_declaration_is_kept() {
    check(&[
        (
            r#"syntax = "proto3"; message M { int32 a = 99999999999; int32 b = 2147483648; reserved 0x80000000; }"#,
            &[
                "1:42-1:53 `99999999999` is out of range (help: numbers go up to 2147483647 here)",
                "1:65-1:75 `2147483648` is out of range (help: numbers go up to 2147483647 here)",
                "1:86-1:96 `0x80000000` is out of range (help: numbers go up to 2147483647 here)",
            ],
        ),
        (
            "enum E { A = 2147483648; B = -2147483649 [deprecated = true]; C = -2147483648; }",
            &[
                "1:14-1:24 `2147483648` is out of range (help: numbers go from -2147483648 to 2147483647 here)",
                "1:30-1:41 `-2147483649` is out of range (help: numbers go from -2147483648 to 2147483647 here)",
            ],
        ),
        (
            "option a = 0xFFFFFFFFFFFFFFFFF; option b = 99999999999999999999;",
            &["1:12-1:31 `0xFFFFFFFFFFFFFFFFF` has more than 64 bits"],
        ),
    ]);
}

#[test]
fn an_unclosed_brace_points_at_its_opener() {
    check(&[
        ("message M {", &["1:11-1:12 this `{` is never closed (help: add the missing `}`)"]),
        ("message M { // a", &["1:11-1:12 this `{` is never closed (help: add the missing `}`)"]),
        ("message M", &["1:10-1:10 expected `{` after the message's name, found the end of the file"]),
        (
            "message M { optional int32 a = 1",
            &[
                "1:33-1:33 expected `;` after the field, found the end of the file (help: end it with `;`)",
                "    1:11 inside this, which is not closed either",
            ],
        ),
        (
            "message M { optional int32 a",
            &[
                "1:29-1:29 expected `=` and a field number, found the end of the file (help: give `a` a number that no other one here has: `a = 1`)",
                "    1:11 inside this, which is not closed either",
            ],
        ),
        (
            "message A {\n  message B {\n    optional int32 c = 1;\n\n  optional int32 d = 2;\n}\n",
            &[
                "2:13-2:14 this `{` is never closed (help: add the missing `}`)",
                "    6:1 closed here, but the indentation says that this closes an outer block",
            ],
        ),
        ("option a = {", &["1:12-1:13 this `{` is never closed (help: add the missing `}`)"]),
        ("service S { rpc A(M) returns (M) {", &["1:34-1:35 this `{` is never closed (help: add the missing `}`)"]),
    ]);
}

#[test]
fn a_brace_too_many_is_reported_once() {
    check(&[
        ("}", &["1:1-1:2 this `}` closes nothing"]),
        ("message M }", &["1:11-1:12 expected `{` after the message's name, found `}`"]),
        ("message M {} } message N {}", &["1:14-1:15 this `}` closes nothing"]),
    ]);
}

#[test]
fn an_unknown_word_is_reported_with_a_guess() {
    check(&[
        (
            "mesage M { optional int32 a = 1; } enmu E {} servise S {} foo bar {}",
            &[
                "1:1-1:7 expected a declaration such as `message`, found `mesage` (help: did you mean `message`?)",
                "1:36-1:40 expected a declaration such as `message`, found `enmu` (help: did you mean `enum`?)",
                "1:46-1:53 expected a declaration such as `message`, found `servise` (help: did you mean `service`?)",
                "1:59-1:62 expected a declaration such as `message`, found `foo`",
            ],
        ),
        (
            "message M { mesage N { optional int32 a = 1; } oneoff o { } }",
            &[
                "1:22-1:23 expected `=` and a field number, found `{` (help: did you mean `message` instead of `mesage`?)",
                "1:57-1:58 expected `=` and a field number, found `{` (help: did you mean `oneof` instead of `oneoff`?)",
            ],
        ),
        (
            "message M {} $ message N {} # x\nmessage O {}",
            &[
                "1:14-1:15 expected a declaration such as `message`, found `$`",
                "1:29-1:30 expected a declaration such as `message`, found `#`",
            ],
        ),
        (
            "syntax = \"proto3\";\nmessage Foo\nmessage Bar { int32 a = 1; }\nrpc Baz(A) returns (B);\nenum Qux\n{ A = 0; }\n",
            &[
                "3:1-3:8 expected `{` after the message's name, found `message`",
                "4:1-4:4 expected a declaration such as `message`, found `rpc`",
            ],
        ),
    ]);
}

#[test]
fn names_and_types_that_are_missing_are_named() {
    check(&[
        ("message", &["1:8-1:8 expected a message name, found the end of the file"]),
        (
            r#"syntax = "proto3"; message M { int32 = 1; = 2; a.b = 3; string 5 = a; ..c d = 6; int32.x e = 7; }"#,
            &[
                "1:38-1:39 expected a field name, found `=`",
                "1:43-1:44 expected a field type, found `=`",
                "1:52-1:53 expected a field name, found `=`",
                "1:64-1:65 expected a field name, found `5`",
                "1:72-1:73 expected a field type, found `.`",
                "1:87-1:88 expected a field name, found `.`",
            ],
        ),
        (
            "service S { rpc; rpc A; rpc B(M); rpc C(M) returns; rpc D(M) returns (M) rpc E(int32) returns (stream); rpc F() returns (M) { deprecated = true; } stream G(M) returns (M); }",
            &[
                "1:16-1:17 expected a method name, found `;`",
                "1:23-1:24 expected `(` after the method's name, found `;`",
                "1:33-1:34 expected `returns`, found `;`",
                "1:51-1:52 expected `(` after `returns`, found `;`",
                "1:73-1:73 expected `;` after the method, found `rpc` (help: end it with `;`)",
                "1:111-1:112 expected the name of a message, found `)`",
                "1:148-1:154 expected `rpc` or `option`, found `stream`",
            ],
        ),
        (
            r#"syntax = "proto3"; message M { map<int32 int32> a = 1; map<int32> b = 2; map<, int32> c = 3; oneof { int32 d = 4; } }"#,
            &[
                "1:42-1:47 expected `,` between the types of keys and values, found `int32`",
                "1:65-1:66 expected `,` between the types of keys and values, found `>`",
                "1:78-1:79 expected a field type, found `,`",
                "1:100-1:101 expected a oneof name, found `{`",
            ],
        ),
    ]);
}

#[test]
fn labels_follow_the_syntax_of_the_file() {
    check(&[
        (
            r#"syntax = "proto3"; message M { required int32 a = 1; optional int32 b = 2; }"#,
            &[
                "1:32-1:40 `required` is not allowed in proto3 (help: remove it, or write `optional` to tell an unset field from its default)",
            ],
        ),
        (
            r#"syntax = "proto2"; message M { int32 a = 1; int32 b = 2; }"#,
            &[
                "1:32-1:32 expected `optional`, `required` or `repeated` before the type (help: write `optional`: in proto2 every field has a label)",
                "1:45-1:45 expected `optional`, `required` or `repeated` before the type (help: write `optional`: in proto2 every field has a label)",
            ],
        ),
        (
            "message M { int32 a = 1; int32 b = 2; repeated int32 c = 3; }",
            &[
                r#"1:13-1:13 expected `optional`, `required` or `repeated` before the type (help: if this is proto3, start the file with `syntax = "proto3";`)"#,
            ],
        ),
        (
            r#"edition = "2023"; message M { required int32 a = 1; optional int32 b = 2; repeated int32 c = 3; }"#,
            &[
                "1:31-1:39 `required` is not allowed in editions (help: write `[features.field_presence = LEGACY_REQUIRED]` behind the number)",
                "1:53-1:61 `optional` is not allowed in editions (help: remove it: fields have presence unless `features.field_presence` says otherwise)",
            ],
        ),
        (
            r#"syntax = "proto3"; message M { optional map<int32, int32> a = 1; oneof o { repeated int32 b = 2; } }"#,
            &[
                "1:32-1:40 a map has no label (help: remove it: a map repeats by itself)",
                "1:76-1:84 a field of a oneof has no label (help: remove it)",
            ],
        ),
    ]);
}

#[test]
fn groups_and_maps_stand_only_where_they_may() {
    check(&[
        (
            r#"syntax = "proto3"; message M { group G = 1 {} }"#,
            &["1:32-1:37 groups are not allowed in proto3 (help: use a message and a field of its type)"],
        ),
        (
            r#"edition = "2023"; message M { repeated group G = 1 {} }"#,
            &[
                "1:40-1:45 groups are not allowed in editions (help: use a message and a field with `[features.message_encoding = DELIMITED]`)",
            ],
        ),
        (
            "message M { optional group g = 1 {} optional group H = 2; optional group I {} }",
            &[
                "1:28-1:29 the group name `g` has to start with a capital letter (help: the field gets the name in lower case, the message keeps it)",
                "1:57-1:58 expected `{` and the group's fields, found `;`",
                "1:76-1:77 expected `=` and a field number, found `{` (help: give `I` a number that no other one here has: `I = 1`)",
            ],
        ),
        (
            "message M { oneof o { map<int32, int32> a = 1; } } extend M { map<int32, int32> b = 2; }",
            &[
                "1:23-1:40 a map is not allowed in a oneof (help: wrap it in a message)",
                "1:63-1:80 a map is not allowed as an extension (help: wrap it in a message)",
            ],
        ),
    ]);
}

#[test]
fn oneofs_and_extends_hold_fields_only_and_at_least_one() {
    check(&[(
        "message M { oneof o { } oneof p { ; } oneof q { message N { } reserved 5; } } extend M { }",
        &[
            "1:19-1:20 the oneof `o` has no fields (help: add a field, or remove the oneof)",
            "1:35-1:36 an empty statement is not allowed here (help: remove the `;`)",
            "1:49-1:56 `message` is not allowed inside a oneof (help: move it out)",
            "1:72-1:73 expected a field name, found `5`",
            "1:86-1:87 the extension of `M` has no fields (help: add a field, or remove the `extend`)",
        ],
    )]);
}

#[test]
fn reserved_and_extension_ranges_are_numbers_or_names_not_both() {
    check(&[
        (
            "message M { reserved; reserved -1; reserved 1 to; reserved a; reserved 1, \"a\"; reserved \"a\", 1; reserved 1 to maximum; reserved 5 6; reserved \"\\xff\"; }",
            &[
                "1:21-1:22 expected a number or a name, found `;`",
                "1:32-1:33 expected a number or a name, found `-` (help: numbers are positive here)",
                "1:49-1:50 expected a number or `max` after `to`, found `;`",
                r#"1:60-1:61 the reserved name `a` has no quotes (help: write "a": only editions do without)"#,
                r#"1:75-1:78 expected another number (names need a `reserved` of their own), found `"a"`"#,
                "1:94-1:95 expected another name in quotes (numbers need a `reserved` of their own), found `1`",
                "1:111-1:118 expected a number or `max` after `to`, found `maximum`",
                "1:130-1:130 expected `;` after the reserved names or numbers, found `6` (help: end it with `;`)",
                "1:143-1:149 the escapes in this string make up no UTF-8",
            ],
        ),
        (
            r#"edition = "2023"; message M { reserved "a"; reserved a, 1; extensions; extensions 1 to 5 [x]; extensions 5 to max }"#,
            &[
                "1:40-1:43 reserved names have no quotes in editions (help: remove the quotes)",
                "1:57-1:58 expected another name (numbers need a `reserved` of their own), found `1`",
                "1:70-1:71 expected a field number, found `;`",
                "1:92-1:93 expected `=` after the option's name, found `]` (help: every option has a value: `x = true`)",
                "1:114-1:114 expected `;` after the extension ranges, found `}` (help: end it with `;`)",
            ],
        ),
    ]);
}

#[test]
fn the_header_of_a_file_is_checked() {
    check(&[
        (
            "package; package a.; package .a; package a; package b;",
            &[
                "1:8-1:9 expected a package name, found `;`",
                "1:20-1:21 expected a name after the `.`, found `;`",
                "1:30-1:31 expected a package name, found `.`",
                "1:45-1:52 a second `package` statement (help: a file belongs to one package: remove it)",
                "    1:34 the first one",
            ],
        ),
        (
            "import a; import public weak \"a\"; import \"a\" \"\\xff\";",
            &[
                "1:8-1:9 expected the path of a file in quotes, found `a`",
                "1:25-1:29 expected the path of a file in quotes, found `weak`",
                "1:42-1:52 the escapes in this string make up no UTF-8",
            ],
        ),
        (
            r#"package a; syntax = "proto3"; message M { int32 a = 1; }"#,
            &["1:12-1:18 the `syntax` statement comes too late (help: make it the first statement of the file)"],
        ),
        (
            r#"syntax = "proto3"; syntax = "proto3";"#,
            &["1:20-1:26 a second `syntax` statement (help: remove it)", "    1:1 the first one"],
        ),
        (
            r#"syntax "proto3"; message M { int32 a = 1; }"#,
            &[r#"1:8-1:16 expected `=` after `syntax`, found `"proto3"`"#],
        ),
        (
            "syntax = proto3; message M { int32 a = 1; }",
            &[r#"1:10-1:16 expected "proto2" or "proto3", found `proto3` (help: put it in quotes)"#],
        ),
        (
            "edition = 2023;",
            &[r#"1:11-1:15 expected an edition such as "2023", found `2023` (help: put it in quotes)"#],
        ),
    ]);
}

#[test]
fn an_unknown_version_is_the_only_error_of_its_file() {
    check(&[
        (
            r#"syntax = "proto4"; message M { x }"#,
            &[r#"1:10-1:18 unknown syntax "proto4" (help: the known ones are "proto2" and "proto3")"#],
        ),
        (
            r#"edition = "2026"; message M { x }"#,
            &[
                r#"1:11-1:17 edition "2026" is newer than 2024, the newest this version reads (help: update this tool, or set the file to an older edition)"#,
            ],
        ),
        (
            r#"edition = "UNSTABLE"; x"#,
            &[
                r#"1:11-1:21 edition "UNSTABLE" is not released; the newest this version reads is 2024 (help: set the file to a released edition)"#,
            ],
        ),
        (r#"edition = "2022";"#, &[r#"1:11-1:17 unknown edition "2022" (help: the known ones are "2023" and "2024")"#]),
        (
            r#"syntax = "2023";"#,
            &[r#"1:10-1:16 unknown syntax "2023" (help: editions are written `edition = "2023";`)"#],
        ),
    ]);
}

#[test]
fn what_came_with_edition_2024_needs_it() {
    check(&[
        (
            r#"syntax = "proto3"; import option "a"; export message M {} local enum E { A = 0; } message N { local message O {} local a = 1; }"#,
            &[
                "1:27-1:33 `import option` needs edition 2024 (help: use a plain `import`)",
                "1:39-1:45 `export` needs edition 2024 (help: remove it: every file may use this type)",
                "1:59-1:64 `local` needs edition 2024 (help: remove it: every file may use this type)",
                "1:95-1:100 `local` needs edition 2024 (help: remove it: every file may use this type)",
            ],
        ),
        (
            r#"edition = "2024"; import weak "a"; import option "b"; import "c"; export service S {} message M { local a = 1; }"#,
            &[
                "1:26-1:30 `import weak` is not allowed since edition 2024 (help: use `import option`)",
                "1:55-1:66 this import stands behind an `import option` (help: move it before the first `import option`)",
                "1:74-1:81 expected `message` or `enum` after `export`, found `service`",
                "1:105-1:106 expected `message` or `enum` after `local`, found `a`",
            ],
        ),
    ]);
}

#[test]
fn option_names_and_values_are_checked() {
    check(&[
        (
            "option; option a; option a =; option a = ;option a.; option (a = 1; option () = 1;",
            &[
                "1:7-1:8 expected the name of an option, found `;`",
                "1:17-1:18 expected `=` after the option's name, found `;` (help: every option has a value: `a = true`)",
                "1:29-1:30 expected the option's value, found `;`",
                "1:42-1:43 expected the option's value, found `;`",
                "1:52-1:53 expected the name of an option, found `;`",
                "1:64-1:65 expected `)` after the extension's name, found `=`",
                "1:77-1:78 expected the name of an extension, found `)`",
            ],
        ),
        (
            r#"option a = -b; option a = -"x"; option a = -infinity; option a = +1; option a = [1]; option a = <>;"#,
            &[
                "1:13-1:14 expected a number, `inf` or `nan` after `-`, found `b`",
                r#"1:28-1:31 expected a number, `inf` or `nan` after `-`, found `"x"`"#,
                "1:45-1:53 expected a number, `inf` or `nan` after `-`, found `infinity`",
                "1:66-1:67 expected the option's value, found `+`",
                "1:81-1:82 expected the option's value, found `[` (help: repeat the option once for each value, or set it inside a `{ … }`)",
                "1:97-1:98 expected the option's value, found `<`",
            ],
        ),
        (
            r#"syntax = "proto3"; message M { int32 a = 1 [deprecated]; int32 b = 2 [deprecated = true,]; int32 c = 3 []; int32 d = 4 [deprecated = true; int32 e = 5 [(x = 1]; int32 f = 6 [= {a: 1}, x = 3]; }"#,
            &[
                "1:55-1:56 expected `=` after the option's name, found `]` (help: every option has a value: `deprecated = true`)",
                "1:89-1:90 expected the name of an option, found `]` (help: remove the `,`)",
                "1:105-1:106 expected the name of an option, found `]` (help: remove the brackets)",
                "1:138-1:139 expected `]` or `,` after the option, found `;`",
                "1:156-1:157 expected `)` after the extension's name, found `=`",
                "1:175-1:176 expected the name of an option, found `=`",
            ],
        ),
    ]);
}

#[test]
fn message_literals_are_checked_and_skipped_as_a_whole() {
    check(&[
        (
            "option a = { b 1 }; option a = { b: }; option a = { : 1 }; option a = { b: 1,, }; option a = { b: [1, ] }; option a = { b [1] };",
            &[
                "1:16-1:17 expected `:` or `{` after the field's name, found `1`",
                "1:37-1:38 expected a value, found `}`",
                "1:53-1:54 expected a field name or `}`, found `:`",
                "1:78-1:79 expected a field name or `}`, found `,`",
                "1:103-1:104 expected a value, found `]`",
                "1:124-1:125 expected `{` (values other than messages need a `:` before the `[`), found `1`",
            ],
        ),
        (
            "option a = { [x }; option a = { [.x]: 1 }; option a = { [/x] {} }; option a = { [a/b]: 1 };",
            &[
                "1:17-1:18 expected `]` after the name of an extension or type, found `}`",
                "1:33-1:37 `.x` names neither an extension nor a type (help: write `[package.extension]` or `[domain/package.Type]`)",
                "1:57-1:61 `/x` names neither an extension nor a type (help: write `[package.extension]` or `[domain/package.Type]`)",
                "1:88-1:89 expected `{` after the type in an Any, found `1`",
            ],
        ),
        (
            "option a = { b: -x }; option a = { b: [[1]] }; option a = { b: [] c: [1 2] }; option a = { b [] };",
            &[
                "1:18-1:19 expected a number, `inf` or `nan` after `-`, found `x`",
                "1:40-1:41 expected a value, found `[`",
                "1:73-1:74 expected `,` or `]` after the value, found `2`",
                "1:95-1:96 an empty list needs a `:` before it",
            ],
        ),
        (
            "option a = { b: 1; c: { d: 2 };\nmessage M { }",
            &["2:9-2:10 expected `:` or `{` after the field's name, found `M`"],
        ),
        (
            "message M { option a = { b: < c: 1 } }; message N { optional int32 d = 1 } }",
            &[
                "1:36-1:37 expected a field name or `>`, found `}`",
                "1:73-1:73 expected `;` after the field, found `}` (help: end it with `;`)",
                "1:76-1:77 this `}` closes nothing",
            ],
        ),
    ]);
}

#[test]
fn characters_outside_ascii_stand_in_comments_and_strings_only() {
    check(&[
        (
            "message größe { optional int32 ä = 1; }",
            &[
                "1:9-1:14 the name `größe` has letters other than ASCII ones (help: names consist of A-Z, a-z, 0-9 and _)",
                "1:32-1:33 the name `ä` has letters other than ASCII ones (help: names consist of A-Z, a-z, 0-9 and _)",
            ],
        ),
        (
            "message M { optional string a = 1 [default = “x”]; }",
            &[
                r#"1:46-1:47 the character U+201C is not allowed here (help: use the straight quotes ' or ")"#,
                r#"1:48-1:49 the character U+201D is not allowed here (help: use the straight quotes ' or ")"#,
            ],
        ),
        (
            "option a = \"é\"; // é\nmessage\u{a0}M {}",
            &["2:8-2:9 the character U+00A0 is not allowed here (help: use a plain space, or nothing)"],
        ),
        (
            "message M { \x01 }",
            &[
                "1:13-1:14 the character U+0001 is not allowed here (help: such characters are allowed in comments and strings only)",
            ],
        ),
        ("// a\0\noption a = \"\0\";", &["1:5-1:6 the character U+0000 is not allowed in a schema file"]),
        (
            "\0",
            &[
                "1:1-1:2 the character U+0000 is not allowed here (help: such characters are allowed in comments and strings only)",
            ],
        ),
    ]);
}

#[test]
fn strings_and_comments_that_never_end_cost_one_error() {
    check(&[
        (
            "message M { optional string a = 1 [default = \"x]; }\noptional int32 b = 2;",
            &[
                "1:46-1:52 this string has no closing quote on its line (help: close it, and continue it on the next line with another string: adjacent strings are joined)",
            ],
        ),
        ("/* never\nmessage M {", &["1:1-1:3 this comment is never closed (help: end it with `*/`)"]),
        (
            "/* a /* b */ message M {}",
            &[
                "1:6-1:8 `/*` inside a block comment (help: block comments don't nest: the next `*/` ends the comment; use `//` for the inner one)",
            ],
        ),
    ]);
}

#[test]
fn literals_are_checked_character_by_character() {
    check(&[
        (
            "option a = \"\\q\"; option a = \"\\x\"; option a = \"\\u12\"; option a = \"\\U99999999\";",
            &[
                "1:13-1:15 unknown escape `\\q` in a string (help: write `\\\\` for a backslash)",
                "1:30-1:32 the escape `\\x` has no hexadecimal digit behind it (help: write `\\\\` for a backslash)",
                "1:47-1:51 the escape `\\u12` has fewer than the 4 hexadecimal digits it needs (help: write `\\\\` for a backslash)",
                "1:66-1:76 the escape `\\U99999999` is beyond U+10FFFF, the last character",
            ],
        ),
        (
            "option a = 1a; option a = 08; option a = 1.0f; option a = 1e; option a = 1.2.3; option a = 0x; option a = 0x1.0; option a.1 = 7;",
            &[
                "1:12-1:14 the number `1a` runs into a letter (help: names start with a letter; between a number and a name stands a blank)",
                "1:27-1:29 `08` starts with 0 and so is octal, but has a digit above 7 (help: leave out the leading 0 if the number is decimal)",
                "1:42-1:46 `1.0f` ends with a letter (help: leave out the `f`)",
                "1:59-1:61 `1e` has no digit in its exponent",
                "1:74-1:79 `1.2.3` has a point where its number should end",
                "1:92-1:94 `0x` has no hexadecimal digit behind the `x`",
                "1:107-1:112 `0x1.0` has a decimal point, but octal and hexadecimal numbers are integers",
                "1:122-1:124 the name before `.1` runs into a number (help: names after a point start with a letter)",
            ],
        ),
    ]);
}

#[test]
fn keywords_are_names_everywhere() {
    check(&[
        ("; ;; message M {}; message message { optional message.enum enum = 1; optional .option to = 2; };", &[]),
        (
            r#"syntax = "proto3"; package import.package; message stream { stream stream = 1; rpc rpc = 2; returns to = 3; export export = 4; local local = 5; map map = 6; } service rpc { rpc rpc(stream stream) returns (.stream); rpc returns(stream) returns (stream.stream); }"#,
            &["1:234-1:235 expected the name of a message, found `)`"],
        ),
    ]);
}
