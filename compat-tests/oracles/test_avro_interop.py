"""What avro_interop.py makes of data whose bytes are known."""

import io
import json
import unittest
from contextlib import redirect_stdout
from unittest import mock

import avro_interop

WRITER = '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": ["null", "string"]}]}'
READER = '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "long"}, {"name": "c", "type": "int", "default": 7}]}'


def run(values, reader=None, schema=WRITER):
    answers, last = ask(values, reader, schema)
    return [(one["library"], one["why"]) for one in answers if "why" in one], last


def ask(values, reader=None, schema=WRITER):
    question = {"id": 1, "schema": schema, "reader": reader, "values": values}
    out = io.StringIO()
    with mock.patch("sys.stdin", io.StringIO(json.dumps(question) + "\n")), redirect_stdout(out):
        avro_interop.main()
    *found, last = [json.loads(line) for line in out.getvalue().splitlines()]
    return found, last


def by_both(why):
    return [("fastavro", why), ("avro", why)]


class Differences(unittest.TestCase):
    def test_data_that_the_library_writes_too_is_fine(self):
        self.assertEqual(run([["0400", None, None], ["01020278", None, None]]), ([], {"tried": 2, "json": 0, "read": 0, "differ": 0}))

    def test_bytes_that_are_left_and_bytes_that_are_missing_are_told(self):
        left, last = run([["040000", None, None]])
        self.assertEqual((left, last["differ"]), (by_both("1 bytes are left"), 2))
        missing, _ = run([["0402", None, None]])
        self.assertEqual([library for library, _ in missing], ["fastavro", "avro"])

    def test_another_way_to_write_a_value_is_told(self):
        # 2 in a varint that is longer than it has to be.
        self.assertEqual(run([["840000", None, None]])[0], by_both("written as 0400"))

    def test_a_union_of_truth_and_numbers_is_written_by_one_library(self):
        mixed = '{"type": "record", "name": "R", "fields": [{"name": "a", "type": ["long", "boolean"]}]}'
        self.assertEqual(run([["0201", None, None]], schema=mixed)[0], [])
        self.assertEqual(run([["008400", None, None]], schema=mixed)[0], [("fastavro", "written as 0004")])

    def test_a_union_of_a_uuid_and_more_is_written_by_one_library(self):
        mixed = """{"type": "record", "name": "R", "fields": [
            {"name": "a", "type": [{"type": "string", "logicalType": "uuid"}, "long"]}, {"name": "b", "type": "int"}]}"""
        self.assertEqual(run([["020402", None, None]], schema=mixed)[0], [])
        self.assertEqual(run([["02840002", None, None]], schema=mixed)[0], [("fastavro", "written as 020402")])

    def test_logical_types_are_read_as_what_they_mean(self):
        logical = """{"type": "record", "name": "R", "fields": [{"name": "a", "type": {"type": "int", "logicalType": "date"}},
            {"name": "b", "type": {"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}}]}"""
        self.assertEqual(run([["0202ff", None, None]], schema=logical)[0], [])
        # -1 with a byte more than it needs.
        self.assertEqual(run([["0204ffff", None, None]], schema=logical)[0], by_both("written as 0202ff"))

    def test_the_json_encoding_is_compared(self):
        text = '{"a": 1, "b": {"string": "x"}}'
        self.assertEqual(run([["02020278", None, text]]), ([], {"tried": 1, "json": 1, "read": 1, "differ": 0}))
        for other in (text.replace("1", "2"), text.replace('{"string": "x"}', '"x"')):
            ((library, why),), _ = run([["02020278", None, other]])
            self.assertEqual((library, why[:7]), ("fastavro", "in JSON"))

    def test_the_librarys_own_text_is_given_back(self):
        (answer,), _ = ask([["02020278", None, '{"a": 1, "b": {"string": "x"}}']])
        self.assertEqual(json.loads(answer["text"]), {"a": 1, "b": {"string": "x"}})

    def test_what_a_reader_makes_of_it_is_compared(self):
        self.assertEqual(run([["0400", "040e", None]], READER)[0], [])
        self.assertEqual(run([["0400", "0400", None]], READER)[0], [("fastavro", "resolved to 040e, not 0400")])


if __name__ == "__main__":
    unittest.main()
