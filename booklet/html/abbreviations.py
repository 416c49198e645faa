"""Abbreviations on a page: their full words said once, not at every turn."""

import re

from markupsafe import Markup

from booklet.content.language import ENGLISH
from booklet.content.unbreakable import kept_whole

_ABBREVIATION = re.compile(r'<abbr class="keep" title="([^"]*)"(?: dir="ltr")?>([^<]*)</abbr>')
_TAG = re.compile(r"<[^>]*>")


def abbreviations_once(html: str) -> Markup:
    """The HTML of a section with each abbreviation marked once, or not at all.

    A screen reader says the full words for every one that is marked. Nobody wants to hear
    "computed tomography" ten times on a page, nor twice where the text says it itself:
    "computed tomography (CT)".
    """
    seen: set[str] = set()

    def first_only(match: re.Match[str]) -> str:
        full, short = match[1], match[2]
        before, after = _bare(html[: match.start()]), _bare(html[match.end() :])
        said = before.endswith(f"{full.casefold()} (") or after.startswith(f" ({full.casefold()}")
        if short in seen or said:
            seen.add(short)
            return str(kept_whole(short, ENGLISH))
        seen.add(short)
        return match[0]

    return Markup(_ABBREVIATION.sub(first_only, html))


def _bare(html: str) -> str:
    """The words of a piece of HTML, without case."""
    return _TAG.sub("", html).casefold()
