"""What replay_witness.py makes of small pairs whose effects are known."""

import io
import json
import unittest
from contextlib import redirect_stderr, redirect_stdout
from unittest import mock

import replay_witness

PROTO3 = 'syntax = "proto3"; message M { %s }'
PROTO2 = 'syntax = "proto2"; message M { %s }'


def effect(old, new, value, direction="backward", surface="wire"):
    """The effect of one witness; texts that are no whole files are the fields of a proto3 message."""
    texts = [text if text.startswith("syntax") else PROTO3 % text for text in (old, new)]
    key = "value" if value.startswith("{") else "bytes"
    witness = {"old": texts[0], "new": texts[1], "message": "M", key: value}
    return replay_witness.replay({**witness, "direction": direction, "surface": surface}, replay_witness.Schemas())[0]


def run(*witnesses):
    """Exit code and verdicts of the whole script."""
    lines = io.StringIO("\n".join(json.dumps(witness) for witness in witnesses))
    out = io.StringIO()
    with mock.patch("sys.stdin", lines), redirect_stdout(out), redirect_stderr(io.StringIO()):
        code = replay_witness.main()
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


class Effects(unittest.TestCase):
    def test_the_same_value_is_ok(self):
        self.assertEqual(effect("int32 a = 1;", "int64 a = 1;", '{"a": 5}'), "ok")

    def test_another_name_is_another_meaning(self):
        self.assertEqual(effect("int32 a = 1;", "int32 b = 1;", '{"a": 5}'), "meaning")

    def test_an_enum_value_is_another_one_if_either_side_knows_both_names(self):
        enum = 'syntax = "proto3"; enum E { %s } message M { optional E e = 1; }'
        renamed = effect(enum % "A = 0; B = 1;", enum % "C = 0; B = 1;", '{"e": "A"}')
        moved = effect(enum % "A = 0; B = 1;", enum % "C = 0; A = 2;", '{"e": "A"}')
        taken = effect(enum % "A = 0; B = 1;", enum % "B = 0;", '{"e": "A"}')
        self.assertEqual([renamed, moved, taken], ["meaning", "reinterpreted", "reinterpreted"])

    def test_another_default_is_another_meaning(self):
        old, new = (PROTO2 % f"optional int32 a = 1 [default = {value}];" for value in (3, 5))
        self.assertEqual(effect(old, new, "{}"), "meaning")

    def test_what_the_reader_does_not_know_any_more_is_dropped(self):
        self.assertEqual(effect("int32 a = 1;", "int32 b = 2;", '{"a": 5}'), "dropped")

    def test_what_the_reader_never_knew_is_no_loss(self):
        self.assertEqual(effect("int32 a = 1;", "int32 a = 1; int32 b = 2;", '{"b": 5}', "forward"), "ok")

    def test_low_bits_are_lossy(self):
        self.assertEqual(effect("int64 a = 1;", "int32 a = 1;", '{"a": "5000000000"}'), "lossy")

    def test_one_of_several_fields_is_lossy(self):
        new = "oneof o { string a = 1; string b = 2; }"
        self.assertEqual(effect("string a = 1; string b = 2;", new, '{"a": "x", "b": "y"}'), "lossy")

    def test_what_the_reader_refuses_is_an_error(self):
        self.assertEqual(effect("int64 a = 1;", "int32 a = 1;", '{"a": "5000000000"}', surface="json"), "error")

    def test_a_missing_required_field_is_an_error(self):
        old, new = PROTO2 % "optional int32 a = 1;", PROTO2 % "required int32 a = 1;"
        self.assertEqual(effect(old, new, "{}"), "error")

    def test_bytes_that_are_no_utf_8_are_an_error(self):
        self.assertEqual(effect(PROTO2 % "optional string a = 1;", "optional string a = 1;", "0a01ff"), "error")

    def test_another_value_is_reinterpreted(self):
        self.assertEqual(effect("int32 a = 1;", "sint32 a = 1;", '{"a": 3}'), "reinterpreted")

    def test_fields_that_changed_places_are_reinterpreted(self):
        old, new = "string a = 1; string b = 2;", "string b = 1; string a = 2;"
        self.assertEqual(effect(old, new, '{"a": "x"}'), "reinterpreted")
        self.assertEqual(effect(old, new, '{"a": "x"}', surface="json"), "ok")


class Script(unittest.TestCase):
    WITNESS = {
        "id": "narrowed",
        "old": PROTO3 % "int64 a = 1;",
        "new": PROTO3 % "int32 a = 1;",
        "message": "M",
        "value": '{"a": "5000000000"}',
        "direction": "backward",
        "surface": "wire",
    }

    def test_a_witness_that_holds_is_0(self):
        code, verdicts = run({**self.WITNESS, "effect": "lossy"})
        self.assertEqual((code, verdicts[0]["holds"]), (0, True))

    def test_a_witness_that_does_not_hold_is_1(self):
        code, verdicts = run({**self.WITNESS, "effect": "error"})
        self.assertEqual((code, verdicts[0]["effect"], verdicts[0]["holds"]), (1, "lossy", False))

    def test_a_question_has_an_answer_and_no_verdict(self):
        code, verdicts = run({**self.WITNESS, "effect": None})
        self.assertEqual((code, "holds" in verdicts[0]), (0, False))

    def test_what_is_no_witness_is_2(self):
        for wrong in ({"value": '{"b": 1}'}, {"old": "nonsense"}, {"message": "N"}, {"surface": "source"}):
            with self.subTest(wrong):
                self.assertEqual(run({**self.WITNESS, **wrong})[0], 2)


if __name__ == "__main__":
    unittest.main()
