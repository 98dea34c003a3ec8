"""No hand-over fixes a verdict: clocks and dates from outside are bounded, what is decided here next is later."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from communique.collect.hand_over_reading import take_in_lines
from communique.model import as_json
from communique.record import Record
from communique.record.database import tables as t
from communique.record.decisions.judgement_log import JUDGEMENTS, Judgement, JudgementVerdict
from communique.record.decisions.log import LEAP, MOST_CLOCK, MOST_FOREIGN
from communique.record.decisions.merge_log import MergeAction, MergeEntry
from record_samples import put, reading

READING = reading()
KEY = READING.statements[0].id
HEAD = {"type": "communique-record", "version": 1}
PAST = "2024-01-01T00:00:00Z"


def judged(clock: int, *, by: str = "Aiko", verdict: str = "reject", at: str = PAST) -> dict[str, Any]:
    """A judgement on an actor as a hand-over's line has it, rightly signed."""
    made = Judgement("actor", "jpn", None, {}, JudgementVerdict(verdict), {}, None, by=by, at=at, clock=clock)
    fields = ("kind", "key", "report", "anchor", "verdict", "correction", "note", "by", "at", "clock", "uid")
    return {"type": "judgement", **{name: getattr(made, name) for name in fields}}


def merged(clock: int, action: str) -> dict[str, Any]:
    made = MergeEntry("actor", MergeAction(action), "rus", "jpn", None, by="Boris", at=PAST, clock=clock)
    told = {"from": made.from_key, "into": made.into_key, "reason": None, "by": made.by, "at": made.at}
    return {"type": "merge", "kind": "actor", "action": action, **told, "clock": clock, "uid": made.uid}


def imported(record: Record, *lines: Mapping[str, Any]) -> list[str]:
    failures: list[str] = []
    data = "".join(json.dumps(line) + "\n" for line in (HEAD, *lines)).encode()
    take_in_lines(record, io.BytesIO(data), "handed.jsonl", lambda error: failures.append(str(error)))
    return failures


def handed_over(one: Record, other: Record) -> list[str]:
    stream = io.BytesIO()
    one.export(stream)
    stream.seek(0)
    failures: list[str] = []
    take_in_lines(other, stream, "handed.jsonl", lambda error: failures.append(str(error)))
    return failures


def stands(record: Record) -> list[str]:
    """Each person's present verdict on Japan, the latest last."""
    latest: dict[str, str] = {}
    entries = sorted((each.judgement for each in record.judgements("actor", "jpn")), key=lambda each: each.order)
    for entry in entries:
        latest.pop(entry.by, None)
        latest[entry.by] = entry.verdict.value
    return [f"{by} {verdict}" for by, verdict in latest.items()]


@pytest.fixture
def held(record: Record) -> Record:
    put(record, READING)
    return record


def test_a_clock_far_ahead_is_refused_and_the_rest_goes_in(held: Record) -> None:
    failures = imported(held, judged(3), judged(MOST_FOREIGN, by="Boris"), judged(4, by="Cho"))
    assert failures == [
        f"handed.jsonl:3: its clock, {MOST_FOREIGN}, is too far ahead: up to {LEAP + 1} is taken in here"
    ]
    assert stands(held) == ["Aiko reject", "Cho reject"]


@pytest.mark.parametrize("clock", [1, LEAP])
def test_what_is_judged_here_next_is_the_later_one(held: Record, tmp_path: Path, clock: int) -> None:
    assert imported(held, judged(clock)) == []
    made = held.judge("actor", "jpn", "accept", by="Aiko")
    assert made.clock == clock + 1
    assert stands(held) == ["Aiko accept"]
    with Record.open(tmp_path / "third.db", create=True) as third:
        assert handed_over(held, third) == []
        assert stands(third) == ["Aiko accept"]
        third.judge("actor", "jpn", "reject", by="Aiko")
        assert handed_over(third, held) == []
    assert stands(held) == ["Aiko reject"]


def test_many_hand_overs_leave_room_for_the_records_own(held: Record) -> None:
    with held.writing() as connection:  # as after a thousand of them
        JUDGEMENTS.append(connection, _entry(MOST_FOREIGN))
    assert imported(held, judged(MOST_FOREIGN + 1, by="Boris")) != []
    for verdict in ("accept", "reject", "accept"):
        held.judge("actor", "jpn", verdict, by="Aiko")
        assert stands(held) == [f"Aiko {verdict}"]
    assert MOST_CLOCK - MOST_FOREIGN > 1_000_000_000


def _entry(clock: int) -> Judgement:
    return Judgement(
        "actor", "jpn", None, {}, JudgementVerdict.REJECT, {}, None, by="Aiko", at="9999-12-31T23:59:59Z", clock=clock
    )


def test_a_record_that_took_such_a_verdict_in_before_gets_over_it(held: Record) -> None:
    with held.writing() as connection:
        JUDGEMENTS.append(connection, _entry(MOST_FOREIGN))
    held.judge("actor", "jpn", "accept", by="Aiko")
    assert stands(held) == ["Aiko accept"]


def test_a_date_yet_to_come_is_refused(held: Record) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    (failure,) = imported(held, judged(1, at="9999-12-31T23:59:59Z"), judged(2, by="Boris", at=soon))
    assert failure == "handed.jsonl:2: at is yet to come: 9999-12-31T23:59:59Z"
    assert stands(held) == ["Boris reject"]


def test_nor_does_it_keep_two_apart_or_joined(held: Record) -> None:
    assert len(imported(held, merged(MOST_FOREIGN, "apart"))) == 1
    assert imported(held, merged(LEAP, "apart")) == []
    entry = held.merge("actor", "rus", "jpn", by="Aiko")
    assert entry.clock == LEAP + 1
    with held.reading() as connection:
        root = select(t.canonical_actor.c.key).join(t.statement, t.statement.c.speaker_root == t.canonical_actor.c.id)
        assert connection.scalar(root) == "jpn"
    held.unmerge("actor", "rus", by="Aiko")
    with held.reading() as connection:
        assert connection.scalar(root) == "rus"


def test_a_version_from_the_future_is_not_the_newest_for_ever(held: Record, tmp_path: Path) -> None:
    with Record.open(tmp_path / "other.db", create=True) as other:
        put(other, READING)
        with other.writing() as connection:
            connection.execute(update(t.report_version).values(added_at="9999-12-31T23:59:59Z"))
        (failure,) = handed_over(other, held)
    assert "added_at is yet to come" in failure
    assert as_json(READING)["text"] == held.opened(READING.report.id).text
