"""The desk put together: one record behind pages and an API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import Engine
from starlette.exceptions import HTTPException

from communique.errors import CommuniqueError
from communique.record import Record
from communique.record.database.connection import keep_little_cached
from communique.record.database.state_stamps import WrittenTo
from communique.web import api, judging, networks, record_pages, sign_in, standoffs
from communique.web.admission import Guard, told
from communique.web.answer_cache import AnswerCache
from communique.web.desk_access import DeskSettings
from communique.web.problems import problem_of
from communique.web.response_cache import Remembered
from communique.web.security import Keys

_AT_ONCE = 6
"""Answers worked out at once. One interpreter computes them one after another; only SQLite and the disk overlap."""

_CACHE_KIB = 4096
"""Of the file's pages, that each connection holds."""


def create_app(settings: DeskSettings) -> FastAPI:
    """Return the ASGI application of a desk. The record is opened when it starts and let go when it ends.

    Raises nothing itself; starting raises what `Record.open` raises.
    """

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        with Record.open(settings.where, read_only=settings.read_only) as record:
            app.state.record = record
            _bound_memory(record.engine)
            path = record.address.path
            app.state.written = WrittenTo(record.engine, path) if path is not None else None
            try:
                yield
            finally:
                if app.state.written is not None:
                    app.state.written.close()

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
    app.state.kept, app.state.facets = AnswerCache(), AnswerCache()
    app.state.keys = Keys()
    app.include_router(api.router)
    app.include_router(record_pages.router)
    app.include_router(judging.router)
    app.include_router(networks.router)
    app.include_router(standoffs.router)
    app.include_router(sign_in.router)
    app.mount("/static", StaticFiles(packages=[("communique.web", "static")]), name="static")
    app.add_middleware(Remembered)
    app.add_middleware(Guard, settings=settings, keys=app.state.keys)

    async def _problem(request: Request, error: Exception) -> Response:
        return told(request, problem_of(error))

    for kind in (CommuniqueError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _problem)
    return app


def _bound_memory(engine: Engine) -> None:
    """Have as many answers worked out at once as pay, each on a connection that keeps little of the file in memory.

    The system keeps the file's pages in memory for all connections together.
    """
    current_default_thread_limiter().total_tokens = _AT_ONCE
    keep_little_cached(engine, _CACHE_KIB)
