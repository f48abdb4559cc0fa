//! Writes `.proto` files by the generator of the interop tests, and has prost make Rust types of them.

#[path = "../tests/interop/random.rs"]
mod random;
#[path = "../tests/interop/protobuf/schemas.rs"]
mod schemas;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::{env, fs};

use crate::random::Random;
use crate::schemas::{Dialect, Generator};

/// What schemas have used, and how often.
type Coverage = BTreeMap<&'static str, usize>;

/// As many of each dialect; prost reads no editions.
const SCHEMAS: usize = 150;

fn main() {
    for path in ["random.rs", "protobuf/schemas.rs"] {
        println!("cargo::rerun-if-changed=../tests/interop/{path}");
    }
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let mut coverage = Coverage::new();
    let mut names = Vec::new();
    let mut code = String::new();
    let mut arms = String::new();
    for number in 0..SCHEMAS {
        let dialect = [Dialect::Proto2, Dialect::Proto3][number % 2];
        let mut random = Random::new(number as u64 + 1);
        let text = Generator::new(dialect, &mut random, &mut coverage).file(&format!("p{number}"));
        names.push(out.join(format!("p{number}.proto")));
        fs::write(&names[number], text).expect("OUT_DIR can be written");
        let _ = writeln!(code, "mod p{number} {{ include!(concat!(env!(\"OUT_DIR\"), \"/p{number}.rs\")); }}");
        let _ = writeln!(arms, "        {number} => again::<p{number}::M>(bytes),");
    }
    let _ = write!(
        code,
        "/// How many there are.\npub const SCHEMAS: usize = {SCHEMAS};\n\n\
         /// A message `M` of a schema, read and written again.\n///\n/// # Errors\n///\n/// Those of prost.\n\
         pub fn read_and_write(schema: usize, bytes: &[u8]) -> Result<Vec<u8>, prost::DecodeError> {{\n    \
         match schema {{\n{arms}        _ => panic!(\"there is no such schema\"),\n    }}\n}}\n"
    );
    fs::write(out.join("schemas.rs"), code).expect("OUT_DIR can be written");
    let files = protox::compile(&names, [&out]).expect("the schemas are well");
    prost_build::Config::new().btree_map(["."]).compile_fds(files).expect("prost makes types of them");
}
