"""The words the templates print, one file per language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, InstanceOf, ValidationInfo, WithJsonSchema

from booklet.content.fields import Part
from booklet.content.language import Language
from booklet.content.roles import FACT, LAYOUT, PrintedBy
from booklet.content.suggestion import near, undrawable
from booklet.content.validation_context import context_of, faults
from booklet.content.yaml_source import Route

_CATEGORIES = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True)
class Counted:
    """A label that says how many: one wording for each plural category of its language."""

    language: Language
    wordings: Mapping[str, str]

    def words(self, count: int) -> str:
        """The wording for a number, the number filled in where it says `{count}`."""
        return self.wordings[self.language.category(count)].format(count=count)

    def __str__(self) -> str:
        return "; ".join(f"{name}: {words}" for name, words in self.wordings.items())


def _filled(*names: str) -> AfterValidator:
    """Words that hold these names in braces, each at least once, and no others."""

    def check(value: str, info: ValidationInfo) -> str:
        found = [*_brace_faults(value, names, names), *_letter_faults(value, info)]
        if found:
            raise faults((message, ()) for message in found)
        return value

    return AfterValidator(check)


def _brace_faults(value: str, known: tuple[str, ...], needed: tuple[str, ...]) -> Iterator[str]:
    try:
        said = {name for _, name, _, _ in Formatter().parse(value) if name is not None}
    except ValueError:
        yield "a { or } stands alone here; write names in braces, like `{date}`, or take it out"
        return
    for name in sorted(said - set(known)):
        yield f"`{{{name}}}` is not filled in here; {near(name, frozenset(known))}"
    for name in needed:
        if name not in said:
            yield f"`{{{name}}}` is missing; say where it stands"


def _letter_faults(value: str, info: ValidationInfo) -> Iterator[str]:
    if not re.search(r"\w", value) and info.field_name not in _SIGNS:
        yield "text is missing here; write the words"
    yield from undrawable(value, context_of(info).characters)


def _counted(value: Any, info: ValidationInfo) -> Counted:
    """The wordings of a label that counts; a fault for each that the language needs and lacks."""
    language = context_of(info).language
    if not isinstance(value, dict):
        needed = ", ".join(f"`{name}:`" for name in _in_order(language.categories))
        raise faults([(f"this label counts; give its words under {needed}", ())])
    found = [*_category_faults(value, language)]
    for name, words in value.items():
        if isinstance(words, str):
            messages = (*_brace_faults(words, ("count",), ()), *_letter_faults(words, info))
            found += [(message, (name,)) for message in messages]
        else:
            found.append(("text is needed here", (name,)))
    if found:
        raise faults(found)
    return Counted(language, value)


def _category_faults(value: dict[str, Any], language: Language) -> Iterator[tuple[str, Route]]:
    needed = language.categories
    for name in _in_order(needed):
        if name not in value:
            numbers = ", ".join(map(str, needed[name]))
            yield f"`{name}` is missing; {language.name} needs it for {numbers}, and so on", ()
    for name in value:
        if name not in needed:
            known = ", ".join(_in_order(needed))
            yield f"`{name}` is not used in {language.name}; it counts by: {known}", (name,)


def _in_order(names: dict[str, tuple[int, ...]]) -> list[str]:
    return [name for name in _CATEGORIES if name in names]


_SIGNS = ("comma", "semicolon")
Words = Annotated[str, _filled(), LAYOUT]
#: What every back cover advises: an approval holds for it, as for the advice printed by blocks.
Advice = Annotated[Words, FACT]
CalloutAdvice = Annotated[Advice, PrintedBy("callout")]
TreatmentAdvice = Annotated[Advice, PrintedBy("treatment")]
Count = Annotated[
    InstanceOf[Counted],
    BeforeValidator(_counted),
    FACT,
    PrintedBy("treatment"),
    WithJsonSchema({"type": "object", "properties": {n: {"type": "string"} for n in _CATEGORIES}}),
]


class Labels(Part):
    """Every word on a page that no author wrote.

    `labels/<language>.yaml` in the content folder, or else in the program. Names in `{braces}`
    are filled in when a label is printed.
    """

    for_patient: Words
    for_family: Words
    size_standard: Words
    size_large: Words
    size_giant: Words
    size_screen: Words
    draft: Words
    draft_in_review: Words
    draft_changed: Words
    draft_ended: Words
    draft_behind: Words
    withdrawn: Words
    draft_mark: Words
    contents: Words
    skip_to_contents: Words
    comma: Words
    semicolon: Words
    page_number: Annotated[str, _filled("page"), LAYOUT]
    page_reference: Annotated[str, _filled("page"), LAYOUT]
    code: Annotated[str, _filled("name", "version"), LAYOUT]
    version: Annotated[str, _filled("version"), LAYOUT]
    prepared: Annotated[str, _filled("date"), LAYOUT]
    words_code: Annotated[str, _filled("code"), LAYOUT]
    other_formats_title: Advice
    other_formats: Advice
    tone_advice: CalloutAdvice
    tone_soon: CalloutAdvice
    tone_emergency: CalloutAdvice
    treatment_what: TreatmentAdvice
    treatment_given: TreatmentAdvice
    treatment_where: TreatmentAdvice
    treatment_why: TreatmentAdvice
    treatment_risks: TreatmentAdvice
    treatment_limits: TreatmentAdvice
    treatment_ask: Count
    phone: Words
    website: Words
    read_story: Annotated[Advice, PrintedBy("story")]
    source_published: Annotated[str, _filled("date"), LAYOUT]
    source_checked: Annotated[str, _filled("date"), LAYOUT]
    record_title: Words
    record_for: Words
    record_written_by: Words
    record_approved_by: Words
    record_approved_on: Words
    record_review_due: Words
    record_nobody_yet: Words
    record_owner: Words
    record_terms: Words
    record_publisher: Words
    record_clinic: Words
    record_card: Words
    record_logo: Words
    record_feedback: Words
    someone_to_talk_to: Advice
    your_notes: Words
    link_call: Annotated[str, _filled("number"), LAYOUT]
    link_email: Annotated[str, _filled("address"), LAYOUT]
    link_inside: Annotated[str, _filled("title", "page"), LAYOUT]
    link_outside: Annotated[str, _filled("address"), LAYOUT]
    logo_permission: Annotated[str, _filled("by", "date"), LAYOUT]
    helpline: Words
    temperature: Annotated[str, _filled("high", "low"), FACT, PrintedBy("details")]
    pals: Words
