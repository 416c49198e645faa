"""The ledger as a file: opened with its key, made where there has never been one, never anew."""

import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from booklet.changes import forget
from booklet.files import locked, write_whole
from booklet.post.ledger import FORM, MARK, OURS, TABLES, Ledger
from booklet.problems import BookletError

LEDGER, KEY = "ledger.sqlite", "ledger.key"
_MARKS = ("application_id", "user_version")  # What tells the file and its form (`PRAGMA`)


class LedgerGone(BookletError):
    """The ledger, or its key, is damaged or missing: nobody can say who got what."""


@contextmanager
def open_ledger(folder: Path) -> Iterator[Ledger]:
    """The ledger of a folder, made where there has never been one.

    `LedgerGone` where it is damaged, or only one of ledger and key is there: a new one in silence
    would let everybody get everything twice.
    """
    with locked(folder):  # which finishes what a killed run began to write
        ledger, key = folder / LEDGER, folder / KEY
        if not ledger.exists() and not key.exists():
            made = secrets.token_hex(32).encode()
            write_whole(folder, {KEY: made, LEDGER: _empty(made)})
            forget()  # a ledger with nothing in it is nothing to be told of
    _must_both_be_there(ledger, key)
    with _opened(sqlite3.connect(ledger, isolation_level=None, timeout=10), ledger, key) as opened:
        yield opened


@contextmanager
def ledger_to_read(folder: Path) -> Iterator[Ledger]:
    """The ledger of a folder, of which nothing is changed; where there is none, an empty one.

    It is in memory then, and nothing is made on the disk. `LedgerGone` as for `open_ledger`.
    """
    ledger, key = folder / LEDGER, folder / KEY
    if not ledger.exists() and not key.exists():
        made = secrets.token_hex(32).encode()
        connection = sqlite3.connect(":memory:", isolation_level=None)
        connection.deserialize(_empty(made))
        yield Ledger(connection, made)
        connection.close()
        return
    _must_both_be_there(ledger, key)
    connection = sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True, timeout=10)
    with _opened(connection, ledger, key) as opened:
        yield opened


def _must_both_be_there(ledger: Path, key: Path) -> None:
    for missing in (each for each in (ledger, key) if not each.is_file()):
        raise LedgerGone(
            f"{missing} is gone, so nobody can say who got what; put it back from a copy. If "
            f"there is none, move {ledger.name} and {key.name} away: a new ledger is begun then, "
            "which knows of nobody who got anything"
        )


@contextmanager
def _opened(connection: sqlite3.Connection, ledger: Path, key: Path) -> Iterator[Ledger]:
    """A ledger that is sound and has its own key; what is wrong with it, as our own errors."""
    try:
        _must_be_sound(connection, ledger)
        opened = Ledger(connection, key.read_bytes())
        if not opened.has_its_key():
            raise LedgerGone(
                f"{key} is not the key of {ledger}: it was changed, or is that of another ledger, "
                "so nobody can say who got what; put the two back from one copy"
            )
        yield opened
    except sqlite3.OperationalError as error:
        raise BookletError(
            f"{ledger} cannot be read or written: {error}; look whether the disk is full and who "
            "may write there, then try again: what stands in it already stays"
        ) from error
    except sqlite3.IntegrityError:
        raise  # a fault of this program, not of the file
    except sqlite3.DatabaseError as error:
        raise LedgerGone(
            f"{ledger} is damaged ({error}), so nobody can say who got what; put it back from a "
            f"copy. If there is none, move it and {key.name} away: a new ledger is begun then, "
            "which knows of nobody who got anything"
        ) from error
    finally:
        connection.close()


def _empty(key: bytes) -> bytes:
    """A ledger with nothing in it but the mark of its key, as a file."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    mark = Ledger(connection, key).keyed(MARK)
    connection.execute("INSERT INTO keys VALUES (?)", (mark,))
    connection.commit()
    made = connection.serialize()
    connection.close()
    return made


def _must_be_sound(connection: sqlite3.Connection, file: Path) -> None:
    """`sqlite3.DatabaseError` where this is no ledger, or a damaged one.

    `LedgerGone` where another version of the program made it: that one is not to be moved away.
    """
    connection.execute("PRAGMA foreign_keys = ON")
    # A commit is on the disk when it returns, the deletion of the journal with it.
    connection.execute("PRAGMA synchronous = EXTRA")
    form = [connection.execute(f"PRAGMA {each}").fetchone()[0] for each in _MARKS]
    if form[0] == OURS and form[1] != FORM:
        raise LedgerGone(
            f"{file} was made by another version of this program (its form is {form[1]}, and this "
            f"version knows {FORM}); use that version, and leave the file where it is"
        )
    if form[0] != OURS:
        raise sqlite3.DatabaseError("it is no ledger of this program")
    # The whole check holds the hashes of people against their index: it sees a changed figure.
    answer = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if answer != "ok":
        raise sqlite3.DatabaseError(answer)
