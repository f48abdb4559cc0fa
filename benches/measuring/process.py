"""Measures one process: CPU seconds, wall seconds, peak memory, and who else used the machine."""

import os
import platform
import subprocess
import tempfile
import time
from dataclasses import dataclass

ERROR_CHARACTERS_SHOWN = 2000
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measurement:
    """What one process took."""

    # User and system time, its children's too.
    cpu_seconds: float
    wall_seconds: float
    # The largest resident size that it, or one of its children, ever had.
    peak_bytes: int
    lines_printed: int
    # How many cores all other processes kept busy meanwhile; None where the system doesn't tell.
    others_cores: float | None


class Failed(Exception):
    """A process did not do what was to be measured."""


def measure(command, ends_with, cwd=None):
    """Runs a command to its end; an exit code that isn't in `ends_with` raises `Failed`.

    Its output goes to files: pipes that nobody empties block it, and output held here would
    count as its memory, because a child starts with its parent's resident size.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        busy = busy_seconds()
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        if process.returncode not in ends_with:
            raise Failed(f"{os.path.basename(command[0])} {ended(process.returncode)}:\n{tail(err)}")
        others = None if busy is None else max(0.0, busy_seconds() - busy - cpu) / wall
        return Measurement(cpu, wall, peak_bytes(usage), count_lines(out), others)


def ended(code):
    if code >= 0:
        return f"ended with {code}"
    reason = " (out of memory?)" if code == -9 else ""
    return f"was ended by signal {-code}{reason}"


def peak_bytes(usage):
    # Kibibytes everywhere but on macOS.
    return usage.ru_maxrss * (1 if platform.system() == "Darwin" else 1024)


def tail(file):
    file.seek(0)
    return file.read().decode(errors="replace")[-ERROR_CHARACTERS_SHOWN:].strip()


def count_lines(file):
    file.seek(0)
    return sum(1 for _ in file)


def busy_seconds():
    """Seconds that all cores together have worked since boot, also for guests; None where unknown."""
    try:
        with open("/proc/stat", encoding="ascii") as lines:
            return busy_in(next(lines))
    except (OSError, StopIteration):
        return None


def busy_in(line):
    """The same, from the first line of /proc/stat: user nice system idle iowait irq softirq steal guest guest_nice."""
    user, nice, system, _idle, _iowait, irq, softirq, steal = map(int, line.split()[1:9])
    # `user` and `nice` hold the guests' time already.
    return (user + nice + system + irq + softirq + steal) / TICKS_PER_SECOND
