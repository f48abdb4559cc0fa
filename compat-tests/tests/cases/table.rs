//! How often each rule speaks, over all cases: the table in `RULES.md`.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use canread_compat::rules;

use super::{case::Case, findings};

/// What is counted about a rule.
#[derive(Clone, Copy, Default)]
struct Counts {
    /// Folders of its own: those in which it must speak, and near misses.
    own: (usize, usize),
    /// Cases of any rule in which it speaks.
    speaks: usize,
    /// Cases of any rule in which it is silent.
    silent: usize,
}

#[test]
fn the_table_of_rules_has_the_numbers_of_cases_in_which_each_speaks_and_is_silent() {
    let cases = Case::all();
    let mut table: BTreeMap<&str, Counts> = rules().iter().map(|rule| (rule.id, Counts::default())).collect();
    for case in &cases {
        let speaking = findings::rules(case);
        for (rule, counts) in &mut table {
            *if speaking.contains(rule) { &mut counts.speaks } else { &mut counts.silent } += 1;
            if case.rule == *rule {
                *if case.is_near_miss() { &mut counts.own.1 } else { &mut counts.own.0 } += 1;
            }
        }
    }
    let text = render(&table, cases.len());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("RULES.md");
    if std::env::var_os("CANREAD_BLESS").is_some() {
        fs::write(&path, &text).expect("the table can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(written, text, "{} is out of date: CANREAD_BLESS=1 writes it anew", path.display());
    assert!(table.values().all(|counts| counts.speaks + counts.silent == cases.len()), "each case counts once a rule");
}

fn render(table: &BTreeMap<&str, Counts>, cases: usize) -> String {
    let mut text = String::from(
        "# How often each rule speaks\n\nWritten by the tests of this package from the cases in [`cases`](cases): \
         `CANREAD_BLESS=1 cargo test -p compat-tests --test cases`.\nA rule runs over every case of every rule. Of its \
         own, it must speak in each and be silent in each near miss.\n\n",
    );
    let _ = writeln!(
        text,
        "Of {cases} cases:\n\n| rule | its cases, in which it fires | its near misses, in which it is silent | fires in all cases |"
    );
    text.push_str("|---|---:|---:|---:|\n");
    for (rule, Counts { own, speaks, .. }) in table {
        let _ = writeln!(text, "| `{rule}` | {} | {} | {speaks} |", own.0, own.1);
    }
    let total = |count: fn(&Counts) -> usize| table.values().map(count).sum::<usize>();
    let (firing, near) = (total(|counts| counts.own.0), total(|counts| counts.own.1));
    let _ = writeln!(text, "| {} rules | {firing} | {near} | |", table.len());
    text
}
