//! Markdown for a comment in a pull request, or for the summary of a job.
//!
//! The first line is a comment that nobody sees, always the same: a bot finds its earlier comment by it and replaces
//! that. The whole stays within what GitHub takes for a comment; what is left out is counted, the worst is kept.
//!
//! Sources: GitHub Flavored Markdown Spec, sections 4.10 (tables) and 6.2 (entities, which never make structure);
//! GitHub's REST API answers "body is too long (maximum is 65536 characters)".

use std::fmt::Write;

use canread_compat::{Judged, Pair};
use canread_syntax::{Diagnostic, SourceMap, Span};

use crate::summary::counted;
use crate::{Run, Style, finding, full, patch::Patches, place, printable, quoted, run::Level, summary};

/// The line by which a comment is found again.
pub const MARKER: &str = "<!-- canread: report -->";

/// What GitHub takes, in characters; we count bytes, of which there are never fewer.
const BYTES_MAX: usize = 65_536;
/// What the tables may take, so that there is room for reasons.
const TABLES_BYTES_MAX: usize = BYTES_MAX / 2;
/// What the sentence about what is left out may take.
const LEFT_OUT_BYTES: usize = 500;

/// The run as Markdown, with a line end.
#[must_use]
pub fn render(run: &Run<'_>) -> String {
    let mut text = format!("{MARKER}\n### canread: {}\n\n", summary::headline(run));
    let (totals, promise) = (summary::totals(run), summary::promise(run));
    let _ = writeln!(text, "**{}**\n", words(&totals));
    let last_only = summary::last_only(run);
    for line in summary::compared(run).lines().chain(promise.as_deref()).chain(last_only.as_deref()) {
        let _ = writeln!(text, "{}<br>", words(line));
    }
    let items = items(run);
    let mut shown = 0;
    let mut heading = "";
    for item in &items {
        let head = if item.heading == heading { String::new() } else { table(&item.heading) };
        if text.len() + head.len() + item.row.len() > TABLES_BYTES_MAX {
            break;
        }
        heading = &item.heading;
        text.push_str(&head);
        text.push_str(&item.row);
        shown += 1;
    }
    // Only what has room is rendered: that is far more work than a row.
    let patches = Patches::of(run.sources);
    let explicable = items.iter().filter(|item| !matches!(item.what, What::Change)).count();
    let mut explained = 0;
    for item in items.iter().take(shown.min(explicable)) {
        let details = item.what.details(&patches, run);
        if text.len() + details.len() > BYTES_MAX - LEFT_OUT_BYTES {
            break;
        }
        text.push_str(&details);
        explained += 1;
    }
    let without_row = items.len() - shown;
    let without_details = explicable - explained;
    if without_row + without_details > 0 {
        let _ = writeln!(
            text,
            "\n*A comment has room for {BYTES_MAX} characters: {} left out of the tables, and the details of \
             {without_details} are. `--format html=FILE` has everything.*",
            if without_row == 1 { "1 line is".to_owned() } else { format!("{without_row} lines are") },
        );
    }
    text
}

/// One line of a table, and what can be unfolded below.
struct Item<'r> {
    heading: String,
    row: String,
    what: What<'r>,
}

/// What a line of a table is about.
enum What<'r> {
    Problem(&'r Diagnostic),
    Finding(&'r Judged, Pair<&'r SourceMap>),
    /// There is no more to say of it.
    Change,
}

impl What<'_> {
    /// All that is known of it, to be unfolded.
    fn details(&self, patches: &Patches<'_>, run: &Run<'_>) -> String {
        match self {
            Self::Problem(diagnostic) => {
                let block = full::diagnostic(diagnostic, run.sources, Style::default());
                details(diagnostic.code, &diagnostic.message, &block)
            }
            Self::Finding(judged, maps) => {
                let block = full::finding(judged, *maps, patches, run, Style::default());
                details(judged.finding.rule.id, &format!("`{}`", judged.finding.symbol), &block)
            }
            Self::Change => String::new(),
        }
    }
}

/// Problems, findings and changes, the worst first.
fn items<'r>(run: &Run<'r>) -> Vec<Item<'r>> {
    let problems = run.problems_worst_first().into_iter().map(|diagnostic| Item {
        heading: counted(run.diagnostics.len(), "problem"),
        row: row(&position(diagnostic.span(), "", run), &diagnostic.message, diagnostic.code),
        what: What::Problem(diagnostic),
    });
    let counts = Level::ALL.map(|level| run.count_level(level));
    let mut findings = run.worst_first();
    findings.sort_by_key(|(judged, _)| Level::of(judged));
    let findings = findings.into_iter().map(|(judged, maps)| {
        let span = finding::words(judged, maps).span();
        let level = Level::of(judged);
        Item {
            heading: level.title(counts[level as usize]),
            row: row(
                &position(span, place::version_of(judged, run), run),
                &finding::line(judged),
                judged.finding.rule.id,
            ),
            what: What::Finding(judged, maps),
        }
    });
    let count = run.changes().count();
    let changes = run.changes().map(|(change, maps)| {
        let at = position(place::of_change(change, maps).map(|place| place.name), &run.compared.new, run);
        Item {
            heading: counted(count, "change"),
            row: format!("| {} | {} | {} |\n", code(&at), words(&change.what), code(&change.symbol)),
            what: What::Change,
        }
    });
    problems.chain(findings).chain(changes).collect()
}

/// A heading and the head of a table.
fn table(heading: &str) -> String {
    format!("\n#### {}\n\n| where | what | which |\n|---|---|---|\n", words(heading))
}

fn row(position: &str, message: &str, id: &str) -> String {
    format!("| {} | {} | {} |\n", code(position), words(message), code(id))
}

/// The block for a terminal, folded.
fn details(id: &str, what: &str, block: &str) -> String {
    let ticks = "`".repeat(longest_run_of_backticks(block).max(2) + 1);
    let title = format!("{}: {}", code(id), words(what));
    format!("\n<details><summary>{title}</summary>\n\n{ticks}text\n{}\n{ticks}\n\n</details>\n", block.trim_end())
}

fn longest_run_of_backticks(text: &str) -> usize {
    text.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}

/// `path:line`, or the file of what has no place.
fn position(span: Option<Span>, origin: &str, run: &Run<'_>) -> String {
    let Some(span) = span else { return origin.to_owned() };
    format!("{}:{}", place::path(run.sources.file(span.file)), run.sources.position(span).line)
}

/// A sentence in which nothing has a meaning to Markdown but what we quote as code.
fn words(text: &str) -> String {
    let text = printable::line(text);
    let parts = quoted::parts(&text).into_iter();
    parts
        .map(|part| match part {
            quoted::Part::Words(words) => escaped(words),
            quoted::Part::Code(text) => code(text),
        })
        .collect()
}

/// Code as HTML: between backticks, `|` would end the cell of a table.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("<code>{}</code>", escaped(&printable::line(text))) }
}

/// References to characters are never structure, wherever they stand.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    let mut last = None;
    while let Some(character) = characters.next() {
        let is_in_word =
            last.is_some_and(char::is_alphanumeric) && characters.peek().is_some_and(|next| next.is_alphanumeric());
        match character {
            // Inside of a word it is no emphasis, and those who read the source are glad of each name that is left alone.
            '_' if is_in_word => escaped.push('_'),
            // Nobody is to be called by a comment: what has no width keeps it from being a mention.
            '@' => escaped.push_str("&#64;&#8203;"),
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '\\' | '$' | '"' => {
                let _ = write!(escaped, "&#{};", u32::from(character));
            }
            other => escaped.push(other),
        }
        last = Some(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::{code, details, words};

    #[test]
    fn nothing_of_a_schema_is_markup() {
        assert_eq!(words("`a|b` was <b>*c*</b>"), "<code>a&#124;b</code> was &#60;b&#62;&#42;c&#42;&#60;/b&#62;");
        assert_eq!(words("@all ` | $x$"), "&#64;&#8203;all &#96; &#124; &#36;x&#36;");
        assert_eq!(words("a\n# b"), "a&#92;n# b");
        assert_eq!(code("</code>"), "<code>&#60;/code&#62;</code>");
    }

    #[test]
    fn names_are_left_alone_where_they_can_be() {
        assert_eq!(code("a_b1_C"), "<code>a_b1_C</code>");
        assert_eq!(code("_a__b_"), "<code>&#95;a&#95;&#95;b&#95;</code>");
    }

    #[test]
    fn a_fence_is_longer_than_what_it_holds() {
        assert!(details("a", "b", "x ```` y").contains("\n`````text\nx ```` y\n`````\n"));
        assert!(details("a", "b", "x `y`").contains("\n```text\nx `y`\n```\n"));
    }
}
