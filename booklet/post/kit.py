"""What the letters of a run are made of, and the jobs that make them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from booklet.origins import program_digest
from booklet.post.enclosures import Enclosed, enclosures
from booklet.post.jobs import MailJob
from booklet.post.order import MailOrder
from booklet.post.recipient import Given, Recipient
from booklet.post.run import form_of
from booklet.post.setting import Setting, setting_of
from booklet.workers import Where


@dataclass(frozen=True, slots=True)
class Kit:
    """What the letters of a run are made of."""

    settings: Mapping[str, Setting]  # By the language
    enclosed: Mapping[Given, Enclosed]  # By the form

    def job(self, number: int, people: tuple[Recipient, ...]) -> MailJob:
        """The job of a batch."""
        form = form_of(people[0])
        enclosed = self.enclosed.get(form)
        about = (form.booklet, form.audience, form.language, form.size.slug)
        return MailJob(
            number=number,
            people=people,
            setting=self.settings[form.language],
            booklet=enclosed.pdf if enclosed else None,
            name="_".join((f"{number:04}", *filter(None, about))),
        )

    def jobs(self, batches: Iterable[tuple[Recipient, ...]]) -> Iterator[MailJob]:
        """The jobs of all batches, each made when it is asked for."""
        return (self.job(number, people) for number, people in enumerate(batches, 1))

    def digest(self, options: Mapping[str, object]) -> str:
        """The digest of all that letters are made from, but the list."""
        digest = sha256(repr((program_digest(), sorted(options.items()))).encode())
        for language, setting in sorted(self.settings.items()):
            digest.update(repr((language, setting)).encode())
        for enclosed in self.enclosed.values():
            digest.update(sha256(enclosed.pdf).digest())
        return digest.hexdigest()


def kit_for(order: MailOrder, people: Iterable[Recipient], where: Where) -> Kit:
    """What letters to these people are made of; `FaultsFound` has what is wrong with any of it."""
    forms = dict.fromkeys(map(form_of, people))
    languages = dict.fromkeys(form.language for form in forms)
    # The letter first: its faults are found at once, and booklets take a while.
    of_each = {language: setting_of(order, language) for language in languages}
    return Kit(of_each, enclosures(forms, order, where))
