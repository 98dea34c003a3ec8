"""Arguments and options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from communique.reading.named_readers import ReaderName

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE|FOLDER|-...",
        help="Reports: .txt, .html or .jsonl files, folders of them, or - for standard input.",
        show_default=False,
    ),
]
Issuer = Annotated[
    str | None,
    typer.Option(
        "--issuer",
        metavar="NAME",
        help="Whose own words the texts are: a statement, a speech, a letter of NAME.",
        show_default=False,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="A spaCy model's name or folder.",
        show_default="en_core_web_sm, which comes along",
    ),
]
Reader = Annotated[
    ReaderName | None,
    typer.Option(
        "--reader",
        help="Who finds the statements: the rules alone, or a learned reader beside them.",
        show_default="rules",
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Read in N processes.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.", show_default=False
    ),
]
