"""The rule about translations: that they say what their original says."""

from collections.abc import Iterator

from booklet.check.rule import rule
from booklet.check.words.reader_text import ReaderText
from booklet.content.folder import TRANSLATION_FILE, parted
from booklet.content.translation import compared
from booklet.problems import Problem


@rule("none", "house rule; docs/languages.md says how to mark a file", english=False)
def translation_behind(reader: ReaderText) -> Iterator[Problem]:
    """Passages of a translation that are missing, or older than the original's.

    Whoever reads it must be told what all the others are told. It is neither approved nor released
    until no passage is behind.
    Not: aml-relapse.cy/05-feelings.yaml in English
    Better: the same file in Welsh, marked with `booklet translations aml-relapse cy --mark FILE`
    """
    folder = reader.files.folder
    warning = compared(folder.parent, folder.name).warning if parted(folder.name)[1] else None
    if warning:
        message = warning.removeprefix(f"{folder.name}: ")
        yield Problem(folder / TRANSLATION_FILE, message)
