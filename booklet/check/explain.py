"""What the rules say of themselves: one at a time, and on two pages of documentation."""

import re
from typing import Any

from booklet.check.check_pdf import PDF_RULES
from booklet.check.check_words import WORD_RULES
from booklet.check.rule import Rule
from booklet.content.suggestion import close_to
from booklet.problems import WrongUsage

_NEAR = 0.75
"""How much of a rule's name has to be right to be meant, between 0 and 1."""


def explained(id: str) -> str:
    """Everything there is to say about a rule, of PDFs or of words; `WrongUsage` for no rule."""
    rules: dict[str, Rule[Any, Any]] = {**WORD_RULES, **PDF_RULES}
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
    if id in PDF_RULES:
        return "\n".join((id, *lines))
    note = f"  if it must be so, note it beside the text: on_purpose: {{{id}: the reason}}"
    return "\n".join((f"{id} ({rule.severity})", *lines, note))


def page_of_pdf_rules() -> str:
    """The rules over PDFs as a page of documentation, in Markdown."""
    rows = [
        f"| `{id}` | {rule.checks} | {rule.limit} | {rule.source} |"
        for id, rule in PDF_RULES.items()
    ]
    return "\n".join((_PDF_OPENING, *rows, "", _PDF_CLOSING, ""))


def page_of_word_rules() -> str:
    """The rules over words as a page of documentation, in Markdown."""
    rows = [
        f"| `{id}` | {rule.severity} | {rule.checks} | {rule.limit} | {rule.source} |"
        for id, rule in WORD_RULES.items()
    ]
    parts = [
        f"## {id}\n\n{rule.why}\n\nNot: {_typed(rule.bad)}\n\nBetter: {_typed(rule.better)}\n"
        for id, rule in WORD_RULES.items()
    ]
    return "\n".join((_WORDS_OPENING, *rows, "", _WORDS_CLOSING, *parts)).rstrip() + "\n"


def _typed(example: str) -> str:
    r"""An example as an author types it: Markdown shows its terms and links, and follows none.

    >>> print(_typed("[Click here](#call)"))
    \[Click here](#call)
    """
    return re.sub(r"\*(?=\*)|(?<=\*)\*|\[(?=[^\]]*\]\()", r"\\\g<0>", example)


_PDF_OPENING = """\
# What `check` measures

Written by `python make_booklet.py check --rules`: change the rules, not this page.

`python make_booklet.py check FILE.pdf` measures any finished PDF by these rules. A rule with
nothing to look at says so. A file that cannot be read fails.

| Rule | What it measures | Limit | Source |
| --- | --- | --- | --- |"""

_PDF_CLOSING = """\
The smallest print allowed follows the size of print in the file's name or title, or `--size`;
12 pt where they say nothing. Contrast, hidden text and patterns are measured on the page as
PDFium renders it, once with its text and once without.

No program can judge meaning. Every report ends with questions for a person, and no report calls
a booklet accessible."""

_WORDS_OPENING = """\
# What `check` says about the words

Written by `python make_booklet.py check --explain all`: change the rules, not this page.

`python make_booklet.py check aml-relapse` holds the words of a booklet against these rules, for
each reader, and says file and line. An error must be put right. A warning asks somebody to look.
`check --explain RULE` says why a rule is there.

- Words to avoid stand in `content/words-to-avoid.yaml`: add to it, or take out.
- Words, medicines and names the dictionary does not know stand in `content/spelling.yaml`. Look
  a word up before you add it.
- Where words must break a rule, say why beside them, on the block, the section, the source, the
  contact or the term. A note without a reason, or for a rule that is not broken, is an error.

  ```yaml
  - kind: paragraph
    on_purpose: {very-long-sentence: the names of the medicines belong together}
    text: …
  ```

| Rule | | What it looks at | Limit | Source |
| --- | --- | --- | --- | --- |"""

_WORDS_CLOSING = """\
The reading age of a section is Flesch-Kincaid's grade plus 5. It counts words and syllables, and
no more. The NHS advises against such formulas as a measure; they show where to look first. Ask
readers.

Labels that the program prints, and text inside pictures, are not looked at.
"""
