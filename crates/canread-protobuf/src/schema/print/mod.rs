//! The model back to `.proto` text.
//!
//! The text is canonical: two blanks of indentation, one statement a line,
//! blank lines between declarations, comments as line comments, names as short
//! as is usual. Declarations stand in the order of their nodes, which for a
//! model that was read is the order of the source, so that protoc makes the
//! same descriptor of both texts. Printing, reading and printing again gives
//! the same text.
//!
//! | file | prints |
//! |---|---|
//! | `file`, `message`, `field`, `enumeration`, `service` | declarations |
//! | `options`, `literal` | options and their values |
//! | `docs` | comments |
//! | `names` | references, as short as they can be |
//! | `text` | lines and indentation |

mod docs;
mod enumeration;
mod field;
mod file;
mod literal;
mod message;
mod names;
mod options;
mod service;
mod text;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use canread_model::{Annotation, DeclId, Module, ModuleId, Part, Schema};
use canread_syntax::Diagnostic;

use names::Names;
use text::Text;

/// Prints modules of one schema.
///
/// Options come from annotations alone, as the linker makes them: a model that was built
/// by hand says `packed` or `features.…` there too, not only in its resolved form.
///
/// ```
/// use canread::schema::model::{Decl, DeclKind, Dialect, Field, Format, Module, Presence, Record, Schema, Type, TypeKind};
/// use canread::protobuf::schema::print::Printer;
///
/// let mut schema = Schema::new(Format::Protobuf);
/// let module = Module::new(schema.node(), "shop/order.proto", "shop", Dialect::Proto3);
/// let module = schema.add_module(module);
/// let mut order = Record::default();
/// let paid = Type::new(schema.node(), TypeKind::Bool);
/// order.fields.push(Field::new(schema.node(), "paid", paid).numbered(1).present(Presence::Implicit));
/// let order = Decl::new(schema.node(), module, "Order", "shop.Order", DeclKind::Record(order));
/// schema.add_decl(order);
///
/// let printed = Printer::new(&schema).module(module);
/// assert_eq!(printed.text, r#"syntax = "proto3";
///
/// package shop;
///
/// message Order {
///   bool paid = 1;
/// }
/// "#);
/// ```
#[derive(Debug)]
pub struct Printer<'s> {
    schema: &'s Schema,
    names: Names<'s>,
}

/// A module as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// The whole file.
    pub text: String,
    /// What the language has no words for, and so is missing from the text; empty for every model that was read from text.
    pub diagnostics: Vec<Diagnostic>,
}

impl<'s> Printer<'s> {
    /// Looks through the names of a Protobuf schema, so that references can be short.
    #[must_use]
    pub fn new(schema: &'s Schema) -> Self {
        Self { schema, names: Names::new(schema) }
    }

    /// Prints one module of the schema.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> Printed {
        let module = self.schema.module(id);
        let mut page =
            Page { schema: self.schema, names: &self.names, module, text: Text::default(), diagnostics: Vec::new() };
        page.file();
        page.report_undeclared(module.meta.annotations.iter(), &module.name);
        page.report_undeclared_in(&module.decls);
        Printed { text: page.text.finish(), diagnostics: page.diagnostics }
    }
}

/// One module while it is being printed.
struct Page<'p> {
    schema: &'p Schema,
    names: &'p Names<'p>,
    module: &'p Module,
    text: Text,
    diagnostics: Vec<Diagnostic>,
}

impl<'p> Page<'p> {
    /// The place inside a message, service or package from which names are looked up.
    fn place(&self, scope: &'p str) -> Place<'p> {
        Place { names: self.names, package: &self.module.namespace, scope }
    }

    /// The place of the options of a declaration: names inside the declaration are not seen from there.
    fn place_around(&self, full_name: &'p str) -> Place<'p> {
        self.place(full_name.rsplit_once('.').map_or("", |(outer, _)| outer))
    }

    /// Says which options of some declarations, and of all in them, are declared nowhere.
    fn report_undeclared_in(&mut self, decls: &[DeclId]) {
        let schema = self.schema;
        for decl in decls.iter().map(|id| schema.decl(*id)) {
            let annotations = decl.parts().filter_map(|part| match part {
                Part::Annotation(annotation) => Some(annotation),
                _ => None,
            });
            self.report_undeclared(annotations, &decl.full_name);
            self.report_undeclared_in(&decl.children);
        }
    }

    /// An option of a descriptor set that nothing in the set declares has no name.
    fn report_undeclared<'m>(&mut self, annotations: impl Iterator<Item = &'m Annotation>, symbol: &str) {
        for annotation in annotations.filter(|annotation| annotation.path.starts_with('#')) {
            self.cannot_say(symbol, &format!("option {} is declared nowhere", &annotation.path));
        }
    }

    /// Says that the language has no words for something.
    fn cannot_say(&mut self, symbol: &str, what: &str) {
        let message = format!("`{symbol}` in `{}` cannot be printed: {what}", self.module.name);
        self.diagnostics.push(Diagnostic::error("protobuf/not_printable", message));
    }
}

/// Where a reference stands.
struct Place<'p> {
    names: &'p Names<'p>,
    package: &'p str,
    scope: &'p str,
}

impl Place<'_> {
    /// How a declaration is written at this place.
    fn reference<'n>(&self, full_name: &'n str) -> Cow<'n, str> {
        self.names.reference(self.package, self.scope, full_name)
    }
}
