"""What changed between two reports of one party, told apart from what only sounds different."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from communique.analysis.changes import Change, ChangeKind, changes
from communique.model import Report
from communique.reading import pipeline
from communique.record import Record
from communique.record.query.lookup import find_actor

Told = Callable[..., list[Change]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Read texts, each with its day, into a record; return all that `changes` says of them."""

    def tell(*dated: tuple[str, str], since: str | None = None, actor: str | None = None) -> list[Change]:
        with Record.open(tmp_path / "communique.db", create=True) as record:
            for number, (day, text) in enumerate(dated):
                report = Report(f"r{number}", text, outlet=f"Outlet {number}", published=day)
                record.add(record.place(report), pipeline.read(report))
            with record.reading() as connection:
                parties = [find_actor(connection, actor)] if actor else []
                return changes(connection, kinds=ChangeKind, since=since, parties=parties)

    return tell


@pytest.mark.parametrize(
    ("earlier", "later", "kind"),
    [
        (
            "Hungary would keep its veto on the loan, Budapest said.",
            "Hungary would lift its veto on the loan, Budapest said.",
            ChangeKind.SHIFT,
        ),
        (
            "Hungary would sign the loan agreement, Budapest said.",
            "Hungary would sign the loan agreement only if Brussels paid first, Budapest said.",
            ChangeKind.CONDITION_ADDED,
        ),
        (
            "Hungary would sign the loan agreement only if Brussels paid first, Budapest said.",
            "Hungary sets no preconditions for signing the loan agreement, Budapest said.",
            ChangeKind.CONDITION_DROPPED,
        ),
        (
            "Hungary would never sign the loan agreement, Budapest said.",
            "Hungary would sign the loan agreement if Brussels paid first, Budapest said.",
            ChangeKind.SOFTENING,
        ),
        (
            "Hungary offered to sign the loan agreement with Kyiv, Budapest said.",
            "Hungary refused to sign the loan agreement with Kyiv, Budapest said.",
            ChangeKind.HARDENING,
        ),
        (
            "Hungary would remove its levy on Swiss banks only if Bern paid its share, Budapest said.",
            "Hungary would impose another levy on Swiss banks, Budapest said.",
            ChangeKind.HARDENING,
        ),
        (
            "Hungary would drill for gas in the bay, Budapest said.",
            "Drilling for gas in the bay is suspended, Budapest said.",
            ChangeKind.SHIFT,
        ),
        (
            "Hungary would never sign the loan agreement, Budapest said.",
            "The loan agreement will never be signed by Hungary, Budapest said.",
            ChangeKind.UNCHANGED,
        ),
    ],
)
def test_a_change_has_its_kind(told: Told, earlier: str, later: str, kind: ChangeKind) -> None:
    found = told(("2023-01-10", earlier), ("2023-06-20", later))
    assert [item.kind for item in found] == [kind]
    assert (found[0].first.day, found[0].second.day) == ("2023-01-10", "2023-06-20")


def test_another_report_of_the_same_words_is_no_change(told: Told) -> None:
    found = told(
        ("2023-01-10", "Hungary would keep its veto on the Ukraine loan, Budapest said."),
        ("2023-01-10", "Budapest said that the veto on the Ukraine loan would be kept by Hungary."),
    )
    assert [item.kind for item in found] == [ChangeKind.OTHER_REPORT]


def test_a_lesser_voice_changes_nothing_soon_after(told: Told) -> None:
    found = told(
        ("2023-01-10", "Japan will keep its sanctions on the bank, Japanese Prime Minister Fumio Kishida said."),
        ("2023-02-20", "Japan will lift its sanctions on the bank, a Japanese Foreign Ministry spokesman said."),
    )
    assert [item.kind for item in found] == [ChangeKind.OTHER_VOICE]


def test_a_speaker_whose_office_the_later_report_leaves_out_is_no_lesser_voice(told: Told) -> None:
    found = told(
        ("2023-01-10", "Bolivia will keep its sanctions on the bank, Bolivian Foreign Minister Rosa Quispe said."),
        ("2023-02-20", "Bolivia will lift its sanctions on the bank, Rosa Quispe said."),
    )
    assert [item.kind for item in found] == [ChangeKind.SHIFT]


def test_a_condition_is_met_where_one_who_had_to_act_says_so(told: Told) -> None:
    found = told(
        ("2023-01-10", "Hungary would sign the loan agreement only if Ukraine reopened the pipeline, Budapest said."),
        ("2023-06-20", "Ukraine has reopened the pipeline, Kyiv said."),
    )
    assert [(item.kind, item.party) for item in found] == [(ChangeKind.CONDITION_MET, "hun")]


def test_a_bystander_s_word_meets_no_condition(told: Told) -> None:
    found = told(
        ("2023-01-10", "Hungary would sign the loan agreement only if Ukraine reopened the pipeline, Budapest said."),
        ("2023-06-20", "Ukraine has reopened the pipeline, Ottawa said."),
    )
    assert found == []


def test_other_parties_and_other_matters_change_nothing(told: Told) -> None:
    assert (
        told(
            ("2023-01-10", "Hungary would keep its veto on the loan, Budapest said."),
            ("2023-06-20", "Slovakia would lift its veto on the loan, Bratislava said."),
            ("2023-06-21", "Hungary would lift the ban on grain from Moldova, Budapest said."),
        )
        == []
    )


def test_what_is_contradicted_in_its_own_month_has_not_changed(told: Told) -> None:
    found = told(
        ("2023-01-10", "Hungary would keep its veto on the loan, Budapest said."),
        ("2023-06-20", "Hungary would lift its veto on the loan, Budapest said."),
        ("2023-06-22", "Hungary would keep its veto on the loan, Budapest said."),
    )
    assert ChangeKind.SHIFT not in [item.kind for item in found]


def test_since_leaves_out_what_came_to_light_before(told: Told) -> None:
    dated = (
        ("2023-01-10", "Hungary would keep its veto on the loan, Budapest said."),
        ("2023-06-20", "Hungary would lift its veto on the loan, Budapest said."),
    )
    assert len(told(*dated, since="2023-06-20")) == 1
    assert told(*dated, since="2023-06-21") == []


def test_a_party_may_be_chosen(told: Told) -> None:
    dated = (
        ("2023-01-10", "Hungary would keep its veto on the loan, Budapest said."),
        ("2023-06-20", "Hungary would lift its veto on the loan, Budapest said."),
        ("2023-06-21", "Slovakia welcomed the loan, Bratislava said."),
    )
    assert len(told(*dated, actor="Hungary")) == 1
    assert told(*dated, actor="Slovakia") == []
