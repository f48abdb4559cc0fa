//! Messages to syntax trees.
//!
//! A descriptor lists fields and nested messages apart. Maps and groups are in both lists, and
//! where they stand in them is kept: statements are put together so that both lists come out in their order.

use canread_syntax::Span;

use super::Lowering;
use super::opaque::OwnerName;
use super::types::{join, says_true, without_dot};
use crate::schema::MESSAGE_DEPTH_MAX;
use crate::schema::ast::{
    CommentsId, DottedName, Extend, Extensions, Label, Member, Message, MessageItem, NumberRange, Oneof, RangeEnd,
    Reserved, ReservedName, Version, Visibility,
};
use crate::schema::descriptor::{
    DescriptorProto, ExtensionRange, FieldDescriptorProto, FieldLabel, FieldType, NumberRange as DescriptorRange,
};

/// What names are in: a file or a message.
pub(super) struct Scope {
    pub(super) full_name: String,
    pub(super) version: Version,
    pub(super) span: Span,
    /// How many messages are around it, itself included.
    pub(super) depth: usize,
}

impl<'a> Lowering<'a, '_> {
    pub(super) fn message(&mut self, outer: &Scope, descriptor: &'a DescriptorProto<'a>) -> Message<'a> {
        let scope = self.scope_of(outer, descriptor);
        let owner = OwnerName::Decl(&scope.full_name);
        let options = self.options(descriptor.options.as_ref(), "MessageOptions", owner, scope.span);
        Message {
            name: self.name(&descriptor.name, scope.span),
            visibility: visibility(descriptor.visibility),
            options,
            items: self.items(&scope, descriptor),
            span: scope.span,
            comments: CommentsId::NONE,
        }
    }

    pub(super) fn scope_of(&mut self, outer: &Scope, descriptor: &'a DescriptorProto<'a>) -> Scope {
        Scope {
            full_name: join(&outer.full_name, &descriptor.name),
            version: outer.version,
            span: self.trail.inside(outer.span, &descriptor.name),
            depth: outer.depth + 1,
        }
    }

    /// All statements of a message, options apart.
    pub(super) fn items(&mut self, scope: &Scope, descriptor: &'a DescriptorProto<'a>) -> Box<[MessageItem<'a>]> {
        if scope.depth > MESSAGE_DEPTH_MAX {
            self.damaged(scope.span, format!("messages are nested in more than {MESSAGE_DEPTH_MAX} levels"));
            return Box::default();
        }
        let mut items = Vec::new();
        for declared in &descriptor.enum_type {
            items.push(MessageItem::Enum(Box::new(self.enumeration(scope, declared))));
        }
        let mut fields = FieldRun { descriptor, next: 0 };
        let mut extends = ExtendRun::new(&descriptor.extension);
        for nested in &descriptor.nested_type {
            if let Some(at) = fields.that_declares(scope, nested) {
                while fields.next <= at {
                    items.extend(self.next_field(scope, &mut fields));
                }
            } else if extends.is_group(scope, nested) {
                let extends = self.extends_up_to(scope, &mut extends, Some(nested), &descriptor.nested_type);
                items.extend(extends.into_iter().map(|extend| MessageItem::Extend(Box::new(extend))));
            } else {
                items.push(MessageItem::Message(Box::new(self.message(scope, nested))));
            }
        }
        while fields.next < descriptor.field.len() {
            items.extend(self.next_field(scope, &mut fields));
        }
        let rest = self.extends_up_to(scope, &mut extends, None, &descriptor.nested_type);
        items.extend(rest.into_iter().map(|extend| MessageItem::Extend(Box::new(extend))));
        for ranges in descriptor.extension_range.chunk_by(|one, two| one.options == two.options) {
            items.push(MessageItem::Extensions(Box::new(self.extensions(scope, ranges))));
        }
        let ranges = descriptor.reserved_range.iter().map(|range| number_range(range, 1, scope.span)).collect();
        items.extend(reserved(ranges, &descriptor.reserved_name, scope));
        items.into_boxed_slice()
    }

    /// The next field, or the oneof that starts with it.
    fn next_field(&mut self, scope: &Scope, run: &mut FieldRun<'a>) -> Option<MessageItem<'a>> {
        let descriptor = run.descriptor;
        let field = descriptor.field.get(run.next)?;
        run.next += 1;
        let nested = &descriptor.nested_type;
        let index = field.oneof_index.filter(|_| !field.proto3_optional).and_then(|index| usize::try_from(index).ok());
        let Some((index, oneof)) = index.and_then(|index| Some((index, descriptor.oneof_decl.get(index)?))) else {
            if field.oneof_index.is_some() && !field.proto3_optional {
                self.damaged(scope.span, format!("field `{}` is in a oneof that does not exist", field.name));
            }
            return Some(self.field(scope, field, nested));
        };
        let is_member = |other: &FieldDescriptorProto<'_>| {
            !other.proto3_optional && other.oneof_index.is_some_and(|own| usize::try_from(own) == Ok(index))
        };
        if descriptor.field.iter().take(run.next - 1).any(is_member) {
            // The first member has brought the whole oneof.
            return None;
        }
        let span = self.trail.inside(scope.span, &oneof.name);
        let members = descriptor.field.iter().filter(|field| is_member(field));
        let members = members.map(|field| self.member(scope, field, nested)).collect();
        let owner = OwnerName::Oneof(&scope.full_name, &oneof.name);
        let options = self.options(oneof.options.as_ref(), "OneofOptions", owner, span);
        let name = self.name(&oneof.name, span);
        let oneof = Oneof { name, options, members, span, comments: CommentsId::NONE };
        Some(MessageItem::Oneof(Box::new(oneof)))
    }

    fn extensions(&mut self, scope: &Scope, ranges: &'a [ExtensionRange<'a>]) -> Extensions<'a> {
        let span = scope.span;
        let numbers = ranges.iter().map(|range| {
            let end = RangeEnd::Inclusive(range.end.saturating_sub(1));
            NumberRange { start: range.start, end, span }
        });
        let first = ranges.first();
        let owner = OwnerName::ExtensionRange(&scope.full_name, first.map_or(0, |range| range.start));
        let options = first.and_then(|range| range.options.as_ref());
        let kept = self.opaque.len();
        let options = self.options(options, "ExtensionRangeOptions", owner, span);
        // What is kept apart has to be kept for each range of the statement.
        let of_first: Vec<_> = self.opaque.iter().skip(kept).cloned().collect();
        for range in ranges.iter().skip(1) {
            let owner = OwnerName::ExtensionRange(&scope.full_name, range.start);
            self.opaque.extend(of_first.iter().map(|opaque| opaque.clone().of(owner)));
        }
        Extensions { ranges: numbers.collect(), options, span, comments: CommentsId::NONE }
    }

    /// `extend` blocks for all extensions that are left, or for those up to the one that declares a group.
    pub(super) fn extends_up_to(
        &mut self,
        scope: &Scope,
        run: &mut ExtendRun<'a>,
        group: Option<&'a DescriptorProto<'a>>,
        siblings: &'a [DescriptorProto<'a>],
    ) -> Vec<Extend<'a>> {
        let end = match group {
            Some(group) => run.that_declares(scope, group).map_or(run.next, |at| at + 1),
            None => run.extensions.len(),
        };
        let extensions = run.extensions.get(run.next..end).unwrap_or_default();
        run.next = run.next.max(end);
        let blocks = extensions.chunk_by(|one, two| one.extendee == two.extendee);
        blocks.map(|block| self.extend(scope, block, siblings)).collect()
    }

    fn extend(
        &mut self,
        scope: &Scope,
        block: &'a [FieldDescriptorProto<'a>],
        siblings: &'a [DescriptorProto<'a>],
    ) -> Extend<'a> {
        let extendee = block.first().and_then(|field| field.extendee.as_deref()).unwrap_or_default();
        Extend {
            extendee: DottedName { text: extendee.into(), span: scope.span },
            members: block.iter().map(|field| self.extension(scope, field, siblings)).collect(),
            span: scope.span,
            comments: CommentsId::NONE,
        }
    }

    fn member(
        &mut self,
        scope: &Scope,
        field: &'a FieldDescriptorProto<'a>,
        siblings: &'a [DescriptorProto<'a>],
    ) -> Member<'a> {
        let span = self.trail.inside(scope.span, &field.name);
        self.plain_or_group(scope, field, siblings, None, OwnerName::Field(&scope.full_name, &field.name), span)
    }

    fn extension(
        &mut self,
        scope: &Scope,
        field: &'a FieldDescriptorProto<'a>,
        siblings: &'a [DescriptorProto<'a>],
    ) -> Member<'a> {
        let span = self.trail.inside(scope.span, &field.name);
        let full_name = join(&scope.full_name, &field.name);
        let label = label(scope.version, field);
        self.plain_or_group(scope, field, siblings, label, OwnerName::Decl(&full_name), span)
    }
}

/// The fields of a message, as far as statements for them are made.
struct FieldRun<'a> {
    descriptor: &'a DescriptorProto<'a>,
    next: usize,
}

impl FieldRun<'_> {
    /// The field whose map entry or group a nested message is.
    fn that_declares(&self, scope: &Scope, nested: &DescriptorProto<'_>) -> Option<usize> {
        let is_entry = is_map_entry(nested);
        self.descriptor.field.iter().position(|field| {
            let declares = is_group_of(scope, field, nested) || (is_entry && field.ty == Some(FieldType::Message));
            declares && is_type(scope, field, nested)
        })
    }
}

/// The extensions of a file or message, as far as statements for them are made.
pub(super) struct ExtendRun<'a> {
    extensions: &'a [FieldDescriptorProto<'a>],
    next: usize,
}

impl<'a> ExtendRun<'a> {
    pub(super) fn new(extensions: &'a [FieldDescriptorProto<'a>]) -> Self {
        Self { extensions, next: 0 }
    }

    /// Whether a message belongs to an extension that is a group.
    pub(super) fn is_group(&self, scope: &Scope, message: &DescriptorProto<'_>) -> bool {
        self.that_declares(scope, message).is_some()
    }

    fn that_declares(&self, scope: &Scope, message: &DescriptorProto<'_>) -> Option<usize> {
        self.extensions.iter().position(|field| is_group_of(scope, field, message))
    }
}

/// Whether a field and a message beside it are one `group`.
pub(super) fn is_group_of(scope: &Scope, field: &FieldDescriptorProto<'_>, message: &DescriptorProto<'_>) -> bool {
    field.ty == Some(FieldType::Group)
        && message.name.eq_ignore_ascii_case(&field.name)
        && is_type(scope, field, message)
}

/// Whether a message beside a field is its type.
pub(super) fn is_type(scope: &Scope, field: &FieldDescriptorProto<'_>, message: &DescriptorProto<'_>) -> bool {
    let Some(name) = field.type_name.as_deref().map(without_dot) else { return false };
    if scope.full_name.is_empty() {
        return name == message.name;
    }
    let inside = name.strip_prefix(&*scope.full_name).and_then(|rest| rest.strip_prefix('.'));
    inside == Some(&*message.name)
}

/// Whether a message has the option `map_entry`.
pub(super) fn is_map_entry(message: &DescriptorProto<'_>) -> bool {
    message.field.len() == 2 && message.options.as_deref().is_some_and(|options| says_true(options, 7))
}

/// The word in front of a field.
pub(super) fn label(version: Version, field: &FieldDescriptorProto<'_>) -> Option<Label> {
    match field.label {
        Some(FieldLabel::Repeated) => Some(Label::Repeated),
        Some(FieldLabel::Required) => Some(Label::Required),
        _ if version == Version::Proto2 || field.proto3_optional => Some(Label::Optional),
        _ => None,
    }
}

/// The statement that reserves numbers and the one that reserves names, where there are such.
pub(super) fn reserved<'a>(
    ranges: Box<[NumberRange]>,
    names: &'a [std::borrow::Cow<'a, str>],
    scope: &Scope,
) -> impl Iterator<Item = MessageItem<'a>> {
    let span = scope.span;
    let quoted = !scope.version.is_edition();
    let names: Box<[_]> = names.iter().map(|name| ReservedName { name: (&**name).into(), quoted, span }).collect();
    let statement = move |ranges: Box<[NumberRange]>, names: Box<[ReservedName<'a>]>| {
        let is_empty = ranges.is_empty() && names.is_empty();
        (!is_empty)
            .then(|| MessageItem::Reserved(Box::new(Reserved { ranges, names, span, comments: CommentsId::NONE })))
    };
    [statement(ranges, Box::default()), statement(Box::default(), names)].into_iter().flatten()
}

/// A range of a descriptor whose end lies `behind` its last number.
pub(super) fn number_range(range: &DescriptorRange, behind: i32, span: Span) -> NumberRange {
    NumberRange { start: range.start, end: RangeEnd::Inclusive(range.end.saturating_sub(behind)), span }
}

pub(super) fn visibility(number: Option<i32>) -> Option<Visibility> {
    match number {
        Some(1) => Some(Visibility::Local),
        Some(2) => Some(Visibility::Export),
        _ => None,
    }
}
