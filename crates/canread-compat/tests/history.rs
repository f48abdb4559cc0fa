//! What the ledger of a history finds, and what it leaves to comparisons.

use canread_compat::{Direction, Finding, Ledger, Pair, Reach, Retirements, Scope, Severity, Step, Surface, compare};
use canread_model::Schema;
use canread_protobuf::schema::{LinkOptions, read};
use canread_syntax::Sources;

/// A message `M` of these fields, or a whole file; of Avro if it is JSON.
fn schema(fields: &str) -> Schema {
    let mut sources = Sources::default();
    if fields.starts_with('{') {
        let file = sources.add("m.avsc", "test", fields.as_bytes().to_vec());
        let linked =
            canread_avro::schema::read(&[("m.avsc", file)], &sources, &canread_avro::schema::LinkOptions::default());
        assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
        return linked.schema;
    }
    let text = if fields.starts_with("syntax") {
        fields.to_owned()
    } else {
        format!("syntax = \"proto3\"; message M {{ {fields} }}")
    };
    let file = sources.add("m.proto", "test", text.into_bytes());
    let linked = read(&[("m.proto", file)], &sources, &LinkOptions::default());
    assert!(linked.diagnostics.is_empty(), "{:#?}", linked.diagnostics);
    linked.schema
}

/// What the ledger finds in old versions beside a new one, as lines: the version that had it last, and the message.
fn found(old: &[&str], new: &str, reach: Reach) -> Vec<String> {
    with(old, new, reach, |steps, ledger| {
        let line = |step: usize, finding: Finding| format!("{}: {}", steps[step].label, finding.message);
        let found = ledger.findings(|step| pairwise(&steps[step])).into_iter();
        found.flat_map(|(step, found)| found.into_iter().map(move |finding| line(step, finding))).collect()
    })
}

/// An Avro record `M` with an `id`, and a field `a` if one is given: the type and a default.
fn avro(a: Option<(&str, &str)>) -> String {
    let a =
        a.map_or_else(String::new, |(ty, default)| format!(r#", {{"name": "a", "type": {ty}, "default": {default}}}"#));
    format!(r#"{{"type": "record", "name": "M", "fields": [{{"name": "id", "type": "int"}}{a}]}}"#)
}

/// What the ledger finds where the field `a` of an Avro record comes and goes.
fn found_in_avro(old: &[Option<(&str, &str)>], new: (&str, &str)) -> Vec<String> {
    let old: Vec<String> = old.iter().map(|a| avro(*a)).collect();
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    found(&old, &avro(Some(new)), Reach::New)
}

fn with<T>(old: &[&str], new: &str, reach: Reach, look: impl FnOnce(&[Step<'_>], &Ledger<'_>) -> T) -> T {
    let (old, new): (Vec<Schema>, Schema) = (old.iter().map(|text| schema(text)).collect(), schema(new));
    let labels: Vec<String> = (1..=old.len()).map(|number| format!("v{number}")).collect();
    let scope = Scope::default();
    let steps: Vec<Step<'_>> = old
        .iter()
        .zip(&labels)
        .map(|(old, label)| Step { label, schemas: Pair { old, new: &new }, scope: &scope })
        .collect();
    let read = looked_through(&steps);
    assert_eq!(told(&read.iter().map(|at| steps[*at]).collect::<Vec<_>>()), told(&steps), "{read:?} of {steps:#?}");
    look(&steps, &Ledger::of(&steps, reach))
}

/// The versions that tell what the new one uses again, and the one before it.
fn looked_through(steps: &[Step<'_>]) -> Vec<usize> {
    let mut retired = Retirements::default();
    for (at, pair) in (1..).zip(steps.windows(2)) {
        retired.note(at, Pair { old: pair[0].schemas.old, new: pair[1].schemas.old });
    }
    let Some((before, last)) = steps.len().checked_sub(1).zip(steps.last()) else { return Vec::new() };
    let used = retired.used_again(last);
    assert!(used.is_empty() || last.introduces(), "{used:?}");
    let mut read: Vec<usize> = used.into_iter().flat_map(|at| [at - 1, at]).chain([before]).collect();
    read.sort_unstable();
    read.dedup();
    read
}

/// All that is found where the new version alone counts.
fn told(steps: &[Step<'_>]) -> Vec<String> {
    let found = settled(steps, &Ledger::of(steps, Reach::New));
    let lines = found.iter().zip(steps).flat_map(|(found, step)| {
        let line = |finding: &Finding| {
            let Finding { rule, symbol, message, claims, severities, notes, .. } = finding;
            format!("{}: {} {symbol} {message} {claims:?} {severities:?} {notes:?}", step.label, rule.id)
        };
        found.iter().map(line).collect::<Vec<_>>()
    });
    lines.collect()
}

fn pairwise(step: &Step<'_>) -> Vec<Finding> {
    compare(step.schemas, step.scope).expect("few pairs").findings
}

/// What is left to say of each step.
fn settled(steps: &[Step<'_>], ledger: &Ledger<'_>) -> Vec<Vec<Finding>> {
    let content_of: Vec<usize> = (0..steps.len()).collect();
    let compared = ledger.contents(&content_of).into_iter().map(|step| (step, pairwise(&steps[step]))).collect();
    let mut settled = vec![Vec::new(); steps.len()];
    for (step, findings) in ledger.settle(&content_of, compared) {
        settled[step].extend(findings);
    }
    settled
}

#[test]
fn the_last_version_that_had_it_and_the_first_without_are_named() {
    let old = ["string note = 2;", "string note = 2; int32 x = 1;", "int32 x = 1;", "int32 x = 1;"];
    assert_eq!(
        found(&old, "int32 x = 1; bool gift = 2;", Reach::New),
        ["v2: number 2 of `M` was `note` (string) until v2, is not in v3, and is `gift` (bool) now"]
    );
}

#[test]
fn of_several_things_that_had_a_number_the_last_one_counts() {
    let old = ["bytes seal = 2;", "", "string note = 2;", ""];
    let found = found(&old, "bool gift = 2;", Reach::New);
    assert_eq!(found, ["v3: number 2 of `M` was `note` (string) until v3, is not in v4, and is `gift` (bool) now"]);
}

#[test]
fn a_newer_thing_that_harms_less_does_not_stand_for_an_older_one() {
    let was = [Some(("\"string\"", "\"\"")), None, Some(("\"int\"", "0")), None];
    let against_v1 = "v1: `a` of `M` was string until v1, is not in v2, and is long now";
    // Old readers of an int refuse a long, and new ones read an int as what it is.
    let against_v3 = "v3: `a` of `M` was int until v3, is not in v4, and is long now";
    assert_eq!(found_in_avro(&was, ("\"long\"", "0")), [against_v1, against_v3]);
    let found = found(&["string a = 2;", "reserved 2;", "int32 b = 2;", "reserved 2;"], "int64 b = 2;", Reach::New);
    assert!(found.iter().any(|line| line.starts_with("v1: number 2 of `M` was `a` (string) until v1")), "{found:#?}");
}

#[test]
fn each_claim_is_made_of_the_newest_thing_that_is_harmed_so() {
    let old = [&avro(Some(("\"string\"", "\"\""))), &avro(None), &avro(Some(("\"int\"", "0"))), &avro(None)];
    with(&old.map(|text| &**text), &avro(Some(("\"long\"", "0"))), Reach::Every, |steps, ledger| {
        let settled = settled(steps, ledger);
        let directions = |step: usize| {
            let is_it = |finding: &&Finding| finding.rule.id == "avro/retired_field_reused";
            let finding = settled[step].iter().find(is_it).expect("both are harmed");
            assert!(settled[step].iter().all(|finding| finding.rule.id != "avro/type_changed"));
            let on_wire = finding.claims.iter().filter(|claim| claim.surface == Surface::Wire);
            on_wire.map(|claim| claim.direction).collect::<Vec<_>>()
        };
        assert!(directions(0).contains(&Direction::Backward));
        assert_eq!(directions(2), [Direction::Forward]);
    });
}

#[test]
fn an_avro_field_is_what_it_was_only_with_its_logical_type_its_size_and_its_symbols() {
    let logical = |name: &str| format!(r#"{{"type": "long", "logicalType": "{name}"}}"#);
    let decimal = |scale| format!(r#"{{"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": {scale}}}"#);
    let fixed = |size| format!(r#"{{"type": "fixed", "name": "F", "size": {size}}}"#);
    let symbols = |symbols: &str| format!(r#"{{"type": "enum", "name": "E", "symbols": [{symbols}]}}"#);
    let list = |item: &str| format!(r#"{{"type": "array", "items": {item}}}"#);
    let maybe = |ty: &str| format!(r#"["null", {ty}]"#);
    let (millis, micros) = (logical("timestamp-millis"), logical("timestamp-micros"));
    let (ab, ac) = (symbols(r#""A", "B""#), symbols(r#""A", "C""#));
    let cases = [
        (&*millis, &*micros, "0", "long (timestamp-millis) until v1, is not in v2, and is long (timestamp-micros) now"),
        ("\"long\"", &millis, "0", "long until v1, is not in v2, and is long (timestamp-millis) now"),
        (
            &decimal(2),
            &decimal(3),
            "\"\"",
            "bytes (decimal of 9 digits, 2 behind the point) until v1, is not in v2, and is bytes (decimal of 9 digits, 3 \
             behind the point) now",
        ),
        (&fixed(4), &fixed(4), "\"abcd\"", ""),
        (
            &maybe(&fixed(4)),
            &maybe(&fixed(2)),
            "null",
            "union<null, F> (4 bytes) until v1, is not in v2, and is union<null, F> (2 bytes) now",
        ),
        (&ab, &ac, "\"A\"", "E (B) until v1, is not in v2, and is E (C) now"),
        (&list(&ab), &list(&ac), "[]", "array<E> (B) until v1, is not in v2, and is array<E> (C) now"),
        (
            &maybe(&list(&millis)),
            &maybe(&list(&micros)),
            "null",
            "union<null, array<long>> (timestamp-millis) until v1, is not in v2, and is union<null, array<long>> (timestamp-micros) now",
        ),
    ];
    for (old, new, default, is) in cases {
        let found = found_in_avro(&[Some((old, default)), None], (new, default));
        let expected: Vec<String> = if is.is_empty() { Vec::new() } else { vec![format!("v1: `a` of `M` was {is}")] };
        assert_eq!(found, expected, "{old} -> {new}");
        assert_eq!(found_in_avro(&[Some((new, default)), None], (new, default)), Vec::<String>::new(), "{new}");
    }
}

#[test]
fn one_that_came_back_as_an_older_one_is_compared_with_the_other() {
    let old = ["bytes seal = 2;", "", "bool gift = 2;", ""];
    let found = found(&old, "bool gift = 2;", Reach::New);
    assert_eq!(found, ["v1: number 2 of `M` was `seal` (bytes) until v1, is not in v2, and is `gift` (bool) now"]);
}

#[test]
fn what_an_older_version_made_counts_only_if_every_version_does() {
    let old = ["string note = 2;", "", "bool gift = 2;"];
    assert_eq!(found(&old, "bool gift = 2;", Reach::New), Vec::<String>::new());
    assert_eq!(
        found(&old, "bool gift = 2;", Reach::Every),
        ["v1: number 2 of `M` was `note` (string) until v1, is not in v2, and is `gift` (bool) since v3"]
    );
}

#[test]
fn one_version_or_two_without_a_gap_say_nothing() {
    assert_eq!(found(&["string note = 2;"], "bool gift = 2;", Reach::Every), Vec::<String>::new());
    assert_eq!(found(&["string note = 2;", "bool gift = 2;"], "bool gift = 2;", Reach::Every), Vec::<String>::new());
    assert_eq!(found(&[], "bool gift = 2;", Reach::Every), Vec::<String>::new());
}

#[test]
fn what_may_be_a_rename_in_a_comparison_is_an_error_in_a_history_and_is_said_once() {
    with(&["string note = 2;", ""], "string memo = 2;", Reach::Every, |steps, ledger| {
        let before: Vec<_> = pairwise(&steps[0]).iter().map(|finding| finding.rule.id).collect();
        assert_eq!(before, ["protobuf/field_renamed"]);
        let returned = &settled(steps, ledger)[0];
        let [finding] = returned.as_slice() else { panic!("{returned:#?}") };
        let on_wire = finding.claims.iter().filter(|claim| claim.surface == Surface::Wire);
        assert!(
            on_wire.clone().count() == 2
                && on_wire.map(|claim| finding.severity_of(*claim)).all(|one| one == Severity::Error)
        );
    });
}

#[test]
fn a_name_that_came_back_with_another_number_concerns_json_alone() {
    with(&["int32 total = 2;", "reserved 2;"], "reserved 2; int32 total = 3;", Reach::New, |steps, ledger| {
        let found = ledger.findings(|step| pairwise(&steps[step]));
        let [(0, found)] = &*found else { panic!("{found:#?}") };
        let [finding] = &**found else { panic!("{found:#?}") };
        assert_eq!(finding.rule.id, "protobuf/retired_field_name_reused");
        assert!(finding.claims.iter().all(|claim| claim.surface == Surface::Json), "{:?}", finding.claims);
    });
}

#[test]
fn a_reserved_number_that_comes_back_as_what_it_was_is_no_reuse() {
    with(&["string note = 2;", "reserved 2;"], "string note = 2;", Reach::New, |steps, ledger| {
        assert_eq!(ledger.steps().count(), 0);
        let on_wire = |found: &[Finding]| {
            let claims = found.iter().filter(|finding| !finding.rule.opt_in).flat_map(|finding| &finding.claims);
            claims.filter(|claim| claim.surface == Surface::Wire).count()
        };
        assert_eq!(on_wire(&pairwise(&steps[1])), 1);
        assert_eq!(on_wire(&settled(steps, ledger)[1]), 0);
    });
}

#[test]
fn a_name_that_json_knew_another_field_by_in_between_is_a_reuse_though_it_is_back_as_it_was() {
    let old = ["int32 total = 2;", "int32 cents = 1 [json_name = \"total\"];"];
    with(&old, "reserved 1; reserved \"cents\"; int32 total = 2;", Reach::New, |steps, ledger| {
        let settled = settled(steps, ledger);
        let is_it = |finding: &&Finding| finding.rule.id == "protobuf/field_name_reused";
        let finding = settled[1].iter().find(is_it).expect("documents of v2 are read as another field");
        let backward = finding.claims.iter().filter(|claim| claim.direction == Direction::Backward);
        assert_eq!(backward.map(|claim| claim.surface).collect::<Vec<_>>(), [Surface::Json]);
        assert!(finding.notes.is_empty(), "{:?}", finding.notes);
    });
}

#[test]
fn a_reserved_name_that_comes_back_as_what_it_was_is_no_reuse_in_json() {
    let old = ["int32 total = 2;", "reserved \"total\";"];
    with(&old, "int32 total = 2;", Reach::New, |steps, ledger| {
        let backward = |found: &[Finding]| {
            let claims = found.iter().filter(|finding| !finding.rule.opt_in).flat_map(|finding| &finding.claims);
            claims.filter(|claim| claim.direction == Direction::Backward && claim.surface == Surface::Json).count()
        };
        assert_eq!(backward(&pairwise(&steps[1])), 1);
        assert_eq!(backward(&settled(steps, ledger)[1]), 0);
    });
}

#[test]
fn versions_that_hold_the_same_are_compared_once() {
    let old = ["string note = 2;", "", "string note = 2;", ""];
    with(&old, "bool gift = 2;", Reach::Every, |steps, ledger| {
        let content_of = [1, 0, 1, 0];
        assert_eq!(ledger.contents(&content_of).into_iter().collect::<Vec<_>>(), [0, 1]);
        let compared = [(0, pairwise(&steps[3])), (1, pairwise(&steps[2]))].into();
        let found: Vec<(usize, &str)> = ledger
            .settle(&content_of, compared)
            .iter()
            .flat_map(|(content, findings)| findings.iter().map(|finding| (*content, finding.rule.id)))
            .filter(|(_, rule)| rule.starts_with("protobuf/retired"))
            .collect();
        assert_eq!(found, [(1, "protobuf/retired_field_number_reused")]);
    });
}

#[test]
fn a_declaration_of_another_kind_in_an_older_version_has_nothing_that_could_come_back() {
    let kinds = [
        "syntax = \"proto3\"; message T { string note = 1; }",
        "syntax = \"proto3\"; enum T { note = 0; B = 1; }",
        "syntax = \"proto3\"; message M {} service T { rpc note(M) returns (M); }",
    ];
    for new in kinds {
        for old in kinds.into_iter().filter(|old| *old != new) {
            assert_eq!(found(&[old, "syntax = \"proto3\";"], new, Reach::Every), Vec::<String>::new());
        }
    }
}

/// An Avro record `M` in a namespace, with an `id` and further fields.
fn avro_in(namespace: &str, more: &str) -> String {
    format!(
        r#"{{"type": "record", "name": "M", "namespace": "{namespace}", "fields": [{{"name": "id", "type": "int"}}{more}]}}"#
    )
}

const NOTE: &str = r#", {"name": "note", "type": "string", "default": ""}"#;
const NOTE_AS_LONG: &str = r#", {"name": "note", "type": "long", "default": 0}"#;

#[test]
fn an_avro_record_is_the_same_one_in_another_namespace() {
    let [first, gone, new] = [avro_in("shop", NOTE), avro_in("shop", ""), avro_in("store", NOTE_AS_LONG)];
    let gone_there = avro_in("store", "");
    let expected = "v1: `note` of `store.M` was string until v1, is not in v2, and is long now";
    for second in [&gone, &gone_there] {
        assert_eq!(found(&[&first, second], &new, Reach::New), [expected], "{second}");
        assert_eq!(found(&[&first, second], &avro_in("store", NOTE), Reach::New), Vec::<String>::new(), "{second}");
    }
    // A reuse of an older version, in the namespace of that time.
    let reused = avro_in("shop", NOTE_AS_LONG);
    let since = "v1: `note` of `store.M` was string until v1, is not in v2, and is long since v3";
    assert_eq!(found(&[&first, &gone, &reused], &new, Reach::Every), [since]);
    assert_eq!(found(&[&first, &gone, &reused], &new, Reach::New), Vec::<String>::new());
}

#[test]
fn a_namespace_that_is_no_mere_change_of_names_makes_two_records() {
    let union = |first: &str, second: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"Both\", \"fields\": [{{\"name\": \"a\", \"type\": {first}}}, {{\"name\": \"b\", \"type\": {second}}}]}}"
        )
    };
    let other = r#"{"type": "record", "name": "Other", "fields": []}"#;
    let (first, gone, new) = (avro_in("shop", NOTE), avro_in("shop", ""), avro_in("store", NOTE_AS_LONG));
    // The old record is still there; or two of the name were, or are; or it was something else.
    let histories = [
        ([union(&first, other), union(&gone, other)], union(&gone, &new)),
        ([union(&first, &avro_in("mall", NOTE)), union(&gone, other)], union(other, &new)),
        ([union(&first, other), union(&gone, other)], union(&avro_in("mall", NOTE_AS_LONG), &new)),
        (
            [
                union(r#"{"type": "enum", "name": "M", "namespace": "shop", "symbols": ["note"]}"#, other),
                union(&gone, other),
            ],
            union(other, &new),
        ),
    ];
    for ([first, second], new) in &histories {
        assert_eq!(found(&[first, second], new, Reach::Every), Vec::<String>::new(), "{first} {second} {new}");
    }
}

#[test]
fn a_type_in_another_namespace_is_the_type_that_a_field_had() {
    let of = |declared: &str| Some(format!(r#"["null", {declared}]"#));
    let symbols = |namespace: &str, symbols: &str| {
        of(&format!(r#"{{"type": "enum", "name": "E", "namespace": "{namespace}", "symbols": [{symbols}]}}"#))
    };
    let fixed = |namespace: &str, size: u8| {
        of(&format!(r#"{{"type": "fixed", "name": "F", "namespace": "{namespace}", "size": {size}}}"#))
    };
    let record = |namespace: &str| of(&avro_in(namespace, "").replace("\"M\"", "\"R\""));
    let cases = [
        (symbols("a", r#""A", "B""#), symbols("b", r#""A", "B""#), None),
        (
            symbols("a", r#""A", "B""#),
            symbols("b", r#""A", "C""#),
            Some("union<null, a.E> until v1, is not in v2, and is union<null, b.E> now"),
        ),
        (fixed("a", 4), fixed("b", 4), None),
        (fixed("a", 4), fixed("b", 2), Some("union<null, a.F> until v1, is not in v2, and is union<null, b.F> now")),
        (record("a"), record("b"), None),
    ];
    for (old, new, is) in &cases {
        let (old, new) = (old.as_deref().unwrap_or_default(), new.as_deref().unwrap_or_default());
        let found = found_in_avro(&[Some((old, "null")), None], (new, "null"));
        let expected: Vec<String> = is.iter().map(|is| format!("v1: `a` of `M` was {is}")).collect();
        assert_eq!(found, expected, "{old} -> {new}");
    }
}

#[test]
fn an_avro_symbol_of_an_enum_in_another_namespace_has_its_place() {
    let of = |namespace: &str, symbols: &str| {
        format!(
            r#"{{"type": "enum", "name": "E", "namespace": "{namespace}", "symbols": [{symbols}], "default": "A"}}"#
        )
    };
    let old = [of("a", r#""A", "B", "C""#), of("a", r#""A", "C""#)];
    let found = |new: &str| found(&[&old[0], &old[1]], new, Reach::New);
    let expected = "v1: `B` of `b.E` was symbol 2 until v1, is not in v2, and is symbol 3 now";
    assert_eq!(found(&of("b", r#""A", "C", "B""#)), [expected]);
    assert_eq!(found(&of("b", r#""A", "B", "C""#)), Vec::<String>::new());
}

/// Each of the values may be asked for each of the others, in both versions.
#[test]
fn many_names_of_one_retired_number_cost_what_each_costs() {
    let values = |prefix: &str| (0..1_500).map(|at| format!("{prefix}{at} = 7; ")).collect::<Vec<_>>().concat();
    let file = |values: &str| {
        format!("syntax = \"proto3\"; enum E {{ option allow_alias = true; ZERO = 0; NIL = 0; {values} }}")
    };
    let (first, last) = (values("OLD_"), values("NEW_"));
    let lines = found(&[&file(&first), &file("")], &file(&last), Reach::New);
    assert_eq!(lines.len(), 1);
    assert!(lines[0].starts_with("v1: "), "{lines:?}");
}

#[test]
fn many_symbols_that_come_back_in_another_order_are_all_told() {
    let file = |symbols: &[String]| {
        let symbols: Vec<String> = symbols.iter().map(|symbol| format!("{symbol:?}")).collect();
        format!(r#"{{"type": "enum", "name": "E", "symbols": ["ZERO", {}], "default": "ZERO"}}"#, symbols.join(", "))
    };
    let mut symbols: Vec<String> = (0..3_000).map(|at| format!("S{at}")).collect();
    let (first, between) = (file(&symbols), file(&["OTHER".to_owned()]));
    symbols.reverse();
    let lines = found(&[&first, &between], &file(&symbols), Reach::New);
    assert_eq!(lines.len(), 3_000);
}

/// Every history of three versions and a new one, of those texts: how many have more versions than tell anything.
fn every_history(texts: &[&str]) -> usize {
    let schemas: Vec<Schema> = texts.iter().map(|text| schema(text)).collect();
    let scope = Scope::default();
    let mut spared = 0;
    for number in 0..schemas.len().pow(4) {
        let at = |place: u32| &schemas[number / schemas.len().pow(place) % schemas.len()];
        let step = |(label, old)| Step { label, schemas: Pair { old, new: at(0) }, scope: &scope };
        let steps: Vec<Step<'_>> = ["v1", "v2", "v3"].into_iter().zip([at(3), at(2), at(1)]).map(step).collect();
        let read = looked_through(&steps);
        let told = |at: &[usize]| told(&at.iter().map(|at| steps[*at]).collect::<Vec<_>>());
        assert_eq!(told(&read), told(&[0, 1, 2]), "{read:?}: {number} of {texts:#?}");
        spared += usize::from(read.len() < 3);
    }
    spared
}

#[test]
fn only_versions_that_took_away_what_the_new_one_uses_tell_anything() {
    let proto = [
        "",
        "int32 total = 2; enum E { A = 0; }",
        "string total = 2; enum E { A = 0; B = 1; }",
        "int32 total = 3; reserved 2; enum E { A = 0; C = 1; }",
        "int32 cents = 2 [json_name = \"total\"]; reserved \"total\"; reserved 3; enum E { A = 0; B = 2; }",
        "string sum = 2; int32 cents = 3; enum F { A = 0; }",
    ];
    let proto2 = |fields: &str| format!("syntax = \"proto2\"; message M {{ {fields} }}");
    let extended = |number: i32, name: &str| {
        format!(
            "syntax = \"proto2\"; message M {{ extensions 2 to 9; }} extend M {{ optional int32 {name} = {number}; }} \
             message Q {{}} service S {{ rpc {name} (M) returns (Q); }}"
        )
    };
    let extensions = [
        proto2("extensions 2 to 9;"),
        proto2("optional string a = 2;"),
        extended(2, "a"),
        extended(3, "a"),
        extended(2, "b"),
        "syntax = \"proto2\"; message M {} message Q {} service S { rpc a (Q) returns (M); }".to_owned(),
    ];
    let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
    // Records by two names, of which one may be called by the other.
    let record = |name: &str, aliases: &str, fields: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"{name}\", \"aliases\": [{aliases}], \"fields\": [{{\"name\": \"id\", \"type\": \"int\"}}{fields}]}}"
        )
    };
    let both = |first: &str, second: &str| {
        format!(
            "{{\"type\": \"record\", \"name\": \"Both\", \"fields\": [{{\"name\": \"a\", \"type\": {first}}}, {{\"name\": \"b\", \"type\": {second}}}]}}"
        )
    };
    let namespaces = [
        avro_in("shop", NOTE),
        avro_in("shop", NOTE_AS_LONG),
        avro_in("shop", ""),
        avro_in("store", NOTE_AS_LONG),
        avro_in("store", ""),
        avro_in("shop", r#", {"name": "text", "type": "long", "aliases": ["note"], "default": 0}"#),
        both(&avro_in("shop", NOTE), &avro_in("mall", "")),
    ];
    let namespaces: Vec<&str> = namespaces.iter().map(String::as_str).collect();
    let aliases = [
        both(&record("a.R", "", NOTE), r#""int""#),
        both(&record("a.R", "", ""), &record("b.S", "", NOTE)),
        both(r#""int""#, &record("b.S", "", NOTE)),
        both(&record("a.R", "\"b.S\"", NOTE_AS_LONG), r#""int""#),
        both(&record("a.R", "\"b.S\"", ""), r#""int""#),
        both(&record("a.R", "", ""), &record("b.R", "", NOTE)),
    ];
    let aliases: Vec<&str> = aliases.iter().map(String::as_str).collect();
    for texts in [&proto[..], &extensions, &namespaces, &aliases] {
        let spared = every_history(texts);
        assert!(spared > texts.len().pow(4) / 2, "{spared} of {texts:#?}");
    }
}
