//! Routes of `google.api.http`, and which of them takes the calls of another.
//!
//! Source: `google/api/http.proto`, "Path template syntax" and "Rules for HTTP mapping".

use std::fmt;

use canread_model::{Key, Literal};

/// One binding of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// `GET`, `POST`, or what `custom` says.
    pub(super) verb: String,
    /// The path as written.
    pub(super) path: String,
    /// The field that is the body: `*` for all that is not in the path, empty for none.
    pub(super) body: String,
    /// The field of the response that is the body; empty for all of it.
    pub(super) response_body: String,
    segments: Vec<Segment>,
    /// What stands behind the last colon.
    action: String,
}

/// A part of a path between slashes. Which field it is put into is of no concern to callers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// `*`: any one segment.
    One,
    /// `**`: any number of segments, also none.
    Many,
}

/// The bindings of a method, the main one first.
pub(super) fn routes(http: &Literal) -> Vec<Route> {
    let more = entries(http).filter(|(name, _)| *name == "additional_bindings").map(|(_, value)| value);
    std::iter::once(http).chain(more).filter_map(route).collect()
}

fn entries(map: &Literal) -> impl Iterator<Item = (&str, &Literal)> {
    let entries = match map {
        Literal::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().filter_map(|entry| match &entry.key {
        Key::Field(name) => Some((&**name, &entry.value)),
        _ => None,
    })
}

fn route(rule: &Literal) -> Option<Route> {
    let text = |name| match rule.field(name) {
        Some(Literal::String(text)) => text.to_string(),
        _ => String::new(),
    };
    let (verb, path) = entries(rule).find_map(|(name, value)| match (name, value) {
        ("get" | "put" | "post" | "delete" | "patch", Literal::String(path)) => {
            Some((name.to_ascii_uppercase(), path.to_string()))
        }
        ("custom", custom) => match (custom.field("kind")?, custom.field("path")?) {
            (Literal::String(kind), Literal::String(path)) => Some((kind.to_string(), path.to_string())),
            _ => None,
        },
        _ => None,
    })?;
    let (segments, action) = parse(&path);
    Some(Route { verb, path, body: text("body"), response_body: text("response_body"), segments, action })
}

/// A path into its segments and its action: `/v1/{name=shelves/*}:archive`.
fn parse(path: &str) -> (Vec<Segment>, String) {
    let plain = without_variables(path);
    let last = plain.rfind('/').unwrap_or(0);
    let (plain, action) = match plain[last..].find(':') {
        Some(colon) => (&plain[..last + colon], plain[last + colon + 1..].to_owned()),
        None => (&*plain, String::new()),
    };
    let segment = |part: &str| match part {
        "*" => Segment::One,
        "**" => Segment::Many,
        literal => Segment::Literal(literal.to_owned()),
    };
    (plain.trim_start_matches('/').split('/').map(segment).collect(), action)
}

/// `{name=shelves/*}` is `shelves/*`, and `{name}` is `*`.
fn without_variables(path: &str) -> String {
    let mut plain = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, variable)) = rest.split_once('{') {
        let (variable, after) = variable.split_once('}').unwrap_or((variable, ""));
        plain.push_str(before);
        plain.push_str(variable.split_once('=').map_or("*", |(_, template)| template));
        rest = after;
    }
    plain + rest
}

impl Route {
    /// Whether whatever calls `other` by its path and verb gets here.
    pub(super) fn takes(&self, other: &Self) -> bool {
        (self.verb == other.verb || self.verb == "*")
            && self.action == other.action
            && covers(&self.segments, &other.segments)
    }

    /// What is in the body, for people.
    pub(super) fn body_words(&self) -> String {
        let request = match &*self.body {
            "" => "no body".to_owned(),
            "*" => "the message as body".to_owned(),
            field => format!("`{field}` as body"),
        };
        if self.response_body.is_empty() { request } else { format!("{request}, and answers `{}`", self.response_body) }
    }
}

/// Whether one template takes every path that the other takes.
fn covers(wide: &[Segment], narrow: &[Segment]) -> bool {
    let mut narrow = narrow.iter();
    for segment in wide {
        match (segment, narrow.next()) {
            // Only the last segment may be `**`.
            (Segment::Many, _) => return true,
            (_, None | Some(Segment::Many)) => return false,
            (Segment::One, Some(_)) => {}
            (literal, Some(other)) => {
                if literal != other {
                    return false;
                }
            }
        }
    }
    narrow.next().is_none()
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.verb, self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::{covers, parse};

    fn takes(wide: &str, narrow: &str) -> bool {
        let (wide, narrow) = (parse(wide), parse(narrow));
        wide.1 == narrow.1 && covers(&wide.0, &narrow.0)
    }

    #[test]
    fn a_template_takes_what_it_has_wildcards_for() {
        assert!(takes("/v1/{name=shelves/*}", "/v1/{shelf=shelves/*}"));
        assert!(takes("/v1/shelves/{id}", "/v1/{name=shelves/*}"));
        assert!(takes("/v1/{name=**}", "/v1/shelves/1/books/2"));
        assert!(takes("/v1/{name=shelves/*}:archive", "/v1/shelves/{id}:archive"));
        assert!(takes("/v1/*/books", "/v1/shelves/books"));
        assert!(!takes("/v1/{name=shelves/*}", "/v1/{name=**}"));
        assert!(!takes("/v1/{name=shelves/*}", "/v1/{name=shelves/*/books/*}"));
        assert!(!takes("/v1/{name=shelves/*}", "/v2/{name=shelves/*}"));
        assert!(!takes("/v1/{name=shelves/*}", "/v1/{name=shelves/*}:archive"));
        assert!(!takes("/v1/shelves", "/v1/*"));
    }
}
