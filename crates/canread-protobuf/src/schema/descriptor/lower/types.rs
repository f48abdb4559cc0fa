//! What options may need: messages, enums and extensions by name and number.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::schema::descriptor::raise::{built_in, raise};
use crate::schema::descriptor::wire::{Cursor, RawValue};
use crate::schema::descriptor::{
    DescriptorProto, EnumDescriptorProto, FieldDescriptorProto, FileDescriptorSet, ReadLimits,
};

/// The declarations of a set, and of the built-in option messages where the set has none.
pub(super) struct Types<'a> {
    messages: FxHashMap<String, &'a DescriptorProto<'a>>,
    enums: FxHashMap<String, &'a EnumDescriptorProto<'a>>,
    /// By extended message and number.
    extensions: FxHashMap<(&'a str, i32), Found<'a>>,
}

/// A field of a message.
#[derive(Clone)]
pub(super) struct Found<'a> {
    pub(super) field: &'a FieldDescriptorProto<'a>,
    /// Its full name, if it is an extension.
    pub(super) extension: Option<String>,
}

impl<'a> Types<'a> {
    pub(super) fn new(set: &'a FileDescriptorSet<'a>) -> Self {
        let mut types =
            Self { messages: FxHashMap::default(), enums: FxHashMap::default(), extensions: FxHashMap::default() };
        types.add(built_in_set());
        types.add(set);
        types
    }

    fn add(&mut self, set: &'a FileDescriptorSet<'a>) {
        for file in &set.file {
            let scope = file.package.as_deref().unwrap_or_default();
            self.add_extensions(scope, &file.extension);
            self.add_enums(scope, &file.enum_type);
            for message in &file.message_type {
                self.add_message(scope, message);
            }
        }
    }

    /// Messages nest as deep as the reader of the set allows.
    fn add_message(&mut self, scope: &str, message: &'a DescriptorProto<'a>) {
        let name = join(scope, &message.name);
        self.add_extensions(&name, &message.extension);
        self.add_enums(&name, &message.enum_type);
        for nested in &message.nested_type {
            self.add_message(&name, nested);
        }
        self.messages.insert(name, message);
    }

    fn add_enums(&mut self, scope: &str, enums: &'a [EnumDescriptorProto<'a>]) {
        self.enums.extend(enums.iter().map(|declared| (join(scope, &declared.name), declared)));
    }

    fn add_extensions(&mut self, scope: &str, extensions: &'a [FieldDescriptorProto<'a>]) {
        for field in extensions {
            let Some(extendee) = field.extendee.as_deref() else { continue };
            let extension = Some(join(scope, &field.name));
            self.extensions.insert((without_dot(extendee), field.number), Found { field, extension });
        }
    }

    pub(super) fn message(&self, full_name: &str) -> Option<&'a DescriptorProto<'a>> {
        self.messages.get(without_dot(full_name)).copied()
    }

    /// Whether a message has the option `message_set_wire_format`.
    pub(super) fn is_message_set(&self, full_name: &str) -> bool {
        let options = self.message(full_name).and_then(|message| message.options.as_deref());
        options.is_some_and(|options| says_true(options, 1))
    }

    /// The name of an enum's value.
    pub(super) fn enum_value(&self, full_name: &str, number: i32) -> Option<&'a str> {
        let declared = self.enums.get(without_dot(full_name))?;
        declared.value.iter().find(|value| value.number == number).map(|value| &*value.name)
    }

    /// The field or extension of a message under a number.
    pub(super) fn field(&self, message: &str, number: u32) -> Option<Found<'a>> {
        let number = i32::try_from(number).ok()?;
        let own = self.message(message)?.field.iter().find(|field| field.number == number);
        match own {
            Some(field) => Some(Found { field, extension: None }),
            None => self.extensions.get(&(without_dot(message), number)).cloned(),
        }
    }
}

/// The option messages that every schema may use without having them.
fn built_in_set() -> &'static FileDescriptorSet<'static> {
    static SET: OnceLock<FileDescriptorSet<'static>> = OnceLock::new();
    SET.get_or_init(|| raise(built_in(), None).set)
}

/// Whether an option message has `true` under a number.
pub(super) fn says_true(options: &[u8], number: u32) -> bool {
    let Ok(mut cursor) = Cursor::new(options, ReadLimits::default(), "options") else { return false };
    let mut says = false;
    while let Ok(Some(raw)) = cursor.field() {
        if let (true, RawValue::Varint(value)) = (raw.number == number, raw.value) {
            says = value != 0;
        }
    }
    says
}

pub(super) fn without_dot(name: &str) -> &str {
    name.strip_prefix('.').unwrap_or(name)
}

pub(super) fn join(scope: &str, name: &str) -> String {
    if scope.is_empty() { name.to_owned() } else { format!("{scope}.{name}") }
}
