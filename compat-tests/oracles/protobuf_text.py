"""Writes and reads the text format with the Python runtime of Protobuf.

    protobuf_text.py FILE.proto MESSAGE < questions

Each line of standard input is `message HEX`, a message in the binary format, or
`text HEX`, a text in UTF-8. Each line of standard output is a JSON object: about
a message `text` and `line`, indented and in a single line, as UTF-8 in hexadecimal;
about a text `bytes`, the message in hexadecimal, fields in the order of their
numbers and maps sorted.
What is refused has `error` instead.

Exit code: 0; 2 where protoc rejects the file.
"""

import json
import sys

from google.protobuf import text_format
from google.protobuf.message import DecodeError, EncodeError

from protobuf_values import message_class


def answer(kind, line):
    """What is printed about one question."""
    what, _, content = line.partition(" ")
    content, pool = bytes.fromhex(content), kind.DESCRIPTOR.file.pool
    try:
        if what == "text":
            message = text_format.Parse(content.decode("utf-8"), kind(), descriptor_pool=pool)
            return {"bytes": message.SerializeToString(deterministic=True).hex()}
        message = kind.FromString(content)
        indented = text_format.MessageToString(message, as_utf8=True, descriptor_pool=pool)
        line = text_format.MessageToString(message, as_utf8=True, as_one_line=True, descriptor_pool=pool)
        return {"text": indented.encode("utf-8").hex(), "line": line.encode("utf-8").hex()}
    except (DecodeError, EncodeError, text_format.ParseError, UnicodeDecodeError, ValueError) as error:
        return {"error": str(error)}


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
