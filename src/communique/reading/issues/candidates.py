"""Find the nominal phrases of a text that may name an issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.lexicon import endings, listed
from communique.reading.annotations import Entities
from communique.reading.grammar.labels import NOMINAL_SUBJECTS
from communique.reading.grammar.possessives import is_possessive_mark
from communique.reading.grammar.state_words import plain, state_at
from communique.reading.grammar.subjects import is_active_subject, is_undergone
from communique.reading.issues.issue_words import DETERMINERS, OWN, POINTING, DisputeName, IssueLexicon, Known, normal
from communique.reading.tokens import Tokens, TokenSpan

_PIVOTS = listed("issues", "constructions", "pivots")
_COMPLEMENT_PREPOSITIONS = listed("issues", "constructions", "complement_prepositions")

_NEVER = frozenset(("PERSON", "DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"))
_DATES = frozenset(("DATE", "TIME"))
_PERSONS = endings("issues", "constructions", "person_endings")
_FAR = listed("issues", "constructions", "far_prepositions")
_OWN = frozenset(("matter", "qualified", "compound", "place", "pivot"))
_QUARRELS = listed("issues", "constructions", "quarrelling")
_ENTITLED = frozenset(("claim", "title"))
_STATES = frozenset(("GPE", "NORP"))
_MARKS = frozenset(("-", "–", "/", "‑"))
_ABOUT = listed("issues", "constructions", "about")
_OF = listed("issues", "constructions", "of_what")
_DISPUTING = frozenset(("dispute", "contest"))
_BACKED = listed("issues", "constructions", "backed")
_ATTITUDES = listed("stances", "government", "attitudes")
_HANGING = listed("stances", "government", "hanging_forms")
_HUNG_ON = listed("stances", "government", "hung_on")
_SHORT = 3
_LONGEST = 7


@dataclass(slots=True)
class IssuePhrase:
    """A nominal phrase: tokens ``[start, end)`` without determiner.

    ``head`` and ``modifiers`` are normal forms; ``kind`` says why it may be an issue: "known", "matter", "qualified",
    "place", "pivot" (it stands after "dispute over"), "talks", "bare" (a definite phrase that points back), "compound"
    (a noun with a noun before it), "state", "other". ``disputed`` says that a word of dispute belongs to it, ``acted``
    that it is the object of a verb such as "ratify" or "lift", ``subject`` that it is what a clause speaks of.
    ``inner`` is the head of its complement ("exports" in "resumption of oil exports"). ``deed`` says that the phrase
    names what was done to the matter ("the closure"), not the matter.
    """

    start: int
    end: int
    head: str
    modifiers: frozenset[str]
    kind: str
    known: Known | None = None
    definite: bool = False
    disputed: bool = False
    acted: bool = False
    subject: bool = False
    inner: str = ""
    deed: bool = False


def chunks(tokens: Tokens) -> tuple[TokenSpan, ...]:
    """Return runs of modifiers and nouns that end in a noun, in one pass over the tokens."""
    pos, text = tokens.pos, tokens.lower
    out: list[TokenSpan] = []
    start, last = -1, -1
    for i in range(tokens.n):
        kind = pos[i]
        noun = kind == "NOUN" or kind == "PROPN"
        if _belongs(tokens, i, noun):
            if start >= 0 and _opens(tokens, i):
                if last >= 0:
                    out.append((start, last + 1))
                start, last = i, -1
            elif start < 0:
                start, last = i, -1
            if noun:
                last = i
            continue
        if kind == "SPACE" and start >= 0 and text[i].count("\n") < 2:
            continue
        joins = text[i] in _MARKS and start >= 0 and tokens.end[i - 1] == tokens.start[i]
        if joins or (
            kind == "NUM" and len(text[i]) == 4 and i + 1 < tokens.n and pos[i + 1] in ("NOUN", "PROPN", "ADJ")
        ):
            start = i if start < 0 else start
            continue
        if start >= 0:
            if last >= 0:
                out.append((start, last + 1))
            start, last = -1, -1
    if start >= 0 and last >= 0:
        out.append((start, last + 1))
    return tuple(out)


def _belongs(tokens: Tokens, i: int, noun: bool) -> bool:
    return (noun or tokens.pos[i] == "ADJ" or _modifies(tokens, i)) and not _hangs(tokens, i)


def _hangs(tokens: Tokens, i: int) -> bool:
    """As in "made the loan contingent on it": no noun, whatever the parse takes it for."""
    return tokens.lower[i] in _HANGING and tokens.lower[i + 1 : i + 2] != [] and tokens.lower[i + 1] in _HUNG_ON


def _modifies(tokens: Tokens, i: int) -> bool:
    """Tell whether token i is a participle before a noun or part of a hyphened word ("no-fly")."""
    if tokens.pos[i] == "VERB" and tokens.dep[i] == "amod" and tokens.tag[i] in ("VBN", "VBG"):
        return True
    if tokens.pos[i] not in ("VERB", "DET", "ADV", "INTJ"):
        return False
    return _hyphen(tokens, i + 1) or _hyphen(tokens, i - 1)


def _hyphen(tokens: Tokens, i: int) -> bool:
    return (
        0 < i < tokens.n - 1
        and tokens.lower[i] in _MARKS
        and tokens.end[i - 1] == tokens.start[i]
        and tokens.end[i] == tokens.start[i + 1]
    )


def _opens(tokens: Tokens, i: int) -> bool:
    """Tell whether token i opens a run of its own: a new sentence, a date, or a state or adjective after a noun."""
    if tokens.sentence[i] != tokens.sentence[i - 1]:
        return True
    if tokens.entity_start[i] and tokens.entity[i] in _DATES:
        return True
    if tokens.pos[i - 1] != "NOUN" or tokens.text[i - 1].isupper():
        return False
    return tokens.pos[i] == "ADJ" or (tokens.entity_start[i] and tokens.entity[i] == "GPE" and tokens.pos[i] == "PROPN")


def known_names(tokens: Tokens, lexicon: IssueLexicon, countries: frozenset[str]) -> list[tuple[TokenSpan, Known]]:
    """Return where names of well-known disputes stand.

    A name in lower case counts only where one of its claimants is about; a weak one only beside a word of dispute.
    """
    out: list[tuple[TokenSpan, Known]] = []
    names = lexicon.names
    # A line break may stand within a name.
    at = [i for i in range(tokens.n) if tokens.pos[i] != "SPACE"]
    lower = [tokens.lower[i] for i in at]
    k = 0
    while k < len(at):
        found = names.get(lower[k])
        match = None
        if found:
            match = next((n for n in found if tuple(lower[k : k + len(n.tokens)]) == n.tokens), None)
        if match is not None:
            piece = (at[k], at[k + len(match.tokens) - 1] + 1)
            if _holds(tokens, piece, match, lexicon, countries):
                out.append((piece, match.known))
            k += len(match.tokens)
        else:
            k += 1
    return out


def _holds(
    tokens: Tokens, piece: TokenSpan, name: DisputeName, lexicon: IssueLexicon, countries: frozenset[str]
) -> bool:
    i, end = piece
    if not any(tokens.text[t][:1].isupper() for t in range(i, end)) and not name.known.claimants & countries:
        return False
    if i and tokens.entity[i] == "PERSON" and tokens.entity[i - 1] == "PERSON" and not tokens.entity_start[i]:
        return False
    if not name.weak:
        return True
    near = range(max(0, i - 4), min(tokens.n, end + 4))
    return any(normal(tokens.lower[t]) in lexicon.disputed for t in near if not i <= t < end)


def find_phrases(
    tokens: Tokens, entities: Entities, lexicon: IssueLexicon, countries: frozenset[str]
) -> list[IssuePhrase]:
    """Return the phrases in text order; none overlaps another."""
    found = known_names(tokens, lexicon, countries)
    out: list[IssuePhrase] = []
    at = 0
    runs = tokens.once(chunks)
    skip = -1
    for k, (start, end) in enumerate(runs):
        while at < len(found) and found[at][0][1] <= start:
            out.append(_known(tokens, found[at], lexicon))
            at += 1
        if k <= skip:
            continue
        inside = []
        while at < len(found) and found[at][0][0] < end:
            inside.append(found[at])
            at += 1
        if inside:
            out += _around(tokens, (start, end), inside, lexicon)
            continue
        phrase = _phrase(tokens, (start, end), entities, lexicon)
        if phrase is None:
            continue
        for more in (k, k + 1):
            joined = _with_complement(tokens, phrase, runs, more, entities, lexicon)
            if joined is None:
                break
            phrase, skip = joined, more + 1
        out.append(phrase)
    out += [_known(tokens, item, lexicon) for item in found[at:]]
    out.sort(key=lambda p: p.start)
    return out


def _around(
    tokens: Tokens, run: TokenSpan, inside: list[tuple[TokenSpan, Known]], lexicon: IssueLexicon
) -> list[IssuePhrase]:
    """Widen known names to the modifiers of their run ("disputed Kashmir region"), where it holds only one."""
    out = []
    for piece, known in inside:
        phrase = _known(tokens, (piece, known), lexicon)
        if len(inside) == 1:
            before = range(max(run[0], piece[0] - 2), piece[0])
            phrase.disputed = phrase.disputed or any(tokens.lower[t] in lexicon.disputed for t in before)
            while phrase.end < run[1] and normal(tokens.lower[phrase.end]) in lexicon.place:
                phrase.end += 1
        out.append(phrase)
    return out


def _known(tokens: Tokens, item: tuple[TokenSpan, Known], lexicon: IssueLexicon) -> IssuePhrase:
    (start, end), known = item
    head = normal(tokens.lower[end - 1])
    before = tokens.lower[start - 1] if start else ""
    return IssuePhrase(start, end, head, frozenset(), "known", known, before in POINTING, before in lexicon.disputed)


def _phrase(tokens: Tokens, run: TokenSpan, entities: Entities, lexicon: IssueLexicon) -> IssuePhrase | None:
    """Judge one run of nouns by its head; None where it cannot name an issue."""
    start, end = run
    if tokens.entity[end - 1] in _NEVER or end - start > 2 * _LONGEST:
        return None
    last = _past_process(tokens, start, end - 1, lexicon)
    opening = first = _past_backers(tokens, start, last)
    while first < last and _dropped(tokens, first, normal(tokens.lower[last]), lexicon):
        first += 1
    head, modifiers = _same(tokens.lower[last], lexicon), _modifiers(tokens, first, last, lexicon)
    if len(modifiers) > _LONGEST or _names_nothing(tokens, first, last, head):
        return None
    definite = _definite(tokens, start, head, lexicon)
    disputed = _in_dispute(tokens, (opening, end), last, lexicon)
    kind = _kind(tokens, first, last, head, modifiers, lexicon)
    owner = _owner(tokens, first) if kind == "bare" and head in lexicon.owned else None
    if owner is not None:
        first, kind, modifiers = (
            owner,
            "qualified",
            frozenset((_state(tokens.lower[owner]) or normal(tokens.lower[owner]),)),
        )
    elif _is_actor_or_plain(entities, last, kind, head, lexicon):
        return None
    elif kind == "other" and _compound(tokens, first, last, head, lexicon):
        kind = "compound"
    elif kind == "bare" and disputed and last - start < _SHORT:
        first = start
    phrase = IssuePhrase(first, last + 1, head, modifiers, kind, None, definite, disputed)
    phrase.acted, phrase.subject = _acted(tokens, last, lexicon), tokens.dep[last] in NOMINAL_SUBJECTS
    _mark_pivot(tokens, start, phrase, lexicon)
    return phrase


def _past_process(tokens: Tokens, start: int, last: int, lexicon: IssueLexicon) -> int:
    """As in "the peace treaty negotiations", about the treaty, "the Kuril Islands dispute", about the islands."""
    while last > start and normal(tokens.lower[last]) in lexicon.process and _thing(tokens, last - 1, lexicon):
        last -= 1
    return last


def _past_backers(tokens: Tokens, start: int, last: int) -> int:
    """As in "the US-backed ceasefire plan", which is the ceasefire plan."""
    lower = tokens.lower
    backed = [t for t in range(start + 1, last) if lower[t] in _BACKED and lower[t - 1] in _MARKS]
    if backed:
        return backed[-1] + 1
    hyphened = start and lower[start - 1] in _MARKS and tokens.end[start - 1] == tokens.start[start]
    return start + 1 if hyphened and start < last else start


def _modifiers(tokens: Tokens, start: int, end: int, lexicon: IssueLexicon) -> frozenset[str]:
    """Return the normal forms of the tokens ``[start, end)`` that tell one matter from another.

    The Armenian constitution is that of Armenia: a state is one word, whichever of its words stands there.
    """
    return frozenset(
        _state(word) or _same(word, lexicon)
        for word in tokens.lower[start:end]
        if word not in _MARKS and word not in lexicon.loose and not word.isspace()
    )


def _state(word: str) -> str | None:
    named = state_at([plain(word)], 0)
    return None if named is None else named[0]


def _names_nothing(tokens: Tokens, first: int, last: int, head: str) -> bool:
    """As in "our duty", "they are the territory of": heads that so alone are no matter."""
    duty = tokens.lower[last] == "duty" and first == last and (not first or tokens.lower[first - 1] not in POINTING)
    return duty or head == "territory" and tokens.dep[last] == "attr"


def _definite(tokens: Tokens, start: int, head: str, lexicon: IssueLexicon) -> bool:
    """Tell whether a phrase points back: "the", "these" before it or its number, "its" before what is no place."""
    if not start:
        return False
    before = start - 2 if start > 1 and tokens.pos[start - 1] == "NUM" else start - 1
    return tokens.lower[before] in POINTING or tokens.lower[start - 1] in OWN and head not in lexicon.place


def _in_dispute(tokens: Tokens, run: TokenSpan, last: int, lexicon: IssueLexicon) -> bool:
    """As in "the islands dispute", "both dispute the islands", "the islands are contested"."""
    lower, (start, end) = tokens.lower, run
    return (
        any(lower[t] in lexicon.disputed for t in range(start, last))
        or any(normal(lower[t]) in lexicon.disputed for t in range(last + 1, end))
        or tokens.lemma[tokens.head[last]] in _DISPUTING
    )


def _is_actor_or_plain(entities: Entities, last: int, kind: str, head: str, lexicon: IssueLexicon) -> bool:
    """Tell whether a noun of no kind of its own names an actor, or what is no issue without more."""
    if kind in ("other", "qualified") and entities.actor_of.get(last) is not None:
        return True
    return kind == "other" and (head in lexicon.plain or head in lexicon.common)


def _mark_pivot(tokens: Tokens, start: int, phrase: IssuePhrase, lexicon: IssueLexicon) -> None:
    """Note on a phrase that it is what "dispute over", "talks on" or the like before token ``start`` is about."""
    if phrase.kind not in ("other", "compound", "bare", "place", "qualified"):
        return
    pivot = _pivot(tokens, start, lexicon)
    if pivot:
        phrase.kind = "pivot" if phrase.kind in ("other", "compound") else phrase.kind
        phrase.acted = True
        phrase.disputed = phrase.disputed or pivot in lexicon.quarrel


def _same(word: str, lexicon: IssueLexicon) -> str:
    """Return a word's normal form, one for all words of its meaning."""
    word = normal(word)
    return lexicon.same.get(word, word)


def _owner(tokens: Tokens, first: int) -> int | None:
    """Return the state's name that owns what begins at token ``first`` ("Jerusalem's status")."""
    name = first - 2
    if name < 0 or not is_possessive_mark(tokens, first - 1) or tokens.pos[name] != "PROPN":
        return None
    while tokens.entity[name] and not tokens.entity_start[name] and name > first - 2 - _SHORT:
        name -= 1
    return name


def _compound(tokens: Tokens, first: int, last: int, head: str, lexicon: IssueLexicon) -> bool:
    """Tell whether a noun stands before another that names a thing ("visa scheme"), in lower case."""
    nouns = (t for t in range(first, last) if tokens.pos[t] in ("NOUN", "PROPN") and tokens.lower[t + 1] not in _MARKS)
    if tokens.pos[last] != "NOUN" or not any(nouns):
        return False
    return head in lexicon.things or not head.endswith(_PERSONS)


def _acted(tokens: Tokens, i: int, lexicon: IssueLexicon) -> bool:
    """Tell whether the noun is what is signed, lifted, agreed on and the like."""
    for _ in range(_SHORT):
        if tokens.dep[i] != "conj":
            break
        i = tokens.head[i]
    above = tokens.head[i]
    if is_undergone(tokens, i) or (is_active_subject(tokens, i) and tokens.tag[above] == "VBN"):
        return tokens.lemma[above] in lexicon.act
    if tokens.dep[i] == "pobj":
        upper = tokens.head[above]
        return tokens.lemma[upper] in lexicon.act_on or (
            tokens.lower[above] in ("of", "for") and normal(tokens.lower[upper]) in lexicon.deeds
        )
    return False


def _dropped(tokens: Tokens, i: int, head: str, lexicon: IssueLexicon) -> bool:
    """Tell whether a leading modifier makes no other matter: "wounded hostages" are hostages."""
    word = tokens.lower[i]
    if (
        tokens.pos[i] == "PROPN"
        and tokens.text[i][:1].isupper()
        and tokens.pos[i + 1] == "PROPN"
        and head not in lexicon.plain
    ):
        return False
    if "-" in word and word.rsplit("-", 1)[1] in _BACKED:
        return True
    if (
        word in lexicon.loose
        or tokens.tag[i] in ("JJR", "JJS")
        or not word[-1:].isalnum()
        or (tokens.pos[i] == "NUM" and len(word) != 4)
    ):
        return True
    hyphened = i > 0 and tokens.lower[i - 1] in _MARKS and tokens.tag[i] == "VBN"  # "long-awaited"
    if hyphened and (head in lexicon.qualified or head in lexicon.place):
        return True
    return head in lexicon.matter and tokens.tag[i] in ("VBN", "VBG", "JJR", "JJS")


def _thing(tokens: Tokens, i: int, lexicon: IssueLexicon) -> bool:
    """Tell whether token i can be the matter of a following "negotiations": a common noun of a known kind."""
    word = normal(tokens.lower[i])
    if word in lexicon.process or word in _MARKS:
        return False
    return (word in lexicon.matter or word in lexicon.qualified or word in lexicon.place) and tokens.pos[i] != "ADJ"


def _kind(tokens: Tokens, first: int, last: int, head: str, modifiers: frozenset[str], lexicon: IssueLexicon) -> str:
    proper = tokens.pos[last] == "PROPN" and tokens.entity[last] in _STATES and head not in lexicon.place
    if head in lexicon.matter:
        return "matter"
    if head in lexicon.place or head in lexicon.qualified or head in lexicon.measure:
        if not modifiers:
            return "bare"
        if head in lexicon.measure and not any(tokens.pos[t] in ("NOUN", "PROPN") for t in range(first, last)):
            return "bare"
        return "place" if head in lexicon.place else "qualified"
    if head in lexicon.talks:
        return "talks"
    return "state" if proper else "other"


def _pivot(tokens: Tokens, start: int, lexicon: IssueLexicon) -> str:
    """Return the noun of "dispute over the", "talks on" or the like before token ``start``, or ""."""
    i = start - 1
    while i > 0 and i > start - 4 and (tokens.lower[i] in DETERMINERS or tokens.pos[i] in ("NUM", "ADJ")):
        i -= 1
    if i < 1:
        return ""
    before = normal(tokens.lower[i - 1])
    if before == "claim" and tokens.lower[i] == "on":
        return ""
    if tokens.lower[i] == "to":
        return before if before in _ENTITLED else ""
    if tokens.lower[i] == "over" and tokens.lemma[i - 1] in _QUARRELS:
        return "dispute"
    if tokens.lower[i] in _ABOUT:
        return before if before in lexicon.pivot and tokens.pos[i - 1] in ("NOUN", "PROPN") else ""
    return before if tokens.lower[i] == "of" and before in _PIVOTS else ""


def _with_complement(
    tokens: Tokens, phrase: IssuePhrase, runs: Sequence[TokenSpan], k: int, entities: Entities, lexicon: IssueLexicon
) -> IssuePhrase | None:
    """Join a head with what it is "of" or "on": "limits on rare-earth exports", "status of the enclave"."""
    if phrase.kind not in ("matter", "bare", "qualified") or phrase.head in lexicon.place or k + 1 == len(runs):
        return None
    start, end = runs[k + 1]
    gap = tokens.lower[phrase.end : start]
    if not _links(gap, phrase, lexicon) or not _may_complete(tokens, phrase, gap, end - 1, entities, lexicon):
        return None
    if phrase.head in lexicon.common or phrase.head in lexicon.deeds or phrase.head in _ATTITUDES:
        inner = _phrase(tokens, (start, end), entities, lexicon)
        if gap[0] == "in" or inner is not None and _issue_itself(inner, lexicon):
            return None
    modifiers = phrase.modifiers | _modifiers(tokens, start, end, lexicon)
    kind = "qualified" if phrase.kind == "bare" else phrase.kind
    inner_head = phrase.inner or _same(tokens.lower[end - 1], lexicon)
    return replace(phrase, end=end, modifiers=modifiers, kind=kind, inner=inner_head)


def _links(gap: list[str], phrase: IssuePhrase, lexicon: IssueLexicon) -> bool:
    """Tell whether the words between two runs join them: "of the"; "talks on" what is a matter of its own do not."""
    shared = gap[:1] == ["with"] and phrase.head in lexicon.shared
    if not 1 <= len(gap) <= 3 or not (gap[0] in _OF or shared) or any(word not in DETERMINERS for word in gap[1:]):
        return False
    return not (phrase.kind == "bare" and phrase.head in lexicon.pivot and gap[0] in _ABOUT)


def _may_complete(
    tokens: Tokens, phrase: IssuePhrase, gap: list[str], last: int, entities: Entities, lexicon: IssueLexicon
) -> bool:
    """Tell whether the noun at token ``last`` can say what a head is "of" or "on"."""
    tail, proper, label = normal(tokens.lower[last]), tokens.pos[last] == "PROPN", tokens.entity[last]
    if tail in lexicon.process or tail in lexicon.plain and not proper:
        return False
    if proper and gap[0] in _FAR and phrase.head not in lexicon.owned:
        return False
    if gap[0] == "with" and _state(tokens.lower[last]) is None or not proper and gap[0] == "in" and "the" not in gap:
        return False
    borne = phrase.head in lexicon.measure or phrase.head in lexicon.matter
    if label in _NEVER and not (label == "PERSON" and borne):
        return False
    if phrase.kind == "bare":
        return True
    if gap[0] in _COMPLEMENT_PREPOSITIONS or label == "NORP":
        return False
    return gap[0] == "with" or tail not in lexicon.common and entities.actor_of.get(last) is None


def _issue_itself(inner: IssuePhrase, lexicon: IssueLexicon) -> bool:
    """As in "the signing of the peace treaty": what follows is the issue, without the deed."""
    return inner.kind in _OWN or inner.kind == "bare" and inner.head in lexicon.instrument
