"""The lists that people edit: words to avoid, and words the dictionary does not know.

Both stand in the content folder, beside the glossary, because the people who answer for the
words answer for the lists as well.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Template
from typing import TypeVar

from pydantic import Field, ValidationError

from booklet.content.fields import Part
from booklet.content.validation_faults import in_plain_words
from booklet.content.yaml_source import read_yaml
from booklet.editions import Audience
from booklet.problems import FaultsFound, Problem

File = TypeVar("File", bound=Part)
AVOID_FILE = "words-to-avoid.yaml"
SPELLING_FILE = "spelling.yaml"


class Avoid(Part):
    """Words to avoid, and what to say instead."""

    words: tuple[str, ...] = Field(
        min_length=1, description="The words; a * stands for any ending."
    )
    say: str = Field(description="What to write instead.")
    unless: tuple[str, ...] = Field((), description="Phrases in which the words may stand.")


class AvoidFile(Part):
    """`words-to-avoid.yaml`: words to avoid, and what to say instead."""

    plain: tuple[Avoid, ...] = Field(description="Words that have a plainer one.")
    blame_and_metaphor: tuple[Avoid, ...] = Field(
        description="Words that blame, or that speak of illness as of a war."
    )
    empty_headings: tuple[str, ...] = Field(description="Headings that say nothing.")
    empty_links: tuple[str, ...] = Field(description="Words of a link that say nothing.")
    wrong_reader: dict[Audience, tuple[str, ...]] = Field(
        description="For each edition, what speaks to the other reader."
    )


class SpellingFile(Part):
    """`spelling.yaml`: words the British dictionary does not know."""

    words: tuple[str, ...] = Field(description="Words of medicine and of every day.")
    medicines: tuple[str, ...] = Field(description="Medicines and treatments.")
    names: tuple[str, ...] = Field((), description="People, places and organisations.")
    no_need_to_expand: tuple[str, ...] = Field((), description="Abbreviations everybody knows.")


@dataclass(frozen=True, slots=True)
class Lists:
    """Both lists of a content folder."""

    avoid: AvoidFile  # Words to avoid, and what to say instead
    spelling: SpellingFile  # Words, medicines and names that the dictionary does not know


def read_lists(content: Path) -> Lists:
    """The lists of a content folder; `FaultsFound` where one is missing or has faults."""
    faults: list[Problem] = []
    avoid = _read(content / AVOID_FILE, AvoidFile, faults)
    spelling = _read(content / SPELLING_FILE, SpellingFile, faults)
    if avoid is None or spelling is None:
        raise FaultsFound(faults)
    return Lists(avoid, spelling)


def _read(path: Path, model: type[File], faults: list[Problem]) -> File | None:
    if not path.exists():
        message = "this list is needed to check the words; copy it from another content folder"
        faults.append(Problem(path, message))
        return None
    try:
        source = read_yaml(path)
        return model.model_validate(source.values)
    except FaultsFound as error:
        faults.extend(error.problems)
    except ValidationError as error:
        faults.extend(in_plain_words(error, source, model))
    return None


@cache
def phrases(*listed: str) -> re.Pattern[str]:
    """A pattern for any of these words or phrases, whatever their case.

    >>> phrases("drug*", "click here").findall("Drugs: Click  here, drugstore, not a-drug")
    ['Drugs', 'Click  here', 'drugstore']
    """
    if not listed:
        return re.compile(r"(?!)")
    longest_first = sorted((each.replace("’", "'") for each in listed), key=len, reverse=True)
    forms = (
        re.escape(each).replace(r"\*", r"\w*").replace(r"\ ", r"\s+").replace("'", "['’]")
        for each in longest_first
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(forms)})(?![\w-])", re.IGNORECASE)


def compiled(parts: Mapping[str, str | list[str]], *ways: str) -> re.Pattern[str]:
    """A pattern of expressions that name their parts as `${part}`, which may name others.

    >>> compiled({"day": "${begin}day", "begin": ["Mon", "Fri"]}, "${day}", "soon").pattern
    '(?:Mon|Fri)day|soon'
    """
    whole = {name: p if isinstance(p, str) else f"(?:{'|'.join(p)})" for name, p in parts.items()}
    expression = "|".join(ways)
    while "${" in expression:
        expression = Template(expression).substitute(whole)
    return re.compile(expression)
