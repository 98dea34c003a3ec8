"""Find what could be attributions: source, cue and content.

Generators propose candidates from verbs, phrases and quotation marks; what is no statement at sight is left out. How
likely each is to stand is the scorer's to say, which of them stand ``selection``'s.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.reading.annotations import Entities, Quotation
from communique.reading.attribution.appeals import appeal_candidates
from communique.reading.attribution.candidates import Candidate, has_speaker, speaks, speech_tokens
from communique.reading.attribution.deeds import is_deed
from communique.reading.attribution.issued_words import with_own_words
from communique.reading.attribution.listed_terms import is_item, listed_candidates
from communique.reading.attribution.noun_cues import phrase_candidates
from communique.reading.attribution.quote_cues import quote_candidates
from communique.reading.attribution.signed_lines import signed_candidates
from communique.reading.attribution.turn_cues import turn_candidates, within_turns
from communique.reading.attribution.unsaid import is_unsaid
from communique.reading.attribution.verb_cues import verb_candidates
from communique.reading.attribution.whole_contents import outlets_of, whole
from communique.reading.constructions import Construction
from communique.reading.grammar.negation import is_denied
from communique.reading.protocols import Extractor, Text
from communique.reading.segmentation.term_lists import term_lists
from communique.reading.tokens import Tokens, TokenSpan

# Tokens by which a quotation may run on past a parsed content and still be taken in.
_LONGEST_TAIL = 400

_TRIES = listed("cues", "deeds", "tries")
_LONGEST_REQUEST = 10

# What was not said is no statement; what is not believed or wanted still is a stance.
_SPOKEN = {"say", "write", "show", "cite", "seem", "other"}


def rules() -> Extractor[Candidate]:
    """Make the extractor of attributions that goes by the parse, the lexicon's cues and quotation marks."""
    return find_candidates


def find_candidates(text: Text) -> list[Candidate]:
    """Return what could be attributions; what only names whom it quotes, or was not said, is none."""
    tokens, entities = text.tokens, text.entities
    found = within_turns(tokens, text.turns, candidates_of(tokens, text.quotations))
    lists = tokens.once(term_lists)
    every = [
        *with_own_words(text, list(found)),
        *turn_candidates(tokens, text.turns),
        *listed_candidates(tokens, lists),
        *signed_candidates(tokens),
    ]
    outlets = outlets_of(entities)
    return [whole(tokens, c, outlets) for c in every if c.construction.is_labelled or not is_left_out(text, c)]


def is_left_out(text: Text, c: Candidate) -> bool:
    """Tell whether a candidate is at sight no statement: nothing was said, it is an item of a list, or a deed."""
    tokens, entities = text.tokens, text.entities
    lists = tokens.once(term_lists)
    return is_no_statement(tokens, c, entities) or is_item(tokens, lists, c) or is_deed(tokens, c, entities)


def is_no_statement(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """Tell whether a candidate only names whom it quotes, glosses a deed, or asks in nobody's name."""
    lemma = tokens.lemma[c.cue_head]
    after = c.construction.is_object and c.construction is not Construction.OBJECT_BEFORE
    if after and c.cue_class in _SPOKEN and tokens.lower[c.content[0][0]] == "no":
        return True  # "issued no statement"
    if (
        is_unsaid(tokens, c)
        or _asks_not_to_be_named(tokens, c)
        or _backs_an_actor(tokens, c, entities)
        or (c.construction is Construction.NOUN and _tried(tokens, c))
        or (c.cue_class in _SPOKEN and _left_unsaid(tokens, c.cue_head))
    ):
        return True
    if lemma in cues().sets["quoting"] and c.construction.is_object and c.clause is not None:
        host = tokens.head[c.cue_head]
        carried = (
            tokens.tag[c.cue_head] == "VBG" and tokens.has_child(host, "ccomp", "dobj") and tokens.pos[host] == "VERB"
        )
        return carried or c.clause in entities.heads
    if lemma in cues().sets["glossing"] and tokens.tag[c.cue_head] == "VBG" and tokens.dep[c.cue_head] == "advcl":
        return not speaks(tokens, tokens.head[c.cue_head])
    if c.construction is Construction.OBJECT and c.cue_class == "say" and not has_speaker(tokens, c, entities):
        # "Developments added a layer": a thing says nothing but words.
        return True
    return lemma == "ask" and not c.source and not c.construction.is_passive


def _tried(tokens: Tokens, c: Candidate) -> bool:
    """As in "rejected attempts by third parties to present it as a defeat": what these try, they do not say."""
    if c.source_head is None or tokens.lemma[c.cue_head] not in _TRIES:
        return False
    above = tokens.head[c.source_head]
    return c.cue_head in (above, tokens.head[above]) and tokens.dep[c.source_head] in ("pobj", "poss")


def _backs_an_actor(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """As in "the movement, which is supported by Peru": what is done for somebody is not said of anything."""
    if c.cue_class != "praise" or tokens.dep[c.cue_head] != "relcl":
        return False
    words = [t for a, b in c.content for t in range(a, b)]
    if len(words) != 1:
        return False
    return tokens.tag[words[0]] in ("WDT", "WP") and tokens.head[c.cue_head] in entities.actor_of


def _asks_not_to_be_named(tokens: Tokens, c: Candidate) -> bool:
    """As in "an official who asked not to be identified": that is how it was told, not what."""
    first, last = c.content[0][0], c.content[-1][1]
    words = tokens.lower[first:last] if last - first <= _LONGEST_REQUEST else []
    return "be" in words and not cues().sets["named"].isdisjoint(words)


def _left_unsaid(tokens: Tokens, verb: int) -> bool:
    """As in "declined to comment on it"."""
    return tokens.dep[verb] == "xcomp" and tokens.lemma[tokens.head[verb]] in cues().sets["withholding"]


def candidates_of(tokens: Tokens, quotations: tuple[Quotation, ...]) -> list[Candidate]:
    """Return all candidates; a content that enters a quotation is widened to the whole of it."""
    direct = list(quote_candidates(tokens, quotations))
    by_cue = {c.cue_head: c for c in direct}
    speech = [q for q in quotations if not q.depth and not q.scare]
    starts = [q.start for q in speech]
    out: list[Candidate] = []
    used: set[int] = set()
    phrased = phrase_candidates(tokens, speech_tokens(quotations))
    for c in chain(verb_candidates(tokens), appeal_candidates(tokens), phrased):
        quote = by_cue.get(c.cue_head)
        if quote is not None and quote.construction is Construction.QUOTE_SIGNED:
            # What gives the quotation to somebody is no verb of saying, and has no clause.
            continue
        wide = _widened(c, speech, starts)
        both = None if quote is None else _as_one(tokens, quote, wide)
        if both is not None:
            out.append(both)
            used.add(c.cue_head)
        elif quote is not None and _holds(quote, wide):
            # The clause is a piece of what is quoted.
            continue
        elif not (c.cue_class in _SPOKEN and is_denied(tokens, c.cue_head, ended=False)):
            out.append(wide)
    out.extend(c for c in direct if c.cue_head not in used)
    opened = {q.end - 1: q.start for q in quotations if q.closed}
    return [_with_marks(c, opened) for c in out]


def _as_one(tokens: Tokens, quote: Candidate, clause: Candidate) -> Candidate | None:
    """Return what stands for both the quotations and the clause of one cue; None where they stay apart."""
    if _holds(clause, quote):
        return _sourced(clause, quote)
    if _holds(quote, clause) or not clause.construction.joins_quotation:
        return None
    return _joined(tokens, quote, clause)


def _holds(outer: Candidate, inner: Candidate) -> bool:
    """Tell whether each piece of one content lies within a piece of the other."""
    return all(any(a <= x and y <= b for a, b in outer.content) for x, y in inner.content)


def _sourced(c: Candidate, quote: Candidate) -> Candidate:
    return c if c.source else replace(c, source=quote.source, source_head=quote.source_head)


def _widened(c: Candidate, speech: list[Quotation], starts: list[int]) -> Candidate:
    """Take in the whole of a quotation that the content enters, unless its cue or source stands inside."""
    pieces = list(c.content)
    changed = False
    for k, (a, b) in enumerate(pieces):
        for q in speech[max(bisect_right(starts, a) - 1, 0) : bisect_right(starts, b)]:
            if q.start <= c.cue_head < q.end:
                continue
            starts_inside = q.start <= a < q.end
            runs_out = a <= q.start < b < q.end and q.end - b < _LONGEST_TAIL
            if (starts_inside and (a > q.start or b < q.end)) or runs_out:
                wide = (min(a, q.start), max(b, q.end))
                if c.source_head is not None and wide[0] <= c.source_head < wide[1]:
                    continue
                pieces[k] = wide
                changed = True
    return _with(c, merge(pieces)) if changed else c


def _with_marks(c: Candidate, opened: dict[int, int]) -> Candidate:
    """Take in the closing mark of a quotation that a content holds but for that mark."""
    pieces = tuple((a, b + 1) if b in opened and a <= opened[b] else (a, b) for a, b in c.content)
    return c if pieces == c.content else _with(c, pieces)


def _with(c: Candidate, content: tuple[TokenSpan, ...]) -> Candidate:
    return replace(c, content=content)


def _joined(tokens: Tokens, quote: Candidate, clause: Candidate) -> Candidate | None:
    """One cue with a parsed clause and quotations: the clause, where it holds, meets or leads up to the first one."""
    a, b = quote.content[0]
    for x, y in clause.content:
        led_up_to = y < tokens.n and tokens.text[y] == ":" and a == y + 1
        if x <= b and (a <= y or led_up_to):
            pieces = merge([*clause.content, *quote.content])
            source = clause if clause.source else quote
            return Candidate(
                source.source,
                source.source_head,
                quote.cue,
                quote.cue_head,
                pieces,
                clause.clause,
                quote.construction,
                clause.cue_class,
                clause.mode,
                joined=True,
            )
    return None


def merge(pieces: Iterable[TokenSpan]) -> tuple[TokenSpan, ...]:
    """Join overlapping or touching ranges."""
    out: list[TokenSpan] = []
    for a, b in sorted(pieces):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return tuple(out)
