//! Comments: printed so that a reader hangs them on the same node again.

use canread_model::{Docs, Meta};

use super::text::Text;

/// The comments in front of a node.
///
/// A detached comment needs a blank line on both sides: without the one above
/// it would be a trailing comment of what stands there.
pub(super) fn leading(text: &mut Text, meta: &Meta) {
    let Some(docs) = meta.docs.as_deref() else { return };
    for detached in &docs.detached {
        text.gap();
        comment(text, detached);
        text.gap();
    }
    if let Some(leading) = &docs.leading {
        comment(text, leading);
    }
}

/// The comment behind a node, if one line can hold it: to be put behind the node's first line.
pub(super) fn trailing_inline(meta: &Meta) -> String {
    match trailing_lines(meta).as_slice() {
        [line] => format!("  //{line}"),
        _ => String::new(),
    }
}

/// The comment behind a node, if it takes several lines: below the node's first line, with a blank line after it.
pub(super) fn trailing_below(text: &mut Text, meta: &Meta) {
    let lines = trailing_lines(meta);
    if lines.len() > 1 {
        for line in lines {
            text.line(&format!("//{line}"));
        }
        text.gap();
    }
}

/// Whether a comment stands behind a node.
pub(super) fn has_trailing(meta: &Meta) -> bool {
    meta.docs.as_deref().is_some_and(|docs| docs.trailing.is_some())
}

/// Whether a node asks for a blank line above itself.
pub(super) fn stand_apart(meta: &Meta) -> bool {
    meta.docs.as_deref().is_some_and(|docs| docs.leading.is_some() || !docs.detached.is_empty())
}

fn trailing_lines(meta: &Meta) -> Vec<&str> {
    let trailing = meta.docs.as_deref().and_then(|docs: &Docs| docs.trailing.as_deref());
    trailing.map(|comment| lines(comment).collect()).unwrap_or_default()
}

fn comment(text: &mut Text, comment: &str) {
    for line in lines(comment) {
        text.line(&format!("//{line}"));
    }
}

/// The lines of a comment, without blanks at their ends.
fn lines(comment: &str) -> impl Iterator<Item = &str> {
    let comment = comment.strip_suffix('\n').unwrap_or(comment);
    comment.split('\n').map(|line| line.trim_end_matches([' ', '\t', '\r', '\u{b}', '\u{c}']))
}
