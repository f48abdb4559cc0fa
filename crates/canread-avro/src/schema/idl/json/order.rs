//! Which types and messages a file has with its imports, and in which order.

use std::collections::HashMap;
use std::vec::IntoIter;

use super::super::super::ast::{Body, Message, Type, TypeKind};
use super::super::imports::Loaded;
use super::names::{file_scope, head};

/// The declarations of a file and its imports, each with the namespace around it.
#[derive(Debug, Default)]
pub(super) struct Order<'f> {
    /// Those that stand in no other one.
    pub(super) types: Vec<(&'f Type<'f>, &'f str)>,
    /// Of those with one name, the last.
    pub(super) messages: Vec<(&'f Message<'f>, &'f str)>,
}

/// What stands in a file.
enum Item<'f> {
    /// The import of a file that was not imported before.
    Import(usize),
    Type(&'f Type<'f>),
    Message(&'f Message<'f>),
}

/// A file that is being gone through.
struct Step<'f> {
    items: IntoIter<Item<'f>>,
    scope: &'f str,
    /// Whether its messages belong to the outermost file.
    with_messages: bool,
}

/// Goes through the outermost file. An import stands for what is in the imported file.
///
/// Source: Avro Java 1.12. Messages are imported into protocols only ("Imports" in "IDL Language").
pub(super) fn order<'f>(loaded: &'f Loaded<'f>) -> Order<'f> {
    let mut order = Order::default();
    let mut places = HashMap::new();
    let mut steps: Vec<_> = step(loaded, 0, true).into_iter().collect();
    while let Some(last) = steps.last_mut() {
        let (scope, with_messages) = (last.scope, last.with_messages);
        match last.items.next() {
            None => drop(steps.pop()),
            Some(Item::Import(index)) => steps.extend(step(loaded, index, with_messages)),
            Some(Item::Type(ty)) => order.types.push((ty, scope)),
            Some(Item::Message(_)) if !with_messages => {}
            Some(Item::Message(message)) => {
                let place = *places.entry(&*message.name.text).or_insert(order.messages.len());
                match order.messages.get_mut(place) {
                    Some(same) => *same = (message, scope),
                    None => order.messages.push((message, scope)),
                }
            }
        }
    }
    order
}

fn step<'f>(loaded: &'f Loaded<'f>, index: usize, with_messages: bool) -> Option<Step<'f>> {
    let file = loaded.files.get(index)?;
    let mut items: Vec<(u32, Item<'f>)> = Vec::new();
    let imports = file.imports.iter().zip(loaded.imports.get(index)?);
    items.extend(imports.filter_map(|(import, file)| Some((import.span.start, Item::Import((*file)?)))));
    let mut types = Vec::new();
    let is_protocol = match &file.body {
        Body::Schema(schema) => {
            schema.types.iter().chain(&schema.root).for_each(|ty| declarations(ty, &mut types));
            false
        }
        Body::Protocol(protocol) => {
            protocol.types.iter().for_each(|ty| declarations(ty, &mut types));
            items.extend(protocol.messages.iter().map(|message| (message.span.start, Item::Message(message))));
            true
        }
    };
    items.extend(types.into_iter().map(|ty| (ty.span.start, Item::Type(ty))));
    items.sort_by_key(|&(start, _)| start);
    let items: Vec<_> = items.into_iter().map(|(_, item)| item).collect();
    Some(Step { items: items.into_iter(), scope: file_scope(file), with_messages: with_messages && is_protocol })
}

/// The outermost declarations in a type.
fn declarations<'f>(ty: &'f Type<'f>, types: &mut Vec<&'f Type<'f>>) {
    match &ty.kind {
        _ if head(ty).is_some() => types.push(ty),
        TypeKind::Array(inner) | TypeKind::Map(inner) => declarations(inner, types),
        TypeKind::Union(branches) => branches.iter().for_each(|branch| declarations(branch, types)),
        _ => {}
    }
}
