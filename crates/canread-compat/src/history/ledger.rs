//! Which numbers and names a history retired, and which of them stand for something else now.

use std::{collections::BTreeMap, mem::Discriminant};

use canread_model::{Decl, DeclId, DeclKind, EnumValue, Field, Format, Method, Schema, TypeKind};
use rustc_hash::FxHashMap;

use super::{Returned, Reused, Step};
use crate::{
    DeclAt, FieldPair, Pair, TypeAt,
    change::type_name,
    compare::kept_name,
    finding::{field_symbol, method_symbol, value_symbol},
    json_name,
};

/// Which uses of something retired count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_enums, reason = "a promise to the last version, or to all")]
pub enum Reach {
    /// Those that the new version makes: the version before it does not have the number or name.
    New,
    /// Also those that an older version made and the new one still has.
    Every,
}

/// What data knows something by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key<'a> {
    FieldNumber(i32),
    JsonName(Box<str>),
    /// The name of an Avro field, or one of its aliases.
    FieldName(Vec<&'a str>),
    EnumNumber(i64),
    EnumName(&'a str),
    Method(&'a str),
}

/// Something under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Thing<'a> {
    Field(DeclAt<'a>, &'a Field),
    Value(DeclAt<'a>, &'a EnumValue),
    Method(DeclAt<'a>, &'a Method),
}

/// What a version has under a key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Found<'a> {
    /// Nothing.
    Nothing,
    /// What the new version has: the file is the same, and was not read.
    Same,
    /// Something.
    Some(Thing<'a>),
}

/// Extensions by the message that they extend, and their number.
pub(super) type Extensions = FxHashMap<(DeclId, i32), DeclId>;

/// Named types of Avro by their sort and their name without the namespace; none where several have it.
type Unqualified<'a> = FxHashMap<(Discriminant<DeclKind>, &'a str), Option<DeclId>>;

/// A step with what finds its extensions, and types whose namespace changed.
pub(super) struct Version<'a> {
    step: &'a Step<'a>,
    old_extensions: Extensions,
    unqualified: Pair<Unqualified<'a>>,
}

/// What came back.
#[derive(Debug, Default)]
pub(super) struct CameBack<'a> {
    /// As something else, by the step whose old version had it last; each with a number for what data knows it by.
    pub(super) changed: BTreeMap<usize, Vec<(usize, Returned<'a>)>>,
    /// As what it was, by what it is called: the steps whose old version had it last, the last one first.
    restored: FxHashMap<String, Vec<usize>>,
}

impl CameBack<'_> {
    /// The last step before another one whose old version had something of that name as it is again.
    pub(super) fn restored_before(&self, step: usize, symbol: &str) -> Option<usize> {
        let steps = self.restored.get(symbol)?;
        steps.get(steps.partition_point(|last| *last >= step)).copied()
    }
}

/// What came back: of everything that a key stood for and that was followed by a gap, what is not what the new version
/// has. Whether it is harmed is for rules to say, so the last of several things does not stand for the others.
pub(super) fn came_back<'a>(steps: &'a [Step<'a>], reach: Reach) -> CameBack<'a> {
    let versions: Vec<Version<'a>> = steps.iter().map(Version::of).collect();
    let mut found = CameBack::default();
    // By key: its number, and the first version that has it again.
    let mut keys: FxHashMap<(&'a str, Key<'a>), (usize, Option<&'a str>)> = FxHashMap::default();
    for at in (0..steps.len().saturating_sub(1)).rev() {
        let new = steps[at].schemas.new;
        let mut values = Values::default();
        for (id, decl) in new.decls() {
            if steps[at].scope.unchanged.new.contains(&decl.module) {
                continue;
            }
            each(DeclAt { id, schema: new }, |names, key, thing| {
                let Found::Some(old) = versions[at].find(names, &key) else { return };
                if !matches!(versions[at + 1].find(names, &key), Found::Nothing) {
                    return;
                }
                let Some(what) = another(&key, old, thing, &mut values) else {
                    found.restored.entry(symbol(thing)).or_default().push(at);
                    return;
                };
                let count = keys.len();
                let (key, since) = *keys.entry((names.full, key)).or_insert_with_key(|(_, key)| {
                    let has = |version: &Version<'a>| !matches!(version.find(names, key), Found::Nothing);
                    let again = versions.iter().rposition(|version| !has(version)).unwrap_or(at + 1) + 1;
                    (count, versions.get(again).map(|version| version.step.label))
                });
                if reach == Reach::Every || since.is_none() {
                    let (last, gone) = (steps[at].label, steps[at + 1].label);
                    let returned = Returned { what, last, gone, since, claims: Vec::new() };
                    found.changed.entry(at).or_default().push((key, returned));
                }
            });
        }
    }
    found
}

/// The names of a declaration by which older versions may know it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'a> {
    pub(super) full: &'a str,
    /// Of an Avro type: its sort, and its name without the namespace.
    unqualified: Option<(Discriminant<DeclKind>, &'a str)>,
    pub(super) aliases: &'a [Box<str>],
    /// The extension that stands in the declaration, but in a file of its own.
    extension: Option<&'a str>,
}

impl<'a> Names<'a> {
    fn of(decl: DeclAt<'a>) -> Self {
        let unqualified = unqualified(decl.schema, decl.decl());
        Self { full: decl.name(), unqualified, aliases: &decl.decl().aliases, extension: None }
    }
}

/// Everything in a declaration that data knows by a number or a name.
pub(super) fn each<'a>(decl: DeclAt<'a>, mut visit: impl FnMut(Names<'a>, Key<'a>, Thing<'a>)) {
    let is_avro = decl.schema.format() == Format::Avro;
    let names = Names::of(decl);
    match &decl.decl().kind {
        DeclKind::Record(record) => {
            for field in &record.fields {
                let thing = Thing::Field(decl, field);
                if is_avro {
                    let known_by = std::iter::once(&field.name).chain(&field.aliases).map(|name| &**name).collect();
                    visit(names, Key::FieldName(known_by), thing);
                    continue;
                }
                if let Some(number) = field.number {
                    visit(names, Key::FieldNumber(number.value), thing);
                }
                visit(names, Key::JsonName(json_name(decl, field).into()), thing);
            }
        }
        DeclKind::Extension(extension) => {
            if let (Some(message), Some(number)) = (extension.extendee.target(), extension.field.number) {
                let thing = Thing::Field(decl, &extension.field);
                let names = Names { extension: Some(decl.name()), ..Names::of(decl.at(message)) };
                visit(names, Key::FieldNumber(number.value), thing);
            }
        }
        DeclKind::Enum(declared) => {
            for value in &declared.values {
                let thing = Thing::Value(decl, value);
                if let Some(number) = value.number.filter(|_| !is_avro) {
                    visit(names, Key::EnumNumber(number), thing);
                }
                visit(names, Key::EnumName(&value.name), thing);
            }
        }
        DeclKind::Service(service) => {
            for method in &service.methods {
                visit(names, Key::Method(&method.name), Thing::Method(decl, method));
            }
        }
        _ => {}
    }
}

/// What was there, if it is not what is there now.
fn another<'a>(key: &Key<'_>, old: Thing<'a>, new: Thing<'a>, known: &mut Values) -> Option<Reused<'a>> {
    match (old, new) {
        (Thing::Field(old_owner, old), Thing::Field(new_owner, new)) => {
            let owner = Pair { old: old_owner, new: new_owner };
            let fields = FieldPair { owner, old, new };
            match key {
                Key::FieldNumber(_) => {
                    let is_same_type = type_name(old_owner.schema, &old.ty) == type_name(new_owner.schema, &new.ty);
                    (!is_same_type || !is_same_name(&fields)).then_some(Reused::FieldNumber(fields))
                }
                Key::JsonName(_) => (!fields.same_number()).then_some(Reused::FieldName(fields)),
                _ => {
                    let old = TypeAt { schema: old_owner.schema, ty: &old.ty };
                    let new = TypeAt { schema: new_owner.schema, ty: &new.ty };
                    (!known.are_same(&Pair { old, new })).then_some(Reused::FieldName(fields))
                }
            }
        }
        (Thing::Value(old_owner, old), Thing::Value(new_owner, new)) => {
            let (owner, values) = (Pair { old: old_owner, new: new_owner }, Pair { old, new });
            match key {
                Key::EnumNumber(number) => {
                    (!known.is_name_kept(owner, *number)).then_some(Reused::EnumNumber(owner, values))
                }
                _ if old.number.is_some() => (old.number != new.number).then_some(Reused::EnumName(owner, values)),
                _ => (place(owner.old, old) != place(owner.new, new)).then_some(Reused::EnumName(owner, values)),
            }
        }
        (Thing::Method(old_owner, old), Thing::Method(new_owner, new)) => {
            let owner = Pair { old: old_owner, new: new_owner };
            let is_same = signature(old_owner.schema, old) == signature(new_owner.schema, new);
            (!is_same).then_some(Reused::Method(owner, Pair { old, new }))
        }
        _ => None,
    }
}

/// What enums of two versions have in common, and which Avro types have the same values and mean the same by them.
///
/// Each answer is kept: many fields may name one enum, and many values of one may have one number.
#[derive(Debug, Default)]
struct Values {
    /// By the enums of both versions.
    of_enums: FxHashMap<(DeclId, DeclId), bool>,
    /// By the enums of both versions, and a number: whether a name of it stayed.
    names_kept: FxHashMap<(DeclId, DeclId, i64), bool>,
}

impl Values {
    /// Whether a number has a name in both versions that it has in the other.
    fn is_name_kept(&mut self, owner: Pair<DeclAt<'_>>, number: i64) -> bool {
        let kept = || kept_name(owner, number).is_some();
        *self.names_kept.entry((owner.old.id, owner.new.id, number)).or_insert_with(kept)
    }

    /// Whether the types are written alike, with the same logical types, sizes and symbols. Of a record it is the name that
    /// counts: its fields are asked for themselves. A namespace may have changed.
    fn are_same(&mut self, types: &Pair<TypeAt<'_>>) -> bool {
        let Pair { old, new } = *types;
        if old.ty.as_logical() != new.ty.as_logical() {
            return false;
        }
        let mut inner = |old_ty, new_ty| self.are_same(&Pair { old: old.at(old_ty), new: new.at(new_ty) });
        match (&old.ty.kind, &new.ty.kind) {
            (TypeKind::List(old), TypeKind::List(new)) => inner(&old.item, &new.item),
            (TypeKind::Map(old), TypeKind::Map(new)) => inner(&old.value, &new.value),
            (TypeKind::Nullable(old_ty), TypeKind::Nullable(new_ty)) => {
                old.ty.is_null_last() == new.ty.is_null_last() && inner(old_ty, new_ty)
            }
            (TypeKind::Ref(old_id), TypeKind::Ref(new_id)) => {
                let (old_decl, new_decl) = (old.schema.decl(*old_id), new.schema.decl(*new_id));
                match (&old_decl.kind, &new_decl.kind) {
                    (DeclKind::Union(old), DeclKind::Union(new)) => {
                        let mut arms = old.arms.iter().zip(&new.arms);
                        old.arms.len() == new.arms.len() && arms.all(|(old, new)| inner(&old.ty, &new.ty))
                    }
                    _ if !is_one_type(
                        Pair { old: old.schema, new: new.schema },
                        Pair { old: old_decl, new: new_decl },
                    ) =>
                    {
                        false
                    }
                    (DeclKind::Fixed(old), DeclKind::Fixed(new)) => {
                        old.size == new.size && old.ty.as_logical() == new.ty.as_logical()
                    }
                    (DeclKind::Enum(old), DeclKind::Enum(new)) => {
                        *self.of_enums.entry((*old_id, *new_id)).or_insert_with(|| {
                            old.values.iter().map(|value| &value.name).eq(new.values.iter().map(|value| &value.name))
                        })
                    }
                    (old, new) => std::mem::discriminant(old) == std::mem::discriminant(new),
                }
            }
            _ => old.name() == new.name(),
        }
    }
}

/// Whether two named types have one full name; or one name in two namespaces, of which each version has one.
fn is_one_type(schemas: Pair<&Schema>, decls: Pair<&Decl>) -> bool {
    let Pair { old, new } = decls;
    let is_moved = || schemas.new.find(&old.full_name).is_none() && schemas.old.find(&new.full_name).is_none();
    old.full_name == new.full_name || (old.name.is_some() && old.name == new.name && is_moved())
}

fn symbol(thing: Thing<'_>) -> String {
    match thing {
        Thing::Field(owner, field) => field_symbol(owner, field),
        Thing::Value(owner, value) => value_symbol(owner, value),
        Thing::Method(owner, method) => method_symbol(owner, method),
    }
}

/// Whether a field is called what it was called, by itself or by its own choice in JSON; an extension by its full name.
pub(crate) fn is_same_name(fields: &FieldPair<'_>) -> bool {
    let Pair { old, new } = fields.is_extension();
    match (old, new) {
        (true, true) => fields.owner.old.name() == fields.owner.new.name(),
        (false, false) => {
            fields.same_name() || json_name(fields.owner.old, fields.old) == json_name(fields.owner.new, fields.new)
        }
        _ => false,
    }
}

/// Where a symbol of an Avro enum stands, which is all that it has besides its name.
fn place(owner: DeclAt<'_>, value: &EnumValue) -> Option<usize> {
    owner.schema.value_place(owner.id, &value.name)
}

/// What a method takes and returns, as text.
pub(crate) fn signature(schema: &Schema, method: &Method) -> String {
    let ty = |ty: &canread_model::Type| type_name(schema, ty);
    let parameters = match &method.parameters {
        canread_model::Parameters::Message(message) => ty(message),
        canread_model::Parameters::Fields(fields) => {
            fields.iter().map(|field| format!("{} {}", ty(&field.ty), field.name)).collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    };
    let stream = |is: bool| if is { "stream " } else { "" };
    let returns = method.returns.as_ref().map_or_else(|| "nothing".to_owned(), ty);
    format!("{}{parameters} -> {}{returns}", stream(method.client_streaming), stream(method.server_streaming))
}

pub(super) fn extensions(schema: &Schema) -> Extensions {
    let mut extensions = Extensions::default();
    for (id, decl) in schema.decls() {
        let Some(extension) = decl.as_extension() else { continue };
        if let (Some(message), Some(number)) = (extension.extendee.target(), extension.field.number) {
            extensions.entry((message, number.value)).or_insert(id);
        }
    }
    extensions
}

/// What Avro's readers know a named type by.
///
/// Source: Avro 1.12, "Schema Resolution": records match that have "the same (unqualified) name", and enums and fixed types
/// whose "(unqualified) names match".
fn unqualified<'a>(schema: &Schema, decl: &'a Decl) -> Option<(Discriminant<DeclKind>, &'a str)> {
    let name = decl.name.as_deref().filter(|_| schema.format() == Format::Avro)?;
    Some((std::mem::discriminant(&decl.kind), name))
}

fn all_unqualified(schema: &Schema) -> Unqualified<'_> {
    let mut all = Unqualified::default();
    for (id, decl) in schema.decls() {
        if let Some(name) = unqualified(schema, decl) {
            all.entry(name).and_modify(|only| *only = None).or_insert(Some(id));
        }
    }
    all
}

impl<'a> Version<'a> {
    pub(super) fn of(step: &'a Step<'a>) -> Self {
        let Pair { old, new } = step.schemas;
        let unqualified = Pair { old: all_unqualified(old), new: all_unqualified(new) };
        Self { step, old_extensions: extensions(old), unqualified }
    }

    /// The old declaration that differs from a new one in the namespace alone, if no other one may be meant.
    fn in_other_namespace(&self, names: Names<'_>) -> Option<DeclId> {
        let only = |all: &Unqualified<'_>| all.get(&names.unqualified?).copied().flatten();
        let new = only(&self.unqualified.new)?;
        let is_meant = *self.step.schemas.new.decl(new).full_name == *names.full;
        only(&self.unqualified.old).filter(|_| is_meant)
    }

    /// What the old version of the step has under a key.
    pub(super) fn find(&self, names: Names<'_>, key: &Key<'_>) -> Found<'a> {
        let Pair { old, new } = self.step.schemas;
        // A declaration of a file that is the same in both versions is in neither schema, or only there by import.
        let is_read = |id| !self.step.scope.unchanged.new.contains(&new.decl(id).module);
        let is_same = |name: &str| !new.find_all(name).any(is_read);
        let by_alias = || names.aliases.iter().find_map(|alias| old.find(alias));
        let in_old = old.find(names.full).or_else(by_alias).or_else(|| self.in_other_namespace(names));
        let found = in_old.and_then(|id| member(DeclAt { id, schema: old }, key, &self.old_extensions));
        match (found, names.extension) {
            (Some(thing), _) => Found::Some(thing),
            (None, Some(extension)) if is_same(extension) => Found::Same,
            (None, None) if in_old.is_none() && is_same(names.full) => Found::Same,
            _ => Found::Nothing,
        }
    }
}

/// What a declaration has under a key.
pub(super) fn member<'a>(owner: DeclAt<'a>, key: &Key<'_>, extensions: &Extensions) -> Option<Thing<'a>> {
    let field = |field| Some(Thing::Field(owner, field));
    match key {
        Key::FieldNumber(number) => {
            if let Some(found) = owner.field_by_number(*number) {
                return field(found);
            }
            let extension = owner.at(*extensions.get(&(owner.id, *number))?);
            Some(Thing::Field(extension, &extension.decl().as_extension()?.field))
        }
        Key::JsonName(name) => field(owner.schema.fields_by_json_name(owner.id, name).next()?),
        Key::FieldName(names) => field(names.iter().find_map(|name| owner.field(name))?),
        Key::EnumNumber(number) => Some(Thing::Value(owner, owner.schema.values_by_number(owner.id, *number).next()?)),
        Key::EnumName(name) => Some(Thing::Value(owner, owner.value(name)?)),
        Key::Method(name) => Some(Thing::Method(owner, owner.decl().as_service()?.method(name)?)),
    }
}
