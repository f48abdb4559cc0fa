//! The schema that a type is, as text.

use canread_avro::codec::{schema_of, schema_text};
use canread_avro::schema::{LinkOptions, read};
use canread_derive::CoreRecord as Record;
use canread_record::{Date, Decimal, Entries};
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
