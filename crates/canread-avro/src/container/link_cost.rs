//! What linking a syntax tree takes, known before it is done.
//!
//! Most of a schema becomes so much for each of its parts. Names are more: a namespace stands once in the text and again in the full
//! name of each type in it.

use crate::schema::ast::{Body, Field, File, Head, Property, Schema, Text, Type, TypeKind, Value, ValueKind};

/// Bytes of memory that a part takes at most: in the syntax tree, in the model, in the places of its nodes and in the layout, and what
/// grew has moved from. Measured: compat-tests, `hostile`.
const TYPE: u64 = 480;
const NAMED: u64 = 1_600;
const FIELD: u64 = 1_400;
const SYMBOL: u64 = 420;
const TEXT: u64 = 240;
const PROPERTY: u64 = 420;
const VALUE: u64 = 360;

/// How often a full name is there at most: the declaration's, the keys of four tables, the layout's, and in what is wrong with it.
const NAME_COPIES: u64 = 8;

/// The most bytes of memory that linking a file takes, and compiling what comes of it but for defaults.
pub(super) fn bytes(file: &File<'_>) -> u64 {
    let mut cost = Cost(0);
    match &file.body {
        Body::Schema(Schema { namespace, types, root }) => {
            let around = Around { namespace: namespace.as_ref().map_or(0, length), holder: 0 };
            types.iter().chain(root).for_each(|ty| cost.ty(ty, around));
        }
        // What it declares is declared; but it has no values, so that nothing can be read.
        Body::Protocol(protocol) => {
            let (full_name, namespace) = declared(length_of(&protocol.name.text), protocol.namespace.as_ref(), 0);
            cost.add(NAMED);
            cost.name(full_name);
            let around = Around { namespace, holder: full_name };
            protocol.types.iter().for_each(|ty| cost.ty(ty, around));
            cost.properties(&protocol.properties);
            for message in &protocol.messages {
                cost.add(NAMED);
                message.request.iter().for_each(|field| cost.field(field, around));
                std::iter::once(&message.response).chain(&message.errors).for_each(|ty| cost.ty(ty, around));
                cost.properties(&message.properties);
            }
        }
    }
    cost.0
}

/// Lengths of the namespace around a type, and of the full name of the declaration around it.
#[derive(Clone, Copy)]
struct Around {
    namespace: u64,
    holder: u64,
}

struct Cost(u64);

impl Cost {
    fn add(&mut self, bytes: u64) {
        self.0 = self.0.saturating_add(bytes);
    }

    fn name(&mut self, length: u64) {
        self.add(length.saturating_mul(NAME_COPIES));
    }

    /// Recurses, as deep as types nest.
    fn ty(&mut self, ty: &Type<'_>, around: Around) {
        self.add(TYPE);
        self.properties(&ty.properties);
        match &ty.kind {
            TypeKind::Primitive(_) | TypeKind::Broken => {}
            TypeKind::Reference(name) => self.name(qualified(length_of(&name.text), around.namespace)),
            TypeKind::Record(record) => {
                let inside = self.named(&record.head, around.namespace);
                record.fields.iter().for_each(|field| self.field(field, inside));
            }
            TypeKind::Enum(one) => {
                self.named(&one.head, around.namespace);
                self.add(SYMBOL.saturating_mul(one.symbols.len() as u64));
            }
            TypeKind::Fixed(fixed) => {
                self.named(&fixed.head, around.namespace);
            }
            TypeKind::Array(inner) | TypeKind::Map(inner) => self.ty(inner, around),
            TypeKind::Union(arms) => {
                self.add(NAMED);
                self.name(around.holder);
                for arm in arms {
                    self.ty(arm, around);
                }
            }
        }
    }

    fn named(&mut self, head: &Head<'_>, namespace: u64) -> Around {
        self.add(NAMED);
        let (full_name, inside) = declared(length_of(&head.name.text), head.namespace.as_ref(), namespace);
        self.name(full_name);
        for alias in &head.aliases {
            self.add(TEXT);
            self.name(qualified(length_of(&alias.text), inside));
        }
        Around { namespace: inside, holder: full_name }
    }

    fn field(&mut self, field: &Field<'_>, around: Around) {
        self.add(FIELD);
        self.add(TEXT.saturating_mul(field.aliases.len() as u64));
        self.properties(&field.properties);
        if let Some(value) = &field.default {
            self.value(value);
        }
        self.ty(&field.ty, around);
    }

    fn properties(&mut self, properties: &[Property<'_>]) {
        for property in properties {
            self.add(PROPERTY);
            self.value(&property.value);
        }
    }

    /// Recurses, as deep as JSON nests.
    fn value(&mut self, value: &Value<'_>) {
        self.add(VALUE);
        match &value.kind {
            ValueKind::Array(values) => values.iter().for_each(|value| self.value(value)),
            ValueKind::Object(members) => members.iter().for_each(|member| self.value(&member.value)),
            _ => {}
        }
    }
}

/// The length of a name, and where its last dot is.
type Name = (u64, Option<u64>);

fn length_of(name: &str) -> Name {
    (name.len() as u64, name.rfind('.').map(|at| at as u64))
}

fn length(text: &Text<'_>) -> u64 {
    text.text.len() as u64
}

/// The length of a name in a namespace. Source: Avro 1.12, "Names".
fn qualified((length, dot): Name, namespace: u64) -> u64 {
    if dot.is_some() || namespace == 0 { length } else { length.saturating_add(namespace).saturating_add(1) }
}

/// The lengths of the full name of what is declared, and of the namespace inside it.
fn declared(name: Name, namespace: Option<&Text<'_>>, around: u64) -> (u64, u64) {
    let namespace = namespace.map_or(around, length);
    (qualified(name, namespace), name.1.unwrap_or(namespace))
}

#[cfg(test)]
mod tests {
    use canread_syntax::FileId;

    use super::*;
    use crate::schema::parse;

    fn cost(text: &str) -> u64 {
        bytes(&parse(FileId(0), text).file.expect("a schema"))
    }

    #[test]
    fn a_namespace_counts_for_each_type_in_it() {
        let fixed = |at: usize| format!(r#"{{"type": "fixed", "name": "F{at}", "size": 1}}"#);
        let fields: Vec<_> = (0..9).map(|at| format!(r#"{{"name": "f{at}", "type": {}}}"#, fixed(at))).collect();
        let of = |namespace: &str| {
            let fields = fields.join(",");
            cost(&format!(r#"{{"type": "record", "name": "R", "namespace": "{namespace}", "fields": [{fields}]}}"#))
        };
        assert_eq!(of(&"n".repeat(1_001)) - of("n"), 1_000 * NAME_COPIES * 10, "nine of them and the record itself");
    }

    #[test]
    fn a_full_name_takes_its_namespace_with_it() {
        assert_eq!(declared(length_of("a.b.C"), None, 70), (5, 3));
        assert_eq!(declared(length_of("C"), None, 70), (72, 70));
        assert_eq!(qualified(length_of("a.C"), 70), 3);
    }
}
