"""Rules about numbers, dates and times: the house form is that of the NHS manual."""

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from booklet.check.rule import Rule, rule
from booklet.check.words.reader_text import ReaderText, WordRule
from booklet.content.wordings import Wording
from booklet.messages import quoted
from booklet.problems import Problem

SOURCE = "NHS manual, Numbers, measurements, dates and time"
CLOSE = 0.05
"""Two shares that differ by less are one fact in two forms: 30% and 1 in 3 differ by 0.033."""

_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    "Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DOSE = r"(?:\s?(?:mg|g|kg|ml|l|mm|cm|m|micrograms?|litres?|units?|C|degrees)\b|\s?°)"
_PERCENTAGE = r"\b\d+(?:\.\d+)?\s?(?:%|per ?cent\b)"
_CLOCK = rf"(?<=\bat )(?:[01]?\d|2[0-3])\.[0-5]\d\b(?!\s?(?:%|per ?cent\b)|{_DOSE})"
_DECIMAL = (
    rf"(?!{_CLOCK})(?<![\d.])(?<!version )\d+\.\d+(?![\d.])"
    rf"(?!\s?(?:am|pm|%|per ?cent)\b)(?!%)(?!{_DOSE})"
)
_DATE = (
    r"\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)(?: of)? (?:{_MONTH})\b"
    rf"|\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
)
_TIME = (
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b(?!\s?(?:am|pm|[ap]\.m)\b)"
    r"|\b\d{1,2}\.[0-5]\d\s?(?:(?:am|pm)\b|[ap]\.m\.)"
    r"|\b\d{1,2}(?::\d\d)?\s(?:am|pm)\b|\b\d{4} ?(?:hours|hrs)\b"
    rf"|\b\d{{1,2}}(?::\d\d)?\s?[ap]\.m\.|{_CLOCK}(?!\s?[ap]\.?m)"
)
_THOUSANDS = (
    r"(?<![\d.,/-])(?<!\d )(?!0)(?!(?:19|20)\d\d\b)\d{4,}(?![\d/-]| \d|\.\d|,\d| ?hours| ?hrs)"
)
_RANGE = r"(?<![\w-])\d+(?:\.\d+)? ?[-–—] ?\d+(?:\.\d+)?(?![\w-])"
_DEGREE = (
    r"(?:(?<![\d.,])\d+(?:[.,]\d+)?\s?)?°(?:\s?[CF]\b)?"
    r"|(?:(?<![\d.,])\d+(?:[.,]\d+)?\s?)?\bdegrees? (?:C\b|Celsius|centigrade)"
)
_FRACTION = r"(?<![\d/])\d/\d(?![\d/])|[½⅓⅔¼¾⅕⅛]"
_NUMERAL = (
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty)"
    r"\b(?![ -](?:thirds|quarters))"
)
_SHARE = re.compile(
    rf"(?P<percent>{_PERCENTAGE})|\b(?P<part>\d+) (?:in|out of) (?P<whole>\d+)\b(?! (?:{_MONTH}))"
)


def _row(
    id: str,
    checks: str,
    expression: str,
    remedy: str | Callable[[str], str],
    why: str,
    bad: str,
    better: str,
) -> WordRule:
    """A rule that is a pattern: every place where it matches, with what to write instead."""
    pattern = re.compile(expression)

    def judge(reader: ReaderText) -> Iterator[Problem]:
        for wording, typed in reader.matches(pattern):
            yield wording.problem(
                f"{quoted(typed)}: {remedy if isinstance(remedy, str) else remedy(typed)}"
            )

    return Rule(judge, id, checks, why, "none", SOURCE, bad, better, "warning")


def _in_house_time(typed: str) -> str:
    """The advice for a time: the same time as the house writes it.

    >>> _in_house_time("14:30"), _in_house_time("00:15"), _in_house_time("5.30 p.m.")
    ('write it as “2:30pm”', 'write it as “12:15am”', 'write it as “5:30pm”')
    >>> _in_house_time("12:00"), _in_house_time("0900 hours"), _in_house_time("99 pm")
    ('write it as “midday”', 'write it as “9am”', 'this is no time; write it like “5:30pm”')
    """
    figures = re.match(r"(\d{1,2}?)[:.]?([0-5]\d)?(?!\d)", typed)
    hour, minute = (int(part or 0) for part in figures.groups()) if figures else (24, 0)
    half = re.search(r"[ap](?=\.?m)", typed.casefold())
    if hour > 23:
        return "this is no time; write it like “5:30pm”"
    if half and hour <= 12:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    return f"write it as “{_on_the_clock(hour, minute)}”"


def _on_the_clock(hour: int, minute: int) -> str:
    if not minute and hour % 12 == 0:
        return "midday" if hour else "midnight"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'pm' if hour >= 12 else 'am'}"


def _in_house_degrees(typed: str) -> str:
    """The advice for a temperature: the figure that stands there, without the sign.

    >>> _in_house_degrees("37.5 °C"), _in_house_degrees("100 °F"), _in_house_degrees("°")
    ('write it as “37.5C”', 'write it as “100F”', 'write it like “38C”')
    """
    figure = re.match(r"\d+(?:[.,]\d+)?", typed)
    scale = "F" if typed.endswith("F") else "C"
    return (
        f"write it as “{figure[0].replace(',', '.')}{scale}”" if figure else "write it like “38C”"
    )


@rule("none", SOURCE, "warning")
def mixed_shares(reader: ReaderText) -> Iterator[Problem]:
    """One share in two forms, or nearly (less than 5 in 100 apart).

    Readers take two forms for two facts. 30% is not 1 in 3, either.
    Not: About 30% (roughly 1 in 3) …
    Better: About 3 in 10 …
    """
    shares = [share for wording in reader.texts() for share in _shares(wording)]
    for (_, said, value), (wording, also, other) in combinations(shares, 2):
        if said != also and abs(value - other) < CLOSE:
            yield wording.problem(
                f"{quoted(also)} here and {quoted(said)} before it: the same share in two forms, "
                "or nearly; keep one"
            )


def _shares(wording: Wording) -> Iterator[tuple[Wording, str, float]]:
    for match in _SHARE.finditer(wording.own_words):
        if match["percent"]:
            value = float(re.match(r"[\d.]+", match.group())[0]) / 100  # type: ignore[index]
        else:
            value = int(match["part"]) / max(1, int(match["whole"]))
        yield wording, match.group(), value


NUMBERS = (
    _row("percentage", "Percentages",
         "(?i)" + _PERCENTAGE, "say how many people, as “about 3 in 10 people”",
         "More than 6 in 10 adults find health numbers hard. People can picture people.",
         "30% of people have this mutation.", "About 3 in 10 people have this mutation."),
    mixed_shares,
    _row("decimal", "Decimals, but for doses and measures",
         "(?i)" + _DECIMAL, "round it, unless it is a dose or a test result",
         "A decimal looks more exact than the fact is.", "It takes 2.5 weeks.",
         "It takes 2 to 3 weeks."),
    _row("fraction", "Fractions in figures",
         _FRACTION, "write it in words, as “half” or “a quarter”",
         "Screen readers say 1/2 as a date or as “one slash two”.", "1/2 a tablet",
         "half a tablet"),
    _row("numeral", "Numbers in words, from two on",
         "(?i)" + _NUMERAL, "write the figure",
         "A figure is found at a glance. “One” may stay.", "three tablets", "3 tablets"),
    _row("thousands", "Numbers over 999 without a comma, years apart",
         _THOUSANDS, "put a comma before the last 3 figures",
         "The comma shows the size of a number.", "1500 people", "1,500 people"),
    _row("range", "Ranges with a dash", _RANGE, "write “to”",
         "Screen readers pass over the dash, or say “minus”.", "3-5 days", "3 to 5 days"),
    _row("numeric-date", "Dates in figures, with endings, or month first",
         _DATE, "write it as “6 August 2026”",
         "6/8 is August here and June in America.", "06/08/2026", "6 August 2026"),
    _row("time", "Times in the 24-hour clock, with a full stop or a space",
         "(?i)" + _TIME, _in_house_time,
         "Many people do not use the 24-hour clock.", "17:30, 5.30 pm", "5:30pm"),
    _row("degree-sign", "Degree signs", _DEGREE, _in_house_degrees,
         "Screen readers read the sign in different ways.", "38 °C", "38C"),
)  # fmt: skip
