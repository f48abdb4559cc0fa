//! What the derive writes makes the compiler and clippy say nothing of the user's code, whatever is denied there.

#![deny(warnings, future_incompatible, nonstandard_style, rust_2018_idioms, rust_2024_compatibility, unused)]
#![deny(
    absolute_paths_not_starting_with_crate,
    elided_lifetimes_in_paths,
    explicit_outlives_requirements,
    let_underscore_drop,
    missing_copy_implementations,
    missing_debug_implementations,
    redundant_lifetimes,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unsafe_code,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![deny(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    clippy::absolute_paths,
    clippy::arithmetic_side_effects,
    clippy::exhaustive_enums,
    clippy::indexing_slicing,
    clippy::let_underscore_untyped,
    clippy::missing_inline_in_public_items,
    clippy::missing_trait_methods,
    clippy::pattern_type_mismatch,
    clippy::question_mark_used,
    clippy::single_call_fn
)]
#![allow(dead_code, reason = "types that are there to be compiled")]

use std::{borrow::Cow, collections::BTreeMap};

use canread_derive::CoreRecord as Record;
use canread_record::{Decode, Unknown};

#[derive(Record, Debug)]
#[record(name = "shop.Order", alias = "shop.Purchase")]
struct Order<'a> {
    #[field(3, protobuf(zigzag))]
    id: i64,
    #[field(2, alias = "remark", default = "none")]
    note: &'a str,
    #[field(4)]
    cow: Cow<'a, [u8]>,
    #[field(5)]
    lines: Vec<Line>,
    #[field(union)]
    payment: Option<Payment>,
    #[field(union)]
    only: Only,
    #[field(8, protobuf(unpacked), default = vec![1, 2])]
    counts: Vec<i32>,
    #[field(9, protobuf(key_fixed), avro(type_name = "Digest"))]
    digests: BTreeMap<u32, [u8; 4]>,
    #[field(13)]
    parent: Option<Box<Self>>,
    #[field(skip)]
    cached: usize,
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug)]
struct Line {
    #[field(1)]
    sku: String,
    #[deprecated]
    #[field(2)]
    old: i32,
}

#[derive(Record, Debug)]
struct Empty {}

#[derive(Record, Debug)]
enum Payment {
    #[field(6)]
    Card(Box<Line>),
    #[deprecated]
    #[field(7)]
    Voucher(String),
}

#[derive(Record, Debug)]
enum Only {
    #[field(12)]
    One(i64),
}

#[derive(Record, Debug)]
enum State {
    #[symbol(0)]
    Open,
}

#[derive(Record, Debug)]
enum Other {
    #[symbol(0)]
    Open,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record, Debug)]
struct Generic<T, const SIZE: usize> {
    #[field(1)]
    value: T,
    #[field(2)]
    children: Vec<Self>,
    #[field(3, avro(type_name = "Digest"))]
    digest: [u8; SIZE],
    #[field(4)]
    state: State,
    #[field(union)]
    only: Only,
    #[field(5)]
    other: Other,
    #[field(6)]
    empty: Empty,
}

#[test]
fn what_is_derived_works() {
    assert_eq!(Order::absent().note, "none");
}
