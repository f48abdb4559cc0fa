//! The Thrift schemas that need the model most.

use canread_model::{
    Alias, Arm, Const, DeclKind, Dialect, Enum, EnumBase, Field, Format, Import, ImportKind, Literal, Method,
    Parameters, Presence, Record, RecordKind, Schema, Service, ServiceKind, Tuple, Type, TypeKind, Union, UnionStyle,
    Utf8,
};

use crate::build::{Build, auto, entries, object, text};

fn implicit(mut field: Field, number: i32) -> Field {
    field.number = Some(auto(number));
    field
}

/// Implicit ids, three requirednesses, nested containers, annotations on types.
fn order(build: &mut Build) -> canread_model::DeclId {
    let order = build.forward("shop.Order");
    let id = build.int(64);
    let id = build.annotate(id, "cpp.type", text("uint64_t"));
    let id = build.field("id", id).numbered(1).present(Presence::Required);
    let note = build.ty(TypeKind::String(Utf8::Unchecked));
    let note = build.field("note", note).numbered(2).defaults_to(text("-"));
    let code = build.ty(TypeKind::Bytes);
    let code = build.field("code", code);
    let code = implicit(code, -1).present(Presence::WrittenAlways);
    let next = build.to(order);
    let next = build.annotate(next, "&", Literal::Bool(true));
    let next = build.field("next", next);
    let next = implicit(next, -2);

    let (key, item) = (build.int(8), build.ty(TypeKind::Uuid));
    let (key, items) = (build.list(key), build.set(item));
    let index = build.map(key, items);
    let index = build.field("index", index).numbered(3).present(Presence::WrittenAlways);
    let record = Record { fields: vec![code, next, index, note, id], ..Record::default() };
    build.fill(order, DeclKind::Record(record));
    order
}

fn types(build: &mut Build, order: canread_model::DeclId) -> canread_model::DeclId {
    let why = build.string();
    let why = build.field("why", why).numbered(1).present(Presence::WrittenAlways);
    let exception = Record { kind: RecordKind::Exception, fields: vec![why], ..Record::default() };
    let exception = build.declare("shop.Refused", DeclKind::Record(exception));

    let (cash, order) = (build.int(32), build.to(order));
    let mut cash = Arm::new(build.schema.node(), cash).named("cash");
    cash.number = Some(auto(-1));
    let order = Arm::new(build.schema.node(), order).named("order").numbered(1);
    let pay = Union { style: UnionStyle::ByNumber, exactly_one: true, arms: vec![order, cash] };
    build.declare("shop.Pay", DeclKind::Union(pay));

    let values = vec![build.value("RED"), build.value("GREEN")];
    let colour = Enum { base: EnumBase::Name, values, ..Enum::default() };
    build.declare("shop.Colour", DeclKind::Enum(colour));
    let mut values = vec![build.value("A").numbered(0), build.value("B").numbered(1)];
    values[0].implicit = true;
    build.declare("shop.Level", DeclKind::Enum(Enum { is_open: true, values, ..Enum::default() }));

    let id = build.int(64);
    let id = build.declare("shop.Id", DeclKind::Alias(Alias::new(id)));
    let order_id = build.to(id);
    let order_id = build.declare("shop.OrderId", DeclKind::Alias(Alias::new(order_id)));
    let (key, value) = (build.to(order_id), build.to(exception));
    let ty = build.map(key, value);
    let value = entries([
        (Literal::Int(2), entries([(text("why"), text("sold out"))])),
        (Literal::Int(1), entries([(text("why"), Literal::Symbol("shop.REASON".into()))])),
    ]);
    build.declare("shop.REFUSALS", DeclKind::Const(Const { ty, value }));
    exception
}

pub(crate) fn apache() -> Schema {
    let mut build = Build::new(Format::Thrift, "shop.thrift", "shop", Dialect::Thrift);
    let import = Import {
        node: build.schema.node(),
        target: "common.thrift".into(),
        module: None,
        alias: Some("common".into()),
        kind: ImportKind::Plain,
    };
    let module = build.schema.module_mut(build.module);
    module.imports.push(import);
    module.lang_namespaces = vec![("rb".into(), "Shop".into()), ("java".into(), "com.example.shop".into())];

    let order = order(&mut build);
    let exception = types(&mut build, order);
    let ping = Method::new(build.schema.node(), "ping", Parameters::Fields(Vec::new()));
    let base = build.declare("shop.Base", DeclKind::Service(Service { methods: vec![ping], ..Service::default() }));

    let (what, reply, refused) = (build.to(order), build.int(64), build.to(exception));
    let what = build.field("what", what).numbered(1).present(Presence::WrittenAlways);
    let mut place = Method::new(build.schema.node(), "place", Parameters::Fields(vec![what])).returning(reply);
    place.throws.push(build.field("refused", refused).numbered(1));
    let message = build.ty(TypeKind::Unresolved("common.Event".into()));
    let message = implicit(build.field("message", message), -1);
    let mut log = Method::new(build.schema.node(), "log", Parameters::Fields(vec![message]));
    log.is_oneway = true;
    let service = Service { base: Some(base), methods: vec![place, log], ..Service::default() };
    let service = build.declare("shop.Shop", DeclKind::Service(service));
    let annotation = build.annotation("priority", text("high"));
    build.meta(service).annotations.push(annotation);
    build.finish()
}

fn stream(build: &mut Build, kind: fn(Box<Type>) -> TypeKind, exception: canread_model::DeclId) -> Type {
    let item = build.int(64);
    let mut stream = build.ty(kind(Box::new(item)));
    let exception = build.to(exception);
    stream.throws_mut().push(build.field("ended", exception).numbered(1));
    stream
}

/// fbthrift: a package, structured annotations, streams, a sink with its reply, an interaction.
pub(crate) fn fbthrift() -> Schema {
    let mut build = Build::new(Format::Thrift, "shop.thrift", "shop", Dialect::FbThrift);
    let package = build.annotation("package", text("example.com/shop"));
    build.schema.module_mut(build.module).meta.annotations.push(package);
    let stop = Record { kind: RecordKind::Exception, ..Record::default() };
    let stop = build.declare("shop.Stop", DeclKind::Record(stop));
    for (path, value) in [("safe", Literal::Bool(true)), ("@thrift.Uri", object([("value", text("example.com/Stop"))]))]
    {
        let annotation = build.annotation(path, value);
        build.meta(stop).annotations.push(annotation);
    }

    let next = build.int(64);
    let next = Method::new(build.schema.node(), "next", Parameters::Fields(Vec::new())).returning(next);
    let session = Service { kind: ServiceKind::Interaction, methods: vec![next], ..Service::default() };
    let session = build.declare("shop.Session", DeclKind::Service(session));

    let (session, first) = (build.to(session), build.string());
    let stream_of = stream(&mut build, TypeKind::Stream, stop);
    let all = vec![session, first, stream_of];
    let all = build.ty(TypeKind::Tuple(Box::new(Tuple { items: all, rest: None })));
    let watch = Method::new(build.schema.node(), "watch", Parameters::Fields(Vec::new())).returning(all);

    let (reply, stopped) = (build.int(32), build.to(stop));
    let mut reply = reply;
    reply.throws_mut().push(build.field("stopped", stopped).numbered(1));
    let sink = stream(&mut build, TypeKind::Sink, stop).replying(reply);
    let upload = Method::new(build.schema.node(), "upload", Parameters::Fields(Vec::new())).returning(sink);
    build.declare("shop.Shop", DeclKind::Service(Service { methods: vec![watch, upload], ..Service::default() }));
    build.finish()
}

#[test]
fn the_model_holds_what_thrift_can_say() {
    insta::assert_snapshot!(apache().canonical());
}

#[test]
fn the_model_holds_what_fbthrift_can_say() {
    insta::assert_snapshot!(fbthrift().canonical());
}
