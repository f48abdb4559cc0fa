//! Whether a set of rules accepts one value.

use canread_model::Literal;

use super::{
    interval::{Interval, Number, SIZES, VALUE},
    tree::Tree,
};

/// Formats that text, or bytes, can be held to; at most one of them is set.
pub(super) const FORMATS: [&str; 20] = [
    "email",
    "hostname",
    "ip",
    "ipv4",
    "ipv6",
    "uri",
    "uri_ref",
    "address",
    "uuid",
    "tuuid",
    "ulid",
    "ip_with_prefixlen",
    "ipv4_with_prefixlen",
    "ipv6_with_prefixlen",
    "ip_prefix",
    "ipv4_prefix",
    "ipv6_prefix",
    "host_and_port",
    "protobuf_fqn",
    "protobuf_dot_fqn",
];

/// Keywords of which we don't know what they accept.
const OPAQUE: [&str; 4] = ["pattern", "well_known_regex", "cel", "cel_expression"];

/// The values that alone are accepted, if the rules list them.
pub(super) fn listed<'a>(tree: &Tree<'a>) -> Option<Vec<&'a Literal>> {
    if let Some(value) = tree.value("const") {
        return Some(vec![value]);
    }
    let values = tree.values("in");
    (!values.is_empty()).then(|| values.to_vec())
}

/// Whether the rules accept a value; `None` if a keyword leaves that open.
pub(super) fn accepts(tree: &Tree<'_>, is_unsigned: bool, value: &Literal) -> Option<bool> {
    let is_in = |values: &[&Literal]| values.iter().any(|one| one.same(value));
    let mut answers = vec![Some(listed(tree).is_none_or(|values| is_in(&values))), Some(!is_in(tree.values("not_in")))];
    if let Some(number) = Number::of(value) {
        answers.push(Interval::of(tree, VALUE, is_unsigned).contains(number));
    }
    let (characters, bytes) = match value {
        Literal::String(text) => {
            answers.extend(text_answers(tree, text));
            (Some(text.chars().count()), Some(text.len()))
        }
        // Of bytes, the length counts bytes.
        Literal::Bytes(bytes) => (Some(bytes.len()), None),
        Literal::List(items) => (Some(items.len()), None),
        _ => (None, None),
    };
    let [lengths, byte_lengths, items, pairs] = SIZES;
    for (names, size) in [(lengths, characters), (byte_lengths, bytes), (items, characters), (pairs, characters)] {
        if let Some(size) = size.and_then(|size| i128::try_from(size).ok()) {
            answers.push(Interval::of(tree, names, true).contains(Number::Whole(size)));
        }
    }
    if OPAQUE.iter().any(|name| !tree.values(name).is_empty()) {
        answers.push(None);
    }
    if answers.contains(&Some(false)) {
        Some(false)
    } else {
        answers.into_iter().collect::<Option<Vec<bool>>>().map(|_| true)
    }
}

fn text_answers<'t>(tree: &'t Tree<'_>, text: &'t str) -> impl Iterator<Item = Option<bool>> + 't {
    let parts = [
        tree.text("prefix").map(|part| Some(text.starts_with(part))),
        tree.text("suffix").map(|part| Some(text.ends_with(part))),
        tree.text("contains").map(|part| Some(text.contains(part))),
        tree.text("not_contains").map(|part| Some(!text.contains(part))),
        // Of all formats, only a URI reference may be empty.
        tree.first_flag(&FORMATS).map(|format| (text.is_empty() && format != "uri_ref").then_some(false)),
    ];
    parts.into_iter().flatten()
}
