"""Lines are as full as they can be."""

import weasyprint

from booklet.tagging.linebreaks import hanging_spaces_fit

WORDS = "Sometimes the first treatment does not bring remission. The <b>AML</b> is then called"


def first_lines() -> set[str]:
    """The first line of the text at every width from 10 to 60 em, in steps."""
    found = set()
    for width in range(200, 700, 2):
        css = f"@page {{ size: {width}px 900px; margin: 0 }} p {{ font-size: 14px }}"
        document = weasyprint.HTML(string=f"<style>{css}</style><p>{WORDS}</p>").render()
        line = next(
            box
            for box in document.pages[0]._page_box.descendants()
            if type(box).__name__ == "LineBox"
        )
        found.add("".join(getattr(box, "text", "") for box in line.descendants()).strip())
    return found


def test_a_line_is_not_broken_after_its_first_word_because_a_space_hangs_over() -> None:
    with hanging_spaces_fit():
        assert "Sometimes" not in first_lines()


def test_weasyprint_still_needs_the_repair() -> None:
    assert "Sometimes" in first_lines(), "WeasyPrint is repaired: take linebreaks.py out"
