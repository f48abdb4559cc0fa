//! `default = ...`: any expression.

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Error, Expr, Result, Token,
    parse::{ParseStream, discouraged::Speculative as _},
};

/// The expression behind `default =`, up to the next comma that is not within it.
///
/// Those features of syn that the derive asks for read calls, paths, literals and macros. What else there is, blocks, closures
/// and lists, is taken as it stands, and read by the compiler: all of syn would make each user's build longer.
pub(crate) fn expression(input: ParseStream<'_>) -> Result<TokenStream> {
    if input.is_empty() || input.peek(Token![,]) {
        return Err(Error::new(input.span(), "a default is a value: `default = 7`"));
    }
    let ahead = input.fork();
    if let Ok(expression) = ahead.parse::<Expr>()
        && (ahead.is_empty() || ahead.peek(Token![,]))
    {
        input.advance_to(&ahead);
        return Ok(expression.into_token_stream());
    }
    let mut taken = Taken::default();
    while !(input.is_empty() || taken.depth == 0 && input.peek(Token![,])) {
        taken.add(input.parse()?);
    }
    Ok(taken.tokens)
}

/// What was taken. Tokens between brackets are one, but `<` and `>` are no brackets to the compiler yet.
#[derive(Default)]
struct Taken {
    tokens: TokenStream,
    /// How many `<` of generic arguments are open.
    depth: usize,
    /// The marks that the two tokens before are: `::` is two.
    before: [Option<(char, Spacing)>; 2],
}

impl Taken {
    fn add(&mut self, token: TokenTree) {
        let mark = match &token {
            TokenTree::Punct(mark) => Some((mark.as_char(), mark.spacing())),
            _ => None,
        };
        let is_behind_path = matches!(self.before, [Some((':', Spacing::Joint)), Some((':', _))]);
        let is_arrow = matches!(self.before, [_, Some(('-' | '=', Spacing::Joint))]);
        match mark {
            // Elsewhere it is a comparison.
            Some(('<', _)) if self.depth > 0 || is_behind_path || self.tokens.is_empty() => self.depth += 1,
            Some(('>', _)) if !is_arrow => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        let [_, last] = self.before;
        self.before = [last, mark];
        self.tokens.extend([token]);
    }
}
