//! Fields that borrow for ever, which no input lives for.

use syn::{Error, GenericArgument, Lifetime, PathArguments, Result, Type};

/// Types that hold what their arguments are. Another one may have a use for `'static` that is not known here.
const HOLDERS: [&str; 10] =
    ["Option", "Box", "Vec", "VecDeque", "BTreeSet", "HashSet", "BTreeMap", "HashMap", "Entries", "Cow"];

/// An error if a value of the type, which is read from an input, would borrow from it for ever.
pub(crate) fn check(value: &Type) -> Result<()> {
    match forever(value) {
        Some(lifetime) => Err(Error::new(
            lifetime.span(),
            "a borrowed field borrows from the input, which is not there for ever: take a lifetime of the type \
             (`struct Name<'a>`, `&'a str`), or an owned type such as `String` or `Vec<u8>`",
        )),
        None => Ok(()),
    }
}

/// Where a reference or `Cow` says `'static`.
fn forever(value: &Type) -> Option<&Lifetime> {
    match value {
        Type::Reference(reference) => {
            let own = reference.lifetime.as_ref().filter(|lifetime| is_static(lifetime));
            own.or_else(|| forever(&reference.elem))
        }
        Type::Paren(inner) => forever(&inner.elem),
        Type::Group(inner) => forever(&inner.elem),
        Type::Path(path) => {
            let last = path.path.segments.last().filter(|last| HOLDERS.iter().any(|holder| last.ident == holder))?;
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Lifetime(lifetime) => Some(lifetime).filter(|lifetime| is_static(lifetime)),
                GenericArgument::Type(inner) => forever(inner),
                _ => None,
            })
        }
        _ => None,
    }
}

fn is_static(lifetime: &Lifetime) -> bool {
    lifetime.ident == "static"
}
