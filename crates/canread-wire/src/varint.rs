//! Numbers in groups of 7 bits, and numbers with their sign in the lowest bit.
//!
//! Source: Protobuf, "Encoding", sections "Base 128 varints" and "Signed integers"; Avro 1.12, "Binary encoding".

/// The most bytes that a varint of 64 bits takes.
pub const VARINT_BYTES_MAX: usize = 10;

/// How many bytes a number takes as a varint: 1 to 10.
#[must_use]
#[inline]
#[expect(clippy::arithmetic_side_effects, reason = "the widest number has 64 bits, and 64 * 9 + 64 fits")]
pub const fn varint_size(number: u64) -> usize {
    // (bits + 6) / 7 without a division: bits * 9 / 64 is 1/7 for every width up to 64.
    let bits = 64 - (number | 1).leading_zeros() as u64;
    ((bits * 9 + 64) / 64) as usize
}

/// A number of 15 to 56 bits as the bytes of a varint, first one lowest, and how many they are: 3 to 8.
#[cfg(any(not(canread_safe), test))]
#[inline]
#[expect(clippy::arithmetic_side_effects, reason = "the size is 3 to 8")]
pub(crate) const fn spread(number: u64) -> (u64, usize) {
    let size = varint_size(number);
    let fours = (number & 0x0fff_ffff) | ((number << 4) & 0x0fff_ffff_0000_0000);
    let pairs = (fours & 0x0000_3fff_0000_3fff) | ((fours << 2) & 0x3fff_0000_3fff_0000);
    let groups = (pairs & 0x007f_007f_007f_007f) | ((pairs << 1) & 0x7f00_7f00_7f00_7f00);
    let goes_on = 0x0080_8080_8080_8080 & ((1 << (8 * (size - 1))) - 1);
    (groups | goes_on, size)
}

/// A number as the bytes of a varint, and how many they are: 1 to 10.
#[cfg(any(not(canread_safe), test))]
pub(crate) fn varint_bytes(mut number: u64) -> ([u8; VARINT_BYTES_MAX], usize) {
    let mut bytes = [0; VARINT_BYTES_MAX];
    let size = varint_size(number);
    for byte in bytes.iter_mut().take(size) {
        let [lowest, ..] = number.to_le_bytes();
        *byte = lowest | 0x80;
        number >>= 7;
    }
    if let Some(last) = bytes.get_mut(size.saturating_sub(1)) {
        *last &= 0x7f;
    }
    (bytes, size)
}

/// A signed number with its sign in the lowest bit: 0, -1, 1, -2 become 0, 1, 2, 3.
#[must_use]
#[inline]
pub const fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)).cast_unsigned()
}

/// The number that [`zigzag`] was given.
#[must_use]
#[inline]
pub const fn unzigzag(number: u64) -> i64 {
    (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
}

/// A signed number of 32 bits with its sign in the lowest bit.
#[must_use]
#[inline]
pub const fn zigzag32(number: i32) -> u32 {
    ((number << 1) ^ (number >> 31)).cast_unsigned()
}

/// The number that [`zigzag32`] was given.
#[must_use]
#[inline]
pub const fn unzigzag32(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_width_of_a_number_takes_the_bytes_of_its_groups() {
        for bits in 0..64_u32 {
            for number in [1_u64 << bits, (1 << bits) - 1, (1 << bits) | (1 << (bits / 2))] {
                let groups = (64 - number.leading_zeros()).max(1).div_ceil(7);
                assert_eq!(varint_size(number), groups as usize, "{number}");
            }
        }
        assert_eq!(varint_size(u64::MAX), VARINT_BYTES_MAX);
    }

    #[test]
    fn the_sign_goes_into_the_lowest_bit_and_back() {
        assert_eq!([0, -1, 1, -2, i64::MAX, i64::MIN].map(zigzag), [0, 1, 2, 3, u64::MAX - 1, u64::MAX]);
        for number in [0, -1, 1, i64::MAX, i64::MIN, 1 << 40] {
            assert_eq!(unzigzag(zigzag(number)), number);
        }
        for number in [0, -1, 1, i32::MAX, i32::MIN, 1 << 20] {
            assert_eq!(unzigzag32(zigzag32(number)), number);
            assert_eq!(u64::from(zigzag32(number)), zigzag(number.into()));
        }
    }
}
