"""Reads messages with the Python runtime of Protobuf and writes them again.

    protobuf_values.py FILE.proto MESSAGE < messages

Each line of standard input is a message in hexadecimal. Each line of standard
output is a JSON object: `bytes`, the message written again, fields in the order
of their numbers and maps sorted, in hexadecimal; `value`, as ProtoJSON with the
names of the schema. A message that is refused has `error` instead.

Exit code: 0; 2 where protoc rejects the file.
"""

import json
import os
import sys
import tempfile

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import DecodeError
from grpc_tools import protoc


def message_class(path, name):
    """The class of one message type of a file; `None` where protoc rejects the file."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "set")
        # The well-known files come with the compiler.
        well_known = os.path.join(os.path.dirname(protoc.__file__), "_proto")
        folders = [f"-I{os.path.dirname(os.path.abspath(path))}", f"-I{well_known}"]
        arguments = ["protoc", *folders, f"--descriptor_set_out={out}"]
        if protoc.main([*arguments, "--include_imports", os.path.abspath(path)]) != 0:
            return None
        with open(out, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read())
    pool = descriptor_pool.DescriptorPool()
    for file in files.file:
        pool.Add(file)
    return message_factory.GetMessageClass(pool.FindMessageTypeByName(name))


def answer(kind, line):
    """What is printed about one message."""
    try:
        message = kind.FromString(bytes.fromhex(line))
    except DecodeError as error:
        return {"error": str(error)}
    value = json_format.MessageToDict(message, preserving_proto_field_name=True)
    return {"bytes": message.SerializeToString(deterministic=True).hex(), "value": value}


def main(arguments):
    path, name = arguments
    kind = message_class(path, name)
    if kind is None:
        return 2
    for line in sys.stdin:
        print(json.dumps(answer(kind, line.strip()), sort_keys=True, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
