"""The web page of a booklet: the PDF's own words, for every screen and every pair of eyes."""

import re
from base64 import b64decode
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
import yaml
from fontTools.ttLib import TTFont
from PIL import Image
from playwright.sync_api import Browser, Page, Request
from pypdf import PdfReader

from booklet.content.labels import Labels
from booklet.editions import AUDIENCES, SCREEN, SIZES, Audience, Edition
from booklet.html.web_page import web_page
from booklet.review.booklet import load_booklet
from booklet.typeface import FAMILY, FIGURES, figure_files, font_files
from tests import screen
from tests.booklets.facts import manuscript, reader, size_of
from tests.conftest import NAMES, ROOT, TODAY
from tests.tagging.reading import Element, tree

slow = pytest.mark.slow
in_browser = pytest.mark.xdist_group("web_page")
INLINE = {"Span", "Link", "Reference", "Quote"}


@pytest.fixture(scope="session")
def web_pages(tmp_path_factory: pytest.TempPathFactory) -> dict[Audience, Path]:
    """The web pages of the AML booklet as files."""
    folder = tmp_path_factory.mktemp("web_pages")
    for audience, booklet in load_booklet(ROOT / "content", "aml-relapse", TODAY).items():
        (folder / f"{audience}.html").write_bytes(web_page(booklet))
    return {audience: folder / f"{audience}.html" for audience in AUDIENCES}


# The words


def printed_words(pdf: PdfReader, labels: Labels, size_label: str) -> list[str]:
    """The words of a PDF in the order of its structure, without what only paper has.

    Those are page numbers in the contents and behind links, and pages for notes that fill the
    last sheet. The name of the size is the one difference that is meant.
    """
    document = tree(pdf)
    kept = [each for each in document.kids if not is_filler_page(each, labels)]
    text = block_text(replace(document, kids=tuple(kept)))
    assert text.count(size_label) >= 3
    return text.replace(size_label, labels.size_screen).replace("\u200b", "").split()


def is_filler_page(element: Element | str, labels: Labels) -> bool:
    return not isinstance(element, str) and (element.role, element.text) == ("P", labels.your_notes)


def block_text(element: Element) -> str:
    """The text of an element, a space around what stands in a block of its own."""
    if element.role == "Figure" and "Alt" in element.entries:
        return f" {element.entries['Alt']} {' '.join(map(block_text, element.elements))} "
    if element.role == "Lbl" and re.fullmatch(r"•\s*|\d+\.\s*", element.text):
        return " "
    text = "".join(kid if isinstance(kid, str) else block_text(kid) for kid in element.kids)
    if element.role == "TOCI":
        text, count = re.subn(r"[\s.…]*\d+\s*$", "", text)
        assert count == 1, f"no page number behind {text}"
    if element.role == "Link":
        text = re.sub(r" \(page \d+\)(?=\s*$)", "", text)
    return text if element.role in INLINE else f" {text} "


@slow
@pytest.mark.parametrize("name", NAMES)
def test_its_words_are_those_of_the_pdf_in_the_same_order(
    name: str, booklets: dict[str, Path], browser: Browser
) -> None:
    booklet = manuscript(name)
    edition = Edition(booklet.audience, SCREEN)
    about, labels = booklet.about, booklet.labels
    file = booklets[name].with_name(edition.file_name(booklet.name, about.language, about.version))
    on_screen = words_on_screen(browser, file)
    assert len(on_screen) > 1200
    size_label = getattr(labels, f"size_{size_of(name).name}")
    printed = printed_words(reader(booklets[name]), labels, size_label)
    assert without_table(on_screen) == without_table(printed)


@cache
def words_on_screen(browser: Browser, file: Path) -> list[str]:
    """The words of a page that is the same for all sizes of print."""
    with screen.opened(browser, file) as page:
        return screen.words(page)


def without_table(words: list[str]) -> list[str]:
    """The words but for the comparison of treatments, which is a list on the screen."""
    told = " ".join(word.rstrip(":") for word in words)  # standard print runs labels in
    before, found, rest = told.partition("What each treatment aims for")
    after = re.split(r"(?=You have a say|has a say)", rest, maxsplit=1)[-1]
    return (before + (after if found else "")).split()


def test_its_title_says_for_whom_and_no_size(web_pages: dict[Audience, Path]) -> None:
    for audience, ending in (("patient", "For patients"), ("family", "For family and friends")):
        title = re.search("<title>(.*?)</title>", web_pages[audience].read_text(encoding="utf-8"))  # type: ignore[index]
        assert title
        assert title[1].startswith("When acute myeloid leukaemia (AML) comes back")
        assert title[1].endswith(f". {ending}")


# One file


def test_it_holds_all_it_needs_and_is_small(web_pages: dict[Audience, Path]) -> None:
    for file in web_pages.values():
        html = file.read_text(encoding="utf-8")
        assert len(html) < 250_000
        assert set(re.findall(r"<(script|link|iframe|object|img|base)\b", html)) == {"script"}
        assert html.count("<script>") == 1
        assert "@import" not in html
        assert {kind[:12] for kind in re.findall(r'url\("?([^")]*)', html)} == {"data:font/wo"}
        assert all(
            re.match(r"#|tel:|https://", address) for address in re.findall(r'href="(.*?)"', html)
        )


def test_the_whole_typeface_is_in_it_unchanged(web_pages: dict[Audience, Path]) -> None:
    html = web_pages["patient"].read_text(encoding="utf-8")
    inside = re.findall(r"data:font/woff2;base64,([\w+/=]+)", html)
    fonts = figure_files() | font_files()
    for source, data in zip(fonts.values(), inside, strict=True):
        ours, theirs = TTFont(BytesIO(b64decode(data))), TTFont(source)
        assert ours.getBestCmap() == theirs.getBestCmap()
        assert ours["head"].modified == theirs["head"].modified  # the clock is not in it


def test_a_picture_that_is_no_drawing_is_in_the_file(content: Path) -> None:
    pictures = content / "specimen" / "pictures"
    pictures.mkdir(exist_ok=True)
    Image.new("RGB", (4, 3), "white").save(pictures / "photo.png")
    figure = {"kind": "figure", "picture": "photo.png", "alt": "Nothing but white"}
    section = {"title": "Photo", "blocks": [figure]}
    (content / "specimen" / "02-photo.yaml").write_text(yaml.safe_dump(section))
    html = web_page(load_booklet(content, "specimen", TODAY)["patient"]).decode()
    assert '<img class="figure__photograph" src="data:image/png;base64,' in html
    assert "file:" not in html


def test_the_same_booklet_gives_the_same_bytes(web_pages: dict[Audience, Path]) -> None:
    again = load_booklet(ROOT / "content", "aml-relapse", TODAY)
    assert {name: web_page(again[name]) for name in AUDIENCES} == {
        name: file.read_bytes() for name, file in web_pages.items()
    }


@slow
@in_browser
@pytest.mark.parametrize("audience", AUDIENCES)
def test_it_asks_the_network_for_nothing_and_the_console_stays_empty(
    audience: Audience, web_pages: dict[Audience, Path], browser: Browser
) -> None:
    asked: list[str] = []
    said: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith("data:"):
            asked.append(request.url)

    page = browser.new_page(offline=True)
    page.on("request", ask)
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(web_pages[audience].as_uri(), wait_until="networkidle")
    assert asked == [web_pages[audience].as_uri()]
    assert said == []
    faces = page.evaluate("[...document.fonts].map(f => [f.family, f.weight, f.status])")
    assert [(family.strip('"'), weight, status) for family, weight, status in faces] == [
        (FIGURES, "400", "loaded"),
        (FIGURES, "700", "loaded"),
        (FAMILY, "400", "loaded"),
        (FAMILY, "700", "loaded"),
    ]
    page.close()


# Eyes


@slow
@in_browser
@pytest.mark.parametrize(("audience", "width"), [("patient", 320), ("family", 1280)])
def test_axe_has_nothing_against_it_on_any_screen(
    audience: Audience, width: int, web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages[audience], width) as page:
        found, passed = screen.violations(page)
    assert found == []
    assert passed > 25


@slow
@in_browser
def test_axe_has_nothing_against_its_colours_in_any_look(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    # The other reader's page has the same sheet; every word of both is measured below, in looks
    # of which the reader has chosen the colours too: there axe is asked for links alone.
    other = [look for look in screen.LOOKS if look != "light"]
    for look, page in screen.looks(browser, web_pages["patient"], 320, other):
        found, passed = screen.violations(page, screen.COLOURS if look == "dark" else screen.LINKS)
        assert found == [], look
        assert passed > 0, look


@slow
@in_browser
@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_word_has_a_contrast_of_7_in_every_look(
    audience: Audience, web_pages: dict[Audience, Path], browser: Browser
) -> None:
    for look, page in screen.looks(browser, web_pages[audience]):
        found = screen.painted(page)
        page_colour = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert len(found) > 500, look
        assert [each for each in found if each[1] < 7] == [], look
        assert (screen.contrast(page_colour, "rgb(0, 0, 0)") < 2) == look.endswith("dark"), look


@slow
@in_browser
def test_pictures_keep_their_own_colours_on_white_in_every_look(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    colours = """() => [...document.querySelectorAll('svg[role=img] *')].map(e =>
        [getComputedStyle(e).fill, getComputedStyle(e).stroke])"""
    with screen.opened(browser, web_pages["patient"]) as page:
        drawn = page.evaluate(colours)
    for look, page in screen.looks(browser, web_pages["patient"]):
        assert page.evaluate(colours) == drawn, look
        behind = page.locator("svg[role=img]").evaluate_all(
            "all => all.map(e => getComputedStyle(e).backgroundColor)"
        )
        assert set(behind) == {"rgb(255, 255, 255)"}, look


@slow
@in_browser
def test_lines_have_no_more_than_70_characters(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    for width in (768, 1280, 2560):
        with screen.opened(browser, web_pages["patient"], width) as page:
            lengths = [len(line) for line in screen.lines(page)]
        assert 55 < max(lengths) <= 70


# Small windows, large letters

SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""


def own_size(page: Page, pixels: int) -> None:
    """The size of letters as set in the browser."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": pixels}})


@slow
@in_browser
@pytest.mark.parametrize("audience", AUDIENCES)
def test_nothing_has_to_be_moved_sideways(
    audience: Audience, web_pages: dict[Audience, Path], browser: Browser
) -> None:
    file = web_pages[audience]
    with screen.opened(browser, file, 320) as page:
        assert screen.too_wide(page) == []
        page.add_style_tag(content=SPACED)  # WCAG 2.2, 1.4.12
        assert screen.too_wide(page) == []
    with screen.opened(browser, file, 320, height=256, device_scale_factor=4) as page:
        assert page.evaluate("devicePixelRatio") == 4  # 1280 by 1024 at 400%
        assert screen.too_wide(page) == []
    with screen.opened(browser, file, 640) as page:
        own_size(page, 32)
        assert page.evaluate("getComputedStyle(document.body).fontSize") == "36px"
        assert screen.too_wide(page) == []


# Keys


@slow
@in_browser
def test_tab_reaches_every_link_in_order_and_shows_where_it_is(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["patient"], 320) as page:
        count = page.locator(screen.FOCUSABLE).count()
        reached = []
        for _ in range(count):
            page.keyboard.press("Tab")
            reached.append(screen.focus(page))
    assert count > 50
    assert [each["number"] for each in reached] == list(range(count))
    assert [each for each in reached if not each["seen"] or each["outline"] < 2] == []
    assert [each for each in reached if each["covered"]] == []  # WCAG 2.2, 2.4.11
    assert [each for each in reached if screen.contrast(*each["colours"]) < 3] == []


@slow
@in_browser
def test_every_kind_of_control_shows_the_focus_in_every_look(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    for look, page in screen.looks(browser, web_pages["patient"], 320):
        shown = screen.outlines(page)
        assert len(shown) > 5, look
        assert [each for each in shown if each["outline"] < 2] == [], look
        if not look.startswith("forced"):  # there the reader has chosen the colours
            assert [each for each in shown if screen.contrast(*each["colours"]) < 3] == [], look


@slow
@in_browser
def test_the_first_tab_offers_the_contents_and_enter_goes_there(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["patient"], 320) as page:
        skip = page.locator(".skip")
        assert skip.bounding_box()["y"] < 0  # type: ignore[index]
        page.keyboard.press("Tab")
        assert skip.bounding_box()["y"] >= 0  # type: ignore[index]
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.parentElement.className") == "contents__entry"
        assert page.evaluate("document.activeElement.textContent") == "When to call for help"


@slow
@in_browser
def test_it_has_one_of_each_landmark_and_its_links_can_be_dialled(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["family"]) as page:
        for role in ("banner", "main", "navigation", "contentinfo"):
            assert page.get_by_role(role).count() == 1, role  # type: ignore[arg-type]
        assert page.get_by_role("heading", level=1).count() == 1
        assert page.locator("html").get_attribute("lang") == "en-GB"
        dialled = page.locator("a[href^='tel:']")
        assert {"tel:08082080888", "tel:999", "tel:111"} <= set(
            dialled.evaluate_all("all => all.map(a => a.getAttribute('href'))")
        )
        targets = page.locator("a[href^='#']").evaluate_all("all => all.map(a => a.hash.slice(1))")
        assert all(page.evaluate("id => !!document.getElementById(id)", name) for name in targets)


# What the reader fills in


@slow
@in_browser
def test_what_is_filled_in_is_kept_on_the_device_until_it_is_cleared(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["patient"]) as page:
        line, again = page.get_by_label("The clinic’s 24-hour line", exact=True).all()
        notes = page.get_by_label("Your own questions, answers, names and dates")
        tick = page.get_by_label("Am I fit enough for intensive treatment?")
        assert page.locator(".call").inner_text().count("24-hour line") == 0
        again.fill("020 7946 0003")
        assert line.input_value() == "020 7946 0003"
        line.fill("020 7946 0002")
        assert again.input_value() == "020 7946 0002"
        page.get_by_label("My name").fill("A. Reader")
        notes.fill("Ask about\nthe card")
        tick.check()
        page.reload()
        assert line.input_value() == "020 7946 0002"
        assert again.input_value() == "020 7946 0002"
        assert page.get_by_label("My name").input_value() == "A. Reader"
        assert notes.input_value() == "Ask about\nthe card"
        assert tick.is_checked()
        ring = page.locator(".call a[href='tel:02079460002']")
        page.mouse.wheel(0, 6000)
        assert ring.is_visible()
        assert ring.bounding_box()["y"] >= 0  # type: ignore[index]
        page.on("dialog", lambda dialog: dialog.accept())
        page.locator(".kept__clear").first.click()
        assert page.get_by_text("All cleared.").is_visible()
        page.reload()
        values = page.locator(".field:not(.field--tick)").evaluate_all(
            "all => all.map(e => e.value)"
        )
        assert set(values) == {""}
        assert not tick.is_checked()
        assert page.evaluate("localStorage.length") == 0


@slow
@in_browser
def test_without_its_script_there_are_lines_to_write_on(
    web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["patient"], java_script_enabled=False) as page:
        assert page.locator(".details__rule").count() > 10
        assert page.locator(".notes--short .notes__rule").count() == 5
        assert page.locator("input, textarea, button").count() == 0


# Paper


def squeezed(text: str) -> str:
    """The text without white space."""
    return re.sub(r"[\s\u200b]+", "", text)


@slow
@in_browser
@pytest.mark.parametrize("paper", ["A4", "A5"])
@pytest.mark.parametrize("look", ["light", "dark"])
def test_printed_from_the_browser_no_word_is_cut_off_or_lost_or_pale(
    look: str, paper: str, web_pages: dict[Audience, Path], browser: Browser
) -> None:
    with screen.opened(browser, web_pages["patient"], **screen.LOOKS[look]) as page:
        page.emulate_media(media="print")
        wanted = page.inner_text("body").splitlines()
        page.emulate_media(media=None)  # type: ignore[arg-type]
        pdf = pymupdf.open(stream=page.pdf(format=paper, tagged=True), filetype="pdf")
    spans = [
        (page, span)
        for page in pdf
        for block in page.get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
        if span["text"].strip()
    ]
    printed = squeezed(" ".join(span["text"] for _, span in spans))
    assert [line for line in wanted if squeezed(line) not in printed] == []
    margin, slack = 17 / 25.4 * 72, 9  # a box of text is higher than its letters
    for on, span in spans:
        left, top, right, bottom = span["bbox"]
        assert margin - slack <= left < right <= on.rect.width - margin + 1, span["text"]
        assert margin - slack <= top < bottom <= on.rect.height - margin + slack, span["text"]
    body = [span for _, span in spans if "Hyperlegible" in span["font"] and span["size"] == 12]
    colours = {f"rgb({c >> 16}, {c >> 8 & 255}, {c & 255})" for c in {s["color"] for s in body}}
    assert len(body) > 300
    assert min(screen.contrast(colour, "rgb(255, 255, 255)") for colour in colours) >= 7


def test_the_screen_has_a_row_beside_the_sizes_of_print() -> None:
    assert SCREEN.slug not in {size.slug for size in SIZES}
    assert (ROOT / "styles" / SCREEN.stylesheet).is_file()
