//! Avro: ours beside `serde_avro_fast` and apache-avro.

use std::hint::black_box;

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use canread::avro;
use canread_avro::codec::value;
use canread_plan::{Arena, Plan, Value};
use serde_avro_fast::ser::SerializerConfig;

use super::{Job, OURS, Run, WELL, task};
use crate::equality::written_by_another_version;
use crate::schemas::{apache, avro_layout, avsc, forever, model, serde_fast, writer_avsc};
use crate::shapes::{Shape, Size};

/// Which codec does which job.
pub(super) fn jobs<S: Shape>(jobs: &mut Vec<Job>) {
    let mut job = |task, codec, prepare| {
        jobs.push(Job { format: "Avro", task, shape: S::NAME, codec, prepare });
    };
    job(task::ENCODE_FRESH, OURS, ours::encode_fresh::<S>);
    job(task::ENCODE_FRESH, "serde_avro_fast", serde_fasts::encode_fresh::<S>);
    job(task::ENCODE_FRESH, "apache-avro serde", apaches::encode_fresh::<S>);
    job(task::ENCODE_REUSED, OURS, ours::encode_reused::<S>);
    job(task::ENCODE_REUSED, "serde_avro_fast", serde_fasts::encode_reused::<S>);
    job(task::ENCODE_REUSED, "apache-avro serde", apaches::encode_reused::<S>);
    // No peer says how long a record is without writing it.
    job(task::ENCODED_LEN, OURS, ours::encoded_len::<S>);
    job(task::DECODE_OWNED, OURS, ours::decode_owned::<S>);
    job(task::DECODE_OWNED, "serde_avro_fast", serde_fasts::decode_owned::<S>);
    job(task::DECODE_OWNED, "apache-avro serde", apaches::decode_owned::<S>);
    job(task::DECODE_OWNED, "apache-avro Value", apaches::decode_by_value::<S>);
    // No peer reads into a record that is there.
    job(task::DECODE_REUSED, OURS, ours::decode_reused::<S>);
    job(task::DECODE_BORROWED, OURS, ours::decode_borrowed::<S>);
    job(task::DECODE_BORROWED, "serde_avro_fast", serde_fasts::decode_borrowed::<S>);
    job(task::DYNAMIC_ENCODE_FRESH, OURS, ours::dynamic_encode_fresh::<S>);
    job(task::DYNAMIC_ENCODE_FRESH, "apache-avro Value", apaches::dynamic_encode_fresh::<S>);
    job(task::DYNAMIC_ENCODE_REUSED, OURS, ours::dynamic_encode_reused::<S>);
    job(task::DYNAMIC_ENCODE_REUSED, "apache-avro Value", apaches::dynamic_encode_reused::<S>);
    job(task::DYNAMIC_DECODE_FRESH, OURS, ours::dynamic_decode_fresh::<S>);
    job(task::DYNAMIC_DECODE_FRESH, "apache-avro Value", apaches::dynamic_decode::<S>);
    job(task::DYNAMIC_DECODE_REUSED, OURS, ours::dynamic_decode_reused::<S>);
    job(task::DYNAMIC_DECODE_REUSED, "apache-avro Value", apaches::dynamic_decode::<S>);
    job(task::RESOLVE, OURS, ours::resolve::<S>);
    job(task::RESOLVE_DYNAMIC_FRESH, OURS, ours::resolve_dynamic_fresh::<S>);
    job(task::RESOLVE_DYNAMIC_REUSED, OURS, ours::resolve_dynamic_reused::<S>);
    if S::PEERS_RESOLVE {
        job(task::RESOLVE, "apache-avro Value", apaches::resolve::<S>);
        job(task::RESOLVE_DYNAMIC_FRESH, "apache-avro Value", apaches::resolve_dynamic::<S>);
        job(task::RESOLVE_DYNAMIC_REUSED, "apache-avro Value", apaches::resolve_dynamic::<S>);
    }
}

/// The records as bytes, which all codecs write alike.
fn encoded<S: Shape>(size: Size) -> Vec<Vec<u8>> {
    S::records(size).iter().map(|record| avro::to_vec(record).expect(WELL)).collect()
}

mod ours {
    use super::*;

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        Box::new(move || {
            for record in &records {
                black_box(avro::to_vec(black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                avro::encode_into(black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn encoded_len<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        Box::new(move || {
            for record in &records {
                black_box(avro::encoded_len(black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn decode_owned<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(avro::from_slice::<S::Owned>(black_box(input)).expect(WELL));
            }
        })
    }

    pub(super) fn decode_reused<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        let mut record: S::Owned = avro::from_slice(&inputs[0]).expect(WELL);
        Box::new(move || {
            for input in &inputs {
                avro::merge_into(&mut record, black_box(input)).expect(WELL);
                black_box(&record);
            }
        })
    }

    pub(super) fn decode_borrowed<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(avro::from_slice::<S::Borrowed<'_>>(black_box(input)).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_decode_fresh<S: Shape>(size: Size) -> Run {
        let (layout, inputs) = (avro_layout(&avsc::<S>()), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                let arena = Arena::new();
                black_box(value::from_slice(&layout, black_box(input), &arena).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_decode_reused<S: Shape>(size: Size) -> Run {
        let (layout, inputs) = (avro_layout(&avsc::<S>()), encoded::<S>(size));
        let mut arena = Arena::new();
        Box::new(move || {
            for input in &inputs {
                arena.reset();
                black_box(value::from_slice(&layout, black_box(input), &arena).expect(WELL));
            }
        })
    }

    fn values<S: Shape>(size: Size) -> Vec<Value<'static>> {
        let layout = forever(avro_layout(&avsc::<S>()));
        let (arena, inputs) = (forever(Arena::new()), forever(encoded::<S>(size)));
        inputs.iter().map(|input| value::from_slice(layout, input, arena).expect(WELL)).collect()
    }

    pub(super) fn dynamic_encode_fresh<S: Shape>(size: Size) -> Run {
        let (layout, values) = (avro_layout(&avsc::<S>()), values::<S>(size));
        Box::new(move || {
            for record in &values {
                black_box(value::to_vec(&layout, black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_encode_reused<S: Shape>(size: Size) -> Run {
        let (layout, values) = (avro_layout(&avsc::<S>()), values::<S>(size));
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &values {
                buffer.clear();
                value::encode_into(&layout, black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn resolve<S: Shape>(size: Size) -> Run {
        let decoder = avro::Decoder::<S::Owned>::new(&model(&writer_avsc::<S>())).expect("schemas that go together");
        let inputs = written_by_another_version::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(decoder.from_slice(black_box(input)).expect(WELL));
            }
        })
    }

    fn plan<S: Shape>() -> Plan {
        let (writer, reader) = (avro_layout(&writer_avsc::<S>()), avro_layout(&avsc::<S>()));
        Plan::resolve(writer, reader).expect("schemas that go together")
    }

    pub(super) fn resolve_dynamic_fresh<S: Shape>(size: Size) -> Run {
        let (plan, inputs) = (plan::<S>(), written_by_another_version::<S>(size));
        Box::new(move || {
            for input in &inputs {
                let arena = Arena::new();
                black_box(value::resolve_slice(&plan, black_box(input), &arena).expect(WELL));
            }
        })
    }

    pub(super) fn resolve_dynamic_reused<S: Shape>(size: Size) -> Run {
        let (plan, inputs) = (plan::<S>(), written_by_another_version::<S>(size));
        let mut arena = Arena::new();
        Box::new(move || {
            for input in &inputs {
                arena.reset();
                black_box(value::resolve_slice(&plan, black_box(input), &arena).expect(WELL));
            }
        })
    }
}

mod serde_fasts {
    use super::*;

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        let mut config = SerializerConfig::new(serde_fast(&avsc::<S>()));
        Box::new(move || {
            for record in &records {
                black_box(serde_avro_fast::to_datum_vec(black_box(record), &mut config).expect(WELL));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        let mut config = SerializerConfig::new(serde_fast(&avsc::<S>()));
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                serde_avro_fast::to_datum(black_box(record), &mut buffer, &mut config).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn decode_owned<S: Shape>(size: Size) -> Run {
        let (schema, inputs) = (serde_fast(&avsc::<S>()), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(serde_avro_fast::from_datum_slice::<S::Owned>(black_box(input), schema).expect(WELL));
            }
        })
    }

    pub(super) fn decode_borrowed<S: Shape>(size: Size) -> Run {
        let (schema, inputs) = (serde_fast(&avsc::<S>()), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(serde_avro_fast::from_datum_slice::<S::Borrowed<'_>>(black_box(input), schema).expect(WELL));
            }
        })
    }
}

mod apaches {
    use super::*;

    const SCHEMA: &str = "a schema that was checked";

    fn writer<S: Shape>() -> GenericDatumWriter<'static> {
        GenericDatumWriter::builder(apache(&avsc::<S>())).build().expect(SCHEMA)
    }

    fn reader<S: Shape>() -> GenericDatumReader<'static> {
        GenericDatumReader::builder(apache(&avsc::<S>())).build().expect(SCHEMA)
    }

    fn resolver<S: Shape>() -> GenericDatumReader<'static> {
        let (writer, reader) = (apache(&writer_avsc::<S>()), apache(&avsc::<S>()));
        GenericDatumReader::builder(writer).reader_schema(reader).build().expect(SCHEMA)
    }

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let (records, writer) = (S::records(size), writer::<S>());
        Box::new(move || {
            for record in &records {
                black_box(writer.write_ser_to_vec(black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let (records, writer) = (S::records(size), writer::<S>());
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                writer.write_ser(&mut buffer, black_box(record)).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn decode_owned<S: Shape>(size: Size) -> Run {
        let (reader, inputs) = (reader::<S>(), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(reader.read_deser::<S::Owned>(&mut &black_box(input)[..]).expect(WELL));
            }
        })
    }

    pub(super) fn decode_by_value<S: Shape>(size: Size) -> Run {
        let (reader, inputs) = (reader::<S>(), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                let record = reader.read_value(&mut &black_box(input)[..]).expect(WELL);
                black_box(apache_avro::from_value::<S::Owned>(&record).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_decode<S: Shape>(size: Size) -> Run {
        let (reader, inputs) = (reader::<S>(), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(reader.read_value(&mut &black_box(input)[..]).expect(WELL));
            }
        })
    }

    fn values<S: Shape>(size: Size) -> Vec<apache_avro::types::Value> {
        let reader = reader::<S>();
        encoded::<S>(size).iter().map(|input| reader.read_value(&mut &input[..]).expect(WELL)).collect()
    }

    pub(super) fn dynamic_encode_fresh<S: Shape>(size: Size) -> Run {
        let (records, writer) = (values::<S>(size), writer::<S>());
        Box::new(move || {
            for record in &records {
                let mut buffer = Vec::new();
                writer.write_value_ref(&mut buffer, black_box(record)).expect(WELL);
                black_box(buffer);
            }
        })
    }

    pub(super) fn dynamic_encode_reused<S: Shape>(size: Size) -> Run {
        let (records, writer) = (values::<S>(size), writer::<S>());
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                writer.write_value_ref(&mut buffer, black_box(record)).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn resolve<S: Shape>(size: Size) -> Run {
        let (reader, inputs) = (resolver::<S>(), written_by_another_version::<S>(size));
        Box::new(move || {
            for input in &inputs {
                let record = reader.read_value(&mut &black_box(input)[..]).expect(WELL);
                black_box(apache_avro::from_value::<S::Owned>(&record).expect(WELL));
            }
        })
    }

    pub(super) fn resolve_dynamic<S: Shape>(size: Size) -> Run {
        let (reader, inputs) = (resolver::<S>(), written_by_another_version::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(reader.read_value(&mut &black_box(input)[..]).expect(WELL));
            }
        })
    }
}
