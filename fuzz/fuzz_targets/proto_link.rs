//! The linker takes any set of files.

#![no_main]

use canread_fuzz::{Language, files, one_thread};
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut sources = Sources::default();
    let linked = Language::Protobuf.link(&mut sources, "fuzz", &files("a.proto", text));
    // A schema with errors is a schema: what looks at it must not fall over what is missing.
    let _ = linked.schema.canonical();
});
