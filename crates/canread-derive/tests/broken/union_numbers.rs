use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct BesideField {
    #[field(1)]
    id: i64,
    #[field(union)]
    payment: Option<Payment>,
}

#[derive(Record)]
struct BesideUnion<'a> {
    #[field(7)]
    text: &'a str,
    #[field(8)]
    parent: Option<Box<Self>>,
    #[field(union)]
    payment: Option<Payment>,
    #[field(union)]
    second: Box<Payment>,
}

#[derive(Record)]
struct BesideName {
    #[field(7)]
    card: i64,
    #[field(union)]
    payment: Option<Payment>,
}

#[derive(Record)]
enum Payment {
    #[field(1)]
    Card(String),
    #[field(2)]
    Cash(i64),
}

fn main() {}
