//! A value by its type.

use std::rc::Rc;

use canread_model::{DeclId, DeclKind, Entry, Field, Key, Literal, Record, Schema, Type, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::mismatch::{Mismatch, expected, help};
use super::scalar::{bytes, fixed, float, integer, is_number};
use super::{STEPS_MAX, plain};
use crate::schema::ast::{Value, ValueKind};
use crate::schema::link::DefaultRule;

/// Fields of a record or symbols of an enum by name, made once: many defaults may ask.
#[derive(Debug, Default)]
pub(super) struct Members {
    at: FxHashMap<Box<str>, usize>,
    /// How many fields have no default.
    required: usize,
}

pub(super) struct Reader<'s> {
    pub(super) schema: &'s Schema,
    pub(super) members: FxHashMap<DeclId, Rc<Members>>,
    pub(super) rule: DefaultRule,
    pub(super) steps_left: usize,
    /// Whether a number may be written as a string: Avro's Java library takes that for fields
    /// whose own type is `float` or `double`.
    pub(super) strings_as_numbers: bool,
    /// Where a value is for another branch than the first of its union.
    pub(super) later_branch: Option<Span>,
    pub(super) notice: Option<Diagnostic>,
}

pub(super) type Read = Result<Literal, Mismatch>;

impl Reader<'_> {
    /// Reads a value as one of a type. Recurses as deep as values nest.
    pub(super) fn read(&mut self, ty: &Type, value: &Value<'_>) -> Read {
        self.steps_left = self.steps_left.saturating_sub(1);
        if self.steps_left == 0 {
            let mismatch = Mismatch::new(value, format!("a value that is read in {STEPS_MAX} steps"));
            return Err(Mismatch { code: "avro/default_too_complex", ..mismatch }.help("give a smaller default"));
        }
        match (&ty.kind, &value.kind) {
            (TypeKind::Null, ValueKind::Null) => Ok(Literal::Null),
            (TypeKind::Bool, ValueKind::Bool(value)) => Ok(Literal::Bool(*value)),
            (TypeKind::String(_), ValueKind::String(text)) => Ok(Literal::String(text.as_ref().into())),
            (TypeKind::Int(int), _) => integer(*int, value),
            (TypeKind::Float { bits }, _) => self.float(*bits, value),
            (TypeKind::Bytes, ValueKind::String(text)) => bytes(text, value).map(Literal::Bytes),
            (TypeKind::Fixed { size }, ValueKind::String(text)) => fixed(*size, text, value),
            (TypeKind::List(list), ValueKind::Array(values)) => {
                values.iter().map(|value| self.read(&list.item, value)).collect::<Result<_, _>>().map(Literal::List)
            }
            (TypeKind::Map(map), ValueKind::Object(members)) => {
                let mut entries = Vec::with_capacity(members.len());
                for member in members {
                    let key = Key::Value(Box::new(Literal::String(member.key.text.as_ref().into())));
                    entries.push(Entry { key, value: self.read(&map.value, &member.value)? });
                }
                Ok(Literal::Map(entries))
            }
            (TypeKind::Nullable(inner), _) => self.nullable(inner, ty.is_null_last(), value),
            (TypeKind::Ref(id), _) => self.named(*id, value),
            (TypeKind::Unresolved(_), _) => Ok(plain(value)),
            (kind, _) => Err(Mismatch::new(value, expected(kind)).help(help(kind, value))),
        }
    }

    fn named(&mut self, id: DeclId, value: &Value<'_>) -> Read {
        let schema = self.schema;
        let decl = schema.decl(id);
        match &decl.kind {
            DeclKind::Record(record) => self.record(id, record, &decl.full_name, value),
            DeclKind::Enum(_) => match value.as_str() {
                Some(symbol) if self.members_of(id).at.contains_key(symbol) => Ok(Literal::String(symbol.into())),
                _ => Err(Mismatch::new(value, format!("a symbol of `{}`", decl.full_name))),
            },
            DeclKind::Fixed(fixed) => self.read(&fixed.ty, value),
            DeclKind::Union(union) => {
                let arms = union.arms.iter().map(|arm| &arm.ty);
                self.union(arms, value)
            }
            _ => Ok(plain(value)),
        }
    }

    fn members_of(&mut self, id: DeclId) -> Rc<Members> {
        let make = || match &self.schema.decl(id).kind {
            DeclKind::Record(record) => Members {
                // Of two fields of one name, which has been reported, the first.
                at: record.fields.iter().enumerate().rev().map(|(at, field)| (field.name.clone(), at)).collect(),
                required: record.fields.iter().filter(|field| field.preset.is_none()).count(),
            },
            DeclKind::Enum(declared) => {
                let at = declared.values.iter().enumerate().map(|(at, value)| (value.name.clone(), at));
                Members { at: at.collect(), required: 0 }
            }
            _ => Members::default(),
        };
        self.members.entry(id).or_insert_with(|| Rc::new(make())).clone()
    }

    /// Members that are no fields are not looked at; of a repeated one the last counts.
    fn record(&mut self, id: DeclId, record: &Record, name: &str, value: &Value<'_>) -> Read {
        let ValueKind::Object(given) = &value.kind else {
            return Err(Mismatch::new(value, format!("an object with the fields of `{name}`")));
        };
        let known = self.members_of(id);
        let given: FxHashMap<usize, &Value<'_>> =
            given.iter().filter_map(|member| Some((*known.at.get(&*member.key.text)?, &member.value))).collect();
        let mut order: Vec<usize> = given.keys().copied().collect();
        order.sort_unstable();
        let mut entries = Vec::with_capacity(order.len());
        let mut required = 0;
        for at in order {
            let field = &record.fields[at];
            required += usize::from(field.preset.is_none());
            entries.push(Entry { key: Key::Field(field.name.clone()), value: self.read(&field.ty, given[&at])? });
        }
        if required < known.required {
            let is_missing = |at: usize, field: &Field| field.preset.is_none() && !given.contains_key(&at);
            // The search counts as it goes through all fields.
            self.steps_left = self.steps_left.saturating_sub(record.fields.len()).max(1);
            let missing = record.fields.iter().enumerate().find(|(at, field)| is_missing(*at, field));
            let field = missing.map_or("", |(_, field)| &field.name);
            let expected = format!("a value for the field `{field}` of `{name}`, which has no default");
            return Err(Mismatch { found: "none".into(), ..Mismatch::new(value, expected) });
        }
        Ok(Literal::Map(entries))
    }

    fn nullable(&mut self, inner: &Type, is_null_last: bool, value: &Value<'_>) -> Read {
        let is_null = matches!(value.kind, ValueKind::Null);
        let is_first = is_null != is_null_last;
        if is_first {
            return if is_null { Ok(Literal::Null) } else { self.read(inner, value) };
        }
        if self.rule == DefaultRule::FirstBranch {
            let expected = if is_null { expected(&inner.kind) } else { "null".into() };
            return Err(first_branch(value, expected));
        }
        self.later_branch.get_or_insert(value.span);
        if is_null { Ok(Literal::Null) } else { self.read(inner, value) }
    }

    fn union<'u>(&mut self, arms: impl Iterator<Item = &'u Type>, value: &Value<'_>) -> Read {
        let before = self.later_branch;
        for (at, arm) in arms.enumerate() {
            match self.read(arm, value) {
                Ok(literal) => {
                    if at > 0 {
                        self.later_branch.get_or_insert(value.span);
                    }
                    return Ok(literal);
                }
                Err(mismatch) if mismatch.code == "avro/default_too_complex" => return Err(mismatch),
                Err(mismatch) if self.rule == DefaultRule::FirstBranch => {
                    return Err(Mismatch { help: FIRST, ..mismatch });
                }
                Err(_) => {}
            }
            self.later_branch = before;
        }
        Err(Mismatch::new(value, "a value of one of the union's branches"))
    }

    fn float(&mut self, bits: u8, value: &Value<'_>) -> Read {
        match &value.kind {
            ValueKind::Number(text) => Ok(float(bits, text)),
            // Avro's Java library writes what JSON has no number for as a string, and reads all numbers so.
            ValueKind::String(text) if self.strings_as_numbers && is_number(text) => {
                let message = format!(
                    "the default \"{text}\" is a string for a `{}`",
                    if bits == 32 { "float" } else { "double" }
                );
                let warning = Diagnostic::warning("avro/default_as_string", message).at(value.span, "");
                let warning = warning.note("Avro's Java library reads it as the number, others refuse it");
                self.notice = Some(warning.help("write a number, if JSON has it"));
                Ok(float(bits, text))
            }
            _ => Err(Mismatch::new(value, "a number")),
        }
    }
}

const FIRST: &str = "up to Avro 1.11 the default of a union is for its first branch: put that branch first";

fn first_branch(value: &Value<'_>, expected: String) -> Mismatch {
    Mismatch::new(value, expected).help(FIRST)
}
