"""Rules about words that stand in for what is painted."""

import unicodedata
from collections.abc import Iterator

from booklet.check.inspected_pdf import InspectedPdf
from booklet.check.pdf_rule import Shortfalls
from booklet.check.rule import rule
from booklet.content.language import direction_of
from booklet.messages import counted

_DESCRIBED = {"Figure", "Formula"}
"""Roles whose words describe what is drawn, and need not be the letters in it."""


@rule("all", "ISO 32000-1, 14.9.4 and 14.9.5; ISO 14289-1, 7.21.7", on_sheets=True)
def actual_text(pdf: InspectedPdf) -> Shortfalls:
    """Words in place of letters, which must say what the letters say.

    Some programs read the letters of a file by the maps of its fonts (`ToUnicode`), others the
    words that stand in for them (`ActualText`). Where the two differ, what is found, copied or read
    aloud is not what is printed, and each program gives something else.
    """
    replaced = list(_replaced(pdf))
    for page, by_map, words in replaced:
        if not _agree(_compared(by_map), _compared(words)):
            told = f"“{' '.join(by_map.split())}”" if by_map.strip() else "nothing"
            yield page, f"the letters say {told}, the words for them: {words}"
    return counted(len(replaced), "piece of text has words", "pieces of text have words")


def _replaced(pdf: InspectedPdf) -> Iterator[tuple[int, str, str]]:
    """Text that has words in its place: its page, what its letters say, and the words."""
    for run in (run for page in pdf.pages for run in page.runs):
        if run.by_map is not None and not run.artifact:
            yield run.page, run.by_map, run.text
    for element in pdf.elements:
        if element.actual is None or element.role in _DESCRIBED:
            continue
        if runs := tuple(pdf.runs_of(element)):
            yield (
                element.page,
                "".join(run.text if run.by_map is None else run.by_map for run in runs),
                element.actual,
            )


def _agree(letters: list[str], words: list[str]) -> bool:
    """Whether both are the same; pieces that stand side by side with equal words count as one."""
    times = len(letters) // len(words) if words else 1
    return letters == words * times


def _compared(text: str) -> list[str]:
    r"""The letters, marks and figures of a text, in one case and one way of writing each.

    Ligatures are their letters; hyphens, bullets, spaces and marks of direction do not count. From
    right to left programs give letters in the order of the page or of reading: which ones there
    are is compared.

    >>> _compared("o\ufb03ce\u00ad") == _compared("Of\u00ad fi ce"), _compared("•")
    (True, [])
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    signs = [sign for sign in plain if unicodedata.category(sign)[0] in "LMN"]
    return sorted(signs) if direction_of(text) == "rtl" else signs
