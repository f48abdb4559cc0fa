//! What must hold before anything is measured: all codecs write the same bytes, and read each other's.

use apache_avro::reader::datum::GenericDatumReader;
use apache_avro::writer::datum::GenericDatumWriter;
use buffa::{Message as _, MessageView as _};
use canread::{avro, protobuf};
use canread_plan::{Arena, Layout, Plan};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use serde_avro_fast::ser::SerializerConfig;

use crate::schemas::{apache, avro_layout, avsc, descriptor, model, protobuf_layout, serde_fast, writer_avsc};
use crate::shapes::{self, Clear as _, Shape, Size};

/// Checks all records.
///
/// # Panics
///
/// Codecs differ.
pub fn check(size: Size) {
    of_shape::<shapes::order::Orders>(size);
    of_shape::<shapes::log::Lines>(size);
    of_shape::<shapes::mesh::Triangles>(size);
    of_shape::<shapes::minecraft::Savedata>(size);
    of_shape::<shapes::deep::Nodes>(size);
    of_shape::<shapes::wide::Rows>(size);
}

fn of_shape<S: Shape>(size: Size) {
    let records = S::records(size);
    in_protobuf::<S>(&records);
    in_protobuf_again::<S>(&records);
    in_avro::<S>(&records);
    in_avro_again::<S>(&records);
    resolved::<S>(&records, size);
}

fn in_protobuf<S: Shape>(records: &[S::Owned]) {
    let (layout, descriptor) = (protobuf_layout::<S>(), descriptor::<S>());
    for record in records {
        let bytes = protobuf::to_vec(record).expect("we write the record");
        assert!(protobuf::encoded_len(record) == Ok(bytes.len()), "{}: our length", S::NAME);
        assert!(protobuf::from_slice::<S::Owned>(&bytes).as_ref() == Ok(record), "{}: ours", S::NAME);
        let borrowed = protobuf::from_slice::<S::Borrowed<'_>>(&bytes).expect("we read what we wrote");
        assert!(protobuf::to_vec(&borrowed).as_ref() == Ok(&bytes), "{}: ours, borrowed", S::NAME);
        // What a peer did not know or read otherwise would not be written again as it was.
        let theirs = S::Prost::decode(&bytes[..]).expect("prost reads what we wrote");
        assert!(prost::Message::encode_to_vec(&theirs) == bytes, "{}: prost", S::NAME);
        let theirs = S::Buffa::decode_from_slice(&bytes).expect("buffa reads what we wrote");
        assert!(buffa::Message::encode_to_vec(&theirs) == bytes, "{}: buffa", S::NAME);
        let theirs = S::BuffaView::decode_view(&bytes).expect("buffa borrows from what we wrote");
        let theirs = theirs.to_owned_message().expect("what was borrowed can be owned");
        assert!(buffa::Message::encode_to_vec(&theirs) == bytes, "{}: buffa view", S::NAME);
        let theirs = DynamicMessage::decode(descriptor.clone(), &bytes[..]).expect("prost-reflect reads what we wrote");
        assert!(theirs.unknown_fields().next().is_none(), "{}: prost-reflect knows all fields", S::NAME);
        let again = prost::Message::encode_to_vec(&theirs);
        // It keeps maps in no order.
        assert!(protobuf::from_slice::<S::Owned>(&again).as_ref() == Ok(record), "{}: prost-reflect", S::NAME);
        let arena = Arena::new();
        let value = canread_protobuf::codec::value::from_slice(layout, &bytes, &arena).expect("we read what we wrote");
        let again = canread_protobuf::codec::value::to_vec(layout, &value);
        assert!(again.as_ref() == Ok(&bytes), "{}: ours, dynamic", S::NAME);
    }
}

/// Into the record that was read before: nothing of that one is left.
fn in_protobuf_again<S: Shape>(records: &[S::Owned]) {
    let mut ours = records[records.len() - 1].clone();
    let bytes = protobuf::to_vec(&ours).expect("we write the record");
    let mut prosts = S::Prost::decode(&bytes[..]).expect("prost reads what we wrote");
    let mut buffas = S::Buffa::decode_from_slice(&bytes).expect("buffa reads what we wrote");
    for record in records {
        let bytes = protobuf::to_vec(record).expect("we write the record");
        ours.clear();
        protobuf::merge_into(&mut ours, &bytes).expect("we read what we wrote");
        assert!(ours == *record, "{}: ours, reused", S::NAME);
        prost::Message::clear(&mut prosts);
        prost::Message::merge(&mut prosts, &bytes[..]).expect("prost reads what we wrote");
        assert!(prost::Message::encode_to_vec(&prosts) == bytes, "{}: prost, reused", S::NAME);
        buffa::Message::clear(&mut buffas);
        buffas.merge_from_slice(&bytes).expect("buffa reads what we wrote");
        assert!(buffa::Message::encode_to_vec(&buffas) == bytes, "{}: buffa, reused", S::NAME);
    }
}

/// Into the record that was read before: nothing of that one is left.
fn in_avro_again<S: Shape>(records: &[S::Owned]) {
    let mut ours = records[records.len() - 1].clone();
    for record in records {
        let bytes = avro::to_vec(record).expect("we write the record");
        avro::merge_into(&mut ours, &bytes).expect("we read what we wrote");
        assert!(ours == *record, "{}: ours, reused", S::NAME);
    }
}

fn in_avro<S: Shape>(records: &[S::Owned]) {
    let avsc = avsc::<S>();
    let (layout, apache_schema, fast_schema) = (avro_layout(&avsc), apache(&avsc), serde_fast(&avsc));
    let writer = GenericDatumWriter::builder(apache_schema).build().expect("a schema with no others");
    let reader = GenericDatumReader::builder(apache_schema).build().expect("a schema with no others");
    let mut config = SerializerConfig::new(fast_schema);
    for record in records {
        let bytes = avro::to_vec(record).expect("we write the record");
        assert!(avro::encoded_len(record) == Ok(bytes.len()), "{}: our length", S::NAME);
        assert!(avro::from_slice::<S::Owned>(&bytes).as_ref() == Ok(record), "{}: ours", S::NAME);
        let borrowed = avro::from_slice::<S::Borrowed<'_>>(&bytes).expect("we read what we wrote");
        assert!(avro::to_vec(&borrowed).as_ref() == Ok(&bytes), "{}: ours, borrowed", S::NAME);
        let theirs = serde_avro_fast::to_datum_vec(record, &mut config).expect("serde_avro_fast writes the record");
        assert!(theirs == bytes, "{}: serde_avro_fast", S::NAME);
        let theirs: S::Owned =
            serde_avro_fast::from_datum_slice(&bytes, fast_schema).expect("serde_avro_fast reads it");
        assert!(theirs == *record, "{}: serde_avro_fast", S::NAME);
        let theirs: S::Borrowed<'_> =
            serde_avro_fast::from_datum_slice(&bytes, fast_schema).expect("serde_avro_fast borrows from it");
        assert!(avro::to_vec(&theirs).as_ref() == Ok(&bytes), "{}: serde_avro_fast, borrowed", S::NAME);
        let theirs = writer.write_ser_to_vec(record).expect("apache-avro writes the record");
        assert!(theirs == bytes, "{}: apache-avro", S::NAME);
        let theirs: S::Owned = reader.read_deser(&mut &bytes[..]).expect("apache-avro reads it");
        assert!(theirs == *record, "{}: apache-avro", S::NAME);
        let value = reader.read_value(&mut &bytes[..]).expect("apache-avro reads a value");
        let theirs: S::Owned = apache_avro::from_value(&value).expect("apache-avro makes a record of a value");
        assert!(theirs == *record, "{}: apache-avro Value", S::NAME);
        let arena = Arena::new();
        in_avro_dynamic::<S>(&layout, &bytes, &arena);
    }
}

fn in_avro_dynamic<S: Shape>(layout: &Layout, bytes: &[u8], arena: &Arena) {
    let value = canread_avro::codec::value::from_slice(layout, bytes, arena).expect("we read what we wrote");
    let again = canread_avro::codec::value::to_vec(layout, &value).expect("we write what we read");
    assert!(again == bytes, "{}: ours, dynamic", S::NAME);
}

/// The records as a writer with more fields wrote them, which have their defaults.
///
/// # Panics
///
/// The schemas don't go together.
#[must_use]
pub fn written_by_another_version<S: Shape>(size: Size) -> Vec<Vec<u8>> {
    let (own, other) = (avro_layout(&avsc::<S>()), avro_layout(&writer_avsc::<S>()));
    let plan = Plan::resolve(own, other).expect("the other's fields have defaults");
    let rewrite = |record: &S::Owned| {
        let (bytes, arena) = (avro::to_vec(record).expect("we write the record"), Arena::new());
        let value = canread_avro::codec::value::resolve_slice(&plan, &bytes, &arena).expect("we resolve it");
        canread_avro::codec::value::to_vec(plan.reader(), &value).expect("we write what we resolved")
    };
    S::records(size).iter().map(rewrite).collect()
}

fn resolved<S: Shape>(records: &[S::Owned], size: Size) {
    let decoder = avro::Decoder::<S::Owned>::new(&model(&writer_avsc::<S>())).expect("schemas that go together");
    let (writer, reader) = (avro_layout(&writer_avsc::<S>()), avro_layout(&avsc::<S>()));
    let plan = Plan::resolve(writer, reader).expect("schemas that go together");
    let (own, other) = (apache(&avsc::<S>()), apache(&writer_avsc::<S>()));
    let theirs = GenericDatumReader::builder(other).reader_schema(own).build().expect("a schema with no others");
    for (record, bytes) in records.iter().zip(written_by_another_version::<S>(size)) {
        assert!(decoder.from_slice(&bytes).as_ref() == Ok(record), "{}: ours, resolved", S::NAME);
        let arena = Arena::new();
        let value = canread_avro::codec::value::resolve_slice(&plan, &bytes, &arena).expect("we resolve it");
        let again = canread_avro::codec::value::to_vec(plan.reader(), &value).expect("we write what we resolved");
        assert!(avro::to_vec(record) == Ok(again), "{}: ours, resolved, dynamic", S::NAME);
        if !S::PEERS_RESOLVE {
            continue;
        }
        let value = theirs.read_value(&mut &bytes[..]).expect("apache-avro resolves it");
        let theirs: S::Owned = apache_avro::from_value(&value).expect("apache-avro makes a record of a value");
        assert!(theirs == *record, "{}: apache-avro, resolved", S::NAME);
    }
}
