//! Routes of `google.api.http`, and which of them takes the calls of another.
//!
//! Source: `google/api/http.proto`, "Path template syntax" and "Rules for HTTP mapping".

use std::fmt;

use canread_model::{Key, Literal};

use crate::DeclAt;

/// One binding of a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    /// `GET`, `POST`, or what `custom` says.
    pub(super) verb: String,
    /// The path as written.
    pub(super) path: String,
    /// The field that is the body: `*` for all that is not in the path, empty for none.
    body: FieldPath,
    /// The field of the response that is the body; empty for all of it.
    response_body: FieldPath,
    segments: Vec<Segment>,
    variables: Vec<Variable>,
    /// What stands behind the last colon.
    action: String,
}

/// A field of a message, or one of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
struct FieldPath {
    /// As it is written.
    names: String,
    /// By its numbers where the message has it: `1.2` is a field of a field.
    numbers: String,
}

impl FieldPath {
    fn new(names: String, message: Option<DeclAt<'_>>) -> Self {
        Self { numbers: identity(&names, message), names }
    }

    /// Whether callers find the same field in both. Gateways go by the name that the option has, so another number does
    /// not matter; and callers do not see that name, so another one of the same field does not either.
    fn is(&self, other: &Self) -> bool {
        self.names == other.names || self.numbers == other.numbers
    }
}

/// The messages of a method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Messages<'a> {
    pub(super) request: Option<DeclAt<'a>>,
    pub(super) response: Option<DeclAt<'a>>,
}

/// A field that a part of the path is put into.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Variable {
    field: FieldPath,
    /// The index of its first segment, and that behind its last one; none where that is the end of the path.
    segments: (usize, Option<usize>),
}

/// A part of a path between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    /// `*`: any one segment.
    One,
    /// `**`: any number of segments, also none.
    Many,
}

/// The bindings of a method, the main one first.
pub(super) fn routes(http: &Literal, messages: Messages<'_>) -> Vec<Route> {
    let more = entries(http).filter(|(name, _)| *name == "additional_bindings").map(|(_, value)| value);
    std::iter::once(http).chain(more).filter_map(|rule| route(rule, messages)).collect()
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

fn route(rule: &Literal, messages: Messages<'_>) -> Option<Route> {
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
    let variables = variables(&path, segments.len(), messages.request);
    let body = FieldPath::new(text("body"), messages.request);
    let response_body = FieldPath::new(text("response_body"), messages.response);
    Some(Route { verb, path, body, response_body, segments, variables, action })
}

/// The variables of a path that has so many segments.
fn variables(path: &str, segment_count: usize, request: Option<DeclAt<'_>>) -> Vec<Variable> {
    let mut variables = Vec::new();
    let mut at = 0;
    let mut rest = path.trim_start_matches('/');
    while let Some((before, variable)) = rest.split_once('{') {
        let (variable, after) = variable.split_once('}').unwrap_or((variable, ""));
        let (name, template) = variable.split_once('=').unwrap_or((variable, "*"));
        at += before.matches('/').count();
        let start = at;
        at += template.matches('/').count();
        let end = Some(at + 1).filter(|end| *end < segment_count);
        variables.push(Variable { field: FieldPath::new(name.to_owned(), request), segments: (start, end) });
        rest = after;
    }
    variables
}

/// A path of field names as the numbers of the fields; from the first one on that the message does not have, as it is.
fn identity(name: &str, mut message: Option<DeclAt<'_>>) -> String {
    let numbers = name.split('.').map(|name| {
        let field = message.and_then(|message| message.decl().as_record()?.field(name));
        message = message.and_then(|message| Some(message.at(field?.ty.target()?)));
        field.and_then(|field| field.number).map_or_else(|| name.to_owned(), |number| number.value.to_string())
    });
    numbers.collect::<Vec<_>>().join(".")
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

    /// Whether each part of a path is put into the same field.
    pub(super) fn fills_the_fields_of(&self, other: &Self) -> bool {
        let same = |(one, two): (&Variable, &Variable)| one.segments == two.segments && one.field.is(&two.field);
        self.variables.len() == other.variables.len() && self.variables.iter().zip(&other.variables).all(same)
    }

    /// Whether the same field is the body, of calls and of answers.
    pub(super) fn has_body_of(&self, other: &Self) -> bool {
        self.body.is(&other.body) && self.response_body.is(&other.response_body)
    }

    /// What is in the body, for people.
    pub(super) fn body_words(&self) -> String {
        let request = match &*self.body.names {
            "" => "no body".to_owned(),
            "*" => "the message as body".to_owned(),
            field => format!("`{field}` as body"),
        };
        let response = &self.response_body.names;
        if response.is_empty() { request } else { format!("{request}, and answers `{response}`") }
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
