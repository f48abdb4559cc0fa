//! The schema that a type is, as text.

use std::collections::BTreeMap;

use canread_avro::codec::{Decoder, DecoderError, schema_of, schema_text};
use canread_avro::schema::{LinkOptions, read};
use canread_derive::CoreRecord as Record;
use canread_model::{DeclKind, LogicalKind};
use canread_record::{Date, Decimal, Entries, Uuid};
use canread_syntax::Sources;

#[derive(Record, Debug, Clone, Copy, PartialEq)]
enum State {
    #[symbol(0)]
    Open,
    #[symbol(1)]
    Paid,
}

#[derive(Record, Debug, Clone, PartialEq)]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2, default = 1)]
    quantity: i32,
}

#[derive(Record, Debug, Clone, PartialEq)]
enum Payment {
    #[field(1)]
    Card(String),
    #[field(2)]
    Cash(Decimal<9, 2>),
}

#[derive(Record, Debug, Clone, PartialEq)]
#[record(name = "shop.Order", alias = "Purchase")]
struct Order<'a> {
    #[field(1, default = -7)]
    id: i64,
    #[field(2, alias = "remark", default = "none")]
    note: &'a str,
    #[field(3, default = State::Paid)]
    state: State,
    #[field(4, default = vec![Line { sku: "x".to_owned(), quantity: 2 }])]
    lines: Vec<Line>,
    #[field(5)]
    perhaps: Option<i32>,
    #[field(6, default = Payment::Card("c".to_owned()))]
    payment: Payment,
    #[field(7, default = Payment::Cash(Decimal::MAX))]
    second_branch: Payment,
    #[field(8, default = *b"\x00\xff")]
    digest: [u8; 2],
    #[field(9, default = Date::MAX)]
    day: Date,
    #[field(10, default = Decimal::MIN)]
    price: Decimal<5, 2>,
    #[field(11)]
    by_number: Entries<i32, f32>,
    #[field(12, default = Some(true))]
    truth: Option<bool>,
}

#[test]
fn its_text_has_names_defaults_and_logical_types_and_is_read_as_the_same_schema() {
    let text = schema_text::<Order<'_>>();
    let mut sources = Sources::default();
    let file = sources.add("order.avsc", "test", text.clone().into_bytes());
    let linked = read(&[("order.avsc", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}\n{text}", linked.diagnostics);
    let own = schema_of::<Order<'_>>();
    let printed = |schema: &canread_model::Schema| {
        let (module, _) = schema.modules().next().expect("one file");
        canread_avro::schema::print::module(schema, module)
    };
    assert_eq!(printed(&linked.schema), printed(&own));
    assert_eq!(text, include_str!("own_schema.avsc"));
}

#[test]
fn fields_of_a_generic_type_have_their_defaults_where_no_parameter_is_in_their_types() {
    #[derive(Record)]
    #[record(name = "R")]
    struct Generic<T> {
        #[field(1)]
        any: T,
        #[field(2, default = 7)]
        number: i32,
    }
    let text = schema_text::<Generic<String>>();
    assert!(text.contains("\"default\": 7"), "{text}");
}

/// A type that another part of a program declares under the same name, and reads otherwise.
mod elsewhere {
    use canread_derive::CoreRecord as Record;

    #[derive(Record)]
    #[record(name = "Size")]
    pub(super) enum Size {
        #[symbol(0)]
        Small,
        #[symbol(1, default)]
        Large,
    }

    #[derive(Record)]
    #[record(name = "Line")]
    pub(super) struct Line {
        #[field(1, alias = "sku")]
        pub(super) article: String,
    }
}

#[test]
fn types_of_one_name_that_a_reader_takes_otherwise_are_two() {
    #[derive(Record)]
    enum Size {
        #[symbol(0, default)]
        Small,
        #[symbol(1)]
        Large,
    }
    #[derive(Record)]
    struct Line {
        #[field(1)]
        article: String,
    }
    #[derive(Record)]
    struct Sizes {
        #[field(1)]
        here: Size,
        #[field(2)]
        there: elsewhere::Size,
    }
    #[derive(Record)]
    struct Lines {
        #[field(1)]
        here: Line,
        #[field(2)]
        there: elsewhere::Line,
    }
    let count = |schema: &canread_model::Schema, name: &str| {
        schema.decls().filter(|(_, decl)| decl.name.as_deref() == Some(name)).count()
    };
    assert_eq!(count(&schema_of::<Sizes>(), "Size"), 2);
    assert_eq!(count(&schema_of::<Lines>(), "Line"), 2);
}

/// What is wrong with the text of a schema, as a reader of it says.
/// Two uses of a generic type that differ in nothing but what their numbers and bytes mean.
#[test]
fn types_of_one_name_whose_values_mean_something_else_are_two() {
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "r.P")]
    struct P<T> {
        #[field(1)]
        v: T,
    }
    #[derive(Record, Debug, PartialEq)]
    #[record(name = "r.X")]
    struct X<T, U> {
        #[field(1)]
        a: P<T>,
        #[field(2)]
        b: P<U>,
    }
    fn twice<T: canread_record::Shaped>() -> bool {
        faults(&schema_text::<T>()).iter().any(|fault| fault.contains("twice") || fault.contains("again"))
    }
    assert!(twice::<X<Decimal<9, 2>, Decimal<9, 4>>>());
    assert!(twice::<X<i64, canread_record::Timestamp>>());
    assert!(!twice::<X<Decimal<9, 2>, Decimal<9, 2>>>());
}

fn faults(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("own.avsc", "test", text.as_bytes().to_vec());
    let linked = read(&[("own.avsc", file)], &sources, &LinkOptions::default());
    linked.diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

/// The names of all `fixed` and entries of maps, and what the `fixed` are: size and scale.
fn made(schema: &canread_model::Schema) -> Vec<String> {
    let words = |decl: &canread_model::Decl| match &decl.kind {
        DeclKind::Fixed(fixed) => Some(match fixed.ty.as_logical().map(|logical| &logical.kind) {
            Some(LogicalKind::Decimal { scale, .. }) => format!("{} {} scale {scale}", decl.full_name, fixed.size),
            Some(_) => format!("{} {} logical", decl.full_name, fixed.size),
            None => format!("{} {}", decl.full_name, fixed.size),
        }),
        DeclKind::Record(_) if decl.full_name.contains("Entry") => Some(decl.full_name.to_string()),
        _ => None,
    };
    schema.decls().filter_map(|(_, decl)| words(decl)).collect()
}

#[test]
fn what_has_no_name_in_rust_has_the_field_s_in_it_and_is_declared_once_for_each_type() {
    #[derive(Record)]
    #[record(name = "p.R")]
    struct Maps {
        #[field(1, avro(fixed))]
        prices: BTreeMap<String, Decimal<9, 2>>,
        #[field(2, avro(fixed))]
        rates: BTreeMap<String, Decimal<9, 4>>,
        #[field(3)]
        keyed: BTreeMap<i32, BTreeMap<i32, [u8; 4]>>,
        #[field(4)]
        others: Vec<BTreeMap<i32, BTreeMap<i32, [u8; 8]>>>,
        #[field(5)]
        direct: [u8; 4],
    }
    assert_eq!(
        made(&schema_of::<Maps>()),
        [
            "p.RPricesValueFixed 4 scale 2",
            "p.RRatesValueFixed 4 scale 4",
            "p.RKeyedValueValueFixed 4",
            "p.RKeyedValueEntry",
            "p.RKeyedEntry",
            "p.ROthersValueValueFixed 8",
            "p.ROthersValueEntry",
            "p.ROthersEntry",
            "p.RDirectFixed 4",
        ]
    );
    assert_eq!(faults(&schema_text::<Maps>()), [""; 0]);
}

/// Two records whose fields have one name when they stand behind the records' own.
mod namesakes {
    use canread_derive::CoreRecord as Record;
    use canread_record::{Decimal, Uuid};

    #[derive(Record)]
    #[record(name = "a.Line")]
    pub(super) struct OfA {
        #[field(1, avro(fixed))]
        pub(super) x: Decimal<9, 2>,
    }

    #[derive(Record)]
    #[record(name = "b.Line")]
    pub(super) struct OfB {
        #[field(1, avro(fixed))]
        pub(super) x: Decimal<9, 4>,
    }

    #[derive(Record)]
    pub(super) struct A {
        #[field(1)]
        pub(super) b_c: [u8; 16],
    }

    #[derive(Record)]
    #[record(name = "AB")]
    pub(super) struct Ab {
        #[field(1, avro(fixed))]
        pub(super) c: Uuid,
        #[field(2)]
        pub(super) d: [u8; 2],
    }

    #[derive(Record)]
    #[record(name = "ABDFixed")]
    pub(super) struct Said {
        #[field(1)]
        pub(super) text: String,
    }
}

#[test]
fn names_that_are_made_stand_in_their_record_s_namespace_and_are_no_others() {
    #[derive(Record)]
    #[record(name = "p.All")]
    struct All {
        #[field(1)]
        of_a: namesakes::OfA,
        #[field(2)]
        of_b: namesakes::OfB,
        #[field(3)]
        first: namesakes::A,
        #[field(4)]
        second: namesakes::Ab,
        #[field(5)]
        said: namesakes::Said,
    }
    assert_eq!(
        made(&schema_of::<All>()),
        [
            "a.LineXFixed 4 scale 2",
            "b.LineXFixed 4 scale 4",
            "p.ABCFixed 16",
            "p.ABCFixed2 16 logical",
            "p.ABDFixed2 2",
        ]
    );
    assert_eq!(faults(&schema_text::<All>()), [""; 0]);
}

#[test]
fn a_union_that_stands_twice_declares_what_is_in_it_once() {
    #[derive(Record)]
    enum Inner {
        #[field(1)]
        Digest([u8; 4]),
        #[field(2)]
        Number(i64),
    }
    #[derive(Record)]
    enum Outer {
        #[field(1)]
        Keyed(BTreeMap<i32, Option<Inner>>),
        #[field(2)]
        Text(String),
    }
    #[derive(Record)]
    struct Twice {
        #[field(1)]
        one: Outer,
        #[field(2)]
        other: Option<Outer>,
    }
    assert_eq!(made(&schema_of::<Twice>()), ["InnerDigestFixed 4", "OuterKeyedEntry"]);
    assert_eq!(faults(&schema_text::<Twice>()), [""; 0]);
}

#[test]
fn two_fixed_that_say_one_name_are_one_if_they_mean_the_same_and_else_no_schema() {
    #[derive(Record)]
    struct Same {
        #[field(1, avro(fixed, type_name = "p.Money"))]
        one: Decimal<9, 2>,
        #[field(2, avro(fixed, type_name = "p.Money"))]
        other: Vec<Decimal<9, 2>>,
    }
    #[derive(Record)]
    struct Scales {
        #[field(1, avro(fixed, type_name = "p.Money"))]
        one: Decimal<9, 2>,
        #[field(2, avro(fixed, type_name = "p.Money"))]
        other: Decimal<9, 4>,
    }
    #[derive(Record)]
    struct Uuids {
        #[field(1, avro(type_name = "p.Id"))]
        one: [u8; 16],
        #[field(2, avro(fixed, type_name = "p.Id"))]
        other: Uuid,
    }
    assert_eq!(faults(&schema_text::<Same>()), [""; 0]);
    assert_eq!(faults(&schema_text::<Scales>()), ["`p.Money` is declared twice in this file"]);
    assert_eq!(faults(&schema_text::<Uuids>()), ["`p.Id` is declared twice in this file"]);
}

#[test]
fn a_default_that_a_long_has_no_room_for_is_in_no_schema() {
    #[derive(Record)]
    struct Large {
        #[field(1, default = u64::MAX)]
        most: u64,
        #[field(2, default = 7)]
        few: u64,
    }
    let text = schema_text::<Large>();
    assert_eq!(faults(&text), [""; 0]);
    assert!(!text.contains("18446744073709551615") && text.contains("\"default\": 7"), "{text}");
}

#[test]
fn a_union_holds_itself_through_a_record_and_not_without_one() {
    #[derive(Record)]
    enum Tree {
        #[field(11)]
        Leaf(bool),
        #[field(12)]
        Node(Box<Node>),
    }
    #[derive(Record)]
    struct Node {
        #[field(1)]
        left: Tree,
        #[field(2)]
        right: Option<Tree>,
    }
    #[derive(Record)]
    enum Endless {
        #[field(11)]
        End(bool),
        #[field(12)]
        More(Vec<Endless>),
        #[field(13)]
        Named(BTreeMap<String, Endless>),
    }
    #[derive(Record)]
    struct Holder {
        #[field(1)]
        endless: Endless,
    }
    assert_eq!(faults(&schema_text::<Node>()), [""; 0]);
    assert!(Decoder::<Node>::new(&schema_of::<Node>()).is_ok());
    assert!(matches!(Decoder::<Holder>::new(&schema_of::<Holder>()), Err(DecoderError::Layout(_))));
    assert_ne!(faults(&schema_text::<Holder>()), [""; 0]);
}

/// What a `fixed` or an entry of a map is called, and was.
fn names_of(schema: &canread_model::Schema) -> Vec<String> {
    let declared = schema.decls().map(|(_, decl)| decl);
    let declared = declared.filter(|decl| matches!(decl.kind, DeclKind::Fixed(_)) || decl.full_name.contains("Entry"));
    declared.map(|decl| format!("{}: {}", decl.full_name, decl.aliases.join(" "))).collect()
}

/// Source: Avro 1.12, "Aliases": one without a namespace is in that of the name that it is for.
#[test]
fn names_that_are_made_have_those_as_aliases_that_the_former_names_of_record_and_field_make() {
    #[derive(Record)]
    #[record(name = "p.R", alias = "Q", alias = "q.Q")]
    struct Renamed {
        #[field(1, alias = "hash", alias = "old_key")]
        key: [u8; 4],
        #[field(2, alias = "parts", avro(name = "pieces"))]
        parts_of: BTreeMap<i32, [u8; 2]>,
        #[field(3)]
        same: [u8; 8],
    }
    assert_eq!(
        names_of(&schema_of::<Renamed>()),
        [
            "p.RKeyFixed: p.RHashFixed p.ROldKeyFixed p.QKeyFixed p.QHashFixed p.QOldKeyFixed q.QKeyFixed q.QHashFixed q.QOldKeyFixed",
            "p.RPiecesValueFixed: p.RPartsValueFixed p.QPiecesValueFixed p.QPartsValueFixed q.QPiecesValueFixed q.QPartsValueFixed",
            "p.RPiecesEntry: p.RPartsEntry p.QPiecesEntry p.QPartsEntry q.QPiecesEntry q.QPartsEntry",
            "p.RSameFixed: p.QSameFixed q.QSameFixed",
        ]
    );
    assert_eq!(faults(&schema_text::<Renamed>()), [""; 0]);
}

#[test]
fn a_former_name_that_another_type_has_or_had_is_no_alias() {
    #[derive(Record)]
    #[record(name = "p.RHashFixed")]
    struct OfThatName {
        #[field(1)]
        text: String,
    }
    #[derive(Record)]
    #[record(name = "p.R")]
    struct Renamed {
        #[field(1, alias = "value")]
        key: [u8; 4],
        #[field(2, default = [0; 8])]
        value: [u8; 8],
        #[field(3, alias = "hash")]
        digest: [u8; 2],
        #[field(4)]
        other: OfThatName,
        #[field(5, alias = "a_b")]
        one: [u8; 4],
        #[field(6, alias = "aB")]
        two: [u8; 5],
    }
    assert_eq!(
        names_of(&schema_of::<Renamed>()),
        ["p.RKeyFixed: ", "p.RValueFixed: ", "p.RDigestFixed: ", "p.ROneFixed: p.RABFixed", "p.RTwoFixed: "]
    );
    assert_eq!(faults(&schema_text::<Renamed>()), ["the alias `value` is the name of another field"]);
}

#[test]
fn a_fixed_has_the_former_names_that_its_fields_say() {
    #[derive(Record)]
    enum Key {
        #[field(1, avro(type_alias = "ChoiceShortFixed"))]
        Short([u8; 4]),
        #[field(2)]
        Text(String),
    }
    #[derive(Record)]
    #[record(name = "p.R", alias = "Q")]
    struct Said {
        #[field(1, avro(type_name = "s.Digest", type_alias = "Hash"))]
        one: [u8; 8],
        #[field(2, avro(type_name = "s.Digest", type_alias = "p.ROtherFixed", type_alias = "s.Digest2"))]
        other: BTreeMap<String, [u8; 8]>,
        #[field(3, avro(type_alias = "Past"))]
        made: [u8; 2],
        #[field(4)]
        key: Key,
        // Its own name is one that another type had.
        #[field(5)]
        past: Option<[u8; 8]>,
        #[field(6, avro(type_alias = "p.RPastFixed"))]
        now: [u8; 8],
    }
    assert_eq!(
        names_of(&schema_of::<Said>()),
        [
            "s.Digest: s.Hash p.ROtherFixed s.Digest2",
            "p.RMadeFixed: p.Past p.QMadeFixed",
            "p.KeyShortFixed: p.ChoiceShortFixed",
            "p.RPastFixed2: p.QPastFixed",
            "p.RNowFixed: p.RPastFixed p.QNowFixed",
        ]
    );
    assert_eq!(faults(&schema_text::<Said>()), [""; 0]);
}
