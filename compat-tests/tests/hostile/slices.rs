//! What is written into the caller's slice asks for no memory, if it has room and if it has not.

use canread_avro::codec as avro;
use canread_protobuf::codec as protobuf;
use canread_wire::EncodeErrorKind;

use crate::heap::measured;

/// The safe twin says what has to be written; where it is meanwhile is a vector, whatever was lent.
const IS_A_VECTOR: bool = cfg!(canread_safe);

#[test]
fn a_record_in_a_slice_asks_for_no_memory() {
    let (of_protobuf, of_avro) = (crate::protobuf_type::full(), crate::avro_type::full());
    let size = protobuf::encoded_len(&of_protobuf).expect("not deep");
    for room in [0, size - 1, size, size + 100] {
        let mut slice = vec![0; room];
        let (written, peak) = measured(|| protobuf::encode_to_slice(&of_protobuf, &mut slice));
        let written = written.map_err(|error| error.kind());
        assert_eq!(written, if room < size { Err(EncodeErrorKind::NoRoom { needed: size }) } else { Ok(size) });
        assert!(peak == 0 || IS_A_VECTOR && room >= size, "Protobuf, {room} bytes of {size}: {peak}");
    }
    let size = avro::encoded_len(&of_avro).expect("not deep");
    for room in [0, size - 1, size, size + 100] {
        let mut slice = vec![0; room];
        let (written, peak) = measured(|| avro::encode_to_slice(&of_avro, &mut slice));
        let written = written.map_err(|error| error.kind());
        assert_eq!(written, if room < size { Err(EncodeErrorKind::NoRoom { needed: size }) } else { Ok(size) });
        assert!(peak == 0 || IS_A_VECTOR && room >= size, "Avro, {room} bytes of {size}: {peak}");
    }
}
