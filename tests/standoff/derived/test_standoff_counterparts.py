"""Who must act where no report says so."""

from __future__ import annotations

from dataclasses import replace

from communique.analysis.evidence import HeldCondition, of_words
from communique.model import Argument, ConditionKind, DisputedIssue, Frame, Party, Role, Span
from communique.record import Record
from communique.record.database.proposition_column import packed_proposition
from communique.standoff.derived.counterparts import Counterparts

TWO = (Party("Kenya", "KEN"), Party("Somalia", "SOM"), Party("African Union"))
ISSUES = (DisputedIssue("sea border", ("maritime boundary",)),)


def of(record: Record, *parties: Party) -> Counterparts:
    record.follow("sea", Frame(parties, ISSUES))
    with record.reading() as connection:
        return Counterparts.of(connection)


def held(antecedent: str, consequent: str = "", predicate: str = "", served: str = "") -> HeldCondition:
    """A condition by its words; ``predicate`` is the antecedent's, ``served`` one whom the consequent names beside."""
    asks = of_words(antecedent)
    grants = of_words(consequent)
    if served:
        grants = replace(grants, arguments=(Argument(served, Role.OTHER, Span(0, 1)),))
    kept = packed_proposition(replace(asks, predicate=predicate)) or "", packed_proposition(grants) or ""
    return HeldCondition("c", ConditionKind.NECESSARY, antecedent, consequent, None, None, 0.9, kept)


def test_in_a_dispute_of_two_states_it_is_the_other_one(record: Record) -> None:
    found = of(record, *TWO)
    assert found.must_act("ken", held("the patrols have been withdrawn", predicate="withdraw")) == "som"
    assert found.must_act("som", held("the Sea Border was on the agenda", predicate="be")) == "ken"


def test_what_merely_is_so_and_what_asks_for_nothing_are_nobodys(record: Record) -> None:
    found = of(record, *TWO)
    assert found.must_act("ken", held("the weather is fine", predicate="be")) is None
    assert found.must_act("ken", held("we are there", predicate="be")) is None
    assert found.must_act("usa", held("the patrols have been withdrawn", predicate="withdraw")) is None


def test_among_three_states_it_is_the_one_that_is_named_or_served(record: Record) -> None:
    found = of(record, *TWO, Party("Ethiopia", "ETH"))
    assert found.must_act("ken", held("the patrols have been withdrawn", predicate="withdraw")) is None
    assert found.must_act("ken", held("Somali patrols have been withdrawn", predicate="withdraw")) == "som"
    served = held("the draft has reached the court", "we talk of the next loan", "reach", served="eth")
    assert found.must_act("ken", served) == "eth"


def test_what_the_dispute_is_about_is_no_actor_in_it(record: Record) -> None:
    found = of(record, *TWO)
    assert found.is_matter("organisation:maritime-boundary")
    assert found.is_matter("organisation:sea-border")
    assert not found.is_matter("organisation:maritime-boundary-commission")
    assert not found.is_matter("som")
