"""What governs a matter's name in the parse: whether the words that it depends on want it, or want it gone.

From the matter's own word the way leads up over the nouns and verbs that it is a complement of. A word that ends,
delays or opposes turns the sense round, and so does each denial on the way; what only stands beside the matter in the
sentence has no say. A verb that is the matter itself ("will never recognise") speaks for itself: who will do it is for
it. What may or might be, what once was so, and what somebody else does, is no stance of the speaker.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from communique.lexicon import listed, phrases
from communique.model import Span, Spans
from communique.reading.acts.path_from_name import CLAUSES, NOMINAL, SAID_OF, VERBAL, bygone, phrase_of
from communique.reading.acts.verb_and_complements import VerbAndComplements
from communique.reading.grammar.auxiliaries import has_auxiliary_among, has_passive_auxiliary, is_past_form
from communique.reading.grammar.labels import (
    ACTIVE_SUBJECT,
    CLAUSAL_SUBJECT,
    NOMINAL_SUBJECTS,
    PASSIVE_SUBJECT,
    UNDERGOING,
)
from communique.reading.grammar.negation import is_denied_with_subject
from communique.reading.grammar.subjects import is_passive
from communique.reading.grammar.verbs import is_possible
from communique.reading.tokens import Tokens

_listed = partial(listed, "stances")
_CARRYING_STEPS = 4
_LONGEST = 12
"""Steps from a matter's word up to what governs it; longer ways are misread sentences."""

_BESIDE = frozenset(("conj", "appos", "compound", "nmod", "amod", "poss"))
_UNDERGOING = UNDERGOING | (CLAUSES - {CLAUSAL_SUBJECT}) | {"acomp", "oprd"}
_NOTHING = listed("closed_classes", "negated_subjects")
_BY_NATION = frozenset(("amod", "nmod", "compound"))
_CARRIED_BY = listed("stances", "government", "carried_by")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the governing words say: ``sign`` is 1 (for the matter), -1 (against it) or 0 (they do not say).

    ``void`` tells that they are no stance of the speaker at all: a possibility, or somebody else's doing; ``open`` that
    they only do not rule it out, ``tied`` that they make it hang on something, ``aside`` that the matter is only what a
    bargain is on, ``turned`` that the sense is turned round by now, whether told or not. ``top`` is the highest word of
    the way, which the statement's cue may govern, ``path`` the words from the name's own up to it, ``keys`` those of
    them that told, each with the lexicon's word for it.
    """

    sign: int = 0
    void: bool = False
    open: bool = False
    tied: bool = False
    turned: bool = False
    aside: bool = False
    top: int | None = None
    path: tuple[int, ...] = ()
    keys: tuple[tuple[int, str], ...] = ()


def governed(tokens: Tokens, place: Span, content: Spans, foreign: Callable[[int], bool]) -> Verdict:
    """Return what the words that govern a name say of it.

    ``place`` are the name's characters, ``content`` the statement's; words outside it are not asked. ``foreign`` tells
    for a token whether it names somebody other than the speaker.
    """
    first, last = bisect_left(tokens.start, place.start), bisect_left(tokens.start, place.end)
    node = next((i for i in range(first, last) if not first <= tokens.head[i] < last or tokens.head[i] == i), None)
    if node is None:
        return Verdict()
    way = GoverningPath(tokens, content, foreign)
    way.begin(node)
    path = [node]
    for _ in range(_LONGEST):
        above = way.step(node)
        if above is None:
            break
        node = above
        path.append(node)
    above = tokens.head[node]
    if tokens.dep[node] == "dobj" and above != node and tokens.lemma[above] in _listed("government", "wishing"):
        way._to_be_done(node, above)
    feeling = way._feeling(node) if way.of_clause else None
    if feeling is not None and not is_denied_with_subject(tokens, feeling):
        way._feared_or_hoped(feeling)
    if way.void or way.borrowed:
        return Verdict(0, True, top=node, path=tuple(path), keys=tuple(way.keys))
    sign = way.sign if way.told else 0
    opens = way.open and sign > 0
    return Verdict(sign, False, opens, way.tied, way.sign < 0, way.aside, node, tuple(path), tuple(way.keys))


def carried(tokens: Tokens, verdict: Verdict, cue: int, foreign: Callable[[int], bool]) -> int:
    """Return the sign of a verdict with what a cue that is a noun or an adjective, and the verb that carries it, add.

    As in "its support for it", "is committed to it", "is not prepared to give it up"; 0 where nothing is told, or of
    somebody else.
    """
    if verdict.top is None:
        return 0
    start, end = tokens.sentences[tokens.sentence[cue]]
    way = GoverningPath(tokens, (tokens.span((start, end)),), foreign)
    node, passed = verdict.top, False
    for _ in range(_CARRYING_STEPS):
        if passed and tokens.dep[node] in NOMINAL_SUBJECTS:
            break  # "Its refusal was regretted in Oslo": what others make of it is not its owner's
        above = way.step(node)
        if above is None or (passed and tokens.pos[above] not in VERBAL):
            break
        # "Reiterated its opposition to it" is one phrase: the way leads from its end to its verb.
        node, passed = above, passed or above == cue or (above == tokens.head[cue] and above > node - _LONGEST)
        if passed and tokens.pos[above] in VERBAL and above != cue:
            break
    if way.void or way.borrowed or not passed:
        return verdict.sign
    told = bool(verdict.sign) or way.told
    return (-way.sign if verdict.turned else way.sign) if told else 0


def judgement(tokens: Tokens, verb: int) -> int:
    """Return what a verb calls its object, or takes it for: 1 what is good ("called it sound"), -1 what is not."""
    way = GoverningPath(tokens, (tokens.span(tokens.sentences[tokens.sentence[verb]]),), lambda _i: False)
    if not way.judged(verb):
        return 0
    return -way.sign if is_denied_with_subject(tokens, verb) else way.sign


def fading(tokens: Tokens, noun: int) -> bool:
    """Tell whether it is said of an attitude that it is going: "its opposition has crumbled"."""
    verb = tokens.head[noun]
    gone = tokens.lemma[verb] in _listed("government", "fading") and tokens.child(verb, "dobj") is None
    return gone and tokens.dep[noun] in NOMINAL_SUBJECTS and tokens.pos[noun] in NOMINAL


class GoverningPath(VerbAndComplements):
    """The way up from a name: the sign so far, and whether any word has told it."""

    def begin(self, node: int) -> None:
        """Weigh the matter's own word where that is a verb, or where a clause hangs on it ("the treaty it demands")."""
        tokens = self.tokens
        if tokens.pos[node] == "VERB":
            if is_denied_with_subject(tokens, node):
                self.sign, self.told = -self.sign, True
            elif self._meant(node):
                self.told = True
            self._whose(node)
            return
        for c in tokens.children[node]:
            if (
                tokens.dep[c] == "relcl"
                and self._inside(c)
                and not any(tokens.dep[d] in UNDERGOING and tokens.tag[d] != "WDT" for d in tokens.children[c])
            ):
                subject = tokens.child(c, *NOMINAL_SUBJECTS)
                own = subject is not None and not self.foreign(subject)
                if own and (self.judged(c) or self._weigh(self._key(c), c)):
                    if is_denied_with_subject(tokens, c):
                        self.sign = -self.sign
                    self.void = self.void or bygone(tokens, c)

    def step(self, node: int) -> int | None:
        """Weigh what ``node`` depends on, and return it; None where the way ends."""
        tokens = self.tokens
        above, dep = tokens.head[node], tokens.dep[node]
        if above != node and (dep in UNDERGOING or (dep == "attr" and self._exists(above))):
            self._denied_noun(node)
        if above == node or not self._inside(above):
            return None
        if dep in ("pobj", "pcomp") and tokens.pos[above] in ("ADP", "SCONJ", "PART"):
            return self._through(node, above)
        if dep in _BESIDE:
            return self._beside(node, above)
        infinitive = dep == "relcl" and any(tokens.tag[c] == "TO" for c in tokens.children[node])
        if (dep == "acl" or infinitive) and tokens.pos[above] in NOMINAL:
            return above if self._noun(above) else None
        return self._under_verb(node, above)

    def _beside(self, node: int, above: int) -> int | None:
        """What is joined with another verb stands under what governs both, unless it has a subject of its own."""
        tokens = self.tokens
        if tokens.dep[node] == "appos" and self.told:
            return None  # "Peru, a critic of it,": the party
        if tokens.dep[node] == "compound" and tokens.pos[above] != "PROPN" and self._judged_word(above):
            # "Called the ban indispensable", where the parse takes the judgement for the thing.
            self.keys.append((above, tokens.lemma[above]))
            return above
        if tokens.dep[node] == "poss" and tokens.pos[node] == "PRON":
            # "Asked for its repeal": the pronoun is what the deed is done to.
            return above if self._noun(above) else None
        verbs = tokens.dep[node] == "conj" and tokens.pos[node] in VERBAL and tokens.pos[above] in VERBAL
        return None if verbs and any(tokens.dep[c] in NOMINAL_SUBJECTS for c in tokens.children[node]) else above

    def _judged_word(self, i: int) -> bool:
        """As in "the ban indispensable": a judging verb's word for what stands before it."""
        above = self.tokens.head[i]
        judging = self.tokens.lemma[above] in _listed("government", "judging")
        return judging and above < i and self.tokens.dep[i] in ("dobj", "oprd", "ccomp") and self._quality(i)

    def _under_verb(self, node: int, verb: int) -> int | None:
        tokens, dep = self.tokens, self.tokens.dep[node]
        if dep == "attr" and self._exists(verb):
            return self._existing(verb)
        if dep == "dobj" and self.judged(verb):
            return self._verb(verb, weighed=True)
        if dep == "attr":
            return self._verb(verb, weighed=True) if self.told else None
        if dep == PASSIVE_SUBJECT and not self._lists(self._key(verb)):
            self.of_clause = any(map(self._described, self._joined(verb))) or self._felt(verb)
        if dep == ACTIVE_SUBJECT and (self._wanted_so(verb) or self._let(verb)):
            return self._verb(tokens.head[verb], weighed=True)
        if dep in ("dative", "iobj"):
            return self._verb(verb, weighed=True) if self._given(verb) else None
        if (dep == ACTIVE_SUBJECT and self._done_as_wished(verb)) or dep in _UNDERGOING:
            return self._verb(verb, weighed=dep == "dobj" and self._put_so(verb))
        if dep == "advcl":
            return self._purposed(node, verb)
        if dep in NOMINAL_SUBJECTS or dep == CLAUSAL_SUBJECT:
            self.of_clause = True
            if self._described_here(verb) or self._felt(verb):
                return self._verb(verb, weighed=True)
        return None

    def _purposed(self, node: int, verb: int) -> int | None:
        """Go on where an adverbial clause is what its verb is about, or is for: "used its veto to block it"."""
        if self._set_about(verb):
            return self._verb(verb)
        return self._verb(verb, weighed=True) if self.told and self._in_order_to(node) else None

    def _lists(self, key: str) -> bool:
        return key in _listed("government", "turning") or key in _listed("government", "favouring")

    def _to_be_done(self, node: int, verb: int) -> None:
        """As in "wants it annulled", "wants it out": what the wish is, behind its object."""
        tokens = self.tokens
        for t in range(node + 1, tokens.right[node] + 1):
            last = tokens.tag[t] == "VBN" and tokens.dep[t] == "acl" and tokens.child(t, "agent") is None
            if last and self._weigh(self._key(t), t):
                return
        if tokens.tag[verb] == "VBN" and tokens.dep[verb] == "acl":
            return
        if any(tokens.lower[c] in _listed("government", "away") and c > node for c in tokens.children[verb]):
            self.turn()

    def _set_about(self, verb: int) -> bool:
        """As in "applied to host it", where the parse takes what somebody sets about for a purpose."""
        return self.tokens.lemma[verb] in _listed("government", "undertaking")

    def _through(self, node: int, preposition: int) -> int | None:
        """Go over a preposition to the noun or verb that asks for it."""
        tokens = self.tokens
        above = tokens.head[preposition]
        word = tokens.lower[preposition]
        if f"{tokens.lower[above]}_{word}" in _listed("government", "instead"):
            self.sign = -self.sign
            return None
        if above == preposition or not self._inside(above):
            return None
        if tokens.pos[above] in NOMINAL and not (word == "against" and not self._known_noun(above)):
            self._denied_noun(node)
            whole = self._phrase(above, word)
            if whole is not None:
                return self._verb(whole, weighed=True)
            return self._over_noun(above, word)
        if word == "against" and not self._defending(above):
            self.sign, self.told = -self.sign, True
            self.keys.append((above, f"{self._key(above)}_{word}"))
            return self._verb(above, weighed=True)
        if tokens.pos[above] in ("ADV", "ADP") and tokens.pos[tokens.head[above]] in VERBAL:
            # "Came round to it", "pulled out of it".
            verb = tokens.head[above]
            key = f"{self._key(verb)}_{tokens.lower[above]}_{word}"
            return self._verb(verb, weighed=True) if self._weigh(key, verb) else None
        if tokens.pos[above] not in VERBAL:
            return None
        return self._over_verb(node, preposition, above)

    def _over_noun(self, above: int, word: str) -> int | None:
        """Go over a preposition to the noun that has the matter for its complement."""
        tokens = self.tokens
        if self._escaped(above, word) or self._no_prospect(above, word):
            self.turn()
            self.keys.append((above, f"{tokens.lemma[above]}_{word}"))
            return above
        if tokens.dep[above] == "dobj" and self._outdone(tokens.head[above], word):
            return self._verb(tokens.head[above], weighed=True)
        if self._granted(tokens.head[above], above, word) or self._tempered(above):
            return above
        fought = tokens.dep[above] == "dobj" and self._turns(tokens.head[above])
        if word in _listed("government", "disputed_with") and not (self._known_noun(above) or fought):
            # "Restraint over it", "the argument about it".
            self.aside = True
            return None
        if tokens.dep[above] == "attr" and self._felt_about(f"{tokens.lemma[above]}_{word}", above):
            return above
        return above if self._noun(above) else None

    def _over_verb(self, node: int, preposition: int, above: int) -> int | None:
        """Go over a preposition to the verb or adjective that asks for it."""
        tokens, word = self.tokens, self.tokens.lower[preposition]
        done = tokens.child(above, "dobj")
        if done is not None and tokens.lemma[done] in _bargains():
            # "Accept a deal on it": what the bargain is on.
            self.aside = True
            return None
        keys = self._keys_over(above, preposition, done)
        if any(key in _listed("government", "tying") for key in keys):
            self.tied = self.told = True
            self.keys.append((above, keys[0]))
            return self._verb(above, weighed=True)
        if word in _listed("government", "wronged") and tokens.pos[above] == "ADJ" and self._quality(above):
            # "Wrong with it".
            return above
        if done is not None and word in _listed("government", "grieved") and self._turns(above):
            self.sign, self.told = -1, True
            self.keys.append((above, f"{self._key(above)}_{word}"))
            return above
        if any(key in _listed("government", "deciding") for key in keys) and self._yet_to(above):
            self.void = True
            return None
        weighed = any(self._weigh(key, above) for key in keys) or self._framed(above, word, done, keys)
        if not weighed and not self._composed(above, done):
            return self._over_plain_verb(above, word, keys, done)
        self._denied_noun(node)
        if done is not None:
            self._denied_noun(done)
        return self._verb(above, weighed=True)

    def _over_plain_verb(self, above: int, word: str, keys: list[str], done: int | None) -> int | None:
        """Go over a verb or adjective that with its preposition tells no stance."""
        tokens = self.tokens
        self._whose(above)
        if self.told and word in _CARRIED_BY and tokens.lemma[above] in _listed("government", "carrying"):
            # "Is not in favour of it".
            return self._verb(above, weighed=True)
        if any(key in _listed("government", "apart") for key in keys):
            thing = tokens.head[above]
            if tokens.lower[thing] in _NOTHING and tokens.lemma[tokens.head[thing]] in _listed("government", "wishing"):
                # "Wants nothing to do with it"; what has nothing to do with it is beside it.
                self.sign, self.told = -1, True
                self.keys.append((above, keys[0]))
                return None
            self.void = True
        self._talked(above, any(key in _listed("government", "talking") for key in keys))
        passes = word in _listed("government", "passing") and done is None and tokens.pos[above] == "ADJ"
        return above if passes else None

    def _yet_to(self, verb: int) -> bool:
        """As in "has not decided on it", "has yet to make up its mind about it"."""
        tokens = self.tokens
        waits = tokens.dep[verb] == "xcomp" and any(
            tokens.lower[c] in _listed("government", "waiting") for c in tokens.children[tokens.head[verb]]
        )
        return waits or is_denied_with_subject(tokens, verb)

    def _turns(self, verb: int) -> bool:
        key = self._key(verb)
        return self.tokens.pos[verb] == "VERB" and key in _listed("government", "turning")

    def _keys_over(self, verb: int, preposition: int, done: int | None) -> list[str]:
        """Return how the lexicon may list a verb with its preposition, and with its object or set phrase."""
        tokens, word = self.tokens, self.tokens.lower[preposition]
        plain = f"{self._key(verb)}_{word}"
        if done is not None:
            return [f"{self._key(verb)}_{tokens.lemma[done]}_{word}", plain]
        # "Stuck to its guns on it", where the parse hangs both on the verb.
        plain_form = [f"{tokens.lower[verb]}_{word}"] if tokens.tag[verb] == "VBN" else []
        near = (d for c in tokens.children[verb] if c < preposition for d in tokens.children[c])
        sets = [phrase for phrase in (phrase_of(tokens, d) for d in near) if phrase is not None and phrase[0] == verb]
        # "Will go ahead with it", "went cold on it": what stands between as a particle does.
        adverb = preposition - 1
        if tokens.dep[adverb] in ("advmod", "acomp") and tokens.head[adverb] == verb:
            sets.append((verb, f"{self._key(verb)}_{tokens.lower[adverb]}"))
        return [*(f"{key}_{word}" for _, key in sets), *plain_form, plain, self._key(verb)]

    def _phrase(self, noun: int, word: str) -> int | None:
        """Return the verb that has a noun and what that governs in one phrase: "stand in the way of"."""
        tokens = self.tokens
        phrase = phrase_of(tokens, noun)
        verb = tokens.head[noun]
        if phrase is None and tokens.dep[noun] in ("dobj", "npadvmod") and tokens.pos[verb] in VERBAL:
            if self._known_noun(noun) and not self._lists(f"{self._key(verb)}_{tokens.lemma[noun]}_{word}"):
                return None
            key = f"{self._key(verb)}_{word}"
            if tokens.lemma[verb] in _listed("government", "carrying") and self._weigh(key, verb):
                # "Stands four-square behind it", where the parse hangs all on the measure.
                return verb
            phrase = verb, f"{self._key(verb)}_{tokens.lemma[noun]}"
        if phrase is None:
            return None
        verb, key = phrase
        if self._inside(verb) and f"{key}_{word}" in _listed("government", "tying"):
            self.tied = self.told = True
            self.keys.append((verb, f"{key}_{word}"))
            return verb
        if not self._inside(verb):
            return None
        if not self._weigh(f"{key}_{word}", verb) and not self._felt_about(f"{key}_{word}", verb):
            return None
        if tokens.dep[noun] == "dobj":
            self._denied_noun(noun)
        return verb

    def judged(self, verb: int) -> bool:
        """Weigh what a verb's object is called, or taken for: "called it a mistake", "sees it as the key"."""
        tokens = self.tokens
        if tokens.lemma[verb] not in _listed("government", "judging"):
            return False
        words = [c for c in tokens.children[verb] if tokens.dep[c] in ("oprd", "acomp", "xcomp", "ccomp")]
        words += [
            d
            for c in tokens.children[verb]
            if tokens.dep[c] == "prep" and tokens.lower[c] == "as"
            for d in tokens.children[c]
        ]
        words += [d for c in words if tokens.lemma[c] == "be" for d in tokens.children[c] if tokens.dep[d] in SAID_OF]
        # "Branded the checks a disguised barrier", where the parse has two objects.
        words += [c for c in tokens.children[verb] if tokens.dep[c] == "dobj"][1:]
        before = self.told
        for c in words:
            told_of = (d for d in tokens.children[c] if tokens.dep[d] == "amod" and not self._gone(d))
            if self._quality(c) or any(map(self._quality, told_of)):
                self._denied_noun(c)
                self.keys.append((verb, tokens.lemma[verb]))
                return True
        return self.told and not before

    def _noun(self, noun: int) -> bool:
        """Weigh a noun that has the matter for its complement; False where it says that there is a quarrel over it."""
        lemma = self.tokens.lemma[noun]
        if lemma in _listed("government", "proposing_nouns") and self._for_it(noun):
            return True  # who weighs, backs or turns down the proposal for it does so to it
        if lemma in _bargains():
            # A deal on a matter is another matter.
            self.aside = not self.told
            return self.told
        if lemma in _listed("government", "about"):
            self.aside = self.aside or self.told  # "reports of a ban on it" are no ban
            return False
        turning, favouring = (lemma in _listed("government", n) for n in ("turning_nouns", "favouring_nouns"))
        if lemma in _listed("government", "worth_nouns"):
            turning, favouring = False, self._worth(noun)
        if turning:
            self.sign, self.told = -self.sign, True
        elif favouring:
            self.told = True
        if not turning and not favouring:
            if self.tokens.dep[noun] == "attr" and self.told and not self._exists(self.tokens.head[noun]):
                self._said(noun)  # "It would be a mistake to abolish it."
            return True
        self.keys.append((noun, lemma))
        dep = self.tokens.dep[noun]
        if dep not in UNDERGOING and not (dep == "attr" and self._exists(self.tokens.head[noun])):
            self._denied_noun(noun)
        self._borrow(noun, favouring)
        owner = self.tokens.child(noun, "poss")
        if lemma in _listed("government", "asking_nouns") and owner is None and dep in NOMINAL_SUBJECTS:
            # Whose request it is that "has been read" is not said.
            self.void = True
        return True

    def _borrow(self, noun: int, favouring: bool) -> None:
        """Note whose an attitude is: "Peru's opposition to it", "the Chinese bid for it" are not the speaker's."""
        owner = self.tokens.child(noun, "poss")
        owners: tuple[int, ...] = () if owner is None else (owner,)
        if favouring:  # who dismisses "Thai objections" has dismissed objections
            owners += tuple(c for c in self.tokens.children[noun] if self.tokens.dep[c] in _BY_NATION and c < noun)
        self.borrowed = self.borrowed or any(map(self.foreign, owners))

    def _for_it(self, noun: int) -> bool:
        """As in "the proposal for a port", which is that there be one; not as in "a plan on it"."""
        asked_with = _listed("government", "asked_with")
        return any(self.tokens.lower[c] in asked_with and c > noun for c in self.tokens.children[noun])

    def _defending(self, verb: int) -> bool:
        """As in "protect it against": what is warded off is not what the verb is for."""
        return self.tokens.lemma[verb] in _listed("government", "warding")

    def _known_noun(self, noun: int) -> bool:
        lemma = self.tokens.lemma[noun]
        return any(lemma in _listed("government", name) for name in ("turning_nouns", "favouring_nouns", "about"))

    def _worth(self, noun: int) -> bool:
        """As in "sees no point in it", "there is no case for it"."""
        verb, dep = self.tokens.head[noun], self.tokens.dep[noun]
        seen = dep == "dobj" and self.tokens.lemma[verb] in _listed("government", "seeing")
        return seen or (dep in ("attr", "dobj") and self._exists(verb))

    def _existing(self, verb: int) -> int:
        """As in "there must be a treaty", "there can be no treaty": what is only said to be there is not wanted."""
        barred = self.sign < 0 and (self._modal(verb) or self._able(verb))
        if self._duty(verb) or barred or (self.told and self.sign):
            self.told = True
        return self._verb(verb, weighed=True)

    def _meant(self, verb: int) -> bool:
        """Tell whether a verb that is the matter itself is of what its subject will do, must have, or has done."""
        tokens = self.tokens
        done = is_past_form(tokens, verb) and not has_passive_auxiliary(tokens, verb)
        begun = tokens.dep[verb] == "xcomp" and tokens.lemma[tokens.head[verb]] in _listed("government", "goes_on")
        return done or begun or self._modal(verb) or self._duty(verb)

    def _unwilling(self, verb: int) -> bool:
        """As in "will not pay for it": a verb that says nothing of the matter itself, which nobody will do with it."""
        key = self._key(verb)
        idle = key in _listed("government", "idle") or self.tokens.lemma[verb] in _listed("government", "idle")
        return not idle and self._modal(verb) and self.tokens.pos[verb] == "VERB"

    def _verb(self, verb: int, weighed: bool = False) -> int:
        tokens = self.tokens
        known = weighed or self._weigh(self._key(verb), verb)
        self.borrowed = self.borrowed and not known  # "backs Peru's bid for it": what it backs is the speaker's own
        self._talked(verb, tokens.lemma[verb] in _listed("government", "talking"))
        self.aside = self.aside or self._only_spoken(verb, known)
        if self._pondered(verb):
            self.sign, self.told, self.open, self.aside = 1, True, True, False
            self.keys.append((verb, self._key(verb)))
        self._feared_or_hoped(verb)
        if any(tokens.lower[c] in _listed("government", "else") for c in tokens.children[verb]) and self._modal(verb):
            self.tied = True
        if is_denied_with_subject(tokens, verb):
            self._denied(verb, known)
        self.void = self.void or self._unreal(verb) or self._left_to_another(verb)
        if self._key(verb) not in _listed("government", "deserving_things"):
            self._whose(verb)
        return verb

    def _only_spoken(self, verb: int, known: bool) -> bool:
        """As in "would not discuss it", "declined to say whether it would join": nothing is said of the matter."""
        tokens = self.tokens
        speaking = not known and not self.told and tokens.lemma[verb] in _listed("government", "speaking")
        if speaking and tokens.pos[tokens.head[verb]] != "ADJ":  # "is willing to discuss it"
            return True
        return any(tokens.lower[c] in _listed("government", "whether") for c in tokens.children[verb])

    def _denied(self, verb: int, known: bool) -> None:
        unsaid = self.told and self.tokens.lemma[verb] in _listed("government", "saying")
        # Who never said that he would stay out has left it open; who never said that he would join, nothing.
        self.void = self.void or (unsaid and self.sign > 0)
        self.open = self.open or unsaid or (known and self.sign < 0 and self._partly(verb))
        self.sign = -self.sign
        if not known and not self.told and self._unwilling(verb):
            self.told = True

    def _unreal(self, verb: int) -> bool:
        """Tell whether a verb is told as a possibility, a supposition or of a time that has ended."""
        tokens = self.tokens
        bears = bool(self.keys) and self.keys[-1][1] in _listed("government", "bearing")
        if (is_possible(tokens, verb) and not self.open and not bears) or bygone(tokens, verb):
            return True
        marks = [c for c in tokens.children[verb] if tokens.lower[c] in _listed("government", "supposing")]
        return tokens.dep[verb] == "advcl" and any(tokens.dep[c] == "mark" and self._inside(c) for c in marks)

    def _partly(self, verb: int) -> bool:
        """As in "does not reject it out of hand": what is not wholly turned down may be looked at."""
        tokens = self.tokens
        after = tokens.lower[verb + 1 : tokens.right[verb] + 1]
        return any(
            tuple(after[at : at + len(phrase)]) == phrase
            for phrase in phrases("stances", "government", "wholly")
            for at in range(len(after))
        )

    def _feared_or_hoped(self, verb: int) -> None:
        """Who fears what becomes of a matter is against that, who fears for what it is called is against the matter."""
        lemma = self.tokens.lemma[verb]
        dreads = lemma in _listed("government", "dreading")
        if not self.of_clause or not (dreads or lemma in _listed("government", "hoping")):
            return
        if dreads and not self.evaluated:
            self.sign = -self.sign
        self.of_clause, self.told = False, True
        self.keys.append((verb, lemma))

    def _pondered(self, verb: int) -> bool:
        """As in "is mulling a ban on it": who weighs whether to end a matter has not turned against it."""
        tokens = self.tokens
        weighing = self._key(verb) in _listed("government", "pondering") and tokens.pos[verb] == "VERB"
        return weighing and not is_passive(tokens, verb) and not is_denied_with_subject(tokens, verb)

    def _talked(self, verb: int, talking: bool) -> None:
        """As in "could talk about it", "would consider it": who may go into a matter is open to it."""
        words = (*listed("closed_classes", "possible"), "can", "would")
        able = has_auxiliary_among(self.tokens, verb, words)
        if talking and able and not self.told and not is_denied_with_subject(self.tokens, verb):
            self.told = self.open = True


@cache
def _bargains() -> frozenset[str]:
    return listed("issues", "frame", "bargain") - _listed("government", "about")
