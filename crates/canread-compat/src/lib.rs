//! What a schema change does to old data and to old readers.
//!
//! ```text
//! Schema × Schema ─ compare ─→ changes ─ rules ─→ findings ─ policy ─→ judged findings
//! ```
//!
//! * [`compare`] finds every structural difference, once, as a typed [`Change`].
//! * Each [`Rule`] looks at one change and says what it does to data: a [`Finding`] with [`Claim`]s
//!   on surface, direction and effect. Rules know no policy.
//! * [`Ledger`] finds, over more than two versions, what was retired and stands for something else now.
//! * [`lint`] looks at one version, for what makes a later change a break: a [`Lint`] is a rule without a change.
//! * [`Policy`] says which directions and surfaces are promised, and so which findings count.
//!
//! This crate sees no text, encodes nothing and does no I/O: findings point at model nodes,
//! whose positions the schema readers know.

mod alternatives;
mod change;
mod claim;
mod compare;
mod consequences;
mod engine;
mod enum_fields;
mod finding;
mod fingerprint;
mod fix;
mod history;
mod lints;
mod lost_numbers;
mod policy;
mod renamed;
mod required;
mod rule;
mod rules;

pub use change::{
    Change, Consequences, DeclAt, Description, Directions, Fate, FieldChange, FieldPair, Holder, Met, MethodChange,
    Pair, Resolution, Told, TypeAt,
};
pub use claim::{Claim, Direction, Effect, Surface};
pub use compare::{Cardinality, Scope, Shape, TooManyPairs, is_local, json_name};
pub use engine::{Comparison, compare};
pub use finding::{Also, Aside, Finding, Proof, Site};
pub use fix::{Attribute, Fix, Part, Restored};
pub use history::{Ledger, Reach, Retirements, Returned, Reused, Step};
pub use lints::{Lint, Shows, all as lints, find as find_lint, lint};
pub use policy::{Allowance, Judged, Mode, Policy, default_severity};
pub use rule::{Context, Example, NEXT_VERSION, Rule, Severity, Witness};
pub use rules::{all as rules, find as rule, lints_near, near as rules_near};
