//! What a producer and a consumer of Kafka do with a schema registry, without a broker: each message begins with the id of
//! the schema that wrote it, and a consumer with a newer type reads all of them.
//!
//! ```text
//! cargo run -p canread --example registry --features evolution
//! ```

#![expect(clippy::print_stdout, reason = "a program that shows something")]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use canread::framing::{Framing, MessageIndexes, Prefix, SchemaId};
use canread::{Decoder, Format, Record, schema};

/// What a registry would answer; a real one is asked over HTTP, once for each id.
const SCHEMAS: [(u32, Format, &str); 3] = [
    (
        1,
        Format::Avro,
        r#"{"type": "record", "name": "Order", "fields": [{"name": "id", "type": "int"}, {"name": "gone", "type": "string"}]}"#,
    ),
    (
        2,
        Format::Avro,
        r#"{"type": "record", "name": "Order", "fields": [{"name": "note", "type": ["null", "string"]}, {"name": "id", "type": "long"}]}"#,
    ),
    (3, Format::Protobuf, "syntax = \"proto3\"; message Order { sint32 id = 1; string note = 2; }"),
];

/// The consumer's type today.
#[derive(Record, Debug, PartialEq)]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
}

/// Reads what any of the registry's schemas wrote; a decoder is made once for each.
#[derive(Default)]
struct Deserializer {
    decoders: HashMap<u32, Decoder<Order>>,
}

impl Deserializer {
    fn read(&mut self, framing: Framing, record: &[u8]) -> Result<Order, Box<dyn std::error::Error>> {
        let (prefix, message) = framing.split(record)?;
        let Some(SchemaId::Number(id)) = prefix.schema() else {
            return Err("a record without the number of a schema".into());
        };
        let decoder = match self.decoders.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(decoder(id)?),
        };
        Ok(decoder.from_slice(message)?)
    }
}

fn decoder(id: u32) -> Result<Decoder<Order>, Box<dyn std::error::Error>> {
    let known = SCHEMAS.iter().find(|(known, ..)| *known == id);
    let (_, format, text) = known.ok_or_else(|| format!("no schema has the number {id}"))?;
    let name = if *format == Format::Avro { "order.avsc" } else { "order.proto" };
    Ok(Decoder::new(*format, &schema::read(*format, &[(name, text)])?)?)
}

fn framed(prefix: &Prefix, message: &[u8]) -> Vec<u8> {
    let mut record = Vec::new();
    prefix.write(&mut record);
    record.extend_from_slice(message);
    record
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut deserializer = Deserializer::default();
    let avro = |id| Prefix::Schema(SchemaId::Number(id));

    // An old producer of Avro, one of today, and one of Protobuf.
    let old = framed(&avro(1), b"\x0e\x02x");
    println!("{:?}", deserializer.read(Framing::Schema, &old)?);
    let newer = framed(&avro(2), b"\x02\x08soon\x10");
    println!("{:?}", deserializer.read(Framing::Schema, &newer)?);
    let protobuf = framed(&Prefix::Message(SchemaId::Number(3), MessageIndexes::first()), b"\x08\x12\x12\x01!");
    println!("{:?}", deserializer.read(Framing::Message, &protobuf)?);

    for (framing, record) in
        [(Framing::Schema, &framed(&avro(9), b"")[..]), (Framing::Schema, b"{}"), (Framing::Schema, &old[..6])]
    {
        println!("refused: {}", deserializer.read(framing, record).expect_err("it can't be read"));
    }
    Ok(())
}
