"""Lists show what people corrected, and keep what the reader had found."""

from __future__ import annotations

import pytest

from communique.errors import BadFilter
from communique.model import Span
from communique.record import Record
from communique.record.query.filters import Filter
from record_samples import made, put, reading

TEXT = "Russia said it would resume treaty talks only if Japan changed course, TASS reported."


def test_a_corrected_statement_is_listed_as_corrected_with_the_original_told(record: Record) -> None:
    read = reading(made(TEXT, id="r"))
    put(record, read)
    (before,) = record.statements()
    assert before.as_read is None
    correction = {"speaker": "jpn", "act": "deny", "content": [[12, 40]], "addressee": ["rus"], "about": []}
    record.judge("statement", before.statement, "correct", by="ana", correction=correction)
    (row,) = record.statements(Filter(actor="Japan"))
    assert (row.speaker, row.speaker_name, row.country, row.act, row.verdict) == (
        "jpn",
        "Japan",
        "JPN",
        "deny",
        "correct",
    )
    assert (row.content, row.content_text) == ((Span(12, 40),), TEXT[12:40])
    assert (row.addressee, row.addressee_names, row.issues) == (("rus",), ("Russia",), ())
    assert row.as_read == {
        "speaker": "rus",
        "speaker_name": "Russia",
        "act": before.act,
        "content": [list(span) for span in before.content],
        "content_text": before.content_text,
        "addressee": ["jpn"],
        "issues": ["peace-treaty"],
    }
    assert not list(record.statements(Filter(actor="Russia")))


def test_a_corrected_condition_is_listed_as_corrected(record: Record) -> None:
    read = reading(made(TEXT, id="r"))
    put(record, read)
    key = read.conditions[0].id
    record.judge("condition", key, "correct", by="ana", correction={"kind": "sufficient", "must_act": "rus"})
    (row,) = record.conditions(Filter(must_act="Russia"))
    assert (row.kind, row.must_act, row.must_act_name) == ("sufficient", "rus", "Russia")
    assert row.as_read == {"kind": "necessary", "must_act": "jpn", "must_act_name": "Japan"}


def test_a_withdrawn_correction_leaves_the_row_as_it_was_read(record: Record) -> None:
    read = reading(made(TEXT, id="r"))
    put(record, read)
    before = list(record.statements())
    record.judge("statement", read.statements[0].id, "correct", by="ana", correction={"act": "deny"})
    record.judge("statement", read.statements[0].id, "withdraw", by="ana")
    assert list(record.statements()) == before


def test_what_people_judge_differently_is_found_as_disputed(record: Record) -> None:
    read = reading(made(TEXT, id="r"))
    put(record, read)
    record.judge("statement", read.statements[0].id, "accept", by="ana")
    record.judge("statement", read.statements[0].id, "reject", by="ben")
    assert [row.verdict for row in record.statements(Filter(judged="disputed"))] == ["disputed"]
    assert [row.verdict for row in record.statements(Filter(judged="any"))] == ["disputed"]
    assert not list(record.statements(Filter(judged="reject")))


def test_corrected_actors_and_issues_are_listed_as_corrected(record: Record) -> None:
    put(record, reading(made(TEXT, id="r")))
    record.judge("actor", "jpn", "correct", by="ana", correction={"name": "Government of Japan"})
    record.judge("issue", "peace-treaty", "correct", by="ana", correction={"aliases": ["the accord"]})
    (japan,) = (row for row in record.actors() if row.actor == "jpn")
    assert (japan.name, japan.verdict, japan.as_read) == ("Government of Japan", "correct", {"name": "Japan"})
    assert japan.names[0] == "Government of Japan"
    (issue,) = record.issues()
    assert issue.names == ("peace treaty", "the accord")
    assert issue.as_read == {"names": ["peace treaty", "the treaty"]}


LONG = (
    "Officials in both capitals said on Tuesday that negotiators would meet again in the spring to look at fishing"
    " quotas, visits to family graves and the wording of a joint statement, and that nothing had been agreed so far."
    " A second round had been put off twice, once over the weather and once over a visa that came too late."
)


def test_statements_of_wire_copies_can_be_left_out_or_asked_for(record: Record) -> None:
    first = made(f"Russia said the talks would go on. {LONG}", id="first", published="2024-01-01")
    again = made(f"Russia said the talks would go on. {LONG}", id="again", outlet="Hokuto", published="2024-01-02")
    for report in (again, first):  # the origin comes in last: what was read of the other becomes a copy's
        put(record, reading(report))
    assert [row.copy_of for row in record.reports(sort="oldest")] == [None, "first"]
    assert [row.report for row in record.statements(Filter(copies=False))] == ["first"]
    assert [row.report for row in record.statements(Filter(copies=True))] == ["again"]
    assert [row.report for row in record.conditions(Filter(copies=True))] == ["again"]
    with pytest.raises(BadFilter):
        Filter(judged="copied")
