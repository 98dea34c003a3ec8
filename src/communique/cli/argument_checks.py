"""Arguments looked at before a command begins: nothing that no name, key or date can hold, no empty place, one form."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import typer
import typer.core

from communique.cli.outputs import check_form

_PLACES = ("FILE", "FOLDER", "DOSSIER", "SOURCE", "MODEL")
"""What the metavar of an argument says that names a file, which may hold any byte but NUL."""


class Careful(typer.core.TyperCommand):
    """A command whose arguments are refused, with status 2 and the reason, where they can mean nothing."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments. Raises typer.BadParameter where one can mean nothing."""
        rest = super().parse_args(ctx, args)
        for param in self.params:
            if "-o" in param.opts:  # looked at where outputs are
                path = ctx.params.get(param.name or "")
                check_form(Path(path) if path else None, ctx.params)
                continue
            value = ctx.params.get(param.name or "")
            for each in value if isinstance(value, list | tuple) else [value]:
                problem = _problem(each, _is_place(param))
                if problem:
                    raise typer.BadParameter(problem, ctx=ctx, param=param)
        return rest


def careful(commands: Iterable[Any]) -> None:
    """Have the commands that a group was given be careful ones."""
    for each in commands:
        each.cls = Careful


def _is_place(param: Any) -> bool:
    return param.name == "model" or any(word in (param.metavar or "") for word in _PLACES)


def _problem(value: Any, place: bool) -> str | None:
    if not isinstance(value, str):
        return None
    if place:
        return None if value.strip() else f"{value!r} names no file"
    from communique.record.database.values import odd_character

    odd = odd_character(value)
    return f"it holds {odd}, which no name, key, date or word has" if odd else None
