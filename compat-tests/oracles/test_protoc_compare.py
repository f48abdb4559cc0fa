"""protoc_compare.py on sets that are known to be equal, or known to differ."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from importlib import resources

import protoc_compare
from google.protobuf import descriptor_pb2

OPTIONS = """
syntax = "proto2";
package options;
import "google/protobuf/descriptor.proto";
message Style { optional int32 weight = 1; optional string colour = 2; map<string, int32> sizes = 3; }
extend google.protobuf.FieldOptions {
  optional Style style = 50000;
  optional string hint = 50001;
}
extend google.protobuf.FileOptions { optional string source_only = 50002 [retention = RETENTION_SOURCE]; }
"""

SHOP = """
syntax = "proto3";
package shop;
import "options.proto";
import "google/protobuf/timestamp.proto";
option (options.source_only) = "kept";
message Order {
  int64 id = 1 [(options.style) = { weight: 3, colour: "red" }, (options.hint) = "key"];
  google.protobuf.Timestamp at = 2;
}
"""


def tag(number):
    """A length-delimited field's tag as a varint."""
    return varint(number << 3 | 2)


def varint(value):
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes(out + bytes([value]))


def block(number, payload):
    return tag(number) + varint(len(payload)) + payload


class Scene:
    """A folder of .proto files, and the comparison run on a set for them."""

    def __init__(self, test, files):
        self.folder = tempfile.TemporaryDirectory()
        test.addCleanup(self.folder.cleanup)
        self.names = sorted(files)
        for name, text in files.items():
            self.write(name, text.encode())

    def path(self, name):
        return os.path.join(self.folder.name, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as file:
            file.write(data)
        return self.path(name)

    def protoc(self, names=None):
        """protoc's own files by name."""
        include = [self.folder.name, str(resources.files("grpc_tools") / "_proto")]
        compiled, said = protoc_compare.run_protoc(names or self.names, include)
        assert compiled is not None, said
        return compiled.files

    def compare(self, files, *, names=None, rejected=None):
        """The exit code and the printed report for a set of these serialized files."""
        data = b"".join(block(1, raw) for raw in files.values())
        return self.compare_bytes(data, names=names, rejected=rejected)

    def compare_bytes(self, data, *, names=None, rejected=None):
        arguments = [
            self.folder.name,
            self.write("names.txt", "\n".join(names or self.names).encode()),
            self.write("set.binpb", data),
        ]
        if rejected is not None:
            arguments += ["--protoc-json-list", self.write("rejected.json", json.dumps(rejected).encode())]
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            status = protoc_compare.main(arguments)
        return status, out.getvalue()


def shop(test):
    return Scene(test, {"options.proto": OPTIONS, "shop.proto": SHOP})


def edited(raw, edit):
    """A serialized file after `edit` changed it as a message."""
    file = descriptor_pb2.FileDescriptorProto.FromString(raw)
    edit(file)
    return file.SerializeToString()


class ProtocCompare(unittest.TestCase):
    def test_protocs_own_set_is_identical_with_its_imports(self):
        scene = shop(self)
        status, report = scene.compare(scene.protoc())
        self.assertEqual(
            report, "files 2, imports 2, identical bytes 4, equal 0, different 0, rejected by protoc 0\n"
        )
        self.assertEqual(status, 0)

    def test_a_set_without_its_imports_is_compared_all_the_same(self):
        scene = shop(self)
        files = {name: raw for name, raw in scene.protoc().items() if name in scene.names}
        status, report = scene.compare(files)
        self.assertIn("files 2, imports 0, identical bytes 2", report)
        self.assertEqual(status, 0)

    def test_a_changed_field_number_differs_and_is_shown(self):
        scene = shop(self)
        files = scene.protoc()

        def renumber(file):
            file.message_type[0].field[0].number = 7

        files["shop.proto"] = edited(files["shop.proto"], renumber)
        status, report = scene.compare(files)
        self.assertIn("different: shop.proto", report)
        self.assertIn("-    number: 1\n", report)
        self.assertIn("+    number: 7\n", report)
        self.assertIn("different 1", report)
        self.assertEqual(status, 1)

    def test_a_custom_option_written_in_another_order_is_equal(self):
        scene = shop(self)
        files = scene.protoc()
        style = b"\x08\x03" + block(2, b"red")
        turned = block(2, b"red") + b"\x08\x03"
        hint, before = block(50001, b"key"), block(50000, style)
        self.assertIn(before + hint, files["shop.proto"], "protoc writes options by number")
        files["shop.proto"] = files["shop.proto"].replace(before + hint, hint + block(50000, turned))
        status, report = scene.compare(files)
        self.assertIn("identical bytes 3, equal 1, different 0", report)
        self.assertEqual(status, 0)

    def test_a_custom_option_with_another_value_differs(self):
        scene = shop(self)
        files = scene.protoc()
        files["shop.proto"] = files["shop.proto"].replace(b"red", b"rad")
        status, report = scene.compare(files)
        self.assertIn('-        colour: "red"\n', report)
        self.assertEqual(status, 1)

    def test_an_option_that_only_the_source_keeps_is_asked_for(self):
        scene = shop(self)
        files = scene.protoc()
        files["shop.proto"] = files["shop.proto"].replace(block(50002, b"kept"), b"").replace(
            tag(8) + varint(len(block(50002, b"kept"))), b""
        )
        status, report = scene.compare(files)
        self.assertIn('-  [options.source_only]: "kept"\n', report)
        self.assertEqual(status, 1)

    def test_missing_and_surplus_files_differ(self):
        scene = shop(self)
        files = scene.protoc()
        files["other.proto"] = edited(files.pop("shop.proto"), lambda file: setattr(file, "name", "other.proto"))
        status, report = scene.compare(files)
        self.assertIn("different: shop.proto\n    missing from the descriptor set", report)
        self.assertIn("different: other.proto\n    in the descriptor set, but", report)
        self.assertEqual(status, 1)

    def test_a_file_that_protoc_rejects_does_not_hide_the_others(self):
        texts = {f"m{index}.proto": f'syntax = "proto3"; message M{index} {{}}' for index in range(5)}
        scene = Scene(self, {**texts, "bad.proto": 'syntax = "proto3"; message Bad { int32 a = 0; }'})
        files = scene.protoc(sorted(texts))
        status, report = scene.compare(files)
        self.assertIn("rejected by protoc, not listed: 1\n  bad.proto\n", report)
        self.assertIn("identical bytes 5", report)
        self.assertEqual(status, 1)
        status, report = scene.compare(files, rejected={"bad.proto": "field number 0"})
        self.assertIn("rejected by protoc, as listed: 1\n  bad.proto: field number 0\n", report)
        self.assertEqual(status, 0)

    def test_a_file_listed_as_rejected_that_protoc_accepts_is_a_failure(self):
        scene = shop(self)
        status, report = scene.compare(scene.protoc(), rejected=["shop.proto"])
        self.assertIn("listed as rejected, but protoc accepts it: shop.proto", report)
        self.assertEqual(status, 1)

    def test_files_that_collide_in_one_call_are_compared_apart(self):
        texts = {name: 'syntax = "proto3"; message Same { %s }' % body for name, body in
                 [("a.proto", "int32 a = 1;"), ("b.proto", "string b = 1;")]}
        scene = Scene(self, texts)
        files = {**scene.protoc(["a.proto"]), **scene.protoc(["b.proto"])}
        status, report = scene.compare(files)
        self.assertIn("files 2, imports 0, identical bytes 2", report)
        self.assertEqual(status, 0)

    def test_bytes_that_are_no_set_are_a_wrong_call(self):
        scene = shop(self)
        for data in [b"\x0a", b"\x0a\x05a", b"\x12\x00", b"\xff" * 11]:
            with self.subTest(data=data):
                status, report = scene.compare_bytes(data)
                self.assertTrue(report.startswith("error: "), report)
                self.assertEqual(status, 2)

    def test_a_broken_file_in_the_set_is_a_wrong_call(self):
        status, report = shop(self).compare_bytes(block(1, b"\xff\xff"))
        self.assertTrue(report.startswith("error: "), report)
        self.assertEqual(status, 2)


if __name__ == "__main__":
    unittest.main()
