"""Build the booklets: `python make_booklet.py --help` says how."""

import sys

try:
    from booklet.commands.main import main
except ModuleNotFoundError as missing:
    print(
        f"The Python package `{missing.name}` is not installed: run `sh setup.sh`,", file=sys.stderr
    )
    print("then `.venv/bin/python make_booklet.py`.", file=sys.stderr)
    sys.exit(3)

if __name__ == "__main__":
    main()
