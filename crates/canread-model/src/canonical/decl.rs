//! Declarations: what stands at their head, and each kind of body but records.

use super::order;
use super::words::{self, Word};
use super::{Canon, literal};
use crate::{
    Alias, Arm, Decl, DeclKind, Element, ElementRole, Enum, EnumBase, EnumValue, Extension, FieldNumber, Format,
    Idempotency, IdentityConstraint, IdentityKind, JsonFormat, Method, Parameters, Service, ServiceKind, SymbolSpace,
    Union, UnionStyle, Visibility,
};

impl<'a> Canon<'a, '_> {
    /// Writes a declaration; `label` stands for the name of an anonymous one.
    pub(super) fn decl(&mut self, decl: &'a Decl, label: u32) {
        self.text.open(tag(&decl.kind));
        if decl.name.is_some() {
            self.text.quoted(&decl.full_name);
        } else {
            self.text.label(label);
        }
        self.decl_head(decl);
        match &decl.kind {
            DeclKind::Record(record) => self.record(record),
            DeclKind::Union(union) => self.union(union),
            DeclKind::Enum(declared) => self.declared_enum(declared),
            DeclKind::Alias(alias) => self.alias(alias),
            DeclKind::Fixed(fixed) => {
                self.text.number(fixed.size);
                self.ty(&fixed.ty);
            }
            DeclKind::Const(constant) => {
                self.ty(&constant.ty);
                literal::write(self.text, &constant.value);
            }
            DeclKind::Service(service) => self.service(service),
            DeclKind::Extension(extension) => self.extension(extension),
            DeclKind::Element(element) => self.element(element),
            DeclKind::Group(group) => self.group(group),
        }
        self.text.close();
    }

    fn decl_head(&mut self, decl: &'a Decl) {
        if let Some(dialect) = words::dialect(self.schema.module(decl.module).dialect) {
            self.text.word(&dialect);
        }
        if let (Some(parent), Some(_)) = (decl.parent, &decl.name) {
            self.text.named("in", &self.schema.decl(parent).full_name);
        }
        self.text.word_if(decl.visibility != Visibility::Default, decl.visibility.word());
        for alias in order::names(&decl.aliases) {
            self.text.named("also", alias);
        }
        self.constraints(&decl.constraints);
        self.annotations(&decl.meta.annotations);
    }

    /// Arms stand in source order where it says which value is meant: by position, or by the first that fits.
    fn union(&mut self, union: &'a Union) {
        let mut arms: Vec<&Arm> = union.arms.iter().collect();
        self.text.word_if(union.exactly_one, "exactly-one");
        match &union.style {
            UnionStyle::ByNumber => {
                self.text.word("by-number");
                arms.sort_by_key(|arm| (arm_number(arm), arm.name.as_deref()));
            }
            UnionStyle::ByName => {
                self.text.word("by-name");
                arms.sort_by_key(|arm| (arm.name.as_deref(), arm_number(arm)));
            }
            UnionStyle::ByPosition => self.text.word("by-position"),
            UnionStyle::Untagged => self.text.word("untagged"),
            UnionStyle::Discriminated { property, mapping } => {
                self.text.start("by-property");
                self.text.quoted(property);
                for (value, at) in order::by(mapping, Ord::cmp) {
                    self.text.start("arm");
                    self.text.quoted(value);
                    self.text.number(at);
                    self.text.end();
                }
                self.text.end();
            }
        }
        for arm in arms {
            self.arm(arm);
        }
    }

    fn arm(&mut self, arm: &'a Arm) {
        self.text.open("arm");
        if let Some(name) = &arm.name {
            self.text.quoted(name);
        }
        self.field_number(arm.number);
        self.preset(arm.preset.as_deref());
        self.annotations(&arm.meta.annotations);
        self.ty(&arm.ty);
        self.text.close();
    }

    /// Values stand by number or name. In Avro their order is content, because data counts positions.
    fn declared_enum(&mut self, declared: &'a Enum) {
        self.text.word(if declared.is_open { "open" } else { "closed" });
        self.text.word(declared.base.word());
        self.text.word_if(declared.allow_alias, "allow-alias");
        self.text.word_if(declared.json_format == JsonFormat::BestEffort, "json-best-effort");
        if let Some(at) = declared.default {
            self.text.start("default");
            match declared.values.get(at as usize) {
                Some(value) => self.text.quoted(&value.name),
                None => self.text.number(at),
            }
            self.text.end();
        }
        // The first value of a Protobuf enum stands in for an absent field.
        if let (Format::Protobuf, Some(first)) = (self.schema.format(), declared.values.first()) {
            self.text.named("first", &first.name);
        }
        self.reserved(&declared.reserved);
        self.derivation(declared.derivation.as_deref());

        let mut values: Vec<&EnumValue> = declared.values.iter().collect();
        match (self.schema.format(), declared.base) {
            (Format::Avro, _) => {}
            (_, EnumBase::Int32 | EnumBase::Int64) => values.sort_by_key(|value| value.number),
            (_, EnumBase::Name | EnumBase::Any) => values.sort_by_cached_key(|value| {
                (value.name.clone(), value.literal.as_deref().map(literal::to_string), value.number)
            }),
        }
        for value in values {
            self.enum_value(value);
        }
    }

    fn enum_value(&mut self, value: &EnumValue) {
        self.text.open("value");
        self.text.quoted(&value.name);
        if let Some(number) = value.number {
            self.text.number(number);
            self.text.word_if(value.implicit, "auto");
        }
        if let Some(value) = &value.literal {
            self.text.start("literal");
            literal::write(self.text, value);
            self.text.end();
        }
        for alias in order::names(&value.aliases) {
            self.text.named("also", alias);
        }
        self.annotations(&value.meta.annotations);
        self.text.close();
    }

    fn alias(&mut self, alias: &'a Alias) {
        self.derivation_set("final", alias.is_final);
        self.ty(&alias.ty);
        self.derivation(alias.derivation.as_ref());
    }

    fn extension(&mut self, extension: &'a Extension) {
        let Extension { extendee, field, block: _ } = extension;
        self.text.start("of");
        self.ty(extendee);
        self.text.end();
        self.field("field", field, &[]);
    }

    fn element(&mut self, element: &'a Element) {
        self.preset(element.preset.as_ref());
        self.text.word_if(element.is_abstract, "abstract");
        self.derivation_set("block", element.block);
        self.derivation_set("final", element.is_final);
        self.ty(&element.ty);

        let mut heads = element.substitutes.clone();
        heads.sort_by_key(|id| &*self.schema.decl(*id).full_name);
        for head in heads {
            self.text.open("substitutes");
            self.reference(head);
            self.text.close();
        }
        for constraint in order::by(&element.identity, |one, two| one.name.cmp(&two.name)) {
            self.identity(constraint);
        }
    }

    fn identity(&mut self, constraint: &IdentityConstraint) {
        let IdentityConstraint { node: _, name, kind, selector, fields } = constraint;
        match kind {
            IdentityKind::Unique => self.text.open("unique"),
            IdentityKind::Key => self.text.open("key"),
            IdentityKind::KeyRef(_) => self.text.open("keyref"),
        }
        self.text.quoted(name);
        if let IdentityKind::KeyRef(key) = kind {
            self.text.named("to", key);
        }
        self.text.quoted(selector);
        for field in fields {
            self.text.quoted(field);
        }
        self.text.close();
    }

    fn service(&mut self, service: &'a Service) {
        if let Some(base) = service.base {
            self.text.start("base");
            self.reference(base);
            self.text.end();
        }
        for method in order::by(&service.methods, |one, two| one.name.cmp(&two.name)) {
            self.method(method);
        }
    }

    fn method(&mut self, method: &'a Method) {
        self.text.open("method");
        self.text.quoted(&method.name);
        self.text.word_if(method.client_streaming, "client-streaming");
        self.text.word_if(method.server_streaming, "server-streaming");
        self.text.word_if(method.is_oneway, "oneway");
        self.text.word_if(method.idempotency != Idempotency::Unknown, method.idempotency.word());
        self.annotations(&method.meta.annotations);
        match &method.parameters {
            Parameters::Message(ty) => {
                self.text.open("takes");
                self.ty(ty);
                self.text.close();
            }
            // Generated code has them in this order.
            Parameters::Fields(fields) => fields.iter().for_each(|field| self.field("takes", field, &[])),
        }
        if let Some(ty) = &method.returns {
            self.text.open("returns");
            self.ty(ty);
            self.text.close();
        }
        // Avro counts positions in the union of a message's errors.
        method.throws.iter().for_each(|field| self.field("throws", field, &[]));
        self.text.close();
    }
}

/// The word of a symbol space, where it is not the usual one.
pub(super) fn space(kind: &DeclKind) -> Option<&'static str> {
    let space = SymbolSpace::of(kind);
    (space != SymbolSpace::Type).then(|| space.word())
}

fn tag(kind: &DeclKind) -> &'static str {
    match kind {
        DeclKind::Record(_) => "record",
        DeclKind::Union(_) => "union",
        DeclKind::Enum(_) => "enum",
        DeclKind::Alias(_) => "alias",
        DeclKind::Fixed(_) => "fixed",
        DeclKind::Const(_) => "const",
        DeclKind::Service(service) => match service.kind {
            ServiceKind::Service => "service",
            ServiceKind::Interaction => "interaction",
        },
        DeclKind::Extension(_) => "extension",
        DeclKind::Element(element) => match element.role {
            ElementRole::Element => "element",
            ElementRole::Attribute => "attribute",
        },
        DeclKind::Group(_) => space(kind).unwrap_or("group"),
    }
}

fn arm_number(arm: &Arm) -> Option<i32> {
    arm.number.map(|FieldNumber { value, implicit: _ }| value)
}
