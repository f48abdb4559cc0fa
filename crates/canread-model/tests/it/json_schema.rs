//! The JSON Schema document that needs the model most.

use canread_model::{
    Alias, Arm, Bound, Constraint, DeclId, DeclKind, Dialect, Element, Enum, EnumBase, EnumValue, Extra, Format, Int,
    Literal, Logical, LogicalKind, PatternDialect, Presence, Preset, Record, Schema, TimeUnit, Tuple, Type, TypeKind,
    Union, UnionStyle, Zone,
};

use crate::build::{Build, object, text};

fn number(written: &str) -> Literal {
    Literal::Number(written.into())
}

fn union(style: UnionStyle, exactly_one: bool, arms: Vec<Arm>) -> DeclKind {
    DeclKind::Union(Union { style, exactly_one, arms })
}

/// Closed, open and typed rest; `patternProperties`, `if`, `dependentRequired` and `contains` kept as they are.
fn objects(build: &mut Build, root: DeclId) {
    let closed = build.nest(root, "closed", DeclKind::Record(Record { extra: Extra::Closed, ..Record::default() }));
    let condition =
        object([("if", object([("required", Literal::List(vec![text("a")]))])), ("then", Literal::Bool(false))]);
    let kept = vec![
        build.opaque("patternProperties", object([("^x-", Literal::Bool(true))])),
        build.opaque("if", condition),
        build.opaque("dependentRequired", object([("a", Literal::List(vec![text("b")]))])),
        Constraint::Properties { node: build.schema.node(), min: Some(1), max: None },
    ];
    build.schema.decl_mut(closed).constraints = kept;

    let rest = build.ty(TypeKind::Int(Int::BIG));
    let rest = build.constrain(rest, |node| Constraint::Min(node, Bound { value: number("0"), inclusive: false }));
    let rest = build.constrain(rest, |node| Constraint::MultipleOf(node, number("0.5")));
    let typed = Record { extra: Extra::Typed(Box::new(rest)), ..Record::default() };
    build.nest(root, "typed", DeclKind::Record(typed));

    // A map whose keys match a pattern, in one closed object with nothing else.
    let key = build.string();
    let key = build.constrain(key, |node| Constraint::Pattern {
        node,
        pattern: "^[a-z]+$".into(),
        dialect: PatternDialect::Ecma262,
    });
    let never = build.ty(TypeKind::Never);
    let map = build.map(key, never);
    build.nest(root, "map", DeclKind::Alias(Alias::new(map)));
}

/// `prefixItems` with a rest, `uniqueItems`, `contains`, lengths.
fn lists(build: &mut Build, root: DeclId) {
    let at = build.string();
    let at = at
        .logical(Logical { name: "date-time".into(), kind: LogicalKind::Timestamp(TimeUnit::Arbitrary, Zone::Offset) });
    let at = build.constrain(at, |node| Constraint::Length { node, min: None, max: Some(64) });
    let rest = build.ty(TypeKind::Any);
    let tuple = build.ty(TypeKind::Tuple(Box::new(Tuple { items: vec![at], rest: Some(rest) })));
    let tuple = build.constrain(tuple, Constraint::Unique);
    let contains = build.opaque("contains", object([("type", text("null"))]));
    let tuple = build.constrain(tuple, |_| contains);
    build.nest(root, "tuple", DeclKind::Alias(Alias::new(tuple)));
}

/// `anyOf`, `oneOf`, a discriminator, `enum` of mixed values, `const`.
fn choices(build: &mut Build, root: DeclId) {
    let (closed, typed) = (build.schema.find("order.closed").unwrap(), build.schema.find("order.typed").unwrap());
    for (name, style, exactly_one) in [
        ("any_of", UnionStyle::Untagged, false),
        ("one_of", UnionStyle::Untagged, true),
        (
            "discriminated",
            UnionStyle::Discriminated {
                property: "kind".into(),
                mapping: vec![("typed".into(), 1), ("closed".into(), 0)],
            },
            true,
        ),
    ] {
        let (one, two) = (build.to(closed), build.to(typed));
        let arms = vec![Arm::new(build.schema.node(), one), Arm::new(build.schema.node(), two)];
        build.nest(root, name, union(style, exactly_one, arms));
    }
    let literals = [text("a"), text("b-c"), number("3"), Literal::Null, object([("x", number("1"))])];
    let values =
        literals.into_iter().map(|literal| EnumValue { literal: Some(Box::new(literal)), ..build.value("") }).collect();
    let mixed = Enum { base: EnumBase::Any, values, ..Enum::default() };
    build.nest(root, "mixed", DeclKind::Enum(mixed));
    let one = build.ty(TypeKind::Literal(Box::new(number("1.0"))));
    build.nest(root, "one", DeclKind::Alias(Alias::new(one)));
}

/// The root: properties of each presence, nullable ones, recursion through an
/// inline object, a `$ref` to a place without a name, `$dynamicRef`.
fn properties(build: &mut Build, root: DeclId) -> Record {
    let note = build.string();
    let note = build.nullable(note);
    let note = build.field("note", note).defaults_to(Literal::Null);
    let mut version = build.string();
    version.constraints_mut().push(Constraint::OneOf(build.schema.node(), vec![text("b"), text("a")]));
    let mut version = build.field("version", version).present(Presence::Required);
    version.preset = Some(Box::new(Preset::Fixed(text("b"))));

    let again = build.schema.find("order").unwrap();
    let again = build.to(again);
    let again = build.field("again", again);
    let inner =
        build.inline(root, DeclKind::Record(Record { fields: vec![again], extra: Extra::Open, ..Record::default() }));
    let inner = build.field("inner", inner);

    // `{"$ref": "#/properties/tree"}` stands inside `tree`, so that the place has its pointer as a name.
    let tree = build.nest(root, "#/properties/tree", DeclKind::Record(Record::default()));
    let branches = build.to(tree);
    let branches = build.list(branches);
    let branches = build.field("branches", branches);
    build.fill(tree, DeclKind::Record(Record { fields: vec![branches], ..Record::default() }));
    let tree = build.to(tree);
    let tree = build.field("tree", tree);

    let dynamic = build.ty(TypeKind::Any);
    let kept = build.opaque("$dynamicRef", text("#meta"));
    let dynamic = build.constrain(dynamic, |_| kept);
    let dynamic = build.field("dynamic", dynamic);
    let (yes, no) = (build.ty(TypeKind::Any), build.ty(TypeKind::Never));
    let (yes, no) = (build.field("yes", yes), build.field("no", no));
    Record { fields: vec![note, version, inner, tree, dynamic, yes, no], extra: Extra::Open, ..Record::default() }
}

/// The document's root is an element whose type is the object; `$defs` are nested in it.
pub(crate) fn schema() -> Schema {
    let mut build = Build::new(Format::JsonSchema, "order.json", "https://example.com/", Dialect::JsonSchema(2020));
    let root = build.forward("order");
    objects(&mut build, root);
    lists(&mut build, root);
    choices(&mut build, root);
    let record = properties(&mut build, root);
    build.fill(root, DeclKind::Record(record));
    let ty: Type = build.to(root);
    let element = build.root(DeclKind::Element(Box::new(Element::new(ty))));
    let title = build.annotation("title", text("an order"));
    build.meta(element).annotations.push(title);
    build.finish()
}

#[test]
fn the_model_holds_what_json_schema_can_say() {
    insta::assert_snapshot!(schema().canonical());
}
