//! Second pass: declarations are filled in, types resolved. Defaults wait until all types are whole.

use canread_model::{
    Annotation, Decl, DeclId, DeclKind, Docs, Element, Enum, EnumBase, EnumValue, Field, Fixed, Format, Meta, Method,
    ModuleId, Parameters, Presence, Preset, Record, RecordKind, Service, SortOrder, Type, TypeKind,
};
use canread_syntax::{Diagnostic, Severity, Span};

use super::default::{Owner, Pending};
use super::names::{Namespace, declared, split};
use super::{Files, Linker, declare, imports};
use crate::schema::ast::{self, Body, Order, Property, Text};

/// Where something stands that is being defined.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) module: ModuleId,
    /// The module whose names come first: another one for an imported message.
    pub(super) sight: ModuleId,
    /// The declaration around it, whose part anonymous ones become; `None` at the root of a file.
    pub(super) holder: Option<DeclId>,
    pub(super) namespace: Namespace,
}

impl<'t> Linker<'t> {
    /// Fills in everything that a file declares.
    pub(super) fn define_file<'a: 't>(&mut self, at: usize, files: Files<'t, 'a>) {
        let Some(file) = &files[at].1 else { return };
        let module = imports::module(at);
        let scope = Scope { module, sight: module, holder: None, namespace: declare::namespace_of(file) };
        match &file.body {
            Body::Schema(schema) => {
                for ty in &schema.types {
                    self.define_declaration(ty, &scope);
                }
                if let Some(root) = &schema.root {
                    self.define_root(root, &scope);
                }
            }
            Body::Protocol(protocol) => self.define_protocol(at, protocol, files, &scope),
        }
    }

    /// Defines a type that stands for its declaration alone: no node is made for a use of it.
    fn define_declaration<'a: 't>(&mut self, ty: &'t ast::Type<'a>, scope: &Scope) {
        if self.named_type(ty, scope).is_none() && !matches!(ty.kind, ast::TypeKind::Broken) {
            let error = Diagnostic::error("avro/schema", "expected the declaration of a named type").at(ty.span, "");
            self.report(error.help("declare a record, error, enum or fixed here"));
        }
    }

    fn define_root<'a: 't>(&mut self, root: &'t ast::Type<'a>, scope: &Scope) {
        let ty = self.ty(root, scope);
        let node = self.node(root.span, root.span.before());
        let element = DeclKind::Element(Box::new(Element::new(ty)));
        self.schema.add_decl(Decl::anonymous(node, scope.module, None, "", element));
    }

    /// The next named type in the order in which all were declared.
    pub(super) fn next_declared(&mut self) -> DeclId {
        let id = self.declared[self.defined];
        self.defined += 1;
        id
    }

    pub(super) fn define_record<'a: 't>(
        &mut self,
        ty: &'t ast::Type<'a>,
        record: &'t ast::Record<'a>,
        scope: &Scope,
    ) -> DeclId {
        let (id, scope) = self.open(scope);
        let fields = self.fields(&record.fields, id, 0, &scope);
        self.close_record(id, ty, record, fields);
        id
    }

    // Records recurse: what takes room on the stack stands beside the functions that do.
    #[inline(never)]
    fn close_record(&mut self, id: DeclId, ty: &ast::Type<'_>, record: &ast::Record<'_>, fields: Vec<Field>) {
        let kind = if record.is_error { RecordKind::Error } else { RecordKind::Struct };
        let model = Record { kind, fields, order_matters: true, ..Record::default() };
        self.named_properties(ty, "a record");
        self.close(id, DeclKind::Record(model), record.head.doc.as_ref(), &ty.properties);
    }

    #[inline(never)]
    pub(super) fn define_enum<'a: 't>(
        &mut self,
        ty: &'t ast::Type<'a>,
        declared: &'t ast::Enum<'a>,
        scope: &Scope,
    ) -> DeclId {
        let (id, _) = self.open(scope);
        let mut values = Vec::with_capacity(declared.symbols.len());
        for symbol in &declared.symbols {
            values.push(EnumValue::new(self.node(symbol.span, symbol.span), &symbol.text));
        }
        self.once(&declared.symbols, "symbol", Severity::Error);
        let default = declared.default.as_ref().and_then(|default| self.enum_default(default, &declared.symbols));
        let kind = DeclKind::Enum(Enum { base: EnumBase::Name, values, default, ..Enum::default() });
        self.named_properties(ty, "an enum");
        self.close(id, kind, declared.head.doc.as_ref(), &ty.properties);
        id
    }

    #[inline(never)]
    pub(super) fn define_fixed<'a: 't>(
        &mut self,
        ty: &'t ast::Type<'a>,
        fixed: &'t ast::Fixed<'a>,
        scope: &Scope,
    ) -> DeclId {
        let (id, _) = self.open(scope);
        let size = fixed.size.unwrap_or_default();
        let mut physical = Type::new(self.node(ty.span, fixed.head.name.span), TypeKind::Fixed { size });
        // A size that could not be read fits every logical type.
        self.attach(&mut physical, &ty.properties, fixed.size.is_none());
        self.close(id, DeclKind::Fixed(Fixed { size, ty: physical }), fixed.head.doc.as_ref(), &[]);
        id
    }

    fn open(&mut self, around: &Scope) -> (DeclId, Scope) {
        let id = self.next_declared();
        let namespace = split(&self.schema.decl(id).full_name).0.into();
        (id, Scope { holder: Some(id), namespace, ..around.clone() })
    }

    fn close(&mut self, id: DeclId, kind: DeclKind, doc: Option<&Text<'_>>, properties: &[Property<'_>]) {
        let meta = self.meta(doc, properties);
        let decl = self.schema.decl_mut(id);
        decl.kind = kind;
        decl.meta = meta;
    }

    /// Source: Avro 1.12, "Enums": the default "must be a JSON string that's a member of the symbols array".
    fn enum_default(&mut self, default: &Text<'_>, symbols: &[Text<'_>]) -> Option<u32> {
        let found = symbols.iter().position(|symbol| symbol.text == default.text);
        if found.is_none() {
            let message = format!("the default `{}` is none of the symbols", default.text.escape_debug());
            let error = Diagnostic::error("avro/enum_default", message).at(default.span, "");
            self.report(error.help("name one of the symbols, or add this one"));
        }
        u32::try_from(found?).ok()
    }

    /// Defines the fields of a record, or the parameters of a message.
    fn fields<'a: 't>(&mut self, fields: &'t [ast::Field<'a>], id: DeclId, method: usize, scope: &Scope) -> Vec<Field> {
        let mut defined = Vec::with_capacity(fields.len());
        for (at, field) in fields.iter().enumerate() {
            let ty = self.ty(&field.ty, scope);
            self.field(field, ty, Owner { decl: id, method, field: at }, &mut defined);
        }
        self.check_field_names(fields);
        defined
    }

    /// Defines everything of a field but its type.
    #[inline(never)]
    fn field<'a: 't>(&mut self, field: &'t ast::Field<'a>, ty: Type, owner: Owner, defined: &mut Vec<Field>) {
        let mut model = Field::new(self.node(field.span, field.name.span), &field.name.text, ty);
        model.presence = Presence::Required;
        model.sort_order = match field.order {
            None | Some(Order::Ascending) => SortOrder::Ascending,
            Some(Order::Descending) => SortOrder::Descending,
            Some(Order::Ignore) => SortOrder::Ignore,
        };
        model.aliases = self.field_aliases(field);
        model.meta = self.meta(field.doc.as_ref(), &field.properties);
        self.logical_type_on_field(field);
        if let Some(value) = &field.default {
            // As it stands, until all types are whole; that there is one counts before.
            model.preset = Some(Box::new(Preset::Default(super::default::plain(value))));
            self.defaults.push(Pending { owner, value, is_copy: self.is_copying });
        }
        defined.push(model);
    }

    fn field_aliases(&mut self, field: &ast::Field<'_>) -> Vec<Box<str>> {
        self.once(&field.aliases, "alias", Severity::Warning);
        let mut seen = rustc_hash::FxHashSet::default();
        let aliases = field.aliases.iter().map(|alias| &*alias.text);
        aliases.filter(|alias| **alias != *field.name.text && seen.insert(*alias)).map(Into::into).collect()
    }

    fn define_protocol<'a: 't>(
        &mut self,
        at: usize,
        protocol: &'t ast::Protocol<'a>,
        files: Files<'t, 'a>,
        scope: &Scope,
    ) {
        for ty in &protocol.types {
            self.define_declaration(ty, scope);
        }
        let (full_name, _) = declared(&protocol.name.text, protocol.namespace.as_ref(), &"".into());
        let node = self.node(protocol.span, protocol.name.span);
        let name = split(&full_name).1;
        let decl = Decl::new(node, scope.module, name, &full_name, DeclKind::Service(Service::default()));
        let id = self.schema.add_decl(decl);
        let scope = Scope { holder: Some(id), ..scope.clone() };
        let mut methods = self.imported_methods(at, protocol, files, &scope, id);
        for message in &protocol.messages {
            methods.push(self.method(message, id, methods.len(), &scope));
        }
        let kind = DeclKind::Service(Service { methods, ..Service::default() });
        self.close(id, kind, protocol.doc.as_ref(), &protocol.properties);
    }

    pub(super) fn method<'a: 't>(
        &mut self,
        message: &'t ast::Message<'a>,
        id: DeclId,
        at: usize,
        scope: &Scope,
    ) -> Method {
        let fields = self.fields(&message.request, id, at, scope);
        let node = self.node(message.span, message.name.span);
        let mut method = Method::new(node, &message.name.text, Parameters::Fields(fields));
        method.returns = Some(self.ty(&message.response, scope));
        for error in &message.errors {
            let ty = self.ty(error, scope);
            let name = self.error_name(&ty);
            let node = self.node(error.span, error.span);
            method.throws.push(Field::new(node, &name, ty));
        }
        self.check_errors(&message.errors, &method);
        self.check_one_way(message);
        method.is_oneway = message.one_way.is_some();
        method.meta = self.meta(message.doc.as_ref(), &message.properties);
        method
    }

    /// An exception is known by the simple name of its type.
    fn error_name(&self, ty: &Type) -> Box<str> {
        match &ty.kind {
            TypeKind::Ref(id) => {
                let decl = self.schema.decl(*id);
                decl.name.clone().unwrap_or_default()
            }
            TypeKind::Unresolved(name) => split(name).1.into(),
            kind => super::types::kind_name(kind).into(),
        }
    }

    /// Documentation, if it is wanted, and properties as annotations.
    fn meta(&mut self, doc: Option<&Text<'_>>, properties: &[Property<'_>]) -> Meta {
        let docs = doc.filter(|_| self.options.docs).map(|doc| {
            let leading = Some(doc.text.as_ref().into());
            Box::new(Docs { leading, ..Docs::default() })
        });
        let annotations = properties.iter().map(|property| self.annotation(property)).collect();
        Meta { docs, annotations }
    }

    pub(super) fn annotation(&mut self, property: &Property<'_>) -> Annotation {
        let Property { key, value } = property;
        let whole = if key.span.file == value.span.file { key.span.to(value.span) } else { value.span };
        let node = self.node(whole, key.span);
        Annotation { node, origin: Format::Avro, path: key.text.as_ref().into(), value: super::default::plain(value) }
    }

    /// Says so where a text stands twice in a list.
    pub(super) fn once(&mut self, texts: &[Text<'_>], what: &str, severity: Severity) {
        let mut seen: rustc_hash::FxHashMap<&str, Span> = rustc_hash::FxHashMap::default();
        for text in texts {
            match seen.get(&*text.text) {
                Some(first) => {
                    let message = format!("the {what} `{}` stands here twice", text.text.escape_debug());
                    let code = if what == "symbol" { "avro/duplicate_symbol" } else { "avro/duplicate_alias" };
                    let diagnostic = Diagnostic::new(severity, code, message).at(text.span, "again here");
                    self.report(diagnostic.at(*first, "first here").help("remove one of them"));
                }
                None => {
                    seen.insert(&text.text, text.span);
                }
            }
        }
    }
}
