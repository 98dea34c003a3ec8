"""The record as FollowTheMoney entities (https://followthemoney.tech), one JSON object a line.

Actors become Person, PublicBody, Organization or LegalEntity, territories Territory, offices Position, reports Article.
A statement is a Documentation link between its report and its speaker; who is named where is a Mention; an office that
a report shows is an Occupancy of a Position. Entities' ids follow from public keys, so that two exports of one record
give the same ids.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Connection, select

from communique.identity import digest
from communique.lexicon import load
from communique.record.database import tables as t
from communique.record.database.values import sortable
from communique.record.exchange.report_view import ReportView, report_views

_SCHEMA = {
    "person": "Person",
    "state": "PublicBody",
    "territory": "Territory",
    "body": "PublicBody",
    "organisation": "Organization",
    "outlet": "Organization",
    "group": "Organization",
    "office": "Position",
    "unnamed": "LegalEntity",
}
_LEGAL = frozenset({"Person", "PublicBody", "Organization", "LegalEntity"})
"""The schemata of which a Mention may say that it is resolved to one: those that are a LegalEntity."""

_PAGE = 500


def write(connection: Connection, stream: BinaryIO, chosen: ColumnElement[bool] | None) -> None:
    """Write the entities of the chosen reports and of all actors that stand for others or themselves."""
    for entity in entities(connection, chosen):
        stream.write((json.dumps(entity, ensure_ascii=False) + "\n").encode())


def entities(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    """Yield the entities as plain values: actors, then each report with its links, then who held which office."""
    yield from _actors(connection)
    for view in report_views(connection, chosen):
        yield from _report(view)
    yield from _offices(connection, chosen)


def _actors(connection: Connection) -> Iterator[dict[str, Any]]:
    c = t.canonical_actor.c
    query = select(t.canonical_actor).where(c.root_id == c.id).order_by(c.key)
    for page in connection.execute(query, execution_options={"stream_results": True}).partitions(_PAGE):
        names: dict[int, list[str]] = {}
        rows = connection.execute(
            select(c.root_id, t.actor_name.c.name)
            .join(t.actor_name, t.actor_name.c.actor_id == c.id)
            .where(c.root_id.in_([row.id for row in page]))
            .order_by(c.root_id, t.actor_name.c.name_words)
        )
        for row in rows:
            names.setdefault(row.root_id, []).append(row.name)
        for row in page:
            aliases = [name for name in names.get(row.id, []) if name != row.name]
            yield _entity(
                _SCHEMA[row.kind],
                ("actor", row.key),
                name=[row.name or row.key],
                alias=aliases,
                country=_country(row.country),
            )


def _report(view: ReportView) -> Iterator[dict[str, Any]]:
    report, key = view.report, view.held.key
    published = [day.removesuffix("Z")] if (day := sortable(report.published)) else []
    article = ("report", key)
    yield _entity(
        "Article",
        article,
        name=[report.title or key],
        title=[report.title],
        fileName=[key],
        author=[report.author],
        publisher=[report.outlet],
        sourceUrl=[report.url],
        publishedAt=published,
        bodyText=[view.text],
        language=["eng"],
    )
    for party in {party.local_id: party for party in view.parties.values()}.values():
        yield _entity(
            "Mention",
            ("mention", key, party.local_id),
            document=[_id(*article)],
            resolved=[_id("actor", party.key)] if _SCHEMA[party.kind] in _LEGAL else [],
            name=[party.name or party.local_id],
            detectedSchema=[_SCHEMA[party.kind]],
            contextCountry=_country(party.country),
        )
    for row in view.statements:
        speaker = view.party(row["speaker"])
        if speaker is not None:
            yield _entity(
                "Documentation",
                ("statement", row["id"]),
                document=[_id(*article)],
                entity=[_id("actor", speaker.key)],
                role=[f"speaker: {row['act']}"],
                summary=[view.words(row["content"])],
                date=[row["said_on"] or "".join(published)[:10]],
                recordId=[row["id"]],
                status=[row["verdict"]],
                sourceUrl=[report.url],
            )


def _offices(connection: Connection, chosen: ColumnElement[bool] | None) -> Iterator[dict[str, Any]]:
    held, root, own = t.office_holding, t.canonical_actor.alias("root"), t.canonical_actor.alias("own")
    query = (
        select(root.c.key, held.c.office, held.c.country, held.c.held_from, t.report.c.key.label("report"))
        .join(own, own.c.id == held.c.actor_id)
        .join(root, root.c.id == own.c.root_id)
        .join(t.report, t.report.c.id == held.c.report_id)
        .order_by(held.c.office, held.c.held_from, t.report.c.key, root.c.key)
    )
    known: str | None = None
    for row in connection.execute(query if chosen is None else query.where(chosen)):
        post = ("position", row.office)
        if row.office != known:
            known = row.office
            words = row.office.replace("/", " ").replace("-", " ")
            yield _entity("Position", post, name=[words], country=_country(row.country))
        yield _entity(
            "Occupancy",
            ("occupancy", row.office, row.key, row.report),
            holder=[_id("actor", row.key)],
            post=[_id(*post)],
            date=[row.held_from],
            proof=[_id("report", row.report)],
        )


def _entity(schema: str, key: tuple[str, ...], /, **properties: Sequence[str | None]) -> dict[str, Any]:
    given = {field: [value for value in values if value] for field, values in properties.items()}
    return {
        "id": _id(*key),
        "schema": schema,
        "properties": {field: values for field, values in given.items() if values},
    }


def _id(*name: str) -> str:
    return f"communique-{digest(*name, size=16)}"


def _country(code: str | None) -> list[str | None]:
    return [load("country_codes")["alpha2"].get((code or "").lower())]
