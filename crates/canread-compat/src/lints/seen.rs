//! What lints know of the whole schema: who uses what.

use canread_model::{Decl, DeclId, DeclKind, Field, Method, Parameters, Part, Presence, Schema, TypeKind};
use rustc_hash::FxHashMap;

use super::{fields, member};

/// A schema, with what is asked about it more than once.
#[derive(Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) schema: &'a Schema,
    /// Enums in fields that can't tell the first value from none, with the first such field.
    pub(crate) implicit_enums: FxHashMap<DeclId, String>,
    /// In how many places methods name a message: as request, as response.
    pub(crate) in_calls: FxHashMap<DeclId, usize>,
    /// What holds each union, which has no name of its own: a field, or the type around.
    pub(crate) holders: FxHashMap<DeclId, String>,
    /// The field in whose type a union stands, if it is one of a field.
    pub(crate) fields: FxHashMap<DeclId, &'a Field>,
}

impl<'a> Seen<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let mut seen = Self {
            schema,
            implicit_enums: FxHashMap::default(),
            in_calls: FxHashMap::default(),
            holders: FxHashMap::default(),
            fields: FxHashMap::default(),
        };
        for (id, decl) in schema.decls() {
            seen.hold(id, decl);
            for field in fields(decl).iter().filter(|field| field.presence == Presence::Implicit) {
                if let TypeKind::Ref(id) = field.ty.kind {
                    seen.implicit_enums.entry(id).or_insert_with(|| member(decl, &field.name));
                }
            }
            for method in decl.as_service().into_iter().flat_map(|service| &service.methods) {
                for id in messages(method) {
                    *seen.in_calls.entry(id).or_default() += 1;
                }
            }
        }
        seen
    }

    /// A declaration stands in front of the unions in it.
    fn hold(&mut self, id: DeclId, decl: &'a Decl) {
        let mut in_field = self.fields.get(&id).copied();
        let mut holder = self.holders.get(&id).cloned().unwrap_or_else(|| decl.full_name.to_string());
        for part in decl.parts() {
            match part {
                Part::Field(field) => {
                    holder = member(decl, &field.name);
                    in_field = Some(field);
                }
                Part::Type(ty) => {
                    if let TypeKind::Ref(id) = ty.kind
                        && matches!(self.schema.decl(id).kind, DeclKind::Union(_))
                    {
                        self.holders.insert(id, holder.clone());
                        self.fields.extend(in_field.map(|field| (id, field)));
                    }
                }
                _ => {}
            }
        }
    }
}

/// What a method takes and returns, where that is a message each.
pub(super) fn messages(method: &Method) -> impl Iterator<Item = DeclId> {
    let request = match &method.parameters {
        Parameters::Message(ty) => ty.target(),
        _ => None,
    };
    let response = method.returns.as_ref().and_then(canread_model::Type::target);
    request.into_iter().chain(response)
}
