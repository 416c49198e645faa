"""One edition made from its words in a process of its own, as a build makes it.

    .venv/bin/python -m benchmarks.edition OUT.pdf

Content read and checked, pages set, the file written with its structure, and measured.
"""

import atexit
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.garbage import garbage_looked_for_seldom

if TYPE_CHECKING:
    from booklet.build import BuiltFile
    from booklet.order import Target


def built(target: "Target") -> "BuiltFile":
    """Its PDF, as a build of that alone makes it; `FaultsFound` where it falls short."""
    from booklet.making import tried
    from booklet.problems import FaultsFound
    from booklet.scratch import scratch_folder
    from booklet.workers import LostJob, Processes, run_jobs

    with scratch_folder():
        ((_, made),) = run_jobs(tried, [target], Processes.of_this_machine())
    if isinstance(made, FaultsFound):
        raise made
    assert not isinstance(made, LostJob)  # nobody ends this process and goes on
    return made[0]


@garbage_looked_for_seldom(aside=False)  # from before its imports, as the command has it
def main(file: str) -> None:
    from benchmarks.specimen import edition

    Path(file).write_bytes(built(edition()).content)


if __name__ == "__main__":
    atexit.register(gc.freeze)  # as `booklet.commands.start` does
    main(*sys.argv[1:2])
