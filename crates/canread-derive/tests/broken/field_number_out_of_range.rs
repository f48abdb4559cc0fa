use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(0)]
    id: i64,
    #[field(19500)]
    note: String,
    #[field(1, protobuf(number = 536870912))]
    other: String,
    #[field(-1)]
    negative: i64,
    #[field("2")]
    text: i64,
}

#[derive(Record)]
enum State {
    #[symbol(2147483648)]
    Open,
    #[symbol(99999999999999999999)]
    Sent,
}

fn main() {}
