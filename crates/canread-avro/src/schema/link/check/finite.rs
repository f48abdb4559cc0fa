//! Every record has a value that ends.
//!
//! A record that holds itself directly, not by way of a union, array or map,
//! would be written without end: no value of it exists.

use canread_model::{Decl, DeclId, DeclKind, Field, Schema, Type, TypeKind};
use canread_syntax::Diagnostic;

use crate::schema::link::Linker;

impl Linker<'_> {
    pub(super) fn check_finite(&mut self) {
        let finite = finite(&self.schema);
        let is_finite = |ty: &Type| is_finite(ty, &finite);
        let mut told = vec![false; finite.len()];
        for id in self.declared.clone() {
            if finite[id.0 as usize] || told[id.0 as usize] {
                continue;
            }
            // From each record that does not end, a field leads to another such: sooner or later in a ring.
            let mut way: Vec<(DeclId, &Field)> = Vec::new();
            let mut at = id;
            while !std::mem::replace(&mut told[at.0 as usize], true) {
                let Some((field, next)) = endless_field(&self.schema, at, &is_finite) else { break };
                way.push((at, field));
                at = next;
            }
            let Some(start) = way.iter().position(|(id, _)| *id == at) else { continue };
            let ring: Vec<_> = way[start..].iter().map(|(id, field)| (*id, field.name.clone(), field.node)).collect();
            self.endless(&ring);
        }
    }

    fn endless(&mut self, ring: &[(DeclId, Box<str>, canread_model::NodeId)]) {
        let Some((first, name, node)) = ring.first() else { return };
        let full_name = &self.schema.decl(*first).full_name;
        let message = if ring.len() == 1 {
            format!("`{full_name}` holds itself in its field `{name}`, so no value of it ends")
        } else {
            format!("`{full_name}` holds itself by way of its field `{name}`, so no value of it ends")
        };
        let mut error = Diagnostic::error("avro/endless_record", message).at(self.place(*node), "");
        for (id, name, node) in ring.iter().skip(1).take(10) {
            error = error.at(self.place(*node), format!("by way of `{name}` of `{}`", self.schema.decl(*id).full_name));
        }
        self.report(error.help("let the field be absent: `[\"null\", …]`, or make it an array or map"));
    }
}

/// The first field of a record that keeps it from ending, and the record that the field leads to.
fn endless_field<'s>(
    schema: &'s Schema,
    id: DeclId,
    is_finite: &impl Fn(&Type) -> bool,
) -> Option<(&'s Field, DeclId)> {
    let field = schema.decl(id).as_record()?.fields.iter().find(|field| !is_finite(&field.ty))?;
    let mut ty = &field.ty;
    loop {
        match &ty.kind {
            TypeKind::Ref(next) => match &schema.decl(*next).kind {
                DeclKind::Union(union) => ty = &union.arms.first()?.ty,
                _ => return Some((field, *next)),
            },
            _ => return None,
        }
    }
}

fn is_finite(ty: &Type, finite: &[bool]) -> bool {
    match &ty.kind {
        TypeKind::Ref(id) => finite[id.0 as usize],
        _ => true,
    }
}

/// For each declaration, whether it has a value that ends: the least solution, found from the bottom up.
fn finite(schema: &Schema) -> Vec<bool> {
    let mut finite = vec![false; schema.decls().len()];
    // By declaration: how many parts are still missing, and who waits for it.
    let mut missing = vec![0_usize; finite.len()];
    let mut waiting: Vec<Vec<DeclId>> = vec![Vec::new(); finite.len()];
    let mut done = Vec::new();
    for (id, decl) in schema.decls() {
        let (needed, parts) = needs(decl);
        missing[id.0 as usize] = needed;
        if needed == 0 {
            done.push(id);
        }
        for part in parts {
            waiting[part.0 as usize].push(id);
        }
    }
    while let Some(id) = done.pop() {
        if std::mem::replace(&mut finite[id.0 as usize], true) {
            continue;
        }
        for waits in std::mem::take(&mut waiting[id.0 as usize]) {
            let missing = &mut missing[waits.0 as usize];
            *missing = missing.saturating_sub(1);
            if *missing == 0 {
                done.push(waits);
            }
        }
    }
    finite
}

/// How many of which declarations must end for this one to end: all fields of a record, one arm of a union.
fn needs(decl: &Decl) -> (usize, Vec<DeclId>) {
    let target = |ty: &Type| match ty.kind {
        TypeKind::Ref(id) => Some(id),
        _ => None,
    };
    match &decl.kind {
        DeclKind::Record(record) => {
            let parts: Vec<_> = record.fields.iter().filter_map(|field| target(&field.ty)).collect();
            (parts.len(), parts)
        }
        DeclKind::Union(union) => {
            let parts: Vec<_> = union.arms.iter().filter_map(|arm| target(&arm.ty)).collect();
            let all_named = parts.len() == union.arms.len() && !parts.is_empty();
            (usize::from(all_named), parts)
        }
        _ => (0, Vec::new()),
    }
}
