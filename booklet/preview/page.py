"""The preview's own page: a chooser, and the frame the browser fills."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from booklet.editions import AUDIENCES, SIZES
from booklet.preview.choice import Choice


@dataclass(frozen=True, slots=True)
class Field:
    """One list to choose from: the name in the address, its label, values with their words."""

    name: str
    words: str
    options: tuple[tuple[str, str], ...]
    chosen: str


def page(choice: Choice | None, booklets: tuple[str, ...], clinics: tuple[str, ...]) -> str:
    """The page for a choice, or for making one."""
    fields = _fields(choice, booklets, clinics) if choice else ()
    template = _environment().get_template("preview.html.j2")
    return template.render(choice=choice, booklets=booklets, fields=fields)


def _fields(
    choice: Choice, booklets: tuple[str, ...], clinics: tuple[str, ...]
) -> tuple[Field, ...]:
    sizes = tuple(size.name for size in SIZES)
    clinic = choice.clinic or ""
    nowhere = ("", "none")
    return (
        Field("booklet", "Booklet", _options((choice.booklet, *booklets)), choice.booklet),
        Field("audience", "Reader", tuple((each, each) for each in AUDIENCES), choice.audience),
        Field("size", "Size", tuple((each, each) for each in sizes), choice.size.name),
        Field("clinic", "Clinic", (nowhere, *_options((clinic, *clinics))), clinic),
    )


def _options(names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Each name once, as value and words; what is chosen stays although it is there no more."""
    return tuple((name, name) for name in sorted(set(names)) if name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("booklet.preview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
