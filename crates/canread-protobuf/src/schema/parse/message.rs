//! Messages, groups' bodies, oneofs, extends.

use canread_syntax::{Diagnostic, Span};

use super::super::ast::{
    CommentsId, Extend, Ident, Member, Message, MessageItem, Oneof, OptionDecl, Version, Visibility,
};
use super::super::lex::shown;
use super::field::{Place, Statement};
use super::file::Visible;
use super::{MESSAGE_DEPTH_MAX, Parse, Parser, Skip};

/// What stands between the braces of a message or group.
#[derive(Debug, Default)]
pub(super) struct Body<'a> {
    pub(super) options: Vec<OptionDecl<'a>>,
    pub(super) items: Vec<MessageItem<'a>>,
    pub(super) comments: CommentsId,
}

impl<'a> Parser<'a> {
    /// From the word `message` on; `start` is where the declaration starts.
    pub(super) fn message(&mut self, visibility: Option<Visibility>, start: u32) -> Parse<Box<Message<'a>>> {
        self.bump();
        let name = self.ident("a message name")?;
        let body = self.body(name)?;
        Ok(Box::new(Message {
            name,
            visibility,
            options: body.options.into(),
            items: body.items.into(),
            span: self.span_from(start),
            comments: body.comments,
        }))
    }

    /// The braces of a message or group, and what stands between them.
    pub(super) fn body(&mut self, name: Ident<'a>) -> Parse<Body<'a>> {
        let mut body = Body::default();
        if self.nesting == MESSAGE_DEPTH_MAX && self.at(b'{') {
            self.too_deep(name.span, "messages", MESSAGE_DEPTH_MAX);
            self.skip_block();
            return Ok(body);
        }
        self.nesting += 1;
        let comments = self.block("after the message's name", |parser| parser.message_statement(&mut body));
        self.nesting -= 1;
        body.comments = comments?;
        Ok(body)
    }

    pub(super) fn too_deep(&mut self, span: Span, what: &str, most: usize) {
        let message = format!("{what} nested more than {most} levels deep");
        self.forbid("protobuf/nested_too_deep", span, message, "what stands inside this is not read: move it out");
    }

    /// A block in braces: takes statements up to its end. Returns the comments of what the block belongs to.
    pub(super) fn block(
        &mut self,
        place: &str,
        mut statement: impl FnMut(&mut Self) -> Parse<()>,
    ) -> Parse<CommentsId> {
        if !self.at(b'{') {
            return Err(self.expected(&format!("`{{` {place}")));
        }
        self.open_blocks.push(self.token.start);
        let comments = self.finish_head();
        loop {
            if self.at(b'}') {
                self.finish_block();
                break;
            }
            if self.at_end() {
                self.unclosed_block();
                break;
            }
            let before = self.token.start;
            if statement(self).is_err() {
                self.skip_failed_statement(before);
            }
        }
        self.open_blocks.pop();
        Ok(comments)
    }

    fn message_statement(&mut self, body: &mut Body<'a>) -> Parse<()> {
        let start = self.token.start;
        let item = match self.word() {
            ";" => {
                self.finish_nothing();
                return Ok(());
            }
            "option" => {
                body.options.push(self.option_statement()?);
                return Ok(());
            }
            "message" => MessageItem::Message(self.message(None, start)?),
            "enum" => MessageItem::Enum(self.enumeration(None, start)?),
            "extend" => MessageItem::Extend(self.extend()?),
            "oneof" => MessageItem::Oneof(self.oneof()?),
            "extensions" => MessageItem::Extensions(self.extensions()?),
            "reserved" => MessageItem::Reserved(self.reserved(false)?),
            "export" | "local" if self.is_visibility() => match self.visibility()? {
                (visibility, Visible::Message) => MessageItem::Message(self.message(visibility, start)?),
                (visibility, Visible::Enum) => MessageItem::Enum(self.enumeration(visibility, start)?),
            },
            _ => match self.field_statement(Place::Message)? {
                Statement::Field(field) => MessageItem::Field(field),
                Statement::Group(group) => MessageItem::Group(group),
                Statement::Map(map) => MessageItem::Map(map),
            },
        };
        body.items.push(item);
        Ok(())
    }

    /// Whether `export` or `local` is meant as such. Before edition 2024 it may be the name of a field's type.
    fn is_visibility(&self) -> bool {
        if self.version == Version::Edition2024 {
            return true;
        }
        let mut ahead = self.lexer.ahead();
        let [keyword, name, brace] = [ahead.next_token(), ahead.next_token(), ahead.next_token()];
        matches!(self.slice(keyword.start, keyword.end), "message" | "enum")
            && name.kind == super::TokenKind::Ident
            && brace.is_symbol(b'{')
    }

    fn oneof(&mut self) -> Parse<Box<Oneof<'a>>> {
        let start = self.token.start;
        self.bump();
        let name = self.ident("a oneof name")?;
        let (mut options, mut members) = (Vec::new(), Vec::new());
        let before = self.reports.count();
        let comments = self.block("after the oneof's name", |parser| {
            if parser.at_word("option") {
                options.push(parser.option_statement()?);
            } else {
                members.extend(parser.member(Place::Oneof)?);
            }
            Ok(())
        })?;
        if members.is_empty() && before == self.reports.count() {
            let help = "add a field, or remove the oneof";
            self.forbid("protobuf/syntax", name.span, format!("the oneof `{}` has no fields", shown(name.text)), help);
        }
        let span = self.span_from(start);
        Ok(Box::new(Oneof { name, options: options.into(), members: members.into(), span, comments }))
    }

    pub(super) fn extend(&mut self) -> Parse<Box<Extend<'a>>> {
        let start = self.token.start;
        self.bump();
        let extendee = self.message_name()?;
        let mut members = Vec::new();
        let before = self.reports.count();
        let comments = self.block("after the message's name", |parser| {
            members.extend(parser.member(Place::Extend)?);
            Ok(())
        })?;
        if members.is_empty() && before == self.reports.count() {
            let message = format!("the extension of `{}` has no fields", shown(&extendee.text));
            self.forbid("protobuf/syntax", extendee.span, message, "add a field, or remove the `extend`");
        }
        Ok(Box::new(Extend { extendee, members: members.into(), span: self.span_from(start), comments }))
    }

    /// A field of a oneof or an extend. A map is reported, and left out.
    fn member(&mut self, place: Place) -> Parse<Option<Member<'a>>> {
        if self.at(b';') {
            let message = "an empty statement is not allowed here";
            self.unexpected(Diagnostic::error("protobuf/syntax", message).help("remove the `;`"));
            self.finish_nothing();
            return Ok(None);
        }
        if matches!(self.word(), "message" | "enum" | "oneof" | "reserved" | "extensions" | "extend")
            && self.token.kind == super::TokenKind::Ident
            && self.declares_in_member_place()
        {
            let place = if place == Place::Oneof { "a oneof" } else { "an `extend`" };
            let message = format!("`{}` is not allowed inside {place}", self.word());
            self.unexpected(Diagnostic::error("protobuf/syntax", message).help("move it out"));
            return Err(Skip);
        }
        Ok(match self.field_statement(place)? {
            Statement::Field(field) => Some(Member::Field(field)),
            Statement::Group(group) => Some(Member::Group(group)),
            Statement::Map(_) => None,
        })
    }

    /// Whether a word that starts a declaration does so here, and isn't the type of a field.
    fn declares_in_member_place(&self) -> bool {
        let mut ahead = self.lexer.ahead();
        let [_, third] = [ahead.next_token(), ahead.next_token()];
        third.is_symbol(b'{')
    }
}
