//! The Avro schemas that need the model most.

use canread_model::{
    Arm, Decl, DeclKind, Dialect, DurationKind, Element, Enum, EnumBase, Extra, Field, Fixed, Format, Literal, Logical,
    LogicalKind, Method, Parameters, Presence, Record, RecordKind, Schema, Service, SortOrder, TimeUnit, Type,
    TypeKind, Union, UnionStyle, Zone,
};

use crate::build::{Build, entries, object, text};

fn record(fields: Vec<Field>) -> Record {
    let fields = fields.into_iter().map(|field| field.present(Presence::Required)).collect();
    Record { fields, order_matters: true, ..Record::default() }
}

fn union(build: &mut Build, parent: canread_model::DeclId, arms: Vec<Type>) -> Type {
    let arms = arms.into_iter().map(|ty| Arm::new(build.schema.node(), ty)).collect();
    build.inline(parent, DeclKind::Union(Union { style: UnionStyle::ByPosition, exactly_one: false, arms }))
}

fn logical(name: &str, kind: LogicalKind) -> Logical {
    Logical { name: name.into(), kind }
}

/// A recursive record with aliases, nested and null-first unions with
/// defaults, logical types known and unknown, and a namespace per type.
pub(crate) fn file() -> Schema {
    let mut build = Build::new(Format::Avro, "order.avsc", "", Dialect::Avro { minor: 12 });
    let order = build.forward("shop.Order");
    build.schema.decl_mut(order).aliases = vec!["shop.old.Order".into(), "legacy.Order".into()];

    let values = vec![build.value("NEW"), build.value("PAID")];
    let state = Enum { base: EnumBase::Name, values, default: Some(1), ..Enum::default() };
    let state = build.declare("shop.State", DeclKind::Enum(state));
    let money = build.ty(TypeKind::Fixed { size: 16 });
    let money = money.logical(logical("decimal", LogicalKind::Decimal { precision: 38, scale: 2 }));
    let money = build.declare("money.Amount", DeclKind::Fixed(Fixed { size: 16, ty: money }));
    let span = build.ty(TypeKind::Fixed { size: 12 });
    let span = span.logical(logical("duration", LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds)));
    let span = build.declare("Span", DeclKind::Fixed(Fixed { size: 12, ty: span }));

    let id = build.int(64);
    let mut id = build.field("id", id);
    id.aliases = vec!["key".into(), "Id".into()];
    id.meta.annotations.push(build.annotation("field-id", Literal::Int(7)));
    let at =
        build.int(64).logical(logical("timestamp-micros", LogicalKind::Timestamp(TimeUnit::Microsecond, Zone::Utc)));
    let at = build.annotate(at, "adjust-to-utc", Literal::Bool(true));
    let at = Field { sort_order: SortOrder::Descending, ..build.field("at", at) };
    let place = build.string().logical(logical("geography", LogicalKind::Unknown));
    let place = build.annotate(place, "srid", Literal::Int(4326));
    let place = Field { sort_order: SortOrder::Ignore, ..build.field("place", place) };
    let parent = build.to(order);
    let parent = build.nullable(parent);
    let parent = build.field("parent", parent).defaults_to(Literal::Null);
    let note = build.string();
    let note = build.nullable(note).null_last();
    let note = build.field("note", note).defaults_to(text(""));
    let state = build.to(state);
    let state = build.field("state", state).defaults_to(text("NEW"));

    let by_name = build.int(32);
    let by_name = build.map_of(by_name);
    let (money, span, null) = (build.to(money), build.to(span), build.ty(TypeKind::Null));
    let what = union(&mut build, order, vec![null, by_name, money, span]);
    let what = build.list(what);
    let what = build.field("what", what).defaults_to(Literal::List(vec![Literal::Null]));
    let fields = vec![id, at, place, parent, note, state, what];
    build.fill(order, DeclKind::Record(record(fields)));

    // The file is a union of named types.
    let number = build.int(32);
    let order = build.to(order);
    let arms = vec![Arm::new(build.schema.node(), order), Arm::new(build.schema.node(), number)];
    let root = Decl::anonymous(
        build.schema.node(),
        build.module,
        None,
        "",
        DeclKind::Union(Union { style: UnionStyle::ByPosition, exactly_one: false, arms }),
    );
    let root = build.schema.add_decl(root);
    let root = build.to(root);
    build.root(DeclKind::Element(Box::new(Element::new(root))));
    build.finish()
}

/// A protocol: an error record, a message with errors and a one-way message.
pub(crate) fn protocol() -> Schema {
    let mut build = Build::new(Format::Avro, "shop.avpr", "shop", Dialect::Avro { minor: 11 });
    let reason = build.string();
    let fields = vec![build.field("reason", reason)];
    let lost = build.declare(
        "shop.Lost",
        DeclKind::Record(Record { kind: RecordKind::Error, extra: Extra::Unsaid, ..record(fields) }),
    );
    let (who, count) = (build.string(), build.int(32));
    let who = build.field("who", who).present(Presence::Required);
    let count = build.field("count", count).present(Presence::Required).defaults_to(Literal::Int(1));
    let greeting = build.string();
    let mut hello = Method::new(build.schema.node(), "hello", Parameters::Fields(vec![who, count])).returning(greeting);
    let lost = build.to(lost);
    hello.throws.push(build.field("Lost", lost));
    hello.meta.annotations.push(build.annotation("since", object([("version", text("2"))])));
    let null = build.ty(TypeKind::Null);
    let mut ping = Method::new(build.schema.node(), "ping", Parameters::Fields(Vec::new())).returning(null);
    ping.is_oneway = true;
    let service = Service { methods: vec![ping, hello], ..Service::default() };
    let service = build.declare("shop.Greeter", DeclKind::Service(service));
    let owner = build.annotation("owner", entries([(text("team"), text("shop"))]));
    build.meta(service).annotations.push(owner);
    build.finish()
}

impl Build {
    fn map_of(&mut self, value: Type) -> Type {
        let key = self.string();
        self.map(key, value)
    }
}

#[test]
fn the_model_holds_what_an_avro_schema_can_say() {
    insta::assert_snapshot!(file().canonical());
}

#[test]
fn the_model_holds_what_an_avro_protocol_can_say() {
    insta::assert_snapshot!(protocol().canonical());
}
