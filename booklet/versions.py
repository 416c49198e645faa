"""What finished files are made with: two machines with the same of it make the same bytes."""

import platform
import re
import zlib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from booklet import surroundings
from booklet.origins import contents
from booklet.problems import MissingOnMachine
from booklet.tagging.library_versions import harfbuzz, pango
from booklet.typeface import typefaces

_DISTRIBUTION = "booklet-builder"
_PACKAGE = Path(__file__).parent
_NOT_INSTALLED = (
    "the booklet builder is not installed as a package, so nobody can say which versions it needs: "
    "run `sh setup.sh`"
)
_NAME = re.compile(r"[\w.-]+")

Versions = dict[str, str]
"""Versions by the name of what has them; where there is none, a digest of the files."""
_DIGESTS = ("program", "packages", "libraries of the system")


@cache
def made_with() -> Versions:
    """The versions on this machine of all that a finished file depends on.

    `MissingOnMachine` where the program was not installed as a package.
    """
    found = {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION}
    found |= {"Pango": pango(), "HarfBuzz": harfbuzz(), "program": _program()}
    # An edited file keeps the version of its package, and a repaired one that of its library.
    found["packages"] = contents(surroundings.library_folders())
    found["libraries of the system"] = contents(surroundings.system_libraries())
    found["settings"] = " ".join(surroundings.settings()) or "none"
    try:
        found |= dict(_packages(_DISTRIBUTION))
    except PackageNotFoundError as error:
        raise MissingOnMachine(_NOT_INSTALLED) from error
    fonts = {each.package.replace("_", "-") for each in typefaces()}
    return found | {name: version(name) for name in sorted(fonts)}


def differences(theirs: Versions) -> tuple[str, ...]:
    """What another machine has in another version than this one, in words.

    >>> differences(made_with())
    ()
    """
    ours = made_with()
    names = sorted(name for name in {*ours, *theirs} if ours.get(name) != theirs.get(name))
    return tuple(
        f"{name} {_told(name, theirs.get(name))} there and {_told(name, ours.get(name))} here"
        for name in names
    )


def _told(name: str, found: str | None) -> str:
    return (found or "missing")[: 8 if name in _DIGESTS else None]


def _packages(root: str) -> Iterator[tuple[str, str]]:
    """The packages that one needs to work, and those that they need; without extras."""
    waiting, seen = [root], {root}
    while waiting:
        for asked in requires(waiting.pop()) or ():
            found = _NAME.match(asked)
            name = re.sub(r"[-_.]+", "-", found[0]).lower() if found else ""
            if name and name not in seen and "extra ==" not in asked:
                seen.add(name)
                try:
                    yield name, version(name)
                except PackageNotFoundError:  # for another system
                    continue
                waiting.append(name)


def _program() -> str:
    """A digest of our code and of what stands beside it; style sheets come with the job."""
    ours = sorted(each for each in _PACKAGE.iterdir() if each.name not in ("styles", "__pycache__"))
    return contents(ours)
