"""Build the booklets: `python make_booklet.py --help` says how."""

import sys


def run() -> None:
    """Hand the arguments to the program; where a package it needs is missing, say what to do.

    Each command imports what it needs when it runs, so that any of them may be missing then.
    """
    try:
        from booklet.commands.main import main

        main()
    except ModuleNotFoundError as missing:
        print(
            f"The Python package `{missing.name}` is not installed: run `sh setup.sh`,\n"
            "then `.venv/bin/python make_booklet.py`.",
            file=sys.stderr,
        )
        sys.exit(3)


if __name__ == "__main__":
    run()
