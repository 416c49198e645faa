"""Rules about the choice of words: the list that people edit, the voice, the reader."""

from collections.abc import Iterator

from booklet.check.words.edition import Edition, sentences
from booklet.check.words.lists import AVOID_FILE, Avoid, phrases
from booklet.check.words.passive import heavy_passive
from booklet.check.words.rule import Found, WordRule, at, quoted

_GIVE_A_PAIR = "give a pair `patient:` and `family:`"
_OWN_WORDS = {"patient": "write “you” or “your …” here", "family": "write “their …” here"}
_OTHER = {"patient": "somebody else", "family": "the patient"}


def _listed(edition: Edition, entries: tuple[Avoid, ...]) -> Iterator[Found]:
    for entry in entries:
        for wording in edition.texts():
            words = phrases(*entry.unless).sub(" ", wording.own_words)
            for match in phrases(*entry.words).finditer(words):
                yield at(wording, f"{quoted(match.group())}: {entry.say}")


def words_to_avoid(edition: Edition) -> Iterator[Found]:
    """Words for which the list has plainer ones."""
    return _listed(edition, edition.lists.avoid.plain)


def blame_and_metaphor(edition: Edition) -> Iterator[Found]:
    """Words that blame the patient, command hope, or make illness a war or a journey."""
    return _listed(edition, edition.lists.avoid.blame_and_metaphor)


def passive_voice(edition: Edition) -> Iterator[Found]:
    """Passives that are easily said better."""
    for wording in edition.prose():
        for sentence in sentences(wording.words):
            if words := heavy_passive(sentence):
                yield at(wording, f"{quoted(words)}: say who does it, as “the nurse takes blood”")


def wrong_reader(edition: Edition) -> Iterator[Found]:
    """Words that speak to the reader of the other edition."""
    audience = edition.booklet.audience
    listed = phrases(*edition.lists.avoid.wrong_reader.get(audience, ()))
    for wording in edition.texts():
        for match in listed.finditer(wording.own_words):
            remedy = _OWN_WORDS[audience] if audience in wording.route[-1:] else _GIVE_A_PAIR
            yield at(
                wording,
                f"{quoted(match.group())} in the edition for {audience} speaks to "
                f"{_OTHER[audience]}; {remedy}",
            )


PLAIN = (
    WordRule(
        "words-to-avoid", "warning", "Words with a plainer one beside them", f"`{AVOID_FILE}`",
        "NHS manual, A to Z of health writing",
        "Everyday words are read faster and misunderstood less.",
        "The clinician will commence the medication.", "The doctor will start the medicine.",
        words_to_avoid,
    ),
    WordRule(
        "blame-and-metaphor", "warning", "Words of war, journey, blame or ordered hope",
        f"`{AVOID_FILE}`", "NHS manual, How we write (no metaphor); house rule (no blame)",
        "Those who die have not lost a fight, and nobody is cured by being positive.",
        "She lost her battle. Stay positive!", "She died. You may feel hopeful on some days.",
        blame_and_metaphor,
    ),
    WordRule(
        "passive-voice", "warning",
        "Passives with “by”, instructions that do not say who acts, two passives in a sentence",
        "none", "PEMAT-P, item on active voice; NHS manual, How we write",
        "Readers need to know who does what. A passive without these signs may stay; the share "
        "of passive sentences stands with the figures of each section.",
        "The form must be signed before blood is taken by the nurse.",
        "Sign the form. Then the nurse takes blood.",
        passive_voice,
    ),
    WordRule(
        "wrong-reader", "error", "Words that speak to the reader of the other edition",
        f"`{AVOID_FILE}`", "house rule; Macmillan and Marie Curie booklets for carers",
        "A daughter who reads “your illness” feels that the booklet was not made for her.",
        "(family) Your treatment may start soon.", "(family) Their treatment may start soon.",
        wrong_reader,
    ),
)  # fmt: skip
