"""One shape for everything that goes wrong: a status, what it is about, and the reason."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from communique.errors import (
    BadFilter,
    BadNetwork,
    CommuniqueError,
    JudgementRefused,
    MergeRefused,
    NewerRecord,
    NotInRecord,
    RecordBusy,
    RecordDamaged,
    RecordFailed,
    StandoffTooLarge,
    UnknownInStandoff,
    UnknownName,
)

STATUS: dict[type[CommuniqueError], HTTPStatus] = {
    NotInRecord: HTTPStatus.NOT_FOUND,
    UnknownName: HTTPStatus.NOT_FOUND,
    UnknownInStandoff: HTTPStatus.UNPROCESSABLE_ENTITY,
    BadFilter: HTTPStatus.BAD_REQUEST,
    BadNetwork: HTTPStatus.BAD_REQUEST,
    JudgementRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    MergeRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    StandoffTooLarge: HTTPStatus.UNPROCESSABLE_ENTITY,
    RecordBusy: HTTPStatus.SERVICE_UNAVAILABLE,
    RecordDamaged: HTTPStatus.SERVICE_UNAVAILABLE,
    RecordFailed: HTTPStatus.SERVICE_UNAVAILABLE,
}
_log = logging.getLogger("communique.web")
_LONGEST = 300
_SERVER = "postgresql://"
_OF_SERVER: dict[type[CommuniqueError], str] = {
    RecordBusy: "another process keeps the record locked; try again when it is done",
    NewerRecord: "a newer Communique made this record: update first",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong: the HTTP status, what it is about, why."""

    status: int
    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """The body of every answer that is no success."""

    error: Problem


def problem_of(error: Exception) -> Problem:
    """Return what an exception comes to. What is not ours tells nothing of its insides.

    That the record cannot be asked goes into the log, with the database's own words.
    """
    if isinstance(error, CommuniqueError):
        status = next((code for kind, code in STATUS.items() if isinstance(error, kind)), HTTPStatus.BAD_REQUEST)
        if isinstance(error.__cause__, DataError):
            return Problem(HTTPStatus.BAD_REQUEST, "", "a value is one that no record holds")
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            _log.error("%s", error)
        if _SERVER in error.where:
            # Where the server is, and what its driver says of it, is nothing for whoever asks.
            return Problem(
                status, "the record", _OF_SERVER.get(type(error), "the database does not answer; the log says more")
            )
        return Problem(status, cut(error.where), cut(error.reason))
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return Problem(HTTPStatus.BAD_REQUEST, cut(".".join(map(str, first["loc"][1:]))), cut(str(first["msg"])))
    if isinstance(error, HTTPException):
        return Problem(error.status_code, "", cut(str(error.detail)))
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "", "something broke here; the log has the details")


def body_of(problem: Problem) -> dict[str, object]:
    """Return what every answer that is no success says, as JSON has it."""
    return {"error": {"status": int(problem.status), "where": problem.where, "reason": problem.reason}}


def as_json(problem: Problem) -> Response:
    """Return the problem as the API's answer."""
    return JSONResponse(body_of(problem), status_code=problem.status)


def wants_page(request: Request) -> bool:
    """Whether whoever asks would rather read a page than JSON."""
    path = request.url.path
    if "application/json" in request.headers.get("accept", "") or _sends_json(request):
        return False
    return not path.startswith("/api/") and not path.endswith((".json", ".csv"))


def _sends_json(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("application/json")


def cut(text: str) -> str:
    """Return the text, shortened to what an error may take up, with nothing in it that UTF-8 has not."""
    text = text.encode("utf-8", "replace").decode()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
