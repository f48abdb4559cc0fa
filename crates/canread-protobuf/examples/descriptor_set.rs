//! Writes the descriptor set of `.proto` files, or of another set read and raised again; without protoc.
//!
//! ```text
//! cargo run --example descriptor_set -- ROOT LIST OUT [INCLUDE]...
//! cargo run --example descriptor_set -- SET OUT
//! ```
//!
//! ROOT is the folder of the files, LIST a text file with one name a line (as an
//! import would spell it), OUT the set. Imports are looked for in ROOT, then in
//! each INCLUDE; they come into the set too.

#![expect(clippy::print_stderr, reason = "an example talks to its user")]

mod support;

use std::path::PathBuf;
use std::process::ExitCode;

use canread_protobuf::schema::descriptor::{ReadLimits, raise, read_descriptor_set};
use canread_protobuf::schema::{LinkOptions, Linked};
use canread_syntax::Sources;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [set, out] => std::fs::read(set).and_then(|bytes| {
            let linked = read_descriptor_set(set, &bytes, ReadLimits::default(), &LinkOptions::default());
            write(&Sources::default(), &linked, None, out)
        }),
        [root, list, out, include @ ..] => std::fs::read_to_string(list).and_then(|text| {
            let roots: Vec<PathBuf> = std::iter::once(root).chain(include).map(PathBuf::from).collect();
            let names: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let (sources, linked) = support::load(&roots, &names, &LinkOptions::default());
            write(&sources, &linked, Some(&names), out)
        }),
        _ => {
            eprintln!("usage: descriptor_set ROOT LIST OUT [INCLUDE]... | descriptor_set SET OUT");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Writes the named modules with their imports, or all; says whether there was no error.
fn write(sources: &Sources, linked: &Linked, names: Option<&[String]>, out: &str) -> std::io::Result<bool> {
    let modules = names.map(|names| support::modules(&linked.schema, names));
    let raised = raise(&linked.schema, modules.as_deref());
    let diagnostics = || linked.diagnostics.iter().chain(&raised.diagnostics);
    for diagnostic in diagnostics() {
        eprintln!("{}", support::line(sources, diagnostic));
    }
    std::fs::write(out, raised.set.to_bytes())?;
    Ok(!diagnostics().any(canread_syntax::Diagnostic::is_error))
}
