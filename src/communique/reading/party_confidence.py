"""How likely it is that a statement's speaker, and whoever must act on a condition, is the right one.

A logistic regression over the kind of evidence: a name beside the cue, a pronoun and how many it could mean, a label,
the issuer by default, words carried on, a name inside the antecedent or one inferred from outside it. The weights in
``lexicon/party_weights.json`` were fitted by ``benchmarks/fit_parties.py``; ``docs/party-confidence.md`` is their card.
Given that the statement, or the condition, stands: whether it does is its own confidence.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat

from communique.errors import OtherFeatures
from communique.identity import digest
from communique.lexicon import listed
from communique.model import Actor, ActorKind, Condition, Spans
from communique.reading.annotations import Annotations, Attribution
from communique.reading.constructions import Construction
from communique.reading.grammar.labels import FULL_SUBJECTS
from communique.reading.tokens import Tokens

_FIRST_PERSON = listed("closed_classes", "first_person")
_DEFINITE = listed("entities", "described_determiners")
_PEOPLE = (ActorKind.PERSON, ActorKind.OFFICE, ActorKind.UNNAMED)
_FURTHEST = 30.0
"""Log odds beyond which a probability changes no more."""
_SENTENCES_BACK = 2
_GUESSED = 0.5
"""What is inferred from who else the text names is at most as likely as not."""

_FAR = 12  # tokens between source and cue

SPEAKER_TEMPLATES = (
    *("across=", "chain=", "construction=", "far=", "form=", "form|kind=", "form|rivals=", "kind=", "nested="),
    *("sure=", "text="),
)
MUST_ACT_TEMPLATES = ("condition=", "form=", "form|part=", "form|whose=", "kind=", "others=", "sure=")
"""The features by name, without their values; who adds one, or changes what one means, fits the weights again."""


@dataclass(frozen=True, slots=True)
class PartyModel:
    """Weights by feature name for speakers and for those who must act, each with its "bias"."""

    speaker: dict[str, float]
    must_act: dict[str, float]


@cache
def model() -> PartyModel:
    """Return the fitted model, read once. Raises OtherFeatures where it was fitted on other features than these."""
    data = json.loads(files("communique.lexicon").joinpath("party_weights.json").read_text("utf-8"))
    if data["features"] != features_digest():
        raise OtherFeatures("party_weights.json", "it was fitted on other features than this version's")
    return PartyModel(data["speaker"], data["must_act"])


def features_digest() -> str:
    """Return the digest of the features that this version makes."""
    return digest(SPEAKER_TEMPLATES, MUST_ACT_TEMPLATES, sorted(c.label for c in Construction))


def probability(weights: dict[str, float], features: Sequence[str]) -> float:
    """Return the probability, rounded to three places, of a choice with these features."""
    total = sum(map(weights.get, features, repeat(0.0)))
    return round(1.0 / (1.0 + math.exp(-max(-_FURTHEST, min(_FURTHEST, total)))), 3)


def speaker_confidence(tokens: Tokens, annotations: Annotations, index: int) -> float | None:
    """Return how likely it is that a statement's speaker is the right one; None where it has none."""
    features = speaker_features(tokens, annotations, index)
    return probability(model().speaker, features) if features else None


def must_act_confidence(tokens: Tokens, annotations: Annotations, condition: Condition) -> float | None:
    """Return how likely it is that whoever must act on a condition is the right one; None where it names nobody."""
    features = must_act_features(tokens, annotations, condition)
    if not features:
        return None
    likely = probability(model().must_act, features)
    return min(likely, _GUESSED) if _is_guessed(tokens, annotations, condition) else likely


def _is_guessed(tokens: Tokens, annotations: Annotations, condition: Condition) -> bool:
    """Tell whether nothing in a condition's sentences names whoever must act, or anybody of the same country."""
    actor = _actor(annotations, condition.must_act)
    inside = _tokens_of(tokens, (*condition.antecedent, *condition.consequent))
    if actor is None or not inside or any(tokens.lower[i] in _FIRST_PERSON for i in inside):
        return False
    first = tokens.sentences[tokens.sentence[min(inside)]][0]
    last = tokens.sentences[tokens.sentence[max(inside)]][1]
    actor_of = annotations.entities.actor_of
    near = {actor_of[i] for i in range(first, last) if i in actor_of}
    return not any(
        key == actor.id or (actor.country is not None and _country(annotations, key) == actor.country) for key in near
    )


def speaker_features(tokens: Tokens, annotations: Annotations, index: int) -> list[str]:
    """Describe the evidence for a statement's speaker; nothing where it has none."""
    a, resolved = annotations.attributions[index], annotations.sources[index]
    actor = _actor(annotations, resolved.speaker)
    if actor is None:
        return []
    form = _form(tokens, annotations, a)
    kind = actor.kind.value
    rivals = (
        min(2, _rivals(tokens, annotations, a, actor))
        if form.startswith("pronoun") or form in ("the", "carried")
        else 0
    )
    found = ["bias", f"form={form}", f"kind={kind}", f"form={form}|kind={kind}", f"form={form}|rivals={rivals}"]
    found += [f"text={_text_kind(annotations)}", f"sure={_tenth(a.confidence)}"]
    found.append(f"construction={a.construction.label}")
    if resolved.chain:
        found.append("chain")
    if a.source_head is not None and tokens.sentence[a.source_head] != tokens.sentence[a.cue_head]:
        found.append("across")
    if a.parent is not None:
        found.append("nested")
    if a.source_head is not None and abs(a.source_head - a.cue_head) > _FAR:
        found.append("far")
    return found


def _form(tokens: Tokens, annotations: Annotations, a: Attribution) -> str:
    """Say by what the speaker is told: a label, a name, a pronoun, a description, the words before, the issuer."""
    head = a.source_head
    if a.construction is Construction.TURN:
        return "label"
    if head is None:
        if a.construction is Construction.OWN:
            return "own" if a.parent is None else "own-turn"
        return "issuer" if annotations.document is not None else "carried"
    if tokens.lower[head] in _FIRST_PERSON:
        return "we"
    if tokens.pos[head] == "PRON":
        return f"pronoun-{tokens.lower[head]}"
    if tokens.pos[head] == "PROPN":
        return "name"
    return "the" if any(tokens.lower[c] in _DEFINITE for c in tokens.children[head]) else "noun"


def _rivals(tokens: Tokens, annotations: Annotations, a: Attribution, actor: Actor) -> int:
    """Count the others near before whom the words could mean as well."""
    here = a.source_head if a.source_head is not None else a.cue_head
    first = tokens.sentences[max(0, tokens.sentence[here] - _SENTENCES_BACK)][0]
    near = {annotations.entities.actor_of[i] for i in range(first, here) if i in annotations.entities.actor_of}
    known = annotations.entities.known
    people = actor.kind in _PEOPLE
    return sum(1 for key in near if key != actor.id and (key in known and known[key].kind in _PEOPLE) == people)


def _text_kind(annotations: Annotations) -> str:
    if annotations.turns:
        return "turns"
    if annotations.document is not None:
        return annotations.document.kind.value
    return "readout" if annotations.meeting is not None else "report"


def must_act_features(tokens: Tokens, annotations: Annotations, condition: Condition) -> list[str]:
    """Describe the evidence for whoever must act on a condition; nothing where it names nobody."""
    actor = _actor(annotations, condition.must_act)
    if actor is None:
        return []
    inside = _tokens_of(tokens, condition.antecedent)
    actor_of = annotations.entities.actor_of
    at = next((i for i in inside if actor_of.get(i) == actor.id), None)
    form, part = "inferred", "none"
    if at is not None:
        form = f"pronoun-{tokens.lower[at]}" if tokens.pos[at] == "PRON" else "name"
        form = "noun" if form == "name" and tokens.pos[at] != "PROPN" else form
        part = "subject" if _is_subject(tokens, annotations, inside, actor.id) else "other"
    elif any(tokens.lower[i] in _FIRST_PERSON for i in inside):
        form = "we"
    elif any(_country(annotations, actor_of.get(i)) == actor.country for i in inside if actor.country):
        form = "through"
    whose = _whose(annotations, actor, condition.holder)
    others = {actor_of[i] for i in inside if i in actor_of} - {actor.id}
    found = ["bias", f"form={form}", f"form={form}|part={part}", f"form={form}|whose={whose}"]
    found += [f"kind={actor.kind.value}", f"condition={condition.kind.value}", f"sure={_tenth(condition.confidence)}"]
    return [*found, f"others={min(2, len(others))}"]


def _is_subject(tokens: Tokens, annotations: Annotations, inside: Sequence[int], key: str) -> bool:
    heads = annotations.entities.heads
    return any(heads.get(i) == key and tokens.dep[i] in FULL_SUBJECTS for i in inside)


def _whose(annotations: Annotations, actor: Actor, holder: str | None) -> str:
    held = _actor(annotations, holder)
    if held is None:
        return "nobody"
    if held.id == actor.id or (held.country is not None and held.country == actor.country):
        return "own"
    return "other"


def _tokens_of(tokens: Tokens, spans: Spans) -> list[int]:
    return [i for start, end in spans for i in range(bisect_left(tokens.start, start), bisect_left(tokens.start, end))]


def _actor(annotations: Annotations, key: str | None) -> Actor | None:
    return annotations.entities.known.get(key) if key else None


def _country(annotations: Annotations, key: str | None) -> str | None:
    found = _actor(annotations, key)
    return found.country if found is not None else None


def _tenth(value: float) -> str:
    """Put a confidence into one of four bins: rough ones, as there is little to learn from."""
    return "low" if value < 0.55 else "fair" if value < 0.75 else "high" if value < 0.9 else "sure"
