//! Defaults: JSON values read by the type that they are for.
//!
//! | file | holds |
//! |---|---|
//! | `mod` | which defaults wait, and what is said about them |
//! | `reader` | a value by its type: records, unions, arrays, maps |
//! | `scalar` | numbers and bytes |
//! | `mismatch` | a value that is not what its type asks for |
//!
//! Source: Avro 1.12, "Records", table "field default values".

mod mismatch;
mod reader;
mod scalar;

use canread_model::{DeclId, DeclKind, Entry, Field, Key, Literal, Parameters, Preset, Schema, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::Linker;
use crate::schema::ast::{Value, ValueKind};
use reader::Reader;

/// A default that is still to be read.
#[derive(Debug)]
pub(super) struct Pending<'t> {
    pub(super) owner: Owner,
    pub(super) value: &'t Value<'t>,
    /// Whether what is wrong with it is told elsewhere.
    pub(super) is_copy: bool,
}

/// A field of a record, or a parameter of a method, by index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    pub(super) decl: DeclId,
    pub(super) method: usize,
    pub(super) field: usize,
}

impl Owner {
    fn of(self, schema: &mut Schema) -> &mut Field {
        match &mut schema.decl_mut(self.decl).kind {
            DeclKind::Record(record) => &mut record.fields[self.field],
            DeclKind::Service(service) => match &mut service.methods[self.method].parameters {
                Parameters::Fields(fields) => &mut fields[self.field],
                _ => unreachable!("an Avro message has parameters"),
            },
            _ => unreachable!("records and services have fields"),
        }
    }
}

/// Steps that reading one default may take. Each branch of a union is a try,
/// and unions inside each other multiply: this many is far beyond what people write.
const STEPS_MAX: usize = 100_000;

/// Steps that reading all defaults may take together, beside [`STEPS_EACH`] for each of them.
const STEPS_ALL: usize = 1_000_000;
const STEPS_EACH: usize = 100;

impl Linker<'_> {
    /// Reads all defaults; a wrong one is kept as it was written.
    pub(super) fn read_defaults(&mut self) {
        let pending = std::mem::take(&mut self.defaults);
        let mut steps_left = STEPS_ALL + STEPS_EACH * pending.len();
        let mut members = FxHashMap::default();
        for Pending { owner, value, is_copy } in pending {
            self.is_copying = is_copy;
            let field = owner.of(&mut self.schema);
            let (name, ty) = (field.name.clone(), field.ty.clone());
            let mut reader = Reader {
                schema: &self.schema,
                members,
                rule: self.options.defaults,
                steps_left: steps_left.min(STEPS_MAX),
                strings_as_numbers: matches!(ty.kind, TypeKind::Float { .. }),
                later_branch: None,
                notice: None,
            };
            let before = reader.steps_left;
            let read = reader.read(&ty, value);
            steps_left -= before - reader.steps_left;
            let (later_branch, notice) = (reader.later_branch, reader.notice);
            members = reader.members;
            let literal = match read {
                Ok(literal) => {
                    if let Some(notice) = notice {
                        self.report(notice);
                    }
                    if let Some(span) = later_branch {
                        self.later_branch(&name, span);
                    }
                    literal
                }
                Err(mismatch) => {
                    self.report(mismatch.diagnostic(&name));
                    plain(value)
                }
            };
            owner.of(&mut self.schema).preset = Some(Box::new(Preset::Default(literal)));
        }
        self.is_copying = false;
    }

    fn later_branch(&mut self, name: &str, span: Span) {
        let message = format!("the default of `{name}` is not for the first branch of its union");
        let warning = Diagnostic::warning("avro/default_branch", message).at(span, "");
        let warning = warning.note("Avro 1.12 takes any branch, earlier versions refuse the schema");
        self.report(warning.help("put the branch of the default first, or give a default for the first"));
    }
}

/// A value by itself: of a property, or one that fits no type.
pub(super) fn plain(value: &Value<'_>) -> Literal {
    match &value.kind {
        ValueKind::Null => Literal::Null,
        ValueKind::Bool(value) => Literal::Bool(*value),
        ValueKind::Number(text) => match value.as_integer() {
            Some(number) if text != "-0" => Literal::Int(number),
            _ => Literal::Number(text.as_ref().into()),
        },
        ValueKind::String(text) => Literal::String(text.as_ref().into()),
        ValueKind::Array(values) => Literal::List(values.iter().map(plain).collect()),
        ValueKind::Object(members) => {
            let entry = |member: &crate::schema::ast::Member<'_>| Entry {
                key: Key::Field(member.key.text.as_ref().into()),
                value: plain(&member.value),
            };
            Literal::Map(members.iter().map(entry).collect())
        }
    }
}
