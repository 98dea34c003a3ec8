"""Judging, by keyboard or by hand: the least certain first, nobody's judgement over another's.

Judgements are appended, each signed: two people at once cannot overwrite each other, and where they differ the
statement is disputed. Undoing withdraws one's own.
"""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from communique.errors import BadFilter, CommuniqueError, JudgementRefused
from communique.model import Act
from communique.record import Record
from communique.record.judgement.queue import Due, next_due
from communique.record.query.lookup import find_issue
from communique.web import answers
from communique.web.api import Held, signer
from communique.web.reports import Card, ReportPage, lay_out
from communique.web.security import Refused
from communique.web.sign_in import form_of

router = APIRouter(include_in_schema=False)
Place = Annotated[str | None, Query(max_length=60)]
Part = Annotated[str | None, Query(max_length=2000)]


@router.get("/judge")
def judge(
    request: Request, record: Held, after: Place = None, issue: Part = None, report: Part = None, undo: Part = None
) -> Response:
    """Show the statement to be judged next, in its report; ``undo`` is one that was just judged."""
    if request.app.state.settings.read_only:
        raise Refused(HTTPStatus.FORBIDDEN, "this desk is read-only")
    by = signer(request)
    due = _due(record, by, after or None, issue or None, report or None)
    page, card = _placed(record, due) if due else (None, None)
    return answers.page(
        request,
        "judge.html",
        title="Judge",
        due=due,
        page=page,
        card=card,
        issue=issue or "",
        report=report or "",
        undo=undo or "",
        acts=[each.value for each in Act],
    )


@router.post("/judge")
async def passed(request: Request) -> Response:
    """Take a judgement from the form and go on to the next statement."""
    record: Record = request.app.state.record
    given = await form_of(request)
    verdict, key = given.get("verdict", ""), given.get("key", "")
    kind = given.get("kind", "statement")
    onward = {name: given.get(name) for name in ("after", "issue", "report")}
    if verdict == "skip":
        return _to("/judge", after=given.get("place"), issue=onward["issue"], report=onward["report"])
    from fastapi.concurrency import run_in_threadpool

    await run_in_threadpool(_pass, record, kind, key, verdict, signer(request), given)
    if given.get("back"):
        return RedirectResponse(_local(given["back"]), status_code=303)
    if verdict == "withdraw":
        return _to("/judge", issue=onward["issue"], report=onward["report"])
    return _to("/judge", issue=onward["issue"], report=onward["report"], undo=key)


@router.get("/agreement")
@router.get("/agreement.json")
@router.get("/agreement.csv")
def agreement(request: Request, record: Held) -> Response:
    """Show how far people agree."""
    found = record.agreement()
    if request.url.path.endswith(".json"):
        return answers.as_json(found)
    if request.url.path.endswith(".csv"):
        return answers.as_csv(found.pairs, ("one", "other", "things", "percent", "cohen"))
    return answers.page(request, "agreement.html", title="Agreement", found=found)


def _due(record: Record, by: str, after: str | None, issue: str | None, report: str | None) -> Due | None:
    with record.reading() as connection:
        number = find_issue(connection, issue).id if issue else None
        try:
            return next_due(connection, by, after=after, issue=number, report=report)
        except (ValueError, OverflowError) as error:
            if isinstance(error, CommuniqueError):
                raise
            raise BadFilter(str(after), "no place in the queue") from error


def _placed(record: Record, due: Due) -> tuple[ReportPage, Card | None]:
    page = lay_out(record.opened(due.report))
    found = (card for card in page.cards if card.statement and card.statement.statement == due.statement)
    return page, next(found, None)


def _pass(record: Record, kind: str, key: str, verdict: str, by: str, given: dict[str, str]) -> None:
    correction = None
    if verdict == "correct":
        correction = _correction(given)
    record.judge(kind, key, verdict, by=by, correction=correction, note=given.get("note") or None)


def _correction(given: dict[str, str]) -> dict[str, object]:
    made: dict[str, object] = {}
    for role in ("content", "cue", "source", "antecedent", "consequent"):
        if given.get(role):
            try:
                made[role] = json.loads(given[role])
            except (ValueError, RecursionError):
                raise JudgementRefused(given.get("key", ""), f"{role} is a list of spans, as [[10, 52]]") from None
    for name in ("act", "speaker"):
        if given.get(name):
            made[name] = given[name]
    return made


def _to(path: str, **values: str | None) -> Response:
    return RedirectResponse(path + answers.query(**values), status_code=303)


def _local(place: str) -> str:
    """A place of this desk to go back to; anything else leads to its first page."""
    fine = place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable()
    return place if fine else "/"
