//! Enums and services to syntax trees.

use canread_syntax::Span;

use super::Lowering;
use super::message::{Scope, number_range, reserved, visibility};
use super::opaque::OwnerName;
use super::types::join;
use crate::schema::ast::{
    CommentsId, DottedName, Enum, EnumItem, EnumValue, MessageItem, Method, MethodType, Number, Service,
};
use crate::schema::descriptor::{
    EnumDescriptorProto, EnumValueDescriptorProto, MethodDescriptorProto, ServiceDescriptorProto,
};

impl<'a> Lowering<'a, '_> {
    pub(super) fn enumeration(&mut self, scope: &Scope, descriptor: &'a EnumDescriptorProto<'a>) -> Enum<'a> {
        let span = self.trail.inside(scope.span, &descriptor.name);
        let full_name = join(&scope.full_name, &descriptor.name);
        let values = descriptor.value.iter().map(|value| EnumItem::Value(self.value(&full_name, value, span)));
        let mut items: Vec<EnumItem<'a>> = values.collect();
        let ranges = descriptor.reserved_range.iter().map(|range| number_range(range, 0, span)).collect();
        for item in reserved(ranges, &descriptor.reserved_name, scope) {
            if let MessageItem::Reserved(reserved) = item {
                items.push(EnumItem::Reserved(reserved));
            }
        }
        Enum {
            name: self.name(&descriptor.name, span),
            visibility: visibility(descriptor.visibility),
            options: self.options(descriptor.options.as_ref(), "EnumOptions", OwnerName::Decl(&full_name), span),
            items: items.into_boxed_slice(),
            span,
            comments: CommentsId::NONE,
        }
    }

    fn value(&mut self, holder: &str, descriptor: &'a EnumValueDescriptorProto<'a>, outer: Span) -> EnumValue<'a> {
        let span = self.trail.inside(outer, &descriptor.name);
        let owner = OwnerName::Value(holder, &descriptor.name);
        EnumValue {
            name: self.name(&descriptor.name, span),
            number: Some(Number { value: descriptor.number, span }),
            options: self.options(descriptor.options.as_ref(), "EnumValueOptions", owner, span),
            span,
            comments: CommentsId::NONE,
        }
    }

    pub(super) fn service(&mut self, scope: &Scope, descriptor: &'a ServiceDescriptorProto<'a>) -> Service<'a> {
        let span = self.trail.inside(scope.span, &descriptor.name);
        let full_name = join(&scope.full_name, &descriptor.name);
        Service {
            name: self.name(&descriptor.name, span),
            options: self.options(descriptor.options.as_ref(), "ServiceOptions", OwnerName::Decl(&full_name), span),
            methods: descriptor.method.iter().map(|method| self.method(&full_name, method, span)).collect(),
            span,
            comments: CommentsId::NONE,
        }
    }

    fn method(&mut self, holder: &str, descriptor: &'a MethodDescriptorProto<'a>, outer: Span) -> Method<'a> {
        let span = self.trail.inside(outer, &descriptor.name);
        let ty = |name: Option<&'a str>, is_stream: bool| MethodType {
            name: DottedName { text: name.unwrap_or_default().into(), span },
            stream: is_stream.then_some(span),
        };
        let owner = OwnerName::Method(holder, &descriptor.name);
        Method {
            name: self.name(&descriptor.name, span),
            input: ty(descriptor.input_type.as_deref(), descriptor.client_streaming),
            output: ty(descriptor.output_type.as_deref(), descriptor.server_streaming),
            options: self.options(descriptor.options.as_ref(), "MethodOptions", owner, span),
            has_block: descriptor.options.is_some(),
            span,
            comments: CommentsId::NONE,
        }
    }
}
