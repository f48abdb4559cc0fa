//! What stands before a message of a schema registry: what is read is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| canread_fuzz::layers::framing(data));
