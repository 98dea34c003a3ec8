"""Headlines and their signatures, lines that end early, datelines, and words that an outlet carried."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def told(found: Reading, text: str) -> list[tuple[str, str]]:
    names = {a.id: a.name for a in found.actors}
    return [(names.get(s.speaker or "", ""), " ".join(text[a:b] for a, b in s.content)) for s in found.statements]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AU Urges Gabon: Publish Vote Count", ("African Union", "Publish Vote Count")),
        ("Peru will open the pass if Chile pays -Boric", ("Gabriel Boric", "Peru will open the pass if Chile pays")),
        ("Ghana and Togo agree on fees: Mahama", ("John Mahama", "Ghana and Togo agree on fees")),
        ("Kenya’s Ruto calls for a pact with Somalia", ("William Ruto", "a pact with Somalia")),
        ("Lima – Peru said it would wait.", ("Peru", "it would wait")),
        (
            (
                "Sato sets terms for the ferry\nFinnish Foreign Minister Aino Sato said on "
                "Wednesday that Helsinki would reopen the line."
            ),
            ("Aino Sato", "Helsinki would reopen the line"),
        ),
        (
            (
                "Chadian President Ali Deby at the talks in Doha\nLibyan Foreign Minister Omar "
                "Zwai said on Monday that Tripoli would pay nothing."
            ),
            ("Omar Zwai", "Tripoli would pay nothing"),
        ),
    ],
)
def test_who_speaks_in_a_headline_or_below_one(reader: Read, text: str, expected: tuple[str, str]) -> None:
    found = [(who, content.removeprefix("that ")) for who, content in told(reader(text, published="2024-05-06"), text)]
    name, words = expected
    assert any(name.split()[-1] in who and content == words for who, content in found), found


def test_a_hand_wrapped_sentence_is_not_cut_where_the_line_was_full(reader: Read) -> None:
    text = (
        "The foreign minister of Finland, Aino Sato, said that\nHelsinki would reopen "
        "the line in the spring, and that the\nfee would stay."
    )
    assert len(reader(text).statements) == 1


@pytest.mark.parametrize(
    ("text", "speaker", "relayer", "absent"),
    [
        (
            "Chile must pay, Peruvian minister Ana Paz was quoted by Peruvian media as saying.",
            "Ana Paz",
            "Peruvian media",
            "quoted",
        ),
        (
            "The envoy, Ana Paz, stressed in a talk, as reported by Reuters, that the plan is dead.",
            "Ana Paz",
            "Reuters",
            "as reported",
        ),
        (
            "According to Reuters, citing an unnamed diplomat, Lima will not sign.",
            "unnamed diplomat",
            "Reuters",
            "citing",
        ),
    ],
)
def test_who_carried_words_is_in_the_chain_and_not_in_the_content(
    reader: Read, text: str, speaker: str, relayer: str, absent: str
) -> None:
    found = reader(text)
    names = {a.id: a.name for a in found.actors}
    assert any(
        names.get(s.speaker or "") == speaker
        and relayer in {names[relay.actor] for relay in s.chain}
        and absent not in "".join(text[a:b] for a, b in s.content)
        for s in found.statements
    )


def test_a_news_agency_named_before_its_noun_is_the_outlet(reader: Read) -> None:
    text = "Bulgaria's state BTA news agency reported that the port had shut."
    assert told(reader(text), text)[0][0] == "BTA"


@pytest.mark.parametrize(
    ("text", "speaker", "relayers", "content"),
    [
        # the participle between the verb and what is said
        (
            "Al-Ahram said, quoting an unnamed security source, that the crossing would open on Sunday.",
            "unnamed security source",
            ["Al-Ahram"],
            "that the crossing would open on Sunday",
        ),
        # and behind it
        (
            "The daily La Nacion reported that President Milei would travel to London, citing an aide.",
            "aide",
            ["La Nacion"],
            "that President Milei would travel to London",
        ),
        # a medium that quotes, cited by another
        (
            "TASS cited Izvestia, which quoted Foreign Minister Sergei Ryabkov as saying that the treaty was dead.",
            "Sergei Ryabkov",
            ["Izvestia", "TASS"],
            "that the treaty was dead",
        ),
        (
            "Spokeswoman Olga Petrova was reported by TASS to have called the talks a farce.",
            "Olga Petrova",
            ["TASS"],
            "the talks a farce",
        ),
        ("Local media quoted Omar Diallo as saying that Bamako would pay.", "Omar Diallo", ["Local media"], None),
        # an official who quotes another side
        (
            '"They have accepted everything," an Omani official quoted the Iranian delegation as telling him.',
            "Iran",
            ["Omani official"],
            '"They have accepted everything,"',
        ),
        (
            "In remarks carried by state television, President Amri called the ruling a coup.",
            "Amri",
            ["state television"],
            "the ruling a coup",
        ),
    ],
)
def test_words_reach_the_report_through_others(
    reader: Read, text: str, speaker: str, relayers: list[str], content: str | None
) -> None:
    found = reader(text)
    names = {a.id: a.name for a in found.actors}
    rows = [
        (
            names.get(s.speaker or ""),
            [names[relay.actor] for relay in s.chain],
            " ".join(text[a:b] for a, b in s.content),
        )
        for s in found.statements
    ]
    assert any(row[:2] == (speaker, relayers) and content in (None, row[2]) for row in rows), rows


def test_who_lets_another_know_says_so_himself(reader: Read) -> None:
    text = "Iran let Washington know that it would answer any attack."
    assert told(reader(text), text) == [("Iran", "that it would answer any attack")]


def test_the_place_of_writing_before_a_colon_says_nothing(reader: Read) -> None:
    text = (
        "NEW DELHI: India has conveyed to Nepal that the road would stay shut, officials told this newspaper, a day "
        "after the talks at Raxaul."
    )
    found = reader(text)
    assert all(not s.source or text[slice(*s.source[0])] != "NEW DELHI" for s in found.statements)
