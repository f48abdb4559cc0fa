//! Uses of types, with all that hangs on them.

use super::words::Word;
use super::{Canon, literal, order};
use crate::{Constraint, DurationKind, Field, Int, List, Logical, LogicalKind, Map, Tuple, Type, TypeKind};

/// What is still to be written, last first. A stack of our own, so that no
/// depth of types is too much for the thread's.
pub(super) enum Step<'a> {
    Type(&'a Type),
    Throw(&'a Field),
    Start(&'static str),
    End,
}

impl<'a> Canon<'a, '_> {
    /// Writes a type on the same line.
    pub(super) fn ty(&mut self, ty: &'a Type) {
        let mut steps = std::mem::take(&mut self.type_steps);
        steps.push(Step::Type(ty));
        while let Some(step) = steps.pop() {
            match step {
                Step::Type(ty) => self.type_head(ty, &mut steps),
                Step::Throw(field) => {
                    self.text.start("throw");
                    self.field_head(field, &[]);
                    steps.extend([Step::End, Step::Type(&field.ty)]);
                }
                Step::Start(tag) => self.text.start(tag),
                Step::End => self.text.end(),
            }
        }
        self.type_steps = steps;
    }

    /// Writes types on the same line, each after the other.
    pub(super) fn types(&mut self, types: &'a [Type]) {
        for ty in types {
            self.ty(ty);
        }
    }

    /// Writes everything of a type but the types in it, which it leaves as steps.
    fn type_head(&mut self, ty: &'a Type, steps: &mut Vec<Step<'a>>) {
        self.kind(&ty.kind);
        self.text.word_if(ty.is_null_last(), "null-last");
        if let Some(logical) = ty.as_logical() {
            self.logical(logical);
        }
        self.constraints(ty.constraints());
        self.annotations(ty.annotations());

        steps.push(Step::End);
        if let Some(reply) = ty.reply() {
            steps.extend([Step::End, Step::Type(reply), Step::Start("reply")]);
        }
        steps.extend(ty.throws().iter().rev().map(Step::Throw));
        match &ty.kind {
            TypeKind::List(list) => {
                let List { item, packed: _ } = &**list;
                steps.push(Step::Type(item));
            }
            TypeKind::Set(item) | TypeKind::Nullable(item) | TypeKind::Stream(item) | TypeKind::Sink(item) => {
                steps.push(Step::Type(item));
            }
            TypeKind::Map(map) => {
                let Map { key, value, ordered: _ } = &**map;
                steps.extend([Step::Type(value), Step::Type(key)]);
            }
            TypeKind::Tuple(tuple) => {
                let Tuple { items, rest } = &**tuple;
                if let Some(rest) = rest {
                    steps.extend([Step::End, Step::Type(rest), Step::Start("rest")]);
                }
                steps.extend(items.iter().rev().map(Step::Type));
            }
            _ => {}
        }
    }

    /// Writes what a type is, up to the types in it.
    fn kind(&mut self, kind: &'a TypeKind) {
        let text = &mut *self.text;
        match kind {
            TypeKind::Null => text.start("null"),
            TypeKind::Bool => text.start("bool"),
            TypeKind::Int(int) => self.int(*int),
            TypeKind::Float { bits } => {
                text.start("float");
                text.number(bits);
            }
            TypeKind::Decimal { precision, scale } => {
                text.start("decimal");
                self.number_or_gap(*precision);
                self.number_or_gap(*scale);
            }
            TypeKind::String(checked) => {
                text.start("string");
                text.word(checked.word());
            }
            TypeKind::Bytes => text.start("bytes"),
            TypeKind::Fixed { size } => {
                text.start("fixed");
                text.number(size);
            }
            TypeKind::Date => text.start("date"),
            TypeKind::Time(unit) => {
                text.start("time");
                text.word(unit.word());
            }
            TypeKind::Timestamp(unit, zone) => {
                text.start("timestamp");
                text.word(unit.word());
                text.word(zone.word());
            }
            TypeKind::Duration(kind) => self.duration(*kind),
            TypeKind::Uuid => text.start("uuid"),
            TypeKind::Uri => text.start("uri"),
            TypeKind::QName => text.start("qname"),
            TypeKind::Id => text.start("id"),
            TypeKind::IdRef => text.start("idref"),
            TypeKind::Any => text.start("any"),
            TypeKind::Never => text.start("never"),
            TypeKind::Literal(value) => {
                text.start("literal");
                literal::write(text, value);
            }
            TypeKind::List(list) => {
                text.start("list");
                text.word_if(list.packed, "packed");
            }
            TypeKind::Set(_) => text.start("set"),
            TypeKind::Map(map) => {
                text.start("map");
                text.word_if(map.ordered, "ordered");
            }
            TypeKind::Tuple(_) => text.start("tuple"),
            TypeKind::Nullable(_) => text.start("nullable"),
            TypeKind::Ref(decl) => {
                text.start("ref");
                self.reference(*decl);
            }
            TypeKind::Unresolved(name) => {
                text.start("unresolved");
                text.quoted(name);
            }
            TypeKind::Stream(_) => text.start("stream"),
            TypeKind::Sink(_) => text.start("sink"),
        }
    }

    fn int(&mut self, int: Int) {
        self.text.start("int");
        self.text.number(int.bits);
        self.text.word(if int.signed { "signed" } else { "unsigned" });
        self.text.word(int.encoding.word());
    }

    fn duration(&mut self, kind: DurationKind) {
        self.text.start("duration");
        self.text.word(kind.word());
    }

    fn logical(&mut self, logical: &Logical) {
        self.text.start("logical");
        self.text.quoted(&logical.name);
        let text = &mut *self.text;
        match &logical.kind {
            LogicalKind::Decimal { precision, scale } => {
                text.word("decimal");
                text.number(precision);
                text.number(scale);
            }
            LogicalKind::BigDecimal => text.word("big-decimal"),
            LogicalKind::Date => text.word("date"),
            LogicalKind::Time(unit) => {
                text.word("time");
                text.word(unit.word());
            }
            LogicalKind::Timestamp(unit, zone) => {
                text.word("timestamp");
                text.word(unit.word());
                text.word(zone.word());
            }
            LogicalKind::Duration(kind) => {
                text.word("duration");
                text.word(kind.word());
            }
            LogicalKind::Uuid => text.word("uuid"),
            LogicalKind::Unknown => text.word("unknown"),
        }
        self.text.end();
    }

    /// Writes restrictions on the same line. All of them hold, so their order says nothing.
    pub(super) fn constraints(&mut self, constraints: &[Constraint]) {
        match constraints {
            [] => {}
            [one] => super::constraint::write(self.text, one),
            many => {
                for constraint in order::as_text(many, super::constraint::write) {
                    self.text.written(&constraint);
                }
            }
        }
    }

    fn number_or_gap(&mut self, number: Option<impl std::fmt::Display>) {
        super::constraint::number_or_gap(self.text, number);
    }
}
