//! One derive, every format, by the names of the facade.

use std::collections::HashMap;

use canread::{DecodeErrorKind, Entries, Limits, Record, Unknown, avro, protobuf};

#[derive(Record, Debug, Clone, PartialEq)]
struct Order<T> {
    #[field(1)]
    id: T,
    #[field(2)]
    prices: HashMap<String, f64>,
    #[field(3)]
    tags: Entries<String, bool>,
    #[field(union)]
    payment: Option<Payment>,
    #[field(unknown)]
    unknown: Unknown,
}

#[derive(Record, Debug, Clone, PartialEq)]
enum Payment {
    #[field(4)]
    Voucher(String),
    #[field(5)]
    Amount(u64),
}

#[test]
fn a_record_is_the_same_after_each_format() {
    let order = Order {
        id: 7_i64,
        prices: [("M8".to_owned(), 0.5)].into(),
        tags: [("new".to_owned(), true)].into_iter().collect(),
        payment: Some(Payment::Amount(9)),
        unknown: Unknown::default(),
    };
    let bytes = protobuf::to_vec(&order).expect("not deep");
    assert_eq!(protobuf::from_slice::<Order<i64>>(&bytes).expect("our own bytes"), order);
    let bytes = avro::to_vec(&order).expect("not deep");
    assert_eq!(avro::from_slice::<Order<i64>>(&bytes).expect("our own bytes"), order);
}

#[test]
fn limits_are_the_callers() {
    let limits = Limits::strict().with_bytes_max(2);
    let error = protobuf::from_slice_with::<Order<i64>>(&[8, 1, 8, 2], &limits).expect_err("4 bytes");
    assert!(matches!(error.kind(), DecodeErrorKind::LimitExceeded { allowed: 2, .. }));
}
