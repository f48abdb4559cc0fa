"""protobuf_delimited.py on streams that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import protobuf_delimited

SCHEMA = 'syntax = "proto3"; package p; message M { int32 a = 1; string b = 2; }'


class ProtobufDelimited(unittest.TestCase):
    def answers(self, schema, lines):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.proto")
            with open(path, "w", encoding="utf-8") as file:
                file.write(schema)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(lines)):
                code = protobuf_delimited.main([path, "p.M"])
        return code, [json.loads(line) for line in out.getvalue().splitlines()]

    def test_each_message_of_a_stream_is_written_again(self):
        code, [answer, empty] = self.answers(SCHEMA, "02080503120178\n\n")
        self.assertEqual(code, 0)
        self.assertEqual(answer, {"messages": ["0805", "120178"], "stream": "02080503120178"})
        self.assertEqual(empty, {"messages": [], "stream": ""})

    def test_a_stream_that_is_cut_short_is_refused(self):
        _, [answer] = self.answers(SCHEMA, "0208\n")
        self.assertEqual(list(answer), ["error"])

    def test_a_schema_that_is_none_is_said(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(self.answers("message", "")[0], 2)


if __name__ == "__main__":
    unittest.main()
