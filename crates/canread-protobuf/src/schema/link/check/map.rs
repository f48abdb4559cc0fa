//! Keys and values of map fields.

use canread_model::{IntEncoding, TypeKind};
use canread_syntax::Diagnostic;

use crate::schema::ast::MapField;
use crate::schema::link::{FieldRef, Linker};

impl Linker<'_> {
    pub(super) fn check_map(&self, reference: FieldRef, node: &MapField<'_>, errors: &mut Vec<Diagnostic>) {
        let TypeKind::Map(map) = &self.field(reference).ty.kind else { return };
        let is_allowed = match &map.key.kind {
            TypeKind::Bool | TypeKind::String(_) | TypeKind::Unresolved(_) => true,
            TypeKind::Int(int) => int.encoding != IntEncoding::Native,
            _ => false,
        };
        if !is_allowed {
            let error = Diagnostic::error("protobuf/map_key", "a map can't have keys of this type");
            errors.push(error.at(node.key.span, "").help("keys are integers, bools or strings"));
        }
        let Some(target) = map.value.target() else { return };
        let decl = self.schema.decl(target);
        let first = decl.as_enum().and_then(|declared| declared.values.first());
        if let Some(first) = first
            && first.number.is_some_and(|number| number != 0)
        {
            let message = "a map can't have values of an enum whose first value is not 0";
            let error = Diagnostic::error("protobuf/map_value", message).at(node.value.span, "");
            errors.push(
                self.also_at(error, first.node, "the first value").note("an entry without a value has the value 0"),
            );
        }
    }
}
