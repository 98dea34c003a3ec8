"""A page's tree made ready for the extractor: what a reader of the page sees as words is words, and nothing else is.

The extractor drops some elements with the words in them (<time>, <button>), reads what is struck out or hidden, takes
the marks from <q> and the speaker from a block quotation. Here each becomes plain words in its place. The work grows
with the page's length alone: what is to go is marked first and taken out at once, since the words around each that is
taken out alone are copied as often as there are such.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from communique.lexicon import listed, load

_WORDS_IN = ("time", "button", "label", "math", "data", "output", "meter", "bdi", "bdo", "ruby", "rb", "u", "small")
_STRUCK = ("del", "s", "strike", "rp", "rt", "template")
_PROSE = frozenset(("p", "li", "dd", "dt", "td", "th", "blockquote", "q", "figcaption", "h1", "h2", "h3", "h4"))
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "ins", "mark", "small", "span", "strong", "sub", "sup", "u")
)
_SIGNING = _INLINE | {"p", "div"}
_LISTS = ("ul", "ol", "menu", "dl")
_WRAPPERS = ("div", "section")
_MOST_BEFORE = 200
_BESIDE = frozenset(("nav", "header", "footer", "aside", "form"))
_HIDDEN_STYLE = re.compile(
    r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]*\bline-through)\b",
    re.IGNORECASE,
)
_NOTE_MARK = re.compile(r"\s*[\[(]?\s*(?:\d{1,3}|[a-z]|[*†‡§¶]{1,3})\s*[\])]?\s*", re.IGNORECASE)
_NOTE_LINK = re.compile(r"#")
_MARKED = re.compile(r"\s*[\"“„«‘'‹「『]")
_DASHES = re.compile(r"^[\s—–-]+")
# A dash, a name, and what the person is: no sentence, which would end with its stop.
_SIGNED = re.compile(r"[—–―-]{1,3}\s*([A-Z][^\W\d_]+\.?(?:[\s,].*)?[^.!?…:;”\"])")
_SPOKEN = re.compile(r"\b\w+\s*:\s*$")
_LINK_SHARE = 0.5
_LONGEST_SPEAKER = 200
_LONGEST_OFFER = 300
_LONGEST_POINTER = 250
_POINTING = ("p", "div", "li", "h2", "h3", "h4", "h5", "h6")
_DATA_CELLS = 200  # from which on a table without a paragraph is data, and no layout
_STEPS = 40
_LONGEST_WORD = 100
_LONGEST_MARK = 20
_GONE = "communique-gone"
_OPENED = "communique-opened"


def prepare(tree: Any) -> None:
    """Change an lxml tree of a page so that the extractor reads the words that a reader sees, and no others."""
    from lxml import etree

    _drop(tree, list(tree.iter("table")), _is_data)
    _drop(tree, list(tree.iter()), lambda each: isinstance(each.tag, str) and _unread(each))
    for element in list(tree.iter("blockquote")):
        _block_quotation(element)
    # The innermost first: what encloses them still tells how deep each is.
    for element in reversed(list(tree.iter("q"))):
        _quotation(element)
    for element in list(tree.iter(*_WORDS_IN)):
        if _in_prose(element):
            element.tag = _OPENED
    for element in list(tree.iter("span")):
        _spaced(element)
    for element in list(tree.iter("br")):
        _line_break(element)
    touched = _parents(tree.iter(_OPENED))
    etree.strip_tags(tree, _OPENED)
    _join_words(touched)
    for element in list(tree.iter(*_LISTS)):
        if element.tag in _LISTS:  # else it stood in another that was made paragraphs
            _list(element)


def _drop(tree: Any, elements: Iterable[Any], unread: Callable[[Any], bool]) -> None:
    """Take those of the elements out that are not read, with all that is in them; what stands behind them stays."""
    from lxml import etree

    for element in elements:
        if element.getparent() is not None and unread(element):
            element.tag = _GONE
    touched = _parents(tree.iter(_GONE))
    etree.strip_elements(tree, _GONE, with_tail=False)
    _join_words(touched)


def _parents(elements: Iterable[Any]) -> set[Any]:
    return {each.getparent() for each in elements} - {None}


def _join_words(parents: Iterable[Any]) -> None:
    """Make one text of those that stand beside each other now: what reads the tree takes each with all behind it."""
    for parent in parents:
        parent.text = parent.text
        for child in parent:
            child.tail = child.tail


def _is_data(table: Any) -> bool:
    """Tell whether a table is data: its cells are not read, and the extractor's time grows with their square."""
    cells = sum(1 for _ in islice(table.iter("td", "th"), _DATA_CELLS))
    return cells == _DATA_CELLS and table.find(".//p") is None


def drop_offers(tree: Any, walled: Iterable[str]) -> None:
    """Drop what a page offers in place of what it does not show for free: "Subscribe to read on".

    ``walled`` are the classes (".wall") and ids ("#wall") of such parts, as the page itself names them. The article's
    own words stay, where they stand there, too.
    """
    offers = frozenset(load("pages")["offers"])
    marks = frozenset(walled)
    if not marks:
        return
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body") or element.getparent() is None:
            continue
        own = {f".{name}" for name in (element.get("class") or "").split()} | {f"#{element.get('id')}"}
        if own & marks:
            for each in [e for e in element.iter("p", "div", "li", "section") if e.find(".//p") is None]:
                words = " ".join(each.text_content().casefold().split())
                if len(words) <= _LONGEST_OFFER and any(offer in words for offer in offers):
                    each.drop_tree() if each is not element else each.clear(keep_tail=True)


def _unread(element: Any) -> bool:
    """Tell whether the element is hidden, struck out or a mark that leads to a note."""
    hidden = element.get("hidden") is not None and element.tag not in ("html", "body")
    return (
        hidden
        or _out_of_sight(element)
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
        or element.tag in _STRUCK
        or _is_note_mark(element)
        or _is_pointer(element)
    )


def _out_of_sight(element: Any) -> bool:
    """Tell whether its classes say that it is for programs that read aloud, or struck out."""
    classes = element.get("class")
    return bool(classes) and not listed("pages", "unseen_classes").isdisjoint(classes.casefold().split())


def _is_pointer(element: Any) -> bool:
    """Tell whether it is a line that leads to another article ("READ MORE: Sweden rejects deal, minister says")."""
    if element.tag not in _POINTING or any(child.tag not in _INLINE for child in element):
        return False
    # The beginning alone: each of what is nested has all that is in it as its words.
    begun = ""
    for piece in islice(element.itertext(), _STEPS):
        begun += piece[:_LONGEST_WORD]
        if ":" in begun or len(begun) > _LONGEST_WORD:
            break
    label, colon, _ = " ".join(begun.casefold().replace("’", "'").split()).partition(":")
    if not colon or label.strip() not in load("pages")["pointers"]:
        return False
    return len(element.text_content()) <= _LONGEST_POINTER


def _is_note_mark(element: Any) -> bool:
    """Tell whether it is a raised mark that leads to a note; a raised number that leads nowhere stands behind one."""
    if element.tag != "sup" or not _in_prose(element):
        return False
    link = element.find(".//a")
    if link is None and element.getparent().tag == "a":
        link = element.getparent()
    if link is not None and _NOTE_LINK.search(link.get("href") or ""):
        return True
    words = element.text_content().strip()
    return len(words) <= _LONGEST_MARK and _NOTE_MARK.fullmatch(words) is not None and _behind_word(element)


def _behind_word(element: Any) -> bool:
    """Tell whether a word or a sentence stands before it: a power stands behind a unit or a number ("m2", "103")."""
    found = re.search(r"(\S+)$", _before(element))
    return bool(found and (re.search(r"[^\W\d]{3,}|\d{4}|[.,;:”\"]$", found[1])))


def _before(element: Any) -> str:
    """The end of what stands before the element and is not to go."""
    found = ""
    for _ in range(_STEPS):
        previous = element.getprevious()
        if previous is None:
            return ((element.getparent().text or "") + found)[-_LONGEST_WORD:]
        found = ((previous.tail or "") + found)[-_LONGEST_WORD:]
        if previous.tag != _GONE:
            words = previous.text_content() if isinstance(previous.tag, str) and not found else ""
            return found or words[-_LONGEST_WORD:]
        element = previous
    return found


def _in_prose(element: Any) -> bool:
    """Tell whether the element stands among words: within a paragraph or the like, not in a form or a list of links."""
    parent = element.getparent()
    for _ in range(_STEPS):
        if parent is None or parent.tag in _BESIDE:
            return False
        if parent.tag in _PROSE:
            return True
        if parent.tag not in _INLINE and parent.tag not in _WORDS_IN and parent.tag != _OPENED:
            return False
        parent = parent.getparent()
    return False


def _quotation(element: Any) -> None:
    """Give an inline quotation the marks that a browser draws, single ones inside another."""
    inner = sum(1 for each in element.iterancestors("q")) % 2
    if not _MARKED.match(element.text_content()):
        _mark(element, *("‘’" if inner else "“”"))
    element.tag = "span"


def _mark(element: Any, opening: str, closing: str) -> None:
    first, last = element, element
    if len(element) and not (element.text or "").strip():
        inner = [each for each in element.iter("p", "div") if each.text_content().strip()]
        if inner:
            first, last = inner[0], inner[-1]
            for later in inner[1:]:
                later.text = opening + (later.text or "").lstrip()
    first.text = opening + (first.text or "").lstrip()
    if len(last):
        last[-1].tail = (last[-1].tail or "").rstrip() + closing
    else:
        last.text = (last.text or "").rstrip() + closing


def _block_quotation(element: Any) -> None:
    """Put a block quotation, the words that tell its speaker, and what leads to it, into one paragraph."""
    if element.getparent() is None or element.find(".//blockquote") is not None:
        return
    speaker = _speaker(element)
    lead = _lead(element)
    words = " ".join(element.text_content().split())
    if not words or (speaker is None and lead is None):
        return
    if not _MARKED.match(words):
        _mark(element, "“", "”")
    several = [each for each in element.iter("p") if each.text_content().strip()]
    last = several[-1] if several else element
    if speaker is not None:
        _append(last, f" {speaker}" if speaker.startswith("—") else f" — {speaker}")
    if lead is not None:
        first = several[0] if several else element
        first.text = f"{' '.join(lead.text_content().split())} {(first.text or '').lstrip()}"
        lead.drop_tree()
    element.tag = "div" if several else "p"
    parent = element.getparent()
    if parent is not None and parent.tag == "figure":
        parent.tag = "div"  # else the extractor takes it for a picture


def _append(element: Any, words: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + words
    else:
        element.text = (element.text or "").rstrip() + words


def _speaker(element: Any) -> str | None:
    """Take the words that name the speaker out of a block quotation, or from the caption of the figure it stands in."""
    named = [*element.iter("footer"), *element.iter("cite"), *element.iter("figcaption")]
    parent = element.getparent()
    if not named and parent is not None and parent.tag == "figure":
        named = list(parent.iter("figcaption"))
    for each in named:
        words = " ".join(each.text_content().split())
        if 0 < len(words) <= _LONGEST_SPEAKER and not _within_sentence(each):
            each.drop_tree()
            return _DASHES.sub("", words)
    return _signed(element)


def _signed(element: Any) -> str | None:
    """Take the line out that signs a block quotation with a dash: its last one, or the paragraph behind it."""
    last = element
    while len(last) and not (last[-1].tail or "").strip() and last[-1].tag in _SIGNING:
        last = last[-1]
    if len(last) and last[-1].tag == "br":
        name = _name_behind_dash(last[-1].tail)
        if name:
            last[-1].drop_tree()
            words = (last[-1].tail if len(last) else last.text) or ""
            cut = words[: words.rindex(name)].rstrip().rstrip("—–-―").rstrip()
            if len(last):
                last[-1].tail = cut
            else:
                last.text = cut
            return name
    behind = element.getnext()
    for each in (last, behind if behind is not None and not (element.tail or "").strip() else None):
        if each is None or each is element or each.tag not in _SIGNING:
            continue
        name = _name_behind_dash(each.text_content())
        if name:
            each.drop_tree()
            return name
    return None


def _name_behind_dash(words: str | None) -> str | None:
    """The words behind a dash that name somebody, or None: another sentence may begin with a dash, too."""
    words = " ".join((words or "").split())
    found = _SIGNED.fullmatch(words)
    return found[1] if found and len(words) <= _LONGEST_SPEAKER else None


def _within_sentence(element: Any) -> bool:
    return (
        element.tag == "cite" and bool((element.tail or "").strip()) and element.getparent().tag in ("p", "blockquote")
    )


def _lead(element: Any) -> Any:
    """The paragraph before that ends in a colon and leads to the quotation: "The minister said:"."""
    before = element.getprevious()
    while before is not None and before.tag in _WRAPPERS and len(before) and not (before[-1].tail or "").strip():
        before = before[-1]
    if before is None or before.tag not in ("p", "div") or len(before) and before.tag == "div":
        return None
    if (before.tail or "").strip():
        return None
    words = before.text_content().rstrip()
    return before if len(words) <= 4 * _LONGEST_SPEAKER and _SPOKEN.search(words) else None


def _spaced(element: Any) -> None:
    """Part words that two elements beside each other hold: the page draws them apart, or they are one name in two."""
    after = element.getnext()
    if after is None or after.tag != "span" or element.tail or element.getparent().tag != "div":
        return
    if element.text_content()[-1:].strip() and after.text_content()[:1].strip():
        element.tail = " "


def _line_break(element: Any) -> None:
    """A line that goes on in the middle of a sentence goes on there; two breaks together part paragraphs."""
    after = (element.tail or "").lstrip()
    if element.getparent() is not None and after[:1].islower():
        element.tail = f" {after}"
        element.tag = _OPENED


def _list(element: Any) -> None:
    """Make the items of a list that stands among paragraphs paragraphs; a list of links is none."""
    if any(each.tag in _BESIDE for each in element.iterancestors()) or not _among_paragraphs(element):
        return
    items = list(element.iterdescendants("li", "dt", "dd"))
    size = len(element.text_content())
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    if not items or not size or linked > _LINK_SHARE * size:
        return
    for item in items:
        if item.find(".//p") is not None:
            continue
        inner = next((each for each in item if each.tag in _LISTS), None)
        item.tag = "p"
        item.text = f"- {(item.text or '').lstrip()}"
        if inner is not None:
            _moved_behind(item, inner)
    for each in element.iter(*_LISTS):
        each.tag = "div"


def _moved_behind(item: Any, inner: Any) -> None:
    """Move a list out of the item that it stands in, with all that stands behind it there: paragraphs do not nest."""
    parent, place = item.getparent(), item.getparent().index(item)
    rest = list(item)[list(item).index(inner) :]
    for offset, each in enumerate(rest, 1):
        parent.insert(place + offset, each)


def _among_paragraphs(element: Any) -> bool:
    """Tell whether a paragraph stands before the list, lists and headings between left out, itself or in a wrapper."""
    before = _before_block(element)
    for _ in range(_MOST_BEFORE):
        if before is None:
            return False
        if before.tag in _WRAPPERS and len(before) and not (before[-1].tail or "").strip():
            before = before[-1]
        elif before.tag in ("p", *_WRAPPERS) and isinstance(before.tag, str) and before.text_content().strip():
            return before.tag == "p"
        elif (
            before.tag not in ("ul", "ol", "h2", "h3") and isinstance(before.tag, str) and before.text_content().strip()
        ):
            return False
        else:
            before = _before_block(before)
    return False


def _before_block(element: Any) -> Any:
    """What stands before the element, or before the wrappers that it stands in as the first."""
    for _ in range(_STEPS):
        before, parent = element.getprevious(), element.getparent()
        if before is not None:
            return before
        if parent is None or parent.tag not in _WRAPPERS or (parent.text or "").strip():
            return None
        element = parent
    return None


def blocks(tree: Any) -> Iterator[str]:
    """Yield the page's paragraphs, headings and captions as lines: what a page too short for the extractor holds."""
    root = next(iter(tree.xpath("//article[not(ancestor::article)] | //main")), None)
    for element in (tree if root is None else root).iter("p", "h1", "h2", "h3", "h4", "figcaption", "blockquote", "li"):
        if any(each.tag in _BESIDE or each.tag in ("p", "li", "blockquote") for each in element.iterancestors()):
            continue
        words = " ".join(element.text_content().split())
        if words:
            yield words
