//! A method is served under another HTTP route.

mod route;

use canread_model::{Method, Parameters};

use self::route::{Messages, Route, routes};
use crate::{DeclAt, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/http_route_changed",
    title: "HTTP route of a method changed",
    formats: &[Format::Protobuf],
    claims: &[
        Claim::on(Rpc, Backward, Effect::Error),
        Claim::on(Rpc, Backward, Effect::Reinterpreted),
        Claim::on(Rpc, Forward, Effect::Error),
        Claim::on(Rpc, Forward, Effect::Reinterpreted),
    ],
    opt_in: false,
    since: "0.1.0",
    rationale: "`google.api.http` says under which verb and path a gateway serves a method, and which part of the message is \
                the body. An old client calls the old route: where no binding of the new version takes it, or takes \
                it with another body, the call fails. A new client calls the new main route, which an old server has to \
                serve. Where a path is taken and its parts are put into other fields than before, the call succeeds with \
                other values. A binding more, or a path that takes more, breaks nothing; nor does another name of the \
                same field (by its number) in a path or as the body, for callers do not see it, or another number of the \
                name, which is all that a gateway goes by.",
    remedy: "Keep the old route as one of the `additional_bindings`.",
    spec: "https://github.com/googleapis/googleapis/blob/master/google/api/http.proto",
    example: Example {
        old: "syntax = \"proto3\";\nimport \"google/api/annotations.proto\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M) {\n    option (google.api.http) = {get: \"/v1/orders/{id}\"};\n  }\n}\n",
        new: "syntax = \"proto3\";\nimport \"google/api/annotations.proto\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M) {\n    option (google.api.http) = {get: \"/v1/shop/orders/{id}\"};\n  }\n}\n",
    },
    witness: Witness::NotInBytes("`GET /v1/orders/1` at a gateway of the new version: 404"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::OptionChanged { holder: Holder::Method(owner, method), path, old, new, nodes } = change else {
        return None;
    };
    if *path != "(google.api.http)" {
        return None;
    }
    let routes = Pair {
        old: old.as_deref().map(|http| routes(http, messages(owner.old, method.old))).unwrap_or_default(),
        new: new.as_deref().map(|http| routes(http, messages(owner.new, method.new))).unwrap_or_default(),
    };
    // What is taken for something else hurts more than what is refused.
    let all_lost = routes.old.iter().filter_map(|old| Some((old, unserved(old, &routes.new)?)));
    let lost = all_lost.min_by_key(|(_, why)| std::cmp::Reverse(why.effect()));
    // A new client calls the main route, which old servers have to serve.
    let ahead = routes.new.first().filter(|_| !routes.old.is_empty());
    let ahead = ahead.and_then(|main| Some((main, unserved(main, &routes.old)?)));
    let symbol = method_symbol(owner.old, method.old);
    let (message, shape) = match (&lost, &ahead) {
        (Some((route, Unserved::Path)), _) => {
            (format!("`{symbol}` was served as `{route}`, and is not any more"), format!("lost {route}"))
        }
        (Some((route, Unserved::Body(body))), _) => (
            format!("`{symbol}` is served as `{route}` with {body}, and took {} before", route.body_words()),
            format!("lost {route} {}", route.body_words()),
        ),
        (Some((route, Unserved::Fields(other))), _) => (
            format!(
                "`{symbol}` was served as `{route}` and is served as `{other}`: parts of the path are other fields now"
            ),
            format!("fields {route} -> {other}"),
        ),
        (None, Some((route, Unserved::Fields(other)))) => (
            format!("`{symbol}` is served as `{route}` first, and parts of the path were other fields in `{other}`"),
            format!("fields ahead {route}"),
        ),
        (None, Some((route, _))) => {
            (format!("`{symbol}` is served as `{route}` first, and was not before"), format!("ahead {route}"))
        }
        (None, None) => return None,
    };
    let mut finding = Finding::new(&symbol, message)
        .old(nodes.old.unwrap_or(method.old.node), "the routes until now")
        .new_site(nodes.new.unwrap_or(method.new.node), "the routes now")
        .help("keep the old route as one of the `additional_bindings`")
        .shape(shape);
    if let Some((_, why)) = &lost {
        finding = finding.claim(Rpc, Backward, why.effect());
    }
    if let Some((_, why)) = &ahead {
        let note = match why {
            Unserved::Fields(_) => {
                "old servers put parts of the path into other fields than new clients take them from"
            }
            _ => "new clients call a route that old servers do not have",
        };
        finding = finding.note(note).claim(Rpc, Forward, why.effect());
    }
    Some(finding)
}

/// Why none of the routes takes what goes to `route`, if none does; in words that go on after "which".
fn unserved(route: &Route, routes: &[Route]) -> Option<Unserved> {
    let matching: Vec<&Route> = routes.iter().filter(|other| other.takes(route)).collect();
    let Some(first) = matching.first() else { return Some(Unserved::Path) };
    let same_body = |other: &&Route| other.has_body_of(route);
    let same: Vec<&Route> = matching.iter().copied().filter(|other| same_body(other)).collect();
    let Some(same_first) = same.first() else { return Some(Unserved::Body(first.body_words())) };
    let is_served = same.iter().any(|other| other.fills_the_fields_of(route));
    (!is_served).then(|| Unserved::Fields(same_first.to_string()))
}

/// The messages that the fields of a path, and of bodies, are in.
fn messages<'a>(service: DeclAt<'a>, method: &Method) -> Messages<'a> {
    let request = match &method.parameters {
        Parameters::Message(request) => request.target(),
        _ => None,
    };
    let response = method.returns.as_ref().and_then(canread_model::Type::target);
    Messages { request: request.map(|id| service.at(id)), response: response.map(|id| service.at(id)) }
}

/// Why calls to a route fail.
enum Unserved {
    Path,
    /// A route takes them, but with this body.
    Body(String),
    /// This route takes them, and puts parts of the path into other fields.
    Fields(String),
}

impl Unserved {
    fn effect(&self) -> Effect {
        match self {
            Self::Path | Self::Body(_) => Effect::Error,
            Self::Fields(_) => Effect::Reinterpreted,
        }
    }
}
