//! Two sets of rules, keyword by keyword.

use canread_model::Literal;

use super::{
    Difference, Rules, Verdict,
    interval::{DISTANCE, Domain, Interval, Names, SIZES, VALUE},
    tree::Tree,
    value::{FORMATS, accepts, is_equal, listed},
};
use crate::{
    Pair,
    rules::protobuf::options::{told, value_of},
};

/// What `FieldRules` calls the rules for each type.
pub(super) const TYPES: [&str; 22] = [
    "float",
    "double",
    "int32",
    "int64",
    "uint32",
    "uint64",
    "sint32",
    "sint64",
    "fixed32",
    "fixed64",
    "sfixed32",
    "sfixed64",
    "bool",
    "string",
    "bytes",
    "enum",
    "repeated",
    "map",
    "any",
    "duration",
    "timestamp",
    "field_mask",
];

/// Those of them that are compared by value across types.
const NUMBERS: [&str; 10] =
    ["int32", "int64", "uint32", "uint64", "sint32", "sint64", "fixed32", "fixed64", "sfixed32", "sfixed64"];

/// Messages of rules inside others.
const INNER: [&str; 4] = ["items", "keys", "values", "message"];

/// The rules whose lists hold paths, with all that is below them.
const FIELD_MASK: &str = "field_mask.";

/// Flags that turn rules off.
const LOOSENING: [&str; 4] = ["ignore_empty", "skip", "skipped", "disabled"];

/// Keywords that accept nothing and refuse nothing.
const SILENT: [&str; 1] = ["example"];

/// Formats that are part of others.
const NARROWER: [(&str, &str); 10] = [
    ("ipv4", "ip"),
    ("ipv6", "ip"),
    ("ip", "address"),
    ("ipv4", "address"),
    ("ipv6", "address"),
    ("hostname", "address"),
    ("uri", "uri_ref"),
    ("ipv4_prefix", "ip_prefix"),
    ("ipv6_prefix", "ip_prefix"),
    ("ipv4_with_prefixlen", "ip_with_prefixlen"),
];

/// How far `ignore` goes, from the names that protovalidate had for it over time.
const IGNORE: [(&str, u8); 7] = [
    ("IGNORE_UNSPECIFIED", 0),
    ("IGNORE_IF_UNPOPULATED", 1),
    ("IGNORE_EMPTY", 1),
    ("IGNORE_IF_ZERO_VALUE", 1),
    ("IGNORE_IF_DEFAULT_VALUE", 2),
    ("IGNORE_DEFAULT", 2),
    ("IGNORE_ALWAYS", 3),
];

/// Compares the values of one validation option.
pub(super) fn compare(rules: Rules, values: Pair<Option<&Literal>>, path: &str) -> Vec<Difference> {
    let mut differences = Differences { found: Vec::new() };
    match rules {
        Rules::Field | Rules::Message => {
            let trees = Pair { old: Tree::of(values.old), new: Tree::of(values.new) };
            differences.trees(&trees, "");
        }
        Rules::Tightening | Rules::Loosening => {
            let is_set = |value: Option<&Literal>| value == Some(&Literal::Bool(true));
            let sets = is_set(values.new);
            if sets != is_set(values.old) {
                let tightens = sets == (rules == Rules::Tightening);
                differences.add(
                    if tightens { Verdict::Tightened } else { Verdict::Loosened },
                    path,
                    values.old,
                    values.new,
                );
            }
        }
    }
    differences.found
}

/// The rank in [`IGNORE`] at which nothing is validated.
pub(super) const IGNORES_ALL: u8 = 3;

/// How far `ignore` goes.
pub(super) fn ignores(tree: &Tree<'_>) -> u8 {
    let Some(Literal::Symbol(name)) = tree.value("ignore") else { return 0 };
    IGNORE.iter().find(|(known, _)| *known == &**name).map_or(0, |(_, rank)| *rank)
}

struct Differences {
    found: Vec<Difference>,
}

impl Differences {
    fn add(&mut self, verdict: Verdict, path: &str, old: Option<&Literal>, new: Option<&Literal>) {
        let told = format!("`{path}` was {} and is {}", told(old), told(new));
        self.found.push(Difference { verdict, told });
    }

    /// One rule message beside another. `path` ends in a dot, or is empty.
    fn trees(&mut self, trees: &Pair<Tree<'_>>, path: &str) {
        let ignored = Pair { old: ignores(&trees.old), new: ignores(&trees.new) };
        if ignored.old != ignored.new {
            let verdict = if ignored.new > ignored.old { Verdict::Loosened } else { Verdict::Tightened };
            self.add(verdict, &format!("{path}ignore"), trees.old.value("ignore"), trees.new.value("ignore"));
        }
        if ignored.old == IGNORES_ALL || ignored.new == IGNORES_ALL {
            return;
        }
        self.types(trees, path);
        self.values(trees, path, Domain::ALL);
    }

    /// The rules for the type of the field; of another one of the same sort, if the type changed.
    fn types(&mut self, trees: &Pair<Tree<'_>>, path: &str) {
        let set = |tree: &Tree<'_>| TYPES.into_iter().find(|name| tree.value(name).is_some());
        let names = Pair { old: set(&trees.old), new: set(&trees.new) };
        let Some(name) = names.new.or(names.old) else { return };
        let is_number = |name: &str| NUMBERS.contains(&name);
        if names.old.zip(names.new).is_some_and(|(old, new)| old != new && !(is_number(old) && is_number(new))) {
            // The field has another type, which is a change of its own.
            return;
        }
        let old = names.old.map(|name| trees.old.inner(name)).unwrap_or_default();
        let new = names.new.map(|name| trees.new.inner(name)).unwrap_or_default();
        // Where the type changed, what happens to the values that only one of them has is said about that.
        let domain = Domain::of(names.old.unwrap_or(name)).and(Domain::of(name));
        self.values(&Pair { old, new }, &format!("{path}{name}."), domain);
    }

    /// The keywords of one rule message.
    fn values(&mut self, trees: &Pair<Tree<'_>>, path: &str, domain: Domain) {
        let from = self.found.len();
        self.keywords(trees, path, domain);
        // Where the values are listed, each can be tried: that is exact, and the keywords may not be.
        self.try_listed(trees, path, from, domain);
        for name in INNER {
            if trees.old.value(name).is_some() || trees.new.value(name).is_some() {
                let inner = Pair { old: trees.old.inner(name), new: trees.new.inner(name) };
                self.trees(&inner, &format!("{path}{name}."));
            }
        }
    }

    fn keywords(&mut self, trees: &Pair<Tree<'_>>, path: &str, domain: Domain) {
        self.interval(trees, path, VALUE, domain);
        self.interval(trees, path, DISTANCE, Domain::ALL);
        for names in SIZES {
            self.interval(trees, path, names, Domain::SIZES);
        }
        self.sets(trees, path, domain);
        self.formats(trees, path);
        self.expressions(trees, path);
        let families = || [VALUE, DISTANCE].into_iter().chain(SIZES);
        let is_bound = |name: &str| families().flat_map(Names::all).any(|bound| bound == name);
        for name in Tree::names(&trees.old, &trees.new) {
            let is_done = is_bound(name)
                || ["const", "in", "not_in", "cel", "cel_expression", "oneof", "ignore"].contains(&name)
                || [&TYPES[..], &INNER, &FORMATS, &SILENT].iter().any(|done| done.contains(&name));
            if !is_done {
                self.keyword(trees, path, name);
            }
        }
    }

    fn interval(&mut self, trees: &Pair<Tree<'_>>, path: &str, names: Names, domain: Domain) {
        let old = Interval::of(&trees.old, names, domain);
        let new = Interval::of(&trees.new, names, domain);
        let differs = |name: &&str| match (trees.old.value(name), trees.new.value(name)) {
            (Some(old), Some(new)) => !old.same(new),
            (old, new) => old.is_some() != new.is_some(),
        };
        for verdict in Interval::compare(old, new) {
            let told: Vec<String> = names
                .all()
                .filter(differs)
                .map(|name| {
                    format!("`{path}{name}` was {} and is {}", told(trees.old.value(name)), told(trees.new.value(name)))
                })
                .collect();
            self.found.push(Difference { verdict, told: told.join(", ") });
        }
    }

    /// `in` and `not_in`.
    fn sets(&mut self, trees: &Pair<Tree<'_>>, path: &str, domain: Domain) {
        let missing = if path.ends_with(FIELD_MASK) { uncovered } else { missing };
        match (listed(&trees.old), listed(&trees.new)) {
            (None, Some(new)) => self.members(Verdict::Tightened, path, "in", "accepts only", &new),
            (Some(old), None) => self.members(Verdict::Loosened, path, "in", "no longer accepts only", &old),
            (Some(old), Some(new)) => {
                self.members(Verdict::Tightened, path, "in", "no longer lists", &missing(&old, &new));
                self.members(Verdict::Loosened, path, "in", "also lists", &missing(&new, &old));
            }
            (None, None) => {}
        }
        let (old, new) = (trees.old.values("not_in"), trees.new.values("not_in"));
        // What other keywords refuse is no loss and no gain.
        let felt = |mut values: Vec<_>, other| {
            values.retain(|value: &&Literal| accepts(other, domain, value) != Some(false));
            values
        };
        self.members(Verdict::Tightened, path, "not_in", "also lists", &felt(missing(new, old), &trees.old));
        self.members(Verdict::Loosened, path, "not_in", "no longer lists", &felt(missing(old, new), &trees.new));
    }

    fn members(&mut self, verdict: Verdict, path: &str, name: &str, what: &str, members: &[&Literal]) {
        if !members.is_empty() {
            let members: Vec<String> = members.iter().map(|member| told(Some(member))).collect();
            self.found.push(Difference { verdict, told: format!("`{path}{name}` {what} {}", members.join(", ")) });
        }
    }

    /// `email`, `uuid` and so on.
    fn formats(&mut self, trees: &Pair<Tree<'_>>, path: &str) {
        let (old, new) = (trees.old.first_flag(&FORMATS), trees.new.first_flag(&FORMATS));
        let is_narrower = |one, two| matches!((one, two), (Some(one), Some(two)) if NARROWER.contains(&(one, two)));
        let told =
            |format: Option<&str>| format.map_or_else(|| "any text".to_owned(), |format| format!("`{path}{format}`"));
        let told = format!("{} became {}", told(old), told(new));
        let mut push = |verdict| self.found.push(Difference { verdict, told: told.clone() });
        if old == new {
            return;
        }
        if new.is_some() && !is_narrower(old, new) {
            push(Verdict::Tightened);
        }
        if old.is_some() && !is_narrower(new, old) {
            push(Verdict::Loosened);
        }
    }

    /// CEL expressions, and oneofs of a message: a set of rules each of which refuses something.
    fn expressions(&mut self, trees: &Pair<Tree<'_>>, path: &str) {
        for name in ["cel", "cel_expression", "oneof"] {
            let texts = |tree: &Tree<'_>| -> Vec<String> {
                tree.values(name).iter().map(|rule| value_of(rule.field("expression").unwrap_or(rule))).collect()
            };
            let (old, new) = (texts(&trees.old), texts(&trees.new));
            let gone: Vec<&String> = old.iter().filter(|text| !new.contains(text)).collect();
            let fresh: Vec<&String> = new.iter().filter(|text| !old.contains(text)).collect();
            let changed = gone.len().min(fresh.len());
            for (old, new) in gone.iter().zip(&fresh) {
                let told = format!("`{path}{name}` was `{old}` and is `{new}`");
                self.found.push(Difference { verdict: Verdict::Unclear, told });
            }
            for text in &gone[changed..] {
                self.found
                    .push(Difference { verdict: Verdict::Loosened, told: format!("`{path}{name}` lost `{text}`") });
            }
            for text in &fresh[changed..] {
                self.found
                    .push(Difference { verdict: Verdict::Tightened, told: format!("`{path}{name}` has `{text}` too") });
            }
        }
    }

    /// A keyword on its own.
    fn keyword(&mut self, trees: &Pair<Tree<'_>>, path: &str, name: &str) {
        let (old, new) = (trees.old.value(name), trees.new.value(name));
        let is_flag = |value: Option<&Literal>| matches!(value, None | Some(Literal::Bool(_)));
        let is_strict = name == "strict";
        let verdicts = if is_flag(old) && is_flag(new) {
            // What is not said is false; but `strict` is what holds without a word.
            let (was, is) = (trees.old.flag(name, is_strict), trees.new.flag(name, is_strict));
            match (was, is != LOOSENING.contains(&name)) {
                _ if was == is => vec![],
                (_, true) => vec![Verdict::Tightened],
                (_, false) => vec![Verdict::Loosened],
            }
        } else {
            match (old, new) {
                (Some(old), Some(new)) if old.same(new) => vec![],
                (Some(Literal::String(old)), Some(Literal::String(new))) => {
                    text_verdicts(name, old.as_bytes(), new.as_bytes())
                }
                (Some(Literal::Bytes(old)), Some(Literal::Bytes(new))) => text_verdicts(name, old, new),
                (None, Some(_)) => vec![Verdict::Tightened],
                (Some(_), None) => vec![Verdict::Loosened],
                _ => vec![Verdict::Unclear],
            }
        };
        for verdict in verdicts {
            self.add(verdict, &format!("{path}{name}"), old, new);
        }
    }

    /// Replaces the verdicts since `from` by what becomes of each listed value.
    fn try_listed(&mut self, trees: &Pair<Tree<'_>>, path: &str, from: usize, domain: Domain) {
        if path.ends_with(FIELD_MASK) {
            // What is listed there are paths, and not values.
            return;
        }
        let sides = [
            (Verdict::Tightened, listed(&trees.old), &trees.new, "refuses"),
            (Verdict::Loosened, listed(&trees.new), &trees.old, "takes"),
        ];
        for (verdict, values, other, verb) in sides {
            let Some(values) = values else { continue };
            let answers: Option<Vec<bool>> = values.iter().map(|value| accepts(other, domain, value)).collect();
            let Some(answers) = answers else { continue };
            let refused: Vec<&Literal> =
                values.iter().zip(answers).filter(|(_, accepted)| !accepted).map(|(value, _)| *value).collect();
            let is_listed = listed(other).is_some();
            let mut at = 0;
            self.found.retain(|one| {
                at += 1;
                at <= from || one.verdict != verdict || (is_listed && !refused.is_empty())
            });
            if !is_listed && !refused.is_empty() {
                let refused: Vec<String> = refused.iter().map(|value| told(Some(value))).collect();
                let told = format!("`{}` {verb} {} now", path.trim_end_matches('.'), refused.join(", "));
                self.found.push(Difference { verdict, told });
            }
        }
    }
}

/// Those of `some` that are not among `others`.
fn missing<'a>(some: &[&'a Literal], others: &[&Literal]) -> Vec<&'a Literal> {
    some.iter().copied().filter(|one| !others.iter().any(|other| is_equal(other, one))).collect()
}

/// Those of some paths that are neither among others nor below one of them.
///
/// Source: `buf/validate/validate.proto`, `FieldMaskRules`: "paths matching specified values or their subpaths".
fn uncovered<'a>(some: &[&'a Literal], others: &[&Literal]) -> Vec<&'a Literal> {
    let covers = |other: &Literal, one: &Literal| match (other, one) {
        (Literal::String(other), Literal::String(one)) => {
            one.strip_prefix(&**other).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        }
        _ => other.same(one),
    };
    some.iter().copied().filter(|one| !others.iter().any(|other| covers(other, one))).collect()
}

/// Whether text, or bytes, have a part.
fn holds(whole: &[u8], part: &[u8]) -> bool {
    part.is_empty() || whole.windows(part.len()).any(|window| window == part)
}

/// What became of a keyword whose value is text, or bytes.
fn text_verdicts(name: &str, old: &[u8], new: &[u8]) -> Vec<Verdict> {
    let (grew, shrank) = match name {
        "prefix" => (new.starts_with(old), old.starts_with(new)),
        "suffix" => (new.ends_with(old), old.ends_with(new)),
        "contains" => (holds(new, old), holds(old, new)),
        // The shorter the text, the more values have it.
        "not_contains" => (holds(old, new), holds(new, old)),
        _ => return vec![Verdict::Unclear],
    };
    match (grew, shrank) {
        (true, _) => vec![Verdict::Tightened],
        (_, true) => vec![Verdict::Loosened],
        _ => vec![Verdict::Tightened, Verdict::Loosened],
    }
}
