//! A patch, applied, makes its finding disappear: the new text is read again and compared again.

mod support;

use canread_syntax::{Diagnostic, Patch};
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

/// Rules whose patch is not all that can be done, with the reason.
const PARTIAL: [(&str, &str); 4] = [
    ("protobuf/declaration_renamed", "names the declaration only: whoever uses it has to use the old name too"),
    ("protobuf/enum_value_renumbered", "two values have exchanged their numbers, and one of them is shown"),
    ("protobuf/extension_range_shrunk", "keeps the numbers from being used again; what old data has there stays lost"),
    ("protobuf/list_became_map", "the message of the items is gone too"),
];

/// Every rule's own example: where its finding has a patch, it is gone afterwards, or matters less.
#[test]
fn the_patches_of_all_examples_mend_them() {
    let (mut patches, mut partial) = (0, Vec::new());
    for rule in canread_compat::rules().iter().filter(|rule| !rule.opt_in) {
        let (old, new) = (rule.example.old, rule.example.new);
        // An example that imports other files cannot stand alone.
        let Some(compare) = Compare::try_texts(old, new) else { continue };
        for diagnostic in compare.found(rule.id) {
            let Some(patch) = &diagnostic.patch else { continue };
            patches += 1;
            let mended = applied(new, patch);
            let is_same =
                |left: &Diagnostic| (&left.message, left.severity) == (&diagnostic.message, diagnostic.severity);
            let is_better =
                Compare::try_texts(old, &mended).is_some_and(|compare| !compare.found(rule.id).iter().any(is_same));
            if !is_better {
                partial.push(rule.id);
            }
        }
    }
    assert!(patches > 15, "only {patches} patches");
    assert_eq!(partial, PARTIAL.map(|(rule, _)| rule));
}
