"""How long the preview takes from a save to the web page, to the pages and to their pictures.

Run from the project's folder: `.venv/bin/python -m benchmarks.preview [RUNS] [SIZE]`. It serves a
copy of the content, changes a word of the AML booklet each time, and listens as a browser does.
"""

import json
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

CHANGED = "aml-relapse/07-choosing-treatment.yaml"
HEADING = "New tests come first"


def views(address: str, query: str) -> Iterator[dict[str, Any]]:
    """What the server tells a page, as it comes."""
    asking = Request(f"{address}events?{query}", headers={"Sec-Fetch-Site": "same-origin"})
    with urlopen(asking) as stream:
        for line in stream:
            if line.startswith(b"data: "):
                yield json.loads(line[6:])


def after_a_save(
    news: Iterator[dict[str, Any]], address: str, query: str, save: Callable[[], object]
) -> tuple[float, float, float]:
    """Seconds from a save to the new page, to the new pages, to the picture of the changed one."""
    start = time.perf_counter()
    save()
    view = next(view for view in news if view["status"] == "Setting the pages.")
    urlopen(f"{address}screen/{view['screen']}?{query}").read()
    page = time.perf_counter() - start
    view = next(view for view in news if not view["pagesAreOld"])
    pages = time.perf_counter() - start
    number = next(int(at) for words, at in view["places"] if words.startswith(HEADING)) + 1
    urlopen(f"{address}page/{view['set']}/{number}.png?{query}&width=1200").read()
    return page, pages, time.perf_counter() - start


def measure(content: Path, runs: int, size: str) -> None:
    """Print the times of each save and their medians."""
    command = [sys.executable, "make_booklet.py", "preview", "aml-relapse", "--size", size]
    server = subprocess.Popen(
        [*command, "--no-open", "--content", str(content)], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout
    address, query = server.stdout.readline().split()[1].split("?")
    file = content / CHANGED
    words = file.read_text(encoding="utf-8")
    news = views(address, query)
    try:
        next(view for view in news if view["set"])
        times = []
        for run in range(runs):
            time.sleep(5)  # until the words are checked too
            changed = words.replace(HEADING, f"{HEADING} {run}")
            save = partial(file.write_text, changed, encoding="utf-8")
            times.append(after_a_save(news, address, query, save))
            print("page {:.2f} s, pages {:.2f} s, picture {:.2f} s".format(*times[-1]))
        print(
            "median: page {:.2f} s, pages {:.2f} s, picture {:.2f} s".format(
                *map(statistics.median, zip(*times, strict=True))
            )
        )
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def main(runs: str = "7", size: str = "standard") -> None:
    """Measure on a copy of the content."""
    with tempfile.TemporaryDirectory() as folder:
        content = Path(folder) / "content"
        shutil.copytree("content", content)
        measure(content, int(runs), size)


if __name__ == "__main__":
    main(*sys.argv[1:3])
