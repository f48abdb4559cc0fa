//! `FieldMask`: paths with commas between them, in lower camel case.

use canread_plan::{List, Value};

use super::super::error::{Form, ReadErrorKind, WriteErrorKind};
use super::super::read::{Read, Reader, kept};
use super::super::write::{Writer, Written};
use super::Fields;

const PATHS: i32 = 1;

impl Writer<'_, '_> {
    pub(super) fn field_mask(&mut self, fields: Fields<'_>) -> Written {
        let paths = match fields.get(PATHS) {
            Value::Absent => List::default(),
            Value::List(paths) => paths,
            _ => return Err(WriteErrorKind::Mismatch),
        };
        let mut text = String::new();
        for (at, path) in paths.iter().enumerate() {
            let Value::String(path) = path else { return Err(WriteErrorKind::Mismatch) };
            if at > 0 {
                text.push(',');
            }
            camel(path, &mut text).ok_or(WriteErrorKind::FieldMask)?;
        }
        self.out.string(&text);
        Ok(())
    }
}

/// Adds a path in lower camel case; none if that would not lead back to it, as of an empty one.
fn camel(path: &str, text: &mut String) -> Option<()> {
    if path.is_empty() {
        return None;
    }
    let mut letters = path.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '_' => text.push(letters.next().filter(char::is_ascii_lowercase)?.to_ascii_uppercase()),
            'A'..='Z' | ',' => return None,
            letter => text.push(letter),
        }
    }
    Some(())
}

impl<'a> Reader<'a> {
    pub(super) fn field_mask(&mut self, id: u32) -> Read<Value<'a>> {
        self.kind()?;
        let start = self.json.offset();
        let text = self.string()?;
        if text.is_empty() {
            return self.made(id, &[]);
        }
        let malformed = |reader: &mut Self| reader.failed_from(start, ReadErrorKind::Form(Form::FieldMask));
        let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
        let commas = text.bytes().filter(|byte| *byte == b',').count();
        // All paths behind each other: one for each would be a piece of memory for each.
        let names = kept(self.arena.keep_filled(text.len().saturating_add(capitals), b'_'), self.options)?;
        let mut places = names.iter_mut();
        for letter in text.bytes() {
            if letter.is_ascii_uppercase() {
                // The underscore that is there already.
                places.next();
            }
            if let Some(place) = places.next() {
                *place = letter.to_ascii_lowercase();
            }
        }
        let Ok(names) = std::str::from_utf8(names) else { return Err(malformed(self)) };
        if text.contains('_') || names.split(',').any(str::is_empty) {
            return Err(malformed(self));
        }
        let paths = kept(self.arena.keep_filled(commas.saturating_add(1), Value::Absent), self.options)?;
        for (slot, path) in paths.iter_mut().zip(names.split(',')) {
            *slot = Value::String(path);
        }
        self.made(id, &[(PATHS, Value::List(List::Values(paths)))])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_whose_name_in_json_leads_elsewhere_has_none() {
        let camel = |path: &str| {
            let mut text = String::new();
            camel(path, &mut text).map(|()| text)
        };
        assert_eq!(camel("order_id.line2.a_b_c").as_deref(), Some("orderId.line2.aBC"));
        for path in ["", "orderId", "a__b", "a_", "a_1", "_A", "a,b"] {
            assert_eq!(camel(path), None, "{path}");
        }
    }
}
