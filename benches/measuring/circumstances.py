"""What a measurement was made on and with: without it, figures say nothing."""

import os
import platform
import shlex
import subprocess
from pathlib import Path


def size(tree):
    """How much there is to read."""
    files = [file for file in Path(tree).rglob("*.proto") if file.is_file()]
    return f"{len(files):,} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB"


def version(program):
    """What a program says of itself; some say it on the wrong stream."""
    ended = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return (ended.stdout or ended.stderr).strip()


def typed(program, arguments):
    """A command as one would type it."""
    return shlex.join([program, *arguments])


def machine():
    """Processor, cores that this process may use, memory, system."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return f"{processor()}, {cores} cores, {memory:.0f} GB, {platform.system()} {platform.release()}"


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def others(runs):
    """How busy other processes kept the machine, or nothing where the system doesn't tell."""
    cores = [run.others_cores for run in runs if run.others_cores is not None]
    return f", others kept {min(cores):.1f} to {max(cores):.1f} cores busy meanwhile" if cores else ""
