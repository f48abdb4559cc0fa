//! Option messages to option statements.

use std::borrow::Cow;

use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashSet;

use super::Lowering;
use super::opaque::{Opaque, OwnerName};
use super::types::Found;
use crate::schema::ast::{CommentsId, NO_SPAN, NamePart, OptionDecl};
use crate::schema::descriptor::wire::{Cursor, RawField, RawValue, ReadLimits};
use crate::schema::descriptor::{FieldLabel, FieldType};

/// The options of one node while they are read.
struct Options<'a> {
    span: Span,
    statements: Vec<OptionDecl<'a>>,
    /// Numbers on the way to each message that some statement has set.
    set: FxHashSet<Vec<u32>>,
}

impl<'a> Lowering<'a, '_> {
    /// The statements that say the same as an option message.
    pub(super) fn options(
        &mut self,
        bytes: Option<&'a Cow<'a, [u8]>>,
        message: &str,
        owner: OwnerName<'_>,
        span: Span,
    ) -> Box<[OptionDecl<'a>]> {
        let Some(bytes) = bytes else { return Box::default() };
        let message = format!("google.protobuf.{message}");
        let mut options = Options { span, statements: Vec::new(), set: FxHashSet::default() };
        let cursor = Cursor::new(bytes, ReadLimits::default(), "options");
        let Ok(mut cursor) = cursor else { return Box::default() };
        loop {
            match cursor.field() {
                Ok(Some(raw)) => {
                    if !self.option(&mut options, &message, &[], &[], raw) {
                        self.keep_unknown(owner, span, raw);
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    self.damaged(span, format!("its options are damaged: {error}"));
                    break;
                }
            }
        }
        options.statements.into_boxed_slice()
    }

    /// Adds the statements for one field; `false` if nothing explains its bytes.
    ///
    /// protoc writes a field of its own for each statement, also where several set parts of one
    /// message. Only the first can be a statement for the message as a whole: a second
    /// one would set it again. The others name the part that they set.
    fn option(
        &mut self,
        options: &mut Options<'a>,
        message: &str,
        path: &[NamePart<'a>],
        numbers: &[u32],
        raw: RawField<'a>,
    ) -> bool {
        let Some(found) = self.types.field(message, raw.number) else { return false };
        let mut path = path.to_vec();
        path.push(name_part(&found));
        let mut numbers = numbers.to_vec();
        numbers.push(raw.number);
        let inner = match raw.value {
            RawValue::Bytes(inner) | RawValue::Group(inner) => Some(inner),
            _ => None,
        };
        let is_message = matches!(found.field.ty, Some(FieldType::Message | FieldType::Group));
        let is_single = found.field.label != Some(FieldLabel::Repeated);
        if let (true, true, Some(inner), Some(ty)) = (is_message, is_single, inner, found.field.type_name.as_deref()) {
            if options.set.contains(&numbers) {
                return self.parts(options, ty, &path, &numbers, inner);
            }
            self.mark(&mut options.set, ty, &numbers, inner);
        }
        let Ok(values) = self.types.values(&found, raw) else { return false };
        for value in values {
            let name = path.clone().into_boxed_slice();
            let span = options.span;
            let statement = OptionDecl { name, value, name_span: span, span, comments: CommentsId::NONE };
            options.statements.push(statement);
        }
        true
    }

    /// The fields of a message that is set already, each by a statement of its own.
    fn parts(
        &mut self,
        options: &mut Options<'a>,
        message: &str,
        path: &[NamePart<'a>],
        numbers: &[u32],
        inner: Cursor<'a>,
    ) -> bool {
        let Ok(mut cursor) = inner.enter("option") else { return false };
        while let Ok(Some(raw)) = cursor.field() {
            if !self.option(options, message, path, numbers, raw) {
                return false;
            }
        }
        true
    }

    /// Notes that a message, and every single message in it, is set.
    fn mark(&self, set: &mut FxHashSet<Vec<u32>>, message: &str, numbers: &[u32], inner: Cursor<'a>) {
        set.insert(numbers.to_vec());
        let Ok(mut cursor) = inner.enter("option") else { return };
        while let Ok(Some(raw)) = cursor.field() {
            let Some(Found { field, .. }) = self.types.field(message, raw.number) else { continue };
            let (RawValue::Bytes(inner) | RawValue::Group(inner)) = raw.value else { continue };
            let is_message = matches!(field.ty, Some(FieldType::Message | FieldType::Group));
            let (true, Some(ty)) = (is_message, field.type_name.as_deref()) else { continue };
            if field.label != Some(FieldLabel::Repeated) {
                let mut numbers = numbers.to_vec();
                numbers.push(raw.number);
                self.mark(set, ty, &numbers, inner);
            }
        }
    }

    fn keep_unknown(&mut self, owner: OwnerName<'_>, span: Span, raw: RawField<'a>) {
        let message = format!("option {} is declared nowhere in the set", raw.number);
        let warning = Diagnostic::warning("protobuf/unknown_option", message)
            .at(span, "")
            .help("make the set with all imports (protoc's `--include_imports`), so that custom options can be read");
        self.diagnostics.push(warning);
        self.opaque.push(Opaque::new(owner, raw.number, raw.raw));
    }
}

fn name_part<'a>(found: &Found<'a>) -> NamePart<'a> {
    let name: &'a str = &found.field.name;
    match &found.extension {
        // From the root, so that nothing near can be meant instead.
        Some(full_name) => NamePart { text: format!(".{full_name}").into(), is_extension: true, span: NO_SPAN },
        None => NamePart { text: name.into(), is_extension: false, span: NO_SPAN },
    }
}
