//! Records and fields that are renamed, with a `fixed` and entries of maps in them: what the type was before wrote data that the schema
//! of what it is now reads, by its aliases alone.

use std::collections::BTreeMap;
use std::fmt::Debug;

use canread_avro::codec::{self, Decoder, value};
use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Plan};
use canread_record::{CalendarDuration, Decimal, Decode, DecodeFields, EncodeFields, Shaped, Uuid};

use crate::hexadecimal;

use super::sorts::{layout, schema};

type Keyed = BTreeMap<i32, [u8; 2]>;

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "shop.Event")]
struct Before {
    #[field(1)]
    key: [u8; 4],
    #[field(2, avro(fixed))]
    prices: BTreeMap<String, Decimal<9, 2>>,
    #[field(3, avro(fixed))]
    id: Option<Uuid>,
    #[field(4)]
    every: Vec<CalendarDuration>,
    #[field(5)]
    keyed: Keyed,
}

/// The record has another name and namespace.
#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "store.v2.Happening", alias = "Occasion", alias = "shop.Event")]
struct Record2 {
    #[field(1)]
    key: [u8; 4],
    #[field(2, avro(fixed))]
    prices: BTreeMap<String, Decimal<9, 2>>,
    #[field(3, avro(fixed))]
    id: Option<Uuid>,
    #[field(4)]
    every: Vec<CalendarDuration>,
    #[field(5)]
    keyed: Keyed,
}

/// The fields have other names.
#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "shop.Event")]
struct Fields2 {
    #[field(1, alias = "key")]
    digest: [u8; 4],
    #[field(2, avro(fixed), alias = "prices")]
    by_shop: BTreeMap<String, Decimal<9, 2>>,
    #[field(3, avro(fixed, name = "number"), alias = "id")]
    id: Option<Uuid>,
    #[field(4, alias = "every")]
    each: Vec<CalendarDuration>,
    #[field(5, alias = "keyed")]
    numbered: Keyed,
}

/// All have other names, and some `fixed` say theirs.
#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "store.v2.Happening", alias = "shop.Event")]
struct All2 {
    #[field(1, alias = "key", avro(type_name = "Key", type_alias = "KeyOfOld", type_alias = "shop.EventKeyFixed"))]
    digest: [u8; 4],
    #[field(2, avro(fixed), alias = "prices")]
    by_shop: BTreeMap<String, Decimal<9, 2>>,
    #[field(3, avro(fixed, type_name = "shop.Number", type_alias = "EventIdFixed"), alias = "id")]
    number: Option<Uuid>,
    #[field(4, alias = "every")]
    each: Vec<CalendarDuration>,
    #[field(5, alias = "keyed")]
    numbered: Keyed,
}

fn before(id: Option<Uuid>) -> Before {
    Before {
        key: *b"\x00\x01\xfe\xff",
        prices: [("a".to_owned(), Decimal::MIN), ("b".to_owned(), Decimal::MAX)].into(),
        id,
        every: vec![CalendarDuration { months: 1, days: 2, millis: 3 }],
        keyed: [(-1, [7, 8])].into(),
    }
}

/// Data of the former type as the later one, with a question to others about it.
fn read_as<T>(name: &str) -> String
where
    T: Debug + PartialEq + Shaped + for<'de> Decode<'de> + for<'de> DecodeFields<'de> + EncodeFields,
{
    let (old, new) = (codec::schema_text::<Before>(), codec::schema_text::<T>());
    let (writer, reader) = (schema(&old), schema(&new));
    let plan = Plan::resolve(layout(&writer), layout(&reader)).expect("a record of another name");
    assert_eq!(plan.mismatches(), [], "{name}");
    let decoder = Decoder::<T>::new(&writer).expect("a record of another name");
    assert_eq!(decoder.plan().mismatches(), [], "{name}");
    let mut values = Vec::new();
    for id in [None, Some(Uuid([9; 16]))] {
        let bytes = codec::to_vec(&before(id)).expect("a record");
        let arena = Arena::new();
        let read = value::resolve_slice(&plan, &bytes, &arena).expect("data of before");
        let again = value::to_vec(plan.reader(), &read).expect("a value of the reader");
        // Nothing but names has changed.
        assert_eq!(hexadecimal(&again), hexadecimal(&bytes), "{name}");
        let typed = decoder.from_slice(&bytes).expect("data of before");
        assert_eq!(codec::to_vec(&typed), Ok(again), "{name}");
        values.push(serde_json::json!([hexadecimal(&bytes), hexadecimal(&bytes), null]));
    }
    serde_json::json!({"id": name, "schema": old, "reader": new, "values": values}).to_string()
}

#[test]
fn what_was_written_under_former_names_is_read_by_the_schema_of_the_type() {
    let questions = [read_as::<Record2>("record"), read_as::<Fields2>("fields"), read_as::<All2>("all")];
    if let Some(mut command) = canread_testing::oracle("avro_interop.py") {
        let answers = canread_testing::ask(&mut command, &questions, &[0]);
        let wrong: Vec<&str> = answers.lines().filter(|line| line.contains("\"why\"")).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
