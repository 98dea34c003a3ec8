"""Coded statements from the record: a statement with an issue is one for each issue that it is about.

Copies of one report are one voice: of what they say alike, only the copy counts that says it most often (the earliest
among equals), and all of them are one document. What somebody judged wrong is left out, and older versions of reports.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from communique.analysis.networks.coded_statements import Coded, Factor, levels_of
from communique.analysis.networks.grouping import groups
from communique.analysis.networks.tentative import tentative_cells
from communique.errors import BadNetwork
from communique.model import Stance
from communique.record.database.sql import NOT_REJECTED, Askable, ask, ask_columns
from communique.record.database.sql import numbers as listed

NAMES = ("party", "speaker", "issue", "country", "outlet", "act", "stance", "report")
"""What the statements of a record can be drawn between and filtered by."""

QUALIFIERS = {
    "agreement": {Stance.FOR: 1, Stance.AGAINST: 0},
    "stance": {Stance.FOR: 1, Stance.CONDITIONAL: 0, Stance.OPEN: 0, Stance.AGAINST: -1},
}
"""What a stance is worth: agreement knows for and against alone, stance is a scale."""

_NUMBERED = {"party": "i.party_root", "speaker": "i.speaker_root", "issue": "i.issue_root"}
_NAMED = {"country": "i.country", "act": "s.act", "stance": "i.stance"}
_NAMELESS = "#"  # in the key of who is named in one report alone
_AT_ONCE = 500  # rows in one question
_OF_REPORTS = ("outlet", "report")


def read_record(
    connection: Askable,
    *,
    actor: str = "party",
    concept: str = "issue",
    qualifier: str | None = "agreement",
    others: Sequence[str] = (),
    qualified: bool = False,
    nameless: bool = False,
) -> Coded:
    """Return the statements of a record that have the actor and the concept.

    ``actor``, ``concept`` and ``others`` are of `NAMES`, ``qualifier`` of `QUALIFIERS` or None. With ``qualified``,
    statements without a qualifier are not even read. Those who are nobody beyond their report ("officials", "a source")
    come along with ``nameless`` alone. Raises BadNetwork for another name.
    """
    for name in (actor, concept, *others):
        if name not in NAMES:
            raise BadNetwork(name, f"statements of the record have {', '.join(NAMES)}")
    if qualifier is not None and qualifier not in QUALIFIERS:
        raise BadNetwork(qualifier, f"the qualifier of the record's statements is {' or '.join(QUALIFIERS)}")
    worth = QUALIFIERS[qualifier] if qualifier else {}
    wanted = list(dict.fromkeys((actor, concept, *others)))
    columns = _columns(connection, wanted, worth, qualified)
    reports = _reports(connection)
    level = columns.pop("level")
    known = np.array([each is not None for each in level], bool)
    values = np.array([each or 0 for each in level], np.int64)
    at = np.searchsorted(reports["id"], np.array(columns.pop("report_id"), np.int64))
    called = {name: _called(connection, name, columns[name], nameless) for name in wanted if name in _NUMBERED}
    factors = {name: _factor(name, columns, reports, at, called) for name in wanted}
    voice = reports["voice"][at]
    same = [factors[actor].codes, factors[concept].codes, np.where(known, values, 2), voice]
    voices, times = np.unique(reports["voice"], return_counts=True)
    copied = np.isin(voice, voices[times > 1])
    alone, several = np.flatnonzero(~copied), np.flatnonzero(copied)
    kept = several[_one_voice([column[several] for column in same], reports["published_at"], at[several])]
    rows = np.sort(np.concatenate([alone, kept]))
    rows = rows[(factors[actor].codes[rows] >= 0) & (factors[concept].codes[rows] >= 0)]
    levels, binary = levels_of(values[known], qualifier == "agreement")
    if qualifier == "stance":
        levels = (-1, 0, 1)
    first = np.searchsorted(reports["id"], voice)
    keys = Factor.of(reports["key"])
    whole = Coded(
        actor=factors[actor],
        concept=factors[concept],
        document=Factor(keys.names, keys.codes[first]),
        qualifier=values,
        qualified=known,
        levels=levels,
        binary=binary,
        when=np.array([moment[:19] or "NaT" for moment in columns.pop("published_at")], "datetime64[s]"),
        others=factors,
        tentative=tentative_cells(connection, called[actor], called[concept])
        if (actor, concept) == ("party", "issue")
        else frozenset(),
    )
    return whole.take(rows)


def _columns(
    connection: Askable, wanted: Sequence[str], worth: dict[Stance, int], qualified: bool
) -> dict[str, tuple[Any, ...]]:
    levels = " ".join(f"WHEN '{each}' THEN {value}" for each, value in worth.items())
    chosen = {
        "report_id": "s.report_id",
        "published_at": "i.published_at",
        "level": f"CASE i.stance {levels} END" if levels else "NULL",
        **{name: (_NUMBERED | _NAMED)[name] for name in wanted if name not in _OF_REPORTS},
    }
    columns = ", ".join(f"{column} AS {name}" for name, column in chosen.items())
    question = f"""
        SELECT {columns}
        FROM statement_issue i JOIN statement s ON s.id = i.statement_id
        WHERE i.current = 1 AND {NOT_REJECTED}"""
    if worth and qualified:
        question += f" AND i.stance IN ({', '.join(repr(each.value) for each in worth)})"
    return ask_columns(connection, f"{question} ORDER BY i.statement_id, i.issue_id")


def _reports(connection: Askable) -> dict[str, Any]:
    columns = ask_columns(connection, "SELECT id, key, voice, outlet, published_at FROM report ORDER BY id")
    return columns | {name: np.array(columns[name], np.int64) for name in ("id", "voice")}


def _factor(
    name: str,
    columns: dict[str, Any],
    reports: dict[str, Any],
    at: NDArray[np.int64],
    called: Mapping[str, Mapping[int, str]],
) -> Factor:
    if name in _OF_REPORTS:
        values = Factor.of(reports["outlet" if name == "outlet" else "key"])
        return Factor(values.names, values.codes[at])
    if name in _NAMED:
        return Factor.of(columns[name])
    held, places = np.unique(_rows(columns[name]), return_inverse=True)
    factor = Factor.of([called[name].get(number) for number in held.tolist()])
    return Factor(factor.names, factor.codes[places])


def _called(connection: Askable, name: str, column: Sequence[int | None], nameless: bool) -> dict[int, str]:
    table = "canonical_issue" if name == "issue" else "canonical_actor"
    return _names(connection, table, np.unique(_rows(column)).tolist(), nameless)


def _rows(column: Sequence[int | None]) -> NDArray[np.int64]:
    return np.array([-1 if number is None else number for number in column], np.int64)


def _names(connection: Askable, table: str, numbers: list[int], nameless: bool) -> dict[int, str]:
    """The names by row; two that go by the same name have their key beside it."""
    rows = _some(connection, table, [number for number in numbers if number >= 0])
    found = {row[0]: (row[1], row[2]) for row in rows if nameless or _NAMELESS not in row[2]}
    twice: dict[str, int] = {}
    for name, _ in found.values():
        twice[name] = twice.get(name, 0) + 1
    return {number: name if twice[name] == 1 else f"{name} ({key})" for number, (name, key) in found.items()}


def _some(connection: Askable, table: str, numbers: list[int]) -> list[Any]:
    rows: list[Any] = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = listed(numbers[start : start + _AT_ONCE])
        rows += ask(connection, f"SELECT id, name, key FROM {table} WHERE id IN {some}")
    return rows


def _one_voice(same: list[NDArray[np.int64]], published: Sequence[str], at: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows that stay where copies of a report count as one voice.

    ``same`` are the columns in which two statements of a voice are alike, ``at`` each statement's report.
    """
    if not at.size:
        return at
    said = groups(same)
    told, first, counts = np.unique(groups([said, at]), return_index=True, return_counts=True)
    place = {report: n for n, report in enumerate(sorted(set(at.tolist()), key=lambda each: (published[each], each)))}
    earliness = np.array([place[report] for report in at[first].tolist()], np.int64)
    order = np.lexsort((earliness, -counts, said[first]))
    best = order[np.unique(said[first][order], return_index=True)[1]]
    stays = np.zeros(len(told), bool)
    stays[best] = True
    return np.flatnonzero(stays[np.searchsorted(told, groups([said, at]))])
