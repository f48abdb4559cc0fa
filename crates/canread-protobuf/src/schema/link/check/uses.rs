//! Whether an option may stand where it stands, and in the edition of its file.
//!
//! Source: "Option Targets" of the Protobuf documentation; `FieldOptions.targets` and
//! `FieldOptions.feature_support` in `google/protobuf/descriptor.proto`.

use canread_model::{Annotation, DeclId, Literal, Meta};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashMap;

use crate::schema::ast::Version;
use crate::schema::link::option::{Late, Target, Use};
use crate::schema::link::{FieldRef, Linker, Unit};

/// What a field or enum value says about its use in options.
#[derive(Debug, Clone, Default)]
struct Terms {
    /// One bit for each [`Target`] that is allowed; none for all.
    targets: u16,
    support: Option<Support>,
}

/// The life of a feature or option.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Support {
    introduced: Option<u32>,
    deprecated: Option<u32>,
    warning: Box<str>,
    removed: Option<u32>,
    error: Box<str>,
}

impl<'a> Linker<'a> {
    pub(super) fn check_uses(&mut self, unit: &Unit<'_, 'a>, uses: &[Use]) {
        // A version that this reader doesn't know has been reported; nobody knows what there is in it.
        let version = unit.named.file.version();
        let is_known = unit.knows_version();
        let mut known: FxHashMap<FieldRef, Terms> = FxHashMap::default();
        let mut diagnostics = Vec::new();
        for used in uses {
            let terms = known.entry(used.field).or_insert_with(|| terms(&self.option_field(used.field).meta));
            let is_feature = self.is_feature_set_message(used.field.decl());
            if is_feature && !version.is_edition() {
                // One error for the `features` around it is enough.
                continue;
            }
            if !is_known {
                self.check_target(used, terms, &mut diagnostics);
                continue;
            }
            if let Some((decl, at)) = used.value {
                self.check_value_use(used, decl, at, version, &mut diagnostics);
                continue;
            }
            self.check_target(used, terms, &mut diagnostics);
            if let Some(support) = &terms.support {
                let name = &self.option_field(used.field).name;
                diagnostics.extend(support.problem(name, used.span, version));
            }
            if self.is_feature_set(used.field) {
                Self::check_feature_use(used, version, &mut diagnostics);
            }
        }
        self.diagnostics.extend(diagnostics);
    }

    /// What asked for features of this very file.
    pub(super) fn check_late(&mut self, late: &[Late]) {
        for rule in late {
            let problem = match rule {
                Late::Number { declared, number, span } => {
                    let is_open = self.schema.decl(*declared).as_enum().is_some_and(|declared| declared.is_open);
                    (!is_open).then(|| self.no_such_number(*declared, *number, *span))
                }
                Late::Required { message, set, span } => {
                    let missing = self.missing(*message, |field| set.binary_search(&field).is_ok());
                    missing.map(|field| self.missing_field(field, *span))
                }
            };
            self.diagnostics.extend(problem);
        }
    }

    fn check_target(&self, used: &Use, terms: &Terms, diagnostics: &mut Vec<Diagnostic>) {
        if terms.targets == 0 || terms.targets & bit(used.target) != 0 {
            return;
        }
        let name = &self.option_field(used.field).name;
        let message = format!("`{name}` can't be set on {}", used.target.describe());
        let allowed = (1..=9).filter_map(Target::from_number).filter(|target| terms.targets & bit(*target) != 0);
        let allowed: Vec<_> = allowed.map(Target::describe).collect();
        let error = Diagnostic::error("protobuf/option_target", message).at(used.span, "");
        diagnostics.push(error.help(format!("it can be set on {}", allowed.join(", "))));
    }

    fn check_value_use(&self, used: &Use, decl: DeclId, at: u32, version: Version, diagnostics: &mut Vec<Diagnostic>) {
        let declared = self.option_schema().decl(decl).as_enum();
        let Some(value) = declared.and_then(|declared| declared.values.get(at as usize)) else { return };
        if value.number == Some(0) && self.is_feature_set_message(used.field.decl()) {
            let message = format!("`{}` is no choice", value.name);
            let error =
                Diagnostic::error("protobuf/option_value", message).at(used.span, "stands for an unknown value");
            diagnostics.push(error);
        }
        if let Some(support) = value.meta.annotation("feature_support").map(Support::of) {
            diagnostics.extend(support.problem(&value.name, used.span, version));
        }
    }

    /// Whether a field is the `features` of some options message.
    fn is_feature_set(&self, field: FieldRef) -> bool {
        let declared = self.option_field(field);
        &*declared.name == "features"
            && matches!(field, FieldRef::Member(..))
            && declared.ty.target().is_some_and(|decl| self.is_feature_set_message(decl))
    }

    fn is_feature_set_message(&self, decl: DeclId) -> bool {
        &*self.option_schema().decl(decl).full_name == "google.protobuf.FeatureSet"
    }

    fn check_feature_use(used: &Use, version: Version, diagnostics: &mut Vec<Diagnostic>) {
        if !version.is_edition() {
            let message = format!("{} has no features", version.as_str());
            let error = Diagnostic::error("protobuf/features_not_allowed", message).at(used.span, "");
            diagnostics.push(error.help("use the words of the old syntax, or move the file to an edition"));
        }
    }
}

fn bit(target: Target) -> u16 {
    1 << target as u16
}

fn terms(meta: &Meta) -> Terms {
    let mut terms = Terms::default();
    for annotation in &meta.annotations {
        match (&*annotation.path, &annotation.value) {
            ("targets", Literal::Symbol(target)) => {
                terms.targets |= Target::from_symbol(target).map_or(0, bit);
            }
            ("feature_support", _) => terms.support = Some(Support::of(annotation)),
            _ => {}
        }
    }
    terms
}

impl Support {
    fn of(annotation: &Annotation) -> Self {
        let edition = |name: &str| match annotation.value.field(name) {
            Some(Literal::Symbol(edition)) => edition_number(edition),
            _ => None,
        };
        let text = |name: &str| match annotation.value.field(name) {
            Some(Literal::String(text)) => text.clone(),
            _ => Box::default(),
        };
        Self {
            introduced: edition("edition_introduced"),
            deprecated: edition("edition_deprecated"),
            warning: text("deprecation_warning"),
            removed: edition("edition_removed"),
            error: text("removal_error"),
        }
    }

    fn problem(&self, name: &str, span: Span, version: Version) -> Option<Diagnostic> {
        let now = version_number(version);
        let edition = version.as_str();
        if self.introduced.is_some_and(|introduced| now < introduced) {
            let message = format!("`{name}` does not exist in {edition} yet");
            return Some(Diagnostic::error("protobuf/option_not_in_edition", message).at(span, ""));
        }
        if self.removed.is_some_and(|removed| now >= removed) {
            let message = format!("`{name}` no longer exists in {edition}");
            let error = Diagnostic::error("protobuf/option_not_in_edition", message).at(span, "");
            return Some(if self.error.is_empty() { error } else { error.note(&*self.error) });
        }
        if self.deprecated.is_some_and(|deprecated| now >= deprecated) {
            let message = format!("`{name}` is deprecated in {edition}");
            let warning = Diagnostic::warning("protobuf/deprecated_option", message).at(span, "");
            return Some(if self.warning.is_empty() { warning } else { warning.note(&*self.warning) });
        }
        None
    }
}

/// The number of a value of `google.protobuf.Edition`.
fn edition_number(symbol: &str) -> Option<u32> {
    Some(match symbol.strip_prefix("EDITION_")? {
        "LEGACY" => 900,
        "PROTO2" => 998,
        "PROTO3" => 999,
        "2023" => 1000,
        "2024" => 1001,
        "2026" => 1002,
        "UNSTABLE" => 9999,
        "MAX" => u32::MAX,
        test_only => test_only.strip_suffix("_TEST_ONLY")?.parse().ok()?,
    })
}

fn version_number(version: Version) -> u32 {
    match version {
        Version::Proto2 => 998,
        Version::Proto3 => 999,
        Version::Edition2023 => 1000,
        Version::Edition2024 => 1001,
    }
}
