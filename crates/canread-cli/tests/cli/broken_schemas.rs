//! What is wrong inside of files: a message with file, line and column, exit 3, never a verdict.

use insta::assert_snapshot;

use crate::world::{P3, World, here};

/// Levels of nesting that no stack holds.
const DEEP: usize = 100_000;

#[test]
fn every_kind_of_mistake_is_named_with_its_place() {
    for (text, parts) in [
        ("message M {\n  int32 a = ;\n}", &["new/a.proto:3:13", "expected a field number, found `;`"][..]),
        ("message M {\n  int32 a", &["new/a.proto:3:10", "found the end of the file"]),
        ("message M {\n", &["new/a.proto:2:11", "this `{` is never closed"]),
        (
            "message M {\n  int32 a = 1;\n  int32 a = 2;\n}",
            &["`M.a` is declared twice", "new/a.proto:4:9", "3 |   int32 a = 1;"],
        ),
        (
            "message M {\n  int32 a = 1;\n  int32 b = 1;\n}",
            &["`a` and `b` have the same number 1", "new/a.proto:4:13", "3 |   int32 a = 1;"],
        ),
        ("enum E { A = 0; B = 0; }", &["new/a.proto:2:", "`A`", "`B`"]),
        ("message M { N n = 1; }", &["new/a.proto:2:13", "`N` is not declared"]),
        ("import \"a.proto\";\n", &["import one another: a.proto → a.proto", "new/a.proto:2:8"]),
        ("import \"x/y.proto\";\n", &["names no file", "new/a.proto:2:8", "looked for it below", "`-I DIR`"]),
        ("message M { int32 a = 0; }", &["new/a.proto:2:23", "0"]),
        ("message M\0 {}", &["the character U+0000 is not allowed here", "new/a.proto:2:10"]),
        ("message M { string s = 1 [default = \"\u{1b}[2J\"]; }", &["new/a.proto:2:"]),
        ("message \u{1b}[31m {}", &["the character U+001B is not allowed here", "message ?[31m {}"]),
    ] {
        World::new_file(format!("{P3}{text}")).check("").fails_with(3, parts);
    }
}

#[test]
fn two_files_that_import_each_other_are_both_shown() {
    let world = World::new_file(format!("{P3}import \"b.proto\";\n"));
    world.write("new/b.proto", format!("{P3}import \"a.proto\";\n"));
    assert_snapshot!(world.check(""), @r#"
    error[protobuf/import_cycle]: these files import one another: a.proto → b.proto → a.proto
     --> new/a.proto:2:8
      |
    2 | import "b.proto";
      |        ^^^^^^^^^ the cycle starts with this import
      |
     ::: new/b.proto:2:8
      |
    2 | import "a.proto";
      |        --------- goes on here
      |
    help: move what both need into a file of its own

    read 2 schema files: new against old
    1 error: nothing was compared, so there is no verdict
    exit 3
    "#);
}

#[test]
fn a_mistake_in_the_old_version_is_said_to_be_there() {
    let fine = format!("{P3}message M {{}}\n");
    assert_snapshot!(World::pair(format!("{P3}message M {{ int32 a = }}\n"), fine).check(""), @r"
    error[protobuf/syntax]: expected a field number, found `}`
     --> old/a.proto:2:23
      |
    2 | message M { int32 a = }
      |                       ^

    read 1 schema file: new against old
    1 error in the old version: nothing was compared, so there is no verdict
    exit 3
    ");
}

#[test]
fn bytes_that_are_no_text_are_one_problem() {
    let utf16: Vec<u8> = "\u{feff}syntax = \"proto3\";\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (bytes, parts) in [
        (
            &b"syntax = \"proto3\";\nmessage \xff {}\n"[..],
            &["new/a.proto:2:9", "byte 0xff at offset 27 is not UTF-8"][..],
        ),
        (&utf16, &["new/a.proto:1:1", "the file is UTF-16: save it as UTF-8"]),
        (&b"\xe2\x82"[..], &["new/a.proto:1:1", "not UTF-8"]),
    ] {
        let outcome = World::new_file(bytes).check("");
        outcome.fails_with(3, parts);
        assert!(outcome.out.contains("\n1 error: nothing was compared"), "{}", outcome.out);
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_fine() {
    let text = |kind: &str| format!("{P3}message M {{\n  {kind} id = 1;\n}}\n");
    let plain = World::pair(text("int64"), text("int32")).check("");
    let windows = |kind: &str| format!("\u{feff}{}", text(kind).replace('\n', "\r\n"));
    let odd = World::pair(windows("int64"), windows("int32")).check("");
    assert_eq!((odd.code, odd), (Some(1), plain));
}

#[test]
fn an_empty_file_is_a_schema_without_declarations() {
    // Where that is all there is, nothing can be compared.
    World::pair("", "// only a comment\n").check("").fails_with(3, &["no schema of either version declares anything"]);
    let outcome = World::pair("", format!("{P3}message M {{ int32 a = 1; }}")).check("");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    // Everything in it is gone, which is no reading problem but a break.
    let outcome = World::pair(format!("{P3}message M {{ int32 a = 1; }}"), "").check("");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
}

/// Each file of the shop that is cut off inside of a declaration: no verdict, whatever is left of it.
#[test]
fn a_truncated_file_is_never_compatible() {
    let shop = canread_testing::workspace_root().join("schemas/shop/v1/shop/orders/v1/order.proto");
    let text = std::fs::read_to_string(shop).expect("the shop has orders");
    let world = World::pair(&text, &text);
    // The file imports others: here it stands alone.
    let text = text.replace("import \"", "// import \"");
    world.write("old/a.proto", &text);
    let step = if canread_testing::long() { 1 } else { 9 };
    for end in (1..text.len()).step_by(step).filter(|&end| text.is_char_boundary(end)) {
        let part = &text[..end];
        world.write("new/a.proto", part);
        let outcome = world.check("--format concise");
        let is_open = part.matches('{').count() > part.matches('}').count();
        if is_open {
            outcome.fails_with(3, &["new/a.proto:"]);
        }
        assert!(matches!(outcome.code, Some(0 | 1 | 3)), "{part}\n{}", outcome.text());
    }
}

#[test]
fn nesting_without_end_is_an_error_not_an_overflow() {
    let nested = |open: &str, close: &str| format!("{}{}", open.repeat(DEEP), close.repeat(DEEP));
    for text in [
        format!("{P3}{}", nested("message M {", "}")),
        format!("{P3}{}", nested("message M {", "")),
        format!("message M {{ {} }}", nested("optional group G = 1 {", "}")),
        format!("{P3}option (x) = {{ {} }};", nested("a {", "}")),
        format!("{P3}option (x) = {{ a: {} }};", nested("[", "]")),
        format!("{P3}message M {{ {} }}", nested("oneof o {", "}")),
        format!("{P3}message M {{ int32 a = 1 {}", nested("[", "")),
        format!("{P3}message M {{ int32 a = 1 [(x) = {{ {} }}]; }}", nested("a: {", "}")),
        format!("{P3}message M {{ int32 a = 1 [{} = 1]; }}", nested("(", ")")),
        format!("{P3}message M {{ {}b c = 1; }}", nested("a.", "")),
        format!("{P3}{}", nested("(", "")),
        format!("{P3}{}", nested("/*", "")),
        format!("{P3}message M {{ int32 a = {}1; }}", nested("-", "")),
        format!("{P3}service S {{ {}", nested("rpc R(M) returns (M) {", "")),
    ] {
        for (world, place) in [
            (World::new_file(&text), "new/a.proto:"),
            (World::pair(&text, format!("{P3}message Fine {{}}\n")), "old/a.proto:"),
        ] {
            let outcome = world.check("");
            outcome.fails_with(3, &[place]);
            assert!(outcome.out.len() < 20_000, "{} bytes about {}", outcome.out.len(), &text[..80]);
        }
    }
}

#[test]
fn long_chains_and_long_circles_of_imports_are_walked() {
    let file =
        |number: usize, next: usize| (format!("new/f{number}.proto"), format!("{P3}import \"f{next}.proto\";\n"));
    let mut chain: Vec<_> = (0..2_000).map(|number| file(number, number + 1)).collect();
    chain.push(("new/f2000.proto".into(), P3.into()));
    chain.push(("old/f2000.proto".into(), P3.into()));
    let outcome = World::with(&chain).check("");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    let mut circle: Vec<_> = (0..2_000).map(|number| file(number, (number + 1) % 2_000)).collect();
    circle.push(("old/f.proto".into(), P3.into()));
    let outcome = World::with(&circle).check("");
    outcome.fails_with(3, &["import one another", "and 1990 more places"]);
    assert!(outcome.out.len() < 20_000, "{} bytes", outcome.out.len());
}

#[test]
fn very_many_problems_are_counted_rather_than_shown() {
    let files: Vec<_> = (0..1_000)
        .map(|number| (format!("new/{number:04}.proto"), format!("{P3}message M {{ int32 a = ; }}")))
        .collect();
    let world = World::with(&files);
    world.write("old/a.proto", P3);
    let full = world.check("");
    full.fails_with(3, &["problems shown", "`--format concise` lists them all", "1000 errors: nothing was compared"]);
    assert!(full.out.len() < 60_000, "{} bytes", full.out.len());
    let concise = world.check("--format concise");
    assert_eq!(concise.out.lines().filter(|line| line.contains("error[protobuf/syntax]")).count(), 1_000);
}

#[test]
fn a_line_of_a_megabyte_is_not_printed() {
    let fields: Vec<_> = (0..18_000).map(|number| format!("int32 field_{number} = {};", number + 1)).collect();
    let fields = fields.join(" ");
    let text = |kind: &str| format!("{P3}message M {{ {fields} {kind} id = 536000000; {} }}\n", "; ".repeat(250_000));
    let outcome = World::pair(text("int64"), text("int32")).check("--mode full");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.len() < 5_000, "{} bytes", outcome.out.len());
    let broken = World::new_file(format!("{P3}message M {{ {fields} int32 x = ; {fields} }}\n")).check("");
    broken.fails_with(3, &["new/a.proto:2:", "int32 x = ;"]);
    assert!(broken.out.len() < 5_000, "{} bytes", broken.out.len());
}

#[test]
fn the_shop_against_a_broken_shop_is_no_verdict_in_any_format() {
    let world = World::pair("message", format!("{P3}message M {{}}\n"));
    for format in ["full", "concise", "json", "sarif"] {
        let outcome = world.check(&format!("--format {format}"));
        assert_eq!(outcome.code, Some(3), "{format}");
        assert!(!outcome.out.contains("compatible"), "{format}: {}", outcome.out);
    }
    assert_eq!(here("check schemas/shop/v3 --against schemas/shop/v1 --format concise").code, Some(0));
}

/// An import that nothing answers may mean something else in each version, so the file is not taken for unchanged.
#[test]
fn an_equal_file_with_an_open_import_is_not_unchanged() {
    let text = format!("{P3}import \"far/away.proto\";\nmessage M {{ int32 a = 1; }}\n");
    World::pair(&text, &text).check("").fails_with(3, &["import \"far/away.proto\" names no file", "new/a.proto:2:8"]);
    let known = format!("{P3}import \"google/protobuf/any.proto\";\nmessage M {{ int32 a = 1; }}\n");
    assert_eq!(World::pair(&known, &known).check("").code, Some(0));
}

/// Equal bytes mean the same in both versions, whatever they mean; that they were not parsed is said.
#[test]
fn an_equal_file_that_is_broken_is_unchanged_and_not_parsed() {
    let world = World::pair("message {", "message {");
    world.write("old/b.proto", format!("{P3}message B {{}}\n"));
    world.write("new/b.proto", format!("{P3}message B {{ int32 a = 1; }}\n"));
    let outcome = world.check("");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    assert!(outcome.out.contains("checked 2 schema files, 1 unchanged and not parsed"), "{}", outcome.out);
    world.write("new/c.proto", format!("{P3}import \"a.proto\";\n"));
    world.check("").fails_with(3, &["new/a.proto:1:9"]);
}

#[test]
fn a_name_that_several_files_declare_is_compared_where_its_file_tells_which() {
    let m = |kind: &str| format!("{P3}package shop;\nmessage M {{ {kind} a = 1; }}\n");
    // Apart from each other: each file is compared with itself, and the program that can't hold both is warned.
    let world = World::with(&[
        ("old/x/m.proto", m("int32")),
        ("old/y/m.proto", m("string")),
        ("new/x/m.proto", m("int32")),
        ("new/y/m.proto", m("bytes")),
    ]);
    let outcome = world.check("--format concise");
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    // One became two elsewhere: which of them reads the old data?
    let world =
        World::with(&[("old/m.proto", m("int32")), ("new/x/m.proto", m("int32")), ("new/y/m.proto", m("string"))]);
    world.check("").fails_with(3, &["`shop.M` of \"m.proto\" could be that of \"x/m.proto\" or \"y/m.proto\" now"]);
    // A file that needs both is an error wherever they lie.
    world.write("new/m.proto", format!("{P3}import \"x/m.proto\";\nimport \"y/m.proto\";\n"));
    world.check("").fails_with(3, &["declared in both"]);
}
