"""The JSON API, described by /api/openapi.json.

Lists are pages: ``rows`` and ``next``, the cursor to ask on with as ``after`` (None at the end). A cursor stays good
when the record grows. Whatever is no success is ``{"error": {"status", "where", "reason"}}``.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import APIRouter, Body, Depends, Path, Request
from fastapi.responses import Response

from communique.errors import JudgementRefused
from communique.record import Record
from communique.record.query.copy_groups import CopyGroup, OpenedGroup
from communique.record.query.paging import PAGE
from communique.record.query.rows import ActorRow, ConditionRow, IssueRow, ReportRow, StatementRow
from communique.web.answers import as_json
from communique.web.list_requests import Cursor, Limit, ListRequest, NameListRequest, Version, asked, asked_names
from communique.web.lists import counted, listing
from communique.web.problems import ProblemAnswer

PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemAnswer} for status in (400, 401, 403, 404, 413, 421, 422, 503)
}
router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["record"])
R = TypeVar("R")
Key = Annotated[str, Path(max_length=2000, description="A key, as a list gives it.")]


@dataclass(frozen=True)
class PageOf(Generic[R]):
    """A page of a list."""

    rows: list[R]
    next: str | None


def held(request: Request) -> Record:
    """Return the record behind the desk."""
    record = request.app.state.record
    assert isinstance(record, Record)
    return record


Held = Annotated[Record, Depends(held)]
Wanted = Annotated[ListRequest, Depends(asked)]
WantedNames = Annotated[NameListRequest, Depends(asked_names)]


@router.get("/statements", response_model=PageOf[StatementRow])
def statements(record: Held, wanted: Wanted) -> Response:
    """List statements."""
    return as_json(listing(record, "statements", wanted).page())


@router.get("/conditions", response_model=PageOf[ConditionRow])
def conditions(record: Held, wanted: Wanted) -> Response:
    """List conditions."""
    return as_json(listing(record, "conditions", wanted).page())


@router.get("/reports", response_model=PageOf[ReportRow])
def reports(record: Held, wanted: Wanted) -> Response:
    """List reports."""
    return as_json(listing(record, "reports", wanted).page())


@router.get("/actors", response_model=PageOf[ActorRow])
def actors(record: Held, wanted: WantedNames) -> Response:
    """List actors, those who say most first."""
    return as_json(listing(record, "actors", wanted).page())


@router.get("/issues", response_model=PageOf[IssueRow])
def issues(record: Held, wanted: WantedNames) -> Response:
    """List issues, those of which most is said first."""
    return as_json(listing(record, "issues", wanted).page())


@router.get("/wire-copies", response_model=PageOf[CopyGroup])
def wire_copies(
    record: Held,
    after: Cursor = None,
    limit: Limit = PAGE,
) -> Response:
    """List the reports that others reprinted, those with most copies first."""
    return as_json(record.copy_groups(limit=limit, after=after or None))


@router.get("/wire-copy/{key:path}", response_model=OpenedGroup)
def wire_copy(record: Held, key: Key) -> Response:
    """Return the group of wire copies that a report is in: its origin, and each copy with how much it took over."""
    return as_json(record.copy_group(key))


@router.get("/report/{key:path}")
def report(record: Held, key: Key, version: Version = None) -> Response:
    """Return a report with its text and all that was read in it, in its newest version or in another."""
    return as_json(record.opened(key, version))


@router.get("/facets")
def facets(request: Request, record: Held, wanted: Wanted) -> Response:
    """Count what the newest statements that a filter lets through are made of."""
    return as_json(counted(request.app, record, wanted.filter))


@router.get("/agreement")
def agreement(record: Held) -> Response:
    """Return how far people agree in what they judged."""
    return as_json(record.agreement())


@dataclass(frozen=True)
class Judging:
    """A judgement to be passed."""

    kind: Literal["statement", "condition", "actor", "issue"]
    key: str
    verdict: Literal["accept", "reject", "correct", "withdraw"]
    correction: dict[str, Any] = dataclasses.field(default_factory=dict)
    note: str | None = None


@router.post("/judgements", status_code=201)
def judge(request: Request, record: Held, judging: Annotated[Judging, Body()]) -> Response:
    """Pass a judgement, signed with the name of whoever is signed in."""
    made = record.judge(
        judging.kind,
        judging.key,
        judging.verdict,
        by=signer(request),
        correction=judging.correction or None,
        note=judging.note,
    )
    return as_json(made, 201)


def signer(request: Request) -> str:
    """Return who signs what this request writes. Raises JudgementRefused where nobody does."""
    user = request.state.user
    if not isinstance(user, str) or not user:
        raise JudgementRefused("judgement", "nobody is signed in: start the desk with --by NAME")
    return user
