"""The table of rules over a finished PDF: each row a function and what it stands for."""

from booklet.check.rule import Rule
from booklet.check.rules.colour import COLOUR
from booklet.check.rules.file import FILE
from booklet.check.rules.finding import FINDING
from booklet.check.rules.layout import LAYOUT
from booklet.check.rules.letters import LETTERS
from booklet.check.rules.structure import STRUCTURE

RULES: tuple[Rule, ...] = (*LETTERS, *LAYOUT, *COLOUR, *STRUCTURE, *FINDING, *FILE)
