"""Compares a descriptor set with what protoc makes of the same files.

    protoc_compare.py ROOT LIST SET [--include DIR]... [--protoc-json-list FILE]

ROOT is the folder that holds the .proto files, LIST a text file with one file
name a line (relative to ROOT, as an import would spell it), SET a binary
`google.protobuf.FileDescriptorSet` that holds at least the listed files.

protoc runs in this process, over ROOT, every `--include` and the well-known
types it carries itself; source information is left out, options of every
retention are kept. Each file of SET is then compared with protoc's file of
that name, imports included: first byte for byte; where the bytes differ, by
meaning, with every custom option known, so that the order in which options
were written plays no part.

`--protoc-json-list` names a JSON object `{"file": "reason"}` (or a list of
files) that protoc itself rejects. They are shown apart. A listed file that
protoc accepts is a failure, and so is a rejected file that is not listed.

Exit code: 0 where every file is equal, 1 where not, 2 for a wrong call.
"""

import argparse
import difflib
import json
import os
import sys
import tempfile
from dataclasses import dataclass, field
from importlib import resources

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from google.protobuf.message import DecodeError
from grpc_tools import protoc

DIFFERENCES_SHOWN = 20
DIFF_LINES_SHOWN = 40
REJECTIONS_SHOWN = 20


class CallError(Exception):
    """The call itself is wrong: a file that cannot be read, a set that is none."""


@dataclass
class Compiled:
    """What protoc made of some files that it accepted in one call."""

    names: list[str]
    files: dict[str, bytes]  # every file and every import, by name


@dataclass
class Verdict:
    """What the comparison found, by file name."""

    identical: set[str] = field(default_factory=set)
    equal: set[str] = field(default_factory=set)
    different: dict[str, str] = field(default_factory=dict)  # with the difference as text


# protoc


def compile_files(names, include):
    """Runs protoc over the files: what it accepted, and what it rejected with its words.

    protoc stops at the first file it rejects, and files that are sound one by
    one may still collide in one call. So a group that fails is halved until
    what remains is accepted, or is a single file.
    """
    accepted, rejected = [], {}
    groups = [names] if names else []
    while groups:
        group = groups.pop()
        compiled, said = run_protoc(group, include)
        if compiled is not None:
            accepted.append(compiled)
        elif len(group) == 1:
            rejected[group[0]] = said
        else:
            middle = len(group) // 2
            groups += [group[middle:], group[:middle]]
    return accepted, rejected


def run_protoc(names, include):
    """One call: `(Compiled, "")`, or `(None, what protoc said)`."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, "set.binpb")
        log = os.path.join(folder, "log.txt")
        arguments = ["protoc", *[f"-I{path}" for path in include]]
        arguments += ["--include_imports", "--retain_options", f"--descriptor_set_out={out}"]
        with redirected_stderr(log):
            status = protoc.main(arguments + names)
        if status != 0:
            with open(log, encoding="utf-8", errors="replace") as file:
                errors = [line for line in file.read().splitlines() if "warning:" not in line]
            return None, "\n".join(errors)
        with open(out, "rb") as file:
            return Compiled(names, files_of_set(file.read())), ""


class redirected_stderr:
    """Sends file descriptor 2 to a file: protoc is C++ and does not know `sys.stderr`."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        sys.stderr.flush()
        self.saved = os.dup(2)
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 2)
        os.close(file)

    def __exit__(self, *_):
        os.dup2(self.saved, 2)
        os.close(self.saved)


# Descriptor sets


def files_of_set(data):
    """The serialized files of a FileDescriptorSet by name, each byte as it stands.

    A parsed message would be serialized anew, and hide how its writer ordered things.
    """
    files = {}
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag != 0x0A:  # `repeated FileDescriptorProto file = 1`
            raise CallError(f"tag {tag:#x} where a file of the set should begin")
        size, at = varint(data, at)
        if size > len(data) - at:
            raise CallError("the descriptor set ends inside a file")
        raw = bytes(data[at : at + size])
        at += size
        try:
            name = descriptor_pb2.FileDescriptorProto.FromString(raw).name
        except DecodeError as error:
            raise CallError(f"file {len(files) + 1} of the descriptor set: {error}") from None
        if name in files:
            raise CallError(f"the descriptor set holds {name} twice")
        files[name] = raw
    return files


def varint(data, at):
    """One base-128 varint and the place behind it."""
    value = 0
    for index in range(10):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, at
    raise CallError("the descriptor set ends inside a number, or holds one that is too long")


# Comparison


def compare(ours, accepted, rejected, listed):
    """Every file of our set beside protoc's, and every listed file looked for in ours."""
    verdict = Verdict()
    for compiled in accepted:
        schema = None
        for name, theirs in compiled.files.items():
            if name not in ours:
                if name in listed:
                    verdict.different[name] = "missing from the descriptor set"
            elif ours[name] == theirs:
                verdict.identical.add(name)
            elif name not in verdict.equal and name not in verdict.different:
                schema = schema or FileSchema(compiled)
                difference = schema.difference(theirs, ours[name])
                if difference is None:
                    verdict.equal.add(name)
                else:
                    verdict.different[name] = difference
    compared = verdict.identical | verdict.equal | verdict.different.keys()
    for name in sorted(ours.keys() - compared - rejected.keys()):
        verdict.different[name] = "in the descriptor set, but protoc was not asked for it and no file imports it"
    return verdict


class FileSchema:
    """FileDescriptorProto as these files extend it: custom options have names and types."""

    def __init__(self, compiled):
        self.pool = descriptor_pool.DescriptorPool()
        own = "google/protobuf/descriptor.proto"
        if own not in compiled.files:
            self.pool.AddSerializedFile(descriptor_pb2.DESCRIPTOR.serialized_pb)
        for raw in compiled.files.values():  # protoc writes imports before what imports them
            self.pool.AddSerializedFile(raw)
        descriptor = self.pool.FindMessageTypeByName("google.protobuf.FileDescriptorProto")
        self.message = message_factory.GetMessageClass(descriptor)

    def difference(self, theirs, ours):
        """`None` for files of equal meaning, else protoc's text beside ours as a diff."""
        theirs = self.message.FromString(theirs)
        try:
            ours = self.message.FromString(ours)
        except DecodeError as error:  # an option's bytes that its own type does not allow
            return f"not a FileDescriptorProto: {error}"
        if theirs == ours:
            return None
        lines = difflib.unified_diff(self.lines(theirs), self.lines(ours), "protoc", "ours", lineterm="", n=4)
        lines = list(lines) or ["the texts are equal, the messages are not (a NaN, or unknown fields)"]
        left_out = len(lines) - DIFF_LINES_SHOWN
        return "\n".join(lines[:DIFF_LINES_SHOWN] + ([f"… {left_out} more lines"] if left_out > 0 else []))

    def lines(self, message):
        text = text_format.MessageToString(message, descriptor_pool=self.pool, print_unknown_fields=True)
        return text.splitlines()


# Report


def report(listed, verdict, rejected, expected):
    """Prints what was found and says whether all is well."""
    for name, difference in list(sorted(verdict.different.items()))[:DIFFERENCES_SHOWN]:
        print(f"different: {name}\n{indented(difference)}")
    known = {name: said for name, said in rejected.items() if name in expected}
    unknown = {name: said for name, said in rejected.items() if name not in expected}
    accepted = sorted(expected.keys() & set(listed) - rejected.keys())
    if known:
        print(f"rejected by protoc, as listed: {len(known)}")
        for name in sorted(known):
            print(f"  {name}{': ' if expected[name] else ''}{expected[name]}")
    if unknown:
        print(f"rejected by protoc, not listed: {len(unknown)}")
        for name, said in list(sorted(unknown.items()))[:REJECTIONS_SHOWN]:
            print(f"  {name}\n{indented(said)}")
    for name in accepted:
        print(f"listed as rejected, but protoc accepts it: {name}")
    imports = (verdict.identical | verdict.equal | verdict.different.keys()) - set(listed)
    print(
        f"files {len(listed)}, imports {len(imports)}, identical bytes {len(verdict.identical)}, "
        f"equal {len(verdict.equal)}, different {len(verdict.different)}, rejected by protoc {len(rejected)}"
    )
    return not (verdict.different or unknown or accepted)


def indented(text):
    return "\n".join(f"    {line}" for line in text.splitlines())


# The call


def main(arguments):
    parser = argparse.ArgumentParser(description="Compare a descriptor set with what protoc makes of the same files.")
    parser.add_argument("root", help="folder of the .proto files")
    parser.add_argument("list", help="text file with one file name a line, relative to the root")
    parser.add_argument("set", help="binary FileDescriptorSet")
    parser.add_argument("--include", action="append", default=[], help="a further import root, behind the first")
    parser.add_argument("--protoc-json-list", help='JSON {"file": "reason"} of files that protoc rejects')
    options = parser.parse_args(arguments)
    try:
        listed = list(dict.fromkeys(line.strip() for line in read(options.list).decode().splitlines() if line.strip()))
        if not listed:
            raise CallError(f"{options.list} names no file")
        expected = read_expected(options.protoc_json_list)
        ours = files_of_set(read(options.set))
        include = [options.root, *options.include, str(resources.files("grpc_tools") / "_proto")]
        if not os.path.isdir(options.root):
            raise CallError(f"{options.root} is no folder")
    except (CallError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    # Files known to be rejected are tried on their own: inside a group each would cost many calls.
    accepted, rejected = compile_files([name for name in listed if name not in expected], include)
    for name in listed:
        if name in expected:
            compiled, said = run_protoc([name], include)
            if compiled is None:
                rejected[name] = said
            else:
                accepted.append(compiled)
    verdict = compare(ours, accepted, rejected, set(listed))
    return 0 if report(listed, verdict, rejected, expected) else 1


def read(path):
    with open(path, "rb") as file:
        return file.read()


def read_expected(path):
    """The files that protoc is known to reject, each with its reason."""
    if path is None:
        return {}
    expected = json.loads(read(path))
    if isinstance(expected, list):
        return dict.fromkeys(expected, "")
    if isinstance(expected, dict):
        return expected
    raise CallError(f"{path} holds neither an object nor a list")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
