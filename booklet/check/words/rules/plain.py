"""Rules about the choice of words: the list that people edit, the voice, the reader."""

from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.lists import AVOID_FILE, Avoid, phrases
from booklet.check.words.passive import heavy_passive
from booklet.check.words.reader_text import ReaderText, sentences
from booklet.messages import quoted
from booklet.problems import Problem

_OWN_WORDS = {"patient": "write “you” or “your …” here", "family": "write “their …” here"}
_OTHER = {"patient": "somebody else", "family": "the patient"}


def _listed(reader: ReaderText, entries: tuple[Avoid, ...]) -> Iterator[Problem]:
    for entry in entries:
        for wording, typed in reader.matches(phrases(*entry.words), but=phrases(*entry.unless)):
            yield wording.problem(f"{quoted(typed)}: {entry.say}")


@rule(f"`{AVOID_FILE}`", "NHS manual, A to Z of health writing", "warning")
def words_to_avoid(reader: ReaderText) -> Iterator[Problem]:
    """Words with a plainer one beside them.

    Everyday words are read faster and misunderstood less.
    Not: The clinician will commence the medication.
    Better: The doctor will start the medicine.
    """
    return _listed(reader, reader.lists.avoid.plain)


@rule(f"`{AVOID_FILE}`", "NHS manual, How we write (no metaphor); house rule (no blame)", "warning")
def blame_and_metaphor(reader: ReaderText) -> Iterator[Problem]:
    """Words of war, journey, blame or ordered hope.

    Those who die have not lost a fight, and nobody is cured by being positive.
    Not: She lost her battle. Stay positive!
    Better: She died. You may feel hopeful on some days.
    """
    return _listed(reader, reader.lists.avoid.blame_and_metaphor)


@rule("none", "PEMAT-P, item on active voice; NHS manual, How we write", "warning")
def passive_voice(reader: ReaderText) -> Iterator[Problem]:
    """Passives with “by” and a person, two in a sentence, instructions that do not say who acts.

    Readers need to know who does what. A passive without these signs may stay; the share of
    passive sentences stands with the figures of each section.
    Not: The form must be signed before blood is taken by the nurse.
    Better: Sign the form. Then the nurse takes blood.
    """
    for wording in reader.prose():
        for sentence in sentences(wording.words):
            if words := heavy_passive(sentence):
                remedy = "say who does it, as “the nurse takes blood”"
                yield wording.problem(f"{quoted(words)}: {remedy}")


@rule(
    f"`{AVOID_FILE}`, `patients_own:` in booklet.yaml",
    "house rule; Macmillan and Marie Curie booklets for carers",
)
def wrong_reader(reader: ReaderText) -> Iterator[Problem]:
    """Words that speak to the reader of the other edition.

    A daughter who reads “your illness” feels that the booklet was not made for her. What is said
    of any illness stands in the list; `patients_own:` names what this booklet is about, as asthma.
    Not: (family) Your treatment may start soon.
    Better: (family) Their treatment may start soon.
    """
    audience = reader.booklet.audience
    listed = reader.lists.avoid.wrong_reader.get(audience, ())
    own = reader.booklet.about.patients_own if audience == "family" else ()
    theirs = (f"{begin} {each}" for each in own for begin in ("your", "you have", "you had"))
    for wording, typed in reader.matches(phrases(*listed, *theirs)):
        remedy = (
            _OWN_WORDS[audience]
            if audience in wording.route[-1:]
            else "give a pair `patient:` and `family:`"
        )
        yield wording.problem(
            f"{quoted(typed)} in the edition for {audience} speaks to {_OTHER[audience]}; {remedy}"
        )
