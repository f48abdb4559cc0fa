//! Single objects: records behind the fingerprint of the schema that they were written under.
//!
//! ```text
//! object      = 0xc3 0x01 fingerprint record
//! fingerprint = 8 bytes, lowest first        CRC-64-AVRO of the schema's Parsing Canonical Form
//! ```
//!
//! ```
//! use canread::Record;
//! use canread::avro::schema_of;
//! use canread::avro::single_object::{Encoder, Reader, fingerprint};
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Order {
//!     #[field(1)]
//!     id: i64,
//! }
//!
//! let object = Encoder::<Order>::new()?.to_vec(&Order { id: 7 })?;
//!
//! // Where schemas are kept is the caller's business.
//! let (known, schema) = (fingerprint(&schema_of::<Order>())?, schema_of::<Order>());
//! let reader = Reader::<Order, _>::new(move |asked: u64| (asked == known).then(|| schema.clone()));
//! assert_eq!(reader.read(&object)?, Order { id: 7 });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: Avro 1.12, "Single-object encoding".

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;

use canread_model::Schema;
use canread_plan::{Arena, Layout, LayoutError, Plan, Value};
use canread_record::{Decode, DecodeFields, EncodeFields, Shaped};
use canread_wire::{DecodeError, EncodeError, Limits};

use crate::codec::{Decoder, DecoderError, encode_into, schema_of, value};
use crate::kept::Kept;
use crate::schema::fingerprint::crc64;
use crate::schema::{canonical_form, print};

/// What an object begins with.
///
/// Source: Avro 1.12, "Single object encoding specification".
const MARKER: [u8; 2] = [0xc3, 0x01];

/// How many bytes stand in front of the record.
pub const PREFIX_BYTES: usize = 10;

/// Why an object can't be read or written.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum SingleObjectError {
    /// It does not begin as objects do, or ends in its fingerprint.
    NotAnObject,
    /// The store has no schema of this fingerprint.
    UnknownFingerprint(u64),
    /// A schema without a type of its own has no fingerprint.
    NoType,
    /// Two types of this name that are not the same: two uses of a generic type, for example.
    Twice(String),
    /// Values of the store's schema can't be read.
    Layout(LayoutError),
    /// The type can't be read from what the store's schema writes.
    Resolution(DecoderError),
    /// The record can't be read; offsets count from the first byte of the record.
    Decode(DecodeError),
    /// The record can't be written.
    Encode(EncodeError),
}

impl fmt::Display for SingleObjectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAnObject => f.write_str("not a single object of Avro: it does not begin with C3 01 and 8 bytes"),
            Self::UnknownFingerprint(fingerprint) => write!(f, "no schema has the fingerprint {fingerprint:016x}"),
            Self::Twice(name) => write!(f, "two types that are not the same have the name `{name}`"),
            Self::NoType => f.write_str("a schema without a type of its own has no fingerprint"),
            Self::Layout(error) => error.fmt(f),
            Self::Resolution(error) => write!(f, "the object's schema does not fit: {error}"),
            Self::Decode(error) => error.fmt(f),
            Self::Encode(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for SingleObjectError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Layout(error) => Some(error),
            Self::Resolution(error) => Some(error),
            Self::Decode(error) => Some(error),
            Self::Encode(error) => Some(error),
            _ => None,
        }
    }
}

/// The fingerprint that stands in front of what a schema writes: that of an `.avsc` file, or of a type.
///
/// # Errors
///
/// `NoType` if the schema's first file describes none, `Twice` if it declares two types of one name.
pub fn fingerprint(schema: &Schema) -> Result<u64, SingleObjectError> {
    let mut names = HashSet::new();
    if let Some((_, twice)) = schema.decls().find(|(_, decl)| decl.name.is_some() && !names.insert(&*decl.full_name)) {
        return Err(SingleObjectError::Twice(twice.full_name.to_string()));
    }
    let (module, _) = schema.modules().next().ok_or(SingleObjectError::NoType)?;
    let root = print::root(schema, module).ok_or(SingleObjectError::NoType)?;
    Ok(crc64(&canonical_form(schema, root)))
}

/// An object's fingerprint, and its record as bytes.
///
/// # Errors
///
/// `NotAnObject` if it does not begin as objects do.
pub fn split(object: &[u8]) -> Result<(u64, &[u8]), SingleObjectError> {
    let rest = object.strip_prefix(&MARKER).ok_or(SingleObjectError::NotAnObject)?;
    let (fingerprint, record) = rest.split_first_chunk().ok_or(SingleObjectError::NotAnObject)?;
    Ok((u64::from_le_bytes(*fingerprint), record))
}

fn prefix(fingerprint: u64, into: &mut Vec<u8>) {
    into.extend_from_slice(&MARKER);
    into.extend_from_slice(&fingerprint.to_le_bytes());
}

/// Writes records of a type as objects.
#[derive(Debug, Clone)]
pub struct Encoder<T> {
    fingerprint: u64,
    of: PhantomData<fn(&T)>,
}

impl<T: EncodeFields + Shaped> Encoder<T> {
    /// An encoder, made once for a type: its fingerprint is some work.
    ///
    /// # Errors
    ///
    /// `Twice` if two types in it that are not the same have one name; none else for a type that is a record.
    pub fn new() -> Result<Self, SingleObjectError> {
        Ok(Self { fingerprint: fingerprint(&schema_of::<T>())?, of: PhantomData })
    }

    /// The fingerprint of the type's schema.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }

    /// A record as an object.
    ///
    /// # Errors
    ///
    /// Those of [`avro::to_vec`](crate::codec::to_vec).
    pub fn to_vec(&self, record: &T) -> Result<Vec<u8>, SingleObjectError> {
        let mut object = Vec::new();
        self.encode_into(record, &mut object)?;
        Ok(object)
    }

    /// Writes a record as an object behind what a vector holds.
    ///
    /// # Errors
    ///
    /// Those of [`to_vec`](Self::to_vec). The vector is then as it was.
    pub fn encode_into(&self, record: &T, into: &mut Vec<u8>) -> Result<(), SingleObjectError> {
        let before = into.len();
        prefix(self.fingerprint, into);
        encode_into(record, into).map_err(|error| {
            into.truncate(before);
            SingleObjectError::Encode(error)
        })
    }
}

/// Writes values of a schema as objects.
#[derive(Debug, Clone)]
pub struct ValueEncoder {
    fingerprint: u64,
    layout: Layout,
}

impl ValueEncoder {
    /// An encoder for a schema: that of an `.avsc` file.
    ///
    /// # Errors
    ///
    /// If the schema has no type of its own, or values of it can't be written.
    pub fn new(schema: &Schema) -> Result<Self, SingleObjectError> {
        let layout = Layout::of_root(schema).map_err(SingleObjectError::Layout)?;
        Ok(Self { fingerprint: fingerprint(schema)?, layout })
    }

    /// What values have to be of.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// A value as an object.
    ///
    /// # Errors
    ///
    /// If it is none of the schema.
    pub fn to_vec(&self, value: &Value<'_>) -> Result<Vec<u8>, SingleObjectError> {
        let mut object = Vec::new();
        prefix(self.fingerprint, &mut object);
        value::encode_into(&self.layout, value, &mut object).map_err(SingleObjectError::Encode)?;
        Ok(object)
    }
}

/// Where the schemas of writers are: a table, a registry, a closure.
pub trait Store {
    /// The schema of a fingerprint, if there is one. A reader asks once for each fingerprint that the store knows, and one question at a
    /// time.
    fn schema(&self, fingerprint: u64) -> Option<Schema>;
}

/// The schema of a store that objects with a fingerprint have.
fn schema_in(store: &impl Store, fingerprint: u64) -> Result<Schema, SingleObjectError> {
    store.schema(fingerprint).ok_or(SingleObjectError::UnknownFingerprint(fingerprint))
}

impl<F: Fn(u64) -> Option<Schema>> Store for F {
    fn schema(&self, fingerprint: u64) -> Option<Schema> {
        self(fingerprint)
    }
}

/// Reads objects as a type, whichever schema of a store they were written under.
///
/// One reader serves any number of objects and threads, also where the type borrows from the object: a service keeps a
/// `Reader<Order<'static>, S>`, and what it reads lives as long as the object that it was read from.
///
/// ```
/// use canread::Record;
/// use canread::avro::schema_of;
/// use canread::avro::single_object::{Encoder, Reader, SingleObjectError, Store};
///
/// #[derive(Record, Debug)]
/// struct Order<'a> {
///     #[field(1)]
///     note: &'a str,
/// }
///
/// struct Service<S> {
///     reader: Reader<Order<'static>, S>,
/// }
///
/// impl<S: Store> Service<S> {
///     fn note<'o>(&self, object: &'o [u8]) -> Result<&'o str, SingleObjectError> {
///         Ok(self.reader.read(object)?.note)
///     }
/// }
///
/// let service = Service { reader: Reader::new(|_| Some(schema_of::<Order<'_>>())) };
/// let object = Encoder::new()?.to_vec(&Order { note: "soon" })?;
/// assert_eq!(service.note(&object)?, "soon");
/// # Ok::<(), SingleObjectError>(())
/// ```
#[derive(Debug)]
pub struct Reader<T, S> {
    store: S,
    /// How the type is read from what each schema writes. Kept without the type, so that a reader of one that lives long is a
    /// reader of one that lives shorter.
    ///
    /// Grows with the store, and not with what others send: an unknown fingerprint is kept nowhere.
    known: Kept<Plan>,
    limits: Limits,
    of: PhantomData<fn() -> T>,
}

impl<T: Shaped, S: Store> Reader<T, S> {
    /// A reader within [`Limits::strict`].
    #[must_use]
    pub fn new(store: S) -> Self {
        Self::with_limits(store, &Limits::strict())
    }

    /// A reader within limits, which hold for each object.
    #[must_use]
    pub fn with_limits(store: S, limits: &Limits) -> Self {
        Self { store, known: Kept::new(), limits: *limits, of: PhantomData }
    }

    /// The record that an object is.
    ///
    /// A type with a lifetime borrows from the object, and lives no longer.
    ///
    /// # Errors
    ///
    /// If it is no object, its schema is not in the store or does not fit the type, or its record can't be read.
    pub fn read<'de>(&self, object: &'de [u8]) -> Result<T, SingleObjectError>
    where
        T: Decode<'de> + DecodeFields<'de>,
    {
        let (fingerprint, record) = split(object)?;
        let plan = self.known.get_or_make(fingerprint, || {
            let schema = schema_in(&self.store, fingerprint)?;
            Ok(Decoder::<T>::new(&schema).map_err(SingleObjectError::Resolution)?.into_plan())
        })?;
        Decoder::<T>::read_along(plan, record, &self.limits).map_err(SingleObjectError::Decode)
    }
}

/// Reads objects as values of the schemas that they were written under. One reader serves any number of objects and threads.
#[derive(Debug)]
pub struct ValueReader<S> {
    store: S,
    /// As with types, an unknown fingerprint is kept nowhere.
    known: Kept<Layout>,
    limits: Limits,
}

impl<S: Store> ValueReader<S> {
    /// A reader within [`Limits::strict`].
    #[must_use]
    pub fn new(store: S) -> Self {
        Self::with_limits(store, &Limits::strict())
    }

    /// A reader within limits, which hold for each object.
    #[must_use]
    pub fn with_limits(store: S, limits: &Limits) -> Self {
        Self { store, known: Kept::new(), limits: *limits }
    }

    /// The value that an object is, and what it is of.
    ///
    /// # Errors
    ///
    /// If it is no object, its schema is not in the store, or its value can't be read.
    pub fn read<'a>(
        &'a self,
        object: &'a [u8],
        arena: &'a Arena,
    ) -> Result<(&'a Layout, Value<'a>), SingleObjectError> {
        let (fingerprint, record) = split(object)?;
        let layout = self.known.get_or_make(fingerprint, || {
            let schema = schema_in(&self.store, fingerprint)?;
            Layout::of_root(&schema).map_err(SingleObjectError::Layout)
        })?;
        let value = value::from_slice_with(layout, record, arena, &self.limits);
        value.map(|value| (layout, value)).map_err(SingleObjectError::Decode)
    }
}
