//! A patch, applied, makes its finding disappear: the new text is read again and compared again.

mod support;

use canread_compat::Judged;
use canread_syntax::Patch;
use support::Compare;

fn applied(text: &str, patch: &Patch) -> String {
    let mut text = text.to_owned();
    let mut edits: Vec<_> = patch.edits.iter().collect();
    edits.sort_by_key(|edit| edit.span.start);
    for edit in edits.into_iter().rev() {
        text.replace_range(edit.span.range(), &edit.text);
    }
    text
}

/// The new text after the patch of the only finding of `rule`. Of that rule, nothing is found afterwards.
fn mended(rule: &str, old: &str, new: &str) -> String {
    let found = Compare::texts(old, new).found(rule);
    let [diagnostic] = &found[..] else { panic!("one finding of {rule}, not {found:?}") };
    let patch = diagnostic.patch.as_ref().expect("the finding has a patch");
    let mended = applied(new, patch);
    let left = Compare::texts(old, &mended).found(rule);
    assert!(left.is_empty(), "{mended}\nstill gives {left:?}");
    mended
}

const P3: &str = "syntax = \"proto3\";\n";

#[test]
fn a_deleted_field_is_reserved_in_the_style_of_the_message() {
    for (head, old, new, expected) in [
        (
            P3,
            "message M {\n  int32 a = 1;\n  int32 b = 2;\n}",
            "message M {\n  int32 a = 1;\n}",
            "message M {\n  reserved 2;\n  reserved \"b\";\n  int32 a = 1;\n}",
        ),
        ("", "message M { optional int32 a = 1; }", "message M {}", "message M { reserved 1; reserved \"a\"; }"),
        (
            P3,
            "message M { int32 a = 1; int32 b = 2; }",
            "message M { int32 b = 2; }",
            "message M { reserved 1; reserved \"a\"; int32 b = 2; }",
        ),
        (
            "edition = \"2023\";\n",
            "message M { int32 a = 1; }",
            "message M { }",
            "message M { reserved 1; reserved a; }",
        ),
        (
            P3,
            "message O {\n\tmessage M {\n\t\tint32 a = 1;\n\t}\n\tM m = 1;\n}",
            "message O {\n\tmessage M { // none\n\t}\n\tM m = 1;\n}",
            "message O {\n\tmessage M { // none\n\t\treserved 1;\n\t\treserved \"a\";\n\t}\n\tM m = 1;\n}",
        ),
        (
            P3,
            "message M /* { */ { // {\r\n  int32 a = 1;\r\n}\r\n",
            "message M /* { */ { // {\r\n}\r\n",
            "message M /* { */ { // {\r\n  reserved 1;\r\n  reserved \"a\";\r\n}\r\n",
        ),
        (
            P3,
            "message M { int32 a = 1;\n  int32 b = 2;\n}",
            "message M { int32 b = 2;\n}",
            "message M { reserved 1; reserved \"a\"; int32 b = 2;\n}",
        ),
        // The word in a comment and in a name is no edition.
        (
            P3,
            "// edition = \"2023\";\nmessage edition { int32 a = 1; }",
            "// edition = \"2023\";\nmessage edition {}",
            "// edition = \"2023\";\nmessage edition { reserved 1; reserved \"a\"; }",
        ),
    ] {
        let text = |body: &str| format!("{head}{body}");
        assert_eq!(mended("field_deleted_unreserved_number", &text(old), &text(new)), text(expected));
    }
}

#[test]
fn a_deleted_enum_value_is_reserved_too() {
    let old = format!("{P3}enum E {{\n  ZERO = 0;\n  ONE = 1;\n  TWO = 2;\n}}\nmessage M {{ E e = 1; }}");
    let new = format!("{P3}enum E {{\n  ZERO = 0;\n  TWO = 2;\n}}\nmessage M {{ E e = 1; }}");
    let expected = new.replace("enum E {", "enum E {\n  reserved 1;\n  reserved \"ONE\";");
    assert_eq!(mended("enum_value_deleted_unreserved", &old, &new), expected);
}

#[test]
fn what_changed_is_restored_and_nothing_else() {
    for (rule, old, new, expected) in [
        (
            "field_type_changed",
            "message M { int64 a = 1; }",
            "message M { int32 a = 1; }",
            "message M { int64 a = 1; }",
        ),
        (
            "field_renamed",
            "message M { int64 a = 1; }",
            "message M { int64 b = 1 [deprecated = true]; }",
            "message M { int64 a = 1 [deprecated = true]; }",
        ),
        (
            "field_renumbered",
            "message M { int64 a = 1; int64 b = 3; }",
            "message M { int64 a = 1; int64 b = 2; }",
            "message M { int64 a = 1; int64 b = 3; }",
        ),
        (
            "presence_became_explicit",
            "message M { int64 a = 1; }",
            "message M { optional int64 a = 1; }",
            "message M { int64 a = 1; }",
        ),
        (
            "presence_became_implicit",
            "message M {\n  optional int64 a = 1; // x\n}",
            "message M {\n  int64 a = 1; // x\n}",
            "message M {\n  optional int64 a = 1; // x\n}",
        ),
        ("enum_value_renamed", "enum E { A = 0; B = 1; }", "enum E { A = 0; C = 1; }", "enum E { A = 0; B = 1; }"),
        (
            "rpc_streaming_changed",
            "message M {}\nservice S { rpc R(M) returns (stream M); }",
            "message M {}\nservice S { rpc R(M) returns (M); }",
            "message M {}\nservice S { rpc R(M) returns (stream M); }",
        ),
    ] {
        let text = |body: &str| format!("{P3}{body}");
        assert_eq!(mended(rule, &text(old), &text(new)), text(expected));
    }
}

#[test]
fn a_declaration_of_another_syntax_is_not_put_back() {
    let old = "message M { optional int32 a = 1; }";
    let new = format!("{P3}message M {{ int32 a = 1; }}");
    let found = Compare::texts(old, &new).found("presence_became_implicit");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].patch, None, "`optional` of proto2 is not `optional` of proto3");
}

/// Every rule's own example: where its finding has a patch, it is gone afterwards, or matters less.
/// (`compat-tests` does the same with every case.)
#[test]
fn the_patches_of_all_examples_mend_them() {
    let mut patches = 0;
    for rule in canread_compat::rules().iter().filter(|rule| !rule.opt_in) {
        let (old, new) = (rule.example.old, rule.example.new);
        // An example that imports other files cannot stand alone.
        let Some(compare) = Compare::try_texts(old, new) else { continue };
        for judged in compare.judged.iter().filter(|judged| judged.finding.rule.id == rule.id) {
            let run = compare.run();
            let Some(patch) = canread_report::diagnostic(judged, run.sources, compare.maps()).patch else { continue };
            patches += 1;
            let mended = applied(new, &patch);
            let after = Compare::try_texts(old, &mended).unwrap_or_else(|| panic!("{}: no schema:\n{mended}", rule.id));
            let weights = |judged: &Judged| {
                let claims = judged.finding.claims.iter();
                claims.map(|claim| (*claim, judged.finding.severity_of(*claim))).collect::<Vec<_>>()
            };
            let is_same = |left: &&Judged| left.finding.rule == judged.finding.rule && weights(left) == weights(judged);
            assert!(!after.judged.iter().any(|left| is_same(&left)), "{}: as bad as before:\n{mended}", rule.id);
        }
    }
    assert!(patches > 15, "only {patches} patches");
}

#[test]
fn the_rest_of_a_statement_stays() {
    for (rule, head, old, new, expected) in [
        // Options that came with the change, comments, other settings.
        (
            "presence_became_explicit",
            P3,
            "message M { string a = 1; }",
            "message M { optional string a = 1 [deprecated = true]; /* x */ }",
            "message M { string a = 1 [deprecated = true]; /* x */ }",
        ),
        (
            "field_renumbered",
            P3,
            "message M { string a = 1; string c = 3; }",
            "message M { string a = 2 [deprecated = true, json_name = \"b\"]; string c = 3; }",
            "message M { string a = 1 [deprecated = true, json_name = \"b\"]; string c = 3; }",
        ),
        (
            "field_became_singular",
            P3,
            "message M { repeated string a = 1; }",
            "message M { string a = 1 [deprecated = true]; }",
            "message M { repeated string a = 1 [deprecated = true]; }",
        ),
        (
            "default_changed",
            "",
            "message M { optional int32 a = 1 [default = 3]; }",
            "message M { optional int32 a = 1 [deprecated = true, default = 5, jstype = JS_NORMAL]; }",
            "message M { optional int32 a = 1 [deprecated = true, default = 3, jstype = JS_NORMAL]; }",
        ),
        (
            "default_changed",
            "",
            "message M { optional string a = 1 [default = \"[,]\"]; }",
            "message M { optional string a = 1; }",
            "message M { optional string a = 1 [default = \"[,]\"]; }",
        ),
        (
            "default_changed",
            "",
            "message M { optional int32 a = 1; }",
            "message M { optional int32 a = 1 [default = 5, deprecated = true]; }",
            "message M { optional int32 a = 1 [deprecated = true]; }",
        ),
        (
            "default_changed",
            "",
            "message M { optional int32 a = 1; }",
            "message M { optional int32 a = 1 [default = 5]; }",
            "message M { optional int32 a = 1; }",
        ),
        (
            "field_type_changed",
            "",
            "message M { optional int32 a = 1 [default = 3]; }",
            "message M { optional string a = 1 [deprecated = true, default = \"x\"]; }",
            "message M { optional int32 a = 1 [deprecated = true, default = 3]; }",
        ),
        (
            "message_encoding_changed",
            "edition = \"2023\";\n",
            "message L {} message M { L a = 1; }",
            "message L {} message M { L a = 1 [lazy = true, features.message_encoding = DELIMITED]; }",
            "message L {} message M { L a = 1 [lazy = true]; }",
        ),
        (
            "json_name_changed",
            P3,
            "message M { string a = 1; }",
            "message M { string a = 1 [json_name = \"b\", deprecated = true]; }",
            "message M { string a = 1 [deprecated = true]; }",
        ),
        (
            "rpc_streaming_changed",
            P3,
            "message M {} service S { rpc R(stream M) returns (M); }",
            "message M {} service S { rpc R(M) returns (stream M) { option deprecated = true; } }",
            "message M {} service S { rpc R(stream M) returns (M) { option deprecated = true; } }",
        ),
    ] {
        let text = |body: &str| format!("{head}{body}");
        assert_eq!(mended(rule, &text(old), &text(new)), text(expected));
    }
}

#[test]
fn members_that_exchanged_their_numbers_get_them_back_together() {
    for (rule, old, new) in [
        ("enum_value_renumbered", "enum E { A = 0; B = 1; C = 2; }", "enum E { A = 0; B = 2; C = 1; }"),
        ("enum_value_renumbered", "enum E { A = 0; B = 1; C = 2; }", "enum E { C = 0; A = 1; B = 2; }"),
    ] {
        let (old, new) = (format!("{P3}{old}"), format!("{P3}{new}"));
        for diagnostic in Compare::texts(&old, &new).found(rule) {
            // The first value of an open enum is zero, so the second pair has no patch.
            let Some(patch) = &diagnostic.patch else { continue };
            let after = Compare::texts(&old, &applied(&new, patch));
            assert!(after.judged.is_empty(), "{:?}", after.found(""));
        }
    }
    let swapped = Compare::texts(
        &format!("{P3}enum E {{ A = 0; B = 1; C = 2; }}"),
        &format!("{P3}enum E {{ A = 0; B = 2; C = 1; }}"),
    );
    let found = swapped.found("enum_value_renumbered");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].patch.as_ref().map(|patch| patch.edits.len()), Some(2));
    assert!(!found[0].message.contains("more with the same cause"), "{}", found[0].message);
}

#[test]
fn what_would_be_no_schema_is_not_put_back() {
    for (rule, old, new) in [
        ("field_renamed", "message M { int64 a = 1; }", "message M { reserved \"a\"; int64 b = 1; }"),
        ("field_renamed", "message M { int64 a = 1; }", "message M { int64 b = 1; oneof a { int64 c = 2; } }"),
        ("field_renamed", "message M { int64 a = 1; }", "message M { int64 b = 1; message a {} }"),
        ("field_renumbered", "message M { int64 a = 1; }", "message M { reserved 1; int64 a = 2; }"),
        ("field_type_changed", "message A {} message M { A a = 1; }", "message M { string a = 1; }"),
        ("list_became_map", "message A {} message M { repeated A a = 1; }", "message M { map<string, string> a = 1; }"),
        ("enum_value_renamed", "enum E { A = 0; B = 1; }", "enum E { A = 0; C = 1; reserved \"B\"; }"),
        (
            "declaration_renamed",
            "message A { int32 a = 1; } message M { A a = 1; }",
            "message B { int32 a = 1; } message M { B a = 1; }",
        ),
    ] {
        let found = Compare::texts(&format!("{P3}{old}"), &format!("{P3}{new}")).found(rule);
        assert_eq!(found.len(), 1, "{rule}: {new}");
        assert_eq!(found[0].patch, None, "{rule}: {new}");
    }
}
