"""Where a record is: a path to a SQLite file, or the address of a PostgreSQL database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from communique.errors import NotARecord

if TYPE_CHECKING:
    from sqlalchemy.engine import URL

_POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")
_SCHEME = "://"


@dataclass(frozen=True, slots=True)
class Address:
    """A record's place: a file, or a database server's address; ``shown`` never holds a password."""

    path: Path | None
    url: URL | None
    shown: str


def parse(given: str | Path) -> Address:
    """Return the address that a path or ``postgresql://...`` stands for. Raises NotARecord on any other scheme."""
    text = str(given)
    if _SCHEME not in text:
        return _file(Path(given))
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise NotARecord(text.split(_SCHEME)[0] + _SCHEME + "...", "this address cannot be understood") from None
    if url.drivername == "sqlite" and url.database:
        return _file(Path(url.database))
    if url.drivername not in _POSTGRESQL:
        reason = f"a record is a file or a postgresql:// address, not {url.drivername}://"
        raise NotARecord(_shown(url), reason)
    return Address(None, url.set(drivername="postgresql+psycopg"), _shown(url))


def _shown(url: URL) -> str:
    """The address without its passwords: libpq takes them among its options too."""
    secret = {name: "***" for name in url.query if "password" in name.lower()}
    return url.update_query_dict(secret).render_as_string(hide_password=True).replace("=%2A%2A%2A", "=***")


def _file(path: Path) -> Address:
    return Address(path, None, str(path))
