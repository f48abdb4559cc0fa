//! A record that uses everything there is.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use canread_derive::CoreRecord as Record;
use canread_record::{Entries, Unknown};

#[derive(Record, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Closed {
    #[symbol(0)]
    Zero,
    #[symbol(5)]
    Five,
    #[symbol(-1)]
    Below,
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Line {
    #[field(1)]
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
    #[field(22)]
    Voucher(String),
    #[field(23)]
    Card(Line),
    #[field(24)]
    State(Closed),
}

#[derive(Record, Debug, Clone, PartialEq)]
#[record(name = "test.Everything")]
pub(crate) struct Everything {
    #[field(1)]
    pub(crate) truth: bool,
    #[field(2)]
    pub(crate) int32: i32,
    #[field(3)]
    pub(crate) int64: i64,
    #[field(4)]
    pub(crate) uint32: u32,
    #[field(5)]
    pub(crate) uint64: u64,
    #[field(6, protobuf(zigzag))]
    pub(crate) sint32: i32,
    #[field(7, protobuf(zigzag))]
    pub(crate) sint64: i64,
    #[field(8, protobuf(fixed))]
    pub(crate) fixed32: u32,
    #[field(9, protobuf(fixed))]
    pub(crate) fixed64: u64,
    #[field(10, protobuf(fixed))]
    pub(crate) sfixed32: i32,
    #[field(11, protobuf(fixed))]
    pub(crate) sfixed64: i64,
    #[field(12)]
    pub(crate) float: f32,
    #[field(13)]
    pub(crate) double: f64,
    #[field(14)]
    pub(crate) text: String,
    #[field(15)]
    pub(crate) data: Vec<u8>,
    #[field(16)]
    pub(crate) digest: [u8; 4],
    #[field(17)]
    pub(crate) closed: Closed,
    #[field(18)]
    pub(crate) line: Line,
    #[field(19)]
    pub(crate) perhaps: Option<i32>,
    #[field(20)]
    pub(crate) perhaps_closed: Option<Closed>,
    #[field(21, protobuf(group))]
    pub(crate) inner: Option<Line>,
    #[field(union)]
    pub(crate) choice: Option<Choice>,
    // Declared out of the order of their numbers, and written in it.
    #[field(26)]
    pub(crate) lines: Vec<Line>,
    #[field(25)]
    pub(crate) texts: Vec<String>,
    #[field(27)]
    pub(crate) packed: Vec<i32>,
    #[field(28, protobuf(unpacked))]
    pub(crate) unpacked: Vec<i64>,
    #[field(29)]
    pub(crate) doubles: Vec<f64>,
    #[field(30, protobuf(zigzag))]
    pub(crate) zigzags: Vec<i32>,
    #[field(31)]
    pub(crate) symbols: Vec<Closed>,
    #[field(32, protobuf(fixed))]
    pub(crate) set: BTreeSet<u32>,
    #[field(33)]
    pub(crate) names: BTreeMap<String, String>,
    #[field(34, protobuf(key_zigzag))]
    pub(crate) by_number: Entries<i32, Line>,
    #[field(1035, protobuf(number = 35, key_fixed))]
    pub(crate) states: HashMap<u64, Closed>,
    #[field(36)]
    pub(crate) by_truth: BTreeMap<bool, Vec<u8>>,
    #[field(37)]
    pub(crate) tree: Option<Tree>,
    #[field(536_870_911, name = "far_away")]
    pub(crate) far: i32,
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
        int32: -7,
        int64: i64::MIN,
        uint32: u32::MAX,
        uint64: 300,
        sint32: -1,
        sint64: i64::MAX,
        fixed32: 1,
        fixed64: 2,
        sfixed32: -3,
        sfixed64: -4,
        float: 1.5,
        double: -0.0,
        text: "Größe, and more than thirty-two bytes of it".to_owned(),
        data: vec![0, 255],
        digest: [1, 2, 3, 4],
        closed: Closed::Below,
        line: line("a", 1),
        perhaps: Some(0),
        perhaps_closed: Some(Closed::Zero),
        inner: Some(line("in a group", 2)),
        choice: Some(Choice::Card(line("", 0))),
        lines: vec![line("b", 2), line("", 0), line("c", 128)],
        texts: vec!["x".to_owned(), String::new()],
        packed: vec![0, 1, -1, 1 << 20],
        unpacked: vec![5, 0],
        doubles: vec![0.5, 0.0],
        zigzags: vec![-1, 1, i32::MIN],
        symbols: vec![Closed::Five, Closed::Zero, Closed::Below],
        set: [7, 3].into(),
        names: [("k".to_owned(), "v".to_owned()), (String::new(), String::new())].into(),
        by_number: [(-2, line("z", 0)), (1, line("y", 1))].into_iter().collect(),
        states: [(9, Closed::Five)].into(),
        by_truth: [(false, vec![1]), (true, vec![])].into(),
        tree: Some(tree(
            "root",
            vec![tree("leaf", vec![], None)],
            Some(tree("", vec![], Some(tree("deep", vec![], None)))),
        )),
        far: 3,
        cached: 0,
        unknown: Unknown::default(),
    }
}

/// The same record, but for what borrows.
#[derive(Record, Debug, PartialEq)]
pub(crate) struct Borrowed<'a> {
    #[field(14)]
    pub(crate) text: &'a str,
    #[field(15)]
    pub(crate) data: &'a [u8],
    #[field(18)]
    pub(crate) line: BorrowedLine<'a>,
    #[field(25)]
    pub(crate) texts: Vec<std::borrow::Cow<'a, str>>,
    #[field(33)]
    pub(crate) names: Entries<&'a str, &'a str>,
    #[field(unknown)]
    pub(crate) unknown: Unknown,
}

#[derive(Record, Debug, PartialEq)]
pub(crate) struct BorrowedLine<'a> {
    #[field(1)]
    pub(crate) sku: &'a str,
    #[field(2)]
    pub(crate) quantity: i32,
}
