//! Files to syntax trees.

use canread_syntax::{Diagnostic, Span};

use super::Lowering;
use super::message::{ExtendRun, Scope};
use super::opaque::OwnerName;
use crate::schema::ast::{
    CommentTable, CommentsId, DottedName, File, Import, ImportKind, Item, Package, Syntax, Version,
};
use crate::schema::descriptor::FileDescriptorProto;

impl<'a> Lowering<'a, '_> {
    pub(super) fn file(&mut self, descriptor: &'a FileDescriptorProto<'a>) -> File<'a> {
        let span = self.trail.file(&descriptor.name);
        let version = self.version(descriptor, span);
        let package = descriptor.package.as_deref().filter(|package| !package.is_empty());
        for part in package.into_iter().flat_map(|package| package.split('.')) {
            self.name(part, span);
        }
        let name = |text: &'a str| DottedName { text: text.into(), span };
        let scope = Scope { full_name: package.unwrap_or_default().to_owned(), version, span, depth: 0 };
        let options = self.options(descriptor.options.as_ref(), "FileOptions", OwnerName::File(&descriptor.name), span);
        let mut items: Vec<Item<'a>> = Vec::new();
        for declared in &descriptor.enum_type {
            items.push(Item::Enum(Box::new(self.enumeration(&scope, declared))));
        }
        let mut extends = ExtendRun::new(&descriptor.extension);
        for message in &descriptor.message_type {
            if extends.is_group(&scope, message) {
                let extends = self.extends_up_to(&scope, &mut extends, Some(message), &descriptor.message_type);
                items.extend(extends.into_iter().map(|extend| Item::Extend(Box::new(extend))));
            } else {
                items.push(Item::Message(Box::new(self.message(&scope, message))));
            }
        }
        let rest = self.extends_up_to(&scope, &mut extends, None, &descriptor.message_type);
        items.extend(rest.into_iter().map(|extend| Item::Extend(Box::new(extend))));
        for service in &descriptor.service {
            items.push(Item::Service(Box::new(self.service(&scope, service))));
        }
        File {
            span,
            syntax: Some(Syntax { version, value_span: span, span, comments: CommentsId::NONE }),
            package: package.map(|text| Package { name: name(text), span, comments: CommentsId::NONE }),
            imports: imports(descriptor, span),
            options: options.into_vec(),
            items,
            comments: CommentTable::default(),
        }
    }

    fn version(&mut self, descriptor: &FileDescriptorProto<'_>, span: Span) -> Version {
        let found = match (descriptor.syntax.as_deref(), descriptor.edition) {
            (None | Some("" | "proto2"), None | Some(998)) => return Version::Proto2,
            (Some("proto3"), None | Some(999)) => return Version::Proto3,
            (Some("editions"), Some(1000)) => return Version::Edition2023,
            (Some("editions"), Some(1001)) => return Version::Edition2024,
            (Some("editions"), Some(number)) => format!("edition {number}"),
            (Some("editions"), None) => "editions without a number".to_owned(),
            (syntax, _) => format!("syntax \"{}\"", syntax.unwrap_or_default()),
        };
        let message = format!("{found} is not known: expected proto2, proto3, or an edition up to 2024");
        self.diagnostics.push(Diagnostic::error("protobuf/unknown_edition", message).at(span, ""));
        Version::Edition2024
    }
}

fn imports<'a>(descriptor: &'a FileDescriptorProto<'a>, span: Span) -> Vec<Import<'a>> {
    let import =
        |path: &'a str, kind| Import { path: path.into(), path_span: span, kind, span, comments: CommentsId::NONE };
    let listed = |list: &[i32], index: usize| list.iter().any(|other| usize::try_from(*other) == Ok(index));
    let plain = descriptor.dependency.iter().enumerate().map(|(index, path)| {
        let kind = if listed(&descriptor.public_dependency, index) {
            ImportKind::Public
        } else if listed(&descriptor.weak_dependency, index) {
            ImportKind::Weak
        } else {
            ImportKind::Plain
        };
        import(path, kind)
    });
    let for_options = descriptor.option_dependency.iter().map(|path| import(path, ImportKind::Option));
    plain.chain(for_options).collect()
}
