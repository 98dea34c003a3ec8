"""Which earlier statement a statement answers: by the noun that refers to it, by its owner, by its words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from communique.model import Reading

Read = Callable[..., Reading]


def answered(reading: Reading, cue: str) -> str | None:
    """Return the content of the statement that the statement with this cue answers."""
    text = reading.report.text
    contents = {s.id: " ... ".join(text[a:b] for a, b in s.content) for s in reading.statements}
    row = next(s for s in reversed(reading.statements) if any(cue in text[a:b] for a, b in s.cue))
    return contents.get(row.responds_to or "")


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        (
            "Oslo accused Hanoi of dumping. The envoy added that talks went on. Hanoi rejected the charge of dumping.",
            "rejected",
            "of dumping",
        ),
        (
            "Egypt said its share of the river was in danger. Bekele described the Egyptian complaints as unfounded.",
            "described",
            "its share of the river was in danger",
        ),
        (
            "Sergei Ryabkov said inspections were over. Asked about Ryabkov's remarks, Ned Price said talks may wait.",
            "said",
            "inspections were over",
        ),
        (
            "Moscow said it was halting its part in the deal. Antonio Guterres said he regretted Moscow's decision.",
            "said he|regretted",
            "it was halting its part in the deal",
        ),
        (
            "Kabul said recognition was overdue. It called it useful. The envoy replied that recognition may wait.",
            "replied",
            "recognition was overdue",
        ),
        (
            '"The promise was that no water would flow," said Masanobu Sakamoto. Tokyo insisted the promise was kept.',
            "insisted",
            '"The promise was that no water would flow,"',
        ),
    ],
)
def test_the_noun_its_owner_or_its_words_tell_what_is_answered(reader: Read, text: str, cue: str, content: str) -> None:
    assert answered(reader(text), cue.split("|")[-1]) == content


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Tokyo said the fund would pay. Beijing welcomed the step.", "welcomed"),
        ("Nairobi said the border was shut. The ministry stated Kenya's consistent stance on the border.", "stated"),
        ("The envoy said talks had failed. Baku insisted the corridor was open.", "insisted"),
    ],
)
def test_a_deed_or_an_own_stance_answers_nobody(reader: Read, text: str, cue: str) -> None:
    assert answered(reader(text), cue) is None


@pytest.mark.parametrize(
    ("text", "cue", "content"),
    [
        # the words meant end just before, however many sentences they have
        (
            'Vik Dahl said: "The bay is ours. It was ours before. It will stay so." Estonia rejected these remarks.',
            "rejected",
            '"The bay is ours. It was ours before. It will stay so."',
        ),
        # a verb with its particle
        ("Oslo asked Riga to open the port. Riga turned down the request.", "turned", "to open the port"),
        ("Sudan demanded that the gates be opened. The demand was rejected by Ethiopia.", "rejected", None),
        # what is called so does so
        ("Serbia offered to open the bridge. Kosovo said it saw no use in the offer.", "said", "to open the bridge"),
        ("Japan urged Seoul to honour it. Seoul said it took note of Tokyo's request.", "said", "to honour it"),
        ("Washington threatened tariffs. Mexico said it would not yield to threats.", "said", "tariffs"),
        # "such"
        ("Jakarta said it would defend every inch. Manila said there was no need for such talk.", "said there", None),
        # what is denied is what was said
        ("Baghdad said Ankara had shut the valve. Turkey denied that the valve was shut.", "denied", None),
        # what is asked for or offered is granted or refused
        ("Egypt wants guarantees. Ethiopia has refused to give any.", "refused", "guarantees"),
        (
            "India asked Pakistan to hand over two men. Islamabad said it would not do so.",
            "said",
            "to hand over two men",
        ),
        # what the report says of the speaker before his words
        (
            'Algeria said a drone had crossed. Mali says otherwise. "It fell here," Colonel Issa Keita said.',
            "said",
            "a drone had crossed",
        ),
        (
            "Riga said the bridge was unsafe. Estonia answered within hours. Prime Minister Ann Tamm said it was new.",
            "said it",
            "the bridge was unsafe",
        ),
        # a no at the head of the words
        ("Hanoi said the bay was empty. Not at all, Manila said, ten boats were there.", "said", "the bay was empty"),
        # what another state said before, in the same sentence
        ("Seoul defended its drills after Pyongyang threatened a strike.", "defended", "a strike"),
        # what is spoken of, behind the speaker
        (
            'Washington claimed that its ships pass free. "Lies," said Mulino of the American claim.',
            "said",
            "that its ships pass free",
        ),
        (
            "Rubio alleged that Beijing could shut the canal. Regarding the allegation, Lin said it was idle.",
            "said",
            None,
        ),
        # whom it answers
        (
            "Ann Berg said she would wait. Sofia said it would not. In reply to Berg, Ole Dahl said talks could start.",
            "said talks",
            "she would wait",
        ),
        # a deed named after the verb that told it
        (
            "Latvia said it would close its crossings. Minsk called the closure a scam.",
            "called",
            "it would close its crossings",
        ),
        # what denies in his own words what another has just said
        (
            "Azerbaijan said the Armenian law contains claims. Armenia said its law contains no claims.",
            "said its",
            "the Armenian law contains claims",
        ),
        # a question put to the speaker
        ("Asked whether Oslo would sign, Ms Dahl said that it would not.", "said", "whether Oslo would sign"),
    ],
)
def test_words_of_another_are_answered_in_many_ways(reader: Read, text: str, cue: str, content: str | None) -> None:
    found = answered(reader(text), cue.split()[0])
    assert found is not None, text
    assert content is None or found == content


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        # two organs of one state do not answer each other
        ("The Russian Foreign Ministry announced a plan. Moscow welcomed the plan.", "welcomed"),
        # one's own offer is defended, not answered
        ("Cairo said the pipeline was late. Ethiopia defended the offer.", "defended"),
        # a denial of something else
        ("Thailand said it wanted calm. Cambodia denied that its soldiers had moved rockets.", "denied"),
        # a refusal that nothing was asked for
        ("Egypt said the dam was full. Ethiopia has refused to give any figures.", "refused"),
        # what one learns of or says again
        ("Brazil made an offer to pay. Peru learned of the offer from a newspaper.", "learned"),
        ("Kenya said the sea was its own. Somalia reiterated its claim to the sea.", "reiterated"),
        # a demand for a thing
        ("The report said a sailor had died. Guinea demanded the complete report.", "demanded"),
        # the turn of speech is another's
        ("Oslo said cod was scarce. Moscow begs to differ with its own fleet. Ann Berg says she likes cod.", "says"),
        # an answer that has yet to come
        ("Riga made an offer. Estonia has yet to answer. Ann Tamm of Estonia said the summer was hot.", "said"),
        # a question answers nothing
        ("Brazil said the case was old. Asked about the claim, Peru asked whether Brazil was serious.", "asked"),
    ],
)
def test_what_only_comes_next_is_no_answer(reader: Read, text: str, cue: str) -> None:
    assert answered(reader(text), cue) is None
