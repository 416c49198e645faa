"""How the help names what an option takes: in words a clerk knows, not in those of Python."""

from functools import partial
from shutil import get_terminal_size
from typing import Any

from typer.core import TyperCommand, TyperGroup

from booklet.commands.say import say

LEAST = 30
"""Columns that the help takes at least."""
ROOM = 70
"""Columns that boxes need: in fewer, they cut the names of options."""
_TAKES = {"Path": "FOLDER", "int": "NUMBER", "float": "NUMBER", "date": "YYYY-MM-DD"}
"""What options take whose own words do not say it, by the type of the value; others a name."""
_OLD, _BUILT = "--output", "--built"
"""What commands that only look for finished files called their folder, and what they call it."""


class _PlainHelp:
    """Commands whose help has no `<bool>` and `<list[str]>` in it."""

    def get_params(self, context: Any) -> Any:
        """The arguments and options of a command, `--help` among them."""
        params = super().get_params(context)  # type: ignore[misc]
        for param in params:
            param.display_type_rich = partial(_takes, param)
            param.process_value = partial(_processed, param)
        return params

    def parse_args(self, context: Any, args: list[str]) -> list[str]:
        """What was typed, with an older name of an option taken for the one of now."""
        names = {name for param in self.get_params(context) for name in param.opts}
        if _BUILT in names and _OLD not in names and not context.resilient_parsing:
            args = [_renamed(each) for each in args]
        return super().parse_args(context, args)  # type: ignore[misc, no-any-return]

    def format_help(self, context: Any, formatter: Any) -> None:
        """The help, in boxes where there is room for them, and never wider than the terminal."""
        columns = get_terminal_size().columns
        if columns < ROOM:
            context.command.rich_markup_mode = None
            formatter.width = max(columns - 1, LEAST)
            formatter.write_dl = partial(formatter.write_dl, col_max=formatter.width // 3)
        super().format_help(context, formatter)  # type: ignore[misc]

    def get_short_help_str(self, limit: int = 0) -> str:
        """The first paragraph, whole, where there are no boxes."""
        text: str = self.help or ""  # type: ignore[attr-defined]
        return " ".join(text.partition("\n\n")[0].split())


class PlainCommand(_PlainHelp, TyperCommand):
    """A command with a plain help."""


class PlainGroup(_PlainHelp, TyperGroup):
    """A group of commands with a plain help."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """The commands under the titles they have in boxes too."""
        titles: dict[str, list[tuple[str, str]]] = {}
        for name in self.list_commands(ctx):
            command: Any = self.get_command(ctx, name)
            title = command.rich_help_panel or "Commands"
            titles.setdefault(title, []).append((name, command.get_short_help_str()))
        for title, rows in titles.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def _renamed(word: str) -> str:
    """The option that says where finished files are looked for, as it is called now."""
    option, equals, value = word.partition("=")
    if option != _OLD:
        return word
    say(f"`{_OLD}` is called `{_BUILT}` where files are only looked for", err=True)
    return f"{_BUILT}{equals}{value}"


def _processed(param: Any, ctx: Any, value: Any) -> Any:
    """The value of a parameter; for Tab as it was typed, which needs no import of pydantic."""
    return value if ctx.resilient_parsing else type(param).process_value(param, ctx, value)


def _takes(param: Any, ctx: Any) -> str | None:
    """What an option takes; nothing for an argument, whose name says it, and for a switch."""
    if param.param_type_name == "argument" or param.is_flag:
        return None
    if param.metavar:
        return str(param.metavar)
    kind = param.bare_type()
    return next((words for name, words in _TAKES.items() if name in kind), "NAME")
