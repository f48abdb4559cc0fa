//! Records from bytes that were written under another schema.

use std::marker::PhantomData;

use canread_model::{DeclId, Schema};
use canread_plan::{DecoderError, Layout, Plan};
use canread_record::{Decode, DecodeFields, Shaped, spend_defaults};
use canread_wire::{Budget, DecodeError, FieldPath, Limits};

use super::own_schema::reading_schema_of;
use super::read::Failure;
use super::{locate, resolving};

/// Reads records of a type from bytes that were written under a schema of somebody else's: an older one, or a newer one.
///
/// Made once for a writer's schema, since that is where the work is, and then used for any number of records, from any number of
/// threads.
///
/// Fields are found by name or alias, symbols by name, branches of unions by their types; numbers and text become wider where
/// Avro allows that; what the type does not have is passed over. What the writer does not have is the field's `default`, or `None`; a field
/// that says neither is a mismatch, as the specification has it. So are values of another logical type, milliseconds for microseconds, say, or
/// another scale of a decimal: a type without one, `i64` or `Vec<u8>`, takes the number or the bytes as they are.
///
/// ```
/// use canread::avro::Decoder;
/// use canread::{Format, Record, schema};
///
/// #[derive(Record, Debug, PartialEq)]
/// struct Order {
///     #[field(1)]
///     id: i64,
///     #[field(2)]
///     note: Option<String>,
/// }
///
/// let text = r#"{"type": "record", "name": "Order", "fields": [
///     {"name": "gone", "type": "string"}, {"name": "id", "type": "int"}]}"#;
/// let decoder = Decoder::<Order>::new(&schema::read(Format::Avro, &[("order.avsc", text)])?)?;
/// assert_eq!(decoder.from_slice(b"\x02x\x0e")?, Order { id: 7, note: None });
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Decoder<T> {
    plan: Plan,
    of: PhantomData<fn() -> T>,
}

impl<T: Shaped> Decoder<T> {
    /// A decoder for what was written under a schema: that of an `.avsc` file.
    ///
    /// # Errors
    ///
    /// If no data of the writer can be read as the type. What only some data has (a branch, a symbol) is refused when it comes.
    pub fn new(writer: &Schema) -> Result<Self, DecoderError> {
        Self::resolve(Layout::of_root(writer).map_err(DecoderError::Layout)?)
    }

    /// A decoder for what was written as one declaration of a schema: a named type of a protocol, say.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn of(writer: &Schema, declaration: DeclId) -> Result<Self, DecoderError> {
        Self::resolve(Layout::of(writer, declaration).map_err(DecoderError::Layout)?)
    }

    fn resolve(writer: Layout) -> Result<Self, DecoderError> {
        let reader = Layout::of_root(&reading_schema_of::<T>()).map_err(DecoderError::Layout)?.with_absent_fields();
        let plan = Plan::resolve(writer, reader).map_err(DecoderError::Mismatches)?;
        Ok(Self { plan, of: PhantomData })
    }

    /// What becomes of the writer's data.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }
}

impl<T> Decoder<T> {
    /// The record that the bytes are, within [`Limits::strict`].
    ///
    /// # Errors
    ///
    /// As [`from_slice_with`](Self::from_slice_with).
    pub fn from_slice<'de>(&self, input: &'de [u8]) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        self.from_slice_with(input, &Limits::strict())
    }

    /// The record that the bytes are, within limits.
    ///
    /// # Errors
    ///
    /// If the bytes are no value of the writer's schema or go on behind it, ask for more than the limits allow, or have what
    /// the type can't hold: a symbol or branch that it lacks, a number beyond its range, and what else [`Plan::mismatches`] lists, in the words
    /// of that. The error names the byte and the field: by the name that the type's schema has for it, or that of the writer for one that the
    /// type does not have.
    pub fn from_slice_with<'de>(&self, input: &'de [u8], limits: &Limits) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        Self::read_along(&self.plan, input, limits)
    }

    /// What becomes of the writer's data, without the type.
    #[cfg(feature = "container")]
    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    /// The record that the bytes are, by the plan of a decoder of the type.
    pub(crate) fn read_along<'de>(plan: &Plan, input: &'de [u8], limits: &Limits) -> Result<T, DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        let error = |fault, offset| DecodeError::new(fault, offset, FieldPath::default(), limits);
        let mut budget = Budget::new(limits, input.len()).map_err(|fault| error(fault, 0))?;
        budget.allocate(T::ABSENT_BYTES).map_err(|fault| error(fault, 0))?;
        let mut into = T::absent(canread_record::Format::Avro);
        spend_defaults(&into, canread_record::Format::Avro, &mut budget).map_err(|fault| error(fault, 0))?;
        let failure = match resolving::outermost(&mut into, plan, input, budget) {
            Ok(()) => return Ok(into),
            Err(failure) => failure,
        };
        // What was read until then is no longer held when more is asked for.
        drop(into);
        Err(Self::failed(plan, input, &failure, limits))
    }

    /// The error that a failure is. Reading keeps no path: what the bytes are is looked for once more.
    #[cold]
    fn failed(plan: &Plan, input: &[u8], failure: &Failure, limits: &Limits) -> DecodeError {
        let (path, reason) = locate::path_along(plan, input, failure, limits);
        DecodeError::new(failure.fault, failure.offset as u64, path, limits).because(reason)
    }

    /// The record that the bytes begin with, and how many it takes. What it costs is spent from the budget.
    #[cfg(feature = "container")]
    pub(crate) fn leading<'de>(
        &self,
        input: &'de [u8],
        limits: &Limits,
        budget: &mut Budget,
    ) -> Result<(T, usize), DecodeError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        let error = |fault, offset| DecodeError::new(fault, offset, FieldPath::default(), limits);
        budget.allocate(T::ABSENT_BYTES).map_err(|fault| error(fault, 0))?;
        let mut into = T::absent(canread_record::Format::Avro);
        spend_defaults(&into, canread_record::Format::Avro, budget).map_err(|fault| error(fault, 0))?;
        match resolving::leading(&mut into, &self.plan, input, budget) {
            Ok(size) => Ok((into, size)),
            Err(failure) => {
                // What was read until then is no longer held when more is asked for.
                drop(into);
                Err(Self::failed(&self.plan, input, &failure, limits))
            }
        }
    }
}
