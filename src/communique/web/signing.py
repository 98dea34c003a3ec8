"""Signing in with the desk's token, and out again."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from communique.web.answers import page
from communique.web.security import COOKIE, LONGEST_BODY, same, ticket

router = APIRouter(include_in_schema=False)
_DAYS = 30


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """Show the form."""
    return page(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Take a name and the token; a wrong token leaves everything as it is."""
    given = await form_of(request)
    token = request.app.state.settings.token
    name = given.get("name", "").strip()
    if token is None or not name or not same(given.get("token", ""), token):
        return page(request, "sign_in.html", status=403, wrong=True)
    answer = RedirectResponse("/", status_code=303)
    secure = request.url.scheme == "https"
    answer.set_cookie(
        COOKIE, ticket(name, token), max_age=_DAYS * 86400, httponly=True, samesite="strict", secure=secure
    )
    return answer


@router.post("/sign-out")
def sign_out() -> Response:
    """Forget who signed in here."""
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return answer


async def form_of(request: Request) -> dict[str, str]:
    """Return the fields of a form or of a JSON object, the last of each name. What is neither has none."""
    import json

    body = (await request.body())[:LONGEST_BODY]
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            told: Any = json.loads(body)
        except (ValueError, RecursionError):
            return {}
        fields = told.items() if isinstance(told, dict) else ()
        return {str(name): value if isinstance(value, str) else json.dumps(value) for name, value in fields}
    text = body.decode("utf-8", "replace")
    try:
        return {name: values[-1] for name, values in parse_qs(text, max_num_fields=50).items()}
    except ValueError:
        return {}
