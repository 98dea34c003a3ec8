"""Wordings of conditions, one a kind, each with both halves."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def halves(reading: Reading) -> list[tuple[str, str, str]]:
    """Return what hangs on what, and the kind."""
    text = reading.report.text

    def words(spans: object) -> str:
        return " ... ".join(text[a:b] for a, b in spans)  # type: ignore[attr-defined]

    return [(words(c.consequent), words(c.antecedent), str(c.kind)) for c in reading.conditions]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            '"First the arrears, then the oil," one of the ministers said.',
            ("the oil", "the arrears", "necessary"),
        ),
        (
            "The border had to come first, and the deposit could follow, Oslo said.",
            ("the deposit could follow", "The border had to come", "necessary"),
        ),
        (
            '"Let Seoul stop the leaflets. Then we will talk," the envoy, Kim Su-jin, said.',
            ("we will talk", "Let Seoul stop the leaflets", "necessary"),
        ),
        (
            "Armenia would open the road and, in return, Azerbaijan would free 23 prisoners.",
            ("Armenia would open the road", "Azerbaijan would free 23 prisoners", "both"),
        ),
        (
            "No signature without the release of the sailors, the Greek minister, Nikos Dris, said.",
            ("No signature", "the release of the sailors", "necessary"),
        ),
        (
            "Oil companies want assurances on payment, without which they will not pump.",
            ("they will not pump", "assurances on payment", "necessary"),
        ),
        (
            "The envoy said that, absent immediate changes, Canada would take steps.",
            ("Canada would take steps", "immediate changes", "exception"),
        ),
        (
            "The offer stood but would lapse absent a reply by July, Lusaka said.",
            ("would lapse", "a reply by July", "exception"),
        ),
        (
            "The crossing will reopen no sooner than the mines are cleared, Kyiv said.",
            ("The crossing will reopen", "the mines are cleared", "necessary"),
        ),
        (
            "Bulgaria is ready to lift its veto on the day the amendments enter into force.",
            ("lift its veto", "the amendments enter into force", "sufficient"),
        ),
        (
            "A compromise is possible, the union said, on condition of a minimum of agreements.",
            ("A compromise is possible", "a minimum of agreements", "necessary"),
        ),
        (
            "The accord would take effect upon ratification by both parliaments.",
            ("The accord would take effect", "ratification by both parliaments", "sufficient"),
        ),
        (
            "London stressed the joint use of the airport, subject to a separate arrangement on flights.",
            ("the joint use of the airport", "a separate arrangement on flights", "necessary"),
        ),
        (
            '"Not until we know how much is taken can we plan a hectare of cotton," Tashkent said.',
            ("can we plan a hectare of cotton", "we know how much is taken", "necessary"),
        ),
        (
            "Iran tied the release of the ship to the return of its oil.",
            ("the release of the ship", "the return of its oil", "necessary"),
        ),
        (
            "Ratification depends on the Commons, where Labour has votes to spare.",
            ("Ratification", "the Commons", "necessary"),
        ),
        (
            "Serbia set out its terms for the deal: the return of 40 families, a school in Serbian and no new taxes.",
            ("the deal", "a school in Serbian", "necessary"),
        ),
    ],
)
def test_a_condition_is_read_in_many_wordings(reader: Read, text: str, wanted: tuple[str, str, str]) -> None:
    assert wanted in halves(reader(text))


@pytest.mark.parametrize(
    "text",
    [
        "An official said on condition of anonymity that talks had failed.",
        "The absent minister said that the talks had failed.",
        '"Let them build the houses. Then you won\'t need tents," an old man said.',
        "First the minister spoke, then the guests ate.",
    ],
)
def test_what_only_looks_so_is_none(reader: Read, text: str) -> None:
    assert halves(reader(text)) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Russia said it would cut off gas to Moldova unless the former Soviet republic pays its debts.", "Moldova"),
        ("India said any attack on its ships would be met with force. Pakistan said nothing.", "Pakistan"),
    ],
)
def test_who_must_act_may_be_told_by_what_it_is_or_does(reader: Read, text: str, who: str) -> None:
    reading = reader(text)
    names = {actor.id: actor.name for actor in reading.actors}
    assert [names.get(c.must_act or "") for c in reading.conditions] == [who]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "Morocco would reopen the crossing on one condition, namely that Algeria free the fishermen.",
            ("Morocco would reopen the crossing", "Algeria free the fishermen", "necessary"),
        ),
        (
            "Hanoi will sign on one condition, that the patrols end.",
            ("Hanoi will sign", "the patrols end", "necessary"),
        ),
        (
            "Chile demanded an apology before it would send its envoy back to Lima.",
            ("it would send its envoy back to Lima", "an apology", "necessary"),
        ),
        (
            "Rabat wanted the release of its fishermen before it could reopen the port.",
            ("it could reopen the port", "the release of its fishermen", "necessary"),
        ),
        (
            "Quito demanded ratification before any further aid.",
            ("any further aid", "ratification", "necessary"),
        ),
    ],
)
def test_what_is_counted_and_what_was_demanded_first_is_a_condition(
    reader: Read, text: str, wanted: tuple[str, str, str]
) -> None:
    assert wanted in halves(reader(text))


@pytest.mark.parametrize(
    "text",
    [
        "Peru met one condition, namely that it pay.",
        "Chile demanded an apology before it left the room.",
        "Ghana demanded payment before the meeting.",
        "Tirana demanded a signature before the boats had sailed.",
    ],
)
def test_what_was_demanded_before_something_that_is_over_is_none(reader: Read, text: str) -> None:
    assert halves(reader(text)) == []
