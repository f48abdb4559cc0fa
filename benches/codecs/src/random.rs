//! Random records, the same in every run.

/// Random numbers (xorshift64*): the same for the same start.
pub(crate) struct Random(u64);

impl Random {
    /// Numbers from a start that is not 0.
    pub(crate) const fn new(start: u64) -> Self {
        Self(start)
    }

    /// Any number.
    pub(crate) fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// A number below a bound that is not 0.
    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        u32::try_from((self.number() >> 11) % u64::from(bound)).expect("a number below one of 32 bits")
    }

    /// Any number of 32 bits.
    pub(crate) fn u32(&mut self) -> u32 {
        u32::try_from(self.number() >> 32).expect("the upper half of a number")
    }

    /// Any number of 32 bits, with a sign.
    pub(crate) fn i32(&mut self) -> i32 {
        self.u32().cast_signed()
    }

    /// Any number of 64 bits, with a sign.
    pub(crate) fn i64(&mut self) -> i64 {
        self.number().cast_signed()
    }

    /// A number from 0 to 1.
    pub(crate) fn f64(&mut self) -> f64 {
        f64::from(self.u32()) / 4_294_967_296.0
    }

    /// A number from 0 to 1.
    #[expect(clippy::cast_possible_truncation, reason = "a number from 0 to 1, rounded")]
    pub(crate) fn f32(&mut self) -> f32 {
        self.f64() as f32
    }

    /// True, once in so many times.
    pub(crate) fn one_in(&mut self, times: u32) -> bool {
        self.below(times) == 0
    }

    /// One of several.
    pub(crate) fn pick<'a>(&mut self, all: &[&'a str]) -> &'a str {
        all[self.below(u32::try_from(all.len()).expect("a short list")) as usize]
    }

    /// So many of several, with blanks between them.
    pub(crate) fn words(&mut self, all: &[&str], count: u32) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.pick(all)).collect();
        words.join(" ")
    }
}
