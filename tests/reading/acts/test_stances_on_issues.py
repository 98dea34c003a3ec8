"""Where a statement stands on a matter: wanted, rejected, tied to a condition, or open; silence is no stance."""

from __future__ import annotations

import pytest

from communique.model import Act, Issue, Span, Stance
from communique.reading.acts.stance import stances
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
        ("Egypt denied that it was against the peace treaty.", Stance.FOR),
        ("Egypt no longer objects to the peace treaty.", Stance.FOR),
        ("Egypt said that the peace treaty would not be given up.", Stance.FOR),
        ("Egypt said that it had not given up on the peace treaty.", Stance.FOR),
        ("Egypt said that the peace treaty was out of the question.", Stance.AGAINST),
        ("Egypt said that it stood by the peace treaty.", Stance.FOR),
        ("Egypt said that it saw no reason to keep the peace treaty.", Stance.AGAINST),
        ("Egypt could reject the peace treaty.", None),
        ("Egypt said that it stuck to its guns on the peace treaty.", Stance.FOR),
        ("Egypt said that it was mulling a withdrawal from the peace treaty.", Stance.OPEN),
        ("Egypt said it would sign the peace treaty only if Sudan withdrew its troops.", Stance.CONDITIONAL),
        ("Egypt said it was ready for a peace treaty.", Stance.OPEN),
        ("Egypt said it set no preconditions for talks on the peace treaty.", Stance.OPEN),
        ("Egypt said the peace treaty had been drafted in Cairo.", None),
        ("Egypt said that it did not alter its position on the peace treaty.", None),
        ("Egypt said that its position on the peace treaty has not yet changed.", None),
        ("Egypt asked what had become of the peace treaty.", None),
        ("Egypt said that the peace treaty must not go ahead.", Stance.AGAINST),
        ("Egypt said that the peace treaty should go ahead.", Stance.FOR),
        ("Egypt said that it would be a mistake to abandon the peace treaty.", Stance.FOR),
        ("Egypt said that it would be a mistake to sign the peace treaty.", Stance.AGAINST),
        ("Egypt does not like the peace treaty.", Stance.AGAINST),
        ("Egypt fears a revival of the peace treaty.", Stance.AGAINST),
        ("Egypt said that the peace treaty should be signed without preconditions.", Stance.FOR),
        ("Egypt has not asked for the peace treaty.", None),
        ("Egypt's refusal to sign the peace treaty was regretted in Oslo.", Stance.AGAINST),
        ("Egypt said that whoever wants the peace treaty builds on sand.", None),
        ("Egypt wants nothing to do with the peace treaty.", Stance.AGAINST),
        ("Egypt said that the peace treaty was fairer than any before it.", Stance.FOR),
        ("Egypt branded the peace treaty a disguised surrender.", Stance.AGAINST),
        ("Egypt said that the peace treaty was not on the menu.", Stance.AGAINST),
        ("Egypt said that it could imagine a return to the peace treaty.", Stance.OPEN),
        ("Egypt said that it had not made up its mind about the peace treaty.", None),
        ("Egypt turned down the proposal for a peace treaty.", Stance.AGAINST),
        # what one objects with is no word against what it speaks of
        ("Egypt objected that it does everything for the peace treaty to hold.", None),
        # a question takes back nothing of what stands before it
        ("“We want the peace treaty. Who can be against peace?” Egypt's foreign ministry asked.", Stance.FOR),
        # what was so before a "now" is so no more
        ("“We supported the peace treaty in May. Now we are tired,” Egypt's foreign ministry said.", None),
        # what the verb is left out of is not asked
        ("Egypt said that the siege would be over the moment the peace treaty is.", None),
    ],
)
def test_the_stance_on_a_matter_follows_from_the_act_and_the_words_around_its_name(
    reader: Read, text: str, stance: Stance | None
) -> None:
    own = [s for s in reader(text).statements if (s.speaker or "").partition("/")[0] == "egy"]
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


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Egypt said that it was firmly opposed to the peace treaty.", Stance.AGAINST),
        ("Egypt said that it was not opposed to the peace treaty.", Stance.FOR),
        ("Egypt said that it remained committed to the peace treaty.", Stance.FOR),
        ("Egypt reiterated its rejection of the peace treaty.", Stance.AGAINST),
        ("Egypt voiced its support for the peace treaty.", Stance.FOR),
        ("Egypt called the peace treaty a mistake.", Stance.AGAINST),
        ("Egypt described the peace treaty as the key to stability.", Stance.FOR),
        ("Egypt said that it no longer saw any sense in the peace treaty.", Stance.AGAINST),
        ("Egypt said that ending the peace treaty would be a grave error.", Stance.FOR),
        ("Egypt said that the peace treaty had to go.", Stance.AGAINST),
        ("Egypt said that the peace treaty must go.", Stance.AGAINST),
        ("Egypt said that the peace treaty was here to stay.", Stance.FOR),
        ("Egypt is not prepared to give up the peace treaty, Cairo said.", Stance.FOR),
        ("Egypt said that it was not in favour of the peace treaty.", Stance.AGAINST),
        ("Egypt said that it stood in the way of the peace treaty.", Stance.AGAINST),
        ("Egypt is considering joining the peace treaty, Cairo said.", Stance.OPEN),
        ("Egypt is open to a peace treaty, Cairo said.", Stance.OPEN),
        ("Egypt is said to favour the peace treaty.", None),
        ("In the seventies Egypt campaigned for the peace treaty.", None),
        ("Until last year Egypt rejected the peace treaty.", None),
    ],
)
def test_adjectives_nouns_judgements_and_phrases_carry_the_way_from_a_matter_to_its_party(
    reader: Read, text: str, stance: Stance | None
) -> None:
    own = [statement for statement in reader(text).statements if statement.speaker == "egy"]
    found = {entry.stance for statement in own for entry in statement.stances if "peace-treaty" in entry.issue}
    assert found == ({stance} if stance else set())


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Egypt wants the peace treaty annulled.", Stance.AGAINST),
        ("Egypt said that it would rather see the peace treaty dissolved.", Stance.AGAINST),
        ("Egypt fears that the peace treaty would drive its farmers out.", Stance.AGAINST),
        ("Egypt fears that the peace treaty will lapse.", Stance.FOR),
        ("Egypt fears that the peace treaty is a pretext for war.", Stance.AGAINST),
        ("Egypt would be sorry to see the peace treaty go, Cairo said.", Stance.FOR),
        ("Egypt said that the peace treaty was a legitimate measure.", Stance.FOR),
        ("Egypt said that the peace treaty was harming farmers and had to be withdrawn.", Stance.AGAINST),
        ("Egypt said that the peace treaty had its full backing.", Stance.FOR),
        ("Egypt said that the peace treaty had no basis in law.", Stance.AGAINST),
        ("Egypt gave its blessing to the peace treaty.", Stance.FOR),
        ("Egypt withdrew its backing for the peace treaty.", Stance.AGAINST),
        ("Egypt has little time for the peace treaty.", Stance.AGAINST),
        ("Egypt stays away from the peace treaty.", Stance.AGAINST),
        ("Egypt has not closed the door on the peace treaty, Cairo said.", Stance.OPEN),
        ("Egypt said that the peace treaty was an option.", Stance.OPEN),
        ("Egypt said that it did not reject the peace treaty out of hand.", Stance.OPEN),
        ("Egypt said that it had noted reports of a ban on the peace treaty.", None),
    ],
)
def test_feelings_set_phrases_and_light_verbs_are_words_on_the_way_from_a_matter_to_its_party(
    reader: Read, text: str, stance: Stance | None
) -> None:
    own = [statement for statement in reader(text).statements if statement.speaker == "egy"]
    found = {entry.stance for statement in own for entry in statement.stances if "peace-treaty" in entry.issue}
    assert found == ({stance} if stance else set())


@pytest.mark.parametrize(
    ("text", "act", "stance"),
    [
        ("the treaty should be abandoned", Act.DEMAND, Stance.AGAINST),
        ("it supports the treaty", Act.ASSERT, Stance.FOR),
        ("it is ready for the treaty", Act.OFFER, Stance.OPEN),
        ("the treaty is in Cairo", Act.ASSERT, None),
    ],
)
def test_without_a_parse_the_words_near_the_name_tell_the_stance(text: str, act: Act, stance: Stance | None) -> None:
    at = text.index("treaty")
    treaty = Issue("treaty", "treaty", (), (), (Span(at, at + len("treaty")),))
    found = stances(text, act, (Span(0, len(text)),), [treaty], (), {"egy"})
    assert [each.stance for each in found] == ([] if stance is None else [stance])
