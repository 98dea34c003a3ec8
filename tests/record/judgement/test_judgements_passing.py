"""Judgements: appended, signed, dated, validated, and what several of them come to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from communique.errors import JudgementRefused, NotInRecord
from communique.record import Record
from communique.record.database import tables as t
from communique.record.decisions.judgement_log import apply_corrections, judgements_of_rows
from record_samples import put, reading

READING = reading()
KEY = READING.statements[0].id
CONDITION = READING.conditions[0].id


def verdict(record: Record, key: str = KEY) -> str | None:
    table = t.condition if key.startswith("c") else t.statement
    with record.reading() as connection:
        return connection.scalar(select(table.c.verdict).where(table.c.key == key))


def effective(record: Record, key: str = KEY) -> dict[str, object]:
    with record.reading() as connection:
        row = connection.execute(select(t.statement).where(t.statement.c.key == key)).one()
        judged = judgements_of_rows(connection, "statement", [row.id])
        return apply_corrections(row._asdict(), judged.get(row.id, ()))


@pytest.fixture
def held(record: Record) -> Record:
    put(record, READING)
    return record


def test_a_judgement_is_kept_with_who_when_and_the_words_it_is_about(held: Record) -> None:
    held.judge("statement", KEY, "accept", by="Aiko", note="as the transcript has it")
    (listed,) = held.judgements()
    made = listed.judgement
    assert (made.by, made.verdict, made.note, made.report) == (
        "Aiko",
        "accept",
        "as the transcript has it",
        READING.report.id,
    )
    assert made.at.endswith("Z")
    (quote,) = made.anchor["quotes"]["cue"]
    assert quote["exact"] == "said"
    assert not listed.orphaned
    assert verdict(held) == "accept"


@pytest.mark.parametrize("key", [KEY, CONDITION, "rus", "peace-treaty"])
def test_statements_conditions_actors_and_issues_can_be_judged_by_key_alone(held: Record, key: str) -> None:
    made = held.judge(None, key, "reject", by="Aiko")
    assert made.kind == {KEY: "statement", CONDITION: "condition", "rus": "actor", "peace-treaty": "issue"}[key]
    assert [each.key_now for each in held.judgements()] == [key]


def test_what_the_record_does_not_know_cannot_be_judged(held: Record) -> None:
    with pytest.raises(NotInRecord, match="s0000"):
        held.judge(None, "s0000", "accept", by="Aiko")
    with pytest.raises(NotInRecord):
        held.judge("condition", KEY, "accept", by="Aiko")


@pytest.fixture
def lone(tmp_path: Path) -> Iterator[Record]:
    """A record on SQLite: what is refused does not hang on the store."""
    with Record.open(tmp_path / "lone.db", create=True) as opened:
        put(opened, READING)
        yield opened


@pytest.mark.parametrize(
    ("verdict", "by", "correction", "told"),
    [
        ("accept", "  ", None, "signed"),
        ("maybe", "Aiko", None, "verdict"),
        ("correct", "Aiko", None, "what is to be corrected"),
        ("accept", "Aiko", {"act": "deny"}, "no correction"),
        ("correct", "Aiko", {"confidence": 1}, "cannot be corrected"),
        ("correct", "Aiko", {"act": "sing"}, "no act"),
        ("correct", "Aiko", {"speaker": "person:nobody"}, "nobody called"),
        ("correct", "Aiko", {"about": ["no-such-issue"]}, "nobody called"),
        ("correct", "Aiko", {"content": [[10, 5000]]}, "not in the text"),
        ("correct", "Aiko", {"content": [[5, 5]]}, "not in the text"),
        ("correct", "Aiko", {"content": [["a", 5]]}, "start, end"),
        ("correct", "Aiko", {"content": []}, "cannot be nothing"),
        ("correct", "Aiko", {"said_on": "2023-13"}, "no said_on"),
        ("withdraw", "Aiko", None, "no judgement to withdraw"),
    ],
)
def test_what_cannot_be_so_is_refused_with_the_reason(
    lone: Record, verdict: str, by: str, correction: dict[str, object] | None, told: str
) -> None:
    with pytest.raises(JudgementRefused, match=told):
        lone.judge("statement", KEY, verdict, by=by, correction=correction)
    assert list(lone.judgements()) == []


def test_a_correction_shows_in_the_row_with_what_the_reader_had_found(held: Record) -> None:
    start = READING.report.text.index("treaty talks")
    correction = {"act": "demand", "content": [[start, start + 12]]}
    held.judge("statement", KEY, "correct", by="Aiko", correction=correction)
    row = effective(held)
    assert (row["act"], row["content"], row["content_text"]) == ("demand", [[start, start + 12]], "treaty talks")
    assert row["verdict"] == "correct"
    assert row["as_read"]["act"] == "refuse"  # type: ignore[index]


def test_a_corrected_speaker_is_who_lists_and_filters_find(held: Record) -> None:
    def found() -> tuple[object, ...]:
        meant = t.canonical_actor.alias("meant")
        with held.reading() as connection:
            query = select(meant.c.key, t.statement.c.country).join(meant, meant.c.id == t.statement.c.speaker_root)
            holder = select(meant.c.key).join(t.condition, t.condition.c.holder_root == meant.c.id)
            about = select(meant.c.key).join(t.statement_issue, t.statement_issue.c.party_root == meant.c.id)
            return (*connection.execute(query).one(), connection.scalar(holder), connection.scalar(about))

    before = found()
    assert before == ("rus", "RUS", "rus", "rus")
    held.judge("statement", KEY, "correct", by="Aiko", correction={"speaker": "jpn"})
    held.judge("condition", CONDITION, "correct", by="Aiko", correction={"holder": "outlet:tass"})
    assert found() == ("jpn", "JPN", "outlet:tass", "jpn")
    held.merge("actor", "jpn", "outlet:tass", by="Aiko")
    assert found() == ("outlet:tass", "RUS", "outlet:tass", "outlet:tass")
    held.unmerge("actor", "jpn", by="Aiko")
    assert held.add(held.place(READING.report), READING)
    assert found() == ("jpn", "JPN", "outlet:tass", "jpn")
    held.judge("statement", KEY, "withdraw", by="Aiko")
    held.judge("condition", CONDITION, "withdraw", by="Aiko")
    assert found() == before


def test_the_same_judgement_by_the_same_person_twice_is_one(held: Record) -> None:
    first = held.judge("statement", KEY, "accept", by="Aiko")
    assert held.judge("statement", KEY, "accept", by="Aiko") == first
    assert len(list(held.judgements())) == 1


def test_a_persons_later_judgement_counts_and_the_earlier_stays_on_record(held: Record) -> None:
    held.judge("statement", KEY, "accept", by="Aiko")
    held.judge("statement", KEY, "reject", by="Aiko")
    assert verdict(held) == "reject"
    assert [each.judgement.verdict for each in held.judgements()] == ["accept", "reject"]


def test_a_clock_that_goes_backwards_changes_no_order(held: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.record.judgement.judge.now", lambda: "2024-05-01T10:00:00Z")
    held.judge("statement", KEY, "accept", by="Aiko")
    monkeypatch.setattr("communique.record.judgement.judge.now", lambda: "2019-01-01T00:00:00Z")
    held.judge("statement", KEY, "reject", by="Aiko")
    assert verdict(held) == "reject"


def test_what_was_withdrawn_counts_no_more(held: Record) -> None:
    held.judge("statement", KEY, "reject", by="Aiko")
    held.judge("statement", KEY, "withdraw", by="Aiko")
    assert verdict(held) is None
    assert effective(held)["act"] == "refuse"


def test_two_people_who_differ_are_both_kept_and_the_row_is_disputed(held: Record) -> None:
    held.judge("statement", KEY, "accept", by="Aiko")
    held.judge("statement", KEY, "correct", by="Boris", correction={"act": "deny"})
    assert verdict(held) == "disputed"
    assert effective(held)["act"] == "deny"
    held.judge("statement", KEY, "withdraw", by="Boris")
    assert verdict(held) == "accept"


def test_corrections_of_different_fields_add_up(held: Record) -> None:
    held.judge("statement", KEY, "correct", by="Aiko", correction={"act": "deny"})
    held.judge("statement", KEY, "correct", by="Boris", correction={"speaker": "jpn"})
    row = effective(held)
    assert (row["act"], row["speaker"], row["verdict"]) == ("deny", "jpn", "correct")


def test_a_conditions_verdict_is_kept_on_its_row(held: Record) -> None:
    held.judge("condition", CONDITION, "correct", by="Aiko", correction={"kind": "sufficient", "must_act": "rus"})
    assert verdict(held, CONDITION) == "correct"
