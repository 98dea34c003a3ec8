"""The issues that a user follows: found by name, in other words, and nowhere else."""

from __future__ import annotations

import pytest

from communique.model import DisputedIssue, Frame, Party, Reading, Report, Stance
from communique.reading.issues.frame_names import verbs_of
from communique.reading.pipeline import DEFAULT_MODEL, framed, load, read_batch

FRAME = Frame(
    (Party("Armenia", "ARM"), Party("Iran", "IRN")),
    (
        DisputedIssue("enrichment", ("uranium enrichment",)),
        DisputedIssue("binding accord", ("treaty",)),
        DisputedIssue("Zangezur corridor", ("transit corridor",)),
        DisputedIssue("cable licences"),
        DisputedIssue("League of Border Towns", ("League",)),
    ),
)


def read(text: str, frame: Frame | None = FRAME) -> Reading:
    (reading,) = read_batch(framed(load(DEFAULT_MODEL), frame), [Report(id="r", text=text)])
    assert isinstance(reading, Reading)
    return reading


def named(text: str) -> dict[str, list[str]]:
    followed = {issue.name for issue in FRAME.issues}
    return {
        issue.name: [text[start:end] for start, end in issue.mentions]
        for issue in read(text).issues
        if issue.name in followed
    }


@pytest.mark.parametrize(
    ("text", "issue", "words"),
    [
        ("Iran said that the enrichment would go on.", "enrichment", "enrichment"),
        ("Iran said that it would enrich uranium again.", "enrichment", "enrich"),
        ("Iran said that it wanted a fair and binding deal.", "binding accord", "binding deal"),
        ("Iran said that it wanted a document that binds both sides.", "binding accord", "document"),
        ("Armenia said that the Zangezur route was closed.", "Zangezur corridor", "Zangezur"),
        ("Armenia said that it would revoke the licences.", "cable licences", "licences"),
        ("Armenia said that it had asked for the League last year.", "League of Border Towns", "League"),
        ("Armenia said that licences for the new cable were late.", "cable licences", "licences for the new cable"),
        ("Armenia said that a cable permit was late.", "cable licences", "cable permit"),
    ],
)
def test_a_followed_issue_is_found_by_name_alias_verb_or_a_part_of_its_own(text: str, issue: str, words: str) -> None:
    assert named(text) == {issue: [words]}


@pytest.mark.parametrize(
    "text",
    [
        "Iran said that travel enriches the mind.",
        "Iran said that it wanted a fair deal.",
        "Armenia said that its football league would start in May.",
        "Armenia said that the corridors of its ministry were being painted.",
    ],
)
def test_words_that_only_look_like_it_mean_no_followed_issue(text: str) -> None:
    assert named(text) == {}


def test_without_a_frame_nothing_is_followed() -> None:
    text = "Iran said that it would enrich uranium again."
    assert all(issue.name != "enrichment" for issue in read(text, None).issues)
    assert "frame" not in read(text, None).reader
    assert " frame=" in read(text).reader


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Iran said that it would enrich uranium again.", Stance.FOR),
        ("Iran said that it would never enrich uranium again.", Stance.AGAINST),
        ("Iran said that Armenia was enriching uranium.", None),
        ("Iran asked whether Armenia would enrich uranium.", None),
    ],
)
def test_a_verb_that_is_the_issue_speaks_for_itself(text: str, stance: Stance | None) -> None:
    found = {entry.stance for s in read(text).statements if s.speaker == "irn" for entry in s.stances}
    assert found == ({stance} if stance else set())


def test_what_a_bargain_is_on_is_another_matter_than_the_bargain() -> None:
    text = "Iran said that it would sign a binding deal on enrichment."
    (statement,) = [s for s in read(text).statements if s.speaker == "irn" and s.stances]
    assert [(entry.issue, entry.stance) for entry in statement.stances] == [("binding-accord", Stance.FOR)]


@pytest.mark.parametrize(
    ("noun", "verb"),
    [
        ("recognition", "recognise"),
        ("enrichment", "enrich"),
        ("mediation", "mediate"),
        ("filling", "fill"),
        ("withdrawal", "withdraw"),
        ("handover", "hand_over"),
    ],
)
def test_nouns_lead_to_their_verbs(noun: str, verb: str) -> None:
    assert verb in verbs_of(noun)


def test_a_head_alone_means_the_issue_once_the_report_has_named_it() -> None:
    text = (
        "Armenia spoke of a uranium enrichment ban. Iran said that the ban must go, and that a ban on cars must stay."
    )
    (reading,) = read_batch(
        framed(load(DEFAULT_MODEL), Frame((), (DisputedIssue("enrichment ban"),))), [Report(id="r", text=text)]
    )
    assert isinstance(reading, Reading)
    issue = next(issue for issue in reading.issues if issue.name == "enrichment ban")
    assert [text[start:end] for start, end in issue.mentions] == ["enrichment ban", "ban"]


@pytest.mark.parametrize(
    ("issue", "words", "stance"),
    [
        ("fish ban", "We shall ban fish for another year", "for"),
        ("fish ban", "We will not ban fish", "against"),
        ("treaty suspension", "We have suspended the treaty", "for"),
        ("troop withdrawal", "We will withdraw our troops", "for"),
        ("troop withdrawal", "Our troops will stay", "against"),
        ("visa suspension", "We have stopped issuing visas", "for"),
    ],
)
def test_who_takes_a_thing_away_is_for_the_issue_of_taking_it_away(issue: str, words: str, stance: str) -> None:
    text = f"Peru and Chile quarrel over the {issue}.\n\n“{words},” Peru's foreign minister, Ana Vidal, said on Friday."
    followed = Frame((Party("Peru", "PER"), Party("Chile", "CHL")), (DisputedIssue(issue),))
    (reading,) = read_batch(framed(load(DEFAULT_MODEL), followed), [Report(id="r", text=text)])
    assert isinstance(reading, Reading)
    vidal = {a.id for a in reading.actors if a.name == "Ana Vidal"}
    (key,) = {each.id for each in reading.issues if each.name == issue}
    found = {t.stance.value for s in reading.statements if s.speaker in vidal for t in s.stances if t.issue == key}
    assert found == {stance}
