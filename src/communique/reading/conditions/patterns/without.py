"""Conditions named by what is not to lack: "no X without Y", "without Y, X would ...", "absent Y, X"."""

from __future__ import annotations

from communique.lexicon import listed
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import CueMatch
from communique.reading.conditions.patterns.phrases import (
    Halves,
    halves_of,
    is_said_aside,
    phrase_end,
    phrase_last,
    verb_after,
)
from communique.reading.conditions.spans import clause_after, matrix_of, opens_clause
from communique.reading.grammar.token_ranges import bounds, trim_clause
from communique.reading.grammar.verbs import VERBAL, outlook
from communique.reading.tokens import Tokens

_LACKING = listed("conditions", "constructions", "lacking")
_NOTHING = listed("conditions", "constructions", "nothing")
_OPENERS = listed("conditions", "constructions", "openers")
_CONDITION_NOUNS = listed("conditions", "constructions", "condition_nouns")
_TAKEN_UP = listed("conditions", "constructions", "taken_up")
_PAIR = 2


def without(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """As in "No X without Y" makes Y necessary; "without Y, X would ..." has Y keep X away."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    if _is_absent_from(tokens, match.start, first):
        return None
    if any(tokens.lower[t] in _CONDITION_NOUNS for t in range(match.end, min(last, match.end + 4))):
        return None
    if tokens.lower[match.end : match.end + 1] == ["which"]:
        return _without_which(context, match, first, last)
    inner = phrase_end(context, match.end, last, match.start)
    if inner is None:
        return None
    head, end = inner
    ahead = tokens.head[match.start] > head or match.start == first or _set_off(tokens, match.start, end, first)
    if opens_clause(tokens, match.start, first) and ahead:
        halves = _without_first(context, match, inner, last)
    else:
        halves = _nothing_without(context, match, end) or phrase_last(context, match, end)
    if halves is None or tokens.lower[halves.antecedent[0]] in match.cue.not_before:
        return None
    no = says_no(tokens, halves.consequent)
    if not (_barred(tokens, halves) if no else _averted(tokens, match, halves, head)):
        return None
    kind = match.cue.kind if no else ConditionKind.EXCEPTION
    cue = ((match.start, match.end),)
    return ConditionMatch(
        kind, cue, (halves.antecedent,), halves.consequent, head, halves.matrix, match.cue.reliability
    )


def _set_off(tokens: Tokens, start: int, end: int, first: int) -> bool:
    """As in "said that, absent changes, Canada would act": behind the word that opens the clause."""
    if start < first + 2 or end >= tokens.n or tokens.lower[end] != ",":
        return False
    if tokens.lower[start] in _LACKING and tokens.lower[start - 1] == "that":
        return True
    if tokens.lower[start - 1] != ",":
        return False
    return tokens.lower[start - 2] in _OPENERS


def _without_which(context: ConditionContext, match: CueMatch, first: int, last: int) -> ConditionMatch | None:
    """As in "Firms want assurances on payment, without which they will not pump": the noun before names the need."""
    tokens = context.tokens
    matrix = verb_after(context, match.end, last)
    noun = match.start - 1 - (tokens.lower[match.start - 1] == ",")
    while noun > first and tokens.pos[tokens.head[noun]] in ("NOUN", "PROPN", "ADP"):
        noun = tokens.head[noun]
    if matrix is None or tokens.pos[noun] not in ("NOUN", "PROPN") or outlook(tokens, matrix) in ("past", "unreal"):
        return None
    antecedent = trim_clause(tokens, (tokens.left[noun], match.start))
    consequent = clause_after(context, matrix, match.end + 1, last, match.start)
    if antecedent is None or not consequent:
        return None
    cue = ((match.start, match.end + 1),)
    return ConditionMatch(match.cue.kind, cue, (antecedent,), consequent, noun, matrix, match.cue.reliability)


def _nothing_without(context: ConditionContext, match: CueMatch, end: int) -> Halves | None:
    """As in "No treaty without recognition": two things without a verb, at the head of what is said."""
    tokens = context.tokens
    first, _ = bounds(tokens, match.start)
    start = next((t for t in range(first, match.start) if tokens.pos[t] not in ("PUNCT", "SPACE")), match.start)
    index = context.owner[match.start]
    if index >= 0 and first <= context.attributions[index].content[0][0] < match.start:
        start = context.attributions[index].content[0][0]
    start += tokens.text[start] in ('"', "\u201c")
    lead = range(start, match.start)
    if tokens.lower[start] not in _NOTHING or any(tokens.pos[t] in VERBAL for t in lead) or len(lead) < _PAIR:
        return None
    end = next((t for t in range(match.end, end) if tokens.lower[t] in (",", '"', "\u201d")), end)
    piece = trim_clause(tokens, (start, match.start))
    return None if piece is None else halves_of(tokens, (match.end, end), (piece,), match.start - 1)


def _is_absent_from(tokens: Tokens, i: int, first: int) -> bool:
    """Tell "X was absent from" and "the absent X" from "absent X, Y", "Y absent X"."""
    if tokens.lower[i] != "absent" or i <= first or tokens.lower[i - 1] in (",", "\u2014"):
        return False
    if tokens.lower[i - 1] == "that" and tokens.pos[i] == "VERB":
        return False  # the parse took "that absent changes, ..." for a clause
    governs = tokens.pos[i + 1] in ("DET", "ADJ", "NOUN") if i + 1 < tokens.n else False
    return not governs or tokens.pos[i - 1] in ("AUX", "DET", "ADV") or tokens.dep[i] == "amod"


def _without_first(context: ConditionContext, match: CueMatch, inner: tuple[int, int], last: int) -> Halves | None:
    """As in "Without Y, X would ..."; ``inner`` is the main token and the end of Y."""
    tokens = context.tokens
    head, end = inner
    ahead = tokens.head[match.start]
    comma = next((t for t in range(match.end, ahead if ahead > head else last) if tokens.lower[t] == ","), end)
    reached = ahead >= comma and tokens.pos[ahead] in VERBAL and not is_said_aside(context, ahead)
    matrix = ahead if reached else verb_after(context, comma, last)
    if matrix is None:
        return None
    matrix = matrix_of(context, matrix, match.start, min(end, comma))
    consequent = clause_after(context, matrix, comma, last, match.start)
    return halves_of(tokens, (match.end, min(end, comma)), consequent, matrix)


def _barred(tokens: Tokens, halves: Halves) -> bool:
    """As in "No X without Y": what hangs on Y is ruled out, now in so many words or for the time to come."""
    if tokens.pos[halves.matrix] not in VERBAL and halves.matrix == halves.consequent[-1][1] - 1:
        return True
    view = outlook(tokens, halves.matrix)
    return view == "future" or (view == "present" and says_no(tokens, halves.consequent, "barred"))


def _averted(tokens: Tokens, match: CueMatch, halves: Halves, head: int) -> bool:
    """As in "Without Y, X would ...", not "would leave without paying": Y keeps away what would come."""
    lacking = tokens.lower[match.start] in _LACKING or tokens.lower[head] in _TAKEN_UP
    fronted = lacking and halves.antecedent[0] < halves.consequent[0][0]
    view = outlook(tokens, halves.matrix)
    if not (view == "future" or (fronted and view == "present")) or tokens.tag[head] == "VBG":
        return False
    return tokens.lower[match.start] in _LACKING or halves.antecedent[0] < halves.consequent[0][0]
