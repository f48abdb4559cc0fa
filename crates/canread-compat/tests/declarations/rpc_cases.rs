//! Services and methods.

use crate::support::{Case, check};

#[test]
fn services_and_methods_are_known_by_their_names() {
    check(&[
        Case {
            claim: "a service is one finding, whatever its methods",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); rpc Put(M) returns (M); }",
            new: "message M { int32 id = 1; }",
            finds: &["service_deleted S: rpc/backward/error, source"],
        },
        Case {
            claim: "a renamed service is one that is not served",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); rpc Put(M) returns (M); }",
            new: "message M { int32 id = 1; } service T { rpc Get(M) returns (M); rpc Put(M) returns (M); }",
            finds: &["service_renamed S: rpc/backward/error, rpc/forward/error, source"],
        },
        Case {
            claim: "a method that goes",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); rpc Put(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            finds: &["rpc_deleted S.Put: rpc/backward/error, source"],
        },
        Case {
            claim: "a method that comes, and another order, are no change",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); rpc Put(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Put(M) returns (M); rpc Cut(M) returns (M); rpc Get(M) returns (M); } service T {}",
            finds: &[],
        },
        Case {
            claim: "a deprecated method is still there",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option deprecated = true; } }",
            finds: &[],
        },
    ]);
}

#[test]
fn requests_and_responses_are_judged_by_what_is_in_them() {
    check(&[
        Case {
            claim: "another message of the same shape is felt by code only",
            old: "message A { int32 id = 1; } message B { int32 id = 1; } service S { rpc Get(A) returns (A); }",
            new: "message A { int32 id = 1; } message B { int32 id = 1; } service S { rpc Get(B) returns (B); }",
            finds: &["rpc_request_changed S.Get: source", "rpc_response_changed S.Get: source"],
        },
        Case {
            claim: "a request of another shape",
            old: "message A { int64 id = 1; } message B { int32 id = 1; } service S { rpc Get(A) returns (A); }",
            new: "message A { int64 id = 1; } message B { int32 id = 1; } service S { rpc Get(B) returns (A); }",
            finds: &["rpc_request_changed S.Get: rpc/backward/lossy, json/backward/error, source"],
        },
        Case {
            claim: "a response of another shape",
            old: "message A { int32 id = 1; } message B { int64 id = 1; } service S { rpc Get(A) returns (A); }",
            new: "message A { int32 id = 1; } message B { int64 id = 1; } service S { rpc Get(A) returns (B); }",
            finds: &["rpc_response_changed S.Get: rpc/forward/lossy, json/forward/error, source"],
        },
        Case {
            claim: "a request that was renamed is no change of the method",
            old: "message A { int32 id = 1; } service S { rpc Get(A) returns (A); }",
            new: "message B { int32 id = 1; } service S { rpc Get(B) returns (B); }",
            finds: &["declaration_renamed A: json/backward/meaning, json/forward/meaning, source"],
        },
    ]);
}

#[test]
fn streams_and_repeats_are_agreed_on_by_both_sides() {
    check(&[
        Case {
            claim: "a server that streams",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (stream M); }",
            finds: &["rpc_streaming_changed S.Get: rpc/backward/error, rpc/forward/error, source"],
        },
        Case {
            claim: "a client that no longer streams",
            old: "message M { int32 id = 1; } service S { rpc Get(stream M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            finds: &["rpc_streaming_changed S.Get: rpc/backward/error, rpc/forward/error, source"],
        },
        Case {
            claim: "old clients may use GET",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; } }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option idempotency_level = IDEMPOTENT; } }",
            finds: &["rpc_idempotency_changed S.Get: rpc/backward/error=warning"],
        },
        Case {
            claim: "new clients may use GET",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; } }",
            finds: &["rpc_idempotency_changed S.Get: rpc/forward/error=warning"],
        },
        Case {
            claim: "old clients may repeat calls",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option idempotency_level = IDEMPOTENT; } }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            finds: &["rpc_idempotency_changed S.Get: rpc/backward/meaning"],
        },
        Case {
            claim: "to say that nothing is known is to say nothing",
            old: "message M { int32 id = 1; } service S { rpc Get(M) returns (M); }",
            new: "message M { int32 id = 1; } service S { rpc Get(M) returns (M) { option idempotency_level = IDEMPOTENCY_UNKNOWN; } }",
            finds: &[],
        },
    ]);
}

#[test]
fn a_route_is_kept_if_some_binding_takes_its_calls() {
    macro_rules! route {
        ($http:literal) => {
            concat!(
                "syntax = \"proto3\"; import \"google/api/annotations.proto\"; message M { int32 id = 1; string b = 2; } ",
                "service S { rpc Get(M) returns (M) { option (google.api.http) = {", $http, "}; } }"
            )
        };
    }
    check(&[
        Case {
            claim: "another path",
            old: route!("get: \"/v1/{id}\""),
            new: route!("get: \"/v2/{id}\""),
            finds: &["http_route_changed S.Get: rpc/backward/error, rpc/forward/error"],
        },
        Case {
            claim: "another verb",
            old: route!("get: \"/v1/{id}\""),
            new: route!("post: \"/v1/{id}\""),
            finds: &["http_route_changed S.Get: rpc/backward/error, rpc/forward/error"],
        },
        Case {
            claim: "another body",
            old: route!("post: \"/v1\" body: \"*\""),
            new: route!("post: \"/v1\" body: \"b\""),
            finds: &["http_route_changed S.Get: rpc/backward/error, rpc/forward/error"],
        },
        Case {
            claim: "a binding that goes",
            old: route!("get: \"/v1/{id}\" additional_bindings {get: \"/old/{id}\"}"),
            new: route!("get: \"/v1/{id}\""),
            finds: &["http_route_changed S.Get: rpc/backward/error"],
        },
        Case {
            claim: "a new main route beside the old one is for new servers",
            old: route!("get: \"/v1/{id}\""),
            new: route!("get: \"/v2/{id}\" additional_bindings {get: \"/v1/{id}\"}"),
            finds: &["http_route_changed S.Get: rpc/forward/error"],
        },
        Case {
            claim: "a binding that comes is no change",
            old: route!("get: \"/v1/{id}\""),
            new: route!("get: \"/v1/{id}\" additional_bindings {get: \"/v2/{id}\"}"),
            finds: &[],
        },
        Case {
            claim: "a part of the path that is put into another field is read as that one",
            old: route!("get: \"/v1/{id}\""),
            new: route!("get: \"/v1/{b=*}\""),
            finds: &["http_route_changed S.Get: rpc/backward/reinterpreted, rpc/forward/reinterpreted"],
        },
        Case {
            claim: "a wider path is for new servers",
            old: route!("get: \"/v1/{b=shelves/*}\""),
            new: route!("get: \"/v1/{b=**}\""),
            finds: &["http_route_changed S.Get: rpc/forward/error"],
        },
        Case {
            claim: "a route where there was none is no change",
            old: "import \"google/api/annotations.proto\"; message M { int32 id = 1; string b = 2; } service S { rpc Get(M) returns (M); }",
            new: route!("get: \"/v1/{id}\""),
            finds: &[],
        },
    ]);
}
