"""Agency, author and day are taken from the dateline, the byline and the credit; nothing is cut or guessed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.ingest import Arrival, gather
from communique.ingest.credits import read_credit, split_byline
from communique.ingest.enrichment import completed
from communique.ingest.publication_dates import PartialDate
from communique.lexicon import load
from communique.lexicon.agencies import agencies_in, is_agency
from communique.model import Report

WORDS = "Japan said on Wednesday that it would not pay."


@pytest.mark.parametrize(
    ("dateline", "agency", "day"),
    [
        ("TOKYO, October 4. /TASS/. ", "TASS", (10, 4)),
        ("MOSCOW, Oct 4 (Reuters) - ", "Reuters", (10, 4)),
        ("BEIJING, Oct. 4 (Xinhua) -- ", "Xinhua", (10, 4)),
        ("TOKYO (AP) — ", "AP", None),
        ("KYIV, Ukraine (AP) — ", "AP", None),
        ("SEOUL, Oct. 4 (Yonhap) -- ", "Yonhap", (10, 4)),
        ("Oct 4 (Reuters) - ", "Reuters", (10, 4)),
        ("Oct. 4 (UPI) -- ", "UPI", (10, 4)),
        ("(Reuters) - ", "Reuters", None),
        ("MOSCOW. Oct 4 (Interfax) - ", "Interfax", (10, 4)),
        ("MOSCOW, October 4 - RIA Novosti. ", "RIA Novosti", (10, 4)),
        ("MOSCOW (Sputnik) - ", "Sputnik", None),
        ("Tokyo, Oct 4, 2023 (AFP) - ", "AFP", (10, 4)),
        ("Berlin (dpa) - ", "dpa", None),
        ("Pyongyang, October 4 (KCNA) -- ", "KCNA", (10, 4)),
        ("Tehran, IRNA – ", "IRNA", None),
        ("TEHRAN, Oct. 04 (MNA) – ", "MNA", (10, 4)),
        ("Tokyo [Japan], October 4 (ANI): ", "ANI", (10, 4)),
        ("New Delhi, Oct 4 (PTI) ", "PTI", (10, 4)),
        ("ABU DHABI, 4th October, 2023 (WAM) -- ", "WAM", (10, 4)),
        ("MINSK, 4 October (BelTA) – ", "BelTA", (10, 4)),
        ("Tokyo, Oct. 4 (Jiji Press)--", "Jiji Press", (10, 4)),
        ("TOKYO, Oct 4 (AFP/Reuters) - ", "AFP/Reuters", (10, 4)),
        ("KYODO NEWS - Oct 4, 2023 - 12:30 | World\n", "KYODO NEWS", (10, 4)),
        ("Source: Xinhua | 2023-10-04 10:05:02 | Editor: huaxia\n", "Xinhua", (10, 4)),
        ("Baku, October 4, AZERTAC\n", "AZERTAC", (10, 4)),
        ("TOKYO (Atlantic Wire) - ", "Atlantic Wire", None),
        ("No talks for now\n\nTOKYO, October 4. /TASS/. ", "TASS", (10, 4)),
        ("MOSCOW, October 4. ", None, (10, 4)),
        ("ANKARA, Oct 4 -- ", None, (10, 4)),
    ],
)
def test_a_dateline_credits_an_agency_and_has_a_day(
    dateline: str, agency: str | None, day: tuple[int, int] | None
) -> None:
    credit = read_credit(dateline + WORDS)
    assert credit.agency == agency
    assert (credit.month, credit.number) == (day or (None, None))


@pytest.mark.parametrize(
    "text",
    [
        "The Associated Press (AP) reported on Monday that talks had failed.",
        "The European Union (EU) - and others - rejected it.",
        "Associated Press (AP) reported that talks had failed.",
        "WASHINGTON (D.C.) — The talks failed.",
        "GENEVA (May 4) - The talks failed.",
        "On October 4 (Reuters) reported that talks had failed.",
        "Moscow — TASS, quoting the ministry, says that talks failed.",
        "In May (2023) the talks failed.",
        "The talks failed, the minister told TASS.",
        "They talked /TASS/ about it.",
        "Source: Foreign Ministry\nThe talks failed.",
        "By Monday the talks had failed, Reuters said.",
        "By 2023, Japan",
        "",
    ],
)
def test_words_of_the_report_are_no_credit(text: str) -> None:
    credit = read_credit(text)
    assert (credit.agency, credit.author, credit.month) == (None, None, None)


@pytest.mark.parametrize(
    ("end", "agency"),
    [
        (" (Reuters)", "Reuters"),
        ("\n\nSource: Yonhap", "Yonhap"),
        ("\n© AFP 2023", "AFP"),
        ("\n— Kyodo News", "Kyodo News"),
        ("\nAnalysts disagree", None),
        (" (sic)", None),
    ],
)
def test_a_credit_may_stand_at_the_end(end: str, agency: str | None) -> None:
    assert read_credit(f"{WORDS}\n\nNobody in Moscow would comment.{end}\n").agency == agency


@pytest.mark.parametrize(
    ("byline", "author", "agency"),
    [
        ("By Hana Mori, Reuters", "Hana Mori", "Reuters"),
        ("HANA MORI, Associated Press", "Hana Mori", "Associated Press"),
        ("By Hana Mori in Tokyo and Ivo Brandt in Moscow", "Hana Mori; Ivo Brandt", None),
        ("By Hana Mori and John Q. Brandt | AFP", "Hana Mori; John Q. Brandt", "AFP"),
        ("Hana Mori (AFP)", "Hana Mori", "AFP"),
        ("hana@mori.example (Hana Mori)", "Hana Mori", None),
        ("Hana Mori, Diplomatic Editor", "Hana Mori", None),
        ("Ivo Brandt, Jr.", "Ivo Brandt Jr.", None),
        ("María José de la Cruz", "María José de la Cruz", None),
        ("Reuters Staff", None, "Reuters"),
        ("Kyodo News", None, "Kyodo News"),
        ("AFP-Jiji", None, "AFP-Jiji"),
        ("The Associated Press", None, "The Associated Press"),
        ("admin", None, None),
        ("Staff Writer", None, None),
        ("Global Times", None, None),
        ("", None, None),
    ],
)
def test_a_byline_names_persons_and_agencies(byline: str, author: str | None, agency: str | None) -> None:
    assert split_byline(byline) == (author, agency)


def test_an_agency_s_short_name_counts_only_as_it_is_written() -> None:
    assert is_agency("AP")
    assert is_agency("KYODO NEWS")
    assert not is_agency("ap")
    assert not is_agency("Map")
    assert not is_agency("Reuters of London")


@pytest.mark.parametrize(
    ("url", "name", "published"),
    [
        (None, "", None),
        (None, "tass-2023-10-05", "2023-10-04"),
        (None, "tass-2024-06-05", None),
        ("https://a.example/2023/talks", "", "2023-10-04"),
        ("https://a.example/2023/10/talks", "", "2023-10-04"),
        ("https://a.example/2023/11/talks", "", None),
        ("https://a.example/2023/10/05/talks", "", "2023-10-05"),
        ("https://a.example/2999/talks", "", None),
    ],
)
def test_a_dateline_s_year_comes_from_what_is_known_or_not_at_all(
    url: str | None, name: str, published: str | None
) -> None:
    report = Report("r", f"TOKYO, October 4. /TASS/. {WORDS}", url=url)
    assert completed(report, name, datetime(2025, 1, 1, tzinfo=UTC)).published == published


def test_the_turn_of_the_year_is_minded() -> None:
    credit = read_credit(f"TOKYO, Dec. 31 (Kyodo) -- {WORDS}")
    assert credit.day(PartialDate(2024, 1, 1)) == "2023-12-31"


def test_what_a_report_brought_along_is_kept_and_its_text_always() -> None:
    report = Report(
        "r", f"By Hana Mori\nTOKYO, Oct 4, 2023 (AFP) - {WORDS}", author="Ivo Brandt", published="2023-10-06"
    )
    found = completed(report)
    assert (found.text, found.author, found.published, found.agency) == (report.text, "Ivo Brandt", "2023-10-06", "AFP")


def test_a_text_file_s_dateline_is_read_and_stays_in_the_text(tmp_path: Path) -> None:
    text = f"TOKYO, October 4, 2023. /TASS/. {WORDS}\n"
    (tmp_path / "a.txt").write_text(text)
    (item,) = gather([tmp_path])
    assert isinstance(item, Arrival)
    assert (item.report.text, item.report.agency, item.report.published) == (text, "TASS", "2023-10-04")


@pytest.mark.parametrize(
    "unit", ["A ", "A, ", "A-", "Aa ", "A (", "A/B ", "By A and ", "a, A ", "TOKYO, Oct ", "Oct 4 "]
)
def test_words_without_end_are_read_through(unit: str) -> None:
    assert read_credit(((unit * 2_000)[:3_000] + "\n") * 20).agency is None


def test_the_lexicon_of_agencies_and_domains_is_whole() -> None:
    names = [name for row in load("agencies")["agencies"] for name in row.split("|")]
    assert all(name and name == name.strip() for name in names)
    assert [name for name, times in Counter(names).items() if times > 1] == []
    domains = load("domains")["domains"]
    assert all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) and outlet for domain, outlet in domains.items())


def test_every_agency_is_one_however_its_name_is_printed() -> None:
    rows = [row.split("|") for row in load("agencies")["agencies"]]
    first: dict[str, str] = {}
    for row in rows:
        for name in row:
            first.setdefault(name.casefold(), row[0])
    for row in rows:
        for name in row:
            agency = frozenset((first[name.casefold()],))
            assert agencies_in(name) == agencies_in(name.upper()) == agency, name
            assert agencies_in(f"The {name.removeprefix('The ')}") == agency, name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("AP", "The Associated Press", True),
        ("ITAR-TASS", "TASS", True),
        ("AFP/Reuters", "Reuters", True),
        ("Atlantic News Agency", "ATLANTIC", True),
        ("AP", "AAP", False),
        ("Reuters", "AFP/AP", False),
        ("Atlantic Wire", "Pacific Wire", False),
    ],
)
def test_two_credits_name_one_agency_or_two(one: str, other: str, same: bool) -> None:
    assert bool(agencies_in(one) & agencies_in(other)) is same
