//! The names of options in annotations: `deprecated`, `(google.api.http).get`, `features.(pb.cpp).string_type`.

/// One part of an option's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part<'p> {
    /// A field of the message so far.
    Field(&'p str),
    /// An extension of it, by full name.
    Extension(&'p str),
}

impl<'p> Part<'p> {
    /// The name, without parentheses.
    pub(crate) fn name(self) -> &'p str {
        match self {
            Self::Field(name) | Self::Extension(name) => name,
        }
    }
}

/// The parts of an option's name, from the outside in.
pub(crate) fn parts(path: &str) -> impl Iterator<Item = Part<'_>> {
    let mut rest = path;
    std::iter::from_fn(move || {
        rest = rest.strip_prefix('.').unwrap_or(rest);
        if rest.is_empty() {
            return None;
        }
        if let Some(behind) = rest.strip_prefix('(') {
            let (name, behind) = behind.split_once(')').unwrap_or((behind, ""));
            rest = behind;
            return Some(Part::Extension(name));
        }
        let end = rest.find('.').unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        rest = behind;
        Some(Part::Field(name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_inside_parentheses_belong_to_the_extension() {
        let parts: Vec<_> = parts("a.(b.c).d").collect();
        assert_eq!(parts, [Part::Field("a"), Part::Extension("b.c"), Part::Field("d")]);
    }
}
