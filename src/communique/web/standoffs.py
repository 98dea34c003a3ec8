"""The standoff on an issue: who waits for whom, the model, what would unlock it, and what-if as a switch."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from sqlalchemy import select

from communique.errors import NotInRecord, UnknownInStandoff
from communique.record import Record
from communique.record import schema as t
from communique.record.naming import Named
from communique.standoff.derived.derivation import derive
from communique.standoff.derived.telling import told
from communique.standoff.derived.what_if import possible
from communique.web import answers
from communique.web.api import Held, Key
from communique.web.asked import Day

router = APIRouter(include_in_schema=False)
_FORMS = (".json", ".csv")
Words = Annotated[str | None, Query(max_length=500)]


@router.get("/standoff/{key:path}")
def shown(
    request: Request, record: Held, key: Key, what_if: Words = None, without: Words = None, as_of: Day = None
) -> Response:
    """Show the model that the record gives on an issue."""
    stem, form = next(((key.removesuffix(end), end) for end in _FORMS if key.endswith(end)), (key, ""))
    data, sentences = _data(record, stem, what_if or None, without or None, as_of or None)
    if form == ".json":
        return answers.as_json(data)
    if form == ".csv":
        return answers.as_csv([{k: v for k, v in each.items() if k != "evidence"} for each in data["preconditions"]])
    return answers.page(
        request,
        "standoff.html",
        title=f"The standoff on {data['name']}",
        data=data,
        possible=sentences,
        without=without,
    )


def _data(
    record: Record, key: str, what_if: str | None, without: str | None, as_of: str | None
) -> tuple[dict[str, Any], list[str]]:
    c = t.canonical_issue.c
    with record.reading() as connection:
        root = connection.scalar(select(c.root_id).where(c.key == key))
        if root is None:
            raise NotInRecord(key, "the record knows no issue of this key")
        row = connection.execute(select(c.id, c.key, c.name).where(c.id == root)).one()
        issue = Named(row.id, row.key, row.name)
        found = derive(connection, issue, as_of=as_of, without=[without] if without else ())
        whole = derive(connection, issue, as_of=as_of) if without else None
    if found.model is None and what_if:
        raise UnknownInStandoff(what_if, "there is no model to ask this of")
    return told(found, whole, what_if), possible(found) if found.model else []
