"""Signing in with the desk's token, and out again."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from communique.record.database.values import odd_character
from communique.web.answers import page
from communique.web.problems import wants_page
from communique.web.security import COOKIE, LONGEST_BODY, Refused, name_of, opens
from communique.web.sessions import LONGEST_SECONDS

_MOST_FIELDS = 50
"""Of a form: one with more has none."""

router = APIRouter(include_in_schema=False)


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """Show the form."""
    return page(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Take a name and the token; a wrong token leaves everything as it is."""
    given = await form_of(request)
    state = request.app.state
    name = name_of(given.get("name", ""))
    if state.settings.token is None:
        raise Refused(HTTPStatus.NOT_FOUND, "nobody signs in at this desk")
    try:
        opens(given.get("token", ""), request, state.settings.token, state.keys.brake)
    except Refused as refused:
        if not wants_page(request) or refused.retry_after is not None:
            raise
        return page(request, "sign_in.html", status=403, wrong=True)
    if name is None:
        return page(request, "sign_in.html", status=403, wrong=True)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(
        COOKIE,
        state.keys.sessions.begin(name),
        max_age=LONGEST_SECONDS,
        httponly=True,
        samesite="strict",
        secure=_by_tls(request),
    )
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """End the session here, so that its cookie is worth nothing, wherever it has got to."""
    request.app.state.keys.sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", secure=_by_tls(request))
    return answer


def _by_tls(request: Request) -> bool:
    """Whether the browser speaks TLS, be it with a proxy in front: its own word for where the form came from."""
    return request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form or of a JSON object, the last of each name. What is neither has none.

    Raises Refused where one holds what no key, name or word has.
    """
    given = _fields_of((await request.body())[:LONGEST_BODY], request.headers.get("content-type", ""))
    for name, value in given.items():
        if odd := odd_character(value):
            raise Refused(HTTPStatus.BAD_REQUEST, f"{ascii(name)[:40]} holds {odd}, which no key, name or word has")
    return given


def _fields_of(body: bytes, kind: str) -> dict[str, str]:
    import json

    if kind.startswith("application/json"):
        try:
            told: Any = json.loads(body)
        except (ValueError, RecursionError):
            return {}
        fields = told.items() if isinstance(told, dict) else ()
        return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in fields}
    text = body.decode("utf-8", "replace")
    try:
        return {name: values[-1] for name, values in parse_qs(text, max_num_fields=_MOST_FIELDS).items()}
    except ValueError:
        return {}
