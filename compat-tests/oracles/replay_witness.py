"""Replays witnesses with protoc and the Python runtime of Protobuf.

    replay_witness.py < witnesses.jsonl

Each line of standard input is a JSON object:

    id         anything; comes back with the verdict
    old, new   two .proto texts
    message    full name of the message type in both, or {"old": …, "new": …}
    value      a value in ProtoJSON, as text, that the writing side can write
    bytes      instead of `value`: a message in hexadecimal
    direction  backward: `old` writes and `new` reads; forward: the reverse
    surface    wire or json
    effect     what must happen; null only asks

Each line of standard output is a JSON object with `id`, `effect` (what did
happen), `why` (about which field) and, where an effect was asked for, `holds`.

What the reader holds is compared with what the writer held, field by field:

    ok             the same value
    meaning        the same data under another name, default or presence
    dropped        the value is among the unknown fields, or a default stands in its place
    lossy          a part of the value is left: low bits, the last item, one of several fields
    error          the reader refuses
    reinterpreted  another value, without an error

Of several effects the one furthest down counts.

Exit code: 0 where everything asked for holds, 1 where not, 2 for a line that
is no witness: a text that protoc rejects, a value that the writer cannot write.
"""

import json
import math
import os
import struct
import sys
import tempfile
from importlib import resources

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory, unknown_fields
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import DecodeError, EncodeError, Message
from grpc_tools import protoc

EFFECTS = ["ok", "meaning", "dropped", "lossy", "error", "reinterpreted"]
OK = ("ok", "")

NARROW = {Field.TYPE_INT32, Field.TYPE_UINT32, Field.TYPE_SINT32, Field.TYPE_FIXED32, Field.TYPE_SFIXED32}
NARROW |= {Field.TYPE_ENUM, Field.TYPE_BOOL}
WRAPPERS = {f"google.protobuf.{name}Value" for name in ("Double", "Float", "Int64", "UInt64", "Int32", "UInt32")}
WRAPPERS |= {f"google.protobuf.{name}Value" for name in ("Bool", "String", "Bytes")}


class InvalidWitness(Exception):
    """The line itself cannot be replayed."""


def main():
    holds = True
    schemas = Schemas()
    for line in sys.stdin:
        witness = json.loads(line)
        try:
            effect, why = replay(witness, schemas)
        except InvalidWitness as error:
            print(f"{witness.get('id')}: {error}", file=sys.stderr)
            return 2
        verdict = {"id": witness.get("id"), "effect": effect, "why": why}
        if witness.get("effect") is not None:
            verdict["holds"] = witness["effect"] == effect
            holds = holds and verdict["holds"]
        print(json.dumps(verdict))
    return 0 if holds else 1


def replay(witness, schemas):
    """The worst effect of one witness, with its reason."""
    is_backward = witness["direction"] == "backward"
    writer, reader = ("old", "new") if is_backward else ("new", "old")
    name = witness["message"]
    names = name if isinstance(name, dict) else {"old": name, "new": name}
    written = write(schemas.message(witness[writer], names[writer])(), witness)
    read = schemas.message(witness[reader], names[reader])()
    try:
        transfer(written, read, witness["surface"])
        comparison = Comparison(witness["surface"], is_backward)
        return comparison.messages(written, read)
    except (DecodeError, UnicodeDecodeError, json_format.ParseError) as error:
        return "error", str(error)


def write(message, witness):
    """Fills the writer's message with the value of the witness."""
    try:
        if "bytes" in witness:
            message.ParseFromString(bytes.fromhex(witness["bytes"]))
            if list(unknown_fields.UnknownFieldSet(message)):
                raise InvalidWitness("the writer does not know all of the bytes")
        else:
            json_format.Parse(witness["value"], message)
    except (DecodeError, json_format.ParseError) as error:
        raise InvalidWitness(f"the writer cannot hold the value: {error}") from None
    if not message.IsInitialized():
        raise InvalidWitness("the writer may not leave a required field out")
    return message


def transfer(written, read, surface):
    """From the writer's message to the reader's."""
    if surface == "wire":
        read.ParseFromString(written.SerializeToString(deterministic=True))
    elif surface == "json":
        try:
            text = json_format.MessageToJson(written)
        except (EncodeError, UnicodeDecodeError, json_format.SerializeToJsonError) as error:
            raise InvalidWitness(f"the writer cannot print the value: {error}") from None
        json_format.Parse(text, read)
    else:
        raise InvalidWitness(f"nothing can be replayed on the surface {surface}")
    if not read.IsInitialized():
        raise DecodeError("a required field is missing")


class Comparison:
    """What the reader holds beside what the writer held."""

    def __init__(self, surface, is_backward):
        self.is_wire = surface == "wire"
        self.is_backward = is_backward

    def messages(self, written, read):
        if (written.DESCRIPTOR.full_name in WRAPPERS) != (read.DESCRIPTOR.full_name in WRAPPERS) and not self.is_wire:
            return "reinterpreted", "a wrapper beside another message"
        effects = [OK]
        expected = set()
        for field, value in written.ListFields():
            target = self.target(field, read)
            if target is not None:
                expected.add(target.number)
            effects.append(self.fields(written, field, value, read, target))
        effects += [self.absent(field, written, read) for field in written.DESCRIPTOR.fields]
        for field, _ in read.ListFields():
            if field.number not in expected:
                effects.append(("reinterpreted", f"{field.name} has a value that nobody wrote"))
        return worst(effects)

    def target(self, field, read):
        """The reader's field for data of the writer's field."""
        if field.is_extension:
            pool = read.DESCRIPTOR.file.pool
            try:
                return pool.FindExtensionByNumber(read.DESCRIPTOR, field.number)
            except KeyError:
                return None
        if self.is_wire:
            return read.DESCRIPTOR.fields_by_number.get(field.number)
        names = [known for known in read.DESCRIPTOR.fields if field.json_name in (known.json_name, known.name)]
        return names[0] if names else None

    def fields(self, written, field, value, read, target):
        """What became of one field that the writer had set."""
        name = field.name
        if target is None:
            return self.unknown(written, field, read)
        effects = []
        has_value = any(set_field.number == target.number for set_field, _ in read.ListFields())
        is_unknown = field.number in unknown_numbers(read)
        if is_unknown:
            effects.append(("dropped", f"{name} is among the unknown fields"))
        elif not has_value:
            effects.append(self.missing(field, value, read, target))
        if has_value:
            effects.append(self.identity(field, target, written, read))
            effects.append(self.values(field, value, target, getattr_of(read, target), is_unknown))
        return worst(effects)

    def unknown(self, written, field, read):
        """A field that the reader does not know. What it never knew is no loss, except which case of a oneof is set."""
        oneof = field.containing_oneof
        if self.is_backward or field.name in read.DESCRIPTOR.fields_by_name:
            return "dropped", f"{field.name} is unknown to the reader under that number"
        known = {member.number for one in read.DESCRIPTOR.oneofs for member in one.fields}
        if oneof is not None and any(member.number in known for member in oneof.fields):
            return "meaning", f"{oneof.name} looks unset to the reader"
        return OK

    def identity(self, field, target, written, read):
        """Whether the field that the reader finds is the one that was written."""
        if field.is_extension or (field.name == target.name and field.number == target.number):
            return OK
        if self.is_wire:
            has_moved = field.name in read.DESCRIPTOR.fields_by_name
            if has_moved or target.name in written.DESCRIPTOR.fields_by_name:
                return "reinterpreted", f"{field.name} is read as {target.name}, which was or is another field"
            return "meaning", f"{field.name} is read as {target.name}"
        if field.name != target.name and field.number != target.number:
            return "reinterpreted", f"{field.name} is read as {target.name}"
        return OK

    def missing(self, field, value, read, target):
        """The reader knows the field and holds nothing in it."""
        if target.containing_oneof is not None and read.WhichOneof(target.containing_oneof.name) is not None:
            return "lossy", f"{field.name} gave way to another field of {target.containing_oneof.name}"
        if is_repeated(target) or target.type == Field.TYPE_MESSAGE:
            # Behind another framing its bytes are kept under another number.
            return ("dropped" if unknown_numbers(read) else "lossy"), f"{field.name} is gone"
        kept, why = self.scalars(field, value, target, getattr(read, target.name))
        if kept == "ok":
            return "meaning", f"{field.name} was set to its zero value, and is not set"
        return "dropped", f"{field.name} has its default"

    def absent(self, field, written, read):
        """A field that the writer had not set."""
        if is_repeated(field) or is_set(written, field):
            return OK
        target = self.target(field, read)
        if target is None or is_repeated(target) or is_set(read, target):
            return OK
        if Field.TYPE_MESSAGE in (field.type, target.type) or Field.TYPE_GROUP in (field.type, target.type):
            return OK
        defaults = (getattr(written, field.name), getattr(read, target.name))
        if type(defaults[0]) is type(defaults[1]) and not same_number(*defaults):
            return "meaning", f"absent, {field.name} is {defaults[1]!r} and was {defaults[0]!r}"
        if field.has_presence != target.has_presence:
            return "meaning", f"absent, {field.name} looks {'unset' if target.has_presence else 'zero'}"
        return OK

    def values(self, field, value, target, found, is_partial):
        """Two values that are both there: single ones, lists, maps."""
        kinds = (shape(field), shape(target))
        if kinds == ("map", "map"):
            return self.maps(field, dict(value), target, dict(found))
        if kinds == ("map", "list"):
            value, field = entries(value, field)
            return self.entry_lists(field, value, target, found)
        if kinds == ("list", "map"):
            found, target = entries(found, target)
            return self.entry_lists(field, value, target, found)
        if kinds == ("map", "single") and isinstance(found, Message):
            value, field = entries(value, field)
            many = OK if len(value) == 1 else ("reinterpreted", f"{field.name}: several entries became one message")
            return worst([many, self.pairs(value[-1], found)])
        if kinds == ("single", "map") and isinstance(value, Message):
            found, target = entries(found, target)
            return self.entry_lists(field, [value], target, found)
        if "map" in kinds:
            return "reinterpreted", f"{field.name}: a map beside something else"
        values = list(value) if kinds[0] == "list" else [value]
        founds = list(found) if kinds[1] == "list" else [found]
        kept = self.some(field, values, target, founds) if len(founds) < len(values) else None
        if kept is not None:
            fewer = "dropped" if is_partial and kinds[1] == "list" else "lossy"
            return worst([(fewer, f"{field.name} has fewer items"), *kept])
        if kinds[1] == "single":
            return self.scalars(field, values[-1], target, founds[0])
        if len(founds) != len(values):
            return "reinterpreted", f"{field.name} has other items"
        return worst([self.scalars(field, one, target, two) for one, two in zip(values, founds)])

    def some(self, field, values, target, founds):
        """What became of some of the values, if what the reader holds are some of them in their order."""
        left = iter(values)
        effects = []
        for found in founds:
            judged = (self.scalars(field, one, target, found) for one in left)
            match = next((effect for effect in judged if effect[0] in ("ok", "lossy")), None)
            if match is None:
                return None
            effects.append(match)
        return effects

    def maps(self, field, value, target, found):
        """Two maps: a key that changed is another entry, a value that went is a default."""
        (key, item), (target_key, target_item) = entry(field), entry(target)
        effects = [OK]
        left = dict(found)
        for one, two in value.items():
            match = next((other for other in left if self.is_same_key(key, one, target_key, other)), None)
            if match is None:
                effects.append(("dropped" if not left else "reinterpreted", f"{field.name} has no key {one!r}"))
                continue
            other = left.pop(match)
            effects.append(self.items(item, two, target_item, other))
        if left:
            effects.append(("reinterpreted", f"{field.name} has keys that nobody wrote"))
        return worst(effects)

    def is_same_key(self, field, key, target, found):
        if self.scalars(field, key, target, found)[0] == "ok":
            return True
        # In JSON every key is text.
        return not self.is_wire and key_text(key) == key_text(found)

    def entry_lists(self, field, value, target, found):
        """Entries as pairs of key and value, whichever side is the map."""
        value, found = list(value), list(found)
        if len(value) != len(found):
            return "lossy", f"{field.name} has another number of entries"
        left = found
        effects = [OK]
        for one in value:
            judged = [self.pairs(one, two) for two in left]
            best = min(range(len(judged)), key=lambda at: EFFECTS.index(judged[at][0]))
            effects.append(judged[best])
            del left[best]
        return worst(effects)

    def pairs(self, one, two):
        """An entry of a map (two fields with values) beside a message, either way round."""
        effects = [OK]
        for number in (1, 2):
            (field, value), (target, found) = part(one, number), part(two, number)
            if field is None:
                effects.append(OK)
            elif target is None:
                effects.append(("dropped", f"{field.name} is unknown to the reader"))
            else:
                effects.append(self.items(field, value, target, found))
        if isinstance(one, Message) and any(field.number > 2 for field, _ in one.ListFields()):
            effects.append(("dropped", "an entry of a map has only key and value"))
        return worst(effects)

    def items(self, field, value, target, found):
        """A value in an entry, where what is not there is a default."""
        if is_empty(value) and is_empty(found):
            return OK
        effect, why = self.scalars(field, value, target, found)
        is_default = not isinstance(found, Message) and not found
        return ("dropped", f"{field.name} has its default") if effect != "ok" and is_default else (effect, why)

    def scalars(self, field, value, target, found):
        """Two single values."""
        if isinstance(value, Message) and isinstance(found, Message):
            return self.messages(value, found)
        if not self.is_wire:
            value, found = unwrapped(value), unwrapped(found)
        numbers = (bool, int, float)
        if isinstance(value, numbers) and isinstance(found, numbers):
            return self.numbers(field, value, target, found)
        if self.is_same_text(field, value, target, found):
            return OK
        if isinstance(value, numbers) or isinstance(found, numbers) or is_text_beside_message(value, found):
            return "reinterpreted", f"{field.name}: {value!r} became {found!r}"
        if as_bytes(value) == as_bytes(found):
            return OK
        return "reinterpreted", f"{field.name}: {value!r} became {found!r}"

    def is_same_text(self, field, value, target, found):
        """Digits, names and times stand in quotes in JSON: there they are the text that they look like."""
        if self.is_wire:
            return False
        if isinstance(found, str):
            return json_text(field, value) == found
        return isinstance(value, str) and json_text(target, found) == value

    def numbers(self, field, value, target, found):
        said = f"{field.name}: {value!r} became {found!r}"
        if same_number(value, found):
            return self.enum_names(field, value, target, found)
        if isinstance(value, float) or isinstance(found, float):
            is_rounded = not self.is_wire and rounded(value) == rounded(found)
            if is_rounded and target.type == Field.TYPE_DOUBLE and field.type == Field.TYPE_FLOAT:
                return OK
            return ("lossy" if is_rounded else "reinterpreted"), said
        if target.type == Field.TYPE_BOOL:
            return ("lossy" if found == bool(value) else "reinterpreted"), said
        is_cut = field.type not in NARROW and target.type in NARROW and (value - found) % 2**32 == 0
        return ("lossy" if is_cut else "reinterpreted"), said

    def enum_names(self, field, value, target, found):
        """One number under two names: a rename, unless either side has the other's name under another number."""
        if Field.TYPE_ENUM != field.type or Field.TYPE_ENUM != target.type:
            return OK
        name = field.enum_type.values_by_number.get(value)
        other = target.enum_type.values_by_number.get(found)
        if name is None or other is None or name.name == other.name:
            return OK
        if has_elsewhere(target, name) or has_elsewhere(field, other):
            return "reinterpreted", f"{field.name}: {name.name} became {other.name}"
        return "meaning", f"{field.name}: {name.name} is called {other.name}"


def has_elsewhere(field, value):
    """Whether the enum of a field has the name of a value under another number."""
    return any(known.name == value.name and known.number != value.number for known in field.enum_type.values)


# Values


def worst(effects):
    return max(effects, key=lambda effect: EFFECTS.index(effect[0]))


def is_repeated(field):
    return field.is_repeated


def is_set(message, field):
    return any(known.number == field.number for known, _ in message.ListFields())


def getattr_of(message, field):
    return message.Extensions[field] if field.is_extension else getattr(message, field.name)


def unknown_numbers(message):
    return {field.field_number for field in unknown_fields.UnknownFieldSet(message)}


def shape(field):
    if not is_repeated(field):
        return "single"
    is_map = field.type == Field.TYPE_MESSAGE and field.message_type.GetOptions().map_entry
    return "map" if is_map else "list"


def entry(field):
    """Key and value fields of a map."""
    return field.message_type.fields_by_number[1], field.message_type.fields_by_number[2]


def entries(value, field):
    """A map as a list of entries."""
    key, item = entry(field)
    return [((key, one), (item, two)) for one, two in value.items()], field


def part(one, number):
    """Field and value of an entry, under 1 or 2."""
    if not isinstance(one, Message):
        return one[number - 1]
    field = one.DESCRIPTOR.fields_by_number.get(number)
    return (None, None) if field is None else (field, getattr(one, field.name))


def is_empty(value):
    return not value.ListFields() if isinstance(value, Message) else not value


def is_text_beside_message(one, two):
    return (isinstance(one, str) and isinstance(two, Message)) or (isinstance(one, Message) and isinstance(two, str))


def json_text(field, value):
    """The text between the quotes of a JSON string, for values that stand in quotes."""
    if isinstance(value, Message):
        return json_format.MessageToDict(value)
    if field.type == Field.TYPE_ENUM:
        named = field.enum_type.values_by_number.get(value)
        return named.name if named else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None


def key_text(key):
    return str(key).lower() if isinstance(key, bool) else str(key)


def unwrapped(value):
    is_wrapper = isinstance(value, Message) and value.DESCRIPTOR.full_name in WRAPPERS
    return value.value if is_wrapper else value


def same_number(one, two):
    if isinstance(one, float) and isinstance(two, float) and math.isnan(one) and math.isnan(two):
        return True
    return one == two


def rounded(value):
    try:
        return struct.pack("<f", value)
    except OverflowError:
        return None


def as_bytes(value):
    if isinstance(value, Message):
        return value.SerializePartialToString(deterministic=True)
    return value.encode("utf-8", "surrogateescape") if isinstance(value, str) else bytes(value)


# Schemas


class Schemas:
    """Message types by schema text; each text is compiled once."""

    def __init__(self):
        self.pools = {}

    def message(self, text, name):
        if text not in self.pools:
            self.pools[text] = compile_text(text)
        try:
            return message_factory.GetMessageClass(self.pools[text].FindMessageTypeByName(name))
        except KeyError:
            raise InvalidWitness(f"no message {name} in the schema") from None


def compile_text(text):
    with tempfile.TemporaryDirectory() as folder:
        source, out = os.path.join(folder, "schema.proto"), os.path.join(folder, "set.binpb")
        with open(source, "w", encoding="utf-8") as file:
            file.write(text)
        include = str(resources.files("grpc_tools") / "_proto")
        arguments = ["protoc", f"-I{folder}", f"-I{include}", "--include_imports", f"--descriptor_set_out={out}"]
        said = run_protoc([*arguments, "schema.proto"], os.path.join(folder, "log.txt"))
        if said is not None:
            raise InvalidWitness(f"protoc rejects the schema: {said}\n{text}")
        with open(out, "rb") as file:
            files = descriptor_pb2.FileDescriptorSet.FromString(file.read()).file
    pool = descriptor_pool.DescriptorPool()
    for file in files:
        pool.Add(file)
    return pool


def run_protoc(arguments, log):
    """None, or what protoc said about an error. It is C++ and does not know `sys.stderr`."""
    sys.stderr.flush()
    saved = os.dup(2)
    with open(log, "wb") as file:
        os.dup2(file.fileno(), 2)
    try:
        status = protoc.main(arguments)
    finally:
        os.dup2(saved, 2)
        os.close(saved)
    if status == 0:
        return None
    with open(log, encoding="utf-8", errors="replace") as file:
        return file.read()


if __name__ == "__main__":
    sys.exit(main())
