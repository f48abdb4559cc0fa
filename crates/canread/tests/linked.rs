//! What a service compiles that links one format: few crates, and no compiler but Rust's.

use std::collections::BTreeSet;
use std::process::Command;

/// What runs or builds `protoc`, `CMake` or a C compiler, beside crates whose names end with `-sys`.
const OTHERS: [&str; 7] = ["cc", "cmake", "bindgen", "pkg-config", "prost-build", "protobuf-src", "protoc"];

/// The crates that are compiled for `canread` with some features, each once: name and version.
fn compiled(features: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["tree", "--locked", "--package", "canread", "--no-default-features", "--features", features])
        .args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .current_dir(env!("CARGO_MANIFEST_DIR"));
    let output = cargo.output().expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let name = |line: &str| line.split_whitespace().take(2).collect::<Vec<_>>().join(" ");
    text.lines().filter(|line| !line.is_empty()).map(name).collect()
}

#[test]
fn one_format_with_the_derive_is_fifteen_crates_at_most_and_needs_no_other_compiler() {
    for format in ["protobuf", "avro"] {
        let crates = compiled(&format!("derive,std,{format}"));
        assert!(crates.len() <= 15, "{format}: {crates:#?}");
        assert!(crates.len() > 5, "the tree was not understood: {crates:#?}");
        for name in &crates {
            let name = name.split(' ').next().unwrap_or_default();
            assert!(!OTHERS.contains(&name) && !name.ends_with("-sys"), "{format} needs {name}");
        }
    }
}

/// Without the feature `std` a crate that says `no_std` has none, and so has no crate below it: those are all ours.
#[test]
fn without_std_both_formats_stand_on_our_own_crates_alone() {
    let crates = compiled("derive,avro,protobuf");
    // The derive runs in the compiler.
    let macros = ["canread-derive", "proc-macro2", "quote", "syn", "unicode-ident"];
    let linked: Vec<&str> = crates.iter().filter_map(|name| name.split(' ').next()).collect();
    let linked: Vec<&str> = linked.into_iter().filter(|name| !macros.contains(name)).collect();
    assert_eq!(linked, ["canread", "canread-avro", "canread-protobuf", "canread-record", "canread-wire"]);
    for name in linked {
        let path = format!("{}/../{name}/src/lib.rs", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&path).expect("the crate is beside this one");
        assert!(text.lines().any(|line| line.starts_with("#![") && line.contains("no_std")), "{name}");
    }
}
