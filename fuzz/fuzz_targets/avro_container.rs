//! An object container file, past its damaged blocks: what is read is written and read again, also within little memory.

#![no_main]

use std::sync::LazyLock;

use canread_fuzz::layers::Layers;
use libfuzzer_sys::fuzz_target;

static LAYERS: LazyLock<Layers> = LazyLock::new(Layers::default);

fuzz_target!(|data: &[u8]| LAYERS.avro_container(data));
