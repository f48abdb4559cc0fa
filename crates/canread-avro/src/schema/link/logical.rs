//! Logical types: what values mean beyond their type.
//!
//! Source: Avro 1.12, "Logical Types": "implementations must ignore unknown
//! logical types when reading […]. If a logical type is invalid, for example a decimal with scale greater than
//! its precision, then implementations should ignore the logical type and use the underlying Avro type."

use canread_model::{DurationKind, Logical, LogicalKind, TimeUnit, Type, TypeKind, Zone};
use canread_syntax::Diagnostic;

use super::Linker;
use super::types::kind_name;
use crate::schema::ast::{self, Property, Value};

/// What a logical type may stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Base {
    Int,
    Long,
    Bytes,
    BytesOrFixed,
    StringOrFixed16,
    Fixed12,
}

impl Base {
    fn takes(self, kind: &TypeKind) -> bool {
        match self {
            Self::Int => kind_name(kind) == "int",
            Self::Long => kind_name(kind) == "long",
            Self::Bytes => matches!(kind, TypeKind::Bytes),
            Self::BytesOrFixed => matches!(kind, TypeKind::Bytes | TypeKind::Fixed { .. }),
            Self::StringOrFixed16 => matches!(kind, TypeKind::String(_) | TypeKind::Fixed { size: 16 }),
            Self::Fixed12 => matches!(kind, TypeKind::Fixed { size: 12 }),
        }
    }

    fn describe(self) -> &'static str {
        match self {
            Self::Int => "`int`",
            Self::Long => "`long`",
            Self::Bytes => "`bytes`",
            Self::BytesOrFixed => "`bytes` or a `fixed`",
            Self::StringOrFixed16 => "`string` or a `fixed` of 16 bytes",
            Self::Fixed12 => "a `fixed` of 12 bytes",
        }
    }
}

/// The logical types of the specification. The numbers of a decimal are filled in later.
///
/// Source: Avro 1.12, "Logical Types".
const KNOWN: [(&str, Base, LogicalKind); 13] = {
    use TimeUnit::{Microsecond, Millisecond, Nanosecond};
    use Zone::{Local, Utc};
    [
        ("big-decimal", Base::Bytes, LogicalKind::BigDecimal),
        ("date", Base::Int, LogicalKind::Date),
        ("decimal", Base::BytesOrFixed, LogicalKind::Decimal { precision: 0, scale: 0 }),
        ("duration", Base::Fixed12, LogicalKind::Duration(DurationKind::MonthsDaysMilliseconds)),
        ("local-timestamp-micros", Base::Long, LogicalKind::Timestamp(Microsecond, Local)),
        ("local-timestamp-millis", Base::Long, LogicalKind::Timestamp(Millisecond, Local)),
        ("local-timestamp-nanos", Base::Long, LogicalKind::Timestamp(Nanosecond, Local)),
        ("time-micros", Base::Long, LogicalKind::Time(Microsecond)),
        ("time-millis", Base::Int, LogicalKind::Time(Millisecond)),
        ("timestamp-micros", Base::Long, LogicalKind::Timestamp(Microsecond, Utc)),
        ("timestamp-millis", Base::Long, LogicalKind::Timestamp(Millisecond, Utc)),
        ("timestamp-nanos", Base::Long, LogicalKind::Timestamp(Nanosecond, Utc)),
        ("uuid", Base::StringOrFixed16, LogicalKind::Uuid),
    ]
};

fn known(name: &str) -> Option<&'static (&'static str, Base, LogicalKind)> {
    KNOWN.iter().find(|(known, ..)| *known == name)
}

impl Linker<'_> {
    /// Hangs properties on a type: as its logical type if they make a valid one, all others as annotations.
    /// `is_broken`: the type has been reported, so that what does not fit it is not told.
    pub(super) fn attach(&mut self, ty: &mut Type, properties: &[Property<'_>], is_broken: bool) {
        let mut taken: &[&str] = &[];
        if let Some(property) = find(properties, "logicalType") {
            match logical(&ty.kind, property, properties) {
                Ok(logical) => {
                    taken = match logical.kind {
                        LogicalKind::Decimal { .. } => &["logicalType", "precision", "scale"],
                        _ => &["logicalType"],
                    };
                    *ty = ty.clone().logical(logical);
                }
                Err(why) if !is_broken && !matches!(ty.kind, TypeKind::Unresolved(_)) => self.ignored(property, why),
                Err(_) => {}
            }
        }
        for property in properties.iter().filter(|property| !taken.contains(&&*property.key.text)) {
            let annotation = self.annotation(property);
            ty.annotations_mut().push(annotation);
        }
    }

    fn ignored(&mut self, property: &Property<'_>, why: Wrong) {
        let message = match property.value.as_str() {
            Some(name) => format!("the logical type `{}` is ignored: {}", name.escape_debug(), why.reason),
            None => format!("`logicalType` is ignored: {}", why.reason),
        };
        let warning = Diagnostic::warning("avro/logical_type", message).at(why.span.unwrap_or(property.value.span), "");
        self.report(warning.note("readers use the underlying type instead").help(why.help));
    }

    /// Says so where a record or an enum has a logical type that is known, but not for it.
    pub(super) fn named_properties(&mut self, ty: &ast::Type<'_>, what: &str) {
        if let Some(property) = find(&ty.properties, "logicalType")
            && let Some((_, base, _)) = property.value.as_str().and_then(known)
        {
            let reason = format!("it is for {}, not for {what}", base.describe());
            self.ignored(property, Wrong { reason, span: None, help: "remove it".into() });
        }
    }

    /// A frequent slip: the attributes of a type written beside it. All implementations ignore them there.
    pub(super) fn logical_type_on_field(&mut self, field: &ast::Field<'_>) {
        let Some(property) = find(&field.properties, "logicalType") else { return };
        let Some(name) = property.value.as_str().filter(|name| known(name).is_some()) else { return };
        let message = format!("the logical type `{name}` is ignored: it stands on the field, not on its type");
        let warning = Diagnostic::warning("avro/logical_type", message).at(property.key.span, "");
        let help = format!("put it into the type: `\"type\": {{\"type\": …, \"logicalType\": \"{name}\"}}`");
        self.report(warning.note("readers use the underlying type instead").help(help));
    }
}

/// Why a logical type is none.
struct Wrong {
    reason: String,
    span: Option<canread_syntax::Span>,
    help: String,
}

fn logical(kind: &TypeKind, property: &Property<'_>, properties: &[Property<'_>]) -> Result<Logical, Wrong> {
    let Some(name) = property.value.as_str() else {
        let reason = format!("expected its name as a string, found {}", property.value.kind.name());
        return Err(Wrong { reason, span: None, help: "write its name: `\"logicalType\": \"date\"`".into() });
    };
    let Some((_, base, known)) = known(name) else {
        return Ok(Logical { name: name.into(), kind: LogicalKind::Unknown });
    };
    if !base.takes(kind) {
        let found = match kind {
            TypeKind::Fixed { size } => format!("a `fixed` of {size} bytes"),
            TypeKind::Ref(_) => "a name, whose type says itself what it means".into(),
            kind => format!("`{}`", kind_name(kind)),
        };
        let reason = format!("it is for {}, not for {found}", base.describe());
        return Err(Wrong { reason, span: None, help: format!("put it on {}, or remove it", base.describe()) });
    }
    let kind = match known {
        LogicalKind::Decimal { .. } => decimal(kind, properties)?,
        known => *known,
    };
    Ok(Logical { name: name.into(), kind })
}

/// Source: Avro 1.12, "Decimal".
fn decimal(kind: &TypeKind, properties: &[Property<'_>]) -> Result<LogicalKind, Wrong> {
    let Some(precision) = find(properties, "precision").map(|property| &property.value) else {
        let help = "say how many digits it has: `\"precision\": 9`";
        return Err(Wrong { reason: "it has no `precision`".into(), span: None, help: help.into() });
    };
    let wrong =
        |value: &Value<'_>, reason: String, help: &str| Wrong { reason, span: Some(value.span), help: help.into() };
    let most = match kind {
        TypeKind::Fixed { size } => digits(*size),
        _ => i32::MAX.unsigned_abs(),
    };
    let digits = precision.as_integer().and_then(|digits| u32::try_from(digits).ok()).filter(|digits| *digits > 0);
    let Some(digits) = digits else {
        let help = "write the number of digits as an integer greater than 0";
        return Err(wrong(precision, "its precision is no positive integer".into(), help));
    };
    if digits > most {
        let reason = match kind {
            TypeKind::Fixed { size } => format!("{size} bytes hold {most} digits, not {digits}"),
            _ => format!("its precision exceeds {most}"),
        };
        return Err(wrong(precision, reason, "lower the precision, or make the `fixed` larger"));
    }
    let Some(scale) = find(properties, "scale").map(|property| &property.value) else {
        return Ok(LogicalKind::Decimal { precision: digits, scale: 0 });
    };
    match scale.as_integer().and_then(|scale| i32::try_from(scale).ok()) {
        Some(value) if value >= 0 && value.unsigned_abs() <= digits => {
            Ok(LogicalKind::Decimal { precision: digits, scale: value })
        }
        _ => {
            let reason = format!("its scale is no integer from 0 to its precision, {digits}");
            Err(wrong(scale, reason, "lower the scale, or raise the precision"))
        }
    }
}

/// How many decimal digits so many bytes hold in two's complement: floor(log10(2^(8n-1) - 1)).
///
/// A power of two is never a power of ten, so the 1 that is taken away changes no digit.
fn digits(bytes: u32) -> u32 {
    let bits = (f64::from(bytes) * 8.0 - 1.0).max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "casts of floats stop at the ends of the range"
    )]
    let digits = (bits * std::f64::consts::LOG10_2).floor() as u32;
    digits
}

/// The last property under a key.
fn find<'p, 'a>(properties: &'p [Property<'a>], key: &str) -> Option<&'p Property<'a>> {
    properties.iter().rfind(|property| property.key.text == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_hold_as_many_digits_as_the_specification_says() {
        for (bytes, expected) in [(0, 0), (1, 2), (2, 4), (3, 6), (4, 9), (8, 18), (12, 28), (16, 38), (32, 76)] {
            assert_eq!(digits(bytes), expected, "{bytes} bytes");
        }
    }

    #[test]
    fn logical_types_are_listed_in_order() {
        assert!(KNOWN.is_sorted_by_key(|(name, ..)| *name));
    }
}
