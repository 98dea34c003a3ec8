"""What two statements are to each other: by who speaks, when, about what, and what cannot both stand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.analysis.clashes import Clash
from communique.analysis.evidence import Evidence, HeldCondition, Topic
from communique.analysis.likeness import side
from communique.analysis.pair_relations import Compared, Relation, compare
from communique.model import ConditionKind, Span

RUSSIA = {"speaker": "rus", "speaker_name": "Russia", "party": "rus", "party_name": "Russia"}
JAPAN = {"speaker": "jpn", "speaker_name": "Japan", "party": "jpn", "party_name": "Japan"}


def said(content: str, day: str = "2024-06-05", *, only_if: str = "", **fields: Any) -> Evidence:
    """A statement of Russia's; ``only_if`` are the words of its content that are a condition."""
    held = (HeldCondition("c", ConditionKind.NECESSARY, only_if, "", "rus", "jpn", 0.9),) if only_if else ()
    given = {
        "id": 1,
        "key": f"s-{content}-{day}",
        "report": f"r-{content}-{day}",
        "title": None,
        "outlet": "Volga State News",
        "url": None,
        "published_at": day,
        "day": day,
        "rank": 4,
        "act": "assert",
        "stance": None,
        "content": content,
        "at": (Span(0, len(content)),),
        "confidence": 1.0,
        "voice": 1,
        "voices": 1,
        "conditions": held,
        **RUSSIA,
        **fields,
    }
    return Evidence(**given)


def judged(one: Evidence, other: Evidence) -> Compared:
    return compare(side(one), side(other))


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        ("it had closed the strait to tankers", "it had not closed the strait to tankers", Clash.DENIAL),
        ("it would lift the ban on grain", "it would keep the ban on grain", Clash.OPPOSITE),
        ("the sale of the islands was legal", "the sale of the islands was illegal", Clash.OPPOSITE),
        ("12 soldiers would stay at the base", "200 soldiers would stay at the base", Clash.NUMBER),
        ("it rejects a pause in the fighting", "it accepts a pause in the fighting", Clash.DENIAL),
        ("it ruled out a referendum on the island", "it was ready for a referendum on the island", Clash.DENIAL),
        ("it would no longer deliver the missiles", "it would deliver the missiles", Clash.DENIAL),
        ("the road to Lachin was open", "the road to Lachin was closed", Clash.OPPOSITE),
        ("emissions would end by 2070", "emissions would end by 2065", Clash.NUMBER),
        ("NATO's door was open to Kosovo", "NATO's door was closed to Kosovo", Clash.DENIAL),
        ("it would withdraw the law on agents", "it would bring back the law on agents", Clash.OPPOSITE),
        ("it would hold elections within five years", "it would hold elections within two years", Clash.NUMBER),
        ("it would block the money for Kyiv", "it would not block the money for Ukraine", Clash.DENIAL),
        ("the U.S. offer of jets had come", "the American offer of jets had not come", Clash.DENIAL),
        ("its troops had been moved to the border", "its troops had not been moved to the border", Clash.DENIAL),
        ("it would let the firm build the port", "it would ban the firm from building the port", Clash.OPPOSITE),
        ("Russia would build the dam", "Norway would build the dam instead of Russia", Clash.OPPOSITE),
        ("it would sell gas to Türkiye", "it would not sell gas to the Turks", Clash.DENIAL),
        ("it would not ratify the treaty", "the treaty's ratification would come in May", Clash.DENIAL),
        ("it would leave Cyprus within a year", "it would leave Cyprus within three years", Clash.NUMBER),
        ("it would join the oil embargo only after two years", "it would join the oil embargo at once", Clash.NUMBER),
        ("it recalled its envoy from Rabat", "its envoy in Rabat remains there", Clash.OPPOSITE),
        ("the bay belonged to Kenya", "the bay is part of Somalia", Clash.HOLDER),
        ("the road would stay under Armenian control", "the road would be under Dutch control", Clash.HOLDER),
    ],
)
def test_what_cannot_both_stand_is_a_contradiction(one: str, other: str, clash: Clash) -> None:
    found = judged(said(one), said(other, "2024-06-09"))
    assert (found.relation, found.clash) == (Relation.CONTRADICTION, clash)


def test_what_is_against_what_is_told_in_the_words_of_both() -> None:
    found = judged(said("it would scrap the law on agents"), said("it brought back the law on agents", "2024-06-09"))
    assert "“scrap” against “brought back”" in found.explanation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("it would never abandon the base on the island", "it would not give up the base on the island"),
        ("its policy on the islands has not changed", "its policy on the islands remains unchanged"),
        ("12 soldiers would stay at the base", "twelve soldiers would stay at the base"),
        ("it would keep the ban on grain", "it would not lift the ban on grain"),
        ("it was open to talks with Seoul", "it was willing to hold talks with South Korea"),
        ("it calls for the suspension of the grain deal", "it asks that the grain deal be suspended"),
        ("it opposes the accession of Serbia to the bloc", "it is still against Serbia entering the bloc"),
        ("the camp would hold at most 300 people", "the camp would hold no more than 300 people"),
        ("it stays out of the war in Sudan", "it would not join the war in Sudan"),
    ],
)
def test_the_same_in_other_words_is_none(one: str, other: str) -> None:
    assert judged(said(one), said(other, "2024-06-09")).relation is Relation.REWORDING


def test_a_condition_and_no_preconditions_cannot_both_stand() -> None:
    bound = said("talks could resume only if Tokyo left Ukraine alone", only_if="Tokyo left Ukraine alone")
    free = said("it sets no preconditions for the talks", "2024-06-20")
    found = judged(bound, free)
    assert (found.relation, found.clash) == (Relation.CONTRADICTION, Clash.CONDITION)
    assert "Tokyo left Ukraine alone" in found.explanation


@pytest.mark.parametrize(
    "anyway",
    [
        "even without a deal on the dam",
        "whether or not there was a deal on the dam",
        "for the dam whatever became of the deal",
        "for the dam whether a deal on it came or not",
    ],
)
def test_a_condition_and_no_need_of_it_cannot_both_stand(anyway: str) -> None:
    bound = said("it would give loans for the dam only if a deal came", only_if="a deal came")
    found = judged(bound, said(f"it would give loans {anyway}", "2024-06-20"))
    assert (found.relation, found.clash) == (Relation.CONTRADICTION, Clash.CONDITION)


def test_a_position_that_has_not_moved_is_unchanged() -> None:
    one = said("it would never abandon the base on the island")
    other = said("its position on the base on the island has not moved", "2024-09-01")
    assert judged(one, other).relation is Relation.REWORDING


@pytest.mark.parametrize(
    ("wish", "act"),
    [
        ("it wanted a truce in Gaza", "assert"),
        ("a truce in Gaza", "demand"),
        ("it was open to a truce in Gaza", "assert"),
    ],
)
def test_to_want_what_one_ties_to_a_condition_is_no_contradiction(wish: str, act: str) -> None:
    bound = said("it would agree to a truce in Gaza only if the troops left", only_if="the troops left")
    assert judged(bound, said(wish, act=act)).relation is not Relation.CONTRADICTION
    assert judged(bound, said("it will agree to a truce in Gaza")).clash is Clash.CONDITION


def test_a_policy_called_unchanged_does_not_drop_its_condition() -> None:
    bound = said("it will lift its oil sanctions only if enrichment stops", only_if="enrichment stops")
    other = said("its policy on the oil sanctions was unchanged", "2024-06-14")
    assert judged(bound, other).clash is None


def test_talks_with_one_are_not_talks_with_another() -> None:
    bound = said("talks could resume only if Tokyo left the islands alone", only_if="Tokyo left the islands alone")
    free = said("it was ready for talks with Ukraine without preconditions", "2024-06-20")
    assert judged(bound, free).relation is Relation.UNRELATED
    assert judged(bound, said("it was ready for talks without preconditions", "2024-06-20")).clash is Clash.CONDITION


def test_that_something_will_not_come_of_a_matter_does_not_deny_the_matter() -> None:
    claim = said("the Essequibo is ours and always has been", "2024-06-08")
    assert judged(said("There will be no war over the Essequibo"), claim).relation is Relation.UNRELATED
    war = said("war over the Essequibo is near", "2024-06-08")
    assert judged(said("There will be no war over the Essequibo"), war).relation is Relation.CONTRADICTION


def test_without_a_date_it_may_be_a_change_and_is_less_sure() -> None:
    words = "it had closed the strait to tankers", "it had not closed the strait to tankers"
    dated = judged(said(words[0]), said(words[1], "2024-06-09"))
    undated = judged(said(words[0], ""), said(words[1], "2024-06-09"))
    assert undated.relation is Relation.CONTRADICTION
    assert undated.confidence < dated.confidence
    assert "no date to tell a change by" in undated.explanation


def test_that_there_are_talks_is_no_matter_in_common() -> None:
    talks = (Topic("talks", "talks", None),)
    bound = said("to return to the talks if the mood improved", only_if="the mood improved", topics=talks)
    free = said("Moscow was going to hold negotiations with Ukraine without preconditions", "2024-06-20", topics=talks)
    assert judged(bound, free).relation is Relation.UNRELATED
    treaty = (Topic("treaty", "peace treaty", None),)
    one = said("to return if the mood improved", only_if="the mood improved", topics=treaty)
    other = said("Moscow sets no preconditions", "2024-06-20", topics=treaty)
    assert judged(one, other).clash is Clash.CONDITION


def test_to_call_a_measure_right_is_not_to_promise_it() -> None:
    bound = said("it will lift the limits on rare earths only if Tokyo pays", only_if="Tokyo pays")
    assert judged(bound, said('its limits on rare earths as "legitimate"', "2024-09-20")).clash is None
    assert judged(bound, said("it will lift the limits on rare earths", "2024-09-20")).clash is Clash.CONDITION


def test_two_conditions_for_one_thing_may_both_hold() -> None:
    one = said("it would sign the treaty only if the troops left", only_if="the troops left")
    other = said("it would sign the treaty only if the border was drawn", "2024-06-09", only_if="the border was drawn")
    assert judged(one, other).relation is not Relation.CONTRADICTION


@pytest.mark.parametrize(
    ("one", "met", "other", "also_met"),
    [
        ("it would not hold talks until {}", "the war stopped", "it would hold talks only when {}", "the war stopped"),
        (
            "it would hold no talks with Seoul as long as {}",
            "the drills continue",
            "it would not hold talks with Seoul until {}",
            "the drills stop",
        ),
        (
            "it would not sell gas as long as {}",
            "the sanctions stay",
            "it would sell gas only when {}",
            "they lift sanctions",
        ),
    ],
)
def test_a_condition_may_be_told_from_either_side(one: str, met: str, other: str, also_met: str) -> None:
    found = judged(said(one.format(met), only_if=met), said(other.format(also_met), "2024-09-01", only_if=also_met))
    assert found.relation is Relation.REWORDING


def test_the_same_of_another_state_is_another_matter() -> None:
    one, other = "it would approve the accession of Finland", "it would not approve the accession of Sweden"
    assert judged(said(one), said(other, "2024-06-09")).relation is Relation.UNRELATED
    assert judged(said(one), said(one.replace("Finland", "Sweden"), "2024-09-01")).relation is Relation.UNRELATED


def test_what_the_parties_call_each_other_sets_nothing_apart() -> None:
    claim = said("Russian boats had entered its waters near Nemuro", **JAPAN)
    denial = said("its boats had not entered Japanese waters near Nemuro", "2024-06-06")
    assert judged(claim, denial).relation is Relation.DISAGREEMENT


def test_a_month_later_the_opposite_is_a_change() -> None:
    one, other = "it would lift the ban on grain", "it would keep the ban on grain"
    assert judged(said(one), said(other, "2024-07-05")).relation is Relation.CONTRADICTION
    assert judged(said(one), said(other, "2024-07-06")).relation is Relation.CHANGE


def test_words_of_one_day_in_two_reports_are_one_saying_told_twice() -> None:
    one = said("talks had been broken off with Japan", outlet="Atlantic Wire")
    found = judged(one, said("talks had not been broken off with Japan", outlet="Nihon Wire"))
    assert found.telling
    assert "Atlantic Wire and Nihon Wire" in found.explanation


def test_in_one_report_a_speaker_contradicts_himself() -> None:
    one = said("it had closed the strait to tankers", report="r")
    found = judged(one, said("it had not closed the strait to tankers", report="r"))
    assert (found.relation, found.telling) == (Relation.CONTRADICTION, False)
    assert "in one report" in found.explanation


def test_a_claim_and_its_denial_by_another_party_is_a_disagreement() -> None:
    claim = said("Russian boats had entered the bay of Nemuro", **JAPAN)
    denial = said("its boats had entered the bay of Nemuro", "2024-06-06", act="deny")
    assert judged(claim, denial).relation is Relation.DISAGREEMENT


def test_what_one_is_ready_to_do_is_nothing_that_another_denies() -> None:
    one = said("to sign a binding agreement on the dam", act="offer", **JAPAN)
    other = said("it could not sign an agreement on the dam", "2024-06-09")
    assert judged(one, other).relation is Relation.UNRELATED


def test_each_says_it_of_the_other() -> None:
    one = said("Russian boats fired first off Nemuro in the night", **JAPAN)
    other = said("Japanese boats fired first off Nemuro", "2024-06-06")
    assert judged(one, other).relation is Relation.DISAGREEMENT
    wants = said("Japanese boats should fire first off Nemuro", "2024-06-06")
    assert judged(one, wants).relation is Relation.UNRELATED


def test_each_blames_the_other_by_what_the_other_is_called() -> None:
    army = {"speaker": "sdn/army", "speaker_name": "Sudan's army", "party": "sdn", "party_name": "Sudan"}
    forces = {"speaker": "org:rsf", "party": "org:rsf"}
    forces |= {"speaker_name": "Rapid Support Forces", "party_name": "Rapid Support Forces"}
    one = said("the paramilitary forces had broken the truce in Khartoum", **army)
    assert judged(one, said("that the army had broken the truce in Khartoum", **forces)).relation is (
        Relation.DISAGREEMENT
    )
    assert judged(one, said("that bandits had broken the truce in Khartoum", **forces)).relation is Relation.UNRELATED


def test_two_who_each_hold_a_place_disagree() -> None:
    one, other = said("the island of Dokdo belongs to Russia"), said("Dokdo belongs to Japan", "2024-06-06", **JAPAN)
    assert (judged(one, other).relation, judged(one, other).clash) == (Relation.DISAGREEMENT, Clash.HOLDER)
    assert judged(one, said("Sazan belongs to Japan", "2024-06-06", **JAPAN)).relation is Relation.UNRELATED


def test_what_is_stopped_has_changed() -> None:
    planned, stopped = "it would drill for gas off Cyprus", "drilling for gas off Cyprus is suspended"
    found = judged(said(planned), said(stopped, "2024-09-01"))
    assert (found.relation, found.explanation.endswith("“suspended”")) == (Relation.CHANGE, True)
    assert judged(said(planned), said(stopped, "2024-06-07")).relation is not Relation.CONTRADICTION
    asked = said("drilling for gas off Cyprus must be suspended", "2024-09-01")
    assert judged(said(planned), asked).relation is not Relation.CHANGE


def test_what_another_party_says_that_one_said_convicts_nobody() -> None:
    own = said("it had accepted the plan for a truce in Gaza")
    claimed = said("the plan for a truce in Gaza", "2024-06-06", act="refuse")
    assert compare(side(own), side(claimed)).relation is Relation.CONTRADICTION
    assert compare(side(own), side(claimed, hearsay=True)).relation is Relation.UNRELATED
    later = said("the plan for a truce in Gaza", "2024-09-06", act="refuse")
    told = compare(side(own), side(later, hearsay=True))
    assert (told.relation, told.confidence < compare(side(own), side(later)).confidence) == (Relation.CHANGE, True)


def test_a_denial_of_a_denial_affirms() -> None:
    claim = said("it does not block the talks on the islands")
    reply = said("Russia's claim that it does not block the talks on the islands", act="deny", **JAPAN)
    assert judged(claim, reply).relation is Relation.DISAGREEMENT


def test_what_two_parties_want_apart_in_time_is_no_dispute() -> None:
    one = said("Russian boats had entered the bay of Nemuro", "2021-06-06", **JAPAN)
    assert judged(one, said("its boats had not entered the bay of Nemuro")).relation is Relation.UNRELATED


def test_to_name_the_same_issue_is_not_to_say_the_same_of_it() -> None:
    about = (Topic("southern-kurils", "southern Kuril Islands", None),)
    one = said("it would never give up the southern Kuril Islands", topics=about)
    other = said("there was no reason not to visit the southern Kuril Islands", "2024-09-01", topics=about)
    assert judged(one, other).relation is Relation.UNRELATED


def test_to_speak_of_somebody_s_words_changes_nothing() -> None:
    one = said("talks could resume only if Tokyo left Ukraine alone", only_if="Tokyo left Ukraine alone")
    other = said("dissatisfaction with remarks that talks had resumed with no preconditions", "2024-06-09")
    assert judged(one, other).relation is Relation.UNRELATED


def test_an_unknown_speaker_contradicts_nobody() -> None:
    nobody: dict[str, Any] = {"speaker": None, "party": None}
    one, other = said("the strait was closed to tankers", **nobody), said("the strait was open to tankers", **nobody)
    assert judged(one, other).relation is not Relation.CONTRADICTION


_WORDS = st.sampled_from(
    [
        *("not", "no", "never", "the", "treaty", "talks", "islands", "resume", "end", "sign"),
        *("reject", "keep", "lift", "ban", "only if", "Tokyo", "12", "soldiers"),
    ]
)
_STATEMENTS = st.builds(
    said,
    st.lists(_WORDS, min_size=1, max_size=9).map(" ".join),
    st.sampled_from(["2024-06-05", "2024-06-06", "2024-08", "2023", ""]),
    act=st.sampled_from(["assert", "deny", "refuse", "offer"]),
)


@given(_STATEMENTS, _STATEMENTS)
def test_the_order_in_which_two_are_given_does_not_matter(one: Evidence, other: Evidence) -> None:
    assert judged(one, other) == judged(other, one)


@given(_STATEMENTS, _STATEMENTS)
def test_a_confidence_is_a_probability(one: Evidence, other: Evidence) -> None:
    assert 0 <= judged(one, other).confidence <= 1


@given(_STATEMENTS)
def test_nothing_contradicts_itself_said_again(one: Evidence) -> None:
    assert judged(one, one).relation in (Relation.REWORDING, Relation.UNRELATED)
