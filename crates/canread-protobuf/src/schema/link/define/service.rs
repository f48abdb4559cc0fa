//! Services and their methods.

use canread_model::{Annotation, Format, Literal, Method, Parameters, Service, Type};

use super::Definition;
use crate::schema::ast::{self, MethodType};
use crate::schema::link::names::PathId;
use crate::schema::link::option::Owner;
use crate::schema::link::resolve::{Reference, Wanted};
use crate::schema::link::sight::Purpose;
use crate::schema::link::{Linker, files};

impl<'a> Linker<'a> {
    pub(super) fn define_service<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        service: &'t ast::Service<'a>,
    ) -> Service {
        let scope = self.paths[definition.id.0 as usize];
        let mut result = Service::default();
        result.methods.reserve_exact(service.methods.len());
        for declared in &service.methods {
            let node = self.node(declared.span, declared.name.span);
            let parameters = Parameters::Message(self.method_type(&declared.input, scope));
            let mut method = Method::new(node, declared.name.text, parameters);
            method.returns = Some(self.method_type(&declared.output, scope));
            method.client_streaming = declared.input.stream.is_some();
            method.server_streaming = declared.output.stream.is_some();
            method.meta = self.meta(definition.unit, declared.comments);
            if declared.has_block && declared.options.is_empty() {
                // Braces with nothing in them mean nothing, but protoc's descriptors show them.
                let node = self.node_at(declared.span);
                let (origin, value) = (Format::Protobuf, Literal::Map(Vec::new()));
                method.meta.annotations.push(Annotation { node, origin, path: "".into(), value });
            }
            let at = files::index(result.methods.len());
            result.methods.push(method);
            definition.options(Owner::Method(definition.id, at), &declared.options, scope);
        }
        result
    }

    fn method_type(&mut self, ty: &MethodType<'_>, scope: PathId) -> Type {
        let node = self.node_at(ty.name.span);
        let reference = Reference { name: &ty.name.text, scope, wanted: Wanted::Anything, purpose: Purpose::Types };
        Type::new(node, self.message_type(reference, ty.name.span, "methods take and return messages", true))
    }
}
