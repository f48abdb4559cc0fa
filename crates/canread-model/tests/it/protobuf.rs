//! The Protobuf schema that needs the model most.

use canread_model::{
    DeclKind, Dialect, Encoding, Entry, Enum, Extension, ExtensionRange, Field, Format, Idempotency, Import,
    ImportKind, Int, IntEncoding, JsonFormat, Key, List, Literal, Meta, Method, Module, Parameters, Presence, Record,
    RecordKind, Reserved, ReservedName, ReservedRange, Schema, Service, Type, TypeKind, Utf8, Visibility, WireIdentity,
};

use crate::build::{Build, object, text};

fn varint(build: &mut Build, bits: u8) -> Type {
    build.ty(TypeKind::Int(Int { bits, signed: true, encoding: IntEncoding::Varint }))
}

fn reserved(build: &mut Build, ranges: &[(i64, i64)], names: &[&str]) -> Reserved {
    let mut node = || build.schema.node();
    Reserved {
        ranges: ranges.iter().map(|&(start, end)| ReservedRange { node: node(), start, end }).collect(),
        names: names.iter().map(|name| ReservedName { node: node(), name: (*name).into() }).collect(),
    }
}

/// `message Order` with a map, a oneof with an option, proto3 `optional`, a
/// group, a delimited field, packed and unpacked lists, reserved numbers and
/// an extension range with declarations.
fn order(build: &mut Build) -> canread_model::DeclId {
    let order = build.forward("shop.Order");
    let group = Record { kind: RecordKind::Group, ..Record::default() };
    let group = build.nest(order, "Line", DeclKind::Record(group));

    let id = varint(build, 64);
    let id = build.field("id", id).numbered(1).present(Presence::Implicit);
    let note = build.string();
    let mut note = build.field("note", note).numbered(2);
    note.identities.push(WireIdentity {
        node: build.schema.node(),
        encoding: Encoding::Json,
        name: Some("NOTE".into()),
        number: None,
    });
    let lines = build.to(group);
    let lines = build.list(lines);
    let lines = Field { delimited: true, ..build.field("line", lines).numbered(3) };
    let (key, value) = (build.string(), build.to(order));
    let related = build.map(key, value);
    let related = build.field("related", related).numbered(4).present(Presence::Implicit);
    let weights = build.ty(TypeKind::Float { bits: 64 });
    let weights = build.ty(TypeKind::List(Box::new(List { item: weights, packed: true })));
    let weights = build.field("weights", weights).numbered(5).present(Presence::Implicit);
    let code = build.ty(TypeKind::String(Utf8::Unchecked));
    let code = build.field("code", code).numbered(6).present(Presence::Required);
    let price = build.ty(TypeKind::Float { bits: 32 });
    let price = build.field("price", price).numbered(7).defaults_to(Literal::Float(f64::NEG_INFINITY));
    let card = build.ty(TypeKind::Bytes);
    let card = build.field("card", card).numbered(8).defaults_to(Literal::Bytes([0, 0xff].into()));
    let cash = build.ty(TypeKind::Bool);
    let mut fields = vec![id, note, lines, related, weights, code, price];
    for mut member in [card, build.field("cash", cash).numbered(9)] {
        member.oneof = Some(0);
        fields.push(member);
    }

    let mut payment = build.oneof("payment");
    payment.meta.annotations.push(build.annotation("(shop.required)", Literal::Bool(true)));
    let declaration =
        object([("number", Literal::Int(100)), ("full_name", text(".shop.note")), ("reserved", Literal::Bool(false))]);
    let declared = vec![
        build.annotation("declaration", declaration.clone()),
        build.annotation("declaration", declaration),
        build.annotation("verification", Literal::Symbol("DECLARATION".into())),
    ];
    let range = ExtensionRange {
        node: build.schema.node(),
        start: 100,
        end: 536_870_911,
        meta: Meta { docs: None, annotations: declared },
        statement: 0,
    };
    let reserved = reserved(build, &[(20, 29), (30, 30), (12, 12)], &["old", "older"]);
    let record = Record { fields, oneofs: vec![payment], reserved, extension_ranges: vec![range], ..Record::default() };
    build.fill(order, DeclKind::Record(record));
    order
}

fn state(build: &mut Build) {
    let mut values = Vec::new();
    for (name, number) in [("UNKNOWN", 0), ("PAID", 2), ("SETTLED", 2), ("LOST", -1)] {
        values.push(build.value(name).numbered(number));
    }
    values[3].meta.annotations.push(build.annotation("deprecated", Literal::Bool(true)));
    let reserved = reserved(build, &[(100, i64::from(i32::MAX))], &["GONE"]);
    let state = Enum { allow_alias: true, values, reserved, json_format: JsonFormat::BestEffort, ..Enum::default() };
    let state = build.declare("shop.State", DeclKind::Enum(state));
    build.schema.decl_mut(state).visibility = Visibility::Local;
}

pub(crate) fn schema() -> Schema {
    let mut build = Build::new(Format::Protobuf, "shop/order.proto", "shop", Dialect::Edition(2024));
    let common = Module::new(build.schema.node(), "shop/common.proto", "shop", Dialect::Proto2);
    let common = build.schema.add_module(common);
    for (target, module, kind) in [
        ("shop/common.proto", Some(common), ImportKind::Public),
        ("shop/heavy.proto", None, ImportKind::Weak),
        ("shop/options.proto", None, ImportKind::OptionOnly),
    ] {
        let import = Import { node: build.schema.node(), target: target.into(), module, alias: None, kind };
        build.schema.module_mut(build.module).imports.push(import);
    }
    for (path, value) in [
        ("java_package", text("com.example.shop")),
        ("features.field_presence", Literal::Symbol("IMPLICIT".into())),
        ("features.(pb.cpp).string_type", Literal::Symbol("VIEW".into())),
    ] {
        let option = build.annotation(path, value);
        build.schema.module_mut(build.module).meta.annotations.push(option);
    }

    let order = order(&mut build);
    state(&mut build);
    let set = Record { kind: RecordKind::MessageSet, ..Record::default() };
    build.declare("shop.Parcel", DeclKind::Record(set));

    let (extendee, ty) = (build.to(order), build.string());
    let field = build.field("hint", ty).numbered(100).defaults_to(text("none"));
    let hint = Extension { extendee, field, block: 0 };
    build.nest(order, "hint", DeclKind::Extension(Box::new(hint)));

    let (request, reply) = (build.to(order), build.to(order));
    let mut watch = Method::new(build.schema.node(), "Watch", Parameters::Message(request)).returning(reply);
    (watch.client_streaming, watch.server_streaming) = (true, true);
    watch.idempotency = Idempotency::NoSideEffects;
    let http = Literal::Map(vec![
        Entry { key: Key::Field("get".into()), value: text("/v1/orders") },
        Entry { key: Key::Field("additional_bindings".into()), value: object([("post", text("/a"))]) },
        Entry { key: Key::Field("additional_bindings".into()), value: object([("post", text("/b"))]) },
        Entry { key: Key::Extension("shop.trace".into()), value: Literal::Float(f64::NAN) },
        Entry { key: Key::AnyUrl("type.googleapis.com/shop.Order".into()), value: object([("id", Literal::Int(1))]) },
    ]);
    watch.meta.annotations.push(build.annotation("(google.api.http)", http));
    build.declare("shop.Orders", DeclKind::Service(Service { methods: vec![watch], ..Service::default() }));
    build.finish()
}

#[test]
fn the_model_holds_what_protobuf_can_say() {
    let schema = schema();
    insta::assert_snapshot!(schema.canonical());

    let order = schema.decl(schema.find("shop.Order").unwrap());
    let record = order.as_record().unwrap();
    assert_eq!(record.field("note").unwrap().name_in(Encoding::Json), Some("NOTE"));
    assert!(record.reserved.has_number(25) && !record.reserved.has_number(31));
    assert!(record.reserved.has_name("old") && !record.reserved.has_name("new"));
    assert!(schema.decl(schema.find("shop.Order.hint").unwrap()).as_extension().is_some());
    let state = schema.decl(schema.find("shop.State").unwrap()).as_enum().unwrap();
    assert_eq!(&*state.value_by_number(2).unwrap().name, "PAID");
    assert!(state.value("LOST").unwrap().meta.is_deprecated());
}
