"""protobuf_json.py on messages that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import protobuf_json

SCHEMA = """syntax = "proto3"; package p;
import "google/protobuf/any.proto"; import "google/protobuf/duration.proto";
message M { int64 long_name = 1; google.protobuf.Any any = 2; google.protobuf.Duration waits = 3; }"""


class ProtobufJson(unittest.TestCase):
    def answers(self, questions):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "m.proto")
            with open(path, "w", encoding="utf-8") as file:
                file.write(SCHEMA)
            lines = "".join(json.dumps(question) + "\n" for question in questions)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(lines)):
                self.assertEqual(protobuf_json.main([path, "p.M"]), 0)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    def test_a_message_goes_both_ways(self):
        text = '{"any": {"@type": "x/p.M", "longName": "1"}, "waits": "1.500s"}'
        bytes_ = "120b" + "0a05782f702e4d" + "12020801" + "1a08" + "08011080cab5ee01"
        [answer] = self.answers([{"bytes": bytes_, "json": text}])
        self.assertEqual(json.loads(answer["json"]), json.loads(text))
        self.assertEqual(answer["bytes"], answer["bytes_of_json"])

    def test_what_is_no_message_is_refused(self):
        for question in ({"bytes": "08", "json": "{}"}, {"bytes": "", "json": '{"other": 1}'}):
            self.assertEqual([list(answer) for answer in self.answers([question])], [["error"]])


if __name__ == "__main__":
    unittest.main()
