//! Messages of the compiler, put together while a constant is evaluated.

/// A text that is put together while a constant is evaluated. What is too long for it is cut.
pub(crate) struct Message {
    bytes: [u8; 512],
    size: usize,
}

impl Message {
    pub(crate) const START: Self = Self { bytes: [0; 512], size: 0 };

    pub(crate) const fn and(mut self, text: &str) -> Self {
        let mut text = text.as_bytes();
        while let [first, rest @ ..] = text {
            self = self.byte(*first);
            text = rest;
        }
        self
    }

    pub(crate) const fn digits(self, number: u32) -> Self {
        let [low, ..] = (number % 10).to_le_bytes();
        let this = if number < 10 { self } else { self.digits(number / 10) };
        this.byte(b'0' | low)
    }

    #[expect(clippy::indexing_slicing, reason = "`size` is below the length")]
    const fn byte(mut self, byte: u8) -> Self {
        if self.size < self.bytes.len() {
            self.bytes[self.size] = byte;
            self.size = self.size.saturating_add(1);
        }
        self
    }

    pub(crate) const fn as_str(&self) -> &str {
        let (text, _) = self.bytes.split_at(self.size);
        match core::str::from_utf8(text) {
            Ok(text) => text,
            Err(_) => "a field that its format does not have",
        }
    }
}
