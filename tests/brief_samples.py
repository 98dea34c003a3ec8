"""Readings made by hand, so that the brief's tests need no language model."""

from __future__ import annotations

from typing import Any

from communique.model import (
    Act,
    Actor,
    ActorKind,
    Claim,
    Condition,
    ConditionKind,
    Issue,
    Manner,
    Mode,
    Reading,
    Relay,
    Report,
    Span,
    Statement,
)

TEXT = (
    "ARVENIA: The news agency Kestrel reported that President Ilse Maren said talks on the Lower Delta would resume "
    "only if Belmora withdraws its patrols.\n\n"
    "Belmora considers the Lower Delta part of its territory under the 1921 treaty."
)


def span(words: str, text: str = TEXT) -> Span:
    """Return where ``words`` first stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def statement(number: int, speaker: str, source: str, cue: str, content: str, **more: Any) -> Statement:
    """Return a statement over TEXT."""
    values: dict[str, Any] = {
        "id": f"x#s{number}",
        "source": (span(source),),
        "cue": (span(cue),),
        "content": (span(content),),
        "speaker": speaker,
        "chain": (),
        "addressee": (),
        "manner": Manner.INDIRECT,
        "mode": Mode.SAID,
        "act": Act.ASSERT,
        "parent": None,
        "responds_to": None,
        "about": ("delta",),
        "conditions": (),
        "confidence": 0.9,
        "rule": "by hand",
    }
    return Statement(**(values | more))


def sample(**report: str | None) -> Reading:
    """Return a reading with a nested statement, a relay, a condition and an issue with two claimants."""
    fields: dict[str, Any] = {
        "title": "Arvenia sets a condition",
        "url": "https://news.example/arvenia?a=1&b=2",
        "outlet": "Kestrel",
        "published": "2023-05-04",
    }
    nested = "President Ilse Maren said talks on the Lower Delta would resume only if Belmora withdraws its patrols"
    return Reading(
        report=Report(id="x", text=TEXT, **(fields | report)),
        actors=(
            Actor("maren", "Ilse Maren", ActorKind.PERSON, None, "President", (span("President Ilse Maren"),)),
            Actor("belmora", "Belmora", ActorKind.STATE, "BEL", None, (span("Belmora"),)),
            Actor("kestrel", "Kestrel", ActorKind.OUTLET, None, None, (span("The news agency Kestrel"),)),
        ),
        statements=(
            statement(1, "kestrel", "The news agency Kestrel", "reported", nested),
            statement(
                2,
                "maren",
                "President Ilse Maren",
                "said",
                "talks on the Lower Delta would resume only if Belmora withdraws its patrols",
                chain=(Relay("kestrel", span("The news agency Kestrel")),),
                act=Act.DEMAND,
                parent="x#s1",
                conditions=("c1",),
            ),
            statement(
                3,
                "belmora",
                "Belmora considers"[:7],
                "considers",
                "the Lower Delta part of its territory",
                responds_to="x#s2",
                addressee=("maren",),
            ),
        ),
        conditions=(
            Condition(
                "c1",
                "x#s2",
                (span("Belmora withdraws its patrols"),),
                (span("talks on the Lower Delta would resume"),),
                (span("only if"),),
                ConditionKind.NECESSARY,
                "maren",
                "belmora",
                0.8,
            ),
        ),
        issues=(
            Issue(
                "delta",
                "Lower Delta",
                ("the delta",),
                (Claim("belmora", (span("the 1921 treaty"),), "x#s3"), Claim("maren", (), None)),
                (span("the Lower Delta"),),
            ),
        ),
        reader="communique test",
    )
