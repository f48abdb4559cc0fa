//! Changes of content, each to one schema.

use super::*;

pub(super) const PROTOBUF: &[Change] = &[
    ("name", |s| {
        let id = s.find(ORDER).unwrap();
        s.decl_mut(id).full_name = "shop.Order2".into();
    }),
    ("visibility", |s| {
        let id = s.find(ORDER).unwrap();
        s.decl_mut(id).visibility = Visibility::Export;
    }),
    ("nesting", |s| {
        let id = s.find("shop.Order.Line").unwrap();
        s.decl_mut(id).parent = None;
    }),
    ("option", |s| meta(s, ORDER).annotations.push(annotation("deprecated", Literal::Bool(true)))),
    ("option value", |s| meta(s, ORDER).annotations.push(annotation("deprecated", Literal::Bool(false)))),
    ("custom feature", |s| meta(s, ORDER).annotations.push(annotation("features.(x).y", Literal::Int(1)))),
    ("file option", |s| {
        let (id, _) = s.modules().next().unwrap();
        s.module_mut(id).meta.annotations[0].value = text("com.example.other");
    }),
    ("message set", |s| record(s, ORDER).kind = RecordKind::MessageSet),
    ("json format", |s| record(s, ORDER).json_format = JsonFormat::BestEffort),
    ("reserved number", |s| record(s, ORDER).reserved.ranges[0].end = 31),
    ("reserved name", |s| record(s, ORDER).reserved.names[0].name = "oldest".into()),
    ("extension range", |s| record(s, ORDER).extension_ranges[0].start = 99),
    ("extension range option", |s| drop(record(s, ORDER).extension_ranges[0].meta.annotations.pop())),
    ("oneof name", |s| record(s, ORDER).oneofs[0].name = "pay".into()),
    ("oneof option", |s| record(s, ORDER).oneofs[0].meta.annotations.clear()),
    ("oneof left", |s| field(s, ORDER, "cash").oneof = None),
    ("field name", |s| field(s, ORDER, "cash").name = "money".into()),
    ("field number", |s| field(s, ORDER, "cash").number = Some(FieldNumber { value: 10, implicit: false })),
    ("no field number", |s| field(s, ORDER, "cash").number = None),
    ("field removed", |s| drop(record(s, ORDER).fields.pop())),
    ("presence", |s| field(s, ORDER, "cash").presence = Presence::Required),
    ("other presence", |s| field(s, ORDER, "cash").presence = Presence::Implicit),
    ("default", |s| field(s, ORDER, "price").preset = None),
    ("default zero", |s| *field(s, ORDER, "price") = field(s, ORDER, "price").clone().defaults_to(Literal::Float(0.0))),
    ("default minus zero", |s| {
        *field(s, ORDER, "price") = field(s, ORDER, "price").clone().defaults_to(Literal::Float(-0.0));
    }),
    ("fixed for default", |s| {
        field(s, ORDER, "price").preset = Some(Box::new(Preset::Fixed(Literal::Float(0.0))));
    }),
    ("delimited", |s| field(s, ORDER, "line").delimited = false),
    ("json name", |s| field(s, ORDER, "note").identities[0].name = Some("n".into())),
    ("number in an encoding", |s| field(s, ORDER, "note").identities[0].number = Some(4)),
    ("encoding", |s| field(s, ORDER, "note").identities[0].encoding = Encoding::Xml),
    ("field visibility", |s| field(s, ORDER, "note").visibility = Visibility::Local),
    ("field option", |s| field(s, ORDER, "note").meta.annotations.push(annotation("jstype", Literal::Int(1)))),
    ("type", |s| field(s, ORDER, "cash").ty.kind = TypeKind::Null),
    ("int encoding", |s| {
        field(s, ORDER, "id").ty.kind = TypeKind::Int(Int { bits: 64, signed: true, encoding: IntEncoding::Zigzag });
    }),
    ("int width", |s| {
        field(s, ORDER, "id").ty.kind = TypeKind::Int(Int { bits: 32, signed: true, encoding: IntEncoding::Varint });
    }),
    ("int sign", |s| {
        field(s, ORDER, "id").ty.kind = TypeKind::Int(Int { bits: 64, signed: false, encoding: IntEncoding::Varint });
    }),
    ("utf-8 check", |s| field(s, ORDER, "note").ty.kind = TypeKind::String(Utf8::Unchecked)),
    ("packed", |s| {
        let TypeKind::List(list) = &mut field(s, ORDER, "weights").ty.kind else { panic!() };
        list.packed = false;
    }),
    ("map value", |s| {
        let TypeKind::Map(map) = &mut field(s, ORDER, "related").ty.kind else { panic!() };
        map.value.kind = TypeKind::Bool;
    }),
    ("reference", |s| {
        let parcel = s.find("shop.Parcel").unwrap();
        let TypeKind::List(list) = &mut field(s, ORDER, "line").ty.kind else { panic!() };
        list.item.kind = TypeKind::Ref(parcel);
    }),
    ("enum openness", |s| declared_enum(s, "shop.State").is_open = true),
    ("enum base", |s| declared_enum(s, "shop.State").base = EnumBase::Int64),
    ("enum aliases", |s| declared_enum(s, "shop.State").allow_alias = false),
    ("enum json format", |s| declared_enum(s, "shop.State").json_format = JsonFormat::Allow),
    ("enum value name", |s| declared_enum(s, "shop.State").values[3].name = "FOUND".into()),
    ("enum value number", |s| declared_enum(s, "shop.State").values[3].number = Some(-2)),
    ("enum value option", |s| declared_enum(s, "shop.State").values[3].meta.annotations.clear()),
    ("enum reserved", |s| declared_enum(s, "shop.State").reserved.ranges.clear()),
    ("first enum value", |s| declared_enum(s, "shop.State").values.swap(0, 3)),
    ("first name of a number", |s| declared_enum(s, "shop.State").values.swap(1, 2)),
    ("extendee", |s| {
        let parcel = s.find("shop.Parcel").unwrap();
        let DeclKind::Extension(hint) = kind(s, SymbolSpace::Type, "shop.Order.hint") else { panic!() };
        hint.extendee.kind = TypeKind::Ref(parcel);
    }),
    ("extension number", |s| {
        let DeclKind::Extension(hint) = kind(s, SymbolSpace::Type, "shop.Order.hint") else { panic!() };
        hint.field.number = Some(FieldNumber { value: 101, implicit: false });
    }),
    ("method name", |s| method(s, "shop.Orders", "Watch").name = "See".into()),
    ("client streaming", |s| method(s, "shop.Orders", "Watch").client_streaming = false),
    ("server streaming", |s| method(s, "shop.Orders", "Watch").server_streaming = false),
    ("idempotency", |s| method(s, "shop.Orders", "Watch").idempotency = Idempotency::Idempotent),
    ("oneway", |s| method(s, "shop.Orders", "Watch").is_oneway = true),
    ("returns", |s| method(s, "shop.Orders", "Watch").returns = None),
    ("request", |s| {
        let parcel = s.find("shop.Parcel").unwrap();
        method(s, "shop.Orders", "Watch").parameters = Parameters::Message(Type::new(NODE, TypeKind::Ref(parcel)));
    }),
    ("aggregate member", |s| {
        let Literal::Map(entries) = &mut method(s, "shop.Orders", "Watch").meta.annotations[0].value else { panic!() };
        entries[0].value = text("/v2/orders");
    }),
    ("order of a repeated member", |s| {
        let Literal::Map(entries) = &mut method(s, "shop.Orders", "Watch").meta.annotations[0].value else { panic!() };
        entries.swap(1, 2);
    }),
];

pub(super) const AVRO: &[Change] = &[
    ("order of fields", |s| record(s, ORDER).fields.swap(0, 1)),
    ("that order matters", |s| record(s, ORDER).order_matters = false),
    ("alias", |s| {
        let id = s.find(ORDER).unwrap();
        drop(s.decl_mut(id).aliases.pop());
    }),
    ("field alias", |s| drop(field(s, ORDER, "id").aliases.pop())),
    ("sort order", |s| field(s, ORDER, "at").sort_order = SortOrder::Ascending),
    ("place of null", |s| {
        let parent = field(s, ORDER, "parent");
        parent.ty = parent.ty.clone().null_last();
    }),
    ("logical type", |s| {
        let at = field(s, ORDER, "at");
        at.ty = at.ty.clone().logical(Logical { name: "timestamp-micros".into(), kind: LogicalKind::Unknown });
    }),
    ("name of an unknown logical type", |s| {
        let place = field(s, ORDER, "place");
        place.ty = place.ty.clone().logical(Logical { name: "geometry".into(), kind: LogicalKind::Unknown });
    }),
    ("attribute of a type", |s| field(s, ORDER, "place").ty.annotations_mut()[0].value = Literal::Int(1)),
    ("order of union arms", |s| {
        let ty = field(s, ORDER, "what").ty.clone();
        let DeclKind::Union(union) = inline(s, &ty) else { panic!() };
        union.arms.swap(1, 2);
    }),
    ("arm", |s| {
        let ty = field(s, ORDER, "what").ty.clone();
        let DeclKind::Union(union) = inline(s, &ty) else { panic!() };
        union.arms[0].ty.kind = TypeKind::Bool;
    }),
    ("order of symbols", |s| declared_enum(s, "shop.State").values.swap(0, 1)),
    ("alias of a symbol", |s| declared_enum(s, "shop.State").values[0].aliases.push("OLD".into())),
    ("enum default", |s| declared_enum(s, "shop.State").default = None),
    ("fixed size", |s| {
        let DeclKind::Fixed(fixed) = kind(s, SymbolSpace::Type, "Span") else { panic!() };
        fixed.size = 13;
    }),
    ("fixed type", |s| {
        let DeclKind::Fixed(fixed) = kind(s, SymbolSpace::Type, "Span") else { panic!() };
        fixed.ty.kind = TypeKind::Fixed { size: 13 };
    }),
    ("rules of the specification's version", |s| {
        let (id, _) = s.modules().next().unwrap();
        s.module_mut(id).dialect = Dialect::Avro { minor: 11 };
    }),
];

pub(super) const PROTOCOL: &[Change] = &[
    ("order of parameters", |s| {
        let Parameters::Fields(fields) = &mut method(s, "shop.Greeter", "hello").parameters else { panic!() };
        fields.swap(0, 1);
    }),
    ("errors", |s| method(s, "shop.Greeter", "hello").throws.clear()),
    ("one-way", |s| method(s, "shop.Greeter", "ping").is_oneway = false),
    ("no result for null", |s| method(s, "shop.Greeter", "ping").returns = None),
    ("error for record", |s| record(s, "shop.Lost").kind = RecordKind::Struct),
];

pub(super) const THRIFT: &[Change] = &[
    ("made-up id", |s| field(s, ORDER, "code").number = Some(FieldNumber { value: -1, implicit: false })),
    ("union arm number", |s| union(s, "shop.Pay").arms[0].number = Some(FieldNumber { value: 2, implicit: false })),
    ("union arm name", |s| union(s, "shop.Pay").arms[0].name = Some("whole".into())),
    ("union arm default", |s| union(s, "shop.Pay").arms[0].preset = Some(Box::new(Preset::Default(Literal::Null)))),
    ("enum value without a number", |s| declared_enum(s, "shop.Level").values[0].implicit = false),
    ("typedef", |s| alias(s, "shop.Id").ty.kind = TypeKind::Bool),
    ("constant", |s| {
        let DeclKind::Const(constant) = kind(s, SymbolSpace::Type, "shop.REFUSALS") else { panic!() };
        constant.value = Literal::Null;
    }),
    ("base service", |s| service(s, "shop.Shop").base = None),
    ("annotation of a type", |s| field(s, ORDER, "id").ty.annotations_mut().clear()),
    ("language namespace", |s| {
        let (id, _) = s.modules().next().unwrap();
        s.module_mut(id).lang_namespaces[0].1 = "Shop2".into();
    }),
    ("exception", |s| record(s, "shop.Refused").kind = RecordKind::Struct),
    ("dialect", |s| {
        let (id, _) = s.modules().next().unwrap();
        s.module_mut(id).dialect = Dialect::FbThrift;
    }),
];

pub(super) const FBTHRIFT: &[Change] = &[
    ("interaction", |s| service(s, "shop.Session").kind = ServiceKind::Service),
    ("reply of a sink", |s| {
        let sink = method(s, "shop.Shop", "upload").returns.as_mut().unwrap();
        *sink = sink.clone().replying(Type::new(NODE, TypeKind::Bool));
    }),
    ("end of a sink", |s| method(s, "shop.Shop", "upload").returns.as_mut().unwrap().throws_mut().clear()),
    ("order of a tuple", |s| {
        let TypeKind::Tuple(tuple) = &mut method(s, "shop.Shop", "watch").returns.as_mut().unwrap().kind else {
            panic!()
        };
        tuple.items.swap(0, 1);
    }),
];

pub(super) const JSON_SCHEMA: &[Change] = &[
    ("rest of an object", |s| record(s, "order.closed").extra = Extra::Open),
    ("no word about the rest", |s| record(s, "order.closed").extra = Extra::Unsaid),
    ("type of the rest", |s| {
        let Extra::Typed(ty) = &mut record(s, "order.typed").extra else { panic!() };
        ty.kind = TypeKind::Bool;
    }),
    ("bound", |s| {
        let Extra::Typed(ty) = &mut record(s, "order.typed").extra else { panic!() };
        ty.constraints_mut()[0] = Constraint::Min(NODE, Bound { value: Literal::Number("0".into()), inclusive: true });
    }),
    ("constraint of an object", |s| {
        let id = s.find("order.closed").unwrap();
        drop(s.decl_mut(id).constraints.pop());
    }),
    ("opaque keyword", |s| {
        let id = s.find("order.closed").unwrap();
        let Constraint::Opaque { value, .. } = &mut s.decl_mut(id).constraints[0] else { panic!() };
        *value = Literal::Null;
    }),
    ("oneOf for anyOf", |s| union(s, "order.any_of").exactly_one = true),
    ("discriminator", |s| union(s, "order.discriminated").style = UnionStyle::Untagged),
    ("discriminator mapping", |s| {
        let UnionStyle::Discriminated { mapping, .. } = &mut union(s, "order.discriminated").style else { panic!() };
        mapping[0].1 = 0;
    }),
    ("enum literal", |s| declared_enum(s, "order.mixed").values[0].literal = Some(Box::new(text("z")))),
    ("const", |s| alias(s, "order.one").ty.kind = TypeKind::Literal(Box::new(Literal::Number("1".into())))),
    ("rest of a tuple", |s| {
        let TypeKind::Tuple(tuple) = &mut alias(s, "order.tuple").ty.kind else { panic!() };
        tuple.rest = None;
    }),
    ("nullable", |s| {
        let note = field(s, "order", "note");
        let TypeKind::Nullable(ty) = note.ty.kind.clone() else { panic!() };
        note.ty = *ty;
    }),
    ("something in an inline object", |s| {
        let ty = field(s, "order", "inner").ty.clone();
        let DeclKind::Record(record) = inline(s, &ty) else { panic!() };
        record.fields[0].presence = Presence::Required;
    }),
    ("annotation of the root", |s| {
        let (id, _) = s.decls().last().unwrap();
        s.decl_mut(id).meta.annotations.clear();
    }),
    ("draft", |s| {
        let (id, _) = s.modules().next().unwrap();
        s.module_mut(id).dialect = Dialect::JsonSchemaDraft(7);
    }),
];

pub(super) const XSD: &[Change] = &[
    ("order of a sequence", |s| particle(record(s, XSD_ORDER)).swap(0, 3)),
    ("count of a choice", |s| particle(record(s, XSD_ORDER))[1].occurs = Occurs::ONCE),
    ("choice to sequence", |s| {
        let choice = &mut particle(record(s, XSD_ORDER))[1];
        let Content::Choice(held) = choice.content.clone() else { panic!() };
        choice.content = Content::Sequence(held);
    }),
    ("field in a particle", |s| particle(record(s, XSD_ORDER))[0].content = Content::Field(2)),
    ("no particles", |s| record(s, XSD_ORDER).content = None),
    ("wildcard namespaces", |s| {
        let Content::Wildcard(any) = &mut particle(record(s, XSD_ORDER))[4].content else { panic!() };
        any.namespaces = NamespaceSet::Any;
    }),
    ("negated wildcard", |s| {
        let Content::Wildcard(any) = &mut particle(record(s, XSD_ORDER))[4].content else { panic!() };
        any.namespaces = NamespaceSet::Not(vec!["urn:a".into(), "urn:b".into()]);
    }),
    ("wildcard processing", |s| {
        let Content::Wildcard(any) = &mut particle(record(s, XSD_ORDER))[4].content else { panic!() };
        any.process = ProcessContents::Lax;
    }),
    ("wildcard exceptions", |s| {
        let Content::Wildcard(any) = &mut particle(record(s, XSD_ORDER))[4].content else { panic!() };
        any.except.clear();
    }),
    ("mixed", |s| record(s, XSD_ORDER).is_mixed = false),
    ("block", |s| record(s, XSD_ORDER).block.restriction = true),
    ("final", |s| record(s, XSD_ORDER).is_final.extension = true),
    ("assertion", |s| {
        let id = s.find(XSD_ORDER).unwrap();
        s.decl_mut(id).constraints.clear();
    }),
    ("attribute group", |s| record(s, XSD_ORDER).more_attributes = None),
    ("open content", |s| record(s, XSD_ORDER).open_content = None),
    ("open content mode", |s| {
        record(s, XSD_ORDER).open_content.as_mut().unwrap().mode = OpenContentMode::Interleave;
    }),
    ("namespace of a local element", |s| field(s, XSD_ORDER, "note").namespace = None),
    ("attribute to element", |s| field(s, XSD_ORDER, "old").role = FieldRole::Element),
    ("allowed again", |s| field(s, XSD_ORDER, "old").occurs = None),
    ("fixed value", |s| field(s, XSD_ORDER, "version").preset = Some(Box::new(Preset::Fixed(text("2"))))),
    ("abstract", |s| record(s, "{urn:shop}BigOrder").is_abstract = false),
    ("derivation method", |s| {
        let derivation = record(s, "{urn:shop}BigOrder").derivation.as_mut().unwrap();
        derivation.method = canread_model::DerivationMethod::Restriction;
    }),
    ("base", |s| record(s, "{urn:shop}BigOrder").derivation.as_mut().unwrap().bases.clear()),
    ("facet", |s| drop(alias(s, "{urn:shop}Code").ty.constraints_mut().pop())),
    ("final simple type", |s| alias(s, "{urn:shop}Code").is_final.list = false),
    ("derivation of a simple type", |s| alias(s, "{urn:shop}Codes").derivation = None),
    ("derivation of an enumeration", |s| declared_enum(s, "{urn:shop}Colour").derivation = None),
    ("group content", |s| {
        let GroupContent::Particles { occurs, .. } = &mut group(s, "{urn:shop}address").content else { panic!() };
        *occurs = Occurs { min: 0, max: Some(1) };
    }),
    ("abstract element", |s| element(s, "{urn:shop}thing").is_abstract = false),
    ("substitution group", |s| element(s, "{urn:shop}book").substitutes.clear()),
    ("default of an element", |s| element(s, "{urn:shop}book").preset = None),
    ("final element", |s| element(s, XSD_ORDER).is_final.restriction = false),
    ("blocked element", |s| element(s, XSD_ORDER).block.substitution = true),
    ("identity name", |s| element(s, XSD_ORDER).identity[0].name = "byKey".into()),
    ("identity kind", |s| element(s, XSD_ORDER).identity[0].kind = IdentityKind::Unique),
    ("key of a keyref", |s| element(s, XSD_ORDER).identity[2].kind = IdentityKind::KeyRef("{urn:shop}other".into())),
    ("selector", |s| element(s, XSD_ORDER).identity[0].selector = ".".into()),
    ("order of identity fields", |s| element(s, XSD_ORDER).identity[0].fields.swap(0, 1)),
    ("type to element of one name", |s| {
        let element = s.find_in(SymbolSpace::Element, XSD_ORDER).unwrap();
        let base = &mut record(s, "{urn:shop}BigOrder").derivation.as_mut().unwrap().bases[0];
        base.kind = TypeKind::Ref(element);
    }),
];
