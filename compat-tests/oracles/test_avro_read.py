"""avro_read.py on schemas that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import avro_read


class AvroRead(unittest.TestCase):
    def read(self, text):
        """What is printed about one file, without its path."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "a.avsc")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(path + "\n")):
                self.assertEqual(avro_read.main([]), 0)
        lines = [json.loads(line) for line in out.getvalue().splitlines()]
        self.assertEqual([line.pop("file") for line in lines], [path] * len(lines))
        return lines

    def test_a_schema_has_one_canonical_form_and_the_fingerprints_of_the_specification(self):
        both = self.read('{"type": "int"}')
        self.assertEqual([line.pop("library") for line in both], ["avro", "fastavro"])
        self.assertEqual(both[0], both[1])
        self.assertEqual(both[0]["canonical"], '"int"')
        # schema-tests.txt of Apache Avro has it as a signed number.
        self.assertEqual(both[0]["crc64"], f"{8247732601305521295:016x}")
        self.assertEqual(both[0]["md5"], "ef524ea1b91e73173d938ade36c1db32")

    def test_a_protocol_is_only_read(self):
        self.assertEqual(self.read('{"protocol": "P"}'), [{"library": "avro", "protocol": True}])

    def test_what_is_refused_is_named_with_the_reason(self):
        for text in ["[", '{"type": "Unknown"}', '{"type": "record", "fields": []}']:
            with self.subTest(text=text):
                lines = self.read(text)
                self.assertEqual([line["library"] for line in lines], ["avro", "fastavro"])
                self.assertTrue(all(line["refused"] for line in lines))

    def test_arguments_are_a_wrong_call(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(avro_read.main(["a.avsc"]), 2)


if __name__ == "__main__":
    unittest.main()
