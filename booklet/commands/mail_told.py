"""What the commands of Mail say of what they did: to people in lines, to programs as JSON."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from booklet.commands.options import print_json
from booklet.commands.say import say
from booklet.messages import counted

if TYPE_CHECKING:
    from booklet.post.ledger import Run
    from booklet.post.mailing import Rehearsed, Sampled
    from booklet.post.order import MailOrder
    from booklet.post.recipient import Given
    from booklet.post.run import Done


def tell_done(done: "Done", skipped: Path | None, quiet: bool, as_json: bool) -> None:
    """A run that was handed over; `skipped` is the file of the rows that were left out."""
    from booklet.post.account import in_words

    if as_json:
        print_json({"folder": done.folder.as_posix(), **done.account, **_besides(done, skipped)})
    elif not quiet:
        lines = [*in_words(done.account), *_left_out(done, f"They are in {skipped}.")]
        if done.account["letters"]:
            lines.append(f"The files are in {done.folder}; only you can read that folder.")
        else:
            lines.append("No letter was made.")
        if done.kept:
            lines.append(f"{counted(done.kept, 'file')} of an earlier, stopped run went into it.")
        say("\n".join((*lines, *_of_the_list(done))))


def tell_rehearsal(done: "Rehearsed", order: "MailOrder", quiet: bool, as_json: bool) -> None:
    """What a run would come to, with each row that would be left out: no file has them yet."""
    skipped = order.skipped
    if as_json:
        forms = [{**_form(form), "letters": number} for form, number in done.forms]
        before = {"sent_before": done.sent_before}
        print_json({**asdict(done.counts), **before, "forms": forms, **_besides(done, skipped)})
    elif not quiet:
        lines = [f"{done.counts}; nothing was written"]
        if done.sent_before:
            people = counted(done.sent_before, "person", "people")
            lines.append(f"{people} of the list got this letter before")
        for form, number in done.forms:
            names = ", ".join(filter(None, _form(form).values()))
            lines.append(f"  {counted(number, 'letter')}: {names}")
        lines += _left_out(done, f"They would be in {skipped}.")
        reasons = (reason for row in done.refused for reason in row.reasons)
        lines += (f"  {each.problem(order.recipients).words}" for each in reasons)
        say("\n".join((*lines, *_of_the_list(done))))


def _form(form: "Given") -> dict[str, str]:
    return {
        "booklet": form.booklet,
        "audience": form.audience,
        "language": form.language,
        "size": form.size.name,
    }


def _left_out(done: "Done | Rehearsed", where: str) -> Iterator[str]:
    """The rows that were left out: how many broke each rule, and where they are."""
    if done.refused:
        rows = counted(len(done.refused), "row")
        reasons = (f"{rule} {number}" for rule, number in _reasons(done).items())
        yield f"{rows} left out: {', '.join(reasons)}. {where}"


def _reasons(done: "Done | Rehearsed") -> dict[str, int]:
    """How many rows broke each rule, the most first; a row may break several."""
    broken = Counter(rule for row in done.refused for rule in {each.rule for each in row.reasons})
    return dict(sorted(broken.items(), key=lambda each: (-each[1], each[0])))


def _besides(done: "Done | Rehearsed", skipped: Path | None) -> dict[str, object]:
    file = skipped.as_posix() if skipped else ""
    left_out = {"file": file, "reasons": _reasons(done)}
    return {"faults": _faults(done), "left_out": left_out, "notes_on_list": done.notes}


def _faults(done: "Done | Rehearsed") -> list[dict[str, object]]:
    """Why rows were left out, for programs; nothing of what they say."""
    return [
        {"row": each.row, "column": each.column, "rule": each.rule, "message": each.message}
        for row in done.refused
        for each in row.reasons
    ]


def tell_sample(done: "Sampled", order: "MailOrder", quiet: bool, as_json: bool) -> None:
    """Letters to be looked at."""
    if as_json:
        print_json({"folder": done.folder.as_posix(), "files": done.files, "rows": done.rows})
    elif not quiet:
        rows = zip(done.files, done.rows, strict=False)
        lines = [f"{done.folder / file}: row {row}" for file, row in rows]
        lines.append(f"They count for no run. {order.command('shred sample')} destroys them.")
        say("\n".join((*lines, *_of_the_list(done))))


def _of_the_list(done: "Done | Rehearsed | Sampled") -> Iterator[str]:
    """What to tell of the list and of the carrier."""
    return (f"note: {each}" for each in done.notes)


def run_values(run: "Run", counts: tuple[int, int, int]) -> dict[str, object]:
    """A run in the list of runs, for programs."""
    letters, copies, refused = counts
    return {
        **{"run": run.id, "day": run.day, "letter": run.letter, "carrier": run.carrier},
        **{"rows": run.rows, "letters": letters, "copies": copies, "refused": refused},
        **{"state": run.state, "changed": run.changed},
    }
