"""The limits that a run is held to."""

from dataclasses import dataclass

CPU_SECONDS_MAX = 6.0
WALL_SECONDS_MAX = 3.0
PEAK_MB_MAX = 600
PEER_CPU_RATIO_MIN = 12.0
ONE_CHANGE_WALL_SECONDS_MAX = 0.3

# A busy machine makes the same instructions take longer: caches, clock and memory are shared.
BUSY_SLACK = 1.5
# Wall time says something only while others leave the cores alone.
OTHERS_CORES_MAX = 0.1


@dataclass(frozen=True)
class Verdict:
    """One limit: whether it holds, or None with the reason why it was not judged."""

    limit: str
    measured: str
    holds: bool | None
    reason: str = ""

    def __str__(self):
        word = {True: "ok", False: "MISSED", None: "not judged"}[self.holds]
        return f"{word}: {self.limit} (measured {self.measured}{self.reason and '; ' + self.reason})"


def at_most(limit, measured, most, unit):
    return Verdict(limit, f"{measured:.2f} {unit}", measured <= most)


def cpu(run, steady):
    """`steady`: only what holds on a busy machine too is asked for."""
    most = CPU_SECONDS_MAX * (BUSY_SLACK if steady else 1)
    slack = f", {most:g} on a busy machine" if steady else ""
    return at_most(f"at most {CPU_SECONDS_MAX:g} CPU seconds{slack}", run.cpu_seconds, most, "s")


def memory(run):
    measured = run.peak_bytes / 1e6
    return Verdict(f"at most {PEAK_MB_MAX} MB", f"{measured:.0f} MB", measured <= PEAK_MB_MAX)


def peer(run, peer_run):
    ratio = peer_run.cpu_seconds / run.cpu_seconds
    return Verdict(f"at most 1/{PEER_CPU_RATIO_MIN:g} of buf's CPU time", f"1/{ratio:.1f}", ratio >= PEER_CPU_RATIO_MIN)


def wall(what, run, most, steady):
    limit = f"{what}: at most {most:g} s wall on two idle cores"
    judged = at_most(limit, run.wall_seconds, most, "s")
    if judged.holds:
        return judged
    if steady:
        return Verdict(limit, judged.measured, None, "wall time is not asked for here")
    if run.others_cores is not None and run.others_cores > OTHERS_CORES_MAX:
        return Verdict(limit, judged.measured, None, f"others kept {run.others_cores:.1f} cores busy")
    return judged
