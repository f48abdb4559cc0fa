//! What the layout does not have, by number.
//!
//! ```text
//! varint 5: 12   4 bytes 5: 0x0000000c   8 bytes 5: 0x000000000000000c
//! group  5 { ... }                       bytes   5 { ... } if they are a message, else 5: "..."
//! ```
//!
//! Source: Protobuf, "Text Format Language Specification", section "Unknown Fields".

use canread_wire::{Budget, Cursor, Limits, Step};

use super::super::super::key::Wire;
use super::super::super::skip::{group, skip, take_key};
use super::{Printer, Written};

/// How many guesses that bytes are a message may be inside of each other: each of them looks at all of the bytes.
pub(super) const GUESSES_MAX: u32 = 10;

impl Printer<'_> {
    /// Fields as they lay in the data. What is no field ends them.
    pub(super) fn unknown(&mut self, fields: &[u8], guesses_left: u32) -> Written {
        let mut cursor = Cursor::new(fields);
        while let Ok((number, wire)) = take_key(&mut cursor) {
            let name = number.to_string();
            match wire {
                Wire::VARINT => {
                    let Ok(value) = cursor.varint() else { break };
                    self.line(&name, &value);
                }
                Wire::FIXED32 => {
                    let Ok(value) = cursor.fixed32() else { break };
                    self.line(&name, &format_args!("{value:#010x}"));
                }
                Wire::FIXED64 => {
                    let Ok(value) = cursor.fixed64() else { break };
                    self.line(&name, &format_args!("{value:#018x}"));
                }
                Wire::LENGTH => {
                    let Ok(bytes) = cursor.varint().and_then(|size| cursor.take(size)) else { break };
                    let guesses_left = guesses_left.checked_sub(1).filter(|_| self.is_message(bytes));
                    if let Some(guesses_left) = guesses_left {
                        self.inside(&name, bytes, guesses_left)?;
                    } else {
                        self.begin(&name);
                        self.text.push_str(": ");
                        self.bytes(bytes);
                        self.end();
                    }
                }
                Wire::GROUP_START => {
                    let Ok(body) =
                        budget(self.depth_left, fields).and_then(|mut budget| group(&mut cursor, number, &mut budget))
                    else {
                        break;
                    };
                    self.inside(&name, body, guesses_left)?;
                }
                _ => break,
            }
        }
        Ok(())
    }

    fn inside(&mut self, name: &str, fields: &[u8], guesses_left: u32) -> Written {
        self.enter()?;
        self.open(name);
        self.unknown(fields, guesses_left)?;
        self.close();
        self.leave();
        Ok(())
    }

    /// Whether bytes could be a message, whose groups may be as deep as there is room.
    fn is_message(&self, bytes: &[u8]) -> bool {
        let all = |mut budget: Budget| {
            budget.enter()?;
            let mut cursor = Cursor::new(bytes);
            while !cursor.is_empty() {
                let (number, wire) = take_key(&mut cursor)?;
                skip(&mut cursor, number, wire, &mut budget)?;
            }
            Ok(())
        };
        !bytes.is_empty() && budget(self.depth_left, bytes).and_then(all).is_ok()
    }

    fn line(&mut self, name: &str, value: &impl std::fmt::Display) {
        self.begin(name);
        self.text.push_str(": ");
        self.display(value);
        self.end();
    }
}

fn budget(depth_max: u32, fields: &[u8]) -> Step<Budget> {
    Budget::new(&Limits::trusted().with_depth_max(depth_max), fields.len())
}
