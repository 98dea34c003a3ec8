"""A feed's XML made well-formed: what hostile or careless hands wrote is mended or left out, and that is told.

The time that some of feedparser's patterns take grows with the square of the length: 80,000 line ends before a feed are
forty seconds' work. It is given little, and nothing that is broken. No document type is read, so that no entity is
expanded. The work here grows with the length of the text alone.
"""

from __future__ import annotations

import html.entities
import re
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from communique.errors import NotAFeed

ROOTS = frozenset(("rss", "feed", "rdf", "channel"))
"""The outermost elements of feeds, in lower case and without a prefix."""

_ODD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BETWEEN = re.compile(r"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_IN_DOCTYPE = re.compile(r"\"[^\"]*\"|'[^']*'|<!--(?:.*?-->|.*)|[\[\]>]", re.DOTALL)
_ENTITY = re.compile(r"<!ENTITY\s+(?:%\s+)?([\w.:-]{1,60})")
_ROOT = re.compile(r"<(?:[\w.-]{1,60}:)?([A-Za-z_][\w.-]{0,60})(?=[\s/>])")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_MOST_JUNK = 2_000
_SHOWN = 60
_FEED = re.compile(r"<\?xml\s|<(?:rss|feed|rdf:RDF|channel)(?=[\s>])", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_ROOT_NEAR = re.compile(r"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
MAX_TAGS = 400_000
"""Tags of one feed that are read: a thousand entries with all their markup have fewer."""

_TOKEN = re.compile(
    r"(?P<cdata><!\[CDATA\[(?:.*?\]\]>|.*))|(?P<beside><!--(?:.*?-->|.*)|<\?(?:.*?\?>|.*))"
    r"|(?P<tag><[\w/][^<>]{0,20000}>)|(?P<odd><)|(?P<reference>&(?:(?:#\w{1,9}|[A-Za-z]\w{0,31});)?)",
    re.DOTALL,
)
_REFERENCE = re.compile(r"&(?:(#x[0-9a-fA-F]{1,8}|#[0-9]{1,8}|[A-Za-z][A-Za-z0-9]{0,31});)?")
_ENTRY = re.compile(r"<(/?)((?:[\w.-]{1,60}:)?(?:item|entry))(?=[\s/>])")
_DATES = frozenset(("pubdate", "date", "published", "updated", "issued", "modified", "created"))
_WORDS = frozenset(
    ("title", "link", "guid", "id", "description", "summary", "content", "encoded", "creator", "origlink")
)
_CONTENT = frozenset(("description", "summary", "content", "encoded"))
_PEOPLE = frozenset(("author", "source"))
_KEPT = _DATES | _WORDS | _PEOPLE
_NAMING = frozenset(("author", "creator", "name"))
_MAIL = re.compile(r"(?:mailto:)?[\w.+%-]{1,100}@[\w-]{1,60}(?:\.[\w-]{1,60}){1,8}")
_MOST_PARTS = 60
_LONGEST_DATE = 100
_LONGEST_WORD = 4_000
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}
_NAME = re.compile(r"[A-Za-z_][\w.-]{0,100}")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A feed as well-formed XML in UTF-8, with nothing in it but what tells of its entries.

    ``left_out`` counts the entries beyond the limit; ``cut_off`` tells that the last one was not whole, and is left
    out.
    """

    data: bytes
    left_out: int
    cut_off: bool
    notes: tuple[str, ...]

    def apart(self) -> list[bytes]:
        """Return, for each entry, a feed that has it alone."""
        from lxml import etree

        root = etree.fromstring(self.data)
        entries = _entries(root)
        pieces = [etree.tostring(entry, encoding="utf-8", with_tail=False) for entry in entries]
        for entry in entries:
            entry.getparent().remove(entry)
        root.append(etree.Comment("here"))  # the only one: those of the feed are left out
        head, _, tail = etree.tostring(root, encoding="utf-8", xml_declaration=True).partition(b"<!--here-->")
        return [head + piece + tail for piece in pieces]


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an XML declaration names, or None."""
    found = _ENCODING.search(data[: _MOST_JUNK + 400])
    return found[1].decode("ascii") if found else None


def junk_before(text: str) -> str | None:
    """Return what stands before a feed's beginning, "" where nothing does, or None where the text is no feed.

    Careless servers write a comment, or a warning of their own, before it.
    """
    text = text.lstrip("\ufeff \t\r\n")  # a mark may come twice, once from each program that wrote
    head = _COMMENT.sub(lambda found: " " * len(found[0]), text[: 2 * _MOST_JUNK])
    found = _FEED.search(head, 0, _MOST_JUNK)
    if found is None or not _ROOT_NEAR.search(head, found.start()) or _PAGE.search(head, 0, found.start()):
        return None
    return text[: found.start()].strip("\ufeff \t\r\n")


def tidy(text: str, where: str, most: int) -> Tidied:
    """Return the text of a feed as well-formed XML with its first ``most`` entries. Raises NotAFeed."""
    notes: list[str] = []
    sound = _ODD.sub("", text).lstrip("\ufeff")
    if len(sound) < len(text):
        notes.append(f"{len(text) - len(sound)} characters that XML does not allow were left out")
    junk = junk_before(sound) or ""
    start, entities = _start(sound)
    root = _ROOT.match(sound, start)
    if junk and (root is None or root[1].lower() not in ROOTS):
        sound = sound[sound.index(junk) + len(junk) :]
        notes.append(f"{len(junk)} characters before the feed are no part of it and were left out: {_shown(junk)}")
        start, entities = _start(sound)
    root = _ROOT.match(sound, start)
    if root is None or root[1].lower() not in ROOTS:
        raise NotAFeed(where, f"neither RSS nor Atom nor a JSON Feed{f' but {root[1]!r}' if root else ''}")
    if entities:
        named = ", ".join(entities[:5]) + (", ..." if len(entities) > 5 else "")
        notes.append(f"it declares entities of its own, which are not expanded: {named}")
    body = _Body(most)
    body.read(sound, start)
    notes += body.notes
    tree, broken = _parsed("".join(body.out), where)
    if broken:
        notes.append(f"the feed is damaged ({broken}); what could be read of it was")
    _prune(tree)
    return Tidied(_made(tree, where), body.left_out, body.open is not None, tuple(notes))


def _shown(junk: str) -> str:
    words = " ".join(junk.split())
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}..."


def _start(text: str) -> tuple[int, list[str]]:
    """Where the outermost element begins, and the names of the entities that are declared before it."""
    at = 0
    entities: list[str] = []
    while True:
        found = _BETWEEN.match(text, at)
        if found:
            at = found.end()
        elif text[at : at + 9].upper() == "<!DOCTYPE":
            end = _doctype_end(text, at + 9)
            entities += _ENTITY.findall(text, at, end)
            at = end
        else:
            return at, entities


def _doctype_end(text: str, at: int) -> int:
    inside = False
    for found in _IN_DOCTYPE.finditer(text, at):
        if found[0] == "[":
            inside = True
        elif found[0] == "]":
            inside = False
        elif found[0] == ">" and not inside:
            return found.end()
    return len(text)


@dataclass(slots=True)
class _Body:
    """Takes the text apart into what is kept of it. Entries never nest, and one that is cut off is left out."""

    most: int
    out: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    entries: int = 0
    left_out: int = 0
    tags: int = 0
    open: str | None = None
    opened_at: int = 0

    def read(self, text: str, start: int) -> None:
        at = start
        for found in _TOKEN.finditer(text, start):
            self.out.append(text[at : found.start()])
            at = found.end()
            if found["tag"]:
                if not self._tag(found[0]):
                    self.left_out = self.entries == self.most and _openings(text, found.start())
                    at = len(text)
                    break
            elif found["cdata"]:
                self.out.append(found[0] if found[0].endswith("]]>") else f"{found[0]}]]>")
            elif found["odd"]:
                self.out.append(f"&lt;{found[0][1:]}")
            elif not found["beside"]:
                self.out.append(_REFERENCE.sub(_reference, found[0]))
        self.out.append(text[at:])
        if self.open:
            del self.out[self.opened_at :]
            self.notes.append("it is cut off: its last entry is left out")

    def _tag(self, tag: str) -> bool:
        """Take a tag in; tell whether to go on."""
        tag = _REFERENCE.sub(_reference, tag) if "&" in tag else tag
        self.tags += 1
        if self.tags > MAX_TAGS:
            self.notes.append(f"it has over {MAX_TAGS:,} tags: what comes after is left out")
            return False
        found = _ENTRY.match(tag)
        if found is None:
            self.out.append(tag)
            return True
        if found[1]:
            self.entries += self.open is not None
            self.open = None
        else:
            if self.open:
                self.out.append(f"</{self.open}>")
                self.entries += 1
                self.open = None
            if self.entries == self.most:
                return False
            if tag.endswith("/>"):
                self.entries += 1
            else:
                self.open, self.opened_at = found[2], len(self.out)
        self.out.append(tag)
        return True


def _openings(text: str, start: int) -> int:
    found = (_ENTRY.match(each["tag"]) for each in _TOKEN.finditer(text, start) if each["tag"])
    return sum(1 for each in found if each and not each[1])


def _reference(found: re.Match[str]) -> str:
    """What stands for ``&name;``: XML has few names of its own, HTML many."""
    name = found[1]
    if name is None:
        return "&amp;"
    if name in ("amp", "lt", "gt", "quot", "apos"):
        return f"&{name};"
    if not name.startswith("#"):
        known = html.entities.html5.get(f"{name};")
        return html.escape(known) if known is not None else f"&amp;{name};"
    number = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    allowed = number in (9, 10, 13) or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
    return f"&#{number};" if allowed or 0x10000 <= number < 0x110000 else "\N{REPLACEMENT CHARACTER}"


def _parsed(text: str, where: str) -> tuple[Any, str | None]:
    """The tree, mended by libxml2, and what it found wrong first."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise NotAFeed(where, f"no XML that can be read ({error})") from error
    if root is None:
        raise NotAFeed(where, "no XML that can be read")
    wrong = next((e for e in parser.error_log if e.level_name != "WARNING"), None)
    return root, f"line {wrong.line}: {' '.join(wrong.message.split())[:120]}" if wrong else None


def _prune(root: Any) -> None:
    """Keep what tells of the feed and its entries, each a few plain elements; their markup becomes their text."""
    from lxml import etree

    entries = _entries(root)
    inside = set(entries)
    for parent in [root, *(child for child in root if _local(child) == "channel")]:
        _mend(parent)
        for child in list(parent.iterchildren(etree.Element)):
            if child not in inside and _local(child) == "author" and len(child):
                _people(child)
            elif child not in inside and _local(child) not in ("channel", "title", "link", "id"):
                parent.remove(child)
            elif child not in inside and _local(child) != "channel":
                _plain(child)
    for entry in entries:
        _mend(entry)
        for number, child in enumerate(list(entry.iterchildren(etree.Element))):
            if number >= _MOST_PARTS or _local(child) not in _KEPT:
                entry.remove(child)
            elif _local(child) in _PEOPLE and len(child):
                _people(child)
            else:
                _plain(child)


def _entries(root: Any) -> list[Any]:
    from lxml import etree

    places = [root, *(child for child in root.iterchildren(etree.Element) if _local(child) == "channel")]
    return [e for place in places for e in place.iterchildren(etree.Element) if _local(e) in ("item", "entry")]


def _people(element: Any) -> None:
    from lxml import etree

    _mend(element)
    for number, child in enumerate(list(element.iterchildren(etree.Element))):
        if _local(child) == "author" and len(child) and _local(element) == "source":
            _people(child)
        elif number >= _MOST_PARTS or _local(child) not in ("name", "title", "link"):
            element.remove(child)
        else:
            _plain(child)


def _plain(element: Any) -> None:
    """Make what the element holds its text: words, or, of markup, HTML."""
    from lxml import etree

    _mend(element)
    if len(element):
        inner = [html.escape(element.text or "", quote=False)]
        inner += [etree.tostring(child, method="html", encoding="unicode") for child in element]
        for child in list(element):
            element.remove(child)
        element.text = "".join(inner)
        element.set("type", "html")
    if _local(element) in _NAMING and element.text:
        # Here, since feedparser cuts some mail addresses in two and takes one half for the name.
        element.text = _MAIL.sub(" ", element.text[:_LONGEST_WORD]).strip(" ()<>,;\t\r\n")
    longest = _LONGEST_DATE if _local(element) in _DATES else _LONGEST_WORD
    if element.text and len(element.text) > longest and _local(element) not in _CONTENT:
        element.text = element.text.strip()[:longest]


def _mend(element: Any) -> None:
    """Give a name whose prefix means nothing the meaning that it commonly has."""
    if "{" not in element.tag and ":" in element.tag:
        prefix, _, local = element.tag.rpartition(":")
        local = local if _NAME.fullmatch(local) else "unknown"
        element.tag = f"{{{_NAMESPACES.get(prefix.lower(), 'urn:undeclared')}}}{local}"
    for name in list(element.attrib):
        if ":" in name and "{" not in name:
            del element.attrib[name]


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2].lower()


def _made(root: Any, where: str) -> bytes:
    from lxml import etree

    etree.cleanup_namespaces(root)
    data: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError as error:
        raise NotAFeed(where, f"no XML that can be read ({error})") from error
    return data
