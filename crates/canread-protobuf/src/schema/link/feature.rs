//! Features: what a file, a message or a field says about presence, packing and so on.
//!
//! Each node starts from the features of what it stands in, a file from those
//! of its edition. Files of before the editions say the same in other words
//! (`optional`, `packed`, `group`), which are taken as the features they equal.
//!
//! Source: "Feature settings for editions" of the Protobuf documentation, and
//! the `edition_defaults` in `google/protobuf/descriptor.proto`.

use canread_model::{
    Annotation, DeclKind, Field, JsonFormat, Key, Literal, Meta, Presence, Schema, Type, TypeKind, Utf8,
};

use super::flat::{FieldNode, FlatKind, fields};
use super::{FieldRef, Linker, Unit, files};
use crate::schema::ast::{Label, Version};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FieldPresence {
    Explicit,
    Implicit,
    LegacyRequired,
}

/// Who may use a declaration that says nothing itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SymbolVisibility {
    ExportAll,
    ExportTopLevel,
    LocalAll,
    Strict,
}

/// Whether names must keep the style guide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum NamingStyle {
    Legacy,
    Of2024,
    Of2026,
}

/// The features of one node. Those of single languages are annotations and nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each feature with two values is one")]
pub(super) struct Features {
    pub(super) presence: FieldPresence,
    pub(super) is_open: bool,
    pub(super) is_packed: bool,
    pub(super) verifies_utf8: bool,
    pub(super) is_delimited: bool,
    pub(super) json_allowed: bool,
    pub(super) style: NamingStyle,
    pub(super) visibility: SymbolVisibility,
}

impl Features {
    /// What a file has that says nothing.
    fn of_version(version: Version) -> Self {
        let proto2 = Self {
            presence: FieldPresence::Explicit,
            is_open: false,
            is_packed: false,
            verifies_utf8: false,
            is_delimited: false,
            json_allowed: false,
            style: NamingStyle::Legacy,
            visibility: SymbolVisibility::ExportAll,
        };
        let edition_2023 = Self { is_open: true, is_packed: true, verifies_utf8: true, json_allowed: true, ..proto2 };
        match version {
            Version::Proto2 => proto2,
            Version::Proto3 => Self { presence: FieldPresence::Implicit, ..edition_2023 },
            Version::Edition2023 => edition_2023,
            Version::Edition2024 => {
                Self { style: NamingStyle::Of2024, visibility: SymbolVisibility::ExportTopLevel, ..edition_2023 }
            }
        }
    }

    pub(super) fn enforces_style(self) -> bool {
        self.style > NamingStyle::Legacy
    }

    /// With what the annotations of a node say.
    #[must_use]
    pub(super) fn with(mut self, meta: &Meta) -> Self {
        for (name, symbol) in stated(&meta.annotations) {
            self.set(name, symbol);
        }
        self
    }

    fn set(&mut self, feature: &str, value: &str) {
        match (feature, value) {
            ("field_presence", "EXPLICIT") => self.presence = FieldPresence::Explicit,
            ("field_presence", "IMPLICIT") => self.presence = FieldPresence::Implicit,
            ("field_presence", "LEGACY_REQUIRED") => self.presence = FieldPresence::LegacyRequired,
            ("enum_type", _) => self.is_open = value == "OPEN",
            ("repeated_field_encoding", _) => self.is_packed = value == "PACKED",
            ("utf8_validation", _) => self.verifies_utf8 = value == "VERIFY",
            ("message_encoding", _) => self.is_delimited = value == "DELIMITED",
            ("json_format", _) => self.json_allowed = value == "ALLOW",
            ("enforce_naming_style", "STYLE_LEGACY") => self.style = NamingStyle::Legacy,
            ("enforce_naming_style", "STYLE2024") => self.style = NamingStyle::Of2024,
            ("enforce_naming_style", "STYLE2026") => self.style = NamingStyle::Of2026,
            ("default_symbol_visibility", "EXPORT_ALL") => self.visibility = SymbolVisibility::ExportAll,
            ("default_symbol_visibility", "EXPORT_TOP_LEVEL") => self.visibility = SymbolVisibility::ExportTopLevel,
            ("default_symbol_visibility", "LOCAL_ALL") => self.visibility = SymbolVisibility::LocalAll,
            ("default_symbol_visibility", "STRICT") => self.visibility = SymbolVisibility::Strict,
            _ => {}
        }
    }

    /// Those of a field: what its oneof and it itself say, or what its old-style words equal.
    pub(super) fn of_field(self, field: &Field, oneof: Option<&Meta>, node: FieldNode<'_, '_>) -> Self {
        let mut features = oneof.map_or(self, |oneof| self.with(oneof)).with(&field.meta);
        match node.label() {
            Some(Label::Required) => features.presence = FieldPresence::LegacyRequired,
            Some(Label::Optional) => features.presence = FieldPresence::Explicit,
            _ => {}
        }
        if matches!(node, FieldNode::Group(_)) {
            features.is_delimited = true;
        }
        if let Some(Literal::Bool(packed)) = field.meta.annotation("packed").map(|packed| &packed.value) {
            features.is_packed = *packed;
        }
        features
    }
}

/// The features that annotations set, one by one or as a whole message.
pub(super) fn stated(annotations: &[Annotation]) -> impl Iterator<Item = (&str, &str)> {
    annotations.iter().flat_map(|annotation| {
        let one = match (annotation.path.strip_prefix("features."), &annotation.value) {
            (Some(name), Literal::Symbol(symbol)) => Some((name, &**symbol)),
            _ => None,
        };
        let entries = match (&*annotation.path, &annotation.value) {
            ("features", Literal::Map(entries)) => &entries[..],
            _ => &[],
        };
        let all = entries.iter().filter_map(|entry| match (&entry.key, &entry.value) {
            (Key::Field(name), Literal::Symbol(symbol)) => Some((&**name, &**symbol)),
            _ => None,
        });
        one.into_iter().chain(all)
    })
}

/// The features of a file's declarations.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) file: Features,
    /// In the order of [`flatten`](super::flat::flatten); an extension has those of what it stands in.
    pub(super) decls: Vec<Features>,
}

impl<'a> Linker<'a> {
    /// Resolves the features of a file and applies them to its fields and enums.
    pub(super) fn resolve_features(&mut self, unit: &Unit<'_, 'a>) -> Resolved {
        let info = &self.files[unit.at as usize];
        let file = Features::of_version(info.version).with(&self.schema.module(info.module).meta);
        self.default_visibility[unit.at as usize] = Some(file.visibility);
        let mut decls: Vec<Features> = Vec::with_capacity(unit.flats.len());
        for (at, flat) in unit.flats.iter().enumerate() {
            let outer = flat.parent.map_or(file, |parent| decls[parent as usize]);
            let id = self.decl_id(unit.at, at);
            let features = match flat.kind {
                FlatKind::Extension { .. } => outer,
                _ => outer.with(&self.schema.decl(id).meta),
            };
            decls.push(features);
            match flat.kind {
                FlatKind::Extension { field, .. } => self.apply(FieldRef::Extension(id), features, field),
                _ => self.apply_to_decl(unit, at, features),
            }
        }
        Resolved { file, decls }
    }

    fn apply_to_decl(&mut self, unit: &Unit<'_, 'a>, at: usize, features: Features) {
        let id = self.decl_id(unit.at, at);
        let json = if features.json_allowed { JsonFormat::Allow } else { JsonFormat::BestEffort };
        match &mut self.schema.decl_mut(id).kind {
            DeclKind::Record(record) => record.json_format = json,
            DeclKind::Enum(declared) => {
                declared.json_format = json;
                declared.is_open = features.is_open;
            }
            _ => {}
        }
        for (index, (node, _)) in unit.flats[at].kind.items().into_iter().flat_map(fields).enumerate() {
            self.apply(FieldRef::Member(id, files::index(index)), features, node);
        }
    }

    /// The features of one field of a message or one extension, from those of what it stands in.
    pub(super) fn field_features(&self, field: FieldRef, outer: Features, node: FieldNode<'_, '_>) -> Features {
        let declared = self.field(field);
        let oneof = declared.oneof.and_then(|at| {
            let record = self.schema.decl(field.decl()).as_record()?;
            Some(&record.oneofs.get(at as usize)?.meta)
        });
        outer.of_field(declared, oneof, node)
    }

    fn apply(&mut self, reference: FieldRef, outer: Features, node: FieldNode<'_, '_>) {
        let features = self.field_features(reference, outer, node);
        let is_message = is_message(&self.schema, &self.field(reference).ty);
        let is_extension = matches!(reference, FieldRef::Extension(_));
        let field = reference.of_mut(&mut self.schema);
        let has_presence = is_message || is_extension || field.oneof.is_some();
        field.presence = match features.presence {
            _ if node.is_repeated() => Presence::Implicit,
            FieldPresence::LegacyRequired => Presence::Required,
            FieldPresence::Implicit if !has_presence => Presence::Implicit,
            _ => Presence::Explicit,
        };
        if !(is_message || is_extension) || node.is_repeated() {
            field.occurs = None;
        }
        field.delimited = is_message && features.is_delimited;
        apply_to_type(&mut field.ty, features, is_message);
    }
}

/// Whether values of a type, or items of a list, are messages. Maps are not.
pub(super) fn is_message(schema: &Schema, ty: &Type) -> bool {
    ty.target().is_some_and(|decl| schema.decl(decl).as_record().is_some())
}

/// Whether a list of these can be packed.
///
/// Source: language guide, "Packed encoding": scalars of fixed size and varints, enums included.
pub(super) fn is_packable(kind: &TypeKind, is_message: bool) -> bool {
    match kind {
        TypeKind::Int(_) | TypeKind::Float { .. } | TypeKind::Bool => true,
        TypeKind::Ref(_) => !is_message,
        _ => false,
    }
}

fn apply_to_type(ty: &mut Type, features: Features, is_message: bool) {
    match &mut ty.kind {
        TypeKind::String(utf8) => {
            *utf8 = if features.verifies_utf8 { Utf8::Verified } else { Utf8::Unchecked };
        }
        TypeKind::List(list) => {
            apply_to_type(&mut list.item, features, is_message);
            list.packed = features.is_packed && is_packable(&list.item.kind, is_message);
        }
        TypeKind::Map(map) => {
            apply_to_type(&mut map.key, features, is_message);
            apply_to_type(&mut map.value, features, is_message);
        }
        _ => {}
    }
}
