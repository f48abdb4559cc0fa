//! Lexer, parser and the scanner of imports take any text, and their places are places.

#![no_main]

use canread_fuzz::check_places;
use canread_protobuf::schema::{parse, scan_imports, scan_package};
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut sources = Sources::default();
    let file = sources.add("a.proto", "fuzz", data.to_vec());
    let text = sources.file(file).text();
    let parsed = parse(file, text);
    check_places(&sources, &parsed.diagnostics);
    let _ = (scan_imports(text), scan_package(text));
});
