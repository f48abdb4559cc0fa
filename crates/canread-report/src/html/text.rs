//! Text of others as text: the one way into the page.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::{printable, quoted};

/// Text for content and for attributes in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A sentence, with what it quotes as code.
pub(super) fn words(text: &str) -> String {
    let text = printable::line(text);
    quoted::parts(&text).into_iter().fold(String::new(), |mut all, part| {
        match part {
            quoted::Part::Words(words) => all.push_str(&escaped(words)),
            quoted::Part::Code(text) => {
                let _ = write!(all, "<code>{}</code>", breakable(text));
            }
        }
        all
    })
}

/// A name or a path as code.
pub(super) fn code(text: &str) -> String {
    format!("<code>{}</code>", breakable(&printable::line(text)))
}

/// Long names and paths may go on in the next line behind their separators.
fn breakable(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + 16);
    for part in text.split_inclusive(['.', '/']) {
        broken.push_str(&escaped(part));
        broken.push_str("<wbr>");
    }
    broken.truncate(broken.len().saturating_sub("<wbr>".len()));
    broken
}

/// A hash as a content security policy wants it: in Base64.
pub(super) fn sha256(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

/// Source: RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, at| bits << 8 | u32::from(chunk.get(at).copied().unwrap_or(0)));
        for digit in 0..4 {
            let index = (bits >> (18 - 6 * digit) & 0x3f) as usize;
            text.push(if digit <= chunk.len() { char::from(ALPHABET[index]) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{base64, code, escaped, words};

    #[test]
    fn no_text_is_markup() {
        assert_eq!(escaped("<a href=\"x\" b='y'>&"), "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;");
        assert_eq!(words("`<b>` & <i>"), "<code>&lt;b&gt;</code> &amp; &lt;i&gt;");
        assert_eq!(code("a.b/\n"), "<code>a.<wbr>b/<wbr>\\n</code>");
        assert_eq!(code(""), "<code></code>");
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let expected = ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg==", "Zm9vYmE=", "Zm9vYmFy"];
        for (length, expected) in expected.into_iter().enumerate() {
            assert_eq!(base64(&b"foobar"[..length]), expected);
        }
    }
}
