"""What a clause says of the matter that is its subject: it is a mistake, must go, harms others, has our backing."""

from __future__ import annotations

from functools import partial

from communique.lexicon import listed, phrases
from communique.reading.acts.path_from_name import CLAUSES, SAID_OF, PathFromName
from communique.reading.grammar.auxiliaries import (
    has_active_auxiliary,
    has_own_auxiliary,
    has_passive_auxiliary,
    is_finite,
    is_past_form,
    is_past_tense,
    own_auxiliaries,
)
from communique.reading.grammar.labels import (
    FULL_SUBJECTS,
    MODAL,
    THIRD_PERSON,
)
from communique.reading.grammar.negation import is_denied, is_denied_with_subject
from communique.reading.grammar.subjects import is_passive
from communique.reading.grammar.verbs import is_possible

_listed = partial(listed, "stances", "government")


class Predications(PathFromName):
    """The way where it leads over what is said of the matter."""

    def _described(self, verb: int) -> bool:
        """Weigh what a clause says of the matter as its subject: "is sound", "is out of the question"."""
        tokens = self.tokens
        lemma, key = tokens.lemma[verb], self._going(verb)
        if lemma in _listed("doing_harm") or lemma in _listed("doing_good"):
            return not is_passive(tokens, verb) and self._effect(verb)
        if not has_active_auxiliary(tokens, verb) and self._quality(verb):
            return self._evaluates()
        if lemma in _listed("hanging") and tokens.pos[verb] == "VERB":
            self.tied = True
            return True
        if self._in_excess(verb) or self._proved(verb):
            return self._evaluates()
        inner = tokens.child(verb, "xcomp")
        if lemma in _listed("auxiliary") and inner is not None:
            return self._due(inner)
        if self._meets(verb) or self._complement(verb):
            return self._evaluates()
        return self._to_stay_or_go(verb, lemma, key)

    def _to_stay_or_go(self, verb: int, lemma: str, key: str) -> bool:
        """Weigh what is to become of the matter: "will stay", "must go", "is to end"."""
        tokens = self.tokens
        if (lemma in _listed("stays") and not tokens.has_child(verb, *SAID_OF)) or self._here_to_stay(verb):
            self.told = True
            return True
        if key in _listed("leaving") and (self._duty(verb) or (self.sign < 0 and self._modal(verb))):
            self.turn()
            return True
        if key in _listed("goes_on") and (self._modal(verb) or self._duty(verb)):
            self.told = True
            return True
        return key in _listed("goes_on") and tokens.dep[verb] in CLAUSES and self._feeling(verb) is None

    def _in_excess(self, verb: int) -> bool:
        """As in "goes too far", "came too late"."""
        tokens = self.tokens
        advised = (c for c in tokens.children[verb] if tokens.dep[c] == "advmod")
        if any(tokens.lower[d] in _listed("excess") for c in advised for d in tokens.children[c]):
            self.turn()
            return True
        return False

    def _proved(self, verb: int) -> bool:
        """As in "makes no sense", "has had its day", "has brought peace": what a verb and its object say of it."""
        tokens = self.tokens
        if tokens.lemma[verb] in _listed("succeeding"):
            self.told = True
            return True
        done = tokens.child(verb, "dobj")
        supposed = any(tokens.lower[c] in _listed("supposing") for c in tokens.children[verb])
        if done is None or supposed:
            return False
        key = f"{tokens.lemma[verb]}_{tokens.lemma[done]}"
        if key in _listed("done_ill"):
            self.turn()
        elif key in _listed("done_well"):
            self.told = True
        else:
            return False
        self._denied_noun(done)
        return True

    def _going(self, verb: int) -> str:
        """A verb with its particle, also where the parse takes that for an adverb: "must not go ahead"."""
        tokens, key = self.tokens, self._key(verb)
        onward = next((c for c in tokens.children[verb] if tokens.lower[c] in _listed("onward")), None)
        return key if onward is None or key != tokens.lemma[verb] else f"{key}_{tokens.lower[onward]}"

    def _described_here(self, verb: int) -> bool:
        """Weigh what a clause says of its subject, by its verb or one joined to it: "is costly and must be ended"."""
        if self._described(verb):
            return True
        for after in self._joined(verb):
            if self._described(after):
                if is_denied_with_subject(self.tokens, after):
                    self.sign = -self.sign
                self.void = self.void or is_possible(self.tokens, after)
                return True
        return False

    def _evaluates(self) -> bool:
        self.evaluated = True
        return True

    def _joined(self, verb: int) -> list[int]:
        """The verbs joined to a verb that have its subject: "is costly and must be ended"."""
        tokens = self.tokens
        found: list[int] = []
        at = verb
        while True:
            after = next((c for c in tokens.children[at] if tokens.dep[c] == "conj" and c > at), None)
            if after is None or any(tokens.dep[c] in FULL_SUBJECTS for c in tokens.children[after]):
                return found
            found.append(after)
            at = after

    def _felt(self, verb: int) -> bool:
        """Weigh what would become of the matter where somebody fears or hopes for that: "fears that it will end"."""
        if self._feeling(verb) is None:
            return False
        tokens = self.tokens
        key = self._key(verb)
        ended = key in _listed("leaving") or key in _listed("fading")
        if ended or (is_passive(tokens, verb) and key in _listed("turning")):
            self.sign = -self.sign
        return True

    def _feeling(self, verb: int) -> int | None:
        """The word of fear or hope that a clause hangs on, over "see": "would be sorry to see it go"."""
        tokens = self.tokens
        above = tokens.head[verb]
        if tokens.dep[verb] not in ("ccomp", "xcomp", "acl"):
            return None
        if tokens.lemma[above] == "see" and tokens.dep[above] in ("xcomp", "advcl"):
            above = tokens.head[above]
        felt = tokens.lemma[above] in _listed("dreading") or tokens.lemma[above] in _listed("hoping")
        return above if felt and above != verb else None

    def _wished(self, verb: int) -> bool:
        """As in "wants it to go", "insists that it stay", "pleads for it to end": what somebody wants to come about."""
        tokens = self.tokens
        above = tokens.head[verb]
        if tokens.dep[verb] not in ("ccomp", "xcomp", "advcl") or above == verb:
            return False
        own = own_auxiliaries(tokens, verb)
        finite = tokens.tag[verb] in (THIRD_PERSON, MODAL) or (
            is_past_tense(tokens, verb) and tokens.has_child(verb, "mark")
        )
        if finite or any(is_finite(tokens, c) for c in own):
            return False
        if tokens.dep[verb] == "advcl":
            mark = tokens.child(verb, "mark")
            return mark is not None and f"{tokens.lemma[above]}_{tokens.lower[mark]}" in _listed("favouring")
        return tokens.lemma[above] in _listed("wishing") or self._rather(above)

    def _rather(self, verb: int) -> bool:
        """As in "would rather see it dissolved"."""
        tokens = self.tokens
        seeing = tokens.lemma[verb] in _listed("letting_be")
        above = tokens.head[verb]
        return seeing and (
            any(tokens.lower[c] in _listed("rather") for c in tokens.children[verb])
            or (tokens.dep[verb] == "xcomp" and tokens.lemma[above] in _listed("wishing"))
        )

    def _let(self, verb: int) -> bool:
        """As in "will let the agreement lapse", "let the mandate run on": what somebody lets become of a thing."""
        key = self._going(verb)
        lets = self.tokens.lemma[self.tokens.head[verb]] == "let"
        if not lets or self.tokens.dep[verb] not in ("ccomp", "xcomp"):
            return False
        if key in _listed("leaving"):
            self.turn()
        elif key in _listed("goes_on"):
            self.told = True
        else:
            return False
        self.keys.append((verb, key))
        return True

    def _wanted_so(self, adjective: int) -> bool:
        """As in "wants the route open before winter", "wants the border shut": how somebody wishes a thing to be."""
        tokens = self.tokens
        wishes = tokens.lemma[tokens.head[adjective]] in _listed("wishing")
        if tokens.pos[adjective] != "ADJ" or not wishes:
            return False
        word = tokens.lower[adjective]
        if word in _listed("away"):
            self.turn()
        elif word in _listed("kept"):
            self.told = True
        else:
            return False
        self.keys.append((adjective, word))
        return True

    def _done_as_wished(self, verb: int) -> bool:
        """As in "wants the treaty annulled", "would rather see it gone"."""
        tokens = self.tokens
        small = is_past_form(tokens, verb) and not has_own_auxiliary(tokens, verb)
        done = small and self._wished(verb)
        if done and self._key(verb) in _listed("leaving"):
            self.turn()
        return done

    def _meets(self, verb: int) -> bool:
        """Weigh the attitude that the matter has, or meets with: "has our full backing", "ran into resistance"."""
        tokens = self.tokens
        if tokens.lemma[verb] not in _listed("meeting"):
            return False
        nouns = [c for c in tokens.children[verb] if tokens.dep[c] == "dobj"]
        preps = [c for c in tokens.children[verb] if tokens.dep[c] == "prep"]
        nouns += [
            d
            for c in preps
            if tokens.lower[c] in _listed("met_with")
            for d in tokens.children[c]
            if tokens.dep[d] == "pobj"
        ]
        for noun in nouns:
            lemma = tokens.lemma[noun]
            if lemma in _listed("worth_nouns") or lemma in _listed("grounds"):
                # What has some merit may still not be wanted; what has none is not.
                before = self.sign
                self._denied_noun(noun)
                if self.sign != before:
                    self.told = True
                    return True
                continue
            if not self._attitude(noun):
                continue
            held = self._held_by(noun, preps)
            if held is None and tokens.lemma[verb] not in _listed("deserving"):
                return False
            self.void = self.void or (held is not None and self.foreign(held))
            if lemma in _listed("turning_nouns"):
                self.sign = -self.sign
            self.told = True
            self.keys.append((verb, f"{self._key(verb)}_{lemma}"))
            self._denied_noun(noun)
            return True
        return False

    def _attitude(self, noun: int) -> bool:
        lemma = self.tokens.lemma[noun]
        return lemma in _listed("turning_nouns") or lemma in _listed("favouring_nouns")

    def _held_by(self, noun: int, preps: list[int]) -> int | None:
        """Whose an attitude is: "our", "of Paris", "from Paris"."""
        tokens = self.tokens
        owner = tokens.child(noun, "poss")
        if owner is not None:
            return owner
        inner = [c for c in tokens.children[noun] if tokens.dep[c] == "prep"]
        return next(
            (
                d
                for c in (*inner, *preps)
                if tokens.lower[c] in _listed("held_by")
                for d in tokens.children[c]
                if tokens.dep[d] == "pobj"
            ),
            None,
        )

    def _complement(self, verb: int) -> bool:
        """Weigh what a linking verb says of its subject: "is a mistake", "is subject to it", "is off the table"."""
        tokens = self.tokens
        for c in tokens.children[verb]:
            hangs = tokens.dep[c] in SAID_OF and tokens.lower[c] in _listed("hanging")
            if hangs and any(tokens.lower[d] in _listed("hung_on") for d in tokens.children[c]):
                self.tied = True
                return True
            if tokens.dep[c] in SAID_OF and tokens.lower[c] in _listed("firm_if_denied") and is_denied(tokens, verb):
                self.sign, self.told = -self.sign, True  # "is not negotiable": the denial turns that back
                return True
            if tokens.dep[c] in SAID_OF and tokens.lower[c] in _listed("options"):
                self.told = self.open = True
                return True
            if tokens.dep[c] in SAID_OF and self._said(c):
                self._denied_noun(c)
                return True
            if tokens.dep[c] == "prep" and self._set_phrase(c):
                return True
        return False

    def _said(self, c: int) -> bool:
        """Weigh a predicate: by itself, else by its adjective ("a legitimate measure") or its "of" ("of no use")."""
        tokens = self.tokens
        if self._quality(c):
            return True
        if tokens.pos[c] != "NOUN":
            return False
        told_of = [d for d in tokens.children[c] if tokens.dep[d] in ("amod", "compound", "nmod")]
        if any(self._quality(d) for d in told_of):
            return True
        return any(
            self._quality(e)
            for d in tokens.children[c]
            if tokens.dep[d] == "prep" and tokens.lower[d] in _listed("of_what")
            for e in tokens.children[d]
            if tokens.dep[e] == "pobj"
            for e in (e, *(f for f in tokens.children[e] if tokens.dep[f] == "amod" and tokens.lower[d] != "of"))
        )

    def _set_phrase(self, c: int) -> bool:
        """Weigh a set phrase of what is so: "is out of the question", "is in our interest", "is on the table"."""
        tokens = self.tokens
        start, end = tokens.subtree(c)
        words = tuple(tokens.lower[start:end])

        def opens(name: str) -> bool:
            return any(words[: len(phrase)] == phrase for phrase in phrases("stances", "government", name))

        if opens("excluded"):
            self.turn()
        elif opens("backed"):
            self.told = True
        elif opens("pending"):
            self.told = self.open = True
        else:
            return False
        return True

    def _here_to_stay(self, verb: int) -> bool:
        inner = self.tokens.child(verb, "xcomp", "advcl") if self.tokens.lemma[verb] == "be" else None
        return inner is not None and self.tokens.lemma[inner] in _listed("stays")

    def _effect(self, verb: int) -> bool:
        """Weigh what a matter does to others: "protects our smelters", "would harm small states"."""
        tokens = self.tokens
        if tokens.lemma[verb] in _listed("doing_harm"):
            self.sign = -self.sign
        done = tokens.child(verb, "dobj")
        if done is not None:
            self._denied_noun(done)  # "serves nobody"
        self.told = True
        self.keys.append((verb, tokens.lemma[verb]))
        return self._evaluates()

    def _due(self, verb: int) -> bool:
        """Weigh what has to, or ought to, be done to the matter, or happen with it: "had to be set up"."""
        passive = has_passive_auxiliary(self.tokens, verb)
        if passive and self._weigh(self._key(verb), verb):
            return True
        if self._key(verb) in _listed("leaving"):
            self.turn()
            return True
        if self._key(verb) in _listed("goes_on") or self.tokens.lemma[verb] == "be":
            self.told = True
            return True
        return False

    def _duty(self, verb: int) -> bool:
        return super()._duty(verb) or self._wished(verb)
