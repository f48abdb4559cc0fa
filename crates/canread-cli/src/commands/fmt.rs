//! `canread fmt`: schema files laid out in one way.

use std::{fmt::Write, path::Path};

use canread_project::{Layout, Layouts, Reading};
use canread_syntax::{Diagnostic, Sources};
use similar::TextDiff;

use super::reading;
use crate::{
    args::{Color, ConfigArgs, Fmt},
    exit,
    output::{self, file},
};

pub(crate) fn fmt(args: &Fmt, config: &ConfigArgs, color: Color) -> u8 {
    let readings = match reading::read(&args.paths, &args.include, config, color) {
        Ok(readings) => readings,
        Err(code) => return code,
    };
    let complain = |problem: Diagnostic| output::complain(&[problem], &Sources::default(), color);
    if let Some((path, _)) = args.paths.iter().zip(&readings).find(|(_, reading)| !reading.is_on_disk) {
        complain(Diagnostic::error(
            "project/usage",
            format!("`{path}` is in a commit, or staged for one, and can't be written"),
        ));
        return exit::USAGE;
    }
    let layouts: Vec<Layouts> = readings.iter().map(Reading::lay_out).collect();
    let named = args.paths.iter().zip(&readings).zip(&layouts);
    if let Some(((path, _), _)) =
        named.filter(|((_, reading), _)| reading.is_file).find(|(_, layouts)| is_idle(layouts))
    {
        let message = format!("`{path}` is of a kind that is not laid out: it is passed over");
        complain(
            Diagnostic::error("project/usage", message)
                .help("leave it out, or name its directory, of which the other files are laid out"),
        );
        return exit::USAGE;
    }
    let mut all = Layouts::together(layouts);
    let is_dry = args.check || args.diff;
    let (mut text, mut code) = (String::new(), exit::COMPATIBLE);
    let mut written = 0;
    for layout in &all.changed {
        if is_dry {
            code = exit::FINDINGS;
        }
        if args.diff {
            text.push_str(&difference(layout));
        } else if args.check {
            let _ = writeln!(text, "would change: {}", layout.file);
        } else if let Err(error) = file::write(Path::new(&layout.file), &layout.new) {
            all.refused.push(Diagnostic::error("fmt/unwritable", format!("{} can't be written: {error}", layout.file)));
        } else {
            written += 1;
            let _ = writeln!(text, "changed: {}", layout.file);
        }
    }
    for problem in &all.refused {
        complain(problem.clone());
        code = exit::FAILED;
    }
    let changed = if is_dry { all.changed.len() } else { written };
    if !args.diff {
        text.push_str(&summary(&all, changed, is_dry));
    }
    output::print(&text, code)
}

/// Whether there was nothing but what is not laid out.
fn is_idle(layouts: &Layouts) -> bool {
    let Layouts { changed, unchanged, refused, passed_over, .. } = layouts;
    !passed_over.is_empty() && changed.is_empty() && unchanged.is_empty() && refused.is_empty()
}

fn difference(layout: &Layout) -> String {
    let diff = TextDiff::from_lines(&layout.old, &layout.new);
    diff.unified_diff().header(&layout.file, &layout.file).to_string()
}

fn summary(all: &Layouts, changed: usize, is_dry: bool) -> String {
    let verb = if is_dry { "would change" } else { "changed" };
    let files = |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let mut text = format!("{} {verb}, {} laid out well", files(changed), files(all.unchanged.len()));
    if !all.refused.is_empty() {
        let _ = write!(text, ", {} refused", files(all.refused.len()));
    }
    if let Some(example) = all.passed_over.first() {
        let _ = write!(text, ", {} passed over, such as `{example}`", files(all.passed_over.len()));
    }
    text + "\n"
}
