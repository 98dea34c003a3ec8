"""Where a statement stands on a matter: wanted, rejected, tied to a condition, or open; silence is no stance."""

from __future__ import annotations

import pytest

from communique.model import Stance
from conftest import Read


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Egypt said it supported the peace treaty.", Stance.FOR),
        ("Egypt said it wanted to conclude a peace treaty this year.", Stance.FOR),
        ("Egypt said its wish to conclude a peace treaty had not changed.", Stance.FOR),
        ("Egypt said it would never accept the peace treaty.", Stance.AGAINST),
        ("Egypt refused to sign the peace treaty.", Stance.AGAINST),
        ("Egypt said it was withdrawing from the peace treaty.", Stance.AGAINST),
        ("Egypt said a peace treaty was impossible.", Stance.AGAINST),
        ("Egypt said that the peace treaty should be abandoned.", Stance.AGAINST),
        ("Egypt wants the peace treaty to be scrapped.", Stance.AGAINST),
        ("Egypt said that it had no objection to the peace treaty.", Stance.FOR),
        ("Egypt said that it maintained its veto on the peace treaty.", Stance.AGAINST),
        ("Egypt said that the peace treaty should not be abandoned.", Stance.FOR),
        ("Egypt condemned Sudan's decision to scrap the peace treaty.", Stance.FOR),
        ("Egypt refused to abandon the peace treaty.", Stance.FOR),
        ("Egypt said it would sign the peace treaty only if Sudan withdrew its troops.", Stance.CONDITIONAL),
        ("Egypt said it was ready for a peace treaty.", Stance.OPEN),
        ("Egypt said it set no preconditions for talks on the peace treaty.", Stance.OPEN),
        ("Egypt said the peace treaty had been drafted in Cairo.", None),
        ("Egypt said that it did not alter its position on the peace treaty.", None),
        ("Egypt said that its position on the peace treaty has not yet changed.", None),
        ("Egypt asked what had become of the peace treaty.", None),
    ],
)
def test_the_stance_on_a_matter_follows_from_the_act_and_the_words_around_its_name(
    reader: Read, text: str, stance: Stance | None
) -> None:
    own = [statement for statement in reader(text).statements if statement.speaker == "egy"]
    found = {entry.stance for statement in own for entry in statement.stances if "peace-treaty" in entry.issue}
    assert found == ({stance} if stance else set())


def test_a_claimant_is_for_what_it_claims(reader: Read) -> None:
    text = (
        "Japan claims the southern Kurils, which Russia controls. Russia also claims the islands. "
        "The Kremlin said the islands were an inalienable part of Russia."
    )
    reading = reader(text)
    entries = {(s.speaker, e.stance) for s in reading.statements for e in s.stances if e.issue == "southern-kurils"}
    assert ("rus", Stance.FOR) in entries
    assert Stance.AGAINST not in {stance for _, stance in entries}
