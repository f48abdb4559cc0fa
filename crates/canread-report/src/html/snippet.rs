//! A place in a schema with the lines around it.

use std::fmt::Write;
use std::ops::Range;

use canread_syntax::{SourceFile, Span};

use super::text::{code, escaped, words};
use crate::excerpt::{self, Excerpt};
use crate::{Run, place};

/// Lines shown before and behind the place.
const AROUND: usize = 2;
/// Lines shown of a place.
const LINES_MAX: usize = 12;

/// The place as a figure. `role` is what it is in the comparison: old, new.
pub(super) fn figure(span: Span, label: &str, role: &str, run: &Run<'_>, page: &mut String) {
    let file = run.sources.file(span.file);
    let position = run.sources.position(span);
    let path = place::path(file);
    let at = format!("{path}:{}", position.line);
    let role_shown = if role.is_empty() { String::new() } else { format!("<b>{role}</b> ") };
    let _ = write!(
        page,
        "<figure class=\"{role}\">\n<figcaption>{role_shown}{}</figcaption>\n<pre tabindex=\"0\" role=\"region\" \
         aria-label=\"{}\">",
        code(&at),
        escaped(&format!("{role} {at}"))
    );
    lines(file, span, label, page);
    page.push_str("</pre>\n</figure>\n");
}

fn lines(file: &SourceFile, span: Span, label: &str, page: &mut String) {
    let label = words(label);
    let excerpt = Excerpt::of(file, [around(file, span)]);
    let alone = Excerpt::of(file, [span]);
    let Some(excerpt) = [excerpt, alone].into_iter().find(Excerpt::is_readable) else {
        let _ = write!(page, "<mark>{}</mark>\n<i>{}</i>", escaped(&excerpt::cut(file, span)), label);
        return;
    };
    let marked = excerpt.range(span);
    let (mut start, mut shown, mut is_labelled) = (0, 0, false);
    for (at, line) in excerpt.text.split('\n').enumerate() {
        let range = start..start + line.len();
        start = range.end + 1;
        let touches =
            marked.start <= range.end && marked.end >= range.start && (marked.is_empty() || marked.end > range.start);
        if touches {
            shown += 1;
        }
        // Behind the line end at the end of a file there is no line.
        if line.is_empty() && !touches && start > excerpt.text.len() {
            break;
        }
        if shown > LINES_MAX {
            let _ = writeln!(page, "<span class=\"no\"></span>…");
            break;
        }
        let number = excerpt.line + at;
        let class = if touches { "no here" } else { "no" };
        let _ = write!(page, "<span class=\"{class}\">{number}</span>");
        let in_line = clipped(&marked, &range);
        if touches {
            let (before, rest) = line.split_at(in_line.start);
            let (inside, after) = rest.split_at(in_line.end - in_line.start);
            let _ = writeln!(page, "{}<mark>{}</mark>{}", escaped(before), escaped(inside), escaped(after));
        } else {
            let _ = writeln!(page, "{}", escaped(line));
        }
        if touches && !is_labelled && marked.end <= range.end && !label.is_empty() {
            is_labelled = true;
            let indent: String =
                line[..in_line.start].chars().map(|character| if character == '\t' { '\t' } else { ' ' }).collect();
            let _ = writeln!(page, "<span class=\"no\"></span>{indent}<i>↑ {label}</i>");
        }
    }
}

/// The part of a line that is marked.
fn clipped(marked: &Range<usize>, line: &Range<usize>) -> Range<usize> {
    let start = marked.start.clamp(line.start, line.end) - line.start;
    let end = marked.end.clamp(line.start, line.end) - line.start;
    start..end.max(start)
}

/// The span with some lines before and behind it.
fn around(file: &SourceFile, span: Span) -> Span {
    let text = file.text().as_bytes();
    let mut start = (span.start as usize).min(text.len());
    let mut end = (span.end as usize).clamp(start, text.len());
    for _ in 0..=AROUND {
        start = text[..start].iter().rposition(|&byte| byte == b'\n').unwrap_or(0);
        end = text[end..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |at| end + at + 1);
    }
    // Behind the line end before the first line, and before the one of the last.
    start = if text.get(start) == Some(&b'\n') { start + 1 } else { start };
    end = if end > start && text.get(end - 1) == Some(&b'\n') { end - 1 } else { end };
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span::new(span.file, offset(start), offset(end.max(start)))
}
