"""Who claims a disputed thing, and on what grounds."""

from __future__ import annotations

import pytest

from issue_samples import issues_in

PEOPLE = {
    "Japan": "JPN",
    "Tokyo": "JPN",
    "Russia": "RUS",
    "China": "CHN",
    "Beijing": "CHN",
    "Vietnam": "VNM",
    "Philippines": "PHL",
    "Manila": "PHL",
    "Argentina": "ARG",
    "Britain": "GBR",
    "London": "GBR",
    "Guyana": "GUY",
    "Venezuela": "VEN",
    "Caracas": "VEN",
    "Arvenia": "ARV",
    "Belmora": "BLM",
}


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            (
                "Tokyo maintains that Japan controls the southern Kuril Islands, while Russia asserts sovereignty "
                "grounded in its international legal position and historical claims."
            ),
            {"JPN": [], "RUS": ["its international legal position and historical claims"]},
        ),
        (
            "The Paracel Islands, claimed by both China and Vietnam, lie in disputed waters.",
            {"CHN": [], "VNM": []},
        ),
        (
            "Venezuela claims the Essequibo region under the 1966 Geneva Agreement, while Guyana administers it.",
            {"VEN": ["the 1966 Geneva Agreement"], "GUY": []},
        ),
        (
            "The Essequibo region is held by Guyana and claimed by Venezuela.",
            {"GUY": [], "VEN": []},
        ),
        (
            "China has historical evidence to assert its sovereignty over Scarborough Shoal.",
            {"CHN": ["historical evidence"]},
        ),
        (
            "Both China and Vietnam lay claim to the Paracel Islands.",
            {"CHN": [], "VNM": []},
        ),
        (
            "Beijing considers Scarborough Shoal part of its territory, citing ancient maps.",
            {"CHN": ["ancient maps"]},
        ),
        (
            "Argentina's claim to the Falkland Islands is based on inheritance from Spain. London rejects the claim.",
            {"ARG": ["inheritance from Spain"]},
        ),
        (
            "Manila said Scarborough Shoal belongs to the Philippines because of its place within the 200-mile zone.",
            {"PHL": ["its place within the 200-mile zone"]},
        ),
        (
            "Russia does not claim the Falkland Islands. Britain administers the Falkland Islands.",
            {"GBR": []},
        ),
        (
            "Arvenia claims that the disputed islands are calm. Belmora controls the disputed islands.",
            {"BLM": []},
        ),
        (
            "Arvenia reaffirmed its sovereignty over the disputed Farrow Islands on the basis of the 1921 treaty.",
            {"ARV": ["the 1921 treaty"]},
        ),
        (
            "Beijing said the Spratly Islands are an inherent part of China's territory.",
            {"CHN": []},
        ),
    ],
)
def test_claimants_and_grounds(text: str, claims: dict[str, list[str]]) -> None:
    found = issues_in(text, PEOPLE)
    assert {c.actor: [text[s:e] for s, e in c.grounds] for i in found.issues for c in i.claims} == claims


def test_a_short_name_belongs_to_the_land_that_bears_it() -> None:
    text = (
        "Arvenia and Belmora clashed at the Orsk enclave. Arvenia maintains that Orsk is part of its territory under "
        "the treaty of 1924, while Belmora claims Orsk, citing Soviet maps."
    )
    found = issues_in(text, PEOPLE)
    assert found.issue("Orsk").name == "Orsk enclave"
    assert found.claims("Orsk") == {"ARV": ["the treaty of 1924"], "BLM": ["Soviet maps"]}


def test_who_cites_grounds_beside_a_claim_claims_too() -> None:
    text = "Arvenia claims the disputed islands under the 1921 treaty, while Belmora cites maps of 1958."
    assert issues_in(text, PEOPLE).claims("islands") == {"ARV": ["the 1921 treaty"], "BLM": ["maps of 1958"]}


def test_a_claim_that_is_based_on_something_has_it_for_grounds() -> None:
    text = "The Falkland Islands are quiet. Argentina bases its claim on inheritance from Spain."
    assert issues_in(text, PEOPLE).claims("Falkland") == {"ARG": ["inheritance from Spain"]}


def test_a_claim_names_the_statement_that_makes_it() -> None:
    text = "Tokyo says that Japan controls the Senkaku Islands. Beijing says that China owns the Senkaku Islands."
    found = issues_in(text, PEOPLE)
    (issue,) = found.issues
    assert [claim.statement for claim in issue.claims] == ["s0", "s1"]
