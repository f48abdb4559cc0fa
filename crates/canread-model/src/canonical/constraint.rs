//! Restrictions of values.

use std::fmt::Display;

use super::literal;
use super::text::Text;
use super::words::Word;
use crate::{Bound, Constraint};

/// Writes a restriction on the same line.
pub(super) fn write(text: &mut Text, constraint: &Constraint) {
    match constraint {
        Constraint::Min(_, bound) => write_bound(text, "min", bound),
        Constraint::Max(_, bound) => write_bound(text, "max", bound),
        Constraint::Length { node: _, min, max } => write_counts(text, "length", *min, *max),
        Constraint::Properties { node: _, min, max } => write_counts(text, "properties", *min, *max),
        Constraint::Pattern { node: _, pattern, dialect } => {
            text.start("pattern");
            text.word(dialect.word());
            text.quoted(pattern);
        }
        Constraint::MultipleOf(_, divisor) => {
            text.start("multiple-of");
            literal::write(text, divisor);
        }
        Constraint::TotalDigits(_, digits) => {
            text.start("total-digits");
            text.number(digits);
        }
        Constraint::FractionDigits(_, digits) => {
            text.start("fraction-digits");
            text.number(digits);
        }
        Constraint::Unique(_) => text.start("unique"),
        Constraint::OneOf(_, values) => {
            text.start("one-of");
            let mut values: Vec<String> = values.iter().map(literal::to_string).collect();
            values.sort_unstable();
            for value in values {
                text.written(&value);
            }
        }
        Constraint::Whitespace(_, treatment) => {
            text.start("whitespace");
            text.word(treatment.word());
        }
        Constraint::Opaque { node: _, format, name, value } => {
            text.start("opaque");
            text.word(format.as_str());
            text.quoted(name);
            literal::write(text, value);
        }
    }
    text.end();
}

/// A number, or `_` where there is none.
pub(super) fn number_or_gap(text: &mut Text, number: Option<impl Display>) {
    match number {
        Some(number) => text.number(number),
        None => text.word("_"),
    }
}

fn write_bound(text: &mut Text, tag: &str, bound: &Bound) {
    text.start(tag);
    literal::write(text, &bound.value);
    text.word_if(!bound.inclusive, "exclusive");
}

fn write_counts(text: &mut Text, tag: &str, min: Option<u64>, max: Option<u64>) {
    text.start(tag);
    number_or_gap(text, min);
    number_or_gap(text, max);
}
