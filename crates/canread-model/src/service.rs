//! Services: methods that are called over a network.

use crate::{DeclId, Field, Meta, NodeId, Type};

/// What sort of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum ServiceKind {
    /// A plain service, an Avro protocol.
    #[default]
    Service,
    /// An fbthrift interaction: methods that share a session, which a method of a service starts by returning it.
    Interaction,
}

/// Methods under one name.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Service {
    /// What sort.
    pub kind: ServiceKind,
    /// The service whose methods it also has (Thrift `extends`).
    pub base: Option<DeclId>,
    /// Its own methods, in source order.
    pub methods: Vec<Method>,
}

impl Service {
    /// The method under a name; inherited ones are not looked at.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| &*method.name == name)
    }
}

/// What a method takes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Parameters {
    /// One message (Protobuf).
    Message(Type),
    /// A list of parameters (Thrift, Avro).
    Fields(Vec<Field>),
}

/// What calling a method twice does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Idempotency {
    /// Nothing is said.
    #[default]
    Unknown,
    /// Nothing changes at all.
    NoSideEffects,
    /// The same as calling it once.
    Idempotent,
}

/// One method.
#[derive(Debug, Clone, PartialEq)]
pub struct Method {
    /// This node.
    pub node: NodeId,
    /// Its name.
    pub name: Box<str>,
    /// What it takes.
    pub parameters: Parameters,
    /// What it returns; `None` for nothing. A tuple where fbthrift answers with
    /// several things: an interaction, a first reply, a sink, a stream.
    pub returns: Option<Type>,
    /// The exceptions that it declares.
    pub throws: Vec<Field>,
    /// Whether the client sends many messages.
    pub client_streaming: bool,
    /// Whether the server sends many messages.
    pub server_streaming: bool,
    /// Whether no reply is sent.
    pub is_oneway: bool,
    /// What calling it twice does.
    pub idempotency: Idempotency,
    /// Documentation and annotations.
    pub meta: Meta,
}

impl Method {
    /// A method that takes something, with nothing else said.
    #[must_use]
    pub fn new(node: NodeId, name: &str, parameters: Parameters) -> Self {
        Self {
            node,
            name: name.into(),
            parameters,
            returns: None,
            throws: Vec::new(),
            client_streaming: false,
            server_streaming: false,
            is_oneway: false,
            idempotency: Idempotency::Unknown,
            meta: Meta::default(),
        }
    }

    /// Says what the method returns.
    #[must_use]
    pub fn returning(mut self, ty: Type) -> Self {
        self.returns = Some(ty);
        self
    }
}
