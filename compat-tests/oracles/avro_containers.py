"""Reads object container files that canread wrote, and writes the same records, with the PyPI packages `fastavro` and `avro`.

    avro_containers.py < questions.jsonl

Each line of standard input is a JSON object:

    id           anything; comes back
    file         hexadecimal digits of a container file
    records      a list of the hexadecimal digits of each record in it
    codec        how its blocks are compressed
    block_bytes  how large its blocks are
    avro         whether `avro` is asked too

Each line of standard output is a JSON object with `id`, `why` (what is wrong with the file, or null) and `files`: pairs of a
library's name and the hexadecimal digits of a file with the same records, codec, size of blocks and sync marker.
"""

import io
import json
import sys

import fastavro
from avro import datafile
from avro import io as avro_io
from avro import schema as avro_schema

MARKER = b"0123456789abcdef"


def record_bytes(schema, value):
    stream = io.BytesIO()
    fastavro.schemaless_writer(stream, schema, value)
    return stream.getvalue().hex()


def by_fastavro(question, answer):
    """Reads the file, compares its records, and writes them anew."""
    reader = fastavro.reader(io.BytesIO(bytes.fromhex(question["file"])))
    text = reader.metadata["avro.schema"]
    schema = fastavro.parse_schema(json.loads(text), {}, _write_hint=False)
    values = list(reader)
    codec = reader.metadata.get("avro.codec", "null")
    if codec != question["codec"]:
        answer["why"] = f"the codec is {codec}"
    elif [record_bytes(schema, value) for value in values] != question["records"]:
        answer["why"] = "other records"
    out = io.BytesIO()
    fastavro.writer(
        out, schema, values, codec=question["codec"], sync_interval=question["block_bytes"], sync_marker=MARKER
    )
    answer["files"].append(["fastavro", out.getvalue().hex()])


def by_avro(question, answer):
    """The same with `avro`, which is slow."""
    reader = datafile.DataFileReader(io.BytesIO(bytes.fromhex(question["file"])), avro_io.DatumReader())
    schema = avro_schema.parse(reader.schema)
    values = list(reader)
    if len(values) != len(question["records"]):
        answer["why"] = f"avro reads {len(values)} records"
    out = io.BytesIO()
    writer = datafile.DataFileWriter(out, avro_io.DatumWriter(), schema, codec=question["codec"])
    for value in values:
        writer.append(value)
    writer.flush()
    answer["files"].append(["avro", out.getvalue().hex()])


def main():
    for line in sys.stdin:
        question = json.loads(line)
        answer = {"id": question["id"], "why": None, "files": []}
        try:
            by_fastavro(question, answer)
            if question["avro"] and answer["why"] is None:
                by_avro(question, answer)
        except Exception as error:  # Whatever a library refuses, canread wrote it.
            answer["why"] = f"{type(error).__name__}: {error}"
        print(json.dumps(answer))


if __name__ == "__main__":
    main()
