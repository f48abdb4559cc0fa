//! Rust types as bytes of Protobuf and Avro, and bytes as Rust types.
//!
//! ```
//! use canread::Record;
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Order {
//!     #[field(1)]
//!     id: i64,
//!     #[field(2)]
//!     note: Option<String>,
//!     #[field(3)]
//!     lines: Vec<Line>,
//! }
//!
//! #[derive(Record, Debug, PartialEq)]
//! struct Line {
//!     #[field(1)]
//!     sku: String,
//!     #[field(2)]
//!     quantity: i32,
//! }
//!
//! let order = Order { id: 7, note: None, lines: vec![Line { sku: "M8".to_owned(), quantity: 40 }] };
//!
//! let bytes = canread::protobuf::to_vec(&order)?;
//! assert_eq!(canread::protobuf::from_slice::<Order>(&bytes)?, order);
//!
//! let bytes = canread::avro::to_vec(&order)?;
//! assert_eq!(canread::avro::from_slice::<Order>(&bytes)?, order);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | item | is | feature |
//! |---|---|---|
//! | [`Record`](derive@Record) | the derive for structs, for unions and for enumerations; its page has all attributes, and what each type of Rust is in each format | `derive` |
//! | [`protobuf`] | the binary format of Protobuf | `protobuf` |
//! | [`avro`] | the binary encoding of Avro | `avro` |
//! | [`Timestamp`], [`Date`], [`Decimal`], [`Uuid`] and others | values that each format writes in a way of its own | |
//! | [`framing`] | which schema of a registry a message was written under | |
//! | [`Format`], [`Encoder`] | a format that is chosen at run time | |
//! | [`Decoder`][decoder], [`schema`][schemas], [`value`][values] | data of another schema than the type's own, schemas from text, values without a type | `evolution` |
//! | [`protobuf::json`][protobuf-json], [`protobuf::text`][protobuf-text], [`avro::json`][avro-json] | values as JSON and in Protobuf's text format, and back | `protobuf-json`, `protobuf-text`, `avro-json` |
//! | [`avro::container`][container], [`avro::single_object`][single], [`avro::stream`][stream] | Avro's files, single objects and streams | `avro-container` |
//! | [`Limits`] | what bytes from outside may cost: strict by default, and every reader has a twin that takes others | |
//! | [`DecodeError`], [`EncodeError`] | what went wrong, at which byte and in which field | |
//! | [`Fault`] | why something was refused, without a place: what an arena says, and a type that is written by hand | |
//! | [`Unknown`], [`Entries`] | fields that this version does not have, kept; a map as a sorted list | |
//! | [`record`] | the traits behind the derive, for bounds of generic code | |
//!
//! A record with a lifetime borrows: `&'a str` and `&'a [u8]` point into the input.
//!
//! ```
//! use canread::Record;
//!
//! #[derive(Record)]
//! struct Line<'a> {
//!     #[field(1)]
//!     sku: &'a str,
//! }
//!
//! let line: Line<'_> = canread::protobuf::from_slice(b"\x0a\x02M8")?;
//! assert_eq!(line.sku, "M8");
//! # Ok::<(), canread::DecodeError>(())
//! ```
//!
//! Bytes from outside never panic, and cost no more than [`Limits`] allow. An error says what, where and in which field.
//!
//! ```
//! use canread::{DecodeErrorKind, Limits, Record};
//!
//! #[derive(Record, Debug)]
//! struct Order {
//!     #[field(1)]
//!     lines: Vec<String>,
//! }
//!
//! let limits = Limits::strict().with_allocated_bytes_max(1 << 20);
//! let error = canread::protobuf::from_slice_with::<Order>(b"\x0a\x02M8\x0a\x03M1", &limits).expect_err("it is cut off");
//! assert_eq!(error.kind(), DecodeErrorKind::Truncated);
//! assert_eq!(error.to_string(), "the input ends inside a value at byte 6, in `lines[1]`");
//! ```
//!
//! What another version of a schema wrote is read with that schema, by [`Decoder`][decoder], with the feature `evolution`. Avro has no names
//! and numbers in its bytes, so that it always needs it. Protobuf needs it where a change is none of those that its specification calls
//! compatible. The feature is not on by default, since it brings readers of schemas.
//!
#![cfg_attr(
    all(feature = "avro", feature = "derive", feature = "evolution", feature = "protobuf"),
    doc = r##"```
use canread::{Decoder, Format, Record, schema};

#[derive(Record, Debug, PartialEq)]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
}

let text = "syntax = \"proto3\"; message Order { sint32 id = 1; string gone = 3; }";
let writer = schema::read(Format::Protobuf, &[("order.proto", text)])?;
let decoder = Decoder::<Order>::new(Format::Protobuf, &writer)?;
assert_eq!(decoder.from_slice(b"\x08\x0d\x1a\x01x")?, Order { id: -7, note: None });

let text = r#"{"type": "record", "name": "Order", "fields": [
    {"name": "gone", "type": "string"}, {"name": "id", "type": "int"}]}"#;
let writer = schema::read(Format::Avro, &[("order.avsc", text)])?;
let decoder = Decoder::<Order>::new(Format::Avro, &writer)?;
assert_eq!(decoder.from_slice(b"\x02x\x0d")?, Order { id: -7, note: None });
# Ok::<(), Box<dyn std::error::Error>>(())
```"##
)]
//!
//! # Features
//!
//! | feature | brings | on by default |
//! |---|---|---|
//! | `derive` | the derive | yes |
//! | `protobuf`, `avro` | the formats | yes |
//! | `std` | `HashMap`, `HashSet` and `SystemTime` in records, streams from and to files and sockets; without it an allocator is enough | yes |
//! | `evolution` | schemas at run time: decoders for what other versions wrote, values without a type, the schema of a type as a file; with the readers of schema text | no |
//! | `avro-container` | Avro's container files (null, deflate, snappy, bzip2), single objects and streams; with `evolution` | no |
//! | `avro-xz`, `avro-zstandard` | the codecs xz and zstandard, which need a C compiler; with `avro-container` | no |
//! | `protobuf-json`, `protobuf-text`, `avro-json` | values as text; with `evolution` | no |
//!
//! One format with the derive is `canread = { version = "0.1", default-features = false, features = ["derive", "protobuf", "std"] }`.
//!
//! `examples/` of this crate holds programs to run, and `examples/services/` what services take along: `axum.rs` has a body that is
//! extracted and given back, `tonic.rs` a codec for gRPC without protoc.
//!
//! What it does not do: compare schemas, as the command `canread` does. `protobuf::schema_files` and `avro::schema_text` write the schema of
//! a type as files for it.
//!
// Without its feature an item has no page: its name leads to the features then.
#![cfg_attr(all(feature = "evolution", any(feature = "avro", feature = "protobuf")), doc = "[decoder]: Decoder")]
#![cfg_attr(not(all(feature = "evolution", any(feature = "avro", feature = "protobuf"))), doc = "[decoder]: #features")]
#![cfg_attr(all(feature = "evolution", any(feature = "avro", feature = "protobuf")), doc = "[schemas]: mod@schema")]
#![cfg_attr(not(all(feature = "evolution", any(feature = "avro", feature = "protobuf"))), doc = "[schemas]: #features")]
#![cfg_attr(feature = "evolution", doc = "[values]: mod@value")]
#![cfg_attr(not(feature = "evolution"), doc = "[values]: #features")]
#![cfg_attr(feature = "protobuf-json", doc = "[protobuf-json]: protobuf::json")]
#![cfg_attr(not(feature = "protobuf-json"), doc = "[protobuf-json]: #features")]
#![cfg_attr(feature = "protobuf-text", doc = "[protobuf-text]: protobuf::text")]
#![cfg_attr(not(feature = "protobuf-text"), doc = "[protobuf-text]: #features")]
#![cfg_attr(feature = "avro-json", doc = "[avro-json]: avro::json")]
#![cfg_attr(not(feature = "avro-json"), doc = "[avro-json]: #features")]
#![cfg_attr(feature = "avro-container", doc = "[container]: avro::container")]
#![cfg_attr(not(feature = "avro-container"), doc = "[container]: #features")]
#![cfg_attr(feature = "avro-container", doc = "[single]: avro::single_object")]
#![cfg_attr(not(feature = "avro-container"), doc = "[single]: #features")]
#![cfg_attr(feature = "avro-container", doc = "[stream]: avro::stream")]
#![cfg_attr(not(feature = "avro-container"), doc = "[stream]: #features")]
#![no_std]

extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

#[cfg(feature = "avro")]
pub mod avro;
#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
mod decoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
mod encoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
mod format;
pub mod framing;
#[cfg(feature = "protobuf")]
pub mod protobuf;
pub mod record;
#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub mod schema;
#[cfg(feature = "evolution")]
pub mod value;

/// Makes a type one that [`protobuf`] and [`avro`] write and read: a `struct` with named fields is a record, an `enum` of values a
/// union, an `enum` of symbols an enumeration.
///
/// ```
/// use canread::{Decimal, Record, Timestamp, Unknown};
///
/// #[derive(Record, Debug, PartialEq)]
/// #[record(name = "shop.v1.Order", alias = "shop.v1.Purchase")]
/// struct Order<'a> {
///     #[field(1)]
///     id: i64,
///     #[field(2, alias = "remark")]
///     note: &'a str, // borrowed from the input; a `String` is owned
///     #[field(3, avro(name = "orderLines"), protobuf(number = 7, name = "lines"))]
///     lines: Vec<Line>,
///     #[field(4, avro(millis))]
///     at: Timestamp,
///     #[field(union)] // a oneof of Protobuf: the branches have the numbers
///     payment: Option<Payment>,
///     #[field(6)]
///     state: State,
///     #[field(unknown)] // what this version does not know is kept, and written again in Protobuf
///     unknown: Unknown,
///     #[field(skip)]
///     is_printed: bool,
/// }
///
/// #[derive(Record, Debug, PartialEq)]
/// struct Line {
///     #[field(1)]
///     sku: String,
///     #[field(2, avro(fixed), protobuf(text))]
///     price: Decimal<9, 2>,
/// }
///
/// #[derive(Record, Debug, PartialEq)]
/// enum Payment {
///     #[field(5)]
///     Voucher(String),
///     #[field(8, protobuf(fixed))]
///     Account(u64),
/// }
///
/// #[derive(Record, Debug, PartialEq)]
/// enum State {
///     #[symbol(0, name = "STATE_OPEN")]
///     Open,
///     #[symbol(1, name = "STATE_SENT")]
///     Sent,
///     #[symbol(other)] // makes it open: numbers without a symbol are kept
///     Other(i32),
/// }
///
/// let order = Order {
///     id: 7,
///     note: "",
///     lines: vec![Line { sku: "M8".to_owned(), price: "0.40".parse()? }],
///     at: "2026-11-27T08:00:00.123Z".parse()?,
///     payment: Some(Payment::Account(12)),
///     state: State::Sent,
///     unknown: Unknown::default(),
///     is_printed: false,
/// };
/// let bytes = canread::protobuf::to_vec(&order)?;
/// assert_eq!(canread::protobuf::from_slice::<Order<'_>>(&bytes)?, order);
/// let bytes = canread::avro::to_vec(&order)?;
/// assert_eq!(canread::avro::from_slice::<Order<'_>>(&bytes)?, order);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # What a field may be
///
/// | type of Rust | in Protobuf | in Avro |
/// |---|---|---|
/// | `bool`, `f32`, `f64` | `bool`, `float`, `double` | `boolean`, `float`, `double` |
/// | `i32`, `i64` | `int32`, `int64` | `int`, `long` |
/// | `u32`, `u64` | `uint32`, `uint64` | `long`; a `u64` from 2^63 on is not written |
/// | `i8`, `i16`; `u8`, `u16` | as `i32`; as `u32` | as `i32`; as `u32` |
/// | `String`, `Box<str>`, `Cow<str>`, `&str` | `string` | `string` |
/// | `Vec<u8>`, `Box<[u8]>`, `Cow<[u8]>`, `&[u8]` | `bytes` | `bytes` |
/// | `[u8; N]` | `bytes`, `N` of them | `fixed` |
/// | a record | a message | `record` |
/// | an enumeration | an enum: open if a variant is `symbol(other)`, else closed | `enum` |
/// | a union | a oneof with `field(union)`; with a number a message that holds a oneof alone | a union |
/// | `Option<T>` | a `T` with presence: written if it is there, even if it is zero | a union of null and `T` |
/// | `Box<T>` | as `T`; in an `Option`, a list or a map it lets a record hold itself | as `T` |
/// | `Vec<T>`, `VecDeque<T>`, `BTreeSet<T>`, `HashSet<T>` | `repeated`; of `u8` only a `Vec` is `bytes` | `array`; the same |
/// | `BTreeMap<K, V>`, `HashMap<K, V>`, [`Entries<K, V>`](Entries) | `map` | `map`; an array of records `key`, `value` if the keys are no text |
///
/// Protobuf leaves out a plain number, text, symbol, list or map that is zero or empty, as proto3 does, and writes records and
/// `[u8; N]` always; what is not in the data is zero, empty or `None`, or of a scalar or a union what `default` says. In Protobuf `Option`, lists and
/// maps hold no other `Option`, list or map, and keys of a map are whole numbers, truth values or text: a type that asks for more is not compiled
/// where it is written or read as Protobuf, nor is a union as a field that is no `Option` and has no `default`, see [Unions](#unions). In Avro
/// an `Option` holds no other `Option`. A branch of a union is no `Option` and no other union, and in Protobuf no list or map.
///
/// A text or slice that is borrowed, `&'a str`, points into the input and costs no memory; a `Cow` that was read is borrowed too.
///
/// # Dates, times, decimals, uuids
///
/// | type of Rust | range | in Protobuf | in Avro |
/// |---|---|---|---|
/// | [`Timestamp`], `std::time::SystemTime` | years 1 to 9999, nanoseconds | `google.protobuf.Timestamp` | `timestamp-micros` |
/// | [`LocalTimestamp`] | the same, at a place that is not said | `google.type.DateTime` without an offset | `local-timestamp-micros` |
/// | [`Date`] | years 1 to 9999 | `google.type.Date` | `date` |
/// | [`TimeOfDay`] | a day without leap seconds, nanoseconds | `google.type.TimeOfDay` | `time-micros` |
/// | [`ExactDuration`], `std::time::Duration` | ±10,000 years, nanoseconds | `google.protobuf.Duration` | a `long` of microseconds |
/// | [`CalendarDuration`] | months, days and milliseconds, 32 bits each | text as in ISO 8601 | `duration` |
/// | [`Decimal<PRECISION, SCALE>`](Decimal) | 1 to 38 digits, some of them behind the point | `google.type.Decimal` | `decimal` of `bytes` |
/// | [`Uuid`] | 16 bytes | text | `uuid` of a `string` |
///
/// A word in `protobuf(...)` or `avro(...)` takes another form; it holds for the values in an `Option`, a list or a map too. Keys of
/// a map are text. Numbers of Protobuf may be `fixed` or `zigzag` besides.
///
/// | word | of | is in Protobuf | in Avro |
/// |---|---|---|---|
/// | `text` | all | `string`, as `Display` writes it | `string`; a `uuid` keeps its logical type |
/// | `days` | `Date` | `int32` since 1970-01-01 | `date`, which is the default |
/// | `seconds` | `Timestamp`, `LocalTimestamp`, `ExactDuration` | `int64` | `long` |
/// | `millis` | the same | `int64` | `timestamp-millis`, `local-timestamp-millis`, `long` |
/// | `millis` | `TimeOfDay` | `int32` | `time-millis` |
/// | `micros` | all four | `int64` | the default |
/// | `nanos` | all four | `int64` | `timestamp-nanos`, `local-timestamp-nanos`, `long`, `long` |
/// | `bytes` | `Decimal` | the unscaled number, two's complement, the highest byte first | `decimal`, which is the default |
/// | `bytes` | `Uuid`, `CalendarDuration` | its 16 bytes; its 12 bytes as in Avro | – |
/// | `fixed` | `Decimal`, `Uuid`, `CalendarDuration` | – | a `fixed` of the fewest bytes that do, of 16, of 12 |
/// | `fixed = N` | `Decimal` | – | a `fixed` of `N` bytes, 64 at most |
///
/// A type without the form that a field asks for is not compiled. In Protobuf a value that is a message and comes twice is merged, field
/// by field, as messages are.
///
/// **What a field can't hold exactly is an error and is never rounded.** Avro's default is microseconds, and the clock gives
/// nanoseconds, so that `SystemTime::now()`, `Timestamp::now()` and what `Instant::elapsed()` gives are refused nearly always
/// ([`Inexact`](EncodeErrorKind::Inexact)). Either cut them off, `Timestamp::now().floor(Unit::Micros)`,
/// `ExactDuration::try_from(started.elapsed())?.floor(Unit::Micros)`, or keep them with `#[field(1, avro(nanos))]`, where all readers know
/// `timestamp-nanos` of Avro 1.12; a span is a plain `long` then as before.
///
/// ```
/// use canread::{Record, Timestamp, Unit};
/// use std::time::SystemTime;
///
/// #[derive(Record)]
/// struct Cut {
///     #[field(1)]
///     at: Timestamp,
/// }
///
/// #[derive(Record)]
/// struct Whole {
///     #[field(1, avro(nanos))]
///     at: SystemTime,
/// }
///
/// canread::avro::to_vec(&Cut { at: Timestamp::now().floor(Unit::Micros) })?;
/// canread::avro::to_vec(&Whole { at: SystemTime::now() })?;
/// # Ok::<(), canread::EncodeError>(())
/// ```
#[cfg(feature = "derive")]
pub use canread_derive::Record;
pub use canread_record::{
    CalendarDuration, Date, Decimal, Entries, ExactDuration, LocalTimestamp, ParseValueError, TimeOfDay, Timestamp,
    Unit, Unknown, Uuid,
};
pub use canread_wire::{
    DecodeError, DecodeErrorKind, EncodeError, EncodeErrorKind, Fault, FieldPath, Limit, Limits, Malformed,
    PathSegment, Unreadable,
};
#[cfg(feature = "std")]
pub use canread_wire::{WriteBuffer, WriteError};

#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub use canread_plan::DecoderError;
#[cfg(all(feature = "evolution", any(feature = "avro", feature = "protobuf")))]
pub use decoder::Decoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
pub use encoder::Encoder;
#[cfg(any(feature = "avro", feature = "protobuf"))]
pub use format::Format;
