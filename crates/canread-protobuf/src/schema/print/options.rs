//! Options: as statements, and in brackets.

use canread_model::{Annotation, Format, Literal};

use super::text::{Text, push_indent};
use super::{Place, docs, literal};
use canread_model::Meta;

/// An option's name and value, ready to print.
pub(super) struct Setting<'m> {
    pub(super) name: String,
    pub(super) value: &'m Literal,
}

/// The options of a node: its annotations of this format. A list is as many options of one name.
pub(super) fn settings<'m>(place: &Place<'_>, annotations: &'m [Annotation]) -> Vec<Setting<'m>> {
    let mut settings = Vec::new();
    let own = annotations.iter().filter(|annotation| annotation.origin == Format::Protobuf);
    // Options without a name are not declared anywhere; the caller of all this says so.
    for annotation in own.filter(|annotation| !annotation.path.is_empty() && !annotation.path.starts_with('#')) {
        let values = match &annotation.value {
            Literal::List(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        settings.extend(values.iter().map(|value| Setting { name: name(place, &annotation.path), value }));
    }
    settings
}

/// `(shop.rules).min.(shop.ext)`, with each extension as it is written at this place.
fn name(place: &Place<'_>, path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, behind)) = rest.split_once('(') {
        out.push_str(before);
        let (extension, behind) = behind.split_once(')').unwrap_or((behind, ""));
        out.push('(');
        out.push_str(&place.reference(extension));
        out.push(')');
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// `option name = value;` for each option.
pub(super) fn statements(text: &mut Text, settings: &[Setting<'_>]) {
    for setting in settings {
        let mut line = format!("option {} = ", setting.name);
        literal::value(&mut line, setting.value, text.depth());
        line.push(';');
        text.line(&line);
    }
}

/// ` [name = value, …]`, or nothing; on lines of their own where one line would be too long.
pub(super) fn brackets(settings: &[Setting<'_>], depth: usize, column: usize) -> String {
    const LINE_MAX: usize = 100;
    if settings.is_empty() {
        return String::new();
    }
    let one_line = format!(" [{}]", joined(settings, ", ", depth));
    if !one_line.contains('\n') && column + one_line.len() < LINE_MAX {
        return one_line;
    }
    if let [only] = settings {
        // The braces of a single message literal show well enough where it ends.
        if matches!(only.value, Literal::Map(_)) {
            return one_line;
        }
    }
    let mut separator = ",\n".to_owned();
    push_indent(&mut separator, depth + 1);
    let mut out = " [\n".to_owned();
    push_indent(&mut out, depth + 1);
    out.push_str(&joined(settings, &separator, depth + 1));
    out.push('\n');
    push_indent(&mut out, depth);
    out.push(']');
    out
}

fn joined(settings: &[Setting<'_>], separator: &str, depth: usize) -> String {
    let mut out = String::new();
    for (index, setting) in settings.iter().enumerate() {
        if index > 0 {
            out.push_str(separator);
        }
        out.push_str(&setting.name);
        out.push_str(" = ");
        literal::value(&mut out, setting.value, depth);
    }
    out
}

/// A statement with options in brackets and comments around it.
pub(super) fn statement(text: &mut Text, meta: &Meta, line: &str, settings: &[Setting<'_>]) {
    docs::leading(text, meta);
    let brackets = brackets(settings, text.depth(), 2 * text.depth() + line.len());
    text.line(&format!("{line}{brackets};{}", docs::trailing_inline(meta)));
    docs::trailing_below(text, meta);
}
