//! Enums: their values and what is reserved.

use canread_model::{Enum, EnumBase, EnumValue};

use super::Definition;
use crate::schema::ast::{self, EnumItem};
use crate::schema::link::option::Owner;
use crate::schema::link::{Linker, files};

impl<'a> Linker<'a> {
    pub(super) fn define_enum<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        declared: &'t ast::Enum<'a>,
    ) -> Enum {
        let mut result = Enum { base: EnumBase::Int32, ..Enum::default() };
        result.values.reserve_exact(declared.items.len());
        for item in &declared.items {
            let value = match item {
                EnumItem::Value(value) => value,
                EnumItem::Reserved(reserved) => {
                    self.define_reserved(&mut result.reserved, reserved, i32::MAX);
                    continue;
                }
            };
            let node = self.node(value.span, value.name.span);
            let mut entry = EnumValue::new(node, value.name.text);
            entry.number = value.number.map(|number| number.value.into());
            entry.meta = self.meta(definition.unit, value.comments);
            let at = files::index(result.values.len());
            result.values.push(entry);
            definition.options(Owner::EnumValue(definition.id, at), &value.options, definition.outer);
        }
        result
    }
}
