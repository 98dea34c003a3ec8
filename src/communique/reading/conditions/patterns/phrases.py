"""Conditions named by a phrase ("in exchange for Y") or a predicate ("X hinges on Y")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.conditions.spans import (
    after_colon,
    antecedent_end,
    clause_after,
    clause_before,
    matrix_of,
    opens_clause,
)
from communique.reading.grammar.auxiliaries import has_modal_of_its_own, is_auxiliary
from communique.reading.grammar.labels import ACTIVE_SUBJECT, CLAUSAL_SUBJECT, PASSIVE_SUBJECT, SUBJECTS
from communique.reading.grammar.negation import is_denied, is_denied_predicate
from communique.reading.grammar.subjects import is_expletive
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, has_modal, outlook
from communique.reading.tokens import Tokens, TokenSpan

_TYING = listed("conditions", "constructions", "tying")
_NOTHING = listed("conditions", "constructions", "nothing")
_OPEN_QUESTIONS = listed("conditions", "constructions", "open_questions")
_ASKED = listed("conditions", "constructions", "asked")
_OF_THE = listed("conditions", "constructions", "of_the")
_TAKEN_UP = listed("conditions", "constructions", "taken_up")
_LOOK = 12
_BACK = listed("closed_classes", "back_references")
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))

_PHRASE_STEPS = 60
"""Words that are gone up within a phrase to its head."""
_SUBJECT_STEPS = 6
"""Verbs that are gone up to the one with a subject."""


def phrase_end(context: ConditionContext, begin: int, last: int, cue: int) -> tuple[int, int] | None:
    """Return the main token and the end of the noun phrase, gerund or clause that starts at ``begin``."""
    tokens = context.tokens
    if begin >= last:
        return None
    t = begin
    while (
        t < last
        and tokens.pos[t] in ("DET", "ADJ", "ADV", "NUM", "PUNCT", "PART")
        and tokens.lower[t] not in (",", ".")
        and not (tokens.lower[t] in _TAKEN_UP and t + 1 < last and tokens.lower[t + 1] == ",")
    ):
        t += 1
    if t >= last or tokens.lower[t] in (",", "."):
        return None
    head = t
    for _ in range(_PHRASE_STEPS):
        up = tokens.head[head]
        if up == head or up < begin or up >= last or tokens.dep[head] in ("ROOT", "conj", "appos", "relcl"):
            break
        loose = tokens.dep[head] in (ACTIVE_SUBJECT, PASSIVE_SUBJECT, "poss") or tokens.tag[head] in (
            "WP",
            "WDT",
            "WP$",
        )
        if tokens.pos[head] in _NOMINAL and tokens.pos[up] in VERBAL and not loose:
            break
        head = up
    end = antecedent_end(context, head, last, cue)
    while end < last and tokens.dep[end] == "prep" and tokens.pos[head] in _NOMINAL and tokens.right[end] > end:
        end = antecedent_end(context, end, last, cue)
    doing = _doing(tokens, head, end, last)
    if doing is not None:
        head, end = doing, antecedent_end(context, doing, last, cue)
    return head, end


def _doing(tokens: Tokens, noun: int, end: int, last: int) -> int | None:
    """Return the gerund of "on Congress approving the sale", which the parse hangs on something before the noun."""
    if end >= last or tokens.pos[noun] not in _NOMINAL or tokens.head[end] >= noun:
        return None
    own = tokens.tag[end] == "VBG" and tokens.dep[end] in ("acl", "advcl", "pcomp", "ccomp")
    return end if own else None


@dataclass(frozen=True, slots=True)
class Halves:
    """The phrase that names a condition, and the clause that hangs on it with its main verb."""

    antecedent: TokenSpan
    consequent: tuple[TokenSpan, ...]
    matrix: int


def halves_of(tokens: Tokens, antecedent: TokenSpan, consequent: tuple[TokenSpan, ...], matrix: int) -> Halves | None:
    """Put both halves together; None where one has no word."""
    trimmed = trim_clause(tokens, antecedent)
    return None if trimmed is None or not consequent else Halves(trimmed, consequent, matrix)


def phrase(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "Y in exchange for X", "in the event of X, Y", "Y pending X"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    pending = tokens.lower[match.start] == "pending"
    if pending and not _is_preposition(tokens, match.start, first):
        return None
    if tokens.lower[match.end : match.end + 1] == ["which"]:
        return _for_which(context, match, last)
    cue_end, match = match.end, _past_saying(tokens, match, last)
    inner = phrase_end(context, match.end, last, match.start)
    if inner is None:
        return None
    head, end = inner
    named = pending or tokens.lower[match.start : cue_end] == ["upon"]
    if named and tokens.lemma[head] not in words("acts") | words("outcomes"):
        return None
    marks = ("PUNCT", "CCONJ", "SPACE")
    if opens_clause(tokens, match.start, first) and (
        tokens.head[match.start] > head or all(tokens.pos[t] in marks for t in range(first, match.start))
    ):
        halves = _phrase_first(context, match, end, last)
    else:
        halves = phrase_last(context, match, end)
    if halves is None or not _to_come(tokens, match, halves):
        return None
    cue = ((match.start, cue_end),)
    return ConditionMatch(
        match.cue.kind, cue, (halves.antecedent,), halves.consequent, head, halves.matrix, match.cue.reliability
    )


def _past_saying(tokens: Tokens, match: CueMatch, last: int) -> CueMatch:
    """As in "in return for, its minister says, access to the port": what stands between commas is no part of it."""
    if match.end >= last or tokens.lower[match.end] != ",":
        return match
    close = next((t for t in range(match.end + 1, min(last, match.end + _LOOK)) if tokens.lower[t] == ","), None)
    said = close is not None and any(tokens.pos[t] in VERBAL for t in range(match.end + 1, close))
    return replace(match, end=close + 1) if said and close is not None else match


def _is_preposition(tokens: Tokens, i: int, first: int) -> bool:
    """Tell "Y pending X" from "the pending X"."""
    return tokens.dep[i] == "prep" and (i == first or tokens.lower[i - 1] not in _OF_THE)


def _phrase_first(context: ConditionContext, match: CueMatch, end: int, last: int) -> Halves | None:
    """As in "In the event of X, Y"."""
    tokens = context.tokens
    ahead = tokens.head[match.start]
    comma = next((t for t in range(match.end, last) if tokens.lower[t] == ","), None)
    if comma is None:
        return None
    if end > comma and ahead > comma:
        end = comma
    reached = ahead > comma and tokens.pos[ahead] in VERBAL and not is_said_aside(context, ahead)
    matrix = ahead if reached else verb_after(context, comma, last)
    if matrix is None:
        return None
    matrix = matrix_of(context, matrix, match.start, end)
    consequent = clause_after(context, matrix, max(end, comma), last, match.start)
    return halves_of(tokens, (match.end, end), consequent, matrix)


def phrase_last(context: ConditionContext, match: CueMatch, end: int) -> Halves | None:
    """Return the halves of "Y in exchange for X", which ends at ``end``; None where nothing hangs on it."""
    tokens = context.tokens
    matrix = clause_before(context, match.start, match.start)
    if matrix is None:
        return None
    thing = _offered(tokens, matrix, match.start) if match.cue.kind is ConditionKind.BOTH else None
    consequent = clause_after(context, matrix, None, match.start, match.start) if thing is None else (thing,)
    return halves_of(tokens, (match.end, end), consequent, matrix)


def _to_come(tokens: Tokens, match: CueMatch, halves: Halves) -> bool:
    """Tell whether what hangs on a condition is still to come, where its cue asks for that."""
    if match.cue.needs == "none":
        return True
    if match.cue.needs == "open":
        return outlook(tokens, halves.matrix) not in ("past", "unreal")
    view = outlook(tokens, halves.matrix)
    if view == "present":
        return match.cue.kind is ConditionKind.BOTH
    return view == "future" or has_modal(tokens, halves.consequent)


def _for_which(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "Y would let the ship go, in exchange for which X would send a delegation"."""
    tokens = context.tokens
    head = verb_after(context, match.end, last)
    matrix = clause_before(context, match.start, match.start)
    if head is None or matrix is None or outlook(tokens, matrix) != "future":
        return None
    antecedent = trim_clause(tokens, (match.end + 1, antecedent_end(context, head, last, match.start)))
    consequent = clause_after(context, matrix, None, match.start, match.start)
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, match.end + 1),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, head, matrix, match.cue.reliability)


def _offered(tokens: Tokens, matrix: int, stop: int) -> TokenSpan | None:
    """Return what is offered where the verb only puts it forward: "floated lower tariffs", "offered to go"."""
    if tokens.lemma[matrix] not in words("forward") or has_modal_of_its_own(tokens, matrix):
        return None
    thing = tokens.child(matrix, "dobj", "xcomp")
    return trim_clause(tokens, (tokens.left[thing], stop)) if thing is not None and thing < stop else None


def is_said_aside(context: ConditionContext, verb: int) -> bool:
    """Tell whether a verb only says who says it: "..., its minister said, ..."."""
    return inside(tags(context, verb), verb)


def verb_after(context: ConditionContext, t: int, last: int) -> int | None:
    """Return the first verb after a token that does not only say who says it, the main one for an auxiliary."""
    tokens = context.tokens
    said = tags(context, t)
    verb = next((v for v in range(t + 1, last) if tokens.pos[v] in VERBAL and not inside(said, v)), None)
    if verb is not None and is_auxiliary(tokens, verb) and tokens.head[verb] > t:
        return tokens.head[verb]
    return verb


def predicate(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "X hinges on Y", "X is contingent on Y", "made X conditional on Y", "conditioned X on Y"."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    prep = _preposition_after(tokens, match, last)
    if prep >= last or (tokens.pos[match.start] == "NOUN" and match.cue.needs == "outcome"):
        return None
    if tokens.lower[prep] not in match.cue.preps:
        return _carried(context, match, last)
    inner = phrase_end(context, prep + 1, last, match.start)
    if inner is None:
        return None
    head, end = inner
    antecedent = _hinged_on(context, prep + 1, end)
    if _is_adverbial(tokens, match.start, first):
        return _depending(context, match, head, antecedent, prep)
    thing = _said_of(context, match, first)
    if (
        antecedent is None
        or thing is None
        or tokens.lower[prep + 1] in _NOTHING
        or is_denied_predicate(tokens, match.start)
    ):
        return None
    piece, noun = thing
    made = _made(context, match, first) is not None
    if not made and match.cue.needs == "outcome" and not _outcome(context, match, noun, head, prep):
        return None  # what is "made dependent" always hangs on something
    piece = _from_question_word(tokens, piece, first)
    consequent = trim_clause(tokens, piece)
    if consequent is None:
        return None
    return ConditionMatch(
        match.cue.kind,
        ((match.start, prep + 1),),
        (antecedent,),
        (consequent,),
        head,
        noun,
        match.cue.reliability,
        1.0 if tokens.lemma[noun] in words("outcomes") else 0.85,
        None if _made(context, match, first) is None else _maker(tokens, piece[0], first),
    )


def _preposition_after(tokens: Tokens, match: CueMatch, last: int) -> int:
    """Return the token at which a predicate's preposition should stand: past adverbs, or words between commas."""
    prep, preps = match.end, match.cue.preps
    while prep < min(last, match.end + 4) and tokens.pos[prep] in ("ADV", "PUNCT") and tokens.lower[prep] not in preps:
        prep += 1
    if tokens.lower[match.end : match.end + 1] == [","] and (prep >= last or tokens.lower[prep] not in preps):
        return _past_aside(tokens, match.end, last)
    return prep


def _hinged_on(context: ConditionContext, begin: int, end: int) -> TokenSpan | None:
    """Return what a predicate's preposition governs; "hinges on two things: ..." says it after the colon."""
    tokens = context.tokens
    counted = any(tokens.pos[t] == "NUM" or tokens.lower[t] == "following" for t in range(begin, end))
    announced = after_colon(context, end) if counted and end < tokens.n else None
    aside = next((t for t in range(begin + 1, end) if tokens.lower[t] == "," and _relates(tokens, t + 1)), end)
    return announced or trim_clause(tokens, (begin, aside))


def _relates(tokens: Tokens, t: int) -> bool:
    """As in "depends on the Commons, where Labour has votes": what only tells more of it."""
    return t < tokens.n and tokens.tag[t] in ("WDT", "WP", "WRB", "WP$")


def _is_adverbial(tokens: Tokens, i: int, first: int) -> bool:
    """As in "Y could come sooner, depending on X", "..., subject to X"."""
    if tokens.lower[i] == "depending":
        return True
    return tokens.lower[i] == "subject" and i > first and tokens.lower[i - 1] == ","


def _said_of(context: ConditionContext, match: CueMatch, first: int) -> tuple[TokenSpan, int] | None:
    """Return what a predicate is said of, with its noun; an opening "that" or "this" looks back."""
    tokens = context.tokens
    made = _made(context, match, first)
    subject = made or _bare_noun(tokens, match.start, first) or _subject(tokens, match.start)
    if subject is None or (made is not None and _made_not(tokens, made[0][0])):
        return None
    start, end = subject[0]
    if end == start + 1 and tokens.lower[start] in _BACK:
        return _asked_about(tokens, first, start) or said_before(context, first)
    return subject


def _from_question_word(tokens: Tokens, piece: TokenSpan, first: int) -> TokenSpan:
    """Take in the "whether" of "whether talks resume hinges on Y"."""
    start, end = piece
    asks = start > first and tokens.lower[start - 1] in _OPEN_QUESTIONS and tokens.lower[first] != "asked"
    return (start - 1, end) if asks else piece


def _maker(tokens: Tokens, start: int, first: int) -> int | None:
    """Return who "made" the thing that begins at a token conditional."""
    verb = next((t for t in range(start, first - 1, -1) if tokens.lemma[t] == "make"), None)
    return None if verb is None else tokens.child(verb, *SUBJECTS)


def _bare_noun(tokens: Tokens, i: int, first: int) -> tuple[TokenSpan, int] | None:
    """As in "more could follow, each step contingent on a release": no verb, the thing stands right before."""
    noun = i - 1
    if (
        tokens.pos[i] not in ("ADJ", "NOUN")
        or noun <= first
        or tokens.pos[noun] != "NOUN"
        or tokens.tag[noun] not in ("NN", "NNS")
    ):
        return None
    begin = noun
    while begin - 1 > first and tokens.pos[begin - 1] in ("DET", "ADJ", "NOUN", "NUM"):
        begin -= 1
    before = tokens.lower[begin - 1] if begin > first else ","
    return ((begin, i), noun) if before in (",", "with", "\u2014", "\u2013", ";") else None


def _past_aside(tokens: Tokens, comma: int, last: int) -> int:
    """Return the token after words between commas: "hinges, diplomats said, on ..."."""
    end = next((t for t in range(comma + 1, min(last, comma + _LOOK + 4)) if tokens.lower[t] == ","), comma)
    return end + 1


def _made_not(tokens: Tokens, begin: int) -> bool:
    """Tell whether the "made" before "X conditional on Y" is denied."""
    return is_denied(tokens, max(begin - 1, 0))


def _asked_about(tokens: Tokens, first: int, stop: int) -> tuple[TokenSpan, int] | None:
    """Return what an opening "Asked whether X," asks about."""
    if tokens.lower[first] != "asked" or tokens.lower[first + 1 : first + 2] not in (["whether"], ["if"]):
        return None
    comma = next((t for t in range(first + 2, stop) if tokens.text[t] == ","), first)
    verb = next((t for t in range(first + 2, comma) if tokens.pos[t] == "VERB"), None)
    return None if verb is None else ((first + 2, comma), verb)


def said_before(context: ConditionContext, first: int) -> tuple[TokenSpan, int] | None:
    """Return the clause that an opening "that" or "this" looks back to: what the sentence before says is to come."""
    tokens = context.tokens
    before = first - 1
    while before > 0 and tokens.pos[before] in ("SPACE", "PUNCT"):
        if "\n" in tokens.text[before]:
            return None
        before -= 1
    if before < 1:
        return None
    start, last = bounds(tokens, before)
    root = next((t for t in range(start, last) if tokens.head[t] == t), None)
    if root is None:
        return None
    for _ in range(4):
        index = context.cue_heads.get(root)
        inner = tokens.child(root, "ccomp") if index is None else context.attributions[index].clause
        if index is None or inner is None or not start <= inner < last:
            break
        root = inner
    if tokens.pos[root] not in VERBAL or outlook(tokens, root) != "future":
        return None
    pieces = clause_after(context, root, None, last, root)
    return (pieces[0], root) if len(pieces) == 1 else None


def _depending(
    context: ConditionContext, match: CueMatch, head: int, antecedent: TokenSpan | None, prep: int
) -> ConditionMatch | None:
    """As in "Could come sooner, depending on Y"."""
    tokens = context.tokens
    matrix = clause_before(context, match.start, match.start)
    if matrix is None or antecedent is None:
        return None
    thing = _object_before(tokens, matrix, match.start) if tokens.lower[match.start] == "subject" else None
    if outlook(tokens, matrix) != "future" and thing is None:
        return None
    if thing is not None and outlook(tokens, matrix) != "future":
        consequent: tuple[TokenSpan, ...] = (thing,)
    else:
        consequent = clause_after(context, matrix, None, match.start, match.start)
    if not consequent:
        return None
    cue = ((match.start, prep + 1),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, head, matrix, match.cue.reliability)


def _object_before(tokens: Tokens, verb: int, stop: int) -> TokenSpan | None:
    """As in "agreed on joint use of the airport, subject to Y": the thing that hangs, which ends right before."""
    for c in tokens.children[verb]:
        thing = tokens.child(c, "pobj") if tokens.dep[c] == "prep" else c if tokens.dep[c] == "dobj" else None
        if thing is not None and thing < stop <= tokens.right[thing] + 3:
            return trim_clause(tokens, (tokens.left[thing], stop))
    return None


def _carried(context: ConditionContext, match: CueMatch, last: int) -> ConditionMatch | None:
    """As in "Conditioned approval on reforms", "linked aid to reforms": the thing is between verb and preposition."""
    tokens = context.tokens
    verb = match.start
    if tokens.pos[verb] != "VERB" or tokens.lemma[verb] not in ("condition", "predicate", "premise", "tie", "link"):
        return None
    prep = next((t for t in range(match.end, min(last, match.end + _LOOK)) if tokens.lower[t] in match.cue.preps), None)
    if prep is None or prep == match.end:
        return None
    inner = phrase_end(context, prep + 1, last, match.start)
    consequent = trim_clause(tokens, (match.end, prep))
    if inner is None or consequent is None or any(tokens.pos[t] in VERBAL for t in range(*consequent)):
        return None
    head, end = inner
    antecedent = trim_clause(tokens, (prep + 1, end))
    things = words("outcomes") | words("acts")
    nouns = [t for t in range(consequent[1] - 1, consequent[0] - 1, -1) if tokens.pos[t] == "NOUN"]
    whole = [t for t in nouns if not consequent[0] <= tokens.head[t] < consequent[1]]  # "the reopening of the pipe"
    named = [t for t in (*nouns[:1], *whole) if tokens.lemma[t] in things and tokens.lemma[t] != "change"]
    done = whole if tokens.lemma[head] in words("acts") else []
    noun = next(iter((*named, *done)), None)
    if antecedent is None or (match.cue.needs == "outcome" and noun is None) or is_denied_predicate(tokens, verb):
        return None
    cue = ((verb, match.end), (prep, prep + 1))
    holder = tokens.child(verb, *SUBJECTS)
    at = noun if noun is not None else consequent[1] - 1
    return ConditionMatch(
        match.cue.kind, cue, (antecedent,), (consequent,), head, at, match.cue.reliability, 1.0, holder
    )


def _made(context: ConditionContext, match: CueMatch, first: int) -> tuple[TokenSpan, int] | None:
    """Return what stands between "made" and its "conditional on"."""
    tokens = context.tokens
    for t in range(match.start - 1, max(first, match.start - _LOOK) - 1, -1):
        if tokens.lower[t] in (",", ";"):
            return None
        if tokens.lemma[t] == "make" and tokens.pos[t] == "VERB":
            piece = trim_clause(tokens, (t + 1, match.start))
            if piece is None:
                return None
            return piece, next((n for n in range(*piece) if tokens.pos[n] in ("NOUN", "PROPN", "PRON")), piece[0])
        if tokens.pos[t] in VERBAL and tokens.lower[t] not in ("talks", "moves"):
            return None
    return None


def _subject(tokens: Tokens, i: int) -> tuple[TokenSpan, int] | None:
    """Return the subject that a predicate is said of, or the noun that it modifies."""
    node = i
    if tokens.tag[i] == "NNS" and tokens.left[i] < i:
        # A verb that the tagger took for a plural: its subject is the phrase before it.
        first, _ = bounds(tokens, i)
        begin = tokens.left[i]
        while begin > first and tokens.pos[begin - 1] not in ("PUNCT", "SPACE", "SCONJ", *VERBAL):
            begin -= 1
        return (begin, i), i - 1
    for _ in range(_SUBJECT_STEPS):
        for c in tokens.children[node]:
            if tokens.dep[c] in SUBJECTS and not is_expletive(tokens, c) and c < i:
                if tokens.dep[node] == "relcl" and tokens.lower[c] in ("which", "that"):
                    noun = tokens.head[node]
                    return (tokens.left[noun], tokens.left[node]), noun
                return tokens.subtree(c), c
        up = tokens.head[node]
        if tokens.dep[node] in ("amod", "acl") and up < i:
            return (tokens.left[up], tokens.left[node]), up
        if up == node or tokens.dep[node] in ("advcl", "relcl", "ccomp"):
            return None
        node = up
    return None


def _outcome(context: ConditionContext, match: CueMatch, noun: int, head: int, prep: int) -> bool:
    """Tell a thing that is negotiated from a plain dependence ("Germany depends on gas")."""
    tokens = context.tokens
    if noun in context.entities.heads or tokens.entity[noun] in ("GPE", "NORP", "PERSON", "ORG"):
        return False
    low = tokens.lower[match.start]
    if tokens.dep[noun] == CLAUSAL_SUBJECT or tokens.pos[noun] in VERBAL:
        return True
    if tokens.lemma[noun] in words("outcomes") or any(tokens.lower[c] == "any" for c in tokens.children[noun]):
        return True
    if low in _TYING:
        return low == "subject" and tokens.lemma[head] in words("sanctioning")
    asks = tokens.lower[prep + 1] in _ASKED if prep + 1 < tokens.n else False
    return asks or tokens.lemma[head] in words("acts")
