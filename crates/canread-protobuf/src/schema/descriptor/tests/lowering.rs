//! Descriptor sets to the model, where a comparison with protoc would not show why.

use super::raising::{linked, set_of};
use crate::schema::descriptor::{DescriptorProto, FileDescriptorSet, ReadLimits, raise, read_descriptor_set};
use crate::schema::print::Printer;
use crate::schema::{LinkOptions, Linked};

fn read(bytes: &[u8]) -> Linked {
    read_descriptor_set("set.binpb", bytes, ReadLimits::default(), &LinkOptions::default())
}

/// What is wrong with the set of one file, after `change` has changed it.
fn messages(text: &str, change: impl FnOnce(&mut FileDescriptorSet<'_>)) -> Vec<String> {
    let bytes = set_of(&linked(&[("a.proto", text)]));
    let mut set = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default()).expect("our set is a set");
    change(&mut set);
    read(&set.to_bytes()).diagnostics.into_iter().map(|diagnostic| diagnostic.message).collect()
}

const RICH: &str = r#"
    import "google/protobuf/descriptor.proto";
    import "google/protobuf/any.proto";
    message O { optional int32 x = 1; optional O o = 2; repeated float p = 3 [packed = true]; map<string, O> m = 4;
                optional google.protobuf.Any any = 5; optional group G = 6 { optional E e = 1; } optional bytes b = 7; }
    enum E { option allow_alias = true; A = 0; B = 0; C = -1 [deprecated = true]; reserved 5 to 7, -9; reserved "X"; }
    extend google.protobuf.MessageOptions { optional O a = 50000; repeated sint64 b = 50001; }
    extend google.protobuf.ExtensionRangeOptions { optional string r = 50000; }
    message M {
      option (a).x = 1; option (a).o.x = 2; option (b) = -3; option (b) = 4;
      option (a).any = { [type.googleapis.com/M] { f: 5 } };
      map<string, M> first = 1; message N {} oneof one { int32 f = 2; group H = 3 { optional N n = 1; } }
      extensions 100 to 199, 300 [(r) = "r"]; reserved 10 to 12; reserved "gone";
      extend M { repeated group K = 100 {} optional double d = 101 [default = nan]; }
    }
    service S { option deprecated = true; rpc A(stream M) returns (M) { option idempotency_level = IDEMPOTENT; } rpc B(M) returns (stream M) {} }
"#;

#[test]
fn a_set_is_the_same_after_it_was_read() {
    let bytes = set_of(&linked(&[("a.proto", RICH)]));
    let again = read(&bytes);
    assert_eq!(again.diagnostics, []);
    assert!(set_of(&again) == bytes, "the set has changed");
}

#[test]
fn parts_of_an_option_that_were_set_one_by_one_are_statements_again() {
    let again = read(&set_of(&linked(&[("a.proto", RICH)])));
    let decl = again.schema.decl(again.schema.find("M").expect("M is there"));
    let paths: Vec<_> = decl.meta.annotations.iter().map(|annotation| &*annotation.path).collect();
    assert_eq!(paths, ["(a)", "(a).o", "(b)", "(b)", "(a).any"]);
}

#[test]
fn an_option_that_nothing_declares_is_kept_with_a_warning() {
    let bytes = set_of(&linked(&[("a.proto", RICH)]));
    let mut set = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default()).expect("our set is a set");
    let file = set.file.last_mut().expect("there is a file");
    file.extension.clear();
    let bytes = set.to_bytes();
    let again = read(&bytes);
    let warnings: Vec<_> = again.diagnostics.iter().map(|diagnostic| &*diagnostic.message).collect();
    assert_eq!(warnings[0], "option 50000 is declared nowhere in the set (in `M` in `a.proto` of `set.binpb`)");
    assert_eq!(warnings.len(), 6);
    assert!(!again.diagnostics.iter().any(canread_syntax::Diagnostic::is_error));
    assert!(set_of(&again) == bytes, "the set has changed");
    let (module, _) = again.schema.modules().find(|(_, module)| &*module.name == "a.proto").expect("a.proto is there");
    let printed = Printer::new(&again.schema).module(module);
    let expected = "`M` in `a.proto` cannot be printed: option #50000 is declared nowhere";
    assert_eq!(printed.diagnostics[0].message, expected);
}

#[test]
fn diagnostics_name_the_declaration_and_the_file() {
    let text = "message M { optional M m = 1; } service S { rpc A(M) returns (M); }";
    let wrong_type = messages(text, |set| set.file[0].message_type[0].field[0].type_name = Some(".Gone".into()));
    assert!(wrong_type[0].ends_with("(in `M.m` in `a.proto` of `set.binpb`)"), "{wrong_type:?}");
    assert!(wrong_type[0].contains("Gone"), "{wrong_type:?}");
    let wrong_name = messages(text, |set| set.file[0].service[0].method[0].name = "a b".into());
    let expected = "\"a b\" is no name: expected letters, digits and `_` (in `S.a b` in `a.proto` of `set.binpb`)";
    assert_eq!(wrong_name, [expected]);
    let wrong_default = messages(text, |set| set.file[0].message_type[0].field[0].default_value = Some("1".into()));
    let expected = "default \"1\" is no value of the field's type (in `M.m` in `a.proto` of `set.binpb`)";
    assert_eq!(wrong_default, [expected]);
    let wrong_edition = messages(text, |set| set.file[0].syntax = Some("proto4".into()));
    let expected = "syntax \"proto4\" is not known: expected proto2, proto3, or an edition up to 2024 (in `a.proto` of `set.binpb`)";
    assert!(wrong_edition.iter().any(|message| message == expected), "{wrong_edition:?}");
}

#[test]
fn bytes_that_are_no_set_give_an_error_and_an_empty_schema() {
    let linked = read(b"syntax = \"proto3\";");
    let message = "`set.binpb`: a wire type that does not exist in a FileDescriptorSet, at byte 12";
    assert_eq!(linked.diagnostics[0].message, message);
    assert_eq!(linked.schema.modules().len(), 0);
}

#[test]
fn no_changed_bit_makes_reader_linker_raiser_or_printer_panic() {
    let bytes = set_of(&linked(&[("a.proto", RICH)]));
    let set = FileDescriptorSet::from_bytes(&bytes, ReadLimits::default()).expect("our set is a set");
    let own = FileDescriptorSet { file: set.file.last().cloned().into_iter().collect(), unknown: Vec::new() };
    let bytes = own.to_bytes();
    for index in 0..bytes.len() {
        let bit = index % 8;
        let mut changed = bytes.clone();
        changed[index] ^= 1 << bit;
        let linked = read(&changed);
        let _ = raise(&linked.schema, None).set.to_bytes();
        let printer = Printer::new(&linked.schema);
        for (id, _) in linked.schema.modules() {
            let _ = printer.module(id);
        }
    }
}

#[test]
fn the_deepest_messages_and_options_fit_on_a_small_stack() {
    let options = "import \"google/protobuf/descriptor.proto\"; message O { optional O o = 1; optional int32 x = 2; }
                   extend google.protobuf.FileOptions { optional O a = 50000; }";
    let literal = |levels: usize| format!("{}x: 1{}", "o { ".repeat(levels), " }".repeat(levels));
    let messages = |levels: usize| format!("{}{}", "message M { ".repeat(levels), "}".repeat(levels));
    // A literal and a message may each have as many levels as the parser allows; a set counts its own levels too.
    let text = format!("{options} option (a) = {{ {} }}; {}", literal(90), messages(crate::schema::MESSAGE_DEPTH_MAX));
    let check = move || {
        let bytes = set_of(&linked(&[("a.proto", &text)]));
        let again = read(&bytes);
        assert_eq!(again.diagnostics, []);
        assert!(set_of(&again) == bytes, "the set has changed");
        let printer = Printer::new(&again.schema);
        let (module, _) = again.schema.modules().last().expect("there is a module");
        assert_eq!(printer.module(module).diagnostics, []);
    };
    let thread = std::thread::Builder::new().stack_size(256 << 10).spawn(check).expect("a thread can be started");
    thread.join().expect("nothing panics");
}

#[test]
fn messages_nest_as_deep_as_in_text() {
    let messages = messages("message M {}", |set| {
        let empty = set.file[0].message_type[0].clone();
        for _ in 0..80 {
            let outer = DescriptorProto { nested_type: vec![set.file[0].message_type.remove(0)], ..empty.clone() };
            set.file[0].message_type.push(outer);
        }
    });
    let [message] = messages.as_slice() else { panic!("one error: {messages:?}") };
    assert!(message.starts_with("messages are nested in more than 31 levels (in `M.M."), "{message}");
}
