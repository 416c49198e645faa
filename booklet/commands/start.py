"""Where the program starts: it imports next to nothing, so that it can answer from the first."""

import atexit
import gc
import sys


def main() -> None:
    """Hand the arguments to the program; where a package it needs is missing, say what to do.

    Each command imports what it needs when it runs, so that any of them may be missing then. A
    Ctrl-C before `booklet.commands.main` listens for it meets Python amid its imports.
    """
    atexit.register(gc.freeze)  # else Python looks through all there is for garbage as it ends
    try:
        from booklet.commands.main import main as program

        program()
    except KeyboardInterrupt:
        sys.stderr.write("stopped; nothing was changed\n")
        sys.exit(130)  # `ExitCode.STOPPED`; its module may be what was being imported
    except ModuleNotFoundError as missing:
        sys.stderr.write(
            f"The Python package `{missing.name}` is not installed: run `sh setup.sh`,\n"
            "then `.venv/bin/booklet`.\n"
        )
        sys.exit(3)
