//! Changes that say nothing new, each to one schema.

use super::*;

/// Which schema, and what is done to it.
pub(super) const CHANGES: &[(Sample, Change)] = &[
    (
        protobuf::schema,
        ("documentation", |s| {
            let docs = Docs { leading: Some("an order".into()), ..Docs::default() };
            meta(s, ORDER).docs = Some(Box::new(docs));
        }),
    ),
    (
        protobuf::schema,
        ("name of a module", |s| {
            let (id, _) = s.modules().next().unwrap();
            s.module_mut(id).name = "other.proto".into();
        }),
    ),
    (
        protobuf::schema,
        ("import", |s| {
            let (id, _) = s.modules().next().unwrap();
            let import = Import { node: NODE, target: "x".into(), module: None, alias: None, kind: ImportKind::Plain };
            s.module_mut(id).imports.push(import);
        }),
    ),
    (
        protobuf::schema,
        ("an empty module", |s| {
            let module = Module::new(s.node(), "empty.proto", "empty", Dialect::Proto3);
            s.add_module(module);
        }),
    ),
    (
        protobuf::schema,
        ("a module with the same options", |s| {
            let (_, first) = s.modules().next().unwrap();
            let module = Module { name: "again.proto".into(), decls: Vec::new(), ..first.clone() };
            s.add_module(module);
        }),
    ),
    (
        protobuf::schema,
        ("a declaration in another module", |s| {
            let (other, _) = s.modules().nth(1).unwrap();
            let id = s.find("shop.Parcel").unwrap();
            s.decl_mut(id).module = other;
        }),
    ),
    (
        protobuf::schema,
        ("syntax with the same features", |s| {
            let (id, _) = s.modules().next().unwrap();
            s.module_mut(id).dialect = Dialect::Proto3;
        }),
    ),
    (
        protobuf::schema,
        ("resolved feature", |s| {
            meta(s, ORDER).annotations.push(annotation("features.json_format", Literal::Symbol("ALLOW".into())));
        }),
    ),
    (
        protobuf::schema,
        ("resolved features as an aggregate", |s| {
            let features = crate::build::object([("enum_type", Literal::Symbol("OPEN".into()))]);
            meta(s, ORDER).annotations.push(annotation("features", features));
        }),
    ),
    (
        protobuf::schema,
        ("resolved option", |s| {
            field(s, ORDER, "weights").meta.annotations.push(annotation("packed", Literal::Bool(true)));
        }),
    ),
    (protobuf::schema, ("order of fields", |s| record(s, ORDER).fields.reverse())),
    (
        protobuf::schema,
        ("order of options", |s| {
            let (id, _) = s.modules().next().unwrap();
            s.module_mut(id).meta.annotations.reverse();
        }),
    ),
    (
        protobuf::schema,
        ("reserved runs cut in two", |s| {
            let reserved = &mut record(s, ORDER).reserved;
            reserved.ranges[0].end = 24;
            reserved.ranges.push(ReservedRange { node: NODE, start: 23, end: 29 });
            reserved.names.push(ReservedName { node: NODE, name: "old".into() });
            reserved.names.reverse();
        }),
    ),
    (
        protobuf::schema,
        ("order of enum values behind the first", |s| {
            declared_enum(s, "shop.State").values[1..].rotate_right(1);
        }),
    ),
    (protobuf::schema, ("statement of an extension range", |s| record(s, ORDER).extension_ranges[0].statement = 5)),
    (
        protobuf::schema,
        ("order of members of an aggregate", |s| {
            let Literal::Map(entries) = &mut method(s, "shop.Orders", "Watch").meta.annotations[0].value else {
                panic!()
            };
            entries.rotate_left(1);
        }),
    ),
    (avro::file, ("order of aliases", |s| field(s, ORDER, "id").aliases.reverse())),
    (
        thrift::apache,
        ("order of language namespaces", |s| {
            let (id, _) = s.modules().next().unwrap();
            s.module_mut(id).lang_namespaces.reverse();
        }),
    ),
    (thrift::apache, ("order of methods", |s| service(s, "shop.Shop").methods.reverse())),
    (thrift::apache, ("order of numbered arms", |s| union(s, "shop.Pay").arms.reverse())),
    (
        json_schema::schema,
        ("order of keywords", |s| {
            let id = s.find("order.closed").unwrap();
            s.decl_mut(id).constraints.reverse();
        }),
    ),
    (json_schema::schema, ("order of enum values", |s| declared_enum(s, "order.mixed").values.reverse())),
    (json_schema::schema, ("order of properties", |s| record(s, "order").fields.reverse())),
    (xsd::schema, ("order of attributes", |s| record(s, XSD_ORDER).fields.swap(5, 6))),
    (
        xsd::schema,
        ("attributes in front of elements", |s| {
            // The last attribute and the first element change places, and the particle follows.
            record(s, XSD_ORDER).fields.swap(0, 1);
            particle(record(s, XSD_ORDER))[0].content = Content::Field(0);
        }),
    ),
    (
        xsd::schema,
        ("order of wildcard namespaces", |s| {
            let Content::Wildcard(any) = &mut particle(record(s, XSD_ORDER))[4].content else { panic!() };
            any.namespaces = NamespaceSet::Only(vec!["urn:a".into(), "urn:b".into()]);
        }),
    ),
];
