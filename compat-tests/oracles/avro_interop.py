"""Reads and writes Avro data that canread wrote, with the PyPI package `fastavro`, and says where the bytes differ.

    avro_interop.py < questions.jsonl

Each line of standard input is a JSON object:

    id        anything; comes back with what is wrong
    schema    the .avsc text under which the data was written
    reader    the .avsc text of a reader, or null
    values    a list of [data, resolved]: hexadecimal digits of the data, and of what the reader's data is when it is
              written again; the second is null without a reader

Of each value: `fastavro` reads the data to its last byte, and what it read it writes as the same bytes. With a reader,
it resolves the data, and what comes of that it writes, under the reader's schema, as the same bytes as canread.

Each line of standard output is a JSON object with `id`, `data` and `why` of a difference, at most 20; the last one has
`tried`, the number of values.
"""

import io
import json
import sys

import fastavro

SHOWN_MAX = 20


def parsed(text):
    """A schema, with names of its own."""
    return fastavro.parse_schema(json.loads(text), {}, _write_hint=False)


def read(data, writer, reader=None):
    """A value, and how many bytes were left behind it."""
    stream = io.BytesIO(data)
    value = fastavro.schemaless_reader(stream, writer, reader)
    return value, len(stream.read())


def written(schema, value):
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, schema, value)
    return stream.getvalue()


def differences(question):
    """What is wrong with the values of a question."""
    writer = parsed(question["schema"])
    reader = parsed(question["reader"]) if question["reader"] is not None else None
    for data, resolved in question["values"]:
        try:
            why = difference(bytes.fromhex(data), resolved, writer, reader)
        except Exception as error:  # Whatever the library refuses, canread wrote it.
            why = f"{type(error).__name__}: {error}"
        if why:
            yield {"id": question["id"], "data": data, "why": why}


def difference(data, resolved, writer, reader):
    value, left = read(data, writer)
    if left:
        return f"{left} bytes are left"
    again = written(writer, value)
    if again != data:
        return f"written as {again.hex()}"
    if reader is not None:
        there = written(reader, read(data, writer, reader)[0])
        if there.hex() != resolved:
            return f"resolved to {there.hex()}, not {resolved}"
    return None


def main():
    tried, shown = 0, 0
    for line in sys.stdin:
        question = json.loads(line)
        tried += len(question["values"])
        for found in differences(question):
            if shown < SHOWN_MAX:
                print(json.dumps(found))
            shown += 1
    print(json.dumps({"tried": tried, "differ": shown}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
