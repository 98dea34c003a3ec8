"""The feeds that an OPML file names, as feed readers write it."""

from __future__ import annotations

from typing import Any

from communique.errors import BadDossier
from communique.ingest.dossier import Feed, unfit

MAX_BYTES = 4_000_000
MOST_FEEDS = 2_000
_LONGEST_NAME = 200


def feeds_in_opml(data: bytes, where: str) -> tuple[tuple[Feed, ...], tuple[str, ...]]:
    """Return the feeds that OPML names, each once and in its order, and notes on those that are left out.

    A feed's outlet is its title there. Those that the owner switched off, one by one or with what they stand in
    (``isComment``), are left out. No entity is expanded, and nothing beside the bytes is read. Raises BadDossier
    where it is no OPML, declares a document type, or has over `MAX_BYTES`.
    """
    from lxml import etree

    if len(data) > MAX_BYTES:
        raise BadDossier(where, f"over {MAX_BYTES:,} bytes")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadDossier(where, f"no XML that can be read ({' '.join(str(error).split())[:200]})") from error
    if root.getroottree().docinfo.doctype:
        raise BadDossier(where, "it declares a document type, which OPML has none of: not read")
    if _name(root) != "opml":
        raise BadDossier(where, f"no OPML but {_name(root)[:60]!r}")
    feeds: dict[str, Feed] = {}
    notes: list[str] = []
    off: set[Any] = set()
    for outline in root.iter(etree.Element):
        given = {name.lower(): value for name, value in outline.attrib.items()}
        if outline.getparent() in off or given.get("iscomment", "").strip().lower() == "true":
            off.add(outline)
        url = _address(given.get("xmlurl", "").strip())
        if _name(outline) != "outline" or not url:
            continue
        if outline in off:
            notes.append(f"{url[:200]!r} is switched off there: left out")
            continue
        reason = unfit(url)
        if reason or not url.isprintable():
            notes.append(f"{url[:200]!r} {reason or 'holds control characters'}: left out")
        elif len(feeds) == MOST_FEEDS and url.casefold() not in feeds:
            notes.append(f"over {MOST_FEEDS:,} feeds: the rest is left out")
            break
        else:
            feeds.setdefault(url.casefold(), Feed(url, _title(given)))
    return tuple(feeds.values()), tuple(notes)


def _address(given: str) -> str:
    """The address without the scheme by which browsers hand feeds to their readers: "feed://", "feed:https://"."""
    scheme, colon, rest = given.partition(":")
    if not colon or scheme.lower() != "feed":
        return given
    return f"http:{rest}" if rest.startswith("//") else rest


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower()


def _title(given: dict[str, str]) -> str | None:
    title = " ".join((given.get("title") or given.get("text") or "").split())
    return "".join(each for each in title if each.isprintable())[:_LONGEST_NAME].strip() or None
