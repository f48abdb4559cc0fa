//! The reader of `buf.yaml` and `buf.work.yaml` takes any text, and its places are places.
//!
//! It is included as source: it is nobody's interface, and its crate brings a git library that
//! takes minutes to build with a fuzzer's instruments.

#![no_main]
#![allow(dead_code, unreachable_pub, reason = "a part of another crate, not all of which is called here")]

#[path = "../../crates/canread-project/src/path.rs"]
mod path;

#[path = "../../crates/canread-project/src/roots"]
mod roots {
    pub(crate) mod buf_config;
    mod yaml;
}

use canread_fuzz::check_places;
use canread_syntax::Sources;
use libfuzzer_sys::fuzz_target;
use roots::buf_config::{Source, read};

fuzz_target!(|data: &[u8]| {
    let mut sources = Sources::default();
    let file = sources.add("buf.yaml", "fuzz", data.to_vec());
    let text = sources.file(file).text();
    for is_workspace in [false, true] {
        if let Err(error) = read(Source { text, file, dir: "a/b", is_workspace }) {
            check_places(&sources, std::slice::from_ref(&error));
        }
    }
});
