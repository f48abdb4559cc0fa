//! What items of the facade have in their signatures can be named through the facade.

use canread::value::{
    Action, ActionId, Arena, Constant, EnumLayout, FieldLayout, FixedLayout, Int, Layout, LayoutError, LayoutErrorKind,
    LayoutKind, List, LogicalKind, Mismatch, MismatchKind, NumberedStep, NumberedSteps, Plan, Presence, Promotion,
    Record, RecordLayout, SchemaFormat, Shown, Step, Steps, TypeId, UnionLayout, Value, WellKnown,
};
use canread::{DecoderError, Fault, Format, Limit, schema};

const PROTO: &str = r#"
syntax = "proto2";
import "google/protobuf/timestamp.proto";
message Order {
    optional int64 id = 1 [default = 7];
    repeated int32 tags = 2;
    optional google.protobuf.Timestamp at = 3;
    optional State state = 4;
}
enum State { OPEN = 0; }
"#;

const AVRO: &str = r#"{"type": "record", "name": "Order", "fields": [
    {"name": "id", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "sum", "type": {"type": "fixed", "name": "Sum", "size": 4}},
    {"name": "either", "type": ["int", "string"]}]}"#;

fn layout(format: Format) -> Layout {
    let schema = match format {
        Format::Protobuf => schema::read(format, &[("order.proto", PROTO)]),
        Format::Avro => schema::read(format, &[("order.avsc", AVRO)]),
        other => panic!("{other:?}"),
    };
    let schema = schema.expect("well formed");
    let root: schema::DeclId = schema.find("Order").expect("it is declared");
    Layout::of(&schema, root).expect("values of it are read")
}

/// What a layout says.
fn told(layout: &Layout) -> Vec<String> {
    let root: TypeId = layout.root();
    let LayoutKind::Record(id) = layout.kind(root) else { panic!("a record") };
    let record: &RecordLayout = layout.record(id);
    let of_field = |field: &FieldLayout| {
        let default: Option<&Constant> = field.default.as_ref();
        let presence: Presence = field.presence;
        let meaning: Option<LogicalKind> = layout.meaning(field.ty);
        let kind = match layout.kind(field.ty) {
            LayoutKind::Int(int) => {
                let int: Int = int;
                format!("{} bits", int.bits)
            }
            LayoutKind::Record(id) => {
                let well_known: Option<WellKnown> = layout.record(id).well_known;
                format!("{well_known:?}")
            }
            LayoutKind::Enum(id) => {
                let own: &EnumLayout = layout.declared_enum(id);
                own.name.to_string()
            }
            LayoutKind::Fixed(id) => {
                let own: &FixedLayout = layout.fixed(id);
                format!("{} bytes", own.size)
            }
            LayoutKind::Union(id) => {
                let own: &UnionLayout = layout.union(id);
                format!("{} branches", own.branches.len())
            }
            other => format!("{other:?}"),
        };
        format!("{}: {kind}, {default:?}, {presence:?}, {}", field.name, meaning.is_some())
    };
    record.fields.iter().map(of_field).collect()
}

#[test]
fn what_a_layout_says_can_be_named() {
    let of_protobuf = told(&layout(Format::Protobuf));
    assert_eq!(of_protobuf[0], "id: 64 bits, Some(Int(7)), Explicit, false");
    assert!(of_protobuf[2].starts_with("at: Some(Timestamp), "), "{of_protobuf:?}");
    assert!(of_protobuf[3].starts_with("state: State, "), "{of_protobuf:?}");
    let of_avro = told(&layout(Format::Avro));
    assert!(of_avro[0].starts_with("id: 64 bits") && of_avro[0].ends_with("true"), "{of_avro:?}");
    assert!(of_avro[1].starts_with("sum: 4 bytes") && of_avro[2].starts_with("either: 2 branches"), "{of_avro:?}");
}

#[test]
fn a_layouts_format_is_compared_with_a_format() {
    for format in [Format::Protobuf, Format::Avro] {
        let of_layout: SchemaFormat = layout(format).format();
        assert_eq!(of_layout, format);
        assert_eq!(format, of_layout);
        assert_eq!(SchemaFormat::from(format), of_layout);
    }
    assert_ne!(layout(Format::Avro).format(), Format::Protobuf);
}

/// What a plan does, a letter for each action.
fn done(plan: &Plan, action: ActionId) -> String {
    let of_steps = |steps: &Steps| {
        let of_step = |step: &Step| match step {
            Step::Read { action, .. } => done(plan, *action),
            Step::Skip(_) | Step::SkipBytes(_) | Step::SkipVarints(_) => "-".to_owned(),
            other => format!("{other:?}"),
        };
        steps.steps.iter().map(of_step).collect::<String>()
    };
    let of_numbered = |steps: &NumberedSteps| {
        let of_step = |step: &NumberedStep| format!("{}{}", step.number, done(plan, step.action));
        steps.steps.iter().map(of_step).collect::<String>()
    };
    match plan.action(action) {
        Action::Same(_) => "=".to_owned(),
        Action::Promote(promotion) => {
            let promotion: &Promotion = promotion;
            format!("{promotion:?}")
        }
        Action::Record(steps) => of_steps(steps),
        Action::Numbered(steps) => of_numbered(steps),
        Action::Refuse(at) => {
            let mismatch: &Mismatch = &plan.mismatches()[*at as usize];
            let kind: &MismatchKind = mismatch.kind();
            format!("{kind:?}")
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn what_a_plan_does_can_be_named() {
    let read = |text: &str| {
        let schema = schema::read(Format::Avro, &[("order.avsc", text)]).expect("well formed");
        Layout::of_root(&schema).expect("a record")
    };
    let old = read(
        r#"{"type": "record", "name": "R", "fields": [{"name": "id", "type": "int"}, {"name": "gone", "type": "string"}]}"#,
    );
    let new = read(r#"{"type": "record", "name": "R", "fields": [{"name": "id", "type": "long"}]}"#);
    let plan: Result<Plan, Box<[Mismatch]>> = Plan::resolve(old, new);
    let plan = plan.expect("it can be read");
    assert_eq!(done(&plan, plan.root()), "IntToLong-");
    let error: Result<Layout, LayoutError> =
        schema::read(Format::Protobuf, &[("a.proto", "")]).map(|schema| Layout::of_root(&schema)).expect("no text");
    let error = error.expect_err("nothing is declared");
    let kind: &LayoutErrorKind = error.kind();
    assert_eq!(*kind, LayoutErrorKind::NoRoot);
    let _: DecoderError = DecoderError::Layout(error);
}

/// A record with fields that its layout does not have: what is put into an arena may be refused.
fn with_unknown<'a>(arena: &'a Arena, fields: &[Value<'a>], unknown: &[u8]) -> Result<Value<'a>, Fault> {
    let record = Record { fields: arena.keep_slice(fields)?, unknown: arena.keep_slice(unknown)? };
    Ok(Value::Record(arena.keep(record)?))
}

#[test]
fn what_an_arena_refuses_is_an_error() -> Result<(), Box<dyn std::error::Error>> {
    let (layout, arena) = (layout(Format::Protobuf), Arena::new());
    let fields = [Value::Int(8), Value::List(List::Ints(&[])), Value::Absent, Value::Absent];
    let value = with_unknown(&arena, &fields, &[0x78, 1])?;
    let shown: Shown<'_> = layout.show(&value);
    assert!(shown.to_string().starts_with(r#"{"id": 8"#), "{shown}");
    assert_eq!(canread::protobuf::value::to_vec(&layout, &value)?, [8, 8, 0x78, 1]);
    arena.allow(Some(0));
    let fault = with_unknown(&arena, &vec![Value::Null; 1_000], &[]).expect_err("nothing is allowed");
    assert_eq!(fault, Fault::Limit(Limit::AllocatedBytes));
    assert_eq!(fault.to_string(), "more bytes of memory than are allowed");
    Ok(())
}
