"""Actors under several names and offices, reports by them, and who stands behind each row of a record."""

from __future__ import annotations

import dataclasses
from typing import Any

from sqlalchemy import Connection, select

from communique.model import Actor, ActorKind, Report, Span
from communique.record import Record
from communique.record.database import tables as t
from record_samples import made, put, reading


def person(name: str, country: str = "RUS", role: str | None = None) -> Actor:
    key = f"person:{name.lower().replace(' ', '-')}"
    return Actor(key, name, ActorKind.PERSON, country, role, (Span(0, len(name)),), principal=country.lower())


def said_by(actor: Actor, published: str | None, number: int = 0) -> str:
    """Return the report's text after the speaker, so that texts differ."""
    return f"{actor.name} said it would do {number} on {published} only if Japan changed course, TASS reported."


def add(record: Record, actor: Actor, published: str | None = "2023-05-01", number: int = 0) -> str:
    report: Report = made(said_by(actor, published, number), published=published)
    return put(record, reading(report, speaker=actor))


MATSUNO = person("Chief Cabinet Secretary Hirokazu Matsuno", "JPN", "Chief Cabinet Secretary")
MATSUNO = dataclasses.replace(MATSUNO, id="person:hirokazu-matsuno", name="Hirokazu Matsuno")
HAYASHI = dataclasses.replace(MATSUNO, id="person:yoshimasa-hayashi", name="Yoshimasa Hayashi")
SPOKESMAN = Actor(
    "jpn/spokesperson",
    "Japan's top government spokesman",
    ActorKind.OFFICE,
    "JPN",
    "top government spokesman",
    (Span(0, 7),),
    principal="jpn",
)


def roots(connection: Connection) -> dict[str, Any]:
    """Who stands behind every statement, condition and party, by public keys alone."""
    names = {row.id: row.key for row in connection.execute(select(t.canonical_actor.c.id, t.canonical_actor.c.key))}
    issues = {row.id: row.key for row in connection.execute(select(t.canonical_issue.c.id, t.canonical_issue.c.key))}
    found: dict[str, Any] = {}
    keys = {}
    for s in connection.execute(select(t.statement)):
        keys[s.id] = s.key
        found[s.key] = (names.get(s.speaker_root), names.get(s.party_root), s.country)
    for c in connection.execute(select(t.condition)):
        found[c.key] = (names.get(c.holder_root), names.get(c.must_act_root), c.country)
    for p in connection.execute(select(t.statement_party)):
        found[f"{keys[p.statement_id]} {p.role} {p.position}"] = names[p.actor_root]
    for i in connection.execute(select(t.statement_issue)):
        found[f"{keys[i.statement_id]} about"] = (issues[i.issue_root], names.get(i.speaker_root), i.country)
    for a in connection.execute(select(t.canonical_actor)):
        found[a.key] = (names[a.root_id], names.get(a.merged_into))
    return found


def state(record: Record) -> dict[str, Any]:
    with record.reading() as connection:
        return roots(connection)
