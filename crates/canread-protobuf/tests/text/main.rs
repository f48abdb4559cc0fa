//! The text format of Protobuf: what is read and written, beside Python, and texts that nobody sane wrote.

#![cfg(all(feature = "schema", feature = "text"))]

mod any;
mod foreign;
mod hostile;
mod reading;
mod support;
mod writing;
