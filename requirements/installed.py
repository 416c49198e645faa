"""Whether all packages of a lock file are installed in its versions; says which are not.

`python requirements/installed.py LOCK`. What is for some systems only is passed over. `packaging`
is one of them; where it is missing this fails, which says enough.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.version import Version

_LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[.*\])?==(\S+) \\$", re.MULTILINE)
"""A package with its version and no condition."""


def missing(lock: str) -> list[str]:
    """The packages of the text of a lock file that are not here in their version."""
    wanted = _LINE.findall(lock)
    return [f"{name}=={number}" for name, number in wanted if _here(name) != Version(number)]


def _here(name: str) -> Version | None:
    try:
        return Version(version(name))
    except PackageNotFoundError:
        return None


if __name__ == "__main__":
    found = missing(Path(sys.argv[1]).read_text(encoding="utf-8"))
    if found:
        sys.stderr.write(f"Not installed as locked: {', '.join(found)}\n")
    sys.exit(bool(found))
