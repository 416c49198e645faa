"""What people paste from a letter or a mail, where it is not what the shell takes."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

_DASH = re.compile(r"-?[\N{HYPHEN}-\N{HORIZONTAL BAR}\N{MINUS SIGN}]+-?(?P<name>[A-Za-z].*)")
"""An option whose hyphens a word processor has made a dash of."""
_OPEN, _CLOSED = "“„”\"'‘«", "”“\"'’»"
"""Quotation marks that are typed or pasted before a path, and behind one."""
_LONGEST = 8
"""The words that a path with spaces may have fallen into; more would ask the disk too often."""


def hints(typed: Sequence[str]) -> list[str]:
    """What to type instead of dashes, quotation marks and spaces that the shell takes otherwise.

    For a run that has failed: nothing of this is wrong for certain.

    >>> hints(["aml-relapse", "—size", "large", "–q"])
    ['`—size` begins with a dash; write `--size`', '`–q` begins with a dash; write `-q`']
    >>> hints(["check", "“my", "letter.pdf”"])
    ['Put straight quotes, and no others, round a path with spaces: "my letter.pdf"']
    """
    return [*map(_undashed, filter(_DASH.fullmatch, typed)), *dict.fromkeys(_in_quotes(typed))]


def _undashed(word: str) -> str:
    name = _DASH.sub(r"\g<name>", word)
    hyphens = "-" if len(name) == 1 else "--"
    return f"`{word}` begins with a dash; write `{hyphens}{name}`"


def _in_quotes(typed: Sequence[str]) -> Iterator[str]:
    """What to say of each path that stands in other quotation marks, or in none."""
    for start, word in enumerate(typed):
        runs = (typed[start:end] for end in range(start + 1, start + 1 + _LONGEST))
        paths = (path for run in runs if (path := _one_path(run)))
        path = None if _is_there(word) else next(paths, None)
        if path and " " in path:
            yield f'Put straight quotes, and no others, round a path with spaces: "{path}"'
        elif path:
            yield f"`{word}` has quotation marks that belong to no name; write it without: {path}"


def _one_path(run: Sequence[str]) -> str | None:
    """The path that these words are, by their quotation marks or because it is there."""
    whole = " ".join(run)
    bare = whole.strip(_OPEN + _CLOSED)
    marked = bare and whole[0] in _OPEN and whole[-1] in _CLOSED
    # A text of several words in quotation marks of its own is none, unless there is such a file.
    if marked and (len(run) > 1 or " " not in whole or _is_there(bare)):
        return bare
    return whole if len(run) > 1 and _is_there(whole) else None


def _is_there(path: str) -> bool:
    try:
        return Path(path).exists()
    except (OSError, ValueError):  # too long for a name, or with a character that none has
        return False
