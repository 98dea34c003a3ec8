"""The record in the formats that others read: spans still on their words, corrections in, public keys only."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import stores
from communique.collect.hand_over_reading import take_in_lines
from communique.lexicon import load
from communique.model import ActorKind
from communique.record import Record
from communique.record.exchange import FORMATS, TABLES, Selection
from record_samples import at, made, put, reading

TEXT = "Russia said “no” 😀 to talks and would resume only if Japan changed course, TASS reported."
READING = reading(
    made(TEXT, id="r 1", url="https://example.org/1", title="Talks", published="2024-02-01T10:00:00+03:00")
)
KEY = READING.statements[0].id

FTM = {
    "Person": {"name", "alias", "country"},
    "PublicBody": {"name", "alias", "country"},
    "Organization": {"name", "alias", "country"},
    "Territory": {"name", "alias", "country"},
    "LegalEntity": {"name", "alias", "country"},
    "Position": {"name", "alias", "country"},
    "Article": {"name", "title", "fileName", "author", "publisher", "sourceUrl", "publishedAt", "bodyText", "language"},
    "Mention": {"document", "resolved", "name", "detectedSchema", "contextCountry"},
    "Documentation": {"document", "entity", "role", "summary", "date", "recordId", "status", "sourceUrl"},
    "Occupancy": {"holder", "post", "date", "proof"},
}
"""Properties of the model's schemata (followthemoney 4.11) that an export may use."""


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """An empty record on SQLite: what is written does not hang on the store."""
    with Record.open(tmp_path / "communique.db", create=True) as opened:
        yield opened


@pytest.fixture
def held(record: Record) -> Record:
    put(record, READING)
    put(record, reading(made("Japan said it would sign, and offered no more, TASS reported.", id="r2", title=None)))
    return record


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"parquet"}))
def test_both_stores_give_the_same_bytes(form: str, held: Record, postgresql_server: stores.PostgreSQL) -> None:
    held.judge("statement", KEY, "correct", by="Aiko", correction={"act": "deny"})
    held.merge("actor", "outlet:tass", "rus", by="Aiko")
    with Record.open(postgresql_server.make(), create=True) as other:
        take_in_lines(other, io.BytesIO(exported(held, "jsonl")), "handed.jsonl", lambda error: pytest.fail(str(error)))
        assert exported(other, form) == exported(held, form)


def exported(record: Record, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    record.export(stream, form, **options)
    return stream.getvalue()


def lines(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def test_web_annotations_have_quote_and_place_of_the_same_words(held: Record) -> None:
    found = lines(exported(held, "annotations"))
    (statement,) = [each for each in found if each["id"] == f"urn:communique:statement:{KEY}"]
    assert statement["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert statement["type"] == "Annotation"
    roles = set()
    for target in statement["target"]:
        quote, place = target["selector"]
        assert (quote["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert TEXT[place["start"] : place["end"]] == quote["exact"]
        assert TEXT[: place["start"]].endswith(quote["prefix"])
        assert TEXT[place["end"] :].startswith(quote["suffix"])
        assert target["source"] == "https://example.org/1"
        roles.add(target["communique:role"])
    assert roles == {"content", "cue", "source"}
    tag, body = statement["body"]
    assert tag["value"] == body["communique:act"] == "refuse"
    assert body["communique:speaker"]["id"] == "urn:communique:actor:rus"
    assert body["communique:report"] == "urn:communique:report:r%201"


def test_a_judgement_is_an_annotation_on_the_annotation(held: Record) -> None:
    held.judge("statement", KEY, "correct", by="Aiko", correction={"act": "deny"}, note="see the transcript")
    found = lines(exported(held, "annotations"))
    judgement = found[-1]
    assert judgement["target"] == f"urn:communique:statement:{KEY}"
    assert judgement["creator"] == {"type": "Person", "name": "Aiko"}
    (statement,) = [each for each in found if each["id"] == judgement["target"]]
    assert statement["body"][1]["communique:act"] == "deny"
    assert statement["body"][1]["communique:verdict"] == "correct"


def test_a_docbin_holds_the_text_and_the_spans(held: Record) -> None:
    import spacy
    from spacy.tokens import DocBin

    docs = list(DocBin().from_bytes(exported(held, "docbin")).get_docs(spacy.blank("en").vocab))
    doc = next(doc for doc in docs if doc.user_data["report"] == "r 1")
    assert doc.text == TEXT
    (statement,) = doc.spans["statements"]
    assert (statement.label_, statement.id_) == ("refuse", KEY)
    assert [span.text for span in doc.spans["cue"]] == ["said"]
    assert doc.spans["content"][0].text.startswith("“no” 😀")
    assert [span.label_ for span in doc.spans["conditions"]] == ["necessary"]
    assert doc.user_data["reader"] == READING.reader
    assert doc.user_data["speakers"] == {KEY: "rus"}


def test_a_span_inside_a_word_is_widened_to_the_word(record: Record) -> None:
    import spacy
    from spacy.tokens import DocBin

    (statement,) = READING.statements
    cut = dataclasses.replace(statement, cue=at(TEXT, "aid"))
    put(record, dataclasses.replace(READING, statements=(cut,)))
    (doc,) = DocBin().from_bytes(exported(record, "docbin")).get_docs(spacy.blank("en").vocab)
    assert [span.text for span in doc.spans["cue"]] == ["said"]


def test_followthemoney_entities_have_only_what_its_schemata_have_and_point_at_each_other(held: Record) -> None:
    found = lines(exported(held, "followthemoney"))
    ids = {each["id"] for each in found}
    assert len(ids) == len(found)
    for each in found:
        assert set(each) == {"id", "schema", "properties"}
        assert set(each["properties"]) <= FTM[each["schema"]], each
        assert all(isinstance(value, str) and value for values in each["properties"].values() for value in values)
        for name in ("document", "entity", "resolved", "holder", "post", "proof"):
            assert set(each["properties"].get(name, ())) <= ids, each
    (said,) = [e for e in found if e["properties"].get("recordId") == [KEY]]
    russia = next(e for e in found if e["schema"] == "PublicBody" and e["properties"]["name"] == ["Russia"])
    assert said["properties"]["entity"] == [russia["id"]]
    assert russia["properties"]["country"] == ["ru"]
    article = next(e for e in found if e["properties"].get("title") == ["Talks"])
    assert article["properties"]["publishedAt"] == ["2024-02-01T07:00:00"]


def test_a_mention_is_resolved_to_what_the_model_lets_it_be_resolved_to(record: Record) -> None:
    """To persons and bodies alone: a territory is no LegalEntity."""
    territory = [
        dataclasses.replace(each, kind=ActorKind.TERRITORY) if each.id == "jpn" else each for each in READING.actors
    ]
    put(record, dataclasses.replace(READING, actors=tuple(territory)))
    found = lines(exported(record, "followthemoney"))
    mentions = [each["properties"] for each in found if each["schema"] == "Mention"]
    kinds = {each["id"]: each["schema"] for each in found}
    resolved = {kinds[to] for each in mentions for to in each.get("resolved", ())}
    assert "PublicBody" in resolved
    assert resolved <= {"Person", "PublicBody", "Organization", "LegalEntity"}
    assert [each["detectedSchema"] for each in mentions if "resolved" not in each] == [["Territory"]]


def test_what_names_another_thing_is_its_id_to_a_reader_of_json_ld(held: Record) -> None:
    from communique.record.exchange.web_annotation import CONTEXT

    terms = CONTEXT[1]
    assert isinstance(terms, dict)
    bodies = [each["body"][1] for each in lines(exported(held, "annotations")) if len(each["body"]) > 1]
    values = {term: value for body in bodies for term, value in body.items()}
    for term in ("communique:report", "communique:conditions", "communique:statement"):
        assert terms[term] == {"@type": "@id"}
        assert str(values[term]).lstrip("['").startswith("urn:communique:")
    words = [term for term, value in values.items() if isinstance(value, str) and not value.startswith("urn:")]
    assert words
    assert not [term for term in words if term in terms]


def test_times_are_times_in_parquet_as_in_the_lists(held: Record, tmp_path: Path) -> None:
    import pyarrow.parquet

    held.judge("statement", KEY, "accept", by="Aiko")
    for table, names in (("reports", ("published_at", "added_at")), ("judgements", ("at",))):
        path = tmp_path / f"{table}.parquet"
        path.write_bytes(exported(held, "parquet", table=table))
        read = pyarrow.parquet.read_table(path)
        assert {str(read.schema.field(name).type) for name in names} == {"timestamp[us, tz=UTC]"}
    listed = held.reports().to_arrow()
    exported_reports = pyarrow.parquet.read_table(tmp_path / "reports.parquet")
    of_lists = sorted(str(moment) for moment in listed["published_at"].to_pylist())
    assert of_lists == sorted(str(moment) for moment in exported_reports["published_at"].to_pylist())


def test_an_office_that_a_report_shows_is_an_occupancy(record: Record) -> None:
    from resolution_samples import HAYASHI, add

    add(record, HAYASHI, "2024-01-30")
    found = lines(exported(record, "followthemoney"))
    (occupancy,) = [each for each in found if each["schema"] == "Occupancy"]
    (post,) = [each for each in found if each["schema"] == "Position"]
    assert occupancy["properties"]["post"] == [post["id"]]
    assert occupancy["properties"]["date"] == ["2024-01-30"]


def test_csv_has_a_row_for_each_statement_with_corrections_and_no_formula(held: Record) -> None:
    content = at(TEXT, "only if Japan changed course")[0]
    held.judge("statement", KEY, "correct", by="Aiko", correction={"content": [list(content)], "speaker": "jpn"})
    rows = list(csv.DictReader(io.StringIO(exported(held, "csv").decode())))
    row = next(row for row in rows if row["statement"] == KEY)
    assert (row["content"], row["speaker"], row["verdict"]) == ("only if Japan changed course", "jpn", "correct")
    assert (row["start"], row["end"]) == (str(content.start), str(content.end))
    assert row["published_at"] == "2024-02-01T07:00:00Z"
    put(held, reading(made("=cmd said no only if Japan paid, TASS reported.", id="=1+1", title="=2")))
    cells = [cell for row in csv.reader(io.StringIO(exported(held, "csv", table="reports").decode())) for cell in row]
    assert "'=2" in cells
    assert not any(cell.startswith("=") for cell in cells)


@pytest.mark.parametrize("table", TABLES)
def test_parquet_and_csv_hold_the_same_rows(held: Record, table: str, tmp_path: Path) -> None:
    import pyarrow.parquet

    held.judge("statement", KEY, "accept", by="Aiko")
    path = tmp_path / "t.parquet"
    path.write_bytes(exported(held, "parquet", table=table))
    rows = pyarrow.parquet.read_table(path).to_pylist()
    flat = list(csv.DictReader(io.StringIO(exported(held, "csv", table=table).decode())))
    assert len(rows) == len(flat) > 0
    assert list(rows[0]) == list(flat[0])


@pytest.mark.parametrize("form", ["jsonl", "annotations", "followthemoney", "csv"])
def test_no_row_number_leaves_the_record(held: Record, form: str) -> None:
    data = exported(held, form).decode()
    assert not re.search(r'"\w*(?:_id|root|row)":', data)


def test_a_selection_takes_the_reports_of_an_outlet_and_a_time(held: Record) -> None:
    def keys(**bounds: str) -> list[str]:
        found = lines(exported(held, "jsonl", selection=Selection(**bounds)))
        return [each["key"] for each in found if each["type"] == "report"]

    assert keys(since="2024-02-01") == ["r 1"]
    assert keys(until="2023-12-31") == ["r2"]
    assert keys(until="2024-02-01", since="2024-02-01") == ["r 1"]
    assert keys(outlet="Nobody's") == []
    with pytest.raises(ValueError, match="no date"):
        keys(since="soon")


def test_an_unknown_format_or_table_is_named(held: Record) -> None:
    with pytest.raises(ValueError, match="xml"):
        exported(held, "xml")
    with pytest.raises(ValueError, match="rows"):
        exported(held, "csv", table="rows")


def test_an_actor_is_handed_over_as_it_was_corrected(held: Record) -> None:
    held.judge("actor", "rus", "correct", by="Aiko", correction={"name": "Russian Federation"})
    rows = list(csv.DictReader(io.StringIO(exported(held, "csv", table="actors").decode())))
    (russia,) = [row for row in rows if row["actor"] == "rus"]
    assert (russia["name"], russia["verdict"]) == ("Russian Federation", "correct")


def test_every_country_code_has_two_letters_and_is_one_countrys() -> None:
    codes = load("country_codes")["alpha2"]
    assert codes.keys() <= load("states")["states"].keys() | load("states")["territories"].keys()
    assert len(set(codes.values())) == len(codes) > 190
    assert all(re.fullmatch("[a-z]{2}", code) for code in codes.values())


def test_what_is_merged_is_handed_over_as_one(held: Record) -> None:
    held.merge("actor", "rus", "jpn", by="Aiko")
    rows = list(csv.DictReader(io.StringIO(exported(held, "csv").decode())))
    assert {row["speaker"] for row in rows} == {"jpn"}
    assert {row["as_written"] for row in rows} >= {"Russia"}
