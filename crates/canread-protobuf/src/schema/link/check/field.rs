//! A field's type, label, default and options against one another.

use canread_model::{DeclId, Field, RecordKind, Type, TypeKind};
use canread_syntax::{Diagnostic, Span};

use super::{is_true, symbol};
use crate::schema::ast::{OptionDecl, Version};
use crate::schema::link::feature::{Features, FieldPresence, is_message, is_packable, stated};
use crate::schema::link::flat::FieldNode;
use crate::schema::link::{FieldRef, Linker, Unit};

impl<'a> Linker<'a> {
    /// A field of a message, or the field that an extension is.
    pub(super) fn check_field(
        &mut self,
        unit: &Unit<'_, 'a>,
        reference: FieldRef,
        node: FieldNode<'_, 'a>,
        outer: Features,
    ) {
        let features = self.field_features(reference, outer, node);
        let facts = Facts::new(self, reference, node, features);
        let version = unit.named.file.version();
        let mut errors = Vec::new();
        self.check_type_options(reference, &facts, &mut errors);
        if version == Version::Proto3 {
            self.check_proto3(reference, node, &mut errors);
        }
        if version.is_edition() {
            self.check_editions(reference, &facts, version, &mut errors);
        }
        if let FieldNode::Map(map) = node {
            self.check_map(reference, map, &mut errors);
        }
        if let FieldRef::Member(record, _) = reference {
            let record = self.schema.decl(record).as_record().expect("fields stand in records");
            if record.kind == RecordKind::MessageSet {
                let error = Diagnostic::error("protobuf/message_set", "a message set has extensions and no fields");
                errors.push(error.at(node.name_span(), "declare this as an extension"));
            }
        }
        self.diagnostics.extend(errors);
        self.check_field_style(reference, node, features);
    }

    /// Options that go with some types only.
    fn check_type_options(&self, reference: FieldRef, facts: &Facts, errors: &mut Vec<Diagnostic>) {
        let field = self.field(reference);
        let mut wrong = |path: &str, message: &str, help: &str| {
            let span = self.annotation_span(&field.meta, path).unwrap_or(facts.name_span);
            let error = Diagnostic::error("protobuf/option_not_for_type", message).at(span, "");
            errors.push(self.type_label(error, field).help(help));
        };
        if is_true(&field.meta, "packed") && !facts.is_packable {
            wrong("packed", "`packed` is for repeated numbers, bools and enums", "remove it: this can't be packed");
        }
        for option in ["lazy", "unverified_lazy"] {
            if is_true(&field.meta, option) && !facts.is_message {
                wrong(option, &format!("`{option}` is for messages"), "remove it");
            }
        }
        if matches!(reference, FieldRef::Extension(_)) && is_true(&field.meta, "unverified_lazy") {
            wrong("unverified_lazy", "`unverified_lazy` is not for extensions", "remove it");
        }
        let is_long = matches!(item_kind(&field.ty), TypeKind::Int(int) if int.bits == 64);
        if symbol(&field.meta, "jstype").is_some_and(|jstype| jstype != "JS_NORMAL") && !is_long {
            wrong("jstype", "`jstype` is for integers of 64 bits", "remove it");
        }
    }

    fn check_proto3(&self, reference: FieldRef, node: FieldNode<'_, '_>, errors: &mut Vec<Diagnostic>) {
        if let Some(default) = default_of(node) {
            errors.push(
                Diagnostic::error("protobuf/default_not_allowed", "proto3 has no defaults of one's own")
                    .at(default.span, "")
                    .help("remove it, or move the file to an edition"),
            );
        }
        let FieldRef::Member(..) = reference else { return };
        let field = self.field(reference);
        let target = match &field.ty.kind {
            TypeKind::Map(map) => map.value.target(),
            _ => field.ty.target(),
        };
        if let Some(target) = target
            && let Some(declared) = self.schema.decl(target).as_enum()
            && !declared.is_open
        {
            errors.push(self.closed_enum(target, self.value_span(field), "proto3 messages can only use open enums"));
        }
    }

    fn closed_enum(&self, target: DeclId, span: Span, message: &str) -> Diagnostic {
        let decl = self.schema.decl(target);
        let text = format!("`{}` is closed", decl.full_name);
        let error = Diagnostic::error("protobuf/closed_enum", message).at(span, text);
        self.also_at(error, decl.node, "declared here, where enums are closed")
            .note("readers put unknown values of a closed enum elsewhere than those of an open one")
    }

    /// What editions forbid, and features that don't fit their field.
    fn check_editions(&self, reference: FieldRef, facts: &Facts, version: Version, errors: &mut Vec<Diagnostic>) {
        let field = self.field(reference);
        let is_extension = matches!(reference, FieldRef::Extension(_));
        if let Some(span) = self.annotation_span(&field.meta, "packed") {
            let error =
                Diagnostic::error("protobuf/option_not_allowed", "editions have a feature in place of `packed`");
            errors.push(error.at(span, "").help("write `features.repeated_field_encoding = PACKED` or `EXPANDED`"));
        }
        if version >= Version::Edition2024
            && let Some(span) = self.annotation_span(&field.meta, "ctype")
        {
            let error =
                Diagnostic::error("protobuf/option_not_allowed", "edition 2024 has a feature in place of `ctype`");
            errors.push(error.at(span, "").help("write `features.(pb.cpp).string_type = CORD`, VIEW or STRING"));
        }
        let is_implicit = facts.features.presence == FieldPresence::Implicit && facts.can_be_implicit;
        if is_implicit && let Some(default) = facts.default_span {
            let message = "a field without presence can't have a default";
            let error = Diagnostic::error("protobuf/default_not_allowed", message).at(default, "");
            errors.push(error.note("its zero value is not written, so readers would take the default for it"));
        }
        // An entry of a map is a message, whose field `value` has the presence that the file says. Source: protoc 35.
        let (has_implicit_value, target) = match &field.ty.kind {
            TypeKind::Map(map) => (facts.features.presence == FieldPresence::Implicit, map.value.target()),
            _ => (is_implicit, field.ty.target()),
        };
        if has_implicit_value
            && let Some(target) = target
            && self.schema.decl(target).as_enum().is_some_and(|declared| !declared.is_open)
        {
            let message = "a field without presence can only have an open enum";
            errors.push(self.closed_enum(target, self.value_span(field), message));
        }
        if is_extension && facts.features.presence == FieldPresence::LegacyRequired {
            let error = Diagnostic::error("protobuf/required_extension", "an extension can't be required");
            errors.push(error.at(self.feature_span(field, "field_presence", facts.name_span), ""));
        }
        for (feature, value) in stated(&field.meta.annotations) {
            if let Some(message) = facts.misfit(feature, value, field.oneof.is_some(), is_extension) {
                let span = self.feature_span(field, feature, facts.name_span);
                let error = Diagnostic::error("protobuf/feature_not_for_type", message).at(span, "");
                errors.push(self.type_label(error, field).help("remove the feature"));
            }
        }
    }

    fn feature_span(&self, field: &Field, feature: &str, otherwise: Span) -> Span {
        let own = self.annotation_span(&field.meta, &["features.", feature].concat());
        own.or_else(|| self.annotation_span(&field.meta, "features")).unwrap_or(otherwise)
    }

    fn value_span(&self, field: &Field) -> Span {
        match &field.ty.kind {
            TypeKind::Map(map) => self.name_span(map.value.node),
            _ => self.name_span(field.ty.node),
        }
    }

    fn type_label(&self, error: Diagnostic, field: &Field) -> Diagnostic {
        self.also_at(error, field.ty.node, "of this type")
    }
}

/// What the rules ask about a field.
#[expect(clippy::struct_excessive_bools, reason = "independent answers to independent questions")]
struct Facts {
    features: Features,
    is_repeated: bool,
    is_map: bool,
    /// Itself, or its items.
    is_message: bool,
    is_packable: bool,
    /// Text, or a map with some.
    has_text: bool,
    /// Whether nothing but the feature decides its presence.
    can_be_implicit: bool,
    default_span: Option<Span>,
    name_span: Span,
}

impl Facts {
    fn new(linker: &Linker<'_>, reference: FieldRef, node: FieldNode<'_, '_>, features: Features) -> Self {
        let field = linker.field(reference);
        let is_message = is_message(&linker.schema, &field.ty);
        let is_text = |ty: &Type| matches!(ty.kind, TypeKind::String(_));
        let has_text = match &field.ty.kind {
            TypeKind::Map(map) => is_text(&map.key) || is_text(&map.value),
            kind => matches!(kind, TypeKind::String(_)) || matches!(kind, TypeKind::List(list) if is_text(&list.item)),
        };
        let is_extension = matches!(reference, FieldRef::Extension(_));
        Self {
            features,
            is_repeated: node.is_repeated(),
            is_map: matches!(node, FieldNode::Map(_)),
            is_message,
            is_packable: matches!(&field.ty.kind, TypeKind::List(list) if is_packable(&list.item.kind, is_message)),
            has_text,
            can_be_implicit: !(node.is_repeated() || is_message || is_extension || field.oneof.is_some()),
            default_span: default_of(node).map(|default| default.span),
            name_span: node.name_span(),
        }
    }

    /// Why a feature may not be set on the field.
    ///
    /// Source: protoc 35.
    fn misfit(&self, feature: &str, value: &str, in_oneof: bool, is_extension: bool) -> Option<&'static str> {
        match (feature, value) {
            ("field_presence", _) if in_oneof => Some("fields of a oneof always have presence"),
            ("field_presence", _) if self.is_repeated => Some("repeated fields have no presence"),
            ("field_presence", "LEGACY_REQUIRED") if is_extension => None,
            ("field_presence", _) if is_extension => Some("extensions always have presence"),
            ("field_presence", "IMPLICIT") if self.is_message => Some("message fields always have presence"),
            ("repeated_field_encoding", _) if !self.is_repeated => Some("only repeated fields can be packed"),
            ("repeated_field_encoding", "PACKED") if !self.is_packable => {
                Some("only repeated numbers, bools and enums can be packed")
            }
            ("utf8_validation", _) if !self.has_text => Some("only text can be checked for UTF-8"),
            ("message_encoding", _) if !self.is_message || self.is_map => Some("only messages can be delimited"),
            _ => None,
        }
    }
}

/// The `default` among a field's options.
fn default_of<'t, 'a>(node: FieldNode<'t, 'a>) -> Option<&'t OptionDecl<'a>> {
    node.options().iter().find(|option| matches!(&*option.name, [part] if !part.is_extension && part.text == "default"))
}

/// The type of a field, or of the items of a list.
fn item_kind(ty: &Type) -> &TypeKind {
    match &ty.kind {
        TypeKind::List(list) => &list.item.kind,
        kind => kind,
    }
}
