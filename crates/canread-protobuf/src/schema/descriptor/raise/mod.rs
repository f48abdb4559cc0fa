//! The model to descriptors, as protoc makes them.
//!
//! | file | does |
//! |---|---|
//! | `order` | which files a set holds, and in which order |
//! | `message`, `field`, `declaration` | declarations to descriptors |
//! | `default` | default values in protoc's spelling |
//! | `option`, `typed`, `known` | annotations to the bytes of option messages |

mod declaration;
mod default;
mod field;
mod known;
mod message;
mod option;
mod order;
mod typed;

use canread_model::{Dialect, ImportKind, Module, ModuleId, Schema};
use canread_syntax::Diagnostic;

use super::{FileDescriptorProto, FileDescriptorSet};

pub(super) use default::float_text;
pub(super) use field::json_name;
pub(super) use known::built_in;

/// A schema as descriptors.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Raised<'s> {
    /// The files, each after those that it imports.
    pub set: FileDescriptorSet<'s>,
    /// What has no descriptor, and so is missing from the set; empty for a schema that was linked without errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes the descriptor set of some modules and all that they import, as
/// `protoc --include_imports --retain_options --descriptor_set_out` does:
/// `json_name` is always there, source info never.
///
/// Input: a Protobuf schema, and the modules that are asked for, in the order
/// in which protoc would be given them; `None` stands for all of them.
///
/// Source: protoc 33, whose bytes the result equals file by file.
#[must_use]
pub fn raise<'s>(schema: &'s Schema, modules: Option<&[ModuleId]>) -> Raised<'s> {
    let mut raiser = Raiser { schema, module: None, diagnostics: Vec::new() };
    let all: Vec<ModuleId> = schema.modules().map(|(id, _)| id).collect();
    let order = order::dependency_order(schema, modules.unwrap_or(&all));
    let file = order.into_iter().map(|id| raiser.file(schema.module(id))).collect();
    Raised { set: FileDescriptorSet { file, unknown: Vec::new() }, diagnostics: raiser.diagnostics }
}

/// Turns the modules of one schema into descriptors.
struct Raiser<'s> {
    schema: &'s Schema,
    /// The module at work.
    module: Option<&'s Module>,
    diagnostics: Vec<Diagnostic>,
}

impl<'s> Raiser<'s> {
    fn file(&mut self, module: &'s Module) -> FileDescriptorProto<'s> {
        self.module = Some(module);
        let (syntax, edition) = match module.dialect {
            Dialect::Proto3 => (Some("proto3"), None),
            Dialect::Edition(year) => (Some("editions"), Some(edition_number(year))),
            _ => (None, None),
        };
        let mut file = FileDescriptorProto {
            name: (&*module.name).into(),
            package: (!module.namespace.is_empty()).then(|| (&*module.namespace).into()),
            options: self.options("FileOptions", &module.meta.annotations, &module.name),
            syntax: syntax.map(Into::into),
            edition,
            ..FileDescriptorProto::default()
        };
        imports(&mut file, module);
        let declarations = self.declarations(&module.decls);
        file.message_type = declarations.messages.into_iter().map(|(_, message)| message).collect();
        file.enum_type = declarations.enums;
        file.extension = declarations.extensions;
        file.service = declarations.services;
        file
    }

    /// Whether the module at work is written in proto3.
    fn is_proto3(&self) -> bool {
        self.module.is_some_and(|module| module.dialect == Dialect::Proto3)
    }

    /// Whether the module at work is written in an edition.
    fn is_edition(&self) -> bool {
        self.module.is_some_and(|module| matches!(module.dialect, Dialect::Edition(_)))
    }

    /// Says what has no descriptor.
    fn cannot_say(&mut self, symbol: &str, what: &str) {
        let file = self.module.map_or("", |module| &module.name);
        let message = format!("`{symbol}` in `{file}` has no descriptor: {what}");
        self.diagnostics.push(Diagnostic::error("protobuf/no_descriptor", message));
    }
}

fn imports<'s>(file: &mut FileDescriptorProto<'s>, module: &'s Module) {
    for import in &module.imports {
        let target = (&*import.target).into();
        if import.kind == ImportKind::OptionOnly {
            file.option_dependency.push(target);
            continue;
        }
        let index = i32::try_from(file.dependency.len()).unwrap_or(i32::MAX);
        file.dependency.push(target);
        match import.kind {
            ImportKind::Public => file.public_dependency.push(index),
            ImportKind::Weak => file.weak_dependency.push(index),
            _ => {}
        }
    }
}

/// A number of `google.protobuf.Edition`. One is given out a year or less often, in order.
pub(super) fn edition_number(year: u16) -> i32 {
    match year {
        ..=2023 => 1000,
        2024 | 2025 => 1001,
        _ => 1002,
    }
}
