"""What stays in sight on the web page: the number for emergencies, and when to call it."""

from dataclasses import dataclass

from booklet.content.blocks import Callout
from booklet.content.model import NamedSection
from booklet.review.booklet import Booklet


@dataclass(frozen=True, slots=True)
class CallBar:
    """Where the booklet says when to call, and the number it says first."""

    section: NamedSection  # the first that has a callout of the tone `emergency`
    href: str  # the number in the title of that callout, as a link; empty where it has none
    number: str  # the same as it is printed


def call_bar(booklet: Booklet) -> CallBar | None:
    """What its bar leads to; `None` where a booklet has no emergency."""
    for named in booklet.sections:
        for block in named.section.every_block:
            if isinstance(block, Callout) and block.tone == "emergency":
                numbers = [link for link in block.title.links if link[0].startswith("tel:")]
                return CallBar(named, *(numbers[0] if numbers else ("", "")))
    return None
