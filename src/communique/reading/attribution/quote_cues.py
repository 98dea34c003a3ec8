"""Attributions of what stands between quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.annotations import Quotation
from communique.reading.attribution.bare_quotes import (
    carried_on,
    ending,
    labelled,
    of_person_before,
    of_voice_before,
    only_quoted,
    replied,
    runs_on,
)
from communique.reading.attribution.candidates import Candidate, noun_phrase, saying_of, subject_of, verb_group
from communique.reading.constructions import Construction
from communique.reading.grammar.labels import FINITE, TENSED
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.segmentation.quotations import paragraphs
from communique.reading.tokens import Tokens, TokenSpan

_POSTING = listed("cues", "constructions", "posting")

_REACH = 14
_MOST_CARRIED = 4  # paragraphs of nothing but a quotation, after the one that names the speaker
_SHORTEST_SIGNED = 5  # tokens, the marks counted
_LONGEST_SIGNATURE = 16
_DASHES = frozenset(("—", "–", "--", "-", "―"))
_SAYING_MARKS = frozenset(('"', "“", "”", ":", ";"))
_ACTORS = frozenset(("GPE", "ORG", "PERSON", "NORP"))

_NEIGHBOUR_REACH = 8
"""Words after a cue without a subject within which its noun stands."""
_NEIGHBOUR_HEAD_REACH = 10
"""Words after a cue within which the head of that noun stands."""


def quote_candidates(tokens: Tokens, quotations: Sequence[Quotation]) -> Iterator[Candidate]:
    """Yield one candidate for each cue with the quotations that it introduces, follow-up quotations joined.

    A quotation without a cue of its own belongs to the last cue of its paragraph, or of the paragraph before where
    that one's quotation was left open at its end.
    """
    bounds = paragraphs(tokens)
    marked = frozenset(t for q in quotations if not q.depth for t in range(q.start, q.end))
    starts = [first for first, _ in bounds]
    gathered: dict[int, list[TokenSpan]] = {}
    constructions: dict[int, Construction] = {}
    order: list[int] = []
    last_cue: int | None = None
    last_paragraph = -1
    open_before = False
    for q in quotations:
        if q.depth or q.end - q.start < 3:
            continue
        signed = _signed(tokens, q)
        if signed is not None:
            yield signed
            continue
        place = max(bisect_right(starts, q.start) - 1, 0)
        cue, construction = _cue_of(tokens, q, bounds[place])
        bare = None if cue is not None or q.scare else _bare(tokens, q, bounds, place, marked)
        if bare is not None:
            yield bare
            if bare.variant != "alone":
                last_cue, open_before = None, False
            continue
        near = place == last_paragraph or (open_before and place == last_paragraph + 1 and q.start == bounds[place][0])
        if cue is None and not q.scare and near and _follows(tokens, q, last_cue):
            cue = last_cue
        if cue is None:
            if not q.scare:
                open_before = False
            continue
        if cue not in gathered:
            gathered[cue] = []
            constructions[cue] = construction
            order.append(cue)
        gathered[cue].append((q.start, q.end))
        last_cue, last_paragraph = cue, place
        open_before = not q.closed
    for cue in order:
        yield from _candidate(tokens, cue, gathered[cue], constructions[cue])


def _bare(
    tokens: Tokens, q: Quotation, bounds: Sequence[TokenSpan], place: int, marked: frozenset[int]
) -> Candidate | None:
    """A quotation that a label, a reply's noun, a plain verb, or what stands before it, gives to somebody."""
    found = (
        labelled(tokens, q)
        or replied(tokens, q, bounds[place][1])
        or of_person_before(tokens, q, bounds[place], marked)
        or of_voice_before(tokens, q, bounds[place], marked)
    )
    if found is not None or not place:
        return found
    before = place - 1
    while before and place - before <= _MOST_CARRIED and only_quoted(tokens, bounds[before], marked):
        before -= 1
    return carried_on(tokens, q, bounds[place], bounds[before])


def _signed(tokens: Tokens, q: Quotation) -> Candidate | None:
    """As in "“We will not sign.” — Minister Lena Torvik": a quotation, a dash and a name, on lines of their own.

    Block quotations of pages come so, too. What follows the name says what the speaker is.
    """
    at, breaks = q.end, 0
    while at < tokens.n and tokens.pos[at] == "SPACE":
        breaks += tokens.text[at].count("\n")
        at += 1
    if breaks > 1 or q.end - q.start < _SHORTEST_SIGNED or not _opens_line(tokens, q.start):
        return None
    if at >= tokens.n or tokens.text[at] not in _DASHES:
        return None
    end = at + 1
    while end < tokens.n and not (tokens.pos[end] == "SPACE" and "\n" in tokens.text[end]):
        end += 1
    while end > at and (tokens.pos[end - 1] == "SPACE" or tokens.text[end - 1] == "."):
        end -= 1
    name = range(at + 1, end)
    if not name or len(name) > _LONGEST_SIGNATURE or not tokens.text[at + 1][:1].isupper():
        return None
    if any(tokens.tag[t] in FINITE or tokens.text[t] in _SAYING_MARKS for t in name):
        return None
    # The name ends at the first comma: what stands behind tells the office.
    comma = next((t for t in name if tokens.text[t] in {",", "("}), end)
    named = [t for t in range(at + 1, comma) if tokens.pos[t] == "PROPN" or tokens.entity[t] in _ACTORS]
    if not named:
        return None
    source, cue, content = ((at + 1, comma),), ((at, at + 1),), ((q.start, q.end),)
    return Candidate(source, named[-1], cue, at, content, None, Construction.QUOTE_SIGNED, "say", Mode.SAID)


def _opens_line(tokens: Tokens, start: int) -> bool:
    return start == 0 or (tokens.pos[start - 1] == "SPACE" and "\n" in tokens.text[start - 1])


def _stands_alone(tokens: Tokens, q: Quotation) -> bool:
    """A quotation that is its own sentence or sentences, with no words after it that say whose it is."""
    if runs_on(tokens, q):
        return False
    first = tokens.sentences[tokens.sentence[q.start]][0]
    before = tokens.text[q.start - 1] if q.start else "."
    return q.start == first or tokens.pos[q.start - 1] == "SPACE" or before in {".", "!", "?", ":", '"'}


def _follows(tokens: Tokens, q: Quotation, cue: int | None) -> bool:
    """Tell whether a quotation is the last cue's: it stands alone, and no other sentence leads up to it."""
    return cue is not None and _stands_alone(tokens, q) and not _announced(tokens, q, cue)


def _announced(tokens: Tokens, q: Quotation, cue: int) -> bool:
    """As in "From the benches came a shout: “...”": another sentence than the cue's leads up to the quotation."""
    before = q.start - 1
    while before > cue and tokens.pos[before] == "SPACE":
        before -= 1
    return tokens.text[before] == ":" and tokens.sentence[before] != tokens.sentence[cue]


def _cue_of(tokens: Tokens, q: Quotation, paragraph: TokenSpan) -> tuple[int | None, Construction]:
    after = _cue_after(tokens, q, paragraph)
    if after is not None:
        saying = _saying(tokens, after)
        return saying, Construction.QUOTE_AFTER if saying == after else Construction.QUOTED_AS_SAYING
    before = _cue_before(tokens, q, paragraph)
    if before is not None:
        return before, Construction.QUOTE_BEFORE
    return _cue_of_colon(tokens, q), Construction.QUOTE_COLON


def _saying(tokens: Tokens, cue: int) -> int:
    """Return the last verb of "was quoted as saying", "quoted her as saying": who is quoted is its subject."""
    saying = saying_of(tokens, cue) if tokens.lemma[cue] in cues().sets["quoting"] else None
    return cue if saying is None else saying


def _is_cue(tokens: Tokens, i: int) -> bool:
    return tokens.pos[i] in {"VERB", "AUX"} and tokens.lemma[i] in cues().strong and tokens.tag[i] != "VB"


def _cue_after(tokens: Tokens, q: Quotation, paragraph: TokenSpan) -> int | None:
    """`"...," he said` and `"...," said the minister`: the cue's clause starts right after the closing mark."""
    k = q.end
    stop = min(paragraph[1], k + _REACH)
    ended = ending(tokens, q)
    if k < stop and tokens.text[k] in {",", "–", "—", "-", "--"}:
        ended = ","
        k += 1
    open_ended = ended not in {",", "!", "?", ".", "–", "—", "-", "…", "--"} and not q.scare
    if open_ended and k < stop and not _is_cue(tokens, k):
        return None
    for i in range(k, stop):
        token = tokens.text[i]
        if token in {'"', ";", ":", ".", "''"} or tokens.pos[i] == "SPACE" and "\n" in token:
            return None
        if tokens.pos[i] == "VERB" or tokens.pos[i] == "AUX" and tokens.lemma[i] in cues().strong:
            if _is_full(tokens, ended, k) and _leads_on(tokens, i, k):
                return None
            if not _is_cue(tokens, i):
                if tokens.dep[i] in {"acl", "relcl", "amod"} and i > k:
                    continue
                return None
            subject = nominal_subject(tokens, i)
            if subject is not None and k <= subject:
                return i
            if i == k and tokens.tag[i] in TENSED:
                return i
            if subject is None and i > k and tokens.pos[i - 1] in {"PROPN", "NOUN", "PRON", "ADV"}:
                return i
            return None
    return None


def _is_full(tokens: Tokens, ended: str, start: int) -> bool:
    """Whether a quotation ends a sentence: "“...” Kyiv agreed, said Lee" is two."""
    return ended == "." or (ended in {"!", "?"} and tokens.text[start][:1].isupper())


def _leads_on(tokens: Tokens, i: int, start: int) -> bool:
    """Tell of a verb after a quotation that ends a sentence whether it gives something else than the quotation.

    "“...” He continued, “...”", "“...” Lee said that it was a fraud", "“...” Kyiv agreed to it, said Lee".
    """
    if any(tokens.dep[c] in {"ccomp", "dobj"} and c > i for c in tokens.children[i]):
        return True
    subject = nominal_subject(tokens, i)
    if subject is not None and subject > i > start:
        return True
    if i + 2 >= tokens.n or tokens.text[i + 1] not in {",", ":"}:
        return False
    return tokens.text[i + 2] in {'"', "“", "``", "«"}


def _cue_before(tokens: Tokens, q: Quotation, paragraph: TokenSpan) -> int | None:
    """`He said, "..."`, `adding: "..."`, `that "..."`."""
    k = q.start - 1
    stop = max(paragraph[0], q.start - _REACH)
    near = k >= stop and (tokens.text[k] in {",", ":", "–", "—"} or tokens.lower[k] in {"that", "as"})
    for i in range(k, stop - 1, -1):
        token = tokens.text[i]
        if token in {'"', "''", ".", ";"} or tokens.pos[i] == "SPACE" and "\n" in token:
            return None
        if tokens.pos[i] in {"VERB", "AUX"} and tokens.lemma[i] in cues().strong and tokens.tag[i] != "VBN":
            if near or i == k:
                return _over_infinitive(tokens, i, k)
            return None
    return None


def _over_infinitive(tokens: Tokens, i: int, k: int) -> int:
    """As in "told us that it was ready to continue without it: “...”": an infinitive in a clause gives no quotation."""
    if tokens.tag[i] != "VB" or tokens.text[k] != ":" or i + 1 == k:
        return i
    first = tokens.sentences[tokens.sentence[i]][0]
    return next((t for t in range(i - 1, first - 1, -1) if _is_cue(tokens, t) and tokens.tag[t] in TENSED), i)


def _cue_of_colon(tokens: Tokens, q: Quotation) -> int | None:
    """A sentence or paragraph that ends in a colon introduces the quotation that follows it."""
    k = q.start - 1
    while k >= 0 and tokens.pos[k] == "SPACE":
        k -= 1
    if k < 0 or tokens.text[k] not in {":", "–"}:
        return None
    first = tokens.sentences[tokens.sentence[k]][0]
    for i in range(k - 1, first - 1, -1):
        if _is_cue(tokens, i):
            return i
    return None


def _candidate(tokens: Tokens, cue: int, pieces: list[TokenSpan], construction: Construction) -> Iterator[Candidate]:
    source = subject_of(tokens, cue)
    spans = [p for p in pieces if not (source is not None and p[0] <= source < p[1])]
    if source is not None and any(a <= source < b for a, b in pieces):
        source = None
    if source is None:
        source = _neighbour(tokens, cue, pieces)
        spans = pieces
    found: tuple[TokenSpan, ...] = ()
    if source is not None:
        phrase = noun_phrase(tokens, source)
        for a, b in spans:
            if phrase[0] < b and a < phrase[1]:
                phrase = (max(phrase[0], b), phrase[1]) if a <= phrase[0] else (phrase[0], a)
        if phrase[0] < phrase[1]:
            found = (phrase,)
    name = "write" if tokens.lemma[cue] in _POSTING else "say"
    mode = Mode.WRITTEN if name == "write" else Mode.SAID
    if spans:
        yield Candidate(found, source, verb_group(tokens, cue), cue, tuple(spans), None, construction, name, mode)


def _neighbour(tokens: Tokens, cue: int, pieces: list[TokenSpan]) -> int | None:
    """Where the parse gives the cue no subject: the noun right after it, else right before it."""
    inside = [range(a, b) for a, b in pieces]
    for i in range(cue + 1, min(tokens.n, cue + _NEIGHBOUR_REACH)):
        if any(i in r for r in inside) or tokens.pos[i] in {"PUNCT", "SPACE", "VERB"}:
            break
        if tokens.pos[i] in {"PROPN", "PRON", "NOUN"}:
            head = i
            while (
                tokens.head[head] > head
                and tokens.head[head] < cue + _NEIGHBOUR_HEAD_REACH
                and tokens.pos[tokens.head[head]]
                in {
                    "PROPN",
                    "NOUN",
                }
            ):
                head = tokens.head[head]
            return head
    if cue and tokens.pos[cue - 1] in {"PROPN", "PRON", "NOUN"} and not any(cue - 1 in r for r in inside):
        return cue - 1
    return None
