//! A decoder as the tests see it.

use std::error::Error;
use std::fmt;

use canread_wire::{DecodeError, DecodeErrorKind, FieldPath, Limits, PathSegment};

/// What bytes of a format look like, for those who break them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// Fields with keys.
    Protobuf,
    /// Values one behind the other.
    Avro,
    /// Words, numbers, strings and brackets.
    Text,
}

/// Why nothing was read.
#[derive(Debug)]
pub(crate) struct Refusal {
    /// What a codec of bytes says.
    kind: Option<DecodeErrorKind>,
    /// What the error holds itself.
    own_bytes: usize,
    error: Box<dyn Error + Send + Sync>,
}

impl Refusal {
    /// An error that holds a path and so many bytes of text.
    pub(crate) fn new(error: impl Error + Send + Sync + 'static, path: Option<&FieldPath>, text_bytes: usize) -> Self {
        Self { kind: None, own_bytes: path.map_or(0, path_bytes) + text_bytes, error: Box::new(error) }
    }

    /// What a codec of bytes says; none if it was not one of those that refused.
    pub(crate) fn kind(&self) -> Option<DecodeErrorKind> {
        self.kind
    }
}

impl From<DecodeError> for Refusal {
    fn from(error: DecodeError) -> Self {
        Self { kind: Some(error.kind()), own_bytes: path_bytes(error.path()), error: Box::new(error) }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

/// What came of an input.
pub(crate) struct Trial {
    /// The most bytes of memory that were held while it was decoded.
    pub(crate) peak: usize,
    /// What was read, written again.
    pub(crate) read: Result<Vec<u8>, Refusal>,
}

type Decode = Box<dyn Fn(&[u8], &Limits) -> Trial + Send + Sync>;

/// One way to read one type.
pub(crate) struct Decoder {
    pub(crate) name: String,
    pub(crate) grammar: Grammar,
    /// Good inputs.
    pub(crate) seeds: Vec<Vec<u8>>,
    /// How many bytes of memory a byte of a random input may become, beyond 64 KiB: 16, or more where the type has what amplifies.
    pub(crate) factor: usize,
    /// Bytes that it may hold beside what its limits count: buffers of what it reads from, what a file says of itself.
    pub(crate) beside: usize,
    /// Bytes that it holds of what it reads from, which its limits count.
    pub(crate) buffer: usize,
    /// It gets one in so many inputs, unless somebody asks for more than usual: what takes long finds little.
    pub(crate) one_in: usize,
    /// Whether equal values give equal bytes. A `HashMap` has no order.
    pub(crate) is_ordered: bool,
    decode: Decode,
    /// What reads the bytes that it wrote, if that is another one.
    again: Option<Decode>,
}

impl Decoder {
    pub(crate) fn new(
        name: impl Into<String>,
        grammar: Grammar,
        seeds: Vec<Vec<u8>>,
        decode: impl Fn(&[u8], &Limits) -> Trial + Send + Sync + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            grammar,
            seeds,
            factor: 16,
            beside: 0,
            buffer: 0,
            one_in: 1,
            is_ordered: true,
            decode: Box::new(decode),
            again: None,
        }
    }

    /// What is small in the format is large in memory.
    pub(crate) fn amplifying(mut self, factor: usize) -> Self {
        self.factor = factor;
        self
    }

    /// So many bytes are held beside what the limits count.
    pub(crate) fn beside(mut self, bytes: usize) -> Self {
        self.beside = bytes;
        self
    }

    /// So many bytes are held of what it reads from, if the limits allow them.
    pub(crate) fn buffering(mut self, bytes: usize) -> Self {
        self.buffer = bytes;
        self
    }

    /// Too slow for all inputs.
    pub(crate) fn slow(mut self, one_in: usize) -> Self {
        self.one_in = one_in;
        self
    }

    /// Equal values may give other bytes.
    pub(crate) fn unordered(mut self) -> Self {
        self.is_ordered = false;
        self
    }

    /// What it wrote is read in another way.
    pub(crate) fn read_by(mut self, again: impl Fn(&[u8], &Limits) -> Trial + Send + Sync + 'static) -> Self {
        self.again = Some(Box::new(again));
        self
    }

    pub(crate) fn decode(&self, input: &[u8], limits: &Limits) -> Trial {
        (self.decode)(input, limits)
    }

    /// What was read, and written to `bytes`, is read and written to the same bytes.
    ///
    /// # Panics
    ///
    /// If it is not.
    pub(crate) fn assert_round_trip(&self, bytes: &[u8]) {
        // Defaults may make more of an input than it was.
        let trial = self.again.as_ref().unwrap_or(&self.decode)(bytes, &Limits::strict());
        let mut again = trial.read.unwrap_or_else(|error| panic!("{}: {error}: {bytes:02x?}", self.name));
        let mut bytes = bytes.to_vec();
        if !self.is_ordered {
            again.sort_unstable();
            bytes.sort_unstable();
        }
        assert!(again == bytes, "{}: {bytes:02x?} became {again:02x?}", self.name);
    }
}

/// What an error may hold itself, beyond what the limits allow the value.
pub(crate) fn error_bytes(read: &Result<Vec<u8>, Refusal>) -> usize {
    read.as_ref().err().map_or(0, |refusal| refusal.own_bytes)
}

/// The way to the field, of at most as many steps as there are levels, while its vectors grow.
fn path_bytes(path: &FieldPath) -> usize {
    let name = |segment: &PathSegment| if let PathSegment::Field(name) = segment { name.len() } else { 0 };
    let names: usize = path.segments().map(name).sum();
    // Who looks for the place also goes into what lies before it, and comes back.
    let steps = path.segments().count().next_power_of_two().max(32);
    names + 3 * steps * size_of::<PathSegment>()
}
