"""Find who claims a disputed thing, and on what grounds."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from communique.model import ActorKind
from communique.reading.annotations import Attribution, Cast, Voice
from communique.reading.issues.candidates import Phrase
from communique.reading.issues.clustering import Matter
from communique.reading.issues.lexicon import IssueLexicon, normal
from communique.reading.tokens import Piece, Words

_SUBJECTS = ("nsubj", "nsubjpass")
_POSSESSIVES = frozenset(("its", "their", "his", "her", "our", "ours", "theirs"))
_SPEAKER = frozenset(("our", "ours"))
_CITING = frozenset(("cite", "rest", "rely", "invoke", "base", "point", "derive", "stem", "ground"))
_THEM = frozenset(("it", "them", "both", "which", "that"))
_REST = frozenset(("base", "rest", "ground", "found"))
_THEY = frozenset(("it", "they", "he", "she", "we"))
_CONTEST = frozenset(("contest", "dispute"))
_HOLD = frozenset(("hold", "control", "administer", "occupy", "govern", "run", "rule", "claim"))
_RULE = frozenset(("control", "administration", "rule", "sovereignty", "jurisdiction", "occupation"))
_PROOF = frozenset(("evidence", "basis", "ground", "proof", "case"))
_CLAUSE = 14
_SPOKESMEN = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.BODY)
_TO = frozenset(("over", "to", "on", "of"))
_PART = frozenset(
    (
        "part",
        "own",
        "inherent",
        "integral",
        "territory",
        "soil",
        "province",
        "zone",
        "waters",
        "jurisdiction",
        "border",
        "boundary",
        "airspace",
        "ours",
        "theirs",
    )
)
_LYING = frozenset(("lie", "fall", "remain"))
_STOPS = frozenset((";", ".", ":", "while", "whereas", "but", "although", "though"))
_REACH = 3
_DEEP = 40
_MOST = 300


@dataclass(frozen=True, slots=True)
class Found:
    """A claim: the index of the matter, the actor, the attribution that says so, and the token that makes the claim."""

    matter: int
    actor: str
    attribution: int | None
    at: int
    grounds: tuple[Piece, ...]


class Scene:
    """What the search for claims looks up: matters by token, actors by token, attributions by token."""

    def __init__(
        self,
        words: Words,
        matters: list[Matter],
        attributions: tuple[Attribution, ...],
        voices: tuple[Voice, ...],
        cast: Cast,
        lexicon: IssueLexicon,
    ) -> None:
        """Index the matters that can be claimed by where they stand."""
        self.words = words
        self.cast = cast
        self.voices = voices
        self._innermost = _innermost(words.n, attributions)
        self.lexicon = lexicon
        states = {a.country: a.id for a in cast.actors if a.kind == ActorKind.STATE and a.country}
        self._parties = {a.id: states[a.country] for a in cast.actors if a.kind in _SPOKESMEN and a.country in states}
        self.members = {actor.id: actor.members for actor in cast.actors}
        spots = sorted(
            ((p.start, k, p) for k, m in enumerate(matters) if _claimable(m) for p in m.phrases), key=lambda s: s[0]
        )
        self.starts = [start for start, _, _ in spots]
        self.spots: list[tuple[int, int, Phrase]] = spots
        self._states = {p.start: k for k, m in enumerate(matters) if m.kind == "state" for p in m.phrases}

    def within(self, start: int, end: int) -> list[tuple[int, Phrase]]:
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
        return k if self.words.sentence[at] - self.words.sentence[start] < _REACH else None

    def attribution(self, at: int) -> int | None:
        """Return the innermost attribution whose cue or content holds token ``at``."""
        return self._innermost[at]

    def actor(self, token: int, speaker_of: int | None = None) -> list[str]:
        """Return whom a token stands for: one actor, or the members of a plural one."""
        found = self.cast.heads.get(token) or self.cast.actor_of.get(token)
        if speaker_of is not None and self.words.lower[token] in _SPEAKER:
            found = self.voices[speaker_of].speaker or found
        if found is None and self.words.lower[token] in _POSSESSIVES:
            found = self.subject_actor(token)
        if found is None and speaker_of is not None:
            found = self.voices[speaker_of].speaker
        if found is None and self.words.lower[token] in _THEY:
            said = self.attribution(token)
            found = None if said is None else self.voices[said].speaker
        return [self.party(actor) for actor in self.members.get(found) or (found,)] if found else []

    def party(self, actor: str) -> str:
        """Return the state for which an office holder or body claims, where the report names it."""
        return self._parties.get(actor, actor)

    def subject_actor(self, token: int) -> str | None:
        """Return the actor of the nearest subject above a token."""
        words = self.words
        i = token
        for _ in range(_DEEP):
            child = words.child(i, *_SUBJECTS)
            if child is not None and child != token:
                found = self.cast.heads.get(child) or self.cast.actor_of.get(child)
                if found:
                    return found
            if words.head[i] == i:
                return None
            i = words.head[i]
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
        stack += sorted(opening.get(at, ()), reverse=True)
        while stack and stack[-1][0] <= at:
            stack.pop()
        out.append(stack[-1][1] if stack else None)
    return out


def _claimable(matter: Matter) -> bool:
    return matter.place or matter.kind in ("pivot", "alone") or any(p.disputed for p in matter.phrases)


def find_claims(scene: Scene) -> list[Found]:
    """Return claims in text order, each (matter, actor) once, with the grounds that the sentence gives."""
    words, lexicon = scene.words, scene.lexicon
    raw: list[tuple[int, int, str]] = []
    for i in range(words.n):
        if len(raw) > _MOST:
            break
        lemma = words.lemma[i]
        kind = words.pos[i]
        if kind == "VERB":
            if words.lower[i - 1] == "-" and lemma in _HOLD and i:
                raw += _by_holder(scene, i)
            elif lemma in lexicon.claim_verbs or (lemma in lexicon.held and words.lower[i + 1 : i + 2] == ["by"]):
                raw += _by_verb(scene, i)
            elif lemma in _CONTEST:
                raw += _contested(scene, i)
            elif lemma in lexicon.regard_verbs:
                raw += _by_regard(scene, i)
            elif lemma == "belong":
                raw += _belonging(scene, i)
            elif lemma in _LYING:
                raw += _being_part(scene, i)
        elif kind == "NOUN" and normal(words.lower[i]) in lexicon.titles:
            raw += _by_title(scene, i)
        elif kind == "NOUN" and lemma in _RULE:
            raw += _under(scene, i)
        elif kind == "AUX" and lemma == "be":
            raw += _being_part(scene, i)
    return _with_grounds(scene, raw)


def _negated(words: Words, i: int) -> bool:
    return words.has_child(i, "neg")


def _by_verb(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "China claims the reef"; "claimed by both China and Vietnam"; "that Japan controls these islands"."""
    words = scene.words
    if _negated(words, i):
        return []
    agent = words.child(i, "agent")
    after = words.lower[i + 1] if i + 1 < words.n else ""
    if agent is not None or after == "by":
        at = agent if agent is not None else i + 1
        actors = [a for t in _actors_after(scene, at) for a in scene.actor(t)]
        near = scene.within(max(words.sentences[words.sentence[i]][0], i - 12), i)
        matter = near[-1][0] if near else scene.before(i)
        return [] if matter is None else [(i, matter, a) for a in dict.fromkeys(actors)]
    if words.child(i, "ccomp") is not None or words.tag[i] == "VBN" and words.dep[i] == "amod":
        return []
    thing = words.child(i, "dobj", "obj")
    if thing is None:
        return []
    named = scene.within(thing - 6 if thing > i + 6 else i + 1, words.right[thing] + 1)
    named = [pair for pair in named if pair[1].start <= thing < pair[1].end] or [
        pair for pair in named if words.lemma[i] == "claim" and normal(words.lower[thing]) in scene.lexicon.titles
    ]
    matter = named[0][0] if named else scene.before(i) if words.lower[thing] in _THEM else None
    return [] if matter is None else [(i, matter, actor) for actor in _subjects(scene, i)]


def _by_holder(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "Russian-controlled Transnistria"."""
    named = scene.within(i + 1, min(scene.words.n, i + 5))
    if not named or i < 2 or scene.words.sentence[named[0][1].start] != scene.words.sentence[i]:
        return []
    return [(i, named[0][0], actor) for actor in scene.actor(i - 2)]


def _contested(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "contested by Indonesia and Malaysia", "both Greece and Turkey dispute the islet"."""
    words = scene.words
    after = words.lower[i + 1] if i + 1 < words.n else ""
    if _negated(words, i):
        return []
    if after in ("by", "between"):
        actors = [a for t in _actors_after(scene, i + 1) for a in scene.actor(t)]
        near = scene.within(max(words.sentences[words.sentence[i]][0], i - 12), i)
        return [(i, near[-1][0], a) for a in dict.fromkeys(actors)] if near else []
    thing = words.child(i, "dobj", "obj")
    actors = _subjects(scene, i)
    named = [k for k, p in scene.within(i + 1, i + 12) if thing is not None and p.start <= thing < p.end]
    return [(i, named[0], a) for a in actors] if named and len(actors) > 1 else []


def _under(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "the plateau has been under Chinese control"."""
    words = scene.words
    prep = words.head[i]
    if words.lower[prep] != "under" or words.dep[i] != "pobj":
        return []
    near = scene.within(max(words.sentences[words.sentence[i]][0], prep - _CLAUSE), prep)
    holder = next((c for c in words.children[i] if words.dep[c] in ("poss", "amod", "compound", "nmod")), None)
    if not near or holder is None:
        return []
    return [(i, near[0][0], actor) for actor in scene.actor(holder)]


def _subjects(scene: Scene, i: int) -> list[str]:
    """Actors of a verb's subject, up through conjoined and open clauses."""
    words = scene.words
    for _ in range(_DEEP):
        child = words.child(i, *_SUBJECTS)
        if child is not None:
            out = []
            for token in (child, *_conjoined(words, child)):
                if words.lower[token] in ("which", "that", "who"):
                    return scene.actor(words.head[i])
                out += scene.actor(token)
            return list(dict.fromkeys(out))
        if words.dep[i] not in ("conj", "xcomp", "advcl", "acl") or words.head[i] == i:
            return []
        i = words.head[i]
    return []


def _conjoined(words: Words, i: int) -> list[int]:
    out: list[int] = []
    at: int | None = words.child(i, "conj")
    while at is not None and len(out) < _DEEP:
        out.append(at)
        at = words.child(at, "conj")
    return out


def _actors_after(scene: Scene, at: int) -> list[int]:
    """Tokens that mention actors in the enumeration after "by", up to the first word that is no part of one."""
    words = scene.words
    out = []
    for t in range(at + 1, min(words.n, at + 30)):
        if words.sentence[t] != words.sentence[at] or words.lower[t] in _STOPS or words.pos[t] in ("VERB", "AUX"):
            break
        if t in scene.cast.heads:
            out.append(t)
    return out


def _by_title(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "asserts sovereignty over the shoal", "Argentina's claim to the islands", "its sovereignty"."""
    words, lexicon = scene.words, scene.lexicon
    word = normal(words.lower[i])
    matter = None
    for t in range(i + 1, min(words.n, i + 3)):
        if words.lower[t] in _TO:
            end = min(words.n, t + 10, words.sentences[words.sentence[i]][1])
            named = scene.within(t + 1, end)
            if named:
                matter = named[0][0]
            elif t + 1 < end and words.lower[t + 1] in _THEM:
                matter = scene.before(i)
            elif word != "right" and words.lower[t] in ("to", "over"):
                matter = scene.state(t + 1, min(end, t + 6))
            break
    verb = words.head[i]
    asserted = words.dep[i] in ("dobj", "obj", "pobj") and words.lemma[verb] in lexicon.assert_verbs
    if asserted and _negated(words, verb):
        return []
    owner = words.child(i, "poss")
    if matter is None:
        based = word in ("claim", "title", "sovereignty", "case") and words.lemma[verb] in _CITING
        if not based and not (asserted and word in ("sovereignty", "jurisdiction", "ownership")):
            return []
        matter = scene.before(i)
    if matter is None:
        return []
    if owner is not None:
        return [(i, matter, actor) for actor in scene.actor(owner)]
    return [(i, matter, actor) for actor in _subjects(scene, verb)] if asserted else []


def _by_regard(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "Beijing considers the island part of its territory", "views the shoal as its own"."""
    words = scene.words
    if _negated(words, i):
        return []
    end = min(words.n, words.sentences[words.sentence[i]][1], i + 25)
    named = scene.within(i + 1, end)
    if words.lower[min(i + 1, words.n - 1)] in _THEM:
        matter, at = scene.before(i), i + 2
    elif not named:
        matter, at = _relative(scene, i), i + 1
    else:
        matter, at = named[0][0], named[0][1].end
    if matter is None:
        return []
    after = range(at, min(end, at + 9))
    actors = _subjects(scene, i)
    if any(words.entity[t] == "NORP" and scene.cast.actor_of.get(t) in actors for t in after):
        return [(i, matter, actor) for actor in actors]
    own = next((t for t in after if words.lower[t] in _POSSESSIVES), None)
    if own is None or not any(words.lower[t] in _PART for t in after):
        return []
    return [(i, matter, actor) for actor in actors or scene.actor(own)]


def _relative(scene: Scene, i: int) -> int | None:
    """Return what "which" before a verb stands for: the thing, state or town named last before it."""
    words = scene.words
    first = max(words.sentences[words.sentence[i]][0], i - 6)
    at = next((t for t in range(i - 1, first, -1) if words.lower[t] in ("which", "that")), None)
    if at is None:
        return None
    near = scene.within(max(first, at - 5), at)
    return near[-1][0] if near else scene.state(max(first, at - 3), at)


def _belonging(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "says the islands belong to it": the claimant is whom they belong to."""
    words = scene.words
    subject = words.child(i, *_SUBJECTS)
    to = next((c for c in words.children[i] if words.lower[c] == "to" and words.dep[c] == "prep"), None)
    holder = words.child(to, "pobj") if to is not None else None
    if _negated(words, i) or subject is None or holder is None:
        return []
    said = scene.attribution(i)
    return [(i, matter, a) for matter in _subject_matter(scene, subject) for a in scene.actor(holder, said)]


def _being_part(scene: Scene, i: int) -> list[tuple[int, int, str]]:
    """As in "the islands are an inherent part of Japan's territory", "Crimea is Ukrainian", said by somebody."""
    words = scene.words
    subject = words.child(i, *_SUBJECTS)
    said = scene.attribution(i)
    if (said is None and words.dep[i] != "ccomp") or _negated(words, i):
        return []
    if subject is not None:
        matters = _subject_matter(scene, subject)
    else:
        # The parser often loses the subject of such a clause.
        near = scene.within(max(words.sentences[words.sentence[i]][0], i - _CLAUSE), i)
        matters = [near[-1][0]] if near else []
    if not matters:
        return []
    end = min(words.n, words.sentences[words.sentence[i]][1], i + 10)
    reach = range(i + 1, end)
    if not any(words.lower[t] in _PART for t in reach):
        return []
    holder = next((t for t in reach if t in scene.cast.actor_of or words.lower[t] in _POSSESSIVES), None)
    return [] if holder is None else [(i, matters[0], actor) for actor in scene.actor(holder, said)[:1]]


def _subject_matter(scene: Scene, subject: int) -> list[int]:
    words = scene.words
    named = scene.within(words.left[subject], words.right[subject] + 1)
    head = [k for k, phrase in named if phrase.start <= subject < phrase.end]
    if head:
        return head[:1]
    if words.lower[subject] in ("it", "they", "both"):
        before = scene.before(subject)
        return [] if before is None or subject in scene.cast.heads else [before]
    return []


def _citing(scene: Scene, raw: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """As in "China claims the reef, Vietnam cites maps of its own": who cites grounds beside a claim claims too."""
    words = scene.words
    last = {words.sentence[at]: matter for at, matter, _ in raw}
    anchors = {at for at, _, _ in raw}
    out = []
    for number, matter in sorted(last.items()):
        start = words.sentences[number][0]
        end = words.sentences[min(number + 1, len(words.sentences) - 1)][1]
        for i in range(start, end):
            finite = words.lemma[i] in _CITING and words.tag[i] in ("VBZ", "VBD", "VBP") and words.pos[i] == "VERB"
            subject = words.child(i, *_SUBJECTS) if finite else None
            if subject is not None and i not in anchors:
                anchors.add(i)
                actors = dict.fromkeys(a for t in (subject, *_conjoined(words, subject)) for a in scene.actor(t))
                out += [(i, matter, actor) for actor in actors]
    return out


def _with_grounds(scene: Scene, raw: list[tuple[int, int, str]]) -> list[Found]:
    """Join claims of one actor to one thing; give the grounds in a sentence to the claim nearest before them."""
    words = scene.words
    raw = raw + _citing(scene, raw)
    at_sentence: dict[int, list[int]] = {}
    for at, _, _ in raw:
        at_sentence.setdefault(words.sentence[at], []).append(at)
    grounds: dict[int, list[Piece]] = {}
    for number, anchors in at_sentence.items():
        anchors.sort()
        for cue, piece in _grounds_in(words, words.sentences[number], scene.lexicon):
            owner = anchors[max(0, bisect_right(anchors, cue) - 1)]
            between = range(min(owner, cue) + 1, max(owner, cue))
            if not any(words.lower[t] == ";" for t in between):
                grounds.setdefault(owner, []).append(piece)
    order: dict[tuple[int, str], Found] = {}
    for at, matter, actor in sorted(raw):
        pieces = tuple(grounds.get(at, ()))
        old = order.get((matter, actor))
        if old is None:
            order[matter, actor] = Found(matter, actor, scene.attribution(at), at, pieces)
        elif pieces:
            more = (*old.grounds, *(p for p in pieces if p not in old.grounds))
            said = old.attribution if old.grounds else scene.attribution(at)
            order[matter, actor] = Found(matter, actor, said, old.at, more)
    return list(order.values())


def _grounds_in(words: Words, sentence: Piece, lexicon: IssueLexicon) -> list[tuple[int, Piece]]:
    """Return (cue token, grounds) for each phrase of the sentence that introduces grounds."""
    out = []
    i, end = sentence
    while i < end:
        if words.lemma[i] in _REST and words.pos[i] == "VERB":
            out += _resting(words, i)
        if words.lemma[i] in _PROOF and i + 1 < end and words.lower[i + 1] == "to":
            out += _proof(words, i, sentence)
        phrases = lexicon.grounds.get(words.lower[i])
        match = next((p for p in phrases or () if tuple(words.lower[i : i + len(p)]) == p), None)
        if match is None:
            i += 1
            continue
        start = i + len(match)
        stop = _grounds_end(words, start, end)
        based = match[-1] != "on" or len(match) != 2 or words.pos[i] == "VERB" or _based(words, i)
        if stop > start and based and (match != ("under",) or _law(words, start, stop)):
            out.append((i, (start, stop)))
        i = max(stop, start)
    return out


def _resting(words: Words, i: int) -> list[tuple[int, Piece]]:
    """Return what a claim is said to be based "on", past what it is a claim to."""
    on = next((c for c in words.children[i] if c > i + 2 and words.lower[c] in ("on", "upon")), None)
    return [] if on is None or on + 1 > words.right[on] else [(i, (on + 1, words.right[on] + 1))]


def _based(words: Words, i: int) -> bool:
    """Tell whether a claim is said to rest "on" what follows, rather than to be one "on" the thing."""
    return words.lemma[words.head[i]] in _CITING or any(words.lemma[t] in _CITING for t in range(max(0, i - 3), i))


def _proof(words: Words, i: int, sentence: Piece) -> list[tuple[int, Piece]]:
    """Return the evidence that somebody "has ... to assert its sovereignty"."""
    for t in range(i - 1, max(sentence[0], i - _CLAUSE) - 1, -1):
        if words.lemma[t] == "have" or words.pos[t] == "VERB":
            return [(i, (t + 1, i + 1))] if t + 1 <= i and words.lemma[t] in ("have", "hold", "possess") else []
    return []


def _law(words: Words, start: int, stop: int) -> bool:
    """Tell whether "under ..." names a law or treaty, and not a condition or a pressure."""
    last = (
        "law",
        "treaty",
        "convention",
        "agreement",
        "accord",
        "constitution",
        "map",
        "award",
        "ruling",
        "charter",
        "unclos",
        "declaration",
    )
    return any(normal(words.lower[t]) in last for t in range(start, stop))


def _grounds_end(words: Words, start: int, end: int) -> int:
    """Return where the grounds end: at a stop, or at a comma that opens a new clause rather than an enumeration."""
    for t in range(start, end):
        low = words.lower[t]
        if low in _STOPS or low in ('"', "”", ")") or (words.pos[t] == "SPACE" and words.text[t].count("\n") > 1):
            return t
        if low == "and" and t + 1 < end and words.tag[t + 1] in ("VBD", "VBZ", "VBP", "MD"):
            return t
        if low == "," and t + 1 < end:
            after = words.lower[t + 1]
            listing = any(words.lower[u] in ("and", "or") for u in range(t + 1, min(end, t + 8)))
            if (
                not listing
                or after in ("and", "but", "while", "a", "which", "who")
                or words.pos[t + 1] in ("VERB", "PRON")
            ):
                return t
    return end
