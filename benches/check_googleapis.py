#!/usr/bin/env python3
"""Measures `canread check` on a year of googleapis, beside `buf breaking` in the same run.

Two jobs: the two snapshots against each other, interleaved with buf on the same trees; and the
new snapshot in git with one file changed since the last commit, once a file that few others import
and once one that many do.

Prints a Markdown table of CPU seconds (user + system), wall seconds and peak memory, then what it was
measured on and with, then the limits of `measuring/verdict.py`. Of several rounds the best counts, for
memory the worst. The page cache is warm; canread keeps nothing on disk from one run to the next.

Exit codes: 0 no limit is missed, 1 one is, 2 something could not be measured.
"""

import argparse
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from measuring import circumstances, one_change, verdict
from measuring.process import Failed, measure

# buf's smallest category, and so its fastest.
BUF_CONFIG = json.dumps({"version": "v2", "breaking": {"use": ["WIRE"]}}, separators=(",", ":"))

FEW_IMPORT = "google/cloud/vision/v1/geometry.proto"
MANY_IMPORT = "google/api/http.proto"
# A single run of a job this short says little.
ONE_CHANGE_RUNS_PER_ROUND = 5

CANREAD_ENDS_WITH = (0, 1)
BUF_ENDS_WITH = (0, 100)


def check(path, against, output="concise"):
    return ["check", path, "--against", against, "--format", output]


def breaking(path, against):
    return ["breaking", path, "--against", against, "--config", BUF_CONFIG]


def best(runs):
    """The run with the least wall time, but with the least CPU time and the most memory of all."""
    fastest = min(runs, key=lambda run: run.wall_seconds)
    cpu = min(run.cpu_seconds for run in runs)
    return replace(fastest, cpu_seconds=cpu, peak_bytes=max(run.peak_bytes for run in runs))


def year(args):
    """Both snapshots against each other: what canread took, and what buf took."""
    canread = [args.canread, *check(args.new, args.old)]
    buf = [args.buf, *breaking(args.new, args.old)]
    # The files get into the page cache.
    measure(canread, CANREAD_ENDS_WITH)
    rounds = [(measure(canread, CANREAD_ENDS_WITH), measure(buf, BUF_ENDS_WITH)) for _ in range(args.rounds)]
    ours, theirs = zip(*rounds)
    return best(ours), best(theirs)


def one_changed(args, root, path):
    """One file of a git work tree changed: how many schemas that reaches, and what canread took."""
    with one_change.changed(root, path):
        reached = compared(args.canread, root)
        command = [args.canread, *check(".", "git:HEAD")]
        runs = args.rounds * ONE_CHANGE_RUNS_PER_ROUND
        return reached, best([measure(command, CANREAD_ENDS_WITH, cwd=root) for _ in range(runs)])


def compared(canread, root):
    """How many schemas are compared with the last commit."""
    command = [canread, *check(".", "git:HEAD", output="json")]
    ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    if ended.returncode not in CANREAD_ENDS_WITH:
        raise Failed(f"canread ended with {ended.returncode}:\n{ended.stderr}")
    counts = json.loads(ended.stdout)["compared"]
    return counts["schemas"] - counts["unchanged"]


def cells(run):
    megabytes = f"{run.peak_bytes / 1e6:,.0f}"
    return [f"{run.cpu_seconds:.2f}", f"{run.wall_seconds:.2f}", megabytes, f"{run.lines_printed:,}"]


def ratios(theirs, ours):
    quantities = ("cpu_seconds", "wall_seconds", "peak_bytes")
    return [*(f"{getattr(theirs, name) / getattr(ours, name):.1f}" for name in quantities), ""]


def table(rows):
    heading = ["| | CPU s | wall s | peak MB | lines printed |", "|---|--:|--:|--:|--:|"]
    return heading + [f"| {' | '.join([name, *cells])} |" for name, cells in rows]


def notes(args, load, runs):
    """What was measured, where and how, as a Markdown list."""
    rounds = "one round" if args.rounds == 1 else f"{args.rounds} rounds"
    old, new = (f"{os.path.basename(tree)} ({circumstances.size(tree)})" for tree in (args.old, args.new))
    canread, buf = circumstances.version(args.canread), circumstances.version(args.buf)
    return [
        f"* a year: OLD is {old}, NEW is {new}; {rounds}",
        f"* {canread}: `{circumstances.typed('canread', check('NEW', 'OLD'))}`",
        f"* buf {buf}: `{circumstances.typed('buf', breaking('NEW', 'OLD'))}`",
        f"* one file changed: `{circumstances.typed('canread', check('.', 'git:HEAD'))}` in a git work tree of NEW, "
        f"{args.rounds * ONE_CHANGE_RUNS_PER_ROUND} runs; {FEW_IMPORT} and {MANY_IMPORT}",
        f"* {circumstances.machine()}; load {load:.1f} at the start{circumstances.others(runs)}",
    ]


def report(args):
    """The whole report as text, and whether no limit is missed."""
    load = os.getloadavg()[0]
    with one_change.repository(args.new) as root:
        few, few_run = one_changed(args, root, FEW_IMPORT)
        many, many_run = one_changed(args, root, MANY_IMPORT)
    ours, theirs = year(args)
    rows = [
        ("`canread check`, a year", cells(ours)),
        ("`buf breaking`, a year", cells(theirs)),
        ("buf ÷ canread", ratios(theirs, ours)),
        (f"`canread check`, one file changed that few import: {few:,} schemas compared", cells(few_run)),
        (f"`canread check`, one file changed that many import: {many:,} schemas compared", cells(many_run)),
    ]
    verdicts = [
        verdict.cpu(ours, args.steady),
        verdict.memory(ours),
        verdict.peer(ours, theirs),
        verdict.wall("a year", ours, verdict.WALL_SECONDS_MAX, args.steady),
        verdict.wall("one file changed that few import", few_run, verdict.ONE_CHANGE_WALL_SECONDS_MAX, args.steady),
    ]
    parts = [table(rows), notes(args, load, [ours, theirs, few_run, many_run]), map(str, verdicts)]
    text = "\n\n".join("\n".join(part) for part in parts)
    return f"{text}\n", all(found.holds is not False for found in verdicts)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", help="the directory of the old snapshot")
    parser.add_argument("new", help="the directory of the new snapshot")
    parser.add_argument("--canread", required=True, help="the program, built for release")
    parser.add_argument("--buf", required=True, help="the program itself, not npm's script around it")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    parser.add_argument("--steady", action="store_true", help="ask only for what holds on a busy machine too")
    parser.add_argument("--report", metavar="FILE", help="a file that gets the report too")
    args = parser.parse_args()
    if args.rounds < 1:
        parser.error("at least one round is needed")
    # Some commands run in another directory.
    for name in ("old", "new", "canread", "buf"):
        setattr(args, name, os.path.abspath(getattr(args, name)))
    return args


def main():
    args = arguments()
    try:
        text, well = report(args)
    except (Failed, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(text, end="")
    if args.report:
        Path(args.report).write_text(text, encoding="utf-8")
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
