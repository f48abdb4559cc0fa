"""Looks for values that contradict what the rules say, with protoc and the Python runtime of Protobuf.

    soundness.py < cases.jsonl

Each line of standard input is a JSON object:

    case       a name; comes back with each contradiction
    old, new   two versions: an object of .proto texts by import name
    renamed    pairs of full names under which the old and the new version have one message
    claims     objects with `rule`, `symbols`, `surface`, `direction`, `effect` and `severity`

For every message that both versions have, every direction and both surfaces, wire and json,
values at the bounds of each field's type are written by the one version and read by the
other. Each line of standard output is a contradiction, a JSON object:

    case, message, surface, direction
    kind       unsaid: a value was harmed, and nothing was claimed that does as much harm
               unshown: harm was claimed, and no value shows that effect
    effect     what happened, or what was claimed
    why        about which field, or which rule claimed it
    value      what was written, as text, or null

Then one last object: `cases`, `messages`, `trials`, the numbers of what was tried.

A claim counts for a message if it is about the message, about something that its data
reaches, or about the package of one of these. `meaning` counts as no harm: the value is
there, and whether its name, default or presence still says the same is not for bytes to show.

Exit code: 0 where everything was tried, 2 for a schema that protoc rejects.
"""

import collections
import functools
import glob
import itertools
import json
import os
import sys
import tempfile
from importlib import resources

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "oracles"))

from compared import Compared
from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory, text_format
from google.protobuf.message import DecodeError, EncodeError
from grpc_tools import protoc
from replay_witness import EFFECTS
from values import Values

DIRECTIONS = ["backward", "forward"]
SURFACES = ["wire", "json"]
SEVERITIES = ["nothing", "note", "warning", "error"]

# Files that several cases import; they are the same in both versions.
IMPORTS = os.path.join(HERE, "..", "imports")
SHARED = set(glob.glob("**/*.proto", root_dir=IMPORTS, recursive=True))


class InvalidCase(Exception):
    """A version that protoc rejects."""


def main():
    tried = {"cases": 0, "messages": 0, "trials": 0}
    for line in sys.stdin:
        case = json.loads(line)
        try:
            contradictions = examine(case, tried)
        except InvalidCase as error:
            print(f"{case['case']}: {error}", file=sys.stderr)
            return 2
        for contradiction in contradictions:
            print(json.dumps(contradiction))
    print(json.dumps(tried))
    return 0


def examine(case, tried):
    """Every contradiction of one case."""
    versions = {which: version(json.dumps(case[which], sort_keys=True)) for which in ("old", "new")}
    tried["cases"] += 1
    found = {}
    shown = set()
    expected = {}
    for old, new in pairs(versions, dict(case["renamed"])):
        tried["messages"] += 1
        reached = versions["old"].reach(old) | versions["new"].reach(new)
        claims = [claim for claim in case["claims"] if is_about(claim, reached)]
        names = {"old": old, "new": new}
        for surface, direction in itertools.product(SURFACES, DIRECTIONS):
            place = (surface, direction)
            own = [claim for claim in claims if place == (claim["surface"], claim["direction"])]
            harms = [claim for claim in own if is_harm(claim["effect"])]
            expected.update({(*place, claim["effect"], claim["rule"]): old for claim in harms})
            worst = max((EFFECTS.index(claim["effect"]) for claim in own), default=0)
            for effect, why, written in replay(versions, names, surface, direction):
                tried["trials"] += 1
                shown |= {(*place, effect, claim["rule"]) for claim in own}
                key = (old, *place, effect)
                is_smallest = key not in found or len(found[key][1]) > len(said(written))
                if is_harm(effect) and EFFECTS.index(effect) > worst and is_smallest:
                    severe = max((claim["severity"] for claim in own), key=SEVERITIES.index, default="nothing")
                    found[key] = (f"{why} ({severe} claimed, at worst {EFFECTS[worst]})", said(written))
    for (message, surface, direction, effect), (why, value) in found.items():
        yield contradiction(case, message, surface, direction, "unsaid", effect, why, value)
    for (surface, direction, effect, rule), message in expected.items():
        if (surface, direction, effect, rule) not in shown:
            yield contradiction(case, message, surface, direction, "unshown", effect, rule, None)


def contradiction(case, message, surface, direction, kind, effect, why, value):
    place = {"case": case["case"], "message": message, "surface": surface, "direction": direction}
    return {**place, "kind": kind, "effect": effect, "why": why, "value": value}


def is_harm(effect):
    return EFFECTS.index(effect) > EFFECTS.index("meaning")


def pairs(versions, renamed):
    """Full names of messages that both versions have, old and new."""
    new = set(versions["new"].messages())
    apart = versions["old"].apart | versions["new"].apart
    for old in versions["old"].messages():
        if old in apart:
            # Of which file the other version means the declaration is not said by its name.
            continue
        # What is nested follows what it is nested in.
        scope = max((name for name in renamed if is_inside(old, name)), key=len, default=None)
        name = old if scope is None else renamed[scope] + old[len(scope) :]
        if name in new:
            yield old, name


def is_inside(name, scope):
    return name == scope or name.startswith(scope + ".")


def is_about(claim, reached):
    """Whether a claim is about something that data of a message reaches."""
    return any(symbol in reached or any(is_inside(name, symbol) for name in reached) for symbol in claim["symbols"])


def replay(versions, names, surface, direction):
    """What happened to each value: effect, reason and value."""
    writer, reader = ("old", "new") if direction == "backward" else ("new", "old")
    read_class = versions[reader].message_class(names[reader])
    for written in versions[writer].values.of(names[writer]):
        for text in texts(written, surface):
            try:
                yield *trial(written, text, read_class(), surface, direction == "backward"), written
            except UnicodeDecodeError:
                # Python has no string for it, so what arrived can't be looked at.
                continue


def texts(written, surface):
    """The value as the writer writes it: in JSON with and without the zero values that need not be there."""
    if surface == "wire":
        yield written.SerializeToString(deterministic=True)
        return
    for with_zeros in (False, True):
        try:
            text = json_format.MessageToJson(written, always_print_fields_with_no_presence=with_zeros)
        except (EncodeError, UnicodeDecodeError, json_format.SerializeToJsonError):
            continue
        # Python prints what is no text as `b'…'`.
        if "b'" not in text:
            yield text


def trial(written, text, read, surface, is_backward):
    try:
        if surface == "wire":
            read.ParseFromString(text)
        else:
            json_format.Parse(text, read)
    except (DecodeError, json_format.ParseError) as error:
        return "error", str(error)
    if not read.IsInitialized():
        return "error", "a required field is missing"
    return Compared(surface, is_backward).messages(written, read)


def said(message):
    try:
        return text_format.MessageToString(message, as_one_line=True)
    except UnicodeDecodeError:
        return message.SerializePartialToString(deterministic=True).hex()


@functools.cache
def version(texts):
    """A version by its texts, as JSON: each is compiled once."""
    return Version(json.loads(texts))


class Version:
    """One version of a case: its files, compiled."""

    def __init__(self, texts):
        self.files, self.apart = compile_texts(texts)
        self.pool = descriptor_pool.DescriptorPool()
        for file in self.files:
            self.pool.Add(file)
        self.values = Values(self.pool, [file.name for file in self.files])

    def messages(self):
        """The full names of the messages that the case itself declares."""
        for file in self.files:
            if file.name not in SHARED and not file.name.startswith("google/protobuf/"):
                prefix = f"{file.package}." if file.package else ""
                for message in file.message_type:
                    yield from nested(prefix, message)

    def message_class(self, name):
        return message_factory.GetMessageClass(self.pool.FindMessageTypeByName(name))

    def reach(self, name):
        """The full names of what data of a message consists of: messages, their fields, enums, their values."""
        reached = set()
        pending = [self.pool.FindMessageTypeByName(name)]
        while pending:
            message = pending.pop()
            if message.full_name in reached:
                continue
            reached.add(message.full_name)
            extensions = self.values.extensions(message)
            reached |= {f"{message.full_name}.{oneof.name}" for oneof in message.oneofs}
            for field in [*message.fields, *extensions]:
                reached.add(field.full_name)
                if field.message_type is not None:
                    pending.append(field.message_type)
                if field.enum_type is not None:
                    scope = field.enum_type.full_name
                    reached |= {scope, *(f"{scope}.{value.name}" for value in field.enum_type.values)}
        return reached


def nested(prefix, message):
    if not message.options.map_entry:
        yield prefix + message.name
    for inner in message.nested_type:
        yield from nested(f"{prefix}{message.name}.", inner)


def compile_texts(texts):
    """The files of a version, and the full names that several of them declare.

    Files that no third one imports together may declare the same name, each its own. protoc knows each name once, so of
    these files it gets those that others import.
    """
    files = protoc_files(texts, texts)
    if files is not None:
        return files, set()
    alone = {name: protoc_files(texts, [name]) for name in texts}
    if None in alone.values():
        raise InvalidCase("protoc rejects a file of a version")
    declared = {name: set(names(next(file for file in alone[name] if file.name == name))) for name in texts}
    times = collections.Counter(itertools.chain.from_iterable(declared.values()))
    apart = {name for name, count in times.items() if count > 1}
    imported = {other for files in alone.values() for file in files for other in file.dependency}
    files = protoc_files(texts, [name for name in texts if name in imported or not declared[name] & apart])
    if files is None:
        raise InvalidCase("protoc rejects a version")
    return files, apart


def names(file):
    prefix = f"{file.package}." if file.package else ""
    for message in file.message_type:
        yield from nested(prefix, message)
    yield from (prefix + enum.name for enum in file.enum_type)


def protoc_files(texts, roots):
    """What protoc makes of some files and all that they import; None if it rejects them."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        out = os.path.join(folder, "set.binpb")
        include = str(resources.files("grpc_tools") / "_proto")
        arguments = ["protoc", f"-I{folder}", f"-I{include}", "--include_imports", f"--descriptor_set_out={out}"]
        if protoc.main([*arguments, *roots]) != 0:
            return None
        with open(out, "rb") as file:
            return descriptor_pb2.FileDescriptorSet.FromString(file.read()).file


if __name__ == "__main__":
    sys.exit(main())
