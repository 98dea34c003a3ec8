"""Who held which office when: by what reports say beside a name, and by the dated lexicon.

An office's key is that of the actor that a reading makes of it: ``jpn/chief-cabinet-secretary``,
``rus/foreign-ministry/spokesperson``. A report that writes "Chief Cabinet Secretary Yoshimasa Hayashi" is evidence
that he held that office on its date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, delete, insert, select

from communique.lexicon import alternatives, listed, load
from communique.model import Actor, ActorKind, Reading, Span
from communique.record.database import tables as t
from communique.record.database.fold import words_of
from communique.record.database.values import packed, sortable, spans_of, storable

if TYPE_CHECKING:
    from communique.lexicon.officeholders import Term

_SPOKES = listed("entities", "spokespersons")
_FORMER = re.compile(rf"(?i)\s*(?:{alternatives('offices', 'holding', 'not_in_office')}|late\b)")
_STATES_OWN = {("usa", "foreign-minister"): "secretary-of-state", ("gbr", "foreign-secretary"): "foreign-minister"}
_MOST_HOLDINGS = 20
"""Reports of an office, nearest in time, that are looked at for who held it."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An actor in an office: on a day that a report shows it, or from one month to another by the lexicon.

    ``since`` and ``until`` are days or months, ``until`` "" for one still in office; ``report`` and ``span`` are the
    evidence, None for the lexicon's.
    """

    actor: str
    office: str
    since: str
    until: str
    report: str | None
    span: Span | None


def office_key(local_id: str, kind: str, role: str | None, country: str | None, principal: str | None) -> str | None:
    """Return the key of the office that an actor is, or has beside the name; None where there is none."""
    words = (role or "").lower().split()
    if _FORMER.match(role or ""):
        return None
    owner, _, last = local_id.rpartition("/") if kind == ActorKind.OFFICE and "/" in local_id else ("", "", "")
    owner = owner or principal or (country.lower() if country else "")
    if not owner or owner.startswith(("person:", "unnamed:", "office:", "outlet:")):
        return None
    holder = owner.split("/")[0]
    named = _named().get(" ".join(words))
    if named:
        return f"{holder}/{_STATES_OWN.get((holder, named), named)}"
    if words and words[-1] in _SPOKES or last == "spokesperson":
        return f"{owner}/spokesperson"
    if last:
        return local_id
    return f"{holder}/{'-'.join(words_of(' '.join(words)))}" if words else None


def is_sole(office: str) -> bool:
    """Whether an office has one holder at a time."""
    return office.rpartition("/")[2] in set(load("offices")["sole"]["offices"])


@cache
def _named() -> dict[str, str]:
    rows = load("offices")["offices"].items()
    found: dict[str, str] = {}
    for office, names in rows:
        for name in names:
            found.setdefault(name, office)
    return found


def note_holdings(connection: Connection, report_id: int, reading: Reading, *, current: bool) -> None:
    """Keep what a report shows of who held which office on its date, in place of what its older reading showed."""
    if not current:
        return
    connection.execute(delete(t.office_holding).where(t.office_holding.c.report_id == report_id))
    day = sortable(reading.report.published)[:10]
    rows = []
    for actor in reading.actors:
        if not day or actor.kind is not ActorKind.PERSON or not actor.role:
            continue
        office = office_key(actor.id, actor.kind, actor.role, actor.country, actor.principal)
        span = _shown(reading.report.text, actor)
        if office is not None and span is not None:
            rows.append((actor, office, span))
    if not rows:
        return
    keys = {storable(actor.id) for actor, _, _ in rows}
    numbers = {
        row.key: row.id
        for row in connection.execute(
            select(t.canonical_actor.c.key, t.canonical_actor.c.id).where(t.canonical_actor.c.key.in_(keys))
        )
    }
    connection.execute(
        insert(t.office_holding),
        [
            {
                "actor_id": numbers[storable(actor.id)],
                "office": storable(office),
                "country": actor.country,
                "held_from": day,
                "held_until": day,
                "report_id": report_id,
                "span": packed([span]),
            }
            for actor, office, span in rows
        ],
    )


def _shown(text: str, actor: Actor) -> Span | None:
    """The first place where the report writes the office with the name, else the first where it has the name."""
    role, last = (actor.role or "").casefold(), actor.name.split()[-1].casefold() if actor.name.split() else ""
    named = [span for span in actor.mentions if last and last in text[span.start : span.end].casefold()]
    titled = [span for span in named if role in text[span.start : span.end].casefold()]
    return next(iter(titled or named), None)


def seen_in_office(connection: Connection, office: str, day: str) -> tuple[tuple[Holding, ...], tuple[Holding, ...]]:
    """Return whom reports show in an office nearest to a day: up to and on it, and from it on."""
    held = t.office_holding
    shown = _holdings().where(held.c.office == office, held.c.report_id.is_not(None))
    before = shown.where(held.c.held_from <= day).order_by(held.c.held_from.desc())
    after = shown.where(held.c.held_from >= day).order_by(held.c.held_from)
    return _nearest(connection, before), _nearest(connection, after)


def holdings_of(connection: Connection, actor: str) -> list[Holding]:
    """Return the offices of an actor and of all that are one with it, by date: as reports show, then by the lexicon."""
    from communique.lexicon.officeholders import terms_of

    root = select(t.canonical_actor.c.root_id).where(t.canonical_actor.c.key == actor).scalar_subquery()
    rows = connection.execute(
        _holdings().where(t.canonical_actor.c.root_id == root).order_by(t.office_holding.c.held_from, t.report.c.key)
    )
    shown = [_holding(row) for row in rows]
    keys = connection.scalars(select(t.canonical_actor.c.key).where(t.canonical_actor.c.root_id == root))
    known = [
        Holding(actor, f"{term.owner}/{term.office}", term.since, term.until, None, None)
        for key in sorted(keys)
        for term in terms_of(key)
    ]
    return shown + known


def by_lexicon(office: str, day: str) -> tuple[Term, ...]:
    """Return the lexicon's terms of an office that hold on a day."""
    from communique.lexicon.officeholders import by_office

    owner, _, name = office.rpartition("/")
    state, _, body = owner.partition("/")
    rows = by_office().get((state, f"{body}-{name}" if body else name), ())
    return tuple(term for term in rows if term.holds(day[:7]))


def _holdings() -> Select[Any]:
    held = t.office_holding
    return (
        select(
            t.canonical_actor.c.key,
            held.c.office,
            held.c.held_from,
            held.c.held_until,
            t.report.c.key.label("report"),
            held.c.span,
        )
        .join(t.canonical_actor, t.canonical_actor.c.id == held.c.actor_id)
        .outerjoin(t.report, t.report.c.id == held.c.report_id)
    )


def _nearest(connection: Connection, query: Select[Any]) -> tuple[Holding, ...]:
    """The holdings of the first day only: two on one day contradict each other."""
    found: list[Holding] = []
    for row in connection.execute(query.limit(_MOST_HOLDINGS)):
        each = _holding(row)
        if found and each.since != found[0].since:
            break
        found.append(each)
    return tuple(found)


def _holding(row: Any) -> Holding:
    key, office, since, until, report, span = row
    return Holding(key, office, since or "", until or "", report, spans_of(span)[0] if span else None)
