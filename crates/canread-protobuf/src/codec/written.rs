//! Whether what lies in data is what a writer's schema writes there.

use canread_plan::{LayoutKind, NumberedStep, Plan};

use super::key::Wire;
use super::value::wire_of;

/// Whether what lies behind a key of a step's number is what the writer's schema writes there. If not, somebody else wrote it and
/// the writer kept it: it is read as the reader has it, as are numbers that the writer's schema does not declare.
pub(super) fn is_written(plan: &Plan, step: &NumberedStep, wire: Wire) -> bool {
    let written = plan.writer().kind(step.written);
    let own = match written {
        LayoutKind::Record(_) if step.is_delimited => Wire::GROUP_START,
        written => wire_of(written),
    };
    wire == own || is_run(written, wire)
}

/// Whether it is a run of numbers behind one length. Readers take it for any list of them, whatever its schema says.
///
/// Source: Protobuf, "Encoding", section "Packed Repeated Fields".
pub(super) fn is_run(written: LayoutKind, wire: Wire) -> bool {
    wire == Wire::LENGTH && wire_of(written) != Wire::LENGTH
}

/// How many numbers a run of them holds.
pub(super) fn count(written: LayoutKind, run: &[u8]) -> usize {
    match wire_of(written) {
        Wire::FIXED32 => run.len() / 4,
        Wire::FIXED64 => run.len() / 8,
        // Each varint has one byte without the high bit.
        _ => run.iter().filter(|byte| **byte < 0x80).count(),
    }
}
