"""The statements of a report as an exchange: who speaks to whom, how far apart, in which words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from communique.lexicon import listed
from communique.model import Actor, ActorKind
from communique.reading.annotations import Attribution, Entities
from communique.reading.grammar.base_forms import base_form
from communique.reading.tokens import Tokens, TokenSpan

_SHORT = 4
_DEEP = 25
_NAMED = 1.5
_KINDS = listed("responses", "kinds")
_COUNTED = {"MONEY", "CARDINAL", "QUANTITY", "PERCENT"}
_MEANING = {"NOUN", "VERB", "ADJ", "PROPN"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """The attributions of a text with who speaks in each and to whom: parallel lists."""

    tokens: Tokens
    entities: Entities
    attributions: Sequence[Attribution]
    speakers: Sequence[str | None]
    addressees: Sequence[tuple[str, ...]]
    kept: dict[int, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def same_side(self, one: str | None, other: str | None) -> bool:
        """Tell whether two are one, or of one state; for several that any of them is."""
        if one is None or other is None:
            return False
        a, b = self._known(one), self._known(other)
        if one == other or a is None or b is None:
            return one == other
        if any(self.same_side(member, other) for member in a.members if member != one):
            return True
        return a.country is not None and a.country == b.country

    def of_another_state(self, one: str | None, other: str | None) -> bool:
        """Tell whether two are known to be of different states."""
        a, b = self._known(one or ""), self._known(other or "")
        return a is not None and b is not None and None not in (a.country, b.country) and a.country != b.country

    def one_government(self, one: str | None, other: str | None) -> bool:
        """Tell whether two speak for one state, so that neither answers the other."""
        if not self.same_side(one, other):
            return False
        kinds = {actor.kind for actor in map(self._known, (one or "", other or "")) if actor is not None}
        return one == other or bool(kinds & {ActorKind.STATE, ActorKind.BODY})

    def may_speak_for(self, speaker: str | None, who: str) -> bool:
        """Tell whether a speaker may be one of a group or body of which no state is known: "the opposition"."""
        a = self._known(who)
        return a is not None and a.kind is not ActorKind.PERSON and not self.of_another_state(speaker, who)

    def owned(self, index: int, owner: str | None) -> float | None:
        """Return how well a statement's speaker fits the owner of the words meant; None where it is somebody else."""
        if owner is None:
            return 0.0
        speaker = self.speakers[index]
        if speaker == owner:
            return _NAMED
        a, b = self._known(speaker or ""), self._known(owner)
        if a is None or b is None:
            return None
        if owner in a.members or (a.country is not None and a.country == b.country):
            return _NAMED / 2
        return None

    def spoken_to(self, earlier: int, later: int) -> bool:
        """Tell whether an earlier statement is addressed to the speaker of a later one, or to his state."""
        speaker = self.speakers[later]
        return any(to == speaker or self.same_side(to, speaker) for to in self.addressees[earlier])

    def gap(self, earlier: int, later: int) -> int:
        """Return how many sentences lie from the end of one statement to the beginning of another, at least 0."""
        a, b = self.attributions[earlier], self.attributions[later]
        end = max((*(last - 1 for _, last in (*a.content, *a.source)), a.cue_head))
        start = min((*(first for first, _ in (*b.content, *b.source)), b.cue_head))
        return max(0, self.tokens.sentence[start] - self.tokens.sentence[end])

    def around(self, index: int) -> set[int]:
        """Return the statements that hold one."""
        found: set[int] = set()
        parent = self.attributions[index].parent
        while parent is not None and parent not in found:
            found.add(parent)
            parent = self.attributions[parent].parent
        return found

    def between(self, earlier: int, later: int) -> bool:
        """Tell whether the later one's speaker, or anybody of his side, has a statement in between."""
        kin = self.around(later)
        return any(
            self.attributions[k].parent is None and self.same_side(self.speakers[k], self.speakers[later])
            for k in range(earlier + 1, later)
            if k not in kin
        )

    def sentence_before(self, token: int) -> TokenSpan:
        """Return the sentence that ends where one begins; an empty range at the start of the text."""
        here = self.tokens.sentence[token]
        return self.tokens.sentences[here - 1] if here > 0 else (token, token)

    def forms(self, index: int) -> frozenset[str]:
        """Return the base forms of what a statement says."""
        if index not in self.kept:
            content = self.attributions[index].content
            self.kept[index] = frozenset(self._forms(t for first, last in content for t in range(first, last)))
        return self.kept[index]

    def tells_of(self, noun: int, index: int) -> bool:
        """Tell whether a statement tells by a verb of the deed that a noun names: "will close" of "the closure"."""
        tokens, deed = self.tokens, base_form(self.tokens.lower[noun])
        content = self.attributions[index].content
        return any(
            tokens.pos[t] == "VERB" and base_form(tokens.lower[t]) == deed for s, e in content for t in range(s, e)
        )

    def cue_form(self, index: int) -> set[str]:
        """Return the base form of a statement's cue, as a set."""
        return self._forms([self.attributions[index].cue_head])

    def words_of(self, noun: int) -> set[str]:
        """Return the base forms of a noun and of what hangs on it."""
        tokens = self.tokens
        found = self._forms([noun, *tokens.children[noun]])
        for c in tokens.children[noun]:
            if c > noun and tokens.dep[c] in {"prep", "acl", "relcl"}:
                found |= self._forms(range(tokens.left[c], min(tokens.right[c] + 1, c + _DEEP)))
        return found

    def is_called(self, noun: int) -> bool:
        """Tell whether a noun says what its owner did with the words: "offer", "charge", not "remarks"."""
        return any(self.tokens.lemma[noun] in listed("responses", f"{kind}_nouns") for kind in _KINDS)

    def of_kind(self, noun: int, index: int) -> float:
        """Return how well a statement does what a noun calls it: "accused" fits "the charge", "demanded" does not."""
        lemma, a = self.tokens.lemma, self.attributions[index]
        cue = lemma[a.cue_head]
        joined = f"{cue}_{self.tokens.lower[a.cue_head + 1]}" if a.cue_head + 1 < self.tokens.n else cue
        verbs = {kind for kind in _KINDS if not listed("responses", f"{kind}_verbs").isdisjoint((cue, joined))}
        if a.construction.is_object and cue in listed("responses", "naming"):
            verbs = set()
        nouns = {kind for kind in _KINDS if lemma[noun] in listed("responses", f"{kind}_nouns")}
        if "counting" in nouns and any(self.tokens.entity[t] in _COUNTED for s, e in a.content for t in range(s, e)):
            return 1.0
        if not nouns or not verbs:
            return 0.0
        return 1.0 if nouns & verbs else -0.7

    def asks_or_offers(self, index: int) -> bool:
        """Tell whether a statement is one that its hearer may grant or refuse."""
        a = self.attributions[index]
        cue = self.tokens.lemma[a.cue_head]
        named = a.construction.is_object and cue in listed("responses", "naming")
        return not named and any(cue in listed("responses", f"{kind}_verbs") for kind in ("asking", "offering"))

    def provokes(self, index: int) -> bool:
        """Tell whether a statement does to another what he answers: it accuses, demands, offers, threatens, decides."""
        cue = self.tokens.lemma[self.attributions[index].cue_head]
        return any(cue in listed("responses", f"{kind}_verbs") for kind in _KINDS)

    def names_source_of(self, earlier: int, later: int) -> bool:
        """Tell whether a statement speaks by name of those whose spokesman said an earlier one: "the PP"."""
        tokens = self.tokens
        said_by = {tokens.lower[t] for t in self._names(self.attributions[earlier].source)}
        return any(tokens.lower[t] in said_by for t in self._names(self.attributions[later].content))

    def _names(self, pieces: Iterable[TokenSpan]) -> Iterator[int]:
        return (t for start, end in pieces for t in range(start, end) if self.tokens.pos[t] == "PROPN")

    def _known(self, actor: str) -> Actor | None:
        return self.entities.known.get(actor)

    def _forms(self, places: Iterable[int]) -> set[str]:
        """The base forms of the words that carry meaning, so that "coercion" meets "coercing"."""
        tokens = self.tokens
        return {
            base_form(tokens.lower[t]) for t in places if tokens.pos[t] in _MEANING and len(tokens.lower[t]) >= _SHORT
        }
