"""The preview in a real browser: what is seen after a save, and who may see it."""

import http.client
import re
import shutil
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from booklet.preview.connections import listening
from booklet.problems import WrongUsage
from tests import screen
from tests.commands.program import run
from tests.conftest import ROOT
from tests.preview.previewing import Preview, on_screen, printed, running, shown

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("preview")]
LONG = "title: A long section\nblocks:\n" + "".join(
    f"  - kind: paragraph\n    text: Passage {number} of the long section. {'It goes on. ' * 12}\n"
    for number in range(60)
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    content = tmp_path_factory.mktemp("preview") / "content"
    shutil.copytree(ROOT / "tests/specimen", content)
    for name in ("words-to-avoid.yaml", "spelling.yaml"):
        shutil.copy(ROOT / "content" / name, content)
    (content / "specimen/02-long.yaml").write_text(LONG, encoding="utf-8")
    with running(content) as preview:
        yield preview


@pytest.fixture
def preview(server: Preview, tmp_path: Path) -> Iterator[Preview]:
    """The preview with its content as it was, before and after."""
    shutil.copytree(server.content, tmp_path / "before")
    yield server
    shutil.rmtree(server.content, ignore_errors=True)
    shutil.copytree(tmp_path / "before", server.content)


def scroll_to_the_middle(page: Page) -> None:
    """Each side somewhere down the long section, by itself."""
    page.locator("#together").uncheck()
    on_screen(page).get_by_text("Passage 30 of").evaluate("it => it.scrollIntoView()")
    page.locator("#paper").evaluate("it => it.scrollTo(0, it.scrollHeight / 2)")


def at_the_top(page: Page) -> tuple[float, float]:
    """How far a passage is from the edge of the screen side, and how far paper is scrolled."""
    passage = on_screen(page).get_by_text("Passage 30 of")
    top = passage.evaluate("it => it.getBoundingClientRect().top")
    return round(top), page.locator("#paper").evaluate("it => Math.round(it.scrollTop)")


def test_a_save_changes_both_sides_without_a_reload_and_keeps_the_place(
    preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        scroll_to_the_middle(page)
        before = at_the_top(page)
        page.evaluate("window.mark = document.getElementById('screen').contentWindow.mark = 1")
        before_set = page.locator("#pdf").get_attribute("href")
        preview.change("specimen/02-long.yaml", "Passage 3 of", "Quite another beginning of")
        expect(on_screen(page).locator("body")).to_contain_text("Quite another beginning of")
        expect(page.locator("#pdf")).not_to_have_attribute("href", str(before_set))
        newest = urlsplit(str(page.locator("#pdf").get_attribute("href"))).path[7:-4]
        seen = page.get_by_alt_text("Page 7", exact=True)
        expect(seen).to_have_attribute("data-set", newest)
        expect(seen).to_be_in_viewport()
        assert "Quite another beginning of" in " ".join(printed(page))
        assert at_the_top(page) == before
        assert page.evaluate("[mark, document.getElementById('screen').contentWindow.mark]") == [
            1,
            1,
        ]
        assert said == []


def test_the_pictures_are_of_the_pages_and_as_sharp_as_the_screen(
    preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address, device_scale_factor=2) as page:
        picture = page.get_by_alt_text("Page 1", exact=True)
        width, wide, high = picture.evaluate(
            "it => [it.clientWidth, it.naturalWidth, it.naturalHeight]"
        )
        assert wide >= 2 * width
        assert high / wide == pytest.approx(210 / 148, abs=0.01)
        asked = page.evaluate("performance.getEntriesByType('resource').map(each => each.name)")
        pictures = [each for each in asked if "/page/" in each]
        count = page.locator(".paper__page").count()
        assert 0 < len(pictures) < count, "only pages in view are drawn"


def test_what_is_added_above_moves_nothing_that_is_read(preview: Preview, browser: Browser) -> None:
    with shown(browser, preview.address) as page:
        scroll_to_the_middle(page)
        before = at_the_top(page)[0]
        added = f"blocks:\n  - kind: paragraph\n    text: New above. {'It goes on. ' * 60}\n"
        preview.change("specimen/01-first.yaml", "blocks:\n", added)
        expect(on_screen(page).locator("body")).to_contain_text("New above.")
        expect(page.locator("#status")).to_contain_text("Up to date")
        assert abs(at_the_top(page)[0] - before) <= 1


FAULTS = {
    "a misspelt key": ("specimen/01-first.yaml", "title:", "titel:",
                       ["01-first.yaml:1:1: error:", "did you mean title?"]),
    "broken YAML": ("specimen/booklet.yaml", "title: A specimen", "title: [A specimen",
                    ["booklet.yaml:"]),
    "the glossary": ("glossary.yaml", "meaning: Stands", "meening: Stands",
                     ["glossary.yaml:9:5: error:"]),
    "the house": ("house.yaml", "helpers:", "nobody:",
                  ["booklet.yaml:9:12: error:", "there are: nobody"]),
    "a picture": ("specimen/pictures/square.svg", "viewBox", "script",
                  ["square.svg", "error:"]),
}  # fmt: skip


@pytest.mark.parametrize("case", FAULTS)
def test_a_fault_is_told_with_its_place_and_goes_when_it_is_put_right(
    case: str, preview: Preview, browser: Browser
) -> None:
    name, old, new, told = FAULTS[case]
    with shown(browser, preview.address) as page:
        good = (preview.content / name).read_text(encoding="utf-8")
        preview.change(name, old, new)
        faults = page.locator("#faults")
        for words in told:
            expect(faults).to_contain_text(words)
        expect(page.locator("#status")).to_contain_text("What is shown is older than the files.")
        for side in ("#screen-old", "#paper-old"):
            expect(page.locator(side)).to_be_visible()
        expect(on_screen(page).locator("h1")).to_have_text("A specimen")
        preview.write(name, good)
        expect(faults).to_be_hidden()
        expect(page.locator("#status")).to_contain_text("Up to date")
        expect(page.locator("#paper-old")).to_be_hidden()


def test_the_place_of_pages_that_are_not_there_yet_says_why(
    preview: Preview, browser: Browser
) -> None:
    preview.change("specimen/01-first.yaml", "title:", "titel:")
    page = browser.new_page()
    page.goto(preview.address)
    place = page.locator("#paper-wait")
    expect(place).to_have_text("The pages are set as soon as what stands above is put right.")
    preview.change("specimen/01-first.yaml", "titel:", "title:")
    expect(place).to_have_text("The pages are being set. They will stand here.")
    expect(page.locator("#paper img").first).to_be_visible()
    expect(place).to_be_hidden()
    page.close()


def test_what_only_the_finished_file_shows_is_a_fault_too(
    preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address) as page:
        preview.change("specimen/pictures/square.svg", '22" fill="#1d2b36', '22" fill="#b0b0b0')
        faults = page.locator("#faults")
        expect(faults).to_contain_text("specimen_patient_en_standard_v0-1.pdf: error: page 1")
        expect(faults).to_contain_text("2.17:1 #b0b0b0 on #ffffff: square")
        expect(page.locator("#status")).to_have_text("1 fault to put right.")
        expect(page.locator("#paper-old")).to_be_hidden()


def test_it_outlives_a_folder_that_goes_and_comes_back(preview: Preview, browser: Browser) -> None:
    away = preview.content.with_name("away")
    with shown(browser, preview.address) as page:
        (preview.content / "specimen").rename(preview.content / "renamed")
        expect(page.locator("#faults")).to_contain_text("there is no booklet specimen")
        expect(page.locator("select[name=booklet] option[value=renamed]")).to_have_count(1)
        (preview.content / "renamed").rename(preview.content / "specimen")
        expect(page.locator("#faults")).to_be_hidden()
        preview.content.rename(away)
        expect(page.locator("#faults")).to_be_visible()
        away.rename(preview.content)
        expect(page.locator("#faults")).to_be_hidden()
        preview.change("specimen/booklet.yaml", "title: A specimen", "title: Still alive")
        expect(on_screen(page).locator("h1")).to_have_text("Still alive")


def test_a_burst_of_saves_is_one_refresh(preview: Preview, browser: Browser) -> None:
    with shown(browser, preview.address) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for number in range(30):
            preview.write("specimen/02-long.yaml", LONG.replace("Passage 3 ", f"Save {number} "))
        expect(on_screen(page).locator("body")).to_contain_text("Save 29 of")
        expect(page.locator("#status")).to_contain_text("Up to date")
        assert "Save 29 of" in " ".join(printed(page))
        assert len([each for each in asked if "/screen/" in each]) <= 3


def test_the_choice_is_in_the_address_and_holds_after_a_reload(
    preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address) as page:
        page.get_by_label("Reader").select_option("family")
        expect(on_screen(page).locator("body")).to_contain_text("For family and friends")
        page.get_by_label("Size").select_option("large")
        expect(page).to_have_url(re.compile("size=large"))
        expect(page.locator("#status")).to_contain_text("Up to date")
        page.get_by_label("Clinic").select_option("example")
        expect(on_screen(page).locator("body")).to_contain_text("Example Hospital")
        assert page.url.endswith("?booklet=specimen&audience=family&size=large&clinic=example")
        page.reload()
        expect(page.locator("#status")).to_contain_text("Up to date")
        expect(page.get_by_label("Size")).to_have_value("large")
        text = " ".join(printed(page))
        assert "Large print" in text
        assert "Example Hospital" in text
        preview.change("clinics/example.yaml", "Example Hospital", "Example Infirmary")
        expect(on_screen(page).locator("body")).to_contain_text("Example Infirmary")


def test_a_reload_comes_back_to_the_same_place(preview: Preview, browser: Browser) -> None:
    with shown(browser, preview.address) as page:
        scroll_to_the_middle(page)
        before = at_the_top(page)
        page.reload()
        expect(page.locator("#paper img").first).to_be_visible()
        expect(on_screen(page).get_by_text("Passage 30 of")).to_be_in_viewport()
        after = at_the_top(page)
        assert after == pytest.approx(before, abs=2)


def test_a_heading_brings_its_printed_page_and_the_preview_is_told_that_it_is_looked_at(
    preview: Preview, browser: Browser
) -> None:
    def told(request: Request) -> bool:
        address = urlsplit(request.url)
        pages = parse_qs(address.query).get("page", [""])
        return address.path == "/looked" and pages[0].endswith(f"/{long + 1}")

    with shown(browser, preview.address) as page:
        assert page.locator("#paper").evaluate("it => it.scrollTop") == 0
        long = next(number for number, text in enumerate(printed(page)) if "Passage 0" in text)
        with page.expect_request(told):
            on_screen(page).get_by_role("link", name="A long section").click()
        top = page.locator("#paper").evaluate("it => it.scrollTop")
        height = page.locator(".paper__page").first.evaluate("it => it.offsetHeight")
        assert long * height <= top < (long + 1) * (height + 20)


def test_the_words_to_look_at_stand_in_a_panel_of_their_own(
    preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address) as page:
        preview.change("specimen/02-long.yaml", "Passage 7 of", "We utilise passage 7 of")
        panel = page.locator("#words")
        expect(panel).to_contain_text("02-long.yaml:18:")
        panel.locator("summary").click()
        expect(panel.get_by_text("write “use”")).to_be_visible()
        expect(page.locator("#faults")).to_be_hidden()


@pytest.mark.parametrize(("width", "look"), [(390, "light"), (1280, "dark")])
def test_the_page_itself_can_be_used_by_all(
    width: int, look: str, preview: Preview, browser: Browser
) -> None:
    with shown(browser, preview.address, color_scheme=look) as page:
        page.set_viewport_size({"width": width, "height": 800})
        preview.change("specimen/01-first.yaml", "title:", "titel:")
        expect(page.locator("#faults")).to_be_visible()
        found, passed = screen.violations(page)
        assert found == []
        assert passed > 20
        contrasts = screen.painted(page)
        assert len(contrasts) > 10
        assert [each for each in contrasts if each[1] < 7] == []
        boxes = [page.locator(side).bounding_box() for side in ("#screen", "#paper")]
        (left, top), (other_left, other_top) = [(box["x"], box["y"]) for box in boxes if box]
        assert (other_top > top + 300) == (width == 390)
        assert (other_left > left + 300) == (width == 1280)


def test_every_control_is_reached_by_tab_and_shows_it(preview: Preview, browser: Browser) -> None:
    focused = """() => [document.activeElement.name || document.activeElement.id
        || document.activeElement.textContent,
        parseFloat(getComputedStyle(document.activeElement).outlineWidth)]"""
    with shown(browser, preview.address) as page:
        reached = []
        for start, presses in (("select[name=booklet]", 4), ("#together", 2)):
            page.locator(start).focus()  # the booklet's own links are between the two
            reached.append(page.evaluate(focused))
            for _ in range(presses):
                page.keyboard.press("Tab")
                reached.append(page.evaluate(focused))
    names = ["booklet", "audience", "size", "clinic", "Show", "together", "pdf", "paper"]
    assert [name for name, _ in reached] == names
    assert [name for name, width in reached if width < 2] == []


# A browser has six connections for all its pages of one address.
OUT_OF_SIGHT = """
    window.away = false;
    Object.defineProperty(document, "hidden", { get: () => window.away });
    window.look = (away) => {
        window.away = away;
        document.dispatchEvent(new Event("visibilitychange"));
    };
"""


def test_more_pages_than_a_browser_has_connections_may_be_open(
    preview: Preview, browser: Browser
) -> None:
    context = browser.new_context()
    context.add_init_script(OUT_OF_SIGHT)
    pages = [context.new_page() for _ in range(8)]
    for page in pages:
        page.goto(preview.address)
        expect(page.locator("#status")).to_contain_text("Up to date", timeout=20_000)
        page.evaluate("look(true)")
    preview.change("specimen/booklet.yaml", "title: A specimen", "title: Seen again")
    pages[0].evaluate("look(false)")
    expect(on_screen(pages[0]).locator("h1")).to_have_text("Seen again")
    context.close()


# Who may see it


def answer(preview: Preview, path: str = "/", **headers: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", preview.port, timeout=10)
    connection.putrequest("GET", path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    return response.status, response.getheader("content-security-policy") or ""


def test_it_answers_this_machines_own_pages_only(preview: Preview) -> None:
    own = f"127.0.0.1:{preview.port}"
    status, policy = answer(preview, Host=own)
    assert (status, "default-src 'none'" in policy) == (200, True)
    assert answer(preview, Host=f"localhost:{preview.port}")[0] == 200
    assert answer(preview, Host=own, Origin=f"http://{own}")[0] == 200
    assert answer(preview, Host="booklets.example")[0] == 400
    assert answer(preview, Host=f"127.0.0.1.example:{preview.port}")[0] == 400
    for origin in ("https://booklets.example", "null", "http://127.0.0.1:1"):
        assert answer(preview, "/events?booklet=specimen", Host=own, Origin=origin)[0] == 403


def test_it_listens_on_no_other_address_of_this_machine(preview: Preview) -> None:
    others = {"127.0.0.2", *(found[4][0] for found in socket.getaddrinfo(socket.gethostname(), 0))}
    for other in others - {"127.0.0.1"}:
        with pytest.raises(OSError):  # noqa: PT011 - refused, or no way there
            socket.create_connection((other, preview.port), timeout=1)


def test_the_page_asks_nobody_else(preview: Preview, browser: Browser) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(preview.address)
    expect(page.locator("#paper img").first).to_be_visible()
    context.close()
    assert len(asked) > 8
    own = f"127.0.0.1:{preview.port}"
    assert {urlsplit(each).netloc for each in asked if not each.startswith("data:")} == {own}


def test_files_outside_are_not_to_be_had(preview: Preview) -> None:
    for path in ("/static/../page.py", "/static/%2e%2e/page.py", "/fonts/..%2fpage.py",
                 "/fonts/Italic.ttf", "/content/house.yaml"):  # fmt: skip
        assert answer(preview, path)[0] == 404, path
    wide = "/page/x/1.png?booklet=specimen&width=99999999"
    assert answer(preview, wide)[0] == 400
    assert answer(preview, "/page/x/1.png?booklet=../../etc&width=100")[0] == 410


# Beginning and ending


def test_ctrl_c_ends_it_quietly_while_a_page_looks(content: Path, browser: Browser) -> None:
    with running(content, "specimen", "--size", "large") as preview:
        assert "size=large" in preview.address
        with shown(browser, preview.address) as page:
            preview.process.send_signal(signal.SIGINT)
            _, errors = preview.process.communicate(timeout=90)  # until nobody can write
            assert preview.process.returncode == 130
            assert errors == "stopped; nothing was changed\n"
            expect(page.locator("#status")).to_contain_text("The preview has ended.")


def test_a_port_that_is_taken_is_a_fault_only_where_it_was_asked_for() -> None:
    with listening(None) as one, listening(None) as other:
        taken = one.getsockname()[1]
        assert other.getsockname()[:1] == ("127.0.0.1",)
        assert other.getsockname()[1] != taken
        with pytest.raises(WrongUsage, match=f"port {taken} cannot be used: .*; name another"):
            listening(taken)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere",), "error: there is no booklet `nowhere`; there are: specimen"),
        (("--content", "/nowhere"), "error: there is no booklet in /nowhere"),
        (("--size", "huge"), "there is no size `huge`"),
    ],
)
def test_wrong_usage_is_told_and_nothing_is_served(
    arguments: tuple[str, ...], told: str, content: Path
) -> None:
    done = run("preview", "--content", content, *arguments)
    assert done.returncode == 2
    assert told in done.stderr
