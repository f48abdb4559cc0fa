//! What must hold of any bytes that a decoder reads: limits hold, and what was read can be written and read again.

use canread_avro::codec as avro;
use canread_plan::{Arena, Layout, Value};
use canread_protobuf::codec as protobuf;
use canread_record::{Decode, DecodeFields, EncodeFields, Shaped};
use canread_syntax::Sources;
use canread_wire::{DecodeError, DecodeErrorKind, Limit, Limits};

use crate::Language;

#[path = "../../crates/canread-avro/tests/codec/everything.rs"]
#[allow(dead_code, missing_docs, reason = "shared with the tests of the crate")]
pub(crate) mod avro_type;
#[path = "../../crates/canread-protobuf/tests/codec/everything.rs"]
#[allow(dead_code, missing_docs, reason = "shared with the tests of the crate")]
pub(crate) mod protobuf_type;

pub(crate) const PROTOBUF: &str = include_str!("../../crates/canread-protobuf/tests/codec/everything.proto");
pub(crate) const AVRO: &str = include_str!("../../crates/canread-avro/tests/codec/everything.avsc");
const OLDER: &str = include_str!("../../compat-tests/tests/hostile/older.avsc");

/// Little enough memory that inputs of a few kilobytes meet the limit.
pub(crate) const TIGHT: Limits = Limits::strict().with_allocated_bytes_max(4_096);

/// One message with every feature, as bytes.
///
/// # Panics
///
/// Never.
#[must_use]
pub fn protobuf_seed() -> Vec<u8> {
    protobuf::to_vec(&protobuf_type::full()).expect("not deep")
}

/// One record with every feature, as bytes.
///
/// # Panics
///
/// Never.
#[must_use]
pub fn avro_seed() -> Vec<u8> {
    avro::to_vec(&avro_type::full()).expect("not deep")
}

/// Records of the older schema of `avro_resolve`, as bytes: with next to nothing in them, and with an item in each list.
#[must_use]
pub fn older_seeds() -> [Vec<u8>; 2] {
    let start = [0, 0, 0, 0, 2, 4, 0, 0, 0, 0, 6, 2, b't', 2, b'd', 2];
    let line = [14, 2, b's', 0];
    let rest = [8, 2, 2, 2, b'v', 4];
    let lists =
        [&[2][..], &line, &[0, 2, 2, b'x', 0, 2, 2, 6, 0, 0, 2, 0, 4, 0, 2, 8, 0, 2, 2, b'k'], &line, &[0]].concat();
    [[&start[..], &line, &rest, &[0; 6]].concat(), [&start[..], &line, &rest, &lists].concat()]
}

/// What failed for want of memory is the only thing that a tighter limit may change.
fn assert_tight<T, E>(read: Result<&T, &E>, tight: Result<(), DecodeErrorKind>) {
    let is_limit = matches!(tight, Err(DecodeErrorKind::LimitExceeded { limit: Limit::AllocatedBytes, .. }));
    assert!(read.is_ok() == tight.is_ok() || is_limit, "a tighter limit gives {tight:?}");
}

macro_rules! read_and_write {
    ($codec:ident, $type:ty, $data:ident) => {{
        let read = $codec::from_slice::<$type>($data);
        let tight = $codec::from_slice_with::<$type>($data, &TIGHT).map(drop).map_err(|error| error.kind());
        assert_tight(read.as_ref(), tight);
        if let Ok(value) = read {
            let bytes = $codec::to_vec(&value).expect("as deep as what was read");
            assert_eq!($codec::encoded_len(&value), Ok(bytes.len()));
            let again: $type = $codec::from_slice(&bytes).expect("our own bytes");
            // A hash map has no order.
            assert_eq!($codec::to_vec(&again).expect("as deep").len(), bytes.len());
            let mut merged = value;
            let _ = $codec::merge_into(&mut merged, $data);
        }
    }};
}

/// Reads Protobuf into types that own and that borrow.
///
/// # Panics
///
/// If what was read is not written and read again, or a limit does not hold.
pub fn protobuf_typed(data: &[u8]) {
    read_and_write!(protobuf, protobuf_type::Everything, data);
    read_and_write!(protobuf, protobuf_type::Borrowed<'_>, data);
}

/// Reads Avro into a type.
///
/// # Panics
///
/// As [`protobuf_typed`].
pub fn avro_typed(data: &[u8]) {
    read_and_write!(avro, avro_type::Everything, data);
}

/// Schemas that values are read by, made once.
#[derive(Debug)]
pub struct Layouts {
    protobuf: Layout,
    avro: Layout,
    decoder: avro::Decoder<avro_type::Everything>,
}

impl Default for Layouts {
    fn default() -> Self {
        let read = |language: Language, name, text| {
            language.link_valid(&mut Sources::default(), "fuzz", &[(name, text)]).expect("a good schema").schema
        };
        let schema = read(Language::Protobuf, "everything.proto", PROTOBUF);
        let root = schema.find("test.Everything").expect("it is declared");
        let layout = |text| Layout::of_root(&read(Language::Avro, "a.avsc", text)).expect("it has a layout");
        Self {
            protobuf: Layout::of(&schema, root).expect("it has a layout"),
            avro: layout(AVRO),
            decoder: avro::Decoder::new(&read(Language::Avro, "older.avsc", OLDER)).expect("it can be read"),
        }
    }
}

impl Layouts {
    /// Reads Protobuf without a type.
    ///
    /// # Panics
    ///
    /// As [`protobuf_typed`].
    pub fn protobuf_value(&self, data: &[u8]) {
        let (layout, arena, tight) = (&self.protobuf, Arena::new(), Arena::new());
        let read = protobuf::value::from_slice(layout, data, &arena);
        let refused = protobuf::value::from_slice_with(layout, data, &tight, &TIGHT);
        assert!(tight.allocated_bytes() <= 4_096, "{} bytes", tight.allocated_bytes());
        assert_tight(read.as_ref(), refused.map(drop).map_err(|error| error.kind()));
        let Ok(value) = read else { return };
        let bytes = protobuf::value::to_vec(layout, &value).expect("a value of the layout");
        let again = protobuf::value::from_slice(layout, &bytes, &arena).expect("our own bytes");
        assert!(protobuf::value::to_vec(layout, &again).as_ref() == Ok(&bytes), "another value came back");
    }

    /// Reads Avro without a type.
    ///
    /// # Panics
    ///
    /// As [`protobuf_typed`].
    pub fn avro_value(&self, data: &[u8]) {
        let (arena, tight) = (Arena::new(), Arena::new());
        let read = avro::value::from_slice(&self.avro, data, &arena);
        let refused = avro::value::from_slice_with(&self.avro, data, &tight, &TIGHT);
        assert!(tight.allocated_bytes() <= 4_096, "{} bytes", tight.allocated_bytes());
        assert_tight(read.as_ref(), refused.map(drop).map_err(|error| error.kind()));
        if let Ok(value) = read {
            self.write_and_read(&value);
        }
    }

    /// Reads what an older schema wrote, with a type and without.
    ///
    /// # Panics
    ///
    /// As [`protobuf_typed`].
    pub fn avro_resolve(&self, data: &[u8]) {
        let (arena, tight) = (Arena::new(), Arena::new());
        let plan = self.decoder.plan();
        let read = avro::value::resolve_slice(plan, data, &arena);
        let refused = avro::value::resolve_slice_with(plan, data, &tight, &TIGHT);
        assert!(tight.allocated_bytes() <= 4_096, "{} bytes", tight.allocated_bytes());
        assert_tight(read.as_ref(), refused.map(drop).map_err(|error| error.kind()));
        if let Ok(value) = self.decoder.from_slice(data) {
            // A value counts lists and maps as levels too, and a type does not.
            let is_deep = |error: &DecodeError| {
                matches!(error.kind(), DecodeErrorKind::LimitExceeded { limit: Limit::Depth, .. })
            };
            assert!(read.as_ref().err().is_none_or(is_deep), "with a type it could be read: {read:?}");
            round_trip(&value);
        }
    }

    fn write_and_read(&self, value: &Value<'_>) {
        let arena = Arena::new();
        let bytes = avro::value::to_vec(&self.avro, value).expect("a value of the schema");
        let again = avro::value::from_slice(&self.avro, &bytes, &arena).expect("our own bytes");
        assert!(avro::value::to_vec(&self.avro, &again).as_ref() == Ok(&bytes), "another value came back");
    }
}

fn round_trip<T>(value: &T)
where
    T: for<'de> Decode<'de> + for<'de> DecodeFields<'de> + EncodeFields + Shaped,
{
    let bytes = avro::to_vec(value).expect("as deep as what was read");
    let again: T = avro::from_slice(&bytes).expect("our own bytes");
    assert!(avro::to_vec(&again).as_ref() == Ok(&bytes), "another value came back");
}

#[test]
fn the_seeds_are_read() {
    let layouts = Layouts::default();
    for seed in older_seeds() {
        assert!(layouts.decoder.from_slice(&seed).is_ok(), "{:?}", layouts.decoder.from_slice(&seed));
        layouts.avro_resolve(&seed);
    }
    for seed in [protobuf_seed(), avro_seed()] {
        protobuf_typed(&seed);
        layouts.protobuf_value(&seed);
        avro_typed(&seed);
        layouts.avro_value(&seed);
    }
}
