"""How hard a section is to read, as an indicator. No formula proves that people understand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from booklet.check.words.lists import phrases
from booklet.check.words.passive import is_passive
from booklet.check.words.reader_text import ReaderText, sentences, words_of
from booklet.content.yaml_source import read_yaml
from booklet.editions import Audience

EASY_AGE = 11  # NHS digital service manual, "How we write": a reading age of 9 to 11
HARDEST_AGE = 14  # The same page: 11 to 14 where the subject allows nothing easier
AGE_OF_GRADE_0 = 5  # A child starts American grade 1 at 6: a rough mapping in health writing
OLDEST = 18  # Ages above it say nothing: school is over
ENOUGH_WORDS = 100  # Fewer words say little: Flesch took samples of 100

_VOWELS, _SILENT_E, _SPLIT, _JOINED = (
    re.compile(expression)
    for expression in read_yaml(Path(__file__).with_name("syllables.yaml")).values.values()
)


@dataclass(frozen=True, slots=True)
class SectionGrade:
    """The figures of one section for one reader."""

    section: str  # The section's id
    title: str
    reader: Audience
    words: int  # How many words it has, names left out as in all that follows but `passive`
    sentences: int
    longest: int  # The words of its longest sentence
    passive: int  # Sentences with a verb in the passive voice
    grade: float | None  # The American school grade; `None` under 100 words

    @property
    def age(self) -> int | None:
        """The age at which a child is said to read this: grade plus 5, rounded, at most 18."""
        return None if self.grade is None else min(OLDEST, round(self.grade + AGE_OF_GRADE_0))


def grades(reader: ReaderText) -> Iterator[SectionGrade]:
    """The figures of every section that has text of its own, in reading order."""
    for named in reader.booklet.sections:
        source, title = reader.files.sections[named.id], named.section.title.plain
        own = (each for each in reader.prose() if each.section == named.id)
        split = [s for each in own if each.source is source for s in sentences(each.own_words)]
        if split:
            yield _graded(named.id, title, split, reader)


def _graded(id: str, title: str, split: list[str], reader: ReaderText) -> SectionGrade:
    counted = [words for s in split if (words := words_of(without_names(s, reader)))]
    total = sum(map(len, counted))
    return SectionGrade(
        section=id,
        title=title,
        reader=reader.booklet.audience,
        words=total,
        sentences=len(counted),
        longest=max(map(len, counted), default=0),
        passive=sum(map(is_passive, split)),
        grade=flesch_kincaid(counted) if total >= ENOUGH_WORDS else None,
    )


def without_names(text: str, reader: ReaderText) -> str:
    """A text without names of medicines and organisations, as WCAG 3.1.5 leaves names out."""
    return phrases(*reader.lists.spelling.medicines, *reader.names).sub(" ", text)


def flesch_kincaid(split: list[list[str]]) -> float:
    """The American school grade of sentences, each a list of words.

    0.39 words a sentence + 11.8 syllables a word - 15.59 (Kincaid and others, 1975).

    >>> round(flesch_kincaid([["The", "cat", "sat"], ["It", "purred"]]), 1)
    -2.8
    """
    words = [word for sentence in split for word in sentence]
    per_word = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(split) + 11.8 * per_word - 15.59


def syllables(word: str) -> int:
    """The syllables of a word, counted as groups of vowels with the usual exceptions.

    Right for 98 in 100 words of the first booklet and 91 in 100 of the 126,000 words of the CMU
    Pronouncing Dictionary; over a whole text the errors cancel out (1.425 a word against 1.436).

    >>> [syllables(word) for word in ("the", "people", "medicine", "leukaemia", "hospital")]
    [1, 2, 3, 4, 3]
    """
    word = word.casefold()
    count = len(_VOWELS.findall(word)) + len(_SPLIT.findall(word)) - len(_JOINED.findall(word))
    return max(1, count - bool(_SILENT_E.search(word)))
