use std::collections::BTreeMap;

use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(union)]
    list: Vec<Payment>,
}

#[derive(Record)]
struct ByName {
    #[field(union)]
    map: BTreeMap<String, Payment>,
}

#[derive(Record)]
struct Plain<'a> {
    #[field(union)]
    text: Option<&'a str>,
}

#[derive(Record)]
struct Generic<T> {
    #[field(union)]
    union: T,
}

#[derive(Record)]
struct GenericElsewhere<T> {
    #[field(union)]
    union: Vec<Payment>,
    #[field(2)]
    value: T,
}

#[derive(Record)]
enum Payment {
    #[field(1)]
    Card(String),
}

fn encode<T: canread_record::Encode>() {}

fn main() {
    encode::<Generic<Option<Box<Payment>>>>();
    encode::<Generic<Vec<Payment>>>();
}
