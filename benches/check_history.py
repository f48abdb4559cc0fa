#!/usr/bin/env python3
"""Measures `canread check` against a history of many versions.

Makes a git repository whose one schema has many fields, with a tagged commit for each version. Each version changes one
field: it gets a wider type, is deleted, or is new. A second repository has the same schema cut into many files, so
that each version changes one of them: there the cost must follow what changed, not how large all of it is.

Prints a Markdown table of CPU seconds, wall seconds and peak memory, then what it was measured on and with, then
whether the limit holds. Of several rounds the best counts.

Exit codes: 0 the limit holds or could not be judged, 1 it is missed, 2 something could not be measured.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from measuring import circumstances, verdict
from measuring.one_change import git
from measuring.process import Failed, measure

WALL_SECONDS_MAX = 1.0
CANREAD_ENDS_WITH = (0, 1)
TYPES = ("int32", "string", "bool", "bytes", "double", "int64")
PER_FILE = 25


def fields(count):
    """Field numbers with their types."""
    return {number: TYPES[number % len(TYPES)] for number in range(1, count + 1)}


def changed(schema, version):
    """The next version: one field of the last one differs."""
    schema = dict(schema)
    number = sorted(schema)[version * 7 % len(schema)]
    if version % 3 == 0:
        schema[number] = "int64" if schema[number] == "int32" else "int32"
    elif version % 3 == 1:
        del schema[number]
    else:
        schema[max(schema) + 1] = TYPES[version % len(TYPES)]
    return schema


def text(name, members):
    lines = [f"  // What the shop knows as {number}.\n  {kind} field_{number} = {number};" for number, kind in members]
    return "\n".join([f'syntax = "proto3";\n\npackage shop.v1;\n\nmessage {name} {{', *lines, "}\n"])


def files(schema, is_split):
    """Path and text of each file."""
    if not is_split:
        return {"order.proto": text("Order", sorted(schema.items()))}
    groups = {}
    for number, kind in sorted(schema.items()):
        groups.setdefault(number // PER_FILE, []).append((number, kind))
    return {f"part_{group}.proto": text(f"Part{group}", members) for group, members in groups.items()}


def repository(root, args, is_split):
    """Every version but the last one is a tagged commit; the last one is in the work tree."""
    root.mkdir()
    git(root, "init")
    schema = fields(args.fields)
    for version in range(args.versions + 1):
        for path, content in files(schema, is_split).items():
            file = root / "schemas" / path
            file.parent.mkdir(exist_ok=True)
            if not file.exists() or file.read_text(encoding="utf-8") != content:
                file.write_text(content, encoding="utf-8")
        if version < args.versions:
            git(root, "add", "--all")
            git(root, "commit", f"--message=version {version}")
            git(root, "tag", f"v{version}")
        schema = changed(schema, version)
    git(root, "gc")


def command(mode):
    return ["check", "schemas", "--against", "git:tags/v*", "--mode", mode, "--format", "concise"]


def best(args, root, mode):
    runs = [measure([args.canread, *command(mode)], CANREAD_ENDS_WITH, cwd=root) for _ in range(args.rounds + 1)]
    # The first one gets the files into the page cache.
    return min(runs[1:], key=lambda run: run.wall_seconds)


def row(name, run):
    return f"| {name} | {run.cpu_seconds:.2f} | {run.wall_seconds:.2f} | {run.peak_bytes / 1e6:,.0f} | {run.lines_printed:,} |"


def report(args):
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="canread-bench-") as folder:
        whole, split = Path(folder, "whole"), Path(folder, "split")
        repository(whole, args, is_split=False)
        repository(split, args, is_split=True)
        runs = {
            "one file, `backward-transitive`": best(args, whole, "backward-transitive"),
            "one file, `full-transitive`": best(args, whole, "full-transitive"),
            "one file, `backward`": best(args, whole, "backward"),
            "many files, `backward-transitive`": best(args, split, "backward-transitive"),
        }
    judged = [verdict.wall(name, run, WALL_SECONDS_MAX, args.steady) for name, run in runs.items()]
    shape = f"{args.versions} versions of {args.fields} fields, one of which changes each time"
    lines = [
        f"| {shape} | CPU s | wall s | peak MB | lines printed |",
        "|---|--:|--:|--:|--:|",
        *(row(name, run) for name, run in runs.items()),
        "",
        f"* {circumstances.version(args.canread)}: `{circumstances.typed('canread', command('MODE'))}`; {args.rounds} rounds",
        f"* {circumstances.machine()}; load {load:.1f} at the start{circumstances.others(runs.values())}",
        "",
        *map(str, judged),
    ]
    return "\n".join(lines), all(found.holds is not False for found in judged)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--canread", required=True, help="the program, built for release")
    parser.add_argument("--versions", type=int, default=200)
    parser.add_argument("--fields", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured")
    parser.add_argument("--steady", action="store_true", help="don't ask for wall time")
    args = parser.parse_args()
    if min(args.rounds, args.versions, args.fields) < 1:
        parser.error("rounds, versions and fields are at least 1")
    args.canread = os.path.abspath(args.canread)
    return args


def main():
    args = arguments()
    try:
        text, well = report(args)
    except (Failed, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(text)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
