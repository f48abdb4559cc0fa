//! Avro into a type: what is read is written and read again, also within little memory.

#![no_main]

use canread_fuzz::decoding::avro_typed;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| avro_typed(data));
