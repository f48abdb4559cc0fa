//! What is asked and answered. Names and numbers are those of `conformance/conformance.proto`.

use canread_derive::CoreRecord as Record;

/// A payload, and what it is to be written as.
#[derive(Record, Debug)]
pub(crate) struct Request {
    #[field(union)]
    pub(crate) payload: Option<Payload>,
    #[field(3)]
    pub(crate) requested_output_format: Format,
    /// The full name of the payload's message.
    #[field(4)]
    pub(crate) message_type: String,
    #[field(5)]
    pub(crate) test_category: Category,
    #[field(9)]
    pub(crate) print_unknown_fields: bool,
}

#[derive(Record, Debug)]
pub(crate) enum Payload {
    #[field(1)]
    Protobuf(Vec<u8>),
    #[field(2)]
    Json(String),
    #[field(7)]
    Jspb(String),
    #[field(8)]
    Text(String),
}

#[derive(Record, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Format {
    #[symbol(0)]
    Unspecified,
    #[symbol(1)]
    Protobuf,
    #[symbol(2)]
    Json,
    #[symbol(3)]
    Jspb,
    #[symbol(4)]
    Text,
}

#[derive(Record, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Category {
    #[symbol(0)]
    Unspecified,
    #[symbol(1)]
    Binary,
    #[symbol(2)]
    Json,
    #[symbol(3)]
    JsonIgnoreUnknown,
    #[symbol(4)]
    Jspb,
    #[symbol(5)]
    Text,
}

#[derive(Record, Debug)]
pub(crate) struct Response {
    #[field(union)]
    pub(crate) result: Option<Answer>,
}

#[derive(Record, Debug)]
pub(crate) enum Answer {
    #[field(1)]
    ParseError(String),
    #[field(6)]
    SerializeError(String),
    #[field(2)]
    RuntimeError(String),
    #[field(3)]
    Protobuf(Vec<u8>),
    #[field(4)]
    Json(String),
    #[field(5)]
    Skipped(String),
    #[field(8)]
    Text(String),
}
