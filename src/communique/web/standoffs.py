"""The standoff on an issue: who waits for whom, the model, what would unlock it, and what-if as a switch."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from communique.errors import UnknownInStandoff
from communique.record import Record
from communique.record.database.state_stamps import stamp
from communique.record.query.lookup import Named, root_of
from communique.standoff.derived.derivation import derive
from communique.standoff.derived.model_report import model_report
from communique.standoff.derived.what_if import possible
from communique.web import answers
from communique.web.api import Held, Key
from communique.web.list_requests import Day

router = APIRouter(include_in_schema=False)
_FORMS = (".json", ".csv")
Words = Annotated[str | None, Query(max_length=500)]


@router.get("/standoff/{key:path}")
def shown(
    request: Request, record: Held, key: Key, what_if: Words = None, without: Words = None, as_of: Day = None
) -> Response:
    """Show the model that the record gives on an issue."""
    stem, form = next(((key.removesuffix(end), end) for end in _FORMS if key.endswith(end)), (key, ""))
    issue = _issue(record, stem)
    given = (issue, what_if or None, without or None, as_of or None)
    with record.reading() as connection:
        key_of_it = (stamp(connection), *given)
    asked = partial(request.app.state.kept.answer, key_of_it, partial(_data, record, *given))
    if form == ".json":
        return answers.as_json({name: value for name, value in asked().items() if name != "possible"})
    if form == ".csv":
        return answers.as_csv([{k: v for k, v in each.items() if k != "evidence"} for each in asked()["preconditions"]])
    title = f"The standoff on {issue.name}"
    if what_if or without or as_of:  # what cannot be asked is to be told as a failure
        found = asked()
        asked = partial(dict, found)
    return answers.page_in_two(request, "standoff.html", asked, title=title, issue=issue, without=without)


def _issue(record: Record, key: str) -> Named:
    with record.reading() as connection:
        return root_of(connection, "issue", key)


def _data(record: Record, issue: Named, what_if: str | None, without: str | None, as_of: str | None) -> dict[str, Any]:
    with record.reading() as connection:
        found = derive(connection, issue, as_of=as_of, without=[without] if without else ())
        whole = derive(connection, issue, as_of=as_of) if without else None
    if found.model is None and what_if:
        raise UnknownInStandoff(what_if, "there is no model to ask this of")
    return model_report(found, whole, what_if) | {"possible": possible(found) if found.model else []}
