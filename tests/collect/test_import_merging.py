"""A colleague's record taken into one's own: both are there, in whatever order, and what is broken is named."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from communique.collect.hand_over_reading import take_in_lines
from communique.errors import MalformedLine
from communique.record import Record
from communique.record.database import tables as t
from communique.record.exchange.hand_over_writing import write_judgements
from record_samples import made, put, reading

TEXT = "Russia said talks would resume only if Japan changed course, TASS reported."
URL = "https://example.org/talks"
READING = reading(made(TEXT, id="1", url=URL))
KEY = READING.statements[0].id


def exported(record: Record) -> bytes:
    stream = io.BytesIO()
    record.export(stream)
    return stream.getvalue()


def judgements_of(record: Record) -> bytes:
    stream = io.BytesIO()
    with record.reading() as connection:
        write_judgements(connection, stream)
    return stream.getvalue()


def imported(record: Record, data: bytes) -> list[str]:
    failures: list[str] = []
    take_in_lines(record, io.BytesIO(data), "handed.jsonl", lambda error: failures.append(str(error)))
    return failures


def verdicts(record: Record) -> dict[tuple[str, str], str | None]:
    with record.reading() as connection:
        rows = connection.execute(
            select(t.report.c.key, t.statement.c.content_text, t.statement.c.verdict)
            .join(t.report, t.report.c.id == t.statement.c.report_id)
            .where(t.statement.c.current == 1)
        )
        return {(row.key, row.content_text): row.verdict for row in rows}


@pytest.fixture
def other(tmp_path: Path) -> Record:
    return Record.open(tmp_path / "other.db", create=True)


def test_a_colleagues_judgements_come_in_beside_ones_own(record: Record, other: Record) -> None:
    for one, by, verdict in ((record, "Aiko", "accept"), (other, "Boris", "reject")):
        put(one, READING)
        one.judge("statement", KEY, verdict, by=by)
    assert imported(record, judgements_of(other)) == []
    assert imported(other, judgements_of(record)) == []
    assert set(verdicts(record).values()) == set(verdicts(other).values()) == {"disputed"}
    assert judgements_of(record) == judgements_of(other)
    assert record.agreement() == other.agreement()


def test_judgements_that_come_before_their_report_wait_for_it(record: Record, other: Record) -> None:
    put(other, READING)
    other.judge("statement", KEY, "reject", by="Boris")
    assert imported(record, judgements_of(other)) == []
    assert [each.orphaned for each in record.judgements()] == [True]
    put(record, READING)
    assert [each.orphaned for each in record.judgements()] == [False]
    assert set(verdicts(record).values()) == {"reject"}


def test_a_report_whose_key_another_one_has_here_gets_its_own_and_keeps_its_judgements(
    record: Record, other: Record
) -> None:
    put(record, reading(made("Japan said it would sign only if paid, TASS reported.", id="1", outlet="Hokuto")))
    put(other, READING)
    other.judge("statement", KEY, "reject", by="Boris")
    other.resolve("1", "jpn", "rus", by="Boris")
    for _ in range(2):
        assert imported(record, exported(other)) == []
    found = verdicts(record)
    assert len(found) == 2
    ((key, _),) = [place for place, verdict in found.items() if verdict == "reject"]
    assert key.startswith("1~")
    with record.reading() as connection:
        resolved = connection.execute(
            select(t.report.c.key)
            .join(t.actor, t.actor.c.report_id == t.report.c.id)
            .where(t.actor.c.resolved_id.is_not(None))
        ).scalars()
        assert list(resolved) == [key]
    (listed,) = record.judgements()
    record.judge("statement", listed.key_now or "", "accept", by="Aiko")
    assert set(verdicts(record).values()) == {None, "disputed"}


def test_versions_of_one_report_are_put_together_and_the_latest_is_current(
    record: Record, other: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def added(one: Record, text: str, at: str) -> None:
        monkeypatch.setattr("communique.record.archive.write.now", lambda: at)
        placed = one.place(made(text, url=URL))
        assert one.add(placed, reading(placed.report))

    first, second, third = TEXT, TEXT.replace("would", "could"), TEXT.replace("would", "should")
    added(record, first, "2024-01-01T00:00:00Z")
    added(record, third, "2024-03-01T00:00:00Z")
    added(other, first, "2024-01-01T00:00:00Z")
    added(other, second, "2024-02-01T00:00:00Z")
    assert imported(record, exported(other)) == []
    assert imported(other, exported(record)) == []
    for one in (record, other):
        with one.reading() as connection:
            assert connection.scalar(select(func.count()).select_from(t.report_version)) == 3
            newest = select(t.report_version.c.text).join(t.report, t.report.c.version_id == t.report_version.c.id)
            assert list(connection.scalars(newest)) == [third]
            assert connection.scalar(select(func.sum(t.statement.c.current))) == 1


VERDICTS = st.lists(
    st.tuples(st.sampled_from(["Aiko", "Boris"]), st.sampled_from(["accept", "reject", "deny", "ask", "withdraw"])),
    max_size=6,
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)
@given(mine=VERDICTS, theirs=VERDICTS, again=st.booleans())
def test_merging_judgements_is_commutative_and_idempotent(
    mine: list[tuple[str, str]], theirs: list[tuple[str, str]], again: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("merging")
    files = []
    for name, said in (("a", mine), ("b", theirs)):
        with Record.open(home / name, create=True) as record:
            put(record, READING)
            for by, verdict in said:
                present = [e.judgement for e in record.judgements() if e.judgement.by == by]
                if verdict == "withdraw" and (not present or present[-1].verdict == "withdraw"):
                    continue
                correction = {"act": verdict} if verdict in ("deny", "ask") else None
                record.judge("statement", KEY, "correct" if correction else verdict, by=by, correction=correction)
            files.append(judgements_of(record))
    results: list[tuple[bytes, dict[tuple[str, str], str | None]]] = []
    for order in (files, files[::-1]):
        with Record.open(home / f"both{len(results)}", create=True) as record:
            put(record, READING)
            for data in order * (2 if again else 1):
                assert imported(record, data) == []
            results.append((judgements_of(record), verdicts(record)))
    assert results[0] == results[1]


def broken(line: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> bytes:
    changed = json.loads(json.dumps(line))
    change(changed)
    return json.dumps(changed).encode() + b"\n"


def statement(line: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = line["versions"][0]["reading"]["statements"][0]
    return found


REPORT: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda r: statement(r).update(content=[[0, 99999]]), "not in the text"),
    (lambda r: statement(r).update(content=[[5, 2]]), "not in the text"),
    (lambda r: statement(r).update(content=[["a", 2]]), "start, end"),
    (lambda r: statement(r).update(content=[[True, 2]]), "start, end"),
    (lambda r: statement(r).update(act="sing"), "no act"),
    (lambda r: statement(r).update(confidence=7), "0 to 1"),
    (lambda r: statement(r).update(confidence="1"), "0 to 1"),
    (lambda r: statement(r).update(speaker={"a": 1}), "speaker is a text"),
    (lambda r: statement(r).update(id=""), "id is a text"),
    (lambda r: r["versions"][0]["reading"]["statements"].append(statement(r)), "one id"),
    (lambda r: r["versions"][0].update(number=10**12), "whole number"),
    (lambda r: r["versions"][0].update(text="x" * 1_000_001), "text"),
    (lambda r: r["versions"][0].update(text_exact="AA"), "base64"),
    (lambda r: r["versions"][0].update(text_exact="AAAA"), "another text"),
    (lambda r: r["versions"][0].update(added_at="yesterday"), "time"),
    (lambda r: r.update(versions=[]), "has a version"),
    (lambda r: r.update(versions=7), "a list"),
    (lambda r: statement(r).update(addressee=["jpn"] * 20_001), "a list of up to"),
    (lambda r: r.update(identities=[]), "known by something"),
    (lambda r: r.update(key="a\x00b"), "no record stores"),
    (lambda r: r.update(key=None), "key is a text"),
    (lambda r: r.update(type="mystery"), "no type of line"),
]


@pytest.mark.parametrize(("change", "told"), REPORT)
def test_a_report_that_cannot_be_so_is_named_and_the_rest_goes_in(
    other: Record, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    put(other, READING)
    put(other, reading(made("Japan said it would sign only if paid, TASS reported.", id="2")))
    lines = exported(other).splitlines(keepends=True)
    (at,) = [n for n, line in enumerate(lines) if json.loads(line).get("key") == "1"]
    lines[at] = broken(json.loads(lines[at]), change)
    with Record.open(tmp_path / "mine.db", create=True) as record:
        (failure,) = imported(record, b"".join(lines))
        assert failure.startswith(f"handed.jsonl:{at + 1}: ")
        assert told in failure
        assert [key for key, _ in verdicts(record)] == ["2"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"{", "not JSON"),
        (b"[1]", "a JSON object"),
        (b"\xff\xfe{}", "not UTF-8"),
        (b"[" * 200_000, "nested too deep"),
        (b'{"type": "report", "key": ' + b"9" * 5000 + b"}", "4300"),
        (b'{"type": "merge", "clock": NaN}', "NaN"),
    ],
)
def test_hostile_json_is_refused_line_by_line(other: Record, line: bytes, told: str) -> None:
    put(other, READING)
    before = exported(other)
    (failure,) = imported(other, before.splitlines(keepends=True)[0] + line + b"\n")
    assert told in failure
    assert exported(other) == before


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda j: j.update(by="Somebody else"), "changed after it was signed"),
        (lambda j: j.update(by=" "), "not signed"),
        (lambda j: j.update(clock=2**40), "clock"),
        (lambda j: j.update(verdict="maybe"), "no verdict"),
        (lambda j: j.update(correction={"act": "deny"}), "only a correction corrects"),
        (lambda j: j.update(kind="report"), "judgements are on"),
        (lambda j: j["anchor"]["quotes"]["cue"][0].update(start=-1), "do not fit"),
        (lambda j: j["anchor"].update(text_sha256="../.."), "SHA-256"),
    ],
)
def test_a_judgement_that_was_tampered_with_is_refused(
    other: Record, tmp_path: Path, change: Callable[[dict[str, Any]], object], told: str
) -> None:
    put(other, READING)
    other.judge("statement", KEY, "reject", by="Boris")
    head, line = judgements_of(other).splitlines(keepends=True)
    with Record.open(tmp_path / "mine.db", create=True) as record:
        (failure,) = imported(record, head + broken(json.loads(line), change))
        assert told in failure
        assert list(record.judgements()) == []


@pytest.mark.parametrize(
    ("head", "told"),
    [
        (b"", "no hand-over"),
        (b'{"type": "report"}', "no hand-over"),
        (b'{"type": "communique-record", "version": 99}', "update first"),
        (b'{"type": "communique-record", "version": "1"}', "no hand-over"),
    ],
)
def test_a_file_that_is_no_hand_over_known_here_is_left_alone(other: Record, head: bytes, told: str) -> None:
    with pytest.raises(MalformedLine, match=told):
        imported(other, head)


def test_merges_that_come_in_are_followed_also_before_the_reports_are_there(record: Record, other: Record) -> None:
    put(other, READING)
    other.merge("actor", "rus", "jpn", by="Boris")
    lines = exported(other).splitlines(keepends=True)
    alone = [line for line in lines if json.loads(line)["type"] in ("communique-record", "merge")]
    assert imported(record, b"".join(alone)) == []
    put(record, dataclasses.replace(READING))
    with record.reading() as connection:
        root = select(t.canonical_actor.c.key).join(t.statement, t.statement.c.speaker_root == t.canonical_actor.c.id)
        assert connection.scalar(root) == "jpn"
