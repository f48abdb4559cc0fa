use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(0)]
    id: i64,
    #[field(19500)]
    note: String,
    #[field(1, protobuf(number = 536870912))]
    other: String,
}

fn main() {}
