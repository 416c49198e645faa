"""Each kind of block: what is written, and the HTML it becomes; and one name in five places."""

import re
from pathlib import Path

import pytest
import yaml

from booklet.content.model import KINDS
from booklet.editions import size_named
from booklet.html.render import render
from booklet.review.booklet import load_booklet
from tests.conftest import ROOT, TODAY

EXAMPLES = Path(__file__).parent.parent / "components"
STYLE_ONLY = {"cover", "contents", "section", "leaf", "back"}


def html_of(content: Path, block: object, clinic: str | None = None) -> str:
    """The HTML a block becomes, in a section of its own in the patients' specimen."""
    section = {"title": "Alone", "blocks": [block]}
    path = content / "specimen" / "02-alone.yaml"
    path.write_text(yaml.safe_dump(section, allow_unicode=True), encoding="utf-8")
    page = render(
        load_booklet(content, "specimen", TODAY, clinic)["patient"], size_named("standard")
    )
    match = re.search(
        r'<h2 class="section__title"[^>]*>Alone</h2>(.*?)</section>\s*</main>', page, re.S
    )
    assert match
    return match[1]


def folded(html: str) -> str:
    """HTML with the white space that does not count taken out."""
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub(r"\s+", " ", html)).strip()


@pytest.mark.parametrize("kind", KINDS)
def test_block_becomes_the_html_of_its_example(kind: str, content: Path) -> None:
    example = yaml.safe_load((EXAMPLES / f"{kind}.yaml").read_text(encoding="utf-8"))
    ruled = '<div class="notes__rule" aria-hidden="true"></div>' * 13
    wanted = example["html"].replace("RULES", ruled)
    got = html_of(content, example["block"], "example")
    code = load_booklet(content, "specimen", TODAY, "example")["patient"].status.code
    assert folded(got) == folded(wanted.replace("CODE", code))


def test_a_kind_has_one_name_in_five_places() -> None:
    kinds = set(KINDS)
    templates = ROOT / "booklet/html/templates/components"
    assert {path.name.split(".")[0] for path in templates.iterdir()} == kinds
    assert {path.stem for path in EXAMPLES.iterdir()} == kinds
    sheets = {path.stem for path in (ROOT / "styles/components").iterdir()}
    assert sheets == kinds | STYLE_ONLY
    for kind in kinds:
        css = (ROOT / f"styles/components/{kind}.css").read_text()
        template = (templates / f"{kind}.html.j2").read_text()
        assert f".{kind}" in css
        assert f'class="{kind}' in template


def test_raw_html_in_content_is_printed_as_it_was_typed(content: Path) -> None:
    html = html_of(content, {"kind": "paragraph", "text": "<script>alert(1)</script> &"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html


def test_a_line_the_clinic_does_not_know_is_left_to_fill_in(content: Path) -> None:
    block = {"kind": "details", "fields": [{"label": "24-hour line", "clinic": "helpline"}]}
    number = '<a class="keep" href="tel:02079460002">020 7946 0002</a></strong> (day and night)'
    assert number in html_of(content, block, "example")
    assert "details__rule" in html_of(content, block)
