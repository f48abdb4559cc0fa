//! A payload read in one format and written in another.

use canread_plan::{Arena, Layout, Value};
use canread_protobuf::codec::json::{self, ReadOptions};
use canread_protobuf::codec::{text, value};

use crate::exchange::{Answer, Category, Format, Payload, Request};
use crate::schema::Messages;

/// What is answered to a request.
pub(crate) fn answer(messages: &Messages, request: &Request) -> Answer {
    // The runner asks by this name first what it is to expect to fail; lists of that are given to it.
    if request.message_type == "conformance.FailureSet" {
        return Answer::Protobuf(Vec::new());
    }
    let Some(layout) = messages.layout(&request.message_type) else {
        return Answer::RuntimeError(format!("there is no message `{}`", request.message_type));
    };
    let arena = Arena::new();
    match parse(&layout, request, &arena) {
        Ok(value) => serialize(&layout, request, &value),
        Err(answer) => answer,
    }
}

fn parse<'a>(layout: &'a Layout, request: &'a Request, arena: &'a Arena) -> Result<Value<'a>, Answer> {
    match &request.payload {
        Some(Payload::Protobuf(bytes)) => {
            value::from_slice(layout, bytes, arena).map_err(|error| Answer::ParseError(error.to_string()))
        }
        Some(Payload::Json(text)) => {
            let options = match request.test_category {
                Category::JsonIgnoreUnknown => ReadOptions::new().ignoring_unknown(),
                _ => ReadOptions::new(),
            };
            json::from_str_with(layout, text, arena, &options).map_err(|error| Answer::ParseError(error.to_string()))
        }
        Some(Payload::Text(payload)) => {
            text::from_str(layout, payload, arena).map_err(|error| Answer::ParseError(error.to_string()))
        }
        Some(Payload::Jspb(_)) => Err(Answer::Skipped("JSPB".to_owned())),
        None => Err(Answer::RuntimeError("no payload".to_owned())),
    }
}

fn serialize(layout: &Layout, request: &Request, value: &Value<'_>) -> Answer {
    match request.requested_output_format {
        Format::Protobuf => match value::to_vec(layout, value) {
            Ok(bytes) => Answer::Protobuf(bytes),
            Err(error) => Answer::SerializeError(error.to_string()),
        },
        Format::Json => match json::to_string(layout, value) {
            Ok(text) => Answer::Json(text),
            Err(error) => Answer::SerializeError(error.to_string()),
        },
        Format::Text => {
            let options = text::WriteOptions::new();
            let options = if request.print_unknown_fields { options.with_unknown() } else { options };
            match text::to_string_with(layout, value, &options) {
                Ok(text) => Answer::Text(text),
                Err(error) => Answer::SerializeError(error.to_string()),
            }
        }
        Format::Jspb => Answer::Skipped("JSPB".to_owned()),
        Format::Unspecified => Answer::RuntimeError("no format".to_owned()),
    }
}
