"""The lexicon's files are whole: every code, date and reference in them means something."""

from __future__ import annotations

import re

import pytest

from communique.lexicon import listed, load
from communique.lexicon.officeholders import by_office, terms
from communique.reading.entities.gazetteer import coded_states, find_matches, state_names, table


def test_states_have_alpha_3_codes_and_names() -> None:
    states = load("states")["states"]
    assert len(states) > 195
    assert all(re.fullmatch(r"[a-z]{3}", key) and row["name"] for key, row in states.items())


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError):
        load("no-such-file")


def test_a_list_of_words_is_ready_for_look_ups() -> None:
    assert "in" in listed("metonymy", "inside")


def test_every_term_of_office_has_an_owner_and_an_order_of_dates() -> None:
    organisations = load("organisations")["international"].keys() | load("groups")["groups"].keys()
    for term in terms():
        assert term.owner in coded_states() or term.owner.removeprefix("org:") in organisations, term
        assert not term.until or term.since <= term.until, term


def test_few_offices_have_two_holders_at_a_time() -> None:
    for office, rows in by_office().items():
        if office[1] not in ("president", "prime-minister", "foreign-minister", "secretary-general"):
            continue
        holders = [row for row in rows if row.holds("2024-02")]
        assert len({row.person for row in holders}) <= 1, office


def test_outlets_are_of_known_countries() -> None:
    codes = {key.upper() for key in coded_states()} | {"XXX"}
    assert load("outlets")["outlets"].keys() <= codes


def test_the_table_holds_every_state() -> None:
    ids = {pattern.entry.id for patterns in table().values() for pattern in patterns}
    assert state_names().keys() <= ids
    assert callable(find_matches)
