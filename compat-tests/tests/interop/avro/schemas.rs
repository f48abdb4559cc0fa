//! Avro schemas that use everything the format has, and readers that differ from them as the specification allows.

use serde_json::{Value, json};

use crate::Coverage;
use crate::random::Random;

/// How many digits a number of 128 bits has room for.
const DIGITS_MAX: usize = 38;

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
        aliases: Vec<String>,
        symbols: Vec<String>,
        default: Option<String>,
    },
    Fixed {
        name: String,
        aliases: Vec<String>,
        size: usize,
    },
    /// A primitive type or a fixed that means something.
    Logical {
        base: Box<Type>,
        name: &'static str,
        /// How many a decimal has, and how many of them behind the point.
        digits: Option<(usize, usize)>,
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

/// What is not made for a peer, and why.
pub(crate) type LeftOut = &'static [(&'static str, &'static str)];

pub(crate) struct Generator<'r> {
    pub(crate) random: &'r mut Random,
    pub(crate) coverage: &'r mut Coverage,
    left_out: LeftOut,
    /// Whether the reader takes bytes for text, as which they are made then.
    pub(crate) has_text_in_bytes: bool,
    names: usize,
    /// Records that are being made, from the outermost on.
    open: Vec<String>,
}

const PRIMITIVES: [&str; 8] = ["null", "boolean", "int", "long", "float", "double", "bytes", "string"];

/// Primitive types that mean something, by their names, with what they are made of.
const LOGICAL: [(&str, &str); 10] = [
    ("date", "int"),
    ("time-millis", "int"),
    ("time-micros", "long"),
    ("timestamp-millis", "long"),
    ("timestamp-micros", "long"),
    ("timestamp-nanos", "long"),
    ("local-timestamp-millis", "long"),
    ("local-timestamp-micros", "long"),
    ("local-timestamp-nanos", "long"),
    ("uuid", "string"),
];

/// Everything that a generator makes: types, where they stand, and ways in which a reader differs.
pub(crate) const FEATURES: [&str; 72] = [
    "alias in another namespace",
    "alias of a field",
    "alias of a fixed",
    "alias of a record",
    "alias of an enum",
    "array",
    "array in a union",
    "boolean",
    "branch that only the reader has",
    "branches in another order",
    "bytes",
    "bytes in a union",
    "date",
    "decimal in a union",
    "decimal of a fixed",
    "decimal of bytes",
    "decimal that has more digits in the reader",
    "default of a fixed",
    "default of a later branch",
    "default of a record",
    "default of a scalar",
    "default of a union",
    "default of an array or map",
    "default of an enum",
    "default of bytes",
    "double",
    "double in a union",
    "duration",
    "enum",
    "enum in a union",
    "enum that has a default in the writer",
    "field that is skipped",
    "fields in another order",
    "fixed",
    "fixed in a union",
    "fixed of many bytes",
    "float",
    "float in a union",
    "int",
    "local-timestamp-micros",
    "local-timestamp-millis",
    "local-timestamp-nanos",
    "logical number in a union",
    "logical type that only the reader has",
    "logical type that only the writer has",
    "long",
    "map",
    "map in a union",
    "namespace",
    "null",
    "promotion in a union",
    "promotion of bytes to text",
    "promotion of text to bytes",
    "promotion to a wider number",
    "promotion to float",
    "record",
    "recursion",
    "string",
    "symbol for the default",
    "time-micros",
    "time-millis",
    "timestamp-micros",
    "timestamp-millis",
    "timestamp-nanos",
    "union of more",
    "union of one",
    "union of two",
    "union that only the reader has",
    "union that only the writer has",
    "union that the reader changes",
    "uuid",
    "uuid of a fixed",
];

impl<'r> Generator<'r> {
    pub(crate) fn new(random: &'r mut Random, coverage: &'r mut Coverage, left_out: LeftOut) -> Self {
        Self { random, coverage, left_out, has_text_in_bytes: false, names: 0, open: Vec::new() }
    }

    fn uses(&mut self, what: &'static str) {
        assert!(FEATURES.contains(&what), "{what} is on no list");
        *self.coverage.entry(what).or_default() += 1;
    }

    /// Whether something may be made, which it is then.
    fn takes(&mut self, what: &'static str) -> bool {
        let is_left_out = self.left_out.iter().any(|(left_out, _)| *left_out == what);
        if !is_left_out {
            self.uses(what);
        }
        !is_left_out
    }

    /// Whether something that may be made is, which it is once in so many times.
    fn takes_once_in(&mut self, times: usize, what: &'static str) -> bool {
        self.random.once_in(times) && self.takes(what)
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
            0..=5 => self.primitive(),
            6 | 7 => self.logical(),
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
        let symbols: Vec<_> = (0..=self.random.below(5)).map(|at| format!("S{at}")).collect();
        // Of no effect: a reader's own default counts.
        let has_default = self.takes_once_in(4, "enum that has a default in the writer");
        let default = has_default.then(|| symbols[self.random.below(symbols.len())].clone());
        Type::Enum { name: self.name("E"), aliases: Vec::new(), symbols, default }
    }

    fn fixed(&mut self) -> Type {
        let is_large = self.takes_once_in(5, "fixed of many bytes");
        let size = if is_large { self.random.of(&[20, 32, 64, 100]) } else { self.random.below(20) };
        self.fixed_of(size)
    }

    fn fixed_of(&mut self, size: usize) -> Type {
        self.uses("fixed");
        Type::Fixed { name: self.name("F"), aliases: Vec::new(), size }
    }

    fn logical(&mut self) -> Type {
        match self.random.below(LOGICAL.len() + 5) {
            0 => self.decimal_of_fixed(),
            1 | 2 => self.decimal_of_bytes(),
            3 => self.logical_fixed("duration", "duration", 12),
            4 => self.logical_fixed("uuid of a fixed", "uuid", 16),
            at => self.logical_primitive(LOGICAL[at - 5]),
        }
    }

    fn logical_primitive(&mut self, (name, base): (&'static str, &'static str)) -> Type {
        let base = Type::Primitive(base);
        if self.takes(name) { Type::Logical { base: Box::new(base), name, digits: None } } else { base }
    }

    fn logical_fixed(&mut self, what: &'static str, name: &'static str, size: usize) -> Type {
        let base = self.fixed_of(size);
        if self.takes(what) { Type::Logical { base: Box::new(base), name, digits: None } } else { base }
    }

    fn decimal_of_bytes(&mut self) -> Type {
        let base = Type::Primitive("bytes");
        if self.takes("decimal of bytes") { self.decimal(base, DIGITS_MAX) } else { base }
    }

    fn decimal_of_fixed(&mut self) -> Type {
        let size = 1 + self.random.below(16);
        let base = self.fixed_of(size);
        // As many as a number of so many bits always has room for: log10(2) is 0.30103.
        let digits = (8 * size - 1) * 30_103 / 100_000;
        if self.takes("decimal of a fixed") { self.decimal(base, digits) } else { base }
    }

    fn decimal(&mut self, base: Type, digits_max: usize) -> Type {
        let digits = 1 + self.random.below(digits_max);
        let scale = self.random.below(digits + 1);
        Type::Logical { base: Box::new(base), name: "decimal", digits: Some((digits, scale)) }
    }

    /// Branches that a value of Python fits one of: others would be chosen otherwise by each library. A map is what a record is there, an
    /// enum's symbol is a text, one number is any, and bytes are a fixed of their length and a list of numbers.
    fn union(&mut self, depth: usize) -> Type {
        let mut branches = Vec::new();
        if !self.random.once_in(3) {
            branches.push(Type::Primitive("null"));
        }
        branches.extend(self.keyed_branch(depth));
        let text = self.text_branch();
        if self.random.once_in(2) {
            branches.push(self.number_branch(text.is_some()));
        }
        let is_bytes = text.as_ref().is_some_and(|text| text.is_of("bytes") || matches!(text, Type::Fixed { .. }));
        branches.extend(text);
        if self.random.once_in(4) {
            branches.push(Type::Primitive("boolean"));
        }
        if !is_bytes && self.takes_once_in(5, "array in a union") {
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

    fn keyed_branch(&mut self, depth: usize) -> Option<Type> {
        if let Some(open) = self.open.last().cloned().filter(|_| self.random.once_in(3)) {
            self.uses("recursion");
            return Some(Type::Named(open));
        }
        if self.random.once_in(4) {
            return Some(self.record(depth + 1));
        }
        self.takes_once_in(5, "map in a union").then(|| Type::Map(Box::new(self.primitive())))
    }

    /// Text, bytes, or what those are to Python.
    fn text_branch(&mut self) -> Option<Type> {
        match self.random.below(12) {
            0 | 1 => Some(Type::Primitive("string")),
            2 if self.takes("bytes in a union") => Some(Type::Primitive("bytes")),
            3 if self.takes("enum in a union") => Some(self.enumeration()),
            4 if self.takes("fixed in a union") => Some(self.fixed()),
            5 if self.takes("decimal in a union") => Some(self.decimal_of_bytes()),
            6 => Some(self.logical_primitive(("uuid", "string"))),
            _ => None,
        }
    }

    fn number_branch(&mut self, has_text: bool) -> Type {
        match self.random.below(8) {
            0 if self.takes("float in a union") => Type::Primitive("float"),
            1 if self.takes("double in a union") => Type::Primitive("double"),
            2 | 3 if self.takes("logical number in a union") => {
                // A date is text in ISO 8601 too to Python.
                let from = usize::from(has_text);
                let at = from + self.random.below(LOGICAL.len() - 1 - from);
                self.logical_primitive(LOGICAL[at])
            }
            _ => Type::Primitive(self.random.of(&["int", "long"])),
        }
    }

    /// A reader of what a type wrote, that differs from it.
    pub(crate) fn reader(&mut self, ty: &Type) -> Type {
        match ty {
            Type::Primitive(name) => self.reader_of_primitive(name),
            Type::Array(item) => Type::Array(Box::new(self.reader_inside(item))),
            Type::Map(value) => Type::Map(Box::new(self.reader_inside(value))),
            Type::Enum { name, symbols, .. } => self.reader_of_enum(name, symbols),
            Type::Fixed { name, size, .. } => self.reader_of_fixed(name, *size),
            Type::Logical { base, name, digits } => self.reader_of_logical(base, name, *digits),
            Type::Record { name, fields, .. } => self.reader_of_record(name, fields),
            Type::Union(branches) => self.reader_of_union(branches),
            Type::Named(name) => Type::Named(name.clone()),
        }
    }

    /// The same where it may become a union.
    fn reader_inside(&mut self, ty: &Type) -> Type {
        let read = self.reader(ty);
        let may_be_branch = !matches!(read, Type::Union(_) | Type::Primitive("null"));
        if may_be_branch && !matches!(ty, Type::Union(_)) && self.takes_once_in(10, "union that only the reader has") {
            let mut branches = vec![Type::Primitive("null"), read];
            branches.rotate_left(self.random.below(2));
            return Type::Union(branches);
        }
        read
    }

    fn reader_of_primitive(&mut self, name: &'static str) -> Type {
        let meant = LOGICAL.iter().filter(|(_, base)| *base == name).copied().collect::<Vec<_>>();
        if !meant.is_empty() && self.takes_once_in(8, "logical type that only the reader has") {
            let name = self.random.of(&meant).0;
            return Type::Logical { base: Box::new(Type::Primitive(meant[0].1)), name, digits: None };
        }
        Type::Primitive(self.promoted(name))
    }

    fn promoted(&mut self, name: &'static str) -> &'static str {
        let wider: &[&'static str] = match name {
            "int" => &["long", "float", "double"],
            "long" => &["float", "double"],
            "float" => &["double"],
            "string" => &["bytes"],
            "bytes" => &["string"],
            _ => &[],
        };
        if wider.is_empty() || !self.random.once_in(3) {
            return name;
        }
        let wider = self.random.of(wider);
        let is_taken = match (name, wider) {
            ("string", _) => self.takes("promotion of text to bytes"),
            ("bytes", _) => self.takes("promotion of bytes to text"),
            (_, "float") => self.takes("promotion to float"),
            _ => self.takes("promotion to a wider number"),
        };
        self.has_text_in_bytes |= is_taken && name == "bytes";
        if is_taken { wider } else { name }
    }

    fn reader_of_logical(&mut self, base: &Type, name: &'static str, digits: Option<(usize, usize)>) -> Type {
        if self.takes_once_in(6, "logical type that only the writer has") {
            return base.clone();
        }
        let digits = match (base, digits) {
            (Type::Primitive(_), Some((digits, scale)))
                if self.takes_once_in(3, "decimal that has more digits in the reader") =>
            {
                Some((digits + 1, scale))
            }
            _ => digits,
        };
        let base = match base {
            Type::Fixed { name, size, .. } => self.reader_of_fixed(name, *size),
            other => other.clone(),
        };
        Type::Logical { base: Box::new(base), name, digits }
    }

    fn reader_of_fixed(&mut self, name: &str, size: usize) -> Type {
        let (name, aliases) = self.renamed(name, "alias of a fixed");
        Type::Fixed { name, aliases, size }
    }

    /// What a reader calls something that it has another name for, and the name that it had.
    fn renamed(&mut self, name: &str, what: &'static str) -> (String, Vec<String>) {
        if !self.takes_once_in(5, what) {
            return (name.to_owned(), Vec::new());
        }
        let new = format!("{}New", last(name));
        if self.takes_once_in(2, "alias in another namespace") {
            return (format!("moved.to.{new}"), vec![format!("{}.{}", namespace(name), last(name))]);
        }
        // In its own one: the alias has none.
        (format!("{}.{new}", namespace(name)), vec![last(name).to_owned()])
    }

    fn reader_of_union(&mut self, branches: &[Type]) -> Type {
        if let [branch] = branches
            && self.takes_once_in(2, "union that only the writer has")
        {
            return self.reader(branch);
        }
        if !self.takes_once_in(2, "union that the reader changes") {
            return Type::Union(branches.to_vec());
        }
        let mut read: Vec<_> = branches.iter().map(|branch| self.reader_of_branch(branch, branches)).collect();
        if self.random.once_in(2) {
            let added = ["null", "boolean"].into_iter().find(|name| !branches.iter().any(|branch| branch.is_of(name)));
            if let Some(added) = added
                && self.takes("branch that only the reader has")
            {
                read.push(Type::Primitive(added));
            }
        }
        if read.len() > 1 && self.takes_once_in(2, "branches in another order") {
            let turn = 1 + self.random.below(read.len() - 1);
            read.rotate_left(turn);
        }
        Type::Union(read)
    }

    /// One that the branch alone becomes, in Python too.
    fn reader_of_branch(&mut self, branch: &Type, branches: &[Type]) -> Type {
        let is_text = branch.is_of("string") || branch.is_of("bytes");
        let is_alone = branches.iter().all(|other| std::ptr::eq(branch, other) || other.is_of("null"));
        match branch {
            Type::Primitive(name) if !is_text || is_alone => {
                let promoted = self.promoted(name);
                if promoted != *name {
                    self.uses("promotion in a union");
                }
                Type::Primitive(promoted)
            }
            Type::Primitive(_) | Type::Logical { .. } | Type::Named(_) => branch.clone(),
            other => self.reader(other),
        }
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
        let (name, aliases) = self.renamed(name, "alias of an enum");
        Type::Enum { name, aliases, symbols, default }
    }

    fn reader_of_record(&mut self, name: &str, fields: &[Field]) -> Type {
        let mut read: Vec<Field> = Vec::new();
        for field in fields {
            if self.random.once_in(5) {
                self.uses("field that is skipped");
                continue;
            }
            let mut field = Field { ty: self.reader_inside(&field.ty), ..field.clone() };
            if self.random.once_in(6) {
                self.uses("alias of a field");
                let new = format!("{}_new", field.name);
                field.aliases.push(std::mem::replace(&mut field.name, new));
            }
            read.push(field);
        }
        if self.random.once_in(2) {
            read.push(self.with_default());
        }
        if !read.is_empty() && self.random.once_in(2) {
            self.uses("fields in another order");
            let turn = self.random.below(read.len());
            read.rotate_left(turn);
        }
        // A record that others name from inside keeps its name.
        let is_named = fields.iter().any(|field| names(&field.ty, name));
        let (name, aliases) =
            if is_named { (name.to_owned(), Vec::new()) } else { self.renamed(name, "alias of a record") };
        Type::Record { name, aliases, fields: read }
    }

    fn with_default(&mut self) -> Field {
        let (what, ty, default) = match self.random.below(12) {
            0 => ("default of a scalar", Type::Primitive("int"), json!(-7)),
            1 => ("default of a scalar", Type::Primitive("string"), json!("text")),
            2 => ("default of a scalar", Type::Primitive("double"), json!(0.5)),
            3 => ("default of a scalar", Type::Primitive("boolean"), json!(true)),
            4 => ("default of a union", union_of(["null", "int"]), Value::Null),
            5 => ("default of a later branch", union_of(["int", "string"]), json!("text")),
            6 => ("default of an array or map", Type::Array(Box::new(Type::Primitive("long"))), json!([1, 2])),
            7 => ("default of an array or map", Type::Map(Box::new(Type::Primitive("string"))), json!({"k": "v"})),
            8 => ("default of bytes", Type::Primitive("bytes"), json!("a\u{0}\u{ff}")),
            9 => ("default of a fixed", self.fixed_of(3), json!("a\u{0}\u{ff}")),
            10 => ("default of an enum", self.enumeration(), json!("S0")),
            _ => ("default of a record", self.record_of_two(), json!({"a": 7, "b": "text"})),
        };
        let is_taken = self.takes(what);
        let (ty, default) = if is_taken { (ty, default) } else { (Type::Primitive("null"), Value::Null) };
        self.names += 1;
        Field { name: format!("added{}", self.names), aliases: Vec::new(), ty, default: Some(default) }
    }

    fn record_of_two(&mut self) -> Type {
        self.uses("record");
        let field = |name: &str, ty: Type| Field { name: name.to_owned(), aliases: Vec::new(), ty, default: None };
        let fields = vec![field("a", Type::Primitive("long")), field("b", union_of(["string", "null"]))];
        Type::Record { name: self.name("R"), aliases: Vec::new(), fields }
    }
}

fn union_of(branches: [&'static str; 2]) -> Type {
    Type::Union(branches.map(Type::Primitive).to_vec())
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
    /// Whether it is a primitive type, or means something that is made of it.
    fn is_of(&self, primitive: &str) -> bool {
        match self {
            Self::Primitive(name) => *name == primitive,
            Self::Logical { base, .. } => base.is_of(primitive),
            _ => false,
        }
    }

    /// The schema as JSON. Names are written in full, those without a namespace with a dot that says so.
    pub(crate) fn json(&self) -> Value {
        match self {
            Self::Primitive(name) => json!(name),
            Self::Array(item) => json!({"type": "array", "items": item.json()}),
            Self::Map(value) => json!({"type": "map", "values": value.json()}),
            Self::Enum { name, aliases, symbols, default } => {
                let mut schema = named("enum", name, aliases, "symbols", &json!(symbols));
                if let Some(default) = default {
                    schema["default"] = json!(default);
                }
                schema
            }
            Self::Fixed { name, aliases, size } => named("fixed", name, aliases, "size", &json!(size)),
            Self::Logical { base, name, digits } => {
                let mut schema = match base.json() {
                    Value::String(base) => json!({"type": base}),
                    fixed => fixed,
                };
                schema["logicalType"] = json!(name);
                if let Some((precision, scale)) = digits {
                    schema["precision"] = json!(precision);
                    schema["scale"] = json!(scale);
                }
                schema
            }
            Self::Union(branches) => Value::Array(branches.iter().map(Self::json).collect()),
            Self::Named(name) => json!(if name.contains('.') { name.clone() } else { format!("{ROOT}.{name}") }),
            Self::Record { name, aliases, fields } => {
                let fields = fields.iter().map(Field::json).collect();
                named("record", name, aliases, "fields", &Value::Array(fields))
            }
        }
    }
}

fn named(kind: &str, name: &str, aliases: &[String], key: &str, what: &Value) -> Value {
    let mut schema = json!({"type": kind, "name": last(name), "namespace": namespace(name), key: what});
    if !aliases.is_empty() {
        schema["aliases"] = json!(aliases);
    }
    schema
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
