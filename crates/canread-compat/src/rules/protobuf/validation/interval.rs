//! Lower and upper bounds of values, lengths and counts.

use std::cmp::Ordering;

use canread_model::Literal;

use super::{Verdict, tree::Tree};

/// A number that bounds are compared by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Number {
    /// Integers; times and durations in nanoseconds.
    Whole(i128),
    Float(f64),
}

impl Number {
    pub(super) fn of(literal: &Literal) -> Option<Self> {
        match literal {
            Literal::Int(value) => Some(Self::Whole(*value)),
            Literal::Float(value) => Some(Self::Float(*value)),
            Literal::Map(_) => {
                let part = |name| match literal.field(name) {
                    Some(Literal::Int(value)) => Some(*value),
                    None => Some(0),
                    _ => None,
                };
                let nanos = part("seconds")?.checked_mul(1_000_000_000)?.checked_add(part("nanos")?)?;
                Some(Self::Whole(nanos))
            }
            _ => None,
        }
    }

    fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(two)) => Some(one.cmp(&two)),
            (Self::Float(one), Self::Float(two)) => one.partial_cmp(&two),
            _ => None,
        }
    }
}

/// A bound, and whether it is itself left out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Bound {
    number: Number,
    is_open: bool,
}

/// The values between two bounds, or, where the upper one is below the lower one, outside of them.
///
/// Source: `buf/validate/validate.proto`, "If the value of `gt` is larger than a specified `lt`, the range is reversed".
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Interval {
    lower: Option<Bound>,
    upper: Option<Bound>,
    is_outside: bool,
}

/// The names of the bounds of one thing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names {
    /// Lower bounds, each with whether it is open.
    lower: &'static [(&'static str, bool)],
    upper: &'static [(&'static str, bool)],
    /// What sets both bounds.
    exact: Option<&'static str>,
}

/// Bounds of numbers, times and durations.
pub(super) const VALUE: Names =
    Names { lower: &[("gt", true), ("gte", false)], upper: &[("lt", true), ("lte", false)], exact: None };

/// How far a time may be from now.
pub(super) const DISTANCE: Names = Names { lower: &[], upper: &[("within", false)], exact: None };

/// Bounds of sizes, which are never below 0.
pub(super) const SIZES: [Names; 4] = [
    Names { lower: &[("min_len", false)], upper: &[("max_len", false)], exact: Some("len") },
    Names { lower: &[("min_bytes", false)], upper: &[("max_bytes", false)], exact: Some("len_bytes") },
    Names { lower: &[("min_items", false)], upper: &[("max_items", false)], exact: None },
    Names { lower: &[("min_pairs", false)], upper: &[("max_pairs", false)], exact: None },
];

impl Names {
    /// Every keyword of the family.
    pub(super) fn all(self) -> impl Iterator<Item = &'static str> {
        self.lower.iter().chain(self.upper).map(|(name, _)| *name).chain(self.exact)
    }
}

impl Interval {
    /// The bounds of one thing. `is_unsigned` where there is nothing below 0, so that such a bound says nothing.
    pub(super) fn of(tree: &Tree<'_>, names: Names, is_unsigned: bool) -> Self {
        let find = |bounds: &[(&'static str, bool)]| {
            bounds.iter().find_map(|&(name, is_open)| Some(Bound { number: Number::of(tree.value(name)?)?, is_open }))
        };
        let exact = names.exact.and_then(|name| tree.value(name)).and_then(Number::of);
        let exact = exact.map(|number| Bound { number, is_open: false });
        let (lower, upper) = (exact.or(find(names.lower)), exact.or(find(names.upper)));
        let is_outside = match (lower, upper) {
            (Some(lower), Some(upper)) => upper.number.compare(lower.number) == Some(Ordering::Less),
            _ => false,
        };
        let lower = lower.map(|bound| bound.closed(1));
        let says_nothing = |bound: &Bound| matches!(bound.number, Number::Whole(number) if is_unsigned && number <= 0);
        Self {
            lower: lower.filter(|bound| !says_nothing(bound)),
            upper: upper.map(|bound| bound.closed(-1)),
            is_outside,
        }
    }

    pub(super) fn contains(self, number: Number) -> Option<bool> {
        let above = self.lower.map(|bound| bound.admits(number, Ordering::Greater));
        let below = self.upper.map(|bound| bound.admits(number, Ordering::Less));
        Some(match (above, below) {
            (Some(above), Some(below)) if self.is_outside => above? || below?,
            (above, below) => above.unwrap_or(Some(true))? && below.unwrap_or(Some(true))?,
        })
    }

    /// What became of the bounds.
    pub(super) fn compare(old: Self, new: Self) -> Vec<Verdict> {
        if old.is_outside != new.is_outside {
            return Self::compare_across(old, new);
        }
        let lower = moved(old.lower, new.lower, Ordering::Greater);
        let upper = moved(old.upper, new.upper, Ordering::Less);
        let mut verdicts: Vec<Verdict> = lower.into_iter().chain(upper).collect();
        verdicts.dedup();
        verdicts
    }

    /// One side takes what is between two bounds, the other one what is outside.
    fn compare_across(old: Self, new: Self) -> Vec<Verdict> {
        let (between, verdict) = if new.is_outside { (old, Verdict::Loosened) } else { (new, Verdict::Tightened) };
        let outside = if new.is_outside { new } else { old };
        let is_one_of = |one: Option<Bound>, two: Option<Bound>| one.is_some() && one == two;
        vec![match (between.lower, between.upper) {
            (None, None) if new.is_outside => Verdict::Tightened,
            (None, None) => Verdict::Loosened,
            // A second bound, on the other side, lets more values in.
            (lower, None) if is_one_of(lower, outside.lower) => verdict,
            (None, upper) if is_one_of(upper, outside.upper) => verdict,
            _ => Verdict::Unclear,
        }]
    }
}

/// What became of one bound; values on the `inner` side of it are accepted.
fn moved(old: Option<Bound>, new: Option<Bound>, inner: Ordering) -> Option<Verdict> {
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => Some(Verdict::Tightened),
        (Some(_), None) => Some(Verdict::Loosened),
        (Some(old), Some(new)) => match new.number.compare(old.number) {
            None => Some(Verdict::Unclear),
            Some(Ordering::Equal) if old.is_open == new.is_open => None,
            Some(Ordering::Equal) => Some(if new.is_open { Verdict::Tightened } else { Verdict::Loosened }),
            Some(order) => Some(if order == inner { Verdict::Tightened } else { Verdict::Loosened }),
        },
    }
}

impl Bound {
    /// An open bound of whole numbers is a closed one a step further in.
    fn closed(self, step: i128) -> Self {
        match self.number {
            Number::Whole(number) if self.is_open => match number.checked_add(step) {
                Some(number) => Self { number: Number::Whole(number), is_open: false },
                None => self,
            },
            _ => self,
        }
    }

    fn admits(self, number: Number, inner: Ordering) -> Option<bool> {
        let order = number.compare(self.number)?;
        Some(order == inner || (order == Ordering::Equal && !self.is_open))
    }
}
