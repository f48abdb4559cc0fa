//! The old text of a part of a node, in the place of the new one.

use std::ops::Range;

use canread_compat::{Pair, Part, Restored};
use canread_syntax::{Edit, Place, SourceMap, Sources, Span};

use super::{difference, scan};

/// The edits that put the part back. None where it is equal already, if it may be; `None` if it can't be put back.
pub(super) fn edits(restored: Restored, sources: &Sources, maps: Pair<&SourceMap>) -> Option<Vec<Edit>> {
    let places = Pair { old: maps.old.place(restored.old.0)?, new: maps.new.place(restored.new.0)? };
    let sides = Pair { old: Side::of(places.old, sources), new: Side::of(places.new, sources) };
    let depends_on_syntax = !matches!(restored.part, Part::Name | Part::Number | Part::Streams);
    // A declaration of another syntax may mean something else here, or nothing.
    if depends_on_syntax && scan::syntax(sides.old.text) != scan::syntax(sides.new.text) {
        return None;
    }
    // So may one in JSON where the other version is IDL.
    if is_json(sides.old.text) != is_json(sides.new.text) {
        return None;
    }
    let replacements = match restored.part {
        Part::Option(name) => sides.option(name)?,
        Part::Label => sides.label()?,
        Part::Streams => sides.streams()?,
        part => vec![sides.part(part)?],
    };
    let edit = |(range, text): (Range<usize>, String)| {
        let (start, end) = (u32::try_from(range.start).ok()?, u32::try_from(range.end).ok()?);
        Some(Edit { span: Span::new(places.new.whole.file, start, end), text })
    };
    replacements.into_iter().map(edit).collect()
}

fn is_json(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with(['{', '[', '"'])
}

/// What to replace in the new text, and by what.
type Replacement = (Range<usize>, String);

/// The file that a node stands in, and where it stands there.
#[derive(Debug, Clone, Copy)]
struct Side<'a> {
    text: &'a str,
    place: Place,
}

impl<'a> Side<'a> {
    fn of(place: Place, sources: &'a Sources) -> Self {
        Self { text: sources.file(place.whole.file).text(), place }
    }

    fn whole(&self) -> Range<usize> {
        self.place.whole.range()
    }

    fn name(&self) -> Range<usize> {
        self.place.name.range()
    }

    /// What stands behind the name, as far as the node goes.
    fn behind_name(&self) -> Range<usize> {
        self.name().end..self.whole().end
    }

    fn part(&self, part: Part) -> Option<Range<usize>> {
        match part {
            Part::Whole => Some(self.whole()),
            Part::Name => Some(self.name()),
            Part::Type => Some(self.whole().start..self.name().start),
            Part::Number => scan::number(self.get(self.behind_name())?).map(|range| moved(range, self.name().end)),
            _ => None,
        }
    }

    fn get(&self, range: Range<usize>) -> Option<&'a str> {
        self.text.get(range)
    }

    /// The label in front of a field, with the space behind it; empty if there is none.
    fn label(&self) -> Option<Range<usize>> {
        let start = self.whole().start;
        Some(start..start + scan::label(self.get(start..self.name().start)?))
    }
}

/// What has to be replaced so that a part of the new text is as it was.
trait Sides {
    fn part(&self, part: Part) -> Option<Replacement>;
    fn label(&self) -> Option<Vec<Replacement>>;
    fn streams(&self) -> Option<Vec<Replacement>>;
    fn option(&self, name: &str) -> Option<Vec<Replacement>>;
}

impl Sides for Pair<Side<'_>> {
    /// No more than differs.
    fn part(&self, part: Part) -> Option<Replacement> {
        let ranges = Pair { old: self.old.part(part)?, new: self.new.part(part)? };
        let (old, new) = (self.old.get(ranges.old)?, self.new.get(ranges.new.clone())?);
        let differs = difference::between(new, old)?;
        Some((moved(differs.new, ranges.new.start), old.get(differs.old)?.to_owned()))
    }

    fn label(&self) -> Option<Vec<Replacement>> {
        let ranges = Pair { old: self.old.label()?, new: self.new.label()? };
        let (old, new) = (self.old.get(ranges.old)?, self.new.get(ranges.new.clone())?);
        Some(if old.trim_end() == new.trim_end() { Vec::new() } else { vec![(ranges.new, old.to_owned())] })
    }

    fn streams(&self) -> Option<Vec<Replacement>> {
        let streams = |side: &Side<'_>| {
            let behind = side.behind_name();
            scan::streams(side.get(behind.clone())?).map(|ranges| ranges.map(|range| moved(range, behind.start)))
        };
        let (old, new) = (streams(&self.old)?, streams(&self.new)?);
        let pairs = old.into_iter().zip(new).filter(|(old, new)| old.is_empty() != new.is_empty());
        Some(pairs.map(|(old, new)| (new, if old.is_empty() { String::new() } else { "stream ".into() })).collect())
    }

    fn option(&self, name: &str) -> Option<Vec<Replacement>> {
        let in_brackets = |side: &Side<'_>| {
            let behind = side.behind_name();
            scan::options(side.get(behind.clone())?).map(|list| list.moved(behind.start))
        };
        let (old, new) = (in_brackets(&self.old)?, in_brackets(&self.new)?);
        let text = |range: &Range<usize>| self.old.get(range.clone());
        let (was, is) = (old.setting(self.old.text, name), new.setting(self.new.text, name));
        Some(match (was, is) {
            (None, None) => Vec::new(),
            (Some(was), Some(is)) => {
                let (was, is) = (old.settings.get(was)?, new.settings.get(is)?);
                let differs = difference::between(self.new.get(is.clone())?, text(was)?);
                let replaced = |differs: Pair<Range<usize>>| {
                    Some((moved(differs.new, is.start), text(&moved(differs.old, was.start))?.to_owned()))
                };
                match differs {
                    Some(differs) => vec![replaced(differs)?],
                    None => Vec::new(),
                }
            }
            (Some(was), None) => {
                let setting = text(old.settings.get(was)?)?;
                let (at, text) = match new.settings.last() {
                    Some(last) => (last.end, format!(", {setting}")),
                    None => (new.start, format!(" [{setting}]")),
                };
                vec![(at..at, text)]
            }
            (None, Some(is)) => vec![(new.without(is)?, String::new())],
        })
    }
}

fn moved(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
