//! A method is gone.

use canread_model::{Method, Parameters};

use crate::{DeclAt, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/rpc_deleted",
    title: "method deleted",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Rpc, Backward, Effect::Error), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "A call names the method. Old clients go on calling one that no new server has, and get UNIMPLEMENTED. To \
                rename a method is to delete it, as far as clients are concerned.",
    remedy: "Keep the method, marked as deprecated, until nobody calls it.",
    spec: "https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md#requests",
    example: Example {
        old: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M);\n  rpc Cancel(M) returns (M);\n}\n",
        new: "syntax = \"proto3\";\nmessage M {\n  int32 id = 1;\n}\nservice Orders {\n  rpc Get(M) returns (M);\n}\n",
    },
    witness: Witness::NotInBytes("a call to `/Orders/Cancel` on a server of the new version: it is not implemented"),
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::MethodRemoved { owner, old } = change else { return None };
    let symbol = method_symbol(owner.old, old);
    let message = format!("method `{symbol}` is gone: old clients call what no server has");
    let mut finding = Finding::new(symbol, message)
        .old(old.node, "a method until now")
        .new_site(owner.new.decl().node, "no such method")
        .help("keep it, marked as deprecated, until nobody calls it")
        .shape("deleted");
    if let Some(heir) = heir(*owner, old) {
        let note = format!("`{}` is new and takes and returns the same; calls still go by the old name", heir.name);
        finding = finding.note(note).help(format!("keep `{}` beside `{}`", old.name, heir.name));
    }
    Some(finding)
}

/// The one new method that takes and returns the same, if there is just one.
fn heir<'a>(owner: Pair<DeclAt<'a>>, old: &Method) -> Option<&'a Method> {
    let (old_service, new_service) = (owner.old.decl().as_service()?, owner.new.decl().as_service()?);
    let signature = signature(owner.old, old);
    let is_new = |method: &&Method| old_service.method(&method.name).is_none();
    let mut alike =
        new_service.methods.iter().filter(is_new).filter(|new| self::signature(owner.new, new) == signature);
    alike.next().filter(|_| alike.next().is_none())
}

fn signature<'a>(owner: DeclAt<'a>, method: &Method) -> (Option<&'a str>, Option<&'a str>, bool, bool) {
    let name = |ty: &Type| Some(owner.at(ty.target()?).name());
    let request = match &method.parameters {
        Parameters::Message(request) => name(request),
        _ => None,
    };
    (request, method.returns.as_ref().and_then(name), method.client_streaming, method.server_streaming)
}
