//! How often each rule speaks, over all cases.

use std::{collections::BTreeMap, fmt::Write as _, fs, io::Write as _};

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

/// Prints the table as Markdown, and leaves it in `target/rule-table.md`.
#[test]
fn table_of_rules_with_the_numbers_of_cases_in_which_each_speaks_and_is_silent() {
    let cases = Case::all();
    let mut table: BTreeMap<&str, Counts> = rules().iter().map(|rule| (rule.id, Counts::default())).collect();
    for case in &cases {
        let speaking = findings::rules(&case.old, &case.new);
        for (rule, counts) in &mut table {
            *if speaking.contains(rule) { &mut counts.speaks } else { &mut counts.silent } += 1;
            if case.rule == *rule {
                *if case.is_near_miss() { &mut counts.own.1 } else { &mut counts.own.0 } += 1;
            }
        }
    }
    let text = render(&table, cases.len());
    let target = canread_testing::workspace_root().join("target");
    fs::create_dir_all(&target).expect("target/ can be made");
    fs::write(target.join("rule-table.md"), &text).expect("the table can be written");
    // Not `print!`, which clippy keeps out of libraries; closed output is nobody's loss.
    let _ = std::io::stdout().write_all(text.as_bytes());
    assert!(table.values().all(|counts| counts.speaks + counts.silent == cases.len()), "each case counts once a rule");
}

fn render(table: &BTreeMap<&str, Counts>, cases: usize) -> String {
    let mut text = format!("Of {cases} cases:\n\n| rule | speaks | silent | own cases | own near misses |\n");
    text.push_str("|---|---:|---:|---:|---:|\n");
    for (rule, Counts { own, speaks, silent }) in table {
        let _ = writeln!(text, "| `{rule}` | {speaks} | {silent} | {} | {} |", own.0, own.1);
    }
    let total = |count: fn(&Counts) -> usize| table.values().map(count).sum::<usize>();
    let (firing, near) = (total(|counts| counts.own.0), total(|counts| counts.own.1));
    let _ = writeln!(text, "| {} rules | | | {firing} | {near} |", table.len());
    text
}
