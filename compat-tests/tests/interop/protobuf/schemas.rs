//! `.proto` files that use everything the format has for values.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::Coverage;
use crate::random::Random;

/// How deep messages are declared inside each other at most.
const DEPTH_MAX: usize = 3;

/// Which language a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Proto2,
    Proto3,
    Edition2023,
}

pub(crate) struct Generator<'r> {
    dialect: Dialect,
    random: &'r mut Random,
    coverage: &'r mut Coverage,
    names: usize,
    enums: Vec<DeclaredEnum>,
    /// Messages that are being made, from the outermost on.
    open: Vec<String>,
    /// Fields that are declared outside of their messages.
    extensions: String,
    /// Whether fields of this file have presence if they don't say otherwise (editions).
    is_implicit: bool,
}

#[derive(Debug, Clone)]
struct DeclaredEnum {
    name: String,
    is_open: bool,
    starts_with_zero: bool,
    first: String,
}

/// A type as it is written, and what may be said of its field.
struct Written {
    name: String,
    sort: Sort,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Number,
    Text,
    OpenEnum,
    ClosedEnum,
    Message,
}

const NUMBERS: [&str; 13] = [
    "bool", "double", "fixed32", "fixed64", "float", "int32", "int64", "sfixed32", "sfixed64", "sint32", "sint64",
    "uint32", "uint64",
];
const KEYS: [&str; 12] = [
    "bool", "fixed32", "fixed64", "int32", "int64", "sfixed32", "sfixed64", "sint32", "sint64", "uint32", "uint64",
    "string",
];
/// The same with words of their own, for what is counted.
const MAP_KEYS: [&str; 12] = [
    "map of bool",
    "map of fixed32",
    "map of fixed64",
    "map of int32",
    "map of int64",
    "map of sfixed32",
    "map of sfixed64",
    "map of sint32",
    "map of sint64",
    "map of uint32",
    "map of uint64",
    "map of string",
];

impl<'r> Generator<'r> {
    pub(crate) fn new(dialect: Dialect, random: &'r mut Random, coverage: &'r mut Coverage) -> Self {
        Self {
            dialect,
            random,
            coverage,
            names: 0,
            enums: Vec::new(),
            open: Vec::new(),
            extensions: String::new(),
            is_implicit: false,
        }
    }

    fn uses(&mut self, what: &'static str) {
        *self.coverage.entry(what).or_default() += 1;
    }

    fn name(&mut self, start: &str) -> String {
        self.names += 1;
        format!("{start}{}", self.names)
    }

    /// A whole file, whose outermost message is `M`.
    pub(crate) fn file(mut self, package: &str) -> String {
        let mut text = match self.dialect {
            Dialect::Proto2 => "syntax = \"proto2\";\n",
            Dialect::Proto3 => "syntax = \"proto3\";\n",
            Dialect::Edition2023 => "edition = \"2023\";\n",
        }
        .to_owned();
        self.uses(match self.dialect {
            Dialect::Proto2 => "proto2",
            Dialect::Proto3 => "proto3",
            Dialect::Edition2023 => "edition 2023",
        });
        let _ = writeln!(text, "package {package};");
        if self.dialect == Dialect::Edition2023 && self.random.once_in(3) {
            self.uses("feature of a file");
            self.is_implicit = true;
            text.push_str("option features.field_presence = IMPLICIT;\n");
        }
        for _ in 0..2 {
            text.push_str(&self.enumeration());
        }
        text.push_str(&self.message("M", 0));
        text.push_str(&self.extensions);
        text
    }

    fn enumeration(&mut self) -> String {
        let name = self.name("E");
        let is_open = match self.dialect {
            Dialect::Proto2 => false,
            Dialect::Proto3 => true,
            Dialect::Edition2023 => self.random.once_in(2),
        };
        let starts_with_zero = is_open || self.random.once_in(2);
        self.uses(if is_open { "open enum" } else { "closed enum" });
        let mut text = format!("enum {name} {{\n");
        if self.dialect == Dialect::Edition2023 && !is_open {
            text.push_str("  option features.enum_type = CLOSED;\n");
        }
        let has_alias = self.random.once_in(3);
        if has_alias {
            self.uses("enum with two names of a number");
            text.push_str("  option allow_alias = true;\n");
        }
        let first = format!("{name}_FIRST");
        let number = i32::from(!starts_with_zero);
        let _ = writeln!(text, "  {first} = {number};\n  {name}_NEGATIVE = -5;\n  {name}_LARGE = 2147483647;");
        if has_alias {
            let _ = writeln!(text, "  {name}_AGAIN = {number};");
        }
        text.push_str("}\n");
        self.enums.push(DeclaredEnum { name, is_open, starts_with_zero, first });
        text
    }

    /// A message with the types that it alone needs inside of it.
    fn message(&mut self, name: &str, depth: usize) -> String {
        self.uses(if depth == 0 { "message" } else { "message in a message" });
        self.open.push(name.to_owned());
        let mut inside = String::new();
        let body = self.body(depth, &mut inside);
        self.open.pop();
        format!("message {name} {{\n{inside}{body}}}\n")
    }

    fn body(&mut self, depth: usize, inside: &mut String) -> String {
        let count = self.random.below(if depth == 0 { 14 } else { 5 });
        let mut numbers = self.numbers(count + 6).into_iter();
        let mut text = String::new();
        let mut number = || numbers.next().expect("there are enough");
        for _ in 0..count {
            let own = number();
            text.push_str(&match self.random.below(10) {
                0..=3 => self.single(own, depth, inside),
                4..=6 => self.repeated(own, depth, inside),
                7 | 8 => self.map(own, depth, inside),
                _ => self.delimited(own, depth),
            });
        }
        if self.random.once_in(2) {
            self.uses("oneof");
            let name = self.name("choice");
            let _ = writeln!(text, "  oneof {name} {{");
            for _ in 0..=self.random.below(4) {
                let ty = self.ty(depth, inside, false);
                let field = self.name("f");
                let _ = writeln!(text, "    {} {field} = {};", ty.name, number());
            }
            text.push_str("  }\n");
        }
        if self.dialect != Dialect::Proto3 && depth == 0 && self.random.once_in(2) {
            text.push_str("  extensions 5000 to 5999;\n");
            self.extend();
        }
        text
    }

    /// Numbers of fields, in any order: keys of one byte, of more, and of the most.
    fn numbers(&mut self, count: usize) -> Vec<i32> {
        let mut seen = BTreeSet::new();
        let mut numbers = Vec::new();
        while numbers.len() < count {
            let end = self.random.of(&[16, 16, 40, 2100, 4999]);
            let number = 1 + i32::try_from(self.random.below(end)).expect("few");
            if seen.insert(number) {
                numbers.push(number);
            }
        }
        numbers
    }

    fn single(&mut self, number: i32, depth: usize, inside: &mut String) -> String {
        let ty = self.ty(depth, inside, false);
        let field = self.name("f");
        let mut options = Vec::new();
        let label = match self.dialect {
            Dialect::Proto2 if ty.sort != Sort::Message && self.random.once_in(4) => {
                self.uses("required");
                "required "
            }
            Dialect::Proto2 => "optional ",
            Dialect::Proto3 if self.random.once_in(3) => {
                self.uses("optional of proto3");
                "optional "
            }
            Dialect::Proto3 => {
                self.uses("presence that is not told");
                ""
            }
            Dialect::Edition2023 => {
                options.extend(self.presence(&ty));
                ""
            }
        };
        let has_presence = self.dialect == Dialect::Proto2
            || self.dialect == Dialect::Edition2023 && options.iter().any(|option| option.ends_with("EXPLICIT"));
        if has_presence && self.random.once_in(3) {
            options.extend(self.default(&ty));
        }
        format!("  {label}{} {field} = {number}{};\n", ty.name, bracketed(&options))
    }

    /// What an edition says of the presence of a field.
    fn presence(&mut self, ty: &Written) -> Option<String> {
        let presence = match ty.sort {
            Sort::Message => return None,
            _ if self.random.once_in(5) => {
                self.uses("required of an edition");
                "LEGACY_REQUIRED"
            }
            // A reader would take a number that a closed enum does not have for nothing.
            Sort::ClosedEnum => "EXPLICIT",
            _ if self.random.once_in(3) => {
                self.uses("implicit presence");
                "IMPLICIT"
            }
            _ if self.is_implicit && self.random.once_in(2) => return None,
            _ => "EXPLICIT",
        };
        Some(format!("features.field_presence = {presence}"))
    }

    fn default(&mut self, ty: &Written) -> Option<String> {
        let value = match (ty.sort, ty.name.as_str()) {
            (Sort::Message, _) => return None,
            (Sort::OpenEnum | Sort::ClosedEnum, name) => {
                let declared = self.enums.iter().find(|declared| declared.name == name)?;
                declared.first.clone()
            }
            (Sort::Text, _) => "\"a\\\"\\x41\"".to_owned(),
            (_, "bool") => "true".to_owned(),
            (_, "float" | "double") => self.random.of(&["inf", "-1.5e3", "nan"]).to_owned(),
            _ => "7".to_owned(),
        };
        self.uses("default");
        Some(format!("default = {value}"))
    }

    fn repeated(&mut self, number: i32, depth: usize, inside: &mut String) -> String {
        let ty = self.ty(depth, inside, false);
        let field = self.name("f");
        let mut options = Vec::new();
        if !matches!(ty.sort, Sort::Text | Sort::Message) && self.random.once_in(2) {
            let is_packed = self.random.once_in(2);
            self.uses(if is_packed { "packed" } else { "not packed" });
            options.push(match (self.dialect, is_packed) {
                (Dialect::Edition2023, true) => "features.repeated_field_encoding = PACKED".to_owned(),
                (Dialect::Edition2023, false) => "features.repeated_field_encoding = EXPANDED".to_owned(),
                (_, is_packed) => format!("packed = {is_packed}"),
            });
        }
        self.uses("repeated");
        format!("  repeated {} {field} = {number}{};\n", ty.name, bracketed(&options))
    }

    fn map(&mut self, number: i32, depth: usize, inside: &mut String) -> String {
        let at = self.random.below(KEYS.len());
        self.uses(MAP_KEYS[at]);
        let value = self.ty(depth, inside, true);
        let field = self.name("f");
        format!("  map<{}, {}> {field} = {number};\n", KEYS[at], value.name)
    }

    /// A message between two tags, where the dialect has such.
    fn delimited(&mut self, number: i32, depth: usize) -> String {
        let is_repeated = self.random.once_in(2);
        match self.dialect {
            Dialect::Proto2 => {
                self.uses("group");
                let name = self.name("Group");
                let label = if is_repeated { "repeated" } else { "optional" };
                let mut inside = String::new();
                // Not of the messages that others name: a group is a field.
                let body = if depth < DEPTH_MAX { self.body(depth + 1, &mut inside) } else { String::new() };
                format!("  {label} group {name} = {number} {{\n{inside}{body}  }}\n")
            }
            Dialect::Edition2023 => {
                self.uses("delimited message");
                let message = self.open.last().cloned().expect("there is one around it");
                let label = if is_repeated { "repeated " } else { "" };
                let field = self.name("f");
                format!("  {label}{message} {field} = {number} [features.message_encoding = DELIMITED];\n")
            }
            Dialect::Proto3 => String::new(),
        }
    }

    fn ty(&mut self, depth: usize, inside: &mut String, is_value_of_map: bool) -> Written {
        match self.random.below(12) {
            0..=5 => {
                let name = self.random.of(&NUMBERS);
                self.uses(name);
                Written { name: name.to_owned(), sort: Sort::Number }
            }
            6 | 7 => {
                let name = self.random.of(&["string", "bytes"]);
                self.uses(name);
                Written { name: name.to_owned(), sort: Sort::Text }
            }
            8 | 9 => self.enum_type(is_value_of_map),
            10 if depth < DEPTH_MAX => {
                let name = self.name("M");
                inside.push_str(&self.message(&name, depth + 1));
                Written { name, sort: Sort::Message }
            }
            _ => {
                self.uses("recursion");
                let name = self.open[self.random.below(self.open.len())].clone();
                Written { name, sort: Sort::Message }
            }
        }
    }

    fn enum_type(&mut self, is_value_of_map: bool) -> Written {
        // The value of an entry has the presence that its file says, which none of a closed enum may lack.
        let needs_open = self.is_implicit;
        let fits = |declared: &&DeclaredEnum| {
            !is_value_of_map || declared.starts_with_zero && (declared.is_open || !needs_open)
        };
        let declared: Vec<&DeclaredEnum> = self.enums.iter().filter(fits).collect();
        let Some(declared) = declared.get(self.random.below(declared.len())) else {
            return Written { name: "int32".to_owned(), sort: Sort::Number };
        };
        let sort = if declared.is_open { Sort::OpenEnum } else { Sort::ClosedEnum };
        Written { name: declared.name.clone(), sort }
    }

    /// Fields of `M` that are declared outside of it.
    fn extend(&mut self) {
        let mut text = "extend M {\n".to_owned();
        for at in 0..=self.random.below(3) {
            let ty = self.ty(DEPTH_MAX, &mut String::new(), false);
            let name = self.name("x");
            let is_repeated = self.random.once_in(2);
            self.uses(if is_repeated { "repeated extension" } else { "extension" });
            let label = match (is_repeated, self.dialect) {
                (true, _) => "repeated ",
                (_, Dialect::Proto2) => "optional ",
                _ => "",
            };
            // Whatever the file says of presence, an extension has it.
            let options: Vec<String> = Vec::new();
            let name_of_type = if self.open.contains(&ty.name) { "M".to_owned() } else { ty.name };
            let _ = writeln!(text, "  {label}{name_of_type} {name} = {}{};", 5000 + at, bracketed(&options));
        }
        text.push_str("}\n");
        self.extensions.push_str(&text);
    }
}

fn bracketed(options: &[String]) -> String {
    if options.is_empty() { String::new() } else { format!(" [{}]", options.join(", ")) }
}
