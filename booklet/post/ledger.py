"""Who got what, without who they are: the ledger of all mailing runs of a folder.

It is an SQLite file. People are rows of a list in it, and keyed hashes (HMAC-SHA256, RFC 2104) of
what tells them apart: whoever has the ledger without its key cannot even try names out. There is no
name, address or number of anybody in it.
"""

import hmac
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, fields
from hashlib import sha256
from typing import Any, Literal

FORM = 3  # Grows when a column changes its meaning (`PRAGMA user_version`)
OURS = 0x626B6C74  # "bklt": tells our file from any other (`PRAGMA application_id`)
OF_COPY = " (copy)"
"""What stands behind the rule of a refused row where it is about whoever would get a copy."""
State = Literal["begun", "done", "shredded"]
MARK = "the key of this ledger"
"""What the ledger has a keyed hash of, so that another key is not taken for its own."""

TABLES = f"""
PRAGMA application_id = {OURS};
PRAGMA user_version = {FORM};
CREATE TABLE keys (mark TEXT NOT NULL) STRICT;
CREATE TABLE runs (
    id TEXT PRIMARY KEY, day TEXT NOT NULL, list TEXT NOT NULL, inputs TEXT NOT NULL,
    letter TEXT NOT NULL, carrier TEXT NOT NULL, options TEXT NOT NULL, rows INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'done', 'shredded')), changed TEXT NOT NULL
) STRICT;
CREATE TABLE batches (
    run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, number INTEGER NOT NULL,
    members TEXT NOT NULL, files TEXT NOT NULL, PRIMARY KEY (run, number)
) STRICT;
CREATE TABLE letters (
    run TEXT NOT NULL, batch INTEGER NOT NULL, row INTEGER NOT NULL, part INTEGER NOT NULL,
    person TEXT NOT NULL, file TEXT NOT NULL, pages INTEGER NOT NULL,
    sheets INTEGER NOT NULL, booklet TEXT NOT NULL, version TEXT NOT NULL, code TEXT NOT NULL,
    audience TEXT NOT NULL, size TEXT NOT NULL, language TEXT NOT NULL, needs TEXT NOT NULL,
    made TEXT NOT NULL, PRIMARY KEY (run, row, part),
    FOREIGN KEY (run, batch) REFERENCES batches ON DELETE CASCADE
) STRICT;
CREATE INDEX letters_of_a_person ON letters (person);
CREATE INDEX letters_with_a_code ON letters (code);
CREATE TABLE refused (
    run TEXT NOT NULL REFERENCES runs ON DELETE CASCADE, row INTEGER NOT NULL,
    rule TEXT NOT NULL, needs TEXT NOT NULL, person TEXT NOT NULL, trace TEXT NOT NULL,
    PRIMARY KEY (run, row, rule)
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One mailing run."""

    id: str  # The day and a number, as `2026-12-01-1`: the name of its folder too
    day: str  # The day on its letters, as `2026-12-01`
    list: str  # The keyed digest of the list's file
    inputs: str  # The digest of all else that the letters were made from
    letter: str  # The name of the letter
    carrier: str  # The name of the carrier
    options: str  # What was asked for besides, as JSON
    rows: int  # The rows of the list, those that were refused among them
    state: State  # How far it has come
    changed: str  # When it came there, as ISO 8601


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a run, and the booklet with it."""

    row: int  # The row of the list
    part: int  # 0 for the person of the row, 1 and up for those who get a copy
    person: str  # The keyed hash of who got it
    file: str  # The file it is in, below the folder of the run
    pages: int  # The pages of the letter itself
    sheets: int  # The sheets of paper that the file has for its envelope
    booklet: str  # The booklet with it; empty where there is none
    version: str  # The version of the booklet
    code: str  # The code of the booklet's words
    audience: str  # For whom the booklet is
    size: str  # How large letter and booklet are printed
    language: str  # The language of both
    needs: str  # The needs that it meets, with a comma between
    made: str  # When it was made, as ISO 8601

    @property
    def form(self) -> tuple[str, str, str, str]:
        """The booklet, and for whom, in which language and how large."""
        return self.booklet, self.audience, self.language, self.size


@dataclass(frozen=True, slots=True)
class Refused:
    """A row of a list that no letter was made of."""

    row: int  # The row of the list
    rule: str  # The rule that it breaks
    needs: str = ""  # The needs that its person has, with a comma between
    person: str = ""  # The keyed hash of the person; empty where nobody can tell who it is
    trace: str = ""  # The keyed hash of what the row will still say when it was put right


@dataclass(frozen=True, slots=True)
class Batch:
    """Some letters of a run that were made together."""

    number: int  # Counted from 1
    members: str  # The digest of whose letters they are
    files: Mapping[str, str]  # The SHA-256 of each file, by its name below the folder of the run


class Ledger:
    """The ledger of a folder, open. What a method has written stands, however the run ends."""

    def __init__(self, connection: sqlite3.Connection, key: bytes) -> None:
        self._connection, self._key = connection, key

    def keyed(self, text: str | bytes) -> str:
        """The keyed hash of a person's identity, or of a list."""
        data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
        return hmac.new(self._key, data, sha256).hexdigest()

    def has_its_key(self) -> bool:
        """Whether the key is the one that the people in it are known by."""
        marks = self._connection.execute("SELECT mark FROM keys").fetchall()
        return marks == [(self.keyed(MARK),)]

    def runs(self) -> tuple[Run, ...]:
        """Every run, the oldest first."""
        return tuple(self._rows(Run, "runs", "1 ORDER BY rowid"))

    def run(self, name: str) -> Run | None:
        """The run of that name; `None` where there is none."""
        return next(self._rows(Run, "runs", "id = ?", name), None)

    def runs_of(self, keyed_list: str) -> tuple[Run, ...]:
        """The runs of one list, the oldest first."""
        return tuple(self._rows(Run, "runs", "list = ? ORDER BY rowid", keyed_list))

    def next_name(self, day: str) -> str:
        """The name of a run that begins on a day; none is used twice."""
        taken = [int(run.id.rpartition("-")[2]) for run in self.runs() if run.day == day]
        return f"{day}-{max(taken, default=0) + 1}"

    def begin(self, run: Run) -> None:
        """Write down that a run has begun."""
        with self._transaction():
            self._insert("runs", [astuple(run)])

    def forget(self, run: str) -> None:
        """Take a run out of which nothing was handed over."""
        with self._transaction():
            self._connection.execute("DELETE FROM runs WHERE id = ?", (run,))

    def keep(self, run: str, batch: Batch, letters: Sequence[Letter]) -> None:
        """Write down the letters of a batch, all of them in one step."""
        files = json.dumps(dict(batch.files), sort_keys=True)
        with self._transaction():
            where = (run, batch.number)
            self._connection.execute("DELETE FROM batches WHERE run = ? AND number = ?", where)
            self._insert("batches", [(*where, batch.members, files)])
            self._insert("letters", [(*where, *astuple(each)) for each in letters])

    def drop(self, run: str, number: int) -> None:
        """Take a batch out, and its letters with it."""
        with self._transaction():
            where = (run, number)
            self._connection.execute("DELETE FROM batches WHERE run = ? AND number = ?", where)

    def finish(
        self,
        run: str,
        refused: Iterable[Refused],
        state: State,
        when: str,
        traced: Mapping[str, str] | None = None,
    ) -> None:
        """Write down how a run has ended, and what was not made.

        `traced` are its people by their traces: where earlier runs of this letter left them out,
        it is known from now on that it was them.
        """
        with self._transaction():
            self._connection.execute("DELETE FROM refused WHERE run = ?", (run,))
            self._insert("refused", [(run, *astuple(each)) for each in refused])
            self._recognise(run, traced or {})
            self._set_state(run, state, when)

    def _recognise(self, run: str, traced: Mapping[str, str]) -> None:
        found = self._connection.execute(
            "SELECT DISTINCT refused.run, trace FROM refused JOIN runs ON runs.id = refused.run "
            "WHERE trace != '' AND letter = (SELECT letter FROM runs WHERE id = ?)",
            (run,),
        ).fetchall()
        self._connection.executemany(
            "UPDATE refused SET person = ? WHERE run = ? AND trace = ?",
            [(traced[trace], earlier, trace) for earlier, trace in found if trace in traced],
        )

    def shredded(self, run: str, when: str) -> None:
        """Write down that the files of a run are destroyed."""
        with self._transaction():
            self._set_state(run, "shredded", when)

    def batches(self, run: str) -> dict[int, Batch]:
        """The batches of a run that are made, by their number."""
        rows = self._connection.execute(
            "SELECT number, members, files FROM batches WHERE run = ? ORDER BY number", (run,)
        )
        return {row[0]: Batch(row[0], row[1], json.loads(row[2])) for row in rows}

    def letters(self, run: str) -> tuple[Letter, ...]:
        """The letters of a run, in the order of the list."""
        return tuple(self._rows(Letter, "letters", "run = ? ORDER BY row, part", run))

    def refused(self, run: str) -> tuple[Refused, ...]:
        """The rows of a run that no letter was made of."""
        return tuple(self._rows(Refused, "refused", "run = ? ORDER BY row, rule", run))

    def counts(self, run: str) -> tuple[int, int, int]:
        """How many letters, copies and refused rows a run has."""
        ((letters, copies, refused),) = self._connection.execute(
            "SELECT (SELECT count(*) FROM letters WHERE run = :run AND part = 0), "
            "(SELECT count(*) FROM letters WHERE run = :run AND part > 0), "
            "(SELECT count(DISTINCT row) FROM refused WHERE run = :run)",
            {"run": run},
        )
        return letters, copies, refused

    def with_code(self, code: str) -> dict[str, tuple[Letter, ...]]:
        """The letters that went out with words of a code, by the run."""
        return self._given("letters.code = ?", code)

    def sent(self, letter: str) -> dict[tuple[str, str], str]:
        """The last run in which each person got a letter, by person and booklet.

        Runs that were never handed over do not count.
        """
        return {
            (each.person, each.booklet): run
            for run, letters in self._given("runs.letter = ?", letter).items()
            for each in letters
        }

    def _given(self, where: str, *values: str) -> dict[str, tuple[Letter, ...]]:
        """Letters of the runs that were handed over, by the run, the oldest first."""
        names = ", ".join(f"letters.{each.name}" for each in fields(Letter))
        found: dict[str, list[Letter]] = {}
        for run, *row in self._connection.execute(
            f"SELECT letters.run, {names} FROM letters JOIN runs ON runs.id = letters.run "
            f"WHERE runs.state != 'begun' AND {where} ORDER BY runs.rowid, row, part",
            values,
        ):
            found.setdefault(run, []).append(Letter(*row))
        return {run: tuple(letters) for run, letters in found.items()}

    def _rows(self, kind: type[Any], table: str, where: str, *values: str) -> Iterator[Any]:
        names = ", ".join(each.name for each in fields(kind))
        for row in self._connection.execute(f"SELECT {names} FROM {table} WHERE {where}", values):
            yield kind(*row)

    def _insert(self, table: str, rows: Sequence[Sequence[Any]]) -> None:
        if rows:
            places = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def _set_state(self, run: str, state: State, when: str) -> None:
        self._connection.execute(
            "UPDATE runs SET state = ?, changed = ? WHERE id = ?", (state, when, run)
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:  # SQLite has ended it itself on a full disk
                self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
