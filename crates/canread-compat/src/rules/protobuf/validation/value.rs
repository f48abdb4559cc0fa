//! Whether a set of rules accepts one value.

use canread_model::Literal;

use super::{
    interval::{Domain, Interval, Names, Number, SIZES, VALUE},
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

/// Keywords that are tried on every value, or say nothing about a value that is there.
const TRIED: [&str; 6] = ["const", "in", "not_in", "example", "required", "ignore_empty"];

/// Those that are tried on text.
const TRIED_ON_TEXT: [&str; 4] = ["prefix", "suffix", "contains", "not_contains"];

/// The values that alone are accepted, if the rules list them.
pub(super) fn listed<'a>(tree: &Tree<'a>) -> Option<Vec<&'a Literal>> {
    if let Some(value) = tree.value("const") {
        return Some(vec![value]);
    }
    let values = tree.values("in");
    (!values.is_empty()).then(|| values.to_vec())
}

/// Whether the rules accept a value; `None` if a keyword leaves that open.
pub(super) fn accepts(tree: &Tree<'_>, domain: Domain, value: &Literal) -> Option<bool> {
    let is_in = |values: &[&Literal]| values.iter().any(|one| is_equal(one, value));
    let mut answers = vec![Some(listed(tree).is_none_or(|values| is_in(&values))), Some(!is_in(tree.values("not_in")))];
    if let Some(number) = Number::of(value) {
        answers.push(Interval::of(tree, VALUE, domain).contains(number));
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
            answers.push(Interval::of(tree, names, Domain::SIZES).contains(Number::Whole(size)));
        }
    }
    if let Literal::Float(number) = value
        && tree.flag("finite", false)
    {
        answers.push(Some(number.is_finite()));
    }
    if !Tree::names(tree, &Tree::default()).into_iter().all(|name| is_tried(tree, name, value)) {
        answers.push(None);
    }
    if answers.contains(&Some(false)) {
        Some(false)
    } else {
        answers.into_iter().collect::<Option<Vec<bool>>>().map(|_| true)
    }
}

/// Whether a keyword has been tried on a value. A pattern, an expression, a predefined rule and what may
/// be new in these libraries has not.
fn is_tried(tree: &Tree<'_>, name: &str, value: &Literal) -> bool {
    let mut bounds = SIZES.into_iter().chain([VALUE]).flat_map(Names::all);
    TRIED.contains(&name)
        || bounds.any(|bound| bound == name)
        || tree.value(name) == Some(&Literal::Bool(false))
        || match value {
            Literal::String(_) => TRIED_ON_TEXT.contains(&name) || FORMATS.contains(&name),
            Literal::Float(_) => name == "finite",
            _ => false,
        }
}

/// Whether two values are equal; of times and durations, whatever way they are written.
pub(super) fn is_equal(one: &Literal, other: &Literal) -> bool {
    // A mask of fields is a message too, and no number.
    let is_time = |value: &Literal| matches!(value, Literal::Map(_)) && value.field("paths").is_none();
    one.same(other) || (is_time(one) && is_time(other) && Number::of(one) == Number::of(other))
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
