"""What this run has changed on the disk, so that it says "nothing was changed" only when so."""

from pathlib import Path

_WRITTEN: list[Path] = []


def note(written: list[Path]) -> None:
    """These files stand in their places now."""
    _WRITTEN.extend(written)


def forget() -> None:
    """A run begins."""
    _WRITTEN.clear()


def what_was_changed() -> str:
    """The end of a sentence about a run that did not get to its end.

    >>> forget()
    >>> what_was_changed()
    'nothing was changed'
    >>> note([Path("content/aml-relapse/review.yaml"), Path("content/aml-relapse/approved/1.txt")])
    >>> what_was_changed()
    'what stands in its place already: review.yaml, 1.txt in content/aml-relapse'
    >>> forget()
    """
    if not _WRITTEN:
        return "nothing was changed"
    names = ", ".join(path.name for path in _WRITTEN)
    return f"what stands in its place already: {names} in {_WRITTEN[0].parent}"
