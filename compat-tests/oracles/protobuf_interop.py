"""Reads Protobuf messages that canread wrote, with Python's own runtime, and says where values or bytes differ.

    protobuf_interop.py < questions.jsonl

Each line of standard input is a JSON object:

    package   the package of the file; its message `M` is meant
    schema    the text of the .proto file
    values    a list of [data, value]: hexadecimal digits of a message, and what it says, written so that nothing is lost:
              a message is a list of [number, value] in the order of numbers, a list {"list": ...}, a map {"map": ...},
              an integer or symbol its digits, floating point the hexadecimal digits of its bytes, bytes {"bytes": ...}

Of each message: the runtime reads the data to the same value, and writes that as the same bytes. Where a map has several
entries, or a message several extensions, their order is each writer's own: there the bytes are the same in another order.

Each line of standard output is a JSON object with `package`, `data` and `why` of a difference, at most 20; the last one
has `tried`, the number of messages, `equal`, those of which each byte is the same, and `differ`.

Exit code: 0; 2 where protoc rejects a file.
"""

import json
import os
import struct
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from grpc_tools import protoc

SHOWN_MAX = 20

# Nothing differs, not even the order of what has none.
SAME = ""


def classes(questions):
    """The class of `M` by package; `None` where protoc rejects a file."""
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for question in questions:
            names.append(os.path.join(folder, f"{question['package']}.proto"))
            with open(names[-1], "w", encoding="utf-8") as file:
                file.write(question["schema"])
        out = os.path.join(folder, "set")
        if protoc.main(["protoc", f"-I{folder}", f"--descriptor_set_out={out}", "--include_imports", *names]) != 0:
            return None
        with open(out, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    found = {}
    for question in questions:
        package = question["package"]
        kind = message_factory.GetMessageClass(pool.FindMessageTypeByName(f"{package}.M"))
        for extension in pool.FindAllExtensions(kind.DESCRIPTOR):
            # A class knows the extensions whose own classes were made.
            if extension.message_type is not None:
                message_factory.GetMessageClass(extension.message_type)
        found[package] = kind
    return found


def plain(field, value):
    """One value, so that nothing is lost."""
    if isinstance(value, Message):
        return fields(value)
    if isinstance(value, bool):
        return value
    if field.cpp_type == FieldDescriptor.CPPTYPE_FLOAT:
        return struct.pack("<f", value).hex()
    if field.cpp_type == FieldDescriptor.CPPTYPE_DOUBLE:
        return struct.pack("<d", value).hex()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    return value


def is_map(field):
    return field.message_type is not None and field.message_type.GetOptions().map_entry


def of_field(field, value):
    if is_map(field):
        key = field.message_type.fields_by_name["key"]
        of_value = field.message_type.fields_by_name["value"]
        entries = [(own, value[own]) for own in sorted(value, key=in_order)]
        return {"map": [[plain(key, own), plain(of_value, one)] for own, one in entries]}
    if field.is_repeated:
        return {"list": [plain(field, one) for one in value]}
    return plain(field, value)


def in_order(key):
    """Texts are in the order of their bytes."""
    return key.encode() if isinstance(key, str) else key


def fields(message):
    return [[field.number, of_field(field, value)] for field, value in message.ListFields()]


def difference(kind, data, value):
    """What is wrong with a message; SAME if nothing is, `None` if only the order of parts that have none differs."""
    message = kind.FromString(data)
    there = fields(message)
    if there != value:
        return f"read as {json.dumps(there)}, not {json.dumps(value)}"
    again = message.SerializeToString(deterministic=True)
    if again == data:
        return SAME
    if has_free_order(message) and sorted(again) == sorted(data):
        return None
    return f"written as {again.hex()}"


def has_free_order(message):
    """Whether there is a map with several entries in it, or a message with several extensions."""
    there = message.ListFields()
    if sum(field.is_extension for field, _ in there) > 1:
        return True
    return any(is_map(field) and len(value) > 1 or any(map(has_free_order, inner(field, value))) for field, value in there)


def inner(field, value):
    """The messages in a field."""
    if is_map(field):
        value = list(value.values())
    values = value if field.is_repeated else [value]
    return [one for one in values if isinstance(one, Message)]


def main():
    questions = [json.loads(line) for line in sys.stdin]
    kinds = classes(questions)
    if kinds is None:
        return 2
    tried, equal, differ = 0, 0, 0
    for question in questions:
        for data, value in question["values"]:
            tried += 1
            try:
                why = difference(kinds[question["package"]], bytes.fromhex(data), value)
            except Exception as error:  # Whatever the runtime refuses, canread wrote it.
                why = f"{type(error).__name__}: {error}"
            if why and differ < SHOWN_MAX:
                print(json.dumps({"package": question["package"], "data": data, "why": why}))
            differ += bool(why)
            equal += why == SAME
    print(json.dumps({"tried": tried, "equal": equal, "differ": differ}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
