"""A minister without a country is of the state that speaks or of the dateline's, never of the one dealt with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def country(reading: Reading, name: str) -> str | None:
    """Return the country of the actor of this name."""
    return next(a.country for a in reading.actors if a.name == name)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        (
            "LIMA — A Chilean ship came on Sunday. Defence Minister Ana Vidal said Santiago must pay.",
            "Ana Vidal",
            "PER",
        ),
        ("Should Chile give way, Peru would sign it, Defence Minister Ana Vidal told them.", "Ana Vidal", "PER"),
        ("Chile must leave; otherwise Peru will sue, Defence Minister Ana Vidal said.", "Ana Vidal", "PER"),
        ("Peru's consent to the treaty depends on Chile, Defence Minister Ana Vidal said.", "Ana Vidal", "PER"),
        ("Chile has moved ships. In Lima, Defence Minister Ana Vidal said so.", "Ana Vidal", "PER"),
        # a general may be anybody's
        ("Peru could accept the fleet, General Ana Vidal said.", "Ana Vidal", None),
        ("Peru could accept the fleet, Ambassador Ana Vidal said.", "Ana Vidal", "PER"),
        ("Peru has not given up on it, Envoy Ana Vidal told a crowd.", "Ana Vidal", "PER"),
        ("Peru will buy it even if Chile bids more, its energy minister said.", "energy minister", "PER"),
        ("Peru firmly supports it, ministry spokeswoman Ana Vidal told a briefing.", "Ana Vidal", "PER"),
        ("It will stay, an aide to Peru's president said.", "aide", "PER"),
        ("LIMA, May 3 (EFE) - Chile has moved ships. Defence Minister Ana Vidal said so.", "Ana Vidal", "PER"),
        ("LIMA, May 3 (EFE) - Chile said no. Defence Minister Ana Vidal said so.", "Ana Vidal", "CHL"),
        ("Foreign Minister Ana Vidal, speaking in Lima, said the patrols would go on.", "Ana Vidal", "PER"),
        (
            "The Foreign Ministry in Lima said no. Spokesperson Ana Vidal said the patrols would go on.",
            "Ana Vidal",
            "PER",
        ),
        ("Speaking to Peruvian state TV, President Ana Vidal said Santiago must pay.", "Ana Vidal", "PER"),
        ("LIMA, May 3 (EFE) - Talks with Chile failed. Prime Minister Ana Vidal said so.", "Ana Vidal", "PER"),
        (
            "Talks with Chile failed on Monday. Defence Minister Ana Vidal said the patrols would go on.",
            "Ana Vidal",
            None,
        ),
        ("Chile demanded that Peru open the port. Prime Minister Ana Vidal said it must.", "Ana Vidal", "CHL"),
        # by whom the plan is backed has no part in it
        (
            "Chile ruled out a plan, backed by Peru, for the port. Foreign Minister Ana Vidal said so.",
            "Ana Vidal",
            "CHL",
        ),
    ],
)
def test_the_state_is_that_of_who_speaks_or_of_the_dateline(
    reader: Read, text: str, name: str, code: str | None
) -> None:
    assert country(reader(text), name) == code


@pytest.mark.parametrize(
    ("outlet", "text", "code"),
    [
        ("La Tercera", "Peru sent a note to Chile. Defence Minister Ana Vidal rejected it.", "CHL"),
        ("La Nacion", "Chile sent a note to Argentina. Defence Minister Ana Vidal rejected it.", "ARG"),
        ("El Pais (Montevideo)", "Brazil sent Uruguay a note. The defence minister, Ana Vidal, rejected it.", "URY"),
        ("La Nacion", "LIMA. The Peruvian hosts were angry. Defence Minister Ana Vidal left Argentina out.", "PER"),
        (
            "La Tercera",
            "LIMA. Peru's fleet, told to leave Chile alone, sailed. Undersecretary Ana Vidal saw it.",
            "CHL",
        ),
        ("Reuters", "LIMA, May 3 (Reuters) - London's ships left Peru. Undersecretary Ana Vidal saw them.", "PER"),
        ("The Times of London", "LIMA — Britain left Peru. The negotiator, Ana Vidal, saw it.", "PER"),
        ("Sol", "LONDON — Peru wasn't buying. Energy Minister Ana Vidal said there would be no fund.", "PER"),
        ("Sol", "In Lima, Foreign Minister Ana Vidal summoned Chile's ambassador to Peru.", "PER"),
        ("The Sun", "It is late. The negotiator, Ana Vidal, saw it.", None),
    ],
)
def test_a_paper_of_one_country_means_its_own_and_an_agency_that_of_its_dateline(
    reader: Read, outlet: str, text: str, code: str | None
) -> None:
    assert country(reader(text, outlet=outlet), "Ana Vidal") == code


def test_the_president_of_a_committee_is_nobody_s_head_of_state(reader: Read) -> None:
    reading = reader(
        "DAKAR. Senegal is calm. The president of the local committee, Ana Vidal, thanked them.", published="2023-03-09"
    )

    assert country(reading, "Ana Vidal") is None
    assert not [a for a in reading.actors if a.name == "Macky Sall"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Deputy Minister of Energy Alisher Tursunov said on Monday that Peru was late.", "Deputy Minister of Energy"),
        ("“We are late,” said Minister of Economy Denis Hruška.", "Minister of Economy"),
        ("The Peruvian delegate, Energy Minister Ana Vidal, said that it was late.", "Energy Minister"),
        ("The Minister of Trade of Peru, Hon. Ana Vidal, has told them that it was late.", "Minister of Trade"),
        ("It is a blow to Kyrgyzstan. Kyrgyz Energy Minister Ana Vidal said it was late.", "Energy Minister"),
        ("He met H.E. Ana Vidal Soto, Minister for Trade of the Republic of Peru.", "Minister for Trade"),
    ],
)
def test_a_minister_s_name_ends_his_portfolio(reader: Read, text: str, role: str) -> None:
    reading = reader(text)

    (person,) = [a for a in reading.actors if a.kind == "person"]
    assert person.role == role
    assert person.name.split()[0] in ("Alisher", "Ana", "Denis")
    assert person.country in ("PER", "KGZ", None)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        # the place that somebody travels to is not his own
        (
            "LA PAZ — Chile said no. Foreign Minister Ana Vidal, who will travel to Santiago, proposed a stamp.",
            "Ana Vidal",
            "BOL",
        ),
        ("SEOUL — Japan's envoy left. Unification Minister Kim Dae, back from Tokyo, said so.", "Kim Dae", "KOR"),
        # the dateline below a headline
        (
            "Queue at the border grows\n\nLIMA — Chile has moved ships. Defence Minister Ana Vidal said so.",
            "Ana Vidal",
            "PER",
        ),
        # what the dateline's state will do is told by its own
        ("LIMA — Chile's envoy spoke. Defence Minister Ana Vidal said Peru would wait.", "Ana Vidal", "PER"),
        # the place that opens the paragraph, where the report names its state
        (
            (
                "In Copenhagen the remarks of the US delegation caused anger. Foreign Minister Ane Bonde said the "
                "Danish people would not forget."
            ),
            "Ane Bonde",
            "DNK",
        ),
        # where others meet is nobody's home
        (
            "In Geneva, the talks with Iran failed. Iran said no. Foreign Minister Ali Vaziri said so.",
            "Ali Vaziri",
            "IRN",
        ),
    ],
)
def test_where_a_minister_is_does_not_make_him_its_own(reader: Read, text: str, name: str, code: str) -> None:
    assert country(reader(text), name) == code


BRIEFING = (
    "QUESTION: Will you sign?\n\nMS. LUND: We will sign in May.\n\nQUESTION: And Norway?\n\nMS. LUND: Ask them.\n"
)


def test_who_answers_in_a_briefing_is_of_the_state_whose_body_publishes_it(reader: Read) -> None:
    published = "Ministry of Foreign Affairs of the People's Republic of China"
    assert country(reader(BRIEFING, title="Regular press conference", outlet=published), "LUND") == "CHN"
    assert country(reader(BRIEFING, title="Regular press conference", outlet="Harbour Times"), "LUND") is None


def test_what_several_hold_together_tells_nobodys_state(reader: Read) -> None:
    together = reader(BRIEFING, title="Joint press conference", outlet="Ministry of Trade of Malta")
    assert country(together, "LUND") is None


def test_in_what_a_ministry_publishes_the_minister_is_its_states(reader: Read) -> None:
    text = "Chile turned the plan down. The harbours stay open. Trade Minister Ana Vidal said so in May."
    assert country(reader(text, outlet="Ministry of Trade of Peru"), "Ana Vidal") == "PER"


def test_the_state_that_heads_a_paragraph_has_the_ministry_in_it(reader: Read) -> None:
    text = "CHILE. It told the bank nothing.\n\nPERU. No word by Friday. The foreign ministry said that it would wait."
    assert [a.country for a in reader(text).actors if a.name == "foreign ministry"] == ["PER"]


def test_no_state_of_the_next_paragraph_has_the_ministry_of_this_one(reader: Read) -> None:
    text = "The interior ministry said that he was well.\n\nBrazil condemned the raid."
    assert [a.country for a in reader(text).actors if a.name == "interior ministry"] == [None]


def test_in_its_own_release_the_ministry_is_the_one_that_issues_it(reader: Read) -> None:
    text = "Chile's ministry of energy said no. The Ministry stresses that it never asked."
    reading = reader(text, outlet="Ministry of Trade of Peru")
    (stressed,) = [s for s in reading.statements if text[slice(*s.cue[0])] == "stresses"]
    speaker = next(a for a in reading.actors if a.id == stressed.speaker)
    assert (speaker.name, speaker.country) == ("Ministry of Trade of Peru", "PER")
