"""avro_values.py on values that are known to be read, or refused."""

import contextlib
import io
import json
import os
import tempfile
import unittest
from unittest import mock

import avro_values

SCHEMA = '{"type": "record", "name": "R", "fields": [{"name": "a", "type": "int"}, {"name": "b", "type": "bytes"}]}'


class AvroValues(unittest.TestCase):
    def answers(self, lines):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "r.avsc")
            with open(path, "w", encoding="utf-8") as file:
                file.write(SCHEMA)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), mock.patch("sys.stdin", io.StringIO(lines)):
                self.assertEqual(avro_values.main([path]), 0)
        return [json.loads(line) for line in out.getvalue().splitlines()]

    def test_a_value_is_read_and_written_again(self):
        self.assertEqual(self.answers("0a02ff\n"), [{"bytes": "0a02ff", "value": {"a": 5, "b": "ff"}}])

    def test_a_value_that_is_cut_short_or_too_long_is_refused(self):
        self.assertEqual([list(answer) for answer in self.answers("0a\n0a020000\n")], [["error"], ["error"]])


if __name__ == "__main__":
    unittest.main()
