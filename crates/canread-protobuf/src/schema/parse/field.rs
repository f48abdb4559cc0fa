//! Fields, maps and groups.

use canread_syntax::{Diagnostic, Span};

use super::super::ast::{
    CommentsId, DottedName, Field, Group, Ident, Label, MapField, Number, OptionDecl, Scalar, Type, TypeKind, Version,
};
use super::super::lex::{TokenKind, shown};
use super::hint::closest;
use super::{Parse, Parser, Skip};

/// Where a field stands, which decides on labels and maps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Message,
    Oneof,
    Extend,
}

/// What a field statement declares.
pub(super) enum Statement<'a> {
    Field(Field<'a>),
    Map(Box<MapField<'a>>),
    Group(Box<Group<'a>>),
}

/// What stands behind a name that gets a number.
pub(super) enum Assigned {
    /// `= 5`, or a number that has been reported.
    Number(Option<Number>),
    /// Nothing, which has been reported; the statement ends here.
    Nothing,
}

impl<'a> Parser<'a> {
    pub(super) fn field_statement(&mut self, place: Place) -> Parse<Statement<'a>> {
        let start = self.token.start;
        let label = self.label();
        if self.at_word("map") && self.second_token().is_symbol(b'<') {
            return Ok(Statement::Map(self.map(label, place, start)?));
        }
        if self.at_word("group") {
            return Ok(Statement::Group(self.group(label, place, start)?));
        }
        let ty = self.ty()?;
        let name = self.ident("a field name")?;
        if self.at(b'=') {
            self.check_label(label, place, start);
        }
        let (number, options, comments) = self.field_end(name, Some(&ty))?;
        Ok(Statement::Field(Field { name, ty, number, options, span: self.span_from(start), comments, label }))
    }

    fn label(&mut self) -> Option<Label> {
        let label = match self.word() {
            "optional" => Label::Optional,
            "required" => Label::Required,
            "repeated" => Label::Repeated,
            _ => return None,
        };
        self.bump();
        Some(label)
    }

    /// The type of a field, or of a map's keys or values.
    fn ty(&mut self) -> Parse<Type<'a>> {
        if self.token.kind == TokenKind::Ident
            && let Some(scalar) = Scalar::from_name(self.word())
        {
            let span = self.token_span();
            self.bump();
            return Ok(Type { kind: TypeKind::Scalar(scalar), span });
        }
        let name = self.dotted_name("a field type", true)?;
        Ok(Type { kind: TypeKind::Named(name.text), span: name.span })
    }

    /// A type that has to be a message.
    pub(super) fn message_name(&mut self) -> Parse<DottedName<'a>> {
        let is_no_message = self.at_word("group") || Scalar::from_name(self.word()).is_some();
        if self.token.kind == TokenKind::Ident && is_no_message {
            self.expected("the name of a message");
        }
        self.dotted_name("the name of a message", true)
    }

    /// Number, options and `;` of a field.
    fn field_end(
        &mut self,
        name: Ident<'a>,
        ty: Option<&Type<'a>>,
    ) -> Parse<(Option<Number>, Box<[OptionDecl<'a>]>, CommentsId)> {
        let Assigned::Number(number) = self.field_number(name, ty)? else {
            return Ok((None, Box::default(), CommentsId::NONE));
        };
        let (options, comments) = self.options_and_end("the field");
        Ok((number, options, comments))
    }

    fn field_number(&mut self, name: Ident<'a>, ty: Option<&Type<'a>>) -> Parse<Assigned> {
        const KEYWORDS: [&str; 6] = ["message", "enum", "oneof", "extend", "extensions", "reserved"];
        if self.at(b'{')
            && let Some(TypeKind::Named(word)) = ty.map(|ty| &ty.kind)
            && let Some(keyword) = closest(word, &KEYWORDS)
        {
            return Err(self.expected_help(
                "`=` and a field number",
                format!("did you mean `{keyword}` instead of `{}`?", shown(word)),
            ));
        }
        self.assigned_number(name, "a field number", false)
    }

    /// `= 5` behind a name.
    pub(super) fn assigned_number(&mut self, name: Ident<'a>, what: &str, signed: bool) -> Parse<Assigned> {
        if self.eat(b'=') {
            return Ok(Assigned::Number(self.number(what, signed)?));
        }
        let shown = shown(name.text);
        let help = format!("give `{shown}` a number that no other one here has: `{shown} = 1`");
        let skip = self.expected_help(&format!("`=` and {what}"), help);
        match self.token.kind {
            TokenKind::Symbol(b';' | b'[') => Ok(Assigned::Number(None)),
            TokenKind::Symbol(b'}') | TokenKind::End => Ok(Assigned::Nothing),
            _ if self.starts_line() => Ok(Assigned::Nothing),
            _ => Err(skip),
        }
    }

    /// Options in brackets, if there are any, and the `;`. What is wrong there doesn't undo the declaration.
    pub(super) fn options_and_end(&mut self, what: &str) -> (Box<[OptionDecl<'a>]>, CommentsId) {
        let Ok(options) = self.bracket_options() else {
            self.skip_statement();
            return (Box::default(), CommentsId::NONE);
        };
        (options, self.end_statement(what))
    }

    fn map(&mut self, label: Option<Label>, place: Place, start: u32) -> Parse<Box<MapField<'a>>> {
        let type_start = self.token.start;
        self.bump();
        self.expect(b'<', "after `map`")?;
        let key = self.ty()?;
        self.expect(b',', "between the types of keys and values")?;
        let value = self.ty()?;
        self.expect(b'>', "after the types of keys and values")?;
        let type_span = self.span_from(type_start);
        let name = self.ident("a field name")?;
        self.check_map(label, place, start, type_span);
        let (number, options, comments) = self.field_end(name, None)?;
        Ok(Box::new(MapField { name, key, value, type_span, number, options, span: self.span_from(start), comments }))
    }

    fn check_map(&mut self, label: Option<Label>, place: Place, start: u32, type_span: Span) {
        let (message, help) = match (place, label) {
            (Place::Oneof, _) => ("a map is not allowed in a oneof", "wrap it in a message"),
            (Place::Extend, _) => ("a map is not allowed as an extension", "wrap it in a message"),
            (Place::Message, Some(_)) => {
                let span = self.label_span(start, label);
                let message = "a map has no label";
                return self.forbid("protobuf/label_not_allowed", span, message, "remove it: a map repeats by itself");
            }
            (Place::Message, None) => return,
        };
        self.forbid("protobuf/map_not_allowed", type_span, message, help);
    }

    fn group(&mut self, label: Option<Label>, place: Place, start: u32) -> Parse<Box<Group<'a>>> {
        let type_span = self.token_span();
        self.bump();
        let name = self.ident("a group name")?;
        self.check_label(label, place, start);
        self.check_group(name, type_span);
        let Assigned::Number(number) = self.field_number(name, None)? else { return Err(Skip) };
        let field_options = self.bracket_options()?;
        if !self.at(b'{') {
            return Err(self.expected("`{` and the group's fields"));
        }
        let body = self.body(name)?;
        Ok(Box::new(Group {
            name,
            number,
            field_options,
            options: body.options.into(),
            items: body.items.into(),
            type_span,
            span: self.span_from(start),
            comments: body.comments,
            label,
        }))
    }

    fn check_group(&mut self, name: Ident<'a>, type_span: Span) {
        const CODE: &str = "protobuf/group_not_allowed";
        if self.version == Version::Proto3 {
            self.forbid(CODE, type_span, "groups are not allowed in proto3", "use a message and a field of its type");
        } else if self.version.is_edition() {
            let help = "use a message and a field with `[features.message_encoding = DELIMITED]`";
            self.forbid(CODE, type_span, "groups are not allowed in editions", help);
        } else if !name.text.starts_with(|first: char| first.is_ascii_uppercase()) {
            let message = format!("the group name `{}` has to start with a capital letter", shown(name.text));
            let help = "the field gets the name in lower case, the message keeps it";
            self.forbid("protobuf/syntax", name.span, message, help);
        }
    }

    /// The label of the declaration that starts at `start`.
    fn label_span(&self, start: u32, label: Option<Label>) -> Span {
        let length = label.map_or(0, |label| label.as_str().len());
        Span::new(self.id, start, start + super::super::lex::offset(length))
    }

    fn check_label(&mut self, label: Option<Label>, place: Place, start: u32) {
        const CODE: &str = "protobuf/label_not_allowed";
        let span = self.label_span(start, label);
        let version = self.version;
        let (message, help) = match label {
            Some(_) if place == Place::Oneof => ("a field of a oneof has no label", "remove it"),
            None if version == Version::Proto2 && place != Place::Oneof => return self.missing_label(span),
            Some(Label::Required) if version == Version::Proto3 => (
                "`required` is not allowed in proto3",
                "remove it, or write `optional` to tell an unset field from its default",
            ),
            Some(Label::Required) if version.is_edition() => (
                "`required` is not allowed in editions",
                "write `[features.field_presence = LEGACY_REQUIRED]` behind the number",
            ),
            Some(Label::Optional) if version.is_edition() => (
                "`optional` is not allowed in editions",
                "remove it: fields have presence unless `features.field_presence` says otherwise",
            ),
            _ => return,
        };
        self.forbid(CODE, span, message, help);
    }

    /// In a file without a `syntax` statement the missing labels have one cause, and are reported once.
    fn missing_label(&mut self, place: Span) {
        if !std::mem::replace(&mut self.labels_are_missed, self.has_syntax) {
            return;
        }
        let diagnostic = Diagnostic::error(
            "protobuf/label_missing",
            "expected `optional`, `required` or `repeated` before the type",
        );
        let diagnostic = if self.has_syntax {
            diagnostic.help("write `optional`: in proto2 every field has a label")
        } else {
            diagnostic
                .note("a file without a `syntax` statement is proto2, where every field has a label")
                .help("if this is proto3, start the file with `syntax = \"proto3\";`")
        };
        self.reports.add(diagnostic.at(place, ""));
    }
}
