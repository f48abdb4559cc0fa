//! Protobuf: ours beside prost, buffa and prost-reflect.

use std::hint::black_box;

use buffa::{Message as _, MessageView as _};
use canread::protobuf;
use canread_plan::{Arena, Value};
use canread_protobuf::codec::value;
use prost::Message as _;
use prost_reflect::DynamicMessage;

use super::{Job, OURS, Run, WELL, task};
use crate::schemas::{descriptor, forever, protobuf_layout};
use crate::shapes::{Clear as _, Shape, Size};

/// Which codec does which job.
pub(super) fn jobs<S: Shape>(jobs: &mut Vec<Job>) {
    let mut job = |task, codec, prepare| {
        jobs.push(Job { format: "Protobuf", task, shape: S::NAME, codec, prepare });
    };
    job(task::ENCODE_FRESH, OURS, ours::encode_fresh::<S>);
    job(task::ENCODE_FRESH, "prost", prosts::encode_fresh::<S>);
    job(task::ENCODE_FRESH, "buffa", buffas::encode_fresh::<S>);
    job(task::ENCODE_REUSED, OURS, ours::encode_reused::<S>);
    job(task::ENCODE_REUSED, "prost", prosts::encode_reused::<S>);
    job(task::ENCODE_REUSED, "buffa", buffas::encode_reused::<S>);
    job(task::ENCODED_LEN, OURS, ours::encoded_len::<S>);
    job(task::ENCODED_LEN, "prost", prosts::encoded_len::<S>);
    job(task::ENCODED_LEN, "buffa", buffas::encoded_len::<S>);
    job(task::DECODE_OWNED, OURS, ours::decode_owned::<S>);
    job(task::DECODE_OWNED, "prost", prosts::decode::<S>);
    job(task::DECODE_OWNED, "buffa", buffas::decode_owned::<S>);
    job(task::DECODE_REUSED, OURS, ours::decode_reused::<S>);
    job(task::DECODE_REUSED, "prost", prosts::decode_reused::<S>);
    job(task::DECODE_REUSED, "buffa", buffas::decode_reused::<S>);
    job(task::DECODE_BORROWED, OURS, ours::decode_borrowed::<S>);
    job(task::DECODE_BORROWED, "buffa view", buffas::decode_view::<S>);
    job(task::DYNAMIC_ENCODE_FRESH, OURS, ours::dynamic_encode_fresh::<S>);
    job(task::DYNAMIC_ENCODE_FRESH, "prost-reflect", reflect::encode_fresh::<S>);
    job(task::DYNAMIC_ENCODE_REUSED, OURS, ours::dynamic_encode_reused::<S>);
    job(task::DYNAMIC_ENCODE_REUSED, "prost-reflect", reflect::encode_reused::<S>);
    job(task::DYNAMIC_DECODE_FRESH, OURS, ours::dynamic_decode_fresh::<S>);
    job(task::DYNAMIC_DECODE_FRESH, "prost-reflect", reflect::decode::<S>);
    job(task::DYNAMIC_DECODE_REUSED, OURS, ours::dynamic_decode_reused::<S>);
    job(task::DYNAMIC_DECODE_REUSED, "prost-reflect", reflect::decode::<S>);
}

/// The records as bytes, which all codecs write alike.
fn encoded<S: Shape>(size: Size) -> Vec<Vec<u8>> {
    S::records(size).iter().map(|record| protobuf::to_vec(record).expect(WELL)).collect()
}

mod ours {
    use super::*;

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        Box::new(move || {
            for record in &records {
                black_box(protobuf::to_vec(black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                protobuf::encode_into(black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn encoded_len<S: Shape>(size: Size) -> Run {
        let records = S::records(size);
        Box::new(move || {
            for record in &records {
                black_box(protobuf::encoded_len(black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn decode_owned<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(protobuf::from_slice::<S::Owned>(black_box(input)).expect(WELL));
            }
        })
    }

    pub(super) fn decode_reused<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        let mut record: S::Owned = protobuf::from_slice(&inputs[0]).expect(WELL);
        Box::new(move || {
            for input in &inputs {
                record.clear();
                protobuf::merge_into(&mut record, black_box(input)).expect(WELL);
                black_box(&record);
            }
        })
    }

    pub(super) fn decode_borrowed<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(protobuf::from_slice::<S::Borrowed<'_>>(black_box(input)).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_decode_fresh<S: Shape>(size: Size) -> Run {
        let (layout, inputs) = (protobuf_layout::<S>(), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                let arena = Arena::new();
                black_box(value::from_slice(layout, black_box(input), &arena).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_decode_reused<S: Shape>(size: Size) -> Run {
        let (layout, inputs) = (protobuf_layout::<S>(), encoded::<S>(size));
        let mut arena = Arena::new();
        Box::new(move || {
            for input in &inputs {
                arena.reset();
                black_box(value::from_slice(layout, black_box(input), &arena).expect(WELL));
            }
        })
    }

    fn values<S: Shape>(size: Size) -> Vec<Value<'static>> {
        let (layout, arena, inputs) = (protobuf_layout::<S>(), forever(Arena::new()), forever(encoded::<S>(size)));
        inputs.iter().map(|input| value::from_slice(layout, input, arena).expect(WELL)).collect()
    }

    pub(super) fn dynamic_encode_fresh<S: Shape>(size: Size) -> Run {
        let (layout, values) = (protobuf_layout::<S>(), values::<S>(size));
        Box::new(move || {
            for record in &values {
                black_box(value::to_vec(layout, black_box(record)).expect(WELL));
            }
        })
    }

    pub(super) fn dynamic_encode_reused<S: Shape>(size: Size) -> Run {
        let (layout, values) = (protobuf_layout::<S>(), values::<S>(size));
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &values {
                buffer.clear();
                value::encode_into(layout, black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }
}

mod prosts {
    use super::*;

    fn records<S: Shape>(size: Size) -> Vec<S::Prost> {
        encoded::<S>(size).iter().map(|input| S::Prost::decode(&input[..]).expect(WELL)).collect()
    }

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        Box::new(move || {
            for record in &records {
                black_box(prost::Message::encode_to_vec(black_box(record)));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                prost::Message::encode(black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn encoded_len<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        Box::new(move || {
            for record in &records {
                black_box(prost::Message::encoded_len(black_box(record)));
            }
        })
    }

    pub(super) fn decode<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(S::Prost::decode(&black_box(input)[..]).expect(WELL));
            }
        })
    }

    pub(super) fn decode_reused<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        let mut record = S::Prost::decode(&inputs[0][..]).expect(WELL);
        Box::new(move || {
            for input in &inputs {
                prost::Message::clear(&mut record);
                prost::Message::merge(&mut record, &black_box(input)[..]).expect(WELL);
                black_box(&record);
            }
        })
    }
}

mod buffas {
    use super::*;

    fn records<S: Shape>(size: Size) -> Vec<S::Buffa> {
        encoded::<S>(size).iter().map(|input| S::Buffa::decode_from_slice(input).expect(WELL)).collect()
    }

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        Box::new(move || {
            for record in &records {
                black_box(buffa::Message::encode_to_vec(black_box(record)));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                buffa::Message::encode(black_box(record), &mut buffer);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn encoded_len<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        Box::new(move || {
            for record in &records {
                black_box(buffa::Message::encoded_len(black_box(record)));
            }
        })
    }

    pub(super) fn decode_owned<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(S::Buffa::decode_from_slice(black_box(input)).expect(WELL));
            }
        })
    }

    pub(super) fn decode_reused<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        let mut record = S::Buffa::decode_from_slice(&inputs[0]).expect(WELL);
        Box::new(move || {
            for input in &inputs {
                buffa::Message::clear(&mut record);
                record.merge_from_slice(black_box(input)).expect(WELL);
                black_box(&record);
            }
        })
    }

    pub(super) fn decode_view<S: Shape>(size: Size) -> Run {
        let inputs = encoded::<S>(size);
        Box::new(move || {
            for input in &inputs {
                black_box(S::BuffaView::decode_view(black_box(input)).expect(WELL));
            }
        })
    }
}

mod reflect {
    use super::*;

    fn records<S: Shape>(size: Size) -> Vec<DynamicMessage> {
        let descriptor = descriptor::<S>();
        let read = |input: &Vec<u8>| DynamicMessage::decode(descriptor.clone(), &input[..]).expect(WELL);
        encoded::<S>(size).iter().map(read).collect()
    }

    pub(super) fn encode_fresh<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        Box::new(move || {
            for record in &records {
                black_box(prost::Message::encode_to_vec(black_box(record)));
            }
        })
    }

    pub(super) fn encode_reused<S: Shape>(size: Size) -> Run {
        let records = records::<S>(size);
        let mut buffer = Vec::new();
        Box::new(move || {
            for record in &records {
                buffer.clear();
                prost::Message::encode(black_box(record), &mut buffer).expect(WELL);
                black_box(&buffer);
            }
        })
    }

    pub(super) fn decode<S: Shape>(size: Size) -> Run {
        let (descriptor, inputs) = (descriptor::<S>(), encoded::<S>(size));
        Box::new(move || {
            for input in &inputs {
                black_box(DynamicMessage::decode(descriptor.clone(), &black_box(input)[..]).expect(WELL));
            }
        })
    }
}
