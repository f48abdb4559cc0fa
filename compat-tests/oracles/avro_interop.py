"""Reads and writes Avro data that canread wrote, with two packages of PyPI, and says where the bytes differ.

    avro_interop.py < questions.jsonl

Each line of standard input is a JSON object:

    id        anything; comes back with what is wrong
    schema    the .avsc text under which the data was written
    reader    the .avsc text of a reader, or null
    values    a list of [data, resolved]: hexadecimal digits of the data, and of what the reader's data is when it is
              written again; the second is null without a reader

Of each value: the library reads the data to its last byte, and what it read it writes as the same bytes. With a reader,
it resolves the data, and what comes of that it writes, under the reader's schema, as the same bytes as canread.
`fastavro` is asked about all values. `avro`, which takes longer, is asked about the first AVRO_MAX of a schema, and
without a reader: it does not know the aliases of one. Nor does it tell truth from numbers in a union of both, which
other schemas have too: those it reads, and does not write.

Each line of standard output is a JSON object with `id`, `data`, `library` and `why` of a difference, at most 20; the
last one has `tried`, the number of values, and `differ`.
"""

import io
import json
import sys

import avro.io
import avro.schema
import fastavro

SHOWN_MAX = 20
AVRO_MAX = 20


class Fastavro:
    name = "fastavro"
    resolves = True

    @staticmethod
    def can_write(_schema):
        return True

    @staticmethod
    def schema(text):
        """A schema, with names of its own."""
        return fastavro.parse_schema(json.loads(text), {}, _write_hint=False)

    @staticmethod
    def read(stream, writer, reader=None):
        return fastavro.schemaless_reader(stream, writer, reader)

    @staticmethod
    def write(stream, schema, value):
        fastavro.schemaless_writer(stream, schema, value)


class Avro:
    name = "avro"
    resolves = False

    @staticmethod
    def can_write(schema):
        return not mixes_truth_and_numbers(schema.to_json())

    @staticmethod
    def schema(text):
        return avro.schema.parse(text)

    @staticmethod
    def read(stream, writer):
        return avro.io.DatumReader(writer, writer).read(avro.io.BinaryDecoder(stream))

    @staticmethod
    def write(stream, schema, value):
        avro.io.DatumWriter(schema).write(value, avro.io.BinaryEncoder(stream))


def mixes_truth_and_numbers(schema):
    """Whether there is a union of both in a schema."""
    if isinstance(schema, list):
        has_number = "int" in schema or "long" in schema
        return has_number and "boolean" in schema or any(map(mixes_truth_and_numbers, schema))
    return isinstance(schema, dict) and any(map(mixes_truth_and_numbers, schema.values()))


def differences(question, library, values):
    """What is wrong with some values of a question."""
    writer, reader = library.schema(question["schema"]), None
    if question["reader"] is not None and library.resolves:
        reader = library.schema(question["reader"])
    for data, resolved in values:
        try:
            why = difference(library, bytes.fromhex(data), resolved, writer, reader)
        except Exception as error:  # Whatever the library refuses, canread wrote it.
            why = f"{type(error).__name__}: {error}"
        if why:
            yield {"id": question["id"], "library": library.name, "data": data, "why": why}


def difference(library, data, resolved, writer, reader):
    stream = io.BytesIO(data)
    value = library.read(stream, writer)
    left = len(stream.read())
    if left:
        return f"{left} bytes are left"
    again = written(library, writer, value) if library.can_write(writer) else data
    if again != data:
        return f"written as {again.hex()}"
    if reader is not None:
        there = written(library, reader, library.read(io.BytesIO(data), writer, reader))
        if there.hex() != resolved:
            return f"resolved to {there.hex()}, not {resolved}"
    return None


def written(library, schema, value):
    stream = io.BytesIO()
    library.write(stream, schema, value)
    return stream.getvalue()


def main():
    tried, shown = 0, 0
    for line in sys.stdin:
        question = json.loads(line)
        values = question["values"]
        tried += len(values)
        for library, some in ((Fastavro, values), (Avro, values[:AVRO_MAX])):
            for found in differences(question, library, some):
                if shown < SHOWN_MAX:
                    print(json.dumps(found))
                shown += 1
    print(json.dumps({"tried": tried, "differ": shown}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
