"""Contents that the parse cut: what is said is taken in whole, and whom it is told to is left out."""

from __future__ import annotations

from dataclasses import replace

from communique.lexicon import endings
from communique.lexicon.cues import cues
from communique.model import ActorKind
from communique.reading.annotations import Entities
from communique.reading.attribution.candidates import Candidate
from communique.reading.attribution.content_spans import cut_at_next_cue
from communique.reading.constructions import Construction
from communique.reading.grammar.auxiliaries import is_finite, is_past_form, is_tensed
from communique.reading.grammar.labels import ACTIVE_SUBJECT, EXPLETIVE, NOMINAL_SUBJECTS
from communique.reading.grammar.token_ranges import trim
from communique.reading.tokens import Tokens, TokenSpan

_SUBJECTS = NOMINAL_SUBJECTS | {EXPLETIVE}
_NEAR = 4
_ACTING = endings("conditions", "constructions", "act_endings")
_LOOSE = frozenset((",",))


def whole(tokens: Tokens, c: Candidate, outlets: frozenset[int]) -> Candidate:
    """Return a candidate with the whole of its clause; ``outlets`` are tokens that name one."""
    according = c.construction is Construction.ACCORDING_FIRST
    if not c.content or c.construction.is_direct or not (according or tokens.pos[c.cue_head] == "VERB"):
        return c
    first, *others = c.content
    piece = first
    if c.construction in (Construction.CLAUSE, Construction.CLAUSE_THAT) and first[0] > c.cue_head:
        first = _less_relay(tokens, first)
        piece = _less_outlet(tokens, c, _both_clauses(tokens, c, _with_subject(tokens, c, first)), outlets)
    elif c.construction in (Construction.PREPOSITION, Construction.REST):
        piece = _less_relayed(tokens, c, first)
    elif according:
        piece = _less_citing(tokens, first)
    elif c.construction is Construction.OBJECT and first[0] > c.cue_head:
        piece = _with_place(tokens, c, _with_label(tokens, c, first))
    elif c.construction in (Construction.ASIDE, Construction.CLAUSE_BEFORE):
        others = [*others, *_behind_colon(tokens, c)]
    piece = _unhyphened(tokens, c, piece)
    return c if [piece, *others] == list(c.content) else replace(c, content=(piece, *others))


def _behind_colon(tokens: Tokens, c: Candidate) -> list[TokenSpan]:
    """As in "Nothing had changed, the minister said: there must be a bridge": what the colon announces is said too."""
    last = tokens.sentences[tokens.sentence[c.cue_head]][1]
    if any(b > c.cue_head for _, b in c.content):
        return []
    colon = next((t for t in range(c.cue_head + 1, last) if tokens.text[t] == ":"), None)
    if colon is None or tokens.pos[min(colon + 1, tokens.n - 1)] == "PUNCT":
        return []  # a quotation behind it is found as one
    for clause in tokens.children[c.cue_head]:
        own = tokens.dep[clause] == "ccomp" and tokens.has_child(clause, *_SUBJECTS)
        if own and tokens.left[clause] > colon:
            return [trim(tokens, (tokens.left[clause], tokens.right[clause] + 1))]
    return []


def _with_subject(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "says power made by the dam, ..., will help": the parse took the clause's subject for the verb's object."""
    if c.clause is None or tokens.has_child(c.clause, *_SUBJECTS) or tokens.lower[piece[0]] == "to":
        return piece
    thing = tokens.child(c.cue_head, "dobj")
    finite = is_tensed(tokens, c.clause) or any(is_finite(tokens, t) for t in tokens.children[c.clause])
    if thing is None or not finite or not c.cue_head < tokens.left[thing] < piece[0]:
        return piece
    gap = range(tokens.right[thing] + 1, piece[0])
    return (tokens.left[thing], piece[1]) if all(tokens.text[t] in _LOOSE for t in gap) else piece


def _both_clauses(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "announced that plans to free them have been put off": the parse made two clauses of one."""
    for later in tokens.children[c.cue_head]:
        if tokens.dep[later] != "ccomp" or later <= piece[1] or tokens.has_child(later, ACTIVE_SUBJECT, "mark"):
            continue
        start = tokens.left[later]
        if start <= piece[1]:
            return cut_at_next_cue(tokens, (piece[0], tokens.right[later] + 1), c.clause)
    return piece


def _less_outlet(tokens: Tokens, c: Candidate, piece: TokenSpan, outlets: frozenset[int]) -> TokenSpan:
    """As in "told Reuters authorities took note": the outlet is told, and no part of what it was told."""
    start = piece[0]
    if start != c.cue_head + 1 or tokens.lemma[c.cue_head] not in cues().sets["addressed"]:
        return piece
    while start < piece[1] and start in outlets:
        start += 1
    return (start, piece[1]) if piece[0] < start < piece[1] - 1 else piece


def _less_relayed(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "was responding to comments by Tusk, who had said that ...": what another said is his."""
    opening = {tokens.lemma[t] for t in range(piece[0], min(piece[1], piece[0] + _NEAR))}
    head = "" if c.clause is None else tokens.lemma[c.clause]
    if not {head, *opening} & cues().sets["utterances"]:
        return piece
    for t in range(piece[0] + 1, piece[1]):
        if tokens.lower[t] not in {"who", "which"} or tokens.tag[t] not in {"WP", "WDT"}:
            continue
        saying = tokens.head[t] if tokens.pos[tokens.head[t]] == "VERB" else tokens.head[tokens.head[t]]
        if tokens.lemma[saying] in cues().strong:
            end = t - (tokens.pos[t - 1] == "ADP")
            return piece[0], end - (tokens.text[end - 1] == ",")
    return piece


def _less_relay(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """As in "stressed, as reported by BTA, that ...": who carried it is no part of what was said."""
    if tokens.lower[piece[0]] != "as" or piece[0] + 1 >= piece[1] or not is_past_form(tokens, piece[0] + 1):
        return piece
    that = next((t for t in range(piece[0] + 2, piece[1]) if tokens.lower[t] == "that"), None)
    return piece if that is None or tokens.text[that - 1] != "," else (that, piece[1])


def _less_citing(tokens: Tokens, piece: TokenSpan) -> TokenSpan:
    """As in "According to TASS, citing a diplomat, Moscow will ...": whom it cites is no part of it."""
    if tokens.lemma[piece[0]] not in cues().sets["quoting"] or tokens.tag[piece[0]] != "VBG":
        return piece
    comma = next((t for t in range(piece[0] + 1, piece[1]) if tokens.text[t] == ","), None)
    return piece if comma is None or comma + 1 >= piece[1] else (comma + 1, piece[1])


def _with_label(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "called it 'a victory of reason'": what it is called is what is said."""
    label = tokens.child(c.cue_head, "oprd")
    if label is None or label < piece[1] or tokens.left[label] > piece[1] + 1:
        return piece
    return piece[0], tokens.right[label] + 1


def _with_place(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "confirmed its presence at the talks": the place belongs to the act that the noun names."""
    at = piece[1]
    if c.clause is None or at >= tokens.n or tokens.lower[at] != "at" or tokens.head[at] != c.cue_head:
        return piece
    return (piece[0], tokens.right[at] + 1) if tokens.lower[c.clause].endswith(_ACTING) else piece


def _unhyphened(tokens: Tokens, c: Candidate, piece: TokenSpan) -> TokenSpan:
    """As in "require Serbs to re-register their cars": the parse parted the verb at its hyphen."""
    end = piece[1]
    if end + 1 >= tokens.n or tokens.text[end] != "-" or not (tokens.joined(end) and tokens.joined(end + 1)):
        return piece
    node = end + 1
    stop = tokens.sentences[tokens.sentence[c.cue_head]][1]
    return piece[0], min(max(tokens.right[node] + 1, end + 2), stop)


def outlets_of(entities: Entities) -> frozenset[int]:
    """Return the tokens that name an outlet."""
    kinds = {a.id: a.kind for a in entities.actors}
    return frozenset(t for t, key in entities.actor_of.items() if kinds.get(key) is ActorKind.OUTLET)
