"""Objects of a PDF, looked up."""

from typing import Any

from pypdf.generic import DictionaryObject, NullObject


def looked_up(dictionary: DictionaryObject, key: str) -> Any:
    """A value of a dictionary, followed to the object itself; `None` where there is none."""
    value = dictionary.get(key)
    value = value.get_object() if value is not None else None
    return None if isinstance(value, NullObject) else value
