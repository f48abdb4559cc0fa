use canread_derive::CoreRecord as Record;

#[derive(Record)]
#[record(title = "Order")]
struct Order {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
struct Line {
    #[field(1, rename = "x")]
    id: i64,
    #[field(2, protobuf(varint))]
    number: i32,
    #[field(3, avro(number = 3))]
    text: String,
}

#[derive(Record)]
enum State {
    #[symbol(0, rename = "x")]
    Open,
}

fn main() {}
