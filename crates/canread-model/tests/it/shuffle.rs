//! The order of declarations, the files they stand in and the order of
//! whatever has none do not reach the fingerprint.

use canread_model::{
    Annotation, Constraint, Decl, DeclId, DeclKind, Dialect, Enum, EnumValue, Field, Format, Literal, Method, Module,
    ModuleId, Oneof, Parameters, Record, ReservedName, Schema, Service, Type, TypeKind, Utf8,
};
use proptest::prelude::*;

/// How many records there are; after them come an enum and a service.
const RECORDS: usize = 6;
const DECLS: usize = RECORDS + 2;

/// One way to write the schema down.
#[derive(Debug, Clone)]
struct Layout {
    /// Which declaration stands at each place.
    order: Vec<usize>,
    /// The file of each declaration.
    files: Vec<usize>,
    /// Seed of all other orders.
    seed: u64,
}

fn layouts() -> impl Strategy<Value = Layout> {
    let order = Just((0..DECLS).collect::<Vec<_>>()).prop_shuffle();
    (order, prop::collection::vec(0..3_usize, DECLS), any::<u64>()).prop_map(|(order, files, seed)| Layout {
        order,
        files,
        seed,
    })
}

struct Writer {
    schema: Schema,
    places: Vec<DeclId>,
    random: u64,
}

impl Writer {
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            self.random = self.random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            items.swap(last, usize::try_from(self.random >> 33).unwrap() % (last + 1));
        }
    }

    fn reference(&mut self, to: usize) -> Type {
        Type::new(self.schema.node(), TypeKind::Ref(self.places[to % DECLS]))
    }

    /// Options under different paths; those under one path stay in order.
    fn options(&mut self) -> Vec<Annotation> {
        let mut paths = ["a", "b", "c", "(x).y", "a"];
        self.shuffle(&mut paths);
        let mut seen = 0;
        let option = |path: &&str| {
            let value = if *path == "a" { &mut seen } else { &mut 0 };
            *value += 1;
            let (node, value) = (self.schema.node(), Literal::Int(*value));
            Annotation { node, origin: Format::Protobuf, path: (*path).into(), value }
        };
        paths.iter().map(option).collect()
    }

    fn record(&mut self, at: usize) -> DeclKind {
        let mut fields = Vec::new();
        for number in 1..6_i32 {
            let to = at + usize::try_from(number).unwrap();
            let mut ty = if number == 1 {
                Type::new(self.schema.node(), TypeKind::String(Utf8::Verified))
            } else {
                self.reference(to)
            };
            let mut constraints = vec![
                Constraint::Length { node: self.schema.node(), min: None, max: Some(3) },
                Constraint::Unique(self.schema.node()),
            ];
            self.shuffle(&mut constraints);
            *ty.constraints_mut() = constraints;
            let mut field = Field::new(self.schema.node(), &format!("f{number}"), ty).numbered(number);
            field.meta.annotations = self.options();
            fields.push(field);
        }
        let mut names = ["x", "y"];
        self.shuffle(&mut names);
        let oneofs: Vec<Oneof> = names
            .iter()
            .map(|name| Oneof { node: self.schema.node(), name: (*name).into(), meta: canread_model::Meta::default() })
            .collect();
        // Fields 2 and 3 are in `x`, field 4 is in `y`, wherever these stand.
        for (field, name) in [(1, "x"), (2, "x"), (3, "y")] {
            let place = names.iter().position(|own| *own == name).unwrap();
            fields[field].oneof = Some(u32::try_from(place).unwrap());
        }
        self.shuffle(&mut fields);
        let mut record = Record { fields, oneofs, ..Record::default() };
        for name in ["old", "older"] {
            record.reserved.names.push(ReservedName { node: self.schema.node(), name: name.into() });
        }
        self.shuffle(&mut record.reserved.names);
        DeclKind::Record(record)
    }

    fn declared_enum(&mut self) -> DeclKind {
        let mut values: Vec<EnumValue> =
            (0..5).map(|number| EnumValue::new(self.schema.node(), &format!("V{number}")).numbered(number)).collect();
        self.shuffle(&mut values[1..]);
        DeclKind::Enum(Enum { is_open: true, values, ..Enum::default() })
    }

    fn service(&mut self) -> DeclKind {
        let mut methods = Vec::new();
        for name in ["Get", "List", "Put"] {
            let request = self.reference(name.len());
            let mut method = Method::new(self.schema.node(), name, Parameters::Message(request));
            method.meta.annotations = self.options();
            methods.push(method);
        }
        self.shuffle(&mut methods);
        DeclKind::Service(Service { methods, ..Service::default() })
    }
}

fn schema(layout: &Layout) -> Schema {
    let mut places = vec![DeclId(0); DECLS];
    for (place, at) in layout.order.iter().enumerate() {
        places[*at] = DeclId(u32::try_from(place).unwrap());
    }
    let mut writer = Writer { schema: Schema::new(Format::Protobuf), places, random: layout.seed };
    for file in 0..3 {
        let mut module = Module::new(writer.schema.node(), &format!("{file}.proto"), "shop", Dialect::Proto3);
        module.meta.annotations = writer.options();
        writer.schema.add_module(module);
    }
    for at in &layout.order {
        let (name, kind) = match at {
            0..RECORDS => (format!("R{at}"), writer.record(*at)),
            &RECORDS => ("E".to_owned(), writer.declared_enum()),
            _ => ("S".to_owned(), writer.service()),
        };
        let module = ModuleId(u32::try_from(layout.files[*at]).unwrap());
        let decl = Decl::new(writer.schema.node(), module, &name, &format!("shop.{name}"), kind);
        writer.schema.add_decl(decl);
    }
    writer.schema
}

proptest! {
    #[test]
    fn no_layout_of_one_content_changes_its_fingerprint(one in layouts(), two in layouts()) {
        let (one, two) = (schema(&one), schema(&two));
        prop_assert_eq!(one.problems(), [""; 0]);
        prop_assert_eq!(one.canonical(), two.canonical());
        prop_assert_eq!(one.fingerprint(), two.fingerprint());
        for (id, decl) in one.decls() {
            let same = two.find(&decl.full_name).unwrap();
            prop_assert_eq!(one.fingerprint_decl(id), two.fingerprint_decl(same));
        }
    }
}
