"""People who stand on a list more than once: nobody gets two letters."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from booklet.post.columns import Columns
from booklet.post.grid import Cell
from booklet.post.recipient import Recipient
from booklet.post.refusal import RefusedRow, refusal


@dataclass(frozen=True, slots=True)
class Known:
    """The people of a row, and what it is known by."""

    people: tuple[Recipient, ...]  # The person, and whoever gets a copy
    number: str | None = field(repr=False)  # The NHS number
    name: str = field(repr=False)  # Name and address in one form
    born: str = field(repr=False)  # The day of birth in one form
    cells: tuple[Cell, ...] = field(repr=False, default=())  # What stands in the row

    @property
    def row(self) -> int:
        """The row, as a spreadsheet counts."""
        return self.people[0].row

    def is_same_as(self, other: "Known") -> bool:
        """Whether two rows are about one person.

        A number tells for certain. Father and son may share name and address: numbers that differ,
        or days of birth that do, tell them apart.
        """
        if self.number and other.number:
            return self.number == other.number
        apart = self.born and other.born and self.born != other.born
        return self.name == other.name and not apart

    def gets_the_same(self, other: "Known") -> bool:
        """Whether both rows lead to the same letters."""
        return [_letter(each) for each in self.people] == [_letter(each) for each in other.people]


def without_duplicates(
    known: Sequence[Known], columns: Columns
) -> tuple[list[Known], list[RefusedRow]]:
    """Each person once, and the rows that are refused because another has the same person.

    The first of rows that agree is kept; where they differ, nobody here can tell which is right,
    and none is.
    """
    kept: list[Known] = []
    refused: list[RefusedRow] = []
    for first, *others in _grouped(known):
        if all(each.gets_the_same(first) for each in others):
            kept.append(first)
            refused += [_refused(each, first, "duplicate-person", columns) for each in others]
        else:
            pairs = [(first, others[0]), *((each, first) for each in others)]
            differing = [_refused(*each, "duplicate-person-differs", columns) for each in pairs]
            people = {each.row: each.people for each in (first, *others)}
            refused += [
                replace(each, identity=first.people[0].identity, tried=people[each.row])
                for each in differing
            ]
    return kept, refused


def _grouped(known: Sequence[Known]) -> list[list[Known]]:
    """Rows by the person they are about, in the order of the first of each."""
    groups: list[list[Known]] = []
    by_key: dict[str, list[list[Known]]] = {}
    for each in known:
        keys = [key for key in (each.number, each.name) if key]
        near = [group for key in keys for group in by_key.get(key, ())]
        group = next((one for one in near if any(map(each.is_same_as, one))), None)
        if group is None:
            group = []
            groups.append(group)
        group.append(each)
        for key in keys:
            by_key.setdefault(key, []).append(group)
    return groups


def _refused(one: Known, other: Known, rule: str, columns: Columns) -> RefusedRow:
    key = "nhs_number" if one.number and one.number == other.number else "name"
    title = columns.titles.get(key) or columns.titles.get("surname", "")
    reason = refusal(one.row, title, rule, other=other.row)
    person = other.people[0].identity
    copies = tuple((each.identity, each.given.needs) for each in one.people[1:])
    needs = one.people[0].given.needs
    return RefusedRow(one.row, (reason,), one.cells, needs, person, copies=copies)


def _letter(person: Recipient) -> tuple[object, ...]:
    return person.address, person.greeting, person.given, person.fields
