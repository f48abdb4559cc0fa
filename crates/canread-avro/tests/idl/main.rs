//! The IDL reader, seen from outside.

mod broken;
mod corpus;
mod help;
mod hostile;
mod imports;
mod meaning;
