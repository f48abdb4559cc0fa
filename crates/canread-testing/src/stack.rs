//! A small stack for tests of hostile input.

/// The stack on which readers must survive hostile input, in bytes: 256 KiB, or eight times as
/// much if `CANREAD_SANITIZER` is set, because `AddressSanitizer` keeps red zones around everything on it.
#[must_use]
pub fn small_stack_bytes() -> usize {
    let factor = if std::env::var_os("CANREAD_SANITIZER").is_some() { 8 } else { 1 };
    factor * (256 << 10)
}
