"""Every fact of `facts.yaml` is told by its own section of every finished booklet."""

from pathlib import Path

import pytest

from tests.facts import NAMES, audience_of, facts, manuscript, sections, sentences

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("booklets")]


@pytest.mark.parametrize("name", NAMES)
def test_every_fact_is_told_in_its_own_section(name: str, booklets: dict[str, Path]) -> None:
    path, audience = booklets[name], audience_of(name)
    missing = [
        str(fact)
        for fact in facts(audience)
        if not fact.said_by(sentences(path, audience, fact.place))
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_is_missed_when_its_sentence_is_taken_out(
    name: str, booklets: dict[str, Path]
) -> None:
    path, audience = booklets[name], audience_of(name)
    not_missed = {}
    for fact in facts(audience):
        text = sentences(path, audience, fact.place)
        told = fact.said_by(text)
        rest = tuple(sentence for sentence in text if sentence not in told[:1])
        if fact.said_by(rest):
            not_missed[str(fact)] = told
    assert not_missed == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_section_with_a_source_has_facts_in_the_table(
    name: str, booklets: dict[str, Path]
) -> None:
    audience = audience_of(name)
    sourced = {named.id for named in manuscript(audience).sections if named.section.sources}
    told = {fact.place.split(" / ")[0] for fact in facts(audience)}
    assert sourced - told == set()
    assert told - set(sections(booklets[name], audience)) == set()
