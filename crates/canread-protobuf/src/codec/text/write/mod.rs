//! Values to text.
//!
//! | file | holds |
//! |---|---|
//! | this one | messages and their fields |
//! | `scalar` | numbers, texts and symbols |
//! | `expanded` | messages within `Any` |
//! | `unknown` | what the layout does not have |

mod expanded;
mod scalar;
mod unknown;

use canread_model::{Format, Presence};
use canread_plan::{FieldLayout, Layout, LayoutKind, Record, RecordLayout, TypeId, Value, WellKnown};
use canread_wire::{EncodeError, EncodeErrorKind, FieldPath, PathSegment};

use super::super::value::is_zero;
use super::names;
use super::options::WriteOptions;

type Written = Result<(), EncodeErrorKind>;

pub(super) fn print(layout: &Layout, value: &Value<'_>, options: WriteOptions) -> Result<String, EncodeError> {
    let mut printer = Printer {
        layout,
        options,
        text: String::new(),
        indent: 0,
        depth_left: options.limits.levels_max(),
        memory_left: options.limits.allocated_bytes_max(),
        path: FieldPath::default(),
    };
    let written = match (layout.root_in(Format::Protobuf).map(|root| layout.kind(root)), value) {
        (Some(LayoutKind::Record(id)), Value::Record(record)) => printer.message(id, record),
        (None, _) => Err(EncodeErrorKind::OtherFormat),
        _ => Err(EncodeErrorKind::Mismatch),
    };
    written.map_err(|kind| EncodeError::new(kind, std::mem::take(&mut printer.path)))?;
    if options.is_single_line && printer.text.ends_with(' ') {
        printer.text.pop();
    }
    Ok(printer.text)
}

/// One text that is written.
struct Printer<'l> {
    layout: &'l Layout,
    options: WriteOptions,
    text: String,
    /// Messages around what is written.
    indent: usize,
    depth_left: u32,
    /// Bytes that messages in `Any` may still take.
    memory_left: u64,
    path: FieldPath,
}

impl Printer<'_> {
    /// The fields of a message.
    fn message(&mut self, id: u32, record: &Record<'_>) -> Written {
        self.enter()?;
        let layout = self.layout.record(id);
        if record.fields.len() != layout.fields.len() {
            return Err(EncodeErrorKind::Mismatch);
        }
        if let Some(field) = layout.second_of_oneof(record.fields).and_then(|at| layout.fields.get(at)) {
            return Err(self.failed_in(&field.name, EncodeErrorKind::SecondOfOneof));
        }
        let is_any = layout.well_known == Some(WellKnown::Any) && !self.options.has_any_urls_only;
        if !(is_any && self.expanded(layout, record)?) {
            for at in layout.in_order_of_numbers() {
                let (Some(field), Some(value)) = (layout.fields.get(at), record.fields.get(at)) else { continue };
                self.field(layout, field, value).map_err(|kind| self.failed_in(&field.name, kind))?;
            }
        }
        if self.options.has_unknown {
            self.unknown(record.unknown, unknown::GUESSES_MAX)?;
        }
        self.leave();
        Ok(())
    }

    fn field(&mut self, record: &RecordLayout, field: &FieldLayout, value: &Value<'_>) -> Written {
        let layout = self.layout;
        match (layout.kind(field.ty), value) {
            (_, Value::Absent) => Ok(()),
            (LayoutKind::List { item, .. }, Value::List(list)) => {
                let name = names::printed(layout, record, field);
                for (at, value) in list.iter().enumerate() {
                    self.named(&name, item, &value).map_err(|kind| self.failed_at(at, kind))?;
                }
                Ok(())
            }
            (LayoutKind::Map { key, value }, Value::Map(entries)) => {
                for (at, (own_key, own_value)) in entries.iter().enumerate() {
                    self.open(&field.name);
                    let written = self.named("key", key, own_key);
                    let written = written.and_then(|()| self.named("value", value, own_value));
                    written.map_err(|kind| self.failed_at(at, kind))?;
                    self.close();
                }
                Ok(())
            }
            (kind, value) if field.presence == Presence::Implicit && is_zero(kind, value) => Ok(()),
            _ => self.named(&names::printed(layout, record, field), field.ty, value),
        }
    }

    /// A value that is no list or map, with its name.
    fn named(&mut self, name: &str, ty: TypeId, value: &Value<'_>) -> Written {
        match (self.layout.kind(ty), value) {
            (LayoutKind::Record(id), Value::Record(record)) => {
                self.open(name);
                self.message(id, record)?;
                self.close();
            }
            (kind, value) => {
                self.begin(name);
                self.text.push_str(": ");
                self.scalar(kind, value)?;
                self.end();
            }
        }
        Ok(())
    }

    /// Begins a line with a name.
    fn begin(&mut self, name: &str) {
        if !self.options.is_single_line {
            self.text.extend(std::iter::repeat_n("  ", self.indent));
        }
        self.text.push_str(name);
    }

    /// Ends a line.
    fn end(&mut self) {
        self.text.push(if self.options.is_single_line { ' ' } else { '\n' });
    }

    fn open(&mut self, name: &str) {
        self.begin(name);
        self.text.push_str(" {");
        self.end();
        self.indent = self.indent.saturating_add(1);
    }

    fn close(&mut self) {
        self.indent = self.indent.saturating_sub(1);
        self.begin("}");
        self.end();
    }

    fn enter(&mut self) -> Written {
        let too_deep = EncodeErrorKind::TooDeep { allowed: self.options.limits.depth_max() };
        self.depth_left = self.depth_left.checked_sub(1).ok_or(too_deep)?;
        Ok(())
    }

    fn leave(&mut self) {
        self.depth_left = self.depth_left.saturating_add(1);
    }

    #[cold]
    fn failed_in(&mut self, field: &str, kind: EncodeErrorKind) -> EncodeErrorKind {
        self.path.lead_with(PathSegment::Field(field.to_owned().into()));
        kind
    }

    #[cold]
    fn failed_at(&mut self, item: usize, kind: EncodeErrorKind) -> EncodeErrorKind {
        self.path.lead_with(PathSegment::Item(item as u64));
        kind
    }
}
