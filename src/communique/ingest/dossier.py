"""A dossier: a small TOML file that says what a dispute is about and where its reports come from."""

from __future__ import annotations

import dataclasses
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from urllib.parse import urlsplit

from communique.errors import BadDossier, MissingInput
from communique.files import open_file, real
from communique.lexicon import load
from communique.model import DisputedIssue, Frame, Party

__all__ = [
    "FILE",
    "DisputedIssue",
    "Dossier",
    "Feed",
    "Origin",
    "Outlet",
    "OutletKind",
    "Party",
    "country_of",
    "dossier_file",
    "dump",
    "load_dossier",
    "parse_dossier",
    "write_dossier",
    "write_text",
]

FILE = "dossier.toml"
VERSION = 1
MAX_BYTES = 1_000_000
_LONGEST = 2_000

_DOMAIN = re.compile(r"(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")


class OutletKind(StrEnum):
    """Whose voice an outlet is: a government's own, one that a state owns or directs, or neither."""

    OFFICIAL = "official"
    STATE = "state"
    INDEPENDENT = "independent"


class RobotsPolicy(StrEnum):
    """Whether pages that a host's robots.txt keeps from programs are left alone, or fetched all the same."""

    HEED = "heed"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed to poll, and the outlet that its entries are of, where the feed does not say."""

    url: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, the domains that it publishes at, whether others print its copy, and whose voice it is."""

    name: str
    domains: tuple[str, ...] = ()
    agency: bool = False
    kind: OutletKind | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """A file or folder of reports; ``path`` is relative to the dossier's file, with forward slashes."""

    path: str


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dispute: its parties and issues, the feeds and outlets that report it, and the files that are there already.

    ``path`` is the file that it was read from, None for one that is not written yet.
    """

    name: str
    description: str = ""
    parties: tuple[Party, ...] = ()
    issues: tuple[DisputedIssue, ...] = ()
    feeds: tuple[Feed, ...] = ()
    outlets: tuple[Outlet, ...] = ()
    sources: tuple[Origin, ...] = ()
    robots: RobotsPolicy = RobotsPolicy.HEED
    path: Path | None = dataclasses.field(default=None, compare=False)

    @property
    def places(self) -> tuple[Path, ...]:
        """The files and folders to read: those of ``sources``, or the dossier's own folder where it names none."""
        folder = self.path.parent if self.path else Path()
        return tuple(folder / source.path for source in self.sources) or (folder,)

    @property
    def frame(self) -> Frame:
        """The parties and issues that it follows."""
        return Frame(self.parties, self.issues)

    def outlet_of(self, host: str) -> Outlet | None:
        """Return the outlet at whose domain, or below it, the host is; the longest domain decides."""
        host = host.lower()
        while host:
            for outlet in self.outlets:
                if host in outlet.domains:
                    return outlet
            host = host.partition(".")[2]
        return None


def dossier_file(path: str | Path) -> Path | None:
    """Return the dossier file that is meant: ``path`` itself if it ends in .toml, or the one in that folder; or None.

    Raises ValueError for a path with a NUL in it.
    """
    here = Path(path)
    if here.suffix.lower() == ".toml":
        return here
    inside = here / FILE
    return inside if inside.is_file() else None


def load_dossier(path: str | Path) -> Dossier:
    """Return the dossier that the file, or the folder that holds it, describes.

    Raises MissingInput where there is none, and BadDossier, which names the file, the key and the reason.
    """
    file = dossier_file(path) or Path(path) / FILE
    where = str(file)
    try:
        with open_file(file) as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise MissingInput(where, (error.strerror or str(error)).lower()) from error
    if len(data) > MAX_BYTES:
        raise BadDossier(where, f"over {MAX_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadDossier(where, f"not UTF-8 (byte {error.start})") from None
    return parse_dossier(text, file)


def parse_dossier(text: str, path: Path | None = None) -> Dossier:
    """Return the dossier that the TOML text describes, ``path`` being its file. Raises BadDossier."""
    where = str(path or FILE)
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise BadDossier(where, "nested too deep") from None
    except ValueError as error:  # TOMLDecodeError, and numbers of too many digits
        raise BadDossier(where, f"not TOML: {error}") from None
    return _Table(where, path).dossier(table)


def dump(dossier: Dossier) -> str:
    """Return the dossier as TOML; ``parse_dossier`` gives the same dossier back."""
    import tomli_w

    head = {"communique": VERSION, "name": dossier.name}
    if dossier.description:
        head["description"] = dossier.description
    if dossier.robots is not RobotsPolicy.HEED:
        head["robots"] = str(dossier.robots)
    # Each [[...]] of its own, since tomli-w puts short ones on one line, where nobody would add to them.
    rows = [f"\n[[{key}]]\n{tomli_w.dumps(_row(item))}" for key, items in _lists(dossier) for item in items]
    return tomli_w.dumps(head) + "".join(rows)


def write_dossier(dossier: Dossier, path: Path, *, replace: bool = False) -> None:
    """Write the dossier to the file, whole or not at all. Raises MissingInput where it cannot, or it is there already.

    ``replace`` allows to put it in an older one's place.
    """
    write_text(dump(dossier), path, replace=replace)


def write_text(text: str, path: Path, *, replace: bool = False) -> None:
    """Write a dossier's text to the file, as ``write_dossier`` does."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not replace and path.exists():
            raise FileExistsError
        part = path.with_name(f".{path.name}.part")
        try:
            part.write_text(text, encoding="utf-8", newline="\n")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except FileExistsError:
        raise MissingInput(str(path), "it is there already, and is left as it is") from None
    except OSError as error:
        raise MissingInput(str(path), f"it cannot be written: {error.strerror or error}") from error


def country_of(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code of a state by its name, a short form of it or a capital; else None."""
    wanted = name.strip().casefold().removeprefix("the ")
    for code, row in load("states")["states"].items():
        names = (row["name"], *row.get("aliases", ()))
        if wanted in (form.casefold().removeprefix("the ") for form in names):
            return str(code).upper()
    return None


def _lists(dossier: Dossier) -> tuple[tuple[str, Iterable[Any]], ...]:
    return (
        ("party", dossier.parties),
        ("issue", dossier.issues),
        ("feed", dossier.feeds),
        ("outlet", dossier.outlets),
        ("source", dossier.sources),
    )


def _row(item: Any) -> dict[str, Any]:
    row = {name: getattr(item, name) for name in item.__dataclass_fields__}
    row = {name: list(value) if isinstance(value, tuple) else value for name, value in row.items()}
    return {name: str(v) if isinstance(v, StrEnum) else v for name, v in row.items() if v not in (None, [], False)}


class _Table:
    """Takes the parsed table apart, and says of what does not belong where it stands."""

    def __init__(self, where: str, path: Path | None) -> None:
        self.where = where
        self.path = path

    def dossier(self, table: dict[str, Any]) -> Dossier:
        version = table.get("communique")
        if version is None:
            raise self.bad("communique", f"missing: the version of the format, {VERSION}")
        if type(version) is not int or version < 1:
            raise self.bad("communique", f"it is {version!r}, not a version number")
        if version > VERSION:
            raise self.bad("communique", f"version {version} is newer than this Communique: update first")
        keys = ("communique", "name", "description", "robots", "party", "issue", "feed", "outlet", "source")
        self.known(table, "", keys)
        robots = self.words(table, "", "robots") or RobotsPolicy.HEED
        if robots not in tuple(RobotsPolicy):
            raise self.bad("robots", f"{robots!r} is none of {', '.join(RobotsPolicy)}")
        made = Dossier(
            name=self.words(table, "", "name", needed=True) or "",
            description=self.words(table, "", "description", lines=True) or "",
            parties=self.rows(table, "party", self.party),
            issues=self.rows(table, "issue", self.issue),
            feeds=self.rows(table, "feed", self.feed),
            outlets=self.rows(table, "outlet", self.outlet),
            sources=self.rows(table, "source", self.source),
            robots=RobotsPolicy(robots),
            path=self.path,
        )
        self.once("party", [(name, i) for i, p in enumerate(made.parties, 1) for name in (p.name, *p.aliases)])
        self.once("issue", [(name, i) for i, p in enumerate(made.issues, 1) for name in (p.name, *p.aliases)])
        self.once("feed", [(feed.url, i) for i, feed in enumerate(made.feeds, 1)])
        self.once("outlet", [(name, i) for i, o in enumerate(made.outlets, 1) for name in (o.name, *o.domains)])
        self.once("source", [(source.path, i) for i, source in enumerate(made.sources, 1)])
        return made

    def party(self, row: dict[str, Any], at: str) -> Party:
        self.known(row, at, ("name", "country", "aliases"))
        country = self.words(row, at, "country")
        if country is not None and (country != country.upper() or country.lower() not in load("states")["states"]):
            raise self.bad(f"{at}.country", f"{country!r} is no ISO 3166-1 alpha-3 code, such as JPN")
        return Party(self.words(row, at, "name", needed=True) or "", country, self.listed(row, at, "aliases"))

    def issue(self, row: dict[str, Any], at: str) -> DisputedIssue:
        self.known(row, at, ("name", "aliases"))
        return DisputedIssue(self.words(row, at, "name", needed=True) or "", self.listed(row, at, "aliases"))

    def feed(self, row: dict[str, Any], at: str) -> Feed:
        self.known(row, at, ("url", "outlet"))
        url = self.words(row, at, "url", needed=True) or ""
        reason = unfit(url)
        if reason:
            raise self.bad(f"{at}.url", f"{url!r} {reason}")
        return Feed(url, self.words(row, at, "outlet"))

    def outlet(self, row: dict[str, Any], at: str) -> Outlet:
        self.known(row, at, ("name", "domains", "agency", "kind"))
        domains = tuple(domain.lower() for domain in self.listed(row, at, "domains"))
        for domain in domains:
            if not _DOMAIN.fullmatch(domain):
                raise self.bad(f"{at}.domains", f"{domain!r} is no domain, such as tass.com")
        agency = row.get("agency", False)
        if not isinstance(agency, bool):
            raise self.bad(f"{at}.agency", f"it is {agency!r}, not true or false")
        kind = self.words(row, at, "kind")
        if kind is not None and kind not in tuple(OutletKind):
            raise self.bad(f"{at}.kind", f"{kind!r} is none of {', '.join(OutletKind)}")
        name = self.words(row, at, "name", needed=True) or ""
        return Outlet(name, domains, agency, OutletKind(kind) if kind else None)

    def source(self, row: dict[str, Any], at: str) -> Origin:
        self.known(row, at, ("path",))
        path = self.words(row, at, "path", needed=True) or ""
        if path.startswith("/") or PureWindowsPath(path).drive or "\\" in path:
            raise self.bad(f"{at}.path", f"{path!r} is not relative to the dossier's folder, with forward slashes")
        outside = ".." in PurePosixPath(path).parts
        if self.path is not None and not outside:
            folder = real(self.path.parent)
            outside = not real(folder / path).is_relative_to(folder)
        if outside:
            raise self.bad(f"{at}.path", f"{path!r} leads out of the dossier's folder")
        return Origin(str(PurePosixPath(path)))

    def rows(self, table: dict[str, Any], key: str, make: Callable[[dict[str, Any], str], Any]) -> tuple[Any, ...]:
        rows = table.get(key, [])
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise self.bad(key, f"write it as [[{key}]], once for each")
        return tuple(make(row, f"{key} {number}") for number, row in enumerate(rows, 1))

    def known(self, row: dict[str, Any], at: str, keys: tuple[str, ...]) -> None:
        for key in row:
            if key not in keys:
                raise self.bad(f"{at}.{key}" if at else key, f"no such key; there are {', '.join(keys)}")

    def words(self, row: dict[str, Any], at: str, key: str, *, needed: bool = False, lines: bool = False) -> str | None:
        name = f"{at}.{key}" if at else key
        value = row.get(key)
        if value is None and not needed:
            return None
        if value is None:
            raise self.bad(name, "missing")
        return self.string(value, name, lines)

    def listed(self, row: dict[str, Any], at: str, key: str) -> tuple[str, ...]:
        value = row.get(key, [])
        if not isinstance(value, list):
            raise self.bad(f"{at}.{key}", f"it is {value!r}, not a list of strings")
        return tuple(self.string(item, f"{at}.{key}", False) for item in value)

    def string(self, value: Any, name: str, lines: bool) -> str:
        if not isinstance(value, str):
            raise self.bad(name, f"it is {str(value)[:60]!r}, not a string")
        if not value.strip() and not lines:
            raise self.bad(name, "it is empty")
        if len(value) > (10 * _LONGEST if lines else _LONGEST):
            raise self.bad(name, f"it has {len(value):,} characters")
        if any(not (c.isprintable() or (lines and c in "\n\t")) for c in value):
            raise self.bad(name, f"{value[:60]!r} holds control characters")
        return value

    def once(self, key: str, names: list[tuple[str, int]]) -> None:
        first: dict[str, int] = {}
        for name, number in names:
            earlier = first.setdefault(name.casefold(), number)
            if earlier != number:
                raise self.bad(f"{key} {number}", f"{name!r} is in {key} {earlier} already")

    def bad(self, key: str, reason: str) -> BadDossier:
        return BadDossier(self.where, f"{key}: {reason}")


def unfit(url: str) -> str | None:
    """Return why an address cannot be a dossier's feed, as words that go on after it; None where it can."""
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or re.search(r"\s", url):
            return "is no http or https address"
        if parts.username or parts.password:
            return "holds credentials: a dossier is handed on"
        parts.port  # noqa: B018  raises where it is none
    except ValueError as error:
        return f"is no http or https address ({error})"
    return None
