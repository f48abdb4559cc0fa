//! What a format says beyond the model's own words, and what people say about a node.

use crate::{Format, Literal, NodeId};

/// Something that a format said and the model has no word for, kept as it was:
/// a custom option, a Thrift annotation, an Avro property, an `xs:appinfo`, an
/// unknown JSON Schema keyword. Never an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Annotation {
    /// This node.
    pub node: NodeId,
    /// The format in whose terms `path` and `value` are to be read.
    pub origin: Format,
    /// What is set: `deprecated`, `(google.api.http).get`, `adjust-to-utc`.
    pub path: Box<str>,
    /// What it is set to.
    pub value: Literal,
}

/// Documentation of a node, without comment marks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Docs {
    /// The text in front of the node, or its one documentation text.
    pub leading: Option<Box<str>>,
    /// The text behind the node.
    pub trailing: Option<Box<str>>,
    /// Comments before `leading` that belong to no node.
    pub detached: Vec<Box<str>>,
}

/// What most nodes carry: documentation and annotations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Meta {
    /// Documentation, if the reader was asked to keep it.
    pub docs: Option<Box<Docs>>,
    /// Annotations in source order; a path may stand more than once.
    pub annotations: Vec<Annotation>,
}

impl Meta {
    /// The first annotation under a path.
    #[must_use]
    pub fn annotation(&self, path: &str) -> Option<&Annotation> {
        self.annotations.iter().find(|annotation| &*annotation.path == path)
    }

    /// Whether the node is marked as deprecated, in any format's way.
    #[must_use]
    pub fn is_deprecated(&self) -> bool {
        self.annotation("deprecated").is_some_and(|annotation| match &annotation.value {
            Literal::Bool(deprecated) => *deprecated,
            Literal::String(text) => &**text != "false",
            _ => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(annotations: &[(&str, Literal)]) -> Meta {
        let annotation = |(path, value): &(&str, Literal)| Annotation {
            node: NodeId(0),
            origin: Format::Thrift,
            path: (*path).into(),
            value: value.clone(),
        };
        Meta { docs: None, annotations: annotations.iter().map(annotation).collect() }
    }

    #[test]
    fn deprecation_is_any_value_of_the_annotation_but_false() {
        let cases = [
            (Literal::Bool(true), true),
            (Literal::Bool(false), false),
            (Literal::String("since 3".into()), true),
            (Literal::String("false".into()), false),
            (Literal::Int(1), true),
        ];
        for (value, deprecated) in cases {
            assert_eq!(meta(&[("deprecated", value.clone())]).is_deprecated(), deprecated, "{value:?}");
        }
        assert!(!Meta::default().is_deprecated());
        assert!(!meta(&[("Deprecated", Literal::Bool(true))]).is_deprecated());
    }

    #[test]
    fn the_first_of_several_annotations_under_a_path_is_found() {
        let meta = meta(&[("b", Literal::Int(0)), ("a", Literal::Int(1)), ("a", Literal::Int(2))]);
        assert_eq!(meta.annotation("a").unwrap().value, Literal::Int(1));
        assert_eq!(meta.annotation("c"), None);
    }
}
