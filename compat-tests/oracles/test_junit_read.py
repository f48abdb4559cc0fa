"""junit_read.py on reports that are known to be well, or not."""

import contextlib
import io
import json
import os
import tempfile
import unittest

import junit_read

SUITE = '<testsuites tests="{tests}" failures="{failures}" errors="0"><testsuite name="s">{cases}</testsuite></testsuites>'
PASSED = '<testcase classname="c" name="n"><system-out>fine</system-out></testcase>'
FAILED = '<testcase classname="c" name="m"><failure type="error" message="a &lt; b">why</failure></testcase>'


class JunitRead(unittest.TestCase):
    def read(self, text):
        """The exit code and what was printed."""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "report.xml")
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
            out, err = io.StringIO(), io.StringIO()
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                status = junit_read.main([path])
            return status, out.getvalue() + err.getvalue()

    def test_cases_are_told_with_what_came_of_them(self):
        status, out = self.read(SUITE.format(tests=2, failures=1, cases=PASSED + FAILED))
        self.assertEqual(status, 0, out)
        cases = json.loads(out)["cases"]
        self.assertEqual([case["outcome"] for case in cases], ["passed", "failure"])
        self.assertEqual((cases[0]["text"], cases[1]["message"], cases[1]["text"]), ("fine", "a < b", "why"))

    def test_counts_that_are_wrong_are_an_error(self):
        status, out = self.read(SUITE.format(tests=2, failures=0, cases=PASSED + FAILED))
        self.assertEqual(status, 1)
        self.assertIn("the report states", out)

    def test_what_is_no_report_is_an_error(self):
        for text in ["", "<testsuites>", "<a/>", SUITE.format(tests=1, failures=0, cases="\x00")]:
            self.assertEqual(self.read(text)[0], 1, text)


if __name__ == "__main__":
    unittest.main()
