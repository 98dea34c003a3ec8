"""Rows of lists with people's corrections in them; ``as_read`` keeps what the reader had found, by column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, select

from communique.model import Span
from communique.record.database import tables as t
from communique.record.database.values import given
from communique.record.decisions.corrected_parties import root_of
from communique.record.decisions.judgement_log import (
    SPANS,
    Judgement,
    apply_corrections,
    judgements_of_keys,
    judgements_of_rows,
)
from communique.record.query.rows import ActorRow, ConditionRow, IssueRow, StatementRow

CORRECTABLE = ("correct", "disputed")
"""Verdicts under which something may have been corrected."""

_R = TypeVar("_R", StatementRow, ConditionRow)
_N = TypeVar("_N", ActorRow, IssueRow)
_PARTIES = {"statement": ("speaker",), "condition": ("holder", "must_act")}
_PLAIN = {"statement": ("act", "manner", "mode", "said_on"), "condition": ("kind",)}


def correct_rows(connection: Connection, kind: str, rows: Mapping[int, _R], held: Mapping[int, Any]) -> dict[int, _R]:
    """Return rows by number, corrected where people corrected them; ``held`` are the table's rows behind them."""
    numbers = [number for number, row in rows.items() if row.verdict in CORRECTABLE]
    if not numbers:
        return dict(rows)
    judged = judgements_of_rows(connection, kind, numbers)
    texts = _texts(connection, {held[number].version_id for number in judged})
    done = dict(rows)
    for number, judgements in judged.items():
        found = _Found(connection, kind, held[number])
        done[number] = _corrected(found, rows[number], judgements, texts[held[number].version_id])
    return done


def correct_named(connection: Connection, kind: str, rows: Mapping[str, _N]) -> dict[str, _N]:
    """Return actors or issues by key, corrected where people corrected them, and with their verdict."""
    judged = judgements_of_keys(connection, kind, rows)
    done = dict(rows)
    for key, judgements in judged.items():
        row = rows[key]
        before: dict[str, Any] = {"name": row.name, "aliases": list(row.names)}
        if isinstance(row, ActorRow):
            before |= {"kind": row.kind, "country": row.country, "principal": row.principal}
        after = apply_corrections(before, judgements)
        other: list[str] = after.pop("aliases")
        as_read: dict[str, Any] = dict(after.pop("as_read", {}))
        names = row.names
        if as_read.keys() & {"name", "aliases"}:
            names = tuple(dict.fromkeys((after["name"], *other)))
        if "aliases" in as_read:
            as_read["names"] = as_read.pop("aliases")
        done[key] = replace(row, **after, names=names, as_read=as_read or None)
    return done


class _Found:
    """One row as the reader found it, and the record's names for what a correction calls by the report's ids."""

    def __init__(self, connection: Connection, kind: str, held: Any) -> None:
        self.connection = connection
        self.kind = kind
        self.held = held

    def party(self, name: str) -> tuple[str | None, str | None]:
        """Who stood in a column before it was corrected: key and name."""
        own = getattr(self.held, f"{name}_id")
        c = t.canonical_actor.c
        root = self.connection.scalar(select(c.root_id).where(c.id == own)) if own is not None else None
        return self._called(t.canonical_actor, root) if root is not None else (None, None)

    def actors(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Key and name of each actor that a correction names; a name that the record does not know stands for both."""
        roots = ((name, root_of(self.connection, self.held.reading_id, name)[0]) for name in names)
        return [self._called(t.canonical_actor, root) if root else (name, name) for name, root in roots]

    def issues(self, names: Iterable[str]) -> list[tuple[str, str]]:
        """Key and name of each issue that a correction names, in the same way."""
        c, i = t.canonical_issue.c, t.issue.c
        found = []
        for name in names:
            local = select(i.canonical_id).where(i.reading_id == self.held.reading_id, i.local_id == name)
            own = self.connection.scalar(local) or self.connection.scalar(select(c.id).where(c.key == name))
            root = self.connection.scalar(select(c.root_id).where(c.id == own)) if own else None
            found.append(self._called(t.canonical_issue, root) if root else (name, name))
        return found

    def _called(self, table: Table, root: int) -> tuple[str, str]:
        row = self.connection.execute(select(table.c.key, table.c.name).where(table.c.id == root)).one()
        return row.key, row.name


def _corrected(found: _Found, row: _R, judgements: Sequence[Judgement], text: str) -> _R:
    before = _before(found, row)
    after = apply_corrections(before, judgements, text=text)
    as_read: dict[str, Any] = dict(after.get("as_read", {}))
    changes: dict[str, Any] = {name: after[name] for name in _PLAIN[found.kind] if name in as_read}
    for name in SPANS[found.kind]:
        if name in as_read:
            changes |= {name: tuple(Span(*span) for span in after[name]), f"{name}_text": after[f"{name}_text"]}
    for name in _PARTIES[found.kind]:
        if name in as_read:
            changes |= _party(found, name, after[name])
            as_read[f"{name}_name"] = found.party(name)[1]
    if "addressee" in as_read:
        changes |= _several("addressee", "addressee_names", found.actors(after["addressee"]))
    if "about" in as_read:
        as_read["issues"] = as_read.pop("about")
        about = found.issues(after["about"])
        changes |= _several("issues", "issue_names", about)
        changes |= {"issue_probabilities": (1.0,) * len(about), "issue_reasons": ("judged",) * len(about)}
    return replace(row, **changes, as_read=as_read or None)


def _before(found: _Found, row: StatementRow | ConditionRow) -> dict[str, Any]:
    """What a correction may change, as the reader found it."""
    before: dict[str, Any] = {name: getattr(row, name) for name in _PLAIN[found.kind]}
    before |= {name: found.party(name)[0] for name in _PARTIES[found.kind]}
    for name in SPANS[found.kind]:
        before |= {name: [list(span) for span in getattr(row, name)], f"{name}_text": getattr(row, f"{name}_text")}
    if isinstance(row, StatementRow):
        before |= {"addressee": list(row.addressee), "about": list(row.issues)}
    return before


def _party(found: _Found, name: str, named: str | None) -> dict[str, Any]:
    ((key, called),) = found.actors([named]) if named else [(None, None)]
    changes: dict[str, Any] = {name: key, f"{name}_name": called}
    if name == "speaker":
        a = t.actor.c
        own = select(a.role).where(a.reading_id == found.held.reading_id, a.local_id == named)
        changes["role"] = found.connection.scalar(own)
    return changes


def _several(keys: str, names: str, found: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {keys: tuple(key for key, _ in found), names: tuple(name for _, name in found)}


def _texts(connection: Connection, versions: Iterable[int]) -> dict[int, str]:
    v = t.report_version.c
    rows = connection.execute(select(v.id, v.text, v.text_exact).where(v.id.in_(list(versions))))
    return {row.id: given(row.text, row.text_exact) for row in rows}
