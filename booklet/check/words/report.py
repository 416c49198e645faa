"""What the check of the words found: problems, notes, figures by section; as lines and as JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from booklet.check.rule import counted
from booklet.check.words.grade import EASY_AGE, ENOUGH_WORDS, HARDEST_AGE, SectionGrade
from booklet.check.words.rule import WordRule
from booklet.check.words.rules import WORD_RULES
from booklet.editions import AUDIENCES
from booklet.problems import Problem


@dataclass(frozen=True, slots=True)
class WordReport:
    """The result for one booklet.

    `problems` are sorted by file and line; `on_purpose` are the notes that excuse something, as
    lines; `grades` are the figures by section and reader, in reading order.
    """

    name: str
    problems: tuple[Problem, ...]
    on_purpose: tuple[str, ...]
    grades: tuple[SectionGrade, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """What must be put right."""
        return tuple(each for each in self.problems if each.severity == "error")

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What somebody should look at."""
        return tuple(each for each in self.problems if each.severity == "warning")

    @property
    def passed(self) -> bool:
        """Whether there is no error; warnings may stay."""
        return not self.errors


def lines(report: WordReport) -> Iterator[str]:
    """The report as lines: errors, warnings, notes, figures by section, the sum."""
    for part in (report.errors, report.warnings):
        yield from map(str, part)
    for note in report.on_purpose:
        yield f"on purpose: {note}"
    for audience in AUDIENCES:
        yield ""
        yield (
            f"Edition for {audience}: reading age by formula, a hint and no proof "
            f"(NHS target 9 to {EASY_AGE}, at most {HARDEST_AGE})"
        )
        yield "  age  grade  words  a sentence  longest  passive  section"
        yield from (_figures(each) for each in report.grades if each.reader == audience)
    yield f"- in place of an age: the section has fewer than {ENOUGH_WORDS} words"
    yield ""
    yield _sum(report)


def _figures(each: SectionGrade) -> str:
    age = "  -" if each.age is None else f"{each.age:3d}"
    grade = "    -" if each.grade is None else f"{each.grade:5.1f}"
    mean = each.words / max(1, each.sentences)
    share = 100 * each.passive / max(1, each.sentences)
    return (
        f"  {age}  {grade}  {each.words:5d}  {mean:10.1f}  {each.longest:7d}  {share:6.0f}%  "
        f"{each.title}"
    )


def _sum(report: WordReport) -> str:
    counts = Counter(each.rule for each in report.problems)
    by_rule = ", ".join(f"{rule} {count}" for rule, count in counts.most_common())
    errors, warnings = len(report.errors), len(report.warnings)
    total = f"{report.name}: {counted(errors, 'error')}, {counted(warnings, 'warning')}"
    return f"{total} ({by_rule})" if by_rule else total


def as_json(report: WordReport) -> str:
    """The report for programs; paths with forward slashes."""
    content = {
        "booklet": report.name,
        "passed": report.passed,
        "problems": [
            {
                "file": each.file.as_posix(),
                "line": each.at.line if each.at else 0,
                "column": each.at.column if each.at else 0,
                "message": each.words,
                "severity": each.severity,
                "rule": each.rule,
            }
            for each in report.problems
        ],
        "on_purpose": report.on_purpose,
        "sections": [asdict(each) | {"age": each.age} for each in report.grades],
    }
    return json.dumps(content, indent=2, ensure_ascii=False)


def explained(rule: WordRule) -> str:
    """Everything there is to say about a rule."""
    return "\n".join(
        (
            f"{rule.id} ({rule.severity})",
            f"  what:    {rule.checks}",
            f"  limit:   {rule.limit}",
            f"  source:  {rule.source}",
            f"  why:     {rule.why}",
            f"  bad:     {rule.bad}",
            f"  better:  {rule.better}",
            f"  if it must be so, note it beside the text: on_purpose: {{{rule.id}: the reason}}",
        )
    )


def as_page(rules: Iterable[WordRule] = WORD_RULES) -> str:
    """The rules as a page of documentation, in Markdown."""
    rows = [
        f"| `{rule.id}` | {rule.severity} | {rule.checks} | {rule.limit} | {rule.source} |"
        for rule in rules
    ]
    parts = [
        f"## {rule.id}\n\n{rule.why}\n\nNot: {_typed(rule.bad)}\n\nBetter: {_typed(rule.better)}\n"
        for rule in rules
    ]
    return "\n".join((_OPENING, *rows, "", _CLOSING, *parts)).rstrip() + "\n"


def _typed(example: str) -> str:
    r"""An example as an author types it: Markdown shows its terms and links, and follows none.

    >>> print(_typed("[Click here](#call)"))
    \[Click here](#call)
    """
    return re.sub(r"\*(?=\*)|(?<=\*)\*|\[(?=[^\]]*\]\()", r"\\\g<0>", example)


_OPENING = """\
# What `check` says about the words

Written by `python make_booklet.py check --explain all`: change the table of rules, not this page.

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

_CLOSING = """\
The reading age of a section is Flesch-Kincaid's grade plus 5. It counts words and syllables, and
no more. The NHS advises against such formulas as a measure; they show where to look first. Ask
readers.

Labels that the program prints, and text inside pictures, are not looked at.
"""
