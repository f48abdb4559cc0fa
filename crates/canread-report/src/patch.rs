//! A fix as a change of the text. Rules say what should change; only here is there text to change.

use std::fmt::Write;

use canread_compat::{Fix, Pair};
use canread_model::NodeId;
use canread_syntax::{Edit, Patch, Place, SourceMap, Sources, Span};

/// The fix as edits of the new version; `None` where a node has no text.
pub(crate) fn of(fix: &Fix, sources: &Sources, maps: Pair<&SourceMap>) -> Option<Patch> {
    match fix {
        Fix::Reserve { owner, numbers, names } => reserve(*owner, numbers, names, sources, maps.new),
        Fix::Restore { old, new } => restore(*old, *new, sources, maps, |place| place.whole),
        Fix::RestoreName { old, new } => restore(*old, *new, sources, maps, |place| place.name),
        _ => None,
    }
}

fn restore(
    old: NodeId,
    new: NodeId,
    sources: &Sources,
    maps: Pair<&SourceMap>,
    part: impl Fn(Place) -> Span,
) -> Option<Patch> {
    let text = sources.text(part(maps.old.place(old.0)?)).to_owned();
    let span = part(maps.new.place(new.0)?);
    Some(Patch { title: "keep what was there".into(), edits: vec![Edit { span, text }] })
}

/// Puts `reserved` statements behind the opening brace of a Protobuf message or enum.
fn reserve(
    owner: NodeId,
    numbers: &[(i64, i64)],
    names: &[String],
    sources: &Sources,
    map: &SourceMap,
) -> Option<Patch> {
    let place = map.place(owner.0)?;
    let file = sources.file(place.whole.file);
    let behind_name = place.name.end as usize;
    let brace = behind_name + file.text().get(behind_name..place.whole.end as usize)?.find('{')? + 1;
    let line = file.text()[..place.whole.start as usize].rfind('\n').map_or(0, |newline| newline + 1);
    let outer: String = file.text()[line..].chars().take_while(|space| matches!(space, ' ' | '\t')).collect();
    let is_edition = file.text().lines().any(|line| line.trim_start().starts_with("edition"));
    let mut text = String::new();
    if !numbers.is_empty() {
        let run =
            |&(start, end): &(i64, i64)| if start == end { start.to_string() } else { format!("{start} to {end}") };
        let numbers: Vec<String> = numbers.iter().map(run).collect();
        let _ = write!(text, "\n{outer}  reserved {};", numbers.join(", "));
    }
    if !names.is_empty() {
        // Editions reserve identifiers, the older syntaxes strings.
        let quote = |name: &String| if is_edition { name.clone() } else { format!("\"{name}\"") };
        let names: Vec<String> = names.iter().map(quote).collect();
        let _ = write!(text, "\n{outer}  reserved {};", names.join(", "));
    }
    let at = u32::try_from(brace).ok()?;
    let span = Span::new(place.whole.file, at, at);
    Some(Patch { title: "reserve what was retired".into(), edits: vec![Edit { span, text }] })
}
