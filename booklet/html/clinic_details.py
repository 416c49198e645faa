"""What a clinic's profile says, ready to print; where it says nothing, a line to fill in."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from booklet.content.clinic import AdviceService, ClinicFact, ClinicFile, Line, Threshold
from booklet.content.labels import Labels
from booklet.content.language import Language
from booklet.content.markup import Inline
from booklet.content.model import Detail
from booklet.content.telephone import Phone
from booklet.content.unbreakable import kept_whole, turned

#: A label and the words behind it; without words there is a line to write on.
Entry = tuple[Inline | Markup, Markup | None]


def dialled(call: Phone, language: Language, role: str = "") -> Markup:
    """A telephone number, kept on one line and ready to dial; `role` is a class of its own."""
    names = f"keep {role}".strip()
    turn = turned(call.printed, language)
    number = Markup('<a class="{}"{} href="{}">{}</a>')
    return number.format(names, turn, call.href, call.printed)


def called_at(known: Threshold | None, labels: Labels) -> Markup:
    """The temperatures to call at, in one sentence; a gap to fill in for each not known."""
    printed, gap = Markup("<strong>{}</strong>"), Markup('<span class="details__gap"></span>C')
    # No line begins with a gap: where it would, nothing shows where the line begins.
    high, low = (known.value, known.below) if known else (None, None)
    given = {"high": high, "low": low}
    words = {name: printed.format(figure) if figure else gap for name, figure in given.items()}
    return escape(labels.temperature.replace(" {", "\u00a0{")).format(**words)


@dataclass(frozen=True, slots=True)
class Profile:
    """A clinic's profile in the language of a booklet."""

    clinic: ClinicFile
    language: Language
    labels: Labels

    def entries(self, field: Detail) -> tuple[Entry, ...]:
        """What one field of a `details` block prints: a line for each of several telephones."""
        if field.clinic == "lines" and self.clinic.lines:
            return self.lines
        return ((field.label, self.words(field.clinic) if field.clinic else None),)

    @property
    def lines(self) -> tuple[Entry, ...]:
        """Each of several telephones under its own name."""
        return tuple((self._kept(line.name), self._line(line)) for line in self.clinic.lines)

    def words(self, fact: ClinicFact) -> Markup | None:
        """One entry of the profile; `None` where it has none."""
        value = getattr(self.clinic, fact)
        if not value:
            return called_at(None, self.labels) if fact == "temperature" else None
        if isinstance(value, Line):
            return self._line(value)
        if isinstance(value, AdviceService):
            return self._advice_service(value)
        if isinstance(value, Threshold):
            return called_at(value, self.labels) + self._aside(value.card)
        if isinstance(value, tuple):
            named = (self._kept(each.name) + ": " + self._line(each) for each in value)
            return self._between(self.labels.semicolon).join(named)
        return self._kept(str(value))

    def _line(self, line: Line) -> Markup:
        return self._call(line.call) + self._aside(line.hours)

    def _advice_service(self, service: AdviceService) -> Markup:
        """Its telephone and its email address, as far as it has them."""
        found = []
        if service.phone:
            found.append(self._call(Phone(service.phone)) + self._aside(service.hours))
        if service.email:
            turn = turned(service.email, self.language)
            address = Markup('<a class="address"{0} href="mailto:{1}">{1}</a>')
            found.append(address.format(turn, service.email))
        return self._between(self.labels.comma).join(found)

    def _between(self, sign: str) -> Markup:
        return escape(f"{sign} ")

    def _call(self, phone: Phone) -> Markup:
        return Markup("<strong>{}</strong>").format(dialled(phone, self.language))

    def _aside(self, words: str | None) -> Markup:
        return Markup(" ({})").format(self._kept(words)) if words else Markup()

    def _kept(self, words: str) -> Markup:
        return kept_whole(words, self.language)
