//! Reads every `.proto` file below a directory into one schema and says how long that took.
//!
//! `cargo run --release --example link_speed -- target/corpora/protobuf/googleapis-2026-08`

#![allow(clippy::print_stdout, reason = "an example prints its result")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::time::Instant;

use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

fn main() -> Result<(), Box<dyn Error>> {
    let root = std::env::args().nth(1).ok_or("usage: link_speed DIRECTORY")?;
    let mut names = Vec::new();
    collect(Path::new(&root), "", &mut names)?;
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for name in &names {
        let bytes = fs::read(Path::new(&root).join(name))?;
        files.push((name.as_str(), sources.add(name.as_str(), "", bytes)));
    }
    let start = Instant::now();
    let linked = read(&files, &sources, &LinkOptions::default());
    let wall = start.elapsed();
    for diagnostic in linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).take(40) {
        let place = diagnostic.span().map(|span| (sources.file(span.file).name(), sources.position(span).line));
        println!("{place:?} {}: {} {:?}", diagnostic.code, diagnostic.message, diagnostic.labels.first());
    }
    let errors = linked.diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
    let decls = linked.schema.decls().len();
    println!("{} files, {decls} declarations, {errors} errors in {wall:?}", files.len());
    Ok(())
}

fn collect(directory: &Path, prefix: &str, names: &mut Vec<String>) -> std::io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(directory)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), names)?;
        } else if entry.path().extension().is_some_and(|extension| extension == "proto") {
            names.push(name);
        }
    }
    Ok(())
}
