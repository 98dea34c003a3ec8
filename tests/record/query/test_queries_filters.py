"""Filters: the same rows on both stores, and those that an unhurried reader of the whole record would pick."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import stores
from communique.errors import BadFilter, CommuniqueError, NotInRecord, UnknownName
from communique.model import Act, Actor, ActorKind, Issue, Reading, Relay, Span
from communique.record import Record
from communique.record.database.fold import words_of
from communique.record.query.filters import Filter
from communique.record.query.rows import StatementRow
from record_samples import JAPAN, RUSSIA, TASS, TREATY, made, put, reading

HAYASHI = Actor(
    "person:jpn-hayashi", "Yoshimasa Hayashi", ActorKind.PERSON, "JPN", "Chief Cabinet Secretary", (), "jpn"
)
FISH = Issue("fishing", "fishing rights", ("fisheries deal",), ())
WORDS = ["talks", "treaty", "islands", "the", "not", "São", "Paulo's", "fishing", "talk"]
DAYS = [
    "",
    "2022-12-31",
    "2023-01-01",
    "2023-01-01T00:00:00Z",
    "2023-01-01T08:30:05Z",
    "2023-06",
    "2023-10-04",
    "1900-01-01",
]


def mixed(count: int = 60) -> Iterator[Reading]:
    """Readings that differ in all that lists are filtered by."""
    rng = random.Random(3)
    for number in range(count):
        speaker = rng.choice([RUSSIA, JAPAN, HAYASHI])
        words = " ".join(rng.choices(WORDS, k=6))
        text = (
            f"{speaker.name} said {number} {words} only if Japan changed course{rng.choice(['', ', TASS reported'])}."
        )
        outlet = rng.choice(["Hokuto Daily", "Volga State News", "=cmd|' /C calc'!A0"])
        report = made(text, id=f"r{number}", outlet=outlet, published=rng.choice(DAYS) or None)
        read = reading(
            report, speaker=speaker, act=rng.choice(list(Act)[:4]), confidence=rng.choice([0.29, 0.5, 0.57, 0.9])
        )
        about = rng.choice([TREATY, FISH])
        said_on = rng.choice([None, "2022", "2023-01", "2023-01-01"])
        statement = dataclasses.replace(read.statements[0], about=(about.id,), said_on=said_on)
        yield dataclasses.replace(
            read,
            actors=tuple({actor.id: actor for actor in (*read.actors, HAYASHI, TASS)}.values()),
            statements=(statement,),
            issues=(*read.issues, FISH),
        )


def fill(record: Record) -> None:
    for number, read in enumerate(mixed()):
        put(record, read)
        if number % 7 == 0:
            record.judge("statement", read.statements[0].id, ["accept", "reject"][number % 2], by="ana")


@pytest.fixture(scope="module")
def both(
    tmp_path_factory: pytest.TempPathFactory, postgresql_server: stores.PostgreSQL
) -> Iterator[tuple[Record, Record]]:
    """The same reports on SQLite and on PostgreSQL."""
    path = tmp_path_factory.mktemp("record") / "communique.db"
    with Record.open(path, create=True) as one, Record.open(postgresql_server.make(), create=True) as other:
        fill(one)
        fill(other)
        yield one, other


FILTERS = some.fixed_dictionaries(
    {},
    optional={
        "actor": some.sampled_from([("Russia",), ("Yoshimasa Hayashi", "jpn")]),
        "addressee": some.just("Japan"),
        "relayer": some.just("TASS"),
        "party": some.sampled_from(["Japan", "rus"]),
        "country": some.sampled_from(["JPN", "russia"]),
        "issue": some.sampled_from(["the treaty", "fishing rights"]),
        "outlet": some.sampled_from([("Hokuto Daily",), ("volga state news", "=cmd|' /C calc'!A0")]),
        "act": some.sampled_from([("deny",), ("assert", "demand")]),
        "since": some.sampled_from(["2022", "2023-01-01", "2023-01-01T08:00:00Z"]),
        "until": some.sampled_from(["2022-12", "2023-01-01", "2023-01-01T00:00:00Z", "9999"]),
        "said_since": some.sampled_from(["2022", "2023-01", "2023-01-02"]),
        "said_until": some.sampled_from(["2022", "2023-01-01", "2023-12"]),
        "text": some.sampled_from(
            ["talks", '"talks treaty"', "tal*", "-islands", "sao OR fishing -the", '"sao paulo s"']
        ),
        "judged": some.sampled_from(["any", "none", "accept"]),
        "confidence": some.sampled_from([0.0, 0.29, 0.5, 0.571, 0.9]),
        "voices": some.sampled_from([1, 2]),
    },
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FILTERS, some.sampled_from(["newest", "oldest", "confidence", "voices"]))
def test_both_stores_give_the_same_rows_in_the_same_order(
    both: tuple[Record, Record], filters: dict[str, object], sort: str
) -> None:
    asked = Filter(**filters)  # type: ignore[arg-type]
    one, other = (list(record.statements(asked, sort=sort)) for record in both)
    assert one == other
    everything = list(both[0].statements(sort=sort))
    assert one == [row for row in everything if picked(row, asked)]


@pytest.mark.parametrize("sort", ["confidence", "voices"])
@pytest.mark.parametrize("asked", [Filter(), Filter(actor="Japan"), Filter(text="the OR not"), Filter(judged="none")])
def test_many_rows_are_sorted_by_rank_as_few_are(
    both: tuple[Record, Record], monkeypatch: pytest.MonkeyPatch, sort: str, asked: Filter
) -> None:
    expected = list(both[1].statements(asked, sort=sort))
    monkeypatch.setattr("communique.record.query.paging._FEW", 3)
    monkeypatch.setattr("communique.record.query.paging._MANY", 3)
    found: list[StatementRow] = []
    after = None
    while True:
        page = both[0].statements(asked, sort=sort, limit=4, after=after).page()
        found += page.rows
        if (after := page.next) is None:
            break
    assert found == expected
    assert len(found) > 4


def picked(row: StatementRow, asked: Filter) -> bool:
    """The filter as its documentation says it, on a row."""
    keys = {"Russia": "rus", "Japan": "jpn", "Yoshimasa Hayashi": HAYASHI.id, "TASS": TASS.id}
    for name, held in (
        ("actor", {row.speaker}),
        ("addressee", set(row.addressee)),
        ("relayer", set(row.chain)),
        ("party", {row.party}),
    ):
        wanted = {keys.get(value, value) for value in getattr(asked, name)}
        if wanted and not wanted & held:
            return False
    fits = [
        not asked.country or row.country in {code.upper()[:3] for code in asked.country},
        not asked.issue or {"the treaty": TREATY.id}.get(asked.issue[0], FISH.id) in row.issues,
        not asked.outlet or (row.outlet or "").casefold() in {name.casefold() for name in asked.outlet},
        not asked.act or row.act in asked.act,
        asked.judged is None or (row.verdict or "none") == asked.judged or asked.judged == "any" and row.verdict,
        row.confidence >= (asked.confidence or 0),
        row.voices >= (asked.voices or 1),
        dated(row.published_at, asked.since, asked.until),
        said(row.said_on, asked.said_since, asked.said_until),
        found(row.content_text, asked.text),
    ]
    return all(fits)


def dated(at: datetime | None, since: str | None, until: str | None) -> bool:
    if at is None:
        return since is None and until is None
    if since and at < datetime.fromisoformat(f"{since}-01-01"[:10] if "T" not in since else since).replace(tzinfo=UTC):
        return False
    return until is None or at.strftime("%Y-%m-%dT%H:%M:%SZ")[: len(until)] <= until


def said(on: str | None, since: str | None, until: str | None) -> bool:
    """A month or year counts as its first day."""
    if on is None:
        return since is None and until is None
    first = f"{on}-01-01"[:10]
    return (since is None or first >= f"{since}-01-01"[:10]) and (until is None or first[: len(until)] <= until)


def found(content: str, text: str | None) -> bool:
    words = f" {' '.join(words_of(content))} "
    return {
        None: True,
        "talks": " talks " in words,
        '"talks treaty"': " talks treaty " in words,
        "tal*": " tal" in words,
        "-islands": " islands " not in words,
        "sao OR fishing -the": " sao " in words or (" fishing " in words and " the " not in words),
        '"sao paulo s"': " sao paulo s " in words,
    }[text]


def test_conditions_are_filtered_by_holder_and_by_who_must_act(record: Record) -> None:
    put(record, reading())
    put(record, reading(made("Japan said it would talk only if Russia moved.", id="j"), speaker=JAPAN))
    (row,) = record.conditions(Filter(actor="Japan", must_act="jpn", kind="necessary", issue="the treaty"))
    assert (row.report, row.antecedent_text) == ("j", "Russia moved.")
    assert [row.report for row in record.conditions(Filter(text="moved"))] == ["j"]
    assert not list(record.conditions(Filter(kind="waived")))


def test_reports_are_filtered_by_what_is_said_in_them(record: Record) -> None:
    put(record, reading())
    put(record, reading(made("Japan said no to the islands deal.", id="j", title="Firm words"), speaker=JAPAN))
    assert [row.report for row in record.reports(Filter(actor="Japan", text="firm islands"))] == ["j"]
    assert [row.report for row in record.reports(Filter(country="Japan", copies=False))] == ["j"]
    assert not list(record.reports(Filter(actor="Japan", text="treaty")))


def test_only_the_newest_version_is_listed_unless_another_is_asked_for(record: Record) -> None:
    url = "https://example.org/talks"
    key = put(record, reading(made("Russia said talks would resume, TASS reported.", url=url)))
    placed = record.place(made("Russia said talks could resume, TASS reported.", url=url))
    record.add(placed, reading(placed.report))
    assert [row.version for row in record.statements()] == [2]
    assert [row.content_text for row in record.statements(Filter(report=key, version=1, actor="rus"))] == [
        "talks would resume, TASS reported."
    ]
    assert not list(record.statements(Filter(text="would")))
    assert [row.versions for row in record.reports(Filter(text="could"))] == [2]
    with pytest.raises(NotInRecord, match="no such version"):
        list(record.statements(Filter(report=key, version=3)))


def test_what_is_read_anew_judged_or_merged_is_found_as_it_is_now(record: Record) -> None:
    read = reading()
    put(record, read)
    put(record, reading(made("Japan said no.", id="j"), speaker=JAPAN, conditions=False))
    record.judge("statement", read.statements[0].id, "reject", by="ana")
    assert [row.verdict for row in record.statements(Filter(judged="any", text="treaty"))] == ["reject"]
    record.merge("actor", "rus", "jpn", by="ana")
    assert len(list(record.statements(Filter(actor="Russia")))) == 2
    assert {row.speaker for row in record.statements(Filter(actor="Japan"))} == {"jpn"}
    record.unmerge("actor", "rus", by="ana")
    assert len(list(record.statements(Filter(actor="Russia")))) == 1
    placed = record.place(read.report)
    record.add(placed, reading(read.report, speaker=JAPAN, reader="communique test 2"))
    assert not list(record.statements(Filter(actor="Russia")))
    assert [row.reader for row in record.statements(Filter(text="treaty"))] == ["communique test 2"]


@pytest.mark.parametrize(
    ("filters", "error", "told"),
    [
        ({"actor": "Rusia"}, UnknownName, "did you mean Russia"),
        ({"issue": "the traety"}, UnknownName, "did you mean the treaty"),
        ({"country": "Rusia"}, UnknownName, "did you mean Russia"),
        ({"outlet": "Volga Sate News"}, UnknownName, "did you mean Volga State News"),
        ({"report": "nowhere"}, NotInRecord, "no report of this key"),
    ],
)
def test_a_name_that_the_record_does_not_know_is_told_with_those_near_it(
    record: Record, filters: dict[str, str], error: type[CommuniqueError], told: str
) -> None:
    put(record, reading())
    with pytest.raises(error, match=told):
        list(record.statements(Filter(**filters)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "filters",
    [
        {"act": "shout"},
        {"kind": "maybe"},
        {"judged": "perhaps"},
        {"confidence": 1.5},
        {"version": 1},
        {"since": "yesterday"},
        {"until": "2023-02-30"},
        {"said_since": "2023-13"},
        {"since": "0000"},
    ],
)
def test_a_filter_that_means_nothing_is_refused(filters: dict[str, object]) -> None:
    with pytest.raises(BadFilter):
        Filter(**filters)  # type: ignore[arg-type]


def test_a_list_refuses_what_it_cannot_be_filtered_or_sorted_by(record: Record) -> None:
    with pytest.raises(BadFilter, match="conditions cannot be filtered by this"):
        list(record.conditions(Filter(act="deny")))
    with pytest.raises(BadFilter, match="reports are sorted by newest, oldest"):
        record.reports(sort="voices")


def test_spans_in_rows_are_those_of_the_text(record: Record) -> None:
    read = reading()
    put(record, read)
    (row,) = record.statements()
    assert row.source == (Span(0, 6),)
    assert (row.source_text, row.cue_text) == ("Russia", "said")
    assert row.chain == tuple(relay.actor for relay in read.statements[0].chain if isinstance(relay, Relay))
