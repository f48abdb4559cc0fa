//! The peers' types, made from the schema without protoc.

use std::env;
use std::error::Error;
use std::fs;
use std::path::PathBuf;

use prost::Message as _;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=idl");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let descriptors = protox::compile(["idl/bench.proto"], ["idl"])?;
    fs::write(out.join("bench.binpb"), descriptors.encode_to_vec())?;
    // Maps in the order of their keys, so that bytes can be compared.
    prost_build::Config::new().btree_map(["."]).compile_fds(descriptors)?;
    let buffa = out.join("buffa");
    fs::create_dir_all(&buffa)?;
    buffa_build::Config::new()
        .map_type(buffa_build::MapRepr::BTreeMap)
        .descriptor_set(out.join("bench.binpb"))
        .files(&["bench.proto"])
        .out_dir(&buffa)
        .include_file("mod.rs")
        .compile()?;
    Ok(())
}
