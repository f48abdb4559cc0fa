//! `reserved` statements at the start of a message or an enum.

use std::ops::Range;

use canread_syntax::{Edit, Place, SourceFile, Span};

use super::scan;

/// What has to be known of a declaration before anything is put into it.
pub(super) struct Layout {
    is_edition: bool,
    /// The text between the braces.
    body: Range<usize>,
    step: &'static str,
}

impl Layout {
    /// Looks through the whole declaration at a place.
    pub(super) fn of(file: &SourceFile, place: Place) -> Option<Self> {
        let text = file.text();
        let start = place.name.end as usize;
        let (open, close) = scan::body(text.get(start..place.whole.end as usize)?)?;
        let body = start + open + 1..start + close;
        Some(Self { is_edition: scan::is_edition(text), step: step(&text[body.clone()]), body })
    }
}

/// The insertion that reserves numbers (inclusive runs) and names in the declaration at a place.
pub(super) fn edit(
    file: &SourceFile,
    place: Place,
    layout: &Layout,
    numbers: &[(i64, i64)],
    names: &[String],
) -> Option<Edit> {
    let text = file.text();
    let statements = statements(numbers, names, layout.is_edition);
    if statements.is_empty() {
        return None;
    }
    let (open, body) = (layout.body.start, &text[layout.body.clone()]);
    let (at, inserted) = match body.split_once('\n') {
        // The statements get lines of their own, behind what the opening line still says.
        Some((first_line, _)) if scan::is_blank(first_line) => {
            let rest = first_line.trim_end_matches('\r');
            let line_end = if rest.len() < first_line.len() { "\r\n" } else { "\n" };
            let indent = format!("{}{}", indent_at(text, place.whole.start as usize), layout.step);
            let before = format!("{line_end}{indent}");
            (open + rest.len(), format!("{before}{}", statements.join(&before)))
        }
        _ => {
            let space = if body.starts_with([' ', '\t']) { "" } else { " " };
            (open, format!(" {}{space}", statements.join(" ")))
        }
    };
    let at = u32::try_from(at).ok()?;
    Some(Edit { span: Span::new(place.whole.file, at, at), text: inserted })
}

fn statements(numbers: &[(i64, i64)], names: &[String], is_edition: bool) -> Vec<String> {
    let run = |&(start, end): &(i64, i64)| if start == end { start.to_string() } else { format!("{start} to {end}") };
    // Editions reserve identifiers, the older syntaxes strings.
    let name = |name: &String| if is_edition { name.clone() } else { format!("\"{name}\"") };
    let list = |parts: Vec<String>| (!parts.is_empty()).then(|| format!("reserved {};", parts.join(", ")));
    [list(numbers.iter().map(run).collect()), list(names.iter().map(name).collect())].into_iter().flatten().collect()
}

/// What the line of an offset is indented with.
fn indent_at(text: &str, offset: usize) -> &str {
    let line = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
    leading(&text[line..])
}

fn leading(line: &str) -> &str {
    &line[..line.len() - line.trim_start_matches([' ', '\t']).len()]
}

/// By what the body is indented further: a tab where it uses tabs, two spaces otherwise.
fn step(body: &str) -> &'static str {
    let uses_tabs = body.lines().skip(1).any(|line| line.starts_with('\t'));
    if uses_tabs { "\t" } else { "  " }
}
