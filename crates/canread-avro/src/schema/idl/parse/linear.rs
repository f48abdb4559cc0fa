//! Proof that no file takes more than linear time: tokens are counted, not seconds.

use canread_syntax::FileId;

use super::super::lex::VISITED;
use super::parse;

/// How many tokens are cut from the text.
fn visited(text: &str) -> usize {
    VISITED.set(0);
    _ = parse(FileId(0), text);
    VISITED.get()
}

#[test]
fn every_token_is_cut_a_bounded_number_of_times() {
    const TIMES: usize = 1_000;
    for part in [
        "protocol P {",
        "record R {",
        "record R { int a",
        "enum E {",
        "enum E { A",
        "enum E { A,",
        "fixed F(",
        "}",
        "{",
        "[",
        "(",
        "<",
        ">",
        ";",
        ",",
        "@",
        "@a",
        "@a(",
        "@a({",
        "@a(1) ",
        "array<",
        "map<",
        "array ",
        "decimal ",
        "decimal(",
        "union {",
        "union ",
        "int a = {",
        "int a = {\"a\": [",
        "int a,",
        "a\n",
        "a ",
        "1 ",
        "\"a\" ",
        "record\n",
        "import\n",
        "import idl ",
        "protocol\n",
        "namespace a;",
        "schema int;",
        "protocol P { int a(",
        "protocol P { int a() throws a,",
        "/** a */ ",
        "/* */",
        "// \n",
        "`",
        "`a",
        "a.`",
        "é ",
        "? ",
    ] {
        let once = visited(part).max(4);
        let often = visited(&part.repeat(TIMES));
        assert!(often <= 4 * TIMES * once, "{part:?}: {once} tokens once, {often} tokens {TIMES} times");
    }
}
