//! Protobuf: prost reads what we write, and we read what it writes.

#[path = "../../tests/interop/random.rs"]
mod random;
#[path = "../../tests/interop/protobuf/values.rs"]
mod values;

use canread_peer_tests::{SCHEMAS, read_and_write, schema};
use canread_plan::{Arena, Layout};
use canread_protobuf::codec::value;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;
use canread_wire::{DecodeErrorKind, Unreadable};

use self::random::Random;
use self::values::Fields;

/// Messages of all schemas together; `CANREAD_INPUTS=1000000` asks for as many.
const VALUES: usize = 100_000;

fn layout(number: usize) -> Layout {
    let mut sources = Sources::default();
    let file = sources.add("schema.proto", "test", schema(number).into_bytes());
    let linked = read(&[("schema.proto", file)], &sources, &LinkOptions::default());
    let root = linked.schema.find(&format!("p{number}.M")).expect("there is a message M");
    Layout::of(&linked.schema, root).expect("it has a layout")
}

#[test]
fn prost_reads_the_same_values_and_writes_the_same_bytes() {
    let count = canread_testing::inputs(VALUES, VALUES).div_ceil(SCHEMAS);
    let (mut equal, mut lacking) = (0, 0);
    for number in 0..SCHEMAS {
        let layout = layout(number);
        let mut random = Random::new(number as u64 + 1);
        for _ in 0..count {
            let arena = Arena::new();
            let made = values::value(&layout, Fields::Declared, &mut random, &arena);
            let bytes = value::to_vec(&layout, &made).expect("a value of the layout");
            let again = read_and_write(number, &bytes).unwrap_or_else(|error| panic!("{error}\n{}", schema(number)));
            equal += usize::from(again == bytes);
            // prost writes members of a oneof where its first one stands, and leaves zeros out of the entries of maps.
            let read = match value::from_slice(&layout, &again, &arena) {
                Ok(read) => read,
                // A message in a map whose fields are all zero is left out with its required ones.
                Err(error) if error.kind() == DecodeErrorKind::Unreadable(Unreadable::MissingField) => {
                    lacking += 1;
                    continue;
                }
                Err(error) => panic!("{error}\n{}", schema(number)),
            };
            assert!(read == made, "{}\n{bytes:02x?}\n{again:02x?}", schema(number));
        }
    }
    let values = SCHEMAS * count;
    println!(
        "{SCHEMAS} schemas, {values} values, {equal} equal to the byte; prost left out required fields of {lacking}"
    );
    assert!(equal > values / 2, "few of the same bytes: {equal}");
    assert!((1..values / 100).contains(&lacking), "{lacking}");
}
