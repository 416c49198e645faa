"""What the rules say of themselves: one at a time, and on two pages of documentation."""

import re
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from booklet.check.check_pdf import PDF_RULES
from booklet.check.check_words import WORD_RULES
from booklet.check.rule import Rule
from booklet.content.suggestion import close_to
from booklet.problems import WrongUsage

_PAGES = Path(__file__).with_name("pages")  # What stands around the lists of rules
_NEAR = 0.75  # How much of a rule's name has to be right to be meant, between 0 and 1


def explained(id: str, others: Mapping[str, Rule[Any, Any]] | None = None) -> str:
    """Everything there is to say about a rule, of PDFs, of words or of `others` by their ids.

    `WrongUsage` for no rule.
    """
    rules: dict[str, Rule[Any, Any]] = {**WORD_RULES, **PDF_RULES, **(others or {})}
    if id not in rules:
        meant = close_to(id, rules, _NEAR)
        listed = "`check --rules` and docs/words.md list them"
        raise WrongUsage(
            f"there is no rule `{id}`; " + (f"did you mean `{meant}`?" if meant else listed)
        )
    rule = rules[id]
    said = {"what": rule.checks, "limit": rule.limit, "source": rule.source, "why": rule.why}
    examples = {"bad": rule.bad, "better": rule.better} if id in WORD_RULES else {}
    lines = [f"  {name + ':':<8} {words}" for name, words in (said | examples).items()]
    if id not in WORD_RULES:
        return "\n".join((id, *lines))
    note = f"  if it must be so, note it beside the text: on_purpose: {{{id}: the reason}}"
    return "\n".join((f"{id} ({rule.severity})", *lines, note))


def page_of_pdf_rules() -> str:
    """The rules over PDFs as a page of documentation, in Markdown."""
    rows = [f"| `{r.id}` | {r.checks} | {r.limit} | {r.source} |" for r in PDF_RULES.values()]
    return _page("checks.md", rows=rows)


def page_of_word_rules() -> str:
    """The rules over words as a page of documentation, in Markdown."""
    rows = [
        f"| [`{r.id}`](wordings.md#{r.id}) | {r.severity} | {r.checks} | {r.limit} | {r.source} |"
        for r in WORD_RULES.values()
    ]
    return _page("words.md", rows=rows)


def page_of_wordings() -> str:
    """Why each rule over words is there, with an example put right, in Markdown."""
    parts = [
        f"## {r.id}\n\n{r.why}\n\nNot: {_typed(r.bad)}\n\nBetter: {_typed(r.better)}\n"
        for r in WORD_RULES.values()
    ]
    return _page("wordings.md", parts=parts).rstrip() + "\n"


def _page(name: str, **lines: list[str]) -> str:
    words = Template((_PAGES / name).read_text(encoding="utf-8"))
    return words.substitute({part: "\n".join(those) for part, those in lines.items()})


def _typed(example: str) -> str:
    r"""An example as an author types it: Markdown shows its terms and links, and follows none.

    >>> print(_typed("[Click here](#call)"))
    \[Click here](#call)
    """
    return re.sub(r"\*(?=\*)|(?<=\*)\*|\[(?=[^\]]*\]\()", r"\\\g<0>", example)
