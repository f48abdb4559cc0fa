//! Markdown, as it stands in a repository or in the notes of a release.

use std::fmt::Write;

use super::{Block, Changelog, Entry, Release, unchanged};
use crate::markdown::{code as code_as_html, escaped};
use crate::{printable, quoted};

/// The changelog as Markdown, with a line end.
#[must_use]
pub fn render(changelog: &Changelog<'_>) -> String {
    let mut text = format!("# Schema changelog\n\n{}\n", words(&changelog.promise()));
    let blocks = changelog.blocks();
    if blocks.is_empty() {
        text.push_str("\nNothing changed.\n");
    }
    for block in blocks {
        match block {
            Block::Release(one) => release(one, &mut text),
            Block::Unchanged(names) => {
                let _ = write!(text, "\n{}\n", words(&unchanged(&names)));
            }
        }
    }
    if let Some(without) = changelog.without() {
        let _ = write!(text, "\n{}\n", words(&without));
    }
    text
}

fn release(release: &Release, text: &mut String) {
    let date = release.date.as_ref().map(|date| format!(" ({date})")).unwrap_or_default();
    let _ = write!(text, "\n## {}{date}\n\n{}\n", words(&release.title()), words(&release.summary()));
    for (kind, groups) in release.by_kind() {
        let _ = write!(text, "\n### {}\n", kind.title());
        for group in groups {
            let Some(first) = group.first() else { continue };
            let _ = write!(text, "\n**{}**", code(&first.under.owner));
            if first.under.is_in_file() {
                let _ = write!(text, " in {}", code(&first.under.file));
            }
            text.push_str("\n\n");
            for entry in group {
                let _ = writeln!(text, "- {}", line(entry));
            }
        }
    }
}

fn line(entry: &Entry) -> String {
    let Some(found) = &entry.found else { return format!("{}: {}", code(&entry.symbol), words(&entry.what)) };
    let reason = found.reason.as_ref().map(|reason| format!(": {}", words(reason))).unwrap_or_default();
    format!("{}{reason} ({})", words(&entry.what), code(found.rule))
}

/// A sentence in which nothing has a meaning to Markdown but what we quote as code.
fn words(text: &str) -> String {
    let text = printable::line(text);
    let part = |part| match part {
        quoted::Part::Words(words) => escaped(words),
        quoted::Part::Code(text) => code(text),
    };
    quoted::parts(&text).into_iter().map(part).collect()
}

/// Code between backticks, since a changelog is read as text too; as HTML where that would show another text.
///
/// Source: `CommonMark` 0.31, section 6.1.
fn code(text: &str) -> String {
    let shown = printable::line(text);
    if shown.is_empty() || shown.contains('`') || shown.starts_with(' ') || shown.ends_with(' ') {
        return code_as_html(text);
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::{code, words};

    #[test]
    fn nothing_of_a_schema_is_markup() {
        assert_eq!(words("`a|b*c*` was <b>*c*</b>"), "`a|b*c*` was &#60;b&#62;&#42;c&#42;&#60;/b&#62;");
        assert_eq!(code("a`b"), "<code>a&#96;b</code>");
        assert_eq!(code(" a"), "<code> a</code>");
        assert_eq!(code("a\nb"), "`a\\nb`");
    }
}
