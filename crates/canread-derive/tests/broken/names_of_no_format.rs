use canread_derive::CoreRecord as Record;

#[derive(Record)]
#[record(name = "not a name")]
struct Spaces {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
#[record(name = "shop..Order")]
struct Dots {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
#[record(alias = "shop.1Order")]
struct Alias {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
#[record(name = "shop.int")]
struct Primitive {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
struct Größe {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
struct Fields {
    #[field(1, name = "")]
    empty: i64,
    #[field(2, name = "1x-y")]
    digit: i64,
    #[field(3, name = "shop.id")]
    dot: i64,
    #[field(4)]
    größe: i64,
    #[field(5, alias = "x y")]
    alias: i64,
    #[field(6, protobuf(name = "x-y"))]
    of_protobuf: i64,
    #[field(7, avro(name = "x-y"))]
    of_avro: i64,
    #[field(8, avro(type_name = "shop.bytes"))]
    type_name: [u8; 4],
    #[field(9, name = "größe", avro(name = "size"))]
    used_by_protobuf: i64,
    #[field(10, avro(type_alias = "shop.1"))]
    type_alias: [u8; 4],
}

#[derive(Record)]
enum Branches {
    #[field(1, name = "a b")]
    Card(String),
    #[field(2)]
    Größe(i64),
}

#[derive(Record)]
enum Symbols {
    #[symbol(0, name = "a-b")]
    Open,
    #[symbol(1, alias = "")]
    Sent,
    #[symbol(2)]
    Größe,
}

fn main() {}
