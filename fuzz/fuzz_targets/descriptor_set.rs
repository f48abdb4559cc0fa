//! The reader of descriptor sets takes any bytes; what it makes of them can be printed and raised.

#![no_main]

use canread_fuzz::one_thread;
use canread_protobuf::schema::descriptor::{FileDescriptorSet, ReadLimits, raise, read_descriptor_set};
use canread_protobuf::schema::{LinkOptions, print::Printer};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: one_thread(), |data: &[u8]| {
    let Ok(set) = FileDescriptorSet::from_bytes(data, ReadLimits::default()) else { return };
    let bytes = set.to_bytes();
    let again = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default());
    let again = again.unwrap_or_else(|error| panic!("what was written cannot be read: {error}"));
    assert!(again.to_bytes() == bytes, "writing again gives other bytes");

    let linked = read_descriptor_set("a.binpb", data, ReadLimits::default(), &LinkOptions::default());
    let _ = linked.schema.canonical();
    let printer = Printer::new(&linked.schema);
    for (id, _) in linked.schema.modules() {
        let _ = printer.module(id);
    }
    let _ = raise(&linked.schema, None).set.to_bytes();
});
