"""The standoff on an issue, drawn from what parties say: four disputes of different shapes, read by the real reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import UnknownInStandoff
from communique.ingest import Arrival, gather
from communique.model import Reading, Report
from communique.record import Record
from communique.record.query.lookup import find_issue
from communique.standoff import Concept, load_model, solve
from communique.standoff.derived.derivation import (
    MOST_DECISION_MAKERS,
    MOST_PRECONDITIONS,
    RANKS,
    Derived,
    derive,
)
from communique.standoff.derived.outcomes import prospects
from communique.standoff.derived.robustness import robustness
from communique.standoff.derived.ways_out import supposition, ways_out
from communique.standoff.derived.what_if import possible, what_if
from communique.standoff.graph import status_quo_state

HERE = Path(__file__).parents[2]
DISPUTES = {
    "ceasefire": (HERE / "data" / "disputes" / "ceasefire.jsonl", "ceasefire"),
    "inspections": (HERE / "data" / "disputes" / "inspections.jsonl", "inspections-of-its-enrichment-sites"),
    "tariffs": (HERE / "data" / "disputes" / "tariffs.jsonl", "tariffs on Chinese goods"),
    "japan-russia": (HERE.parent / "src" / "communique" / "dossiers" / "japan-russia", "peace treaty"),
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory, reader: Callable[..., Reading]) -> dict[str, str]:
    """A record of each dispute."""
    made = {}
    for name, (source, _) in DISPUTES.items():
        made[name] = str(tmp_path_factory.mktemp("standoff") / f"{name}.db")
        with Record.open(made[name], create=True) as record:
            for item in gather([str(source)]):
                assert isinstance(item, Arrival)
                placed = record.place(item.report, given_id=item.given_id)
                fields = ("id", "title", "url", "outlet", "author", "agency", "published")
                read = reader(placed.report.text, **{field: getattr(placed.report, field) for field in fields})
                record.add(placed, read, came_from=item.where)
    return made


@pytest.fixture(scope="module")
def derived(places: dict[str, str]) -> dict[str, Derived]:
    found = {}
    for name, (_, issue) in DISPUTES.items():
        with Record.open(places[name], read_only=True) as record, record.reading() as connection:
            found[name] = derive(connection, find_issue(connection, issue))
    return found


def waits(found: Derived) -> set[tuple[str, str]]:
    return {(each.holder_name, each.must_act_name) for each in found.preconditions.all}


def test_russia_waits_for_japan_and_japan_has_turned_it_down(derived: dict[str, Derived]) -> None:
    found = derived["japan-russia"]
    first = found.preconditions.all[0]
    assert (first.holder_name, first.must_act_name) == ("Russia", "Japan")
    assert "Ukraine" in first.antecedent
    assert first.voices >= 2
    assert any("unchanged" in said.words for said in first.refusals)
    assert any(each.preconditions == (first.number,) for each in found.preconditions.deadlocks)


@pytest.mark.parametrize(
    ("dispute", "circle"),
    [
        ("ceasefire", {("Hamas", "Israel"), ("Israel", "Hamas")}),
        ("inspections", {("Iran", "United States"), ("United States", "Iran")}),
        ("tariffs", {("China", "United States"), ("United States", "China")}),
    ],
)
def test_two_who_wait_for_each_other_are_found(
    derived: dict[str, Derived], dispute: str, circle: set[tuple[str, str]]
) -> None:
    found = derived[dispute]
    assert circle <= waits(found)
    assert any(each.circular for each in found.preconditions.deadlocks)


def test_a_threat_is_carried_out_where_nobody_gives_way(derived: dict[str, Derived]) -> None:
    found = derived["inspections"]
    assert {name for _, name in found.names} == {"United States", "Iran", "France"}
    assert found.model is not None
    solution = solve(found.model, strict=False)
    quo = status_quo_state(solution.graph)
    assert quo is not None
    (only,) = solution.equilibria(Concept.SEQ)
    taken = [a.option for a, mark in zip(found.actions, solution.label(only), strict=True) if mark == "Y"]
    assert taken == ["France: it would restore United Nations sanctions"]
    assert only != quo + 1


@pytest.mark.parametrize("dispute", ["ceasefire", "tariffs", "japan-russia"])
def test_the_status_quo_is_an_equilibrium_in_every_order_that_the_evidence_leaves_open(
    derived: dict[str, Derived], dispute: str
) -> None:
    model = derived[dispute].model
    assert model is not None
    solution = solve(model, strict=False)
    quo = status_quo_state(solution.graph)
    assert quo is not None
    assert quo + 1 in solution.equilibria(Concept.SEQ)
    assert robustness(derived[dispute]).status_quo["seq"] == 1.0


@pytest.mark.parametrize("dispute", DISPUTES)
def test_every_part_of_the_model_names_statements_of_the_record(
    derived: dict[str, Derived], places: dict[str, str], dispute: str
) -> None:
    found = derived[dispute]
    with Record.open(places[dispute], read_only=True) as record:
        texts = {row.statement: row.content_text for row in record.statements()}
    assert found.model is not None
    parts = [option.evidence for option in found.model.options]
    parts += [ranked.statement.evidence for ranked in found.ranked]
    assert all(parts)
    assert {key for evidence in parts for key in evidence} <= set(texts)
    for action in found.actions:
        for said in action.said:
            assert " ".join(said.words.split()) in " ".join(texts[said.statement.key].split())


@pytest.mark.parametrize("dispute", DISPUTES)
def test_explicit_conditions_come_before_positions_and_these_before_wishes(
    derived: dict[str, Derived], dispute: str
) -> None:
    for party, _ in derived[dispute].names:
        ranks = [RANKS.index(ranked.rank) for ranked in derived[dispute].ranked if ranked.party == party]
        assert ranks == sorted(ranks)


def test_what_goes_on_unless_is_denied_is_what_the_other_waits_for(derived: dict[str, Derived]) -> None:
    options = [action.option for action in derived["ceasefire"].actions]
    assert "Israel: would withdraw its forces from Gaza" in options


def test_a_party_that_drops_its_condition_opens_the_way(derived: dict[str, Derived]) -> None:
    found = derived["japan-russia"]
    number = next(each.number for each in found.preconditions.all if "Second World War" in each.antecedent)
    solution = solve(what_if(found, f"Russia drops condition {number}"), strict=False)
    quo = status_quo_state(solution.graph)
    assert quo is not None
    assert quo + 1 not in solution.equilibria(Concept.SEQ)


@pytest.mark.parametrize("asked", ["nonsense", "Japan drops condition 1", "Russia drops condition 99", "take 999", ""])
def test_what_cannot_be_asked_is_named_with_what_can(derived: dict[str, Derived], asked: str) -> None:
    with pytest.raises(UnknownInStandoff, match="one can ask: Russia drops condition 1"):
        what_if(derived["japan-russia"], asked)


def test_a_way_out_changes_what_becomes_of_an_outcome(derived: dict[str, Derived]) -> None:
    for found in derived.values():
        assert found.model is not None
        now = {each.outcome: each.outlook for each in prospects(found, found.model)}
        for way in ways_out(found):
            changed = what_if(found, supposition(way.steps))
            then = next(each for each in prospects(found, changed) if each.outcome == way.outcome)
            assert then.outlook is not now[way.outcome]


def test_what_if_says_of_each_outcome_what_becomes_of_it_before_and_after(places: dict[str, str]) -> None:
    data = json.loads(run(places, "japan-russia", "--what-if", "Russia drops condition 1", "--json").stdout)
    assert data["outcomes"]
    for each in data["outcomes"]:
        assert each["before"] in each["words"]
        assert each["after"] in each["words"]
        assert each["words"].startswith(f"“{each['outcome']}”: ")
    told = run(places, "japan-russia", "--what-if", "Russia drops condition 1").stdout
    assert all(f"{each['words']}." in told for each in data["outcomes"])


def test_as_things_are_each_outcome_has_its_sentence(places: dict[str, str]) -> None:
    data = json.loads(run(places, "inspections", "--json").stdout)
    assert all(each["after"] is None and each["before"] in each["words"] for each in data["outcomes"])


@pytest.mark.parametrize("dispute", DISPUTES)
def test_all_that_can_be_asked_is_answered(derived: dict[str, Derived], dispute: str) -> None:
    for sentence in possible(derived[dispute]):
        model = what_if(derived[dispute], sentence)
        assert solve(model, strict=False).states >= 1


def run(places: dict[str, str], dispute: str, *more: str) -> Any:
    return CliRunner().invoke(app, ["standoff", DISPUTES[dispute][1], "--record", places[dispute], *more])


def test_the_command_shows_the_deadlock_with_its_quotes_and_what_would_unlock_it(places: dict[str, str]) -> None:
    told = run(places, "japan-russia").stdout
    assert "Russia waits for Japan: “dialogue could resume” hangs on “Tokyo changed its position on Ukraine”" in told
    assert "Vladimir Putin, 2024-06-05, Atlantic Wire" in told
    assert "Japan turns it down" in told
    assert "It is an equilibrium (Nash, GMR, SMR, SEQ, SSEQ)" in told
    assert "What would unlock it" in told


def test_as_json_every_line_has_its_spans(places: dict[str, str]) -> None:
    data = json.loads(run(places, "tariffs", "--json").stdout)
    evidence = [each for option in data["options"] for each in option["evidence"]]
    assert evidence
    assert all(each["spans"] and each["statement"] and each["report"] for each in evidence)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_the_model_is_written_to_be_edited_and_keeps_its_links(
    places: dict[str, str], derived: dict[str, Derived], tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"model.{form}"
    assert run(places, "japan-russia", "-o", str(out)).exit_code == 0
    model, original = load_model(out), derived["japan-russia"].model
    assert original is not None
    assert [option.evidence for option in model.options] == [option.evidence for option in original.options]
    assert solve(model, strict=False).equilibria(Concept.SEQ) == solve(original, strict=False).equilibria(Concept.SEQ)


def test_leaving_an_outlet_out_shows_what_hangs_on_it(places: dict[str, str]) -> None:
    told = run(places, "tariffs", "--without", "Pearl Delta Times").stdout
    assert "Without what was left out" in told
    assert "condition" in told.split("Without what was left out")[1]


def test_too_thin_a_record_says_what_is_missing(tmp_path: Path, reader: Callable[..., Reading]) -> None:
    place = str(tmp_path / "thin.db")
    with Record.open(place, create=True) as record:
        read = reader("Norway said on Monday that the fishing quota was too small.", id="a", published="2024-01-02")
        record.add(record.place(read.report), read)
        issue = next(iter(record.issues())).issue
    done = CliRunner().invoke(app, ["standoff", issue, "--record", place])
    assert done.exit_code == 1
    assert "no party is on record with a condition" in done.output


def test_a_party_whose_name_has_an_and_in_it_can_be_asked_about(tmp_path: Path, reader: Callable[..., Reading]) -> None:
    text = (
        "SARAJEVO, May 2 (Danube Wire) - Talks on the border crossings will resume only if Bosnia and Herzegovina "
        "withdraws its complaint, Serbian President Aleksandar Vucic said on Thursday. Bosnia and Herzegovina's "
        "Foreign Minister Elmedin Konakovic said his government would withdraw the complaint only if Serbia reopened "
        "the border crossings."
    )
    with Record.open(tmp_path / "communique.db", create=True) as record:
        placed = record.place(Report(id="a", text=text, outlet="Danube Wire", published="2024-05-02"))
        record.add(placed, reader(text, id="a", outlet="Danube Wire", published="2024-05-02"))
        with record.reading() as connection:
            found = derive(connection, find_issue(connection, "border crossings"))
    asked = [sentence for sentence in possible(found) if "condition" in sentence]
    assert any(sentence.startswith("Bosnia and Herzegovina drops") for sentence in asked)
    assert what_if(found, " and ".join(asked)) != found.model


def test_a_model_of_an_issue_with_many_parties_stays_small(derived: dict[str, Derived]) -> None:
    for found in derived.values():
        assert len(found.names) <= MOST_DECISION_MAKERS
        assert len(found.modelled) <= MOST_PRECONDITIONS
        left = len(found.preconditions.all) - len(found.modelled)
        assert any("not in the model" in each for each in found.missing) == bool(left)


@pytest.mark.parametrize(
    ("dispute", "sentence"),
    [
        ("japan-russia", "As things are, no party gains by moving first."),
        ("ceasefire", "Hamas waits for Israel on 2 conditions; Israel has turned one of them down."),
        ("ceasefire", "wait for each other in a circle."),
        ("inspections", "As things are, some party gains by moving first."),
        ("japan-russia", "What would unlock it: Russia drops condition 1"),
        ("tariffs", "would last if somebody brought it about, and nobody gains by doing so."),
    ],
)
def test_the_standoff_is_told_in_short_first(places: dict[str, str], dispute: str, sentence: str) -> None:
    short = run(places, dispute).stdout.split("Who waits for whom")[0]
    assert sentence in short
    assert sentence in "\n".join(json.loads(run(places, dispute, "--json").stdout)["short"])
