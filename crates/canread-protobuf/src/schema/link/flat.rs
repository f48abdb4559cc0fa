//! The declarations of one file in one list, so that no pass over them recurses.

use std::borrow::Cow;

use canread_syntax::Span;

use crate::schema::ast::{self, CommentsId, Ident, Item, Label, Member, MessageItem, Number, OptionDecl, Visibility};

/// One declaration: its place in the list says its [`DeclId`](canread_model::DeclId).
#[derive(Debug)]
pub(super) struct Flat<'t, 'a> {
    pub(super) kind: FlatKind<'t, 'a>,
    /// Index of the message it is nested in.
    pub(super) parent: Option<u32>,
}

/// What a declaration is.
#[derive(Debug, Clone, Copy)]
pub(super) enum FlatKind<'t, 'a> {
    Message(&'t ast::Message<'a>),
    /// The message of a group; its field is listed where the group stands.
    Group(&'t ast::Group<'a>),
    Enum(&'t ast::Enum<'a>),
    Service(&'t ast::Service<'a>),
    Extension {
        extend: &'t ast::Extend<'a>,
        field: FieldNode<'t, 'a>,
        /// Counts the `extend` blocks of the file.
        block: u32,
    },
}

impl<'t, 'a> FlatKind<'t, 'a> {
    /// Its own name.
    pub(super) fn name(&self) -> (Cow<'a, str>, Span) {
        let ident = |name: Ident<'a>| (Cow::Borrowed(name.text), name.span);
        match self {
            Self::Message(message) => ident(message.name),
            Self::Group(group) => ident(group.name),
            Self::Enum(declared) => ident(declared.name),
            Self::Service(service) => ident(service.name),
            Self::Extension { field, .. } => (field.name(), field.name_span()),
        }
    }

    /// The whole declaration.
    pub(super) fn span(&self) -> Span {
        match self {
            Self::Message(message) => message.span,
            Self::Group(group) => group.span,
            Self::Enum(declared) => declared.span,
            Self::Service(service) => service.span,
            Self::Extension { field, .. } => field.span(),
        }
    }

    /// The statements inside, if it is a message.
    pub(super) fn items(&self) -> Option<&'t [MessageItem<'a>]> {
        match self {
            Self::Message(message) => Some(&message.items),
            Self::Group(group) => Some(&group.items),
            _ => None,
        }
    }

    /// The word in front.
    pub(super) fn visibility(&self) -> Option<Visibility> {
        match self {
            Self::Message(message) => message.visibility,
            Self::Enum(declared) => declared.visibility,
            _ => None,
        }
    }

    /// Its comments; those of a group are the message's.
    pub(super) fn comments(&self) -> CommentsId {
        match self {
            Self::Message(message) => message.comments,
            Self::Group(group) => group.comments,
            Self::Enum(declared) => declared.comments,
            Self::Service(service) => service.comments,
            Self::Extension { field, .. } => field.comments(),
        }
    }
}

/// A field in any of its spellings.
#[derive(Debug, Clone, Copy)]
pub(super) enum FieldNode<'t, 'a> {
    Plain(&'t ast::Field<'a>),
    Map(&'t ast::MapField<'a>),
    Group(&'t ast::Group<'a>),
}

impl<'t, 'a> FieldNode<'t, 'a> {
    pub(super) fn name(&self) -> Cow<'a, str> {
        match self {
            Self::Plain(field) => Cow::Borrowed(field.name.text),
            Self::Map(field) => Cow::Borrowed(field.name.text),
            Self::Group(group) => Cow::Owned(group.name.text.to_ascii_lowercase()),
        }
    }

    pub(super) fn name_span(&self) -> Span {
        match self {
            Self::Plain(field) => field.name.span,
            Self::Map(field) => field.name.span,
            Self::Group(group) => group.name.span,
        }
    }

    pub(super) fn number(&self) -> Option<Number> {
        match self {
            Self::Plain(field) => field.number,
            Self::Map(field) => field.number,
            Self::Group(group) => group.number,
        }
    }

    pub(super) fn label(&self) -> Option<Label> {
        match self {
            Self::Plain(field) => field.label,
            Self::Map(_) => None,
            Self::Group(group) => group.label,
        }
    }

    pub(super) fn label_span(&self) -> Span {
        match self {
            Self::Plain(field) => field.label_span(),
            Self::Map(field) => field.span.before(),
            Self::Group(group) => group.label_span(),
        }
    }

    /// Whether it holds any number of values.
    pub(super) fn is_repeated(&self) -> bool {
        matches!(self, Self::Map(_)) || self.label() == Some(Label::Repeated)
    }

    pub(super) fn options(&self) -> &'t [OptionDecl<'a>] {
        match self {
            Self::Plain(field) => &field.options,
            Self::Map(field) => &field.options,
            Self::Group(group) => &group.field_options,
        }
    }

    pub(super) fn type_span(&self) -> Span {
        match self {
            Self::Plain(field) => field.ty.span,
            Self::Map(field) => field.type_span,
            Self::Group(group) => group.type_span,
        }
    }

    pub(super) fn span(&self) -> Span {
        match self {
            Self::Plain(field) => field.span,
            Self::Map(field) => field.span,
            Self::Group(group) => group.span,
        }
    }

    /// Its comments; a group's belong to its message.
    pub(super) fn comments(&self) -> CommentsId {
        match self {
            Self::Plain(field) => field.comments,
            Self::Map(field) => field.comments,
            Self::Group(_) => CommentsId::NONE,
        }
    }
}

impl<'t, 'a> From<&'t Member<'a>> for FieldNode<'t, 'a> {
    fn from(member: &'t Member<'a>) -> Self {
        match member {
            Member::Field(field) => Self::Plain(field),
            Member::Group(group) => Self::Group(group),
        }
    }
}

/// The fields of a message in source order, each with the index of its oneof.
pub(super) fn fields<'t, 'a>(items: &'t [MessageItem<'a>]) -> impl Iterator<Item = (FieldNode<'t, 'a>, Option<u32>)> {
    let mut oneofs = 0_u32;
    items.iter().flat_map(move |item| {
        let (single, members, oneof) = match item {
            MessageItem::Field(field) => (Some(FieldNode::Plain(field)), &[][..], None),
            MessageItem::Map(field) => (Some(FieldNode::Map(field)), &[][..], None),
            MessageItem::Group(group) => (Some(FieldNode::Group(group)), &[][..], None),
            MessageItem::Oneof(oneof) => {
                oneofs = oneofs.saturating_add(1);
                (None, &oneof.members[..], Some(oneofs - 1))
            }
            _ => (None, &[][..], None),
        };
        single.into_iter().chain(members.iter().map(FieldNode::from)).map(move |field| (field, oneof))
    })
}

/// The oneofs of a message in source order.
pub(super) fn oneofs<'t, 'a>(items: &'t [MessageItem<'a>]) -> impl Iterator<Item = &'t ast::Oneof<'a>> {
    items.iter().filter_map(|item| match item {
        MessageItem::Oneof(oneof) => Some(&**oneof),
        _ => None,
    })
}

/// Lists every declaration of a file, outer ones before inner ones, siblings in source order.
pub(super) fn flatten<'t, 'a>(file: &'t ast::File<'a>) -> Vec<Flat<'t, 'a>> {
    let mut walk = Walk { flats: Vec::new(), open: Vec::new(), blocks: 0 };
    for item in &file.items {
        match item {
            Item::Message(message) => walk.open_message(FlatKind::Message(message), &message.items, None),
            Item::Enum(declared) => walk.add(FlatKind::Enum(declared), None),
            Item::Service(service) => walk.add(FlatKind::Service(service), None),
            Item::Extend(extend) => walk.extend(extend, None),
        }
        walk.run();
    }
    walk.flats
}

struct Walk<'t, 'a> {
    flats: Vec<Flat<'t, 'a>>,
    /// Messages whose statements are not all listed, innermost last.
    open: Vec<(u32, std::slice::Iter<'t, MessageItem<'a>>)>,
    blocks: u32,
}

impl<'t, 'a> Walk<'t, 'a> {
    fn run(&mut self) {
        while let Some((parent, items)) = self.open.last_mut() {
            let parent = Some(*parent);
            match items.next() {
                None => drop(self.open.pop()),
                Some(MessageItem::Message(inner)) => {
                    self.open_message(FlatKind::Message(inner), &inner.items, parent);
                }
                Some(MessageItem::Group(group)) => self.open_message(FlatKind::Group(group), &group.items, parent),
                Some(MessageItem::Enum(declared)) => self.add(FlatKind::Enum(declared), parent),
                Some(MessageItem::Extend(extend)) => self.extend(extend, parent),
                Some(MessageItem::Oneof(oneof)) => self.groups(&oneof.members, parent),
                Some(
                    MessageItem::Field(_) | MessageItem::Map(_) | MessageItem::Reserved(_) | MessageItem::Extensions(_),
                ) => {}
            }
        }
    }

    fn add(&mut self, kind: FlatKind<'t, 'a>, parent: Option<u32>) {
        self.flats.push(Flat { kind, parent });
    }

    fn open_message(&mut self, kind: FlatKind<'t, 'a>, items: &'t [MessageItem<'a>], parent: Option<u32>) {
        let at = u32::try_from(self.flats.len()).expect("a file has fewer than 2^32 declarations");
        self.add(kind, parent);
        self.open.push((at, items.iter()));
    }

    /// Members open their groups in reverse, so that the first one is innermost and listed first.
    fn groups(&mut self, members: &'t [Member<'a>], parent: Option<u32>) {
        let mut opened = Vec::new();
        for member in members {
            if let Member::Group(group) = member {
                self.open_message(FlatKind::Group(group), &group.items, parent);
                opened.push(self.open.pop());
            }
        }
        self.open.extend(opened.into_iter().rev().flatten());
    }

    fn extend(&mut self, extend: &'t ast::Extend<'a>, parent: Option<u32>) {
        let block = self.blocks;
        self.blocks = self.blocks.saturating_add(1);
        for member in &extend.members {
            self.add(FlatKind::Extension { extend, field: FieldNode::from(member), block }, parent);
        }
        self.groups(&extend.members, parent);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::parse;
    use canread_syntax::FileId;

    fn names(text: &str) -> Vec<String> {
        let parsed = parse(FileId(0), text);
        assert_eq!(parsed.diagnostics, []);
        let flats = flatten(&parsed.file);
        flats
            .iter()
            .map(|flat| {
                let parent = flat.parent.map(|at| flats[at as usize].kind.name().0.into_owned() + ".");
                parent.unwrap_or_default() + &flat.kind.name().0
            })
            .collect()
    }

    #[test]
    fn declarations_are_listed_outer_first_and_in_source_order() {
        let text = "message A { message B { enum C { X = 0; } } optional group D = 1 { message E {} } \
                    extend A { optional group F = 2 {} optional int32 g = 3; } message H {} extensions 2 to 3; } \
                    service I {} message J { oneof k { group L = 1 {} group M = 2 { message N {} } } }";
        let wanted = ["A", "A.B", "B.C", "A.D", "D.E", "A.f", "A.g", "A.F", "A.H", "I", "J", "J.L", "J.M", "M.N"];
        assert_eq!(names(text), wanted);
    }
}
