"""Prints what a foreign reader makes of JUnit XML reports, by the `junitparser` package.

    junit_read.py REPORT...

One JSON object a line: the counts that the report states of itself, and every case with its class, its name and
what came of it. A report that is no JUnit XML, or whose counts are not those of its cases, is an error.

Exit code: 0 where every report is read, 1 where not, 2 for a wrong call.
"""

import json
import sys

import junitparser


def main(arguments):
    if not arguments:
        print("error: expected REPORT...", file=sys.stderr)
        return 2
    status = 0
    for path in arguments:
        try:
            print(json.dumps(summary(path)))
        except (OSError, ValueError, SyntaxError, junitparser.JUnitXmlError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            status = 1
    return status


def summary(path):
    report = junitparser.JUnitXml.fromfile(path)
    if not isinstance(report, junitparser.JUnitXml):
        raise ValueError("the outermost element is not `testsuites`")
    stated = {"tests": report.tests, "failures": report.failures, "errors": report.errors}
    cases = []
    for suite in report:
        cases.extend(describe(case) for case in suite)
    counted = {
        "tests": len(cases),
        "failures": sum(case["outcome"] == "failure" for case in cases),
        "errors": sum(case["outcome"] == "error" for case in cases),
    }
    if stated != counted:
        raise ValueError(f"the report states {stated}, and there are {counted}")
    return {**stated, "cases": cases}


def describe(case):
    results = case.result
    if len(results) > 1:
        raise ValueError(f"{case.name} has {len(results)} results, and readers show one")
    outcome, message, text = "passed", None, case.system_out
    if results:
        outcome, message, text = results[0]._tag, results[0].message, results[0].text
    return {"class": case.classname, "name": case.name, "outcome": outcome, "message": message, "text": text}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
