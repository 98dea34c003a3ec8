"""Conditions that hide a half: in a subject, in the sentence before, behind an aside, in an order, in a bare answer."""

from __future__ import annotations

import pytest

from conftest import Read


def halves(reader: Read, text: str) -> list[tuple[str, str, str]]:
    """Return (kind, antecedent, consequent) of each condition."""
    return [
        (
            str(c.kind),
            " ".join(text[a:b] for a, b in c.antecedent),
            " ".join(text[a:b] for a, b in c.consequent),
        )
        for c in reader(text).conditions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Any attempt to divert our share will be regarded as an act of war, the minister said.",
            ("sufficient", "attempt to divert our share", "will be regarded as an act of war"),
        ),
        (
            "Any boat that tried to fish there would be seized, Norway said.",
            ("sufficient", "boat that tried to fish there", "would be seized"),
        ),
        (
            "Whichever party walks away will face sanctions, the United States warned.",
            ("sufficient", "party walks away", "will face sanctions"),
        ),
        (
            "Where no settlement is found within six months, either Party may request the good offices of Norway.",
            (
                "sufficient",
                "no settlement is found within six months",
                "either Party may request the good offices of Norway",
            ),
        ),
        (
            "The talks could start in May. If so, Oslo would host them, the minister said.",
            ("sufficient", "The talks could start in May", "Oslo would host them"),
        ),
        (
            "The president said the ships would leave. If not, the navy would tow them, he added.",
            ("exception", "the ships would leave", "the navy would tow them"),
        ),
        (
            "The minister proposed mixed teams. In exchange, she said, Bolivia would hand back the vehicles.",
            ("both", "mixed teams", "Bolivia would hand back the vehicles"),
        ),
        (
            '"Let them withdraw from one hill and I will be the first to applaud," the deputy said.',
            ("sufficient", "Let them withdraw from one hill", "I will be the first to applaud"),
        ),
        (
            '"In principle, yes, on condition that the payments are transparent," the minister said.',
            ("necessary", "the payments are transparent", "In principle, yes"),
        ),
        (
            "Peru will lower the tariff in return for, its minister says, access to the port.",
            ("both", "access to the port", "Peru will lower the tariff"),
        ),
        (
            "If the flow falls below six cubic metres per second, the shares shall be set each week by the Commission.",
            (
                "sufficient",
                "the flow falls below six cubic metres per second",
                "the shares shall be set each week by the Commission",
            ),
        ),
        (
            "Hezbollah said it would not discuss its weapons while a single soldier remained on Lebanese soil.",
            ("sufficient", "a single soldier remained on Lebanese soil", "it would not discuss its weapons"),
        ),
        (
            "France is prepared to place observers on the hills, should both parties so wish.",
            ("sufficient", "both parties so wish", "place observers on the hills"),
        ),
    ],
)
def test_the_half_that_is_left_out_is_found(reader: Read, text: str, expected: tuple[str, str, str]) -> None:
    assert halves(reader, text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Any attempt to save the truce will fail, analysts said.",
        "Any minister will tell you that the road is long, the envoy said.",
        "Where the river bends, the two armies will meet, the general said.",
        "The envoy asked whether any attempt had been made to call him.",
        "The minister called it a farce and the president will answer, aides said.",
        "The talks ended in May. In that case, as in others, the judge was late.",
        "Speaking in Lima, and unless Chile relents, he said.",
    ],
)
def test_what_only_looks_like_one_is_no_condition(reader: Read, text: str) -> None:
    assert halves(reader, text) == []


def test_what_two_do_together_falls_to_neither(reader: Read) -> None:
    text = "Indonesia met Malaysia. Jakarta said that nothing would be sold until the boundary was settled."
    assert [c.must_act for c in reader(text).conditions] == [None]
