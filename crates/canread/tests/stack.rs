//! How much stack a deep record takes. Without optimization, where each value that a function handles has a place of its own, it must
//! not be the number of fields that says it: `cargo xtask test --full --only unoptimized`.

use canread::{Decoder, Format, Limits, avro, protobuf};

/// A quarter of what Rust gives a thread.
const STACK_BYTES: usize = 512 * 1024;

macro_rules! many {
    ($module:ident, $sort:ty; $($number:literal $integer:ident, $next:literal $text:ident, $last:literal $list:ident;)*) => {
        mod $module {
            use std::collections::BTreeMap;

            use canread::Record;

            #[derive(Record, Debug, PartialEq, Clone)]
            #[record(name = "Choice")]
            pub(super) enum Choice {
                #[field(30)]
                Many(Box<Many>),
                #[field(31)]
                Text(String),
                #[field(32)]
                Number(i64),
            }

            /// A type of many fields that holds itself in each way.
            #[derive(Record, Debug, PartialEq, Clone)]
            #[record(name = "Many")]
            pub(super) struct Many {
                #[field(1)]
                pub(super) one: Option<Box<Many>>,
                #[field(2)]
                pub(super) list: Vec<Many>,
                #[field(3)]
                pub(super) map: BTreeMap<String, Many>,
                #[field(union)]
                pub(super) choice: Option<Choice>,
                #[field(4, protobuf(group))]
                pub(super) group: Option<Box<Many>>,
                /// Not the same in both types, so that no plan leaves a record as it is.
                #[field(5, default = 1)]
                pub(super) sort: $sort,
                $(
                    #[field($number)]
                    pub(super) $integer: i64,
                    #[field($next)]
                    pub(super) $text: Option<String>,
                    #[field($last)]
                    pub(super) $list: Vec<[u8; 16]>,
                )*
            }
        }
    };
    ($module:ident, $sort:ty) => {
        many! {
            $module, $sort;
            41 n1, 42 t1, 43 l1; 51 n2, 52 t2, 53 l2; 61 n3, 62 t3, 63 l3; 71 n4, 72 t4, 73 l4; 81 n5, 82 t5, 83 l5;
            91 n6, 92 t6, 93 l6; 101 n7, 102 t7, 103 l7; 111 n8, 112 t8, 113 l8; 121 n9, 122 t9, 123 l9; 131 n10, 132 t10, 133 l10;
        }
    };
}

many!(older, i32);
many!(newer, i64);

use older::{Choice, Many};

fn empty() -> Many {
    protobuf::from_slice(&[]).expect("nothing is there")
}

/// A record of so many levels, each in the one before it as `put` says.
fn deep(levels: u32, put: Put) -> Many {
    let mut whole = empty();
    for _ in 0..levels {
        let inner = std::mem::replace(&mut whole, empty());
        put(&mut whole, inner);
    }
    whole
}

/// Puts a record into another.
type Put = fn(&mut Many, Many);

fn on_a_small_stack(work: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(work).expect("a thread");
    thread.join().expect("no panic");
}

#[test]
fn deep_records_of_many_fields_need_little_stack() {
    // Each of the last two is a level of its own.
    let levels = Limits::strict().levels_max() - 1;
    let ways: [(u32, Put); 5] = [
        (levels, |outer, inner| outer.one = Some(Box::new(inner))),
        (levels, |outer, inner| outer.list.push(inner)),
        (levels, |outer, inner| outer.group = Some(Box::new(inner))),
        (levels / 2, |outer, inner| drop(outer.map.insert("k".to_owned(), inner))),
        (levels / 2, |outer, inner| outer.choice = Some(Choice::Many(Box::new(inner)))),
    ];
    for (levels, way) in ways {
        on_a_small_stack(move || {
            let value = deep(levels, way);
            let bytes = protobuf::to_vec(&value).expect("not too deep");
            let read: Many = protobuf::from_slice(&bytes).expect("our own bytes");
            assert!(protobuf::to_vec(&read).expect("not too deep") == bytes);
            let decoder =
                Decoder::<newer::Many>::new(Format::Protobuf, &protobuf::schema_of::<Many>()).expect("a plan");
            decoder.from_slice(&bytes).expect("what the older type wrote");
            let bytes = avro::to_vec(&value).expect("not too deep");
            let read: Many = avro::from_slice(&bytes).expect("our own bytes");
            assert!(avro::to_vec(&read).expect("not too deep") == bytes);
            let decoder = Decoder::<newer::Many>::new(Format::Avro, &avro::schema_of::<Many>()).expect("a plan");
            decoder.from_slice(&bytes).expect("what the older type wrote");
        });
    }
}
