//! Messages, oneofs, extend blocks, and the ranges of numbers in them.

use canread_model::{
    Decl, DeclId, DeclKind, Dialect, ExtensionRange, Meta, NodeId, Record, RecordKind, TypeKind, Visibility,
};

use super::{Page, docs, literal, options};

/// The largest field number.
const FIELD_NUMBER_MAX: i64 = (1 << 29) - 1;
/// The largest number in a message with `message_set_wire_format`.
const MESSAGE_SET_NUMBER_MAX: i64 = i32::MAX as i64 - 1;

/// Something that stands in a file or message.
pub(super) struct Item {
    /// Items are printed in the order of their nodes.
    pub(super) node: NodeId,
    pub(super) kind: ItemKind,
}

/// What stands there; numbers are indexes into the record.
pub(super) enum ItemKind {
    Field(usize),
    Oneof(usize),
    ReservedRanges,
    ReservedNames,
    /// Extension ranges `start..end` of one statement.
    Extensions(usize, usize),
    Extend {
        extensions: Vec<DeclId>,
        block: u32,
        extendee: TypeKind,
    },
    Decl(DeclId),
}

impl ItemKind {
    /// Items of one class stand without blank lines between them, unless they take several lines by nature.
    fn class(&self) -> Option<u8> {
        match self {
            Self::Field(_) => Some(0),
            Self::ReservedRanges | Self::ReservedNames => Some(1),
            Self::Extensions(..) => Some(2),
            _ => None,
        }
    }
}

impl<'p> Page<'p> {
    /// Prints a message, with a word in front and whatever the caller puts between name and brace.
    pub(super) fn message(&mut self, decl: &'p Decl, record: &'p Record, head: &str) {
        docs::leading(&mut self.text, &decl.meta);
        let place = self.place_around(&decl.full_name);
        let settings = options::settings(&place, &decl.meta.annotations);
        let items = self.message_items(decl, record);
        if settings.is_empty() && items.is_empty() && !docs::has_trailing(&decl.meta) {
            self.text.line(&format!("{head} {{}}"));
            return;
        }
        self.text.open(&format!("{head} {{{}", docs::trailing_inline(&decl.meta)));
        docs::trailing_below(&mut self.text, &decl.meta);
        options::statements(&mut self.text, &settings);
        self.text.blank();
        self.items_of(Some((decl, record)), &decl.full_name, items);
        self.text.close("}");
    }

    /// Everything in a message, options apart.
    fn message_items(&self, decl: &Decl, record: &Record) -> Vec<Item> {
        let mut items = Vec::new();
        for (index, field) in record.fields.iter().enumerate() {
            if field.oneof.is_none() {
                items.push(Item { node: field.node, kind: ItemKind::Field(index) });
            }
        }
        for (index, oneof) in record.oneofs.iter().enumerate() {
            items.push(Item { node: oneof.node, kind: ItemKind::Oneof(index) });
        }
        if let Some(range) = record.reserved.ranges.first() {
            items.push(Item { node: range.node, kind: ItemKind::ReservedRanges });
        }
        if let Some(name) = record.reserved.names.first() {
            items.push(Item { node: name.node, kind: ItemKind::ReservedNames });
        }
        let mut start = 0;
        for run in record.extension_ranges.chunk_by(|one, two| one.statement == two.statement) {
            let end = start + run.len();
            items.extend(run.first().map(|range| Item { node: range.node, kind: ItemKind::Extensions(start, end) }));
            start = end;
        }
        let groups: Vec<DeclId> =
            record.fields.iter().filter_map(|field| self.group_of(field, &decl.children)).collect();
        items.extend(self.declarations(&decl.children, &groups));
        items
    }

    /// Prints the items of a file.
    pub(super) fn items(&mut self, scope: &'p str, items: Vec<Item>) {
        self.items_of(None, scope, items);
    }

    /// Prints items in the order of their nodes, with blank lines where they help.
    fn items_of(&mut self, holder: Option<(&'p Decl, &'p Record)>, scope: &'p str, mut items: Vec<Item>) {
        items.sort_by_key(|item| item.node);
        let mut before = None;
        for Item { kind, .. } in &items {
            let class = kind.class().filter(|_| !self.is_group(holder, kind));
            if class.is_none() || class != before || stands_apart(holder, kind) {
                self.text.blank();
            }
            before = class;
            match (kind, holder) {
                (ItemKind::Decl(id), _) => self.declaration(*id),
                (ItemKind::Extend { extensions, .. }, _) => self.extend(scope, extensions),
                (kind, Some((decl, record))) => self.member(decl, record, kind),
                _ => {}
            }
            if class.is_none() {
                self.text.blank();
            }
        }
    }

    /// Whether an item is a field that brings its message along.
    fn is_group(&self, holder: Option<(&Decl, &Record)>, kind: &ItemKind) -> bool {
        let (ItemKind::Field(index), Some((decl, record))) = (kind, holder) else { return false };
        record.fields.get(*index).is_some_and(|field| self.group_of(field, &decl.children).is_some())
    }

    /// Prints something that only a message can hold.
    fn member(&mut self, decl: &'p Decl, record: &'p Record, kind: &ItemKind) {
        match kind {
            ItemKind::Field(index) => {
                if let Some(field) = record.fields.get(*index) {
                    self.field(&decl.full_name, field, &decl.children, super::field::Holder::Message);
                }
            }
            ItemKind::Oneof(index) => self.oneof(decl, record, *index),
            ItemKind::ReservedRanges => {
                let max = number_max(record);
                let ranges = joined(record.reserved.ranges.iter().map(|range| range_text(range.start, range.end, max)));
                self.text.line(&format!("reserved {ranges};"));
            }
            ItemKind::ReservedNames => {
                let names = record.reserved.names.iter().map(|reserved| self.reserved_name(&reserved.name));
                self.text.line(&format!("reserved {};", joined(names)));
            }
            ItemKind::Extensions(start, end) => {
                if let Some(ranges) = record.extension_ranges.get(*start..*end) {
                    self.extensions(decl, record, ranges);
                }
            }
            ItemKind::Extend { .. } | ItemKind::Decl(_) => {}
        }
    }

    /// Before editions a reserved name is a string, since then it is a bare name.
    pub(super) fn reserved_name(&self, name: &str) -> String {
        if matches!(self.module.dialect, Dialect::Edition(_)) {
            return name.to_owned();
        }
        let mut out = String::new();
        literal::string(&mut out, name);
        out
    }

    fn oneof(&mut self, decl: &'p Decl, record: &'p Record, index: usize) {
        let Some(oneof) = record.oneofs.get(index) else { return };
        let members = record.fields.iter().filter(|field| field.oneof.is_some_and(|own| own as usize == index));
        docs::leading(&mut self.text, &oneof.meta);
        self.text.open(&format!("oneof {} {{{}", oneof.name, docs::trailing_inline(&oneof.meta)));
        docs::trailing_below(&mut self.text, &oneof.meta);
        let settings = options::settings(&self.place(&decl.full_name), &oneof.meta.annotations);
        options::statements(&mut self.text, &settings);
        self.text.blank();
        for field in members {
            if docs::stand_apart(&field.meta) {
                self.text.blank();
            }
            self.field(&decl.full_name, field, &decl.children, super::field::Holder::Oneof);
        }
        self.text.close("}");
    }

    fn extensions(&mut self, decl: &'p Decl, record: &Record, ranges: &[ExtensionRange]) {
        let max = number_max(record);
        let numbers = joined(ranges.iter().map(|range| range_text(range.start, range.end, max)));
        let nothing = Meta::default();
        let meta = ranges.first().map_or(&nothing, |range| &range.meta);
        let settings = options::settings(&self.place_around(&decl.full_name), &meta.annotations);
        options::statement(&mut self.text, meta, &format!("extensions {numbers}"), &settings);
    }

    fn extend(&mut self, scope: &'p str, extensions: &[DeclId]) {
        let schema = self.schema;
        let Some(first) = extensions.first().map(|id| schema.decl(*id)) else { return };
        let extendee = first.as_extension().map(|extension| self.type_name(scope, &extension.extendee));
        self.text.open(&format!("extend {} {{", extendee.unwrap_or_default()));
        let siblings = match first.parent {
            Some(parent) => &schema.decl(parent).children,
            None => &self.module.decls,
        };
        for decl in extensions.iter().map(|id| schema.decl(*id)) {
            let Some(extension) = decl.as_extension() else { continue };
            if docs::stand_apart(&extension.field.meta) {
                self.text.blank();
            }
            self.field(scope, &extension.field, siblings, super::field::Holder::Extend);
        }
        self.text.close("}");
    }

    fn declaration(&mut self, id: DeclId) {
        let decl = self.schema.decl(id);
        let name = decl.name.as_deref().unwrap_or_default();
        let word = visibility(decl.visibility);
        match &decl.kind {
            DeclKind::Record(record) => {
                if record.kind == RecordKind::Group {
                    self.cannot_say(&decl.full_name, "it is the message of a group whose field is not beside it");
                }
                self.message(decl, record, &format!("{word}message {name}"));
            }
            DeclKind::Enum(declared) => self.enumeration(decl, declared, &format!("{word}enum {name}")),
            DeclKind::Service(service) => self.service(decl, service),
            _ => self.cannot_say(&decl.full_name, "the language has no declaration of this kind"),
        }
    }
}

/// Whether an item asks for a blank line above itself.
fn stands_apart(holder: Option<(&Decl, &Record)>, kind: &ItemKind) -> bool {
    match (kind, holder) {
        (ItemKind::Field(index), Some((_, record))) => {
            record.fields.get(*index).is_some_and(|field| docs::stand_apart(&field.meta))
        }
        _ => false,
    }
}

fn visibility(visibility: Visibility) -> &'static str {
    match visibility {
        Visibility::Export => "export ",
        Visibility::Local => "local ",
        _ => "",
    }
}

/// The number that `max` stands for in a message.
fn number_max(record: &Record) -> i64 {
    if record.kind == RecordKind::MessageSet { MESSAGE_SET_NUMBER_MAX } else { FIELD_NUMBER_MAX }
}

/// `1`, `5 to 9`, `100 to max`.
pub(super) fn range_text(start: i64, end: i64, max: i64) -> String {
    if end == max && start != end {
        format!("{start} to max")
    } else if start == end {
        start.to_string()
    } else {
        format!("{start} to {end}")
    }
}

pub(super) fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
