//! Schemas of sizes that nobody writes: a verdict all the same, in time that grows with the input and no faster.

use std::fmt::Write;

use crate::world::{Outcome, P3, World};

/// Links of a chain that no stack holds.
const LINKS: usize = 100_000;

/// Fields of a message, or values of an enum.
fn many() -> usize {
    if canread_testing::long() { 1_000_000 } else { 50_000 }
}

fn check(old: &str, new: &str) -> Outcome {
    World::pair(format!("{P3}{old}"), format!("{P3}{new}")).check("")
}

/// Messages of which each names the next; the last holds a number.
fn chain(prefix: &str, kind: &str) -> String {
    let mut text = String::new();
    for at in 0..LINKS {
        writeln!(text, "message {prefix}{at} {{ {prefix}{} n = 1; }}", at + 1).expect("a string takes all");
    }
    text + &format!("message {prefix}{LINKS} {{ {kind} v = 1; }}\n")
}

#[test]
fn a_chain_of_messages_is_compared_to_its_end() {
    let outcome = check(&chain("A", "int64"), &chain("A", "int32"));
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("`A100000.v` was int64 and is int32"), "{}", outcome.out);
}

#[test]
fn a_chain_of_which_each_message_was_renamed_is_followed() {
    let root = |prefix: &str| format!("message R {{ {prefix}0 r = 1; }}\n");
    let outcome = check(&(root("A") + &chain("A", "int64")), &(root("B") + &chain("B", "int32")));
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("was int64 and is int32"), "{}", outcome.out);
    assert!(outcome.out.len() < 100_000, "{} bytes", outcome.out.len());
}

#[test]
fn a_field_that_names_the_head_of_another_chain_is_as_bad_as_its_end() {
    let chains = chain("A", "int64") + &chain("B", "int32");
    let root = |prefix: &str| format!("message R {{ {prefix}0 r = 1; }}\n");
    let outcome = check(&(root("A") + &chains), &(root("B") + &chains));
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.contains("effect: lossy on wire"), "{}", outcome.out);
}

#[test]
fn a_circle_of_messages_is_compared_once() {
    let circle = |kind: &str| {
        let last = format!("message A{LINKS} {{ {kind} v = 1;");
        chain("A", kind).replace(&last, &format!("{last} A0 again = 2;"))
    };
    let outcome = check(&circle("int64"), &circle("int32"));
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
}

#[test]
fn a_message_of_very_many_fields_is_compared() {
    let fields = |kind: &str| {
        let mut text = "message M {\n".to_owned();
        for at in 0..many() {
            writeln!(text, "{kind} f{at} = {};", at + 20_000).expect("a string takes all");
        }
        text + "}\n"
    };
    let outcome = check(&fields("int32"), &format!("{} message N {{}}", fields("int32")));
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    let outcome = check(&fields("int32"), "message M {}");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
    assert!(outcome.out.ends_with(&format!("{} errors: incompatible\n", many())), "{} bytes", outcome.out.len());
}

#[test]
fn an_enum_of_very_many_values_is_compared() {
    let values = |prefix: &str| {
        let mut text = "message M { E e = 1; }\nenum E {\nZERO = 0;\n".to_owned();
        for at in 1..many() {
            writeln!(text, "{prefix}{at} = {at};").expect("a string takes all");
        }
        text + "}\n"
    };
    let outcome = check(&values("V"), &format!("{} message N {{}}", values("V")));
    assert_eq!(outcome.code, Some(0), "{}", outcome.text());
    let outcome = check(&values("V"), "message M { E e = 1; } enum E { ZERO = 0; }");
    assert_eq!(outcome.code, Some(1), "{}", outcome.text());
}

#[test]
fn a_line_of_fifty_megabytes_is_read_and_not_printed() {
    let blanks = "; ".repeat(if canread_testing::long() { 25_000_000 } else { 2_500_000 });
    let line = |kind: &str| format!("message M {{ {kind} id = 1; {blanks} }}");
    let outcome = check(&line("int64"), &line("int32"));
    assert_eq!(outcome.code, Some(1), "{}", outcome.err);
    assert!(outcome.out.len() < 5_000, "{} bytes", outcome.out.len());
    for (world, place) in [
        (World::new_file(format!("{P3}message M {{ {blanks} int32 = 1; {blanks} }}")), "new/a.proto:2:"),
        (World::pair(format!("{P3}message M {{ {blanks} int32 = 1; {blanks} }}"), P3), "old/a.proto:2:"),
    ] {
        let outcome = world.check("");
        assert!(outcome.out.len() < 5_000, "{} bytes", outcome.out.len());
        outcome.fails_with(3, &[place]);
    }
}

/// Messages in a ring that each name the one so many steps ahead.
fn ring(step: usize) -> String {
    const COUNT: usize = 1_000;
    let mut text = P3.to_owned();
    for at in 0..COUNT {
        let _ = writeln!(text, "message M{at} {{ M{} next = 1; }}", (at + step) % COUNT);
    }
    text
}

#[test]
fn types_that_are_exchanged_in_too_many_ways_give_no_verdict_and_name_both_places() {
    let outcome = World::pair(ring(1), ring(2)).check("");
    assert_eq!(outcome.code, Some(3), "{}", outcome.text());
    let text = outcome.text();
    assert!(text.contains("error[compare/too_many_pairs]"), "{text}");
    let message = "fields name other types than before in too many combinations: ";
    assert!(text.contains(message), "{text}");
    // The two messages that were next, each where it is declared in its version.
    let (_, next) = text.split_once(" pairs of types were compared, and `").expect("the message names a pair");
    let (pair, _) = next.split_once("` was next").expect("the message names both halves");
    let (old, new) = pair.split_once("` beside `").expect("the message names both halves");
    assert_ne!(old, new);
    for name in [old, new] {
        let own = name.rsplit('.').next().unwrap_or_default();
        assert!(text.contains(&format!("message {own} {{")), "{name} is shown: {text}");
    }
}
