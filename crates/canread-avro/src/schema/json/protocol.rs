//! Protocols and their messages.

use canread_syntax::Diagnostic;
use canread_syntax::json::{Kind, Member, Node};

use super::field::FIELDS_HELP;
use super::object::{drop_repeated, key, properties};
use super::{Reader, head};
use crate::schema::ast::{Message, Primitive, Protocol, Text, Type, TypeKind};

/// Attributes that the specification gives a protocol; all others are properties.
const PROTOCOL: [&str; 5] = ["protocol", "namespace", "doc", "types", "messages"];

/// Attributes that the specification gives a message; all others are properties.
const MESSAGE: [&str; 5] = ["doc", "request", "response", "errors", "one-way"];

impl Reader {
    pub(super) fn protocol<'a>(&mut self, node: &Node<'a>) -> Protocol<'a> {
        let name = self.text(node, "protocol");
        if let Some(name) = &name {
            self.full_name(name, "a protocol");
        }
        let namespace = self.namespace_of(node);
        if let Some(namespace) = &namespace {
            self.namespace(namespace);
        }
        let doc = self.doc(node);
        let types = node.get("types").map(|found| self.declarations(found)).unwrap_or_default();
        let messages = node.get("messages").map(|found| self.messages(found)).unwrap_or_default();
        let name = name.unwrap_or(Text { text: "".into(), span: head(node) });
        Protocol { span: node.span, name, namespace, doc, types, messages, properties: properties(node, &PROTOCOL) }
    }

    fn declarations<'a>(&mut self, found: &Node<'a>) -> Vec<Type<'a>> {
        let mut types = Vec::new();
        for element in self.array(found, "types", "list the types: `\"types\": [{\"type\": \"record\", …}]`") {
            let ty = self.ty(element);
            match ty.kind {
                TypeKind::Record(_) | TypeKind::Enum(_) | TypeKind::Fixed(_) => types.push(ty),
                TypeKind::Broken => {}
                kind => {
                    let found = match kind {
                        TypeKind::Array(_) => "an array".to_owned(),
                        TypeKind::Map(_) => "a map".to_owned(),
                        TypeKind::Union(_) => "a union".to_owned(),
                        TypeKind::Primitive(primitive) => format!("`{}`", primitive.as_str()),
                        _ => "the name of a type".to_owned(),
                    };
                    let message = format!("expected the declaration of a record, error, enum or fixed, found {found}");
                    let error = Diagnostic::error("avro/protocol_types", message).at(head(element), "declares nothing");
                    self.problems.add(error.help("types without a name stand where they are used"));
                }
            }
        }
        types
    }

    fn messages<'a>(&mut self, found: &Node<'a>) -> Vec<Message<'a>> {
        let Kind::Object(members) = &found.kind else {
            let help = "write them by name: `\"messages\": {\"ping\": {\"request\": [], \"response\": \"null\"}}`";
            self.expected("avro/attribute_type", found, "an object behind `messages`", help);
            return Vec::new();
        };
        let mut members: Vec<_> = members.iter().collect();
        self.same_name(&members);
        drop_repeated(&mut members);
        members.into_iter().filter_map(|member| self.message(member)).collect()
    }

    /// Source: Avro 1.12, "Protocol Declaration": "no two messages may have the same name".
    fn same_name(&mut self, members: &[&Member<'_>]) {
        let mut sorted = members.to_vec();
        sorted.sort_by(|one, two| one.key.cmp(&two.key));
        for pair in sorted.windows(2) {
            if let [first, second] = pair
                && first.key == second.key
            {
                self.problems.forget("syntax/json_duplicate_key", second.key_span);
                let message = format!("there are two messages `{}`", second.key.escape_debug());
                let error = Diagnostic::error("avro/duplicate_message", message).at(second.key_span, "again here");
                self.problems.add(error.at(first.key_span, "first here").help("rename one of them"));
            }
        }
    }

    fn message<'a>(&mut self, member: &Member<'a>) -> Option<Message<'a>> {
        let (name, node) = (key(member), &member.value);
        self.simple_name(&name, "a message");
        if node.as_object().is_none() {
            let expected = "a message, which is an object with `request` and `response`";
            let help = "write it as one: `{\"request\": [], \"response\": \"null\"}`";
            self.expected("avro/attribute_type", node, expected, help);
            return None;
        }
        let of = format!("message `{}`", name.text.escape_debug());
        let help = "list its parameters, or `\"request\": []` if it has none";
        let request = self.required(node, "request", &of, help);
        let request = request.map(|found| self.array(found, "request", FIELDS_HELP)).unwrap_or_default();
        let request = self.fields(request);
        let one_way = self.one_way(node);
        let response = if one_way.is_some() {
            node.get("response")
        } else {
            self.required(node, "response", &of, "say what it answers, or `\"response\": \"null\"` for nothing")
        };
        let nothing =
            || Type { span: member.key_span, kind: TypeKind::Primitive(Primitive::Null), properties: Vec::new() };
        let response = response.map_or_else(nothing, |found| self.ty(found));
        let mut errors = Vec::new();
        if let Some(found) = node.get("errors") {
            let elements = self.array(found, "errors", "list the errors by name: `\"errors\": [\"NotFound\"]`");
            errors.extend(elements.iter().map(|element| self.ty(element)));
        }
        let doc = self.doc(node);
        let properties = properties(node, &MESSAGE);
        Some(Message { span: member.span(), name, doc, request, response, errors, one_way, properties })
    }

    /// Where the message says that nobody answers.
    fn one_way(&mut self, node: &Node<'_>) -> Option<canread_syntax::Span> {
        let member = node.member("one-way")?;
        match member.value.kind {
            Kind::Bool(true) => Some(member.span()),
            Kind::Bool(false) => None,
            _ => {
                self.expected(
                    "avro/attribute_type",
                    &member.value,
                    "`true` or `false` behind `one-way`",
                    "write `true` if nobody answers, or leave it out",
                );
                None
            }
        }
    }
}
