//! YAML as plain data with positions: as much of it as `buf.yaml` needs.

use saphyr_parser::{Event, Parser, Span as Marks};

/// Collections inside each other, at most; buf's files need four.
const DEPTH_MAX: usize = 32;

/// One value and where it stands, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    pub(crate) value: Value,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// Scalars keep their text: buf's files have no numbers that matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
}

/// What is wrong with the text, and where, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct YamlError {
    pub(crate) message: String,
    pub(crate) start: usize,
}

impl Node {
    /// The value of a key; `None` too if this is no map.
    pub(crate) fn key(&self, name: &str) -> Option<&Node> {
        let Value::Map(pairs) = &self.value else { return None };
        pairs.iter().find(|(key, _)| key.text() == Some(name)).map(|(_, value)| value)
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether nothing was written: `key:`, `key: ~`.
    pub(crate) fn is_nothing(&self) -> bool {
        matches!(self.text(), Some("" | "~" | "null"))
    }
}

/// A collection whose end was not seen yet.
struct Open {
    node: Node,
    key: Option<Node>,
}

/// Reads the first document; `None` if there is nothing in it.
pub(crate) fn parse(text: &str) -> Result<Option<Node>, YamlError> {
    let offsets = Offsets::new(text);
    let mut open: Vec<Open> = Vec::new();
    let mut done = None;
    for event in Parser::new_from_str(text) {
        let (event, marks) = event.map_err(|error| YamlError {
            message: error.info().to_owned(),
            start: offsets.byte(error.marker().index()),
        })?;
        let (start, end) = offsets.bytes(marks);
        let node = |value| Node { value, start, end };
        let closed = match event {
            Event::Scalar(text, ..) => Some(node(Value::Scalar(text.into_owned()))),
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEPTH_MAX => {
                return Err(YamlError { message: format!("nested more than {DEPTH_MAX} deep"), start });
            }
            Event::SequenceStart(..) => {
                open.push(Open { node: node(Value::List(Vec::new())), key: None });
                None
            }
            Event::MappingStart(..) => {
                open.push(Open { node: node(Value::Map(Vec::new())), key: None });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => open.pop().map(|open| Node { end, ..open.node }),
            Event::Alias(_) => {
                return Err(YamlError { message: "aliases are not supported here".to_owned(), start });
            }
            Event::DocumentEnd => break,
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => None,
        };
        if let Some(node) = closed {
            match open.last_mut() {
                Some(parent) => parent.take(node),
                None => done = Some(node),
            }
        }
    }
    Ok(done)
}

impl Open {
    fn take(&mut self, child: Node) {
        match &mut self.node.value {
            Value::List(items) => items.push(child),
            Value::Map(pairs) => match self.key.take() {
                Some(key) => pairs.push((key, child)),
                None => self.key = Some(child),
            },
            Value::Scalar(_) => {}
        }
    }
}

/// The parser counts characters; spans count bytes.
struct Offsets {
    /// Empty if the text is ASCII.
    bytes: Vec<usize>,
    len: usize,
}

impl Offsets {
    fn new(text: &str) -> Self {
        let bytes = if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at).collect() };
        Self { bytes, len: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            return character.min(self.len);
        }
        self.bytes.get(character).copied().unwrap_or(self.len)
    }

    fn bytes(&self, marks: Marks) -> (usize, usize) {
        (self.byte(marks.start.index()), self.byte(marks.end.index()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_know_where_they_stand() {
        let text = "# é\nmodules:\n  - path: proto\n";
        let root = parse(text).expect("valid").expect("not empty");
        let Some(Value::List(items)) = root.key("modules").map(|node| &node.value) else { panic!("a list") };
        let path = items[0].key("path").expect("a path");
        assert_eq!(&text[path.start..path.end], "proto");
    }

    #[test]
    fn hostile_text_is_an_error_not_a_crash() {
        for text in
            ["[".repeat(100_000), "- ".repeat(100_000), "{a: ".repeat(1000), "a: *b".to_owned(), "a: [".to_owned()]
        {
            assert!(parse(&text).is_err(), "{}", &text[..4]);
        }
        assert_eq!(parse("").map(|node| node.is_none()), Ok(true));
    }
}
