"""The roads a letter goes by: what each takes, since when that is known, and from where."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from booklet.attach.limit import Limit, in_words
from booklet.content.yaml_source import read_yaml
from booklet.problems import FaultsFound

DATA = Path(__file__).with_name("roads.yaml")


class Road(BaseModel):
    """A way that files are sent, as its keepers describe it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = Field(pattern=r"^[a-z0-9-]+$")  # what it is called on the command line
    title: str  # what people call it
    file: int = Field(gt=0)  # the most for one file, in bytes
    files: int | None = Field(None, gt=0)  # how many files may go; `None` where nobody says
    total: int | None = Field(None, gt=0)  # the most for all of them, in bytes
    kinds: tuple[str, ...]  # the kinds of file it takes, by the ending of their names
    links: str = ""  # what happens to links that lead out of a file, or nothing
    fax: str = ""  # who makes fax pictures of the pages, or nothing
    read: str = Field(pattern=r"^\d{4}-\d{2}$")  # the year and month in which that was looked up
    source: str  # where it is said
    note: str = ""  # what else to know

    @property
    def limit(self) -> Limit:
        """What it takes, as a limit for files."""
        said = f"{self.name} takes {in_words(self.file)} a file (as of {self.read})"
        return Limit(said, self.file, self.files, self.total)

    @property
    def advice(self) -> tuple[str, ...]:
        """What to know of it besides its sizes."""
        fax = f"{self.fax}; `--ink black` is made for that" if self.fax else ""
        return tuple(f"{self.title}: {each}" for each in (self.links, fax, self.note) if each)


def limit_of(road: Road | None, most: int | None) -> Limit | None:
    """What both a road and somebody's own wish allow, `most` in bytes; `None` for neither."""
    if most is None:
        return road.limit if road else None
    own = Limit(f"--limit allows {in_words(most)} a file", most)
    if road is None:
        return own
    return road.limit if road.file <= most else replace(road.limit, said=own.said, file=most)


@cache
def roads(file: Path = DATA) -> tuple[Road, ...]:
    """All roads of a data file, in its order; `FaultsFound` where it cannot be used."""
    source = read_yaml(file)
    try:
        return _ROADS.validate_python((source.values or {}).get("roads", ()))
    except (ValidationError, AttributeError) as error:
        message = f"these data on roads cannot be used ({error}); compare with the file we ship"
        raise FaultsFound([source.problem(message)]) from error


def road_named(name: str) -> Road:
    """The road of that name; `KeyError` where there is none."""
    return {road.name: road for road in roads()}[name]


_ROADS = TypeAdapter(tuple[Road, ...])
