"""What replay_avro.py makes of small pairs whose effects are known."""

import io
import json
import unittest
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

import replay_avro


def record(*fields, name="M"):
    return json.dumps({"type": "record", "name": name, "fields": [{"name": key, **rest} for key, rest in fields]})


def effects(old, new, value, direction="backward", surface="wire"):
    """The effect in each library."""
    witness = {"old": old, "new": new, "value": value, "direction": direction, "surface": surface}
    return [effect for _, (effect, _) in replay_avro.replay(witness)]


def run(*witnesses):
    """Exit code and verdicts of the whole script."""
    lines = io.StringIO("\n".join(json.dumps(witness) for witness in witnesses))
    out = io.StringIO()
    with mock.patch("sys.stdin", lines), redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = replay_avro.main()
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


INT, LONG = record(("a", {"type": "int"})), record(("a", {"type": "long"}))


class Effects(unittest.TestCase):
    def test_a_promotion_is_ok_and_its_reverse_an_error(self):
        self.assertEqual(effects(INT, LONG, '{"a": 5}'), ["ok", "ok"])
        self.assertEqual(effects(INT, LONG, '{"a": 5}', direction="forward"), ["error", "error"])

    def test_digits_that_a_float_does_not_hold_are_lost(self):
        new = record(("a", {"type": "float"}))
        self.assertIn("lossy", effects(INT, new, '{"a": 16777217}'))
        self.assertEqual(effects(INT, new, '{"a": 5}'), ["ok", "ok"])

    def test_a_default_in_the_place_of_a_value_is_dropped(self):
        new = record(("b", {"type": "int", "default": 0}))
        self.assertEqual(effects(INT, new, '{"a": 5}'), ["dropped", "dropped"])

    def test_a_logical_type_is_that_of_the_side_that_looks(self):
        logical = [record(("a", {"type": {"type": "long", "logicalType": f"timestamp-{unit}"}})) for unit in ("millis", "micros")]
        self.assertEqual(effects(*logical, '{"a": 1700000000000}'), ["reinterpreted", "reinterpreted"])
        self.assertEqual(effects(logical[0], logical[0], '{"a": 1700000000000}'), ["ok", "ok"])

    def test_a_uuid_is_the_text_that_it_is_written_as(self):
        new = record(("a", {"type": {"type": "string", "logicalType": "uuid"}}))
        old = record(("a", {"type": "string"}))
        self.assertEqual(effects(old, new, '{"a": "6ba7b810-9dad-11d1-80b4-00c04fd430c8"}'), ["ok", "ok"])
        self.assertEqual(effects(old, new, '{"a": "none"}'), ["error", "error"])

    def test_json_has_tags_for_unions_only(self):
        new = record(("a", {"type": ["null", "int"]}))
        self.assertEqual(effects(INT, new, '{"a": 5}', surface="json"), ["error"])
        self.assertEqual(effects(INT, new, '{"a": 5}'), ["ok", "ok"])


class Script(unittest.TestCase):
    def test_a_claim_that_holds_nowhere_fails(self):
        witness = {"id": 1, "old": INT, "new": LONG, "value": '{"a": 5}', "direction": "backward", "surface": "wire"}
        code, verdicts = run({**witness, "effect": "ok"})
        self.assertEqual((code, [verdict["holds"] for verdict in verdicts]), (0, [True, True]))
        self.assertEqual(run({**witness, "effect": "error"})[0], 1)

    def test_a_value_that_the_writer_cannot_write_is_no_witness(self):
        witness = {"id": 1, "old": INT, "new": LONG, "value": '{"a": "x"}', "direction": "backward", "surface": "wire"}
        self.assertEqual(run(witness), (2, []))

    def test_a_java_that_does_not_answer_is_no_refusal(self):
        witness = {"id": 1, "old": INT, "new": LONG, "value": '{"a": 5}', "direction": "backward", "surface": "wire"}
        java = mock.Mock(stdout=io.StringIO(""))
        with mock.patch.dict("os.environ", CANREAD_AVRO_JAVA="."), mock.patch.object(replay_avro, "JAVA", [java]):
            self.assertRaises(SystemExit, run, witness)

    def test_java_reads_beside_the_others_what_it_answers_or_refuses(self):
        witness = {"id": 1, "old": INT, "new": LONG, "value": '{"a": 5}', "direction": "backward", "surface": "wire"}
        for answer, effect in [('{"data": "Cg=="}', "ok"), ('{"data": "CA=="}', "reinterpreted"), ('{"error": "x"}', "error")]:
            java = mock.Mock(stdout=io.StringIO(f"{answer}\n"))
            with mock.patch.dict("os.environ", CANREAD_AVRO_JAVA="."), mock.patch.object(replay_avro, "JAVA", [java]):
                verdicts = run(witness)[1]
            self.assertEqual([(one["library"], one["effect"]) for one in verdicts][2:], [("java", effect)])


if __name__ == "__main__":
    unittest.main()
