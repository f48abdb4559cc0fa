//! What the rules about options share: option values as text.

use canread_model::Literal;

pub(super) use crate::change::value_of;

/// A message literal longer than this is told by its beginning.
const TOLD_MAX: usize = 60;

/// A value, or that there is none, for people.
pub(super) fn told(value: Option<&Literal>) -> String {
    let Some(value) = value else { return "not set".into() };
    let text = value_of(value);
    match text.char_indices().nth(TOLD_MAX) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}
