"""Groups of wire copies: the largest first, page by page, and each copy measured against its origin."""

from __future__ import annotations

import pytest

from communique.errors import BadFilter, NotInRecord
from communique.record import Record
from copied_texts import edited, first, words
from record_samples import made, put, reading


def add(record: Record, key: str, text: str, day: int) -> None:
    put(record, reading(made(text, id=key, outlet=key.title(), published=f"2024-05-{day:02}")))


@pytest.fixture
def several(record: Record) -> Record:
    """Two groups, of three reports and of two, and one report that nobody reprinted."""
    ferry, quota = words("ferry", 200), words("quota", 200)
    add(record, "ferry-wire", ferry, 2)
    add(record, "ferry-daily", edited(ferry), 3)
    add(record, "ferry-weekly", first(ferry, 100), 4)
    add(record, "quota-wire", quota, 5)
    add(record, "quota-daily", quota, 6)
    add(record, "alone", words("alone", 200), 7)
    return record


def test_the_largest_comes_first_with_its_outlets(several: Record) -> None:
    page = several.copy_groups()
    assert [(each.origin.report, each.origin.copies, each.outlets) for each in page.rows] == [
        ("ferry-wire", 2, ("Ferry-Wire", "Ferry-Daily", "Ferry-Weekly")),
        ("quota-wire", 1, ("Quota-Wire", "Quota-Daily")),
    ]
    assert page.next is None


def test_the_list_goes_on_at_its_cursor(several: Record) -> None:
    one = several.copy_groups(limit=1)
    two = several.copy_groups(limit=1, after=one.next)
    assert [page.rows[0].origin.report for page in (one, two)] == ["ferry-wire", "quota-wire"]
    assert two.next is None


@pytest.mark.parametrize("report", ["ferry-wire", "ferry-weekly"])
def test_a_group_is_found_by_any_of_its_reports(several: Record, report: str) -> None:
    group = several.copy_group(report)
    assert group.origin.report == "ferry-wire"
    assert [(each.row.report, each.kind) for each in group.copies] == [
        ("ferry-daily", "near-identical"),
        ("ferry-weekly", "partly copied"),
    ]
    assert all(each.contained > 0.9 for each in group.copies)
    assert group.left == 0


def test_a_report_without_copies_is_a_group_of_its_own(several: Record) -> None:
    assert several.copy_group("alone").copies == ()


def test_what_is_not_there_is_named(several: Record) -> None:
    with pytest.raises(NotInRecord, match="nothing"):
        several.copy_group("nothing")


@pytest.mark.parametrize("cursor", ["", "x", "1_2024_", "9" * 40, "1_2024-01-01_1; DROP TABLE report"])
def test_a_cursor_of_another_list_is_refused(several: Record, cursor: str) -> None:
    with pytest.raises(BadFilter):
        several.copy_groups(after=cursor)
