//! What a rule is. Each stands in a file of its own under `rules/`, whose path is its id.

use canread_model::{DeclId, Format, Schema};
use rustc_hash::FxHashSet;

use crate::{
    Change, Claim, DeclAt, Direction, Effect, Finding, Pair, alternatives, compare, enum_fields::EnumFields,
    lost_numbers::LostNumbers, renamed::Renamed, required::RequiredEnums,
};

/// What rules import.
pub(crate) mod prelude {
    #[expect(unused_imports, reason = "a prelude; no rule needs all of it")]
    pub(crate) use crate::{
        Attribute, Change, Claim,
        Direction::{Backward, Forward},
        Effect, FieldChange, FieldPair, Finding, Fix, Holder, MethodChange, Pair, Part, Severity,
        Surface::{self, Json, Rpc, Source, Wire},
        finding::{field_symbol, member, method_symbol, value_symbol},
        rule::{Context, Example, Rule, Witness},
    };
    pub(crate) use canread_model::{Format, Literal, Presence, Type, TypeKind};
}

/// How much a finding matters by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(clippy::exhaustive_enums, reason = "three levels are the vocabulary of every report format")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Cannot break but may mislead; a person should look.
    Warning,
    /// Breaks.
    Error,
}

impl Severity {
    /// Every severity, the mildest first.
    pub const ALL: [Self; 3] = [Self::Note, Self::Warning, Self::Error];

    /// The word used in reports and flags.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// What a rule may look at besides the change itself.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The two schemas.
    pub versions: Pair<&'a Schema>,
    /// Old declarations that have another full name now.
    pub(crate) renamed: &'a Renamed,
    /// Pairs of two declarations that have one full name: two files declare it, apart from each other.
    pub(crate) namesakes: &'a FxHashSet<Pair<DeclId>>,
    /// Which fields of two records are, or were, alternatives to each other.
    pub(crate) alternatives: &'a alternatives::Cache,
    /// Whether something holds a `google.protobuf.Any`, in which any message may be under its full name.
    pub(crate) has_any: bool,
    /// Enums in required fields.
    pub(crate) required: &'a RequiredEnums,
    /// Which fields name each enum.
    pub(crate) enum_fields: &'a EnumFields<'a>,
    /// Values of enums whose numbers readers don't declare.
    pub(crate) lost_numbers: &'a LostNumbers,
}

/// What a context knows of two schemas by themselves.
pub(crate) struct Facts<'a> {
    versions: Pair<&'a Schema>,
    alternatives: alternatives::Cache,
    required: RequiredEnums,
    enum_fields: EnumFields<'a>,
    lost_numbers: LostNumbers,
    has_any: bool,
}

impl<'a> Facts<'a> {
    pub(crate) fn of(versions: Pair<&'a Schema>) -> Self {
        Self {
            versions,
            alternatives: alternatives::Cache::default(),
            required: RequiredEnums::of(versions),
            enum_fields: EnumFields::of(versions),
            lost_numbers: LostNumbers::default(),
            has_any: compare::has_any(versions),
        }
    }

    /// With what a comparison found out about declarations.
    pub(crate) fn context<'c>(&'c self, renamed: &'c Renamed, namesakes: &'c FxHashSet<Pair<DeclId>>) -> Context<'c> {
        Context {
            versions: self.versions,
            renamed,
            namesakes,
            alternatives: &self.alternatives,
            has_any: self.has_any,
            required: &self.required,
            enum_fields: &self.enum_fields,
            lost_numbers: &self.lost_numbers,
        }
    }
}

impl Context<'_> {
    /// Whether both are one declaration: by full name, or because it was renamed.
    #[must_use]
    pub fn is_same_decl(&self, decls: Pair<DeclId>) -> bool {
        self.renamed.has(decls)
            || (self.versions.old.decl(decls.old).full_name == self.versions.new.decl(decls.new).full_name
                && !self.namesakes.contains(&decls))
    }

    /// What comes of a number that readers of a closed enum move to the unknown fields: it is dropped, and where a
    /// required field is missing then, the whole message is refused.
    pub(crate) fn lost_number(&self, direction: Direction, enums: Pair<DeclAt<'_>>) -> Effect {
        self.required.effect(direction, enums.ids())
    }
}

/// Two schema texts between which a rule fires.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_structs, reason = "rules are written as constants")]
pub struct Example {
    /// Before. A rule about histories has several versions here: see [`Example::versions`].
    pub old: &'static str,
    /// After.
    pub new: &'static str,
}

/// Stands between two versions in [`Example::old`], where more than one comes before the new one.
pub const NEXT_VERSION: &str = "// next version\n";

impl Example {
    /// Every version, oldest first: those in [`Example::old`], each behind a line [`NEXT_VERSION`] but for the first, and
    /// [`Example::new`].
    #[must_use]
    pub fn versions(&self) -> Vec<&'static str> {
        self.old.split(NEXT_VERSION).chain([self.new]).collect()
    }
}

/// A value that shows what a rule claims, when it is written by the one side and read by the other.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::exhaustive_enums, reason = "rules are written as constants")]
pub enum Witness {
    /// A value in the format's own JSON, of the message `M` (of the example) unless another is named.
    Value {
        /// The message type, by full name.
        message: &'static str,
        /// The value, as JSON under the writing schema.
        value: &'static str,
        /// What happens to it.
        shows: Claim,
    },
    /// Bytes that the writing side writes and its JSON cannot express: text that is not UTF-8.
    Bytes {
        /// The message type, by full name.
        message: &'static str,
        /// The message, in hexadecimal.
        bytes: &'static str,
        /// What happens to it.
        shows: Claim,
    },
    /// What happens is not a matter of bytes: a call that finds no method, code that no longer compiles,
    /// a number that is open to reuse. The text says what would have to be run.
    NotInBytes(&'static str),
}

/// One kind of break.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "rules are written as constants")]
pub struct Rule {
    /// Path-like and stable: `protobuf/field_deleted`. Names the problem, and reads well after "allow".
    pub id: &'static str,
    /// A few words.
    pub title: &'static str,
    /// The formats whose schemas it looks at.
    pub formats: &'static [Format],
    /// Everything it may claim; a finding may claim less.
    pub claims: &'static [Claim],
    /// Whether it speaks only when it is asked to by name.
    pub opt_in: bool,
    /// The version of canread that brought it.
    pub since: &'static str,
    /// Why it breaks, in a few sentences.
    pub rationale: &'static str,
    /// What to do instead, in a sentence or two.
    pub remedy: &'static str,
    /// Where the specification says so.
    pub spec: &'static str,
    /// A pair between which it fires.
    pub example: Example,
    /// A value that shows it.
    pub witness: Witness,
    /// Looks at one change. Pure; knows no policy.
    pub check: fn(&Change<'_>, &Context<'_>) -> Option<Finding>,
}

impl Rule {
    /// Stands in a finding until the engine fills in the rule.
    pub(crate) const UNNAMED: Self = Self {
        id: "",
        title: "",
        formats: &[],
        claims: &[],
        opt_in: false,
        since: "",
        rationale: "",
        remedy: "",
        spec: "",
        example: Example { old: "", new: "" },
        witness: Witness::NotInBytes(""),
        check: |_, _| None,
    };
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}
