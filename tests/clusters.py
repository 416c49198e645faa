"""A real scheduler of Dask with real workers, for tests of work on other machines."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.conftest import ROOT


@contextmanager
def scheduler(folder: Path, workers: int, *options: str, **env: str) -> Iterator[str]:
    """The address of a scheduler on this machine, with processes of its own as its workers."""
    told = folder / "address.json"
    with ExitStack() as stack:
        on = ["--host", "127.0.0.1", "--scheduler-file", str(told)]
        stack.enter_context(_program("scheduler", folder, env, *on, "--port", "0", *options))
        until = time.monotonic() + 60
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.05)
        for _ in range(workers):
            alone = ["--scheduler-file", str(told), "--no-nanny", "--nthreads", "1", *options]
            stack.enter_context(_program("worker", folder, env, *alone))
        yield json.loads(told.read_text())["address"]


@contextmanager
def _program(name: str, folder: Path, env: dict[str, str], *options: str) -> Iterator[None]:
    """`dask NAME` in a folder from which none of the project's files are found by chance."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{name}", "--no-dashboard", *options]
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(folder), **env},
            stdout=log,
            stderr=log,
        )
        try:
            yield
        finally:
            process.kill()
            process.wait()
