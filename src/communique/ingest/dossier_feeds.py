"""More feeds for a dossier that is there: what somebody wrote in its file stays as it is, byte for byte."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from communique.errors import BadDossier, MissingInput
from communique.files import real
from communique.ingest.dossier import Dossier, Feed, dump, load_dossier, parse_dossier, write_text


def add_feeds(path: Path, feeds: Sequence[Feed]) -> int:
    """Add the feeds that the dossier of a file does not have to its end; return how many these are.

    The file is left alone where it has them all. Raises MissingInput where it cannot be read or written, BadDossier
    where it is no dossier, or lists its feeds in a way that nothing can be added to at its end.
    """
    held = load_dossier(path)
    known = {each.url.casefold() for each in held.feeds}
    new = tuple({each.url.casefold(): each for each in feeds if each.url.casefold() not in known}.values())
    if not new:
        return 0
    # Behind a link there is the file that is meant.
    file = real(path)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise MissingInput(str(path), (error.strerror or str(error)).lower()) from error
    text = data.decode("utf-8")
    end = "\r\n" if "\r\n" in text else "\n"
    _, _, rows = dump(Dossier(held.name, feeds=new)).partition("\n[[")
    added = ("" if text.endswith("\n") else end) + f"\n[[{rows}".replace("\n", end)
    wanted = dataclasses.replace(held, feeds=(*held.feeds, *new))
    try:
        fits = parse_dossier((text + added).removeprefix("\ufeff"), path) == wanted
    except BadDossier:
        fits = False
    if not fits:
        raise BadDossier(str(path), "its feeds are not in parts of their own ([[feed]]), so none is added at its end")
    write_text(text + added, file, replace=True)
    return len(new)
