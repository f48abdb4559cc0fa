//! What `Schema::problems` finds in a schema that does not hold together.

use canread_model::{
    Content, Decl, DeclId, DeclKind, Dialect, Format, Import, ImportKind, Module, ModuleId, NodeId, Occurs, Particle,
    Record, Schema, Type, TypeKind, Union, UnionStyle,
};

use crate::build::Build;

/// A record `a.R` with one field `f` of type string, and an inline record in it.
fn sound() -> Schema {
    let mut build = Build::new(Format::JsonSchema, "a.json", "a", Dialect::JsonSchema(2020));
    let record = build.forward("a.R");
    let inner = build.inline(record, DeclKind::Record(Record::default()));
    let field = build.field("f", inner);
    build.fill(record, DeclKind::Record(Record { fields: vec![field], ..Record::default() }));
    build.finish()
}

fn record(schema: &mut Schema, id: u32) -> &mut Record {
    match &mut schema.decl_mut(DeclId(id)).kind {
        DeclKind::Record(record) => record,
        other => panic!("{other:?}"),
    }
}

fn at(schema: &mut Schema, field: u32) -> Particle {
    Particle { node: schema.node(), occurs: Occurs::ONCE, content: Content::Field(field) }
}

#[test]
fn each_way_to_fall_apart_is_named() {
    type Break = fn(&mut Schema);
    let broken: &[(Break, &str)] = &[
        (|s| record(s, 0).fields[0].node = NodeId(999), "declaration 0 `a.R`: node 999 was never given out"),
        (|s| record(s, 0).fields[0].node = NodeId(0), "declaration 0 `a.R`: node 0 belongs to module `a.json` too"),
        (
            |s| record(s, 0).fields[0].ty.kind = TypeKind::Ref(DeclId(7)),
            "declaration 0 `a.R`: there is no declaration 7",
        ),
        (|s| s.decl_mut(DeclId(1)).parent = Some(DeclId(7)), "declaration 1 in `a.R`: there is no declaration 7"),
        (|s| s.decl_mut(DeclId(1)).module = ModuleId(7), "declaration 1 in `a.R`: is in no module"),
        (
            |s| {
                let import = Import {
                    node: s.node(),
                    target: "b.json".into(),
                    module: Some(ModuleId(7)),
                    alias: None,
                    kind: ImportKind::Plain,
                };
                s.module_mut(ModuleId(0)).imports.push(import);
            },
            "module `a.json`: import `b.json` points to no module",
        ),
        (
            |s| s.module_mut(ModuleId(0)).decls.push(DeclId(1)),
            "module `a.json`: lists declaration 1, which is not at its top",
        ),
        (|s| s.module_mut(ModuleId(0)).decls.clear(), "declaration 0 `a.R`: is not listed once where it stands"),
        (
            |s| s.decl_mut(DeclId(1)).children.push(DeclId(0)),
            "declaration 1 in `a.R`: lists declaration 0, which has another parent",
        ),
        (
            |s| {
                let module = Module::new(s.node(), "b.json", "b", Dialect::JsonSchema(2020));
                s.decl_mut(DeclId(1)).module = s.add_module(module);
            },
            "declaration 1 in `a.R`: is in another module than its parent",
        ),
        (
            |s| {
                s.module_mut(ModuleId(0)).decls.clear();
                s.decl_mut(DeclId(0)).parent = Some(DeclId(1));
                s.decl_mut(DeclId(1)).children.push(DeclId(0));
            },
            "declaration 0 `a.R`: is nested in itself",
        ),
        (
            |s| s.decl_mut(DeclId(0)).full_name = "a.S".into(),
            "declaration 0 `a.R`: can't be found under its full name, or shouldn't be",
        ),
        (
            |s| record(s, 0).fields[0].oneof = Some(0),
            "declaration 0 `a.R`: field `f` is in a oneof that does not exist",
        ),
        (
            |s| record(s, 0).content = Some(at(s, 1)),
            "declaration 0 `a.R`: a particle points to field 1, which does not exist",
        ),
        (
            |s| {
                s.decl_mut(DeclId(1)).kind =
                    DeclKind::Enum(canread_model::Enum { default: Some(0), ..Default::default() });
            },
            "declaration 1 in `a.R`: the default is a value that does not exist",
        ),
        (
            |s| {
                let style = UnionStyle::Discriminated { property: "p".into(), mapping: vec![("x".into(), 0)] };
                s.decl_mut(DeclId(1)).kind = DeclKind::Union(Union { style, exactly_one: true, arms: Vec::new() });
            },
            "declaration 1 in `a.R`: the discriminator maps to an arm that does not exist",
        ),
        (
            |s| {
                let ty = Type::new(s.node(), TypeKind::Ref(DeclId(1)));
                record(s, 0).fields[0].ty = Type::new(s.node(), TypeKind::Nullable(Box::new(ty.clone())));
                let field = canread_model::Field::new(s.node(), "g", ty);
                record(s, 0).fields.push(field);
            },
            "declaration 1 in `a.R`: has no name, but 2 places refer to it",
        ),
        (
            |s| {
                let ty = Type::new(s.node(), TypeKind::Ref(DeclId(2)));
                let field = canread_model::Field::new(s.node(), "g", ty);
                let kind = DeclKind::Record(Record { fields: vec![field], ..Record::default() });
                let decl = Decl::anonymous(s.node(), ModuleId(0), None, "a", kind);
                s.add_decl(decl);
            },
            "declaration 2 in `a`: has no name, and only it itself refers to it",
        ),
    ];
    for (change, problem) in broken {
        let mut schema = sound();
        change(&mut schema);
        let problems = schema.problems();
        let named = problems.iter().any(|found| found == problem || found.replace("`a.S`", "`a.R`") == *problem);
        assert!(named, "{problem}\nis not among\n{}", problems.join("\n"));
    }
}

#[test]
fn a_full_name_that_is_taken_twice_is_the_readers_business() {
    let mut build = Build::new(Format::Protobuf, "a.proto", "a", Dialect::Proto3);
    build.forward("a.R");
    build.forward("a.R");
    let schema = build.finish();
    assert_eq!(schema.find("a.R"), Some(DeclId(0)));
    assert_eq!(schema.find_all("a.R").collect::<Vec<_>>(), [DeclId(0), DeclId(1)]);
    assert_eq!(schema.canonical().matches("(record \"a.R\")").count(), 2);
}
