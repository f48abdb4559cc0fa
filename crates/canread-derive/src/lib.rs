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
//! | `record(crate = path)` | the type | where the crate `canread` is, if `Cargo.toml` or another crate gives it another name |
//! | `field(N)` | a field, or a branch of a union | its number |
//! | `field(union)` | a field with a union, or an `Option` or `Box` of one | its branches are fields of this record in Protobuf |
//! | `field(unknown)` | a field of type `Unknown` | keeps the fields that the record does not have |
//! | `field(skip)` | a field | is in no format |
//! | `name`, `alias`, `default` | in `field` | another name, a former name, the value if it is not there |
//! | `protobuf(...)` | in `field` | `number`, `name`; `fixed`, `zigzag`, `key_fixed`, `key_zigzag`, `group`, `unpacked`; a form of a date, time, decimal or uuid: `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos` |
//! | `avro(...)` | in `field` | `name`; `type_name` of a `fixed`; a form: `fixed`, `fixed = N`, `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos` |
//! | `symbol(N)`, `symbol(other)` | a variant of an enumeration | its number; the one that keeps other numbers |
//! | `name`, `alias`, `default` | in `symbol` | another name, a former name, the value if it is not there |
//!
//! # Defaults
//!
//! `default = ...` is any expression of the field's type: `7`, `"none".to_owned()`, `vec![1, 2]`, `State::Paid`, a block or a `match`. It is
//! evaluated anew for each record without the field, and sees what the type sees where it stands. A comma that is in no brackets
//! ends it.
//!
//! # Another name of the crate
//!
//! With `cr = { package = "canread", ... }` in `Cargo.toml`, or a crate that hands `canread` on, each type says where it is. Unions and
//! enumerations do too.
//!
//! ```text
//! #[derive(cr::Record)]
//! #[record(crate = cr)]
//! struct Order { ... }
//! ```
//!
//! # What is not compiled
//!
//! An attribute means something, or it is an error where it stands:
//!
//! - Each thing is said once, and nothing that contradicts it: `field(1, 2)`, `field(union, unknown)`, `protobuf(fixed, zigzag)`.
//! - Names and aliases are those of Protobuf and Avro: a letter of ASCII or `_`, then letters, digits and `_`; in names of types with dots
//!   between. A name of Rust that has other letters needs `name = "..."`, and only if a format has no other. No two fields have one name.
//! - The branches of a `field(union)` have other numbers and names than the fields around it and the branches of other unions.
//! - A list or map of unions has a number, or its items are records with the union in them.
//! - A word in `protobuf(...)` or `avro(...)` fits the type: `zigzag` is for numbers with a sign, `key_fixed` for maps, `unpacked` for lists of
//!   numbers, `type_name` for what is a `fixed`.
//! - A borrowed field borrows from the input, for a lifetime of the type: `&'a str`. `&'static str` can only be skipped.
//!
//! Of a type with type parameters, what depends on them is checked where the type is read or written, by `cargo build`; `cargo check`
//! does not see it.
//!
//! What the derive writes causes no warnings in the user's code.

mod attribute;
mod borrowed;
mod check;
mod code;
mod concrete;
mod default;
mod enumeration;
mod field;
mod generics;
mod name;
mod names;
mod place;
mod record;
mod said;
mod setting;
mod union;

use proc_macro::TokenStream;
use quote::quote;
use syn::{DeriveInput, parse_macro_input};

use crate::code::Home;

/// Implements what the codecs of canread ask of a type. [The crate's page](crate) has all attributes.
#[proc_macro_derive(Record, attributes(record, field, symbol))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let home = Home { root: quote!(::canread), module: quote!(::record) };
    code::implementations(&input, &home).into()
}

/// The same for crates that stand below the crate `canread`.
#[doc(hidden)]
#[proc_macro_derive(CoreRecord, attributes(record, field, symbol))]
pub fn derive_core_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    let home = Home { root: quote!(::canread_record), module: quote!() };
    code::implementations(&input, &home).into()
}
