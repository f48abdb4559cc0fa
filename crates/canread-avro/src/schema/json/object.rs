//! The members of an object: those that are known where it stands, and all others.

use canread_syntax::Diagnostic;
use canread_syntax::json::{Kind, Member, Node};

use super::value::value;
use super::{Reader, head};
use crate::schema::ast::{Property, Text};

const QUOTES: &str = "write a text in quotes";

impl Reader {
    /// The member under a key, or an error about the object that lacks it.
    pub(super) fn required<'n, 'a>(
        &mut self,
        node: &'n Node<'a>,
        key: &str,
        what: &str,
        help: &str,
    ) -> Option<&'n Node<'a>> {
        let found = node.get(key);
        if found.is_none() {
            let error = Diagnostic::error("avro/missing_attribute", format!("{what} has no `{key}`"));
            self.problems.add(error.at(head(node), "").help(help));
        }
        found
    }

    /// The string under a key; what is no string is an error.
    pub(super) fn text<'a>(&mut self, node: &Node<'a>, key: &str) -> Option<Text<'a>> {
        let found = node.get(key)?;
        if let Kind::String(text) = &found.kind {
            return Some(Text { text: text.clone(), span: found.span });
        }
        self.expected("avro/attribute_type", found, &format!("a string behind `{key}`"), QUOTES);
        None
    }

    /// Documentation, which nobody depends on: what is no string is only worth a warning.
    pub(super) fn doc<'a>(&mut self, node: &Node<'a>) -> Option<Text<'a>> {
        let found = node.get("doc")?;
        match &found.kind {
            Kind::String(text) => Some(Text { text: text.clone(), span: found.span }),
            Kind::Null => None,
            _ => {
                let message = format!("expected a string behind `doc`, found {}", super::found(found));
                let warning = Diagnostic::warning("avro/attribute_type", message).at(head(found), "");
                self.problems.add(warning.help("write the documentation as a string"));
                None
            }
        }
    }

    /// The elements of the array under a key, or an error.
    pub(super) fn array<'n, 'a>(&mut self, found: &'n Node<'a>, key: &str, help: &str) -> &'n [Node<'a>] {
        found.as_array().unwrap_or_else(|| {
            self.expected("avro/attribute_type", found, &format!("an array behind `{key}`"), help);
            &[]
        })
    }

    /// The strings of the array under a key.
    pub(super) fn texts<'a>(&mut self, found: &Node<'a>, key: &str, what: &str, help: &str) -> Vec<Text<'a>> {
        let elements = self.array(found, key, help);
        let mut texts = Vec::with_capacity(elements.len());
        for element in elements {
            match &element.kind {
                Kind::String(text) => texts.push(Text { text: text.clone(), span: element.span }),
                _ => self.expected("avro/attribute_type", element, what, QUOTES),
            }
        }
        texts
    }

    /// Other names. Any string may be one: an alias can be there to mend a name that was no name.
    ///
    /// Source: Avro 1.12, "Aliases".
    pub(super) fn aliases<'a>(&mut self, node: &Node<'a>) -> Vec<Text<'a>> {
        match node.get("aliases") {
            None => Vec::new(),
            Some(found) if found.is_null() => Vec::new(),
            Some(found) => self.texts(found, "aliases", "a string as an alias", "list them: `\"aliases\": [\"Old\"]`"),
        }
    }
}

/// All members but the known ones, in source order; of a repeated key the last, as for the known ones.
pub(super) fn properties<'a>(node: &Node<'a>, known: &[&str]) -> Vec<Property<'a>> {
    let members = node.as_object().unwrap_or_default();
    let mut properties: Vec<_> = members.iter().filter(|member| !known.contains(&&*member.key)).collect();
    drop_repeated(&mut properties);
    let property = |member: &Member<'a>| Property { key: key(member), value: value(&member.value) };
    properties.into_iter().map(property).collect()
}

/// The key of a member with its place.
pub(super) fn key<'a>(member: &Member<'a>) -> Text<'a> {
    Text { text: member.key.clone(), span: member.key_span }
}

/// Keeps the last of the members under each key, in time that grows with the input and not its square.
pub(super) fn drop_repeated(members: &mut Vec<&Member<'_>>) {
    let mut order: Vec<usize> = (0..members.len()).collect();
    // The sort is stable: under one key, later members come later.
    order.sort_by(|one, two| members[*one].key.cmp(&members[*two].key));
    let mut is_last = vec![true; members.len()];
    for pair in order.windows(2) {
        if let [one, two] = pair
            && members[*one].key == members[*two].key
        {
            is_last[*one] = false;
        }
    }
    let mut at = 0;
    members.retain(|_| {
        at += 1;
        is_last[at - 1]
    });
}
