"""Find attributions: source, cue and content.

Generators propose candidates from verbs, phrases and quotation marks; a fitted model weighs them; the best that do not
conflict stand. A learned reader can take the place of the model, or of the generators, by giving
``find_attributions`` another ``propose`` or ``weigh``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import replace

from communique.lexicon.cues import cues
from communique.model import Manner
from communique.reading.annotations import Attribution, Entities, Quotation
from communique.reading.attribution.candidates import Candidate, is_negated, speaks
from communique.reading.attribution.noun_cues import phrase_candidates
from communique.reading.attribution.quote_cues import quote_candidates
from communique.reading.attribution.scorer import features_of, probability
from communique.reading.attribution.verb_cues import verb_candidates
from communique.reading.constructions import Construction
from communique.reading.tokens import Tokens, TokenSpan

THRESHOLD = 0.4

# Added to the threshold where a thing, or nobody, is the source of anything but a clause or a quotation.
MARGIN = 0.1

# Tokens by which a quotation may run on past a parsed content and still be taken in.
_LONGEST_TAIL = 400

_LONGEST_REQUEST = 10

# Statements within statements that one word may stand in; more are noise, and would cost the square of the text.
_DEEPEST = 6

# What was not said is no statement; what is not believed or wanted still is a stance.
_SPOKEN = {"say", "write", "show", "cite", "seem", "other"}

Propose = Callable[[Tokens, tuple[Quotation, ...]], list[Candidate]]
Weigh = Callable[[Tokens, Candidate, frozenset[int], Entities], float]


def find_attributions(
    tokens: Tokens,
    quotations: tuple[Quotation, ...],
    entities: Entities,
    propose: Propose | None = None,
    weigh: Weigh | None = None,
    threshold: float = THRESHOLD,
) -> tuple[Attribution, ...]:
    """Return the text's attributions in order of their cue."""
    candidates = (propose or candidates_of)(tokens, quotations)
    quoted = speech_tokens(quotations)
    weigh = weigh or default_weight
    rated = [(weigh(tokens, c, quoted, entities), c) for c in candidates if not is_no_statement(tokens, c, entities)]
    marked = frozenset(i for q in quotations if not q.depth for i in range(q.start, q.end))
    sure = [(p, c) for p, c in rated if p >= threshold + (0.0 if has_speaker(tokens, c, entities) else MARGIN)]
    return arrange(tokens, select(sure, threshold), marked)


def has_speaker(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """Tell whether a candidate names one who can speak, or has a clause or quotation that somebody must have said."""
    s = c.source_head
    if c.construction.has_clause:
        return True
    if s is None or s in entities.heads or s in entities.actor_of or tokens.pos[s] != "NOUN":
        return s is not None
    return c.construction.is_passive or tokens.lemma[s] in cues().sets["issued"]


def is_no_statement(tokens: Tokens, c: Candidate, entities: Entities) -> bool:
    """Tell whether a candidate only names whom it quotes, glosses a deed, or asks in nobody's name."""
    lemma = tokens.lemma[c.cue_head]
    after = c.construction.is_object and c.construction is not Construction.OBJECT_BEFORE
    if after and c.cue_class in _SPOKEN and tokens.lower[c.content[0][0]] == "no":
        return True  # "issued no statement"
    if (
        _supposed(tokens, c.cue_head)
        or _asks_not_to_be_named(tokens, c)
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


def _asks_not_to_be_named(tokens: Tokens, c: Candidate) -> bool:
    """As in "an official who asked not to be identified": that is how it was told, not what."""
    first, last = c.content[0][0], c.content[-1][1]
    named = {tokens.lower[i] for i in range(first, last)} & cues().sets["named"]
    return bool(named) and last - first <= _LONGEST_REQUEST and "be" in tokens.lower[first:last]


def _supposed(tokens: Tokens, verb: int) -> bool:
    """As in "if Beijing agreed to wait", "demanded that Tokyo propose a date": nobody has agreed or proposed."""
    mark = tokens.child(verb, "mark")
    if tokens.dep[verb] == "ccomp" and tokens.tag[verb] == "VB" and not tokens.has_child(verb, "aux"):
        return tokens.lemma[tokens.head[verb]] in cues().sets["mandating"]
    if tokens.dep[verb] != "advcl" or mark is None or tokens.lower[mark] not in {"if", "unless", "once", "until"}:
        return False
    return tokens.lemma[verb] in cues().sets["committing"]


def _left_unsaid(tokens: Tokens, verb: int) -> bool:
    """As in "declined to comment on it"."""
    return tokens.dep[verb] == "xcomp" and tokens.lemma[tokens.head[verb]] in cues().sets["withholding"]


def default_weight(tokens: Tokens, candidate: Candidate, quoted: frozenset[int], entities: Entities) -> float:
    """Weigh a candidate by the fitted model, or by a fixed score where its construction is too rare to fit."""
    prior = cues().priors.get(candidate.form)
    known = candidate.source_head in entities.heads or candidate.source_head in entities.actor_of
    fitted = probability(features_of(tokens, candidate, quoted, entities))
    return max(fitted, prior) if prior is not None and (known or candidate.construction.is_labelled) else fitted


def speech_tokens(quotations: Iterable[Quotation]) -> frozenset[int]:
    """Return the tokens that stand inside quotations of speech."""
    return frozenset(i for q in quotations if not q.scare and not q.depth for i in range(q.start, q.end))


def candidates_of(tokens: Tokens, quotations: tuple[Quotation, ...]) -> list[Candidate]:
    """Return all candidates; a content that enters a quotation is widened to the whole of it."""
    direct = list(quote_candidates(tokens, quotations))
    by_cue = {c.cue_head: c for c in direct}
    speech = [q for q in quotations if not q.depth and not q.scare]
    starts = [q.start for q in speech]
    out: list[Candidate] = []
    used: set[int] = set()
    for c in [*verb_candidates(tokens), *phrase_candidates(tokens, speech_tokens(quotations))]:
        quote = by_cue.get(c.cue_head)
        wide = _widened(c, speech, starts)
        if quote is not None:
            if all(any(a <= x and y <= b for a, b in wide.content) for x, y in quote.content):
                out.append(wide)
                used.add(c.cue_head)
                continue
            if all(any(a <= x and y <= b for a, b in quote.content) for x, y in wide.content):
                # The clause is a piece of what is quoted.
                continue
            if c.construction.joins_quotation:
                joined = _joined(quote, wide)
                if joined is not None:
                    out.append(joined)
                    used.add(c.cue_head)
                    continue
        if not (c.cue_class in _SPOKEN and is_negated(tokens, c.cue_head)):
            out.append(wide)
    out.extend(c for c in direct if c.cue_head not in used)
    opened = {q.end - 1: q.start for q in quotations if q.closed}
    return [_with_marks(c, opened) for c in out]


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


def _joined(quote: Candidate, clause: Candidate) -> Candidate | None:
    """One cue with a parsed clause and quotations: the clause, if it holds or meets the first quotation."""
    a, b = quote.content[0]
    for x, y in clause.content:
        if x <= b and a <= y:
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


def tokens_of(pieces: Iterable[TokenSpan]) -> set[int]:
    """Return the tokens of some ranges."""
    return {i for a, b in pieces for i in range(a, b)}


def select(rated: list[tuple[float, Candidate]], threshold: float) -> list[tuple[float, Candidate]]:
    """Keep the best candidates: one a cue, and no two with nearly the same content."""
    ranked = sorted((r for r in rated if r[0] >= threshold), key=lambda r: (-r[0], r[1].cue_head, r[1].content))
    kept: list[tuple[float, Candidate]] = []
    contents: list[set[int]] = []
    heads: set[int] = set()
    holders: dict[int, list[int]] = {}
    for p, c in ranked:
        if c.cue_head in heads or any(len(holders.get(i, ())) >= _DEEPEST for a, b in c.content for i in (a, b - 1)):
            continue
        mine = tokens_of(c.content)
        rivals = {k for i in mine for k in holders.get(i, ())}
        if any(_same(mine, c, contents[k], kept[k][1]) for k in rivals):
            continue
        heads.add(c.cue_head)
        for i in mine:
            holders.setdefault(i, []).append(len(kept))
        contents.append(mine)
        kept.append((p, c))
    return kept


def _same(mine: set[int], c: Candidate, other: set[int], k: Candidate) -> bool:
    """Nearly the same content twice; one cue inside the other's content is a statement within a statement."""
    if 2 * len(mine & other) < len(mine | other):
        return False
    if c.source == k.source:
        return True
    return not (c.cue_head in other and mine <= other or k.cue_head in mine and other <= mine)


def arrange(tokens: Tokens, kept: list[tuple[float, Candidate]], marked: frozenset[int]) -> tuple[Attribution, ...]:
    """Put the kept candidates in text order, each under the smallest one whose content holds all of it.

    ``marked`` are the tokens between quotation marks, single words too: they decide the manner.
    """
    kept = sorted(kept, key=lambda r: (r[1].cue_head, r[1].content))
    contents = [tokens_of(c.content) for _, c in kept]
    holders: dict[int, list[int]] = {}
    for k, content in enumerate(contents):
        for i in content:
            holders.setdefault(i, []).append(k)
    return tuple(
        Attribution(
            source=c.source,
            cue=c.cue,
            content=c.content,
            source_head=c.source_head,
            cue_head=c.cue_head,
            clause=c.clause,
            construction=c.construction,
            rule=c.rule or c.form,
            manner=_manner(tokens, c, marked),
            mode=c.mode,
            confidence=round(p, 3),
            parent=_parent(contents, holders.get(c.cue_head, ()), k),
            negated=is_negated(tokens, c.cue_head),
        )
        for k, (p, c) in enumerate(kept)
    )


def _parent(contents: list[set[int]], around: Iterable[int], k: int) -> int | None:
    best: int | None = None
    for other in around:
        wider = contents[other]
        if other == k or len(wider) <= len(contents[k]) or not contents[k] <= wider:
            continue
        if best is None or len(wider) < len(contents[best]):
            best = other
    return best


_WORD = re.compile(r"\w")


def _manner(tokens: Tokens, c: Candidate, marked: frozenset[int]) -> Manner:
    inside = outside = 0
    for a, b in c.content:
        for i in range(a, b):
            if _WORD.search(tokens.text[i]):
                if i in marked:
                    inside += 1
                else:
                    outside += 1
    if not inside:
        return Manner.INDIRECT
    return Manner.MIXED if outside else Manner.DIRECT
