//! Messages: their fields, oneofs, reserved numbers and names, extension ranges.

use canread_model::{DeclId, ExtensionRange, Oneof, Record, RecordKind, Reserved, ReservedName, ReservedRange};

use super::Definition;
use crate::schema::ast::{self, Member, MessageItem, OptionDecl, RangeEnd, ValueKind};
use crate::schema::link::flat::{FieldNode, fields};
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
        record.fields.reserve_exact(fields(items).count());
        // Statements get their nodes in source order, nested declarations too: whoever
        // writes the message down again needs to know what stood before what.
        let mut nested = self.schema.decl(definition.id).children.clone().into_iter();
        let mut statement = 0;
        for item in items {
            match item {
                MessageItem::Field(field) => self.define_member(definition, &mut record, FieldNode::Plain(field), None),
                MessageItem::Map(field) => self.define_member(definition, &mut record, FieldNode::Map(field), None),
                MessageItem::Group(group) => {
                    self.define_member(definition, &mut record, FieldNode::Group(group), None);
                }
                MessageItem::Oneof(oneof) => self.define_oneof(definition, &mut record, oneof),
                MessageItem::Reserved(reserved) => self.define_reserved(&mut record.reserved, reserved, number_max),
                MessageItem::Extensions(extensions) => {
                    let start = files::index(record.extension_ranges.len());
                    self.define_extension_ranges(&mut record, extensions, statement, number_max);
                    let count = files::index(extensions.ranges.len());
                    let owner = Owner::ExtensionRanges { decl: definition.id, start, count };
                    definition.options(owner, &extensions.options, definition.outer);
                    statement += 1;
                }
                MessageItem::Message(_) | MessageItem::Enum(_) | MessageItem::Extend(_) => {}
            }
            for decl in nested.by_ref().take(declared_by(item)) {
                self.renew_node(decl);
            }
        }
        record
    }

    fn define_member<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        record: &mut Record,
        node: FieldNode<'t, 'a>,
        oneof: Option<u32>,
    ) {
        let scope = self.paths[definition.id.0 as usize];
        let at = files::index(record.fields.len());
        let mut field = self.define_field(definition, node, scope);
        field.oneof = oneof;
        record.fields.push(field);
        definition.options(Owner::Field(FieldRef::Member(definition.id, at)), node.options(), scope);
    }

    fn define_oneof<'t>(
        &mut self,
        definition: &mut Definition<'_, 't, 'a>,
        record: &mut Record,
        oneof: &'t ast::Oneof<'a>,
    ) {
        let scope = self.paths[definition.id.0 as usize];
        let at = files::index(record.oneofs.len());
        let node = self.node(oneof.span, oneof.name.span);
        let meta = self.meta(definition.unit, oneof.comments);
        record.oneofs.push(Oneof { node, name: oneof.name.text.into(), meta });
        definition.options(Owner::Oneof(definition.id, at), &oneof.options, scope);
        for member in &oneof.members {
            self.define_member(definition, record, member.into(), Some(at));
        }
    }

    /// Gives a declaration a node behind all others; its old one is no longer used.
    fn renew_node(&mut self, decl: DeclId) {
        let place = self.map.place(self.schema.decl(decl).node.0);
        let node = self.schema.node();
        if let Some(place) = place {
            self.map.set(node.0, place.whole, place.name);
        }
        self.schema.decl_mut(decl).node = node;
    }

    pub(super) fn define_reserved(&mut self, reserved: &mut Reserved, statement: &ast::Reserved<'_>, max: i32) {
        for range in &statement.ranges {
            let node = self.node_at(range.span);
            let end = range_end(range.end, max);
            reserved.ranges.push(ReservedRange { node, start: range.start.into(), end: end.into() });
        }
        for name in &statement.names {
            let node = self.node_at(name.span);
            reserved.names.push(ReservedName { node, name: name.name.as_ref().into() });
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

/// How many declarations a statement makes, in the order of [`flatten`](crate::schema::link::flat::flatten).
fn declared_by(item: &MessageItem<'_>) -> usize {
    let groups = |members: &[Member<'_>]| members.iter().filter(|member| matches!(member, Member::Group(_))).count();
    match item {
        MessageItem::Message(_) | MessageItem::Enum(_) | MessageItem::Group(_) => 1,
        MessageItem::Extend(extend) => extend.members.len() + groups(&extend.members),
        MessageItem::Oneof(oneof) => groups(&oneof.members),
        MessageItem::Field(_) | MessageItem::Map(_) | MessageItem::Reserved(_) | MessageItem::Extensions(_) => 0,
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
