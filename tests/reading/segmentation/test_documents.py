"""Primary documents are told by their form; an ordinary report, also one about such a text, is none."""

from __future__ import annotations

import pytest

from communique.model import Report
from communique.reading.annotations import DocumentKind
from communique.reading.segmentation.documents import find_document, is_official, issuer_of
from communique.reading.segmentation.resolutions import operative_verbs, spoken_copy


def document(text: str, **known: str) -> tuple[DocumentKind, tuple[str, ...]] | None:
    found = find_document(Report("r", text, **known))
    return None if found is None else (found.kind, found.issuers)


OWN = "We condemn the raid. The camps must close."


@pytest.mark.parametrize(
    ("text", "known", "kind", "issuer"),
    [
        (f"Statement by the Prime Minister of Malta on the raid\n\n{OWN}", {}, "statement", "Prime Minister of Malta"),
        (OWN, {"title": "Joint declaration of Chad and Gabon"}, "statement", "Chad and Gabon"),
        (OWN, {"title": "Quad Leaders' Statement on Ports"}, "statement", "Quad"),
        (OWN, {"title": "Remarks at the summit", "author": "President of Malta"}, "statement", "President of Malta"),
        (OWN, {"title": "Statement of the Ministry", "outlet": "Foreign Ministry of Malta"}, "statement", "Malta"),
        (
            f"We, the ministers of Chad and Gabon, met in Lima. {OWN}",
            {},
            "statement",
            "the ministers of Chad and Gabon",
        ),
        (f"The declaration of the Pacific leaders reads:\n{OWN}", {}, "statement", "Pacific leaders"),
        (f"Key points from Ida Holm's press conference:\n\n{OWN}", {}, "statement", "Ida Holm"),
        (OWN, {"speaker": "Ida Holm"}, "statement", "Ida Holm"),
        (f"Excellency,\n\n{OWN}\n\nYours faithfully,\nIda Holm\nMinister of Trade", {}, "letter", "Ida Holm, Minister"),
        ("Accord between Chad and Gabon\n\nThe Parties shall meet.", {}, "agreement", "Chad and Gabon"),
        ('Chad and Gabon (the "Parties") undertake to meet.', {}, "agreement", "Chad and Gabon"),
        ("The Assembly,\n\nNoting the report,\n\n1. Urges Chad to pay.", {}, "resolution", "The Assembly"),
        ("RT @Chad_MFA: Chad will not sign.", {}, "post", "Chad_MFA"),
        (f"🔴 Embassy of Chad in #Gabon: {OWN}", {}, "post", "Embassy of Chad in Gabon"),
        ("Met my colleague. Made clear: no deal.", {"outlet": "X", "author": "Ida Holm"}, "post", "Ida Holm"),
    ],
)
def test_a_form_says_whose_own_words_a_text_is(text: str, known: dict[str, str], kind: str, issuer: str) -> None:
    found = document(text, **known)
    assert found is not None
    assert found[0].value == kind
    assert issuer in found[1][0]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("The council demanded on Friday that both sides withdraw, and Chad agreed.", {}),
        ("Statement by minister angers Gabon\n\nA statement angered Gabon on Friday.", {}),
        (
            (
                "Statement by the Prime Minister of Malta\n\n"
                "Malta's prime minister said on Friday that the camps must close. She told reporters of more."
            ),
            {},
        ),
        ('The text reads:\n\n"The Assembly,\n\nNoting the report,\n\n1. Urges Chad to pay."\n\nChad said no.', {}),
        ("Holm: camps to close\n\nMALTA, May 3 - The camps will close, Ida Holm said.", {}),
        ("I saw the camps. We were told to leave, a guard said.", {"author": "Ann Reed", "outlet": "The Ledger"}),
        ('Chad and Gabon (both members of the "Group") met. Chad said it would pay.', {}),
        ("", {}),
    ],
)
def test_a_report_is_no_document(text: str, known: dict[str, str]) -> None:
    assert document(text, **known) is None


@pytest.mark.parametrize(
    ("heading", "issuer"),
    [
        ("Statement by the Minister for Trade of Malta on the raid", "Minister for Trade of Malta"),
        ("Press statement of the Embassy of Malta in Norway", "the Embassy of Malta"),
        ("Malta's statement on the raid", "Malta"),
        ("Opening remarks at the session", ""),
        ("Statement by minister angers Gabon", None),
        ("Malta rejects the statement of Gabon", None),
    ],
)
def test_a_heading_names_its_issuer_without_the_matter(heading: str, issuer: str | None) -> None:
    assert issuer_of(heading) == issuer


def test_an_official_is_told_by_whole_words() -> None:
    assert is_official("Embassy of Malta")
    assert is_official("High Representative")
    assert not is_official("Ann Reed")
    assert not is_official("Councillor's Weekly")


def test_an_operative_paragraph_is_read_as_a_sentence_of_the_same_length() -> None:
    text = "The Assembly,\n\nNoting the report,\n\n1. Also urges Chad to pay;\n\nCALLS ON Gabon to wait."
    copy = spoken_copy(text)
    assert len(copy) == len(text)
    assert "It also urges Chad to pay" in copy
    assert "calls on Gabon" in copy
    assert [text[a:b] for _, (a, b) in operative_verbs(text)] == ["Also urges", "CALLS ON"]
    assert spoken_copy("1. Urges are strong.\n\nThey said so.") == "1. Urges are strong.\n\nThey said so."
