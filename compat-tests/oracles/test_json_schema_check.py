"""json_schema_check.py on documents that are known to be valid, or not."""

import contextlib
import io
import json
import os
import tempfile
import unittest

import json_schema_check

DRAFT = "http://json-schema.org/draft-07/schema#"
NUMBERED = {"$schema": DRAFT, "type": "object", "properties": {"line": {"type": "integer", "minimum": 1}}}


class JsonSchemaCheck(unittest.TestCase):
    def check(self, schema, *documents):
        """The exit code and what was printed."""
        with tempfile.TemporaryDirectory() as folder:
            paths = []
            for index, value in enumerate([schema, *documents]):
                paths.append(os.path.join(folder, f"{index}.json"))
                with open(paths[-1], "w", encoding="utf-8") as file:
                    json.dump(value, file)
            out = io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                status = json_schema_check.main(paths)
            return status, out.getvalue().replace(folder + os.sep, "")

    def test_a_valid_document_passes(self):
        self.assertEqual(self.check(NUMBERED, {"line": 1}), (0, "documents 1, valid 1, invalid 0\n"))

    def test_an_invalid_document_is_named_with_place_and_reason(self):
        status, report = self.check(NUMBERED, {"line": 1}, {"line": 0})
        self.assertEqual(
            report, "2.json: $.line: 0 is less than the minimum of 1\ndocuments 2, valid 1, invalid 1\n"
        )
        self.assertEqual(status, 1)

    def test_a_schema_that_cannot_be_used_is_a_wrong_call(self):
        for schema in [
            {"type": "object"},
            {"$schema": DRAFT, "type": "nothing"},
            {"$schema": DRAFT, "$ref": "https://schemas.example/other.json"},
        ]:
            with self.subTest(schema=schema):
                status, report = self.check(schema, {})
                self.assertTrue(report.startswith("error: "), report)
                self.assertEqual(status, 2)

    def test_a_call_without_a_document_is_wrong(self):
        self.assertEqual(self.check(NUMBERED)[0], 2)


if __name__ == "__main__":
    unittest.main()
