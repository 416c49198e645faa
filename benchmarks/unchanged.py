"""How long a build takes in which nothing has changed, against importing WeasyPrint alone.

Run from the project's folder: `.venv/bin/python -m benchmarks.unchanged [RUNS]`. The content is
copied with 2 and with 100 booklets. Their files are made by a stand-in, since only what stands
there counts. Both commands are timed in turn; the ratio is that of their medians.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from booklet import build as pipeline

ROOT = Path(__file__).parent.parent
KEEP = [sys.executable, str(ROOT / "make_booklet.py")]
IMPORT = [sys.executable, "-c", "import weasyprint"]


def make(target: pipeline.Target) -> Iterator[pipeline.BuiltFile]:
    """Stands in for setting type."""
    yield pipeline.BuiltFile(target.file_name, bytes(100_000), pages=40)


def prepare(folder: Path, booklets: int) -> None:
    """Content with so many booklets, and an order for all of them that was carried out."""
    shutil.copytree(ROOT / "content", folder / "content")
    for number in range(booklets - 2):
        shutil.copytree(
            ROOT / "content/blood-transfusion", folder / f"content/blood-transfusion-{number}"
        )
    os.chdir(folder)
    time.sleep(1)  # files that are this new are not relied on
    words = [KEEP[1], "build", "--quiet"]
    stand_in, typed = patch.object(pipeline, "make", make), patch.object(sys, "argv", words)
    with stand_in, typed, suppress(SystemExit):
        run_path(KEEP[1], run_name="__main__")


def seconds(command: list[str], folder: Path) -> float:
    """The wall time of a command."""
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(runs: int = 7) -> None:
    """Print the medians and their ratio for each number of booklets."""
    for booklets in (2, 100):
        with TemporaryDirectory() as name:
            folder = Path(name)
            prepare(folder, booklets)
            times = [(seconds(KEEP, folder), seconds(IMPORT, folder)) for _ in range(runs)]
            kept, imported = (statistics.median(each) for each in zip(*times, strict=True))
            print(
                f"{booklets} booklets: kept in {kept:.2f} s, `import weasyprint` {imported:.2f} s, "
                f"ratio {kept / imported:.2f}"
            )
            os.chdir(ROOT)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
