//! Where `google.protobuf.FileOptions` and its siblings are declared.

use std::sync::OnceLock;

use canread_model::{DeclId, ModuleId, Schema};

use super::Target;
use crate::schema::link::{LinkOptions, Linked, link};
use crate::schema::wkt;

/// The file that declares what options there are.
pub(in crate::schema::link) const DESCRIPTOR_FILE: &str = "google/protobuf/descriptor.proto";

/// The options messages, in the schema itself where a file imports them, else in one that is built in.
///
/// Without that import nobody can extend them, so one schema holds all that an option name can go through.
#[derive(Debug, Default)]
pub(in crate::schema::link) struct Universe {
    messages: [Option<DeclId>; 9],
    built_in: Option<&'static Schema>,
}

impl Universe {
    /// The messages of the schema's own `descriptor.proto` if it has one, else the built-in ones.
    pub(in crate::schema::link) fn of(schema: &Schema, descriptor: Option<u32>) -> Self {
        if let Some(file) = descriptor {
            return Self { messages: messages(schema, ModuleId(file)), built_in: None };
        }
        let schema = built_in();
        Self { messages: messages(schema, ModuleId(0)), built_in: Some(schema) }
    }

    /// The options message of a kind of node.
    pub(in crate::schema::link) fn message(&self, target: Target) -> Option<DeclId> {
        self.messages[target as usize - 1]
    }

    /// The schema that holds the options messages, if it is not the one that is being linked.
    pub(in crate::schema::link) fn built_in(&self) -> Option<&'static Schema> {
        self.built_in
    }
}

fn messages(schema: &Schema, module: ModuleId) -> [Option<DeclId>; 9] {
    Target::ALL.map(|(_, message, ..)| {
        let full_name = format!("google.protobuf.{message}");
        schema.find_all(&full_name).find(|id| {
            let decl = schema.decl(*id);
            decl.module == module && decl.as_record().is_some()
        })
    })
}

fn built_in() -> &'static Schema {
    static LINKED: OnceLock<Linked> = OnceLock::new();
    let linked = LINKED.get_or_init(|| {
        let file = wkt::find(DESCRIPTOR_FILE).expect("descriptor.proto is built in");
        link(vec![file.read()], &LinkOptions::default())
    });
    &linked.schema
}
