//! A fix as a change of the text. Rules say what should change; only here is there text to change.

mod attribute;
mod difference;
mod reserve;
mod restore;
mod scan;

use std::{cell::RefCell, collections::BTreeMap};

use canread_compat::{Attribute, Fix, Judged, Pair};
use canread_syntax::{Edit, FileId, Patch, SourceMap, Sources};

use reserve::Layout;

/// The patches of one report. Many findings may be about one message, so each is looked through once.
pub(crate) struct Patches<'a> {
    sources: &'a Sources,
    /// By where a declaration begins.
    layouts: RefCell<BTreeMap<(FileId, u32), Option<Layout>>>,
}

impl<'a> Patches<'a> {
    pub(crate) fn of(sources: &'a Sources) -> Self {
        Self { sources, layouts: RefCell::default() }
    }

    /// The finding's fix as edits of the new version; `None` where a node has no text, or the fix can't be said in it.
    pub(crate) fn of_finding(&self, judged: &Judged, maps: Pair<&SourceMap>) -> Option<Patch> {
        match judged.finding.fix.as_ref()? {
            Fix::Reserve { owner, numbers, names } => {
                let place = maps.new.place(owner.0)?;
                let file = self.sources.file(place.whole.file);
                let mut layouts = self.layouts.borrow_mut();
                let key = (place.whole.file, place.whole.start);
                let layout = layouts.entry(key).or_insert_with(|| Layout::of(file, place)).as_ref()?;
                let edit = reserve::edit(file, place, layout, numbers, names)?;
                Some(Patch { title: "reserve what was retired".into(), edits: vec![edit] })
            }
            Fix::Restore(parts) => {
                let mut edits = Vec::with_capacity(parts.len());
                for part in parts {
                    edits.extend(restore::edits(*part, self.sources, maps)?);
                }
                let edits = in_order(edits)?;
                Some(Patch { title: "keep what was there".into(), edits })
            }
            Fix::Attributes(attributes) => {
                let mut edits = Vec::with_capacity(attributes.len());
                for attribute in attributes {
                    edits.extend(attribute::edits(attribute, self.sources, maps)?);
                }
                let is_back = attributes.iter().all(|one| matches!(one, Attribute::Restore { .. }));
                let title = if is_back { "keep what was there" } else { "say what readers need" };
                Some(Patch { title: title.into(), edits: in_order(edits)? })
            }
            _ => None,
        }
    }
}

/// The edits from front to back, each once; `None` if there are none, or if two want the same text.
fn in_order(mut edits: Vec<Edit>) -> Option<Vec<Edit>> {
    edits.sort_by_key(|edit| (edit.span.file, edit.span.start, edit.span.end));
    edits.dedup();
    let overlap = |pair: &[Edit]| match pair {
        [one, two] => one.span.file == two.span.file && (two.span.start < one.span.end || one.span == two.span),
        _ => false,
    };
    (!edits.is_empty() && !edits.windows(2).any(overlap)).then_some(edits)
}
