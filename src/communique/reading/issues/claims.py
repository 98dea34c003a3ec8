"""Find who claims a disputed thing, and on what grounds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from communique.lexicon import listed
from communique.model import ActorKind
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.grammar.auxiliaries import is_finite, is_tensed
from communique.reading.grammar.negation import is_denied
from communique.reading.grammar.subjects import nominal_subject
from communique.reading.issues.candidates import IssuePhrase
from communique.reading.issues.clustering import Matter
from communique.reading.issues.issue_words import IssueLexicon, normal
from communique.reading.tokens import Tokens, TokenSpan

_BOTH = listed("issues", "constructions", "both")
_TITLES = listed("issues", "constructions", "titles")
_RELATIVE_THAT_WHICH_WHO = listed("closed_classes", "relative_that_which_who")
_AFTER_GROUNDS = listed("issues", "constructions", "after_grounds")
_SOVEREIGNTY = listed("issues", "constructions", "sovereignty")
_HAVING = listed("issues", "constructions", "having")

_POSSESSIVES = listed("issues", "constructions", "possessives")
_SPEAKER = frozenset(("our", "ours"))
_CITING = listed("issues", "constructions", "citing")
_THEM = listed("issues", "constructions", "them")
_REST = listed("issues", "constructions", "resting")
_THEY = listed("issues", "constructions", "claimants_pronouns")
_CONTEST = frozenset(("contest", "dispute"))
_HOLD = listed("issues", "constructions", "holding")
_RULE = listed("issues", "constructions", "ruling")
_PROOF = listed("issues", "constructions", "proof")
_CLAUSE = 14
_SPOKESMEN = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.BODY)
_TO = listed("issues", "constructions", "claimed_prepositions")
_PART = listed("issues", "constructions", "parts")
_LYING = listed("issues", "constructions", "lying")
_STOPS = listed("issues", "constructions", "stops")
_REACH = 3
_DEEP = 40
_MOST = 300

_NEAR_CLAIM = 12
"""Words from a word of claiming within which the thing is named."""
_BEFORE_THING = 6
"""Words before the head of what is claimed, or before "which", within which its name stands."""
_AFTER_HOLDER = 5
"""Words after "-controlled" within which the place stands."""
_LISTED_ACTORS = 30
"""Words after "by" in which actors are listed."""
_TITLE_REACH = 10
"""Words after "claim to", or after a verb, within which the thing is named."""
_STATE_REACH = 6
"""Words after "claim to" within which a state is named."""
_REGARD_REACH = 25
"""Words after "considers" that tell of what it regards."""
_OWN_REACH = 9
"""Words after the thing within which stands whose it is said to be."""
_BEFORE_WHICH = 5
"""Words before "which" within which the thing is named."""
_LISTING_REACH = 8
"""Words after a comma within which "and" shows that grounds are listed."""


@dataclass(frozen=True, slots=True)
class ClaimMatch:
    """A claim: the index of the matter, the actor, the attribution that says so, and the token that makes the claim."""

    matter: int
    actor: str
    attribution: int | None
    at: int
    grounds: tuple[TokenSpan, ...]


class ClaimIndex:
    """What the search for claims looks up: matters by token, actors by token, attributions by token."""

    def __init__(
        self,
        tokens: Tokens,
        matters: list[Matter],
        attributions: tuple[Attribution, ...],
        sources: tuple[ResolvedSource, ...],
        entities: Entities,
        lexicon: IssueLexicon,
    ) -> None:
        """Index the matters that can be claimed by where they stand."""
        self.tokens = tokens
        self.entities = entities
        self.sources = sources
        self._innermost = _innermost(tokens.n, attributions)
        self.lexicon = lexicon
        states = {a.country: a.id for a in entities.actors if a.kind == ActorKind.STATE and a.country}
        self._parties = {
            a.id: states[a.country] for a in entities.actors if a.kind in _SPOKESMEN and a.country in states
        }
        self.members = {actor.id: actor.members for actor in entities.actors}
        spots = sorted(
            ((p.start, k, p) for k, m in enumerate(matters) if _claimable(m) for p in m.phrases), key=lambda s: s[0]
        )
        self.starts = [start for start, _, _ in spots]
        self.spots: list[tuple[int, int, IssuePhrase]] = spots
        self._states = {p.start: k for k, m in enumerate(matters) if m.kind == "state" for p in m.phrases}

    def within(self, start: int, end: int) -> list[tuple[int, IssuePhrase]]:
        """Return the matters named in a token range."""
        out = []
        i = bisect_right(self.starts, start - 1)
        while i < len(self.spots) and self.spots[i][0] < end:
            out.append((self.spots[i][1], self.spots[i][2]))
            i += 1
        return out

    def state(self, start: int, end: int) -> int | None:
        """Return the first state or town named in a token range."""
        return next((self._states[t] for t in range(start, end) if t in self._states), None)

    def before(self, at: int) -> int | None:
        """Return the matter last named before token ``at`` in the same or one of the few sentences before."""
        i = bisect_right(self.starts, at) - 1
        if i < 0:
            return None
        start, k, _ = self.spots[i]
        return k if self.tokens.sentence[at] - self.tokens.sentence[start] < _REACH else None

    def attribution(self, at: int) -> int | None:
        """Return the innermost attribution whose cue or content holds token ``at``."""
        return self._innermost[at]

    def actor(self, token: int, speaker_of: int | None = None) -> list[str]:
        """Return whom a token stands for: one actor, or the members of a plural one."""
        found = self.entities.heads.get(token) or self.entities.actor_of.get(token)
        if speaker_of is not None and self.tokens.lower[token] in _SPEAKER:
            found = self.sources[speaker_of].speaker or found
        if found is None and self.tokens.lower[token] in _POSSESSIVES:
            found = self.subject_actor(token)
        if found is None and speaker_of is not None:
            found = self.sources[speaker_of].speaker
        if found is None and self.tokens.lower[token] in _THEY:
            said = self.attribution(token)
            found = None if said is None else self.sources[said].speaker
        return [self.party(actor) for actor in self.members.get(found) or (found,)] if found else []

    def party(self, actor: str) -> str:
        """Return the state for which an office holder or body claims, where the report names it."""
        return self._parties.get(actor, actor)

    def subject_actor(self, token: int) -> str | None:
        """Return the actor of the nearest subject above a token."""
        tokens = self.tokens
        i = token
        for _ in range(_DEEP):
            child = nominal_subject(tokens, i)
            if child is not None and child != token:
                found = self.entities.heads.get(child) or self.entities.actor_of.get(child)
                if found:
                    return found
            if tokens.head[i] == i:
                return None
            i = tokens.head[i]
        return None


def _innermost(n: int, attributions: tuple[Attribution, ...]) -> list[int | None]:
    """Return for each token the attribution with the shortest cue or content piece over it, in one sweep."""
    opening: dict[int, list[tuple[int, int]]] = {}
    for i, item in enumerate(attributions):
        for start, end in (*item.content, *item.cue):
            opening.setdefault(start, []).append((end, i))
    out: list[int | None] = []
    stack: list[tuple[int, int]] = []
    for at in range(n):
        if at in opening:
            stack += sorted(opening[at], reverse=True)
        while stack and stack[-1][0] <= at:
            stack.pop()
        out.append(stack[-1][1] if stack else None)
    return out


def _claimable(matter: Matter) -> bool:
    return matter.place or matter.kind in ("pivot", "alone") or any(p.disputed for p in matter.phrases)


def find_claims(claim_index: ClaimIndex) -> list[ClaimMatch]:
    """Return claims in text order, each (matter, actor) once, with the grounds that the sentence gives."""
    tokens, lexicon = claim_index.tokens, claim_index.lexicon
    raw: list[tuple[int, int, str]] = []
    for i in range(tokens.n):
        if len(raw) > _MOST:
            break
        lemma = tokens.lemma[i]
        kind = tokens.pos[i]
        if kind == "VERB":
            if tokens.lower[i - 1] == "-" and lemma in _HOLD and i:
                raw += _by_holder(claim_index, i)
            elif lemma in lexicon.claim_verbs or (lemma in lexicon.held and tokens.lower[i + 1 : i + 2] == ["by"]):
                raw += _by_verb(claim_index, i)
            elif lemma in _CONTEST:
                raw += _contested(claim_index, i)
            elif lemma in lexicon.regard_verbs:
                raw += _by_regard(claim_index, i)
            elif lemma == "belong":
                raw += _belonging(claim_index, i)
            elif lemma in _LYING:
                raw += _being_part(claim_index, i)
        elif kind == "NOUN" and normal(tokens.lower[i]) in lexicon.titles:
            raw += _by_title(claim_index, i)
        elif kind == "NOUN" and lemma in _RULE:
            raw += _under(claim_index, i)
        elif kind == "AUX" and lemma == "be":
            raw += _being_part(claim_index, i)
    return _with_grounds(claim_index, raw)


def _by_verb(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "China claims the reef"; "claimed by both China and Vietnam"; "that Japan controls these islands"."""
    tokens = claim_index.tokens
    if is_denied(tokens, i):
        return []
    agent = tokens.child(i, "agent")
    after = tokens.lower[i + 1] if i + 1 < tokens.n else ""
    if agent is not None or after == "by":
        at = agent if agent is not None else i + 1
        actors = [a for t in _actors_after(claim_index, at) for a in claim_index.actor(t)]
        near = claim_index.within(max(tokens.sentences[tokens.sentence[i]][0], i - _NEAR_CLAIM), i)
        matter = near[-1][0] if near else claim_index.before(i)
        return [] if matter is None else [(i, matter, a) for a in dict.fromkeys(actors)]
    if tokens.child(i, "ccomp") is not None or tokens.tag[i] == "VBN" and tokens.dep[i] == "amod":
        return []
    thing = tokens.child(i, "dobj", "obj")
    if thing is None:
        return []
    named = claim_index.within(thing - _BEFORE_THING if thing > i + _BEFORE_THING else i + 1, tokens.right[thing] + 1)
    named = [pair for pair in named if pair[1].start <= thing < pair[1].end] or [
        pair
        for pair in named
        if tokens.lemma[i] == "claim" and normal(tokens.lower[thing]) in claim_index.lexicon.titles
    ]
    matter = named[0][0] if named else claim_index.before(i) if tokens.lower[thing] in _THEM else None
    return [] if matter is None else [(i, matter, actor) for actor in _subjects(claim_index, i)]


def _by_holder(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "Russian-controlled Transnistria"."""
    named = claim_index.within(i + 1, min(claim_index.tokens.n, i + _AFTER_HOLDER))
    if not named or i < 2 or claim_index.tokens.sentence[named[0][1].start] != claim_index.tokens.sentence[i]:
        return []
    return [(i, named[0][0], actor) for actor in claim_index.actor(i - 2)]


def _contested(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "contested by Indonesia and Malaysia", "both Greece and Turkey dispute the islet"."""
    tokens = claim_index.tokens
    after = tokens.lower[i + 1] if i + 1 < tokens.n else ""
    if is_denied(tokens, i):
        return []
    if after in ("by", "between"):
        actors = [a for t in _actors_after(claim_index, i + 1) for a in claim_index.actor(t)]
        near = claim_index.within(max(tokens.sentences[tokens.sentence[i]][0], i - _NEAR_CLAIM), i)
        return [(i, near[-1][0], a) for a in dict.fromkeys(actors)] if near else []
    thing = tokens.child(i, "dobj", "obj")
    actors = _subjects(claim_index, i)
    named = [k for k, p in claim_index.within(i + 1, i + _NEAR_CLAIM) if thing is not None and p.start <= thing < p.end]
    return [(i, named[0], a) for a in actors] if named and len(actors) > 1 else []


def _under(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "the plateau has been under Chinese control"."""
    tokens = claim_index.tokens
    prep = tokens.head[i]
    if tokens.lower[prep] != "under" or tokens.dep[i] != "pobj":
        return []
    near = claim_index.within(max(tokens.sentences[tokens.sentence[i]][0], prep - _CLAUSE), prep)
    holder = next((c for c in tokens.children[i] if tokens.dep[c] in ("poss", "amod", "compound", "nmod")), None)
    if not near or holder is None:
        return []
    return [(i, near[0][0], actor) for actor in claim_index.actor(holder)]


def _subjects(claim_index: ClaimIndex, i: int) -> list[str]:
    """Actors of a verb's subject, up through conjoined and open clauses."""
    tokens = claim_index.tokens
    for _ in range(_DEEP):
        child = nominal_subject(tokens, i)
        if child is not None:
            out = []
            for token in (child, *_conjoined(tokens, child)):
                if tokens.lower[token] in _RELATIVE_THAT_WHICH_WHO:
                    return claim_index.actor(tokens.head[i])
                out += claim_index.actor(token)
            return list(dict.fromkeys(out))
        if tokens.dep[i] not in ("conj", "xcomp", "advcl", "acl") or tokens.head[i] == i:
            return []
        i = tokens.head[i]
    return []


def _conjoined(tokens: Tokens, i: int) -> list[int]:
    out: list[int] = []
    at: int | None = tokens.child(i, "conj")
    while at is not None and len(out) < _DEEP:
        out.append(at)
        at = tokens.child(at, "conj")
    return out


def _actors_after(claim_index: ClaimIndex, at: int) -> list[int]:
    """Tokens that mention actors in the enumeration after "by", up to the first word that is no part of one."""
    tokens = claim_index.tokens
    out = []
    for t in range(at + 1, min(tokens.n, at + _LISTED_ACTORS)):
        if tokens.sentence[t] != tokens.sentence[at] or tokens.lower[t] in _STOPS or tokens.pos[t] in ("VERB", "AUX"):
            break
        if t in claim_index.entities.heads:
            out.append(t)
    return out


def _by_title(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "asserts sovereignty over the shoal", "Argentina's claim to the islands", "its sovereignty"."""
    tokens, lexicon = claim_index.tokens, claim_index.lexicon
    word = normal(tokens.lower[i])
    matter = None
    for t in range(i + 1, min(tokens.n, i + 3)):
        if tokens.lower[t] in _TO:
            end = min(tokens.n, t + _TITLE_REACH, tokens.sentences[tokens.sentence[i]][1])
            named = claim_index.within(t + 1, end)
            if named:
                matter = named[0][0]
            elif t + 1 < end and tokens.lower[t + 1] in _THEM:
                matter = claim_index.before(i)
            elif word != "right" and tokens.lower[t] in ("to", "over"):
                matter = claim_index.state(t + 1, min(end, t + _STATE_REACH))
            break
    verb = tokens.head[i]
    asserted = tokens.dep[i] in ("dobj", "obj", "pobj") and tokens.lemma[verb] in lexicon.assert_verbs
    if asserted and is_denied(tokens, verb):
        return []
    owner = tokens.child(i, "poss")
    if matter is None:
        based = word in _TITLES and tokens.lemma[verb] in _CITING
        if not based and not (asserted and word in _SOVEREIGNTY):
            return []
        matter = claim_index.before(i)
    if matter is None:
        return []
    if owner is not None:
        return [(i, matter, actor) for actor in claim_index.actor(owner)]
    return [(i, matter, actor) for actor in _subjects(claim_index, verb)] if asserted else []


def _by_regard(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "Beijing considers the island part of its territory", "views the shoal as its own"."""
    tokens = claim_index.tokens
    if is_denied(tokens, i):
        return []
    end = min(tokens.n, tokens.sentences[tokens.sentence[i]][1], i + _REGARD_REACH)
    named = claim_index.within(i + 1, end)
    if tokens.lower[min(i + 1, tokens.n - 1)] in _THEM:
        matter, at = claim_index.before(i), i + 2
    elif not named:
        matter, at = _relative(claim_index, i), i + 1
    else:
        matter, at = named[0][0], named[0][1].end
    if matter is None:
        return []
    after = range(at, min(end, at + _OWN_REACH))
    actors = _subjects(claim_index, i)
    if any(tokens.entity[t] == "NORP" and claim_index.entities.actor_of.get(t) in actors for t in after):
        return [(i, matter, actor) for actor in actors]
    own = next((t for t in after if tokens.lower[t] in _POSSESSIVES), None)
    if own is None or not any(tokens.lower[t] in _PART for t in after):
        return []
    return [(i, matter, actor) for actor in actors or claim_index.actor(own)]


def _relative(claim_index: ClaimIndex, i: int) -> int | None:
    """Return what "which" before a verb stands for: the thing, state or town named last before it."""
    tokens = claim_index.tokens
    first = max(tokens.sentences[tokens.sentence[i]][0], i - _BEFORE_THING)
    at = next((t for t in range(i - 1, first, -1) if tokens.lower[t] in ("which", "that")), None)
    if at is None:
        return None
    near = claim_index.within(max(first, at - _BEFORE_WHICH), at)
    return near[-1][0] if near else claim_index.state(max(first, at - 3), at)


def _belonging(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "says the islands belong to it": the claimant is whom they belong to."""
    tokens = claim_index.tokens
    subject = nominal_subject(tokens, i)
    to = next((c for c in tokens.children[i] if tokens.lower[c] == "to" and tokens.dep[c] == "prep"), None)
    holder = tokens.child(to, "pobj") if to is not None else None
    if is_denied(tokens, i) or subject is None or holder is None:
        return []
    said = claim_index.attribution(i)
    return [(i, matter, a) for matter in _subject_matter(claim_index, subject) for a in claim_index.actor(holder, said)]


def _being_part(claim_index: ClaimIndex, i: int) -> list[tuple[int, int, str]]:
    """As in "the islands are an inherent part of Japan's territory", "Crimea is Ukrainian", said by somebody."""
    tokens = claim_index.tokens
    subject = nominal_subject(tokens, i)
    said = claim_index.attribution(i)
    if (said is None and tokens.dep[i] != "ccomp") or is_denied(tokens, i):
        return []
    if subject is not None:
        matters = _subject_matter(claim_index, subject)
    else:
        # The parser often loses the subject of such a clause.
        near = claim_index.within(max(tokens.sentences[tokens.sentence[i]][0], i - _CLAUSE), i)
        matters = [near[-1][0]] if near else []
    if not matters:
        return []
    end = min(tokens.n, tokens.sentences[tokens.sentence[i]][1], i + _TITLE_REACH)
    reach = range(i + 1, end)
    if not any(tokens.lower[t] in _PART for t in reach):
        return []
    holder = next((t for t in reach if t in claim_index.entities.actor_of or tokens.lower[t] in _POSSESSIVES), None)
    return [] if holder is None else [(i, matters[0], actor) for actor in claim_index.actor(holder, said)[:1]]


def _subject_matter(claim_index: ClaimIndex, subject: int) -> list[int]:
    tokens = claim_index.tokens
    named = claim_index.within(tokens.left[subject], tokens.right[subject] + 1)
    head = [k for k, phrase in named if phrase.start <= subject < phrase.end]
    if head:
        return head[:1]
    if tokens.lower[subject] in _BOTH:
        before = claim_index.before(subject)
        return [] if before is None or subject in claim_index.entities.heads else [before]
    return []


def _citing(claim_index: ClaimIndex, raw: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """As in "China claims the reef, Vietnam cites maps of its own": who cites grounds beside a claim claims too."""
    tokens = claim_index.tokens
    last = {tokens.sentence[at]: matter for at, matter, _ in raw}
    anchors = {at for at, _, _ in raw}
    out = []
    for number, matter in sorted(last.items()):
        start = tokens.sentences[number][0]
        end = tokens.sentences[min(number + 1, len(tokens.sentences) - 1)][1]
        for i in range(start, end):
            finite = tokens.lemma[i] in _CITING and is_tensed(tokens, i) and tokens.pos[i] == "VERB"
            subject = nominal_subject(tokens, i) if finite else None
            if subject is not None and i not in anchors:
                anchors.add(i)
                actors = dict.fromkeys(a for t in (subject, *_conjoined(tokens, subject)) for a in claim_index.actor(t))
                out += [(i, matter, actor) for actor in actors]
    return out


def _with_grounds(claim_index: ClaimIndex, raw: list[tuple[int, int, str]]) -> list[ClaimMatch]:
    """Join claims of one actor to one thing; give the grounds in a sentence to the claim nearest before them."""
    tokens = claim_index.tokens
    raw = raw + _citing(claim_index, raw)
    at_sentence: dict[int, list[int]] = {}
    for at, _, _ in raw:
        at_sentence.setdefault(tokens.sentence[at], []).append(at)
    grounds: dict[int, list[TokenSpan]] = {}
    for number, anchors in at_sentence.items():
        anchors.sort()
        for cue, piece in _grounds_in(tokens, tokens.sentences[number], claim_index.lexicon):
            owner = anchors[max(0, bisect_right(anchors, cue) - 1)]
            between = range(min(owner, cue) + 1, max(owner, cue))
            if not any(tokens.lower[t] == ";" for t in between):
                grounds.setdefault(owner, []).append(piece)
    order: dict[tuple[int, str], ClaimMatch] = {}
    for at, matter, actor in sorted(raw):
        pieces = tuple(grounds.get(at, ()))
        old = order.get((matter, actor))
        if old is None:
            order[matter, actor] = ClaimMatch(matter, actor, claim_index.attribution(at), at, pieces)
        elif pieces:
            more = (*old.grounds, *(p for p in pieces if p not in old.grounds))
            said = old.attribution if old.grounds else claim_index.attribution(at)
            order[matter, actor] = ClaimMatch(matter, actor, said, old.at, more)
    return list(order.values())


def _grounds_in(tokens: Tokens, sentence: TokenSpan, lexicon: IssueLexicon) -> list[tuple[int, TokenSpan]]:
    """Return (cue token, grounds) for each phrase of the sentence that introduces grounds."""
    out = []
    i, end = sentence
    while i < end:
        if tokens.lemma[i] in _REST and tokens.pos[i] == "VERB":
            out += _resting(tokens, i)
        if tokens.lemma[i] in _PROOF and i + 1 < end and tokens.lower[i + 1] == "to":
            out += _proof(tokens, i, sentence)
        phrases = lexicon.grounds.get(tokens.lower[i])
        match = next((p for p in phrases or () if tuple(tokens.lower[i : i + len(p)]) == p), None)
        if match is None:
            i += 1
            continue
        start = i + len(match)
        stop = _grounds_end(tokens, start, end)
        based = match[-1] != "on" or len(match) != 2 or tokens.pos[i] == "VERB" or _based(tokens, i)
        if stop > start and based and (match != ("under",) or _law(tokens, start, stop)):
            out.append((i, (start, stop)))
        i = max(stop, start)
    return out


def _resting(tokens: Tokens, i: int) -> list[tuple[int, TokenSpan]]:
    """Return what a claim is said to be based "on", past what it is a claim to."""
    on = next((c for c in tokens.children[i] if c > i + 2 and tokens.lower[c] in ("on", "upon")), None)
    return [] if on is None or on + 1 > tokens.right[on] else [(i, (on + 1, tokens.right[on] + 1))]


def _based(tokens: Tokens, i: int) -> bool:
    """Tell whether a claim is said to rest "on" what follows, rather than to be one "on" the thing."""
    return tokens.lemma[tokens.head[i]] in _CITING or any(tokens.lemma[t] in _CITING for t in range(max(0, i - 3), i))


def _proof(tokens: Tokens, i: int, sentence: TokenSpan) -> list[tuple[int, TokenSpan]]:
    """Return the evidence that somebody "has ... to assert its sovereignty"."""
    for t in range(i - 1, max(sentence[0], i - _CLAUSE) - 1, -1):
        if tokens.lemma[t] == "have" or tokens.pos[t] == "VERB":
            return [(i, (t + 1, i + 1))] if t + 1 <= i and tokens.lemma[t] in _HAVING else []
    return []


def _law(tokens: Tokens, start: int, stop: int) -> bool:
    """Tell whether "under ..." names a law or treaty, and not a condition or a pressure."""
    last = listed("issues", "constructions", "law")
    return any(normal(tokens.lower[t]) in last for t in range(start, stop))


def _grounds_end(tokens: Tokens, start: int, end: int) -> int:
    """Return where the grounds end: at a stop, or at a comma that opens a new clause rather than an enumeration."""
    for t in range(start, end):
        low = tokens.lower[t]
        if low in _STOPS or low in ('"', "”", ")") or (tokens.pos[t] == "SPACE" and tokens.text[t].count("\n") > 1):
            return t
        if low == "and" and t + 1 < end and is_finite(tokens, t + 1):
            return t
        if low == "," and t + 1 < end:
            after = tokens.lower[t + 1]
            listing = any(tokens.lower[u] in ("and", "or") for u in range(t + 1, min(end, t + _LISTING_REACH)))
            if not listing or after in _AFTER_GROUNDS or tokens.pos[t + 1] in ("VERB", "PRON"):
                return t
    return end
