//! Avro without a type: what is read is written and read again, also within little memory.

#![no_main]

use std::sync::LazyLock;

use canread_fuzz::decoding::Layouts;
use libfuzzer_sys::fuzz_target;

static LAYOUTS: LazyLock<Layouts> = LazyLock::new(Layouts::default);

fuzz_target!(|data: &[u8]| LAYOUTS.avro_value(data));
