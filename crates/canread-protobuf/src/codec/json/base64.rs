//! Bytes as text.
//!
//! Source: RFC 4648, sections 4 and 5.

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Bytes in the common alphabet, with padding.
pub(super) fn encode(bytes: &[u8]) -> String {
    let letter = |bits: u32| ALPHABET.get(bits as usize & 63).copied().map_or('=', char::from);
    let mut text = String::with_capacity(bytes.len().div_ceil(3).saturating_mul(4));
    for group in bytes.chunks(3) {
        let byte = |at: usize| group.get(at).copied().map_or(0, u32::from);
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        text.push(letter(bits >> 18));
        text.push(letter(bits >> 12));
        text.push(if group.len() > 1 { letter(bits >> 6) } else { '=' });
        text.push(if group.len() > 2 { letter(bits) } else { '=' });
    }
    text
}

/// How many bytes a text stands for, if it is base64.
pub(super) fn decoded_len(text: &str) -> usize {
    text.trim_end_matches('=').len().saturating_mul(3) / 4
}

/// Fills a slice of [`decoded_len`] bytes; none if the text is no base64. Either alphabet will do, padding may be left out.
pub(super) fn decode(text: &str, bytes: &mut [u8]) -> Option<()> {
    let letters = text.trim_end_matches('=');
    let padding = text.len().saturating_sub(letters.len());
    let is_padded = text.len().is_multiple_of(4) && padding <= 2;
    if letters.len() % 4 == 1 || padding > 0 && !is_padded {
        return None;
    }
    for (group, place) in letters.as_bytes().chunks(4).zip(bytes.chunks_mut(3)) {
        let mut bits = 0_u32;
        for at in 0..4 {
            bits = bits << 6 | group.get(at).map_or(Some(0), |letter| value(*letter))?;
        }
        let [_, all @ ..] = bits.to_be_bytes();
        for (slot, byte) in place.iter_mut().zip(all) {
            *slot = byte;
        }
    }
    Some(())
}

fn value(letter: u8) -> Option<u32> {
    let from = |first: u8, value: u32| Some(u32::from(letter.wrapping_sub(first)).saturating_add(value));
    match letter {
        b'A'..=b'Z' => from(b'A', 0),
        b'a'..=b'z' => from(b'a', 26),
        b'0'..=b'9' => from(b'0', 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Option<Vec<u8>> {
        let mut bytes = vec![0; decoded_len(text)];
        decode(text, &mut bytes).map(|()| bytes)
    }

    /// Source: RFC 4648, section 10.
    #[test]
    fn texts_of_the_specification_are_written_and_read() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode(bytes.as_bytes()), text);
            assert_eq!(decoded(text).as_deref(), Some(bytes.as_bytes()));
            assert_eq!(decoded(text.trim_end_matches('=')).as_deref(), Some(bytes.as_bytes()));
        }
    }

    #[test]
    fn both_alphabets_are_read_and_nothing_else() {
        assert_eq!(decoded("-_+/"), decoded("+/-_"));
        for text in ["A", "AAAAA", "A===", "AA=", "AAA==", "AAAA=", "A A=", "AA==AA==", "é", "====", "AA\n="] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
