"""Replays witnesses of Avro rules with the PyPI packages `fastavro` and `avro`.

    replay_avro.py < witnesses.jsonl

Each line of standard input is a JSON object:

    id         anything; comes back with the verdict
    old, new   two .avsc texts
    value      a value in Avro's JSON encoding, as text, that the writing side can write
    direction  backward: `old` writes and `new` reads; forward: the reverse
    surface    wire or json
    effect     what must happen; null only asks

Each line of standard output is a JSON object with `id`, `library`, `effect` (what did happen),
`why` and, where an effect was asked for, `holds`. On the wire each library gives a line of its own.

The value is encoded and decoded without logical types, which schema resolution does not look at.
What arrives is then read as each side means it: the writer's bytes under the writer's logical types,
and what the reader holds under the reader's. (Both Python packages would read them by the writer's
logical types, which a reader's own code does not see.)

    ok             the same value
    dropped        a field that was written is not there, or a default stands in its place
    lossy          a number that is nearly the same
    error          the reader refuses
    reinterpreted  another value, without an error

Exit code: 0 where everything asked for holds in at least one library, 1 where not, 2 for a line
that is no witness: a text that is no schema, a value that the writer cannot write.
"""

import copy
import decimal
import io
import json
import math
import sys

import avro.io
import avro.schema
import fastavro

ORDER = ["ok", "dropped", "lossy", "error", "reinterpreted"]
# How near a rounded number is to the one that was written.
NEAR = 1e-3


class InvalidWitness(Exception):
    """The line is no witness."""


def main():
    code = 0
    for line in sys.stdin:
        witness = json.loads(line)
        try:
            verdicts = replay(witness)
        except InvalidWitness as error:
            print(f"error: {witness.get('id')}: {error}", file=sys.stderr)
            return 2
        asked = witness.get("effect")
        for library, (effect, why) in verdicts:
            verdict = {"id": witness.get("id"), "library": library, "effect": effect, "why": why}
            if asked is not None:
                verdict["holds"] = effect == asked
            print(json.dumps(verdict))
        if asked is not None and all(effect != asked for _, (effect, _) in verdicts):
            code = 1
    return code


def replay(witness):
    """What each library does, as pairs of its name and `(effect, why)`."""
    sides = {side: json.loads(witness[side]) for side in ("old", "new")}
    order = ("old", "new") if witness["direction"] == "backward" else ("new", "old")
    writer, reader = (sides[side] for side in order)
    try:
        plain = fastavro.parse_schema(without_logical(writer))
        value = decode_json(witness["value"], plain)
        data = encode(value, plain)
        written = read_as(value, writer)
    except Exception as error:  # Both libraries also raise what they did not think of.
        raise InvalidWitness(f"{type(error).__name__}: {error}") from None
    if witness["surface"] == "json":
        text = encode_json(value, plain)
        return [("fastavro", attempt(lambda: decode_json(text, without_logical(reader)), written, reader))]
    libraries = [("fastavro", by_fastavro), ("avro", by_avro)]
    return [(name, attempt(lambda read=read: read(data, writer, reader), written, reader)) for name, read in libraries]


def attempt(read, written, reader):
    try:
        value = read()
    except Exception as error:
        return "error", f"{type(error).__name__}: {error}"
    return compare(written, read_as(value, reader), "value")


# Values


def without_logical(schema):
    """The schema as resolution sees it."""
    if isinstance(schema, list):
        return [without_logical(branch) for branch in schema]
    if isinstance(schema, dict):
        kept = {key: value for key, value in schema.items() if key not in ("logicalType", "precision", "scale")}
        for key in ("type", "items", "values"):
            if key in kept:
                kept[key] = without_logical(kept[key])
        if "fields" in kept:
            kept["fields"] = [{**field, "type": without_logical(field["type"])} for field in kept["fields"]]
        return kept
    return schema


def encode(value, schema):
    out = io.BytesIO()
    fastavro.schemaless_writer(out, fastavro.parse_schema(copy.deepcopy(schema)), value)
    return out.getvalue()


def encode_json(value, schema):
    out = io.StringIO()
    fastavro.json_writer(out, fastavro.parse_schema(copy.deepcopy(schema)), [value])
    return out.getvalue()


def decode_json(text, schema):
    (value,) = fastavro.json_reader(io.StringIO(text), fastavro.parse_schema(copy.deepcopy(schema)))
    return value


def read_as(value, schema):
    """A plain value as a side with these logical types sees it."""
    data = encode(value, without_logical(schema))
    return fastavro.schemaless_reader(io.BytesIO(data), fastavro.parse_schema(copy.deepcopy(schema)), None)


def by_fastavro(data, writer, reader):
    schemas = [fastavro.parse_schema(without_logical(schema)) for schema in (writer, reader)]
    return fastavro.schemaless_reader(io.BytesIO(data), *schemas)


def by_avro(data, writer, reader):
    schemas = [avro.schema.parse(json.dumps(without_logical(schema))) for schema in (writer, reader)]
    return avro.io.DatumReader(*schemas).read(avro.io.BinaryDecoder(io.BytesIO(data)))


# Comparison


def compare(written, read, path):
    if isinstance(written, dict) and isinstance(read, dict):
        effects = [compare(written[key], read[key], f"{path}.{key}") for key in written if key in read]
        effects += [("dropped", f"{path}.{key} is not there") for key in written if key not in read]
        return worst(effects)
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return worst(compare(one, two, f"{path}[{at}]") for at, (one, two) in enumerate(zip(written, read)))
    if written == read or as_bytes(written) == as_bytes(read):
        return "ok", ""
    why = f"{path} was {written!r} and is {read!r}"
    if isinstance(written, str) and isinstance(read, str):
        return "dropped", f"{why}, a default"
    numbers = (int, float, decimal.Decimal)
    if isinstance(written, numbers) and isinstance(read, numbers) and math.isclose(written, read, rel_tol=NEAR):
        return "lossy", why
    return "reinterpreted", why


def as_bytes(value):
    return value.encode() if isinstance(value, str) else value


def worst(effects):
    return max(effects, key=lambda effect: ORDER.index(effect[0]), default=("ok", ""))


if __name__ == "__main__":
    sys.exit(main())
