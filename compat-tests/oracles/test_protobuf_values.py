"""protobuf_values.py on messages that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import protobuf_values

SCHEMA = 'syntax = "proto3"; package p; message M { int32 a = 1; string long_name = 2; }'


class ProtobufValues(unittest.TestCase):
    def answers(self, schema, lines):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.proto")
            with open(path, "w", encoding="utf-8") as file:
                file.write(schema)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(lines)):
                code = protobuf_values.main([path, "p.M"])
        return code, [json.loads(line) for line in out.getvalue().splitlines()]

    def test_a_message_is_written_in_the_order_of_its_numbers(self):
        code, [answer] = self.answers(SCHEMA, "1201780805\n")
        self.assertEqual(code, 0)
        self.assertEqual(answer, {"bytes": "0805120178", "value": {"a": 5, "long_name": "x"}})

    def test_a_message_that_is_cut_short_is_refused(self):
        _, [answer] = self.answers(SCHEMA, "08\n")
        self.assertEqual(list(answer), ["error"])

    def test_a_schema_that_is_none_is_said(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(self.answers("message", "")[0], 2)


if __name__ == "__main__":
    unittest.main()
