use std::{borrow::Cow, collections::BTreeMap, marker::PhantomData};

use canread_derive::CoreRecord as Record;

#[derive(Record)]
struct Order {
    #[field(1)]
    text: &'static str,
    #[field(2)]
    cow: Cow<'static, str>,
    #[field(3)]
    within: Option<BTreeMap<i32, Vec<&'static [u8]>>>,
    #[field(skip)]
    skipped: &'static str,
    #[field(skip)]
    phantom: PhantomData<&'static str>,
}

#[derive(Record)]
enum Payment {
    #[field(1)]
    Card(&'static str),
}

fn main() {}
