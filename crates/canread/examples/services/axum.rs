//! A web service of axum that takes and gives records: in Protobuf at one path, in Avro at another.
//!
//! [`Protobuf`] and [`Avro`] are the two types to take along: extractors in the arguments of a handler, responders in its answer. What
//! comes from outside costs no more than [`BODY_BYTES_MAX`] and [`LIMITS`] say, and a client is told which byte is wrong, and in which
//! field. The program starts the service, asks it as a client does, prints what came back, and ends.
//!
//! ```text
//! cd crates/canread/examples/services && cargo run --bin axum
//! ```

use std::error::Error;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::rejection::BytesRejection;
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use canread::record::{Decode, DecodeFields, EncodeFields};
use canread::{DecodeError, DecodeErrorKind, EncodeError, Limits, Record, avro, protobuf};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// How many bytes a request may have. axum itself allows 2 MiB.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// What the bytes of a request may become in memory: eight times of it here. canread itself allows 256 MiB, which is much for one of
/// many requests.
const LIMITS: Limits = Limits::strict().with_allocated_bytes_max(8 * BODY_BYTES_MAX as u64);

/// The registered name, and those from before, which many clients still send.
///
/// Source: IANA, media types, `application/protobuf`.
const PROTOBUF: &[&str] = &["application/protobuf", "application/x-protobuf"];

/// None is registered: the first is what is in use, the second what Avro says of its own calls.
///
/// Source: Avro 1.12, "Protocol Wire Format", "HTTP as Transport".
const AVRO: &[&str] = &["application/avro", "avro/binary"];

/// A body in Protobuf.
struct Protobuf<T>(T);

/// A body in Avro. Its bytes say nothing of the schema that wrote them: both sides have the same one, which `canread::avro::schema_text`
/// writes. For clients of other versions, name the schema in a header, and read by it with `canread::Decoder`.
struct Avro<T>(T);

impl<S, T> FromRequest<S> for Protobuf<T>
where
    S: Send + Sync,
    T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let bytes = bytes_of(request, state, PROTOBUF).await?;
        Ok(Self(protobuf::from_slice_with(&bytes, &LIMITS)?))
    }
}

impl<S, T> FromRequest<S> for Avro<T>
where
    S: Send + Sync,
    T: for<'de> Decode<'de> + for<'de> DecodeFields<'de>,
{
    type Rejection = Rejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejection> {
        let bytes = bytes_of(request, state, AVRO).await?;
        Ok(Self(avro::from_slice_with(&bytes, &LIMITS)?))
    }
}

impl<T: EncodeFields> IntoResponse for Protobuf<T> {
    fn into_response(self) -> Response {
        answer(PROTOBUF, protobuf::to_vec(&self.0))
    }
}

impl<T: EncodeFields> IntoResponse for Avro<T> {
    fn into_response(self) -> Response {
        answer(AVRO, avro::to_vec(&self.0))
    }
}

/// The body of a request, if it has one of these types and is within axum's limit.
async fn bytes_of<S: Send + Sync>(request: Request, state: &S, types: &'static [&str]) -> Result<Bytes, Rejection> {
    if !is_of(request.headers(), types) {
        return Err(Rejection::OtherType { expected: types });
    }
    Bytes::from_request(request, state).await.map_err(Rejection::Body)
}

/// Whether the content is of one of these types, whatever parameters stand behind it.
fn is_of(headers: &HeaderMap, types: &[&str]) -> bool {
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let name = content_type.split(';').next().unwrap_or_default().trim();
    types.iter().any(|known| known.eq_ignore_ascii_case(name))
}

fn answer(types: &[&'static str], bytes: Result<Vec<u8>, EncodeError>) -> Response {
    match bytes {
        Ok(bytes) => ([(header::CONTENT_TYPE, types[0])], bytes).into_response(),
        // Our own fault, and nothing that a client can mend: it belongs into the log.
        Err(error) => {
            eprintln!("an answer cannot be written: {error}");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// Why a request did not become a record.
#[derive(Debug)]
enum Rejection {
    /// The header says another type of content, or none.
    OtherType { expected: &'static [&'static str] },
    /// The body did not arrive, or is longer than [`BODY_BYTES_MAX`]: axum has the status for either.
    Body(BytesRejection),
    /// The bytes are no such record.
    Content(DecodeError),
}

impl From<DecodeError> for Rejection {
    fn from(error: DecodeError) -> Self {
        Self::Content(error)
    }
}

impl IntoResponse for Rejection {
    fn into_response(self) -> Response {
        match self {
            Self::OtherType { expected } => {
                let message = format!("the content type is none of {}", expected.join(", "));
                (StatusCode::UNSUPPORTED_MEDIA_TYPE, message).into_response()
            }
            Self::Body(rejection) => rejection.into_response(),
            Self::Content(error) => {
                let status = match error.kind() {
                    DecodeErrorKind::LimitExceeded { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                    _ => StatusCode::BAD_REQUEST,
                };
                // Says the byte and the field too; `offset` and `path` have them for answers of another form.
                (status, error.to_string()).into_response()
            }
        }
    }
}

#[derive(Record, Debug, Default)]
#[record(name = "shop.Order")]
struct Order {
    #[field(1)]
    customer: String,
    #[field(2)]
    lines: Vec<Line>,
}

#[derive(Record, Debug, Default)]
#[record(name = "shop.Line")]
struct Line {
    #[field(1)]
    sku: String,
    #[field(2)]
    quantity: u32,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "shop.Receipt")]
struct Receipt {
    #[field(1)]
    text: String,
    #[field(2)]
    pieces: u64,
}

/// What the service does, in whatever format it is asked.
fn place(order: &Order) -> Receipt {
    let pieces = order.lines.iter().map(|line| u64::from(line.quantity)).sum();
    let skus: Vec<&str> = order.lines.iter().map(|line| line.sku.as_str()).collect();
    Receipt { text: format!("{} for {}", skus.join(", "), order.customer), pieces }
}

fn service() -> Router {
    Router::new()
        .route("/orders", post(async |Protobuf(order): Protobuf<Order>| Protobuf(place(&order))))
        .route("/avro/orders", post(async |Avro(order): Avro<Order>| Avro(place(&order))))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
}

/// Starts the service at a port that is free.
async fn start() -> std::io::Result<(SocketAddr, JoinHandle<std::io::Result<()>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    Ok((address, tokio::spawn(async { axum::serve(listener, service()).await })))
}

/// What a client got.
struct Reply {
    status: StatusCode,
    content_type: String,
    body: Bytes,
}

/// Sends one request, as any client in any language does.
async fn ask(address: SocketAddr, path: &str, content_type: &str, body: Vec<u8>) -> Result<Reply, Box<dyn Error>> {
    let request = Request::post(format!("http://{address}{path}"))
        .header(header::CONTENT_TYPE, content_type)
        .body(Body::from(body))?;
    let response = Client::builder(TokioExecutor::new()).build_http().request(request).await?;
    let content_type = response.headers().get(header::CONTENT_TYPE);
    let content_type = content_type.map(|value| value.to_str().map(str::to_owned)).transpose()?.unwrap_or_default();
    let status = response.status();
    let body = axum::body::to_bytes(Body::new(response.into_body()), BODY_BYTES_MAX).await?;
    Ok(Reply { status, content_type, body })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (address, server) = start().await?;
    println!("listening on {address}");

    let lines = vec![Line { sku: "M8".to_owned(), quantity: 40 }, Line { sku: "M10".to_owned(), quantity: 2 }];
    let order = Order { customer: "Ada".to_owned(), lines };

    let in_protobuf = protobuf::to_vec(&order)?;
    let reply = ask(address, "/orders", "application/protobuf", in_protobuf.clone()).await?;
    println!("{}, {}: {:?}", reply.status, reply.content_type, protobuf::from_slice::<Receipt>(&reply.body)?);

    let reply = ask(address, "/avro/orders", "application/avro", avro::to_vec(&order)?).await?;
    println!("{}, {}: {:?}", reply.status, reply.content_type, avro::from_slice::<Receipt>(&reply.body)?);

    let cut_off = in_protobuf[..in_protobuf.len() - 1].to_vec();
    // A line takes two bytes on its way, and many more in memory.
    let many_lines = b"\x12\x00".repeat(BODY_BYTES_MAX / 2);
    for (what, content_type, body) in [
        ("cut off", "application/protobuf", cut_off),
        ("too large", "application/protobuf", vec![0; BODY_BYTES_MAX + 1]),
        ("too large in memory", "application/protobuf", many_lines),
        ("of another type", "application/json", b"{}".to_vec()),
    ] {
        let reply = ask(address, "/orders", content_type, body).await?;
        println!("{what}: {}: {}", reply.status, String::from_utf8_lossy(&reply.body));
    }
    server.abort();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        Order { customer: "Ada".to_owned(), lines: vec![Line { sku: "M8".to_owned(), quantity: 40 }] }
    }

    /// What a service of its own answers.
    async fn reply(path: &str, content_type: &str, body: Vec<u8>) -> Reply {
        let (address, server) = start().await.expect("a port is free");
        let reply = ask(address, path, content_type, body).await.expect("the service answers");
        server.abort();
        reply
    }

    async fn refusal(path: &str, content_type: &str, body: Vec<u8>) -> (u16, String) {
        let reply = reply(path, content_type, body).await;
        (reply.status.as_u16(), String::from_utf8_lossy(&reply.body).into_owned())
    }

    #[tokio::test]
    async fn a_record_goes_there_and_another_one_comes_back() {
        let receipt = Receipt { text: "M8 for Ada".to_owned(), pieces: 40 };
        let bytes = protobuf::to_vec(&order()).expect("it can be written");
        for content_type in ["application/protobuf", "application/x-protobuf", "Application/Protobuf; version=1"] {
            let reply = reply("/orders", content_type, bytes.clone()).await;
            assert_eq!((reply.status, reply.content_type.as_str()), (StatusCode::OK, "application/protobuf"));
            assert_eq!(protobuf::from_slice::<Receipt>(&reply.body).as_ref(), Ok(&receipt));
        }
        let bytes = avro::to_vec(&order()).expect("it can be written");
        for content_type in ["application/avro", "avro/binary"] {
            let reply = reply("/avro/orders", content_type, bytes.clone()).await;
            assert_eq!((reply.status, reply.content_type.as_str()), (StatusCode::OK, "application/avro"));
            assert_eq!(avro::from_slice::<Receipt>(&reply.body).as_ref(), Ok(&receipt));
        }
    }

    #[tokio::test]
    async fn malformed_bytes_are_a_bad_request_that_names_byte_and_field() {
        let invalid = b"\x12\x03\x0a\x01\xff".to_vec();
        let message = "malformed: text that is not UTF-8 at byte 4, in `lines[0].sku`";
        assert_eq!(refusal("/orders", "application/protobuf", invalid).await, (400, message.to_owned()));
        let cut_off = b"\x06Ad".to_vec();
        let message = "the input ends inside a value at byte 1, in `customer`";
        assert_eq!(refusal("/avro/orders", "application/avro", cut_off).await, (400, message.to_owned()));
    }

    #[tokio::test]
    async fn what_is_too_large_as_bytes_or_in_memory_is_said_to_be_too_large() {
        for path in ["/orders", "/avro/orders"] {
            let content_type = if path == "/orders" { PROTOBUF[0] } else { AVRO[0] };
            let (status, _) = refusal(path, content_type, vec![0; BODY_BYTES_MAX + 1]).await;
            assert_eq!(status, 413, "{path}");
        }
        let (status, message) =
            refusal("/orders", "application/protobuf", b"\x12\x00".repeat(BODY_BYTES_MAX / 2)).await;
        assert_eq!(status, 413);
        assert!(message.starts_with("more than 524288 bytes of memory at byte "), "{message}");
    }

    #[tokio::test]
    async fn content_of_another_type_is_not_read() {
        for content_type in ["application/json", "application/protobuf+json", "application/avro", ""] {
            let (status, message) = refusal("/orders", content_type, Vec::new()).await;
            assert_eq!(status, 415, "{content_type}");
            assert_eq!(message, "the content type is none of application/protobuf, application/x-protobuf");
        }
    }
}
