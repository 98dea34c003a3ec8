"""Texts to measure on: the bundled dossier repeated with variation, or those of a JSON Lines file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from itertools import count
from pathlib import Path

from communique.model import Report

# Spoken for in turn, so that no two rounds are the same text and the vocabulary keeps growing, as news has it.
_PLACES = ("Tokyo", "Moscow", "Japan", "Russia", "Kuril", "Putin", "Kishida")
_SOUNDS = ("ba", "ro", "li", "ten", "ka", "mor", "sa", "vi", "du", "nel")


def reports(source: Path | None = None) -> Iterator[Report]:
    """Yield reports without end, ids counting up; from the second round on with names and numbers of their own."""
    texts = _texts(source)
    for k in count():
        turn, place = divmod(k, len(texts))
        yield Report(id=str(k), text=_varied(texts[place], turn) if turn else texts[place])


def _texts(source: Path | None) -> list[str]:
    if source is not None:
        with source.open(encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines if line.strip()]
    folder = files("communique").joinpath("dossiers", "japan-russia")
    found = sorted((f for f in folder.iterdir() if f.name.endswith((".txt", ".jsonl"))), key=lambda f: f.name)
    texts: list[str] = []
    for file in found:
        text = file.read_text("utf-8")
        texts += [json.loads(row)["text"] for row in text.splitlines()] if file.name.endswith(".jsonl") else [text]
    return texts


def _varied(text: str, turn: int) -> str:
    place = _PLACES[turn % len(_PLACES)]
    name = "".join(_SOUNDS[int(digit)] for digit in str(turn)).capitalize()
    return text.replace(place, name)
