"""Answers as a page, as JSON or as CSV: one set of rows, three forms."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from communique.brief.readings_view import KIND_WORDS
from communique.csv_cells import safe_cell
from communique.errors import CommuniqueError
from communique.model import ConditionKind

_AS_THEY_ARE = frozenset((int, float, bool))
_REST = "<!-- the rest -->"
CONDITION_WORDS = {kind.value: words for kind, words in KIND_WORDS.items()}
assert set(CONDITION_WORDS) == {kind.value for kind in ConditionKind}


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """Return a template as a page. All that it shows is escaped."""
    given = _given(request, values)
    return HTMLResponse(_environment().get_template(template).render(given), status_code=status)


def page_in_two(request: Request, template: str, rest: Callable[[], Mapping[str, Any]], **values: Any) -> Response:
    """Return a template as a page whose top is sent before what stands below is known.

    The template writes ``{{ rest_follows }}`` where the top ends, and has what ``rest`` returns as ``data`` below it.
    What goes wrong there is told on the page.
    """
    data: dict[str, Any] = {}
    given = _given(request, {**values, "data": data, "rest_follows": Markup(_REST)})

    def parts() -> Iterator[str]:
        held: list[str] = []
        for piece in _environment().get_template(template).generate(given):
            held.append(piece)
            if piece == _REST:
                yield "".join(held)
                held.clear()
                try:
                    data.update(rest())
                except CommuniqueError as error:
                    yield f'<p role="alert">{escape(str(error))}</p></main></body></html>'
                    return
        yield "".join(held)

    return StreamingResponse(parts(), media_type="text/html; charset=utf-8")


def _given(request: Request, values: Mapping[str, Any]) -> dict[str, Any]:
    """What every page knows, and what this one shows."""
    state = request.app.state
    return {
        "request": request,
        "path": request.url.path,
        "read_only": state.settings.read_only,
        "user": getattr(request.state, "user", None),
        "signs_in": state.settings.token is not None,
        **values,
    }


def as_json(value: Any, status: int = 200) -> Response:
    """Return dataclasses, mappings and sequences as JSON; times are ISO 8601 in UTC."""
    return JSONResponse(plain(value), status_code=status)


def as_csv(rows: Iterable[Any], columns: Sequence[str] = ()) -> Response:
    """Return rows (dataclasses or mappings) as CSV; ``columns`` head the file where there is no row.

    No cell is one that a spreadsheet would take for a formula.
    """
    import csv

    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    headed = False
    for row in rows:
        values = plain(row)
        if not headed:
            writer.writerow(values)
            headed = True
        writer.writerow([safe_cell(value) for value in values.values()])
    if not headed:
        writer.writerow(columns)
    body = stream.getvalue().encode("utf-8", "replace")
    return Response(body, media_type="text/csv; charset=utf-8", headers={"Content-Disposition": "attachment"})


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    kind: Any = type(value)
    if value is None or kind in _AS_THEY_ARE:
        return value
    if names := _names_of(kind):
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    return value


@cache
def _names_of(kind: Any) -> tuple[str, ...]:
    """The fields of a dataclass; of anything else none."""
    return tuple(each.name for each in dataclasses.fields(kind)) if dataclasses.is_dataclass(kind) else ()


def address(kind: str, key: str) -> str:
    """Return where a report, issue or actor is shown: ``/reports/jr-1``."""
    return f"/{kind}/{quote(key, safe='/:')}"


def query(**values: Any) -> str:
    """Return a query string of what is given, "" of nothing."""
    given = {name: value for name, value in values.items() if value not in (None, "", [], ())}
    return f"?{urlencode(given, doseq=True)}" if given else ""


def link(url: str | None) -> str | None:
    """Return an address that a page may link to, None for any but http and https."""
    try:
        scheme = urlsplit(url or "").scheme.lower()
    except ValueError:
        return None
    return url if scheme in ("http", "https") else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("communique.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["link"] = link
    environment.globals.update(address=address, query=query, condition_words=CONDITION_WORDS)
    return environment
