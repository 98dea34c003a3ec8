"""What somebody's question holds tells nothing of where anybody stands."""

from __future__ import annotations

from communique.model import Reading, Stance
from conftest import Read


def spoken(reading: Reading, name: str) -> set[Stance | None]:
    """The stances, on whatever matter, of those whose name holds ``name``; None for a statement without any."""
    keys = {actor.id for actor in reading.actors if name in actor.name}
    held = [s for s in reading.statements if s.speaker in keys]
    return {stance.stance for s in held for stance in s.stances} or {None}


def test_a_question_gives_whom_it_is_about_no_stance(reader: Read) -> None:
    text = (
        "Question: Is it true that Chile has offered to sign the peace treaty in return for the port?\n\n"
        "Spokesman: I have nothing on that."
    )
    assert spoken(reader(text), "Chile") == {None}
    told = "Chile has offered to sign the peace treaty. Is anybody surprised?"
    assert spoken(reader(f"Question: {told}\n\nSpokesman: I have nothing on that."), "Chile") != {None}
