//! Pairs of Avro schemas and what becomes of data. Source: Avro 1.12, "Schema Resolution" and "Aliases".

use std::fmt::Write;

use canread_plan::Plan;
use insta::assert_snapshot;

use crate::support::{avro, plan, record};

fn of_records(writer: &str, reader: &str) -> String {
    plan(&record(writer), &record(reader))
}

const A: &str = r#"{"name": "a", "type": "int"}"#;

#[test]
fn equal_schemas_need_no_plan_and_neither_do_recursive_ones() {
    let list = r#"{"type": "record", "name": "Node", "fields": [
        {"name": "value", "type": "string"}, {"name": "next", "type": ["null", "Node"]}]}"#;
    assert_eq!(plan(list, list), "same");
    assert_eq!(of_records(A, A), "same");
    // What data does not depend on may differ.
    let other = r#"{"type": "record", "name": "Node", "namespace": "n", "doc": "a list", "fields": [
        {"name": "value", "type": "string", "default": ""}, {"name": "next", "type": ["null", "n.Node"]}]}"#;
    assert_eq!(plan(list, other), "same");
}

#[test]
fn a_union_may_have_many_branches() {
    let union = |namespace: &str, field: &str| {
        let record = |at: u32| {
            format!(
                r#"{{"type": "record", "name": "{namespace}R{at}", "fields": [{{"name": "f", "type": "{field}"}}]}}"#
            )
        };
        format!("[{}]", (0..20_000).map(record).collect::<Vec<_>>().join(","))
    };
    let same = Plan::resolve(avro(&union("n.", "int")), avro(&union("n.", "int"))).expect("the same");
    assert!(same.is_identity());
    // By the last part of their names, and with other fields.
    let wider = Plan::resolve(avro(&union("n.", "int")), avro(&union("m.", "long"))).expect("wider numbers");
    let canread_plan::Action::Branches(branches) = wider.action(wider.root()) else { panic!("a union") };
    for (at, branch) in (0..).zip(branches) {
        assert!(matches!(wider.action(*branch), canread_plan::Action::Into { branch, .. } if *branch == at));
    }
}

#[test]
fn a_branch_goes_to_the_one_of_its_full_name_then_of_an_alias_then_of_the_last_part_and_to_the_first_of_those() {
    let record = |name: &str, alias: &str| {
        let aliases = if alias.is_empty() { String::new() } else { format!(r#""aliases": ["{alias}"], "#) };
        format!(r#"{{"type": "record", "name": "{name}", {aliases}"fields": []}}"#)
    };
    let writer = record("n.R", "");
    let of = |branches: &[String]| plan(&writer, &format!("[{}]", branches.join(",")));
    assert_eq!(of(&[record("a.R", ""), record("n.R", "")]), "into 1: same");
    assert_eq!(of(&[record("a.R", ""), record("b.X", "n.R")]), "into 1: same");
    assert_eq!(of(&[r#""int""#.into(), record("b.X", "z.R"), record("c.R", ""), record("d.R", "")]), "into 2: same");
    // What has the name and is another sort of type takes nothing.
    let other = r#"{"type": "enum", "name": "n.R", "symbols": ["A"]}"#.to_owned();
    assert_eq!(of(&[other, record("c.R", "")]), "into 1: same");
}

#[test]
fn records_that_hold_each_other_change_together() {
    let of = |leaf: &str| {
        format!(
            r#"{{"type": "record", "name": "A", "fields": [{{"name": "b", "type": {{"type": "record", "name": "B", "fields": [
            {{"name": "a", "type": ["null", "A"]}}, {{"name": "leaf", "type": "{leaf}"}}]}}}}]}}"#
        )
    };
    assert_eq!(plan(&of("int"), &of("int")), "same");
    let writer = of("int");
    let text = plan_of_two_levels(&writer, &of("long"));
    assert!(text.contains("leaf: IntToLong") && text.contains("record"), "{text}");
}

/// Without what repeats itself without an end.
fn plan_of_two_levels(writer: &str, reader: &str) -> String {
    let plan = canread_plan::Plan::resolve(crate::support::avro(writer), crate::support::avro(reader)).expect("a plan");
    assert!(!plan.is_identity());
    let mut text = String::new();
    let canread_plan::Action::Record(outer) = plan.action(plan.root()) else { panic!("a record") };
    let [canread_plan::Step::Read { action, .. }] = *outer.steps else { panic!("one field") };
    let canread_plan::Action::Record(inner) = plan.action(action) else { panic!("a record") };
    text.push_str("record ");
    for step in &inner.steps {
        let canread_plan::Step::Read { field, action } = step else { panic!("only fields") };
        let name = &plan.reader().record(inner.record).fields[*field as usize].name;
        let action = format!("{:?}", plan.action(*action)).replace("Promote(IntToLong)", "IntToLong");
        let _ = write!(text, "{name}: {action} ");
    }
    text
}

#[test]
fn fields_are_found_by_name_and_the_others_are_skipped_or_take_their_defaults() {
    let writer = r#"{"name": "a", "type": "int"}, {"name": "gone", "type": "string"}, {"name": "b", "type": "long"}"#;
    let reader = r#"{"name": "b", "type": "long"}, {"name": "new", "type": "string", "default": "x"}, {"name": "a", "type": "int"}"#;
    assert_snapshot!(of_records(writer, reader), @r#"
    record
      a: same
      Skip(TypeId(2))
      b: same
      new: default String("x")
    "#);
}

#[test]
fn what_is_skipped_is_skipped_at_once_where_its_size_tells() {
    let writer = r#"{"name": "a", "type": "int"}, {"name": "b", "type": "long"}, {"name": "c", "type": "float"},
        {"name": "d", "type": "double"}, {"name": "e", "type": {"type": "fixed", "name": "F", "size": 16}}, {"name": "n", "type": "null"},
        {"name": "f", "type": "boolean"}, {"name": "g", "type": {"type": "enum", "name": "E", "symbols": ["X"]}}"#;
    assert_snapshot!(of_records(writer, ""), @"
    record
      SkipVarints(2)
      SkipBytes(29)
      SkipVarints(1)
    ");
}

#[test]
fn a_field_without_a_default_that_is_not_written_is_a_mismatch() {
    assert_snapshot!(of_records("", A), @"no plan: the reader's field `a` is not written, and has no default");
    let inner = |fields: &str| {
        let inner = record(fields).replace("\"R\"", "\"Inner\"");
        format!(r#"{{"name": "items", "type": {{"type": "array", "items": {inner}}}}}"#)
    };
    // A list may be empty.
    assert_snapshot!(of_records(&inner(""), &inner(A)), @"
    record
      items: list of refuse 0
    some data: `items[]`: the reader's field `a` is not written, and has no default
    ");
}

#[test]
fn scalars_are_promoted_as_the_specification_lists_them_and_not_back() {
    let types = ["int", "long", "float", "double", "string", "bytes", "boolean"];
    let mut table = String::new();
    for writer in types {
        for reader in types {
            let plan = plan(&format!("\"{writer}\""), &format!("\"{reader}\""));
            let said = if plan.starts_with("no plan") { "-".to_owned() } else { plan };
            let _ = write!(table, "{said:14}");
        }
        table.truncate(table.trim_end().len());
        table.push('\n');
    }
    assert_snapshot!(table, @"
    same          IntToLong     IntToFloat    IntToDouble   -             -             -
    -             same          LongToFloat   LongToDouble  -             -             -
    -             -             same          FloatToDouble -             -             -
    -             -             -             same          -             -             -
    -             -             -             -             same          StringToBytes -
    -             -             -             -             BytesToString same          -
    -             -             -             -             -             -             same
    ");
}

#[test]
fn symbols_go_by_name_and_unknown_ones_to_the_default() {
    let of = |symbols: &str, more: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}]{more}}}"#);
    assert_eq!(plan(&of(r#""A", "B""#, ""), &of(r#""A", "B""#, "")), "same");
    assert_eq!(plan(&of(r#""A", "B""#, ""), &of(r#""B", "A""#, "")), "symbols [Some(1), Some(0)]");
    assert_snapshot!(plan(&of(r#""A", "B""#, ""), &of(r#""B""#, "")), @"
    symbols [None, Some(0)]
    some data: the reader's enum has no default and lacks `A`
    ");
    assert_eq!(plan(&of(r#""A", "B""#, ""), &of(r#""B""#, r#", "default": "B""#)), "symbols [Some(0), Some(0)]");
    assert_snapshot!(plan(&of(r#""A""#, ""), &of(r#""B""#, "")), @"no plan: the reader's enum has no default and lacks `A`");
    // A reader with more symbols goes by the writer's number of them: the next one is no symbol of this data.
    assert_eq!(plan(&of(r#""A""#, ""), &of(r#""A", "B""#, "")), "symbols [Some(0)]");
}

#[test]
fn named_types_match_by_the_last_part_of_the_name_and_by_aliases() {
    let of = |name: &str, more: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": []{more}}}"#);
    assert_eq!(plan(&of("a.R", ""), &of("b.R", "")), "same");
    assert_snapshot!(plan(&of("a.R", ""), &of("a.S", "")), @"no plan: `a.R` can't be read as `a.S`, another name");
    assert_eq!(plan(&of("a.R", ""), &of("a.S", r#", "aliases": ["R"]"#)), "same");
    // Aliases are those of the reader.
    assert!(plan(&of("a.R", r#", "aliases": ["S"]"#), &of("a.S", "")).starts_with("no plan"));
    let fixed = |name: &str, size: u32| format!(r#"{{"type": "fixed", "name": "{name}", "size": {size}}}"#);
    assert_eq!(plan(&fixed("a.F", 4), &fixed("b.F", 4)), "same");
    assert_snapshot!(plan(&fixed("F", 4), &fixed("F", 5)), @"no plan: 4 bytes can't be read as 5");
}

#[test]
fn a_name_goes_before_an_alias() {
    let a_b = r#"{"name": "a", "type": "int"}, {"name": "b", "type": "int"}"#;
    let renamed = r#"{"name": "c", "aliases": ["a"], "type": "int"}, {"name": "b", "type": "int"}"#;
    assert_eq!(of_records(a_b, renamed), "same");
    let taken = r#"{"name": "b", "aliases": ["a"], "type": "int"}"#;
    assert_snapshot!(of_records(a_b, taken), @"
    record
      SkipVarints(1)
      b: same
    ");
    let swapped = r#"{"name": "a", "aliases": ["b"], "type": "int"}, {"name": "b", "aliases": ["a"], "type": "int"}"#;
    assert_eq!(of_records(a_b, swapped), "same");
}

#[test]
fn a_type_goes_to_the_branch_of_its_own_type_before_one_that_it_is_promoted_to() {
    assert_snapshot!(plan(r#""int""#, r#"["long", "int", "string"]"#), @"into 1: same");
    assert_snapshot!(plan(r#""int""#, r#"["string", "double", "long"]"#), @"into 1: IntToDouble");
    assert_snapshot!(plan(r#""boolean""#, r#"["string", "int", "bytes"]"#), @"no plan: no branch of the reader's union takes a boolean");
    // Null and one other type need no branch in a value.
    assert_eq!(plan(r#""int""#, r#"["null", "int"]"#), "same");
    assert_eq!(plan(r#""int""#, r#"["long", "null"]"#), "IntToLong");
    assert_snapshot!(plan(r#""null""#, r#"["string", "int", "null"]"#), @"into 2: null");
    let named = |name: &str| format!(r#"{{"type": "record", "name": "{name}", "fields": []}}"#);
    let two = format!("[{}, {}, \"null\"]", named("b.R"), named("a.R"));
    assert_snapshot!(plan(&named("a.R"), &two), @"into 1: same");
    assert_snapshot!(plan(&named("c.R"), &two), @"into 0: same");
}

#[test]
fn a_union_of_the_writer_is_resolved_branch_by_branch() {
    assert_eq!(plan(r#"["null", "int"]"#, r#"["null", "int"]"#), "same");
    assert_snapshot!(plan(r#"["null", "int"]"#, r#"["int", "null"]"#), @"
    branches
      0: null
      1: same
    ");
    assert_eq!(plan(r#"["null", "int", "string"]"#, r#"["null", "int", "string"]"#), "same");
    assert_snapshot!(plan(r#"["null", "int"]"#, r#"["string", "long", "null"]"#), @"
    branches
      0: into 2: null
      1: into 1: IntToLong
    ");
    assert_snapshot!(plan(r#"["int", "boolean"]"#, r#""long""#), @"
    branches
      0: IntToLong
      1: refuse 0
    some data: a boolean can't be read as an integer of 64 bits
    ");
    assert_snapshot!(plan(r#"["null", "int"]"#, r#""int""#), @"
    branches
      0: refuse 0
      1: same
    some data: null can't be read as an integer of 32 bits
    ");
}

#[test]
fn items_and_values_are_resolved() {
    let array = |item: &str| format!(r#"{{"type": "array", "items": "{item}"}}"#);
    let map = |value: &str| format!(r#"{{"type": "map", "values": "{value}"}}"#);
    assert_eq!(plan(&array("int"), &array("int")), "same");
    assert_eq!(plan(&array("int"), &array("long")), "list of IntToLong");
    assert_eq!(plan(&map("int"), &map("double")), "map of IntToDouble");
    assert_snapshot!(plan(&array("int"), &map("int")), @"no plan: a list can't be read as a map");
}

#[test]
fn what_only_the_reader_may_leave_out_has_no_branch_before_it_wherever_it_is() {
    let of = |ty: &str| {
        let field = format!(r#"{{"name": "a", "type": "int"}}, {{"name": "b", "type": {ty}}}"#);
        let array = format!(r#"{{"type": "array", "items": {ty}}}"#);
        [record(&field), array, format!(r#"{{"type": "map", "values": {ty}}}"#), ty.to_owned()]
    };
    for written in ["\"string\"", "\"null\"", r#"{"type": "array", "items": "string"}"#] {
        let inner = if written == "\"null\"" { "\"string\"" } else { written };
        for read in [format!(r#"["null", {inner}]"#), format!(r#"[{inner}, "null"]"#)] {
            for (writer, reader) in of(written).iter().zip(&of(&read)) {
                let plan = Plan::resolve(avro(writer), avro(reader)).expect("a plan");
                assert!(!plan.is_identity(), "{writer} as {reader}");
            }
        }
    }
    let [field, ..] = of("\"string\"");
    let [wider, ..] = of(r#"["null", "string"]"#);
    assert_snapshot!(plan(&field, &wider), @r"
    record
      a: same
      b: same
    ");
}

#[test]
fn every_mismatch_is_named() {
    let writer = r#"{"name": "a", "type": "string"}, {"name": "b", "type": {"type": "record", "name": "S", "fields": [{"name": "c", "type": "long"}]}}"#;
    let reader = r#"{"name": "a", "type": "int"}, {"name": "b", "type": {"type": "record", "name": "S", "fields": [{"name": "c", "type": "int"}]}}, {"name": "d", "type": "int"}"#;
    assert_snapshot!(of_records(writer, reader), @"
    no plan: `a`: text can't be read as an integer of 32 bits
    no plan: the reader's field `d` is not written, and has no default
    no plan: `b.c`: an integer of 64 bits can't be read as an integer of 32 bits
    ");
}
