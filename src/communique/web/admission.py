"""What stands before every request: who may come in, and how whatever goes wrong is told."""

from __future__ import annotations

import logging
from http import HTTPStatus

from starlette.datastructures import MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.web.answers import page
from communique.web.connection_limits import CONNECTION, Connection
from communique.web.desk_access import DeskSettings
from communique.web.problems import Problem, as_json, problem_of, wants_page
from communique.web.security import HEADERS, Keys, Refused, check

_log = logging.getLogger("communique.web")


class Guard:
    """Lets in who may come in, and puts every failure in one shape."""

    def __init__(self, app: ASGIApp, settings: DeskSettings, keys: Keys) -> None:
        """Stand before an application."""
        self.app = app
        self.settings = settings
        self.keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                _add_headers(message, scope["path"])
            await send(message)

        try:
            self._let_in(request)
            await self.app(scope, receive, with_headers)
        except ClientDisconnect:
            _log.debug("%s %s: whoever asked has gone", scope["method"], scope["path"])
        except Refused as refused:
            await self._turned_away(request, refused)(scope, receive, with_headers)
        except Exception as error:
            if begun:
                # Nothing but a connection that breaks off says that this answer is not whole.
                raise
            _log.exception("%s %s", scope["method"], scope["path"])
            await told(request, problem_of(error))(scope, receive, with_headers)

    def _let_in(self, request: Request) -> None:
        user = check(request, self.settings, self.keys)
        request.state.user = user
        connection = request.scope["state"].get(CONNECTION)
        if isinstance(connection, Connection) and (self.settings.token or self.settings.user_header):
            connection.known = connection.known or user is not None
            if not connection.known and connection.door.strangers_answered() > connection.door.limits.strangers:
                raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "the desk is busy; try again in a moment", 1)

    def _turned_away(self, request: Request, refused: Refused) -> Response:
        by_page = wants_page(request)
        # One whose Authorization was wrong is no browser that could sign in.
        if refused.status == 401 and by_page and self.settings.token and "authorization" not in request.headers:
            return RedirectResponse("/sign-in", status_code=303)
        answer = told(request, Problem(refused.status, request.url.path, refused.reason))
        if refused.retry_after is not None:
            answer.headers["Retry-After"] = str(refused.retry_after)
        if refused.status == 401 and self.settings.token and not by_page:
            answer.headers["WWW-Authenticate"] = "Bearer"
        return answer


def told(request: Request, problem: Problem) -> Response:
    """Return a problem as a page or as JSON, whichever is wanted."""
    if wants_page(request):
        return page(request, "problem.html", status=problem.status, problem=problem)
    return as_json(problem)


def _add_headers(message: Message, path: str) -> None:
    headers = MutableHeaders(scope=message)
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if not path.startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
