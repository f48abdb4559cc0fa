//! One Rust type, two formats: written, read, and borrowed from the bytes.
//!
//! ```text
//! cargo run -p canread --example derive
//! ```

#![expect(clippy::print_stdout, reason = "a program that shows something")]

use canread::{Record, Timestamp};

#[derive(Record, Debug, PartialEq)]
#[record(name = "shop.Order")]
struct Order<'a> {
    #[field(1)]
    id: i64,
    /// Borrowed: the text stays where it came in.
    #[field(2)]
    customer: &'a str,
    #[field(3)]
    lines: Vec<Line<'a>>,
    #[field(4)]
    at: Option<Timestamp>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "shop.Line")]
struct Line<'a> {
    #[field(1)]
    sku: &'a str,
    #[field(2)]
    quantity: u32,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let at = Some("2026-11-26T20:30:00Z".parse()?);
    let order = Order { id: 7, customer: "Ada", lines: vec![Line { sku: "M8", quantity: 40 }], at };

    let bytes = canread::protobuf::to_vec(&order)?;
    println!("Protobuf, {} bytes: {:?}", bytes.len(), canread::protobuf::from_slice::<Order<'_>>(&bytes)?);

    let bytes = canread::avro::to_vec(&order)?;
    println!("Avro, {} bytes: {:?}", bytes.len(), canread::avro::from_slice::<Order<'_>>(&bytes)?);

    // Bytes from outside never do more than say what is wrong, and where.
    let error = canread::protobuf::from_slice::<Order<'_>>(b"\x1a\x04\x0a\x02M").expect_err("it is cut off");
    println!("cut off: {error}");
    Ok(())
}
