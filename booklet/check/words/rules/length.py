"""Rules about length: sentences and paragraphs; and the reading grade that follows from it."""

from collections.abc import Iterator
from itertools import groupby

from booklet.check.rule import rule
from booklet.check.words.grade import EASY_AGE, HARDEST_AGE, grades
from booklet.check.words.reader_text import ReaderText, sentences, words_of
from booklet.content.wordings import Wording
from booklet.editions import AUDIENCES
from booklet.messages import quoted
from booklet.problems import Problem

LONG = 20  # NHS digital service manual, "How we write": sentences of up to 20 words
VERY_LONG = 25  # GOV.UK content guidance: split sentences of more than 25 words
SENTENCES_A_PARAGRAPH = 3  # NHS manual, "How we write": paragraphs of up to 3 sentences

LEAST_MEAN = 11
"""House rule: words a sentence in running text, on average; 13 to 15 read as people speak."""

ENOUGH_SENTENCES = 6
"""House rule: an average of fewer sentences says little."""

SHORT = 8
"""House rule: a sentence of fewer words is short, and right among longer ones."""

SHORT_IN_A_ROW = 3
"""House rule: so many short sentences may stand together."""

_ANSWERS = {"what", "given", "where", "why", "risks", "limits"}
"""The keys of a treatment card's answers, running text where they have several sentences."""


def _longer_than(
    reader: ReaderText, least: int, most: int | None = None
) -> Iterator[tuple[Wording, str, int]]:
    for wording in reader.texts():
        for sentence in sentences(wording.words):
            count = len(words_of(sentence))
            if count > least and (most is None or count <= most):
                yield wording, sentence, count


@rule(f"{LONG}", "NHS manual, How we write", "warning")
def long_sentence(reader: ReaderText) -> Iterator[Problem]:
    """Words in a sentence.

    A reader who is tired or frightened loses the start of a long sentence before its end.
    Not: The doctors will look at the results of your tests and then they will talk with you about
    which treatment may suit you.
    Better: The doctors will look at your test results. Then they will talk with you about which
    treatment may suit you.
    """
    for wording, sentence, count in _longer_than(reader, LONG, VERY_LONG):
        yield wording.problem(f"{count} words in a sentence; aim for {LONG}: {quoted(sentence)}")


@rule(f"{VERY_LONG}", "GOV.UK content guidance")
def very_long_sentence(reader: ReaderText) -> Iterator[Problem]:
    """Words in a sentence.

    Hardly anyone takes in more than 25 words at once.
    Not: If you have a high temperature or feel unwell or notice new bruises you should ring the
    24-hour line at once because these can be signs of an infection.
    Better: Ring the 24-hour line at once if you have a high temperature, feel unwell or notice
    new bruises. These can be signs of infection.
    """
    for wording, sentence, count in _longer_than(reader, VERY_LONG):
        yield wording.problem(f"{count} words in a sentence; split it: {quoted(sentence)}")


def _stretches(reader: ReaderText) -> Iterator[list[tuple[Wording, str]]]:
    """The sentences of running text that no heading, list or other block parts, with places."""
    stretch: list[tuple[Wording, str]] = []
    for wording in reader.texts():
        found = sentences(wording.words)
        keys = [step for step in wording.route if isinstance(step, str) and step not in AUDIENCES]
        runs_on = keys[-1] == "text" or (keys[-1] in _ANSWERS and len(found) > 1)
        if wording.section and wording.role == "prose" and runs_on:
            if stretch and stretch[-1][0].section != wording.section:
                yield stretch
                stretch = []
            stretch += [(wording, sentence) for sentence in found]
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


@rule(f"{LEAST_MEAN}, from {ENOUGH_SENTENCES} sentences on", "house rule", "warning")
def choppy_section(reader: ReaderText) -> Iterator[Problem]:
    """Words in a sentence of a section's running text, on average.

    Sentences that are all short sound like orders, and hide what follows from what. Lists, boxes
    and questions do not count.
    Not: Chemotherapy lowers your counts. You may catch infections. Wash your hands.
    Better: Because chemotherapy lowers your counts, you may catch infections, so wash your hands.
    """
    counts: dict[str, list[int]] = {}
    for stretch in _stretches(reader):
        counts.setdefault(stretch[0][0].section, []).extend(
            len(words_of(sentence)) for _, sentence in stretch
        )
    for section, found in counts.items():
        mean = sum(found) / len(found)
        if len(found) >= ENOUGH_SENTENCES and mean < LEAST_MEAN:
            yield reader.files.sections[section].problem(
                f"{mean:.1f} words in a sentence on average; aim for 13 to 15, and join sentences "
                "that follow from each other",
                ("title",),
            )


@rule(f"{SHORT_IN_A_ROW} of fewer than {SHORT} words", "house rule", "warning")
def choppy_run(reader: ReaderText) -> Iterator[Problem]:
    """Short sentences in a row.

    One short sentence makes a point, and four together sound like a list of orders.
    Not: You may be tired. Rest when you can. Eat small meals. Drink a lot.
    Better: If you are tired, rest when you can. Eat small meals, and drink a lot.
    """
    for stretch in _stretches(reader):
        by_length = groupby(stretch, key=lambda each: len(words_of(each[1])) < SHORT)
        for short, run in ((short, [*run]) for short, run in by_length):
            if short and len(run) > SHORT_IN_A_ROW:
                yield run[0][0].problem(
                    f"{len(run)} short sentences in a row; join some: {quoted(run[0][1])}"
                )


@rule(f"{SENTENCES_A_PARAGRAPH}", "NHS manual, How we write", "warning")
def long_paragraph(reader: ReaderText) -> Iterator[Problem]:
    """Sentences in a paragraph.

    Short blocks can be taken in one at a time, and found again.
    Not: One paragraph with five sentences.
    Better: Two paragraphs, or a list.
    """
    for wording in reader.prose():
        if wording.role == "description":
            continue
        count = len(sentences(wording.words))
        if count > SENTENCES_A_PARAGRAPH:
            yield wording.problem(
                f"{count} sentences in a paragraph; begin a new one after the third"
            )


@rule(
    f"{EASY_AGE} is the NHS target, {HARDEST_AGE} the most; from 100 words on",
    "NHS manual, How we write and Health literacy",
    "warning",
)
def reading_grade(reader: ReaderText) -> Iterator[Problem]:
    """Reading age of a section, by Flesch-Kincaid plus 5.

    A formula counts words and syllables. It shows where to look first. It does not prove that a
    text is easy, and only readers can say so. Names of medicines and organisations are left out.
    Age is the American grade plus 5, a rough mapping.
    Not: Administration of antimicrobial prophylaxis necessitates continual monitoring.
    Better: You take antibiotics so that you do not get an infection. We check your blood often.
    """
    for each in grades(reader):
        if each.age is not None and each.age > HARDEST_AGE and each.grade is not None:
            yield reader.files.sections[each.section].problem(
                f"a formula gives this section a reading age of {each.age} (target {EASY_AGE}, "
                f"at most {HARDEST_AGE}); look here first for long words and sentences",
                ("title",),
            )
