//! Numbers that extensions could use no longer are theirs.

use crate::{change::runs, rule::prelude::*};

pub(super) const RULE: Rule = Rule {
    id: "protobuf/extension_range_shrunk",
    title: "extension range shrunk",
    formats: &[Format::Protobuf],
    claims: &[Claim::on(Wire, Backward, Effect::Dropped), Claim::on(Source, Backward, Effect::Error)],
    opt_in: false,
    since: "0.1.0",
    rationale: "Who extends a message need not be known where it is declared. Extensions on the lost numbers no longer \
                compile; what old data has there becomes unknown fields; and a field may take such a number and read \
                that data as its own. Where the numbers are reserved, that was meant, and is a note on the wire.",
    remedy: "Keep the range. If nothing extends it any more, reserve its numbers.",
    spec: "https://protobuf.dev/programming-guides/proto2/#extensions",
    example: Example {
        old: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 199;\n}\nextend M {\n  optional string note = 150;\n}\n",
        new: "syntax = \"proto2\";\nmessage M {\n  extensions 100 to 149;\n}\n",
    },
    witness: Witness::Value {
        message: "M",
        value: r#"{"[note]": "fragile"}"#,
        shows: Claim::on(Wire, Backward, Effect::Dropped),
    },
    check,
};

fn check(change: &Change<'_>, _: &Context<'_>) -> Option<Finding> {
    let Change::ExtensionRangeShrunk { owner, range, lost } = change else { return None };
    let (symbol, numbers) = (owner.old.name(), runs(lost));
    let record = owner.new.decl().as_record()?;
    let is_reserved = |(start, end): &(i64, i64)| {
        record.reserved.ranges.iter().any(|range| range.start <= *start && *end <= range.end)
    };
    let is_intended = lost.iter().all(is_reserved);
    let message =
        format!("`{symbol}` no longer has {numbers} for extensions: what old data has there becomes unknown fields");
    let mut finding = Finding::new(symbol, message)
        .old(range.node, "for extensions until now")
        .new_site(owner.new.decl().node, "no longer here")
        .shape(format!("lost {numbers}"))
        .claim_as(Wire, Backward, Effect::Dropped, if is_intended { Severity::Note } else { Severity::Error })
        .claim(Source, Backward, Effect::Error);
    let taken: Vec<&str> = record
        .fields
        .iter()
        .filter(|field| {
            let number = field.number.map_or(0, |number| i64::from(number.value));
            lost.iter().any(|(start, end)| (*start..=*end).contains(&number))
        })
        .map(|field| &*field.name)
        .collect();
    if !taken.is_empty() {
        finding = finding.note(format!("`{}` reads what extensions wrote there", taken.join("`, `")));
    }
    if !is_intended {
        finding = finding.help(format!("keep the range, or add `reserved {numbers};`"));
        if taken.is_empty() {
            let owner = owner.new.decl().node;
            finding = finding.fix(Fix::Reserve { owner, numbers: lost.clone(), names: Vec::new() });
        }
    }
    Some(finding)
}
