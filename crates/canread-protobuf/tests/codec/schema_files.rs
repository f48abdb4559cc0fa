//! A type as `.proto` files: what they say, and that protoc takes them to be the same.

use std::fs;

use canread_derive::CoreRecord as Record;
use canread_plan::{Arena, Layout};
use canread_protobuf::codec::{Decoder, SchemaFile, from_slice, json, schema_files, schema_of, to_vec, value};
use canread_protobuf::schema::descriptor::raise;
use canread_record::{Date, Decode as _, Timestamp};

use crate::everything::Everything;

#[derive(Record)]
#[record(name = "shop.v1.Order")]
struct Order {
    #[field(1)]
    id: i64,
    #[field(2)]
    note: Option<String>,
    #[field(3)]
    lines: Vec<Line>,
    #[field(4)]
    state: State,
    #[field(5, protobuf(zigzag))]
    balance: i32,
    #[field(6)]
    at: Option<Timestamp>,
    #[field(union)]
    payment: Option<Payment>,
    #[field(9, protobuf(unpacked))]
    numbers: Vec<u32>,
    #[field(10)]
    totals: std::collections::BTreeMap<String, money::Amount>,
    #[field(11)]
    due: Option<Date>,
}

#[derive(Record)]
#[record(name = "shop.v1.Line")]
struct Line {
    #[field(1)]
    sku: String,
}

#[derive(Record)]
#[record(name = "shop.v1.State")]
enum State {
    #[symbol(1, name = "STATE_SENT")]
    Sent,
    #[symbol(0, name = "STATE_OPEN")]
    Open,
    #[symbol(other)]
    Other(i32),
}

#[derive(Record)]
#[record(name = "shop.v1.Payment")]
enum Payment {
    #[field(7)]
    Voucher(String),
    #[field(8)]
    Card(Line),
}

mod money {
    use canread_derive::CoreRecord as Record;

    #[derive(Record)]
    #[record(name = "money.Amount")]
    pub(super) struct Amount {
        #[field(1)]
        cents: i64,
    }
}

#[test]
fn a_type_without_closed_enums_and_groups_is_proto3() {
    let [own, other] = &schema_files::<Order>().expect("it can be said")[..] else { panic!("two packages") };
    assert_eq!((&*own.name, &*other.name), ("shop/v1.proto", "money.proto"));
    insta::assert_snapshot!(own.text, @r#"
    syntax = "proto3";

    package shop.v1;

    import "google/protobuf/timestamp.proto";
    import "money.proto";
    import "google/type/date.proto";

    message Order {
      int64 id = 1;
      optional string note = 2;
      repeated Line lines = 3;

      // STATE_SENT if it is not there.
      optional State state = 4;
      sint32 balance = 5;
      google.protobuf.Timestamp at = 6;

      oneof payment {
        string voucher = 7;
        Line card = 8;
      }

      repeated uint32 numbers = 9 [packed = false];
      map<string, money.Amount> totals = 10;
      google.type.Date due = 11;
    }

    message Line {
      string sku = 1;
    }

    enum State {
      STATE_OPEN = 0;
      STATE_SENT = 1;
    }
    "#);
    insta::assert_snapshot!(other.text, @r#"
    syntax = "proto3";

    package money;

    message Amount {
      int64 cents = 1;
    }
    "#);
}

#[test]
fn a_type_with_closed_enums_and_groups_is_an_edition() {
    let [own] = &schema_files::<Everything>().expect("it can be said")[..] else { panic!("one package") };
    assert_eq!(own.name, "test.proto");
    for part in [
        "edition = \"2023\";",
        "option features.enum_type = CLOSED;",
        "Line inner = 21 [features.message_encoding = DELIMITED];",
        "repeated int64 unpacked = 28 [features.repeated_field_encoding = EXPANDED];",
        "  int32 perhaps = 19;",
        "map<string, string> names = 33;",
        "  int32 int32 = 2 [features.field_presence = IMPLICIT];",
    ] {
        assert!(own.text.contains(part), "no {part} in\n{}", own.text);
    }
}

#[derive(Record)]
#[record(name = "a.Grouped")]
struct Grouped {
    #[field(1)]
    id: i32,
    #[field(2, protobuf(group))]
    line: Option<Line>,
    #[field(3)]
    perhaps: Option<i32>,
}

#[test]
fn an_edition_says_once_that_its_fields_have_no_presence() {
    let files = schema_files::<Grouped>().expect("it can be said");
    for part in [
        "option features.field_presence = IMPLICIT;",
        "  int32 id = 1;",
        "  shop.v1.Line line = 2 [features.message_encoding = DELIMITED];",
        "  int32 perhaps = 3 [features.field_presence = EXPLICIT];",
    ] {
        assert!(files[0].text.contains(part), "no {part} in\n{}", files[0].text);
    }
    assert_protoc_agrees::<Grouped>();
}

/// protoc makes of the files what our own model of the type is as a descriptor.
fn assert_protoc_agrees<T: canread_record::Shaped>() {
    let Some(mut command) = canread_testing::oracle("protoc_compare.py") else { return };
    let work = tempfile::tempdir().expect("a folder");
    let root = work.path().join("root");
    // Not a compiler's own: googleapis has these.
    let date = SchemaFile {
        name: "google/type/date.proto".to_owned(),
        text:
            "syntax = \"proto3\"; package google.type; message Date { int32 year = 1; int32 month = 2; int32 day = 3; }"
                .to_owned(),
    };
    let files = schema_files::<T>().expect("it can be said");
    for file in files.iter().chain([&date]) {
        let path = root.join(&file.name);
        fs::create_dir_all(path.parent().expect("it stands in a folder")).expect("a folder");
        fs::write(path, &file.text).expect("a file");
    }
    let (list, set) = (work.path().join("list.txt"), work.path().join("set.binpb"));
    let names: Vec<&str> = files.iter().map(|file| &*file.name).collect();
    fs::write(&list, names.join("\n")).expect("a file");
    let schema = schema_of::<T>();
    let mut own = raise(&schema, None).set;
    // What a type says of well-known messages is what data depends on, without the options of languages.
    own.file.retain(|file| names.contains(&&*file.name));
    fs::write(&set, own.to_bytes()).expect("a file");
    let output = command.arg(&root).arg(&list).arg(&set).output().expect("Python can be started");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn protoc_makes_the_same_of_proto3() {
    assert_protoc_agrees::<Order>();
}

#[test]
fn protoc_makes_the_same_of_an_edition() {
    assert_protoc_agrees::<Everything>();
}

#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "a.Defaults")]
struct Defaults {
    #[field(1, default = 7)]
    number: i32,
    #[field(2, default = true)]
    truth: bool,
    #[field(3)]
    by_type: Sort,
    #[field(4, default = Sort::Zero)]
    by_field: Sort,
    #[field(5, default = "a \"word\"\n".to_owned())]
    text: String,
    #[field(6, default = *b"\x00\xff")]
    digest: [u8; 2],
    #[field(7, default = -0.0)]
    below: f64,
    #[field(8, default = Sort::Other(9))]
    without_symbol: Sort,
    // A zero is written, as is any other value of a field with a default.
    #[field(11, default = 0)]
    zero: i32,
    #[field(12, default = [0; 2])]
    zeros: [u8; 2],
    #[field(14, default = String::new())]
    empty: String,
    // A list that is not there is empty, whatever the default says.
    #[field(13, default = vec![1])]
    list: Vec<i32>,
}

#[derive(Record, Debug, PartialEq, Clone, Copy)]
#[record(name = "a.Sort")]
enum Sort {
    #[symbol(0, name = "SORT_ZERO")]
    Zero,
    #[symbol(2, default, name = "SORT_TWO")]
    Two,
    #[symbol(other)]
    Other(i32),
}

/// The same in an edition.
#[derive(Record, Debug, PartialEq, Clone)]
#[record(name = "a.Edition")]
struct Edition {
    #[field(1)]
    within: Option<Defaults>,
    #[field(2)]
    closed: Closed,
    #[field(3, default = Closed::Five)]
    first: Closed,
    #[field(4, default = 7)]
    number: i32,
    #[field(union)]
    choice: Option<Sorts>,
}

#[derive(Record, Debug, PartialEq, Clone, Copy)]
#[record(name = "a.Closed")]
enum Closed {
    #[symbol(5, name = "CLOSED_FIVE")]
    Five,
    #[symbol(6, default, name = "CLOSED_SIX")]
    Six,
}

#[derive(Record, Debug, PartialEq, Clone)]
enum Sorts {
    #[field(8)]
    Sort(Sort),
}

/// Else who writes a zero by the schema would leave it out, and the default would be read.
#[test]
fn a_field_with_a_default_has_presence_and_an_edition_says_the_default() {
    let files = schema_files::<Defaults>().expect("it can be said");
    insta::assert_snapshot!(files[0].text, @r#"
    syntax = "proto3";

    package a;

    message Defaults {
      // 7 if it is not there.
      optional int32 number = 1;

      // true if it is not there.
      optional bool truth = 2;

      // SORT_TWO if it is not there.
      optional Sort by_type = 3;

      // SORT_ZERO if it is not there.
      optional Sort by_field = 4;

      // "a \"word\"\n" if it is not there.
      optional string text = 5;

      // "\x00\xff" if it is not there.
      optional bytes digest = 6;

      // -0 if it is not there.
      optional double below = 7;
      optional Sort without_symbol = 8;

      // 0 if it is not there.
      optional int32 zero = 11;

      // "\x00\x00" if it is not there.
      optional bytes zeros = 12;

      // "" if it is not there.
      optional string empty = 14;
      repeated int32 list = 13;
    }

    enum Sort {
      SORT_ZERO = 0;
      SORT_TWO = 2;
    }
    "#);
    assert_protoc_agrees::<Defaults>();
    let files = schema_files::<Edition>().expect("it can be said");
    insta::assert_snapshot!(files[0].text, @r#"
    edition = "2023";

    package a;

    option features.field_presence = IMPLICIT;

    message Edition {
      Defaults within = 1;
      Closed closed = 2 [default = CLOSED_SIX, features.field_presence = EXPLICIT];
      Closed first = 3 [default = CLOSED_FIVE, features.field_presence = EXPLICIT];
      int32 number = 4 [default = 7, features.field_presence = EXPLICIT];

      oneof choice {
        Sort sort = 8;
      }
    }

    message Defaults {
      int32 number = 1 [default = 7, features.field_presence = EXPLICIT];
      bool truth = 2 [default = true, features.field_presence = EXPLICIT];
      Sort by_type = 3 [default = SORT_TWO, features.field_presence = EXPLICIT];
      Sort by_field = 4 [default = SORT_ZERO, features.field_presence = EXPLICIT];
      string text = 5 [default = "a \"word\"\n", features.field_presence = EXPLICIT];
      bytes digest = 6 [default = "\000\377", features.field_presence = EXPLICIT];
      double below = 7 [default = -0.0, features.field_presence = EXPLICIT];
      Sort without_symbol = 8 [features.field_presence = EXPLICIT];
      int32 zero = 11 [default = 0, features.field_presence = EXPLICIT];
      bytes zeros = 12 [default = "\000\000", features.field_presence = EXPLICIT];
      string empty = 14 [default = "", features.field_presence = EXPLICIT];
      repeated int32 list = 13;
    }

    enum Sort {
      SORT_ZERO = 0;
      SORT_TWO = 2;
    }

    enum Closed {
      option features.enum_type = CLOSED;

      CLOSED_FIVE = 5;
      CLOSED_SIX = 6;
    }
    "#);
    assert_protoc_agrees::<Edition>();
}

#[test]
fn zeros_that_are_meant_are_there_for_all_who_go_by_the_schema() {
    let zeros = Defaults {
        number: 0,
        truth: false,
        by_type: Sort::Zero,
        by_field: Sort::Zero,
        text: String::new(),
        digest: [0; 2],
        below: 0.0,
        without_symbol: Sort::Zero,
        zero: 0,
        zeros: [0; 2],
        empty: String::new(),
        list: Vec::new(),
    };
    let bytes = to_vec(&zeros).expect("a record");
    let schema = schema_of::<Defaults>();
    let decoder = Decoder::<Defaults>::new(&schema, "a.Defaults").expect("its own");
    assert_eq!(decoder.from_slice(&bytes), Ok(zeros.clone()));
    let absent = Defaults::absent(canread_record::Format::Protobuf);
    assert_eq!((absent.number, absent.by_type, decoder.from_slice(b"")), (7, Sort::Two, Ok(absent.clone())));
    // Without the type, as bytes and as JSON.
    let layout = Layout::of(&schema, schema.find("a.Defaults").expect("its name")).expect("a layout");
    let arena = Arena::new();
    let value = value::from_slice(&layout, &bytes, &arena).expect("a value");
    assert_eq!(value::to_vec(&layout, &value).expect("a value"), bytes, "with each zero");
    let text = json::to_string(&layout, &value).expect("a value");
    for part in [r#""number":0"#, r#""truth":false"#, r#""byType":"SORT_ZERO""#, r#""text":"""#, r#""below":0"#] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    let value = json::from_str(&layout, &text, &arena).expect("its own text");
    assert_eq!(value::to_vec(&layout, &value).expect("a value"), bytes, "with each zero");
    // The same by the Python runtime, from the files.
    let edition = Edition {
        within: Some(zeros),
        closed: Closed::Five,
        first: Closed::Six,
        number: 0,
        choice: Some(Sorts::Sort(Sort::Zero)),
    };
    assert_eq!(by_python::<Defaults>("a.Defaults", &bytes).unwrap_or_else(|| bytes.clone()), bytes);
    let bytes = to_vec(&edition).expect("a record");
    let again = by_python::<Edition>("a.Edition", &bytes);
    assert_eq!(again.map_or(Ok(edition.clone()), |again| from_slice(&again)), Ok(edition));
}

/// What the Python runtime makes of a message under the files of its type.
fn by_python<T: canread_record::Shaped>(name: &str, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut command = canread_testing::oracle("protobuf_values.py")?;
    let work = tempfile::tempdir().expect("a folder");
    let path = work.path().join("a.proto");
    fs::write(&path, &schema_files::<T>().expect("it can be said")[0].text).expect("a file");
    command.arg(&path).arg(name);
    let answer = canread_testing::ask(&mut command, &[crate::hex(bytes)], &[0]);
    let (_, rest) = answer.split_once("\"bytes\": \"").expect("no error");
    let (written, _) = rest.split_once('"').expect("a text");
    let byte = |at: usize| u8::from_str_radix(&written[at..at + 2], 16).expect("hexadecimal");
    Some((0..written.len()).step_by(2).map(byte).collect())
}

#[test]
fn messages_of_one_name_whose_defaults_differ_are_two() {
    mod elsewhere {
        use canread_derive::CoreRecord as Record;

        #[derive(Record)]
        #[record(name = "a.Line")]
        pub(super) struct Line {
            #[field(1, default = 1)]
            pub(super) quantity: i32,
        }
    }
    #[derive(Record)]
    #[record(name = "a.Line")]
    struct Line {
        #[field(1)]
        quantity: i32,
    }
    #[derive(Record)]
    #[record(name = "a.Lines")]
    struct Lines {
        #[field(1)]
        here: Option<Line>,
        #[field(2)]
        there: Option<elsewhere::Line>,
    }
    let error = schema_files::<Lines>().expect_err("two lines");
    assert_eq!(error.to_string(), "the type has no `a.proto`: `a.Line` is declared twice");
}

#[derive(Record)]
#[record(name = "a.Page")]
struct Page<T> {
    #[field(1)]
    items: Vec<T>,
}

#[derive(Record)]
#[record(name = "a.Both")]
struct Both {
    #[field(1)]
    one: Option<Page<i32>>,
    #[field(2)]
    other: Option<Page<String>>,
}

#[derive(Record)]
#[record(name = "a.Unordered")]
struct Unordered {
    #[field(1)]
    state: Nothing,
}

#[derive(Record)]
#[record(name = "a.Nothing")]
enum Nothing {
    #[symbol(1, name = "ONE")]
    One,
    #[symbol(other)]
    Other(i32),
}

mod other {
    use canread_derive::CoreRecord as Record;

    #[derive(Record)]
    #[record(name = "a.Nothing")]
    pub(super) enum Nothing {
        #[symbol(0, name = "ZERO")]
        Zero,
        #[symbol(other)]
        Other(i32),
    }
}

#[derive(Record)]
#[record(name = "a.Twice")]
struct Twice {
    #[field(1)]
    state: other::Nothing,
    #[field(2)]
    perhaps: Option<Nothing>,
}

/// The same message as [`Tree`], which another part of a program declares for itself.
mod elsewhere {
    use canread_derive::CoreRecord as Record;

    #[derive(Record)]
    #[record(name = "a.Tree")]
    pub(super) struct Tree {
        #[field(1)]
        pub(super) children: Vec<Tree>,
    }
}

#[derive(Record)]
#[record(name = "a.Tree")]
struct Tree {
    #[field(1)]
    children: Vec<Tree>,
}

#[derive(Record)]
#[record(name = "a.Trees")]
struct Trees {
    #[field(1)]
    here: Option<Tree>,
    #[field(2)]
    there: Option<elsewhere::Tree>,
}

#[test]
fn types_of_one_name_that_say_the_same_are_one_message() {
    let files = schema_files::<Trees>().expect("one tree");
    let text: String = files.iter().map(|file| file.text.as_str()).collect();
    assert_eq!(text.matches("message Tree {").count(), 1, "{text}");
}

/// Files that are known by their names are proto3, whatever a type's own file is; and a date is text as a key.
#[test]
fn well_known_types_stand_beside_closed_enums_and_dates_are_keys() {
    #[derive(Record)]
    enum Closed {
        #[symbol(0)]
        No,
        #[symbol(1)]
        Yes,
    }
    #[derive(Record)]
    struct Dated {
        #[field(1)]
        day: Option<Date>,
        #[field(2)]
        answers: std::collections::BTreeMap<String, Closed>,
        #[field(3)]
        by_day: std::collections::BTreeMap<Date, i32>,
    }
    let files = schema_files::<Dated>().expect("all of it can be said");
    let text = &files.first().expect("its own file").text;
    assert!(text.contains("map<string, int32> by_day = 3"), "{text}");
    assert_protoc_agrees::<Dated>();
}

#[derive(Record)]
#[record(name = "a.Lights")]
struct Lights {
    #[field(1)]
    front: Front,
    #[field(2)]
    back: Back,
}

#[derive(Record)]
#[record(name = "a.Front")]
enum Front {
    #[symbol(0)]
    Off,
    #[symbol(1)]
    On,
}

#[derive(Record)]
#[record(name = "a.Back")]
enum Back {
    #[symbol(0)]
    Dark,
    #[symbol(1)]
    On,
}

#[test]
fn what_no_file_can_say_is_an_error_with_its_reason() {
    let said = |error: canread_protobuf::codec::SchemaFileError| error.to_string();
    insta::assert_snapshot!(said(schema_files::<Both>().expect_err("two pages")), @"the type has no `a.proto`: `a.Page` is declared twice");
    insta::assert_snapshot!(said(schema_files::<Unordered>().expect_err("no zero")), @"the type has no `a.proto`: the first value of the open enum `Nothing` is not zero");
    insta::assert_snapshot!(said(schema_files::<Twice>().expect_err("two enums of one name")), @"the type has no `a.proto`: `a.Nothing` is declared twice");
    insta::assert_snapshot!(said(schema_files::<Lights>().expect_err("two symbols of one name")), @r#"the type has no `a.proto`: the enumerations `a.Front` and `a.Back` both have the symbol `On`, and a package has one of a name; `symbol(0, name = "...")` gives one of them another"#);
    assert!(schema_files::<Page<i32>>().is_ok(), "one use of a generic type");
}
