//! Orders of a shop.

use std::collections::BTreeMap;
use std::fmt;

use canread::{Entries, Record};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::clear::clear;
use super::{Clear, Shape, Size};
use crate::random::Random;
use crate::{buffa_types, prost_types};

/// 400 orders of about 400 bytes.
pub struct Orders;

impl Shape for Orders {
    const NAME: &'static str = "order";
    const RECORD: &'static str = "bench.Order";
    const EVOLVED: &'static [&'static str] = &["Order"];
    type Owned = Order;
    type Borrowed<'a> = OrderRef<'a>;
    type Prost = prost_types::Order;
    type Buffa = buffa_types::Order;
    type BuffaView<'a> = buffa_types::view::OrderView<'a>;

    fn records(size: Size) -> Vec<Order> {
        let mut random = Random::new(0x9e37_79b9_7f4a_7c15);
        (0..size.of(400, 20)).map(|at| order(&mut random, at)).collect()
    }
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Item")]
#[expect(missing_docs, reason = "an example")]
pub struct Item {
    #[field(1)]
    pub sku: String,
    #[field(2)]
    pub title: String,
    #[field(3)]
    pub quantity: i32,
    #[field(4)]
    pub unit_price: f64,
    #[field(5)]
    pub note: Option<String>,
}

/// Where it goes.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Address")]
#[expect(missing_docs, reason = "an example")]
pub struct Address {
    #[field(1)]
    pub line1: String,
    #[field(2)]
    pub city: String,
    #[field(3)]
    pub country: String,
    #[field(4)]
    pub zip: String,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Status")]
#[expect(missing_docs, reason = "an example")]
pub enum Status {
    #[symbol(0)]
    New,
    #[symbol(1)]
    Paid,
    #[symbol(2)]
    Shipped,
    #[symbol(3)]
    Delivered,
    #[symbol(4)]
    Cancelled,
    #[symbol(other)]
    #[serde(skip)]
    Other(i32),
}

/// An order.
#[derive(Debug, Clone, PartialEq, Record, Serialize, Deserialize)]
#[record(name = "bench.Order")]
#[expect(missing_docs, reason = "an example")]
pub struct Order {
    #[field(1)]
    pub id: i64,
    #[field(2)]
    pub customer: String,
    #[field(3)]
    pub email: String,
    #[field(4)]
    pub created_us: i64,
    #[field(5)]
    pub total: f64,
    #[field(6)]
    pub gift: bool,
    #[field(7)]
    pub status: Status,
    #[field(8)]
    pub coupon: Option<String>,
    #[field(9)]
    pub parent_id: Option<i64>,
    #[field(10)]
    pub ship_to: Address,
    #[field(11)]
    pub items: Vec<Item>,
    #[field(12)]
    pub attrs: BTreeMap<String, String>,
    #[field(13)]
    #[serde(with = "serde_bytes")]
    pub signature: Vec<u8>,
    #[field(14)]
    pub tags: Vec<i32>,
}

clear!(Order: id customer email created_us total gift status coupon parent_id ship_to items attrs signature tags);
clear!(Address: line1 city country zip);

impl Clear for Status {
    fn clear(&mut self) {
        *self = Self::New;
    }
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Item")]
#[expect(missing_docs, reason = "an example")]
pub struct ItemRef<'a> {
    #[field(1)]
    pub sku: &'a str,
    #[field(2)]
    pub title: &'a str,
    #[field(3)]
    pub quantity: i32,
    #[field(4)]
    pub unit_price: f64,
    #[field(5)]
    pub note: Option<&'a str>,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Address")]
#[expect(missing_docs, reason = "an example")]
pub struct AddressRef<'a> {
    #[field(1)]
    pub line1: &'a str,
    #[field(2)]
    pub city: &'a str,
    #[field(3)]
    pub country: &'a str,
    #[field(4)]
    pub zip: &'a str,
}

/// The same, borrowed.
#[derive(Record, Deserialize)]
#[record(name = "bench.Order")]
#[expect(missing_docs, reason = "an example")]
pub struct OrderRef<'a> {
    #[field(1)]
    pub id: i64,
    #[field(2)]
    pub customer: &'a str,
    #[field(3)]
    pub email: &'a str,
    #[field(4)]
    pub created_us: i64,
    #[field(5)]
    pub total: f64,
    #[field(6)]
    pub gift: bool,
    #[field(7)]
    pub status: Status,
    #[field(8)]
    pub coupon: Option<&'a str>,
    #[field(9)]
    pub parent_id: Option<i64>,
    #[field(10)]
    #[serde(borrow)]
    pub ship_to: AddressRef<'a>,
    #[field(11)]
    #[serde(borrow)]
    pub items: Vec<ItemRef<'a>>,
    #[field(12)]
    #[serde(borrow, deserialize_with = "entries")]
    pub attrs: Entries<&'a str, &'a str>,
    #[field(13)]
    pub signature: &'a [u8],
    #[field(14)]
    pub tags: Vec<i32>,
}

/// What serde takes for a map, as a sorted list.
fn entries<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Entries<&'de str, &'de str>, D::Error> {
    struct Pairs;

    impl<'de> Visitor<'de> for Pairs {
        type Value = Entries<&'de str, &'de str>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a map of texts")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or_default().min(64));
            while let Some(pair) = map.next_entry()? {
                pairs.push(pair);
            }
            Ok(pairs.into_iter().collect())
        }
    }

    deserializer.deserialize_map(Pairs)
}

const WORDS: &[&str] = &[
    "steel",
    "brass",
    "copper",
    "hex",
    "bolt",
    "washer",
    "bracket",
    "panel",
    "hinge",
    "cable",
    "M8",
    "M10",
    "zinc",
    "plate",
    "sensor",
    "kit",
    "mount",
    "valve",
    "gasket",
    "Ø12",
    "stainless",
    "rubber",
    "spring",
    "coupling",
];
const FIRST: &[&str] = &["Ada", "Grace", "Linus", "Édouard", "Margaret", "Dennis", "Barbara", "Ken", "Edsger", "Zoë"];
const LAST: &[&str] =
    &["Lovelace", "Hopper", "Torvalds", "Lucas", "Hamilton", "Ritchie", "Liskov", "Thompson", "Dijkstra", "Müller"];
const CITIES: &[&str] = &["Rotterdam", "Lyon", "Austin", "Osaka", "São Paulo", "Leeds", "Gdańsk", "Perth"];
const ATTRIBUTES: &[&str] = &["channel", "campaign", "warehouse", "carrier", "priority", "locale", "device"];
const STATES: &[Status] = &[Status::New, Status::Paid, Status::Shipped, Status::Delivered, Status::Cancelled];

fn words(random: &mut Random, least: u32, spread: u32) -> String {
    let count = least + random.below(spread);
    random.words(WORDS, count)
}

fn item(random: &mut Random) -> Item {
    Item {
        sku: format!("SKU-{:06}", random.below(1_000_000)),
        title: words(random, 2, 4),
        quantity: 1 + random.below(200).cast_signed(),
        unit_price: f64::from(1 + random.below(100_000)) / 100.0,
        note: random.one_in(4).then(|| words(random, 3, 6)),
    }
}

fn address(random: &mut Random) -> Address {
    Address {
        line1: format!("{} {} street", 1 + random.below(300), words(random, 2, 1)),
        city: random.pick(CITIES).to_owned(),
        country: "NL".to_owned(),
        zip: format!("{:05}", random.below(100_000)),
    }
}

fn order(random: &mut Random, at: u32) -> Order {
    let items: Vec<Item> = (0..=random.below(6)).map(|_| item(random)).collect();
    let pairs = random.below(5);
    let tags = random.below(8);
    Order {
        id: 1_000_000_000 + i64::from(at) * 37,
        customer: format!("{} {}", random.pick(FIRST), random.pick(LAST)),
        email: format!("{at}.{}@example.com", random.below(100_000)),
        created_us: 1_790_000_000_000_000 + (random.i64() >> 24).abs(),
        total: items.iter().map(|item| f64::from(item.quantity) * item.unit_price).sum(),
        gift: random.one_in(8),
        status: STATES[random.below(5) as usize],
        coupon: random.one_in(5).then(|| format!("SAVE{}", random.below(90))),
        parent_id: random.one_in(6).then(|| 1_000_000_000 + i64::from(random.below(100_000))),
        ship_to: address(random),
        items,
        attrs: (0..pairs).map(|_| (random.pick(ATTRIBUTES).to_owned(), words(random, 1, 1))).collect(),
        signature: (0..4).flat_map(|_| random.number().to_le_bytes()).collect(),
        tags: (0..tags).map(|_| random.below(5000).cast_signed()).collect(),
    }
}
