//! What is content and what is not: one change at a time to a schema of each format.

mod relevant;
mod silent;

use std::collections::HashMap;

use canread_model::{
    Annotation, Bound, Constraint, Content, DeclKind, Dialect, Docs, Encoding, EnumBase, Extra, Field, FieldNumber,
    FieldRole, Format, GroupContent, Idempotency, IdentityKind, Import, ImportKind, Int, IntEncoding, JsonFormat,
    Literal, Logical, LogicalKind, Meta, Method, Module, NamespaceSet, NodeId, Occurs, OpenContentMode, Parameters,
    Particle, Presence, Preset, ProcessContents, Record, RecordKind, ReservedName, ReservedRange, Schema, Service,
    ServiceKind, SortOrder, SymbolSpace, Type, TypeKind, Union, UnionStyle, Utf8, Visibility,
};

use crate::build::text;
use crate::{avro, json_schema, protobuf, thrift, xsd};

/// What is changed, and how.
type Change = (&'static str, fn(&mut Schema));

type Sample = fn() -> Schema;

/// A node that is no real one: the canonical form does not look.
const NODE: NodeId = NodeId(0);

fn kind<'a>(schema: &'a mut Schema, space: SymbolSpace, name: &str) -> &'a mut DeclKind {
    let id = schema.find_in(space, name).expect(name);
    &mut schema.decl_mut(id).kind
}

macro_rules! accessor {
    ($function:ident, $variant:ident, $space:ident, $inner:ty) => {
        fn $function<'a>(schema: &'a mut Schema, name: &str) -> &'a mut $inner {
            match kind(schema, SymbolSpace::$space, name) {
                DeclKind::$variant(inner) => inner,
                other => panic!("{name} is {other:?}"),
            }
        }
    };
}

accessor!(record, Record, Type, Record);
accessor!(declared_enum, Enum, Type, canread_model::Enum);
accessor!(union, Union, Type, Union);
accessor!(alias, Alias, Type, canread_model::Alias);
accessor!(service, Service, Type, Service);
accessor!(element, Element, Element, canread_model::Element);
accessor!(group, Group, Group, canread_model::Group);

fn meta<'a>(schema: &'a mut Schema, name: &str) -> &'a mut Meta {
    let id = schema.find(name).expect(name);
    &mut schema.decl_mut(id).meta
}

fn field<'a>(schema: &'a mut Schema, of: &str, name: &str) -> &'a mut Field {
    record(schema, of).fields.iter_mut().find(|field| &*field.name == name).expect(name)
}

fn method<'a>(schema: &'a mut Schema, of: &str, name: &str) -> &'a mut Method {
    service(schema, of).methods.iter_mut().find(|method| &*method.name == name).expect(name)
}

fn annotation(path: &str, value: Literal) -> Annotation {
    Annotation { node: NODE, origin: Format::Protobuf, path: path.into(), value }
}

/// The anonymous declaration that a type names.
fn inline<'a>(schema: &'a mut Schema, ty: &Type) -> &'a mut DeclKind {
    &mut schema.decl_mut(ty.target().unwrap()).kind
}

fn particle(record: &mut Record) -> &mut Vec<Particle> {
    match &mut record.content.as_mut().unwrap().content {
        Content::Sequence(held) => held,
        other => panic!("{other:?}"),
    }
}

const ORDER: &str = "shop.Order";
const XSD_ORDER: &str = "{urn:shop}Order";

#[test]
fn every_single_change_of_content_has_a_fingerprint_of_its_own() {
    let schemas: [(Sample, &[Change]); 7] = [
        (protobuf::schema, relevant::PROTOBUF),
        (avro::file, relevant::AVRO),
        (avro::protocol, relevant::PROTOCOL),
        (thrift::apache, relevant::THRIFT),
        (thrift::fbthrift, relevant::FBTHRIFT),
        (json_schema::schema, relevant::JSON_SCHEMA),
        (xsd::schema, relevant::XSD),
    ];
    let mut seen = HashMap::new();
    for (schema, changes) in schemas {
        let unchanged: Change = ("nothing", |_| {});
        for (what, change) in [&[unchanged], changes].concat() {
            let mut schema = schema();
            change(&mut schema);
            let what = format!("{} {what}", schema.format().as_str());
            if let Some(other) = seen.insert(schema.fingerprint(), what.clone()) {
                panic!("{what} looks like {other}");
            }
        }
    }
}

#[test]
fn what_says_nothing_new_leaves_the_fingerprint_alone() {
    for (schema, (what, change)) in silent::CHANGES {
        let mut changed = schema();
        change(&mut changed);
        assert_eq!(changed.canonical(), schema().canonical(), "{what}");
    }
}

#[test]
fn the_fingerprint_is_the_hash_of_the_canonical_form() {
    use sha2::{Digest, Sha256};
    let schema = xsd::schema();
    let hash = |text: String| <[u8; 32]>::from(Sha256::digest(text));
    assert_eq!(schema.fingerprint().as_bytes(), &hash(schema.canonical()));
    for (id, _) in schema.decls() {
        assert_eq!(schema.fingerprint_decl(id).as_bytes(), &hash(schema.canonical_decl(id)));
    }
}

#[test]
fn a_change_in_one_declaration_leaves_the_others_alone() {
    let (old, mut new) = (protobuf::schema(), protobuf::schema());
    field(&mut new, ORDER, "cash").name = "money".into();
    let changed = old.decls().filter(|(id, _)| old.fingerprint_decl(*id) != new.fingerprint_decl(*id));
    assert_eq!(changed.map(|(_, decl)| &*decl.full_name).collect::<Vec<_>>(), [ORDER]);
}
