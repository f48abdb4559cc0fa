//! A gRPC service of tonic whose messages are derived types: no `.proto` file, no protoc, no generated code.
//!
//! [`Protobuf`] is the type to take along: the codec that tonic asks for, with canread's limits. What a client sends wrongly is its own
//! fault (`INVALID_ARGUMENT`, with the byte and the field), what a server answers wrongly is the server's (`INTERNAL`). The service has
//! one call with one answer and one with many; clients in other languages call it as any other service. The program starts the service,
//! calls it, prints what came back, and ends.
//!
//! ```text
//! cd crates/canread/examples/services && cargo run --bin tonic
//! ```

use std::convert::Infallible;
use std::error::Error;
use std::marker::PhantomData;
use std::net::{Ipv4Addr, SocketAddr};

use axum::Router;
use axum::extract::Request as HttpRequest;
use axum::http::uri::PathAndQuery;
use bytes::{Buf as _, BufMut as _};
use canread::record::{Decode, DecodeFields, EncodeFields};
use canread::{DecodeErrorKind, Limits, Record, protobuf};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_stream::{Iter, StreamExt as _, iter};
use tonic::client::Grpc as Client;
use tonic::codec::{Codec, DecodeBuf, Decoder, EncodeBuf, Encoder};
use tonic::server::Grpc as Server;
use tonic::service::Routes;
use tonic::transport::server::TcpIncoming;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Request, Response, Status};
use tower::service_fn;

/// How many bytes a message may have. tonic itself allows 4 MiB.
const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// What the bytes of a message may become in memory: eight times of it here. canread itself allows 256 MiB, which is much for one of
/// many calls.
const LIMITS: Limits = Limits::strict().with_allocated_bytes_max(8 * MESSAGE_BYTES_MAX as u64);

/// A derived type that owns what it holds: what is read outlives the bytes that it came in.
trait Message: EncodeFields + for<'de> Decode<'de> + for<'de> DecodeFields<'de> + Send + Sync + 'static {}

impl<T: EncodeFields + for<'de> Decode<'de> + for<'de> DecodeFields<'de> + Send + Sync + 'static> Message for T {}

/// Messages of gRPC as canread reads and writes them: `E` goes out, `D` comes in.
struct Protobuf<E, D> {
    /// What is said of bytes that are no such message: whose fault they are depends on the side that reads them.
    malformed: Code,
    messages: PhantomData<fn(E) -> D>,
}

impl<E, D> Protobuf<E, D> {
    const fn of_server() -> Self {
        Self { malformed: Code::InvalidArgument, messages: PhantomData }
    }

    const fn of_client() -> Self {
        Self { malformed: Code::Internal, messages: PhantomData }
    }
}

impl<E: Message, D: Message> Codec for Protobuf<E, D> {
    type Encode = E;
    type Decode = D;
    type Encoder = ProtobufEncoder<E>;
    type Decoder = ProtobufDecoder<D>;

    fn encoder(&mut self) -> Self::Encoder {
        ProtobufEncoder { buffer: Vec::new(), message: PhantomData }
    }

    fn decoder(&mut self) -> Self::Decoder {
        ProtobufDecoder { malformed: self.malformed, message: PhantomData }
    }
}

struct ProtobufEncoder<E> {
    /// All messages of a stream are written into the same memory.
    buffer: Vec<u8>,
    message: PhantomData<fn(E)>,
}

impl<E: Message> Encoder for ProtobufEncoder<E> {
    type Item = E;
    type Error = Status;

    fn encode(&mut self, message: E, target: &mut EncodeBuf<'_>) -> Result<(), Status> {
        self.buffer.clear();
        protobuf::encode_into(&message, &mut self.buffer).map_err(|error| Status::internal(error.to_string()))?;
        target.put_slice(&self.buffer);
        Ok(())
    }
}

struct ProtobufDecoder<D> {
    malformed: Code,
    message: PhantomData<fn() -> D>,
}

impl<D: Message> Decoder for ProtobufDecoder<D> {
    type Item = D;
    type Error = Status;

    fn decode(&mut self, source: &mut DecodeBuf<'_>) -> Result<Option<D>, Status> {
        // Taken out of tonic's buffer, not copied.
        let bytes = source.copy_to_bytes(source.remaining());
        let message = protobuf::from_slice_with(&bytes, &LIMITS).map_err(|error| {
            let code = match error.kind() {
                DecodeErrorKind::LimitExceeded { .. } => Code::ResourceExhausted,
                _ => self.malformed,
            };
            Status::new(code, error.to_string())
        })?;
        Ok(Some(message))
    }
}

#[derive(Record, Debug, Clone)]
#[record(name = "shop.Order")]
struct Order {
    #[field(1)]
    customer: String,
    #[field(2)]
    lines: Vec<Line>,
}

#[derive(Record, Debug, Clone)]
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

/// `rpc Place(Order) returns (Receipt)`.
async fn place(request: Request<Order>) -> Result<Response<Receipt>, Status> {
    let order = request.into_inner();
    let pieces = order.lines.iter().map(|line| u64::from(line.quantity)).sum();
    Ok(Response::new(Receipt { text: format!("for {}", order.customer), pieces }))
}

/// A stream of tonic: any will do whose items are messages or what went wrong.
type Receipts = Iter<std::vec::IntoIter<Result<Receipt, Status>>>;

/// `rpc Pack(Order) returns (stream Receipt)`: one for each line.
async fn pack(request: Request<Order>) -> Result<Response<Receipts>, Status> {
    let packed = |line: Line| Ok(Receipt { text: line.sku, pieces: line.quantity.into() });
    let receipts: Vec<_> = request.into_inner().lines.into_iter().map(packed).collect();
    Ok(Response::new(iter(receipts)))
}

const PLACE: &str = "/shop.Orders/Place";
const PACK: &str = "/shop.Orders/Pack";

/// Both calls take and give the same messages, so that one codec does for them.
fn server() -> Server<Protobuf<Receipt, Order>> {
    Server::new(Protobuf::of_server()).max_decoding_message_size(MESSAGE_BYTES_MAX)
}

/// What tonic's own generator writes for a service: a path for each call.
fn service() -> Routes {
    Router::new()
        .route_service(
            PLACE,
            service_fn(async |request: HttpRequest| {
                Ok::<_, Infallible>(server().unary(service_fn(place), request).await)
            }),
        )
        .route_service(
            PACK,
            service_fn(async |request: HttpRequest| {
                Ok::<_, Infallible>(server().server_streaming(service_fn(pack), request).await)
            }),
        )
        .fallback(async || Status::unimplemented("no such call").into_http::<tonic::body::Body>())
        .into()
}

/// Starts the service at a port that is free.
async fn start() -> std::io::Result<(SocketAddr, JoinHandle<Result<(), tonic::transport::Error>>)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let address = listener.local_addr()?;
    let server = tonic::transport::Server::builder().add_routes(service());
    Ok((address, tokio::spawn(server.serve_with_incoming(TcpIncoming::from(listener)))))
}

/// A client, with the same limit for what it is answered.
async fn connect(address: SocketAddr) -> Result<Client<Channel>, tonic::transport::Error> {
    let channel = Endpoint::from_shared(format!("http://{address}"))?.connect().await?;
    Ok(Client::new(channel).max_decoding_message_size(MESSAGE_BYTES_MAX))
}

/// Calls what has one answer.
async fn call<E: Message, D: Message>(
    client: &mut Client<Channel>,
    path: &'static str,
    message: E,
) -> Result<D, Status> {
    client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
    let codec = Protobuf::<E, D>::of_client();
    let response = client.unary(Request::new(message), PathAndQuery::from_static(path), codec).await?;
    Ok(response.into_inner())
}

/// Calls what has many answers.
async fn call_for_many<E: Message, D: Message>(
    client: &mut Client<Channel>,
    path: &'static str,
    message: E,
) -> Result<tonic::Streaming<D>, Status> {
    client.ready().await.map_err(|error| Status::unavailable(error.to_string()))?;
    let codec = Protobuf::<E, D>::of_client();
    let response = client.server_streaming(Request::new(message), PathAndQuery::from_static(path), codec).await?;
    Ok(response.into_inner())
}

/// An order as a broken client writes it: a text that may be no text.
#[derive(Record)]
struct BrokenOrder {
    #[field(1)]
    customer: Vec<u8>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let (address, server) = start().await?;
    println!("listening on {address}");
    let mut client = connect(address).await?;

    let lines = vec![Line { sku: "M8".to_owned(), quantity: 40 }, Line { sku: "M10".to_owned(), quantity: 2 }];
    let order = Order { customer: "Ada".to_owned(), lines };
    let receipt: Receipt = call(&mut client, PLACE, order.clone()).await?;
    println!("placed: {receipt:?}");

    let mut receipts = call_for_many::<_, Receipt>(&mut client, PACK, order).await?;
    while let Some(receipt) = receipts.next().await {
        println!("packed: {:?}", receipt?);
    }

    for (what, customer) in [("malformed", b"\xff".to_vec()), ("too large", vec![b'a'; MESSAGE_BYTES_MAX])] {
        let refused = call::<_, Receipt>(&mut client, PLACE, BrokenOrder { customer }).await;
        let status = refused.err().ok_or("the service took what is no order")?;
        println!("{what}: {:?}: {}", status.code(), status.message());
    }
    server.abort();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order() -> Order {
        let lines = vec![Line { sku: "M8".to_owned(), quantity: 40 }, Line { sku: "M10".to_owned(), quantity: 2 }];
        Order { customer: "Ada".to_owned(), lines }
    }

    /// A client of a service of its own, which ends with the test.
    async fn client() -> Client<Channel> {
        let (address, _) = start().await.expect("a port is free");
        connect(address).await.expect("the service listens")
    }

    /// The code and the message with which a call of [`PLACE`] is refused.
    async fn refusal<E: Message, D: Message>(message: E) -> (Code, String) {
        let Err(status) = call::<E, D>(&mut client().await, PLACE, message).await else {
            panic!("the call was answered");
        };
        (status.code(), status.message().to_owned())
    }

    #[tokio::test]
    async fn a_call_is_answered() {
        let receipt: Receipt = call(&mut client().await, PLACE, order()).await.expect("an order");
        assert_eq!(receipt, Receipt { text: "for Ada".to_owned(), pieces: 42 });
    }

    #[tokio::test]
    async fn a_call_is_answered_by_a_stream() {
        let stream = call_for_many::<_, Receipt>(&mut client().await, PACK, order()).await.expect("an order");
        let receipts: Vec<Receipt> = stream.map(|receipt| receipt.expect("a receipt")).collect().await;
        let packed = |sku: &str, pieces| Receipt { text: sku.to_owned(), pieces };
        assert_eq!(receipts, [packed("M8", 40), packed("M10", 2)]);
    }

    #[tokio::test]
    async fn malformed_bytes_of_a_client_are_an_invalid_argument_that_names_byte_and_field() {
        let refused = refusal::<_, Receipt>(BrokenOrder { customer: b"\xff".to_vec() }).await;
        let message = "malformed: text that is not UTF-8 at byte 2, in `customer`";
        assert_eq!(refused, (Code::InvalidArgument, message.to_owned()));
    }

    #[tokio::test]
    async fn malformed_bytes_of_a_server_are_an_internal_error() {
        /// A receipt, if its text were an order.
        #[derive(Record)]
        struct OtherReceipt {
            #[field(1)]
            text: Line,
        }

        let (code, message) = refusal::<_, OtherReceipt>(order()).await;
        assert_eq!(code, Code::Internal, "{message}");
        assert!(message.contains(", in `text"), "{message}");
    }

    #[tokio::test]
    async fn what_is_too_large_is_refused_as_bytes_and_in_memory() {
        /// An order of lines that take two bytes each on their way, and many more in memory.
        #[derive(Record)]
        struct ManyLines {
            #[field(2)]
            lines: Vec<Empty>,
        }

        #[derive(Record, Clone)]
        struct Empty {}

        let (code, message) = refusal::<_, Receipt>(BrokenOrder { customer: vec![b'a'; MESSAGE_BYTES_MAX] }).await;
        assert_eq!(code, Code::OutOfRange, "{message}");
        let lines = vec![Empty {}; MESSAGE_BYTES_MAX / 2];
        let (code, message) = refusal::<_, Receipt>(ManyLines { lines }).await;
        assert_eq!(code, Code::ResourceExhausted);
        assert!(message.starts_with("more than 524288 bytes of memory at byte "), "{message}");
    }

    #[tokio::test]
    async fn a_call_that_there_is_not_is_unimplemented() {
        let refused = call::<_, Receipt>(&mut client().await, "/shop.Orders/Cancel", order()).await;
        assert_eq!(refused.err().map(|status| status.code()), Some(Code::Unimplemented));
    }
}
