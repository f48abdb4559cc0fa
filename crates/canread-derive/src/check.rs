//! What can only be checked when types are known: the compiler does it, as it evaluates constants.
//!
//! Beside a type without type parameters each check is a constant, and the error stands where the attribute does. The checks
//! of a generic type are one constant of the type, which everything that reads or writes it asks for. This is not compiled:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//! use canread::record::{Field, FieldMeta, Format, constant};
//! #[derive(Record)]
//! struct Order<T> {
//!     #[field(1)]
//!     id: T,
//!     #[field(union)]
//!     payment: Option<Payment>,
//! }
//!
//! #[derive(Record)]
//! enum Payment {
//!     #[field(1)] // the number of `id`
//!     Card(String),
//! }
//!
//! struct Whole;
//! impl Field for Whole {
//!     const META: FieldMeta = FieldMeta::new("order", 1);
//! }
//! constant::<Whole, _>(Format::Protobuf, &Order { id: 7, payment: None });
//! ```
//!
//! Nor is this, where a form of numbers with a sign is asked of one without:
//!
//! ```compile_fail,E0080
//! use canread::Record;
//! use canread::record::{Shape, Shaped};
//! #[derive(Record)]
//! struct Order<T> {
//!     #[field(1, protobuf(zigzag))]
//!     id: T,
//! }
//!
//! let Shape::Record(schema) = <Order<u32> as Shaped>::SHAPE else { return };
//! schema();
//! ```
//!
//! And this is, since all numbers differ:
//!
//! ```
//! use canread::Record;
//! use canread::record::{Field, FieldMeta, Format, constant};
//! # #[derive(Record)]
//! # struct Order<T> {
//! #     #[field(1)]
//! #     id: T,
//! #     #[field(union)]
//! #     payment: Option<Payment>,
//! # }
//! #
//! #[derive(Record)]
//! enum Payment {
//!     #[field(2)]
//!     Card(String),
//! }
//! # struct Whole;
//! # impl Field for Whole {
//! #     const META: FieldMeta = FieldMeta::new("order", 1);
//! # }
//! # assert!(constant::<Whole, _>(Format::Protobuf, &Order { id: 7, payment: None }).is_some());
//! ```

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens as _, quote, quote_spanned};
use syn::DeriveInput;

use crate::{
    attribute::FieldRole,
    concrete::{is_concrete, outside},
    field::Field,
    generics::Implementations,
    place::{located_at, macro_at},
};

/// One claim about the type of a field.
pub(crate) struct Claim {
    /// Where the word stands that makes the claim.
    pub(crate) place: Span,
    /// What has to hold of `__canread_meta`, a `&FieldMeta`, and `__canread_shape`, the `&Shape` of the field.
    pub(crate) condition: TokenStream,
    /// What is wrong otherwise.
    pub(crate) message: &'static str,
}

/// The checks of a type.
pub(crate) struct Checks {
    /// What stands beside the implementations.
    pub(crate) items: TokenStream,
    /// What stands in each function that reads or writes a generic type.
    pub(crate) statement: TokenStream,
}

impl Checks {
    /// Those of all fields that are written.
    pub(crate) fn of(input: &DeriveInput, heads: &Implementations<'_>, fields: &[&Field<'_>]) -> Self {
        let mut checks = Vec::new();
        for (index, field) in fields.iter().enumerate() {
            let value = if is_concrete(input) { outside(field.value, input) } else { field.value.to_token_stream() };
            checks.extend(field.claims.iter().map(|claim| of_claim(field, claim, &value)));
            if field.role == FieldRole::Union {
                let earlier = fields.iter().take(index).copied();
                checks.extend(of_union(input, field, &value, fields, earlier));
            }
        }
        if is_concrete(input) || checks.is_empty() {
            let constants =
                checks.iter().map(|(place, check)| quote_spanned!(macro_at(*place)=> const _: () = #check;));
            return Self { items: constants.collect(), statement: quote!() };
        }
        let checks = checks.iter().map(|(_, check)| check);
        let head = heads.shaped(&quote!(__CanreadChecked));
        let items = quote! {
            trait __CanreadChecked {
                const CHECKED: ();
            }
            #head {
                const CHECKED: () = { #(#checks;)* };
            }
        };
        Self { items, statement: quote!(const { <Self as __CanreadChecked>::CHECKED };) }
    }
}

/// A check, and the place that its message is about.
type Check = (Span, TokenStream);

fn of_claim(field: &Field<'_>, claim: &Claim, value: &TokenStream) -> Check {
    let marker = &field.marker;
    let Claim { place, condition, message } = claim;
    let check = quote_spanned! {macro_at(*place)=> {
        let __canread_meta = &<#marker as __canread::Field>::META;
        let __canread_shape = &<#value as __canread::Shaped>::SHAPE;
        __canread::claim(#condition, #message)
    }};
    (*place, check)
}

/// The branches of a oneof are fields of the record too.
fn of_union<'f>(
    input: &DeriveInput,
    field: &Field<'_>,
    value: &TokenStream,
    fields: &[&Field<'_>],
    earlier: impl Iterator<Item = &'f Field<'f>>,
) -> Vec<Check> {
    let (marker, place) = (&field.marker, field.role_place);
    // What is no union is said to be none where the attribute says it is.
    let value = located_at(value.clone(), place);
    let plain = fields.iter().filter(|field| field.role == FieldRole::Value).map(|field| &field.marker);
    let beside_fields = quote_spanned! {macro_at(place)=>
        __canread::no_clash_with_fields(
            &<#marker as __canread::Field>::META,
            <#value as __canread::Branches>::BRANCHES,
            &[#(<#plain as __canread::Field>::META),*],
        )
    };
    let unions = earlier.filter(|field| field.role == FieldRole::Union);
    let beside_unions = unions.map(|Field { marker: other, value: other_value, .. }| {
        let other_value = if is_concrete(input) { outside(other_value, input) } else { other_value.to_token_stream() };
        quote_spanned! {macro_at(place)=>
            __canread::no_clash_with_oneof(
                &<#marker as __canread::Field>::META,
                <#value as __canread::Branches>::BRANCHES,
                &<#other as __canread::Field>::META,
                <#other_value as __canread::Branches>::BRANCHES,
            )
        }
    });
    std::iter::once(beside_fields).chain(beside_unions).map(|check| (place, check)).collect()
}
