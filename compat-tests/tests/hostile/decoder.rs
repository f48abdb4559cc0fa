//! A decoder as the tests see it.

use canread_wire::{DecodeError, Limits, PathSegment};

/// What bytes of a format look like, for those who break them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grammar {
    /// Fields with keys.
    Protobuf,
    /// Values one behind the other.
    Avro,
}

/// What came of an input.
pub(crate) struct Trial {
    /// The most bytes of memory that were held while it was decoded.
    pub(crate) peak: usize,
    /// What was read, written again.
    pub(crate) read: Result<Vec<u8>, DecodeError>,
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
        Self { name: name.into(), grammar, seeds, factor: 16, is_ordered: true, decode: Box::new(decode), again: None }
    }

    /// What is small in the format is large in memory.
    pub(crate) fn amplifying(mut self, factor: usize) -> Self {
        self.factor = factor;
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

/// What an error may hold itself, beyond what the limits allow the value: the way to the field, of at most as many steps as there
/// are levels, while its vectors grow.
pub(crate) fn error_bytes(read: &Result<Vec<u8>, DecodeError>) -> usize {
    let Err(error) = read else { return 0 };
    let name = |segment: &PathSegment| if let PathSegment::Field(name) = segment { name.len() } else { 0 };
    let names: usize = error.path().segments().map(name).sum();
    // Who looks for the place also goes into what lies before it, and comes back.
    let steps = error.path().segments().count().next_power_of_two().max(32);
    names + 3 * steps * size_of::<PathSegment>()
}
