//! Single objects.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, mpsc};

use canread_avro::codec::schema_of;
use canread_avro::container::WriteOptions;
use canread_avro::single_object::{Encoder, Reader, SingleObjectError, Store, ValueEncoder, ValueReader};
use canread_avro::single_object::{fingerprint, split};
use canread_derive::CoreRecord as Record;
use canread_model::Schema;
use canread_plan::Arena;
use canread_record::Decimal;

use crate::support::{Row, row};

#[derive(Record, Debug, PartialEq)]
#[record(name = "test.Row")]
struct Newer {
    #[field(1)]
    text: String,
    #[field(2)]
    id: i64,
    #[field(3)]
    note: Option<String>,
}

fn store(fingerprint_asked: u64) -> Option<Schema> {
    let schema = schema_of::<Row>();
    (fingerprint(&schema) == Ok(fingerprint_asked)).then_some(schema)
}

#[test]
fn an_object_is_read_under_the_schema_it_was_written_under() {
    let encoder = Encoder::<Row>::new().expect("a record");
    let object = encoder.to_vec(&row(7)).expect("it fits");
    assert_eq!(object[..2], [0xc3, 0x01]);
    assert_eq!(split(&object).map(|(fingerprint, _)| fingerprint), Ok(encoder.fingerprint()));
    let reader = Reader::<Newer, _>::new(store);
    let expected = Newer { text: "row number 7".to_owned(), id: 7, note: None };
    assert_eq!(reader.read(&object), Ok(expected));
    let values = ValueReader::new(store);
    let arena = Arena::new();
    let (layout, value) = values.read(&object, &arena).expect("the same schema");
    assert_eq!(layout.show(&value).to_string(), r#"{"id": 7, "text": "row number 7"}"#);
    let again = ValueEncoder::new(&schema_of::<Row>()).expect("a record").to_vec(&value);
    assert_eq!(again, Ok(object));
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "test.Row")]
struct Borrowed<'a> {
    #[field(1)]
    id: i64,
    #[field(2)]
    text: &'a str,
}

/// Holds a reader for longer than any object lives.
struct Service<S> {
    reader: Reader<Borrowed<'static>, S>,
}

impl<S: Store> Service<S> {
    fn text<'o>(&self, object: &'o [u8]) -> &'o str {
        self.reader.read(object).expect("a row").text
    }
}

#[test]
fn one_reader_reads_objects_that_live_shorter_than_it_and_on_any_thread() {
    let encoder = Encoder::<Row>::new().expect("a record");
    let service = Service { reader: Reader::new(store) };
    let reader = Reader::<Borrowed<'_>, _>::new(store);
    for id in 0..3 {
        let object = encoder.to_vec(&row(id)).expect("it fits");
        assert_eq!(service.text(&object), format!("row number {id}"));
        assert_eq!(reader.read(&object), Ok(Borrowed { id, text: &row(id).text }));
    }
    let asked = AtomicUsize::new(0);
    let shared = Reader::<Borrowed<'_>, _>::new(|asked_for: u64| {
        asked.fetch_add(1, Ordering::Relaxed);
        store(asked_for)
    });
    std::thread::scope(|scope| {
        for id in 0..4 {
            let (encoder, shared) = (&encoder, &shared);
            scope.spawn(move || {
                let object = encoder.to_vec(&row(id)).expect("it fits");
                assert_eq!(shared.read(&object).expect("a row").id, id);
            });
        }
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1, "each schema is asked for once");
}

#[test]
fn one_reader_reads_values_on_any_thread() {
    let encoder = Encoder::<Row>::new().expect("a record");
    let asked = AtomicUsize::new(0);
    let shared = ValueReader::new(|asked_for: u64| {
        asked.fetch_add(1, Ordering::Relaxed);
        store(asked_for)
    });
    std::thread::scope(|scope| {
        for id in 0..4 {
            let (encoder, shared) = (&encoder, &shared);
            scope.spawn(move || {
                let (object, arena) = (encoder.to_vec(&row(id)).expect("it fits"), Arena::new());
                let (layout, value) = shared.read(&object, &arena).expect("a row");
                assert_eq!(layout.show(&value).to_string(), format!(r#"{{"id": {id}, "text": "row number {id}"}}"#));
            });
        }
    });
    assert_eq!(asked.load(Ordering::Relaxed), 1, "each schema is asked for once");
}

#[test]
fn nobody_waits_for_a_store_that_is_asked_for_something_else() {
    let (asked, is_asked) = mpsc::channel();
    let (answer, may_answer) = mpsc::channel::<()>();
    let (asked, may_answer) = (Mutex::new(asked), Mutex::new(may_answer));
    let reader = Reader::<Row, _>::new(|fingerprint_asked: u64| {
        if fingerprint_asked == 7 {
            asked.lock().expect("no panic").send(()).expect("somebody listens");
            may_answer.lock().expect("no panic").recv().expect("somebody lets it");
        }
        store(fingerprint_asked)
    });
    let object = Encoder::<Row>::new().expect("a record").to_vec(&row(1)).expect("it fits");
    assert_eq!(reader.read(&object), Ok(row(1)));
    let unknown = [&[0xc3, 0x01][..], &7_u64.to_le_bytes(), b"\x02\x00"].concat();
    std::thread::scope(|scope| {
        let slow = scope.spawn(|| reader.read(&unknown));
        is_asked.recv().expect("the store is asked");
        assert_eq!(reader.read(&object), Ok(row(1)));
        answer.send(()).expect("the store waits");
        assert_eq!(slow.join().expect("no panic"), Err(SingleObjectError::UnknownFingerprint(7)));
    });
}

#[test]
fn an_unknown_fingerprint_is_named() {
    let object = [&[0xc3, 0x01][..], &0x0123_4567_89ab_cdef_u64.to_le_bytes(), b"\x02\x00"].concat();
    let error = Reader::<Row, _>::new(store).read(&object).expect_err("unknown");
    assert_eq!(error, SingleObjectError::UnknownFingerprint(0x0123_4567_89ab_cdef));
    assert_eq!(error.to_string(), "no schema has the fingerprint 0123456789abcdef");
}

#[test]
fn what_is_cut_or_goes_on_is_no_object() {
    let object = Encoder::<Row>::new().expect("a record").to_vec(&row(7)).expect("it fits");
    let reader = Reader::<Row, _>::new(store);
    for end in 0..object.len() {
        let error = reader.read(&object[..end]).expect_err("cut short");
        assert_eq!(matches!(error, SingleObjectError::NotAnObject), end < 10, "cut at {end}: {error}");
    }
    let longer = [&object[..], b"\0"].concat();
    assert!(matches!(reader.read(&longer), Err(SingleObjectError::Decode(_))));
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Page")]
struct Page<T> {
    #[field(1)]
    items: Vec<T>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Both")]
struct Both {
    #[field(1)]
    numbers: Page<i32>,
    #[field(2)]
    more: Page<i32>,
    #[field(3)]
    texts: Page<String>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.One")]
struct One {
    #[field(1)]
    numbers: Page<i32>,
    #[field(2)]
    more: Page<i32>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Around")]
struct Around<T> {
    #[field(1)]
    page: Page<T>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Choice")]
enum Choice<T> {
    #[field(1)]
    Nothing(bool),
    #[field(2)]
    Something(T),
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Holder")]
struct Holder<T> {
    #[field(union)]
    choice: Option<Choice<T>>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Deep")]
struct Deep {
    #[field(1)]
    numbers: Around<i32>,
    #[field(2)]
    texts: Around<String>,
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Chosen")]
struct Chosen {
    #[field(1)]
    numbers: Holder<i32>,
    #[field(2)]
    texts: Holder<String>,
}

#[test]
fn types_of_one_name_differ_by_what_is_in_them_too() {
    assert!(matches!(Encoder::<Deep>::new(), Err(SingleObjectError::Twice(_))));
    assert!(matches!(Encoder::<Chosen>::new(), Err(SingleObjectError::Twice(_))));
}

#[derive(Record, Debug, PartialEq)]
#[record(name = "a.Scales")]
struct Scales {
    #[field(1, avro(fixed, type_name = "Money"))]
    one: Decimal<9, 2>,
    #[field(2, avro(fixed, type_name = "Money"))]
    other: Decimal<9, 4>,
}

/// A schema that names one of them would describe the bytes of the other wrongly.
#[test]
fn two_types_of_one_name_are_refused_where_the_schema_is_written_down() {
    let error = Encoder::<Both>::new().expect_err("two pages");
    assert_eq!(error.to_string(), "two types that are not the same have the name `a.Page`");
    assert!(canread_avro::container::Writer::<_, Both>::new(Vec::new(), &WriteOptions::new()).is_err());
    // By itself the type goes both ways.
    let page = |number| Page { items: vec![number] };
    let both = Both { numbers: page(1), more: page(2), texts: Page { items: vec!["a".to_owned()] } };
    let bytes = canread_avro::codec::to_vec(&both).expect("a record");
    let decoder =
        canread_avro::codec::Decoder::<Both>::new(&canread_avro::codec::schema_of::<Both>()).expect("the same");
    assert_eq!(decoder.from_slice(&bytes), Ok(both));
    // Two `fixed` of one size and name, of which one has other values than the other.
    let error = Encoder::<Scales>::new().expect_err("two scales");
    assert_eq!(error.to_string(), "two types that are not the same have the name `a.Money`");
    assert!(canread_avro::container::Writer::<_, Scales>::new(Vec::new(), &WriteOptions::new()).is_err());
    // One use of a generic type, in two places.
    assert!(Encoder::<One>::new().is_ok());
    assert!(canread_avro::container::Writer::<_, One>::new(Vec::new(), &WriteOptions::new()).is_ok());
}
