"""protobuf_text.py on messages and texts that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import protobuf_text

SCHEMA = 'syntax = "proto3"; package p; message M { int32 a = 1; M b = 2; string c = 3; }'


class ProtobufText(unittest.TestCase):
    def answers(self, schema, lines):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.proto")
            with open(path, "w", encoding="utf-8") as file:
                file.write(schema)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(lines)):
                code = protobuf_text.main([path, "p.M"])
        return code, [json.loads(line) for line in out.getvalue().splitlines()]

    def test_a_message_is_written_in_both_forms(self):
        code, [answer] = self.answers(SCHEMA, "message 080512021a00\n")
        self.assertEqual(code, 0)
        texts = {name: bytes.fromhex(text).decode("utf-8") for name, text in answer.items()}
        self.assertEqual(texts, {"text": "a: 5\nb {\n}\n", "line": "a: 5 b { }"})

    def test_a_text_is_read(self):
        text = 'c: "ä"'.encode().hex()
        _, [answer] = self.answers(SCHEMA, f"text {text}\n")
        self.assertEqual(answer, {"bytes": "1a02c3a4"})

    def test_what_is_neither_is_refused(self):
        _, answers = self.answers(SCHEMA, f"message 08\ntext {b'a: x'.hex()}\n")
        self.assertEqual([list(answer) for answer in answers], [["error"], ["error"]])

    def test_a_schema_that_is_none_is_said(self):
        with contextlib.redirect_stderr(io.StringIO()):
            self.assertEqual(self.answers("message", "")[0], 2)


if __name__ == "__main__":
    unittest.main()
