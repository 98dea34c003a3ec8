"""For whom somebody speaks, by what is told of him beside a title, by the dossier's names, and by where it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Frame, Party, Reading, Report
from communique.reading.pipeline import outcomes

Read = Callable[..., Reading]


def principal(reading: Reading, name: str) -> str | None:
    """Return the principal of the actor of this name."""
    return next(a.principal for a in reading.actors if a.name == name)


@pytest.mark.parametrize(
    ("text", "name", "whom"),
    [
        (
            "The truce is over, said Brahim Sidati, who sits on the secretariat of the Polisario Front.",
            "Brahim Sidati",
            "org:polisario",
        ),
        (
            "Prices rose, Kamran Delshad of the National Iranian Gas Company said.",
            "Kamran Delshad",
            "org:national-iranian-gas-company",
        ),
        (
            "Kenya's finance ministry met them. “It pays,” Tsion Wolde, who heads its debt office, said.",
            "Tsion Wolde",
            "ken/finance-ministry",
        ),
        ("Peru is poor, said Ana Vidal, who criticised the Polisario Front.", "Ana Vidal", None),
        ("Peru is poor, said Ana Vidal, who does not speak for the Polisario Front.", "Ana Vidal", None),
        (
            "LIMA - Peru waits, said the director of public relations of the presidency, Ana Vidal.",
            "Ana Vidal",
            "per",
        ),
        ("“Nobody knows,” Rostampour, the deputy energy minister of Iran, told them.", "Rostampour", "irn"),
    ],
)
def test_what_is_told_of_somebody_tells_whom_he_serves(reader: Read, text: str, name: str, whom: str | None) -> None:
    assert principal(reader(text), name) == whom


def test_a_national_company_is_its_nations(reader: Read) -> None:
    reading = reader("The National Iranian Gas Company said that it had paid.")
    assert principal(reading, "National Iranian Gas Company") == "irn"


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("LAGOS - Talks go on, Foreign Minister Ana Vidal said. Nigeria waits.", "Ana Vidal", "NGA"),
        ("An Iranian trade attaché in the Iraqi capital said no.", "Iranian trade attaché", "IRN"),
    ],
)
def test_a_city_tells_the_state_of_a_minister(reader: Read, text: str, name: str, code: str) -> None:
    assert next(a.country for a in reader(text).actors if a.name == name) == code


def test_a_pronoun_says_whose_an_embassy_is_and_the_dateline_does_not(reader: Read) -> None:
    reading = reader("LAGOS - Nigeria asked. The Emirates keep the ban, as their embassy wrote.")
    assert {a.country for a in reading.actors if a.name.endswith("embassy")} <= {"ARE", None}


STAFF = Frame((Party("Colombia", "COL"), Party("Central General Staff", aliases=("EMC", "the committee"))), ())


@pytest.mark.parametrize(
    "text",
    [
        "A commander of the Central General Staff told villagers that they had been attacked.",
        "The EMC said that it had been attacked.",
        "The committee said that it had been attacked.",
    ],
)
def test_what_a_dossier_calls_a_party_means_it(text: str) -> None:
    (reading,) = outcomes([Report("r", text)], frame=STAFF)
    assert isinstance(reading, Reading)
    (statement,) = reading.statements
    known = {a.id: a for a in reading.actors}
    speaker = known[statement.speaker or ""]
    assert "org:central-general-staff" in {speaker.id, speaker.principal}
