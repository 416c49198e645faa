"""What may stand under a key: text for one reader, names that are known, days, numbers, addresses.

Plain text speaks to both readers; where the words differ, a pair is given:
`{patient: …, family: …}`. The reader is chosen while the values are validated, so that
nothing downstream has to ask who reads. Each type says what is done with its words (`roles.py`).
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from html import unescape
from pathlib import PurePath
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationInfo,
    WithJsonSchema,
)

from booklet.content.addresses import (
    LONGEST_SCANNED,
    is_scanned,
    is_web_address,
    wrong_number,
)
from booklet.content.inline import Inline
from booklet.content.invisible import shows
from booklet.content.limits import long_words, too_long
from booklet.content.markup import MarkupFaults, parse
from booklet.content.roles import HEADING, LAYOUT, NAME, PICTURE, PROPER_NAME, PROSE, SHORT_FORM
from booklet.content.suggestion import close_to, near, undrawable
from booklet.content.validation_context import ValidationContext, context_of, fault, faults
from booklet.content.yaml_source import Route
from booklet.editions import AUDIENCES, Audience

PICTURE_ENDINGS = (".svg", ".png", ".jpg", ".jpeg")
"""How the files of pictures end: a drawing, or a photograph."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>(),;:]+@[^\s@<>(),;:.]+(?:\.[^\s@<>(),;:.]+)+")
_NOBODY = re.compile(
    r"(?:tb[acd]|to be|not yet|none|nobody|no one|pending|awaiting|unknown|n/?a|todo|xx+)\b.*"
    r"|.*[?…].*|\W*",
    re.IGNORECASE,
)


def _text(value: Any, info: ValidationInfo) -> Inline:
    """The words for the one who reads, parsed."""
    context = context_of(info)
    if isinstance(value, Inline):
        return value
    way: Route = ()
    if isinstance(value, dict):
        value, way = _own_words(value, context.audience), (context.audience,)
    if isinstance(value, list):
        words = "a list stands here and text is needed; take the dashes or [brackets] away"
        raise faults([(words, way)])
    if not isinstance(value, str) or not shows(unescape(value)):
        raise faults([("text is missing here; write the words, or take the line out", way)])
    try:
        return parse(value, context)
    except MarkupFaults as error:
        raise faults((message, way) for message in error.messages) from error


def _own_words(pair: dict[str, Any], audience: Audience) -> Any:
    strange = [key for key in pair if key not in AUDIENCES]
    missing = [key for key in AUDIENCES if not pair.get(key)]
    if strange and (meant := close_to(strange[0], frozenset(AUDIENCES))):
        raise faults([(f"`{strange[0]}` is no reader; did you mean `{meant}`?", (strange[0],))])
    if strange:
        raise fault(
            f"`{strange[0]}` cannot stand here; give plain text, or a pair `patient:` and "
            "`family:` (text with a colon in it needs quotes)"
        )
    if missing:
        raise fault(f"the wording for `{missing[0]}` is missing; give both, or plain text")
    return pair[audience]


def listed(value: Any) -> Any:
    """One passage is a list of one."""
    return value if isinstance(value, list | tuple) else [value]


def is_for(reader: object, audience: Audience) -> bool:
    """Whether what stands under `for:` includes this reader; left out, it is for both."""
    return reader in (None, audience)


def of_reader(items: tuple[Any, ...], info: ValidationInfo) -> tuple[Any, ...]:
    """The items that are for the one who reads."""
    audience = context_of(info).audience
    mine = tuple(item for item in items if is_for(item.for_, audience))
    if items and not mine:
        raise fault(f"nothing here is for `{audience}`; say `for:` on the part that holds it")
    return mine


def _as_typed(value: str) -> str:
    """Words that are printed as they were typed, without stars and links."""
    value = value.strip()
    if not re.search(r"\w", value):
        raise fault("text is missing here; write the words, or take the line out")
    found = undrawable(value)
    found += [long] if (long := too_long(value)) else long_words(value)
    if "*" in value or "](" in value:
        found.append("this is printed as it was typed; take the stars and [links](…) out")
    if found:
        raise faults((message, ()) for message in found)
    return value


_Names = frozenset[str] | Mapping[str, object]


def _known(
    names: Callable[[ValidationContext], _Names | None], unknown: str, folder: str = ""
) -> AfterValidator:
    """Names that are known; `folder` is where to put the file that an unknown one may name."""

    def check(value: str, info: ValidationInfo) -> str:
        known = names(context_of(info))
        if known is not None and value not in known:
            remedy = f"put the file into {folder}, or correct the name"
            help_ = remedy if folder and not close_to(value, known) else near(value, known)
            raise fault(f"{unknown.format(value)}; {help_}")
        return value

    return AfterValidator(check)


def only(is_right: Callable[[str], object], message: str) -> AfterValidator:
    """Values that pass a test; the message says what is wrong with others."""

    def check(value: str) -> str:
        if not is_right(value):
            raise fault(message)
        return value

    return AfterValidator(check)


def _phone(value: str) -> str:
    if wrong := wrong_number(value):
        raise fault(wrong)
    return value


def _day(value: Any) -> Any:
    if value is None:
        return None
    with suppress(ValueError):
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    raise fault("this is no date; write it like 2026-11-22")


def _picture_format(value: str) -> str:
    ending = PurePath(value).suffix
    if ending and ending.lower() not in PICTURE_ENDINGS:
        known = ", ".join(PICTURE_ENDINGS)
        raise fault(f"a picture does not end in `{ending}`; save it as one of these: {known}")
    return value


def _flag(value: Any) -> bool:
    """True or false, as editors read them too; `yes` and `1` are words and numbers to them."""
    known = {"true": True, "false": False}
    if isinstance(value, bool) or str(value).lower() in known:
        return known[str(value).lower()]
    raise fault("write `true` or `false`")


def _person(value: str) -> str:
    if _NOBODY.fullmatch(value.strip()):
        raise fault(f"`{value}` is nobody's name; write the name, or leave the line out")
    return _as_typed(value)


TYPED: dict[str, Any] = {
    "anyOf": [
        {"type": ["string", "number"]},
        {"not": {"type": ["string", "number", "object", "array", "null"]}},
    ]
}
"""What an editor reads where text is typed: to YAML, `111` is a number and `true` is not text. The
last is said as what it is not, so that no editor offers `true` and `false` for a text."""
PAIR = {
    "description": "The words for each reader, where they differ.",
    "type": "object",
    "properties": {
        audience: {**TYPED, "description": f"The words for the {audience} edition."}
        for audience in AUDIENCES
    },
    "required": list(AUDIENCES),
    "additionalProperties": False,
}
_TEXT_SCHEMA = {"anyOf": [*TYPED["anyOf"], PAIR]}
PASSAGES_SCHEMA = {"anyOf": [*_TEXT_SCHEMA["anyOf"], {"type": "array", "items": _TEXT_SCHEMA}]}
Text = Annotated[InstanceOf[Inline], BeforeValidator(_text), WithJsonSchema(_TEXT_SCHEMA), PROSE]
Heading = Annotated[Text, HEADING]
ShortForm = Annotated[Text, SHORT_FORM]
Name = Annotated[Text, NAME]
ProperName = Annotated[Text, PROPER_NAME]
Passages = Annotated[tuple[Text, ...], BeforeValidator(listed), WithJsonSchema(PASSAGES_SCHEMA)]
Passage = Annotated[Passages, Field(min_length=1)]
Flag = Annotated[bool, BeforeValidator(_flag), LAYOUT]
AsTyped = Annotated[str, AfterValidator(_as_typed)]
Person = Annotated[str, AfterValidator(_person)]
PhoneNumber = Annotated[str, AfterValidator(_phone)]
EmailAddress = Annotated[
    str, only(_EMAIL.fullmatch, "this is no email address; write it like `pals@example.org`")
]
_NO_WEB_ADDRESS = "this is no web address; write it in full, like `https://www.example.org/page`"
WebAddress = Annotated[str, only(is_web_address, _NO_WEB_ADDRESS)]
_NO_SCANNED_ADDRESS = (
    "this address is too long, or has letters that no code holds well; use one of at most "
    f"{LONGEST_SCANNED} letters from a to z, digits and signs"
)
ScannedAddress = Annotated[WebAddress, only(is_scanned, _NO_SCANNED_ADDRESS)]
Day = Annotated[date, BeforeValidator(_day)]
_NO_VERSION = 'a version is two numbers with a point, in straight quotes: `"0.1"`'
VersionNumber = Annotated[str, only(re.compile(r"[0-9]{1,4}\.[0-9]{1,4}").fullmatch, _NO_VERSION)]
_NO_FINGERPRINT = "this is no fingerprint; let `review`, `approve` and `withdraw` write it"
Fingerprint = Annotated[str, only(re.compile("[0-9a-f]{64}").fullmatch, _NO_FINGERPRINT)]
_NO_KEY = "this is no fingerprint of a key; let `approve` write it"
KeyFingerprint = Annotated[str, only(re.compile("SHA256:[A-Za-z0-9+/]{43}").fullmatch, _NO_KEY)]
ContactName = Annotated[str, _known(lambda known: known.contacts, "there is no contact `{}`")]
_UNANSWERED = "`{}` has no telephone number in house.yaml"
AnsweredContact = Annotated[ContactName, _known(lambda known: known.phones, _UNANSWERED)]
SourceName = Annotated[str, _known(lambda known: known.sources, "there is no source `{}`")]
_NO_PICTURE = "there is no picture `{}`"
PictureName = Annotated[
    str,
    PICTURE,
    AfterValidator(_picture_format),
    _known(lambda known: known.pictures, _NO_PICTURE, "the booklet's `pictures` folder"),
]
_BESIDE = "the clinic's own folder beside this file"
LogoName = Annotated[str, _known(lambda known: known.logos, _NO_PICTURE, _BESIDE)]


class Part(BaseModel):
    """Anything written in YAML: no key that is not known; each described beside or below it."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Checkable(Part):
    """A part whose words may break a rule of `check` for a reason that is noted beside them."""

    on_purpose: Annotated[dict[str, str], LAYOUT] = {}
    """Rules these words break on purpose: the name of each, and the reason."""
