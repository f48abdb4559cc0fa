"""Makes messages whose fields stand at the bounds of their types."""

import itertools
import math

from google.protobuf import message_factory
from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import DecodeError

# How deep messages nest, and how many values of one type are made at most.
DEPTH_MAX = 3
VALUES_MAX = 400
INNER_MAX = 40

INT32 = [1, -1, 3, 2**31 - 1, -(2**31)]
INT64 = [1, -1, 3, 5 + 2**40, 2**32, 2**63 - 1, -(2**63)]
UINT32 = [1, 3, 2**31, 2**32 - 1]
UINT64 = [1, 3, 5 + 2**40, 2**32, 2**63, 2**64 - 1]
FLOATS = [1.5, -2.0, 1e10, math.inf, math.nan]
SCALARS = {
    Field.TYPE_BOOL: [True, False],
    Field.TYPE_BYTES: [b"", b"a", b"\x08\x01", b"\x0a\x01a", b"\xff\xfe", b"\x80"],
    Field.TYPE_DOUBLE: [0.0, 0.1, 1e300, *FLOATS],
    Field.TYPE_FIXED32: [0, *UINT32],
    Field.TYPE_FIXED64: [0, *UINT64],
    Field.TYPE_FLOAT: [0.0, *FLOATS],
    Field.TYPE_INT32: [0, *INT32],
    Field.TYPE_INT64: [0, *INT64],
    Field.TYPE_SFIXED32: [0, *INT32],
    Field.TYPE_SFIXED64: [0, *INT64],
    Field.TYPE_SINT32: [0, *INT32],
    Field.TYPE_SINT64: [0, *INT64],
    Field.TYPE_STRING: ["", "a", "1", "\u00e9\U0001f600", "x" * 130],
    Field.TYPE_UINT32: [0, *UINT32],
    Field.TYPE_UINT64: [0, *UINT64],
}
# Numbers that an open enum keeps without a name for them.
NAMELESS = [77, -7]
# A record of length 2 whose bytes are not UTF-8.
NO_TEXT = b"\x02\xc3\x28"


class Values:
    """Values of the messages of one pool."""

    def __init__(self, pool, files):
        self.pool = pool
        self.known = {}
        # Looking a file up by name makes its extensions known.
        for file in files:
            pool.FindFileByName(file)

    def extensions(self, message):
        return sorted(self.pool.FindAllExtensions(message), key=lambda extension: extension.number)

    def of(self, name):
        return self.messages(self.pool.FindMessageTypeByName(name), DEPTH_MAX)

    def messages(self, descriptor, depth):
        """Messages of one type: the empty one, each field at each bound, each two fields together, all of them."""
        key = (descriptor.full_name, depth)
        if key not in self.known:
            made = {}
            for message in itertools.islice(self.make(descriptor, depth), VALUES_MAX):
                made.setdefault(message.SerializeToString(deterministic=True), message)
            self.known[key] = list(made.values())
        return self.known[key]

    def make(self, descriptor, depth):
        least = self.least(descriptor)
        if least is None:
            return
        fields = [*descriptor.fields, *self.extensions(descriptor)]
        values = {field.full_name: self.field(field, depth) for field in fields}
        yield least
        for field in fields:
            for value in values[field.full_name]:
                yield with_fields(least, [(field, value)])
            yield from self.unchecked(field, least)
        for one, two in itertools.combinations(fields, 2):
            for at in (1, 2, 3):
                both = [(field, values[field.full_name][at:][:1]) for field in (one, two)]
                yield with_fields(least, [(field, value[0]) for field, value in both if value])
                yield with_fields(least, [(field, value[0]) for field, value in reversed(both) if value])
        for at in range(6):
            all_fields = [(field, values[field.full_name]) for field in fields]
            yield with_fields(least, [(field, some[at % len(some)]) for field, some in all_fields if some])

    def least(self, descriptor, depth=DEPTH_MAX):
        """A message with its required fields only; none where these go too deep."""
        message = message_factory.GetMessageClass(descriptor)()
        if depth < 0:
            return None
        for field in descriptor.fields:
            if not field.is_required:
                continue
            if field.message_type is not None:
                inner = self.least(field.message_type, depth - 1)
                if inner is None:
                    return None
                set_field(message, field, inner)
            else:
                set_field(message, field, self.scalars(field)[1 if field.enum_type is None else 0])
        return message

    def field(self, field, depth):
        """Values of a field; the second one is no zero."""
        if is_map(field):
            return self.maps(field, depth)
        one = self.single(field, depth)
        if not field.is_repeated:
            return one
        lists = [[], *([value] for value in one), one[:2], [*one[1:2], *one[1:2]], one[-2:], one[:6]]
        return [items for items in lists if items == [] or all(item is not None for item in items)]

    def single(self, field, depth):
        if field.message_type is None:
            return self.scalars(field)
        return self.messages(field.message_type, depth - 1)[:INNER_MAX] if depth > 0 else []

    def scalars(self, field):
        if field.enum_type is None:
            return SCALARS[field.type]
        numbers = [value.number for value in field.enum_type.values]
        return numbers if field.enum_type.is_closed else [*numbers, *NAMELESS]

    def maps(self, field, depth):
        key, item = (field.message_type.fields_by_number[number] for number in (1, 2))
        keys, items = self.single(key, depth), self.single(item, depth)
        if not items:
            return [{}]
        telling = items[1 % len(items)]
        maps = [{one: telling} for one in keys] + [{keys[1]: one} for one in items]
        return [{}, *maps, dict(zip(keys[:3], items[:3]))]

    def unchecked(self, field, least):
        """Text that is not UTF-8, as far as the writer can hold it."""
        for record in no_text(field):
            message = type(least)()
            message.CopyFrom(least)
            try:
                message.MergeFromString(tag(field.number, 2) + record)
            except DecodeError:
                continue
            yield message


def no_text(field):
    """What stands behind the tag of a field with text that is not UTF-8."""
    if field.type == Field.TYPE_STRING:
        yield NO_TEXT
    elif is_map(field):
        key, item = (field.message_type.fields_by_number[number] for number in (1, 2))
        if key.type == Field.TYPE_STRING:
            yield bytes([1 + len(NO_TEXT)]) + tag(1, 2) + NO_TEXT
        if item.type == Field.TYPE_STRING:
            yield bytes([1 + len(NO_TEXT)]) + tag(2, 2) + NO_TEXT


def tag(number, wire_type):
    value = number << 3 | wire_type
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])


def is_map(field):
    return field.is_repeated and field.message_type is not None and field.message_type.GetOptions().map_entry


def with_fields(least, fields):
    message = type(least)()
    message.CopyFrom(least)
    for field, value in fields:
        set_field(message, field, value)
    return message


def set_field(message, field, value):
    if field.is_repeated:
        target = message.Extensions[field] if field.is_extension else getattr(message, field.name)
        if is_map(field):
            for key, item in value.items():
                if field.message_type.fields_by_number[2].message_type is not None:
                    target[key].CopyFrom(item)
                else:
                    target[key] = item
        else:
            target.extend(value)
    elif field.message_type is not None:
        target = message.Extensions[field] if field.is_extension else getattr(message, field.name)
        target.SetInParent()
        target.CopyFrom(value)
    elif field.is_extension:
        message.Extensions[field] = value
    else:
        setattr(message, field.name, value)
