//! Descriptors and what is on either side of them: bytes and the model.

mod lowering;
mod raising;
mod reading;
