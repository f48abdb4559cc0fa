//! Where messages of the compiler point to.

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// A span with the place of another one and the origin of the derive: messages point to the user's code, and lints, which are about
/// what people write, are silent.
pub(crate) fn macro_at(place: Span) -> Span {
    Span::call_site().located_at(place)
}

/// The same for what is written in the user's code. Takes the place of syn's trait of that name.
pub(crate) trait Spanned {
    /// Where it stands.
    fn span(&self) -> Span;
}

impl<T: syn::spanned::Spanned> Spanned for T {
    fn span(&self) -> Span {
        macro_at(syn::spanned::Spanned::span(self))
    }
}

/// The same tokens, for messages that are about another place.
pub(crate) fn located_at(tokens: TokenStream, place: Span) -> TokenStream {
    let locate = |token: TokenTree| {
        let mut token = match token {
            TokenTree::Group(group) => {
                TokenTree::Group(Group::new(group.delimiter(), located_at(group.stream(), place)))
            }
            token => token,
        };
        token.set_span(token.span().located_at(place));
        token
    };
    tokens.into_iter().map(locate).collect()
}
