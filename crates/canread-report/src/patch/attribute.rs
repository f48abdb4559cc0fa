//! Attributes of the JSON object that a node is, in schemas that are JSON.

use std::collections::HashSet;

use canread_compat::{Attribute, Pair};
use canread_syntax::json::{self, Kind, Limits, Member, Node};
use canread_syntax::{Edit, Place, SourceMap, Sources, Span};
use serde_json::Value;

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
        Attribute::AddTexts { node, key, texts } => {
            let object = Object::of(maps.new.place(node.0)?, sources)?;
            Some(vec![object.add(key, texts)?])
        }
        _ => None,
    }
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

    /// Adds texts to a list, which need not be there, each once.
    fn add(&self, key: &str, texts: &[String]) -> Option<Edit> {
        let list = self.position(key).map(|at| &self.members[at].value);
        let known: &[Node<'_>] = match list.map(|list| &list.kind) {
            Some(Kind::Array(items)) => items,
            Some(_) => return None,
            None => &[],
        };
        let mut taken: HashSet<&str> = known.iter().filter_map(Node::as_str).collect();
        let added: Vec<&String> = texts.iter().filter(|text| taken.insert(text)).collect();
        if added.is_empty() {
            return None;
        }
        let quoted = added.into_iter().map(|text| Value::from(text.as_str()).to_string());
        let quoted = quoted.collect::<Vec<_>>().join(", ");
        match (list, known.last()) {
            (None, _) => self.set(key, &format!("[{quoted}]")),
            (Some(_), Some(item)) => Some(self.edit(item.span.end, item.span.end, format!(", {quoted}"))),
            (Some(list), None) => Some(self.edit(list.span.start + 1, list.span.start + 1, quoted)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with texts added to a list of the object that it is.
    fn with(text: &str, key: &str, added: &[&str]) -> Option<String> {
        let mut sources = Sources::default();
        let file = sources.add("a.avsc", "new", text.as_bytes().to_vec());
        let whole = Span::new(file, 0, u32::try_from(text.len()).expect("it is short"));
        let object = Object::of(Place { whole, name: whole }, &sources)?;
        let edit = object.add(key, &added.iter().map(|&text| text.to_owned()).collect::<Vec<_>>())?;
        let mut text = text.to_owned();
        text.replace_range(edit.span.range(), &edit.text);
        Some(text)
    }

    #[test]
    fn several_texts_become_several_items() {
        for (text, expected) in [
            (r#"{"a": 1, "l": ["x"]}"#, r#"{"a": 1, "l": ["x", "y", "z"]}"#),
            (r#"{"a": 1, "l": []}"#, r#"{"a": 1, "l": ["y", "z"]}"#),
            (r#"{"a": 1, "l": [ ]}"#, r#"{"a": 1, "l": ["y", "z" ]}"#),
            (r#"{"a": 1}"#, r#"{"a": 1, "l": ["y", "z"]}"#),
            (r#"{"l": ["z"]}"#, r#"{"l": ["z", "y"]}"#),
        ] {
            assert_eq!(with(text, "l", &["y", "z", "y"]).as_deref(), Some(expected), "{text}");
        }
        for text in [r#"{"l": ["y"]}"#, r#"{"l": "y"}"#, r#"{"l": [], "l": []}"#, "[]"] {
            assert_eq!(with(text, "l", &["y"]), None, "{text}");
        }
    }

    #[test]
    fn every_text_is_quoted_as_json_has_it() {
        let nasty = "a\"b\\c\n\u{1}";
        let text = with(r#"{"l": []}"#, "l", &[nasty]).expect("it can be added");
        let value: Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(value["l"][0], nasty);
    }
}
