"""Build the booklets: `python make_booklet.py --help` says how."""

import sys

try:
    from booklet.cli import main
except ModuleNotFoundError as missing:
    sys.exit(
        f"The Python package `{missing.name}` is not installed. Run `sh setup.sh` first, "
        "then `.venv/bin/python make_booklet.py`."
    )

if __name__ == "__main__":
    main()
