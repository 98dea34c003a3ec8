"""Statements without their words are the same ones, in the same order, as those with them."""

from __future__ import annotations

from communique.analysis.evidence import evidence_on
from communique.analysis.sayings import sayings_on
from communique.model import Report
from communique.reading import pipeline
from communique.record import Record
from communique.record.query.lookup import find_issue

TEXTS = (
    "Kenya will sign the fisheries treaty only if Somalia withdraws its boats, Nairobi said.",
    "Somalia rejects the fisheries treaty, Mogadishu said on Friday.",
    "Farah Warsame told reporters that Somalia could sign the fisheries treaty, the Coast Post reported.",
)


def test_they_are_those_that_the_evidence_is(record: Record) -> None:
    for number, text in enumerate(TEXTS):
        report = Report(f"r{number}", text, outlet=f"Outlet {number}", published=f"2023-01-1{number}")
        record.add(record.place(report), pipeline.read(report))
    with record.reading() as connection:
        issue = find_issue(connection, "fisheries treaty").id
        evidence = evidence_on(connection, issue)
        sayings = sayings_on(connection, issue)
        earlier = sayings_on(connection, issue, as_of="2023-01-10")
    assert len(sayings) >= len(TEXTS)
    shown = ("key", "report", "outlet", "parent", "relayed", "party", "party_name", "day", "act", "binding")
    for said, whole in zip(sayings, evidence, strict=True):
        assert [getattr(said, name) for name in shown] == [getattr(whole, name) for name in shown]
    assert [each.report for each in earlier] == ["r0"] * len(earlier) != []
