"""What the letters of a run are made of, and the jobs that make them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from booklet.origins import program_digest
from booklet.post.enclosures import Enclosed
from booklet.post.jobs import MailJob
from booklet.post.recipient import Given, Recipient, form_of
from booklet.post.refusal import RefusedRow
from booklet.post.setting import Setting
from booklet.problems import Problem


@dataclass(frozen=True, slots=True)
class Kit:
    """What the letters of a run are made of."""

    setting: Setting  # What is the same for all of them
    enclosed: Mapping[Given, Enclosed]  # The booklet of each form
    refused: tuple[RefusedRow, ...] = ()
    """The rows that get no letter, as far as that is known before letters are set."""
    faults: tuple[Problem, ...] = ()  # What is wrong besides: with words or with booklets

    def left(self, people: Iterable[Recipient]) -> tuple[Recipient, ...]:
        """The people whose rows are not refused."""
        gone = {each.row for each in self.refused}
        return tuple(each for each in people if each.row not in gone)

    def job(self, number: int, people: tuple[Recipient, ...]) -> MailJob:
        """The job of a batch."""
        form = form_of(people[0])
        about = (form.booklet, form.audience, form.language, form.size.slug)
        name = "_".join((f"{number:04}", *filter(None, about)))
        return MailJob(number, people, self.setting, self.enclosed.get(form), name)

    def jobs(self, batches: Iterable[tuple[Recipient, ...]]) -> Iterator[MailJob]:
        """The jobs of all batches, each made when it is asked for."""
        return (self.job(number, people) for number, people in enumerate(batches, 1))

    def digest(self, options: Mapping[str, object]) -> str:
        """The digest of all that letters are made from, but the list."""
        digest = sha256(repr((program_digest(), sorted(options.items()))).encode())
        digest.update(repr(self.setting).encode())
        for enclosed in self.enclosed.values():
            digest.update(sha256(enclosed.pdf).digest())
        return digest.hexdigest()
