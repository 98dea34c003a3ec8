"""Who holds a condition, who must act, in which statement: with the earlier stages' work given by hand."""

from __future__ import annotations

import pytest

from communique.model import Condition, Manner, Mode
from communique.reading.annotations import Attribution, Entities, ResolvedSource
from communique.reading.conditions.extractor import find_conditions
from communique.reading.conditions.resolver import resolve_conditions
from communique.reading.conditions.scorer import Clarity
from communique.reading.constructions import Construction
from communique.reading.pipeline import load
from communique.reading.protocols import Text
from communique.reading.tokens import Tokens, tokens_of


def parsed(text: str) -> Tokens:
    nlp = load().nlp
    with nlp.select_pipes(disable=[name for name in nlp.pipe_names if name.startswith("communique_")]):
        return tokens_of(nlp(text))


def cast_of(tokens: Tokens, **names: str) -> Entities:
    """Map each token of the given words to an actor; the keys are ids, the values words of the text."""
    ids = {name.lower(): actor for actor, name in names.items()}
    named = {i: ids[low] for i, low in enumerate(tokens.lower) if low in ids}
    heads = {i: actor for i, actor in named.items() if tokens.dep[i] not in ("compound", "amod")}
    return Entities((), named, heads)


def attribution(tokens: Tokens, cue: str, first: str, last: str, parent: int | None = None) -> Attribution:
    start, end = tokens.lower.index(first), len(tokens.lower) - 1 - tokens.lower[::-1].index(last)
    at = tokens.lower.index(cue)
    return Attribution(
        source=(),
        cue=((at, at + 1),),
        content=((start, end + 1),),
        source_head=None,
        cue_head=at,
        clause=None,
        construction=Construction.CLAUSE,
        rule="by hand",
        manner=Manner.INDIRECT,
        mode=Mode.SAID,
        confidence=1.0,
        parent=parent,
    )


def one(tokens: Tokens, entities: Entities, *said: tuple[Attribution, ResolvedSource]) -> Condition:
    text = Text(tokens, None, (), entities, tuple(a for a, _ in said), tuple(v for _, v in said))
    matches = find_conditions(text)
    found = resolve_conditions(text, matches, Clarity()(text, matches))
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("Talks will resume only if Oslo lowers its quota.", "oslo"),
        ("Talks will resume only after a withdrawal by Oslo.", "oslo"),
        ("Any progress hinges on Oslo's readiness to pay.", "oslo"),
        ("Any progress hinges on the withdrawal of Norwegian troops.", "norwegians"),
        ("Talks will resume if the quota is lowered by Oslo.", "oslo"),
        ("Oslo must lower its quota before talks can resume.", "oslo"),
        ("Should Oslo lower its quota, talks would resume.", "oslo"),
        ("Talks will resume if the quota is lowered.", None),
        ("Talks will resume if Oslo receives a guarantee.", None),
        ("Talks will resume if the weather improves.", None),
        ("Any progress hinges on changes to the market in Oslo.", None),
    ],
)
def test_who_must_act_is_the_agent_of_the_antecedent(text: str, act: str | None) -> None:
    tokens = parsed(text)
    assert one(tokens, cast_of(tokens, oslo="Oslo", norwegians="Norwegian")).must_act == act


def test_the_holder_is_the_speaker_of_the_statement() -> None:
    tokens = parsed("The minister said that London would sign if Oslo lowers its quota.")
    said = attribution(tokens, "said", "that", "quota")
    condition = one(tokens, cast_of(tokens, oslo="Oslo", london="London"), (said, ResolvedSource("minister")))
    assert (condition.statement, condition.holder, condition.must_act) == ("s0", "minister", "oslo")


def test_a_condition_belongs_to_the_innermost_statement_that_holds_both_halves() -> None:
    tokens = parsed("The agency reported that the minister said that London would sign if Oslo lowers its quota.")
    outer = attribution(tokens, "reported", "that", "quota")
    inner = attribution(tokens, "said", "london", "quota", parent=0)
    condition = one(
        tokens, cast_of(tokens, oslo="Oslo"), (outer, ResolvedSource("agency")), (inner, ResolvedSource("minister"))
    )
    assert (condition.statement, condition.holder) == ("s1", "minister")


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("London will sign if Oslo lowers its quota.", "london"),
        ("London is ready to sign if Oslo lowers its quota.", "london"),
        ("London conditioned its approval on a lower quota.", "london"),
        ("London made its approval conditional on a lower quota.", "london"),
        ("The accord will be signed if Oslo lowers its quota.", None),
        ("London cannot join the pact without a lower quota.", None),
        ("Oslo must lower its quota before London can sign.", None),
    ],
)
def test_in_the_reports_own_voice_the_holder_is_whose_will_it_is(text: str, holder: str | None) -> None:
    tokens = parsed(text)
    condition = one(tokens, cast_of(tokens, oslo="Oslo", london="London"))
    assert condition.statement is None
    assert condition.holder == holder
