//! Fingerprints of schemas, over their Parsing Canonical Form.
//!
//! Source: Avro 1.12, "Schema Fingerprints". None of them protects against
//! people who mean harm: they name schemas, in caches and in front of single objects.

use md5::Md5;
use sha2::{Digest as _, Sha256};

/// The fingerprint of nothing; as a polynomial it also drives the others.
const EMPTY: u64 = 0xc15d_213a_a4d7_a795;

const TABLE: [u64; 256] = table();

const fn table() -> [u64; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    let mut byte: u64 = 0;
    while at < table.len() {
        let mut fingerprint = byte;
        let mut bit = 0;
        while bit < 8 {
            fingerprint = (fingerprint >> 1) ^ (EMPTY & (fingerprint & 1).wrapping_neg());
            bit += 1;
        }
        table[at] = fingerprint;
        at += 1;
        byte += 1;
    }
    table
}

/// CRC-64-AVRO, a Rabin fingerprint of 64 bits: the one in front of single objects, little-endian there.
///
/// ```
/// use canread::avro::schema::fingerprint::crc64;
///
/// assert_eq!(crc64("\"int\"").cast_signed(), 8247732601305521295);
/// ```
#[must_use]
pub fn crc64(canonical_form: &str) -> u64 {
    canonical_form.bytes().fold(EMPTY, |fingerprint, byte| {
        let [low, ..] = fingerprint.to_le_bytes();
        (fingerprint >> 8) ^ TABLE[usize::from(low ^ byte)]
    })
}

/// MD5, 128 bits.
#[must_use]
pub fn md5(canonical_form: &str) -> [u8; 16] {
    Md5::digest(canonical_form).into()
}

/// SHA-256.
#[must_use]
pub fn sha256(canonical_form: &str) -> [u8; 32] {
    Sha256::digest(canonical_form).into()
}
