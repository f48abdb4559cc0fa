//! No depth of types, values, particles or anonymous declarations is too much.

use std::mem::forget;

use canread_model::{Content, DeclKind, Dialect, Element, Format, Literal, Occurs, Particle, Record, Type, TypeKind};

use crate::build::Build;

const DEPTH: usize = 100_000;

/// Runs on a stack that could not hold one frame per level.
fn on_a_small_stack(test: fn()) {
    std::thread::Builder::new().stack_size(256 * 1024).spawn(test).unwrap().join().unwrap();
}

/// The canonical form, kept and hashed; the schema is forgotten, because dropping boxes in boxes does take a stack.
fn canonical(build: Build) -> String {
    let schema = build.finish();
    let text = schema.canonical();
    let _ = schema.fingerprint();
    forget(schema);
    text
}

#[test]
fn types_may_be_nested_deeply() {
    on_a_small_stack(|| {
        let mut build = Build::new(Format::Avro, "a", "", Dialect::Avro { minor: 12 });
        let mut ty = build.string();
        for _ in 0..DEPTH {
            ty = build.nullable(ty);
        }
        build.root(DeclKind::Element(Box::new(Element::new(ty))));
        assert_eq!(canonical(build).matches("(nullable").count(), DEPTH);
    });
}

#[test]
fn values_may_be_nested_deeply() {
    on_a_small_stack(|| {
        let mut build = Build::new(Format::JsonSchema, "a", "", Dialect::JsonSchema(2020));
        let mut value = Literal::Null;
        for _ in 0..DEPTH {
            value = crate::build::object([("x", Literal::List(vec![value]))]);
        }
        let ty = build.ty(TypeKind::Literal(Box::new(value)));
        build.root(DeclKind::Element(Box::new(Element::new(ty))));
        assert_eq!(canonical(build).matches("(list").count(), DEPTH);
    });
}

#[test]
fn particles_may_be_nested_deeply() {
    on_a_small_stack(|| {
        let mut build = Build::new(Format::Xsd, "a", "", Dialect::Xsd { minor: 0 });
        let mut content = Content::Sequence(Vec::new());
        for _ in 0..DEPTH {
            let particle = Particle { node: build.schema.node(), occurs: Occurs::ONCE, content };
            content = Content::Choice(vec![particle]);
        }
        let content = Some(Particle { node: build.schema.node(), occurs: Occurs::ONCE, content });
        build.declare("R", DeclKind::Record(Record { content, ..Record::default() }));
        assert_eq!(canonical(build).matches("(choice").count(), DEPTH);
    });
}

#[test]
fn anonymous_declarations_may_be_nested_deeply_and_refer_to_each_other() {
    on_a_small_stack(|| {
        let mut build = Build::new(Format::JsonSchema, "a", "", Dialect::JsonSchema(2020));
        let outer = build.forward("outer");
        let mut ty: Type = build.to(outer);
        for _ in 0..DEPTH {
            let field = build.field("x", ty);
            let record = Record { fields: vec![field], ..Record::default() };
            ty = build.inline(outer, DeclKind::Record(record));
        }
        let field = build.field("x", ty);
        build.fill(outer, DeclKind::Record(Record { fields: vec![field], ..Record::default() }));
        assert!(
            canonical(build).ends_with(&format!("(record #{DEPTH} 2020\n  (field \"x\" explicit (ref \"outer\")))\n"))
        );
    });
}

#[test]
fn anonymous_declarations_that_go_in_circles_come_to_an_end() {
    let mut build = Build::new(Format::JsonSchema, "a", "", Dialect::JsonSchema(2020));
    let outer = build.forward("outer");
    let one = build.inline(outer, DeclKind::Record(Record::default()));
    let again = build.field("x", one.clone());
    build.fill(one.target().unwrap(), DeclKind::Record(Record { fields: vec![again], ..Record::default() }));
    let field = build.field("x", one);
    build.fill(outer, DeclKind::Record(Record { fields: vec![field], ..Record::default() }));
    assert!(build.schema.canonical().ends_with("(record #1 2020\n  (field \"x\" explicit (ref #1)))\n"));
}
