"""What is disputed or negotiated is found under all its names; what is not, is not."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.reading.issues.resolver import MOST
from issue_samples import issues_in

ISLANDS = (
    "Japan said its position on the northern territories near the Kuril Islands is unchanged. "
    "The most contentious issue remains the southern Kuril Islands, specifically Iturup, Kunashir, and Shikotan. "
    "Tokyo maintains that Japan controls these islands, while Russia asserts sovereignty grounded in its international "
    "legal position and historical claims."
)


def test_a_disputed_thing_is_joined_under_all_its_names() -> None:
    found = issues_in(ISLANDS, {"Japan": "JPN", "Tokyo": "JPN", "Russia": "RUS"})
    issue = found.issue("southern Kuril Islands")
    assert issue.id == "southern-kurils"
    assert {"northern territories", "Kuril Islands", "these islands", "Iturup", "Shikotan"} <= set(issue.aliases)
    assert ISLANDS[slice(*issue.mentions[0])] == "northern territories"


def test_a_matter_is_joined_over_its_modifiers_and_the_talks_about_it() -> None:
    found = issues_in(
        "Arvenia said a formal peace treaty was close. Peace treaty negotiations began in May. "
        "Belmora insisted that the treaty could wait and that the proposed peace treaty was flawed."
    )
    issue = found.issue("peace treaty")
    assert issue.name.casefold() == "peace treaty"
    assert issue.id == "peace-treaty"
    assert len(issue.mentions) == 4


def test_two_matters_with_one_head_stay_two() -> None:
    found = issues_in(
        "Arvenia said the fisheries treaty was dead. It said the extradition treaty stood. "
        "Belmora said the fisheries treaty lived and the extradition treaty did not."
    )
    assert {name.casefold() for name in found.names} >= {"fisheries treaty", "extradition treaty"}


def test_names_are_made_into_ids_that_can_be_read() -> None:
    found = issues_in(
        "Arvenia said Arvenian–Belmoran dialogue may resume. It said the dialogue was useful. "
        "Belmora said the Arvenian–Belmoran dialogue was dead."
    )
    assert [issue.id for issue in found.issues] == ["arvenian-belmoran-dialogue"]


def test_a_bare_word_goes_to_the_matter_named_last() -> None:
    found = issues_in(
        "Brussels said steel tariffs must go. The tariffs were unfair, it said. It said the wine tariffs could stay. "
        "Washington said the wine tariffs helped. Rome said that the tariffs hurt."
    )
    assert {name for name in found.names if "tariff" in name} == {"steel tariffs", "wine tariffs"}


def test_a_name_given_in_the_text_joins() -> None:
    found = issues_in(
        "The two states dispute the Farrow Islands, known in Belmora as the Ostrel Islands. "
        "Belmora said the Ostrel Islands were not for sale. Arvenia said the islands were contested."
    )
    issue = found.issue("Farrow Islands")
    assert "Ostrel Islands" in {issue.name, *issue.aliases}


def test_what_stands_after_dispute_over_is_an_issue_whatever_it_is() -> None:
    found = issues_in(
        "A dispute over the lighthouse has soured ties. Arvenia said the lighthouse was its business. "
        "Belmora said it would not discuss the lighthouse."
    )
    assert any("lighthouse" in name for name in found.names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # What is done to a thing tells a matter: it is signed, banned, revoked, lifted.
        (
            "Arvenia has revoked a military accord. Belmora said the agreement was void.",
            {"military accord", "agreement"},
        ),
        ("Arvenia said it would close its airspace. Belmora called the closure rash.", {"airspace"}),
        ("Arvenia said it would hold off the signing of a power purchase deal.", {"power purchase deal"}),
        # One matter in two constructions, or under two words for one deed.
        ("Arvenia offered an exchange of prisoners. Belmora said the prisoner swap could wait.", {"prisoner swap"}),
        (
            "Arvenia wants its sea boundary settled. Belmora said the maritime boundary was clear.",
            {"maritime boundary"},
        ),
        ("Arvenia asked for climate finance. Belmora rejected the climate finance goal.", {"climate finance goal"}),
        ("Arvenia would sign the pandemic treaty. Belmora said a pandemic accord was far off.", {"pandemic accord"}),
        # A name that owns a status, a hyphenated word, a passive object after a noun of request.
        ("Belmora said that Ostrel's status was not for sale.", {"Ostrel's status"}),
        ("Arvenia pleaded for a no-fly zone. Belmora said no-fly zones led to war.", {"no-fly zone"}),
        (
            "The bid for full membership of the league was blocked. Arvenia said membership was due.",
            {"membership of the league"},
        ),
    ],
)
def test_matters_are_known_by_what_is_done_to_them_and_joined_over_their_forms(text: str, names: set[str]) -> None:
    found = {name.casefold() for issue in issues_in(text).issues for name in (issue.name, *issue.aliases)}
    assert all(any(name.casefold() in other for other in found) for name in names), found


def test_the_deal_means_a_bargain_that_was_named_by_its_matter() -> None:
    found = issues_in(
        "Arvenia agreed to an arms sale. Belmora condemned the arms sale and said the deal must be cancelled."
    )
    assert "the deal" in found.issue("arms sale").aliases


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "The minister met reporters on Monday. He said the weather was fine. He said the meeting was useful.",
        "The foreign ministry issued a statement. The statement said that the statement was final.",
        "President Ilse Maren spoke in Paris. Maren said Paris was lovely. Maren said Monday was lovely.",
    ],
)
def test_nothing_is_made_of_boilerplate(text: str) -> None:
    assert issues_in(text, {"Maren": "FRA"}).names == []


def test_a_state_is_no_issue_for_being_named() -> None:
    found = issues_in("Taiwan said it would vote. Taiwan said it was glad.", {"Taiwan": "TWN"})
    assert found.names == []


def test_statements_know_what_they_are_about_also_by_a_phrase_that_points_back() -> None:
    text = "Egypt wants a deal on the Renaissance Dam. Ethiopia said that the dam would be filled in July."
    found = issues_in(text, {"Egypt": "EGY", "Ethiopia": "ETH"})
    assert ("gerd",) in [tuple(i for i in about if i == "gerd") for about in found.about[-1:]]


def test_there_are_never_more_than_a_few_and_every_about_is_one_of_them() -> None:
    kinds = [
        "steel",
        "copper",
        "cotton",
        "sugar",
        "timber",
        "cement",
        "rubber",
        "coffee",
        "cocoa",
        "tea",
        "maize",
        "zinc",
    ]
    text = " ".join(f"Arvenia said that {k} tariffs must go. Belmora said that {k} tariffs must stay." for k in kinds)
    found = issues_in(text)
    assert 0 < len(found.issues) <= MOST
    assert {i for about in found.about for i in about} <= {issue.id for issue in found.issues}
    assert len({issue.id for issue in found.issues}) == len(found.issues)


def test_the_same_text_gives_the_same_issues() -> None:
    assert issues_in(ISLANDS) == issues_in(ISLANDS)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.sampled_from([*"aAe .,;:()'\"\n-–%\ud800\u202e", "dispute over ", "the islands ", "calls "]), max_size=60
    )
)
def test_odd_text_is_read_without_failing_and_mentions_lie_in_it(parts: list[str]) -> None:
    text = "".join(parts)
    for issue in issues_in(text).issues:
        assert all(0 <= s < e <= len(text) for s, e in issue.mentions)


@pytest.mark.parametrize(
    ("text", "name", "alias"),
    [
        # a deed named after the verb that told it
        (
            (
                "Latvia will close its crossings with Belarus. Minsk called the closure a trick. "
                "Latvia said the crossings with Belarus were unsafe."
            ),
            "crossings with Belarus",
            "the closure",
        ),
        # the words of the one name among those of the other, where both were struck
        (
            (
                "Arvenia wants a water-sharing agreement. Belmora said a water deal could wait. "
                "Arvenia said the water-sharing agreement was urgent."
            ),
            "water-sharing agreement",
            "water deal",
        ),
        # a second name that points, where one is a name
        (
            (
                "Arvenia said the Khor Bay agreement stood. Belmora rejects the navigation pact. "
                "Arvenia said it would honour the Khor Bay agreement."
            ),
            "Khor Bay agreement",
            "navigation pact",
        ),
        # what a deal is on
        (
            "Arvenia praised the political agreement on Tarvos. Belmora rejects the political agreement.",
            "political agreement",
            "political agreement on Tarvos",
        ),
    ],
)
def test_one_matter_goes_by_several_names(text: str, name: str, alias: str) -> None:
    found = issues_in(text, {"Arvenia": "ARV", "Belmora": "BEL"})
    assert alias.casefold() in {each.casefold() for each in found.issue(name).aliases}


def test_what_a_report_opens_with_and_names_again_is_an_issue_where_no_other_is() -> None:
    found = issues_in(
        "Balloon over Arvenia\n\nArvenia said on Monday that the balloon was spying. Belmora said it was blown there."
    )
    assert [name.casefold() for name in found.names] == ["balloon"]
    assert issues_in("Traders return\n\nArvenia said on Monday that the traders had left.").names == []
