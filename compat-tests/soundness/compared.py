"""The comparison of `replay_witness.py`, made fit for any value of any pair of schemas.

What a witness never is and a generated value may be: a list with entries of which a part
arrives, a map beside one message, an extension beside a field, an enum value in JSON, which
goes by its name.
"""

from google.protobuf.descriptor import FieldDescriptor as Field
from google.protobuf.message import Message
from replay_witness import OK, WRAPPERS, Comparison, entry, worst
from values import is_map


class Compared(Comparison):
    def messages(self, written, read):
        if (written.DESCRIPTOR.full_name in WRAPPERS) != (read.DESCRIPTOR.full_name in WRAPPERS) and not self.is_wire:
            return "reinterpreted", "a wrapper beside another message"
        effects = [OK]
        expected = {}
        for field, value in written.ListFields():
            target = self.target(field, read)
            if target is not None:
                expected[target.number] = target
            effects.append(self.fields(written, field, value, read, target))
        effects += [self.absent(field, written, read) for field in written.DESCRIPTOR.fields]
        found = [(target, value) for target, value in read.ListFields() if target.number not in expected]
        effects += [self.unwritten(written, target, value, read) for target, value in found]
        return worst(effects)

    def unwritten(self, written, target, value, read):
        """A value of a field that the writer had not set: in JSON its zero value may stand there nevertheless."""
        why = f"{target.name} has a value that nobody wrote"
        if self.is_wire:
            return "reinterpreted", why
        if isinstance(value, Message) or target.is_repeated:
            return ("meaning" if not value or not value.ByteSize() else "reinterpreted"), why
        absent = [field for field in written.DESCRIPTOR.fields if self.target(field, read) is target]
        if absent and absent[0].message_type is None and not absent[0].is_repeated:
            effect = self.scalars(absent[0], getattr(written, absent[0].name), target, value)
            return ("meaning", why) if effect == OK else effect
        return ("reinterpreted" if value else "meaning"), why

    def target(self, field, read):
        """On the wire a number is all that tells, be it a field's or an extension's; in JSON a full name."""
        pool = read.DESCRIPTOR.file.pool
        if self.is_wire:
            known = read.DESCRIPTOR.fields_by_number.get(field.number)
            return known or found_extension(read, lambda: pool.FindExtensionByNumber(read.DESCRIPTOR, field.number))
        if field.is_extension:
            return found_extension(read, lambda: pool.FindExtensionByName(field.full_name))
        return super().target(field, read)

    def unknown(self, written, field, read):
        pool = read.DESCRIPTOR.file.pool
        if field.is_extension:
            is_known = found_extension(read, lambda: pool.FindExtensionByName(field.full_name)) is not None
            is_lost = self.is_backward or is_known
            return ("dropped", f"{field.name} is unknown to the reader under that number") if is_lost else OK
        return super().unknown(written, field, read)

    def absent(self, field, written, read):
        target = self.target(field, read)
        return OK if target is not None and target.is_extension else super().absent(field, written, read)

    def identity(self, field, target, written, read):
        """Only what arrives is taken for another field."""
        if not any(known.number == target.number for known, _ in read.ListFields()):
            return OK
        both = field.is_extension and target.is_extension
        if not field.is_extension and not target.is_extension:
            return super().identity(field, target, written, read)
        # An extension goes by its full name: of two that only have another one, neither is elsewhere too.
        is_one = field.full_name == target.full_name if both else field.name == target.name
        if is_one or not (namesake(field, read) or namesake(target, written)):
            return OK
        return "reinterpreted", f"{field.name} is read as {target.name}, which was or is another field"

    def missing(self, field, value, read, target):
        """The reader's field may be a single one, and the last item of a list its zero value."""
        if target.is_repeated or target.message_type is not None:
            return super().missing(field, value, read, target)
        if target.is_extension:
            # What stands in its place is a default; which one plays no part.
            return "dropped", f"{field.name} has its default"
        if target.containing_oneof is not None and read.WhichOneof(target.containing_oneof.name) is not None:
            return super().missing(field, value, read, target)
        if field.is_repeated and len(value) > 1:
            return "lossy", f"{field.name} had several values"
        items = value.values() if is_map(field) else value if field.is_repeated else [value]
        kept = worst([self.scalars(field, item, target, getattr(read, target.name)) for item in items])
        if kept[0] in ("ok", "meaning"):
            return "meaning", f"{field.name} was set to its zero value, and is not set"
        return "dropped", f"{field.name} has its default"

    def values(self, field, value, target, found, is_partial):
        if is_map(field) == is_map(target):
            return super().values(field, value, target, found, is_partial)
        other = target if is_map(field) else field
        if other.message_type is None:
            return "reinterpreted", f"{field.name}: a map beside other values"
        one = pairs_of(field, value)
        two = pairs_of(target, found)
        if not target.is_repeated and len(one) > 1:
            return "reinterpreted", f"{field.name}: several entries became one message"
        if len(two) < len(one):
            kept = worst([min_effect(self, pair, one) for pair in two])
            fewer = "dropped" if is_partial and other is not target else "lossy"
            return worst([(fewer, f"{field.name} has fewer entries"), kept])
        return self.entry_lists(field, one, target, two)

    def some(self, field, values, target, founds):
        """What became of some of the values; one under another name is the same one."""
        left = iter(values)
        effects = []
        for found in founds:
            judged = (self.scalars(field, one, target, found) for one in left)
            match = next((effect for effect in judged if effect[0] in ("ok", "meaning", "lossy")), None)
            if match is None:
                return None
            effects.append(match)
        return effects

    def maps(self, field, value, target, found):
        """An entry that is gone is dropped; one that came in its place is another."""
        (key, item), (target_key, target_item) = entry(field), entry(target)
        effects = [OK]
        lost = []
        left = dict(found)
        for one, two in value.items():
            match = next((other for other in left if self.is_same_key(key, one, target_key, other)), None)
            if match is None:
                lost.append(one)
            else:
                effects.append(self.items(item, two, target_item, left.pop(match)))
        if lost:
            effects.append(("reinterpreted" if left else "dropped", f"{field.name} has no key {lost[0]!r}"))
        elif left:
            effects.append(("reinterpreted", f"{field.name} has keys that nobody wrote"))
        return worst(effects)

    def pairs(self, one, two):
        """A key that was cut is another key, if the reader has keys."""
        effect, why = super().pairs(one, two)
        if effect == "lossy" and isinstance(two, tuple):
            (field, key), (target, found) = key_of(one), two[0]
            if field is not None and self.scalars(field, key, target, found)[0] == "lossy":
                return "reinterpreted", f"{field.name}: {key!r} became {found!r}"
        return effect, why

    def items(self, field, value, target, found):
        """What looks like an entry may hold lists."""
        if not field.is_repeated and not target.is_repeated:
            return super().items(field, value, target, found)
        if not value and not found:
            return OK
        if field.is_repeated and target.is_repeated or found and value:
            return self.values(field, value, target, found, False)
        return "dropped" if value else "reinterpreted", f"{field.name} is gone"

    def numbers(self, field, value, target, found):
        """In JSON an enum value is its name, wherever it has one."""
        if not self.is_wire and field.type == target.type == Field.TYPE_ENUM:
            both = ((field, value), (target, found))
            names = [known.enum_type.values_by_number.get(number) for known, number in both]
            if None not in names and value != found:
                numbers = {known.number for known in target.enum_type.values if known.name == names[0].name}
                return OK if found in numbers else ("reinterpreted", f"{field.name}: {value!r} became {found!r}")
        return super().numbers(field, value, target, found)


def namesake(field, message):
    """The field of the same name; of an extension, of the same full name."""
    if not field.is_extension:
        return message.DESCRIPTOR.fields_by_name.get(field.name)
    pool = message.DESCRIPTOR.file.pool
    return found_extension(message, lambda: pool.FindExtensionByName(field.full_name))


def found_extension(read, find):
    try:
        extension = find()
    except KeyError:
        return None
    return extension if extension.containing_type.full_name == read.DESCRIPTOR.full_name else None


def pairs_of(field, value):
    """The entries of a map as pairs of fields with values; other messages as they are."""
    if is_map(field):
        key, item = entry(field)
        return [((key, one), (item, two)) for one, two in value.items()]
    return list(value) if field.is_repeated else [value]


def min_effect(comparison, pair, entries):
    """What became of the entry that a reader's entry is most like."""
    effects = [comparison.pairs(one, pair) for one in entries]
    return min(effects, key=lambda effect: worst_rank(effect[0]))


def worst_rank(effect):
    return ["ok", "meaning", "dropped", "lossy", "error", "reinterpreted"].index(effect)


def key_of(one):
    if isinstance(one, tuple):
        return one[0]
    field = one.DESCRIPTOR.fields_by_number.get(1)
    return (None, None) if field is None else (field, getattr(one, field.name))
