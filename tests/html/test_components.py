"""Each kind of block: what is written, and the HTML it becomes; and one name in five places."""

import re
from pathlib import Path

import pytest
import yaml

from booklet.content.blocks import KINDS
from booklet.editions import size_named
from booklet.html.render import render
from booklet.review.booklet import load_booklet
from tests.conftest import ROOT, TODAY

EXAMPLES = Path(__file__).parent.parent / "components"
#: What stands around the blocks and has a look of its own.
MATTER = {"cover", "contents", "section", "filler-page", "back"}
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SELECTORS = re.compile(r"([^{}]+)\{[^{}]*\}")
_FIRST_CLASS = re.compile(r"\.([a-z]+(?:-[a-z]+)*)")


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
    assert set(homes()) == kinds | MATTER
    for kind in kinds:
        template = (templates / f"{kind}.html.j2").read_text()
        assert f'class="{kind}' in template


def homes() -> dict[str, set[str]]:
    """The sheets that hold rules of a component, by its CSS class."""
    found: dict[str, set[str]] = {}
    for path in (ROOT / "styles/components").iterdir():
        for rule in _SELECTORS.findall(_COMMENT.sub("", path.read_text(encoding="utf-8"))):
            for selector in rule.split(","):
                (first,) = _FIRST_CLASS.findall(selector)[:1]
                found.setdefault(first, set()).add(path.name)
    return found


def test_all_rules_of_a_component_stand_in_one_sheet_that_is_used() -> None:
    assert {kind: len(sheets) for kind, sheets in homes().items()} == dict.fromkeys(homes(), 1)
    used = re.findall(r'"components/(.+?)"', (ROOT / "styles/components.css").read_text())
    assert set(used) == {sheet for sheets in homes().values() for sheet in sheets}


def test_raw_html_in_content_is_printed_as_it_was_typed(content: Path) -> None:
    html = html_of(content, {"kind": "paragraph", "text": "<script>alert(1)</script> &"})
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in html


def test_a_line_the_clinic_does_not_know_is_left_to_fill_in(content: Path) -> None:
    block = {"kind": "details", "fields": [{"label": "24-hour line", "clinic": "helpline"}]}
    number = '<a class="keep" href="tel:02079460002">020 7946 0002</a></strong> (day and night)'
    assert number in html_of(content, block, "example")
    assert "details__rule" in html_of(content, block)
