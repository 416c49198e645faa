"""The web page asks nobody for anything, even with everything in it that drawings may not hold."""

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from booklet.html.web_page import web_page
from booklet.review.booklet import load_booklet
from tests import screen
from tests.conftest import TODAY
from tests.content.test_svg import AWAY, TRICKS

MORE_TRICKS = (
    f'<img src="{AWAY}">',
    f'<img srcset="{AWAY} 2x">',
    f'<iframe src="{AWAY}"></iframe>',
    f'<object data="{AWAY}"></object>',
    f'<embed src="{AWAY}">',
    f'<video poster="{AWAY}" src="{AWAY}" autoplay></video>',
    f'<link rel="stylesheet" href="{AWAY}">',
    f'<link rel="icon" href="{AWAY}">',
    f'<link rel="preload" as="image" href="{AWAY}">',
    f'<style>@import "{AWAY}"; body {{ background: image-set("{AWAY}" 1x) }}</style>',
    f'<p style="list-style: url({AWAY}); display: list-item">words</p>',
    f'<script>fetch("{AWAY}"); navigator.sendBeacon("{AWAY}")</script>',
    f'<script src="{AWAY}"></script>',
    f'<img src="data:," onerror="fetch(\'{AWAY}\')">',
    f'<form action="{AWAY}"><button></button></form><script>document.forms[0].submit()</script>',
    f'<svg><image href="{AWAY}"/><use href="{AWAY}#a"/><feImage href="{AWAY}"/></svg>',
)
"""What HTML offers besides; no content can bring it into a page."""
_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')


@dataclass
class Listener:
    """A server on the loopback address, and what it was asked."""

    port: int = 0
    asked: list[str] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Listener]:
    heard = Listener()

    class Ear(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            heard.asked.append(self.rfile.readline().decode(errors="replace").strip())

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Ear) as server:
        heard.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield heard
        server.shutdown()


@pytest.mark.slow
@pytest.mark.xdist_group("web_page")
def test_the_policy_of_the_page_holds_back_every_trick(
    content: Path, browser: Browser, tmp_path: Path
) -> None:
    page = web_page(load_booklet(content, "specimen", TODAY)["patient"]).decode()
    with listening() as heard:
        tricks = [f"<svg>{each}</svg>" for each in TRICKS] + [*MORE_TRICKS]
        numbered = (each.replace(AWAY, _away(heard, at)) for at, each in enumerate(tricks))
        file = tmp_path / "page.html"
        armed = page.replace("<main>", f"<main>{''.join(numbered)}")
        for text in (armed, _POLICY.sub("", armed)):
            assert heard.asked == []
            file.write_text(text, encoding="utf-8")
            with screen.opened(browser, file) as opened:
                opened.wait_for_timeout(500)
                opened.mouse.move(100, 100)
    # Without the policy the same page asked, so that the listener would have heard.
    assert len({*heard.asked}) > 15


def _away(heard: Listener, number: int) -> str:
    return f"http://127.0.0.1:{heard.port}/{number}"
