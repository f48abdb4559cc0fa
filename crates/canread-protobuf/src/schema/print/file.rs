//! Files: the header, then the declarations.

use canread_model::{DeclId, DeclKind, Dialect, ImportKind, RecordKind};

use super::message::{Item, ItemKind};
use super::{Page, docs, literal, options};

impl Page<'_> {
    /// Prints the whole module.
    pub(super) fn file(&mut self) {
        let module = self.module;
        docs::leading(&mut self.text, &module.meta);
        let header = match module.dialect {
            Dialect::Proto3 => "syntax = \"proto3\";".to_owned(),
            Dialect::Edition(year) => format!("edition = \"{year}\";"),
            _ => "syntax = \"proto2\";".to_owned(),
        };
        self.text.line(&format!("{header}{}", docs::trailing_inline(&module.meta)));
        docs::trailing_below(&mut self.text, &module.meta);
        if !module.namespace.is_empty() {
            self.text.blank();
            self.text.line(&format!("package {};", module.namespace));
        }
        self.text.blank();
        for import in &module.imports {
            let word = match import.kind {
                ImportKind::Public => "public ",
                ImportKind::Weak => "weak ",
                ImportKind::OptionOnly => "option ",
                _ => "",
            };
            let mut line = format!("import {word}");
            literal::string(&mut line, &import.target);
            line.push(';');
            self.text.line(&line);
        }
        self.text.blank();
        let settings = options::settings(&self.place(&module.namespace), &module.meta.annotations);
        options::statements(&mut self.text, &settings);
        self.text.blank();
        let items = self.declarations(&module.decls, &[]);
        self.items(&module.namespace, items);
    }

    /// Nested or top-level declarations as items; those in `printed_elsewhere` are left out.
    pub(super) fn declarations(&self, decls: &[DeclId], printed_elsewhere: &[DeclId]) -> Vec<Item> {
        let mut items: Vec<Item> = Vec::new();
        for &id in decls.iter().filter(|id| !printed_elsewhere.contains(id)) {
            let decl = self.schema.decl(id);
            match &decl.kind {
                DeclKind::Extension(extension) => match items.last_mut() {
                    Some(Item { kind: ItemKind::Extend { extensions, block, extendee }, .. })
                        if *block == extension.block && *extendee == extension.extendee.kind =>
                    {
                        extensions.push(id);
                    }
                    _ => {
                        let (block, extendee) = (extension.block, extension.extendee.kind.clone());
                        let kind = ItemKind::Extend { extensions: vec![id], block, extendee };
                        items.push(Item { node: decl.node, kind });
                    }
                },
                DeclKind::Record(record)
                    if record.kind == RecordKind::Group && self.is_group_of_extension(decls, id) => {}
                _ => items.push(Item { node: decl.node, kind: ItemKind::Decl(id) }),
            }
        }
        items
    }

    /// Whether one of the extensions in `decls` is printed together with this message.
    fn is_group_of_extension(&self, decls: &[DeclId], message: DeclId) -> bool {
        decls
            .iter()
            .filter_map(|id| self.schema.decl(*id).as_extension())
            .any(|extension| extension.field.delimited && extension.field.ty.target() == Some(message))
    }
}
