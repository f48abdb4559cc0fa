//! `#[derive(Record)]`: a Rust type as a record, union or enumeration of every format.
//!
//! ```text
//! #[derive(Record)]
//! #[record(name = "shop.v1.Order", alias = "shop.v1.Purchase")]
//! struct Order<'a> {
//!     #[field(1)]
//!     id: i64,
//!     #[field(2, alias = "remark", default = "none")]
//!     note: &'a str,
//!     #[field(3, avro(name = "orderLines"), protobuf(number = 7, name = "lines"))]
//!     lines: Vec<Line>,
//!     #[field(union)]                    // a oneof of Protobuf: the branches have the numbers
//!     payment: Option<Payment>,
//!     #[field(unknown)]                  // what this version does not know is kept and written again
//!     unknown: Unknown,
//! }
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(4)]
//!     Card(Card),
//!     #[field(5)]
//!     Voucher(String),
//! }
//!
//! #[derive(Record)]
//! enum State {
//!     #[symbol(0, name = "STATE_OPEN")]
//!     Open,
//!     #[symbol(1, alias = "STATE_SENT")]
//!     Shipped,
//!     #[symbol(other)]                   // makes it open: numbers without a symbol are kept
//!     Other(i32),
//! }
//! ```
//!
//! | attribute | on | says |
//! |---|---|---|
//! | `record(name, alias)` | the type | its name with package or namespace, names that it had |
//! | `field(N)` | a field, or a branch of a union | its number |
//! | `field(union)` | a field with a union, or an `Option` of one | its branches are fields of this record in Protobuf |
//! | `field(unknown)` | a field of type `Unknown` | keeps the fields that the record does not have |
//! | `field(skip)` | a field | is in no format |
//! | `name`, `alias`, `default` | in `field` | another name, a former name, the value if it is not there |
//! | `protobuf(...)` | in `field` | `number`, `name`; `fixed`, `zigzag`, `key_fixed`, `key_zigzag`, `group`, `unpacked`; a form of a date, time, decimal or uuid: `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos` |
//! | `avro(...)` | in `field` | `name`; `type_name` of a `fixed`; a form: `fixed`, `fixed = N`, `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos` |
//! | `symbol(N)`, `symbol(other)` | a variant of an enumeration | its number; the one that keeps other numbers |
//! | `name`, `alias`, `default` | in `symbol` | another name, a former name, the value if it is not there |

mod attribute;
mod code;
mod enumeration;
mod field;
mod generics;
mod record;
mod union;

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

/// Implements what the codecs of canread ask of a type. The crate's page has all attributes.
#[proc_macro_derive(Record, attributes(record, field, symbol))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    code::implementations(&input, &quote!(::canread::record)).into()
}

/// The same for crates that stand below the crate `canread`.
#[doc(hidden)]
#[proc_macro_derive(CoreRecord, attributes(record, field, symbol))]
pub fn derive_core_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    code::implementations(&input, &quote!(::canread_record)).into()
}
