//! A record with every collection and every owner of memory that there is, in both formats.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

use canread_derive::CoreRecord as Record;
use canread_record::{Entries, Unknown};

#[derive(Record, Debug, Clone, PartialEq, Default)]
pub(crate) struct Leaf {
    #[field(1)]
    pub(crate) name: String,
    #[field(2)]
    pub(crate) number: i64,
    #[field(3)]
    pub(crate) boxed: Box<[u8]>,
}

#[derive(Record, Debug, Clone, PartialEq, Default)]
pub(crate) struct Wide {
    #[field(1)]
    pub(crate) a: [u8; 32],
    #[field(2)]
    pub(crate) b: [u8; 32],
    #[field(3)]
    pub(crate) c: [u8; 32],
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) enum Either {
    #[field(20)]
    Leaf(Box<Leaf>),
    #[field(21)]
    Text(Box<str>),
    #[field(22)]
    Wide(Box<Wide>),
}

#[derive(Record, Debug, PartialEq)]
#[expect(clippy::vec_box, reason = "what boxes ask for is what is tried")]
pub(crate) struct Collections<'a> {
    #[field(1)]
    pub(crate) ring: VecDeque<Leaf>,
    #[field(2)]
    pub(crate) leaves: BTreeMap<String, Leaf>,
    #[field(3)]
    pub(crate) wide: Entries<u32, Wide>,
    #[field(4)]
    pub(crate) hashed: HashMap<String, Leaf>,
    #[field(5)]
    pub(crate) flags: HashMap<bool, bool>,
    #[field(6)]
    pub(crate) texts: BTreeSet<String>,
    #[field(7)]
    pub(crate) numbers: HashSet<u64>,
    #[field(8)]
    pub(crate) boxed: Box<Leaf>,
    #[field(9)]
    pub(crate) perhaps: Option<Box<Wide>>,
    #[field(10)]
    pub(crate) short: Option<Box<str>>,
    #[field(11)]
    pub(crate) borrowed: Vec<Cow<'a, str>>,
    #[field(12)]
    pub(crate) slices: Vec<&'a [u8]>,
    #[field(13)]
    pub(crate) truths: Vec<bool>,
    #[field(14)]
    pub(crate) boxes: Vec<Box<Leaf>>,
    #[field(15)]
    pub(crate) rings: VecDeque<i32>,
    #[field(16)]
    pub(crate) either: Vec<Holder>,
    #[field(17)]
    pub(crate) pairs: HashMap<u32, [u8; 4]>,
    #[field(unknown)]
    pub(crate) unknown: Unknown,
}

#[derive(Record, Debug, Clone, PartialEq)]
pub(crate) struct Holder {
    #[field(1)]
    pub(crate) either: Option<Either>,
}

/// Some of everything.
pub(crate) fn full() -> Collections<'static> {
    let leaf = |number: i64| Leaf { name: format!("leaf {number}"), number, boxed: vec![7; 3].into() };
    let wide = Wide { a: [1; 32], b: [2; 32], c: [3; 32] };
    Collections {
        ring: (0..5).map(leaf).collect(),
        leaves: (0..3).map(|at| (format!("k{at}"), leaf(at))).collect(),
        wide: [(3, wide.clone()), (1, wide.clone())].into_iter().collect(),
        hashed: [("one".to_owned(), leaf(1))].into(),
        flags: [(true, false)].into(),
        texts: ["a".to_owned(), "b".to_owned()].into(),
        numbers: [1, 300].into(),
        boxed: Box::new(leaf(9)),
        perhaps: Some(Box::new(wide.clone())),
        short: Some("short".into()),
        borrowed: vec!["x".into(), "".into()],
        slices: vec![b"abc", b""],
        truths: vec![true, false, true],
        boxes: vec![Box::new(leaf(4))],
        rings: [1, -1, 1 << 20].into(),
        either: vec![
            Holder { either: Some(Either::Text("t".into())) },
            Holder { either: Some(Either::Leaf(Box::new(leaf(1)))) },
            Holder { either: Some(Either::Wide(Box::new(wide))) },
        ],
        pairs: [(1, [1; 4]), (2, [2; 4])].into(),
        unknown: Unknown::default(),
    }
}
