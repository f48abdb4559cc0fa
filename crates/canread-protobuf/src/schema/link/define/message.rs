//! Messages: their fields, oneofs, reserved numbers and names, extension ranges.

use canread_model::{ExtensionRange, Oneof, Record, RecordKind, Reserved, ReservedName, ReservedRange};

use super::{Definition, boxed};
use crate::schema::ast::{self, MessageItem, OptionDecl, RangeEnd, ValueKind};
use crate::schema::link::flat::{fields, oneofs};
use crate::schema::link::option::Owner;
use crate::schema::link::{FieldRef, Linker, files};

/// The largest field number.
///
/// Source: language specification, "Assigning field numbers": 29 bits.
pub(in crate::schema::link) const FIELD_NUMBER_MAX: i32 = 536_870_911;

/// The largest number of an extension of a message set, which is no field number on the wire.
///
/// Source: protoc 35, which lets ranges of message sets end before 2^31 - 1.
pub(in crate::schema::link) const MESSAGE_SET_NUMBER_MAX: i32 = i32::MAX - 1;

impl<'a> Linker<'a> {
    pub(super) fn define_record<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        options: &[OptionDecl<'_>],
        items: &'t [MessageItem<'a>],
        is_group: bool,
    ) -> Record {
        let is_message_set = says_message_set(options);
        let kind = match (is_group, is_message_set) {
            (true, _) => RecordKind::Group,
            (false, true) => RecordKind::MessageSet,
            (false, false) => RecordKind::Struct,
        };
        let number_max = if is_message_set { MESSAGE_SET_NUMBER_MAX } else { FIELD_NUMBER_MAX };
        let mut record = Record { kind, ..Record::default() };
        let scope = self.paths[definition.id.0 as usize];
        record.fields.reserve_exact(fields(items).count());
        for (node, oneof) in fields(items) {
            let at = files::index(record.fields.len());
            let mut field = self.define_field(definition, node, scope);
            field.oneof = oneof;
            record.fields.push(field);
            definition.options(Owner::Field(FieldRef::Member(definition.id, at)), node.options(), scope);
        }
        for oneof in oneofs(items) {
            let at = files::index(record.oneofs.len());
            let node = self.node(oneof.span, oneof.name.span);
            let meta = self.meta(definition.unit, oneof.comments);
            record.oneofs.push(Oneof { node, name: oneof.name.text.into(), meta });
            definition.options(Owner::Oneof(definition.id, at), &oneof.options, scope);
        }
        let mut statement = 0;
        for item in items {
            match item {
                MessageItem::Reserved(reserved) => self.define_reserved(&mut record.reserved, reserved, number_max),
                MessageItem::Extensions(extensions) => {
                    let start = files::index(record.extension_ranges.len());
                    self.define_extension_ranges(&mut record, extensions, statement, number_max);
                    let count = files::index(extensions.ranges.len());
                    let owner = Owner::ExtensionRanges { decl: definition.id, start, count };
                    definition.options(owner, &extensions.options, definition.outer);
                    statement += 1;
                }
                _ => {}
            }
        }
        record
    }

    pub(super) fn define_reserved(&mut self, reserved: &mut Reserved, statement: &ast::Reserved<'_>, max: i32) {
        for range in &statement.ranges {
            let node = self.node_at(range.span);
            let end = range_end(range.end, max);
            reserved.ranges.push(ReservedRange { node, start: range.start.into(), end: end.into() });
        }
        for name in &statement.names {
            let node = self.node_at(name.span);
            reserved.names.push(ReservedName { node, name: boxed(&name.name) });
        }
    }

    fn define_extension_ranges(
        &mut self,
        record: &mut Record,
        extensions: &ast::Extensions<'_>,
        statement: u32,
        max: i32,
    ) {
        for range in &extensions.ranges {
            let node = self.node_at(range.span);
            record.extension_ranges.push(ExtensionRange {
                node,
                start: range.start.into(),
                end: range_end(range.end, max).into(),
                meta: canread_model::Meta::default(),
                statement,
            });
        }
    }
}

fn range_end(end: RangeEnd, max: i32) -> i32 {
    match end {
        RangeEnd::Inclusive(end) => end,
        RangeEnd::Max => max,
    }
}

/// Whether `option message_set_wire_format = true;` is among the options, which the meaning of `max` depends on.
fn says_message_set(options: &[OptionDecl<'_>]) -> bool {
    options.iter().any(|option| {
        matches!(&*option.name, [part] if !part.is_extension && part.text == "message_set_wire_format")
            && matches!(option.value.kind, ValueKind::Ident { negative: false, name: "true" })
    })
}
