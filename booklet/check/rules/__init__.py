"""The table of rules over a finished PDF: each row a function and what it stands for."""

from booklet.check.rule import Rule
from booklet.check.rules.colour import COLOUR
from booklet.check.rules.file import FILE, READING_COPY
from booklet.check.rules.finding import FINDING
from booklet.check.rules.layout import LAYOUT
from booklet.check.rules.letters import LETTERS
from booklet.check.rules.obscured import OBSCURED
from booklet.check.rules.splits import SPLITS
from booklet.check.rules.structure import STRUCTURE

RULES: tuple[Rule, ...] = (
    READING_COPY,
    *LETTERS,
    *OBSCURED,
    *LAYOUT,
    *SPLITS,
    *COLOUR,
    *STRUCTURE,
    *FINDING,
    *FILE,
)


def as_page() -> str:
    """The rules as a page of documentation, in Markdown."""
    rows = [f"| `{rule.id}` | {rule.checks} | {rule.limit} | {rule.source} |" for rule in RULES]
    return "\n".join((_OPENING, *rows, "", _CLOSING, ""))


_OPENING = """\
# What `check` measures

Written by `python make_booklet.py check --rules`: change the table of rules, not this page.

`python make_booklet.py check FILE.pdf` measures any finished PDF by these rules. A rule with
nothing to look at says so. A file that cannot be read fails.

| Rule | What it measures | Limit | Source |
| --- | --- | --- | --- |"""

_CLOSING = """\
The smallest print allowed follows the size of print in the file's name or title, or `--size`;
12 pt where they say nothing. Contrast, hidden text and patterns are measured on the page as
PDFium renders it, once with its text and once without.

No program can judge meaning. Every report ends with questions for a person, and no report calls
a booklet accessible."""
