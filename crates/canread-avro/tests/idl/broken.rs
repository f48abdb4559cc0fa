//! Broken files: what is said about them, where, and that one cause makes one error.

use crate::help::said_about;

/// A text, and its diagnostics.
type Case = (&'static str, &'static [&'static str]);

fn check(cases: &[Case]) {
    for (text, expected) in cases {
        assert_eq!(said_about(text), *expected, "\nin: {text}\n");
    }
}

#[test]
fn a_missing_semicolon_is_reported_behind_the_declaration_which_is_kept() {
    check(&[
        ("record R { int a }", &["1:17-1:17 expected `;` after the field, found `}` (help: end it with `;`)"]),
        (
            "record R { int a\n int b; }",
            &["1:17-1:17 expected `;` after the field, found `int` (help: end it with `;`)"],
        ),
        (
            "record R { int a int b; int ; string c; }",
            &[
                "1:17-1:17 expected `;` after the field, found `int` (help: end it with `;`)",
                "1:29-1:30 expected the name of a field, found `;`",
            ],
        ),
        ("protocol P { int a() }", &["1:21-1:21 expected `;` after the message, found `}` (help: end it with `;`)"]),
        (
            "enum E { A } = A record R {}",
            &["1:17-1:17 expected `;` after the default of the enum, found `record` (help: end it with `;`)"],
        ),
        ("fixed F(1) record R {}", &["1:11-1:11 expected `;` after the fixed, found `record` (help: end it with `;`)"]),
        (
            "import idl \"a\"\nnamespace a",
            &[
                "1:15-1:15 expected `;` after the import, found `namespace` (help: end it with `;`)",
                "2:1-2:10 the statement `namespace` comes too late (help: `namespace` is the first statement of a file, and `schema` the next)",
                "2:12-2:12 expected `;` after the namespace, found the end of the file (help: end it with `;`)",
            ],
        ),
    ]);
}

#[test]
fn a_file_may_end_too_early() {
    check(&[
        ("protocol P", &["1:11-1:11 expected `{` after the name of the protocol, found the end of the file"]),
        ("protocol", &["1:9-1:9 expected the name of the protocol, found the end of the file"]),
        ("protocol P {", &["1:12-1:13 this `{` is never closed (help: add the missing `}`)"]),
        ("protocol P { record R {", &["1:23-1:24 this `{` is never closed (help: add the missing `}`)"]),
        (
            "record R { int a",
            &[
                "1:17-1:17 expected `;` after the field, found the end of the file (help: end it with `;`)",
                "    1:10 inside this, which is not closed either",
            ],
        ),
        (
            "enum E { A",
            &[
                "1:11-1:11 expected `}` or `,` after the symbol, found the end of the file",
                "    1:8 inside this, which is not closed either",
            ],
        ),
        ("@a", &["1:3-1:3 expected `(` after the name of the annotation, found the end of the file"]),
        ("record R { /* int a; }", &["1:12-1:14 this comment is never closed (help: end it with `*/`)"]),
    ]);
}

#[test]
fn a_wrong_word_is_one_error_and_what_follows_is_read() {
    check(&[
        (
            "recrod R { int a; } record S { int }",
            &[
                "1:1-1:7 expected a declaration such as `protocol` or `record`, found `recrod`",
                "1:36-1:37 expected the name of a field, found `}`",
            ],
        ),
        (
            "protocol P { recrod R { int a; } record S { int } }",
            &[
                "1:23-1:24 expected `(` after the name of the message, found `{` (help: the declaration of a type starts with `record`, `error`, `enum` or `fixed`)",
                "1:49-1:50 expected the name of a field, found `}`",
            ],
        ),
        (
            "record R { unoin { null, int } a; int b }",
            &[
                "1:18-1:19 expected the name of a field, found `{`",
                "1:40-1:40 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
        ("int a();", &["1:1-1:4 expected a declaration such as `protocol` or `record`, found `int`"]),
        (
            r#"import "a"; import idl a; import foo "b"; import idl 'b';"#,
            &[
                r#"1:8-1:11 expected `idl`, `protocol` or `schema` after `import`, found `"a"`"#,
                "1:24-1:25 expected the path of a file in double quotes, found `a` (help: put it in double quotes)",
                "1:34-1:37 expected `idl`, `protocol` or `schema` after `import`, found `foo`",
                "1:54-1:55 expected the path of a file in double quotes, found `'` (help: put it in double quotes)",
            ],
        ),
    ]);
}

#[test]
fn types_are_checked_where_they_stand() {
    check(&[
        (
            "record R { array<string a; int b }",
            &[
                "1:25-1:26 expected `>` after the type of the items, found `a`",
                "1:33-1:33 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
        (
            "record R { array string a; int b; }",
            &["1:24-1:24 expected `;` after the field, found `a` (help: end it with `;`)"],
        ),
        (
            "record R { union {} a; union { null, int, } b; array<int>? c; void d; union { union { int } e; int f }",
            &[
                "1:19-1:20 expected a type, found `}`",
                "1:43-1:44 expected a type, found `}`",
                "1:58-1:59 expected a name after the type, found `?` (help: only names may be followed by `?`: write `union { null, … }`)",
                "1:63-1:67 expected a type, found `void` (help: only messages have the result `void`; the type is `null`)",
                "1:93-1:94 expected `}` or `,` after the type, found `e`",
                "1:101-1:101 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
        (
            "record R { decimal(0) a; decimal(2, 3) b; decimal(-1, 2) c; decimal x; decimal(1, 2 y; }",
            &[
                "1:20-1:21 the precision of a decimal is at least 1",
                "1:37-1:38 the scale of a decimal, 3, exceeds its precision, 2",
                "1:51-1:53 the precision of a decimal is from 0 to 2147483647, not `-1`",
                "1:85-1:86 expected `)` after the numbers of a decimal, found `y`",
            ],
        ),
        (
            "record date {} fixed `uuid`(1); record a.time_ms {}",
            &[
                "1:8-1:12 the name `date` is taken by a type of the IDL",
                "1:22-1:28 the name `uuid` is taken by a type of the IDL",
                "1:40-1:49 the name `time_ms` is taken by a type of the IDL",
            ],
        ),
    ]);
}

#[test]
fn values_are_json() {
    check(&[
        (
            "record R { int a = b; string c = 'x'; int d = ; }",
            &[
                "1:20-1:21 expected a default, found `b` (help: texts and enum symbols stand in double quotes)",
                "1:34-1:35 expected a default, found `'` (help: put it in double quotes)",
                "1:47-1:48 expected a default, found `;`",
            ],
        ),
        (
            r#"record R { int a = {"b" 1}; int b = [1 2]; int c = {"a": {"b": 1, }}; int d }"#,
            &[
                "1:25-1:26 expected `:` after the key, found `1`",
                "1:40-1:41 expected `,` or `]` after the value, found `2`",
                "1:67-1:68 expected a key in double quotes, found `}`",
                "1:76-1:76 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
        (
            "record R { int a = 99999999999999999999; int b = 1_000; int c = +1; }",
            &[
                "1:20-1:40 `99999999999999999999` does not fit into 64 bits",
                "1:50-1:55 `1_000` has an underscore in a number (help: leave it out)",
                "1:65-1:67 `+1` has a plus sign before an integer (help: leave it out)",
            ],
        ),
        (
            "record R { string a = \"b; }\nrecord S { string a = \"\\x\"; }",
            &[
                r#"1:23-1:28 this string has no closing quote on its line (help: close it with `"`)"#,
                r"2:24-2:26 unknown escape `\x` in a string (help: write `\\` for a backslash)",
            ],
        ),
    ]);
}

#[test]
fn enums_and_fixeds_hold_symbols_and_sizes() {
    check(&[
        ("enum E { A, }", &["1:13-1:14 expected a symbol, found `}` (help: remove the comma before it)"]),
        (
            "enum E { A B } enum F { @a(1) A }",
            &[
                "1:12-1:13 expected `}` or `,` after the symbol, found `B`",
                "1:26-1:27 warning: Avro has no properties of enum symbols: this annotation is ignored",
            ],
        ),
        ("enum E { A } = 1;", &["1:16-1:17 expected the symbol that is the default, found `1`"]),
        (
            "enum E { A };",
            &[
                "1:13-1:14 expected a declaration such as `protocol` or `record`, found `;` (help: remove the `;`: nothing that ends with `}` needs one)",
            ],
        ),
        (
            "fixed F(-1); fixed G(99999999999); fixed H(1L); fixed I(x); fixed J(08);",
            &[
                "1:9-1:11 the size of a fixed is from 0 to 2147483647, not `-1`",
                "1:22-1:33 the size of a fixed is from 0 to 2147483647, not `99999999999`",
                "1:44-1:46 the size of a fixed is from 0 to 2147483647, not `1L`",
                "1:57-1:58 expected the size of a fixed, found `x`",
                "1:69-1:71 `08` starts with 0 and so is octal, but has a digit above 7 (help: leave out the leading 0 if the number is decimal)",
            ],
        ),
    ]);
}

#[test]
fn annotations_have_a_name_and_a_value() {
    check(&[
        ("@a record R {}", &["1:4-1:10 expected `(` after the name of the annotation, found `record`"]),
        ("@a(1 2) record R { int a; }", &["1:6-1:7 expected `)` after the value of the annotation, found `2`"]),
        (
            r#"@a({"b" 1}) record R { int b }"#,
            &[
                "1:9-1:10 expected `:` after the key, found `1`",
                "1:29-1:29 expected `;` after the field, found `}` (help: end it with `;`)",
            ],
        ),
        ("@(1) record R {}", &["1:2-1:3 expected the name of an annotation, found `(`"]),
        ("@a(1 record R {}", &["1:6-1:12 expected `)` after the value of the annotation, found `record`"]),
    ]);
}

#[test]
fn annotations_say_what_avro_takes() {
    check(&[
        (
            r#"@namespace(1) @aliases("x") record R { int @order("up") @aliases([1]) @order(1) a; }"#,
            &[
                "1:12-1:13 `@namespace` takes a string, not a number",
                "1:24-1:27 `@aliases` takes an array of strings, not a string (help: put it in `[` and `]`)",
                r#"1:51-1:55 "up" is no order (help: the orders are "ascending", "descending" and "ignore")"#,
                "1:67-1:68 `@aliases` takes an array of strings; a number is none",
                "1:78-1:79 `@order` takes a string, not a number",
            ],
        ),
        (
            r#"@doc("x") record R { @type(1) int @default(1) a; } @default("A") enum E {A} @default(1) fixed F(1);"#,
            &[
                "1:2-1:5 `@doc` is not allowed on a type: the IDL has its own words for that",
                "1:23-1:27 `@type` is not allowed on a type: the IDL has its own words for that",
                "1:36-1:43 `@default` is not allowed on a field: the IDL has its own words for that",
                "1:53-1:60 `@default` is not allowed on an enum: the IDL has its own words for that",
            ],
        ),
        (
            "@protocol(1) protocol P { @request(1) @response(2) void m(); }",
            &[
                "1:2-1:10 `@protocol` is not allowed on a protocol: the IDL has its own words for that",
                "1:28-1:35 `@request` is not allowed on a message: the IDL has its own words for that",
                "1:40-1:48 `@response` is not allowed on a message: the IDL has its own words for that",
            ],
        ),
        (
            "record R { @a(1) R r; @a(1) R? s; @a(1) union { int } t; }",
            &[
                "1:13-1:14 the use of a named type cannot be annotated (help: annotate the type where it is declared, or put this before the field's name)",
                "    1:18 the named type",
                "1:24-1:25 the use of a named type cannot be annotated (help: annotate the type where it is declared, or put this before the field's name)",
                "    1:29 the named type",
                "1:36-1:37 warning: a union has no properties: this annotation is ignored (help: an annotation of a field stands between its type and its name)",
            ],
        ),
        (
            r#"record R { @aliases(["x"]) int a; @aliases(["y"]) union { int } b; array<@namespace("n") int> c; }"#,
            &[
                "1:13-1:20 `@aliases` is not allowed before the use of a type (help: an annotation of a field stands between its type and its name)",
                "1:36-1:43 `@aliases` is not allowed before the use of a type (help: an annotation of a field stands between its type and its name)",
                "1:75-1:84 `@namespace` is not allowed before the use of a type (help: put it before the declaration of the type)",
            ],
        ),
        (
            r#"record R { @logicalType("x") @a(1) @a(2) date d; @b(1) @b(2) array<int> e; }"#,
            &[
                "1:13-1:24 `@logicalType` repeats what the word for the type says",
                "    1:42 said here",
                "1:31-1:32 warning: `@a` is repeated: this one is ignored",
                "    1:37 this one counts",
                "1:51-1:52 warning: `@b` is repeated: this one is ignored",
                "    1:57 this one counts",
            ],
        ),
    ]);
}

#[test]
fn messages_have_parameters_and_errors() {
    check(&[
        (
            "protocol P { int a() oneway; void b() throws; void c() throws A,; @x(1) A d(); }",
            &[
                "1:14-1:17 a one-way message has no result (help: make the result `void`, or remove `oneway`)",
                "1:45-1:46 expected the name of an error, found `;`",
                "1:65-1:66 expected the name of an error, found `;`",
            ],
        ),
        (
            "protocol P { int a(int); int b(int a,); int c(int a; void d(); }",
            &[
                "1:23-1:24 expected the name of a parameter, found `)`",
                "1:38-1:39 expected a type, found `)`",
                "1:52-1:53 expected `)` or `,` after the parameter, found `;`",
            ],
        ),
    ]);
}

#[test]
fn statements_stand_in_their_order() {
    check(&[
        (
            "namespace a; namespace b;",
            &["1:14-1:23 a second statement `namespace` (help: remove it)", "    1:11 the first one"],
        ),
        (
            "schema int; schema int;",
            &["1:13-1:19 a second statement `schema` (help: remove it)", "    1:8 the first one"],
        ),
        (
            "namespace a; record R {} schema R;",
            &[
                "1:26-1:32 the statement `schema` comes too late (help: `namespace` is the first statement of a file, and `schema` the next)",
            ],
        ),
        (
            r#"import idl "a"; schema int;"#,
            &[
                "1:17-1:23 the statement `schema` comes too late (help: `namespace` is the first statement of a file, and `schema` the next)",
            ],
        ),
        (
            "schema int; namespace a;",
            &[
                "1:13-1:22 the statement `namespace` comes too late (help: `namespace` is the first statement of a file, and `schema` the next)",
            ],
        ),
        (
            "protocol P {} record R {} record S {}",
            &[
                "1:15-1:21 a protocol and something beside it in one file (help: a protocol stands alone: types and imports stand inside its braces)",
                "    1:10 the protocol",
            ],
        ),
        (
            "record R {} protocol P {} protocol Q {}",
            &[
                "1:13-1:21 a protocol and something beside it in one file (help: a protocol stands alone: types and imports stand inside its braces)",
                "    1:1 the other one",
                "1:27-1:35 a second protocol in one file (help: a protocol stands alone: types and imports stand inside its braces)",
                "    1:13 the other one",
            ],
        ),
    ]);
}

#[test]
fn documentation_of_nothing_is_a_note() {
    check(&[
        (
            r#"/** a */ @x(1) import idl "a"; /** b */"#,
            &[
                "1:11-1:12 a statement `import` cannot be annotated",
                "1:32-1:40 note: this documentation belongs to no declaration, and is ignored (help: put it right before the declaration, or start it with `/*`)",
            ],
        ),
        (
            "/** licence */ /** a */ /** b */ record /** c */ R { /** d */ }",
            &[
                "1:16-1:24 note: this documentation belongs to no declaration, and is ignored (help: put it right before the declaration, or start it with `/*`)",
                "1:41-1:49 note: this documentation belongs to no declaration, and is ignored (help: put it right before the declaration, or start it with `/*`)",
                "1:54-1:62 note: this documentation belongs to no declaration, and is ignored (help: put it right before the declaration, or start it with `/*`)",
            ],
        ),
    ]);
}

#[test]
fn stray_symbols_are_told() {
    check(&[
        (
            "protocol P { ; int a(); } ;",
            &[
                "1:14-1:15 expected the declaration of a type or message, found `;` (help: remove the `;`: nothing that ends with `}` needs one)",
                "1:27-1:28 expected a declaration such as `protocol` or `record`, found `;` (help: remove the `;`: nothing that ends with `}` needs one)",
            ],
        ),
        ("}", &["1:1-1:2 this `}` closes nothing"]),
        ("record `R { int a; }", &["1:8-1:10 this backtick is never closed (help: end the name with a backtick)"]),
        (
            "record R { int “a”; }",
            &[
                r#"1:16-1:17 the character U+201C is not allowed here (help: use the straight quote ")"#,
                r#"1:18-1:19 the character U+201D is not allowed here (help: use the straight quote ")"#,
            ],
        ),
        (
            "record R { int a; } } record S { int }",
            &["1:21-1:22 this `}` closes nothing", "1:38-1:39 expected the name of a field, found `}`"],
        ),
    ]);
}
