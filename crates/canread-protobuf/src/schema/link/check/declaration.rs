//! What extension ranges declare about the extensions in them.
//!
//! Source: "Extension Declarations" of the Protobuf documentation; protoc 35.

use canread_model::{Annotation, DeclId, ExtensionRange, Literal, TypeKind};
use canread_syntax::{Diagnostic, Span};
use rustc_hash::FxHashSet;

use super::symbol;
use crate::schema::ast::{Number, Scalar};
use crate::schema::link::define::scalar_kind;
use crate::schema::link::flat::FieldNode;
use crate::schema::link::{FieldRef, Linker};

/// One `declaration` of a range.
struct Declaration<'l> {
    number: Option<i128>,
    full_name: Option<&'l str>,
    ty: Option<&'l str>,
    reserved: bool,
    repeated: bool,
    annotation: &'l Annotation,
}

impl<'l> Declaration<'l> {
    fn of(annotation: &'l Annotation) -> Self {
        let text = |name: &str| match annotation.value.field(name) {
            Some(Literal::String(text)) => Some(&**text),
            _ => None,
        };
        let truth = |name: &str| matches!(annotation.value.field(name), Some(Literal::Bool(true)));
        let number = match annotation.value.field("number") {
            Some(Literal::Int(number)) => Some(*number),
            _ => None,
        };
        Self {
            number,
            full_name: text("full_name"),
            ty: text("type"),
            reserved: truth("reserved"),
            repeated: truth("repeated"),
            annotation,
        }
    }
}

fn declarations(range: &ExtensionRange) -> impl Iterator<Item = Declaration<'_>> {
    range.meta.annotations.iter().filter(|annotation| &*annotation.path == "declaration").map(Declaration::of)
}

impl Linker<'_> {
    /// The declarations of a message's ranges on their own.
    pub(super) fn check_declarations(&mut self, id: DeclId) {
        let record = self.extended(id);
        let mut errors = Vec::new();
        let mut names: FxHashSet<&str> = FxHashSet::default();
        let mut statement = None;
        for range in &record.extension_ranges {
            let mut numbers: FxHashSet<i128> = FxHashSet::default();
            let mut has_declarations = false;
            // Ranges of one statement share its options.
            let repeats = statement.replace(range.statement) == Some(range.statement);
            for declaration in declarations(range) {
                has_declarations = true;
                let is_new = repeats || declaration.full_name.is_none_or(|name| names.insert(name));
                let problem = declaration_problem(&declaration, range, &mut numbers, is_new);
                if let Some((message, help)) = problem {
                    errors.push(self.at_declaration(&declaration, &message).help(help));
                }
            }
            if has_declarations && symbol(&range.meta, "verification") == Some("UNVERIFIED") {
                let span = self.annotation_span(&range.meta, "verification").unwrap_or(self.name_span(range.node));
                let message = "a range with declarations can't be unverified";
                errors.push(Diagnostic::error("protobuf/declaration", message).at(span, "").help("remove this option"));
            }
        }
        self.diagnostics.extend(errors);
    }

    fn at_declaration(&self, declaration: &Declaration<'_>, message: &str) -> Diagnostic {
        let error = Diagnostic::error("protobuf/declaration", message);
        match self.map.place(declaration.annotation.node.0) {
            Some(place) => error.at(place.whole, ""),
            None => error,
        }
    }

    /// An extension against what the range that holds its number declares.
    pub(super) fn undeclared(
        &self,
        id: DeclId,
        range: &ExtensionRange,
        number: Number,
        node: FieldNode<'_, '_>,
    ) -> Option<Diagnostic> {
        let mut declared = declarations(range).peekable();
        if declared.peek().is_none() && symbol(&range.meta, "verification") != Some("DECLARATION") {
            return None;
        }
        let own = declared.find(|declaration| declaration.number == Some(number.value.into()));
        let Some(own) = own else {
            let full_name = &self.schema.decl(id).full_name;
            let message = format!("the extension `{full_name}` is not declared where its number is set aside");
            let error = Diagnostic::error("protobuf/undeclared_extension", message).at(number.span, "");
            let error = self.also_at(error, range.node, "extensions in this range must be declared");
            let declaration = format!("declaration = {{ number: {}, full_name: \".{full_name}\", … }}", number.value);
            return Some(error.help(format!("add `{declaration}` there")));
        };
        let (span, message) = if own.reserved {
            (number.span, format!("the number {} is declared as reserved", number.value))
        } else {
            self.declared_mismatch(&own, id, node)?
        };
        let error = Diagnostic::error("protobuf/undeclared_extension", message).at(span, "");
        Some(self.also_at(error, own.annotation.node, "declared here"))
    }

    fn declared_mismatch(&self, own: &Declaration<'_>, id: DeclId, node: FieldNode<'_, '_>) -> Option<(Span, String)> {
        let full_name = &self.schema.decl(id).full_name;
        let ty = self.type_text(id);
        if own.full_name.is_some_and(|declared| declared.strip_prefix('.') != Some(full_name)) {
            let declared = own.full_name.unwrap_or_default();
            return Some((node.name_span(), format!("the extension is declared as `{declared}`, not `.{full_name}`")));
        }
        if own.ty.is_some_and(|declared| ty.as_deref().is_some_and(|ty| ty != declared)) {
            let declared = own.ty.unwrap_or_default();
            let message = format!("the extension is declared with type `{declared}`, not `{}`", ty.unwrap_or_default());
            return Some((node.type_span(), message));
        }
        if own.repeated != node.is_repeated() {
            let words = if own.repeated { "repeated" } else { "optional" };
            return Some((node.label_span(), format!("the extension is declared as {words}")));
        }
        None
    }

    /// An extension's type as declarations spell it.
    fn type_text(&self, id: DeclId) -> Option<String> {
        let field = self.field(FieldRef::Extension(id));
        if let Some(target) = field.ty.target() {
            return Some([".", &self.schema.decl(target).full_name].concat());
        }
        let kind = match &field.ty.kind {
            TypeKind::List(list) => &list.item.kind,
            kind => kind,
        };
        let scalar = SCALARS.iter().find(|scalar| is_same(&scalar_kind(**scalar), kind));
        scalar.map(|scalar| scalar.as_str().to_owned())
    }
}

const SCALARS: [Scalar; 15] = [
    Scalar::Double,
    Scalar::Float,
    Scalar::Int32,
    Scalar::Int64,
    Scalar::Uint32,
    Scalar::Uint64,
    Scalar::Sint32,
    Scalar::Sint64,
    Scalar::Fixed32,
    Scalar::Fixed64,
    Scalar::Sfixed32,
    Scalar::Sfixed64,
    Scalar::Bool,
    Scalar::String,
    Scalar::Bytes,
];

/// The same type of the language, whatever features say about text.
fn is_same(one: &TypeKind, other: &TypeKind) -> bool {
    matches!((one, other), (TypeKind::String(_), TypeKind::String(_))) || one == other
}

/// What is wrong with a declaration, and what to do about it.
fn declaration_problem(
    declaration: &Declaration<'_>,
    range: &ExtensionRange,
    numbers: &mut FxHashSet<i128>,
    is_new_name: bool,
) -> Option<(String, &'static str)> {
    let number = declaration.number.unwrap_or(0);
    if !(i128::from(range.start)..=i128::from(range.end)).contains(&number) {
        return Some((
            format!("the declared number {number} is not in its range"),
            "declare it where its range stands",
        ));
    }
    if !numbers.insert(number) {
        return Some((format!("the number {number} is declared twice"), "remove one of the declarations"));
    }
    let (Some(full_name), Some(ty)) = (declaration.full_name, declaration.ty) else {
        let is_bare = declaration.full_name.is_none() && declaration.ty.is_none();
        if is_bare && declaration.reserved {
            return None;
        }
        let message = "a declaration needs both `full_name` and `type`".to_owned();
        return Some((message, "add them, or mark the number as `reserved: true`"));
    };
    if !is_new_name {
        return Some((format!("`{full_name}` is declared twice"), "an extension has one number"));
    }
    if !is_absolute_name(full_name) {
        return Some((format!("`{full_name}` is no full name with a leading dot"), "write it as `.package.name`"));
    }
    if Scalar::from_name(ty).is_none() && !is_absolute_name(ty) {
        return Some((format!("`{ty}` is no full type name with a leading dot"), "write it as `.package.Type`"));
    }
    None
}

fn is_absolute_name(name: &str) -> bool {
    let is_ident = |part: &str| {
        let mut bytes = part.bytes();
        bytes.next().is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    name.strip_prefix('.').is_some_and(|name| name.split('.').all(is_ident))
}
