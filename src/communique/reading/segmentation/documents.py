"""Primary documents: whose own words a text is, decided by its form before anything is parsed.

A statement, a letter, a resolution, an agreement or a post is no report of somebody's words: it is those words. Which
one it is, heading, first line, salutation, parties, author and outlet tell. The test is a conservative one: an ordinary
report, also one about such a text, is none of them. ``docs/documents.md`` says what is recognised by which form.
"""

from __future__ import annotations

import re
from functools import cache

from communique.lexicon import alternatives, listed
from communique.model import Report, Span
from communique.reading.annotations import Document, DocumentKind
from communique.reading.segmentation.letters import find_letter
from communique.reading.segmentation.own_words import are_own_words, speaking_state, without_quotations
from communique.reading.segmentation.resolutions import find_resolution

_LONGEST_HEADING = 220  # characters
_LONGEST_LETTERHEAD = 120
_MOST_LINES = 7
_FAR = 100_000
_NEAR = 900  # characters within which the parties to a text are told
_LINE = re.compile(r"[^\n\r\u2029]+")
_ALIAS = re.compile(
    r"(?m)^[ \t]*(?P<who>[A-Z][^\n()\"“”]{3,240}?)\s*"
    r"[(][^()\n]{0,80}?[\"“'‘](?:the )?(?P<alias>[A-Z][a-z]+)[\"”'’][^()\n]{0,20}[)]"
)
_SET_OFF = re.compile(
    r"(?m)^[ \t]*(?P<who>(?:The|[A-Z])[^\n()\"“”.;]{3,240}?),?\s*"
    r"here(?:in)?after[^\n.;\"“]{0,60}[\"“](?:the )?(?P<alias>[A-Z][a-z]+)[\"”]"
)
_CALLED = re.compile(r"\b(?:as|called)\s+(?:the\s+)?[\"“'‘](?:the )?(?P<alias>[A-Z][a-z]+)[\"”'’]")
_WE = re.compile(
    r"\b[Ww]e\s*(?P<mark>,|–|—|-)\s*(?P<who>(?:the\s|[A-Z])[^\n;:!?]{3,240}?)\s*(?P=mark)\s*"
    rf"(?=(?!(?:{alternatives('issued_documents', 'headings', 'going_on_naming')})\b)[a-z])"
)
_RESENT = re.compile(r"\s*RT\s+@(?P<who>\w{2,40}):\s*")
_LABEL = re.compile(r"[^\w\"“'‘(@#]*(?P<who>[^\W\d_][^\n:!?;\"“”]{1,80}?):\s+(?=\S)")
_NUMBERED = re.compile(r"^(?:No\.?:? ?\d+(?:/\d+)?,? )?(?:\d{1,2} [A-Z][a-z]+ \d{4},? )?(?=[A-Z])")
_UPPER = re.compile(r"[A-Z]")

_LONGEST_SENDER = 9
"""Words of a label before a colon that tells whose text it is."""


def find_document(report: Report) -> Document | None:
    """Return what kind of primary document a report's text is and whose; None for an ordinary report.

    ``body`` are the characters of the text that are the issuers' own words.
    """
    if report.speaker:
        return Document(DocumentKind.STATEMENT, (report.speaker,), _all(report.text), country=report.country)
    for form in (
        _of_state,
        _resent,
        _resolution,
        _agreement,
        find_letter,
        _parties,
        _headed,
        _followed,
        _posted,
        _labelled,
    ):
        found = form(report)
        if found is not None:
            return found
    return None


def _of_state(report: Report) -> Document | None:
    """What speaks of itself as "we", and of which only the state is told."""
    if not report.country or not are_own_words(report.text):
        return None
    return Document(DocumentKind.STATEMENT, (report.country,), _all(report.text), country=report.country)


def _all(text: str, start: int = 0) -> Span:
    return Span(start, len(text))


def _resolution(report: Report) -> Document | None:
    return find_resolution(report.text)


def _resent(report: Report) -> Document | None:
    """As in "RT @MFA_Estonia: ...": the words of the one resent."""
    found = _RESENT.match(report.text)
    if found is None:
        return None
    return Document(DocumentKind.POST, (found["who"],), _all(report.text, found.end()), handle=True)


def headings(report: Report) -> list[tuple[str, int]]:
    """Return what could be a heading, with where the text begins below it: the title, the first line."""
    found = [(report.title.strip(), 0)] if report.title and len(report.title) <= _LONGEST_HEADING else []
    line = _LINE.search(report.text)
    if line is not None and line.end() < len(report.text.rstrip()) and line.end() - line.start() <= _LONGEST_HEADING:
        words = line.group().strip()
        if words and words[-1] not in ".!?;,":
            found.append((words, line.end()))
    return found


def letterhead(text: str) -> tuple[str, list[tuple[str, int]]]:
    """Return the office that the lines at a text's head name ("" where none does), and the lines below its name.

    As in "MINISTRY OF TRADE", "REPUBLIC OF MALTA", "Press release No. 4", "Statement on the fees": short lines that end
    no sentence, of which the first names an office or a body. Each line comes with where the text begins below it.
    """
    lines: list[tuple[str, int]] = []
    for m in _LINE.finditer(text[:_NEAR]):
        words = " ".join(m.group().split())
        if not words:
            continue
        if words[-1] in ".!?;,:" or len(words) > _LONGEST_LETTERHEAD or len(lines) == _MOST_LINES:
            break
        lines.append((words, m.end()))
    if not lines or not is_official(lines[0][0]) or not _names(lines[0][0]):
        return "", []
    office = _in_title_case(lines[0][0])
    below = lines[1][0] if len(lines) > 1 else ""
    if re.match(rf"(?i:{alternatives('issued_documents', 'headings', 'states_of')})\b", below):
        office = f"{office}, {_in_title_case(below)}"
    return office, lines[1:]


def _in_title_case(words: str) -> str:
    lower = listed("issued_documents", "headings", "lower")
    each = (w.lower() if w.lower() in lower else w.capitalize() if w.isupper() else w for w in words.split())
    return " ".join(each)


def _agreement(report: Report) -> Document | None:
    """As in "Agreement between A and B", or "A and B (hereinafter "the Parties") have agreed"."""
    text = report.text
    for words, start in headings(report):
        found = _agreement_heading().match(words)
        if found is not None and (_says(text, "shall") or _says(text, "participants")):
            called = _CALLED.search(text[:_NEAR])
            alias = called["alias"] if called else "Parties"
            return Document(DocumentKind.AGREEMENT, (found["who"].strip(" ,."),), _all(text, start), alias)
    named = _ALIAS.search(text[:_NEAR]) or _SET_OFF.search(text[:_NEAR])
    if named is None or not _says(text, "bound") or not are_own_words(text, strong=True):
        return None
    joint = named["alias"] == "Parties" and _says(text, "shall")
    kind = DocumentKind.AGREEMENT if joint else DocumentKind.STATEMENT
    who = _each_part().sub("", named["who"]).strip(" ,")
    return Document(kind, (who,), _all(text, named.start("who")), named["alias"])


@cache
def _each_part() -> re.Pattern[str]:
    """As in "the Government, of the one part, and the Front, of the other part"."""
    sides = alternatives("issued_documents", "headings", "sides_of_text")
    which = alternatives("issued_documents", "headings", "which_sides")
    return re.compile(rf",?\s+(?:of|on) the (?:{which}) (?:{sides}),?", re.IGNORECASE)


def _says(text: str, words: str) -> bool:
    """Tell whether a text says one of a list's words outside quotation marks."""
    plain = without_quotations(text[:_FAR])
    return re.search(rf"\b(?:{alternatives('issued_documents', 'headings', words)})\b", plain) is not None


@cache
def _agreement_heading() -> re.Pattern[str]:
    kinds = alternatives("issued_documents", "headings", "agreements")
    between = alternatives("issued_documents", "headings", "between")
    return re.compile(rf"(?i:(?:[\w'’-]+\s+){{0,4}}?(?:{kinds}))\b[^.]{{0,80}}?\b(?:{between})\s+(?P<who>.+)$")


def _parties(report: Report) -> Document | None:
    """As in "We, the leaders of Fiji and Tonga, met", at the head of a text."""
    head = without_quotations(report.text[: 2 * _NEAR])[:_NEAR]
    found = _WE.search(head)
    if found is None or not are_own_words(report.text):
        return None
    return Document(DocumentKind.STATEMENT, (found["who"],), _all(report.text))


def _headed(report: Report) -> Document | None:
    """As in "Statement by the Foreign Minister of Latvia", as title or first line; "Remarks at ...", by author."""
    above, lines = letterhead(report.text)
    for words, start in [*headings(report), *lines]:
        who = issuer_of(words)
        if who is None and _release().match(_NUMBERED.sub("", words)) and are_own_words(report.text[start:]):
            names = speaking_state(report.text[start:])
            if names:
                return Document(DocumentKind.STATEMENT, names, _all(report.text, start))
        if who is None or not are_own_words(report.text[start:], strong=True):
            continue
        others = tuple(n for n in (report.author, above, report.outlet) if n and is_official(n))[:1]
        # "Statement of the Ministry": whose, its outlet says.
        bare = who.lower().removeprefix("the ") in listed("issued_documents", "headings", "bodies")
        names = (who,) if who and not (bare and others) else others
        names = names or speaking_state(report.text[start:])
        if names:
            return Document(
                DocumentKind.STATEMENT, names, _all(report.text, start), author=report.author, seat=report.outlet
            )
    return None


def issuer_of(words: str) -> str | None:
    """Return whom a heading names as the issuer of what follows, "" where it names nobody; None where it is no heading.

    "Statement by the Foreign Minister of Latvia on the incident" and "G7 Leaders' Statement on Ukraine" name one,
    "Opening remarks at the session" names nobody.
    """
    plain = _NUMBERED.sub("", re.sub(r"\s+", " ", words).strip(" ."))
    found = _heading_by().match(plain)
    if found is not None:
        who = _cut_at_matter(found["who"])
        return who if who and _names(who) else None
    if _heading_bare().match(plain):
        return ""
    found = _heading_of().match(plain)
    if found is not None:
        who = re.sub(r"['’]s?$", "", found["who"]).strip(" ,")
        return who if who and _names(who) else None
    return None


@cache
def _release() -> re.Pattern[str]:
    """As in "No: 187, 22 July 2026, Press Release Regarding ...", which names nobody."""
    return re.compile(rf"(?i:{alternatives('issued_documents', 'headings', 'releases')})\b")


@cache
def _heading_by() -> re.Pattern[str]:
    issued = alternatives("issued_documents", "headings", "issued")
    return re.compile(rf"(?i:(?:(?:{_before()})\s+)*(?:{_kinds()})(?:\s+No\.?\s*\d+)?\s+(?:{issued}))\s+(?P<who>.+)$")


@cache
def _heading_bare() -> re.Pattern[str]:
    matters = alternatives("issued_documents", "headings", "matters")
    return re.compile(rf"(?i:(?:(?:{_before()})\s+)*(?:{_kinds()}))(?:\s+(?i:{matters})\b.*)?$")


@cache
def _heading_of() -> re.Pattern[str]:
    matters = alternatives("issued_documents", "headings", "matters")
    return re.compile(
        rf"(?P<who>[A-Z].{{1,120}}?)[\s:–-]+(?i:(?:(?:{_before()})\s+)*(?:{_kinds()}))"
        rf"(?:\s+(?i:{matters})\b.*)?$"
    )


def _kinds() -> str:
    return alternatives("issued_documents", "headings", "kinds")


def _before() -> str:
    return alternatives("issued_documents", "headings", "kinds_before")


def _cut_at_matter(who: str) -> str:
    """Return a name without what the statement is about; "in" stays within "Embassy in Norway"."""
    words = who.split()
    for k, word in enumerate(words):
        low = word.lower().strip(",")
        if not k or low not in listed("issued_documents", "headings", "matters"):
            continue
        if (
            low in listed("issued_documents", "headings", "links")
            and words[k - 1][:1].isupper()
            and _office_goes_on(words, k)
        ):
            continue
        return " ".join(words[:k]).strip(" ,")
    return who.strip(" ,")


def _office_goes_on(words: list[str], k: int) -> bool:
    """As in "Minister for Foreign Affairs", "Embassy in Norway", "Ambassador to the United Nations"."""
    before, after = words[k - 1].lower(), next((w for w in words[k + 1 :] if w.lower() != "the"), "")
    return before in listed("issued_documents", "headings", "offices") and bool(_UPPER.match(after))


def _names(who: str) -> bool:
    """Tell a name or an office from other words: what begins small is one of an office's own words."""
    known = listed("issued_documents", "headings", "offices") | listed("issued_documents", "headings", "lower")
    words = [re.sub(r"['’]s?$", "", w).strip(",;()\"“”'") for w in re.split(r"[\s–/-]+", who)]
    return all(not w or not w[0].islower() or w.lower() in known for w in words)


def _followed(report: Report) -> Document | None:
    """As in "The statement of the G7 leaders reads:", "Main points from Irina Volk's briefing:", then the text."""
    line = _LINE.search(report.text)
    if line is None or not line.group().rstrip().endswith(":"):
        return None
    words = line.group().strip().rstrip(":").strip()
    rest = report.text[line.end() :]
    if not rest.strip() or not are_own_words(rest, strong=True):
        return None
    extract = _extract().match(words)
    if extract is not None:
        who = re.split(r"['’]s\b|['’]\s", extract["who"])[0]
        who = _cut_at_matter(who)
        return Document(DocumentKind.STATEMENT, (who,), _all(report.text, line.end())) if _names(who) else None
    told = _text_follows().match(words)
    if told is None:
        return None
    who = issuer_of(re.sub(r"^[Tt]he ", "", told["what"]))
    return Document(DocumentKind.STATEMENT, (who,), _all(report.text, line.end())) if who else None


@cache
def _extract() -> re.Pattern[str]:
    before = alternatives("issued_documents", "headings", "extracts_before")
    kinds = alternatives("issued_documents", "headings", "extracts")
    by = alternatives("issued_documents", "headings", "by")
    return re.compile(rf"(?i:(?:the )?(?:{before}) (?:{kinds}) (?:{by})) (?P<who>.+)$")


@cache
def _text_follows() -> re.Pattern[str]:
    return re.compile(rf"(?P<what>.+?) (?i:{alternatives('issued_documents', 'headings', 'follows')})$")


def is_official(name: str) -> bool:
    """Tell whether a name is that of an office, a body or whoever holds one: "President of Georgia"."""
    low = " ".join(re.sub(r"[^\w\s-]", " ", name).lower().split())
    return (
        re.search(rf"(?<![\w-])(?:{alternatives('issued_documents', 'headings', 'official')})(?![\w-])", low)
        is not None
    )


def _posted(report: Report) -> Document | None:
    """What an official, or anybody on a network, wrote in the first person or left the subject out of."""
    author = report.author
    on_network = (report.outlet or "").strip().lower() in listed("issued_documents", "headings", "networks")
    if not author or not (on_network or is_official(author)):
        return None
    if len(author) > _LONGEST_HEADING or not are_own_words(report.text, strong=on_network):
        return None
    start = 0
    label = _LABEL.match(report.text)
    if label is not None and is_official(label["who"]):
        return None
    kind = DocumentKind.POST if on_network else DocumentKind.STATEMENT
    return Document(kind, (author,), _all(report.text, start), seat=None if on_network else report.outlet)


def _labelled(report: Report) -> Document | None:
    """As in "FM Orlov: We regret ...", "Russian Embassy in #Israel: We ...": one label, then the first person."""
    label = _LABEL.match(report.text)
    if label is None or not is_official(label["who"]) or not _names(re.sub(r"[#@]", "", label["who"])):
        return None
    if len(label["who"].split()) > _LONGEST_SENDER or not are_own_words(report.text[label.end() :]):
        return None
    who = re.sub(r"[#@]", "", label["who"])
    return Document(DocumentKind.POST, (who,), _all(report.text, label.end()))
