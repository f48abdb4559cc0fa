//! What to do with the bytes of a writer, for a reader with a schema of its own.

mod avro;
mod draft;
mod identity;
mod mismatch;
mod numbered;
mod promotion;
mod protobuf;

use canread_model::Format;

use crate::layout::{Layout, LayoutKind, TypeId};
use draft::Draft;

pub use mismatch::{Mismatch, MismatchKind};
pub use numbered::{NumberedStep, NumberedSteps};
pub use promotion::Promotion;

/// What to do with the bytes of a writer, for a reader with a schema of its own.
///
/// Made once for a pair of schemas, and immutable: any number of threads may decode by one plan. A plan says for each type that the
/// writer's data may have in it what becomes of it: read as it is, converted, skipped, or refused. Where nothing
/// differs the codec goes along the reader's layout as if there were no plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    writer: Layout,
    reader: Layout,
    actions: Box<[Action]>,
    root: ActionId,
    mismatches: Box<[Mismatch]>,
}

/// Names an action of one [`Plan`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActionId(u32);

/// What becomes of a value of a writer's type.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// It is read as a value of the reader's type, which lies in data as the writer's does.
    Same(TypeId),
    /// Null, which takes no bytes.
    Null,
    /// A value of one scalar type becomes one of another.
    Promote(Promotion),
    /// A whole number, truth value or symbol becomes one of another type, if that has room for it: a symbol by its number, a truth
    /// value as 0 or 1.
    Number {
        /// How the writer wrote it.
        writer: LayoutKind,
        /// What it becomes.
        reader: LayoutKind,
    },
    /// A symbol becomes one of the reader's; by the writer's position, and none where the reader has no such symbol.
    Symbols(Box<[Option<i32>]>),
    /// A record.
    Record(Steps),
    /// A message, or an entry of a map, whose fields are found by number.
    Numbered(NumberedSteps),
    /// Each item of a list.
    List(ActionId),
    /// Each value of a map; keys are text.
    Map(ActionId),
    /// A value of the writer's union, or of a type that may be null: by its branches, in the order of the writer.
    Branches(Box<[ActionId]>),
    /// A value becomes one of a branch of the reader's union.
    Into {
        /// The reader's branch.
        branch: u32,
        /// What the value becomes in it.
        value: ActionId,
    },
    /// The reader can't take it: data that has it is refused. Which of [`Plan::mismatches`].
    Refuse(u32),
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Steps {
    /// How many fields the reader's record has.
    pub field_count: u32,
    /// The reader's record.
    pub record: u32,
    /// What to do, in the order of the data.
    pub steps: Box<[Step]>,
    /// The reader's fields that the writer does not have, and take their defaults.
    pub defaults: Box<[u32]>,
}

/// One step through a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Step {
    /// The writer's next field becomes a field of the reader.
    Read {
        /// The reader's field, as an index.
        field: u32,
        /// What becomes of it.
        action: ActionId,
    },
    /// The reader has no such field: a value of the writer's type is skipped.
    Skip(TypeId),
    /// Fields that the reader does not have, which take so many bytes together.
    SkipBytes(u32),
    /// Fields that the reader does not have, so many varints.
    SkipVarints(u32),
}

impl Plan {
    /// Resolves what a writer wrote for a reader.
    ///
    /// Both are layouts of one format, whose rules hold.
    ///
    /// Avro: its "Schema Resolution". Protobuf: fields by number, and what "Updating A Message Type" says; but where a reader
    /// without the writer's schema takes one value for another, the value is read as the writer means it. A `sint32` that becomes an
    /// `int64` keeps its number, where such a reader takes its zig-zag for a plain number; a number that the reader's type has no
    /// room for is an error, where such a reader cuts it off; a type that becomes no other is an error where it comes, where such a
    /// reader keeps the field as unknown.
    ///
    /// # Errors
    ///
    /// Every mismatch, if there is one that all data meets: one of a record's own fields, say. One that only some data meets (a
    /// branch of a union, the items of a list that may be empty, a symbol of an enum) is in the plan, see
    /// [`mismatches`](Self::mismatches).
    ///
    /// ```
    /// use canread::protobuf::value;
    /// use canread::value::{Arena, Layout, Plan};
    /// use canread::{Format, schema};
    ///
    /// let layout = |text: &str| {
    ///     let schema = schema::read(Format::Protobuf, &[("order.proto", text)])?;
    ///     Ok::<_, Box<dyn std::error::Error>>(Layout::of(&schema, schema.find("Order").expect("it is declared"))?)
    /// };
    /// let writer = layout("syntax = \"proto3\"; message Order { sint32 id = 1; string gone = 2; }")?;
    /// let reader = layout("syntax = \"proto3\"; message Order { int64 id = 1; }")?;
    /// let plan = Plan::resolve(writer, reader).map_err(|mismatches| mismatches[0].to_string())?;
    /// assert!(plan.mismatches().is_empty() && !plan.is_identity());
    ///
    /// let arena = Arena::new();
    /// let order = value::resolve_slice(&plan, b"\x08\x0d\x12\x01x", &arena)?;
    /// assert_eq!(plan.reader().show(&order).to_string(), r#"{"id": -7, unknown: 0x120178}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn resolve(writer: Layout, reader: Layout) -> Result<Self, Box<[Mismatch]>> {
        let (Draft { mut actions, mismatches, .. }, root) = match (writer.format, reader.format) {
            (Format::Avro, Format::Avro) => avro::resolve(&writer, &reader),
            (Format::Protobuf, Format::Protobuf) => protobuf::resolve(&writer, &reader),
            (from, to) => {
                let formats = MismatchKind::Formats { writer: from, reader: to };
                return Err([Mismatch::new(formats, "", true)].into());
            }
        };
        if mismatches.iter().any(Mismatch::meets_all_data) {
            return Err(mismatches.into());
        }
        identity::collapse(&mut actions, &writer, &reader);
        protobuf::prune(&mut actions);
        let actions = actions.into_iter().map(|resolved| resolved.action).collect();
        Ok(Self { writer, reader, actions, root, mismatches: mismatches.into() })
    }

    /// The schema that the data was written under.
    #[must_use]
    pub fn writer(&self) -> &Layout {
        &self.writer
    }

    /// The schema of the values that are made.
    #[must_use]
    pub fn reader(&self) -> &Layout {
        &self.reader
    }

    /// What becomes of a whole value.
    #[must_use]
    pub fn root(&self) -> ActionId {
        self.root
    }

    /// An action of this plan.
    ///
    /// # Panics
    ///
    /// If the id is of another plan.
    #[must_use]
    #[inline]
    #[expect(clippy::indexing_slicing, reason = "ids are made with the table that they point into")]
    pub fn action(&self, id: ActionId) -> &Action {
        &self.actions[id.0 as usize]
    }

    /// Whether an action makes a value of a type of the reader that may be null, as it is.
    #[must_use]
    pub fn is_nullable_in_reader(&self, id: ActionId) -> bool {
        let Action::Same(ty) = self.action(id) else { return false };
        match self.reader.kind(*ty) {
            LayoutKind::Nullable { .. } => true,
            LayoutKind::Union(union) => {
                self.reader.union(union).branches.iter().any(|branch| self.reader.kind(*branch) == LayoutKind::Null)
            }
            _ => false,
        }
    }

    /// What some data meets that the reader can't take, in the order of the writer's schema.
    #[must_use]
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }

    /// Why data is refused that has what an [`Action::Refuse`] is for.
    #[must_use]
    pub fn refusal(&self, at: u32) -> Option<&MismatchKind> {
        self.mismatches.get(at as usize).map(Mismatch::kind)
    }

    /// Whether data of the writer is read as if the reader had written it: nothing differs that data depends on.
    #[must_use]
    pub fn is_identity(&self) -> bool {
        *self.action(self.root) == Action::Same(self.reader.root)
    }
}
