"""The program for the tests of its commands: in a process of its own, or at once in this one."""

import os
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from unittest.mock import patch

from booklet.commands.main import main
from tests.conftest import ROOT

Done = subprocess.CompletedProcess[str]
WIDE = {"COLUMNS": "200"}


def in_a_process(*arguments: object, cwd: Path = ROOT, **env: str) -> Done:
    """What a person gets: for tests of the process itself, its start, its folder, its end."""
    return subprocess.run(
        [sys.executable, str(ROOT / "make_booklet.py"), *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        env={**os.environ, **WIDE, **env},
        check=False,
    )


def run(*arguments: object, cwd: Path = ROOT) -> Done:
    """The same words, files and exit code, without the seconds that starting takes."""
    words = ["make_booklet.py", *map(str, arguments)]
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    output, errors, code = StringIO(), StringIO(), 0
    try:
        with (
            patch.object(sys, "argv", words),
            patch.dict(os.environ, WIDE),
            chdir(cwd),
            redirect_stdout(output),
            redirect_stderr(errors),
        ):
            main()
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
    return Done(words, code, output.getvalue(), errors.getvalue())
