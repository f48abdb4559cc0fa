"""Reads and writes Avro data that canread wrote, with two packages of PyPI, and says where the bytes differ.

    avro_interop.py < questions.jsonl

Each line of standard input is a JSON object:

    id        anything; comes back with what is wrong
    schema    the .avsc text under which the data was written
    reader    the .avsc text of a reader, or null
    values    a list of [data, resolved, json]: hexadecimal digits of the data, and of what the reader's data is when it is
              written again, null without a reader; the text that the value is in Avro's JSON encoding, or null

Of each value: the library reads the data to its last byte, and what it read it writes as the same bytes. With a reader,
it resolves the data, and what comes of that it writes, under the reader's schema, as the same bytes as canread.
`fastavro` is asked about all values. `avro`, which takes longer, is asked about the first AVRO_MAX of a schema, and
without a reader: it does not know the aliases of one. Nor does it tell truth from numbers in a union of both, and what is no
text it takes for that of a uuid in a union with one, and fails: schemas with such unions it reads, and does not write. Logical
types that it does not know (`duration`, a uuid of a fixed, nanoseconds, local times) are what they are made of to it, and those
that `fastavro` does not know to that. `fastavro` writes the same JSON, but for the words of what
is no finite number, which JSON does not have. Schemas that its writer of JSON fails on by an error of
its own (records that hold themselves are some) are left out of that. What its reader of JSON makes of our text it writes as
the same bytes, with the same exceptions, and where it reads what it writes itself: some unions it does not.

Each line of standard output is a JSON object with `id`, `data`, `library` and `why` of a difference, at most 20, or with `id`,
`data` and `text`: what the library writes in the JSON encoding, of the first TEXTS_MAX values of a schema for which that is JSON. The
last one has `tried`, the number of values, `json`, of how many the text was compared, `read`, of how many ours was read, and
`differ`.
"""

import io
import json
import struct
import sys
import warnings

import avro.errors
import avro.io
import avro.schema
import fastavro

SHOWN_MAX = 20
AVRO_MAX = 20
TEXTS_MAX = 10

# What Java writes for what is no finite number, and so do we; fastavro has the words without quotes.
NOT_FINITE = ('"NaN"', '"Infinity"', '"-Infinity"')

# How many values were compared in the JSON encoding, and how many of our texts were read.
COMPARED = {"json": 0, "read": 0}


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
        return not any(mixes_truth_and_numbers(union) or has_uuid(union) for union in unions(schema.to_json()))

    @staticmethod
    def schema(text):
        return avro.schema.parse(text)

    @staticmethod
    def read(stream, writer):
        return avro.io.DatumReader(writer, writer).read(avro.io.BinaryDecoder(stream))

    @staticmethod
    def write(stream, schema, value):
        avro.io.DatumWriter(schema).write(value, avro.io.BinaryEncoder(stream))


def unions(schema):
    """All unions of a schema."""
    if isinstance(schema, list):
        yield schema
    inner = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
    for one in inner:
        yield from unions(one)


def mixes_truth_and_numbers(union):
    kinds = [branch["type"] if isinstance(branch, dict) else branch for branch in union]
    return "boolean" in kinds and any(number in kinds for number in ("int", "long", "float", "double"))


def has_uuid(union):
    """Whether a uuid stands beside more than null in a union."""
    others = [branch for branch in union if branch != "null"]
    return len(others) > 1 and any(
        isinstance(branch, dict) and (branch["type"], branch.get("logicalType")) == ("string", "uuid") for branch in others
    )


def differences(question, library, values):
    """What is wrong with some values of a question."""
    writer, reader = library.schema(question["schema"]), None
    if question["reader"] is not None and library.resolves:
        reader = library.schema(question["reader"])
    texts = 0
    for data, resolved, text in values:
        try:
            why = difference(library, bytes.fromhex(data), resolved, writer, reader)
            if why is None and library is Fastavro and text is not None:
                why, theirs = difference_of_text(bytes.fromhex(data), text, writer, '"float"' in question["schema"])
                if theirs is not None and texts < TEXTS_MAX and is_json(theirs):
                    texts += 1
                    yield {"id": question["id"], "library": library.name, "data": data, "text": theirs}
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


def is_json(text):
    """Whether a text has none of the words for what is no finite number, which JSON does not have."""

    def refused(word):
        raise ValueError(word)

    try:
        json.loads(text, parse_constant=refused)
    except ValueError:
        return False
    return True


def short(digits):
    """A number as 32 bits have it."""
    try:
        return struct.unpack("<f", struct.pack("<f", float(digits)))[0]
    except OverflowError:
        return float(digits)


def difference_of_text(data, text, schema, has_floats):
    """What is wrong with a value in the JSON encoding, and the library's own text of it."""
    value = Fastavro.read(io.BytesIO(data), schema)
    out = io.StringIO()
    try:
        fastavro.json_writer(out, schema, [value])
    except Exception:
        return None, None
    COMPARED["json"] += 1
    # A `float` has more digits here, as 64 bits would.
    number = short if has_floats else float
    there, here = (json.loads(one, parse_constant=str, parse_float=number) for one in (out.getvalue(), text))
    if there != here:
        return f"in JSON {out.getvalue()}, not {text}", None
    return difference_of_read(data, text, out.getvalue(), schema), out.getvalue()


def difference_of_read(data, text, theirs, schema):
    """What is wrong with what is read from our text, if the library reads its own."""
    if any(word in text for word in NOT_FINITE):
        return None
    try:
        if read(theirs, schema) != data:
            return None
    except Exception:
        return None
    COMPARED["read"] += 1
    again = read(text, schema)
    return None if again == data else f"the text {text} is read as {again.hex()}"


def read(text, schema):
    """What is read from a text, as bytes."""
    [value] = fastavro.json_reader(io.StringIO(text), schema)
    return written(Fastavro, schema, value)


def written(library, schema, value):
    stream = io.BytesIO()
    library.write(stream, schema, value)
    return stream.getvalue()


def main():
    # Logical types that `avro` does not know.
    warnings.simplefilter("ignore", avro.errors.IgnoredLogicalType)
    tried, shown = 0, 0
    COMPARED.update(json=0, read=0)
    for line in sys.stdin:
        question = json.loads(line)
        values = question["values"]
        tried += len(values)
        for library, some in ((Fastavro, values), (Avro, values[:AVRO_MAX])):
            for found in differences(question, library, some):
                if "text" in found or shown < SHOWN_MAX:
                    print(json.dumps(found))
                shown += "why" in found
    print(json.dumps({"tried": tried, **COMPARED, "differ": shown}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
