"""Objects of a PDF as pypdf has them, looked up.

What is null, of another type or of what has no entries is absent (ISO 32000-1, 7.3.7 and 7.3.9).
"""

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject


def entry(owner: Any, key: str) -> Any:
    """An entry of a dictionary, followed to the object itself; `None` where there is none."""
    found: Any = owner.get(key) if isinstance(owner, DictionaryObject) else None
    found = found.get_object() if hasattr(found, "get_object") else found
    return None if isinstance(found, NullObject) else found


def dictionary(owner: Any, key: str) -> DictionaryObject:
    """An entry that is a dictionary or a stream, else an empty one."""
    found = entry(owner, key)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def array(owner: Any, key: str) -> list[Any]:
    """The objects of an entry that is an array, else none."""
    found = entry(owner, key)
    return [each.get_object() for each in found] if isinstance(found, ArrayObject) else []


def values(owner: DictionaryObject) -> list[Any]:
    """The objects of all entries."""
    return [each.get_object() for each in owner.values()]


def one_or_more(owner: Any, key: str) -> list[Any]:
    """The objects of an entry that may be one object or an array of them."""
    found = entry(owner, key)
    if isinstance(found, ArrayObject):
        return array(owner, key)
    return [] if found is None else [found]


def text(owner: Any, key: str) -> str | None:
    """An entry that is a text."""
    found = entry(owner, key)
    return str(found) if isinstance(found, str) else None


def number_of(thing: Any) -> int:
    """The number of an object by which others refer to it; 0 where none can."""
    reference = getattr(thing, "indirect_reference", None)
    return int(reference.idnum) if reference is not None else 0


def number_at(owner: DictionaryObject, key: str) -> int:
    """The number of the object an entry refers to; 0 where it refers to none."""
    raw = owner.raw_get(key) if key in owner else None
    return int(raw.idnum) if isinstance(raw, IndirectObject) else 0
