"""Conditions in a clause of their own: "if", "unless", "until", "provided that"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from communique.lexicon import listed
from communique.lexicon.cues import cues
from communique.model import ConditionKind
from communique.reading.conditions.context import ConditionContext, ConditionMatch, says_no
from communique.reading.conditions.cues import CueMatch, words
from communique.reading.conditions.parentheticals import inside, tags
from communique.reading.conditions.patterns.needs import needed_for
from communique.reading.conditions.spans import (
    antecedent_end,
    clause_after,
    clause_before,
    comma_split,
    matrix_of,
    opens_clause,
)
from communique.reading.grammar.auxiliaries import (
    is_auxiliary,
    is_finite,
    is_modal,
    is_present_tense,
    is_tensed,
    own_auxiliaries,
)
from communique.reading.grammar.labels import PAST_TENSE, PRESENT_TENSE, SUBJECTS, THIRD_PERSON
from communique.reading.grammar.subjects import active_subject, has_subject
from communique.reading.grammar.token_ranges import bounds, cut, trim_clause
from communique.reading.grammar.verbs import VERBAL, auxiliaries, outlook, tense
from communique.reading.tokens import Tokens, TokenSpan

_HOLLOW_QUESTIONS = listed("conditions", "constructions", "hollow_questions")
_NOMINAL_OPENERS = listed("conditions", "constructions", "nominal_openers")
_ANYBODY = listed("conditions", "constructions", "anybody")
_AWAITING = listed("conditions", "constructions", "awaiting")
_BACKSHIFTED = listed("conditions", "constructions", "backshifted")
_INVERTING = listed("conditions", "constructions", "inverting")
_ABLE = listed("conditions", "constructions", "able")
_INTERROGATIVES = listed("conditions", "constructions", "interrogatives")
_JOINING = frozenset(("and", "or"))
_FUTURE = listed("closed_classes", "future_modals")

_ONLY_CUES = listed("conditions", "constructions", "after_only")
_QUESTION_DEPS = frozenset(("ccomp", "pcomp"))
_REACH = 60
_ASIDE = 16
_STANDING_IN = listed("closed_classes", "standing_in")
_OWN_CLAUSE = (("pcomp", "ccomp", "advcl", "acl", "conj"), ("relcl", "acl"))
_PERFECT = listed("conditions", "constructions", "with_perfect")
_TURNS = frozenset((",", "then", "--", "\u2014", "\u2013", "-"))

_BEFORE_VERB = 6
"""Words after a noun within which adverbs may part it from its verb."""
_HOLLOW = 5
"""Words of a consequent from which on it is more than "he says"."""


def clause(context: ConditionContext, match: CueMatch) -> ConditionMatch | None:
    """Read a cue that opens a subordinate clause, before or after the clause that hangs on it."""
    tokens = context.tokens
    first, last = bounds(tokens, match.start)
    begin = match.end
    while begin < last and tokens.lower[begin] in (",", "that"):
        begin += 1
    if "?" in tokens.lower[max(first, last - 2) : last]:
        return None
    head = clause_head(tokens, match, begin, last)
    if head is not None and (
        _subject_ahead(tokens, match, head)
        or (match.cue.needs == "clause" and not has_own_subject(tokens, head, begin))
    ):
        return None
    if head is None or _asks(tokens, match, head):
        return _nominal(context, match, begin, last) if head is None else None
    inverted = tokens.lower[match.start] in ("only", "not") and _inverts(tokens, match, begin, last)
    if inverted:
        return _only_first(context, match, begin, last)
    opening = _opening(context, match.start, first, head)
    at_start = _at_start(tokens, match.start, first) or _after_participle(tokens, match.start, first)
    fronted = opening and (tokens.head[head] > tokens.right[head] or at_start)
    made = _fronted(context, match, begin, head, last) if fronted else None
    if made is None and (not fronted or not at_start):
        made = _trailing(context, match, begin, head)
    if made is None or not (_agreed(tokens, made) or _stands(context, match, made)):
        return None
    return needed_for(context, made) or _while(tokens, made)


def _opening(context: ConditionContext, start: int, first: int, head: int) -> bool:
    """Tell whether a condition opens its clause: by what is before it, or "said if the boats stay he will sue"."""
    if opens_clause(context.tokens, start, first):
        return True
    tokens, matrix = context.tokens, context.tokens.head[head]
    said = context.cue_heads.get(start - 1)
    return said is not None and matrix > tokens.right[head] and context.common(start, matrix) == said


def _while(tokens: Tokens, made: ConditionMatch) -> ConditionMatch:
    """As in "no talks as long as it drills", which is as "while it drills": that it lasts is enough."""
    lows = _cue_words(tokens, made)
    lasting = "long" in lows and "only" not in lows and says_no(tokens, made.consequent)
    return replace(made, kind=ConditionKind.SUFFICIENT) if lasting else made


def _agreed(tokens: Tokens, made: ConditionMatch) -> bool:
    """As in "We agreed, provided that the posts stay": what one agreed to still hangs on it."""
    head, matrix = made.head, made.matrix
    if head is None or matrix is None or tokens.lemma[matrix] not in words("agreeing"):
        return False
    return made.kind is ConditionKind.NECESSARY and tense(tokens, head) == "present"


def clause_head(tokens: Tokens, match: CueMatch, begin: int, last: int) -> int | None:
    """Return the main verb of the clause that the cue opens; None where it opens a phrase."""
    for t in range(match.end - 1, match.start - 1, -1):
        h = tokens.head[t]
        if begin <= h < last and (tokens.pos[h] in VERBAL or tokens.dep[t] == "mark"):
            return h
    for t in range(match.start, match.end):
        for c in tokens.children[t]:
            if c >= begin and tokens.pos[c] in VERBAL and tokens.dep[c] in _OWN_CLAUSE[tokens.pos[t] == "NOUN"]:
                return c
            if c >= begin and tokens.dep[c] == "pobj" and not _verb_follows(tokens, c, last):
                return _swallowed(tokens, c)
    for t in range(begin, min(last, begin + _REACH)):
        if tokens.lower[t] in (";", ":"):
            return None
        if tokens.pos[t] in VERBAL and tokens.tag[t] != "VBG" and tokens.dep[t] not in ("relcl", "acl"):
            return tokens.head[t] if is_auxiliary(tokens, t) and tokens.head[t] >= begin else t
    return None


def _swallowed(tokens: Tokens, noun: int) -> int | None:
    """As in "once the part that concerns Peru was settled": the noun's verb, which the parse gave to "concerns"."""
    relative = tokens.child(noun, "relcl")
    verb = None if relative is None else tokens.child(relative, "ccomp")
    if relative is None or verb is None or verb < relative or tokens.has_child(verb, "mark"):
        return None
    aux = own_auxiliaries(tokens, verb)
    apart = aux and tokens.lemma[relative] not in cues().verbs
    return verb if apart and is_tensed(tokens, aux[0]) else None


def _verb_follows(tokens: Tokens, noun: int, last: int) -> bool:
    """Tell whether a finite verb stands right after a noun phrase: then it is the subject of a clause.

    Words between commas may part them: "after sampling, with all neighbours taking part, had shown".
    """
    after = tokens.right[noun] + 1
    while after < min(last, noun + _BEFORE_VERB) and tokens.pos[after] in ("ADV", "CCONJ"):
        after += 1
    if after < last and tokens.lower[after] == ",":
        closing = next((t for t in range(after + 1, min(last, after + _ASIDE)) if tokens.lower[t] == ","), last)
        return closing + 1 < last and is_tensed(tokens, closing + 1)
    return after < last and is_finite(tokens, after)


def has_own_subject(tokens: Tokens, head: int, begin: int) -> bool:
    """Tell whether a clause that begins at a token has a subject; the parse may have taken it for an object."""
    if has_subject(tokens, head):
        return True
    finite = is_tensed(tokens, head) or bool(auxiliaries(tokens, head))
    named = any(tokens.pos[t] in ("NOUN", "PROPN", "PRON") for t in range(begin, head))
    return finite and named and not any(tokens.pos[t] in VERBAL for t in range(begin, head) if tokens.head[t] != head)


def _subject_ahead(tokens: Tokens, match: CueMatch, head: int) -> bool:
    """Tell whether a verb's subjects all stand before the cue: then the cue is no conjunction."""
    subjects = [c for c in tokens.children[head] if tokens.dep[c] in SUBJECTS]
    return bool(subjects) and all(c < match.start for c in subjects)


def _asks(tokens: Tokens, match: CueMatch, head: int) -> bool:
    """Tell whether an "if" clause is a reported question: the complement of a verb."""
    if tokens.lower[match.end - 1] != "if" or match.end - match.start > 1:
        return False
    governor = tokens.head[head]
    return tokens.dep[head] in _QUESTION_DEPS and governor < match.start and tokens.lower[match.start - 1] != ","


def _at_start(tokens: Tokens, start: int, first: int) -> bool:
    return all(
        tokens.pos[t] in ("PUNCT", "SPACE", "CCONJ", "ADV") or (t + 1 < start and tokens.lower[t + 1] == ")")
        for t in range(first, start)
    )


def _after_participle(tokens: Tokens, start: int, first: int) -> bool:
    """As in "Speaking in Lima, and unless Chile relents, he said ...": a participle's clause before the condition."""
    lead = range(first, start)
    opener = next((t for t in lead if tokens.pos[t] not in ("PUNCT", "SPACE")), None)
    if opener is None or start - opener > _ASIDE or tokens.tag[opener] not in ("VBG", "VBN"):
        return False
    marked = any(tokens.text[t] == "," for t in range(start - 2, start))
    return marked and not any(is_finite(tokens, t) for t in lead)


def _inverts(tokens: Tokens, match: CueMatch, begin: int, last: int) -> bool:
    """Tell whether "only if ..." opens a sentence with the subject after its verb: "only then will talks resume"."""
    first, _ = bounds(tokens, match.start)
    return opens_clause(tokens, match.start, first) and _inversion(tokens, begin, last) is not None


def _inversion(tokens: Tokens, begin: int, last: int) -> int | None:
    seen = False
    turn: int | None = None
    for t in range(begin, min(last, begin + _REACH)):
        if tokens.lower[t] == "," and seen:
            return turn
        if is_modal(tokens, t) or (seen and tokens.lower[t] in _INVERTING):
            if seen and is_modal(tokens, t) and tokens.tag[t - 1] in ("VBN", PAST_TENSE, THIRD_PERSON, PRESENT_TENSE):
                return t
            if seen and (tokens.tag[t - 1] not in ("NN", "NNS", "NNP", "NNPS", "PRP") or _verbs(tokens, begin, t)):
                if is_modal(tokens, t):
                    return t
                turn = t if turn is None else turn
        elif tokens.pos[t] in VERBAL or is_present_tense(tokens, t):
            seen = True
    return turn


def _verbs(tokens: Tokens, begin: int, end: int) -> bool:
    return any(tokens.tag[t] in (THIRD_PERSON, PRESENT_TENSE, PAST_TENSE, "VBN") for t in range(begin, end))


def _only_first(context: ConditionContext, match: CueMatch, begin: int, last: int) -> ConditionMatch | None:
    tokens = context.tokens
    turn = _inversion(tokens, begin, last)
    if turn is None or tokens.lower[turn] == "did":
        return None
    head = next((t for t in range(turn - 1, begin - 1, -1) if tokens.pos[t] == "VERB"), begin)
    matrix = max(turn, tokens.head[turn])
    antecedent = trim_clause(tokens, (begin, turn))
    consequent = clause_after(context, matrix, turn, last, match.start)
    if antecedent is None or not consequent:
        return None
    return ConditionMatch(
        match.cue.kind, ((match.start, match.end),), (antecedent,), consequent, head, matrix, match.cue.reliability
    )


def _fronted(context: ConditionContext, match: CueMatch, begin: int, head: int, last: int) -> ConditionMatch | None:
    """The condition comes first: "If X, Y"."""
    tokens = context.tokens
    matrix, end = tokens.head[head], tokens.right[head] + 1
    said = tags(context, match.start)
    parsed = matrix >= end and tokens.pos[matrix] in VERBAL and not inside(said, matrix)
    if not parsed or not any(tokens.lower[t] in _TURNS for t in range(head + 1, matrix)):
        split = _uncut(tokens, begin, head, last) or comma_split(context, begin, last)
        if split is not None:
            end, matrix = split
        elif not parsed:
            return None
    matrix = matrix_of(context, matrix, match.start, end)
    consequent = clause_after(context, matrix, end, last, match.start)
    if not consequent:
        return None
    opener = next((t for t in range(head + 1, consequent[0][0]) if tokens.lower[t] == "then"), None)
    end = end if opener is None else min(end, opener)
    antecedent = cut(tokens, (begin, end), said)
    if not antecedent or antecedent[-1][1] > consequent[0][0]:
        return None
    cue: tuple[TokenSpan, ...] = ((match.start, match.end),)
    if opener is not None:
        cue = (*cue, (opener, opener + 1))
    return ConditionMatch(match.cue.kind, cue, antecedent, consequent, head, matrix, match.cue.reliability)


def _uncut(tokens: Tokens, begin: int, head: int, last: int) -> tuple[int, int] | None:
    """Where "unless they hand him over the talks will not go on" is cut, which has no comma to tell."""
    modal = next((t for t in range(head + 1, last) if is_modal(tokens, t) or tokens.lower[t] == ","), None)
    if modal is None or tokens.lower[modal] == "," or any(is_modal(tokens, t) for t in range(begin, head)):
        return None
    start = modal
    while start > head + 2 and tokens.pos[start - 1] in ("NOUN", "PROPN", "ADJ", "PRON", "DET"):
        start -= 1
        if tokens.pos[start] in ("DET", "PRON"):
            break
    return (start, tokens.head[modal]) if head + 1 < start < modal and tokens.pos[start] in ("DET", "PRON") else None


def _trailing(context: ConditionContext, match: CueMatch, begin: int, head: int) -> ConditionMatch | None:
    """The condition comes last: "Y if X"."""
    tokens = context.tokens
    matrix = clause_before(context, head, match.start)
    if matrix is None:
        return None
    kind, reliability = match.cue.kind, match.cue.reliability
    only = _only(tokens, match, matrix)
    if only is not None:
        kind, reliability = ConditionKind.NECESSARY, max(reliability, 0.93)
    cue = _cue_with_only(match, only)
    _, last = bounds(tokens, match.start)
    end = _joined_end(context, antecedent_end(context, head, last, match.start), last, match.start)
    antecedent = trim_clause(tokens, (begin, end))
    consequent = _consequent_before(context, match, matrix, cue)
    if antecedent is None or not consequent:
        return None
    return ConditionMatch(kind, cue, (antecedent,), consequent, head, matrix, reliability)


def _joined_end(context: ConditionContext, end: int, last: int, cue: int) -> int:
    """Take in "and tows it away" after "if Oslo calls" where the parse joined it to the verb before the cue."""
    tokens = context.tokens
    if end + 1 >= last or tokens.lower[end] != "and" or tokens.lower[end - 1] == ",":
        return end
    verb = end + 1
    if not is_present_tense(tokens, verb) or has_subject(tokens, verb) or verb in context.cue_heads:
        return end
    return antecedent_end(context, verb, last, cue)


def _only(tokens: Tokens, match: CueMatch, matrix: int) -> int | None:
    """Return the "only" that belongs to a trailing cue: beside it, or before the verb of the clause."""
    if tokens.lower[match.start] not in _ONLY_CUES:
        return None
    before = match.start - 1
    if before >= 0 and tokens.lower[before] == "only":
        return before
    for t in range(max(matrix - 4, 0), min(matrix + 3, match.start)):
        if (
            tokens.lower[t] == "only"
            and tokens.head[t] in (matrix, tokens.head[match.start])
            and tokens.sentence[t] == tokens.sentence[matrix]
        ):
            return t
    return None


def _cue_with_only(match: CueMatch, only: int | None) -> tuple[TokenSpan, ...]:
    """Return the cue with its "only": one piece where they stand together."""
    if only is None:
        return ((match.start, match.end),)
    return ((only, match.end),) if only + 1 == match.start else ((only, only + 1), (match.start, match.end))


def _consequent_before(
    context: ConditionContext, match: CueMatch, matrix: int, cue: tuple[TokenSpan, ...]
) -> tuple[TokenSpan, ...]:
    """Return the clause before a trailing cue, less the "only" that stands within it."""
    consequent = clause_after(context, matrix, None, cue[-1][0], match.start)
    if len(cue) == 1:
        return consequent
    return tuple(part for piece in consequent for part in cut(context.tokens, piece, [cue[0]]))


@dataclass(frozen=True, slots=True)
class _Timing:
    """How the two clauses stand in time.

    ``view`` is the outlook of what hangs on the condition, ``when`` the condition's tense; ``only`` tells that the cue
    says so, ``refused`` that what hangs on it says no, ``reported`` that a statement holds the cue.
    """

    view: str
    when: str
    only: bool
    refused: bool
    reported: bool


def _stands(context: ConditionContext, match: CueMatch, made: ConditionMatch) -> bool:
    """Apply what the cue asks of its clauses in time."""
    tokens, needs = context.tokens, match.cue.needs
    head, matrix = made.head, made.matrix
    if head is None or matrix is None:
        return True
    if tokens.lemma[matrix] in words("idle") or _hollow(tokens, made, matrix) or _unnamed(tokens, match, made):
        return False
    if tokens.lower[match.start] == "when" and not _awaits(tokens, match, head, matrix, made):
        return False
    timing = _Timing(
        view=outlook(tokens, matrix),
        when=tense(tokens, head),
        only="only" in _cue_words(tokens, made),
        refused=says_no(tokens, made.consequent),
        reported=context.owner[match.start] >= 0,
    )
    if _unreal(tokens, made, timing):
        return False
    if needs == "lasting":
        return timing.view in ("future", "present") and _lasts(tokens, match, made, timing.refused)
    if needs == "open":
        return _stands_open(tokens, match, matrix, timing)
    if needs == "pending":
        return _stands_pending(tokens, matrix, timing)
    if needs in ("future", "exact"):
        return _lies_ahead(context, matrix, timing) and (
            needs == "future" or timing.only or not _only_dated(tokens, made, timing)
        )
    return True


def _unnamed(tokens: Tokens, match: CueMatch, made: ConditionMatch) -> bool:
    """As in "spoke on condition of anonymity": how it was told, not what has to happen."""
    _, last = bounds(tokens, match.start)
    return any(low in words("anonymity") for low in tokens.lower[match.start : min(last, made.antecedent[0][1])])


def _unreal(tokens: Tokens, made: ConditionMatch, timing: _Timing) -> bool:
    """As in "would have signed if they had left"; "will talk once they had left" may still come."""
    if timing.view == "unreal":
        return True
    to_come = timing.view == "future" and bool(_PERFECT & {*_cue_words(tokens, made)})
    return timing.when == "perfect past" and not to_come


def _stands_open(tokens: Tokens, match: CueMatch, matrix: int, timing: _Timing) -> bool:
    """Tell what may still come from what was so: "if" and "as long as", in the past only where it is reported."""
    if timing.view == timing.when == "past" and timing.reported:
        if tokens.lower[match.end - 1] == "as":
            # Reported: "he said it was out of the question so long as they drilled".
            return tokens.lemma[matrix] == "be"
        if timing.only:
            return True
    if timing.view == "present" and timing.when == "past":
        return timing.only
    return timing.view != "past" or timing.when == "present"


def _stands_pending(tokens: Tokens, matrix: int, timing: _Timing) -> bool:
    """Tell "no talks until they leave" and "halted talks until they left" from "stayed until they left"."""
    if timing.when == "past" and timing.view != "future":
        return tokens.lemma[matrix] in words("halts")
    return timing.view == "future" or timing.when == "present" or (timing.refused and timing.view == "present")


def _lies_ahead(context: ConditionContext, matrix: int, timing: _Timing) -> bool:
    return timing.view == "future" and (timing.when != "past" or _reported_present(context, matrix))


def _only_dated(tokens: Tokens, made: ConditionMatch, timing: _Timing) -> bool:
    """Tell whether the clause only tells the time; the past of reported words is read as their present."""
    reported = timing.when == "past" and timing.reported
    return _dated(tokens, made, "present" if reported else timing.when)


def _hollow(tokens: Tokens, made: ConditionMatch, matrix: int) -> bool:
    """Tell whether only "he says" or a question hangs on it, or the condition is a doubt or a turn of talk."""
    start, end = made.consequent[0]
    if len(made.consequent) == 1 and end - start == 1 and tokens.pos[start] == "AUX" and not is_modal(tokens, start):
        return True
    if (
        len(made.consequent) == 1
        and matrix >= end - 1
        and tokens.lemma[matrix] in words("says")
        and end - start < _HOLLOW
    ):
        return is_tensed(tokens, matrix)
    if made.head is not None and tokens.lemma[made.head] in words("talk"):
        subject = active_subject(tokens, made.head)
        if subject is not None and tokens.lower[subject] in _ANYBODY:
            return True
    if tokens.lower[start] in _HOLLOW_QUESTIONS:
        return True
    meant = {low for piece in made.antecedent for low in tokens.lower[slice(*piece)]} - _STANDING_IN
    if meant <= {*tokens.lower[start:end]}:
        return True
    _, stop = made.antecedent[-1]
    # "If at all" doubts, "recognition above all" does not.
    return tokens.lower[stop - 1] in words("doubts") and tokens.lower[stop - 2 : stop] != ["above", "all"]


def _awaits(tokens: Tokens, match: CueMatch, head: int, matrix: int, made: ConditionMatch) -> bool:
    """Tell "will talk when they leave" from a habit ("when prices rise, we must pay") and from "the day when"."""
    if tokens.dep[head] in ("relcl", "acl") or _asked_when(tokens, match, head):
        return False
    lows = [tokens.lower[c] for c in auxiliaries(tokens, matrix)]
    announced = any(low in _AWAITING for low in lows)
    if made.antecedent[0][0] < made.consequent[0][0]:
        return announced or tokens.tag[matrix] == "VBG"
    return announced or any(low in _ABLE for low in lows) or tokens.tag[matrix] == "VB"


def _asked_when(tokens: Tokens, match: CueMatch, head: int) -> bool:
    """Tell the "when" of a question: "where and when we sign", "announce when it will take place"."""
    start, end = match.start, match.end
    joined = tokens.lower[start - 1] in _JOINING and tokens.lower[start - 2] in _INTERROGATIVES if start > 1 else False
    paired = tokens.lower[end : end + 1] and tokens.lower[end] in _JOINING and end + 1 < tokens.n
    if joined or (paired and tokens.lower[end + 1] in _INTERROGATIVES):
        return True
    return any(tokens.lower[c] in _FUTURE for c in auxiliaries(tokens, head))


def _cue_words(tokens: Tokens, made: ConditionMatch) -> list[str]:
    return [low for start, end in made.cue for low in tokens.lower[start:end]]


def backshifted(tokens: Tokens, matrix: int) -> bool:
    """Tell whether the past of the condition's clause may be a reported present: "would return once he left"."""
    return any(tokens.lower[c] in _BACKSHIFTED for c in auxiliaries(tokens, matrix))


def _reported_present(context: ConditionContext, matrix: int) -> bool:
    """Tell whether a past may be a reported present: "would return once", "said it was ready to return once"."""
    tokens = context.tokens
    return backshifted(tokens, matrix) or (
        context.owner[matrix] >= 0
        and tokens.tag[matrix] == "VB"
        and tokens.lemma[tokens.head[matrix]] in words("strip")
    )


def _lasts(tokens: Tokens, match: CueMatch, made: ConditionMatch, no: bool) -> bool:
    """Tell "no talks while the siege goes on" from a contrast: a refusal before it, a state that lasts after it."""
    head = made.head
    if head is None or not no or tokens.lower[match.start - 1] in (",", ";", "\u2014", "--", "and"):
        return False
    if made.antecedent[0][0] < made.consequent[0][0]:
        return False
    aux = auxiliaries(tokens, head)
    running = (tokens.tag[head] == "VBG" or any(tokens.lower[c] == "being" for c in aux)) and any(
        tokens.lemma[c] == "be" for c in aux
    )
    reported = made.matrix is not None and backshifted(tokens, made.matrix)
    return (tense(tokens, head) == "present" or (reported and tense(tokens, head) == "past")) and (
        running or tokens.lemma[head] in words("lasting") or tokens.pos[head] == "AUX"
    )


def _dated(tokens: Tokens, made: ConditionMatch, when: str) -> bool:
    """Tell whether a bare "when" or "after" clause only tells the time: not in the present, or with a date."""
    if when != "present" and (when != "modal" or "after" in _cue_words(tokens, made)):
        return True
    return any(tokens.entity[t] in ("DATE", "TIME") for start, end in made.antecedent for t in range(start, end))


def _nominal(context: ConditionContext, match: CueMatch, begin: int, last: int) -> ConditionMatch | None:
    """As in "Only after the withdrawal of troops", "until a settlement": an act named by a noun instead of a clause."""
    tokens = context.tokens
    opener = tokens.lower[match.end - 1]
    noun = _noun_after(tokens, match, begin, last)
    matrix = None if noun is None else clause_before(context, match.end - 1, match.start)
    if noun is None or matrix is None:
        return None
    only = _only(tokens, match, matrix)
    bare = opener == "after" and only is None and tokens.lower[match.start] != "only"
    named = tokens.lemma[noun] in words("acts") or (tokens.pos[noun] in VERBAL and not bare)
    if not named and opener not in ("until", "till"):
        return None
    if bare and any(tokens.entity[t] in ("DATE", "TIME") for t in range(begin, tokens.right[noun] + 1)):
        return None
    cue = _cue_with_only(match, only)
    antecedent = trim_clause(tokens, (begin, antecedent_end(context, noun, last, match.start)))
    consequent = _consequent_before(context, match, matrix, cue)
    if antecedent is None or not consequent or not _waits(tokens, opener, matrix, consequent):
        return None
    clarity = 0.9 if named else 0.75
    return ConditionMatch(
        ConditionKind.NECESSARY, cue, (antecedent,), consequent, noun, matrix, match.cue.reliability, clarity
    )


def _noun_after(tokens: Tokens, match: CueMatch, begin: int, last: int) -> int | None:
    """Return the noun that "after" or "until" stands with; None where it names a time, a place or somebody."""
    if tokens.lower[match.end - 1] not in _NOMINAL_OPENERS or begin >= last:
        return None
    noun = tokens.child(match.end - 1, "pobj", "pcomp")
    if noun is None or noun < begin or tokens.entity[noun] in ("DATE", "TIME", "GPE", "PERSON", "NORP"):
        return None
    timed = tokens.lemma[noun] in words("times") or any(low in words("times") for low in tokens.lower[begin:noun])
    return None if timed else noun


def _waits(tokens: Tokens, opener: str, matrix: int, consequent: tuple[TokenSpan, ...]) -> bool:
    """Tell whether a clause is still to come, or says no until then."""
    view = outlook(tokens, matrix)
    return view == "future" or (view == "present" and opener != "after" and says_no(tokens, consequent))
