"""Read issues with actors given by hand, so that these tests fail for the issues' own faults only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.model import Actor, ActorKind, Issue, Report
from communique.reading.annotations import Entities, ResolvedSource, annotations_of, tokens_in
from communique.reading.factories import DEFAULTS
from communique.reading.pipeline import load, prepare
from communique.reading.protocols import Text
from communique.reading.registered_parts import task
from communique.reading.tokens import Tokens


@dataclass(frozen=True)
class Found:
    """Issues of a text, with the grounds as words."""

    text: str
    issues: tuple[Issue, ...]
    about: tuple[tuple[str, ...], ...]

    @property
    def names(self) -> list[str]:
        return [issue.name for issue in self.issues]

    def issue(self, word: str) -> Issue:
        """Return the issue with ``word`` among its names."""
        return next(i for i in self.issues if any(word.casefold() in n.casefold() for n in (i.name, *i.aliases)))

    def claims(self, word: str) -> dict[str, list[str]]:
        """Return claimant to grounds for the issue with ``word`` among its names."""
        found = [i for i in self.issues if any(word.casefold() in n.casefold() for n in (i.name, *i.aliases))]
        return {c.actor: [self.text[s:e] for s, e in c.grounds] for i in found for c in i.claims}


def issues_in(text: str, people: Mapping[str, str] | None = None) -> Found:
    """Find the issues of ``text``; ``people`` maps a word to the ISO code of the state that it stands for."""
    nlp = load().nlp
    doc = prepare(nlp, Report(id="", text=text))
    for name, pipe in nlp.pipeline:
        if name == "communique_speakers":
            break
        if name == "communique_actors":
            annotations_of(doc).entities = _cast(tokens_in(doc), people or {})
        else:
            doc = pipe(doc)
    annotations, tokens = annotations_of(doc), tokens_in(doc)
    entities = annotations.entities
    sources = tuple(
        ResolvedSource(None if a.source_head is None else entities.actor_of.get(a.source_head))
        for a in annotations.attributions
    )
    read = Text(tokens, None, annotations.quotations, entities, annotations.attributions, sources)
    issues, about = task(**DEFAULTS["communique_issues"])(read)
    return Found(text, issues, about)


def _cast(tokens: Tokens, people: Mapping[str, str]) -> Entities:
    named = {i: people[word] for i, word in enumerate(tokens.text) if word in people}
    actors = tuple(Actor(code, code, ActorKind.STATE, code) for code in sorted(set(people.values())))
    return Entities(actors, dict(named), dict(named))
