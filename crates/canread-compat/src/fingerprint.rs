//! Names a finding across commits.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::Finding;

/// The first 48 bits of a hash of rule, symbol and shapes, as 12 hexadecimal digits. No positions, no wording:
/// moving the declaration or improving a message does not make an approval void.
pub(crate) fn of(finding: &Finding) -> String {
    let mut hash = Sha256::new();
    for part in [finding.rule.id, &finding.symbol, &finding.shape] {
        hash.update(part.as_bytes());
        // A byte that no UTF-8 text holds keeps the parts apart.
        hash.update([0xff]);
    }
    let digest = hash.finalize();
    digest.iter().take(6).fold(String::with_capacity(12), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
