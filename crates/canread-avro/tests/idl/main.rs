//! The IDL reader, seen from outside.

mod broken;
mod help;
