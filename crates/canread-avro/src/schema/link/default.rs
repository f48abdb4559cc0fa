//! Defaults: JSON values read by the type that they are for.
//!
//! Source: Avro 1.12, "Records", table "field default values".

use std::rc::Rc;

use canread_model::{
    DeclId, DeclKind, Entry, Field, Int, Key, Literal, Parameters, Preset, Record, Schema, Type, TypeKind,
};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use super::types::kind_name;
use super::{DefaultRule, Linker};
use crate::schema::ast::{Value, ValueKind};

/// A default that is still to be read.
#[derive(Debug)]
pub(super) struct Pending<'t> {
    pub(super) owner: Owner,
    pub(super) value: &'t Value<'t>,
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
        for Pending { owner, value } in pending {
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
    }

    fn later_branch(&mut self, name: &str, span: Span) {
        let message = format!("the default of `{name}` is not for the first branch of its union");
        let warning = Diagnostic::warning("avro/default_branch", message).at(span, "");
        let warning = warning.note("Avro 1.12 takes any branch, earlier versions refuse the schema");
        self.report(warning.help("put the branch of the default first, or give a default for the first"));
    }
}

/// A value that is not what its type asks for.
#[derive(Debug)]
struct Mismatch {
    span: Span,
    expected: String,
    found: String,
    help: &'static str,
    code: &'static str,
}

impl Mismatch {
    fn new(value: &Value<'_>, expected: impl Into<String>) -> Self {
        let found = match &value.kind {
            ValueKind::Number(text) if text.len() < 40 => format!("the number {text}"),
            ValueKind::String(text) if text.len() < 60 => format!("the string \"{}\"", text.escape_debug()),
            ValueKind::Bool(value) => format!("`{value}`"),
            kind => kind.name().to_owned(),
        };
        Self { span: value.span, expected: expected.into(), found, help: "", code: "avro/default" }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    fn diagnostic(self, field: &str) -> Diagnostic {
        let message = format!(
            "the default of `{}` is wrong: expected {}, found {}",
            field.escape_debug(),
            self.expected,
            self.found
        );
        let error = Diagnostic::error(self.code, message).at(self.span, "");
        error.help(if self.help.is_empty() { "give a default of the field's type, or none" } else { self.help })
    }
}

/// Fields of a record or symbols of an enum by name, made once: many defaults may ask.
#[derive(Debug, Default)]
struct Members {
    at: FxHashMap<Box<str>, usize>,
    /// How many fields have no default.
    required: usize,
}

struct Reader<'s> {
    schema: &'s Schema,
    members: FxHashMap<DeclId, Rc<Members>>,
    rule: DefaultRule,
    steps_left: usize,
    /// Whether a number may be written as a string: Avro's Java library takes that for fields
    /// whose own type is `float` or `double`.
    strings_as_numbers: bool,
    /// Where a value is for another branch than the first of its union.
    later_branch: Option<Span>,
    notice: Option<Diagnostic>,
}

type Read = Result<Literal, Mismatch>;

impl Reader<'_> {
    /// Reads a value as one of a type. Recurses as deep as values nest.
    fn read(&mut self, ty: &Type, value: &Value<'_>) -> Read {
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

fn is_number(text: &str) -> bool {
    matches!(text, "NaN" | "Infinity" | "-Infinity") || canread_syntax::json::Number::new(text).is_some()
}

/// The value that data would hold; as it was written where that is beyond the type.
fn float(bits: u8, text: &str) -> Literal {
    let is_named = matches!(text, "NaN" | "Infinity" | "-Infinity");
    let value = if bits == 32 { text.parse::<f32>().ok().map(f64::from) } else { text.parse().ok() };
    match value {
        Some(value) if value.is_finite() || is_named => Literal::Float(value),
        _ => Literal::Number(text.into()),
    }
}

fn integer(int: Int, value: &Value<'_>) -> Read {
    let (name, least, most) = if int.bits == 64 {
        ("a `long`", i128::from(i64::MIN), i128::from(i64::MAX))
    } else {
        ("an `int`", i128::from(i32::MIN), i128::from(i32::MAX))
    };
    match value.as_integer() {
        Some(number) if (least..=most).contains(&number) => Ok(Literal::Int(number)),
        Some(_) => Err(Mismatch::new(value, format!("{name}, which goes from {least} to {most}"))),
        None => {
            let help = match &value.kind {
                ValueKind::Number(_) => "write the number without fraction and exponent",
                ValueKind::String(text) if is_number(text) => "write the number without quotes",
                _ => "",
            };
            Err(Mismatch::new(value, "an integer").help(help))
        }
    }
}

/// Source: Avro 1.12, "Records": "Unicode code points 0-255 are mapped to unsigned 8-bit byte values 0-255".
fn bytes(text: &str, value: &Value<'_>) -> Result<Box<[u8]>, Mismatch> {
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    match bytes {
        Some(bytes) => Ok(bytes.into()),
        None => Err(Mismatch::new(value, "bytes, each a character from U+0000 to U+00FF")
            .help("write each byte as one character: `\\u00ff`")),
    }
}

fn fixed(size: u32, text: &str, value: &Value<'_>) -> Read {
    let bytes = bytes(text, value)?;
    if bytes.len() != size as usize {
        let mismatch = Mismatch::new(value, format!("{size} bytes"));
        return Err(Mismatch { found: format!("{} bytes", bytes.len()), ..mismatch });
    }
    Ok(Literal::Bytes(bytes))
}

/// What a type asks for.
fn expected(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Null => "null",
        TypeKind::Bool => "`true` or `false`",
        TypeKind::Int(_) => "an integer",
        TypeKind::Float { .. } => "a number",
        TypeKind::String(_) => "a string",
        TypeKind::Bytes | TypeKind::Fixed { .. } => "a string whose characters are bytes",
        TypeKind::List(_) => "an array",
        TypeKind::Map(_) => "an object",
        kind => return format!("a value of the {}", kind_name(kind)),
    }
    .into()
}

fn help(kind: &TypeKind, value: &Value<'_>) -> &'static str {
    match (kind, &value.kind) {
        (TypeKind::Null, ValueKind::String(text)) if text == "null" => "write `null` without quotes",
        (TypeKind::Bool, ValueKind::String(_)) => "write `true` or `false` without quotes",
        (TypeKind::String(_), ValueKind::Number(_) | ValueKind::Bool(_)) => "put the value in quotes",
        (_, ValueKind::Null) => "to allow null, make the type a union: `[\"null\", …]`",
        _ => "",
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
