//! Every decoder on bytes that nobody sane wrote.
//!
//! | file | holds |
//! |---|---|
//! | `table` | the decoders; a new one is an entry there, and all tests here run it |
//! | `protobuf_layers` | decoders of Protobuf under plans, of delimited streams and of what stands before a message |
//! | `texts` | decoders of ProtoJSON and of the text format |
//! | `avro_layers` | decoders of Avro's container files, single objects and streams |
//! | `decoder` | what an entry is, and how a decoder is tried |
//! | `mutate` | broken inputs from good ones |
//! | `defaults` | defaults that hold memory, of records that take no bytes |
//! | `collections` | a type with every collection |
//! | `families` | inputs that ask for much with little, of any size |
//! | `layer_families` | the same of texts, files and streams |
//! | `headers` | headers of container files whose schema asks for much, and what they may take |
//! | `generated` | schemas that are made up, with data of them |
//! | `heap` | what a decoder asks the allocator for |
//! | `amplification` | how much memory each family makes of its input; those that make more than 16 bytes of one are listed |
//! | `work` | twice the input is about twice the work |
//! | `advisories` | what has gone wrong in others' decoders |
//! | `layer_advisories` | the same of texts, files and streams |
//! | `depth` | all readers and writers of a format are stopped at the same depth |
//! | `slices` | what is written into the caller's slice asks for no memory |
//! | `places` | all readers of a format name the same reason, byte and field |
//! | `written` | all readers of a format write the same bytes again |
//! | `inputs` | random inputs: no panic on a small stack, no memory beyond the limits, what is read can be written and read |
//!
//! `CANREAD_HOSTILE_INPUTS` says how many inputs each decoder gets (`cargo xtask hostile --inputs N` sets it).

mod advisories;
mod amplification;
mod avro_layers;
mod collections;
mod decoder;
mod defaults;
mod depth;
mod families;
mod generated;
mod headers;
mod heap;
mod inputs;
mod layer_advisories;
mod layer_families;
mod mutate;
mod places;
mod protobuf_layers;
mod slices;
mod table;
mod texts;
mod work;
mod written;

#[path = "../../../crates/canread-avro/tests/codec/everything.rs"]
mod avro_type;
#[path = "../../../crates/canread-protobuf/tests/codec/everything.rs"]
mod protobuf_type;
#[path = "../interop/random.rs"]
mod random;
#[path = "../interop/avro/schemas.rs"]
mod schemas;
#[path = "../interop/avro/values.rs"]
mod values;

/// What schemas have used, and how often.
type Coverage = std::collections::BTreeMap<&'static str, usize>;

#[global_allocator]
static HEAP: heap::Counting = heap::Counting;
