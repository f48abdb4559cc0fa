"""Replays witnesses of Avro rules with the PyPI packages `fastavro` and `avro`, and with Avro's Java library.

    replay_avro.py < witnesses.jsonl

Each line of standard input is a JSON object:

    id         anything; comes back with the verdict
    old, new   two .avsc texts
    value      a value in Avro's JSON encoding, as text, that the writing side can write; without one,
               many values are made, and the worst that happens to any of them counts
    values     how many are made, if not the usual number
    direction  backward: `old` writes and `new` reads; forward: the reverse
    surface    wire or json
    effect     what must happen; null only asks

Each line of standard output is a JSON object with `id`, `library`, `effect` (what did happen),
`why` and, where an effect was asked for, `holds`. On the wire each library gives a line of its own.
Java is asked where `CANREAD_AVRO_JAVA` names the folder that `mvn compile` made of `avro_java`.

The value is encoded and decoded without logical types, which schema resolution does not look at.
What arrives is then read as each side means it: the writer's bytes under the writer's logical types,
and what the reader holds under the reader's. (Both Python packages would read them by the writer's
logical types, which a reader's own code does not see.)

    ok             the same value; a new field that an old reader never knew is no loss
    meaning        the same number or bytes, which only one side takes for a date, time or decimal
    dropped        a field that was written is not there, or a default stands in its place
    lossy          a number that is nearly the same
    error          the reader refuses
    reinterpreted  another value, without an error

Exit code: 0 where everything asked for holds in at least one library, 1 where not, 2 for a line
that is no witness: a text that is no schema, a value that the writer cannot write.
"""

import base64
import copy
import decimal
import io
import json
import math
import os
import random
import subprocess
import sys
import uuid

import avro.io
import avro.schema
import fastavro

ORDER = ["ok", "meaning", "dropped", "lossy", "error", "reinterpreted"]
# How near a rounded number is to the one that was written.
NEAR = 1e-3
# How many values are made where none is given.
VALUES = 60


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
    plain = without_logical(writer)
    try:
        fastavro.parse_schema(copy.deepcopy(plain))
        given = "value" in witness
        values = [decode_json(witness["value"], plain)] if given else made(writer, plain, witness.get("values", VALUES))
        if not given and not values:
            raise ValueError("no value could be made")
        verdicts = {}
        for value in values:
            for library, effect in transfer(value, writer, reader, witness):
                known = verdicts.get(library, ("ok", ""))
                verdicts[library] = worst([known, effect])
        return list(verdicts.items())
    except NoValue:
        libraries = ["fastavro"] if witness["surface"] == "json" else [name for name, _ in on_the_wire()]
        return [(library, ("ok", "the writer has no value to write")) for library in libraries]
    except Exception as error:  # Both libraries also raise what they did not think of.
        raise InvalidWitness(f"{type(error).__name__}: {error}") from None


def transfer(value, writer, reader, witness):
    """What becomes of one value, by library."""
    plain = without_logical(writer)
    data, written = encode(value, plain), read_as(value, writer)
    is_backward = witness["direction"] == "backward"
    if witness["surface"] == "json":
        text = encode_json(value, plain)
        return [("fastavro", attempt(lambda: decode_json(text, without_logical(reader)), written, reader, is_backward))]
    return [
        (name, attempt(lambda read=read: read(data, writer, reader), written, reader, is_backward))
        for name, read in on_the_wire()
    ]


def on_the_wire():
    """Who reads bytes, and how."""
    libraries = [("fastavro", by_fastavro), ("avro", by_avro)]
    if "CANREAD_AVRO_JAVA" in os.environ:
        libraries.append(("java", by_java))
    return libraries


def attempt(read, written, reader, is_backward):
    try:
        # Not every library looks whether what it read is of the reader's schema: whoever writes it on does.
        value = read_as(read(), reader)
    except Exception as error:
        return "error", f"{type(error).__name__}: {error}"
    return compare(written, value, "value", is_backward)


# Values


class NoValue(Exception):
    """A schema that has no value: an enum without symbols, and what needs one."""


def made(writer, plain, count):
    """Values of a schema, always the same ones: those that its logical types do not allow are left out."""
    choice, values, names = random.Random(1), [], {}
    collect(plain, names, "")
    for _ in range(count):
        try:
            value = one(plain, choice, names, "", 0)
            if encode(read_as(value, writer), writer) == encode(value, plain):
                values.append(value)
        except NoValue:
            raise
        except Exception:  # Both libraries also raise what they did not think of.
            continue
    return values


PRIMITIVES = {
    "null": [None],
    "boolean": [True, False],
    "int": [0, 1, -1, 5, 1000, 20000, 2**24 + 1],
    "long": [0, 1, -1, 5, 1000, 2**24 + 1, 2**33, 1700000000000, 2**53 + 1],
    "float": [0.0, 0.5, -3.25],
    "double": [0.0, 0.5, 0.1, 1e300],
    "string": ["", "a", "\u00e9", "6ba7b810-9dad-11d1-80b4-00c04fd430c8"],
    "bytes": [b"", b"a", b"\x04\xd2", b"\x01\xe2@", b"\x00\xff", b"\x02T\x0b\xe4\x01"],
}


def full(name, space):
    return name if "." in name or not space else f"{space}.{name}"


def collect(schema, names, space):
    """Named types by full name, each with the namespace inside it."""
    if isinstance(schema, list):
        for branch in schema:
            collect(branch, names, space)
    elif isinstance(schema, dict):
        if "name" in schema:
            name = full(schema["name"], schema.get("namespace", space))
            space = name.rpartition(".")[0]
            names[name] = (schema, space)
        for inner in [schema.get("items"), schema.get("values"), *[field["type"] for field in schema.get("fields", [])]]:
            collect(inner, names, space)


def one(schema, choice, names, space, depth):
    if isinstance(schema, list):
        branches = [branch for branch in schema if branch != "null"] if depth < 3 else []
        return one(choice.choice([*branches, *schema]), choice, names, space, depth + 1)
    if isinstance(schema, str):
        if schema in PRIMITIVES:
            return choice.choice(PRIMITIVES[schema])
        schema, space = names[full(schema, space)]
    kind = schema["type"]
    if kind in ("record", "error"):
        space = full(schema["name"], schema.get("namespace", space)).rpartition(".")[0]
        return {field["name"]: one(field["type"], choice, names, space, depth + 1) for field in schema["fields"]}
    if kind == "enum":
        if not schema["symbols"]:
            raise NoValue
        return choice.choice(schema["symbols"])
    if kind == "fixed":
        return bytes(choice.choice((0, 7)) if at == schema["size"] - 1 else 0 for at in range(schema["size"]))
    if kind in ("array", "map"):
        inner = [one(schema["items" if kind == "array" else "values"], choice, names, space, depth + 1) for _ in range(2)]
        return inner if kind == "array" else dict(zip("ab", inner))
    return one(kind, choice, names, space, depth)


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


class Refused(Exception):
    """What another process did not read, and why."""


JAVA = []


def by_java(data, writer, reader):
    plain = [without_logical(schema) for schema in (writer, reader)]
    question = {"writer": json.dumps(plain[0]), "reader": json.dumps(plain[1]), "data": base64.b64encode(data).decode()}
    try:
        (java,) = JAVA or [start_java()]
        java.stdin.write(json.dumps(question) + "\n")
        java.stdin.flush()
        answer = json.loads(java.stdout.readline())
    except (OSError, ValueError) as error:
        # Not an answer of the library: nothing that is said after this would be true.
        raise SystemExit(f"error: Java does not answer: {error}") from None
    if "error" in answer:
        raise Refused(answer["error"])
    return fastavro.schemaless_reader(io.BytesIO(base64.b64decode(answer["data"])), fastavro.parse_schema(plain[1]), None)


def start_java():
    folder = os.environ["CANREAD_AVRO_JAVA"]
    path = os.pathsep.join(os.path.join(folder, part) for part in ("classes", os.path.join("jars", "*")))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    # It ends with this process, which closes its input.
    JAVA.append(subprocess.Popen(["java", "-cp", path, "ResolveAvro"], text=True, encoding="utf-8", **pipes))
    return JAVA[0]


# Comparison


def compare(written, read, path, is_backward):
    if isinstance(written, dict) and isinstance(read, dict):
        effects = [compare(written[key], read[key], f"{path}.{key}", is_backward) for key in written if key in read]
        # What goes by another name on the reader's side has the same value, unless it is a default.
        others = [value for key, value in read.items() if key not in written]
        for key in written:
            is_found = key in read or any(same(written[key], value) for value in others)
            if not is_found and (is_backward or others):
                effects.append(("dropped", f"{path}.{key} is not there"))
        return worst(effects)
    if isinstance(written, list) and isinstance(read, list) and len(written) == len(read):
        return worst(compare(*pair, f"{path}[{at}]", is_backward) for at, pair in enumerate(zip(written, read)))
    if same(written, read):
        return "ok", ""
    why = f"{path} was {written!r} and is {read!r}"
    if isinstance(written, str) and isinstance(read, str):
        return "dropped", f"{why}, a default"
    numbers = (int, float, decimal.Decimal)
    if isinstance(written, numbers) and isinstance(read, numbers) and math.isclose(written, read, rel_tol=NEAR):
        return "lossy", why
    if isinstance(written, (int, bytes)) != isinstance(read, (int, bytes)) and not isinstance(read, (float, str)):
        return "meaning", why
    return "reinterpreted", why


def same(written, read):
    return written == read or as_bytes(written) == as_bytes(read)


def as_bytes(value):
    # A UUID is the text that it is written as.
    text = str(value) if isinstance(value, uuid.UUID) else value
    return text.encode() if isinstance(text, str) else text


def worst(effects):
    return max(effects, key=lambda effect: ORDER.index(effect[0]), default=("ok", ""))


if __name__ == "__main__":
    sys.exit(main())
