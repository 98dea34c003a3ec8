"""Quotations without a verb of saying: a label before them, a reply's noun or a plain verb after, or nothing at all.

"From the envoy, Ann Lee: “...”"; "“...” came the reply from Oslo"; "“...,” Lee shot back"; a paragraph that is a
quotation and nothing else goes on from the one speaker of the paragraph before, or is nobody's.
"""

from __future__ import annotations

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import Mode
from communique.reading.annotations import Quotation
from communique.reading.attribution.candidates import Candidate, inserted_source, noun_phrase, subject_of
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import is_modal
from communique.reading.grammar.labels import FINITE, PAST_TENSE, TENSED, THIRD_PERSON
from communique.reading.grammar.subjects import active_subject, told_by
from communique.reading.tokens import Tokens, TokenSpan

_REPLIES = listed("cues", "bare_quotations", "replies")
_COMING = listed("cues", "bare_quotations", "coming")
_FROM = listed("cues", "bare_quotations", "whose_reply")
_LABEL_OPENERS = listed("cues", "bare_quotations", "label_openers")

_LONGEST_LABEL = 16  # tokens
_REPLY_REACH = 12
_TAIL = 3
_PERSONS = (listed("closed_classes", "he") | listed("closed_classes", "she")) & listed("closed_classes", "nominatives")
_CLOSING = frozenset(("'", "’", "›", '"', "”", "''"))
_SUBORDINATE = frozenset(("relcl", "acl", "advcl", "pcomp"))
_NAMES = frozenset(("PROPN", "NOUN", "PRON"))


def _breaks(tokens: Tokens, t: int) -> bool:
    return tokens.pos[t] == "SPACE" and "\n" in tokens.text[t]


def ending(tokens: Tokens, q: Quotation) -> str:
    """Return the mark or word with which a quotation ends, before its own closing mark and an inner one's."""
    last = q.end - 2
    while last > q.start and tokens.text[last] in _CLOSING:
        last -= 1
    return tokens.text[last] if last > q.start else ""


def runs_on(tokens: Tokens, q: Quotation) -> bool:
    """Tell whether a sentence goes on after a quotation, so that its own words say whose it is."""
    after = q.end
    if after >= tokens.n or _breaks(tokens, after):
        return False
    if tokens.text[after] in {",", "–", "—", "--"}:
        return True
    ended = ending(tokens, q)
    if ended in {".", "!", "?", "…"}:
        return tokens.text[after][:1].islower()  # "“And then what?” was all he said."
    return tokens.pos[after] not in {"PUNCT", "SPACE"}


def labelled(tokens: Tokens, q: Quotation) -> Candidate | None:
    """As in "From the Kremlin spokesman, Pavel Orlov: “...”": a name and a colon, with no verb, before a quotation."""
    colon = q.start - 1
    while colon >= 0 and tokens.pos[colon] == "SPACE":
        colon -= 1
    if colon < 1 or tokens.text[colon] != ":":
        return None
    start = colon
    while start > 0 and colon - start <= _LONGEST_LABEL and not _breaks(tokens, start - 1):
        if tokens.text[start - 1] in {".", "!", "?", '"', ";"}:
            break
        start -= 1
    label = range(start, colon)
    if not label or len(label) > _LONGEST_LABEL or any(tokens.tag[t] in FINITE for t in label):
        return None
    if tokens.lower[start] in _LABEL_OPENERS:
        start += 1
    named = [t for t in range(start, colon) if tokens.entity[t] == "PERSON" or tokens.pos[t] == "PROPN"]
    if not named or named[-1] != colon - 1 or any(tokens.pos[t] in {"VERB", "AUX"} for t in range(start, colon)):
        return None
    return _signed_by(((start, colon),), colon - 1, (colon, colon + 1), colon, q, "label")


def replied(tokens: Tokens, q: Quotation, last: int) -> Candidate | None:
    """As in "“...,” came the reply from Oslo", "“...” was the answer of the envoy", "“...,” Lee shot back."."""
    start = q.end + 1 if q.end < last and tokens.text[q.end] in {",", "–", "—"} else q.end
    if start >= last or not runs_on(tokens, q):
        return None
    stop = min(last, start + _REPLY_REACH)
    if tokens.lemma[start] in _COMING:
        noun = next((t for t in range(start + 1, stop) if tokens.lemma[t] in _REPLIES), None)
        if noun is None or noun + 2 >= last or tokens.lower[noun + 1] not in _FROM:
            return None
        source = tokens.child(noun + 1, "pobj")
        if source is None:
            return None
        return _signed_by((noun_phrase(tokens, source),), source, (start, noun + 1), start, q, "reply")
    if ending(tokens, q) != "," and tokens.text[q.end] != ",":
        return None
    return _plain_verb(tokens, q, start, stop)


def _plain_verb(tokens: Tokens, q: Quotation, start: int, stop: int) -> Candidate | None:
    """A subject and a past verb that close the sentence say whose words stood before the comma."""
    verb = next((t for t in range(start, stop) if tokens.tag[t] in FINITE), None)
    if verb is None or is_modal(tokens, verb) or verb == start:
        return None
    phrase = range(start, verb)
    if any(tokens.pos[t] in {"VERB", "AUX", "SCONJ", "CCONJ"} for t in phrase):
        return None
    named = [t for t in phrase if tokens.pos[t] in _NAMES]
    if not named or named[-1] != verb - 1 or tokens.lower[start] in cues().sets["named"]:
        return None
    end = next((t for t in range(verb + 1, min(tokens.n, verb + 2 + _TAIL)) if tokens.text[t] in {".", ";"}), None)
    if end is None or any(tokens.pos[t] not in {"ADV", "PART", "ADP", "ADJ"} for t in range(verb + 1, end)):
        return None
    return _signed_by(((start, verb),), verb - 1, (verb, verb + 1), verb, q, "verb")


def carried_on(tokens: Tokens, q: Quotation, paragraph: TokenSpan, before: TokenSpan) -> Candidate | None:
    """A paragraph that is one quotation, by whoever is the one speaker of the paragraph before."""
    first = paragraph[0]
    while first < q.start and tokens.pos[first] == "SPACE":
        first += 1
    if first != q.start or any(tokens.pos[t] not in {"SPACE", "PUNCT"} for t in range(q.end, paragraph[1])):
        return None
    voice = _voice(tokens, before)
    if voice is None:
        return None
    return _signed_by((noun_phrase(tokens, voice),), voice, (q.start, q.start + 1), q.start, q, "alone")


def only_quoted(tokens: Tokens, paragraph: TokenSpan, marked: frozenset[int]) -> bool:
    """Tell whether a paragraph is words between quotation marks and nothing else."""
    return all(t in marked or tokens.pos[t] in {"SPACE", "PUNCT"} for t in range(*paragraph))


def of_person_before(tokens: Tokens, q: Quotation, paragraph: TokenSpan, marked: frozenset[int]) -> Candidate | None:
    """As in "The minister shrugged. “Let them talk.”": by the one person whom the sentence before is about."""
    start = _sentence_before(tokens, q, paragraph)
    first = tokens.sentences[tokens.sentence[q.start]][0]
    if start is None or any(t in marked for t in range(start, first)):
        return None
    root = next((t for t in range(start, first) if tokens.head[t] == t), None)
    subject = None if root is None else active_subject(tokens, root)
    if root is None or subject is None or subject > root or tokens.tag[root] not in {PAST_TENSE, THIRD_PERSON}:
        return None
    named = tokens.entity[subject] == "PERSON"
    if not named and tokens.lower[subject] not in _PERSONS:
        return None
    held = range(tokens.left[subject], tokens.right[subject] + 1)
    others = [t for t in range(start, first) if tokens.entity[t] == "PERSON" and t not in held]
    if others or (not named and any(tokens.entity[t] == "PERSON" for t in range(start, first))):
        return None
    return _signed_by((noun_phrase(tokens, subject),), subject, (q.start, q.start + 1), q.start, q, "alone")


def of_voice_before(tokens: Tokens, q: Quotation, paragraph: TokenSpan, marked: frozenset[int]) -> Candidate | None:
    """As in "The envoy said that it was too late. “Nobody will come.”": by whom the sentence before reports."""
    start = _sentence_before(tokens, q, paragraph)
    if start is None or q.start - 1 in marked:
        return None
    first = tokens.sentences[tokens.sentence[q.start]][0]
    if any(t in marked for t in range(start, first)):
        return None
    before = (start, first)
    voice = _reporting(tokens, before) or _named_source(tokens, before) or _voice(tokens, before)
    if voice is None:
        return None
    return _signed_by((noun_phrase(tokens, voice),), voice, (q.start, q.start + 1), q.start, q, "after")


def _sentence_before(tokens: Tokens, q: Quotation, paragraph: TokenSpan) -> int | None:
    """Return where the sentence before begins, for a quotation that is whole sentences of its own in a paragraph."""
    first = tokens.sentences[tokens.sentence[q.start]][0]
    if q.scare or runs_on(tokens, q) or ending(tokens, q) not in {".", "!", "?", "…"}:
        return None
    if any(tokens.pos[t] != "SPACE" for t in range(first, q.start)) or first <= paragraph[0]:
        return None
    start = tokens.sentences[tokens.sentence[first - 1]][0]
    return None if start < paragraph[0] else start


def _reporting(tokens: Tokens, sentence: TokenSpan) -> int | None:
    """Return who says a whole sentence that is no one's clause, as in "It is too late, the envoy told us."."""
    for t in reversed(range(*sentence)):
        if tokens.tag[t] not in TENSED or tokens.lemma[t] not in cues().strong or tokens.dep[t] in _SUBORDINATE:
            continue
        inserted = inserted_source(tokens, t)
        if inserted is not None:
            return inserted[1]
        subject = active_subject(tokens, t)
        if subject is not None and not tokens.has_child(t, "mark"):
            return subject
    return None


def _named_source(tokens: Tokens, sentence: TokenSpan) -> int | None:
    """Return whom a sentence tells as its source, as in "It is too late, according to the envoy."."""
    return next((source for t in range(*sentence) if (source := told_by(tokens, t)) is not None), None)


def _voice(tokens: Tokens, paragraph: TokenSpan) -> int | None:
    """Return the subject of the last sentence's main verb, if that says or judges something."""
    last = paragraph[1] - 1
    while last > paragraph[0] and tokens.pos[last] in {"SPACE", "PUNCT"}:
        last -= 1
    first = max(paragraph[0], tokens.sentences[tokens.sentence[last]][0])
    root = next((t for t in range(first, last + 1) if tokens.head[t] == t and tokens.pos[t] in {"VERB", "AUX"}), None)
    if root is None or tokens.lemma[root] not in cues().verbs or tokens.tag[root] not in TENSED:
        return None
    return subject_of(tokens, root)


def _signed_by(
    source: tuple[TokenSpan, ...], head: int, cue: TokenSpan, cue_head: int, q: Quotation, variant: str
) -> Candidate:
    content = ((q.start, q.end),)
    return Candidate(
        source, head, (cue,), cue_head, content, None, Construction.QUOTE_SIGNED, "say", Mode.SAID, variant=variant
    )
