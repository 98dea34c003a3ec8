"""How often each reason for which a statement is about an issue is right, as the benchmark counts it."""

from __future__ import annotations

from assignment_reasons import lines, triples

GOLD = {
    "positions": [{"party": "Kenya", "issue": "fee", "reports": ["a", "b"]}],
    "unchanged": [{"party": "Kenya", "issue": "patrols"}],
    "changes": [{"party": "Somalia", "issue": "fee", "before": ["a"], "after": ["c"]}],
    "contradictions": [{"party": "Somalia", "issue": "patrols", "reports": [["d", "e"], ["d", "f"]]}],
    "waits": [{"holder": "Kenya", "issue": "patrols", "reports": ["g"]}],
}


def test_gold_names_a_party_an_issue_and_a_report_in_positions_changes_contradictions_and_waits() -> None:
    assert triples(GOLD) == {
        *(("Kenya", "fee", report) for report in "ab"),
        *(("Somalia", "fee", report) for report in "ac"),
        *(("Somalia", "patrols", report) for report in "def"),
        ("Kenya", "patrols", "g"),
    }


def test_what_is_right_as_often_as_a_name_is_as_probable() -> None:
    every = [(reason, at % 2 == 0, True) for reason in ("name", "pronoun") for at in range(1000)]
    rows = {row.split("`")[1]: row.split("|") for row in lines(every) if "`" in row}
    assert [cell.strip() for cell in rows["name"][2:4]] == ["1000", "50.0"]
    assert float(rows["pronoun"][-2]) > 0.94
    assert float(rows["tie"][-2]) == float(rows["tie"][-3])


def test_without_a_statement_what_is_set_by_hand_stays() -> None:
    for row in lines([]):
        cells = row.split("|")
        assert "`" not in row or float(cells[-2]) == float(cells[-3])
