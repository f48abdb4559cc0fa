//! Messages, with the ones that nobody wrote: entries of maps.

use canread_model::{Decl, Field, Map, NodeId, Record, TypeKind};

use super::Raiser;
use super::declaration::{number_range, own_name, saturating, visibility};
use crate::schema::descriptor::{
    DescriptorProto, ExtensionRange, FieldDescriptorProto, FieldLabel, OneofDescriptorProto,
};

impl<'s> Raiser<'s> {
    pub(super) fn message(&mut self, decl: &'s Decl, record: &'s Record) -> DescriptorProto<'s> {
        let declarations = self.declarations(&decl.children);
        let mut nested: Vec<(NodeId, DescriptorProto<'s>)> = declarations.messages;
        for field in &record.fields {
            if let TypeKind::Map(map) = &field.ty.kind {
                nested.push((field.node, self.map_entry(field, map)));
            }
        }
        nested.sort_by_key(|(node, _)| *node);
        let mut message = DescriptorProto {
            name: own_name(decl),
            field: record.fields.iter().map(|field| self.member(decl, field)).collect(),
            nested_type: nested.into_iter().map(|(_, message)| message).collect(),
            enum_type: declarations.enums,
            extension_range: self.extension_ranges(decl, record),
            extension: declarations.extensions,
            options: self.options("MessageOptions", &decl.meta.annotations, &decl.full_name),
            oneof_decl: self.oneofs(decl, record),
            reserved_range: record.reserved.ranges.iter().map(|range| number_range(range, 1)).collect(),
            reserved_name: record.reserved.names.iter().map(|reserved| (&*reserved.name).into()).collect(),
            visibility: visibility(decl.visibility),
            unknown: Vec::new(),
        };
        add_synthetic_oneofs(&mut message);
        message
    }

    fn extension_ranges(&mut self, decl: &Decl, record: &'s Record) -> Vec<ExtensionRange<'s>> {
        let range = |range: &'s canread_model::ExtensionRange| ExtensionRange {
            start: saturating(range.start),
            end: saturating(range.end + 1),
            options: self.options("ExtensionRangeOptions", &range.meta.annotations, &decl.full_name),
            unknown: Vec::new(),
        };
        record.extension_ranges.iter().map(range).collect()
    }

    fn oneofs(&mut self, decl: &Decl, record: &'s Record) -> Vec<OneofDescriptorProto<'s>> {
        let oneof = |oneof: &'s canread_model::Oneof| OneofDescriptorProto {
            name: (&*oneof.name).into(),
            options: self.options(
                "OneofOptions",
                &oneof.meta.annotations,
                &format!("{}.{}", decl.full_name, oneof.name),
            ),
            unknown: Vec::new(),
        };
        record.oneofs.iter().map(oneof).collect()
    }

    /// The message that a map's entries are on the wire.
    fn map_entry(&mut self, field: &'s Field, map: &'s Map) -> DescriptorProto<'s> {
        let mut key = self.entry_field("key", 1, &map.key);
        let mut value = self.entry_field("value", 2, &map.value);
        // protoc hands the features of the map down to both.
        let is_feature = |path: &str| path == "features" || path.starts_with("features.");
        let features = || field.meta.annotations.iter().filter(|annotation| is_feature(&annotation.path));
        key.options = self.chosen_options("FieldOptions", features(), &field.name);
        value.options.clone_from(&key.options);
        DescriptorProto {
            name: entry_name(&field.name).into(),
            field: vec![key, value],
            // `map_entry = true`
            options: Some((&[0x38, 1][..]).into()),
            ..DescriptorProto::default()
        }
    }
}

/// The name of the message that a map's entries are: `line_items` gives `LineItemsEntry`.
///
/// Source: protoc's parser, `MapEntryName`.
pub(super) fn entry_name(field: &str) -> String {
    let mut name = String::with_capacity(field.len() + 5);
    let mut capital = true;
    for character in field.chars() {
        if character == '_' {
            capital = true;
            continue;
        }
        name.push(if capital { character.to_ascii_uppercase() } else { character });
        capital = false;
    }
    name.push_str("Entry");
    name
}

/// Gives each `optional` field of proto3 a oneof of its own, behind the real ones.
///
/// Source: protoc's parser, `GenerateSyntheticOneofs`.
fn add_synthetic_oneofs(message: &mut DescriptorProto<'_>) {
    if !message.field.iter().any(|field| field.proto3_optional) {
        return;
    }
    let fields = message.field.iter().map(|field| field.name.to_string());
    let oneofs = message.oneof_decl.iter().map(|oneof| oneof.name.to_string());
    let mut taken: Vec<String> = fields.chain(oneofs).collect();
    taken.sort_unstable();
    for field in message.field.iter_mut().filter(|field| field.proto3_optional) {
        let mut name = if field.name.starts_with('_') { field.name.to_string() } else { format!("_{}", field.name) };
        while taken.binary_search(&name).is_ok() {
            name.insert(0, 'X');
        }
        let at = taken.partition_point(|other| *other < name);
        taken.insert(at, name.clone());
        field.oneof_index = i32::try_from(message.oneof_decl.len()).ok();
        message.oneof_decl.push(OneofDescriptorProto { name: name.into(), ..OneofDescriptorProto::default() });
    }
}

impl<'s> Raiser<'s> {
    fn entry_field(&mut self, name: &'s str, number: i32, ty: &'s canread_model::Type) -> FieldDescriptorProto<'s> {
        FieldDescriptorProto {
            name: name.into(),
            number,
            label: Some(FieldLabel::Optional),
            ty: self.field_type(ty, false, name),
            type_name: self.type_name(ty),
            json_name: Some(name.into()),
            ..FieldDescriptorProto::default()
        }
    }
}
