//! A service of version 1 passes on what version 2 has written, and loses nothing.
//!
//! And with the schema that wrote it, changes are read that Protobuf alone would take for something else, and Avro could not read at
//! all.
//!
//! `cargo run -p canread --features evolution --example evolution`

use std::io::Write as _;

use canread::{Decoder, Format, Record, Unknown, schema};

/// What this service was built with.
#[derive(Record, Debug)]
struct OrderV1 {
    #[field(1)]
    id: i64,
    #[field(2, default = "none".to_owned())]
    note: String,
    #[field(3, default = State::Open)]
    state: State,
    /// What a later version has added.
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug, PartialEq)]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(1)]
    Sent,
    /// A state that a later version has added.
    #[symbol(other)]
    Other(i32),
}

/// What others have by now.
#[derive(Record, Debug, PartialEq)]
struct OrderV2<'a> {
    #[field(1)]
    id: i64,
    #[field(3)]
    state: State,
    #[field(4)]
    lines: Vec<&'a str>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sent = OrderV2 { id: 7, state: State::Other(2), lines: vec!["M8", "M10"] };
    let bytes = canread::protobuf::to_vec(&sent)?;

    let mut received: OrderV1 = canread::protobuf::from_slice(&bytes)?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "order {} is {:?}, note: {}", received.id, received.state, received.note)?;
    writeln!(out, "{} bytes are not known to this version", received.unknown.protobuf().len())?;

    received.state = State::Sent;
    let passed_on = canread::protobuf::to_vec(&received)?;
    let arrived: OrderV2<'_> = canread::protobuf::from_slice(&passed_on)?;
    assert_eq!(arrived, OrderV2 { id: 7, state: State::Sent, lines: vec!["M8", "M10"] });
    writeln!(out, "passed on: {arrived:?}")?;

    let broken = canread::protobuf::from_slice::<OrderV1>(&bytes[..1]).expect_err("the input is cut short");
    writeln!(out, "cut short: {broken}")?;
    with_the_schema(&mut out)
}

/// What version 0 wrote, which had its numbers in another form.
const PROTO_V0: &str = r#"syntax = "proto3"; message OrderV1 { sint32 id = 1; repeated string note = 2; }"#;
const AVSC_V0: &str = r#"{"type": "record", "name": "OrderV1", "fields": [
    {"name": "customer", "type": "string"}, {"name": "id", "type": "int"}]}"#;

fn with_the_schema(out: &mut impl std::io::Write) -> Result<(), Box<dyn std::error::Error>> {
    for (format, file, text, bytes) in [
        (Format::Protobuf, "order.proto", PROTO_V0, &b"\x08\x0e\x12\x05first\x12\x04last"[..]),
        (Format::Avro, "order.avsc", AVSC_V0, &b"\x06Ann\x0e"[..]),
    ] {
        let writer = schema::read(format, &[(file, text)])?;
        let decoder = Decoder::<OrderV1>::new(format, &writer)?;
        let order = decoder.from_slice(bytes)?;
        writeln!(out, "{format:?}: order {}, note: {}", order.id, order.note)?;
    }
    Ok(())
}
