#!/usr/bin/env python3
"""Measures short jobs: `canread check` on all Avro schemas of a directory, and the start of the program.

Makes two copies of the directory's `.avsc`, `.avpr` and `.avdl` files. In the new one every file ends with one more
line break, so that none is passed over as unchanged: all files of both versions are parsed, linked and compared, and
differ in nothing. Files that canread refuses are left out of both, and counted. The start is `--version`, and `rules`,
which prints a line for each rule.

Prints a Markdown table of CPU seconds, wall seconds and peak memory, then what it was measured on and with, then
whether the limits hold. Of several runs on the schemas the best counts, of those of the start the median.

Exit codes: 0 no limit is missed, 1 one is, 2 something could not be measured.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from measuring import circumstances, verdict
from measuring.process import Failed, measure

SCHEMAS_WALL_SECONDS_MAX = 0.2
START_WALL_SECONDS_MAX = 0.01
ENDINGS = (".avsc", ".avpr", ".avdl")
# A single run of a job this short says little.
SCHEMAS_RUNS_PER_ROUND = 5
START_RUNS_PER_ROUND = 20
# Leaving files out can break what needs them: then those are left out too.
ATTEMPTS_MAX = 8


def check(output="concise"):
    return ["check", "new", "--against", "old", "--format", output]


def copies(corpus, root):
    """Both versions; gives the count of files."""
    # A link that leads nowhere is no file.
    files = [file for file in Path(corpus).rglob("*") if file.suffix in ENDINGS and file.is_file()]
    for file in files:
        for side in ("old", "new"):
            copy = root / side / file.relative_to(corpus)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        with copy.open("ab") as text:
            text.write(b"\n")
    return len(files)


def leave_out_refused(canread, root):
    """Removes files with errors from both versions until the rest is compared; gives what the last report counted."""
    for _ in range(ATTEMPTS_MAX):
        ended = subprocess.run([canread, *check("json")], cwd=root, capture_output=True, text=True, check=False)
        try:
            report = json.loads(ended.stdout)
        except ValueError as error:
            raise Failed(f"canread ended with {ended.returncode} and no report:\n{ended.stderr}") from error
        errors = [one for one in report["diagnostics"] if one["severity"] == "error"]
        names = {place["file"].split("/", 1)[1] for one in errors for place in one["locations"][:1]}
        if not errors:
            if ended.returncode != 0 or report["findings"] or report["compared"]["unchanged"]:
                raise Failed(f"files that differ in nothing: canread ended with {ended.returncode}\n{ended.stdout}")
            return report["compared"]
        for name in names:
            for side in ("old", "new"):
                (root / side / name).unlink(missing_ok=True)
    raise Failed(f"files have errors still after {ATTEMPTS_MAX} attempts: {sorted(names)}")


def median(runs):
    """The run in the middle by wall time; the machine was as busy as in all of them, since its clock is coarse."""
    middle = statistics.median_low(run.wall_seconds for run in runs)
    found = next(run for run in runs if run.wall_seconds == middle)
    if found.others_cores is None:
        return found
    others = sum(run.others_cores * run.wall_seconds for run in runs) / sum(run.wall_seconds for run in runs)
    return replace(found, others_cores=others)


def start(argument, run, steady):
    judged = verdict.wall(f"`canread {argument}`", run, START_WALL_SECONDS_MAX, steady)
    return replace(judged, measured=f"{run.wall_seconds * 1000:.1f} ms")


def row(name, run):
    return f"| {name} | {run.cpu_seconds:.3f} | {run.wall_seconds:.3f} | {run.peak_bytes / 1e6:,.0f} | {run.lines_printed:,} |"


def report(args):
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="canread-bench-") as folder:
        root = Path(folder)
        found = copies(args.corpus, root)
        compared = leave_out_refused(args.canread, root)["schemas"]
        command = [args.canread, *check()]
        runs = [measure(command, (0,), cwd=root) for _ in range(args.rounds * SCHEMAS_RUNS_PER_ROUND)]
        schemas = min(runs, key=lambda run: run.wall_seconds)
    starts = {
        argument: median([measure([args.canread, argument], (0,)) for _ in range(args.rounds * START_RUNS_PER_ROUND)])
        for argument in ("--version", "rules")
    }
    judged = [verdict.wall("all Avro schemas", schemas, SCHEMAS_WALL_SECONDS_MAX, args.steady)]
    judged += [start(argument, run, args.steady) for argument, run in starts.items()]
    corpus = os.path.basename(args.corpus)
    lines = [
        "| | CPU s | wall s | peak MB | lines printed |",
        "|---|--:|--:|--:|--:|",
        row(f"`canread check`, all of {corpus}: {compared} schemas parsed, linked and compared", schemas),
        *(row(f"`canread {argument}`", run) for argument, run in starts.items()),
        "",
        f"* {circumstances.version(args.canread)}: `{circumstances.typed('canread', check())}`, where every file of NEW has "
        f"one more line break; {found - compared} of {found} files are refused and left out; "
        f"{args.rounds * SCHEMAS_RUNS_PER_ROUND} runs, the best; the start: {args.rounds * START_RUNS_PER_ROUND} runs, the median",
        f"* {circumstances.machine()}; load {load:.1f} at the start{circumstances.others([schemas, *starts.values()])}",
        "",
        *map(str, judged),
    ]
    return "\n".join(lines), all(found.holds is not False for found in judged)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", help="the directory of the schemas")
    parser.add_argument("--canread", required=True, help="the program, built for release")
    parser.add_argument("--rounds", type=int, default=3, help="how often everything is measured")
    parser.add_argument("--steady", action="store_true", help="don't ask for wall time")
    args = parser.parse_args()
    if args.rounds < 1:
        parser.error("at least one round is needed")
    args.corpus, args.canread = os.path.abspath(args.corpus), os.path.abspath(args.canread)
    return args


def main():
    args = arguments()
    try:
        text, well = report(args)
    except (Failed, OSError, subprocess.CalledProcessError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(text)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
