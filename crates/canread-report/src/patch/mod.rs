//! A fix as a change of the text. Rules say what should change; only here is there text to change.

mod difference;
mod reserve;
mod scan;

use canread_compat::{Fix, Pair};
use canread_syntax::{Edit, Patch, SourceMap, Sources, Span};

/// The fix as edits of the new version; `None` where a node has no text, or the fix can't be said in it.
pub(crate) fn of(fix: &Fix, sources: &Sources, maps: Pair<&SourceMap>) -> Option<Patch> {
    match fix {
        Fix::Reserve { owner, numbers, names } => {
            let place = maps.new.place(owner.0)?;
            let edit = reserve::edit(sources.file(place.whole.file), place, numbers, names)?;
            Some(Patch { title: "reserve what was retired".into(), edits: vec![edit] })
        }
        Fix::Restore { old, new } => {
            let spans = Pair { old: maps.old.place(old.0)?.whole, new: maps.new.place(new.0)?.whole };
            // A declaration of another syntax may mean something else here, or nothing.
            let syntax = |span: Span| scan::syntax(sources.file(span.file).text());
            if syntax(spans.old) != syntax(spans.new) {
                return None;
            }
            restore(spans, sources)
        }
        Fix::RestoreName { old, new } => {
            restore(Pair { old: maps.old.place(old.0)?.name, new: maps.new.place(new.0)?.name }, sources)
        }
        _ => None,
    }
}

/// Puts the old text where the new one stands, and changes no more than differs.
fn restore(spans: Pair<Span>, sources: &Sources) -> Option<Patch> {
    let texts = Pair { old: sources.text(spans.old), new: sources.text(spans.new) };
    let differs = difference::between(texts.new, texts.old)?;
    let offset = |at: usize| spans.new.start.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
    let span = Span::new(spans.new.file, offset(differs.new.start), offset(differs.new.end));
    let text = texts.old.get(differs.old)?.to_owned();
    Some(Patch { title: "keep what was there".into(), edits: vec![Edit { span, text }] })
}
