"""The table of rules over the words: each row a function and what it stands for."""

from booklet.check.words.rule import WordRule
from booklet.check.words.rules.finding import FINDING
from booklet.check.words.rules.length import LENGTH
from booklet.check.words.rules.numbers import NUMBERS
from booklet.check.words.rules.parts import REQUIRED
from booklet.check.words.rules.plain import PLAIN
from booklet.check.words.rules.sources import SOURCES
from booklet.check.words.rules.spelling import SPELLING
from booklet.check.words.rules.terms import TERMS

WORD_RULES: tuple[WordRule, ...] = (
    *LENGTH, *PLAIN, *NUMBERS, *TERMS, *FINDING, *SOURCES, *REQUIRED, *SPELLING,
)  # fmt: skip
