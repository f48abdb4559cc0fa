use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Fields {
    #[field(union, unknown)]
    two_roles: i64,
    #[field(union, 1)]
    union_with_number: i64,
    #[field(2, skip)]
    number_of_nothing: i64,
    #[field(skip, default = 7, name = "x")]
    name_of_nothing: i64,
    #[field(unknown, alias = "x")]
    unknown_with_alias: i64,
    #[field(3, protobuf(fixed, zigzag))]
    two_forms: i64,
    #[field(4, protobuf(text, bytes))]
    two_ways: i64,
    #[field(5, protobuf(key_zigzag, key_fixed))]
    two_forms_of_keys: i64,
    #[field(6, avro(fixed = 4, millis))]
    two_ways_of_avro: i64,
    #[field(7, avro(fixed = 0))]
    nothing_fixed: i64,
}

#[derive(Record)]
#[record(alias = "Pay")]
enum Union {
    #[field(1)]
    Card(String),
}

#[derive(Record)]
enum Branches {
    #[field(1, alias = "Credit")]
    Card(String),
    #[field(2, default = 3)]
    Cash(i64),
}

#[derive(Record)]
enum Symbols {
    #[symbol(0)]
    Open,
    #[symbol(other, name = "X")]
    Other(i32),
    #[symbol(1, other)]
    NumberOfOther(i32),
}

fn main() {}
