"""Rules about length: sentences and paragraphs; and the reading grade that follows from it."""

from collections.abc import Iterator

from booklet.check.words.edition import Edition, sentences, words_of
from booklet.check.words.grade import AGE_OF_GRADE_0, EASY_AGE, HARDEST_AGE, grades
from booklet.check.words.rule import Found, WordRule, at, quoted
from booklet.content.wordings import Wording

LONG = 20
"""NHS digital service manual, "How we write": sentences of up to 20 words."""

VERY_LONG = 25
"""GOV.UK content guidance: split sentences of more than 25 words."""

SENTENCES_A_PARAGRAPH = 3
"""NHS digital service manual, "How we write": paragraphs of up to 3 sentences."""


def _longer_than(
    edition: Edition, least: int, most: int | None = None
) -> Iterator[tuple[Wording, str, int]]:
    for wording in edition.texts():
        for sentence in sentences(wording.words):
            count = len(words_of(sentence))
            if count > least and (most is None or count <= most):
                yield wording, sentence, count


def long_sentence(edition: Edition) -> Iterator[Found]:
    """Sentences of 21 to 25 words."""
    for wording, sentence, count in _longer_than(edition, LONG, VERY_LONG):
        yield at(wording, f"{count} words in a sentence; aim for {LONG}: {quoted(sentence)}")


def very_long_sentence(edition: Edition) -> Iterator[Found]:
    """Sentences of more than 25 words."""
    for wording, sentence, count in _longer_than(edition, VERY_LONG):
        yield at(wording, f"{count} words in a sentence; split it: {quoted(sentence)}")


def long_paragraph(edition: Edition) -> Iterator[Found]:
    """Paragraphs of more than 3 sentences."""
    for wording in edition.prose():
        if wording.role == "description":
            continue
        count = len(sentences(wording.words))
        if count > SENTENCES_A_PARAGRAPH:
            yield at(wording, f"{count} sentences in a paragraph; begin a new one after the third")


def reading_grade(edition: Edition) -> Iterator[Found]:
    """Sections that a formula puts above the age of 14: where to look first."""
    for each in grades(edition):
        if each.age is not None and each.age > HARDEST_AGE and each.grade is not None:
            yield Found(
                edition.files.sections[each.section],
                ("title",),
                f"a formula gives this section a reading age of {each.age} (target {EASY_AGE}, "
                f"at most {HARDEST_AGE}); look here first for long words and sentences",
            )


LENGTH = (
    WordRule(
        "long-sentence", "warning", "Words in a sentence", f"{LONG}",
        "NHS manual, How we write",
        "A reader who is tired or frightened loses the start of a long sentence before its end.",
        "The doctors will look at the results of your tests and then they will talk with you "
        "about which treatment may suit you.",
        "The doctors will look at your test results. Then they will talk with you about which "
        "treatment may suit you.",
        long_sentence,
    ),
    WordRule(
        "very-long-sentence", "error", "Words in a sentence", f"{VERY_LONG}",
        "GOV.UK content guidance",
        "Hardly anyone takes in more than 25 words at once.",
        "If you have a high temperature or feel unwell or notice new bruises you should ring the "
        "24-hour line at once because these can be signs of an infection.",
        "Ring the 24-hour line at once if you have a high temperature, feel unwell or notice new "
        "bruises. These can be signs of infection.",
        very_long_sentence,
    ),
    WordRule(
        "long-paragraph", "warning", "Sentences in a paragraph", f"{SENTENCES_A_PARAGRAPH}",
        "NHS manual, How we write",
        "Short blocks can be taken in one at a time, and found again.",
        "One paragraph with five sentences.",
        "Two paragraphs, or a list.",
        long_paragraph,
    ),
    WordRule(
        "reading-grade", "warning", "Reading age of a section, by Flesch-Kincaid plus 5",
        f"{EASY_AGE} is the NHS target, {HARDEST_AGE} the most; from 100 words on",
        "NHS manual, How we write and Health literacy",
        "A formula counts words and syllables. It shows where to look first. It does not prove "
        "that a text is easy, and only readers can say so. Names of medicines and organisations "
        f"are left out. Age is the American grade plus {AGE_OF_GRADE_0}, a rough mapping.",
        "Administration of antimicrobial prophylaxis necessitates continual monitoring.",
        "You take antibiotics so that you do not get an infection. We check your blood often.",
        reading_grade,
    ),
)  # fmt: skip
