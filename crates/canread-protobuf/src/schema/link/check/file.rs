//! What concerns a file, a message or a service as a whole.

use canread_model::{DeclId, DeclKind, Meta, RecordKind, Visibility};
use canread_syntax::Diagnostic;

use super::symbol;
use crate::schema::ast::{self, Version};
use crate::schema::link::feature::{Features, FieldPresence, Resolved, SymbolVisibility};
use crate::schema::link::flat::FlatKind;
use crate::schema::link::{Linker, Unit};

impl<'a> Linker<'a> {
    pub(super) fn check_header(&mut self, unit: &Unit<'_, 'a>, features: &Resolved) {
        let file = &unit.named.file;
        let module = self.schema.module(self.files[unit.at as usize].module);
        let mut errors = Vec::new();
        if file.version().is_edition()
            && let Some(span) = self.annotation_span(&module.meta, "java_string_check_utf8")
        {
            let message = "editions have a feature in place of `java_string_check_utf8`";
            let error = Diagnostic::error("protobuf/option_not_allowed", message).at(span, "");
            errors.push(error.help("write `features.(pb.java).utf8_validation = VERIFY`, or leave it away"));
        }
        if features.file.presence == FieldPresence::LegacyRequired {
            let span = self.annotation_span(&module.meta, "features.field_presence");
            let span = span.or_else(|| self.annotation_span(&module.meta, "features"));
            let error = Diagnostic::error("protobuf/required_by_default", "a file can't make all its fields required");
            errors.push(error.at(span.unwrap_or(file.span.before()), "").help("set the feature on single fields"));
        }
        errors.extend(self.lite_imports(unit));
        self.diagnostics.extend(errors);
        if let Some(package) = &file.package {
            self.check_package_style(package, features.file);
        }
    }

    /// Code generated for the full runtime can't use code generated for the lite one.
    fn lite_imports(&self, unit: &Unit<'_, 'a>) -> Vec<Diagnostic> {
        let info = &self.files[unit.at as usize];
        if is_lite(&self.schema.module(info.module).meta) {
            return Vec::new();
        }
        let is_lite_import = |edge: &&crate::schema::link::files::Edge| {
            edge.target.is_some_and(|target| is_lite(&self.schema.module(self.files[target as usize].module).meta))
        };
        let lite = info.imports.iter().filter(is_lite_import);
        lite.map(|edge| {
            Diagnostic::error("protobuf/lite", "a file that is not lite can't import one that is")
                .at(edge.span, "has `optimize_for = LITE_RUNTIME`")
                .help("set `option optimize_for = LITE_RUNTIME;` here too, or remove it there")
        })
        .collect()
    }

    pub(super) fn check_message_options(&mut self, unit: &Unit<'_, 'a>, id: DeclId) {
        let decl = self.schema.decl(id);
        let Some(record) = decl.as_record() else { return };
        let mut errors = Vec::new();
        if let Some(span) = self.annotation_span(&decl.meta, "map_entry") {
            let error = Diagnostic::error("protobuf/option_not_allowed", "`map_entry` is set by `map` fields only");
            errors.push(error.at(span, "").help("write `map<key, value>` where a map is meant"));
        }
        if unit.named.file.version() == Version::Proto3 {
            if record.kind == RecordKind::MessageSet {
                let span = self.annotation_span(&decl.meta, "message_set_wire_format");
                let error = Diagnostic::error("protobuf/message_set", "proto3 has no message sets");
                errors.push(error.at(span.unwrap_or(self.name_span(decl.node)), ""));
            }
            if let Some(range) = record.extension_ranges.first() {
                let message = "proto3 messages can't be extended";
                let error = Diagnostic::error("protobuf/proto3_extension", message).at(self.name_span(range.node), "");
                errors.push(error.help("add a field of type `google.protobuf.Any`, or move the file to an edition"));
            }
        }
        self.diagnostics.extend(errors);
    }

    pub(super) fn check_service(&mut self, unit: &Unit<'_, 'a>, service: &ast::Service<'a>) {
        let meta = &self.schema.module(self.files[unit.at as usize].module).meta;
        let generic = ["cc_generic_services", "java_generic_services"];
        let Some(option) = generic.into_iter().find(|option| super::is_true(meta, option)) else { return };
        if is_lite(meta) {
            let message = "a lite file can't have generic services";
            let error = Diagnostic::error("protobuf/lite", message).at(service.name.span, "declared in a lite file");
            let error = match self.annotation_span(meta, option) {
                Some(span) => error.at(span, "asked for here"),
                None => error,
            };
            self.report(error.help(format!("set `{option}` to false")));
        }
    }

    /// With `STRICT`, only what stands at the top of a file can be exported, and enums of a message that is
    /// there for nothing but their names.
    pub(super) fn check_strict_visibility(&mut self, unit: &Unit<'_, 'a>, at: usize, features: Features) {
        let id = self.decl_id(unit.at, at);
        let decl = self.schema.decl(id);
        if features.visibility != SymbolVisibility::Strict || decl.visibility != Visibility::Export {
            return;
        }
        let Some(parent) = decl.parent else { return };
        let kind = &unit.flats[at].kind;
        if matches!(kind, FlatKind::Enum(_)) && self.is_namespace(parent) {
            return;
        }
        let (_, span) = kind.name();
        let message = format!("`{}` is nested, so it can't be exported here", decl.full_name);
        let error = Diagnostic::error("protobuf/export_not_allowed", message)
            .at(span, "marked `export`")
            .note("the file has `default_symbol_visibility = STRICT`")
            .help("move it out of its message, best into a file of its own");
        self.report(error);
    }

    /// A message at the top of its file that is not exported and holds no data: `reserved 1 to max;` says so.
    fn is_namespace(&self, id: DeclId) -> bool {
        let decl = self.schema.decl(id);
        let DeclKind::Record(record) = &decl.kind else { return false };
        let all = matches!(&record.reserved.ranges[..], [range]
            if range.start == 1 && range.end == i64::from(crate::schema::link::define::FIELD_NUMBER_MAX));
        decl.parent.is_none() && decl.visibility != Visibility::Export && record.fields.is_empty() && all
    }
}

/// Whether a file is for the lite runtime.
pub(super) fn is_lite(meta: &Meta) -> bool {
    symbol(meta, "optimize_for") == Some("LITE_RUNTIME")
}
