//! `Any`, written out behind the URL of its message.

use canread_protobuf::codec::text::WriteOptions;
use insta::assert_snapshot;

use crate::support::{parsed, printed, rewritten};

const SCHEMA: &str = r#"syntax = "proto3"; import "google/protobuf/any.proto";
    message M { google.protobuf.Any any = 1; repeated google.protobuf.Any all = 2; }
    message N { string a = 1; google.protobuf.Any next = 2; }"#;

#[test]
fn a_message_is_written_out_and_read_back() {
    let text = "any { [type.googleapis.com/N] { a: 'x' next { [a-b.c/d/M] {} } } }";
    assert_snapshot!(rewritten(SCHEMA, text), @r#"
    any {
      [type.googleapis.com/N] {
        a: "x"
        next {
          [a-b.c/d/M] {
          }
        }
      }
    }
    "#);
    assert_snapshot!(parsed(SCHEMA, text), @r#"{"any": {"type_url": "type.googleapis.com/N", "value": 0x0a0178120b0a09612d622e632f642f4d}}"#);
    assert_snapshot!(rewritten(SCHEMA, "all [{ [ x / N ]: <> }, { type_url: 'x/N' value: '\\n\\001y' }]"), @r#"
    all {
      [x/N] {
      }
    }
    all {
      [x/N] {
        a: "y"
      }
    }
    "#);
}

#[test]
fn what_is_no_message_of_the_layout_stays_bytes() {
    // Of no such type, of no bytes of it, and of a URL that could not be read back.
    let text = r#"all [{ type_url: "x/Other" value: "a" }, { type_url: "x/N" value: "\n" }, { type_url: "1.2/N" }, { type_url: "N" }, {}]"#;
    assert_snapshot!(rewritten(SCHEMA, text), @r#"
    all {
      type_url: "x/Other"
      value: "a"
    }
    all {
      type_url: "x/N"
      value: "\n"
    }
    all {
      type_url: "1.2/N"
    }
    all {
      type_url: "N"
    }
    all {
    }
    "#);
    let bytes = [0x0a, 5, 0x0a, 3, b'x', b'/', b'N'];
    assert_snapshot!(printed(SCHEMA, &bytes, WriteOptions::new()), @r"
    any {
      [x/N] {
      }
    }
    ");
    assert_snapshot!(printed(SCHEMA, &bytes, WriteOptions::new().without_any_expansion()), @r#"
    any {
      type_url: "x/N"
    }
    "#);
}

#[test]
fn errors_within_have_the_way_there() {
    assert_snapshot!(parsed(SCHEMA, "any { [x/N] { a: 1 } }"), @"`1` where a string was expected at line 1, column 18, in `any.[x/N].a`");
    assert_snapshot!(parsed(SCHEMA, "any { [x/Other] { a: 1 } }"), @"the schema has no message `Other` at line 1, column 7, in `any`");
    assert_snapshot!(parsed(SCHEMA, "any { [x/N] {} [x/N] {} }"), @"`[x/N]` comes twice and may come once at line 1, column 16, in `any`");
    assert_snapshot!(parsed(SCHEMA, "any { [x/N] {} type_url: '' }"), @"`type_url` comes twice and may come once at line 1, column 16, in `any.type_url`");
    assert_snapshot!(parsed(SCHEMA, "any { [x/N]: 1 }"), @"`1` where a message in `{}` or `<>` was expected at line 1, column 14, in `any`");
    assert_snapshot!(parsed(SCHEMA, "any { [N] {} }"), @"the message has no field `[N]` at line 1, column 7, in `any`");
    assert_snapshot!(parsed(SCHEMA, "[x/N] {}"), @"the message has no field `[x/N]` at line 1, column 1");
}
