//! What the syntax tree says about well-formed files.

use canread_protobuf::schema::ast::{
    Comments, EnumItem, Field, File, ImportKind, Item, Key, Label, Member, Message, MessageItem, RangeEnd, Scalar,
    TypeKind, Value, ValueKind, Version, Visibility, comment_text,
};
use canread_protobuf::schema::parse;
use canread_syntax::{FileId, Span};

const PROTO2: &str = include_str!("rich/proto2.proto");
const EDITION_2024: &str = include_str!("rich/edition2024.proto");

fn tree(text: &str) -> File<'_> {
    let parsed = parse(FileId(7), text);
    assert_eq!(parsed.diagnostics, [], "{text}");
    parsed.file
}

fn message<'t, 'a>(file: &'t File<'a>, name: &str) -> &'t Message<'a> {
    let messages = file.items.iter().filter_map(|item| match item {
        Item::Message(message) => Some(&**message),
        _ => None,
    });
    messages.into_iter().find(|message| message.name.text == name).expect("the message is declared")
}

fn field<'t, 'a>(message: &'t Message<'a>, name: &str) -> &'t Field<'a> {
    let fields = message.items.iter().filter_map(|item| match item {
        MessageItem::Field(field) => Some(field),
        _ => None,
    });
    fields.into_iter().find(|field| field.name.text == name).expect("the field is declared")
}

/// The text under a span, which lies in the file that was parsed.
fn cut(text: &str, span: Span) -> &str {
    assert_eq!(span.file, FileId(7));
    &text[span.range()]
}

/// The value of the first option of a file as a short text.
fn value(text: &str) -> String {
    let text = format!("option o = {text};");
    let file = tree(&text);
    show(&file.options[0].value)
}

fn show(value: &Value<'_>) -> String {
    match &value.kind {
        ValueKind::Ident { negative, name } => format!("{}{name}", if *negative { "-" } else { "" }),
        ValueKind::Int { negative, magnitude } => format!("{}{magnitude}", if *negative { "-" } else { "" }),
        ValueKind::Float(float) => format!("{float:e}f"),
        ValueKind::BigInt(float) => format!("{float:e}big"),
        ValueKind::String(bytes) => format!("{:?}", String::from_utf8_lossy(bytes)),
        ValueKind::List(values) => format!("[{}]", values.iter().map(show).collect::<Vec<_>>().join(" ")),
        ValueKind::Message(fields) => {
            let field = |field: &canread_protobuf::schema::ast::LiteralField<'_>| {
                let key = match &field.key {
                    Key::Field(name) => name.text.to_string(),
                    Key::Extension(name) => format!("[{}]", name.text),
                    Key::Any { domain, type_name, .. } => format!("[{domain} / {type_name}]"),
                    _ => unreachable!("there are three kinds of keys"),
                };
                format!("{key}:{}", show(&field.value))
            };
            format!("{{{}}}", fields.iter().map(field).collect::<Vec<_>>().join(" "))
        }
        _ => unreachable!("there are seven kinds of values"),
    }
}

#[test]
fn the_header_says_version_package_and_imports() {
    let file = tree(PROTO2);
    assert_eq!(file.version(), Version::Proto2);
    assert_eq!(file.package.as_ref().expect("it has a package").name.text, "rich.v1.two");
    let imports: Vec<_> = file.imports.iter().map(|import| (&*import.path, import.kind)).collect();
    let expected = [
        ("google/protobuf/descriptor.proto", ImportKind::Plain),
        ("a/b.proto", ImportKind::Public),
        ("c.proto", ImportKind::Weak),
    ];
    assert_eq!(imports, expected);
    assert_eq!(tree("").version(), Version::Proto2);
    assert_eq!(tree("syntax = 'pro' \"to3\";").version(), Version::Proto3);
    assert_eq!(tree(EDITION_2024).version(), Version::Edition2024);
    assert_eq!(tree(EDITION_2024).imports[1].kind, ImportKind::Option);
}

#[test]
fn items_keep_their_order_and_options_stand_apart() {
    let file = tree(PROTO2);
    let order = message(&file, "Order");
    let kinds: Vec<_> =
        order.items.iter().map(|item| format!("{item:?}").split('(').next().map(String::from)).collect();
    let expected = [
        "Field",
        "Field",
        "Group",
        "Oneof",
        "Map",
        "Extensions",
        "Extensions",
        "Reserved",
        "Reserved",
        "Enum",
        "Message",
        "Extend",
    ];
    assert_eq!(kinds.iter().flatten().collect::<Vec<_>>(), expected);
    assert_eq!(order.options.len(), 1);
    assert_eq!(file.items.len(), 3);
}

#[test]
fn a_field_has_label_type_number_options_and_their_places() {
    let file = tree(PROTO2);
    let parent = field(message(&file, "Order"), "parent");
    assert_eq!(parent.label, Some(Label::Optional));
    assert_eq!(cut(PROTO2, parent.label_span()), "optional");
    assert_eq!(parent.ty.kind, TypeKind::Named(".rich.v1.two.Order".into()));
    assert_eq!(cut(PROTO2, parent.ty.span), ".rich.v1.two.Order");
    assert_eq!(parent.number.map(|number| number.value), Some(2));
    assert_eq!(cut(PROTO2, parent.name.span), "parent");
    let whole = cut(PROTO2, parent.span);
    assert!(whole.starts_with("optional .rich") && whole.ends_with("}];"), "{whole}");
    let option = &parent.options[1];
    let parts: Vec<_> = option.name.iter().map(|part| (&*part.text, part.is_extension)).collect();
    assert_eq!(parts, [("field", true), ("a", false), ("b", true), ("c", false)]);
    assert_eq!(cut(PROTO2, option.name_span), "(field).a.(b).c");
    assert_eq!(cut(PROTO2, option.span), "(field).a.(b).c = { d: \"}\" }");
    assert_eq!(field(message(&file, "Order"), "id").ty.kind, TypeKind::Scalar(Scalar::Int64));
}

#[test]
fn ranges_and_names_are_reserved_as_written() {
    let file = tree(PROTO2);
    let ranges: Vec<_> = message(&file, "Order")
        .items
        .iter()
        .flat_map(|item| match item {
            MessageItem::Reserved(reserved) => reserved.ranges.to_vec(),
            MessageItem::Extensions(extensions) => extensions.ranges.to_vec(),
            MessageItem::Enum(color) => match &color.items[0] {
                EnumItem::Reserved(reserved) => reserved.ranges.to_vec(),
                _ => Vec::new(),
            },
            _ => Vec::new(),
        })
        .map(|range| (cut(PROTO2, range.span), range.start, range.end))
        .collect();
    let expected = [
        ("100 to 199", 100, RangeEnd::Inclusive(199)),
        ("200", 200, RangeEnd::Inclusive(200)),
        ("300 to max", 300, RangeEnd::Max),
        ("50", 50, RangeEnd::Inclusive(50)),
        ("60 to 69", 60, RangeEnd::Inclusive(69)),
        ("-10 to -5", -10, RangeEnd::Inclusive(-5)),
        ("40 to max", 40, RangeEnd::Max),
    ];
    assert_eq!(ranges, expected);
    let file = tree(EDITION_2024);
    let MessageItem::Reserved(reserved) = &message(&file, "Order").items[0] else { panic!("names are reserved first") };
    let names: Vec<_> = reserved.names.iter().map(|name| (&*name.name, name.quoted)).collect();
    assert_eq!(names, [("gone", false), ("away", false)]);
}

#[test]
fn visibility_is_kept_and_belongs_to_the_declaration() {
    let file = tree(EDITION_2024);
    let order = message(&file, "Order");
    assert_eq!(order.visibility, Some(Visibility::Export));
    assert!(cut(EDITION_2024, order.span).starts_with("export message"));
    let Item::Enum(size) = &file.items[1] else { panic!("an enum comes last") };
    assert_eq!(size.visibility, Some(Visibility::Local));
}

#[test]
fn before_edition_2024_export_and_local_name_types_too() {
    let file = tree(
        "syntax = \"proto3\"; message M { local message = 1; export enum = 2; } message local {} message export {}",
    );
    assert_eq!(field(message(&file, "M"), "message").ty.kind, TypeKind::Named("local".into()));
    assert_eq!(field(message(&file, "M"), "enum").ty.kind, TypeKind::Named("export".into()));
}

#[test]
fn oneofs_and_extends_hold_fields_and_groups() {
    let file = tree(PROTO2);
    let MessageItem::Oneof(kind) = &message(&file, "Order").items[3] else { panic!("the oneof comes fourth") };
    let names = |members: &[Member<'_>]| -> Vec<String> {
        let name = |member: &Member<'_>| match member {
            Member::Field(field) => field.name.text.to_string(),
            Member::Group(group) => format!("group {}", group.name.text),
            _ => unreachable!("there are two kinds of members"),
        };
        members.iter().map(name).collect()
    };
    assert_eq!(names(&kind.members), ["name", "group Other"]);
    assert_eq!(kind.options.len(), 1);
    let Item::Extend(extend) = &file.items[1] else { panic!("the extend comes second") };
    assert_eq!(
        (&*extend.extendee.text, names(&extend.members)),
        ("google.protobuf.FieldOptions", vec!["group Field".into()])
    );
}

#[test]
fn methods_say_what_streams() {
    let file = tree(PROTO2);
    let Item::Service(shop) = &file.items[2] else { panic!("the service comes last") };
    let streams: Vec<_> =
        shop.methods.iter().map(|one| (one.input.stream.is_some(), one.output.stream.is_some())).collect();
    assert_eq!(streams, [(false, true), (true, false)]);
    assert_eq!(shop.methods[1].options.len(), 1);
    let file = tree("service S { rpc A(stream.M) returns (stream stream); }");
    let Item::Service(service) = &file.items[0] else { panic!("it declares a service") };
    let [method] = &*service.methods else { panic!("it has one method") };
    assert_eq!((&*method.input.name.text, method.input.stream.is_some()), (".M", true));
    assert_eq!((&*method.output.name.text, method.output.stream.is_some()), ("stream", true));
}

#[test]
fn values_keep_what_was_written() {
    for (text, expected) in [
        ("true", "true"),
        ("- inf", "-inf"),
        ("-0x1F", "-31"),
        ("18446744073709551615", "18446744073709551615"),
        ("-18446744073709551616", "-1.8446744073709552e19big"),
        ("-1.5", "-1.5e0f"),
        ("'a' \"\\x62\" 'c'", "\"abc\""),
        ("{}", "{}"),
        ("{ a: 1, b: 'x'; c { d: -Infinity } e: <f: G> }", "{a:1 b:\"x\" c:{d:-Infinity} e:{f:G}}"),
        ("{ a [{}, <>] b: [] c: [1, 'x' 'y'] }", "{a:[{} {}] b:[] c:[1 \"xy\"]}"),
        ("{ [a . b]: 1 [example.com/a-b/c.D] {} [ d/e ]: <> }", "{[a.b]:1 [example.com/a-b / c.D]:{} [d / e]:{}}"),
    ] {
        assert_eq!((text, value(text)), (text, expected.to_string()));
    }
}

/// The comments of the fields `a` and `b` with `between` between them: a's trailing one, b's detached ones, b's leading one.
fn comments(between: &str) -> (String, Vec<String>, String) {
    let text = format!("syntax = \"proto3\";\nmessage M {{\nint32 a = 1;{between}int32 b = 2;\n}}\n");
    let file = tree(&text);
    let of = |name| file.comments.get(field(message(&file, "M"), name).comments);
    let said = |span: Option<Span>| span.map(|span| comment_text(&text[span.range()]).into_owned()).unwrap_or_default();
    let (a, b) = (of("a"), of("b"));
    assert_eq!(a, Comments { trailing: a.trailing, ..Comments::default() });
    assert_eq!(b.trailing, None);
    (said(a.trailing), b.detached.iter().map(|&span| said(Some(span))).collect(), said(b.leading))
}

/// Expected values are what protoc 35.1 puts into `SourceCodeInfo`.
#[test]
fn comments_belong_to_what_protoc_says() {
    let cases: &[(&str, &str, &[&str], &str)] = &[
        (" /*x*/ ", "", &["x"], ""),
        (" /*x*/\n", "x", &[], ""),
        ("/*x*//*y*/", "x", &[], "y"),
        ("/*x\n*/", "", &["x\n"], ""),
        ("/*x\n*/\n", "x\n", &[], ""),
        ("\n/*x*/", "", &[], "x"),
        (" // x\n", " x\n", &[], ""),
        ("\n// x\n", "", &[], " x\n"),
        ("\n// x\n\n", " x\n", &[], ""),
        ("\n\n// x\n", "", &[], " x\n"),
        ("// x\n// y\n", " x\n", &[], " y\n"),
        ("// x\n\n// y\n\n", " x\n", &[" y\n"], ""),
        ("\n// x\n\n// y\n", " x\n", &[], " y\n"),
        ("\n// x\n/*y*/\n", " x\n", &[], "y"),
        ("\n/*x*//*y*/\n\n", "x", &["y"], ""),
        ("/*x*/ // y\n", "x", &[], " y\n"),
        ("/*x*/ /*y*/ /*z*/", "x", &["y"], "z"),
        ("\n/*x*/\n/*y*/\n/*z*/", "x", &["y"], "z"),
        ("\n  // x\n\t// y\n", "", &[], " x\n y\n"),
        ("\n// x\n\r\n", " x\n", &[], ""),
        ("\n /* x\n  * y\n  z\n  */\n", "", &[], " x\n y\nz\n"),
        (";\n// x\n;\n// y\n", "", &[], " y\n"),
    ];
    for &(between, trailing, detached, leading) in cases {
        let expected = (trailing.to_string(), detached.iter().map(ToString::to_string).collect(), leading.to_string());
        assert_eq!((between, comments(between)), (between, expected));
    }
}

#[test]
fn comments_at_the_start_and_at_ends_of_blocks_have_no_wrong_owner() {
    let text = "// license\n\n// head\nsyntax = \"proto3\"; // tail\n// lost\nmessage M { // brace\n int32 a = 1; // a\n // end\n}\n// after\n";
    let file = tree(text);
    let of = |id| file.comments.get(id);
    let cut = |span: Option<Span>| span.map(|span| &text[span.range()]);
    let syntax = file.syntax.expect("it has a syntax statement");
    assert_eq!(cut(of(syntax.comments).leading), Some("// head"));
    assert_eq!(cut(of(syntax.comments).trailing), Some("// tail"));
    assert_eq!(
        of(syntax.comments).detached.iter().map(|&span| cut(Some(span))).collect::<Vec<_>>(),
        [Some("// license")]
    );
    let m = message(&file, "M");
    assert_eq!(cut(of(m.comments).leading), Some("// lost"));
    assert_eq!(cut(of(m.comments).trailing), Some("// brace"));
    assert_eq!(cut(of(field(m, "a").comments).trailing), Some("// a"));
}
