//! `#[derive(Record)]`: a Rust type as a record, union or enumeration of every format.
//!
//! Users name it `canread::Record`; that page has an example, and what each type of Rust is in each format.

mod attribute;
mod borrowed;
mod branch;
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

/// Implements what the codecs of canread ask of a type.
///
/// # Attributes
///
/// | of the type | says |
/// |---|---|
/// | `record(name = "shop.v1.Order")` | its name, with the package or namespace before it; else its name in Rust |
/// | `record(crate = cr)` | where the crate `canread` is, if it has another name here, see below |
/// | `record(alias = "shop.v1.Purchase")` | a name that it had: Avro's readers find it by that; may stand several times |
///
/// | of a field, or of a branch of a union | says |
/// |---|---|
/// | `field(N)` | its number, 1 to 536,870,911 without 19,000 to 19,999 |
/// | `field(union)` | the field is a union, or an `Option` or `Box` of one, whose branches are fields of this record in Protobuf |
/// | `field(unknown)` | a field of type `Unknown`, which keeps the fields that the record does not have |
/// | `field(skip)` | the field is in no format; what is read has `Default::default()` there |
/// | `field(N, name = "id")` | its name; else that in Rust, of a branch in small letters: `CreditCard` is `credit_card` |
/// | `field(N, alias = "key")` | a name that it had: Avro's readers find it by that; may stand several times |
/// | `field(N, default = 7)` | what a reader takes if the field is not there; a branch has none |
/// | `field(N, protobuf(...))` | how it is in Protobuf: the words below |
/// | `field(N, avro(...))` | how it is in Avro: the words below |
///
/// | word in `protobuf(...)` | says |
/// |---|---|
/// | `number = N`, `name = "id"` | another number, another name |
/// | `fixed` | whole numbers have 4 or 8 bytes: `fixed32`, `sfixed64` and so on |
/// | `zigzag` | whole numbers with a sign are `sint32`, `sint64` |
/// | `key_fixed`, `key_zigzag` | the same for the keys of a map |
/// | `unpacked` | each number of a list has its own tag |
/// | `group` | a record stands between two tags: a group, `DELIMITED` in editions |
/// | `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos` | the form of a date, time, duration, decimal or uuid; one at most |
///
/// | word in `avro(...)` | says |
/// |---|---|
/// | `name = "id"` | another name |
/// | `type_name = "Key"` | the name of the `fixed` that the field is; else it is made of the record's and the field's. Fields of one size and logical type may say the same; if others do, the schema has two types of one name, and no file is written |
/// | `type_alias = "OrderKeyFixed"` | a name that the `fixed` had: Avro's readers find it by that; may stand several times. A name that was made of an `alias` of the record or the field need not be said |
/// | `text`, `bytes`, `days`, `seconds`, `millis`, `micros`, `nanos`, `fixed`, `fixed = N` | the form of a date, time, duration, decimal or uuid; one at most |
///
/// | of a symbol | says |
/// |---|---|
/// | `symbol(N)` | its number in Protobuf, of 32 bits, with or without a minus |
/// | `symbol(other)` | on a variant `Other(i32)`: keeps numbers without a symbol, so that the enumeration is open; Avro can't write it |
/// | `symbol(N, name = "STATE_OPEN")` | its name; else that in Rust |
/// | `symbol(N, alias = "STATE_NEW")` | a name that it had: Avro's readers find it by that; may stand several times |
/// | `symbol(N, default)` | what a field has that is not there, else the first symbol; in Avro also what is read for a symbol that the enumeration lacks |
///
/// A type may have parameters and lifetimes.
///
/// # Defaults
///
/// `default = ...` is any expression of the field's type: `7`, `"none".to_owned()`, `vec![1, 2]`, `State::Paid`, a block or a `match`. It is
/// evaluated anew for each record without the field, and sees what the type sees where it stands. A comma that is in no brackets
/// ends it.
///
/// In Avro it stands for a field that the writer's schema lacks; a field without one, that is no `Option`, can't be read then: the decoder for
/// that schema is refused. In Protobuf it is what a number, a truth value, text, bytes, a symbol or a union has that is not in the data, and such
/// a field is written even if it is zero; the schema of the type says that it has presence, and in an edition its default. A list, a map or an
/// `Option` that is not in the data of Protobuf is empty, whatever the default says, and so is a
/// message.
///
/// # Unions
///
/// In Avro a union is always there, and data of a branch that the type lacks is refused. In Protobuf a oneof may be not set, and is the same to a
/// reader as one that is set to a branch which only a newer writer knows. So nothing is read as a branch that was not written:
///
/// | the union is | in Protobuf, with no branch that the type has |
/// |---|---|
/// | `#[field(union)] p: Option<P>`, `#[field(1)] p: Option<P>` | is `None`; the branch is kept with `field(union)` and a field of unknown fields |
/// | `p: P` with a `default` | the default stays; the branches are no messages, which would be merged with it |
/// | `p: P` without one | is not compiled where it is read or written as Protobuf, and so not by what takes any format |
/// | an item of a list, a value of a map | is an error: `Unreadable::UnknownBranch` |
///
/// # Another name of the crate
///
/// With `cr = { package = "canread", ... }` in `Cargo.toml`, or a crate that hands `canread` on, each type says where it is. Unions and
/// enumerations do too.
///
/// ```text
/// #[derive(cr::Record)]
/// #[record(crate = cr)]
/// struct Order { ... }
/// ```
///
/// # What is not compiled
///
/// An attribute means something, or it is an error where it stands:
///
/// - Each thing is said once, and nothing that contradicts it: `field(1, 2)`, `field(union, unknown)`, `protobuf(fixed, zigzag)`.
/// - Names and aliases are those of Protobuf and Avro: a letter of ASCII or `_`, then letters, digits and `_`; in names of types with dots
///   between. A name of Rust that has other letters needs `name = "..."`, and only if a format has no other. No two fields have one name.
/// - The branches of a `field(union)` have other numbers and names than the fields around it and the branches of other unions.
/// - A branch of a union is no `Option` and no other union: Avro has no unions in unions, and Protobuf no optional members of a oneof. It holds
///   a record with that in it, or the union stands in an `Option`. Lists and maps as branches are of Avro alone: a record with such a union
///   is not compiled where it is written or read as Protobuf.
/// - A list or map of unions has a number, or its items are records with the union in them.
/// - A word in `protobuf(...)` or `avro(...)` fits the type: `zigzag` is for numbers with a sign, `key_fixed` for maps, `unpacked` for lists of
///   numbers, `type_name` and `type_alias` for what is a `fixed`.
/// - A borrowed field borrows from the input, for a lifetime of the type: `&'a str`. `&'static str` can only be skipped.
///
/// Of a type with type parameters, what depends on them is checked where the type is read or written, by `cargo build`; `cargo check`
/// does not see it.
///
/// What the derive writes causes no warnings in the user's code, and meets no name there: a type may be called `Option` or `Encode`, and a variant that
/// is imported `Ok` or `None`.
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
