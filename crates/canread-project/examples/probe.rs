//! Times what a comparison has to read: `probe NEW AGAINST [ROUNDS]`.
#![expect(clippy::print_stdout, reason = "it is its output")]

use std::time::Instant;

use canread_project::{FileKind, Project, Role, Scanned};

/// Import strings that start a line: enough to measure with.
fn scan(_: FileKind, text: &str) -> Scanned {
    let imports = text
        .match_indices("\nimport ")
        .filter_map(|(at, _)| Some(text[at..].split_once('"')?.1.split_once('"')?.0.to_owned()))
        .collect();
    Scanned { imports, package: String::new() }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (new, against, rounds) = match arguments.as_slice() {
        [new, against] => (new, against, 1),
        [new, against, rounds] => (new, against, rounds.parse()?),
        _ => return Err("usage: probe NEW AGAINST [ROUNDS]".into()),
    };
    let project = Project::new(&std::env::current_dir()?)?;
    for _ in 0..rounds {
        let start = Instant::now();
        let new = project.open_named(new)?;
        let listed = start.elapsed();
        let old = project.open_baseline(&project.parse_baseline(against)?, &new)?;
        let opened = start.elapsed();
        let work = project.compare(old, new, &scan)?;
        let done = start.elapsed();
        println!("listed after {listed:?}, baseline opened after {opened:?}, all read after {done:?}");
        for side in [&work.old, &work.new] {
            let compared = side.files.iter().filter(|file| file.role == Role::Compared).count();
            println!(
                "  {}: {} schemas, {} to parse, {compared} to compare, roots {:?}, passed over {:?}",
                side.label,
                side.schemas,
                side.files.len(),
                side.include_roots,
                side.skipped.summary()
            );
        }
        println!("  unchanged {}, diagnostics {}", work.unchanged, work.diagnostics.len());
        for diagnostic in work.diagnostics.iter().take(5) {
            println!("  {}: {} {:?}", diagnostic.code, diagnostic.message, diagnostic.help);
        }
    }
    Ok(())
}
