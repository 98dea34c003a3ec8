"""Attributions by a verb and what depends on it."""

from __future__ import annotations

from collections.abc import Iterator

from communique.lexicon import listed
from communique.lexicon.cues import CueLexicon, cues
from communique.model import Mode
from communique.reading.attribution.candidates import (
    LONGEST_LOOK,
    Candidate,
    apposed_end,
    inserted_source,
    inverted_source,
    is_insertable,
    noun_phrase,
    saying_of,
    shared_subject,
    verb_group,
)
from communique.reading.attribution.content_spans import (
    SUPPOSING,
    after_its_place,
    cue_clause,
    cut_at_next_cue,
    names_voice,
    with_condition,
)
from communique.reading.attribution.passive_cues import is_passive, passive
from communique.reading.attribution.verb_parts import TIMES, clause_start, end_of_complements, make, pick
from communique.reading.attribution.verbs_of_several_words import (
    TAKEN_IN,
    known_that,
    lets_know,
    makes_known,
    past_citing,
    quoted_after,
)
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import active_auxiliary, is_finite, is_past_form
from communique.reading.grammar.labels import AUXILIARY, TENSED
from communique.reading.grammar.subjects import (
    active_subject,
    has_active_subject,
    has_nominal_subject,
    is_active_subject,
)
from communique.reading.grammar.token_ranges import ranges, trim, without
from communique.reading.tokens import Tokens, TokenSpan

_RESUMING = listed("cues", "constructions", "resuming")
_MEASURED_AS = listed("cues", "constructions", "measured_as")
_CALLING_PREPOSITIONS = listed("cues", "constructions", "calling_prepositions")
_CALLING = listed("cues", "constructions", "calling")

_CUE_PREPS = listed("cues", "constructions", "cue_prepositions")
_NONE: frozenset[str] = frozenset()
_NOMINATIVE = listed("closed_classes", "nominatives")

_ASIDE_REACH = 5
"""Words after a verb within which a clause goes on behind an aside: "said it, too, was ready"."""


def verb_candidates(tokens: Tokens) -> Iterator[Candidate]:
    """Yield a candidate for every construction in which a cue verb governs a content."""
    lexicon = cues()
    known = lexicon.verbs
    pos, lemma = tokens.pos, tokens.lemma
    for v in range(tokens.n):
        if pos[v] != "VERB":
            continue
        classes = known.get(lemma[v]) or _phrasal(tokens, lexicon, v)
        if lemma[v] == "put":
            yield from _aside(tokens, lexicon, v)
        if lemma[v] == "let":
            yield from lets_know(tokens, v)
        if classes is None and lemma[v] in {"make", "let"} and makes_known(tokens, v):
            told = list(known_that(tokens, v))
            if told:
                yield from told
                continue
            classes = frozenset({"say"})
        if classes is None:
            if tokens.has_child(v, "ccomp") and has_active_subject(tokens, v):
                yield from _clause(tokens, v, frozenset({"other"}))
            continue
        if lemma[v] in cues().sets["quoting"] and (saying_of(tokens, v) is not None or names_voice(tokens, v)):
            yield from quoted_after(tokens, v)
            continue
        if lemma[tokens.head[v]] == "let" and lemma[v] in TAKEN_IN and tokens.tag[v] == "VB":
            continue
        if is_passive(tokens, v):
            yield from passive(tokens, v, classes)
            continue
        inverted = inverted_source(tokens, v)
        if inverted is not None:
            yield from _around(tokens, v, *inverted)
            continue
        yield from _clause(tokens, v, classes)
        if not tokens.has_child(v, "ccomp"):
            yield from past_citing(tokens, v, classes)
        yield from _infinitive(tokens, v, classes)
        yield from _object(tokens, v, classes)
        yield from _preposition(tokens, v, classes)
        yield from _wish_for(tokens, v, classes)
        yield from _aside(tokens, lexicon, v)


def _phrasal(tokens: Tokens, lexicon: CueLexicon, v: int) -> frozenset[str] | None:
    """As in "turned down the offer": the classes of a verb with its particle."""
    particle = next((c for c in tokens.children[v] if tokens.dep[c] in {"prt", "advmod"} and c == v + 1), None)
    return None if particle is None else lexicon.phrasal.get(f"{tokens.lemma[v]}_{tokens.lower[particle]}")


def _set_apart(tokens: Tokens, c: int, v: int) -> bool:
    """As in "The envoy went further: he said talks might end": what stands before the colon is not what is said."""
    apart = any(tokens.text[t] in {":", ";"} for t in range(c, v))
    return apart and any(tokens.dep[d] == "ccomp" and d > v for d in tokens.children[v])


def _beside(tokens: Tokens, v: int) -> bool:
    """As in "Burhan rejects talks, demands a retreat": the parse takes the first for what the second says."""
    return shared_subject(tokens, v) is not None and tokens.has_child(v, "dobj", "xcomp")


def _clause(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    for c in tokens.children[v]:
        dep = tokens.dep[c]
        if dep != "ccomp":
            continue
        if c < v and tokens.lemma[c] == "ask" and tokens.tag[c] == "VBN":
            continue
        if c < v and (_set_apart(tokens, c, v) or _beside(tokens, v)):
            continue
        if c < v and v + 1 < tokens.n and tokens.lower[v + 1] == "that" and tokens.tag[v + 1] == "IN":
            yield from _after_that(tokens, v, classes)
            return
        if c < v and tokens.left[c] > tokens.sentences[tokens.sentence[v]][0] + 1 and inserted_source(tokens, v):
            continue
        name = pick(classes, "say", "think", "write", "show", "direct", "want", "seem", "cite", "blame")
        piece = tokens.subtree(c)
        own = cue_clause(tokens, v, c)
        if c < v:
            holes = (own,)
            piece = (max(piece[0], _part_start(tokens, piece[0], own[0])), piece[1])
            pieces = without(tokens, (piece[0], max(piece[1], piece[0])), holes)
            pieces += _resumed(tokens, v, own)
        else:
            if tokens.lemma[v] in cues().sets["addressed"]:
                piece = _less_addressee(tokens, c, piece)
            that = tokens.child(c, "mark")
            if that is not None and tokens.lemma[piece[0]] in cues().sets["quoting"] and tokens.tag[piece[0]] == "VBG":
                piece = (that, piece[1])
            piece = cut_at_next_cue(tokens, _from_pronoun(tokens, v, piece), c)
            if piece[1] > piece[0]:
                piece = with_condition(tokens, trim(tokens, _less_time(tokens, piece)))
            pieces = without(tokens, piece, ((v, v + 1),)) if piece[0] <= v < piece[1] else (trim(tokens, piece),)
        marker = tokens.child(c, "mark")
        construction = Construction.CLAUSE if marker is None else Construction.CLAUSE_THAT
        if c < v:
            construction = Construction.CLAUSE_BEFORE
        variant = _thought(tokens, v, own, c) if name == "think" else ""
        yield from make(tokens, v, pieces, c, construction, name, variant=variant)
        return


def _thought(tokens: Tokens, v: int, own: TokenSpan, clause: int) -> str:
    """As in "Prices will rise, the minister believes": what is thought stands by itself, before a comma."""
    apart = clause < own[0] and tokens.text[own[0] - 1] == ","
    return "thought" if apart and tokens.tag[v] in TENSED else ""


def _from_pronoun(tokens: Tokens, v: int, piece: TokenSpan) -> TokenSpan:
    """As in "said it, too, was ready": the parse took the clause's subject for what is said."""
    torn = v + 3 < tokens.n and tokens.lower[v + 1] in _NOMINATIVE and tokens.dep[v + 1] == "dobj"
    aside = torn and tokens.text[v + 2] == "," and v + 2 <= piece[0] <= v + _ASIDE_REACH
    return (v + 1, piece[1]) if aside else piece


def _after_that(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """As in "A fence is up; the envoy said that it would go": the parse took what stands before for what is said."""
    name = pick(classes, "say", "think", "write", "show", "direct", "want", "seem", "cite", "blame")
    piece = cut_at_next_cue(tokens, (v + 1, tokens.sentences[tokens.sentence[v]][1]), None)
    clause = tokens.head[v + 1] if tokens.dep[v + 1] == "mark" and tokens.head[v + 1] > v else None
    yield from make(tokens, v, (trim(tokens, piece),), clause, Construction.CLAUSE_THAT, name)


def _part_start(tokens: Tokens, first: int, end: int) -> int:
    """Where what is said begins: after a semicolon, or at the quotation that a colon announces."""
    for k in range(end - 2, max(first, end - LONGEST_LOOK), -1):
        quoted = tokens.text[k] == ":" and tokens.text[k + 1] in {'"', "\u201c"}
        if tokens.text[k] == ";" or quoted:
            return k + 1
    return first


def _less_time(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """As in "Said on Wednesday it would": the day belongs to the saying."""
    first, last = piece
    if tokens.pos[first] != "ADP" or first + 2 >= last or tokens.entity[first + 1] not in TIMES:
        return piece
    k = first + 1
    while k < last and tokens.entity[k] in TIMES:
        k += 1
    return (k, last) if k < last and tokens.text[k] != "," else piece


def _less_addressee(tokens: Tokens, c: int, piece: TokenSpan) -> TokenSpan:
    """As in "Told them to leave": the one told is no part of what was told."""
    to = active_auxiliary(tokens, c)
    subject = active_subject(tokens, c)
    if to is not None and tokens.lower[to] == "to" and subject is not None and subject < to:
        return to, piece[1]
    return piece


def _resumed(tokens: Tokens, v: int, own: TokenSpan) -> tuple[TokenSpan, ...]:
    """The content goes on after an inserted cue: "talks, he said, would resume"."""
    last = tokens.sentences[tokens.sentence[v]][1]
    k = own[1]
    if k >= last or tokens.text[k] != "," or k + 2 >= last:
        return ()
    nxt = k + 1
    if tokens.tag[nxt] == "VBG" or tokens.lower[nxt] in _RESUMING:
        return ()
    if any(
        tokens.pos[i] == "VERB" and tokens.lemma[i] in cues().strong for i in range(nxt, min(last, nxt + LONGEST_LOOK))
    ):
        return ()
    return without(tokens, (nxt, last), ())


def _infinitive(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    x = tokens.child(v, "xcomp")
    if x is None or x < v:
        return
    name = pick(classes, "want", "direct", "seem", "say", "think")
    goal = tokens.child(v, "dobj")
    piece = tokens.subtree(x)
    if name == "seem":
        subject = active_subject(tokens, v)
        if subject is None:
            return
        content = (noun_phrase(tokens, subject), trim(tokens, piece))
        yield Candidate((), None, verb_group(tokens, v), v, content, x, Construction.SEEM, name, Mode.BELIEVED)
        return
    if goal is not None and v < goal < x and tokens.lemma[v] not in cues().sets["addressed"] | {"urge", "invite"}:
        piece = (tokens.left[goal], piece[1])
    piece = cut_at_next_cue(tokens, piece, x)
    construction = Construction.INFINITIVE if tokens.tag[x] == "VB" else Construction.GERUND
    yield from make(tokens, v, (trim(tokens, piece),), x, construction, name)


def _object(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    goal = tokens.child(v, "dobj")
    if goal is None:
        goal = tokens.child(v, "oprd")
    place = None
    if goal is None:
        place = after_its_place(tokens, v, classes)
        goal = None if place is None else place[0]
    if goal is None or tokens.entity[goal] in TIMES:
        return
    if tokens.has_child(v, "ccomp") and not _beside(tokens, v):
        return
    name = pick(classes, "blame", "praise", "cite", "judge", "think", "show", "say", "want")
    if goal < v:
        piece = tokens.subtree(goal)
        construction = Construction.OBJECT_BEFORE
    else:
        start = tokens.left[goal] if place is None else place[1]
        piece = cut_at_next_cue(
            tokens, (start, max(end_of_complements(tokens, v, start), tokens.right[goal] + 1)), goal
        )
        if tokens.lemma[v] == "accuse":
            of = next((c for c in tokens.children[v] if c > goal and tokens.lower[c] == "of"), piece[0])
            piece = (of, piece[1]) if of < piece[1] else piece
        construction = Construction.OBJECT_CUE_NOUN if tokens.lemma[goal] in cues().nouns else Construction.OBJECT
    if tokens.lemma[v] in cues().sets["addressed"]:
        # "Told a press conference that ...": the parser hangs the clause under the noun.
        that = next(
            (i for i in range(piece[0], piece[1]) if tokens.lower[i] == "that" and tokens.dep[i] == "mark"), None
        )
        if that is not None:
            piece, goal, construction = (that, piece[1]), tokens.head[that], Construction.CLAUSE_THAT
    yield from make(tokens, v, (trim(tokens, _with_predicate(tokens, piece)),), goal, construction, name)


def _with_predicate(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """As in "remarks that talks | could resume ...": a that-clause goes on to its verb, which the parse tore off."""
    first, last = piece
    end = tokens.sentences[tokens.sentence[first]][1]
    if last >= end or not is_finite(tokens, last) or tokens.pos[last - 1] not in {"NOUN", "PROPN"}:
        return piece
    nouns = cues().nouns
    that = next((i for i in range(first, last) if tokens.lower[i] == "that" and tokens.lemma[i - 1] in nouns), None)
    # The word after "that" may be a noun taken for a verb ("talks").
    if that is None or any(is_finite(tokens, i) for i in range(that + 2, last)):
        return piece
    return cut_at_next_cue(tokens, (first, end), None)


def _preposition(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    for p in tokens.children[v]:
        if p < v or tokens.dep[p] != "prep" or tokens.lower[p] not in _CUE_PREPS:
            continue
        inner = tokens.child(p, "pobj", "pcomp")
        if inner is None or tokens.entity[inner] in TIMES:
            continue
        if tokens.has_child(v, "ccomp", "dobj") or after_its_place(tokens, v, classes) is not None:
            return
        piece = (p + 1, tokens.right[p] + 1)
        end = end_of_complements(tokens, v, piece[1])
        if tokens.lower[p] in _CALLING_PREPOSITIONS and tokens.lemma[v] in _CALLING:
            asked = _asked_for(tokens, v, piece[1])
            piece = (piece[0], max(piece[1], end)) if asked is None else asked
        name = pick(classes, "cite", "blame", "praise", "want", "think", "say")
        cue = ranges([i for a, b in verb_group(tokens, v) for i in range(a, b)] + [p])
        piece = cut_at_next_cue(tokens, piece, inner)
        content = (trim(tokens, piece),)
        variant = tokens.lower[p]
        yield from make(tokens, v, content, inner, Construction.PREPOSITION, name, cue=cue, variant=variant)
        return


def _wish_for(tokens: Tokens, v: int, classes: frozenset[str]) -> Iterator[Candidate]:
    """As in "called for the closure to be lifted", where the parse has a clause of purpose."""
    for c in tokens.children[v]:
        mark = tokens.child(c, "mark")
        wished = tokens.dep[c] in ("advcl", "ccomp", "xcomp") and has_nominal_subject(tokens, c)
        if mark is None or not wished or tokens.lower[mark] != "for" or not v < mark == tokens.left[c]:
            continue
        if f"{tokens.lemma[v]}_for" not in listed("stances", "government", "favouring"):
            continue
        cue = ranges([i for a, b in verb_group(tokens, v) for i in range(a, b)] + [mark])
        content = (trim(tokens, (mark + 1, tokens.right[c] + 1)),)
        name = pick(classes, "want", "direct", "cite", "say")
        yield from make(tokens, v, content, c, Construction.PREPOSITION, name, cue=cue, variant="for")


def _asked_for(tokens: Tokens, v: int, start: int) -> TokenSpan | None:
    """As in "called on both to refrain", where the parse took what is asked for a purpose."""
    for child in tokens.children[v]:
        if tokens.left[child] == start and tokens.dep[child] == "advcl" and tokens.tag[child] == "VB":
            return tokens.subtree(child) if tokens.lower[start] == "to" else None
    return None


def _around(tokens: Tokens, v: int, phrase: TokenSpan, head: int) -> Iterator[Candidate]:
    """As in "Talks, said the minister, would resume": what stands before and after is what he says."""
    first, last = tokens.sentences[tokens.sentence[v]]
    content = without(tokens, (clause_start(tokens, first, v), last), ((v - 1, phrase[1] + 1),))
    cue = ((v, v + 1),)
    yield from make(tokens, v, content, None, Construction.ASIDE, "say", source=head, cue=cue, phrase=phrase)


def _aside(tokens: Tokens, lexicon: CueLexicon, v: int) -> Iterator[Candidate]:
    """A strong verb without a parsed content, at the edge or in the middle of a sentence.

    "Talks, the minister said, would resume"; "as he put it"; and where the parse lost the clause after the verb.
    """
    closing = inserted_source(tokens, v) if is_insertable(tokens, v) else None
    if closing is None and not _may_stand_apart(tokens, v):
        return
    subject = closing[1] if closing is not None else active_subject(tokens, v)
    marker = tokens.child(v, "mark")
    if subject is None or (marker is not None and tokens.lower[marker] in SUPPOSING):
        return
    first, last = tokens.sentences[tokens.sentence[v]]
    own = _inserted(tokens, v, closing[0][0] if closing else min(tokens.left[subject], v), first, last)
    if marker is not None and tokens.lower[marker] == "as":
        if tokens.lower[marker - 1] not in _MEASURED_AS:
            whole = without(tokens, (first, last), ((tokens.left[v], tokens.right[v] + 1),))
            yield from make(tokens, v, whole, None, Construction.AS, "say")
    elif _is_set_off(tokens, v, own):
        source = closing[0] if closing is not None else None
        whole = _less_aside(tokens, v, own)
        name = "say" if tokens.lemma[v] in lexicon.strong else "think"
        yield from make(tokens, v, whole, None, Construction.ASIDE, name, source=subject, phrase=source)
    elif _opens(tokens, v, own):
        yield from make(tokens, v, (trim(tokens, (own[1], last)),), None, Construction.REST, "say")


def _may_stand_apart(tokens: Tokens, v: int) -> bool:
    """Tell whether what a verb says may stand elsewhere: a strong verb without a content, or "as he put it"."""
    if is_insertable(tokens, v):
        return not tokens.has_child(v, "ccomp", "xcomp", "dobj")
    return tokens.lemma[v] == "put" and v + 1 < tokens.n and tokens.lower[v + 1] == "it"


def _is_set_off(tokens: Tokens, v: int, own: TokenSpan) -> bool:
    """As in "Talks, the minister said, would resume": a mark parts the cue's clause from enough words before it."""
    first, last = tokens.sentences[tokens.sentence[v]]
    before = own[0] - first
    if before <= 1 or tokens.text[own[0] - 1] not in {",", '"', "–", "—"}:
        return False
    closed = own[1] < last and tokens.text[own[1]] == ","
    return before > 3 or closed or tokens.dep[v] == "parataxis"


def _less_aside(tokens: Tokens, v: int, own: TokenSpan) -> tuple[TokenSpan, ...]:
    """Return what stands before and after an inserted cue, as far as it is what is said."""
    first, last = tokens.sentences[tokens.sentence[v]]
    start = clause_start(tokens, first, own[0])
    whole = without(tokens, (first, last), (own, *_question_before(tokens, first, own)))
    ended = next((t for t in range(own[1], last) if tokens.text[t] == ";"), last)
    whole = tuple((max(p[0], start), p[1]) if p[0] < v else (p[0], min(p[1], ended)) for p in whole)
    return tuple(p for p in whole if p[0] < v or not _starts_anew(tokens, p[0]))


def _opens(tokens: Tokens, v: int, own: TokenSpan) -> bool:
    """Tell whether a cue's own clause opens its sentence and words that are not set off from it follow."""
    first, last = tokens.sentences[tokens.sentence[v]]
    after = tokens.text[own[1]] if own[1] < last else ""
    return own[0] - first <= 2 and after not in {",", ".", ""} and last - own[1] > 4


def _starts_anew(tokens: Tokens, i: int) -> bool:
    return tokens.tag[i] == "VBG" or tokens.lower[i] in {"while", "whereas"}


def _question_before(tokens: Tokens, first: int, own: TokenSpan) -> list[TokenSpan]:
    """As in "Asked whether he would go, he said ...": the question is no part of the answer."""
    for i in range(first, min(own[0], first + 3)):
        if tokens.lemma[i] in cues().sets["addressed"] and is_past_form(tokens, i):
            return [(first, own[0])]
    return []


def _inserted(tokens: Tokens, v: int, start: int, first: int, last: int) -> TokenSpan:
    """The range of an inserted cue's own clause, up to the comma after it: what it governs in the parse is content."""
    while start > first and tokens.dep[start - 1] in {"advmod", AUXILIARY, "mark"}:
        start -= 1
    stops = {",", ".", ";", "–", "—", '"', "?", "!"}
    end = v + 1
    while end < last and tokens.text[end] not in stops and not is_active_subject(tokens, end):
        end += 1
    if tokens.text[start - 1] not in {",", '"', "–", "—"}:
        return start, v + 1
    described = apposed_end(tokens, end, last) if end < last and end > v + 1 else None
    return start, end if described is None else described
