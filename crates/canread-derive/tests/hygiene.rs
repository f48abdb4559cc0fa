//! What the derive writes meets no name of the user's: it says where each of its own is.

#![allow(dead_code, reason = "types that are there to be compiled")]

/// Variants that stand where the standard library's do.
mod variants {
    use Status::*;
    use canread::Record;

    #[derive(Record, Debug, PartialEq, Clone, Copy)]
    pub(super) enum Status {
        #[symbol(0)]
        Ok,
        #[symbol(1)]
        Err,
        #[symbol(2)]
        None,
        #[symbol(3)]
        Some,
        #[symbol(other)]
        Other(i32),
    }

    #[derive(Record, Debug, PartialEq)]
    pub(super) struct Answer {
        #[field(1)]
        pub(super) status: Status,
        #[field(2, default = None)]
        pub(super) before: Status,
        #[field(union)]
        pub(super) value: core::option::Option<Value>,
        #[field(skip, default = Err)]
        pub(super) skipped: Status,
    }

    #[derive(Record, Debug, PartialEq)]
    pub(super) enum Value {
        #[field(3)]
        Some(Status),
        #[field(4)]
        None(i64),
    }

    pub(super) const ANSWERS: [Status; 2] = [Ok, Some];
}

#[test]
fn variants_may_be_called_like_those_of_the_standard_library() {
    use variants::{ANSWERS, Answer, Status, Value};
    for status in ANSWERS {
        let value = Some(Value::Some(Status::Err));
        let answer = Answer { status, before: Status::Ok, value, skipped: Status::Err };
        let bytes = canread::protobuf::to_vec(&answer).expect("is written");
        assert_eq!(canread::protobuf::from_slice::<Answer>(&bytes).expect("is read"), answer);
        let bytes = canread::avro::to_vec(&answer).expect("is written");
        assert_eq!(canread::avro::from_slice::<Answer>(&bytes).expect("is read"), answer);
    }
    let absent = canread::protobuf::from_slice::<Answer>(&[]).expect("is read");
    assert_eq!((absent.status, absent.before), (Status::Ok, Status::None));
}

/// Types that are called like what the derive needs.
mod types {
    macro_rules! records {
        ($($name:ident)*) => {$(
            #[derive(::canread::Record, ::core::fmt::Debug, ::core::cmp::PartialEq)]
            pub(super) struct $name {
                #[field(1)]
                pub(super) a: i32,
            }
        )*};
    }

    records!(Encode Decode Shaped Field FieldMeta Field0 Field1 Format Shape Reader Writer Step Budget);
    records!(Option Vec String Box Result Default Some Ok From Into Record Present ListItem Branches);

    #[derive(::canread::Record, Debug, PartialEq)]
    pub(super) enum None {
        #[field(7)]
        Encode(Encode),
        #[field(8)]
        Some(::std::boxed::Box<Decode>),
    }

    #[derive(::canread::Record, Debug, PartialEq)]
    pub(super) enum Err {
        #[symbol(0)]
        Some,
        #[symbol(other)]
        None(i32),
    }

    #[derive(::canread::Record, Debug, PartialEq)]
    pub(super) struct All {
        #[field(1)]
        pub(super) reader: Encode,
        #[field(2)]
        pub(super) writer: Decode,
        #[field(3)]
        pub(super) into: Option,
        #[field(4, default = String { a: 3 })]
        pub(super) format: String,
        #[field(5)]
        pub(super) self_: ::std::vec::Vec<Field0>,
        #[field(6)]
        pub(super) r#type: ::core::option::Option<::std::boxed::Box<All>>,
        #[field(union)]
        pub(super) value: ::core::option::Option<None>,
        #[field(9)]
        pub(super) id: Err,
        #[field(10)]
        pub(super) budget: Default,
        #[field(11, protobuf(zigzag))]
        pub(super) meta: i64,
        #[field(skip)]
        pub(super) shape: (),
    }

    impl ::core::default::Default for All {
        fn default() -> Self {
            Self {
                reader: Encode { a: 1 },
                writer: Decode { a: 2 },
                into: Option { a: 3 },
                format: String { a: 4 },
                self_: ::std::vec![Field0 { a: 5 }],
                r#type: ::core::option::Option::None,
                value: ::core::option::Option::Some(None::Encode(Encode { a: 6 })),
                id: Err::None(7),
                budget: Default { a: 8 },
                meta: -9,
                shape: (),
            }
        }
    }
}

#[test]
fn types_may_be_called_like_what_the_derive_needs() {
    let all = types::All { r#type: Some(Box::default()), ..types::All::default() };
    let bytes = canread::protobuf::to_vec(&all).expect("is written");
    assert_eq!(canread::protobuf::from_slice::<types::All>(&bytes).expect("is read"), all);
}

/// Parameters, constants and traits with the names of parameters and methods.
#[allow(non_upper_case_globals, reason = "what a parameter of that name would be taken for")]
mod parameters {
    use canread::Record;

    mod constants {
        pub(super) const reader: i32 = 1;
        pub(super) const value: i32 = 2;
        pub(super) const format: i32 = 3;
        pub(super) static id: i32 = 4;
        pub(super) static number: i32 = 5;
        pub(super) static budget: i32 = 6;
    }
    use constants::*;

    /// A method of each name that the derive calls.
    pub(super) trait Everywhere: Sized {
        fn field(self) {}
        fn field_by_id(self) {}
        fn record(self) {}
        fn union(self) {}
        fn symbol(self) {}
        fn accepts(self) {}
        fn allocate(self) {}
        fn budget(self) {}
        fn encode(self) {}
        fn decode(self) {}
        fn has_form(self) {}
        fn has_default_in(self) {}
        fn unknown(self) {}
    }

    impl<T> Everywhere for T {}

    #[derive(Record, Debug, PartialEq)]
    pub(super) struct Generic<'de, 'a, __W, __R, __F, Encode, const writer: usize> {
        #[field(1)]
        pub(super) text: &'de str,
        #[field(2)]
        pub(super) bytes: &'a [u8],
        #[field(3)]
        pub(super) a: __W,
        #[field(4)]
        pub(super) b: Vec<__R>,
        #[field(5)]
        pub(super) c: Option<__F>,
        #[field(6)]
        pub(super) d: Encode,
        #[field(7)]
        pub(super) e: [u8; writer],
        #[field(8, default = format + reader, protobuf(fixed))]
        pub(super) f: i32,
        #[field(union)]
        pub(super) g: Option<Choice<__W>>,
        #[field(11)]
        pub(super) h: Symbol,
        #[field(unknown)]
        pub(super) unknown: canread::Unknown,
    }

    #[derive(Record, Debug, PartialEq)]
    pub(super) enum Choice<__R> {
        #[field(9)]
        One(__R),
        #[field(10)]
        Two(Box<i64>),
    }

    #[derive(Record, Debug, PartialEq)]
    pub(super) enum Symbol {
        #[symbol(0)]
        Zero,
        #[symbol(other)]
        Number(i32),
    }
}

#[test]
fn parameters_and_constants_may_have_any_name() {
    use parameters::{Choice, Generic, Symbol};
    let generic = Generic::<'_, '_, i32, u32, bool, String, 2> {
        text: "text",
        bytes: b"bytes",
        a: 1,
        b: vec![2],
        c: Some(false),
        d: "d".to_owned(),
        e: [1, 2],
        f: 0,
        g: Some(Choice::Two(Box::new(3))),
        h: Symbol::Number(4),
        unknown: canread::Unknown::default(),
    };
    let bytes = canread::protobuf::to_vec(&generic).expect("is written");
    assert_eq!(canread::protobuf::from_slice(&bytes), Ok(generic));
    let absent = canread::protobuf::from_slice::<Generic<'_, '_, i32, u32, bool, String, 2>>(&[]);
    assert_eq!(absent.map(|absent| absent.f), Ok(4));
}

/// Nothing is there that the module does not ask for.
mod bare {
    #![no_implicit_prelude]

    #[derive(::canread::Record)]
    #[record(name = "shop.Order")]
    pub(super) struct Order<'a, T> {
        #[field(1, protobuf(fixed))]
        pub(super) id: i64,
        #[field(2, default = "none")]
        pub(super) note: &'a str,
        #[field(3)]
        pub(super) lines: ::std::vec::Vec<T>,
        #[field(union)]
        pub(super) payment: ::core::option::Option<Payment>,
        #[field(6)]
        pub(super) state: State,
        #[field(skip)]
        pub(super) cached: usize,
        #[field(unknown)]
        pub(super) unknown: ::canread::Unknown,
    }

    #[derive(::canread_derive::CoreRecord)]
    pub(super) enum Payment {
        #[field(4)]
        Card(::std::string::String),
        #[field(5)]
        Cash(i64),
    }

    #[derive(::canread_derive::Record)]
    #[record(crate = super::hub::cr)]
    pub(super) enum State {
        #[symbol(0)]
        Open,
        #[symbol(other)]
        Other(i32),
    }
}

mod hub {
    pub(crate) mod cr {
        pub(crate) use canread::record;
    }
}

#[test]
fn nothing_is_taken_from_the_prelude() {
    let order = bare::Order {
        id: 7,
        note: "note",
        lines: vec![1_i32, 2],
        payment: Some(bare::Payment::Cash(8)),
        state: bare::State::Other(3),
        cached: 0,
        unknown: canread::Unknown::default(),
    };
    let bytes = canread::protobuf::to_vec(&order).expect("is written");
    let read: bare::Order<'_, i32> = canread::protobuf::from_slice(&bytes).expect("is read");
    assert_eq!((read.id, read.note, read.lines), (7, "note", vec![1, 2]));
    assert!(matches!((read.payment, read.state), (Some(bare::Payment::Cash(8)), bare::State::Other(3))));
}
