"""The annotated reports say what they mean: words become spans, or the load fails."""

from __future__ import annotations

from pathlib import Path

import pytest

from gold_reports import GoldError, find, load_part, load_report

TEXT = "He said no. Later he said that he\nwould come, and she said so."


def at(words: str, **near: tuple[tuple[int, int], ...]) -> str:
    start, end = find(TEXT, words, **near)
    return f"{start}:{TEXT[start:end]}"


def test_words_are_found_whole_and_over_any_white_space() -> None:
    assert at("he would come") == "31:he\nwould come"
    with pytest.raises(GoldError, match="not in the text"):
        at("sai")


def test_words_that_stand_twice_must_be_told_apart() -> None:
    with pytest.raises(GoldError, match="stands 3 times"):
        at("said")
    assert at("said{2}") == "21:said"
    assert at("Later <he> said") == "18:he"
    with pytest.raises(GoldError, match="not that often"):
        at("said{4}")


def test_the_nearest_place_is_meant_where_one_is_given() -> None:
    assert at("said", near=((26, 46),)) == "21:said"
    assert at("said", near=((57, 59),)) == "54:said"


def test_a_long_piece_is_given_by_its_ends() -> None:
    assert at("that he [...] come") == "26:that he\nwould come"


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_every_report_loads_and_is_our_own_writing(part: str) -> None:
    reports = load_part(part)
    assert len(reports) >= 20
    assert len({report.id for report in reports}) == len(reports)
    for report in reports:
        assert 100 <= len(report.text.split()) <= 400, report.id
        assert report.statements, report.id
        assert report.actors, report.id


def test_the_two_parts_share_no_report() -> None:
    assert not {r.id for r in load_part("seen")} & {r.id for r in load_part("unseen")}


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text(
        'id = "odd"\noutlet = ""\npublished = "2024-01-01"\nown_writing = true\ntext = "Rome said no."\n'
        '[[statement]]\nsource = "Rome"\ncue = "said"\ncontent = "no"\nspeaker = "Italy"\nspeeker = "x"\n'
    )
    with pytest.raises(GoldError, match=r"odd\.toml: unknown keys in statement: speeker"):
        load_report(path)


def test_a_statement_within_a_statement_has_it_as_parent(tmp_path: Path) -> None:
    path = tmp_path / "nested.toml"
    path.write_text(
        'id = "nested"\noutlet = ""\npublished = "2024-01-01"\nown_writing = true\n'
        'text = "Rome said that Paris wanted a vote."\n'
        '[[statement]]\nsource = "Paris"\ncue = "wanted"\ncontent = "a vote"\nspeaker = "France"\nact = "demand"\n'
        '[[statement]]\nsource = "Rome"\ncue = "said"\ncontent = "that Paris wanted a vote"\nspeaker = "Italy"\n'
    )
    inner, outer = load_report(path).statements
    assert (inner.parent, outer.parent) == (1, None)
    assert (inner.acts, outer.acts) == (("demand",), ("assert",))
