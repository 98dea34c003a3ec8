"""What a verb and its complements say of a matter together: "prefers a channel to it", "set aside money for it".

A single word says too little here: the two do, whose places classes of words of the lexicon fill.
"""

from __future__ import annotations

from functools import partial

from communique.lexicon import listed
from communique.reading.acts.path_from_name import is_none_of
from communique.reading.acts.predications import Predications

_listed = partial(listed, "stances", "government")


class VerbAndComplements(Predications):
    """The way where it leads through such a verb."""

    def _framed(self, verb: int, word: str, done: int | None, keys: list[str]) -> bool:
        """Weigh what a verb says of what stands behind its preposition, with its object ``done``."""
        tokens = self.tokens
        if done is not None:
            if self._outdone(verb, word) or self._granted(verb, done, word):
                return True
            if word == "in" and tokens.lemma[verb] in _listed("discerning") and self._said(done):
                # "Sees in it a hostile act".
                self._denied_noun(done)
                self.keys.append((verb, tokens.lemma[verb]))
                return True
            if self._tempered(done):
                return True
        if f"{tokens.lemma[verb]}_{word}" in _listed("speaking_of") and (self._spoken_as(verb) or self._mannered(verb)):
            self.keys.append((verb, f"{tokens.lemma[verb]}_{word}"))
            return True
        return any(self._felt_about(key, verb) for key in keys)

    def _outdone(self, verb: int, word: str) -> bool:
        """As in "prefers a channel to it", "chose the ferry over it"."""
        if f"{self.tokens.lemma[verb]}_{word}" not in _listed("preferring"):
            return False
        self.sign, self.told = -1, True
        self.keys.append((verb, f"{self.tokens.lemma[verb]}_{word}"))
        return True

    def _spoken_as(self, verb: int) -> bool:
        """As in "spoke of it as theft"."""
        tokens = self.tokens
        return any(
            tokens.dep[d] == "pobj" and self._said(d) or self._quality(d)
            for c in tokens.children[verb]
            if tokens.dep[c] == "prep" and tokens.lower[c] == "as"
            for d in tokens.children[c]
        )

    def _mannered(self, verb: int) -> bool:
        """As in "spoke warmly of it"."""
        tokens = self.tokens
        for c in tokens.children[verb]:
            if tokens.lower[c] in _listed("warmly"):
                self.told = True
                return True
            if tokens.lower[c] in _listed("coldly"):
                self.turn()
                return True
        return False

    def _tempered(self, noun: int) -> bool:
        """As in "takes a dim view of it", "a hard line on it": the adjective tells which view it is."""
        tokens = self.tokens
        if tokens.lemma[noun] not in _listed("tempers"):
            return False
        for c in tokens.children[noun]:
            if tokens.lower[c] in _listed("harsh"):
                self.turn()
            elif tokens.lower[c] in _listed("kind"):
                self.told = True
            else:
                continue
            self.keys.append((noun, f"{tokens.lower[c]}_{tokens.lemma[noun]}"))
            return True
        return False

    def _given(self, verb: int) -> bool:
        """As in "gave it its blessing", "gave it short shrift", "gave it the green light": what it gets."""
        tokens = self.tokens
        done = tokens.child(verb, "dobj")
        if done is None:
            return False
        return (
            self._weigh(f"{self._key(verb)}_{tokens.lemma[done]}_to", verb)
            or self._tempered(done)
            or self._composed(verb, done)
        )

    def _put_so(self, verb: int) -> bool:
        """As in "put it on ice", "view it with suspicion", "took it to court": where a phrase tells what is done."""
        tokens = self.tokens
        for c in tokens.children[verb]:
            if c < verb or tokens.dep[c] != "prep":
                continue
            for d in tokens.children[c]:
                key = f"{self._key(verb)}_{tokens.lower[c]}_{tokens.lemma[d]}"
                if tokens.dep[d] == "pobj" and self._weigh(key, verb):
                    return True
        return False

    def _composed(self, verb: int, done: int | None) -> bool:
        """As in "gave its blessing to it", "withdrew its backing for it": the noun decides, the verb keeps or turns."""
        tokens = self.tokens
        if done is None or not self._attitude(done):
            return False
        key = self._key(verb)
        turns = key in _listed("turning")
        if not (turns or key in _listed("favouring") or key in _listed("light")):
            return False
        if turns != (tokens.lemma[done] in _listed("turning_nouns")):
            self.sign = -self.sign
        self.told = True
        self.keys.append((verb, f"{key}_{tokens.lemma[done]}"))
        return True

    def _felt_about(self, key: str, at: int) -> bool:
        """As in "angry about it", "grumbles over it": a feeling goes with any of the prepositions of its object."""
        head, _, word = key.rpartition("_")
        if word not in _listed("felt_over"):
            return False
        if head in _listed("aggrieved"):
            self.turn()
        elif head in _listed("gladdened"):
            self.told = True
        else:
            return False
        self.keys.append((at, key))
        return True

    def _granted(self, verb: int, means: int, word: str) -> bool:
        """As in "set aside money for it", "pledged troops to it": who pays for a thing wants it."""
        tokens = self.tokens
        granting = self._key(verb) in _listed("granting") and word in _listed("granted_with")
        if not granting or tokens.lemma[means] not in _listed("means"):
            return False
        if is_none_of(tokens, means):
            self.turn()
        self.told = True
        self.keys.append((verb, f"{self._key(verb)}_{tokens.lemma[means]}"))
        return True

    def _escaped(self, noun: int, word: str) -> bool:
        """As in "an exemption from it": who wants out of a thing does not want it."""
        return word == "from" and self.tokens.lemma[noun] in _listed("escaping")

    def _no_prospect(self, noun: int, word: str) -> bool:
        """As in "there can be no talk of it", "sees no question of it"."""
        prospect = word == "of" and self.tokens.lemma[noun] in _listed("prospects")
        return prospect and self.tokens.dep[noun] in ("attr", "dobj") and is_none_of(self.tokens, noun)

    def _left_to_another(self, verb: int) -> bool:
        """As in "it is up to Khartoum to accept it": whose doing it is to be."""
        tokens = self.tokens
        if tokens.lemma[verb] != "be":
            return False
        ups = [c for c in tokens.children[verb] if tokens.lower[c] == "up"]
        return any(
            self.foreign(e)
            for c in (verb, *ups)
            for d in tokens.children[c]
            if ups and tokens.dep[d] == "prep" and tokens.lower[d] == "to"
            for e in tokens.children[d]
            if tokens.dep[e] == "pobj"
        )
