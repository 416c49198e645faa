"""Every fact of `facts-BOOKLET.yaml` is told by its own section of every finished booklet."""

from pathlib import Path

import pytest

from booklet.editions import AUDIENCES
from tests.booklets.facts import booklet_of, facts, manuscript, sections, sentences
from tests.conftest import NAMES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_told_in_its_own_section(name: str, booklets: dict[str, Path]) -> None:
    path = booklets[name]
    missing = [
        str(fact) for fact in facts(name) if not fact.said_by(sentences(path, name, fact.place))
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_is_missed_when_its_sentence_is_taken_out(
    name: str, booklets: dict[str, Path]
) -> None:
    path = booklets[name]
    not_missed = {}
    for fact in facts(name):
        text = sentences(path, name, fact.place)
        told = fact.said_by(text)
        rest = tuple(sentence for sentence in text if sentence not in told[:1])
        if fact.said_by(rest):
            not_missed[str(fact)] = told
    assert not_missed == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_section_with_a_source_has_facts_in_the_table(
    name: str, booklets: dict[str, Path]
) -> None:
    sourced = {named.id for named in manuscript(name).sections if named.section.sources}
    told = {fact.place.split(" / ")[0] for fact in facts(name)}
    assert sourced - told == set()
    assert told - set(sections(booklets[name], name)) == set()


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_with_a_source_stands_in_a_section_that_names_it(name: str) -> None:
    named = {each.id: set(each.section.sources) for each in manuscript(name).sections}
    given = [fact for fact in facts(name) if fact.source]
    assert [str(fact) for fact in given if fact.source not in named[fact.place]] == []
    # A section names its sources once for both readers, and a fact may be for one of them.
    editions = (f"{booklet_of(name)}-{audience}-standard" for audience in AUDIENCES)
    told = {(fact.place, fact.source) for edition in editions for fact in facts(edition)}
    without = {(id, source) for id in named for source in named[id]} - told
    assert without == set(), "a section names a source that none of its facts has"
