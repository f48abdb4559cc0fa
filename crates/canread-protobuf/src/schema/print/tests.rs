//! Text to model to text.

use canread_model::{
    Decl, DeclKind, Dialect, Field, Format, Method, Module, Parameters, Record, Schema, Service, Type, TypeKind,
};
use canread_syntax::Sources;

use super::Printer;
use crate::schema::{LinkOptions, read};

/// A valid file as we print it; other files may stand in front of it.
fn printed_with(others: &[(&str, &str)], text: &str) -> String {
    let mut sources = Sources::default();
    let files = others.iter().copied().chain([("a.proto", text)]);
    let ids: Vec<_> = files.map(|(name, text)| (name, sources.add(name, "test", text.into()))).collect();
    let linked = read(&ids, &sources, &LinkOptions::default().with_docs(true));
    assert_eq!(linked.diagnostics, []);
    let (module, _) = linked.schema.modules().find(|(_, module)| &*module.name == "a.proto").expect("a.proto is there");
    let printed = Printer::new(&linked.schema).module(module);
    assert_eq!(printed.diagnostics, []);
    printed.text
}

fn printed(text: &str) -> String {
    printed_with(&[], text)
}

/// Checks that a text is in our form already.
#[track_caller]
fn unchanged(text: &str) {
    assert_eq!(printed(text), text);
}

#[test]
fn one_form_for_all_ways_to_write() {
    let text = "syntax='proto3';package shop ; import\n\"google/protobuf/any.proto\";option java_package=\"a\" 'b';
        message Order{reserved 4,6 to 9,5;reserved\"x\",'y';map<string,google.protobuf.Any>m=1[json_name='M',deprecated=true];
        oneof pay{int32 cash=2;.shop.Order.Card card=3;};message Card{;}optional shop . Order o=10;enum E{Z=0;}}
        service S{rpc A(Order)returns(stream Order);rpc B(stream Order)returns(Order){option deprecated=true;}}";
    let expected = r#"syntax = "proto3";

package shop;

import "google/protobuf/any.proto";

option java_package = "ab";

message Order {
  reserved 4, 6 to 9, 5;
  reserved "x", "y";

  map<string, google.protobuf.Any> m = 1 [json_name = "M", deprecated = true];

  oneof pay {
    int32 cash = 2;
    Card card = 3;
  }

  message Card {}

  optional Order o = 10;

  enum E {
    Z = 0;
  }
}

service S {
  rpc A(Order) returns (stream Order);
  rpc B(stream Order) returns (Order) {
    option deprecated = true;
  }
}
"#;
    assert_eq!(printed(text), expected);
    unchanged(expected);
}

#[test]
fn comments_stay_with_what_they_belong_to() {
    unchanged(
        r#"// The licence.

// About the syntax.
syntax = "proto2";

// Detached.

// Leading.
// Second line.
message M {  // Behind the brace.

  // Detached in front of a.

  // Leading a.
  optional int32 a = 1;  // Trailing a.
  optional int32 b = 2;
  // Trailing b, first line.
  // Second line.

  // Detached in front of c.

  optional int32 c = 3;

  oneof o {  // Trailing o.
    // Leading d.
    int32 d = 4;
  }

  // Leading G.
  optional group G = 5 {  // Trailing G.
    optional int32 e = 1;
  }
}

enum E {
  // Leading V.
  V = 0;  // Trailing V.
}

message Empty {  // Trailing Empty.
}
"#,
    );
}

#[test]
fn groups_extensions_and_ranges_are_written_as_proto2_has_them() {
    unchanged(
        r#"syntax = "proto2";

message M {
  required int32 a = 1 [default = -3];
  repeated fixed64 packed = 2 [packed = true];

  repeated group Line = 3 [deprecated = true] {
    option deprecated = true;

    optional string text = 1 [default = "q\"\\\n\001é"];
  }

  extensions 100 to 199 [
    declaration = {
      number: 100
      full_name: ".d"
      type: "double"
    },
    verification = DECLARATION
  ];
  extensions 500, 1000 to max;

  extend M {
    optional group K = 500 {}
  }
}

message S {
  option message_set_wire_format = true;

  extensions 4 to max;
}

extend M {
  optional double d = 100 [default = inf];
  optional float f = 1001 [default = 1e-7];
  optional bytes b = 1002 [default = "\000\377'"];
}

enum E {
  option allow_alias = true;

  A = 0;
  B = 0;
  N = -1;

  reserved -10 to -5, 100 to max;
  reserved "X";
}
"#,
    );
}

#[test]
fn editions_have_their_own_words() {
    unchanged(
        r#"edition = "2024";

package p;

import public "google/protobuf/any.proto";
import option "google/protobuf/cpp_features.proto";

option features.field_presence = IMPLICIT;
option features.(pb.cpp).string_type = VIEW;

export message M {
  reserved old, older;

  int32 a = 1 [features.field_presence = LEGACY_REQUIRED];

  local enum E {
    ZERO = 0;
  }
}
"#,
    );
}

const OPTIONS: &str = r#"syntax = "proto2"; package opt; import "google/protobuf/descriptor.proto"; import "google/protobuf/any.proto";
    message O { optional int32 x = 1; repeated O o = 2; optional google.protobuf.Any any = 3; extensions 10 to max; optional float f = 4;
                optional bytes b = 5; }
    extend O { optional O ext = 10; }
    extend google.protobuf.MessageOptions { optional O o = 50000; repeated string s = 50001; }"#;

#[test]
fn custom_options_keep_their_names_and_literals() {
    let text = r#"syntax = "proto2";

package other;

import "opt.proto";

message M {
  option (opt.o).x = 1;
  option (opt.o).(opt.ext).(opt.ext) = {
    o { x: -5 }
    o {
      [opt.ext] {}
      f: -inf
      b: "\000\"\303\251"
    }
    any {
      [type.googleapis.com/opt.O] { x: 2 }
    }
  };
  option (opt.s) = "first";
  option (opt.s) = "second";
}
"#;
    assert_eq!(printed_with(&[("opt.proto", OPTIONS)], text), text);
}

#[test]
fn a_reference_is_written_in_full_or_from_the_root_where_a_nearer_name_would_be_meant() {
    let others = [("b.proto", "syntax = \"proto3\"; package b; message B {} message C {}")];
    let text = r#"syntax = "proto3";

package a;

import "b.proto";

message B {
  B own = 1;
  b.B other = 2;

  message C {
    C inner = 1;
    a.C outer = 2;
    b.C other = 3;
  }
}

message C {
  B.C nested = 1;

  message b {}

  .b.C other = 2;
  b near = 3;
}

message D {
  int32 a = 1;
  C c = 2;

  message C {}

  .a.C outer = 3;
}
"#;
    assert_eq!(printed_with(&others, text), text);
}

#[test]
fn a_message_with_the_name_of_a_keyword_is_written_from_the_root() {
    unchanged("syntax = \"proto3\";\n\nmessage string {\n  .string message = 1;\n}\n");
}

#[test]
fn what_the_language_cannot_say_is_reported() {
    let mut schema = Schema::new(Format::Protobuf);
    let module = Module::new(schema.node(), "a.proto", "", Dialect::Proto3);
    let module = schema.add_module(module);
    let mut record = Record::default();
    let ty = Type::new(schema.node(), TypeKind::Uuid);
    record.fields.push(Field::new(schema.node(), "id", ty).numbered(1));
    let decl = Decl::new(schema.node(), module, "M", "M", DeclKind::Record(record));
    schema.add_decl(decl);
    let method = Method::new(schema.node(), "Get", Parameters::Fields(Vec::new()));
    let mut service = Service::default();
    service.methods.push(method);
    let decl = Decl::new(schema.node(), module, "S", "S", DeclKind::Service(service));
    schema.add_decl(decl);
    let printed = Printer::new(&schema).module(module);
    let messages: Vec<_> = printed.diagnostics.iter().map(|diagnostic| &*diagnostic.message).collect();
    let expected = [
        "`M` in `a.proto` cannot be printed: the language has no such type",
        "`S.Get` in `a.proto` cannot be printed: a method takes one message and returns one",
    ];
    assert_eq!(messages, expected);
}
