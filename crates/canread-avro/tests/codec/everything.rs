//! A record that uses everything there is.

use std::collections::{BTreeMap, BTreeSet};

use canread_derive::CoreRecord as Record;
use canread_record::{Entries, Unknown};

#[derive(Record, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    #[symbol(7, name = "OPEN")]
    Open,
    #[symbol(3, name = "SENT")]
    Sent,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Line {
    // Numbers are for other formats: here the order of the type counts.
    #[field(9)]
    pub(crate) sku: String,
    #[field(2)]
    pub(crate) quantity: i32,
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Tree {
    #[field(1)]
    pub(crate) name: String,
    #[field(2)]
    pub(crate) children: Vec<Tree>,
    #[field(3)]
    pub(crate) only: Option<Box<Tree>>,
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) enum Choice {
    #[field(1)]
    Voucher(String),
    #[field(2)]
    Card(Line),
    #[field(3)]
    State(State),
}

#[derive(Record, Debug, Clone, PartialEq)]
#[record(name = "test.Everything")]
pub(crate) struct Everything {
    #[field(1)]
    pub(crate) truth: bool,
    #[field(2)]
    pub(crate) int: i32,
    #[field(3)]
    pub(crate) long: i64,
    #[field(4)]
    pub(crate) wide: u32,
    #[field(5)]
    pub(crate) wider: u64,
    #[field(6)]
    pub(crate) narrow: i8,
    #[field(7)]
    pub(crate) float: f32,
    #[field(8)]
    pub(crate) double: f64,
    #[field(9)]
    pub(crate) text: String,
    #[field(10, avro(name = "data"))]
    pub(crate) binary: Vec<u8>,
    #[field(11)]
    pub(crate) digest: [u8; 4],
    #[field(12)]
    pub(crate) state: State,
    #[field(13)]
    pub(crate) line: Line,
    #[field(14)]
    pub(crate) perhaps: Option<i64>,
    #[field(15)]
    pub(crate) nothing: Option<String>,
    #[field(16)]
    pub(crate) choice: Choice,
    #[field(17)]
    pub(crate) maybe: Option<Choice>,
    #[field(18)]
    pub(crate) texts: Vec<String>,
    #[field(19)]
    pub(crate) lines: Vec<Line>,
    #[field(20)]
    pub(crate) tables: Vec<Vec<i32>>,
    #[field(21)]
    pub(crate) holes: Vec<Option<i32>>,
    #[field(22)]
    pub(crate) set: BTreeSet<i64>,
    #[field(23)]
    pub(crate) names: BTreeMap<String, Line>,
    #[field(24)]
    pub(crate) by_number: Entries<i32, String>,
    #[field(25)]
    pub(crate) tree: Option<Tree>,
    #[field(skip)]
    pub(crate) cached: usize,
    #[field(unknown)]
    pub(crate) unknown: Unknown,
}

pub(crate) fn line(sku: &str, quantity: i32) -> Line {
    Line { sku: sku.to_owned(), quantity }
}

fn tree(name: &str, children: Vec<Tree>, only: Option<Tree>) -> Tree {
    Tree { name: name.to_owned(), children, only: only.map(Box::new) }
}

/// A value in every field.
pub(crate) fn full() -> Everything {
    Everything {
        truth: true,
        int: i32::MIN,
        long: i64::MAX,
        wide: u32::MAX,
        wider: 1 << 62,
        narrow: -5,
        float: 1.5,
        double: -0.25,
        text: "Größe, and more than thirty-two bytes of it".to_owned(),
        binary: vec![0, 255],
        digest: [1, 2, 3, 4],
        state: State::Sent,
        line: line("a", -1),
        perhaps: Some(64),
        nothing: None,
        choice: Choice::State(State::Sent),
        maybe: Some(Choice::Card(line("b", 2))),
        texts: vec!["x".to_owned(), String::new()],
        lines: vec![line("c", 3), line("d", 4)],
        tables: vec![vec![1, 2], vec![], vec![-3]],
        holes: vec![Some(1), None],
        set: [9, 3].into(),
        names: [("k".to_owned(), line("v", 0)), ("l".to_owned(), line("w", 1))].into(),
        by_number: [(2, "two".to_owned()), (-1, String::new())].into_iter().collect(),
        tree: Some(tree("root", vec![tree("leaf", vec![], None)], Some(tree("", vec![], None)))),
        cached: 0,
        unknown: Unknown::default(),
    }
}
