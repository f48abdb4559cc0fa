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
        "message M {",
        "}",
        "{",
        "[",
        "(",
        "<",
        ">",
        "]",
        ";",
        ",",
        ".",
        "=",
        "-",
        "a ",
        "\"a\" ",
        "1 ",
        "message ",
        "message\n",
        "option a = {",
        "option a = { b < c [",
        "option\n",
        "a: [",
        "map<",
        "map <a, b> c = 1;",
        "enum E {",
        "enum E { A",
        "oneof o {",
        "extend E {",
        "extend",
        "service S {",
        "rpc A(",
        "rpc\n",
        "group G = 1 {",
        "optional group G = 1 {",
        "reserved 1,",
        "reserved a,",
        "export message M {",
        "local message ",
        "export ",
        "message M { local ",
        "optional int32 a\n",
        "optional int32 a = 1 [b = {",
        "syntax = ",
        "import ",
        "package a",
        "message {} ",
        "mesage M { ",
        "oneof o { message ",
        "oneof o { message m {",
        "/* */",
        "// \n",
        "é ",
    ] {
        let once = visited(part).max(4);
        let often = visited(&part.repeat(TIMES));
        assert!(often <= 4 * TIMES * once, "{part:?}: {once} tokens once, {often} tokens {TIMES} times");
    }
}
