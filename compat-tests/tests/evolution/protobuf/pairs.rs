//! Every pair of kinds of fields: what the plan makes of it, beside what the rules say of a reader without one.
//!
//! The rules are an independent statement of the specification: they know no plan, and no codec.

use canread_compat::Effect;
use canread_model::Schema;
use canread_plan::{Arena, Layout, Plan, Value};
use canread_protobuf::codec::value;

use crate::random::Random;
use crate::worst;

use super::slots::{Slot, file, layout, schema, slots};
use super::values;

/// Values of each pair.
const VALUES: usize = 30;
const VALUES_LONG: usize = 300;

struct Side {
    slot: Slot,
    schema: Schema,
    layout: Layout,
}

/// What came of the values of one pair.
#[derive(Default)]
struct Seen {
    /// A reader without a plan makes something else of one of them than the plan does.
    differs: bool,
    /// A value was refused by the plan.
    refused: bool,
}

fn shown(layout: &Layout, read: Result<Value<'_>, impl std::fmt::Display>) -> String {
    read.map_or_else(|error| format!("error: {error}"), |value| layout.show(&value).to_string())
}

fn of_pair(writer: &Side, reader: &Side, plan: &Plan, random: &mut Random) -> Seen {
    let mut seen = Seen::default();
    let count = if canread_testing::long() { VALUES_LONG } else { VALUES };
    for _ in 0..count {
        let arena = Arena::new();
        let made = values::message(&writer.layout, random, &arena);
        let bytes = value::to_vec(&writer.layout, &made).expect("a value of the layout");
        let resolved = value::resolve_slice(plan, &bytes, &arena);
        seen.refused |= resolved.is_err();
        if let Ok(resolved) = &resolved {
            same_numbers(&made, resolved, (writer, reader));
        }
        let without = value::from_slice(&reader.layout, &bytes, &arena);
        seen.differs |= shown(&reader.layout, without) != shown(&reader.layout, resolved);
    }
    seen
}

/// Whole numbers are the same ones, whatever they are written as; of several the last, where one is read.
fn same_numbers(made: &Value<'_>, read: &Value<'_>, (writer, reader): (&Side, &Side)) {
    let (Value::Record(made), Value::Record(read)) = (made, read) else { panic!("messages") };
    // Numbers that a closed enum lacks are there.
    if !read.unknown.is_empty() {
        return;
    }
    let (Some(made), Some(read)) = (values::numbers(&made.fields[0]), values::numbers(&read.fields[0])) else { return };
    let expected = if reader.slot.is_many() { &made[..] } else { &made[made.len() - 1..] };
    assert_eq!(read, expected, "{:?} as {:?}", writer.slot, reader.slot);
}

#[test]
fn what_the_rules_call_ok_is_read_without_a_plan_and_what_they_call_reinterpreted_is_read_by_one() {
    let sides: Vec<Side> = slots()
        .into_iter()
        .map(|slot| {
            let schema = schema(&file(&format!("message M {{ {} }}", slot.field("f", 1))));
            let layout = layout(&schema, "M");
            Side { slot, schema, layout }
        })
        .collect();
    let mut random = Random::new(1);
    let (mut wrong, mut counts) = (Vec::new(), std::collections::BTreeMap::<Effect, [usize; 2]>::new());
    for writer in &sides {
        for reader in &sides {
            let plan = Plan::resolve(writer.layout.clone(), reader.layout.clone()).expect("each field may be absent");
            let seen = of_pair(writer, reader, &plan, &mut random);
            let effect = worst(&writer.schema, &reader.schema);
            let (from, to) = (writer.slot, reader.slot);
            // The specification leaves it at that: the last one counts, of one key too, and messages become one.
            let is_last = from.is_many() && (!to.is_many() || to.is_map());
            let is_right = match effect {
                Effect::Ok => plan.mismatches().is_empty() && !seen.differs && !seen.refused,
                Effect::Reinterpreted | Effect::Lossy => seen.differs || is_last,
                // Text that is not UTF-8 and symbols that a closed enum lacks are the same to both.
                _ => true,
            };
            let count = counts.entry(effect).or_default();
            count[usize::from(plan.is_identity())] += 1;
            // The rules go by the symbols that are declared; an open enum may hold others, which the plan looks at.
            let is_checked = from.is_open_enum() && to.is_unsigned();
            if !is_right || (effect == Effect::Ok && plan.is_identity() == is_checked) {
                wrong.push(format!("{from:?} as {to:?}: {effect:?}, {:?}", plan.mismatches()));
            }
        }
    }
    #[expect(clippy::print_stdout, reason = "what was tried is read by people")]
    for (effect, [by_plan, as_they_are]) in &counts {
        println!("{effect:?}: {by_plan} pairs by a plan, {as_they_are} as they are");
    }
    assert!(wrong.is_empty(), "{} pairs:\n{}", wrong.len(), wrong.join("\n"));
    assert!(counts.len() >= 5, "each effect comes");
}
