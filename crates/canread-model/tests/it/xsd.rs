//! The XML Schema that needs the model most.

use canread_model::{
    Alias, Bound, Constraint, Content, DeclId, DeclKind, Derivation, DerivationMethod, DerivationSet, Dialect, Element,
    ElementRole, Enum, EnumBase, Field, FieldRole, Format, Group, GroupContent, IdentityConstraint, IdentityKind,
    Import, ImportKind, Literal, Logical, LogicalKind, MoreAttributes, NamespaceSet, Occurs, OpenContent,
    OpenContentMode, Particle, PatternDialect, Presence, Preset, ProcessContents, Record, Schema, SymbolSpace, Type,
    TypeKind, Union, UnionStyle, Whitespace, Wildcard,
};

use crate::build::{Build, object, text};

const MANY: Occurs = Occurs { min: 0, max: None };

impl Build {
    fn particle(&mut self, content: Content, occurs: Occurs) -> Particle {
        Particle { node: self.schema.node(), occurs, content }
    }

    fn at(&mut self, field: u32) -> Particle {
        self.particle(Content::Field(field), Occurs::ONCE)
    }

    fn attribute(&mut self, name: &str, presence: Presence) -> Field {
        let ty = self.string();
        Field { role: FieldRole::Attribute, ..self.field(name, ty).present(presence) }
    }

    fn from(&mut self, method: DerivationMethod, bases: &[DeclId]) -> Derivation {
        Derivation { method, bases: bases.iter().map(|base| self.to(*base)).collect() }
    }
}

fn qualified(field: Field) -> Field {
    Field { namespace: Some("urn:shop".into()), ..field }
}

/// Simple types: facets, enumeration, list, union.
fn simple_types(build: &mut Build) {
    let code = build.string();
    let code = build.constrain(code, |node| Constraint::Whitespace(node, Whitespace::Collapse));
    let code = build.constrain(code, |node| Constraint::Pattern {
        node,
        pattern: r"[A-Z]{2}\d+".into(),
        dialect: PatternDialect::Xsd,
    });
    let code = build.constrain(code, |node| Constraint::Length { node, min: Some(3), max: Some(9) });
    let code = Alias { is_final: DerivationSet { list: true, ..DerivationSet::default() }, ..Alias::new(code) };
    let code = build.declare("{urn:shop}Code", DeclKind::Alias(code));

    let price = build.ty(TypeKind::Decimal { precision: None, scale: None });
    let price = build.constrain(price, |node| Constraint::TotalDigits(node, 12));
    let price = build.constrain(price, |node| Constraint::FractionDigits(node, 2));
    let price = build.constrain(price, |node| {
        Constraint::Max(node, Bound { value: Literal::Number("1000.00".into()), inclusive: true })
    });
    let price = build.declare("{urn:shop}Price", DeclKind::Alias(Alias::new(price)));
    let year = build.string().logical(Logical { name: "gYear".into(), kind: LogicalKind::Unknown });
    build.declare("{urn:shop}Year", DeclKind::Alias(Alias::new(year)));

    let values = vec![build.value("red"), build.value("green")];
    let derivation = Some(Box::new(build.from(DerivationMethod::Restriction, &[code])));
    let colour = Enum { base: EnumBase::Name, values, derivation, ..Enum::default() };
    build.declare("{urn:shop}Colour", DeclKind::Enum(colour));

    let codes = build.to(code);
    let codes = build.list(codes);
    let derivation = Some(build.from(DerivationMethod::List, &[code]));
    build.declare("{urn:shop}Codes", DeclKind::Alias(Alias { derivation, ..Alias::new(codes) }));

    let either = build.forward("{urn:shop}Either");
    let arms = [code, price].map(|arm| {
        let ty = build.to(arm);
        canread_model::Arm::new(build.schema.node(), ty)
    });
    let union = Union { style: UnionStyle::Untagged, exactly_one: false, arms: arms.into() };
    let union = build.inline(either, DeclKind::Union(union));
    let derivation = Some(build.from(DerivationMethod::Union, &[code, price]));
    build.fill(either, DeclKind::Alias(Alias { derivation, ..Alias::new(union) }));
}

/// A model group and an attribute group.
fn groups(build: &mut Build) -> (DeclId, DeclId) {
    let (street, city) = (build.string(), build.string());
    let fields = vec![qualified(build.field("street", street)), qualified(build.field("city", city))];
    let held = vec![build.at(0), build.at(1)];
    let content = build.particle(Content::Sequence(held), Occurs::ONCE);
    let content = GroupContent::Particles { fields, content, occurs: Occurs::ONCE };
    let address = build.declare("{urn:shop}address", DeclKind::Group(Group::new(content)));

    let attributes = vec![build.attribute("lang", Presence::Explicit)];
    let mut common = Group::new(GroupContent::Attributes(attributes));
    common.more_attributes.wildcard = Some(Wildcard {
        namespaces: NamespaceSet::Not(vec!["urn:shop".into(), "".into()]),
        process: ProcessContents::Lax,
        except: Vec::new(),
    });
    let common = build.declare("{urn:shop}common", DeclKind::Group(common));
    (address, common)
}

/// A complex type with a particle tree of every kind, mixed content, attributes
/// that are defaulted, fixed and forbidden, and an assertion.
fn order(build: &mut Build, address: DeclId, common: DeclId) -> DeclId {
    let order = build.forward("{urn:shop}Order");
    let id = build.ty(TypeKind::Id);
    let id = build.field("id", id);
    let note = build.string();
    let note = build.nullable(note);
    let note = qualified(build.field("note", note));
    let line = build.inline(order, DeclKind::Record(Record { order_matters: true, ..Record::default() }));
    let line = qualified(build.field("line", line));
    let head = build.schema.find_in(SymbolSpace::Element, "{urn:shop}thing").unwrap();
    let head = build.to(head);
    let head = qualified(build.field("thing", head));
    let mut version = build.attribute("version", Presence::Explicit);
    version.preset = Some(Box::new(Preset::Fixed(text("1"))));
    let mut kind = build.attribute("kind", Presence::Explicit).defaults_to(text("plain"));
    kind.namespace = Some("urn:other".into());
    let mut forbidden = build.attribute("old", Presence::Explicit);
    forbidden.occurs = Some(Occurs { min: 0, max: Some(0) });

    // The first field is an attribute, which no particle names.
    let choice = vec![build.at(2), build.at(3)];
    let choice = build.particle(Content::Choice(choice), Occurs { min: 1, max: Some(3) });
    let group = build.particle(Content::Group(address), MANY);
    let wildcard = Wildcard {
        namespaces: NamespaceSet::Only(vec!["urn:b".into(), "urn:a".into()]),
        process: ProcessContents::Skip,
        except: vec!["##defined".into()],
    };
    let wildcard = build.particle(Content::Wildcard(wildcard), MANY);
    let children = vec![build.at(1), choice, group, build.at(4), wildcard];
    let content = build.particle(Content::Sequence(children), Occurs::ONCE);
    let record = Record {
        fields: vec![version, id, note, line, head, kind, forbidden],
        order_matters: true,
        is_mixed: true,
        block: DerivationSet { extension: true, ..DerivationSet::default() },
        more_attributes: Some(Box::new(MoreAttributes { groups: vec![common], wildcard: None })),
        open_content: Some(Box::new(OpenContent {
            mode: OpenContentMode::Suffix,
            wildcard: Wildcard { namespaces: NamespaceSet::Any, process: ProcessContents::Strict, except: Vec::new() },
        })),
        content: Some(content),
        ..Record::default()
    };
    build.fill(order, DeclKind::Record(record));
    let assert = build.opaque("assert", object([("test", text("@version > 0"))]));
    build.schema.decl_mut(order).constraints.push(assert);
    order
}

/// Types derived by extension and restriction, simple content, and a redefined type.
fn derived(build: &mut Build, order: DeclId) {
    let extra = build.string();
    let extra = qualified(build.field("extra", extra));
    let all = vec![build.at(0)];
    let content = Some(build.particle(Content::All(all), Occurs::ONCE));
    let derivation = Some(build.from(DerivationMethod::Extension, &[order]));
    let big = Record {
        fields: vec![extra],
        order_matters: true,
        derivation,
        content,
        is_abstract: true,
        ..Record::default()
    };
    build.declare("{urn:shop}BigOrder", DeclKind::Record(big));

    let text_content = build.schema.find("{urn:shop}Price").unwrap();
    let text_content = build.to(text_content);
    let text_content = Field { role: FieldRole::Text, ..build.field("", text_content).present(Presence::Required) };
    let currency = build.attribute("currency", Presence::Required);
    let priced = Record { fields: vec![text_content, currency], order_matters: true, ..Record::default() };
    build.declare("{urn:shop}Priced", DeclKind::Record(priced));

    // `redefine` derives the new type from the old one of the same name, which nobody else can refer to.
    let redefined = build.forward("{urn:shop}Note");
    let original = Record { order_matters: true, is_mixed: true, ..Record::default() };
    let original = build.inline(redefined, DeclKind::Record(original));
    let derivation = Some(Derivation { method: DerivationMethod::Restriction, bases: vec![original] });
    let record = Record { order_matters: true, derivation, ..Record::default() };
    build.fill(redefined, DeclKind::Record(record));
}

/// Elements and attributes: a substitution group, nillable, identity constraints, one name in three symbol spaces.
fn elements(build: &mut Build) {
    let any: Type = build.ty(TypeKind::Any);
    let head = Element { is_abstract: true, ..Element::new(any) };
    let head = build.declare("{urn:shop}thing", DeclKind::Element(Box::new(head)));
    let ty = build.string();
    let ty = build.nullable(ty);
    let member = Element { substitutes: vec![head], preset: Some(Preset::Default(text("-"))), ..Element::new(ty) };
    build.declare("{urn:shop}book", DeclKind::Element(Box::new(member)));
    let ty = build.string();
    let attribute = Element { role: ElementRole::Attribute, ..Element::new(ty) };
    build.declare("{urn:shop}book", DeclKind::Element(Box::new(attribute)));
}

fn identities(build: &mut Build, order: DeclId) {
    let kinds = [
        ("byId", IdentityKind::Key),
        ("once", IdentityKind::Unique),
        ("toId", IdentityKind::KeyRef("{urn:shop}byId".into())),
    ];
    let identity = kinds.map(|(name, kind)| IdentityConstraint {
        node: build.schema.node(),
        name: name.into(),
        kind,
        selector: ".//Q{urn:shop}line".into(),
        fields: vec!["@id".into(), "Q{urn:shop}note".into()],
    });
    let ty = build.to(order);
    let element = Element {
        identity: identity.into(),
        is_final: DerivationSet { restriction: true, ..DerivationSet::default() },
        ..Element::new(ty)
    };
    build.declare("{urn:shop}Order", DeclKind::Element(Box::new(element)));
}

pub(crate) fn schema() -> Schema {
    let mut build = Build::new(Format::Xsd, "shop.xsd", "urn:shop", Dialect::Xsd { minor: 1 });
    let import = Import {
        node: build.schema.node(),
        target: "old.xsd".into(),
        module: None,
        alias: None,
        kind: ImportKind::Redefine,
    };
    build.schema.module_mut(build.module).imports.push(import);
    simple_types(&mut build);
    elements(&mut build);
    let (address, common) = groups(&mut build);
    let order = order(&mut build, address, common);
    derived(&mut build, order);
    identities(&mut build, order);
    build.finish()
}

#[test]
fn the_model_holds_what_xsd_can_say() {
    insta::assert_snapshot!(schema().canonical());
}

#[test]
fn one_name_may_stand_for_a_type_and_an_element() {
    let schema = schema();
    let find = |space| schema.find_in(space, "{urn:shop}Order");
    assert_eq!(find(SymbolSpace::Type), schema.find("{urn:shop}Order"));
    assert!(schema.decl(find(SymbolSpace::Type).unwrap()).as_record().is_some());
    assert!(matches!(schema.decl(find(SymbolSpace::Element).unwrap()).kind, DeclKind::Element(_)));
    assert_eq!(find(SymbolSpace::Group), None);
    assert_eq!(schema.find_all("{urn:shop}book").count(), 2);
}
