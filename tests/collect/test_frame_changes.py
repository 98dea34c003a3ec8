"""What a record follows is changed by people, kept as their decisions are, and undone; nothing is read again for it."""

from __future__ import annotations

import dataclasses
import io
import json
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner, Result

from communique.cli.app import app
from communique.collect.hand_over_reading import take_in_lines
from communique.collect.reframing import change_frame, follow
from communique.errors import FrameRefused
from communique.model import AssignmentReason, DisputedIssue, Frame, IssueAssignment, Party, Span, Stance
from communique.record import Record
from communique.record.archive.restore import held_reports
from communique.record.database import tables as t
from communique.record.decisions.frame_log import FrameAction, FrameChange, FrameRequest
from communique.record.query.frame_view import FollowedRow, frame_rows
from record_samples import made, put, reading

FRAME = Frame(
    (Party("Russia", "RUS"), Party("Japan", "JPN")), (DisputedIssue("peace treaty"), DisputedIssue("herring quota"))
)
FERRY = "Russia said the ferry service to the islands is an insult."


def changed(
    record: Record, action: str, name: str, other: str | None = None, *, party: bool = False, **details: object
) -> FrameChange:
    kind = "party" if party else "issue"
    asked = FrameRequest(
        kind=kind, action=FrameAction(action), name=name, other=other, details=details, by="Aiko", reason="asked"
    )
    return change_frame(record, asked)


def of(record: Record, name: str) -> FollowedRow:
    with record.reading() as connection:
        return next(row for row in frame_rows(connection) if row.name == name)


def names(record: Record) -> list[str]:
    return [issue.name for issue in record.frame().issues]


@pytest.fixture
def framed(record: Record) -> Record:
    put(record, reading(made("Russia said a treaty is near.", id="near")))
    put(record, reading(made(FERRY, id="ferry"), conditions=False))
    follow(record, "north", FRAME)
    return record


def test_the_frame_is_shown_with_what_was_said_on_each_and_on_other_matters(framed: Record) -> None:
    with framed.reading() as connection:
        rows = frame_rows(connection)
    assert [(row.kind, row.name, row.statements) for row in rows] == [
        ("party", "Russia", 2),
        ("party", "Japan", 0),
        ("issue", "peace treaty", 2),
        ("issue", "herring quota", 0),
        ("other matters", "other matters", 0),
    ]
    assert rows[0].dossiers == ("north",)


def test_an_added_issue_gets_what_was_read_before_with_reason_probability_and_stance(framed: Record) -> None:
    changed(framed, "add", "ferry service", aliases=["boat line"])
    assert of(framed, "ferry service").statements == 1
    assert of(framed, "ferry service").dossiers == ()
    (row,) = (row for row in framed.statements() if row.report == "ferry")
    assert row.issues == ("ferry-service", "peace-treaty")
    assert row.issue_reasons == ("name: ferry service", "")
    assert 0.5 < row.issue_probabilities[0] < 1
    with framed.reading() as connection:
        link = connection.execute(select(t.statement_issue).where(t.statement_issue.c.origin == "frame")).one()
    assert link.stance == Stance.AGAINST


def test_what_was_added_is_gone_when_it_is_undone_and_back_when_that_is(framed: Record) -> None:
    before = framed.frame()
    added = changed(framed, "add", "ferry service")
    undone = changed(framed, "undo", added.uid)
    assert framed.frame() == before
    assert [row.issues for row in framed.statements()] == [("peace-treaty",), ("peace-treaty",)]
    changed(framed, "undo", undone.uid)
    assert of(framed, "ferry service").statements == 1
    assert [each.action.value for each in framed.frame_changes()] == ["add", "undo", "undo"]


def test_a_renamed_issue_keeps_what_was_said_and_goes_by_its_old_name_too(framed: Record) -> None:
    renamed = changed(framed, "rename", "peace treaty", "settlement of the war")
    assert names(framed) == ["settlement of the war", "herring quota"]
    assert of(framed, "settlement of the war").statements == 2
    assert of(framed, "settlement of the war").aliases == ("peace treaty",)
    changed(framed, "undo", renamed.uid)
    assert of(framed, "peace treaty").statements == 2


def test_joined_issues_are_one_until_it_is_undone(framed: Record) -> None:
    changed(framed, "add", "ferry service")
    joined = changed(framed, "join", "ferry service", "peace treaty")
    assert names(framed) == ["peace treaty", "herring quota"]
    assert of(framed, "peace treaty").statements == 2
    changed(framed, "undo", joined.uid)
    assert of(framed, "ferry service").statements == 1


def test_a_party_is_added_renamed_and_joined_with_its_actor(framed: Record) -> None:
    changed(framed, "add", "Tokyo cabinet", party=True, aliases=["cabinet in Tokyo"])
    changed(framed, "rename", "Russia", "Moscow", party=True)
    assert [party.name for party in framed.frame().parties] == ["Moscow", "Japan", "Tokyo cabinet"]
    assert of(framed, "Moscow").statements == 2
    joined = changed(framed, "join", "Japan", "Moscow", party=True)
    assert [party.name for party in framed.frame().parties] == ["Moscow", "Tokyo cabinet"]
    changed(framed, "undo", joined.uid)
    assert "Japan" in [party.name for party in framed.frame().parties]


@pytest.mark.parametrize(
    ("action", "name", "other", "why"),
    [
        ("rename", "whaling", "whales", "no issue is followed by this name; there are peace treaty, herring quota"),
        ("rename", "peace treaty", "herring quota", "'herring quota' is followed already: join them"),
        ("join", "peace treaty", "whaling", "'whaling' is not followed: there are peace treaty, herring quota"),
        ("join", "peace treaty", "peace treaty", "nothing would change by it"),
        ("add", "Peace Treaty", None, "nothing would change by it"),
        ("add", "...", None, "a name has a letter or a digit"),
        ("undo", "0123", None, "no change of this uid stands"),
    ],
)
def test_what_changes_nothing_is_refused_with_the_reason(
    framed: Record, action: str, name: str, other: str | None, why: str
) -> None:
    with pytest.raises(FrameRefused, match=why):
        changed(framed, action, name, other)
    assert framed.frame_changes() == []


def test_a_hand_over_carries_what_is_followed_and_its_changes(framed: Record, tmp_path: Path) -> None:
    changed(framed, "add", "ferry service")
    changed(framed, "undo", changed(framed, "rename", "herring quota", "fish").uid)
    handed = io.BytesIO()
    framed.export(handed)
    refused: list[object] = []
    with Record.open(tmp_path / "other.db", create=True) as other:
        new = take_in_lines(other, io.BytesIO(handed.getvalue()), "handed.jsonl", refused.append)
        again = take_in_lines(other, io.BytesIO(handed.getvalue()), "handed.jsonl", refused.append)
        assert refused == []
        assert (new["frame"], new["frame_change"]) == (1, 3)
        assert not +again
        assert other.frame() == framed.frame()
        assert of(other, "ferry service").statements == 1
        back = io.BytesIO()
        other.export(back)
        assert back.getvalue() == handed.getvalue()


def test_a_change_that_was_altered_on_the_way_is_refused(framed: Record, tmp_path: Path) -> None:
    changed(framed, "add", "ferry service")
    handed = io.BytesIO()
    framed.export(handed)
    altered = handed.getvalue().replace(b'"name": "ferry service"', b'"name": "ferry lines"')
    refused: list[object] = []
    with Record.open(tmp_path / "other.db", create=True) as other:
        take_in_lines(other, io.BytesIO(altered), "handed.jsonl", refused.append)
        assert names(other) == ["peace treaty", "herring quota"]
    (why,) = map(str, refused)
    assert "it was changed after it was signed" in why


def test_what_a_reader_knew_already_is_not_looked_for_again(record: Record) -> None:
    read = dataclasses.replace(reading(made(FERRY, id="ferry"), conditions=False), frame=("ferry service",))
    put(record, read)
    follow(record, "north", Frame((), (DisputedIssue("ferry service"),)))
    assert of(record, "ferry service").statements == 0


def test_reasons_come_back_from_the_record_as_the_reader_gave_them(record: Record) -> None:
    read = reading(made("Russia said a treaty is near.", id="near"))
    why = IssueAssignment("peace-treaty", 0.95, AssignmentReason.NAME, Span(14, 20))
    read = dataclasses.replace(read, statements=(dataclasses.replace(read.statements[0], assigned=(why,)),))
    put(record, read)
    with record.reading() as connection:
        (held,) = held_reports(connection)
    assert held.versions[0].reading == read
    assert [row.issue_reasons for row in record.statements()] == [("name: treaty",)]


def test_an_assignment_is_rejected_and_given_back(framed: Record) -> None:
    changed(framed, "add", "ferry service")
    key = next(row.statement for row in framed.statements() if row.report == "ferry")
    framed.judge_issue(key, "peace-treaty", "reject", by="Aiko")
    assert of(framed, "peace treaty").statements == 1
    assert of(framed, "ferry service").statements == 1
    framed.judge_issue(key, "ferry-service", "reject", by="Aiko")
    changed(framed, "add", "whaling")
    assert of(framed, "ferry service").statements == 0
    framed.judge_issue(key, "herring-quota", "accept", by="Aiko")
    assert of(framed, "herring quota").statements == 1
    framed.judge("statement", key, "withdraw", by="Aiko")
    assert [of(framed, name).statements for name in names(framed)] == [2, 0, 1, 0]


def run(place: str, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--record", place], env={"COMMUNIQUE_USER": "Aiko"})


def test_the_command_shows_changes_and_undoes(tmp_path: Path) -> None:
    place = str(tmp_path / "communique.db")
    with Record.open(place, create=True) as record:
        put(record, reading(made(FERRY, id="ferry"), conditions=False))
    assert "Nothing is followed." in run(place, "frame").stdout
    assert run(place, "frame", "add", "ferry service", "--alias", "ferries").exit_code == 0
    added = json.loads(run(place, "frame", "--json").stdout.splitlines()[0])
    assert (added["kind"], added["name"], added["aliases"], added["statements"]) == (
        "issue",
        "ferry service",
        ["ferries"],
        1,
    )
    (change,) = map(json.loads, run(place, "frame", "--log", "--json").stdout.splitlines())
    assert (change["told"], change["by"], change["state"]) == (
        "add issue ferry service (also ferries)",
        "Aiko",
        "stands",
    )
    assert run(place, "frame", "undo", change["uid"]).exit_code == 0
    assert "Nothing is followed." in run(place, "frame").stdout
    refused = run(place, "frame", "join", "one", "other")
    assert refused.exit_code == 1
    assert "one: no issue is followed by this name" in refused.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["rename", "one"],
        ["add", "one", "two"],
        ["add"],
        ["undo", "one", "--alias", "a"],
        ["add", "one", "--country", "JPN"],
    ],
)
def test_wrong_usage_is_told(tmp_path: Path, arguments: list[str]) -> None:
    assert run(str(tmp_path / "communique.db"), "frame", *arguments).exit_code == 2
