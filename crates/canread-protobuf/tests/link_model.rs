//! What linked files look like in the model.

use canread_model::IntEncoding::{Fixed, Varint, Zigzag};
use canread_model::{
    Decl, Dialect, Encoding, Field, Idempotency, ImportKind, Int, JsonFormat, Key, Literal, Occurs, Presence,
    RecordKind, Schema, TypeKind, Utf8, Visibility,
};
use canread_protobuf::schema::{LinkOptions, Linked, read};
use canread_syntax::Sources;

struct Read {
    sources: Sources,
    linked: Linked,
}

fn read_files(files: &[(&str, &str)], options: &LinkOptions) -> Read {
    let mut sources = Sources::default();
    let ids: Vec<_> =
        files.iter().map(|(name, text)| (*name, sources.add(*name, "", text.as_bytes().to_vec()))).collect();
    let linked = read(&ids, &sources, options);
    let first = linked.diagnostics.iter().find(|diagnostic| diagnostic.is_error());
    assert_eq!(first, None);
    Read { sources, linked }
}

fn link(text: &str) -> Schema {
    read_files(&[("a.proto", text)], &LinkOptions::default()).linked.schema
}

fn decl<'s>(schema: &'s Schema, name: &str) -> &'s Decl {
    schema.decl(schema.find(name).unwrap_or_else(|| panic!("no {name}")))
}

fn field<'s>(schema: &'s Schema, message: &str, name: &str) -> &'s Field {
    decl(schema, message).as_record().and_then(|record| record.field(name)).unwrap_or_else(|| panic!("no {name}"))
}

#[test]
fn every_scalar_has_its_range_and_encoding() {
    let int = |bits, signed, encoding| TypeKind::Int(Int { bits, signed, encoding });
    let scalars = [
        ("int32", int(32, true, Varint)),
        ("int64", int(64, true, Varint)),
        ("uint32", int(32, false, Varint)),
        ("uint64", int(64, false, Varint)),
        ("sint32", int(32, true, Zigzag)),
        ("sint64", int(64, true, Zigzag)),
        ("fixed32", int(32, false, Fixed)),
        ("fixed64", int(64, false, Fixed)),
        ("sfixed32", int(32, true, Fixed)),
        ("sfixed64", int(64, true, Fixed)),
        ("float", TypeKind::Float { bits: 32 }),
        ("double", TypeKind::Float { bits: 64 }),
        ("bool", TypeKind::Bool),
        ("string", TypeKind::String(Utf8::Verified)),
        ("bytes", TypeKind::Bytes),
    ];
    for (name, kind) in scalars {
        let schema = link(&format!("syntax = \"proto3\"; message M {{ {name} f = 1; }}"));
        assert_eq!(field(&schema, "M", "f").ty.kind, kind, "{name}");
    }
}

/// Presence, packing, UTF-8 checks and framing of the fields of a message `M`.
fn resolved(text: &str) -> String {
    let schema = link(text);
    let describe = |field: &Field| {
        let mut words = vec![format!("{:?}", field.presence).to_lowercase()];
        let mut kinds = vec![&field.ty.kind];
        if let TypeKind::List(list) = &field.ty.kind {
            words.push(if list.packed { "packed".to_owned() } else { "expanded".to_owned() });
            kinds.push(&list.item.kind);
        }
        if kinds.iter().any(|kind| matches!(kind, TypeKind::String(Utf8::Unchecked))) {
            words.push("unchecked".to_owned());
        }
        if field.delimited {
            words.push("delimited".to_owned());
        }
        format!("{}: {}", field.name, words.join(" "))
    };
    let fields = &decl(&schema, "M").as_record().expect("M is a message").fields;
    fields.iter().map(describe).collect::<Vec<_>>().join("; ")
}

#[test]
fn old_syntax_and_features_come_to_the_same_facts() {
    let proto2 = "syntax = \"proto2\"; message M { required int32 a = 1; optional string b = 2; repeated int32 c = 3; \
                  repeated int32 d = 4 [packed = true]; optional group E = 5 {} optional M f = 6; }";
    let as_edition = "edition = \"2023\"; option features.enum_type = CLOSED; option features.utf8_validation = NONE; \
                      option features.repeated_field_encoding = EXPANDED; option features.json_format = LEGACY_BEST_EFFORT; \
                      message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; string b = 2; repeated int32 c = 3; \
                      repeated int32 d = 4 [features.repeated_field_encoding = PACKED]; message E {} \
                      E e = 5 [features.message_encoding = DELIMITED]; M f = 6; }";
    let wanted = "a: required; b: explicit unchecked; c: implicit expanded; d: implicit packed; e: explicit delimited; f: explicit";
    assert_eq!(resolved(proto2), wanted);
    assert_eq!(resolved(as_edition), wanted);

    let proto3 = "syntax = \"proto3\"; message M { int32 a = 1; optional string b = 2; repeated int32 c = 3; \
                  repeated int32 d = 4 [packed = false]; M f = 5; oneof o { int32 g = 6; } repeated string h = 7; map<string, M> i = 8; }";
    let as_edition = "edition = \"2023\"; option features.field_presence = IMPLICIT; \
                      message M { int32 a = 1; string b = 2 [features.field_presence = EXPLICIT]; repeated int32 c = 3; \
                      repeated int32 d = 4 [features.repeated_field_encoding = EXPANDED]; M f = 5; oneof o { int32 g = 6; } \
                      repeated string h = 7; map<string, M> i = 8; }";
    let wanted = "a: implicit; b: explicit; c: implicit packed; d: implicit expanded; f: explicit; g: explicit; \
                  h: implicit expanded; i: implicit";
    assert_eq!(resolved(proto3), wanted);
    assert_eq!(resolved(as_edition), wanted);
}

#[test]
fn features_of_a_message_hold_for_what_stands_in_it() {
    let schema = link(
        "edition = \"2023\"; option features.enum_type = CLOSED; enum A { A0 = 1; } \
         message M { option features.json_format = LEGACY_BEST_EFFORT; enum B { option features.enum_type = OPEN; B0 = 0; } \
         message N {} }",
    );
    let is_open = |name| decl(&schema, name).as_enum().expect("an enum").is_open;
    assert_eq!((is_open("A"), is_open("M.B")), (false, true));
    let json = |name| decl(&schema, name).as_record().expect("a message").json_format;
    assert_eq!((json("M"), json("M.N")), (JsonFormat::BestEffort, JsonFormat::BestEffort));
}

#[test]
fn a_group_is_a_nested_message_and_a_field() {
    let schema = link("syntax = \"proto2\"; message M { repeated group Line = 3 { optional int32 id = 1; } }");
    let group = decl(&schema, "M.Line");
    assert_eq!(group.as_record().map(|record| record.kind), Some(RecordKind::Group));
    assert_eq!(group.parent, schema.find("M"));
    let line = field(&schema, "M", "line");
    assert_eq!((line.ty.target(), line.delimited), (schema.find("M.Line"), true));
}

#[test]
fn a_map_is_a_type_and_no_message() {
    let schema = link("syntax = \"proto3\"; message M { map<string, M> by_name = 1; }");
    let TypeKind::Map(map) = &field(&schema, "M", "by_name").ty.kind else { panic!("a map") };
    assert_eq!((&map.key.kind, map.value.target()), (&TypeKind::String(Utf8::Verified), schema.find("M")));
    assert_eq!(schema.decls().len(), 1);
}

#[test]
fn reserved_and_extension_ranges_end_with_their_last_number() {
    let schema = link(
        "syntax = \"proto2\"; message M { reserved 2, 5 to 9, 1000 to max; reserved \"a\"; \
         extensions 20, 30 to 40; extensions 50 to 60; } enum E { A = 0; reserved -5 to -1, 7 to max; } \
         message S { option message_set_wire_format = true; extensions 4 to max; }",
    );
    let record = decl(&schema, "M").as_record().expect("a message");
    let ranges: Vec<_> = record.reserved.ranges.iter().map(|range| (range.start, range.end)).collect();
    assert_eq!(ranges, [(2, 2), (5, 9), (1000, 536_870_911)]);
    assert!(record.reserved.has_name("a"));
    let extensions: Vec<_> =
        record.extension_ranges.iter().map(|range| (range.start, range.end, range.statement)).collect();
    assert_eq!(extensions, [(20, 20, 0), (30, 40, 0), (50, 60, 1)]);
    let reserved = &decl(&schema, "E").as_enum().expect("an enum").reserved.ranges;
    assert_eq!(
        reserved.iter().map(|range| (range.start, range.end)).collect::<Vec<_>>(),
        [(-5, -1), (7, 2_147_483_647)]
    );
    let set = decl(&schema, "S").as_record().expect("a message");
    assert_eq!((set.kind, set.extension_ranges[0].end), (RecordKind::MessageSet, 2_147_483_646));
}

#[test]
fn defaults_are_typed_and_json_names_are_identities() {
    let schema = link(
        "syntax = \"proto2\"; enum E { A = 0; B = 1; } message M { optional uint64 a = 1 [default = 0xff]; \
         optional float b = 2 [default = -inf]; optional string c = 3 [default = \"x\\n\", json_name = \"sea\"]; \
         optional bytes d = 4 [default = \"\\xff\"]; optional E e = 5 [default = B]; optional bool f = 6 [default = true]; }",
    );
    let default = |name| field(&schema, "M", name).default_value().cloned();
    assert_eq!(default("a"), Some(Literal::Int(255)));
    assert_eq!(default("b"), Some(Literal::Float(f64::NEG_INFINITY)));
    assert_eq!(default("c"), Some(Literal::String("x\n".into())));
    assert_eq!(default("d"), Some(Literal::Bytes([0xff].into())));
    assert_eq!(default("e"), Some(Literal::Symbol("B".into())));
    assert_eq!(default("f"), Some(Literal::Bool(true)));
    assert_eq!(field(&schema, "M", "c").name_in(Encoding::Json), Some("sea"));
    assert_eq!(field(&schema, "M", "c").meta.annotations, []);
}

#[test]
fn options_are_annotations_with_full_names_and_typed_values() {
    let text = "syntax = \"proto2\"; package p.q; import \"google/protobuf/descriptor.proto\"; \
                import \"google/protobuf/any.proto\"; \
                message Rule { optional int32 n = 1; repeated string tags = 2; optional Kind kind = 3; optional Rule sub = 4; \
                optional group Deep = 5 { optional bool yes = 1; } map<string, int32> counts = 6; \
                optional google.protobuf.Any any = 7; extensions 100 to 200; } enum Kind { PLAIN = 0; FANCY = 1; } \
                extend Rule { optional double weight = 100; } \
                extend google.protobuf.FieldOptions { optional Rule rule = 50000; repeated int32 nums = 50001; } \
                message M { optional int32 f = 1 [deprecated = true, (rule) = { n: -3 tags: [\"a\", 'b'] kind: FANCY \
                Deep { yes: t } [p.q.weight]: 1 counts { key: 'k' value: 2 } any { [type.googleapis.com/p.q.M] {} } }, \
                (nums) = 1, (p.q.nums) = 0x2]; optional int32 g = 2 [(.p.q.rule).sub.(weight) = 1e3, ctype = CORD]; }";
    let schema = link(text);
    let f = &field(&schema, "p.q.M", "f").meta.annotations;
    let paths: Vec<_> = f.iter().map(|annotation| &*annotation.path).collect();
    assert_eq!(paths, ["deprecated", "(p.q.rule)", "(p.q.nums)", "(p.q.nums)"]);
    assert_eq!([&f[0].value, &f[2].value, &f[3].value], [&Literal::Bool(true), &Literal::Int(1), &Literal::Int(2)]);
    let Literal::Map(entries) = &f[1].value else { panic!("a message") };
    let own = |name: &str| Key::Field(name.into());
    let keys: Vec<_> = entries.iter().map(|entry| entry.key.clone()).collect();
    let weight = Key::Extension("p.q.weight".into());
    assert_eq!(keys, [own("n"), own("tags"), own("tags"), own("kind"), own("deep"), weight, own("counts"), own("any")]);
    assert_eq!(entries[3].value, Literal::Symbol("FANCY".into()));
    assert_eq!(entries[5].value, Literal::Float(1.0));
    assert_eq!(entries[6].value.field("value"), Some(&Literal::Int(2)));
    let Literal::Map(any) = &entries[7].value else { panic!("a message") };
    assert_eq!(any[0].key, Key::AnyUrl("type.googleapis.com/p.q.M".into()));

    let g = &field(&schema, "p.q.M", "g").meta.annotations;
    assert_eq!((&*g[0].path, &g[0].value), ("(p.q.rule).sub.(p.q.weight)", &Literal::Float(1000.0)));
    assert_eq!((&*g[1].path, &g[1].value), ("ctype", &Literal::Symbol("CORD".into())));
}

#[test]
fn options_of_every_kind_of_node_are_kept() {
    let schema = link(
        "edition = \"2023\"; package p; import \"google/protobuf/cpp_features.proto\"; option java_package = \"x\"; \
         option features.(pb.cpp).string_type = CORD; \
         message M { option deprecated = true; oneof o { option features = {}; int32 a = 1; } extensions 5, 6 [verification = UNVERIFIED]; } \
         enum E { option allow_alias = true; A = 0 [deprecated = true]; B = 0; } \
         service S { option deprecated = true; rpc R (M) returns (stream M) { option idempotency_level = IDEMPOTENT; } }",
    );
    let module = schema.modules().find(|(_, module)| &*module.name == "a.proto").expect("a module").1;
    let paths: Vec<_> = module.meta.annotations.iter().map(|annotation| &*annotation.path).collect();
    assert_eq!(paths, ["java_package", "features.(pb.cpp).string_type"]);
    let record = decl(&schema, "p.M").as_record().expect("a message");
    assert!(decl(&schema, "p.M").meta.is_deprecated());
    assert_eq!(record.oneofs[0].meta.annotations.len(), 1);
    assert!(record.extension_ranges.iter().all(|range| range.meta.annotation("verification").is_some()));
    let declared = decl(&schema, "p.E").as_enum().expect("an enum");
    assert!(declared.allow_alias && declared.values[0].meta.is_deprecated());
    let method = &decl(&schema, "p.S").as_service().expect("a service").methods[0];
    assert_eq!((method.client_streaming, method.server_streaming), (false, true));
    assert_eq!(method.idempotency, Idempotency::Idempotent);
}

#[test]
fn the_word_optional_is_kept_where_presence_does_not_need_it() {
    let schema = link("syntax = \"proto3\"; message M { optional int32 a = 1; optional M b = 2; M c = 3; }");
    let field = |name| field(&schema, "M", name);
    assert_eq!((field("a").presence, field("a").occurs), (Presence::Explicit, None));
    assert_eq!((field("b").presence, field("b").occurs), (Presence::Explicit, Some(Occurs { min: 0, max: Some(1) })));
    assert_eq!((field("c").presence, field("c").occurs), (Presence::Explicit, None));
}

#[test]
fn modules_keep_their_order_imports_and_dialect() {
    let files = [
        (
            "z.proto",
            "edition = \"2024\"; package z; import public \"a.proto\"; import option \"o.proto\"; local message Z {}",
        ),
        (
            "a.proto",
            "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message A { google.protobuf.Any any = 1; }",
        ),
        ("o.proto", "message O {}"),
    ];
    let schema = read_files(&files, &LinkOptions::default()).linked.schema;
    let modules: Vec<_> = schema.modules().map(|(_, module)| (&*module.name, module.dialect)).collect();
    let names = ["z.proto", "a.proto", "o.proto", "google/protobuf/any.proto"];
    assert_eq!(modules.iter().map(|(name, _)| *name).collect::<Vec<_>>(), names);
    assert_eq!(
        modules[..3].iter().map(|(_, dialect)| *dialect).collect::<Vec<_>>(),
        [Dialect::Edition(2024), Dialect::Proto3, Dialect::Proto2]
    );
    let (_, z) = schema.modules().next().expect("a module");
    let imports: Vec<_> = z.imports.iter().map(|import| (&*import.target, import.kind)).collect();
    assert_eq!(imports, [("a.proto", ImportKind::Public), ("o.proto", ImportKind::OptionOnly)]);
    assert_eq!(z.imports[0].module, schema.find("A").map(|id| schema.decl(id).module));
    assert_eq!(decl(&schema, "z.Z").visibility, Visibility::Local);
}

#[test]
fn every_node_has_its_place_and_built_in_ones_have_none() {
    let text = "syntax = \"proto3\"; import \"google/protobuf/any.proto\"; message M { map<string, int32> m = 1 [deprecated = true]; \
                repeated google.protobuf.Any a = 2; reserved 7 to 9; }";
    let Read { sources, linked } = read_files(&[("a.proto", text)], &LinkOptions::default());
    let place = |node: canread_model::NodeId| linked.map.place(node.0);
    let text = |node| place(node).map(|place| (sources.text(place.whole), sources.text(place.name)));
    let m = field(&linked.schema, "M", "m");
    assert_eq!(text(m.node), Some(("map<string, int32> m = 1 [deprecated = true];", "m")));
    assert_eq!(text(m.ty.node), Some(("map<string, int32>", "map<string, int32>")));
    let TypeKind::Map(map) = &m.ty.kind else { panic!("a map") };
    assert_eq!((text(map.key.node), text(map.value.node)), (Some(("string", "string")), Some(("int32", "int32"))));
    assert_eq!(text(m.meta.annotations[0].node), Some(("deprecated = true", "deprecated")));
    let a = field(&linked.schema, "M", "a");
    let TypeKind::List(list) = &a.ty.kind else { panic!("a list") };
    assert_eq!(text(a.ty.node), Some(("repeated google.protobuf.Any", "repeated google.protobuf.Any")));
    assert_eq!(text(list.item.node), Some(("google.protobuf.Any", "google.protobuf.Any")));
    let record = decl(&linked.schema, "M").as_record().expect("a message");
    assert_eq!(text(record.reserved.ranges[0].node), Some(("7 to 9", "7 to 9")));
    assert_eq!(place(decl(&linked.schema, "google.protobuf.Any").node), None);
}

#[test]
fn comments_are_kept_when_they_are_wanted() {
    let text = "syntax = \"proto3\";\n\n// A message.\nmessage M {\n  int32 a = 1; // One.\n}\n";
    let schema = read_files(&[("a.proto", text)], &LinkOptions::default().with_docs(true)).linked.schema;
    let docs = |meta: &canread_model::Meta| meta.docs.clone().expect("docs");
    assert_eq!(docs(&decl(&schema, "M").meta).leading.as_deref(), Some(" A message.\n"));
    assert_eq!(docs(&field(&schema, "M", "a").meta).trailing.as_deref(), Some(" One.\n"));
    assert_eq!(decl(&link(text), "M").meta.docs, None);
}
