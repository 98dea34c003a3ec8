"""The network page: who stands with whom, as a picture and as a table, and pictures of issues as files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from communique.analysis.networks import (
    Aggregation,
    Duplicates,
    Network,
    NetworkMode,
    Normalization,
    Settings,
    read_record,
)
from communique.analysis.networks import network as network_of
from communique.analysis.networks.writing import as_data
from communique.brief.pictures.drawing import draw
from communique.brief.pictures.network import network_picture
from communique.brief.pictures.png import png
from communique.errors import BadFilter, NotInRecord
from communique.record import Record
from communique.record.query.date_bounds import bound
from communique.record.query.lookup import find_issue
from communique.web import answers
from communique.web.api import Held
from communique.web.list_requests import Day

router = APIRouter(include_in_schema=False)
MOST_TIES = 100
_TITLES = {"one": "Who stands with whom", "two": "Who stands on what"}
Part = Annotated[str | None, Query(max_length=2000)]


@dataclass(frozen=True, slots=True)
class Tie:
    """Two who are tied, how strongly, and whether that rests on tentative positions alone."""

    one: str
    other: str
    weight: float
    tentative: bool


def _network(record: Record, wanted: Wanted) -> Network:
    mode = NetworkMode(wanted.mode)
    usual = Aggregation.CONGRUENCE if mode is NetworkMode.ONE else Aggregation.SUBTRACT
    settings = Settings(
        mode=mode,
        aggregation=Aggregation(wanted.aggregation) if wanted.aggregation else usual,
        normalization=Normalization(wanted.normalization),
        duplicates=Duplicates.DOCUMENT,
        since=_day(wanted.since),
        until=_day(wanted.until),
    )
    with record.reading() as connection:
        return network_of(read_record(connection, qualified=True), settings)


def _day(given: str | None) -> date | None:
    if not given:
        return None
    try:
        return date.fromisoformat(f"{bound(given)[:10]}-01-01"[:10])
    except ValueError as error:
        raise BadFilter(given, "no date: write 2024, 2024-10 or 2024-10-04") from error


Mode_ = Annotated[Literal["one", "two"], Query()]
Aggregations = Annotated[Literal["", "ignore", "congruence", "conflict", "subtract", "combine"], Query()]
Normalizations = Annotated[Literal["", "none", "average", "jaccard", "cosine", "activity", "prominence"], Query()]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the network is made, as the address says."""

    mode: str
    aggregation: str
    normalization: str
    since: str | None
    until: str | None


def _wanted(
    mode: Mode_ = "one",
    aggregation: Aggregations = "",
    normalization: Normalizations = "none",
    since: Day = None,
    until: Day = None,
) -> Wanted:
    return Wanted(mode, aggregation, normalization or "none", since or None, until or None)


@router.get("/network")
def shown(request: Request, record: Held, wanted: Annotated[Wanted, Depends(_wanted)]) -> Response:
    """Draw who stands with whom, or on what."""
    found = _network(record, wanted)
    rows = _ties(found)
    return answers.page(
        request,
        "network.html",
        title="Network",
        found=found,
        rows=rows[:MOST_TIES],
        more=max(0, len(rows) - MOST_TIES),
        picture=network_picture(_TITLES[wanted.mode], found) if rows else None,
        given=answers.plain(wanted),
    )


@router.get("/network.{form}")
def as_file(
    record: Held, form: Literal["json", "csv", "svg", "png"], wanted: Annotated[Wanted, Depends(_wanted)]
) -> Response:
    """Return the same as a file."""
    found = _network(record, wanted)
    if form == "json":
        return answers.as_json(as_data(found))
    if form == "csv":
        return answers.as_csv(_ties(found), ("one", "other", "weight", "tentative"))
    return _picture(network_picture(_TITLES[wanted.mode], found), form)


def _ties(found: Network) -> list[Tie]:
    ties = sorted(found.ties(), key=lambda tie: (-abs(tie[2]), tie[0], tie[1]))
    return [
        Tie(found.rows[one], found.cols[other], weight, (one, other) in found.tentative) for one, other, weight in ties
    ]


@router.get("/pictures/{kind}.{form}")
def picture(
    record: Held,
    kind: Literal["timeline", "waiting", "distance", "matrix"],
    form: Literal["svg", "png"],
    issue: Part = None,
    as_of: Day = None,
) -> Response:
    """Draw one picture as a file."""
    with record.reading() as connection:
        named = find_issue(connection, issue) if issue else None
        drawn = draw(connection, kind, named, as_of or None)
    if drawn is None:
        raise NotInRecord(kind, "there is nothing to draw")
    return _picture(drawn, form)


def _picture(svg: str, form: str) -> Response:
    if form == "png":
        return Response(png(svg), media_type="image/png")
    return Response(svg.encode("utf-8", "replace"), media_type="image/svg+xml")
