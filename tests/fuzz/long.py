"""The long run of the fuzzers: `python -m tests.fuzz.long CASES [TARGET…] [--first SEED]`."""

import argparse
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.interrupted import ACTS, interruptions
from tests.fuzz.killed_runs import killed_run
from tests.fuzz.races import races
from tests.fuzz.targets import TARGETS, tried

MEMORY = 4 * 2**30  # bytes; a machine must not go down with what is tried on it


def main() -> int:
    """Try so many inputs of each target; say what failed by its seed, and how to try it again."""
    asked = argparse.ArgumentParser(prog="python -m tests.fuzz.long", description=main.__doc__)
    asked.add_argument(
        "cases", type=int, help="inputs for each target, rounds of races, people of runs"
    )
    asked.add_argument("targets", nargs="*", help=f"of {', '.join(KNOWN)}; all by default")
    asked.add_argument("--first", type=int, default=1, help="the first seed [1]")
    asked.add_argument("--seconds", type=float, default=3600, help="most for a target [3600]")
    said = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    failed = 0
    for name in said.targets or KNOWN:
        failed += _told(name, range(said.first, said.first + said.cases), said.seconds)
    return 1 if failed else 0


KNOWN = (*TARGETS, *ACTS, "races", "killed-runs")
KILLS = 50
"""How often a mailing run is killed."""


def _told(name: str, seeds: range, seconds: float) -> int:
    if name in ACTS:
        return _interrupted(name)
    if name == "races":
        return _raced(len(seeds))
    if name == "killed-runs":
        return _killed(len(seeds), seeds.start)
    return _fed(name, seeds, seconds)


def _interrupted(act: str) -> int:
    with TemporaryDirectory() as folder:
        told = interruptions(act, Path(folder))
    print(
        f"{act}: {told.runs} interruptions at {told.renames} renames, {len(told.failures)} failures"
    )
    print(*told.failures, sep="\n", flush=True)
    return len(told.failures)


def _raced(rounds: int) -> int:
    with TemporaryDirectory() as folder:
        lost = races(Path(folder), rounds)
    print(f"races: {rounds} of two writers, {len(lost)} failures")
    print(*lost, sep="\n", flush=True)
    return len(lost)


def _killed(people: int, seed: int) -> int:
    with TemporaryDirectory() as folder:
        told = killed_run(Path(folder), people, KILLS, seed)
    print(
        f"killed-runs: {people} people, {told.undisturbed:.0f} s if let be, killed {told.kills} "
        f"times, {len(told.failures)} failures"
    )
    print(*told.failures, sep="\n", flush=True)
    return len(told.failures)


def _fed(name: str, seeds: range, seconds: float) -> int:
    with TemporaryDirectory() as folder:
        tally = tried(name, seeds, Path(folder), seconds)
    made = tally.answered + tally.refused + len(tally.failures)
    print(
        f"{name}: {made} inputs, {tally.answered} taken, {tally.refused} refused, "
        f"{len(tally.failures)} failures, slowest {tally.slowest:.1f} s",
        flush=True,
    )
    for seed, trace in tally.failures.items():
        print(f"{name} --first {seed}:\n{trace}", flush=True)
    return len(tally.failures)


if __name__ == "__main__":
    sys.exit(main())
