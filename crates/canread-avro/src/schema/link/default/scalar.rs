//! Numbers and bytes.

use canread_model::{Int, Literal};

use super::mismatch::Mismatch;
use super::reader::Read;
use crate::schema::ast::{Value, ValueKind};

pub(super) fn is_number(text: &str) -> bool {
    matches!(text, "NaN" | "Infinity" | "-Infinity") || canread_syntax::json::Number::new(text).is_some()
}

/// The value that data would hold; as it was written where that is beyond the type.
pub(super) fn float(bits: u8, text: &str) -> Literal {
    let is_named = matches!(text, "NaN" | "Infinity" | "-Infinity");
    let value = if bits == 32 { text.parse::<f32>().ok().map(f64::from) } else { text.parse().ok() };
    match value {
        Some(value) if value.is_finite() || is_named => Literal::Float(value),
        _ => Literal::Number(text.into()),
    }
}

pub(super) fn integer(int: Int, value: &Value<'_>) -> Read {
    let (name, least, most) = if int.bits == 64 {
        ("a `long`", i128::from(i64::MIN), i128::from(i64::MAX))
    } else {
        ("an `int`", i128::from(i32::MIN), i128::from(i32::MAX))
    };
    match value.as_integer() {
        Some(number) if (least..=most).contains(&number) => Ok(Literal::Int(number)),
        Some(_) => Err(Mismatch::new(value, format!("{name}, which goes from {least} to {most}"))),
        None => {
            let help = match &value.kind {
                ValueKind::Number(_) => "write the number without fraction and exponent",
                ValueKind::String(text) if is_number(text) => "write the number without quotes",
                _ => "",
            };
            Err(Mismatch::new(value, "an integer").help(help))
        }
    }
}

/// Source: Avro 1.12, "Records": "Unicode code points 0-255 are mapped to unsigned 8-bit byte values 0-255".
pub(super) fn bytes(text: &str, value: &Value<'_>) -> Result<Box<[u8]>, Mismatch> {
    let bytes: Option<Vec<u8>> = text.chars().map(|character| u8::try_from(u32::from(character)).ok()).collect();
    match bytes {
        Some(bytes) => Ok(bytes.into()),
        None => Err(Mismatch::new(value, "bytes, each a character from U+0000 to U+00FF")
            .help("write each byte as one character: `\\u00ff`")),
    }
}

pub(super) fn fixed(size: u32, text: &str, value: &Value<'_>) -> Read {
    let bytes = bytes(text, value)?;
    if bytes.len() != size as usize {
        let mismatch = Mismatch::new(value, format!("{size} bytes"));
        return Err(Mismatch { found: format!("{} bytes", bytes.len()), ..mismatch });
    }
    Ok(Literal::Bytes(bytes))
}
