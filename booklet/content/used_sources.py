"""The sources that the sections of one reader name: numbered in the order they are first used."""

from collections.abc import Iterator
from dataclasses import dataclass

from booklet.content.blocks import Story
from booklet.content.inline import Inline
from booklet.content.model import CheckedContent, Section, SourceEntry


@dataclass(frozen=True, slots=True)
class SectionSources:
    """What one section rests on, as the list of sources prints it."""

    title: Inline | None  # The section's short title; `None` where no section names a source
    first: dict[int, SourceEntry]  # The sources that no section before it names, by number
    again: tuple[int, ...]  # The numbers of those that an earlier one names


def used_sources(booklet: CheckedContent) -> dict[str, SourceEntry]:
    """The sources of the reader's sections by key, in the order they are first used.

    Sections come as they are printed. Where none names a source, all of them.
    """
    keys = (key for named in booklet.printed_sections for key in _keys(named.section))
    sources = booklet.about.sources
    return {key: sources[key] for key in dict.fromkeys(keys)} or sources


def sources_by_section(booklet: CheckedContent) -> Iterator[SectionSources]:
    """The same, section by section, so that a reader sees which facts rest on what.

    Numbers count from 1 over the whole booklet.
    """
    used = used_sources(booklet)
    numbers = {key: number for number, key in enumerate(used, start=1)}
    told: set[str] = set()
    for named in booklet.printed_sections:
        keys = dict.fromkeys(_keys(named.section))
        if keys:
            first = {numbers[key]: used[key] for key in keys if key not in told}
            again = sorted(numbers[key] for key in keys if key in told)
            told.update(keys)
            title = named.section.running_head or named.section.title
            yield SectionSources(title, first, tuple(again))
    if not told:
        yield SectionSources(None, {numbers[key]: used[key] for key in used}, ())


def _keys(section: Section) -> Iterator[str]:
    """The keys a section names, at its head and in the stories it points to."""
    yield from section.sources
    yield from (block.source for block in section.every_block if isinstance(block, Story))
