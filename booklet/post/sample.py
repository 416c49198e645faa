"""A few letters to look at before all are made: those that are most likely to look wrong."""

from collections.abc import Sequence

from booklet.post.recipient import Recipient


def sample_of(people: Sequence[Recipient], count: int) -> tuple[Recipient, ...]:
    """So many people of a list, in its order: the shortest, the longest, then the widest address.

    Whoever comes after those is chosen at even distances, for what nobody thought of. Each letter
    counts by itself, also a copy. All people where there are no more.
    """
    if count >= len(people):
        return tuple(people)
    first = (
        min(people, key=_length),
        max(people, key=_length),
        max(people, key=lambda each: max(map(len, each.address))),
        max(people, key=lambda each: each.given.size.floor),
    )
    step = max(len(people) // count, 1)
    at_distance = (people[at] for at in range(step // 2, len(people), step))
    chosen = {(each.row, each.part): each for each in (*first, *at_distance, *people)}
    wanted = set(list(chosen)[:count])
    return tuple(each for each in people if (each.row, each.part) in wanted)


def _length(person: Recipient) -> int:
    """The letters that a person's own text has: name, address and fields."""
    texts = (person.greeting, *person.address, *(text for _, text in person.fields))
    return sum(map(len, texts))
