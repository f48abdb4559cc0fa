//! Names of schemas that are the same in every registry.

use core::{fmt, str::FromStr};

/// The name of a schema that is the same in every registry, where its id is not.
///
/// As text it is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
///
/// ```
/// use canread::framing::Guid;
///
/// let guid: Guid = "89791762-2336-4186-9674-299b90a802e2".parse()?;
/// assert_eq!(guid.0[..3], [0x89, 0x79, 0x17]);
/// assert_eq!(guid.to_string(), "89791762-2336-4186-9674-299b90a802e2");
/// # Ok::<(), canread::framing::NotAGuid>(())
/// ```
///
/// Source: RFC 9562, section 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_structs, reason = "16 bytes are all that it is")]
pub struct Guid(pub [u8; 16]);

/// A text that is no [`Guid`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct NotAGuid;

/// The bytes before which a hyphen stands.
const HYPHENS: [usize; 4] = [4, 6, 8, 10];

impl fmt::Display for Guid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, byte) in self.0.iter().enumerate() {
            if HYPHENS.contains(&at) {
                f.write_str("-")?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl FromStr for Guid {
    type Err = NotAGuid;

    fn from_str(text: &str) -> Result<Self, NotAGuid> {
        parse(text).ok_or(NotAGuid)
    }
}

fn parse(text: &str) -> Option<Guid> {
    let mut letters = text.bytes();
    let mut bytes = [0; 16];
    for (at, byte) in bytes.iter_mut().enumerate() {
        if HYPHENS.contains(&at) && letters.next()? != b'-' {
            return None;
        }
        for _ in 0..2 {
            let digit = char::from(letters.next()?).to_digit(16)?;
            *byte = (*byte << 4) | u8::try_from(digit).ok()?;
        }
    }
    letters.next().is_none().then_some(Guid(bytes))
}

impl fmt::Display for NotAGuid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("32 hexadecimal digits in groups of 8, 4, 4, 4 and 12 were expected")
    }
}

impl core::error::Error for NotAGuid {}
