"""Reads Avro values with fastavro and writes them again.

    avro_values.py FILE.avsc < values

Each line of standard input is a value in the binary encoding, in hexadecimal.
Each line of standard output is a JSON object: `bytes`, the value written again,
in hexadecimal; `value`, with bytes in hexadecimal, and dates, times, decimals and
uuids as Python prints them. A value that is refused, or that has bytes behind it,
has `error` instead.
"""

import datetime
import decimal
import io
import json
import sys
import uuid

import fastavro


def shown(value):
    """The value as JSON has it."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dict):
        return {key: shown(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shown(item) for item in value]
    if isinstance(value, (datetime.date, datetime.time, decimal.Decimal, uuid.UUID)):
        return str(value)
    return value


def answer(schema, line):
    """What is printed about one value."""
    given = io.BytesIO(bytes.fromhex(line))
    try:
        # Records in a union keep their names, so that the same branch is written again.
        value = fastavro.schemaless_reader(given, schema, None, return_record_name=True)
    except Exception as error:  # fastavro says it in many ways
        return {"error": type(error).__name__}
    if given.read(1):
        return {"error": "bytes behind the value"}
    out = io.BytesIO()
    fastavro.schemaless_writer(out, schema, value)
    return {"bytes": out.getvalue().hex(), "value": shown(value)}


def main(arguments):
    [path] = arguments
    schema = fastavro.schema.load_schema(path)
    for line in sys.stdin:
        print(json.dumps(answer(schema, line.strip()), sort_keys=True, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
