//! Values of options: everything but message literals.

use canread_model::{DeclId, Enum, Int, Literal, TypeKind};
use canread_syntax::{Diagnostic, Span};

use super::{Context, Failure, Late, Read, Use};
use crate::schema::ast::{Value, ValueKind};
use crate::schema::link::resolve::is_near;
use crate::schema::link::{FieldRef, Linker};

/// In which language a value is written; the text format takes more spellings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    /// Behind the equals sign of an option.
    Option,
    /// Inside a message literal.
    Text,
}

impl Linker<'_> {
    /// The value of an option, with the type of the field that the option's name ends in.
    pub(super) fn option_value(&self, field: FieldRef, value: &Value<'_>, context: &mut Context<'_>) -> Read<Literal> {
        let ty = &self.option_field(field).ty;
        let kind = match &ty.kind {
            TypeKind::List(list) => &list.item.kind,
            kind => kind,
        };
        self.value(field, kind, value, Syntax::Option, context)
    }

    /// One value of a type: for a list, of its items.
    pub(super) fn value(
        &self,
        field: FieldRef,
        kind: &TypeKind,
        value: &Value<'_>,
        syntax: Syntax,
        context: &mut Context<'_>,
    ) -> Read<Literal> {
        match kind {
            TypeKind::Int(int) => integer(*int, value),
            TypeKind::Float { .. } => float(value, syntax, context.text),
            TypeKind::Bool => boolean(value, syntax),
            TypeKind::String(_) => string(value),
            TypeKind::Bytes => bytes(value),
            TypeKind::Map(map) => self.map_entry(field, map, value, context),
            TypeKind::Ref(decl) => match self.option_schema().decl(*decl).as_enum() {
                Some(declared) => self.enum_value(field, *decl, declared, value, syntax, context),
                None => self.message_value(field, *decl, value, context),
            },
            // The type of the field is not known, which has been reported where the field is declared.
            _ => Ok(Literal::Null),
        }
    }

    fn enum_value(
        &self,
        field: FieldRef,
        decl: DeclId,
        declared: &Enum,
        value: &Value<'_>,
        syntax: Syntax,
        context: &mut Context<'_>,
    ) -> Read<Literal> {
        let at = match &value.kind {
            ValueKind::Ident { negative: false, name } => {
                let at = self.value_by_name(decl, declared, name);
                at.ok_or_else(|| self.no_such_value(decl, declared, name, value.span))?
            }
            ValueKind::Int { .. } if syntax == Syntax::Text => {
                let int = integer(Int { bits: 32, signed: true, encoding: canread_model::IntEncoding::Varint }, value)?;
                let Literal::Int(number) = int else { return Ok(int) };
                let at = i64::try_from(number).ok().and_then(|number| self.value_by_number(decl, declared, number));
                match at {
                    Some(at) => at,
                    None if self.is_of_current_file(decl) => {
                        context.late.push(Late::Number { declared: decl, number, span: value.span });
                        return Ok(int);
                    }
                    None if declared.is_open => return Ok(int),
                    None => return Err(Failure::from(self.no_such_number(decl, number, value.span))),
                }
            }
            _ => return Err(expected("the name of an enum value", value)),
        };
        context.uses.push(Use { field, value: Some((decl, at)), target: context.target, span: value.span });
        Ok(Literal::Symbol(declared.values[at as usize].name.clone()))
    }

    /// Whether features of a declaration may not be resolved yet.
    pub(super) fn is_of_current_file(&self, decl: DeclId) -> bool {
        self.universe.built_in().is_none() && self.schema.decl(decl).module.0 == self.current
    }

    pub(in crate::schema::link) fn no_such_number(&self, decl: DeclId, number: i128, span: Span) -> Diagnostic {
        let message = format!("`{}` has no value of number {number}", self.name_of(decl));
        Diagnostic::error("protobuf/option_value", message).at(span, "the enum is closed")
    }

    fn no_such_value(&self, decl: DeclId, declared: &Enum, name: &str, span: Span) -> Failure {
        let message = format!("`{}` has no value `{name}`", self.name_of(decl));
        let error = Diagnostic::error("protobuf/option_value", message).at(span, "not a value of this enum");
        let near = declared.values.iter().find(|value| is_near(&value.name, name));
        let names: Vec<_> = declared.values.iter().take(5).map(|value| format!("`{}`", value.name)).collect();
        Failure::from(match near {
            Some(near) => error.help(format!("did you mean `{}`?", near.name)),
            None if declared.values.len() <= 5 => error.help(format!("its values are {}", names.join(", "))),
            None => error,
        })
    }

    fn name_of(&self, decl: DeclId) -> &str {
        &self.option_schema().decl(decl).full_name
    }
}

/// An integer that fits its type.
pub(super) fn integer(int: Int, value: &Value<'_>) -> Read<Literal> {
    let ValueKind::Int { negative, magnitude } = value.kind else {
        return Err(expected("an integer", value));
    };
    let number = if negative { -i128::from(magnitude) } else { i128::from(magnitude) };
    let bits = u32::from(int.bits.clamp(1, 64));
    let (min, max) =
        if int.signed { (-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1) } else { (0, (1_i128 << bits) - 1) };
    if number < min || number > max || (negative && !int.signed) {
        let sign = if int.signed { "int" } else { "uint" };
        let message = format!("{number} does not fit into {sign}{bits}");
        return Err(mismatch(message, value.span, &format!("allowed are {min} to {max}")));
    }
    Ok(Literal::Int(number))
}

/// A number, infinite or not.
///
/// In the text format an integer must be decimal to stand for one; `text` is that of the file.
pub(super) fn float(value: &Value<'_>, syntax: Syntax, text: &str) -> Read<Literal> {
    let number = match &value.kind {
        ValueKind::Float(number) | ValueKind::BigInt(number) => *number,
        ValueKind::Int { .. } if syntax == Syntax::Text && !is_decimal(text, value.span) => {
            return Err(mismatch("expected a decimal number".to_owned(), value.span, "octal or hexadecimal"));
        }
        #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is meant")]
        ValueKind::Int { negative, magnitude } => {
            let number = *magnitude as f64;
            if *negative { -number } else { number }
        }
        ValueKind::Ident { negative, name } => {
            let (is_infinite, is_nan) = match syntax {
                Syntax::Option => (*name == "inf", *name == "nan"),
                Syntax::Text => (
                    name.eq_ignore_ascii_case("inf") || name.eq_ignore_ascii_case("infinity"),
                    name.eq_ignore_ascii_case("nan"),
                ),
            };
            match (is_infinite, is_nan, negative) {
                (true, _, false) => f64::INFINITY,
                (true, _, true) => f64::NEG_INFINITY,
                (_, true, _) => f64::NAN,
                _ => return Err(expected("a number", value)),
            }
        }
        _ => return Err(expected("a number", value)),
    };
    Ok(Literal::Float(number))
}

fn is_decimal(text: &str, span: Span) -> bool {
    let number = text.get(span.range()).unwrap_or_default().trim_start_matches(['-', ' ']);
    number.len() < 2 || !number.starts_with('0')
}

pub(super) fn boolean(value: &Value<'_>, syntax: Syntax) -> Read<Literal> {
    let is_text = syntax == Syntax::Text;
    let truth = match &value.kind {
        ValueKind::Ident { negative: false, name } => match *name {
            "true" => true,
            "false" => false,
            "True" | "t" if is_text => true,
            "False" | "f" if is_text => false,
            _ => return Err(expected("`true` or `false`", value)),
        },
        ValueKind::Int { negative: false, magnitude: magnitude @ 0..=1 } if is_text => *magnitude == 1,
        _ => return Err(expected("`true` or `false`", value)),
    };
    Ok(Literal::Bool(truth))
}

/// Text; bytes that are no text are kept as bytes.
pub(super) fn string(value: &Value<'_>) -> Read<Literal> {
    let ValueKind::String(bytes) = &value.kind else { return Err(expected("a string", value)) };
    Ok(match std::str::from_utf8(bytes) {
        Ok(text) => Literal::String(text.into()),
        Err(_) => Literal::Bytes(bytes.as_ref().into()),
    })
}

pub(super) fn bytes(value: &Value<'_>) -> Read<Literal> {
    let ValueKind::String(bytes) = &value.kind else { return Err(expected("a string", value)) };
    Ok(Literal::Bytes(bytes.as_ref().into()))
}

/// The error for a value of the wrong kind.
pub(super) fn expected(wanted: &str, value: &Value<'_>) -> Failure {
    expectation(wanted, value).into()
}

pub(super) fn expectation(wanted: &str, value: &Value<'_>) -> Diagnostic {
    let found = match &value.kind {
        ValueKind::Ident { negative: false, name } => format!("`{name}`"),
        ValueKind::Ident { negative: true, name } => format!("`-{name}`"),
        ValueKind::Int { negative, magnitude } => format!("{}{magnitude}", if *negative { "-" } else { "" }),
        ValueKind::Float(number) | ValueKind::BigInt(number) => format!("{number}"),
        ValueKind::String(_) => "a string".to_owned(),
        ValueKind::Message(_) => "a message".to_owned(),
        ValueKind::List(_) => "a list".to_owned(),
    };
    Diagnostic::error("protobuf/option_value", format!("expected {wanted}, found {found}")).at(value.span, "")
}

pub(super) fn mismatch(message: String, span: Span, text: &str) -> Failure {
    Failure::from(Diagnostic::error("protobuf/option_value", message).at(span, text))
}
