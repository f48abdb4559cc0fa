//! Avro schemas that use everything the format has, and readers that differ from them as the specification allows.

use serde_json::{Value, json};

use crate::Coverage;
use crate::random::Random;

/// How deep types are inside each other at most.
const DEPTH_MAX: usize = 4;

/// A type of a generated schema.
#[derive(Debug, Clone)]
pub(crate) enum Type {
    Primitive(&'static str),
    Array(Box<Type>),
    Map(Box<Type>),
    Record {
        name: String,
        aliases: Vec<String>,
        fields: Vec<Field>,
    },
    Enum {
        name: String,
        symbols: Vec<String>,
        default: Option<String>,
    },
    Fixed {
        name: String,
        size: usize,
    },
    Union(Vec<Type>),
    /// A record that it is inside of.
    Named(String),
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    name: String,
    aliases: Vec<String>,
    ty: Type,
    default: Option<Value>,
}

pub(crate) struct Generator<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) coverage: &'r mut Coverage,
    names: usize,
    /// Records that are being made, from the outermost on.
    open: Vec<String>,
}

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

impl<'r> Generator<'r> {
    pub(crate) fn new(random: &'r mut Random, coverage: &'r mut Coverage) -> Self {
        Self { random, coverage, names: 0, open: Vec::new() }
    }

    fn uses(&mut self, what: &'static str) {
        *self.coverage.entry(what).or_default() += 1;
    }

    fn name(&mut self, start: &str) -> String {
        self.names += 1;
        // Some have a namespace, some inherit one.
        if self.random.once_in(3) {
            self.uses("namespace");
            format!("n{}.{start}{}", self.random.below(3), self.names)
        } else {
            format!("{start}{}", self.names)
        }
    }

    /// A record with some fields: the outermost type.
    pub(crate) fn record(&mut self, depth: usize) -> Type {
        self.uses("record");
        let name = self.name("R");
        self.open.push(name.clone());
        let count = self.random.below(if depth == 0 { 9 } else { 5 });
        let fields = (0..count).map(|at| self.field(at, depth)).collect();
        self.open.pop();
        Type::Record { name, aliases: Vec::new(), fields }
    }

    fn field(&mut self, at: usize, depth: usize) -> Field {
        let ty = self.ty(depth + 1);
        Field { name: format!("f{at}"), aliases: Vec::new(), ty, default: None }
    }

    fn ty(&mut self, depth: usize) -> Type {
        let simple = depth > DEPTH_MAX;
        match self.random.below(if simple { 10 } else { 16 }) {
            0..=7 => self.primitive(),
            8 => self.enumeration(),
            9 => self.fixed(),
            10 | 11 => {
                self.uses("array");
                Type::Array(Box::new(self.ty(depth + 1)))
            }
            12 => {
                self.uses("map");
                Type::Map(Box::new(self.ty(depth + 1)))
            }
            13 => self.record(depth + 1),
            _ => self.union(depth + 1),
        }
    }

    fn primitive(&mut self) -> Type {
        let name = self.random.of(&PRIMITIVES);
        self.uses(name);
        Type::Primitive(name)
    }

    fn enumeration(&mut self) -> Type {
        self.uses("enum");
        let symbols = (0..=self.random.below(5)).map(|at| format!("S{at}")).collect();
        Type::Enum { name: self.name("E"), symbols, default: None }
    }

    fn fixed(&mut self) -> Type {
        self.uses("fixed");
        Type::Fixed { name: self.name("F"), size: self.random.below(20) }
    }

    /// Branches that a value of Python fits one of: others would be chosen otherwise by each library.
    fn union(&mut self, depth: usize) -> Type {
        let mut branches = Vec::new();
        if !self.random.once_in(3) {
            branches.push(Type::Primitive("null"));
        }
        if let Some(open) = self.open.last().cloned().filter(|_| self.random.once_in(3)) {
            self.uses("recursion");
            branches.push(Type::Named(open));
        } else if self.random.once_in(4) {
            branches.push(self.record(depth + 1));
        }
        if self.random.once_in(2) {
            branches.push(Type::Primitive(self.random.of(&["int", "long"])));
        }
        if self.random.once_in(3) {
            branches.push(Type::Primitive(self.random.of(&["string", "bytes"])));
        }
        if self.random.once_in(4) {
            branches.push(Type::Primitive("boolean"));
        }
        // Bytes are a list of numbers to Python.
        let has_bytes = branches.iter().any(|branch| matches!(branch, Type::Primitive("bytes")));
        if !has_bytes && self.random.once_in(5) {
            branches.push(Type::Array(Box::new(self.primitive())));
        }
        // Something that ends.
        if branches.iter().all(|branch| matches!(branch, Type::Named(_) | Type::Record { .. })) {
            branches.push(Type::Primitive("string"));
        }
        // In any order: null may come first, last or in between.
        let turn = self.random.below(branches.len());
        branches.rotate_left(turn);
        self.uses(match branches.len() {
            1 => "union of one",
            2 => "union of two",
            _ => "union of more",
        });
        Type::Union(branches)
    }

    /// A reader of what a type wrote, that differs from it.
    pub(crate) fn reader(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Primitive(name) => Type::Primitive(self.promoted(name)),
            Type::Array(item) => Type::Array(Box::new(self.reader(item))),
            Type::Map(value) => Type::Map(Box::new(self.reader(value))),
            Type::Enum { name, symbols, .. } => self.reader_of_enum(name, symbols),
            Type::Record { name, fields, .. } => self.reader_of_record(name, fields),
            // What a union leads to is the same in all readers: which branch counts is the libraries' own choice.
            Type::Union(branches) => Type::Union(branches.clone()),
            other => other.clone(),
        }
    }

    fn promoted(&mut self, name: &'static str) -> &'static str {
        // To `float` is left out: Python rounds to 64 bits first.
        let wider: &[&'static str] = match name {
            "int" => &["long", "double"],
            "long" | "float" => &["double"],
            "string" => &["bytes"],
            _ => &[],
        };
        if wider.is_empty() || !self.random.once_in(3) {
            return name;
        }
        self.uses("promotion");
        self.random.of(wider)
    }

    fn reader_of_enum(&mut self, name: &str, symbols: &[String]) -> Type {
        let mut symbols = symbols.to_vec();
        let turn = self.random.below(symbols.len());
        symbols.rotate_left(turn);
        let mut default = None;
        if symbols.len() > 1 && self.random.once_in(2) {
            symbols.pop();
            default = symbols.first().cloned();
            self.uses("symbol for the default");
        }
        if self.random.once_in(3) {
            symbols.push("MORE".to_owned());
        }
        Type::Enum { name: name.to_owned(), symbols, default }
    }

    fn reader_of_record(&mut self, name: &str, fields: &[Field]) -> Type {
        let mut read: Vec<Field> = Vec::new();
        for field in fields {
            if self.random.once_in(5) {
                self.uses("field that is skipped");
                continue;
            }
            let mut field = Field { ty: self.reader(&field.ty), ..field.clone() };
            if self.random.once_in(6) {
                self.uses("alias of a field");
                let new = format!("{}_new", field.name);
                field.aliases.push(std::mem::replace(&mut field.name, new));
            }
            read.push(field);
        }
        if self.random.once_in(2) {
            self.uses("field with a default");
            read.push(self.with_default());
        }
        if !read.is_empty() && self.random.once_in(2) {
            self.uses("fields in another order");
            let turn = self.random.below(read.len());
            read.rotate_left(turn);
        }
        // A record that others name from inside keeps its name.
        let mut aliases = Vec::new();
        let mut name = name.to_owned();
        if self.random.once_in(6) && !name.contains('.') && !fields.iter().any(|field| names(&field.ty, &name)) {
            self.uses("alias of a record");
            let new = format!("{name}New");
            aliases.push(std::mem::replace(&mut name, new));
        }
        Type::Record { name, aliases, fields: read }
    }

    fn with_default(&mut self) -> Field {
        let (ty, default) = match self.random.below(7) {
            0 => (Type::Primitive("int"), json!(-7)),
            1 => (Type::Primitive("string"), json!("text")),
            2 => (Type::Primitive("double"), json!(0.5)),
            3 => (Type::Primitive("boolean"), json!(true)),
            4 => (Type::Union(vec![Type::Primitive("null"), Type::Primitive("int")]), Value::Null),
            5 => (Type::Array(Box::new(Type::Primitive("long"))), json!([1, 2])),
            _ => (Type::Map(Box::new(Type::Primitive("string"))), json!({"k": "v"})),
        };
        self.names += 1;
        Field { name: format!("added{}", self.names), aliases: Vec::new(), ty, default: Some(default) }
    }
}

/// Whether a type names a record from inside.
fn names(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Named(own) => own == name,
        Type::Array(inner) | Type::Map(inner) => names(inner, name),
        Type::Union(branches) => branches.iter().any(|branch| names(branch, name)),
        Type::Record { fields, .. } => fields.iter().any(|field| names(&field.ty, name)),
        _ => false,
    }
}

impl Type {
    /// The schema as JSON. Names are written in full, those without a namespace with a dot that says so.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Primitive(name) => json!(name),
            Self::Array(item) => json!({"type": "array", "items": item.json()}),
            Self::Map(value) => json!({"type": "map", "values": value.json()}),
            Self::Enum { name, symbols, default } => {
                let mut schema =
                    json!({"type": "enum", "name": last(name), "namespace": namespace(name), "symbols": symbols});
                if let Some(default) = default {
                    schema["default"] = json!(default);
                }
                schema
            }
            Self::Fixed { name, size } => {
                json!({"type": "fixed", "name": last(name), "namespace": namespace(name), "size": size})
            }
            Self::Union(branches) => Value::Array(branches.iter().map(Self::json).collect()),
            Self::Named(name) => json!(if name.contains('.') { name.clone() } else { format!("{ROOT}.{name}") }),
            Self::Record { name, aliases, fields } => {
                let fields: Vec<Value> = fields.iter().map(Field::json).collect();
                let mut schema =
                    json!({"type": "record", "name": last(name), "namespace": namespace(name), "fields": fields});
                if !aliases.is_empty() {
                    schema["aliases"] = json!(aliases);
                }
                schema
            }
        }
    }
}

/// The namespace of names that have none of their own.
const ROOT: &str = "root";

fn namespace(name: &str) -> &str {
    name.rsplit_once('.').map_or(ROOT, |(namespace, _)| namespace)
}

fn last(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, last)| last)
}

impl Field {
    fn json(&self) -> Value {
        let mut field = json!({"name": self.name, "type": self.ty.json()});
        if !self.aliases.is_empty() {
            field["aliases"] = json!(self.aliases);
        }
        if let Some(default) = &self.default {
            field["default"] = default.clone();
        }
        field
    }
}
