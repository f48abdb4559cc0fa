"""What protobuf_interop.py makes of messages whose bytes are known."""

import io
import json
import unittest
from contextlib import redirect_stdout
from unittest import mock

import protobuf_interop

SCHEMA = """syntax = "proto2"; package p;
message M {
  optional sint32 a = 1; optional float b = 2; optional bytes c = 3; repeated M d = 4; map<string, M> e = 5;
  extensions 10 to 19;
}
extend M { optional int32 x = 10; optional int32 y = 11; }
"""


def run(*values, schema=SCHEMA):
    question = {"package": "p", "schema": schema, "values": values}
    out = io.StringIO()
    with mock.patch("sys.stdin", io.StringIO(json.dumps(question) + "\n")), redirect_stdout(out):
        code = protobuf_interop.main()
    if code:
        return code, None
    *found, last = [json.loads(line) for line in out.getvalue().splitlines()]
    return [one["why"] for one in found], last


class Differences(unittest.TestCase):
    def test_every_sort_of_value_is_compared(self):
        data = "08011500000080" + "1a01ff" + "22020803" + "2a030a0178"
        value = [[1, "-1"], [2, "00000080"], [3, {"bytes": "ff"}], [4, {"list": [[[1, "-2"]]]}], [5, {"map": [["x", []]]}]]
        # An entry without a value is written with one.
        (why,), last = run([data, value])
        self.assertIn("written as", why)
        self.assertEqual(run([data.replace("2a030a0178", "2a050a01781200"), value])[1], {"tried": 1, "equal": 1, "differ": 0})

    def test_another_value_is_told(self):
        (why,), _ = run(["0801", [[1, "1"]]])
        self.assertEqual(why, 'read as [[1, "-1"]], not [[1, "1"]]')

    def test_another_order_is_told_where_there_is_one(self):
        (why,), _ = run(["15000000000801", [[1, "-1"], [2, "00000000"]]])
        self.assertEqual(why, "written as 08011500000000")

    def test_the_order_of_extensions_is_free(self):
        value = [[10, "1"], [11, "2"]]
        for data in ("50015802", "58025001"):
            found, last = run([data, value])
            self.assertEqual((found, last["differ"]), ([], 0))

    def test_what_is_no_message_and_what_is_no_schema_are_told(self):
        (why,), _ = run(["08", []])
        self.assertIn("Error", why)
        self.assertEqual(run(["", []], schema="syntax")[0], 2)


if __name__ == "__main__":
    unittest.main()
