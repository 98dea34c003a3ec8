"""A position is what the weightiest of a party's newest voices says, as of a day."""

from __future__ import annotations

from typing import Any

from communique.analysis.evidence import Evidence, HeldCondition, without_restatements
from communique.analysis.positions import Position, pace, position_of
from communique.model import ConditionKind, Span, Stance
from communique.record import Record
from record_samples import made, put, reading


def said(stance: Stance | None, day: str, rank: int = 4, *, only_if: str = "", **fields: Any) -> Evidence:
    held = (HeldCondition("c", ConditionKind.NECESSARY, only_if, "", "rus", "jpn", 0.9),) if only_if else ()
    given = {
        "id": hash((day, rank, stance)),
        "key": f"s-{day}-{rank}-{stance}",
        "report": f"r-{day}",
        "title": None,
        "outlet": None,
        "url": None,
        "published_at": day,
        "day": day,
        "speaker": "rus",
        "speaker_name": "Russia",
        "party": "rus",
        "rank": rank,
        "act": "assert",
        "stance": stance,
        "content": "the treaty",
        "at": (Span(0, 10),),
        "confidence": 0.9,
        "voice": hash(day) % 1000,
        "voices": 1,
        "conditions": held,
        **fields,
    }
    return Evidence(**given)


def stands(*evidence: Evidence, as_of: str = "2024-07-01", stale_after: int | None = None) -> Position | None:
    newest_first = sorted(evidence, key=lambda e: e.published_at, reverse=True)
    return position_of(newest_first, "rus", "treaty", as_of, stale_after)


def test_who_takes_no_stance_has_no_position() -> None:
    assert stands() is None
    assert stands(said(None, "2024-06-05")) is None


def test_a_head_of_state_outranks_a_spokesman_of_the_same_days() -> None:
    position = stands(said(Stance.AGAINST, "2024-06-05", 6), said(Stance.FOR, "2024-06-20", 2))
    assert position
    assert position.stance is Stance.AGAINST
    assert position.mixed == (Stance.FOR,)


def test_a_report_that_leaves_out_the_office_does_not_take_it_away() -> None:
    one = {"speaker": "person:ana-tukana"}
    older, newer = said(Stance.AGAINST, "2024-06-05", 5, id=1, **one), said(Stance.FOR, "2024-06-20", 1, id=2, **one)
    assert (stands(older, newer) or older).stance is Stance.FOR
    spokesman = said(Stance.FOR, "2024-06-20", 1, id=2, speaker="person:rosa-quispe")
    assert (stands(older, spokesman) or newer).stance is Stance.AGAINST


def test_older_words_give_way_to_newer_ones_whatever_their_rank() -> None:
    position = stands(said(Stance.AGAINST, "2023-06-05", 6), said(Stance.FOR, "2024-06-20", 2))
    assert position
    assert position.stance is Stance.FOR


def test_an_anonymous_source_sets_a_position_only_where_nobody_else_speaks() -> None:
    anonymous = said(Stance.FOR, "2024-06-20", 0)
    named = stands(said(Stance.AGAINST, "2023-06-05", 2), anonymous)
    assert named
    assert named.stance is Stance.AGAINST
    alone = stands(anonymous)
    assert alone
    assert alone.stance is Stance.FOR


def test_a_records_pace_is_twelve_of_the_gaps_between_its_days(record: Record) -> None:
    with record.reading() as connection:
        assert pace(connection) == 14
    for at, day in enumerate(("2024-01-01", "2024-01-01", "2024-01-06", "2024-01-11", "2024-03-01")):
        put(record, reading(made(f"Russia said it would talk {at} times.", published=day), conditions=False))
    with record.reading() as connection:
        assert pace(connection) == 60
        assert pace(connection, "2024-01-03") == 14


def test_a_position_is_stale_beyond_the_days_given() -> None:
    words = said(Stance.FOR, "2024-06-01")
    fresh, stale = stands(words, stale_after=30), stands(words, stale_after=29)
    assert fresh
    assert stale
    assert (fresh.age, fresh.stale, stale.stale) == (30, False, True)


def test_it_stands_since_the_party_last_turned() -> None:
    steady = said(Stance.FOR, "2021-01-01"), said(Stance.FOR, "2023-01-01"), said(Stance.FOR, "2024-06-01")
    turned = stands(*steady, said(Stance.AGAINST, "2022-01-01", 6))
    assert turned
    assert (turned.since, turned.newest, turned.reaffirmed) == ("2023-01-01", "2024-06-01", 1)
    stray = stands(*steady, said(Stance.AGAINST, "2022-01-01"))
    assert stray
    assert (stray.since, stray.newest, stray.reaffirmed) == ("2021-01-01", "2024-06-01", 2)


def test_conditions_come_with_a_conditional_stance() -> None:
    position = stands(said(Stance.CONDITIONAL, "2024-06-01", only_if="Tokyo leaves Ukraine alone"))
    assert position
    assert [condition.antecedent for condition in position.conditions] == ["Tokyo leaves Ukraine alone"]


def test_what_only_frames_another_statement_of_the_same_speaker_is_not_counted_beside_it() -> None:
    frame = said(Stance.FOR, "2024-06-05", key="outer", relayed=True, content="Putin told reporters that he agreed")
    inner = said(Stance.FOR, "2024-06-05", key="inner", parent="outer", relayed=True, content="that he agreed")
    other = said(Stance.FOR, "2024-06-05", key="other", parent="outer", relayed=True, speaker="jpn")
    assert without_restatements([frame, inner]) == [inner]
    assert without_restatements([frame, other]) == [frame, other]
    assert without_restatements([frame]) == [frame]
