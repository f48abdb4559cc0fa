//! From the model to a layout.

use std::sync::Arc;

use canread_model::{
    Decl, DeclId, DeclKind, Encoding, Enum, EnumBase, Extension, Field, Format, Int, LogicalKind, Presence, Record,
    RecordKind, Schema, Type, TypeKind, Utf8,
};
use rustc_hash::FxHashMap;

use super::constant;
use super::well_known::well_known;
use super::{
    EnumLayout, FieldLayout, FixedLayout, Layout, LayoutError, LayoutErrorKind, LayoutKind, RecordLayout, TypeId,
    UnionLayout, index,
};

/// Lists, maps and unions inside each other, between one record and the next.
pub(super) const DEPTH_MAX: usize = 100;

/// What is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// What the root leads to.
    Root,
    /// All records, and what they lead to.
    Records,
}

pub(super) fn compile(schema: &Schema, root: DeclId, reach: Reach) -> Result<Layout, LayoutError> {
    let mut compiler = Compiler {
        schema,
        types: Vec::new(),
        meanings: Vec::new(),
        ids: FxHashMap::default(),
        decls: FxHashMap::default(),
        records: Vec::new(),
        enums: Vec::new(),
        unions: Vec::new(),
        fixed: Vec::new(),
        twins: None,
        extensions: extensions(schema),
    };
    let root = compiler.decl(root, 0)?;
    if reach == Reach::Records {
        for (id, _) in schema.decls().filter(|(_, decl)| decl.as_record().is_some()) {
            compiler.decl(id, 0)?;
        }
    }
    // Each record that a field names is added behind those that wait.
    let mut records = Vec::new();
    while let Some(record) = compiler.records.get(records.len()).copied() {
        records.push(compiler.record(record)?);
    }
    let records_by_name = records_by_name(&compiler, &records);
    let layout = Layout {
        format: schema.format(),
        root,
        types: compiler.types.into(),
        meanings: compiler.meanings.into(),
        records: records.into(),
        enums: compiler.enums.into(),
        unions: compiler.unions.into(),
        fixed: compiler.fixed.into(),
        records_by_name,
    };
    match (compiler.twins, layout.format) {
        (Some((ty, symbol)), Format::Avro) => Err(LayoutError::new(LayoutErrorKind::Twins(layout.words(ty)), &symbol)),
        _ => Ok(layout),
    }
}

fn records_by_name(compiler: &Compiler<'_>, records: &[RecordLayout]) -> Arc<[TypeId]> {
    let types = (0..).zip(&compiler.types);
    let mut named: Vec<(&str, TypeId)> = types
        .filter_map(|(at, kind)| match kind {
            LayoutKind::Record(id) => Some((&*records.get(*id as usize)?.name, TypeId(at))),
            _ => None,
        })
        .collect();
    named.sort_unstable();
    named.into_iter().map(|(_, ty)| ty).collect()
}

struct Compiler<'s> {
    schema: &'s Schema,
    types: Vec<LayoutKind>,
    meanings: Vec<Option<LogicalKind>>,
    /// Equal types are one.
    ids: FxHashMap<(LayoutKind, Option<LogicalKind>), TypeId>,
    decls: FxHashMap<DeclId, TypeId>,
    /// All that were named so far, compiled or not.
    records: Vec<Declared<'s, Record>>,
    enums: Vec<EnumLayout>,
    unions: Vec<UnionLayout>,
    fixed: Vec<FixedLayout>,
    /// A branch that is the type of another one, and the union.
    twins: Option<(TypeId, Box<str>)>,
    /// Declarations that add a field to a record.
    extensions: Extensions<'s>,
}

type Extensions<'s> = FxHashMap<DeclId, Vec<Declared<'s, Extension>>>;

/// A declaration, and what it declares.
#[derive(Debug)]
struct Declared<'s, T> {
    id: DeclId,
    decl: &'s Decl,
    node: &'s T,
}

impl<T> Copy for Declared<'_, T> {}

impl<T> Clone for Declared<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

fn extensions(schema: &Schema) -> Extensions<'_> {
    let mut extensions: Extensions<'_> = FxHashMap::default();
    for (id, decl) in schema.decls() {
        let Some(node) = decl.as_extension() else { continue };
        if let Some(extendee) = node.extendee.target() {
            extensions.entry(extendee).or_default().push(Declared { id, decl, node });
        }
    }
    extensions
}

fn error(kind: LayoutErrorKind, symbol: &str) -> LayoutError {
    LayoutError::new(kind, symbol)
}

fn unsupported(what: &'static str, symbol: &str) -> LayoutError {
    error(LayoutErrorKind::Unsupported(what), symbol)
}

impl<'s> Compiler<'s> {
    fn intern(&mut self, kind: LayoutKind) -> TypeId {
        self.intern_with(kind, None)
    }

    fn intern_with(&mut self, kind: LayoutKind, meaning: Option<LogicalKind>) -> TypeId {
        *self.ids.entry((kind, meaning)).or_insert_with(|| {
            self.types.push(kind);
            self.meanings.push(meaning);
            TypeId(index(self.types.len().saturating_sub(1)))
        })
    }

    fn decl(&mut self, decl: DeclId, depth: usize) -> Result<TypeId, LayoutError> {
        if let Some(known) = self.decls.get(&decl) {
            return Ok(*known);
        }
        let schema = self.schema;
        let declared = schema.decl(decl);
        let ty = match &declared.kind {
            DeclKind::Record(record) => {
                self.records.push(Declared { id: decl, decl: declared, node: record });
                self.intern(LayoutKind::Record(index(self.records.len().saturating_sub(1))))
            }
            DeclKind::Enum(own) => {
                self.enums.push(enum_layout(declared, own)?);
                self.intern(LayoutKind::Enum(index(self.enums.len().saturating_sub(1))))
            }
            DeclKind::Fixed(own) => {
                let aliases = declared.aliases.clone().into();
                let layout = FixedLayout { name: declared.full_name.clone(), aliases, size: own.size };
                self.fixed(layout, meaning(&own.ty))
            }
            DeclKind::Union(union) => {
                let mut branches = Vec::with_capacity(union.arms.len());
                for arm in &union.arms {
                    branches.push(self.ty(&arm.ty, &declared.full_name, depth.saturating_add(1))?);
                }
                if let Some(twin) = twin(&self.types, &branches) {
                    self.twins.get_or_insert((twin, declared.full_name.clone()));
                }
                self.unions.push(UnionLayout { branches: branches.into() });
                self.intern(LayoutKind::Union(index(self.unions.len().saturating_sub(1))))
            }
            DeclKind::Alias(alias) => self.ty(&alias.ty, &declared.full_name, depth.saturating_add(1))?,
            DeclKind::Element(element) => self.ty(&element.ty, &declared.full_name, depth.saturating_add(1))?,
            DeclKind::Const(_) => return Err(unsupported("a constant", &declared.full_name)),
            DeclKind::Service(_) => return Err(unsupported("a service", &declared.full_name)),
            DeclKind::Extension(_) => return Err(unsupported("an extension", &declared.full_name)),
            _ => return Err(unsupported("no type", &declared.full_name)),
        };
        self.decls.insert(decl, ty);
        Ok(ty)
    }

    fn fixed(&mut self, fixed: FixedLayout, meaning: Option<LogicalKind>) -> TypeId {
        self.fixed.push(fixed);
        self.intern_with(LayoutKind::Fixed(index(self.fixed.len().saturating_sub(1))), meaning)
    }

    /// A use of a type in what `symbol` names.
    fn ty(&mut self, ty: &Type, symbol: &str, depth: usize) -> Result<TypeId, LayoutError> {
        if depth > DEPTH_MAX {
            return Err(error(LayoutErrorKind::TooDeep, symbol));
        }
        let deeper = depth.saturating_add(1);
        let kind = match &ty.kind {
            TypeKind::Null => LayoutKind::Null,
            TypeKind::Bool => LayoutKind::Bool,
            TypeKind::Int(int @ Int { bits: 8..=64, .. }) => LayoutKind::Int(*int),
            TypeKind::Int(_) => return Err(unsupported("an integer of another width", symbol)),
            TypeKind::Float { bits: 32 } => LayoutKind::Float,
            TypeKind::Float { bits: 64 } => LayoutKind::Double,
            TypeKind::String(utf8) => LayoutKind::String { is_verified: *utf8 == Utf8::Verified },
            TypeKind::Bytes => LayoutKind::Bytes,
            TypeKind::Fixed { size } => {
                let layout = FixedLayout { name: "".into(), aliases: [].into(), size: *size };
                return Ok(self.fixed(layout, meaning(ty)));
            }
            TypeKind::List(list) => {
                LayoutKind::List { item: self.ty(&list.item, symbol, deeper)?, is_packed: list.packed }
            }
            TypeKind::Map(map) => {
                LayoutKind::Map { key: self.ty(&map.key, symbol, deeper)?, value: self.ty(&map.value, symbol, deeper)? }
            }
            TypeKind::Nullable(inner) => {
                LayoutKind::Nullable { inner: self.ty(inner, symbol, deeper)?, is_null_last: ty.is_null_last() }
            }
            TypeKind::Ref(decl) => return self.decl(*decl, deeper),
            TypeKind::Unresolved(name) => return Err(error(LayoutErrorKind::Unresolved(name.clone()), symbol)),
            TypeKind::Set(_) => return Err(unsupported("a set", symbol)),
            TypeKind::Stream(_) | TypeKind::Sink(_) => return Err(unsupported("a stream", symbol)),
            TypeKind::Any => return Err(unsupported("any value", symbol)),
            TypeKind::Never => return Err(unsupported("no value", symbol)),
            _ => return Err(unsupported("of a type of documents", symbol)),
        };
        Ok(self.intern_with(kind, meaning(ty)))
    }

    fn record(
        &mut self,
        Declared { id, decl, node: record }: Declared<'s, Record>,
    ) -> Result<RecordLayout, LayoutError> {
        let mut fields = Vec::with_capacity(record.fields.len());
        for field in &record.fields {
            fields.push(self.field(field, field.name.clone(), &decl.full_name)?);
        }
        let extensions = self.extensions.remove(&id).unwrap_or_default();
        for Declared { decl, node, .. } in extensions {
            let name = format!("[{}]", decl.full_name).into();
            fields.push(FieldLayout { oneof: None, ..self.field(&node.field, name, &decl.full_name)? });
        }
        let mut by_number: Vec<(i32, u32)> =
            (0..).zip(&fields).filter_map(|(at, field)| Some((field.number?, at))).collect();
        by_number.sort_unstable();
        let ambiguous = by_number.windows(2).find_map(|pair| match pair {
            [(one, _), (other, at)] if one == other => fields.get(*at as usize),
            _ => None,
        });
        if let Some(field) = ambiguous {
            return Err(error(LayoutErrorKind::Ambiguous, &format!("{}.{}", decl.full_name, field.name)));
        }
        let mut reserved_names: Vec<Box<str>> = record.reserved.names.iter().map(|own| own.name.clone()).collect();
        reserved_names.sort_unstable();
        Ok(RecordLayout {
            reserved_names: reserved_names.into(),
            has_oneofs: fields.iter().any(|field| field.oneof.is_some()),
            name: decl.full_name.clone(),
            aliases: decl.aliases.clone().into(),
            is_message_set: record.kind == RecordKind::MessageSet,
            well_known: well_known(self.schema.format(), &decl.full_name),
            by_number: by_number.into(),
            by_name: in_order(&fields, |field| &field.name),
            by_json_name: in_order(&fields, FieldLayout::json_name),
            fields: fields.into(),
        })
    }

    fn field(&mut self, field: &Field, name: Box<str>, owner: &str) -> Result<FieldLayout, LayoutError> {
        let symbol = || format!("{owner}.{}", field.name);
        let ty = self.ty(&field.ty, &symbol(), 0)?;
        let default = match field.default_value() {
            Some(literal) => match constant::of(self.schema, &field.ty, literal) {
                Some(constant) => Some(constant),
                None => return Err(error(LayoutErrorKind::Default, &symbol())),
            },
            None => None,
        };
        let json_name: Option<Box<str>> = match field.name_in(Encoding::Json) {
            Some(given) => Some(given.into()),
            // Extensions have their full names there.
            None if self.schema.format() == Format::Protobuf && !name.starts_with('[') => json_name(&name),
            None => None,
        };
        Ok(FieldLayout {
            json_name: json_name.filter(|given| **given != *name),
            name,
            aliases: field.aliases.clone().into(),
            number: field.number.map(|number| number.value),
            ty,
            presence: presence(field),
            default,
            oneof: field.oneof,
            is_delimited: field.delimited,
        })
    }
}

/// A branch that is the type of an earlier one, whatever its values mean.
///
/// Source: Avro 1.12, "Unions".
fn twin(types: &[LayoutKind], branches: &[TypeId]) -> Option<TypeId> {
    let sort = |branch: &TypeId| match types.get(branch.0 as usize)? {
        LayoutKind::List { .. } => Some(LayoutKind::List { item: TypeId(0), is_packed: false }),
        LayoutKind::Map { .. } => Some(LayoutKind::Map { key: TypeId(0), value: TypeId(0) }),
        kind => Some(*kind),
    };
    let mut known = rustc_hash::FxHashSet::default();
    branches.iter().find(|branch| !known.insert(sort(branch))).copied()
}

/// What the values of a type mean, if that is known.
///
/// Source: Avro 1.12, "Logical Types": an implementation "must ignore unknown logical types".
fn meaning(ty: &Type) -> Option<LogicalKind> {
    ty.as_logical().map(|logical| logical.kind).filter(|kind| *kind != LogicalKind::Unknown)
}

/// Indexes of fields, in an order of names; of several with one name the first of the schema comes first.
fn in_order(fields: &[FieldLayout], name: impl Fn(&FieldLayout) -> &str) -> Box<[u32]> {
    let mut order: Vec<u32> = (0..index(fields.len())).collect();
    order.sort_by_key(|at| fields.get(*at as usize).map(&name));
    order.into()
}

/// The name in JSON of a field that is given none, if it is another one: lower camel case, as protoc makes it, which drops
/// underscores and puts what follows them in upper case.
///
/// Source: `ProtoJSON` Format, "Representation of each type", on messages.
fn json_name(name: &str) -> Option<Box<str>> {
    let mut is_after_underscore = false;
    let letters = name.chars().filter_map(|letter| {
        if letter == '_' {
            is_after_underscore = true;
            return None;
        }
        let is_upper = std::mem::take(&mut is_after_underscore);
        Some(if is_upper { letter.to_ascii_uppercase() } else { letter })
    });
    name.contains('_').then(|| letters.collect::<String>().into())
}

/// A member of a oneof is there or not, whatever else is said.
fn presence(field: &Field) -> Presence {
    if field.oneof.is_some() { Presence::Explicit } else { field.presence }
}

fn enum_layout(decl: &Decl, own: &Enum) -> Result<EnumLayout, LayoutError> {
    let mut symbols: Vec<(i32, Box<str>)> = Vec::with_capacity(own.values.len());
    let mut former = Vec::new();
    for (at, value) in own.values.iter().enumerate() {
        let number = match own.base {
            EnumBase::Name => i32::try_from(at).ok(),
            _ => value.number.and_then(|number| i32::try_from(number).ok()),
        };
        let Some(number) = number else {
            return Err(unsupported("an enum with a value beyond 32 bits", &decl.full_name));
        };
        former.extend(value.aliases.iter().map(|alias| (number, alias.clone())));
        symbols.push((number, value.name.clone()));
    }
    let mut by_name: Vec<u32> = (0..index(symbols.len())).collect();
    let mut by_number = by_name.clone();
    by_name.sort_by_key(|at| symbols.get(*at as usize).map(|(_, name)| name.clone()));
    let number = |at: &u32| symbols.get(*at as usize).map(|(number, _)| *number);
    by_number.sort_by_key(number);
    by_number.dedup_by_key(|at| number(at));
    Ok(EnumLayout {
        name: decl.full_name.clone(),
        aliases: decl.aliases.clone().into(),
        default: own.default.and_then(|at| symbols.get(at as usize)).map(|(number, _)| *number),
        is_open: own.is_open,
        symbols: symbols.into(),
        former: former.into(),
        by_name: by_name.into(),
        by_number: by_number.into(),
    })
}
