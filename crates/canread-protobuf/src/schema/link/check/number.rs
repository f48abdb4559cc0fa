//! Field numbers, enum numbers, and what is reserved.

use canread_model::{DeclId, NodeId, RecordKind, Reserved};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use super::range::{Range, Ranges};
use crate::schema::ast::{EnumItem, MessageItem, Number};
use crate::schema::link::Linker;
use crate::schema::link::define::{FIELD_NUMBER_MAX, MESSAGE_SET_NUMBER_MAX};
use crate::schema::link::flat::fields;

/// Numbers that Protobuf keeps for itself.
///
/// Source: language guide, "Assigning field numbers".
const INTERNAL: std::ops::RangeInclusive<i32> = 19_000..=19_999;

/// One number in use, and the name that it is used under.
#[derive(Debug, Clone)]
struct InUse {
    name: Box<str>,
    name_span: Span,
    number: Number,
}

impl<'a> Linker<'a> {
    pub(super) fn check_record_numbers(&mut self, id: DeclId, items: &[MessageItem<'a>]) {
        let in_use: Vec<InUse> = fields(items)
            .filter_map(|(node, _)| {
                let number = node.number()?;
                Some(InUse { name: node.name().into(), name_span: node.name_span(), number })
            })
            .collect();
        for field in &in_use {
            self.check_field_number(field.number, FIELD_NUMBER_MAX);
        }
        self.check_same_numbers(&in_use, None);
        let record = self.schema.decl(id).as_record().expect("messages are records");
        if record.reserved.ranges.is_empty() && record.reserved.names.is_empty() && record.extension_ranges.is_empty() {
            return;
        }
        let number_max = if record.kind == RecordKind::MessageSet { MESSAGE_SET_NUMBER_MAX } else { FIELD_NUMBER_MAX };
        let reserved = record.reserved.clone();
        let extensions = record.extension_ranges.iter().map(|range| Range {
            start: range.start,
            end: range.end,
            node: range.node,
            is_extension: true,
        });
        let extensions: Vec<Range> = extensions.collect();
        for range in &extensions {
            self.check_range_bounds(range.node, range.start, range.end, 1);
            if range.end > i64::from(number_max) {
                let message = format!("the extension number {} is too large", range.end);
                let error = Diagnostic::error("protobuf/number_out_of_range", message);
                let error = error.at(self.name_span(range.node), format!("the largest is {number_max}"));
                self.report(error.help("`max` stands for the largest number"));
            }
        }
        self.check_reserved(&reserved, extensions, &in_use, 1, "field");
    }

    pub(super) fn check_enum_numbers(&mut self, id: DeclId, items: &[EnumItem<'a>], allow_alias: bool) {
        let in_use: Vec<InUse> = items
            .iter()
            .filter_map(|item| match item {
                EnumItem::Value(value) => {
                    Some(InUse { name: value.name.text.into(), name_span: value.name.span, number: value.number? })
                }
                EnumItem::Reserved(_) => None,
            })
            .collect();
        if !allow_alias {
            self.check_same_numbers(&in_use, Some("to give one number two names, add `option allow_alias = true;`"));
        }
        let declared = self.schema.decl(id).as_enum().expect("enums are enums");
        if declared.reserved != Reserved::default() {
            let reserved = declared.reserved.clone();
            self.check_reserved(&reserved, Vec::new(), &in_use, i64::MIN, "enum value");
        }
    }

    /// A field or extension number on its own.
    pub(super) fn check_field_number(&mut self, number: Number, max: i32) {
        let error = |message: String, text: String| {
            Diagnostic::error("protobuf/number_out_of_range", message).at(number.span, text)
        };
        let value = number.value;
        if value < 1 {
            self.report(error(format!("the field number {value} is too small"), "the smallest is 1".to_owned()));
        } else if value > max {
            self.report(error(format!("the field number {value} is too large"), format!("the largest is {max}")));
        } else if INTERNAL.contains(&value) {
            let text = "19000 to 19999 belong to Protobuf itself".to_owned();
            self.report(error(format!("the field number {value} is not free"), text));
        }
    }

    fn check_same_numbers(&mut self, in_use: &[InUse], help: Option<&str>) {
        let mut seen: FxHashMap<i32, &InUse> = FxHashMap::default();
        let mut errors = Vec::new();
        for user in in_use {
            let first = *seen.entry(user.number.value).or_insert(user);
            if std::ptr::eq(first, user) {
                continue;
            }
            let message = format!("`{}` and `{}` have the same number {}", first.name, user.name, user.number.value);
            let error = Diagnostic::error("protobuf/duplicate_number", message)
                .at(user.number.span, "used again here")
                .at(first.number.span, "first used here");
            let help = help.map_or_else(|| format!("the next free number is {}", next_free(in_use)), str::to_owned);
            errors.push(error.help(help));
        }
        self.diagnostics.extend(errors);
    }

    /// What is reserved, on its own and against what is used.
    fn check_reserved(&mut self, reserved: &Reserved, mut ranges: Vec<Range>, in_use: &[InUse], min: i64, what: &str) {
        for range in &reserved.ranges {
            self.check_range_bounds(range.node, range.start, range.end, min);
            ranges.push(Range { start: range.start, end: range.end, node: range.node, is_extension: false });
        }
        let (ranges, overlaps) = Ranges::new(ranges);
        for (again, first) in overlaps {
            let error = self.overlap(again, first);
            self.report(error);
        }
        let mut names: FxHashMap<&str, NodeId> = FxHashMap::default();
        let mut again: FxHashSet<&str> = FxHashSet::default();
        for name in &reserved.names {
            let first = *names.entry(&name.name).or_insert(name.node);
            if first != name.node && again.insert(&name.name) {
                let message = format!("the name `{}` is reserved twice", name.name);
                let error = Diagnostic::error("protobuf/reserved_twice", message)
                    .at(self.name_span(name.node), "reserved again here");
                self.report(self.also_at(error, first, "first reserved here"));
            }
        }
        for user in in_use {
            if let Some(node) = names.get(&*user.name) {
                let message = format!("the {what} name `{}` is reserved", user.name);
                let error = Diagnostic::error("protobuf/reserved_name", message).at(user.name_span, "used here");
                self.report(self.also_at(error, *node, "reserved here").help("choose another name"));
            }
            if let Some(range) = ranges.holding(user.number.value.into()) {
                let error = self.taken(user, range, what);
                self.report(error);
            }
        }
    }

    fn taken(&self, user: &InUse, range: Range, what: &str) -> Diagnostic {
        let number = user.number.value;
        let (code, state, place) = if range.is_extension {
            ("protobuf/number_for_extensions", "is set aside for extensions", "set aside here")
        } else {
            ("protobuf/reserved_number", "is reserved", "reserved here")
        };
        let error = Diagnostic::error(code, format!("the number {number} of {what} `{}` {state}", user.name))
            .at(user.number.span, "used here");
        self.also_at(error, range.node, place).help("choose another number")
    }

    fn overlap(&self, again: Range, first: Range) -> Diagnostic {
        let kind = |range: Range| if range.is_extension { "for extensions" } else { "reserved" };
        let message = format!(
            "the numbers {} ({}) overlap the numbers {} ({})",
            text(again),
            kind(again),
            text(first),
            kind(first)
        );
        let error = Diagnostic::error("protobuf/ranges_overlap", message).at(self.name_span(again.node), "again here");
        self.also_at(error, first.node, "first here")
    }

    fn check_range_bounds(&mut self, node: NodeId, start: i64, end: i64, min: i64) {
        let error = |message: String, text: String, span: Span| {
            Diagnostic::error("protobuf/number_out_of_range", message).at(span, text)
        };
        let span = self.name_span(node);
        if start < min {
            self.report(error(format!("the number {start} is too small"), format!("the smallest is {min}"), span));
        }
        if end < start {
            let message = format!("the range ends at {end}, before it starts at {start}");
            self.report(error(message, "ends before it starts".to_owned(), span));
        }
    }
}

fn text(range: Range) -> String {
    if range.start == range.end { range.start.to_string() } else { format!("{} to {}", range.start, range.end) }
}

/// A number that no field has, for suggestions: the one behind the largest.
fn next_free(in_use: &[InUse]) -> i32 {
    let largest = in_use.iter().map(|user| user.number.value).filter(|number| *number < FIELD_NUMBER_MAX).max();
    let next = largest.unwrap_or(0).saturating_add(1);
    if INTERNAL.contains(&next) { INTERNAL.end() + 1 } else { next }
}
