//! Protobuf into a type, owned and borrowed: what is read is written and read again, also within little memory.

#![no_main]

use canread_fuzz::decoding::protobuf_typed;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| protobuf_typed(data));
