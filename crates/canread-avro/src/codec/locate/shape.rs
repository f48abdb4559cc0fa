//! The way through a type.

use canread_record::{FieldMeta, FieldSchema, Format, Shape};
use canread_wire::{FieldPath, Limits};

use super::super::read::Failure;
use super::{Segment, Walk, walked};

/// The way to what failed at that offset, when the type read what it wrote.
#[cold]
pub(in super::super) fn path(shape: &Shape, input: &[u8], failure: &Failure, limits: &Limits) -> FieldPath {
    let (path, _) = walked(input, failure, limits, |walk| match shape {
        Shape::Record(schema) => fields(walk, schema().fields),
        _ => Some(()),
    });
    path
}

fn fields(walk: &mut Walk<'_>, fields: &'static [FieldSchema]) -> Option<()> {
    for field in fields {
        let name = Segment::Field(field.meta.avro.name);
        walk.step(name, &mut |walk| value(walk, &field.meta, &field.shape))?;
    }
    let map = fields.iter().find(|field| matches!(field.shape.present(), Shape::Map(..)));
    walk.sorted(map.map(|field| Segment::Field(field.meta.avro.name)))
}

fn value(walk: &mut Walk<'_>, meta: &FieldMeta, shape: &Shape) -> Option<()> {
    match &shape.physical(Format::Avro, meta) {
        Shape::Bool => walk.bytes(1),
        Shape::Int32 | Shape::Int64 | Shape::Uint32 | Shape::Uint64 | Shape::Enumeration(_) => walk.long().map(drop),
        Shape::Float32 => walk.bytes(4),
        Shape::Float64 => walk.bytes(8),
        Shape::Fixed(size) => walk.bytes(*size as u64),
        Shape::Record(schema) => {
            walk.enter()?;
            fields(walk, schema().fields)?;
            walk.leave();
            Some(())
        }
        Shape::Union(schema) => {
            let index = walk.long()?;
            branch(walk, schema().branches, index)
        }
        Shape::Optional(shape) => match (walk.long()?, shape) {
            (0, _) => Some(()),
            (index, Shape::Union(schema)) => branch(walk, schema().branches, index.checked_sub(1)?),
            (1, shape) => value(walk, meta, shape),
            _ => None,
        },
        Shape::List(item) => walk.items(false, &mut |walk| value(walk, meta, item)),
        // Entries whose keys are no text are records.
        Shape::Map(key @ (Shape::Text | Shape::Logical(_)), own) => walk.items(false, &mut |walk| {
            value(walk, &meta.of_entry_key(), key)?;
            value(walk, &meta.of_entry_value(), own)
        }),
        Shape::Map(key, own) => walk.items(false, &mut |walk| {
            let (key_meta, value_meta) = (meta.of_entry_key(), meta.of_entry_value());
            walk.step(Segment::Field(key_meta.avro.name), &mut |walk| value(walk, &key_meta, key))?;
            walk.step(Segment::Field(value_meta.avro.name), &mut |walk| value(walk, &value_meta, own))
        }),
        _ => walk.counted(),
    }
}

fn branch(walk: &mut Walk<'_>, branches: &'static [FieldSchema], index: i64) -> Option<()> {
    let branch = branches.get(usize::try_from(index).ok()?)?;
    walk.enter()?;
    value(walk, &branch.meta, &branch.shape)?;
    walk.leave();
    Some(())
}
