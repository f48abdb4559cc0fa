//! Exit codes. A run that compared nothing, or could not read one file, is never 0.

/// Compared or looked at, and nothing at or above `--fail-on`.
pub(crate) const COMPATIBLE: u8 = 0;
/// Findings at or above `--fail-on`, or undecided ones that are not allowed.
pub(crate) const FINDINGS: u8 = 1;
/// The arguments or the configuration make no sense.
pub(crate) const USAGE: u8 = 2;
/// Something could not be read, parsed, resolved, compared or written.
pub(crate) const FAILED: u8 = 3;
