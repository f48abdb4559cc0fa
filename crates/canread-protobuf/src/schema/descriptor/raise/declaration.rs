//! Enums, services, and the lists that declarations are sorted into.

use std::borrow::Cow;

use canread_model::{
    Decl, DeclId, DeclKind, Enum, Method, NodeId, Parameters, ReservedRange, Service, Type, TypeKind, Visibility,
};

use super::Raiser;
use crate::schema::descriptor::{
    DescriptorProto, EnumDescriptorProto, EnumValueDescriptorProto, FieldDescriptorProto, MethodDescriptorProto,
    NumberRange, ServiceDescriptorProto,
};

/// Declarations by kind, each kind in source order.
#[derive(Default)]
pub(super) struct Declarations<'s> {
    /// Messages with their nodes, which say where among fields they stand.
    pub(super) messages: Vec<(NodeId, DescriptorProto<'s>)>,
    pub(super) enums: Vec<EnumDescriptorProto<'s>>,
    pub(super) extensions: Vec<FieldDescriptorProto<'s>>,
    pub(super) services: Vec<ServiceDescriptorProto<'s>>,
}

impl<'s> Raiser<'s> {
    pub(super) fn declarations(&mut self, decls: &'s [DeclId]) -> Declarations<'s> {
        let mut result = Declarations::default();
        for id in decls {
            let decl = self.schema.decl(*id);
            match &decl.kind {
                DeclKind::Record(record) => result.messages.push((decl.node, self.message(decl, record))),
                DeclKind::Enum(declared) => result.enums.push(self.enumeration(decl, declared)),
                DeclKind::Service(service) => result.services.push(self.service(decl, service)),
                DeclKind::Extension(extension) => result.extensions.push(self.extension(extension, &decl.full_name)),
                _ => self.cannot_say(&decl.full_name, "Protobuf has no declaration of this kind"),
            }
        }
        result
    }

    fn enumeration(&mut self, decl: &'s Decl, declared: &'s Enum) -> EnumDescriptorProto<'s> {
        let value = |raiser: &mut Self, value: &'s canread_model::EnumValue| EnumValueDescriptorProto {
            name: (&*value.name).into(),
            number: saturating(value.number.unwrap_or_default()),
            options: raiser.options("EnumValueOptions", &value.meta.annotations, &value.name),
            unknown: Vec::new(),
        };
        EnumDescriptorProto {
            name: own_name(decl),
            value: declared.values.iter().map(|declared| value(self, declared)).collect(),
            options: self.options("EnumOptions", &decl.meta.annotations, &decl.full_name),
            reserved_range: declared.reserved.ranges.iter().map(|range| number_range(range, 0)).collect(),
            reserved_name: declared.reserved.names.iter().map(|reserved| (&*reserved.name).into()).collect(),
            visibility: visibility(decl.visibility),
            unknown: Vec::new(),
        }
    }

    fn service(&mut self, decl: &'s Decl, service: &'s Service) -> ServiceDescriptorProto<'s> {
        ServiceDescriptorProto {
            name: own_name(decl),
            method: service.methods.iter().map(|method| self.method(decl, method)).collect(),
            options: self.options("ServiceOptions", &decl.meta.annotations, &decl.full_name),
            unknown: Vec::new(),
        }
    }

    fn method(&mut self, decl: &Decl, method: &'s Method) -> MethodDescriptorProto<'s> {
        let symbol = format!("{}.{}", decl.full_name, method.name);
        let (Parameters::Message(input), Some(output)) = (&method.parameters, &method.returns) else {
            self.cannot_say(&symbol, "a method takes one message and returns one");
            return MethodDescriptorProto { name: (&*method.name).into(), ..MethodDescriptorProto::default() };
        };
        MethodDescriptorProto {
            name: (&*method.name).into(),
            input_type: self.type_name(input),
            output_type: self.type_name(output),
            options: self.options("MethodOptions", &method.meta.annotations, &symbol),
            client_streaming: method.client_streaming,
            server_streaming: method.server_streaming,
            unknown: Vec::new(),
        }
    }

    /// The full name of what a type refers to, with a leading dot; as written where nothing is referred to.
    pub(super) fn type_name(&self, ty: &'s Type) -> Option<Cow<'s, str>> {
        match &ty.kind {
            TypeKind::Ref(id) => Some(format!(".{}", self.schema.decl(*id).full_name).into()),
            TypeKind::Unresolved(name) => Some((&**name).into()),
            TypeKind::List(list) => self.type_name(&list.item),
            _ => None,
        }
    }
}

pub(super) fn own_name(decl: &Decl) -> Cow<'_, str> {
    decl.name.as_deref().unwrap_or_default().into()
}

/// A number of `google.protobuf.SymbolVisibility`.
pub(super) fn visibility(visibility: Visibility) -> Option<i32> {
    match visibility {
        Visibility::Local => Some(1),
        Visibility::Export => Some(2),
        _ => None,
    }
}

/// A range whose end lies `behind` its last number.
pub(super) fn number_range(range: &ReservedRange, behind: i64) -> NumberRange {
    NumberRange { start: saturating(range.start), end: saturating(range.end + behind), unknown: Vec::new() }
}

pub(super) fn saturating(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX })
}
