"""Reads streams of messages with the Python runtime of Protobuf and writes them again.

    protobuf_delimited.py FILE.proto MESSAGE < streams

Each line of standard input is a stream in hexadecimal: messages, each behind its
length. Each line of standard output is a JSON object: `messages`, each written
again in hexadecimal, and `stream`, all of them behind their lengths. A stream
that is refused has `error` instead.

Exit code: 0; 2 where protoc rejects the file.
"""

import io
import json
import sys

from google.protobuf import proto
from google.protobuf.message import DecodeError

from protobuf_values import message_class


def answer(kind, line):
    """What is printed about one stream."""
    stream, again = io.BytesIO(bytes.fromhex(line)), io.BytesIO()
    messages = []
    try:
        while (message := proto.parse_length_prefixed(kind, stream)) is not None:
            messages.append(message.SerializeToString(deterministic=True).hex())
            proto.serialize_length_prefixed(message, again)
    except (DecodeError, ValueError) as error:
        return {"error": str(error)}
    return {"messages": messages, "stream": again.getvalue().hex()}


def main(arguments):
    path, name = arguments
    kind = message_class(path, name)
    if kind is None:
        return 2
    for line in sys.stdin:
        print(json.dumps(answer(kind, line.strip()), sort_keys=True))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
