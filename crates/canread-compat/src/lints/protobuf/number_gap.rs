//! Numbers between others that nothing uses and nothing reserves: somebody may have deleted them.

use canread_model::{DeclId, Schema};

use crate::lints::prelude::*;

pub(super) const LINT: Lint = Lint {
    rule: Rule {
        id: "lint/protobuf/number_gap",
        title: "numbers that are neither used nor reserved",
        formats: &[Format::Protobuf],
        claims: &[Claim::on(Wire, Backward, Effect::Reinterpreted)],
        opt_in: true,
        since: "0.1.0",
        rationale: "A number that was deleted and not reserved invites somebody to take it for a new field, which then reads old \
                    data of the deleted one as its own. A gap alone does not say that there was anything, so this speaks \
                    only when it is asked to; `canread check --against 'git:tags/*'` knows what there was.",
        remedy: "Reserve the numbers of the gap.",
        spec: "https://protobuf.dev/programming-guides/proto3/#deleting",
        example: Example {
            old: "syntax = \"proto3\";\npackage shop;\nmessage M {\n  int32 id = 1;\n  string note = 3;\n}\n",
            new: "syntax = \"proto3\";\npackage shop;\nmessage M {\n  reserved 2;\n  int32 id = 1;\n  string note = 3;\n}\n",
        },
        ..Rule::UNNAMED
    },
    severity: Severity::Note,
    shows: Shows::Now("a field that is added with the number of one that was deleted"),
    instead_of: None,
    look,
};

/// A longer gap is a style of numbering: a block for each team, or codes from elsewhere.
const GAP_MAX: i64 = 10;

fn look(subject: Subject<'_>, seen: &Seen<'_>) -> Vec<Finding> {
    let Subject::Decl(id, decl) = subject else { return Vec::new() };
    let mut numbers: Vec<i64> = match (decl.as_record(), decl.as_enum()) {
        (Some(record), _) => record.fields.iter().filter_map(|field| Some(field.number?.value.into())).collect(),
        (_, Some(declared)) => {
            declared.values.iter().filter_map(|value| value.number).filter(|&number| number >= 0).collect()
        }
        _ => return Vec::new(),
    };
    // Fields begin at 1, values at 0, which is there already.
    numbers.push(0);
    numbers.sort_unstable();
    let gaps: Vec<(i64, i64)> = numbers.windows(2).filter_map(|pair| gap(pair[0], pair[1], id, seen.schema)).collect();
    if gaps.is_empty() {
        return Vec::new();
    }
    let shown: Vec<String> = gaps.iter().take(SHOWN_MAX).map(|&(first, last)| range(first, last)).collect();
    let more = if gaps.len() > SHOWN_MAX { " and more" } else { "" };
    let (symbol, shown) = (&*decl.full_name, shown.join(", "));
    let message = format!("`{symbol}` neither uses nor reserves {shown}{more}");
    let finding = Finding::new(symbol, message).new_site(decl.node, "numbers are missing");
    vec![finding.help(format!("if they were used once, write `reserved {shown};`")).shape(shown)]
}

/// Gaps that are named.
const SHOWN_MAX: usize = 5;

/// What lies between two numbers, if that is a gap: short, and with none of it reserved or left to extensions.
fn gap(before: i64, behind: i64, owner: DeclId, schema: &Schema) -> Option<(i64, i64)> {
    let (first, last) = (before + 1, behind - 1);
    if last < first || last - first >= GAP_MAX {
        return None;
    }
    let is_spoken_for =
        |number| schema.is_number_reserved(owner, number) || schema.is_number_for_extensions(owner, number);
    let first = (first..=last).find(|&number| !is_spoken_for(number))?;
    let last = (first..=last).take_while(|&number| !is_spoken_for(number)).last()?;
    Some((first, last))
}

fn range(first: i64, last: i64) -> String {
    if first == last { first.to_string() } else { format!("{first} to {last}") }
}
