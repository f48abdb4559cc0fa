//! Python's `fastavro` reads what we write as what it was, and writes the same.

use std::path::Path;

use canread_avro::codec::{from_slice, to_vec};
use canread_record::Decode as _;
use canread_testing::{ask, oracle};

use crate::{
    everything::{Choice, Everything, State, full},
    hex,
};

#[test]
fn a_record_with_everything_is_the_same_to_fastavro() {
    let mut values = [full(), Everything::absent(canread_record::Format::Avro), full()];
    values[2].choice = Choice::Voucher("v".to_owned());
    values[2].maybe = Some(Choice::State(State::Open));
    let bytes: Vec<Vec<u8>> = values.iter().map(|value| to_vec(value).expect("not deep")).collect();
    for (value, bytes) in values.iter().zip(&bytes) {
        assert_eq!(&from_slice::<Everything>(bytes).expect("our own bytes"), value);
    }
    let Some(mut command) = oracle("avro_values.py") else { return };
    command.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codec/everything.avsc"));
    let lines: Vec<String> = bytes.iter().map(|bytes| hex(bytes)).collect();
    let answers = ask(&mut command, &lines, &[0]);
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), lines.len());
    for (answer, line) in answers.iter().zip(&lines) {
        assert!(answer.contains(&format!("\"bytes\": \"{line}\"")), "{answer}\n{line}");
    }
    for part in [
        r#""int": -2147483648"#,
        r#""long": 9223372036854775807"#,
        r#""wider": 4611686018427387904"#,
        r#""text": "Größe, and more than thirty-two bytes of it""#,
        r#""data": "00ff""#,
        r#""digest": "01020304""#,
        r#""state": "SENT""#,
        r#""maybe": ["test.Line", {"quantity": 2, "sku": "b"}]"#,
        r#""tables": [[1, 2], [], [-3]]"#,
        r#""holes": [1, null]"#,
        r#""by_number": [{"key": -1, "value": ""}, {"key": 2, "value": "two"}]"#,
    ] {
        assert!(answers[0].contains(part), "{part} is not in {}", answers[0]);
    }
}
