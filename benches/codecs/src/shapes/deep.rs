//! Records inside each other.

use canread::Record;
use serde::{Deserialize, Serialize};

use super::clear::clear;
use super::{Shape, Size};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// 100 records that are 30 levels deep; what one of serde's codecs reads by default ends at 32.
pub struct Nodes;

const LEVELS: u32 = 30;

impl Shape for Nodes {
    const NAME: &'static str = "deep";
    const RECORD: &'static str = "bench.Node";
    const EVOLVED: &'static [&'static str] = &["Node"];
    const PEERS_RESOLVE: bool = false;
    type Owned = Node;
    type Borrowed<'a> = NodeRef<'a>;
    type Prost = prost_types::Node;
    type Buffa = buffa_types::Node;
    type BuffaView<'a> = buffa_types::view::NodeView<'a>;

    fn records(size: Size) -> Vec<Node> {
        let mut random = Random::new(0x0bad_cafe_dead_beef);
        (0..size.of(100, 10)).map(|_| nodes(&mut random)).collect()
    }
}

/// A level.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Node")]
#[expect(missing_docs, reason = "an example")]
pub struct Node {
    #[field(1)]
    pub id: i64,
    #[field(2)]
    pub name: String,
    #[field(3)]
    pub weight: f64,
    #[field(4)]
    pub child: Option<Box<Node>>,
    #[field(5)]
    pub is_open: bool,
}

clear!(Node: id name weight child is_open);

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Node")]
#[expect(missing_docs, reason = "an example")]
pub struct NodeRef<'a> {
    #[field(1)]
    pub id: i64,
    #[field(2)]
    pub name: &'a str,
    #[field(3)]
    pub weight: f64,
    #[field(4)]
    #[serde(borrow)]
    pub child: Option<Box<NodeRef<'a>>>,
    #[field(5)]
    pub is_open: bool,
}

fn nodes(random: &mut Random) -> Node {
    let mut node = None;
    for level in 0..LEVELS {
        node = Some(Box::new(Node {
            id: i64::from(random.below(1_000_000)),
            name: format!("level-{level}"),
            weight: random.f64(),
            child: node,
            is_open: random.one_in(2),
        }));
    }
    *node.expect("there is a level")
}
