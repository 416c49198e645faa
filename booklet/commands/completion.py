"""What Tab offers where a name is wanted; it opens no file, so that Tab answers at once."""

from pathlib import Path

import typer

from booklet.content.names import booklet_names, clinic_names, letter_names


def booklets(context: typer.Context) -> list[str]:
    """The booklets of the content folder; Typer keeps those that begin as what was typed."""
    return [*booklet_names(_content(context))]


def clinics(context: typer.Context) -> list[str]:
    """The clinics that have a profile in the content folder."""
    return [*clinic_names(_content(context))]


def letters(context: typer.Context) -> list[str]:
    """The letters of the content folder."""
    return [*letter_names(_content(context))]


def languages(context: typer.Context) -> list[str]:
    """The languages that the booklet before it is translated into."""
    original = f"{context.params.get('booklet')}."
    names = booklet_names(_content(context))
    return [each.removeprefix(original) for each in names if each.startswith(original)]


def _content(context: typer.Context) -> Path:
    return Path(context.params.get("content") or "content")
