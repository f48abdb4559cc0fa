//! What the rules about declarations share: what is in a package, and which extensions are custom options.

use canread_model::{DeclId, DeclKind, Extension};

use super::enum_value::both;
use crate::{Context, DeclAt, Effect, Finding, Pair, Surface, change};

/// How many declarations of each sort there are.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Contents {
    pub(super) messages: usize,
    pub(super) enums: usize,
    pub(super) services: usize,
    /// Extensions of data, nested ones included.
    pub(super) extensions: usize,
}

impl Contents {
    pub(super) fn of<'a>(decls: impl IntoIterator<Item = DeclAt<'a>>) -> Self {
        let mut contents = Self::default();
        for decl in decls {
            match decl.decl().kind {
                DeclKind::Record(_) => contents.messages += 1,
                DeclKind::Enum(_) => contents.enums += 1,
                DeclKind::Service(_) => contents.services += 1,
                _ => {}
            }
            contents.extensions += extensions(decl);
        }
        contents
    }

    /// `3 messages, 1 enum and 2 services`.
    pub(super) fn words(self) -> String {
        let counts = [
            (self.messages, "message"),
            (self.enums, "enum"),
            (self.services, "service"),
            (self.extensions, "extension"),
        ];
        let words: Vec<String> = counts.iter().filter(|(n, _)| *n > 0).map(|(n, word)| plural(*n, word)).collect();
        match words.as_slice() {
            [] => "nothing that data knows".into(),
            [one] => one.clone(),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

pub(super) use crate::change::counted as plural;

/// Extensions of data in a declaration, itself included.
fn extensions(root: DeclAt<'_>) -> usize {
    let mut pending = vec![root.id];
    let mut count = 0;
    while let Some(id) = pending.pop() {
        let decl = root.at(id);
        pending.extend(&decl.decl().children);
        count += usize::from(decl.decl().as_extension().is_some() && !is_option(decl));
    }
    count
}

/// The message that an extension extends.
pub(super) fn extendee(decl: DeclAt<'_>) -> Option<DeclId> {
    let extension: &Extension = decl.decl().as_extension()?;
    extension.extendee.target()
}

/// Whether an extension declares a custom option: schemas have its values, data does not.
pub(super) fn is_option(decl: DeclAt<'_>) -> bool {
    extendee(decl).is_some_and(|extendee| {
        let name = &decl.schema.decl(extendee).full_name;
        name.strip_prefix("google.protobuf.").is_some_and(|name| name.ends_with("Options"))
    })
}

/// `message`, `enum`, `service`, `extension`.
pub(super) fn sort(decl: DeclAt<'_>) -> &'static str {
    change::sort(decl)
}

/// Names both packages of a declaration that changed its package and kept its own name.
pub(super) fn package_move(pair: Pair<DeclAt<'_>>) -> Option<String> {
    let namespaces = Pair { old: &pair.old.module().namespace, new: &pair.new.module().namespace };
    let own = |decl: DeclAt<'_>, namespace: &str| decl.name().strip_prefix(namespace).map(str::to_owned);
    let kept = own(pair.old, namespaces.old) == own(pair.new, namespaces.new);
    (kept && namespaces.old != namespaces.new).then(|| format!("{} -> {}", namespaces.old, namespaces.new))
}

/// What a new full name of a message means to data: nothing, but where a `google.protobuf.Any` has the name.
///
/// Source: Protobuf, "ProtoJSON Format", "Any": a parser needs the message that `@type` names.
pub(super) fn renamed_message(finding: Finding, context: &Context<'_>) -> Finding {
    if !context.has_any {
        return finding.claims(both(Surface::Json, Effect::Meaning));
    }
    finding
        .note("there is a `google.protobuf.Any`, which names its message in full: JSON that names another is refused, and in binary it does not unpack")
        .claims(both(Surface::Wire, Effect::Meaning))
        .claims(both(Surface::Json, Effect::Error))
}
