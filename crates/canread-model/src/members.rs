//! What finds a member of a large declaration without looking at every one of them.

use std::borrow::Cow;

use crate::{Decl, Encoding, EnumValue, Field, Format, Reserved, ReservedRange, Schema};

/// The members of one declaration in the orders in which they are looked up. Of two that have one key (an error that
/// was reported) the one that stands first comes first.
#[derive(Debug, Clone, Default)]
pub(crate) struct Members {
    /// Indexes of fields or enum values, by name.
    by_name: Vec<u32>,
    /// Indexes of fields or enum values that have a number, by that.
    by_number: Vec<u32>,
    /// Indexes of fields, with their names in JSON, by these.
    by_json_name: Vec<(Box<str>, u32)>,
    /// Reserved numbers as runs that do not touch, in order.
    reserved: Vec<(i64, i64)>,
    /// Indexes of reserved ranges, by where they start.
    reserved_ranges: Vec<u32>,
    /// Indexes of reserved names, by name.
    reserved_names: Vec<u32>,
    /// The numbers for extensions, in the same way.
    extensions: Vec<(i64, i64)>,
    /// Names of nested declarations and oneofs, in order.
    others: Vec<Box<str>>,
}

impl Members {
    pub(crate) fn of(schema: &Schema, decl: &Decl) -> Self {
        let mut members = Self::default();
        if let Some(record) = decl.as_record() {
            let fields = &record.fields;
            members.by_name = sorted(fields.len(), |at| &*fields[at].name);
            members.by_number = sorted(fields.len(), |at| number(&fields[at]));
            members.by_number.retain(|&at| fields[at as usize].number.is_some());
            let json_names = (0..).zip(fields).map(|(at, field)| (json_name(schema.format(), field).into(), at));
            members.by_json_name = json_names.collect();
            members.by_json_name.sort();
            members.extensions = runs(record.extension_ranges.iter().map(|range| (range.start, range.end)));
            members.others.extend(record.oneofs.iter().map(|oneof| oneof.name.clone()));
        }
        if let Some(declared) = decl.as_enum() {
            let values = &declared.values;
            members.by_name = sorted(values.len(), |at| &*values[at].name);
            members.by_number = sorted(values.len(), |at| values[at].number);
            members.by_number.retain(|&at| values[at as usize].number.is_some());
        }
        if let Some(reserved) = reserved(decl) {
            members.reserved = runs(reserved.ranges.iter().map(|range| (range.start, range.end)));
            members.reserved_ranges = sorted(reserved.ranges.len(), |at| reserved.ranges[at].start);
            members.reserved_names = sorted(reserved.names.len(), |at| &*reserved.names[at].name);
        }
        members.others.extend(decl.children.iter().filter_map(|child| schema.decl(*child).name.clone()));
        members.others.sort();
        members
    }

    pub(crate) fn field<'a>(&self, fields: &'a [Field], name: &str) -> Option<&'a Field> {
        let at = self.by_name.partition_point(|&at| &*fields[at as usize].name < name);
        let found = &fields[*self.by_name.get(at)? as usize];
        (*found.name == *name).then_some(found)
    }

    pub(crate) fn field_by_number<'a>(&self, fields: &'a [Field], wanted: i32) -> Option<&'a Field> {
        let at = self.by_number.partition_point(|&at| number(&fields[at as usize]) < Some(wanted));
        let found = &fields[*self.by_number.get(at)? as usize];
        (number(found) == Some(wanted)).then_some(found)
    }

    pub(crate) fn fields_by_json_name<'a>(&self, fields: &'a [Field], name: &str) -> impl Iterator<Item = &'a Field> {
        let at = self.by_json_name.partition_point(|(own, _)| &**own < name);
        let found = self.by_json_name[at..].iter().take_while(move |(own, _)| &**own == name);
        found.map(|(_, at)| &fields[*at as usize])
    }

    pub(crate) fn value_place(&self, values: &[EnumValue], name: &str) -> Option<usize> {
        let at = self.by_name.partition_point(|&at| &*values[at as usize].name < name);
        let found = *self.by_name.get(at)? as usize;
        (*values[found].name == *name).then_some(found)
    }

    pub(crate) fn values_by_number<'a>(
        &self,
        values: &'a [EnumValue],
        wanted: i64,
    ) -> impl Iterator<Item = &'a EnumValue> {
        let at = self.by_number.partition_point(|&at| values[at as usize].number < Some(wanted));
        let found = self.by_number[at..].iter().map(|&at| &values[at as usize]);
        found.take_while(move |value| value.number == Some(wanted))
    }

    pub(crate) fn is_number_reserved(&self, number: i64) -> bool {
        is_in(&self.reserved, number)
    }

    pub(crate) fn is_name_reserved(&self, reserved: &Reserved, name: &str) -> bool {
        let names = &reserved.names;
        self.reserved_names.binary_search_by(|&at| (*names[at as usize].name).cmp(name)).is_ok()
    }

    /// Ranges that overlap are an error that was reported; of these, it may be any.
    pub(crate) fn reserved_range<'a>(&self, reserved: &'a Reserved, number: i64) -> Option<&'a ReservedRange> {
        let ranges = &reserved.ranges;
        let at = self.reserved_ranges.partition_point(|&at| ranges[at as usize].start <= number);
        let found = &ranges[*self.reserved_ranges.get(at.checked_sub(1)?)? as usize];
        (found.end >= number).then_some(found)
    }

    pub(crate) fn value_numbers(&self, values: &[EnumValue]) -> Option<(i64, i64)> {
        let number = |at: &u32| values[*at as usize].number;
        Some((number(self.by_number.first()?)?, number(self.by_number.last()?)?))
    }

    pub(crate) fn is_run_for_extensions(&self, (start, end): (i64, i64)) -> bool {
        let at = self.extensions.partition_point(|(_, own_end)| *own_end < start);
        self.extensions.get(at).is_some_and(|(own_start, _)| *own_start <= end)
    }

    pub(crate) fn is_number_for_extensions(&self, number: i64) -> bool {
        is_in(&self.extensions, number)
    }

    pub(crate) fn is_other_named(&self, name: &str) -> bool {
        self.others.binary_search_by(|other| (**other).cmp(name)).is_ok()
    }
}

/// The numbers and names that a declaration sets apart.
pub(crate) fn reserved(decl: &Decl) -> Option<&Reserved> {
    let of_record = decl.as_record().map(|record| &record.reserved);
    of_record.or_else(|| decl.as_enum().map(|declared| &declared.reserved))
}

/// The name of a field in JSON: the one that the schema gives, or for Protobuf the one that ProtoJSON makes of it.
///
/// Source: Protobuf, "ProtoJSON Format", "field names are mapped to lowerCamelCase".
pub(crate) fn json_name(format: Format, field: &Field) -> Cow<'_, str> {
    if let Some(name) = field.name_in(Encoding::Json) {
        return Cow::Borrowed(name);
    }
    if format != Format::Protobuf || !field.name.contains('_') {
        return Cow::Borrowed(&field.name);
    }
    let mut name = String::with_capacity(field.name.len());
    let mut capitalize = false;
    for character in field.name.chars() {
        if character == '_' {
            capitalize = true;
        } else {
            name.push(if capitalize { character.to_ascii_uppercase() } else { character });
            capitalize = false;
        }
    }
    Cow::Owned(name)
}

fn number(field: &Field) -> Option<i32> {
    field.number.map(|number| number.value)
}

/// The numbers below `count` by a key, those of one key in order.
fn sorted<K: Ord>(count: usize, key: impl Fn(usize) -> K) -> Vec<u32> {
    let mut order: Vec<u32> = (0..).take(count).collect();
    order.sort_by_key(|&at| key(at as usize));
    order
}

/// Inclusive runs in order, those that touch or overlap joined; without empty ones.
fn runs(ranges: impl Iterator<Item = (i64, i64)>) -> Vec<(i64, i64)> {
    let mut ranges: Vec<_> = ranges.filter(|(start, end)| start <= end).collect();
    ranges.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match joined.last_mut() {
            Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn is_in(runs: &[(i64, i64)], number: i64) -> bool {
    let at = runs.partition_point(|(_, end)| *end < number);
    runs.get(at).is_some_and(|(start, _)| *start <= number)
}
