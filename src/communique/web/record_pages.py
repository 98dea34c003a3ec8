"""The pages that show: overview, lists, reports, issues, actors. Each is also there as .json and .csv."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from communique.errors import BadFilter, NotInRecord, UnknownName
from communique.model import Act, ConditionKind
from communique.record import Record
from communique.record.query.copy_groups import CopyGroup
from communique.record.query.filter_options import FIELDS
from communique.record.query.filters import JUDGED, Filter
from communique.record.query.paging import PAGE, SORTS_OF
from communique.web import answers, issues
from communique.web.actors import actor_page
from communique.web.api import Held, Key, Wanted, WantedNames
from communique.web.issues import issue_page
from communique.web.list_requests import (
    MOST_CHARACTERS,
    Cursor,
    Day,
    Limit,
    ListRequest,
    NameListRequest,
    Names,
    Version,
)
from communique.web.lists import MOST_ROWS, choices, columns, counted, listing
from communique.web.reports import lay_out

router = APIRouter(include_in_schema=False)

TITLES = {
    "statements": "Statements",
    "conditions": "Conditions",
    "reports": "Reports",
    "actors": "Actors",
    "issues": "Issues",
}
_QUOTE = re.compile(r"(\d{1,9})-(\d{1,9})\Z")
Quote = Annotated[str | None, Query(max_length=40, description="A span of the text, as 10-52.")]
MOST_GROUPS = 1000
"""Groups of a CSV file, which has no pages."""
_AT_A_GLANCE = 12
"""Issues, actors and reports of the overview."""

_LOOKED_AT = 5 * _AT_A_GLANCE
"""Of these, rows that are looked at: those who are nobody beyond their report are left out."""


@router.get("/")
def overview(request: Request, record: Held) -> Response:
    """What the record holds, at a glance."""
    return answers.page(
        request,
        "overview.html",
        title="Overview",
        issues=[row for row in record.issues(limit=_LOOKED_AT).page().rows if "#" not in row.issue][:_AT_A_GLANCE],
        actors=[row for row in record.actors(limit=_LOOKED_AT).page().rows if "#" not in row.actor][:_AT_A_GLANCE],
        reports=record.reports(limit=_AT_A_GLANCE).page().rows,
    )


def _listed(request: Request, record: Record, kind: str, wanted: ListRequest | NameListRequest, form: str) -> Response:
    if form == "csv":
        return answers.as_csv(listing(record, kind, wanted, limit=MOST_ROWS), columns(kind))
    found = listing(record, kind, wanted).page()
    if form == "json":
        return answers.as_json(found)
    facets = None
    if kind == "statements" and isinstance(wanted, ListRequest):
        facets = counted(request.app, record, wanted.filter)
    named = isinstance(wanted, NameListRequest)
    return answers.page(
        request,
        "list.html",
        kind=kind,
        title=TITLES[kind],
        rows=found.rows,
        next=found.next,
        given=wanted.given,
        sort="statements" if isinstance(wanted, NameListRequest) else wanted.sort,
        sorts=SORTS_OF[kind],
        fields=() if named else FIELDS[kind],
        acts=[each.value for each in Act],
        kinds=[each.value for each in ConditionKind],
        verdicts=JUDGED,
        facets=facets,
        choices=choices(facets, wanted.given) if facets else {},
        inside=request.headers.get("hx-request") == "true",
    )


def _filtered(kind: str, form: str) -> Callable[..., Response]:
    def show(request: Request, record: Held, wanted: Wanted) -> Response:
        return _listed(request, record, kind, wanted, form)

    return show


def _named(kind: str, form: str) -> Callable[..., Response]:
    def show(request: Request, record: Held, wanted: WantedNames) -> Response:
        return _listed(request, record, kind, wanted, form)

    return show


for _kind in TITLES:
    for _form in ("html", "json", "csv"):
        _made = (_named if _kind in ("actors", "issues") else _filtered)(_kind, _form)
        router.add_api_route(f"/{_kind}" if _form == "html" else f"/{_kind}.{_form}", _made)


@router.get("/wire-copies")
@router.get("/wire-copies.json")
@router.get("/wire-copies.csv")
def wire_copies(
    request: Request,
    record: Held,
    after: Cursor = None,
    limit: Limit = PAGE,
) -> Response:
    """List the reports that others reprinted, those with most copies first."""
    if request.url.path.endswith(".csv"):
        rows = record.copy_groups(limit=MOST_GROUPS).rows
        return answers.as_csv([_flat(each) for each in rows], [*columns("reports"), "outlets"])
    found = record.copy_groups(limit=limit, after=after or None)
    if request.url.path.endswith(".json"):
        return answers.as_json(found)
    return answers.page(request, "copies.html", title="Wire copies", groups=found.rows, next=found.next)


def _flat(group: CopyGroup) -> dict[str, object]:
    return {**answers.plain(group.origin), "outlets": list(group.outlets)}


@router.get("/wire-copies/{key:path}")
def wire_copy(request: Request, record: Held, key: Key) -> Response:
    """Show a report that others reprinted: who, when, and how much of it."""
    group, form = _by_key(key, record.copy_group)
    if form == "json":
        return answers.as_json(group)
    if form == "csv":
        return answers.as_csv(
            [
                {**answers.plain(each.row), "kind": each.kind, "contained": each.contained, "words": each.words}
                for each in group.copies
            ],
            [*columns("reports"), "kind", "contained", "words"],
        )
    title = f"Copies of {group.origin.title or group.origin.report}"
    return answers.page(request, "copy_group.html", title=title, group=group)


@router.get("/search")
def search(text: Annotated[str, Query(max_length=MOST_CHARACTERS)] = "") -> Response:
    """Lead from the search box to the statements found."""
    return RedirectResponse(f"/statements{answers.query(text=text)}", status_code=303)


@router.get("/reports/{key:path}")
def report(request: Request, record: Held, key: Key, version: Version = None, quote: Quote = None) -> Response:
    """Show a report with its statements where they stand."""
    opened, form = _by_key(key, lambda known: record.opened(known, version))
    if form == "json":
        return answers.as_json(opened)
    if form == "csv":
        return answers.as_csv(opened.statements, columns("statements"))
    span = _span(quote)
    return answers.page(request, "report.html", page=lay_out(opened, span), title=opened.row.title or opened.row.report)


@router.get("/actors/{key:path}")
def actor(request: Request, record: Held, key: Key) -> Response:
    """Show an actor: names, offices, where it stands, what it said."""
    shown, form = _by_key(key, lambda known: actor_page(record, known))
    if form == "json":
        return answers.as_json(shown)
    if form == "csv":
        return answers.as_csv(record.statements(Filter(actor=shown.row.actor), limit=MOST_ROWS), columns("statements"))
    return answers.page(request, "actor.html", page=shown, title=shown.row.name)


@router.get("/issues/{key:path}")
def issue(
    request: Request,
    record: Held,
    key: Key,
    as_of: Day = None,
    since: Day = None,
    until: Day = None,
    outlet: Names = None,
) -> Response:
    """Show an issue: who stands where, when it was said, who waits for whom, what cannot both stand."""
    span = issues.IssueSelection(
        as_of or None, since or None, until or None, tuple(each for each in outlet or () if each)
    )
    shown, form = _by_key(key, lambda known: issue_page(record, known, span))
    if form == "json":
        return answers.as_json(shown)
    if form == "csv":
        return answers.as_csv(record.statements(Filter(issue=shown.row.issue), limit=MOST_ROWS), columns("statements"))
    return answers.page(request, "issue.html", page=shown, title=shown.row.name)


_T = TypeVar("_T")


def _by_key(key: str, find: Callable[[str], _T]) -> tuple[_T, str]:
    """Return what a key names and the form asked for. A key that itself ends in .json is taken at its word."""
    stem, dot, form = key.rpartition(".")
    if not dot or form not in ("json", "csv"):
        return find(key), "html"
    try:
        return find(key), "html"
    except (NotInRecord, UnknownName):
        return find(stem), form


def _span(quote: str | None) -> tuple[int, int] | None:
    if not quote:
        return None
    found = _QUOTE.match(quote)
    if found is None:
        raise BadFilter(quote, "a quote is two places in the text, as 10-52")
    return int(found[1]), int(found[2])
