use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(1)]
    id: i64,
    #[field(1)]
    note: String,
    #[field(2, protobuf(number = 1))]
    other: String,
}

fn main() {}
