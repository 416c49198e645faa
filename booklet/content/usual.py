"""`usual.yaml`: what a clinic types with every command, written down once."""

from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema

from booklet.content.fields import Flag, Part, listed, only
from booklet.content.folder import mapping
from booklet.content.names import USUAL_FILE, clinic_names
from booklet.content.suggestion import near
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import read_yaml
from booklet.editions import (
    AUDIENCES,
    LEAST_POINTS,
    MOST_POINTS,
    SIZES,
    SIZES_TO_WRITE,
    Audience,
    size_named,
)
from booklet.problems import FaultsFound, Problem

_SIZES = tuple(size.name for size in SIZES)
_NUMBERS = {"type": "integer", "minimum": LEAST_POINTS, "maximum": MOST_POINTS}
"""The sizes by number, as an editor reads them."""


def _is_size(name: str) -> bool:
    try:
        size_named(name)
    except KeyError:
        return False
    return True


_Size = Annotated[str, only(_is_size, f"there is no such size; write {SIZES_TO_WRITE}")]


def _one_or_more(names: tuple[str, ...], *others: dict[str, Any]) -> WithJsonSchema:
    """What an editor reads where one of these names, or of others, may stand, or a list of them."""
    one = {"anyOf": [{"enum": list(names)}, *others]} if others else {"enum": list(names)}
    return WithJsonSchema({"anyOf": [one, {"type": "array", "items": one}]})


class UsualFile(Part):
    """`usual.yaml`: the usual clinic, sizes, readers and folder; what is typed comes before it."""

    clinic: str | None = Field(None, description="The profile below `clinics/`, without `.yaml`.")
    size: Annotated[tuple[_Size, ...], BeforeValidator(listed), _one_or_more(_SIZES, _NUMBERS)] = ()
    """The sizes of print that are made; left out, standard and large."""
    audience: Annotated[tuple[Audience, ...], BeforeValidator(listed), _one_or_more(AUDIENCES)] = ()
    """The readers; left out, both."""
    sheets: Flag = Field(False, description="True: print sheets are made beside each PDF.")
    output: str | None = None
    """The folder for the files; it stands beside the content folder unless it is a full path."""


def usual_of(content: Path) -> UsualFile:
    """What `usual.yaml` of a content folder says; `FaultsFound` carries all that is wrong in it."""
    source = read_yaml(content / USUAL_FILE)
    values = UsualFile() if source.values is None else source.values  # a file of comments
    faults: list[Problem] = []
    try:
        usual = UsualFile.model_validate(values)
    except ValidationError as error:
        faults.extend(in_plain_words(error, source, UsualFile))
    named, known = mapping(source.values).get("clinic"), clinic_names(content)
    if named is not None and named not in known:
        there = near(str(named), frozenset(known))
        faults.append(source.problem(f"there is no clinic `{named}`; {there}", ("clinic",)))
    if faults:
        raise FaultsFound(faults)
    return usual


def folder_of(usual: UsualFile, content: Path) -> Path | None:
    """The usual folder for files; `None` where the file names none.

    >>> folder_of(UsualFile(output="made"), Path("ward/content")).as_posix()
    'ward/made'
    """
    return content.parent / usual.output if usual.output else None
