//! JSON Pointer (RFC 6901): from a pointer to the node, and back.

use std::fmt::Write as _;

use super::{Kind, Node};
use crate::Span;

/// Why a pointer leads to no node. Offsets count bytes in the pointer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PointerError {
    /// It is no JSON Pointer: not empty without a `/` in front, or a `~` that neither `0` nor `1` follows.
    Malformed {
        /// Where.
        offset: usize,
    },
    /// The value that was reached so far has no such member or element.
    NotFound {
        /// Where the part that leads nowhere starts, behind its `/`.
        offset: usize,
        /// Where the value that was reached so far stands in the document.
        within: Span,
    },
}

impl Node<'_> {
    /// The node at a JSON Pointer, `/fields/0/name`, relative to this one; the empty pointer is this node.
    ///
    /// Of a repeated key the last counts, as for [`Node::get`]. Takes the plain form: who has the
    /// form for URI fragments (`#/a%20b`) removes the `#` and decodes the percent signs first.
    ///
    /// # Errors
    ///
    /// `Malformed` if it is no pointer, whatever this node holds; `NotFound` if it leads nowhere. The element `-`
    /// (behind the last) and indexes with leading zeros are never found.
    ///
    /// Source: RFC 6901, sections 3 and 4.
    ///
    /// ```
    /// use canread_syntax::{FileId, json};
    ///
    /// let parsed = json::parse(FileId(0), r#"{"a/b": [1, 2]}"#, json::Limits::default());
    /// let root = parsed.document().expect("the text is JSON");
    /// assert_eq!(root.pointer("/a~1b/1").map(json::Node::as_i64), Ok(Some(2)));
    /// ```
    pub fn pointer(&self, pointer: &str) -> Result<&Self, PointerError> {
        check(pointer)?;
        let mut node = self;
        let mut offset = 0;
        for token in pointer.split('/').skip(1) {
            offset += 1;
            node = node.step(token).ok_or(PointerError::NotFound { offset, within: node.span })?;
            offset += token.len();
        }
        Ok(node)
    }

    fn step(&self, token: &str) -> Option<&Self> {
        match &self.kind {
            Kind::Array(elements) => elements.get(index(token)?),
            Kind::Object(_) if token.contains('~') => self.get(&token.replace("~1", "/").replace("~0", "~")),
            Kind::Object(_) => self.get(token),
            _ => None,
        }
    }

    /// The pointer that leads from this node to the one at exactly this place; `None` if none stands there.
    ///
    /// Takes time in proportion to depth and length of the pointer. For a member whose
    /// key comes again later in its object, the pointer leads to the later one.
    ///
    /// Source: RFC 6901, section 3.
    #[must_use]
    pub fn pointer_to(&self, span: Span) -> Option<String> {
        let mut node = self;
        let mut pointer = String::new();
        while node.span != span {
            node = match &node.kind {
                Kind::Array(elements) => {
                    let index = elements.partition_point(|element| element.span.start <= span.start).checked_sub(1)?;
                    write!(pointer, "/{index}").expect("a string takes everything");
                    &elements[index]
                }
                Kind::Object(members) => {
                    let index =
                        members.partition_point(|member| member.value.span.start <= span.start).checked_sub(1)?;
                    pointer.push('/');
                    pointer.push_str(&members[index].key.replace('~', "~0").replace('/', "~1"));
                    &members[index].value
                }
                _ => return None,
            };
        }
        Some(pointer)
    }
}

/// Whether a text is a JSON Pointer.
fn check(pointer: &str) -> Result<(), PointerError> {
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return Err(PointerError::Malformed { offset: 0 });
    }
    let bytes = pointer.as_bytes();
    match memchr::memchr_iter(b'~', bytes).find(|&at| !matches!(bytes.get(at + 1), Some(b'0' | b'1'))) {
        Some(offset) => Err(PointerError::Malformed { offset }),
        None => Ok(()),
    }
}

/// An array index: `0`, or digits of which the first is not `0`.
fn index(token: &str) -> Option<usize> {
    let canonical = token == "0" || (!token.starts_with('0') && token.bytes().all(|byte| byte.is_ascii_digit()));
    token.parse().ok().filter(|_| canonical)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileId, json};

    fn root(text: &str) -> Node<'_> {
        let parsed = json::parse(FileId(0), text, json::Limits::default());
        assert_eq!(parsed.diagnostics, []);
        parsed.root.expect("a text without errors has a value")
    }

    #[test]
    fn pointers_lead_to_nodes_and_back() {
        // The document of RFC 6901, section 5.
        let text = r#"{"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}"#;
        let tree = root(text);
        for (pointer, expected) in [
            ("", text),
            ("/foo", r#"["bar", "baz"]"#),
            ("/foo/0", r#""bar""#),
            ("/foo/1", r#""baz""#),
            ("/", "0"),
            ("/a~1b", "1"),
            ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"),
            ("/i\\j", "5"),
            ("/k\"l", "6"),
            ("/ ", "7"),
            ("/m~0n", "8"),
        ] {
            let node = tree.pointer(pointer).expect("the RFC says so");
            assert_eq!(&text[node.span.range()], expected, "{pointer}");
            assert_eq!(tree.pointer_to(node.span).as_deref(), Some(pointer));
        }
    }

    #[test]
    fn a_tilde_is_unescaped_last() {
        let tree = root(r#"{"~1": 1, "/": 2}"#);
        assert_eq!(tree.pointer("/~01").map(Node::as_i64), Ok(Some(1)));
        assert_eq!(tree.pointer("/~1").map(Node::as_i64), Ok(Some(2)));
    }

    #[test]
    fn a_pointer_that_leads_nowhere_says_where_it_ends() {
        let tree = root(r#"{"a": [{"b": 1}], "~": 1}"#);
        let within = |pointer: &str| tree.pointer(pointer).expect("this part exists").span;
        for (pointer, offset, reached) in [
            ("/x", 1, ""),
            ("/a/1", 3, "/a"),
            ("/a/-", 3, "/a"),
            ("/a/00", 3, "/a"),
            ("/a/+0", 3, "/a"),
            ("/a/", 3, "/a"),
            ("/a/99999999999999999999", 3, "/a"),
            ("/a/0/b/c", 7, "/a/0/b"),
            ("/a/0/c/d", 5, "/a/0"),
        ] {
            assert_eq!(
                tree.pointer(pointer),
                Err(PointerError::NotFound { offset, within: within(reached) }),
                "{pointer}"
            );
        }
        for (pointer, offset) in [("a", 0), ("#/a", 0), ("/~", 1), ("/a/~2", 3), ("/x~", 2)] {
            assert_eq!(tree.pointer(pointer), Err(PointerError::Malformed { offset }), "{pointer}");
        }
    }

    #[test]
    fn a_place_without_a_value_has_no_pointer() {
        let tree = root(r#"{"a": [1, 22], "b": {}}"#);
        let span = |start, end| Span::new(FileId(0), start, end);
        assert_eq!(tree.pointer_to(span(10, 12)).as_deref(), Some("/a/1"));
        for nowhere in
            [span(10, 11), span(0, 3), span(1, 4), span(7, 7), span(20, 21), span(90, 91), Span::new(FileId(1), 10, 12)]
        {
            assert_eq!(tree.pointer_to(nowhere), None, "{nowhere:?}");
        }
    }
}
