"""The desk put together: one record behind pages and an API."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique.errors import CommuniqueError
from communique.record import Record
from communique.web import api, desk, judging, networks, signing, standoffs
from communique.web.answers import page
from communique.web.kept import Kept
from communique.web.problems import Problem, as_json, problem_of, wants_page
from communique.web.security import HEADERS, Refused, check, user_of
from communique.web.settings import Settings

_log = logging.getLogger("communique.web")


def create_app(settings: Settings) -> FastAPI:
    """Return the ASGI application of a desk. The record is opened when it starts and let go when it ends.

    Raises nothing itself; starting raises what `Record.open` raises.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        with Record.open(settings.where, read_only=settings.read_only) as record:
            app.state.record = record
            yield

    app = FastAPI(
        title="Communique",
        version=version("communique"),
        description="The diplomatic record: statements, conditions, actors, issues and reports.",
        lifespan=life,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.settings = settings
    app.state.kept = Kept()
    app.include_router(api.router)
    app.include_router(desk.router)
    app.include_router(judging.router)
    app.include_router(networks.router)
    app.include_router(standoffs.router)
    app.include_router(signing.router)
    app.mount("/static", StaticFiles(packages=[("communique.web", "static")]), name="static")
    _guard(app)
    return app


def _guard(app: FastAPI) -> None:
    """Let in who may come in, and put every failure in one shape."""

    @app.middleware("http")
    async def _checked(request: Request, proceed: Callable[[Request], Awaitable[Response]]) -> Response:
        try:
            check(request, app.state.settings)
            request.state.user = user_of(request, app.state.settings)
            answer = await proceed(request)
        except Refused as refused:
            if refused.status == 401 and wants_page(request) and app.state.settings.token:
                answer = RedirectResponse("/sign-in", status_code=303)
            else:
                answer = _told(request, Problem(refused.status, request.url.path, refused.reason))
        except Exception as error:
            _log.exception("%s %s", request.method, request.url.path)
            answer = _told(request, problem_of(error))
        for name, value in HEADERS.items():
            answer.headers.setdefault(name, value)
        if not request.url.path.startswith("/static/"):
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    async def _problem(request: Request, error: Exception) -> Response:
        return _told(request, problem_of(error))

    for kind in (CommuniqueError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _problem)


def _told(request: Request, problem: Problem) -> Response:
    if wants_page(request):
        return page(request, "problem.html", status=problem.status, problem=problem)
    return as_json(problem)
