//! The Protobuf rules about everything that is no field, against schema texts; and the pages of all Protobuf rules.

mod enum_cases;
mod examples;
mod extension_cases;
mod option_cases;
mod package_cases;
mod rename_cases;
mod rpc_cases;
#[path = "../shared/mod.rs"]
mod shared;
#[path = "../shared/examples.rs"]
mod shared_examples;
mod support;
mod validation_cases;
