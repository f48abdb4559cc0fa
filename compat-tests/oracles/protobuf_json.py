"""Turns messages into ProtoJSON and back, with the Python runtime of Protobuf.

    protobuf_json.py FILE.proto MESSAGE < questions

Each line of standard input is a JSON object: `bytes`, a message in hexadecimal,
and `json`, the same message as another library writes it. Each line of standard
output is a JSON object: `json`, the message as ProtoJSON of Python; `bytes` and
`bytes_of_json`, both messages written again, fields in the order of their numbers
and maps sorted, in hexadecimal. What is refused has `error` instead.

Exit code: 0; 2 where protoc rejects the file.
"""

import json
import sys

from google.protobuf import json_format
from google.protobuf.message import DecodeError

import protobuf_values


def answer(kind, question):
    """What is printed about one message."""
    pool = kind.DESCRIPTOR.file.pool
    try:
        message = kind.FromString(bytes.fromhex(question["bytes"]))
        text = json_format.MessageToJson(message, indent=None, descriptor_pool=pool)
        again = json_format.Parse(question["json"], kind(), descriptor_pool=pool)
    except (DecodeError, json_format.Error, TypeError, ValueError) as error:
        return {"error": str(error)}
    written = [one.SerializeToString(deterministic=True).hex() for one in (message, again)]
    return {"json": text, "bytes": written[0], "bytes_of_json": written[1]}


def main(arguments):
    path, name = arguments
    kind = protobuf_values.message_class(path, name)
    if kind is None:
        return 2
    for line in sys.stdin:
        print(json.dumps(answer(kind, json.loads(line)), sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
