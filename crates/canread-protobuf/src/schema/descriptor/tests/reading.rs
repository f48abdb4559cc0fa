//! The reader against bytes that are cut off, changed, or something else; the writer against the reader.

use crate::schema::descriptor::*;

/// A set with every kind of descriptor: `a.proto` with a message (field, map entry, oneof, ranges, nested enum,
/// extension), an enum, a service.
fn every_kind() -> FileDescriptorSet<'static> {
    let options = || Some(Cow::from(&b"\x18\x01"[..]));
    let field = FieldDescriptorProto {
        name: "a".into(),
        extendee: Some(".p.M".into()),
        number: 536_870_911,
        label: Some(FieldLabel::Repeated),
        ty: Some(FieldType::Message),
        type_name: Some(".p.M".into()),
        default_value: Some("1".into()),
        options: options(),
        oneof_index: Some(0),
        json_name: Some("a".into()),
        proto3_optional: true,
        unknown: b"\xa0\x06\x01".to_vec(),
    };
    let value = EnumValueDescriptorProto { name: "V".into(), number: -1, options: options(), unknown: Vec::new() };
    let range = NumberRange { start: 4, end: 6, unknown: Vec::new() };
    let declared = EnumDescriptorProto {
        name: "E".into(),
        value: vec![value],
        options: options(),
        reserved_range: vec![range.clone()],
        reserved_name: vec!["x".into()],
        visibility: Some(2),
        unknown: Vec::new(),
    };
    let message = DescriptorProto {
        name: "M".into(),
        field: vec![field.clone()],
        nested_type: vec![DescriptorProto { name: "N".into(), ..Default::default() }],
        enum_type: vec![declared.clone()],
        extension_range: vec![ExtensionRange { start: 7, end: 9, options: options(), unknown: Vec::new() }],
        extension: vec![field.clone()],
        options: options(),
        oneof_decl: vec![OneofDescriptorProto { name: "o".into(), options: options(), unknown: Vec::new() }],
        reserved_range: vec![range],
        reserved_name: vec!["y".into()],
        visibility: Some(1),
        unknown: Vec::new(),
    };
    let method = MethodDescriptorProto {
        name: "Get".into(),
        input_type: Some(".p.M".into()),
        output_type: Some(".p.M".into()),
        options: options(),
        client_streaming: true,
        server_streaming: true,
        unknown: Vec::new(),
    };
    let service =
        ServiceDescriptorProto { name: "S".into(), method: vec![method], options: options(), unknown: Vec::new() };
    let file = FileDescriptorProto {
        name: "a.proto".into(),
        package: Some("p".into()),
        dependency: vec!["b.proto".into(), "c.proto".into()],
        public_dependency: vec![0],
        weak_dependency: vec![1],
        option_dependency: vec!["d.proto".into()],
        message_type: vec![message],
        enum_type: vec![declared],
        service: vec![service],
        extension: vec![field],
        options: options(),
        syntax: Some("editions".into()),
        edition: Some(1001),
        unknown: Vec::new(),
    };
    FileDescriptorSet { file: vec![file], unknown: Vec::new() }
}

fn read(bytes: &[u8]) -> Result<FileDescriptorSet<'_>, ReadError> {
    FileDescriptorSet::from_bytes(bytes, ReadLimits::default())
}

#[test]
fn what_is_written_is_read_again() {
    let set = every_kind();
    assert_eq!(read(&set.to_bytes()), Ok(set));
}

#[test]
fn a_set_that_is_cut_off_is_truncated_at_every_offset() {
    let bytes = every_kind().to_bytes();
    for length in 1..bytes.len() {
        let error = read(&bytes[..length]).expect_err("a part of a set is no set");
        assert_eq!(error.kind(), ReadErrorKind::Truncated, "at {length}");
        assert!(error.offset() <= length, "at {length}");
    }
}

#[test]
fn no_changed_bit_makes_the_reader_panic_and_what_it_reads_it_writes() {
    let bytes = every_kind().to_bytes();
    for index in 0..bytes.len() {
        for bit in 0..8 {
            let mut changed = bytes.clone();
            changed[index] ^= 1 << bit;
            if let Ok(set) = read(&changed) {
                let written = set.to_bytes();
                assert_eq!(read(&written), Ok(set), "byte {index}, bit {bit}");
            }
        }
    }
}

#[test]
fn bytes_that_are_something_else_are_refused_in_clear_words() {
    let message = |bytes: &[u8]| read(bytes).map(|_| ()).expect_err("not a set").to_string();
    let nothing = "expected a google.protobuf.FileDescriptorSet, found no file with a name in";
    assert_eq!(message(b""), format!("{nothing} 0 bytes"));
    assert_eq!(message(b"\x0a\x00"), format!("{nothing} 2 bytes"));
    assert_eq!(message(b"syntax = \"proto3\";"), "a wire type that does not exist in a FileDescriptorSet, at byte 12");
    assert_eq!(message(b"\x0a\x07a.proto"), "the input ends inside a FileDescriptorProto, at byte 9");
    let behind = "a length that reaches behind its message in a FileDescriptorProto, at byte 3";
    assert_eq!(message(b"\x0a\x02\x0a\x05a.proto"), behind);
    assert_eq!(message(b"\x0a\x03\x0a\x01\xff"), "a string of a FileDescriptorProto is not UTF-8, at byte 4");
}

#[test]
fn nested_messages_have_a_budget_of_levels() {
    let mut bytes = Vec::new();
    for _ in 0..5_000 {
        let mut outer = wire::Sink::default();
        outer.bytes(3, &bytes);
        bytes = outer.into_bytes();
    }
    let mut set = wire::Sink::default();
    set.message(1, |sink| sink.bytes(4, &bytes));
    let error = read(&set.into_bytes()).map(|_| ()).expect_err("too deep");
    assert_eq!(error.kind(), ReadErrorKind::LimitExceeded { limit: ReadLimit::Depth, allowed: 100 });
}

#[test]
fn bytes_and_messages_have_a_budget() {
    let bytes = every_kind().to_bytes();
    let exceeded = |limits| FileDescriptorSet::from_bytes(&bytes, limits).map(|_| ()).map_err(|error| error.kind());
    let limits = ReadLimits { bytes_max: 10, ..ReadLimits::default() };
    assert_eq!(exceeded(limits), Err(ReadErrorKind::LimitExceeded { limit: ReadLimit::Bytes, allowed: 10 }));
    let limits = ReadLimits { messages_max: 3, ..ReadLimits::default() };
    assert_eq!(exceeded(limits), Err(ReadErrorKind::LimitExceeded { limit: ReadLimit::Messages, allowed: 3 }));
}

#[test]
fn packed_dependencies_and_options_in_two_parts_are_merged() {
    let set = read(b"\x0a\x0f\x0a\x01a\x52\x02\x00\x01\x42\x02\x50\x01\x42\x02\x18\x01").expect("a set");
    assert_eq!(set.file[0].public_dependency, [0, 1]);
    assert_eq!(set.file[0].options.as_deref(), Some(&b"\x50\x01\x18\x01"[..]));
}
