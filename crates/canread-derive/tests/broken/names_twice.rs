use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Fields {
    #[field(1)]
    id: i64,
    #[field(2, name = "id")]
    other: i64,
    #[field(3, protobuf(name = "id"))]
    of_protobuf: i64,
    #[field(4, avro(name = "id"))]
    of_avro: i64,
    #[field(union, name = "other")]
    payment: Option<Payment>,
}

#[derive(Record)]
enum Payment {
    #[field(5)]
    Card(String),
    #[field(6, name = "card")]
    Credit(String),
}

#[derive(Record)]
enum Symbols {
    #[symbol(0)]
    Open,
    #[symbol(1, name = "Open")]
    Opened,
}

fn main() {}
