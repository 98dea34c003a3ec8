"""What tells of a deed is no statement; what the parse cut of a content is taken in."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    "text",
    [
        "Prices have fallen, while Sudan has repeatedly attacked river ports and fuel depots.",
        "A summit was held in Lima on Friday. Peru saw a record number of whales, allowing boats to sell tours.",
        "Ghana has been trying to calm the dispute between Togo and Benin.",
        "Spokeswoman Ines Prado addresses a weekly press conference in Quito on May 3, 2021. — AFP",
        "The term “blue line” refers to a tacit division of the fishing grounds.",
    ],
)
def test_deeds_are_no_statements(reader: Read, text: str) -> None:
    assert reader(text).statements == ()


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Lusaka attacked the plan for a new dam.", "the plan for a new dam"),
        ("Peru sees a risk of war on the river.", "a risk of war on the river"),
    ],
)
def test_words_are_statements(reader: Read, text: str, content: str) -> None:
    assert [text[slice(*s.content[0])] for s in reader(text).statements] == [content]


@pytest.mark.parametrize(
    ("text", "speaker", "act", "words"),
    [
        (
            "Zambian minister Grace Mwale called for Malawi to share its data.",
            "Mwale",
            "demand",
            "Malawi to share its data",
        ),
        ("Chile has accused Peru of moving the marker, a charge Lima denies.", "Peru", "deny", "a charge"),
        (
            "The road runs by the Baro ford, which Ethiopia claims is part of its land.",
            "Ethiopia",
            "assert",
            "is part of its land",
        ),
        ("Ghana's Mensah rejects the tariff, demands a refund", "Mensah", "demand", "a refund"),
        (
            "Quito says power sold by the plant, which opened in May, will end the cuts.",
            "Ecuador",
            "assert",
            "power sold by the plant, which opened in May, will end the cuts",
        ),
        (
            "A Malian spokesman told Reuters officials took note of the map.",
            "Malian spokesman",
            "assert",
            "officials took note of the map",
        ),
        (
            "The Latvian Government require local firms to re-register their boats.",
            "Latvia",
            "demand",
            "local firms to re-register their boats",
        ),
        (
            "Oslo's trade ministry called it “a triumph of patience” and left.",
            "ministry",
            "praise",
            "it “a triumph of patience”",
        ),
    ],
)
def test_forms_that_the_parse_does_not_give(reader: Read, text: str, speaker: str, act: str, words: str) -> None:
    found = reader(text)
    names = {a.id: a.name for a in found.actors}
    told = [
        (names.get(s.speaker or "", ""), s.act.value, " ".join(text[a:b] for a, b in s.content))
        for s in found.statements
    ]
    assert any(speaker in who and what == act and content == words for who, what, content in told), told
