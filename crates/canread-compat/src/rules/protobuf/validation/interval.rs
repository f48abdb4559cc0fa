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

/// The whole numbers that there are: a bound beyond which there is none says nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Domain {
    lowest: i128,
    highest: i128,
}

impl Domain {
    /// Of other things than whole numbers.
    pub(super) const ALL: Self = Self { lowest: i128::MIN, highest: i128::MAX };
    /// Of sizes.
    pub(super) const SIZES: Self = Self { lowest: 0, highest: u64::MAX as i128 };

    /// The numbers of a type, as `FieldRules` calls it.
    pub(super) fn of(name: &str) -> Self {
        let (lowest, highest) = match name {
            "int32" | "sint32" | "sfixed32" => (i32::MIN.into(), i32::MAX.into()),
            "int64" | "sint64" | "sfixed64" => (i64::MIN.into(), i64::MAX.into()),
            "uint32" | "fixed32" => (0, u32::MAX.into()),
            "uint64" | "fixed64" => (0, u64::MAX.into()),
            _ => return Self::ALL,
        };
        Self { lowest, highest }
    }

    /// The numbers that both have.
    pub(super) fn and(self, other: Self) -> Self {
        Self { lowest: self.lowest.max(other.lowest), highest: self.highest.min(other.highest) }
    }
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
    /// Whether bounds the wrong way round accept what is outside of them, instead of nothing.
    is_reversible: bool,
}

/// Bounds of numbers, times and durations.
pub(super) const VALUE: Names = Names {
    lower: &[("gt", true), ("gte", false)],
    upper: &[("lt", true), ("lte", false)],
    exact: None,
    is_reversible: true,
};

/// How far a time may be from now.
pub(super) const DISTANCE: Names = Names { lower: &[], upper: &[("within", false)], exact: None, is_reversible: false };

/// Bounds of sizes.
pub(super) const SIZES: [Names; 4] = [
    sizes(&[("min_len", false)], &[("max_len", false)], Some("len")),
    sizes(&[("min_bytes", false)], &[("max_bytes", false)], Some("len_bytes")),
    sizes(&[("min_items", false)], &[("max_items", false)], None),
    sizes(&[("min_pairs", false)], &[("max_pairs", false)], None),
];

const fn sizes(
    lower: &'static [(&'static str, bool)],
    upper: &'static [(&'static str, bool)],
    exact: Option<&'static str>,
) -> Names {
    Names { lower, upper, exact, is_reversible: false }
}

impl Names {
    /// Every keyword of the family.
    pub(super) fn all(self) -> impl Iterator<Item = &'static str> {
        self.lower.iter().chain(self.upper).map(|(name, _)| *name).chain(self.exact)
    }
}

impl Interval {
    /// The bounds of one thing.
    pub(super) fn of(tree: &Tree<'_>, names: Names, domain: Domain) -> Self {
        let find = |bounds: &[(&'static str, bool)]| {
            bounds.iter().find_map(|&(name, is_open)| Some(Bound { number: Number::of(tree.value(name)?)?, is_open }))
        };
        let exact = names.exact.and_then(|name| tree.value(name)).and_then(Number::of);
        let exact = exact.map(|number| Bound { number, is_open: false });
        let (lower, upper) = (exact.or(find(names.lower)), exact.or(find(names.upper)));
        let is_outside = match (lower, upper) {
            (Some(lower), Some(upper)) if names.is_reversible => {
                upper.number.compare(lower.number) == Some(Ordering::Less)
            }
            _ => false,
        };
        let (lower, upper) = (lower.map(|bound| bound.closed(1)), upper.map(|bound| bound.closed(-1)));
        let is_whole = |bound: &Bound, says: fn(i128, Domain) -> bool| match bound.number {
            Number::Whole(number) => says(number, domain),
            Number::Float(_) => false,
        };
        if is_outside {
            // On a side where there is nothing, nothing is accepted; what is left is the other side.
            let lower = lower.filter(|bound| !is_whole(bound, |number, domain| number > domain.highest));
            let upper = upper.filter(|bound| !is_whole(bound, |number, domain| number < domain.lowest));
            return Self { is_outside: lower.is_some() && upper.is_some(), lower, upper };
        }
        Self {
            lower: lower.filter(|bound| !is_whole(bound, |number, domain| number <= domain.lowest)),
            upper: upper.filter(|bound| !is_whole(bound, |number, domain| number >= domain.highest)),
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

    /// What became of the accepted values.
    pub(super) fn compare(old: Self, new: Self) -> Vec<Verdict> {
        let (Some(keeps), Some(adds_nothing)) = (old.is_within(new), new.is_within(old)) else {
            return vec![Verdict::Unclear];
        };
        let shrank = (!keeps).then_some(Verdict::Tightened);
        shrank.into_iter().chain((!adds_nothing).then_some(Verdict::Loosened)).collect()
    }

    /// Whether another one accepts all that this one accepts; `None` if the bounds can't be compared.
    ///
    /// The pieces of an interval don't touch, so that each has to lie in one piece of the other.
    fn is_within(self, other: Self) -> Option<bool> {
        let others = other.pieces()?;
        let mut all_fit = true;
        for piece in self.pieces()? {
            let mut fits = false;
            for other in &others {
                fits |= piece.is_within(*other)?;
            }
            all_fit &= fits;
        }
        Some(all_fit)
    }

    /// The accepted values: between the bounds, or on each side of them.
    fn pieces(self) -> Option<Vec<Piece>> {
        let (lower, upper) = (self.lower, self.upper);
        let whole = Piece { lower, upper };
        let (Some(from), Some(to)) = (lower, upper) else { return Some(vec![whole]) };
        Some(if self.is_outside {
            // Of whole numbers, 5 and more beside 4 and less is all there is.
            match (from.number, to.number) {
                (Number::Whole(from), Number::Whole(to)) if from.saturating_sub(1) <= to => vec![Piece::default()],
                _ => vec![Piece { lower: None, upper }, Piece { lower, upper: None }],
            }
        } else {
            match from.number.compare(to.number)? {
                Ordering::Less => vec![whole],
                Ordering::Equal if !from.is_open && !to.is_open => vec![whole],
                _ => vec![],
            }
        })
    }
}

/// Values that lie beside each other, from one bound to the other.
#[derive(Debug, Clone, Copy, Default)]
struct Piece {
    lower: Option<Bound>,
    upper: Option<Bound>,
}

impl Piece {
    fn is_within(self, other: Self) -> Option<bool> {
        Some(
            ends_within(self.lower, other.lower, Ordering::Greater)?
                && ends_within(self.upper, other.upper, Ordering::Less)?,
        )
    }
}

/// Whether values end no later than another bound allows; they lie on the `inner` side of their bounds.
fn ends_within(own: Option<Bound>, other: Option<Bound>, inner: Ordering) -> Option<bool> {
    Some(match (own, other) {
        (_, None) => true,
        (None, Some(_)) => false,
        (Some(own), Some(other)) => match own.number.compare(other.number)? {
            Ordering::Equal => own.is_open || !other.is_open,
            order => order == inner,
        },
    })
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

#[cfg(test)]
mod tests {
    use canread_model::{Entry, Key};

    use super::*;

    fn bounds(bounds: &[(&str, i128)], ty: &str) -> Interval {
        let entry =
            |(name, number): &(&str, i128)| Entry { key: Key::Field((*name).into()), value: Literal::Int(*number) };
        let rules = Literal::Map(bounds.iter().map(entry).collect());
        Interval::of(&Tree::of(Some(&rules)), VALUE, Domain::of(ty))
    }

    #[test]
    fn a_bound_at_the_end_of_a_type_says_nothing_and_one_before_it_does() {
        let ends = [
            (["int32", "sint32", "sfixed32"], i128::from(i32::MIN), i128::from(i32::MAX)),
            (["int64", "sint64", "sfixed64"], i64::MIN.into(), i64::MAX.into()),
            (["uint32", "fixed32", "uint32"], 0, u32::MAX.into()),
            (["uint64", "fixed64", "uint64"], 0, u64::MAX.into()),
        ];
        for (types, lowest, highest) in ends {
            for ty in types {
                let becomes = |bound: (&str, i128)| Interval::compare(Interval::default(), bounds(&[bound], ty));
                assert_eq!(becomes(("gte", lowest)), [], "{ty}");
                assert_eq!(becomes(("lte", highest)), [], "{ty}");
                for bound in [("gt", lowest), ("gte", lowest + 1), ("lt", highest), ("lte", highest - 1)] {
                    assert_eq!(becomes(bound), [Verdict::Tightened], "{ty} {bound:?}");
                }
            }
        }
    }

    #[test]
    fn a_side_of_a_reversed_range_on_which_there_is_nothing_does_not_count() {
        let (old, new) = (bounds(&[("gte", 10), ("lt", 0)], "uint32"), bounds(&[("gte", 10)], "uint32"));
        assert_eq!(Interval::compare(old, new), []);
        assert_eq!(Interval::compare(new, old), []);
        let highest = i128::from(i32::MAX);
        let (old, new) = (bounds(&[("gt", highest), ("lte", 5)], "int32"), bounds(&[("lte", 5)], "int32"));
        assert_eq!(Interval::compare(old, new), []);
        assert_eq!(Interval::compare(Interval::default(), new), [Verdict::Tightened]);
    }
}
