//! Records and groups: fields, oneofs, content models, reserved numbers and names.

use super::Canon;
use super::order::{self, FieldOrder};
use super::words::Word;
use crate::{
    Content, Derivation, DerivationSet, ExtensionRange, Extra, Group, GroupContent, JsonFormat, MoreAttributes,
    NamespaceSet, Occurs, Particle, Record, RecordKind, Reserved, Wildcard,
};

/// What is still to be written of a content model, last first.
enum Step<'a> {
    Particle(&'a Particle),
    Close,
}

impl<'a> Canon<'a, '_> {
    /// Writes what a record holds.
    pub(super) fn record(&mut self, record: &'a Record) {
        let text = &mut *self.text;
        text.word_if(record.kind != RecordKind::Struct, record.kind.word());
        text.word_if(record.is_abstract, "abstract");
        text.word_if(record.is_mixed, "mixed");
        text.word_if(record.order_matters, "ordered");
        text.word_if(record.json_format == JsonFormat::BestEffort, "json-best-effort");
        self.derivation_set("block", record.block);
        self.derivation_set("final", record.is_final);
        self.reserved(&record.reserved);
        self.extra(&record.extra);
        self.derivation(record.derivation.as_ref());
        self.extension_ranges(&record.extension_ranges);
        for oneof in order::by(&record.oneofs, |one, two| one.name.cmp(&two.name)) {
            self.text.open("oneof");
            self.text.quoted(&oneof.name);
            self.annotations(&oneof.meta.annotations);
            self.text.close();
        }
        let order = if record.order_matters { FieldOrder::Matters } else { FieldOrder::Free };
        self.fields("field", &record.fields, &record.oneofs, order);
        if let Some(content) = &record.content {
            self.content(content, &order::places(&record.fields, order));
        }
        if let Some(open) = &record.open_content {
            self.text.open("open-content");
            self.text.word(open.mode.word());
            self.wildcard(&open.wildcard);
            self.text.close();
        }
        if let Some(more) = &record.more_attributes {
            self.more_attributes(more);
        }
    }

    /// Writes what a reusable group holds.
    pub(super) fn group(&mut self, group: &'a Group) {
        match &group.content {
            GroupContent::Particles { fields, content, occurs } => {
                self.occurs_unless_once(*occurs);
                self.fields("field", fields, &[], FieldOrder::Matters);
                self.content(content, &order::places(fields, FieldOrder::Matters));
            }
            GroupContent::Attributes(fields) => self.fields("field", fields, &[], FieldOrder::Free),
        }
        self.more_attributes(&group.more_attributes);
    }

    /// Writes where a type came from.
    pub(super) fn derivation(&mut self, derivation: Option<&'a Derivation>) {
        if let Some(Derivation { method, bases }) = derivation {
            self.text.open("from");
            self.text.word(method.word());
            self.types(bases);
            self.text.close();
        }
    }

    /// Writes a set of derivation methods, if there is one in it.
    pub(super) fn derivation_set(&mut self, tag: &str, set: DerivationSet) {
        if set == DerivationSet::default() {
            return;
        }
        let DerivationSet { extension, restriction, substitution, list, union } = set;
        self.text.start(tag);
        self.text.word_if(extension, "extension");
        self.text.word_if(restriction, "restriction");
        self.text.word_if(substitution, "substitution");
        self.text.word_if(list, "list");
        self.text.word_if(union, "union");
        self.text.end();
    }

    /// Writes reserved numbers as the shortest list of runs, and reserved names by name.
    pub(super) fn reserved(&mut self, reserved: &Reserved) {
        for (start, end) in runs(reserved) {
            self.text.start("reserved");
            self.text.number(start);
            self.text.number(end);
            self.text.end();
        }
        let mut names: Vec<&str> = reserved.names.iter().map(|reserved| &*reserved.name).collect();
        names.sort_unstable();
        names.dedup();
        for name in names {
            self.text.named("reserved", name);
        }
    }

    fn extra(&mut self, extra: &'a Extra) {
        match extra {
            Extra::Unsaid => {}
            Extra::Closed => self.text.word("closed"),
            Extra::Open => self.text.word("open"),
            Extra::Typed(ty) => {
                self.text.open("extra");
                self.ty(ty);
                self.text.close();
            }
        }
    }

    fn extension_ranges(&mut self, ranges: &[ExtensionRange]) {
        for range in order::by(ranges, |one, two| (one.start, one.end).cmp(&(two.start, two.end))) {
            self.text.open("extensions");
            self.text.number(range.start);
            self.text.number(range.end);
            self.annotations(&range.meta.annotations);
            self.text.close();
        }
    }

    /// Writes a content model; `places` says where each field stands in the canonical order.
    fn content(&mut self, content: &Particle, places: &[usize]) {
        let mut steps = vec![Step::Particle(content)];
        while let Some(step) = steps.pop() {
            let particle = match step {
                Step::Particle(particle) => particle,
                Step::Close => {
                    self.text.close();
                    continue;
                }
            };
            steps.push(Step::Close);
            match &particle.content {
                Content::Field(at) => {
                    self.text.open("at");
                    // An index without a field is kept as it is; `Schema::problems` reports it.
                    let at = *at as usize;
                    self.text.number(places.get(at).copied().unwrap_or(at));
                }
                Content::Sequence(held) => self.compositor("sequence", held, &mut steps),
                Content::Choice(held) => self.compositor("choice", held, &mut steps),
                Content::All(held) => self.compositor("all", held, &mut steps),
                Content::Group(group) => {
                    self.text.open("group");
                    self.reference(*group);
                }
                Content::Wildcard(wildcard) => {
                    self.text.open("any");
                    self.wildcard(wildcard);
                }
            }
            self.occurs_unless_once(particle.occurs);
        }
    }

    fn compositor<'p>(&mut self, tag: &str, held: &'p [Particle], steps: &mut Vec<Step<'p>>) {
        self.text.open(tag);
        steps.extend(held.iter().rev().map(Step::Particle));
    }

    fn occurs_unless_once(&mut self, occurs: Occurs) {
        if occurs != Occurs::ONCE {
            self.text.start("occurs");
            self.occurs(occurs);
            self.text.end();
        }
    }

    fn more_attributes(&mut self, more: &MoreAttributes) {
        let mut groups = more.groups.clone();
        groups.sort_by_key(|id| &*self.schema.decl(*id).full_name);
        for group in groups {
            self.text.open("attribute-group");
            self.reference(group);
            self.text.close();
        }
        if let Some(wildcard) = &more.wildcard {
            self.text.open("any-attribute");
            self.wildcard(wildcard);
            self.text.close();
        }
    }

    fn wildcard(&mut self, wildcard: &Wildcard) {
        match &wildcard.namespaces {
            NamespaceSet::Any => {}
            NamespaceSet::Only(namespaces) => self.name_list("only", namespaces),
            NamespaceSet::Not(namespaces) => self.name_list("not", namespaces),
        }
        self.text.word(wildcard.process.word());
        if !wildcard.except.is_empty() {
            self.name_list("except", &wildcard.except);
        }
    }

    fn name_list(&mut self, tag: &str, names: &[Box<str>]) {
        self.text.start(tag);
        for name in order::names(names) {
            self.text.quoted(name);
        }
        self.text.end();
    }
}

/// Reserved numbers in order, with neighbours and overlaps joined.
fn runs(reserved: &Reserved) -> Vec<(i64, i64)> {
    let mut ranges: Vec<(i64, i64)> = reserved.ranges.iter().map(|range| (range.start, range.end)).collect();
    ranges.sort_unstable();
    let mut runs: Vec<(i64, i64)> = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        match runs.last_mut() {
            Some(last) if start <= last.1.saturating_add(1) => last.1 = last.1.max(end),
            _ => runs.push((start, end)),
        }
    }
    runs
}
