"""One edition made from its words in a process of its own, as a build makes it.

    .venv/bin/python -m benchmarks.edition OUT.pdf

Content read and checked, pages set, the file written with its structure, and measured.
"""

import sys
from pathlib import Path

from benchmarks.specimen import edition
from booklet.build import make


def main(file: str) -> None:
    Path(file).write_bytes(next(iter(make(edition()))).content)


if __name__ == "__main__":
    main(*sys.argv[1:2])
