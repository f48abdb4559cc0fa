//! Attributes of the JSON object that a node is, in schemas that are JSON.

use canread_compat::{Attribute, Pair};
use canread_syntax::json::{self, Kind, Limits, Member};
use canread_syntax::{Edit, Place, SourceMap, Sources, Span};

/// The edits that set, restore or extend the attribute; `None` if a node is no JSON object, or has it twice.
pub(super) fn edits(attribute: &Attribute, sources: &Sources, maps: Pair<&SourceMap>) -> Option<Vec<Edit>> {
    match attribute {
        Attribute::Set { node, key, value } => {
            let object = Object::of(maps.new.place(node.0)?, sources)?;
            Some(vec![object.set(key, value)?])
        }
        Attribute::Restore { nodes, key } => {
            let old = Object::of(maps.old.place(nodes.old.0)?, sources)?;
            let new = Object::of(maps.new.place(nodes.new.0)?, sources)?;
            match (old.value(key), new.value(key)) {
                (None, None) => None,
                (Some(value), _) => Some(vec![new.set(key, value)?]),
                (None, Some(_)) => Some(vec![new.remove(key)?]),
            }
        }
        Attribute::AddText { node, key, text } => {
            let object = Object::of(maps.new.place(node.0)?, sources)?;
            Some(vec![object.add(key, &quoted(text))?])
        }
        _ => None,
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A JSON object in a file.
struct Object<'a> {
    text: &'a str,
    place: Place,
    members: Box<[Member<'a>]>,
}

impl<'a> Object<'a> {
    fn of(place: Place, sources: &'a Sources) -> Option<Self> {
        let text = sources.file(place.whole.file).text().get(place.whole.range())?;
        if !text.starts_with('{') {
            return None;
        }
        let parsed = json::parse(place.whole.file, text, Limits::default());
        // An error or a key that stands there twice.
        if !parsed.diagnostics.is_empty() {
            return None;
        }
        match parsed.root?.kind {
            Kind::Object(members) if !members.is_empty() => Some(Self { text, place, members }),
            _ => None,
        }
    }

    /// Where a key stands among the members.
    fn position(&self, key: &str) -> Option<usize> {
        self.members.iter().position(|member| member.key == key)
    }

    fn value(&self, key: &str) -> Option<&'a str> {
        self.text.get(self.members[self.position(key)?].value.span.range())
    }

    fn edit(&self, from: u32, to: u32, text: String) -> Edit {
        let start = self.place.whole.start;
        Edit { span: Span::new(self.place.whole.file, start + from, start + to), text }
    }

    fn set(&self, key: &str, value: &str) -> Option<Edit> {
        if let Some(at) = self.position(key) {
            let span = self.members[at].value.span;
            return Some(self.edit(span.start, span.end, value.to_owned()));
        }
        let end = self.members.last()?.value.span.end;
        Some(self.edit(end, end, format!("{}\"{key}\": {value}", self.between()?)))
    }

    /// What stands between two members, so that a further one looks like them.
    fn between(&self) -> Option<&'a str> {
        match &self.members[..] {
            [.., one, two] => self.text.get(one.value.span.end as usize..two.key_span.start as usize),
            _ => Some(", "),
        }
    }

    fn remove(&self, key: &str) -> Option<Edit> {
        let at = self.position(key)?;
        let member = self.members[at].span();
        let (start, end) = match (at.checked_sub(1), self.members.get(at + 1)) {
            (Some(before), _) => (self.members[before].value.span.end, member.end),
            (None, Some(next)) => (member.start, next.key_span.start),
            (None, None) => (member.start, member.end),
        };
        Some(self.edit(start, end, String::new()))
    }

    /// Adds an item to a list, which need not be there.
    fn add(&self, key: &str, item: &str) -> Option<Edit> {
        let Some(at) = self.position(key) else { return self.set(key, &format!("[{item}]")) };
        let value = &self.members[at].value;
        let Kind::Array(items) = &value.kind else { return None };
        let (at, text) = match items.last() {
            Some(last) => (last.span.end, format!(", {item}")),
            None => (value.span.start + 1, item.to_owned()),
        };
        Some(self.edit(at, at, text))
    }
}
