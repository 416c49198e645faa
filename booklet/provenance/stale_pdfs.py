"""Whether the finished PDFs of a booklet hold its words as they are now, and are all there."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from booklet.editions import AUDIENCES, BLACK, SIZES, Audience, Size, end_of_name
from booklet.problems import Problem
from booklet.provenance.code_lookup import CodeIndex
from booklet.provenance.identify import NotKnown, identify
from booklet.review.status import ReviewStatus


def warnings(status: ReviewStatus, files: Iterable[Path], output: Path) -> Iterator[Problem]:
    """A warning for each PDF of other words, and one that names the editions not yet built.

    `files` are its PDFs in the folder `output`; where there are none, nothing is said, nor of one
    whose name is that of another version: it was kept.
    """
    files = tuple(files)
    now = [file for file in files if _holds(file, status)]
    version = end_of_name(status.version, None, draft=False)
    for file in files:
        if file not in now and version in file.stem.split("_"):
            message = "this was not made of the words as they are now; build the booklet again"
            yield Problem(file, message, severity="warning")
    missing = [each for each in _EDITIONS if not any(_is_of(each, file) for file in now)]
    if files and missing:
        names = ", ".join(f"{audience} {size.name}" for audience, size in missing)
        there, name = len(_EDITIONS) - len(missing), status.name
        message = (
            f"{there} of {len(_EDITIONS)} PDFs of {name} are made of the words as they are now; "
            f"missing are: {names}; make them with `booklet build {name}`"
        )
        yield Problem(output, message, severity="warning")


_EDITIONS = tuple(
    (audience, size) for audience in AUDIENCES for size in SIZES if size.built_by_default
)


def _is_of(edition: tuple[Audience, Size], file: Path) -> bool:
    """Whether a file's name is that of an edition in colour, whatever its clinic and version."""
    audience, size = edition
    parts = file.name.split("_")
    return parts[1::2][:2] == [audience, size.slug] and BLACK.slug not in parts


def _holds(file: Path, status: ReviewStatus) -> bool:
    """Whether a file carries the code of these very words."""
    try:
        return identify(CodeIndex((status,)), str(file)).code == status.code
    except NotKnown:
        return False
