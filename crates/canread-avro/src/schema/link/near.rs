//! What was meant by a name that nothing has.

use crate::schema::ast::Primitive;

/// Names of types elsewhere, with what Avro has in their place.
const ELSEWHERE: [(&str, &str); 24] = [
    ("bigint", "`long`"),
    ("binary", "`bytes`"),
    ("bool", "`boolean`"),
    ("char", "`string`"),
    ("date", "`{\"type\": \"int\", \"logicalType\": \"date\"}`"),
    ("datetime", "`{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}`"),
    ("decimal", "`{\"type\": \"bytes\", \"logicalType\": \"decimal\", \"precision\": 9, \"scale\": 2}`"),
    ("duration", "`{\"type\": \"fixed\", \"name\": \"Duration\", \"size\": 12, \"logicalType\": \"duration\"}`"),
    ("float32", "`float`"),
    ("float64", "`double`"),
    ("int16", "`int`"),
    ("int32", "`int`"),
    ("int64", "`long`"),
    ("int8", "`int`"),
    ("integer", "`int`"),
    ("number", "`double`"),
    ("object", "`map` or `record`"),
    ("short", "`int`"),
    ("str", "`string`"),
    ("text", "`string`"),
    ("timestamp", "`{\"type\": \"long\", \"logicalType\": \"timestamp-millis\"}`"),
    ("uint32", "`long`"),
    ("uuid", "`{\"type\": \"string\", \"logicalType\": \"uuid\"}`"),
    ("void", "`null`"),
];

/// Kinds of type that need attributes, and so an object, with the one that comes first.
const KINDS: [(&str, &str); 6] = [
    ("array", "\"items\": \"string\""),
    ("enum", "\"name\": \"State\", \"symbols\": []"),
    ("error", "\"name\": \"Problem\", \"fields\": []"),
    ("fixed", "\"name\": \"Md5\", \"size\": 16"),
    ("map", "\"values\": \"string\""),
    ("record", "\"name\": \"Line\", \"fields\": []"),
];

/// What was meant by a name that is well known elsewhere, as a sentence.
pub(super) fn meant(name: &str) -> Option<String> {
    let lower = name.to_ascii_lowercase();
    if let Some((kind, attributes)) = KINDS.iter().find(|(kind, _)| *kind == lower) {
        return Some(format!(
            "a type with attributes is an object of its own: `{{\"type\": {{\"type\": \"{kind}\", {attributes}}}}}`"
        ));
    }
    if let Some(primitive) = Primitive::ALL.iter().find(|primitive| is_near(primitive.as_str(), name)) {
        return Some(format!("did you mean `{}`?", primitive.as_str()));
    }
    let (_, avro) = ELSEWHERE.iter().find(|(elsewhere, _)| *elsewhere == lower)?;
    Some(format!("did you mean {avro}?"))
}

/// The kind of type that was meant by a name that is near to no other.
///
/// Types of one's own start with a capital letter, as a rule: `Errors` is no slip.
pub(super) fn kind_meant(name: &str) -> Option<&'static str> {
    let is_slip = |kind: &&str| name.chars().all(|letter| letter.is_ascii_lowercase()) && is_near(kind, name);
    KINDS.iter().map(|(kind, _)| *kind).find(is_slip)
}

/// The declared name that was meant: of the same simple name, or with one slip of the keyboard.
pub(super) fn near<'n>(name: &str, mut names: impl Iterator<Item = &'n str> + Clone) -> Option<&'n str> {
    let last = |name: &'n str| name.rsplit('.').next().unwrap_or(name);
    let simple = name.rsplit('.').next().unwrap_or(name);
    let same = names.clone().find(|known| last(known) == simple);
    same.or_else(|| names.find(|known| is_near(last(known), simple)))
}

/// Whether one name is the other with one letter changed, added, left out or swapped, or in other case.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_ascii_lowercase(), other.to_ascii_lowercase());
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one == other {
        return true;
    }
    if one.len().abs_diff(other.len()) > 1 || one.len().min(other.len()) < 3 {
        return false;
    }
    let start = one.iter().zip(other).take_while(|(one, other)| one == other).count();
    match (&one[start..], &other[start..]) {
        ([a, b, one @ ..], [c, d, other @ ..]) if a == d && b == c && one == other => true,
        ([_, one @ ..], [_, other @ ..]) if one == other => true,
        ([_, one @ ..], other) if one == other => true,
        (one, [_, other @ ..]) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_keyboard_is_near() {
        for near in ["order", "Ordre", "Oder", "Orrder", "Orber"] {
            assert!(is_near(near, "Order"), "{near}");
        }
        for far in ["Orbit", "Or", "Orders2"] {
            assert!(!is_near(far, "Order"), "{far}");
        }
    }

    #[test]
    fn names_of_other_type_systems_are_known() {
        assert_eq!(meant("String").as_deref(), Some("did you mean `string`?"));
        assert_eq!(meant("Integer").as_deref(), Some("did you mean `int`?"));
        assert_eq!(meant("Order"), None);
        assert_eq!(["recrd", "enm", "Errors", "order"].map(kind_meant), [Some("record"), Some("enum"), None, None]);
    }

    #[test]
    fn the_same_name_elsewhere_is_nearer_than_a_slip() {
        let names = ["a.Order", "b.Line", "c.Lime"];
        assert_eq!(near("Order", names.into_iter()), Some("a.Order"));
        assert_eq!(near("b.Lane", names.into_iter()), Some("b.Line"));
        assert_eq!(near("Z", names.into_iter()), None);
    }
}
