//! Default values in protoc's spelling.

use std::fmt::Write as _;

/// A `double`: with 15 significant digits if they are enough, else with 17, as C's `%g` writes them.
///
/// Source: protobuf's `SimpleDtoa`.
pub(super) fn double_text(value: f64) -> String {
    special(value).unwrap_or_else(|| {
        let short = general(value, 15);
        if short.parse() == Ok(value) { short } else { general(value, 17) }
    })
}

/// A `float`: with 6 significant digits if they are enough, else with 9.
///
/// Source: protobuf's `SimpleFtoa`.
pub(in crate::schema::descriptor) fn float_text(value: f32) -> String {
    special(value.into()).unwrap_or_else(|| {
        let short = general(value.into(), 6);
        if short.parse() == Ok(value) { short } else { general(value.into(), 9) }
    })
}

fn special(value: f64) -> Option<String> {
    let text = match value {
        f64::INFINITY => "inf",
        f64::NEG_INFINITY => "-inf",
        _ if value.is_nan() => "nan",
        _ => return None,
    };
    Some(text.to_owned())
}

/// C's `%.<digits>g`: the shorter of the fixed and the scientific form, without trailing zeros.
fn general(value: f64, digits: usize) -> String {
    let scientific = format!("{value:.*e}", digits - 1);
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let exponent: i32 = exponent.parse().unwrap_or_default();
    let digits = i32::try_from(digits).unwrap_or(i32::MAX);
    if exponent < -4 || exponent >= digits {
        let sign = if exponent < 0 { '-' } else { '+' };
        return format!("{}e{sign}{:02}", without_zeros(mantissa), exponent.unsigned_abs());
    }
    let decimals = usize::try_from(digits - 1 - exponent).unwrap_or_default();
    without_zeros(&format!("{value:.decimals$}")).to_owned()
}

fn without_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

/// Bytes with all that is not printable ASCII escaped.
///
/// Source: Abseil's `CEscape`.
pub(super) fn bytes_text(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    for &byte in bytes {
        match byte {
            b'\n' => out.push_str("\\n"),
            b'\r' => out.push_str("\\r"),
            b'\t' => out.push_str("\\t"),
            b'"' => out.push_str("\\\""),
            b'\'' => out.push_str("\\'"),
            b'\\' => out.push_str("\\\\"),
            b' '..=b'~' => out.push(byte.into()),
            _ => _ = write!(out, "\\{byte:03o}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_have_as_many_digits_as_they_need() {
        let cases = [(0.1, "0.1"), (1.5e-5, "1.5e-05"), (-1e20, "-1e+20"), (123_456.0, "123456"), (-0.0, "-0")];
        for (value, text) in cases {
            assert_eq!(double_text(value), text);
        }
        assert_eq!(double_text(0.1 + 0.2), "0.30000000000000004");
        assert_eq!(double_text(1e15), "1e+15");
        assert_eq!(double_text(123_456_789_012_345.0), "123456789012345");
        assert_eq!(float_text(1.1), "1.1");
        assert_eq!(float_text(16_777_216.0), "16777216");
        assert_eq!(float_text(1e10), "1e+10");
        assert_eq!(float_text(f32::MAX), "3.40282347e+38");
        assert_eq!(double_text(f64::NEG_INFINITY), "-inf");
        assert_eq!(float_text(f32::NAN), "nan");
    }

    #[test]
    fn bytes_are_escaped_as_c_does() {
        assert_eq!(bytes_text(b"a\0\x01\n\"'\\\xfe?"), r#"a\000\001\n\"\'\\\376?"#);
    }
}
