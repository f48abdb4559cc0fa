//! The grammar's words for the small enums of the model.

use std::borrow::Cow;

use crate::{
    DerivationMethod, Dialect, DurationKind, Encoding, EnumBase, FieldRole, Idempotency, IntEncoding, OpenContentMode,
    PatternDialect, Presence, ProcessContents, RecordKind, SortOrder, SymbolSpace, TimeUnit, Utf8, Visibility,
    Whitespace, Zone,
};

/// A word of the grammar.
pub(super) trait Word {
    /// The word; never empty, never with a space, quote or parenthesis.
    fn word(self) -> &'static str;
}

macro_rules! words {
    ($($name:ident { $($variant:ident $word:literal),* $(,)? })*) => {
        $(impl Word for $name {
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }
        })*
    };
}

words! {
    Presence { Required "required", Explicit "explicit", Implicit "implicit", WrittenAlways "written-always" }
    Visibility { Default "default", Export "export", Local "local" }
    SortOrder { Ascending "ascending", Descending "descending", Ignore "ignore" }
    FieldRole { Element "element", Attribute "attribute", Text "text", Any "any" }
    Encoding { Json "json", Xml "xml", Protobuf "protobuf", Avro "avro", Thrift "thrift" }
    RecordKind { Struct "struct", Exception "exception", Error "error", Group "group", MessageSet "message-set" }
    EnumBase { Int32 "int32", Int64 "int64", Name "name", Any "any" }
    Idempotency { Unknown "unknown", NoSideEffects "no-side-effects", Idempotent "idempotent" }
    IntEncoding { Native "native", Varint "varint", Zigzag "zigzag", Fixed "fixed" }
    Utf8 { Verified "verified", Unchecked "unchecked" }
    TimeUnit { Second "s", Millisecond "ms", Microsecond "us", Nanosecond "ns", Arbitrary "any" }
    Zone { Utc "utc", Local "local", Offset "offset", OptionalOffset "optional-offset" }
    PatternDialect { Ecma262 "ecma262", Xsd "xsd", Re2 "re2" }
    Whitespace { Preserve "preserve", Replace "replace", Collapse "collapse" }
    ProcessContents { Strict "strict", Lax "lax", Skip "skip" }
    OpenContentMode { Interleave "interleave", Suffix "suffix" }
    DerivationMethod { Extension "extension", Restriction "restriction", List "list", Union "union" }
    SymbolSpace { Type "type", Element "element", Attribute "attribute", Group "group", AttributeGroup "attribute-group" }
}

impl Word for DurationKind {
    fn word(self) -> &'static str {
        match self {
            Self::Exact(unit) => unit.word(),
            Self::MonthsDaysMilliseconds => "months-days-ms",
            Self::Calendar => "calendar",
            Self::YearMonth => "year-month",
            Self::DayTime => "day-time",
        }
    }
}

/// The dialect, where a declaration's meaning may depend on it.
///
/// Protobuf's syntaxes and editions differ by features, and features are
/// resolved into the nodes that they concern.
pub(super) fn dialect(dialect: Dialect) -> Option<Cow<'static, str>> {
    match dialect {
        Dialect::Proto2 | Dialect::Proto3 | Dialect::Edition(_) => None,
        Dialect::Avro { minor } => Some(format!("avro-1.{minor}").into()),
        Dialect::Thrift => Some("apache".into()),
        Dialect::FbThrift => Some("fbthrift".into()),
        Dialect::JsonSchemaDraft(draft) => Some(format!("draft-{draft}").into()),
        Dialect::JsonSchema(year) => Some(year.to_string().into()),
        Dialect::Xsd { minor } => Some(format!("xsd-1.{minor}").into()),
    }
}
