use canread_derive::CoreRecord as Record;

#[derive(Record)]
#[record(name = "shop.Order", name = "shop.Purchase")]
struct NameOfType {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
#[record(alias = "shop.Order", alias = "shop.Order")]
struct AliasOfType {
    #[field(1)]
    id: i64,
}

#[derive(Record)]
struct Fields {
    #[field(1, 2)]
    two_numbers: i64,
    #[field(3, name = "x", name = "y")]
    two_names: i64,
    #[field(4, default = 1, default = 2)]
    two_defaults: i64,
    #[field(5, alias = "x", alias = "x")]
    one_alias_twice: i64,
    #[field(6, alias = "its_name")]
    its_name: i64,
    #[field(7, protobuf(fixed), protobuf(name = "x"))]
    two_groups: i64,
    #[field(8, avro(name = "x"), avro(name = "y"))]
    two_groups_of_avro: i64,
    #[field(9, protobuf(number = 10, number = 11))]
    two_numbers_of_protobuf: i64,
    #[field(12, avro(name = "x", name = "y"))]
    two_names_of_avro: i64,
    #[field(13, protobuf(zigzag, zigzag))]
    one_form_twice: i64,
    #[field(14)]
    #[field(15)]
    two_attributes: i64,
    #[field(16, avro(type_alias = "X", type_alias = "X"))]
    one_type_alias_twice: [u8; 4],
    #[field(17, avro(type_alias = "X", type_name = "X"))]
    its_type_name: [u8; 4],
}

#[derive(Record)]
enum Branches {
    #[field(1, 2)]
    TwoNumbers(i64),
    #[field(3, name = "x", name = "y")]
    TwoNames(i64),
}

#[derive(Record)]
enum Symbols {
    #[symbol(0, 1)]
    TwoNumbers,
    #[symbol(2, name = "X", name = "Y")]
    TwoNames,
    #[symbol(3, default, default)]
    TwoDefaults,
    #[symbol(4, alias = "X", alias = "X")]
    OneAliasTwice,
}

fn main() {}
