"""The words the templates print, one file per language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, InstanceOf, ValidationInfo, create_model

from booklet.content.fields import Part
from booklet.content.language import Language
from booklet.content.roles import FACT, LAYOUT, PrintedBy
from booklet.content.suggestion import near, undrawable
from booklet.content.validation_context import context_of, faults
from booklet.content.yaml_source import Route, read_yaml
from booklet.editions import Screen, Size
from booklet.resources import labels_folder

_ADVICE = {
    "other_formats": None,
    "someone_to_talk_to": None,
    "tone_": "callout",
    "treatment_": "treatment",
    "read_story": "story",
    "temperature": "details",
    "thermometer_": "details",
}
"""Labels that advise, by how their names begin, and the kind of block that prints them; `None` is
the back cover. An approval holds for them, as for the advice that blocks give."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A label that says how many: one wording for each plural category of its language."""

    language: Language
    wordings: Mapping[str, str]

    def words(self, count: int) -> str:
        """The wording for a number, the number filled in where it says `{count}`."""
        return self.wordings[self.language.category(count)].format(count=count)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {words}" for name, words in self.wordings.items())


def _filled(names: tuple[str, ...], *, letters: bool) -> AfterValidator:
    """Words that hold these names in braces, each at least once, and no others."""

    def check(value: str) -> str:
        found = [*label_faults(value, names, names), *_letter_faults(value, letters)]
        if found:
            raise faults((message, ()) for message in found)
        return value

    return AfterValidator(check)


def label_faults(value: str, known: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the braces of a label: the names that are `known`, and those `needed`."""
    try:
        said = set(_in_braces(value))
        shaped = _shaped(value)
    except ValueError:
        yield "a { or } stands alone here; write names in braces, like `{date}`, or take it out"
        return
    for name in shaped:
        yield f"only a name stands in braces, without `:` or `!` behind it; write `{{{name}}}`"
    for name in sorted(said - set(known)):
        yield f"`{{{name}}}` is not filled in here; {near(name, frozenset(known))}"
    yield from (
        f"`{{{name}}}` is missing; say where it stands" for name in needed if name not in said
    )


def _in_braces(value: str) -> tuple[str, ...]:
    return tuple(name for _, name, _, _ in Formatter().parse(value) if name is not None)


def _shaped(value: str) -> tuple[str, ...]:
    """The names in braces that say how to write what is filled in: it is filled in as it is.

    >>> _shaped("{date} {code:>9} {page!r}")
    ('code', 'page')
    """
    return tuple(name for _, name, form, way in Formatter().parse(value) if name and (form or way))


def _letter_faults(value: str, letters: bool = True) -> Iterator[str]:
    if letters and not re.search(r"\w", value):
        yield "text is missing here; write the words"
    yield from undrawable(value)


def _counted(value: Any, info: ValidationInfo) -> Counted:
    """The wordings of a label that counts; a fault for each that the language needs and lacks."""
    language = context_of(info).language
    if not isinstance(value, dict):
        needed = ", ".join(f"`{name}:`" for name in language.categories)
        raise faults([(f"this label counts; give its words under {needed}", ())])
    found = [*_category_faults(value, language)]
    for name, words in value.items():
        messages = ["text is needed here"]
        if isinstance(words, str):
            messages = [*label_faults(words, ("count",), ()), *_letter_faults(words)]
        found += [(message, (name,)) for message in messages]
    if found:
        raise faults(found)
    return Counted(language, value)


def _category_faults(value: dict[str, Any], language: Language) -> Iterator[tuple[str, Route]]:
    needed = language.categories
    for name, counts in needed.items():
        if name not in value:
            numbers = ", ".join(map(str, counts))
            yield f"`{name}` is missing; {language.name} needs it for {numbers}, and so on", ()
    for name in value:
        if name not in needed:
            known = ", ".join(needed)
            yield f"`{name}` is not used in {language.name}; it counts by: {known}", (name,)


def _like(name: str, english: Any) -> Any:
    """The type of a label: it counts where the English one does, and has the same in braces."""
    kinds = [kind for begin, kind in _ADVICE.items() if name.startswith(begin)]
    said = (FACT, *(PrintedBy(kind) for kind in kinds if kind)) if kinds else (LAYOUT,)
    if isinstance(english, dict):
        return Annotated[InstanceOf[Counted], BeforeValidator(_counted), *said]
    letters = re.search(r"\w", english) is not None  # a comma has none
    return Annotated[str, _filled(_in_braces(english), letters=letters), *said]


if TYPE_CHECKING:

    class Labels(Part):
        """Every word on a page that no author wrote.

        `labels/<language>.yaml` in the content folder, or else in the program. Those in English
        say which there are, and their order. Names in `{braces}` are filled in when a label is
        printed.
        """

        def __getattr__(self, name: str) -> str: ...

else:
    _ENGLISH = read_yaml(labels_folder() / "en.yaml").values
    _FIELDS = {name: (_like(name, english), ...) for name, english in _ENGLISH.items()}
    Labels = create_model("Labels", __base__=Part, **_FIELDS)


def size_in_words(labels: Labels, size: Size | Screen) -> str:
    """The size of print in the words of these labels, its number filled in where it has one."""
    return str(getattr(labels, size.label)).format(points=size.points)
