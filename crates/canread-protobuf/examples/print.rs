//! Prints `.proto` files, or the files of a descriptor set, in the one canonical form.
//!
//! ```text
//! cargo run --example print -- ROOT LIST OUT [INCLUDE]...
//! cargo run --example print -- SET OUT
//! ```
//!
//! ROOT, LIST and INCLUDE are as for the example `descriptor_set`; SET is a
//! file with a `google.protobuf.FileDescriptorSet`; OUT is the folder that the files are printed to.

#![expect(clippy::print_stderr, reason = "an example talks to its user")]

mod support;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use canread_protobuf::schema::descriptor::{ReadLimits, read_descriptor_set};
use canread_protobuf::schema::print::Printer;
use canread_protobuf::schema::{LinkOptions, Linked};
use canread_syntax::Sources;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let result = match arguments.as_slice() {
        [set, out] => std::fs::read(set).and_then(|bytes| {
            let linked = read_descriptor_set(set, &bytes, ReadLimits::default(), &LinkOptions::default());
            write(&Sources::default(), &linked, None, Path::new(out))
        }),
        [root, list, out, include @ ..] => std::fs::read_to_string(list).and_then(|text| {
            let roots: Vec<PathBuf> = std::iter::once(root).chain(include).map(PathBuf::from).collect();
            let names: Vec<String> = text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
            let (sources, linked) = support::load(&roots, &names, &LinkOptions::default().with_docs(true));
            write(&sources, &linked, Some(&names), Path::new(out))
        }),
        _ => {
            eprintln!("usage: print ROOT LIST OUT [INCLUDE]... | print SET OUT");
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

/// Prints the named modules, or all; says whether there was no error.
fn write(sources: &Sources, linked: &Linked, names: Option<&[String]>, out: &Path) -> std::io::Result<bool> {
    let printer = Printer::new(&linked.schema);
    let mut diagnostics = linked.diagnostics.clone();
    let all = || linked.schema.modules().map(|(id, _)| id).collect();
    for id in names.map_or_else(all, |names| support::modules(&linked.schema, names)) {
        let module = linked.schema.module(id);
        let page = printer.module(id);
        diagnostics.extend(page.diagnostics);
        let path = out.join(&*module.name);
        std::fs::create_dir_all(path.parent().unwrap_or(out))?;
        std::fs::write(path, page.text)?;
    }
    for diagnostic in &diagnostics {
        eprintln!("{}", support::line(sources, diagnostic));
    }
    Ok(!diagnostics.iter().any(canread_syntax::Diagnostic::is_error))
}
