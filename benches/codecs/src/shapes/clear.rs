//! What was in a record goes, and memory stays.
//!
//! A message of Protobuf is merged with what is there, so who reads into a record again empties it first. prost and buffa make a
//! `clear` for that; to ours a user writes it. As theirs, this one keeps what texts, bytes and lists have at hand, and takes out all of an
//! option.

use std::collections::BTreeMap;

/// Becomes what it is without a field.
pub trait Clear {
    /// Takes out what is there.
    fn clear(&mut self);
}

macro_rules! zero {
    ($($type:ty),*) => {$(
        impl Clear for $type {
            fn clear(&mut self) {
                *self = Self::default();
            }
        }
    )*};
}

zero!(bool, i32, i64, u32, f32, f64);

impl Clear for String {
    fn clear(&mut self) {
        self.clear();
    }
}

impl<T> Clear for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }
}

impl<K, V> Clear for BTreeMap<K, V> {
    fn clear(&mut self) {
        self.clear();
    }
}

impl<T> Clear for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }
}

/// Clears a record, field by field; one that is forgotten does not compile.
macro_rules! clear {
    ($type:ident: $($field:ident)*) => {
        impl $crate::shapes::Clear for $type {
            fn clear(&mut self) {
                let Self { $($field),* } = self;
                $($crate::shapes::Clear::clear($field);)*
            }
        }
    };
}
pub(super) use clear;
