//! Fields to syntax trees.

use canread_syntax::Span;

use super::Lowering;
use super::message::{Scope, is_group_of, is_map_entry, is_type, label};
use super::opaque::OwnerName;
use super::value::float;
use crate::schema::ast::{
    CommentsId, Field, Group, Label, MapField, Member, MessageItem, NamePart, Number, OptionDecl, Scalar, Type,
    TypeKind, Value, ValueKind,
};
use crate::schema::descriptor::raise::json_name;
use crate::schema::descriptor::{DescriptorProto, FieldDescriptorProto, FieldType};

impl<'a> Lowering<'a, '_> {
    /// A field that is in no oneof.
    pub(super) fn field(
        &mut self,
        scope: &Scope,
        field: &'a FieldDescriptorProto<'a>,
        siblings: &'a [DescriptorProto<'a>],
    ) -> MessageItem<'a> {
        let span = self.trail.inside(scope.span, &field.name);
        let owner = OwnerName::Field(&scope.full_name, &field.name);
        let entry = siblings.iter().find(|message| is_map_entry(message) && is_type(scope, field, message));
        if let Some([key, value]) = entry.map(|entry| entry.field.as_slice()) {
            return MessageItem::Map(Box::new(MapField {
                name: self.name(&field.name, span),
                key: self.field_type(key, span),
                value: self.field_type(value, span),
                type_span: span,
                number: Some(Number { value: field.number, span }),
                options: self.field_options(field, owner, span),
                span,
                comments: CommentsId::NONE,
            }));
        }
        match self.plain_or_group(scope, field, siblings, label(scope.version, field), owner, span) {
            Member::Field(field) => MessageItem::Field(field),
            Member::Group(group) => MessageItem::Group(group),
        }
    }

    /// A field that is no map.
    pub(super) fn plain_or_group(
        &mut self,
        scope: &Scope,
        field: &'a FieldDescriptorProto<'a>,
        siblings: &'a [DescriptorProto<'a>],
        label: Option<Label>,
        owner: OwnerName<'_>,
        span: Span,
    ) -> Member<'a> {
        let number = Some(Number { value: field.number, span });
        let options = self.field_options(field, owner, span);
        if let Some(group) = siblings.iter().find(|message| is_group_of(scope, field, message)) {
            let inner = self.scope_of(scope, group);
            let owner = OwnerName::Decl(&inner.full_name);
            return Member::Group(Box::new(Group {
                name: self.name(&group.name, inner.span),
                number,
                field_options: options,
                options: self.options(group.options.as_ref(), "MessageOptions", owner, inner.span),
                items: self.items(&inner, group),
                type_span: span,
                span,
                comments: CommentsId::NONE,
                label,
            }));
        }
        if field.ty == Some(FieldType::Group) {
            self.damaged(span, "a group whose message is not declared beside it cannot be read");
        }
        let ty = self.field_type(field, span);
        let name = self.name(&field.name, span);
        Member::Field(Field { name, ty, number, options, span, comments: CommentsId::NONE, label })
    }

    fn field_type(&mut self, field: &'a FieldDescriptorProto<'a>, span: Span) -> Type<'a> {
        let scalar = field.ty.and_then(scalar);
        let kind = match (scalar, field.type_name.as_deref()) {
            (Some(scalar), _) => TypeKind::Scalar(scalar),
            (None, Some(name)) => TypeKind::Named(name.into()),
            (None, None) => {
                self.damaged(span, "a field without a type cannot be read");
                TypeKind::Scalar(Scalar::Bytes)
            }
        };
        Type { kind, span }
    }

    /// The options of a field, with those that a descriptor keeps elsewhere.
    fn field_options(
        &mut self,
        field: &'a FieldDescriptorProto<'a>,
        owner: OwnerName<'_>,
        span: Span,
    ) -> Box<[OptionDecl<'a>]> {
        let mut options = Vec::new();
        let mut add = |name: &'static str, kind| {
            let name = Box::new([NamePart { text: name.into(), is_extension: false, span }]);
            let value = Value { kind, span };
            options.push(OptionDecl { name, value, name_span: span, span, comments: CommentsId::NONE });
        };
        if let Some(text) = field.default_value.as_deref() {
            if let Some(value) = default_value(field.ty, text) {
                add("default", value);
            } else {
                let message = format!("default \"{}\" is no value of the field's type", text.escape_debug());
                self.damaged(span, message);
            }
        }
        let own_json_name = field.json_name.as_deref().filter(|name| *name != json_name(&field.name));
        if let Some(name) = own_json_name {
            add("json_name", ValueKind::String(name.as_bytes().into()));
        }
        options.extend(self.options(field.options.as_ref(), "FieldOptions", owner, span));
        options.into_boxed_slice()
    }
}

fn scalar(ty: FieldType) -> Option<Scalar> {
    Some(match ty {
        FieldType::Double => Scalar::Double,
        FieldType::Float => Scalar::Float,
        FieldType::Int64 => Scalar::Int64,
        FieldType::Uint64 => Scalar::Uint64,
        FieldType::Int32 => Scalar::Int32,
        FieldType::Fixed64 => Scalar::Fixed64,
        FieldType::Fixed32 => Scalar::Fixed32,
        FieldType::Bool => Scalar::Bool,
        FieldType::String => Scalar::String,
        FieldType::Bytes => Scalar::Bytes,
        FieldType::Uint32 => Scalar::Uint32,
        FieldType::Sfixed32 => Scalar::Sfixed32,
        FieldType::Sfixed64 => Scalar::Sfixed64,
        FieldType::Sint32 => Scalar::Sint32,
        FieldType::Sint64 => Scalar::Sint64,
        FieldType::Group | FieldType::Message | FieldType::Enum => return None,
    })
}

/// A default in protoc's spelling, as it would be written.
fn default_value(ty: Option<FieldType>, text: &str) -> Option<ValueKind<'_>> {
    Some(match ty {
        Some(FieldType::String) => ValueKind::String(text.as_bytes().into()),
        Some(FieldType::Bytes) => ValueKind::String(unescaped(text)?.into()),
        Some(FieldType::Bool) if !matches!(text, "true" | "false") => return None,
        // A field without a type can only be an enum where it has a default.
        Some(FieldType::Bool | FieldType::Enum) | None => ValueKind::Ident { negative: false, name: text },
        Some(FieldType::Double | FieldType::Float) => float(text.parse().ok()?),
        Some(FieldType::Message | FieldType::Group) => return None,
        _ => {
            let (negative, digits) = text.strip_prefix('-').map_or((false, text), |digits| (true, digits));
            ValueKind::Int { negative, magnitude: digits.parse().ok()? }
        }
    })
}

/// Bytes from C escapes: the ones that protoc writes, and the others of the language.
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, behind @ ..] = rest {
        rest = behind;
        if *first != b'\\' {
            out.push(*first);
            continue;
        }
        let [escape, behind @ ..] = rest else { return None };
        rest = behind;
        out.push(match escape {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'a' => 7,
            b'b' => 8,
            b'v' => 11,
            b'f' => 12,
            b'0'..=b'7' => {
                let more = rest.iter().take(2).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
                let (digits, behind) = rest.split_at(more);
                rest = behind;
                let value =
                    digits.iter().fold(u32::from(escape - b'0'), |value, digit| value * 8 + u32::from(digit - b'0'));
                u8::try_from(value).ok()?
            }
            b'x' | b'X' => {
                let more = rest.iter().take(2).take_while(|digit| digit.is_ascii_hexdigit()).count();
                let (digits, behind) = rest.split_at(more);
                rest = behind;
                u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?
            }
            other => *other,
        });
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_bytes_are_read() {
        assert_eq!(unescaped(r#"a\000\376\n\"\'\\\x41"#).as_deref(), Some(&b"a\0\xfe\n\"'\\A"[..]));
        assert_eq!(unescaped("\\"), None);
        assert_eq!(unescaped("\\777"), None);
    }

    #[test]
    fn defaults_that_do_not_fit_are_refused() {
        assert_eq!(default_value(Some(FieldType::Bool), "yes"), None);
        assert_eq!(default_value(Some(FieldType::Int32), "1.5"), None);
        assert_eq!(
            default_value(Some(FieldType::Sint64), "-9223372036854775808"),
            Some(ValueKind::Int { negative: true, magnitude: 1 << 63 })
        );
        assert_eq!(
            default_value(Some(FieldType::Float), "-inf"),
            Some(ValueKind::Ident { negative: true, name: "inf" })
        );
    }
}
