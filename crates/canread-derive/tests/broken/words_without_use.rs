use std::collections::BTreeMap;

use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order<'a> {
    #[field(1, protobuf(zigzag))]
    unsigned: u32,
    #[field(2, protobuf(fixed))]
    text: &'a str,
    #[field(3, protobuf(unpacked))]
    single: i32,
    #[field(4, protobuf(unpacked))]
    texts: Vec<&'a str>,
    #[field(5, protobuf(key_fixed))]
    no_map: i64,
    #[field(6, protobuf(key_zigzag))]
    unsigned_keys: BTreeMap<u32, i32>,
    #[field(7, avro(type_name = "Id"))]
    no_fixed: i64,
    #[field(8, protobuf(millis))]
    no_time_in_protobuf: i64,
    #[field(9, avro(days), protobuf(seconds))]
    no_days: canread_record::Timestamp,
    #[field(10, protobuf(group))]
    no_record: Option<Box<str>>,
    #[field(11, avro(type_alias = "Id"))]
    no_fixed_before: BTreeMap<i32, i64>,
}

fn main() {}
