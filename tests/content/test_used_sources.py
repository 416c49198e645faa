"""The sources of one reader: those of the reader's own sections, numbered as they are used."""

from pathlib import Path

from booklet.content.used_sources import sources_by_section, used_sources
from booklet.editions import size_named
from booklet.html.render import render
from booklet.review.booklet import load_booklet
from tests.conftest import TODAY

SECTION = """title: {title}
{more}sources: [{sources}]
blocks: [{{kind: paragraph, text: A text.}}]
"""
ENTRY = """  {key}:
    {{title: On {key}, publisher: P, address: https://example.org/{key}, checked: May 2026}}
"""


def with_sections(content: Path) -> Path:
    """The specimen with three sections of sources; the second is for families."""
    folder = content / "specimen"
    with (folder / "booklet.yaml").open("a", encoding="utf-8") as booklet:
        booklet.writelines(ENTRY.format(key=key) for key in ("one", "two"))
    for number, title, more, sources in (
        ("02", "Second", "", "two"),
        ("03", "Third", "for: family\n", "one, two"),
        ("04", "Fourth", "running_head: Short\n", "example, two"),
        ("05", "Fifth", "place: front\n", "two"),
    ):
        text = SECTION.format(title=title, more=more, sources=sources)
        (folder / f"{number}-{title.lower()}.yaml").write_text(text, encoding="utf-8")
    last = "title: Sources\nblocks: [{kind: sources}]\n"
    (folder / "06-sources.yaml").write_text(last, encoding="utf-8")
    return content


def test_a_reader_is_shown_the_sources_of_the_readers_own_sections_as_they_are_used(
    content: Path,
) -> None:
    booklets = load_booklet(with_sections(content), "specimen", TODAY)
    assert list(used_sources(booklets["patient"])) == ["two", "example"]
    assert list(used_sources(booklets["family"])) == ["two", "one", "example"]
    page = render(booklets["patient"], size_named("standard"))
    assert "On two" in page
    assert "On one" not in page


def test_each_section_says_what_it_rests_on_by_number(content: Path) -> None:
    family = load_booklet(with_sections(content), "specimen", TODAY)["family"]
    told = [
        (each.title and each.title.plain, list(each.first), each.again)
        for each in sources_by_section(family)
    ]
    # The front is printed first; a section has its short title.
    assert told == [
        ("Fifth", [1], ()),
        ("Second", [], (1,)),
        ("Third", [2], (1,)),
        ("Short", [3], (1,)),
    ]


def test_all_sources_are_shown_where_no_section_names_one(content: Path) -> None:
    specimen = load_booklet(content, "specimen", TODAY)["patient"]
    (only,) = sources_by_section(specimen)
    assert (only.title, list(only.first)) == (None, [1])
