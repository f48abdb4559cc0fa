//! A service of version 1 passes on what version 2 has written, and loses nothing.
//!
//! `cargo run -p canread --example evolution`

use std::io::Write as _;

use canread::{Record, Unknown};

/// What this service was built with.
#[derive(Record, Debug)]
struct OrderV1 {
    #[field(1)]
    id: i64,
    #[field(2, default = "none".to_owned())]
    note: String,
    #[field(3)]
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
    Ok(())
}
