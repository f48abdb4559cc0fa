use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(1, protobuf(group))]
    number: Payment,
    #[field(union, protobuf(group))]
    oneof: Payment,
}

#[derive(Record)]
struct Line {
    #[field(1, protobuf(group))]
    payment: Payment,
}

#[derive(Record)]
enum Payment {
    #[field(4)]
    Card(String),
    #[field(5)]
    Cash(i64),
}

fn main() {}
