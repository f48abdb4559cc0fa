//! The Python runtime of Protobuf reads what we write as what it was, and writes the same.

use std::path::Path;

use canread_protobuf::codec::{from_slice, to_vec};
use canread_record::Decode as _;
use canread_testing::{ask, oracle};

use crate::{
    everything::{Choice, Closed, Everything, full},
    hex,
};

fn answers(messages: &[Vec<u8>]) -> Option<Vec<String>> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/codec/everything.proto");
    let mut command = oracle("protobuf_values.py")?;
    command.arg(schema).arg("test.Everything");
    let lines: Vec<String> = messages.iter().map(|message| hex(message)).collect();
    Some(ask(&mut command, &lines, &[0]).lines().map(str::to_owned).collect())
}

#[test]
fn a_record_with_everything_is_the_same_to_python() {
    let mut others = vec![full(), Everything::absent(canread_record::Format::Protobuf), full(), full()];
    for value in &mut others {
        // Python sorts entries in an order of its own, unless the keys are numbers.
        value.names.remove("");
        value.by_truth.remove(&true);
    }
    others[2].choice = Some(Choice::Voucher(String::new()));
    others[3].choice = Some(Choice::State(Closed::Zero));
    others[3].double = f64::MIN_POSITIVE;
    let messages: Vec<Vec<u8>> = others.iter().map(|value| to_vec(value).expect("not deep")).collect();
    let Some(answers) = answers(&messages) else { return };
    assert_eq!(answers.len(), messages.len());
    for (answer, message) in answers.iter().zip(&messages) {
        assert!(answer.contains(&format!("\"bytes\": \"{}\"", hex(message))), "{answer}\n{}", hex(message));
    }
    for part in [
        r#""Größe, and more than thirty-two bytes of it""#,
        r#""by_number": {"-2": {"sku": "z"}, "1": {"quantity": 1, "sku": "y"}}"#,
        r#""int64": "-9223372036854775808""#,
        r#""sint64": "9223372036854775807""#,
        r#""sfixed64": "-4""#,
        r#""double": -0.0"#,
        r#""digest": "AQIDBA==""#,
        r#""inner": {"quantity": 2, "sku": "in a group"}"#,
        r#""packed": [0, 1, -1, 1048576]"#,
        r#""symbols": ["CLOSED_FIVE", "CLOSED_ZERO", "CLOSED_BELOW"]"#,
        r#""states": {"9": "CLOSED_FIVE"}"#,
        r#""far_away": 3"#,
    ] {
        assert!(answers[0].contains(part), "{part} is not in {}", answers[0]);
    }
    for (value, message) in others.iter().zip(&messages) {
        assert_eq!(&from_slice::<Everything>(message).expect("our own bytes"), value);
    }
}
