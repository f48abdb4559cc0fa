"""Tests of the measuring itself: `python3 -m unittest discover --start-directory benches`."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import check_avro
from measuring import one_change, process, verdict
from measuring.process import Failed, Measurement, measure


def python(script, ends_with=(0,)):
    return measure([sys.executable, "-c", script], ends_with)


def taking(cpu=1.0, wall=1.0, peak=1e6, others=0.0):
    return Measurement(cpu, wall, int(peak), 0, others)


class Process(unittest.TestCase):
    def test_output_beyond_a_pipe_on_both_streams_does_not_block(self):
        script = "import sys\nfor _ in range(100_000): print('out'); print('err', file=sys.stderr)"
        self.assertEqual(python(script).lines_printed, 100_000)

    def test_cpu_time_and_waiting_are_told_apart(self):
        run = python("import time; time.sleep(0.5)")
        self.assertGreaterEqual(run.wall_seconds, 0.5)
        self.assertLess(run.cpu_seconds, run.wall_seconds)

    def test_time_and_memory_of_children_count(self):
        child = "memory = b'x' * 200_000_000; sum(range(3_000_000))"
        run = python(f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])")
        self.assertGreater(run.peak_bytes, 200_000_000)
        self.assertGreater(run.cpu_seconds, python("").cpu_seconds)

    def test_another_exit_code_is_an_error_with_what_was_said(self):
        with self.assertRaisesRegex(Failed, "(?s)ended with 3:.*the reason"):
            python("import sys; print('the reason', file=sys.stderr); sys.exit(3)")

    def test_a_signal_is_named(self):
        with self.assertRaisesRegex(Failed, r"was ended by signal 9 \(out of memory\?\)"):
            python("import os; os.kill(os.getpid(), 9)")

    def test_busy_time_counts_guests_once_and_waiting_never(self):
        ticks = process.TICKS_PER_SECOND
        values = [1, 2, 4, 1000, 1000, 8, 16, 32, 1, 2]
        line = "cpu  " + " ".join(str(value * ticks) for value in values)
        self.assertEqual(process.busy_in(line), 1 + 2 + 4 + 8 + 16 + 32)


class OneChange(unittest.TestCase):
    def test_the_file_is_changed_for_a_while_and_git_sees_only_it(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "a.proto").write_text("message A {}\n", encoding="utf-8")
            Path(folder, "b.proto").write_text("message B {}\n", encoding="utf-8")
            with one_change.repository(folder) as root:
                with one_change.changed(root, "a.proto"):
                    self.assertEqual(status(root), " M a.proto\n")
                self.assertEqual(status(root), "")


def status(root):
    return subprocess.run(["git", "status", "--short"], cwd=root, capture_output=True, text=True, check=True).stdout


class Limits(unittest.TestCase):
    def test_a_busy_machine_is_given_slack_where_asked_for(self):
        run = taking(cpu=8)
        self.assertFalse(verdict.cpu(run, steady=False).holds)
        self.assertTrue(verdict.cpu(run, steady=True).holds)
        self.assertFalse(verdict.cpu(taking(cpu=9.1), steady=True).holds)

    def test_memory_and_the_ratio_have_no_slack(self):
        self.assertTrue(verdict.memory(taking(peak=600e6)).holds)
        self.assertFalse(verdict.memory(taking(peak=601e6)).holds)
        self.assertTrue(verdict.peer(taking(cpu=5), taking(cpu=60)).holds)
        self.assertFalse(verdict.peer(taking(cpu=5), taking(cpu=59)).holds)

    def test_wall_time_is_missed_only_while_others_are_idle(self):
        def holds(run, steady=False):
            return verdict.wall("a job", run, 3, steady).holds

        self.assertTrue(holds(taking(wall=2.9, others=1.5)))
        self.assertFalse(holds(taking(wall=3.1, others=0.0)))
        self.assertFalse(holds(taking(wall=3.1, others=None)))
        self.assertIsNone(holds(taking(wall=3.1, others=1.5)))
        self.assertIsNone(holds(taking(wall=3.1), steady=True))

    def test_a_verdict_says_what_was_asked_and_measured(self):
        self.assertEqual(str(verdict.memory(taking(peak=700e6))), "MISSED: at most 600 MB (measured 700 MB)")
        busy = verdict.wall("a job", taking(wall=4, others=1.5), 3, steady=False)
        expected = (
            "not judged: a job: at most 3 s wall on two idle cores (measured 4.00 s; others kept 1.5 cores busy)"
        )
        self.assertEqual(str(busy), expected)


class Avro(unittest.TestCase):
    def test_every_file_of_the_new_version_differs_and_other_files_are_left_out(self):
        with tempfile.TemporaryDirectory() as folder:
            corpus, root = Path(folder, "corpus"), Path(folder, "root")
            (corpus / "a").mkdir(parents=True)
            (corpus / "a/one.avsc").write_text('"int"', encoding="utf-8")
            (corpus / "two.json").write_text("{}", encoding="utf-8")
            (corpus / "three.avdl").symlink_to(corpus / "nowhere")
            self.assertEqual(check_avro.copies(corpus, root), 1)
            self.assertEqual((root / "old/a/one.avsc").read_text(encoding="utf-8"), '"int"')
            self.assertEqual((root / "new/a/one.avsc").read_text(encoding="utf-8"), '"int"\n')

    def test_of_short_runs_the_median_counts_and_the_machine_was_as_busy_as_in_all(self):
        runs = [taking(wall=1.0, others=0.0), taking(wall=3.0, others=0.0), taking(wall=2.0, others=3.0)]
        self.assertEqual(check_avro.median(runs), taking(wall=2.0, others=1.0))


if __name__ == "__main__":
    unittest.main()
