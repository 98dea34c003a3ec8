"""Model files: what they may say, what is refused, and where the error says it stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from communique.errors import (
    BadStandoff,
    CommuniqueError,
    ContradictoryPreference,
    CyclicStandoff,
    MissingInput,
    NoFeasibleState,
    StandoffTooLarge,
    UnknownInStandoff,
)
from communique.standoff import (
    Concept,
    Direction,
    GraphModel,
    StatementPreference,
    dump_model,
    load_model,
    model_text,
    parse_model,
    solve,
)
from standoff_models import explicit, option_form

TALKS: dict[str, Any] = {
    "version": 1,
    "name": "Talks",
    "decision_makers": [
        {
            "name": "Japan",
            "evidence": ["s0"],
            "options": [
                {"name": "shift policy", "direction": "forward", "evidence": ["s1", "s2"]},
                "offer aid",
            ],
            "preferences": [
                {"statement": "resume talks", "strong": True, "evidence": ["s3"]},
                "NOT shift policy",
                "calm IF offer aid",
            ],
        },
        {
            "name": "Russia",
            "options": ["resume talks"],
            "ranking": [{"states": ["shift policy AND resume talks"], "strong": True}, ["NN-", "NYN"], "NOT calm"],
        },
    ],
    "definitions": {"calm": "NOT (resume talks AND NOT shift policy)"},
    "infeasible": [{"pattern": "NY-", "evidence": ["s4"]}, {"at_most_one": ["offer aid", "resume talks"]}],
    "status_quo": {"taken": [], "evidence": ["s5"]},
}

EXPLICIT: dict[str, Any] = {
    "states": 3,
    "decision_makers": [
        {"name": "A", "moves": [[1, 2], [2, 1]], "payoffs": [1, 2.5, 3]},
        {"name": "B", "moves": [[2, 3]], "ranking": "3 > 1 ~ 2"},
    ],
}


def with_(path: str, value: Any, base: dict[str, Any] = TALKS) -> dict[str, Any]:
    """A copy of a model's values with one put in, ``decision_makers.0.options``; None takes it out."""
    copy = json.loads(json.dumps(base))
    *inner, last = path.split(".")
    at: Any = copy
    for key in inner:
        at = at[int(key) if isinstance(at, list) else key]
    key_or_place: Any = int(last) if isinstance(at, list) else last
    if value is None:
        del at[key_or_place]
    else:
        at[key_or_place] = value
    return copy  # type: ignore[no-any-return]


def test_an_option_form_is_read_with_its_evidence() -> None:
    model = parse_model(with_("decision_makers.1.ranking", ["--Y", "--N"]))
    japan, russia = model.decision_makers
    assert [option.name for option in model.options] == ["shift policy", "offer aid", "resume talks"]
    assert japan.options[0].direction is Direction.FORWARD
    assert japan.options[0].evidence == ("s1", "s2")
    assert isinstance(japan.preference, StatementPreference)
    assert japan.preference.statements[0].evidence == ("s3",)
    assert (japan.evidence, russia.evidence) == (("s0",), ())
    assert model.infeasible[0].evidence == ("s4",)
    assert model.status_quo is not None
    assert model.status_quo.evidence == ("s5",)


def test_states_are_numbered_with_the_first_option_changing_fastest() -> None:
    found = solve(parse_model(with_("decision_makers.1.ranking", ["--Y", "--N"])))
    assert [found.label(number + 1) for number in range(found.states)] == ["NNN", "YNN", "YYN", "NNY", "YNY"]


@settings(max_examples=40, deadline=None)
@given(explicit(strength=True) | explicit(unknown=True) | option_form(strength=True) | option_form(unknown=True))
def test_what_is_written_is_read_as_the_same_model(models: Any) -> None:
    model: GraphModel = models[0]
    assert parse_model(dump_model(model)) == model
    assert parse_model(model_text(model)) == model
    assert parse_model(model_text(model, "toml"), form="toml") == model


def test_a_model_with_every_part_is_written_as_it_was_read() -> None:
    model = parse_model(TALKS)
    assert parse_model(dump_model(model)) == model
    assert parse_model(model_text(model, "toml"), form="toml") == model


def test_extra_keys_of_an_explicit_form_are_kept_apart() -> None:
    model = parse_model({**EXPLICIT, "source": "a book", "expected": {}})
    assert model.ignored == ("source", "expected")


def test_states_may_have_names() -> None:
    raw = with_("states", ["war", "truce", "peace"], EXPLICIT)
    raw["decision_makers"][1] = {"name": "B", "moves": [["truce", "peace"]], "ranking": "peace > war ~ truce"}
    raw["status_quo"] = "war"
    found = solve(parse_model(raw))
    assert found.equilibria(Concept.NASH) == (3,)
    assert found.label(3) == "peace"


@pytest.mark.parametrize(
    ("raw", "error", "where", "reason"),
    [
        (with_("version", 2), BadStandoff, "version", "newer"),
        (with_("version", True), BadStandoff, "version", "must be a version, is true"),
        (with_("decison_makers", []), BadStandoff, "m", "did you mean 'decision_makers'"),
        (with_("decision_makers", []), BadStandoff, "m", "no decision makers"),
        (with_("decision_makers", {}), BadStandoff, "decision_makers", "must be a list, is a table"),
        (with_("decision_makers.0", "Japan"), BadStandoff, "decision_makers[1]", "must be a table"),
        (with_("decision_makers.0.name", None), BadStandoff, "decision_makers[1]", "'name' is missing"),
        (with_("decision_makers.0.name", "Russia"), BadStandoff, "decision_makers[2]", "there twice"),
        (with_("decision_makers.0.name", ""), BadStandoff, "decision_makers[1].name", "is empty"),
        (with_("decision_makers.0.name", 'a"b'), BadStandoff, "decision_makers[1].name", "quotation mark"),
        (with_("decision_makers.0.name", "x" * 400), BadStandoff, "decision_makers[1].name", "400 characters"),
        (with_("decision_makers.0.options.1", "shift policy"), BadStandoff, "options[2]", "there twice"),
        (with_("decision_makers.0.options.0.direction", "up"), BadStandoff, "options[1].direction", "is 'up'"),
        (with_("decision_makers.0.evidence", "s1"), BadStandoff, "decision_makers[1].evidence", "must be a list"),
        (with_("decision_makers.0.preferences", None), BadStandoff, "decision_makers[1]", "has none"),
        (with_("decision_makers.0.payoffs", [1]), BadStandoff, "decision_makers[1]", "preferences and payoffs"),
        (with_("decision_makers.0.mode", "best"), BadStandoff, "mode", "lexicographic or weighted"),
        (with_("decision_makers.0.mode", "weighted"), BadStandoff, "preferences[1]", "needs a weight"),
        (with_("decision_makers.0.moves", [[1, 2]]), BadStandoff, "moves", "option form"),
        (with_("definitions.offer aid", "resume talks"), BadStandoff, "definitions.offer aid", "an option already"),
        (with_("infeasible.0", {}), BadStandoff, "infeasible[1]", "must have one of"),
        (with_("status_quo", "YN"), BadStandoff, "status_quo", "no pattern"),
        (with_("status_quo", "YN-"), BadStandoff, "status_quo", "leaves options open"),
        (with_("status_quo", ["leave"]), UnknownInStandoff, "status_quo[1]", "no option 'leave'"),
        (with_("include", ["a.json"]), BadStandoff, "m", "only a file can"),
        (with_("states", 0, EXPLICIT), BadStandoff, "states", "from 1"),
        (with_("states", 10**30, EXPLICIT), BadStandoff, "states", "from 1"),
        (with_("states", "three", EXPLICIT), BadStandoff, "states", "is 'three'"),
        (with_("decision_makers.0.moves.0", [1, 4], EXPLICIT), BadStandoff, "moves[1][2]", "from 1 to 3, is 4"),
        (with_("decision_makers.0.moves.0", [1, True], EXPLICIT), BadStandoff, "moves[1][2]", "is true"),
        (with_("decision_makers.0.moves.0", [1], EXPLICIT), BadStandoff, "moves[1]", "has 1"),
        (with_("decision_makers.0.moves.0", [2, 2], EXPLICIT), BadStandoff, "moves[1]", "to itself"),
        (with_("decision_makers.0.payoffs.0", "1", EXPLICIT), BadStandoff, "payoffs[1]", "must be a number"),
        (with_("decision_makers.0.payoffs.0", 10**40, EXPLICIT), BadStandoff, "payoffs[1]", "too large"),
        (with_("decision_makers.0.strong_gap", -1, EXPLICIT), BadStandoff, "strong_gap", "above 0"),
        (with_("decision_makers.0.options", ["x"], EXPLICIT), BadStandoff, "options", "explicit form"),
        (with_("infeasible", ["NNN"], EXPLICIT), BadStandoff, "infeasible", "option form"),
        (with_("status_quo", 9, EXPLICIT), BadStandoff, "status_quo", "is 9"),
        ([], BadStandoff, "m", "must be a table"),
    ],
)
def test_what_is_not_written_as_a_model_is_refused_by_its_place(
    raw: Any, error: type[CommuniqueError], where: str, reason: str
) -> None:
    with pytest.raises(error) as refused:
        parse_model(json.dumps(raw), "m")
    assert refused.value.where.startswith("m")
    assert refused.value.where.endswith(where)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("raw", "error", "where", "reason"),
    [
        (with_("decision_makers.0.preferences.1", "peace"), UnknownInStandoff, "preferences[2]", "'peace'"),
        (with_("decision_makers.0.preferences.1", "9"), UnknownInStandoff, "preferences[2]", "no option 9"),
        (with_("decision_makers.0.preferences.1", "offer aid AND"), BadStandoff, "preferences[2]", "at the end"),
        (with_("decision_makers.0.preferences.1", "(offer aid"), BadStandoff, "preferences[2]", "not closed"),
        (
            with_("decision_makers.0.preferences.1", "offer aid AND NOT offer aid"),
            ContradictoryPreference,
            "preferences[2]",
            "Japan prefers 'offer aid AND NOT offer aid', which no feasible state fulfils",
        ),
        (
            with_("decision_makers.0.preferences.1", "NOT resume talks"),
            ContradictoryPreference,
            "preferences[2]",
            "both 'resume talks' and its contrary 'NOT resume talks'",
        ),
        (with_("decision_makers.1.ranking", ["YYN"]), BadStandoff, "decision_makers[2].ranking", "have no place"),
        (with_("decision_makers.1.ranking", ["YYN", "YYN", "---"]), ContradictoryPreference, "ranking", "two places"),
        (with_("decision_makers.1.ranking", [99, "---"]), UnknownInStandoff, "ranking[1]", "no state 99"),
        (with_("infeasible", ["---"]), NoFeasibleState, "m", "infeasible[1]"),
        (with_("infeasible", ["YY-", "NOT 1 OR NOT 2"]), NoFeasibleState, "m", "infeasible[1], infeasible[2]"),
        (with_("coalesced", ["N--", "NN-"]), BadStandoff, "coalesced[2]", "another set"),
        (with_("coalesced", ["NY-"]), NoFeasibleState, "coalesced[1]", "no feasible state"),
        (with_("definitions.calm", "calm AND 1"), CyclicStandoff, "definitions", "'calm' uses 'calm'"),
        (
            with_("definitions", {"calm": "a OR 1", "a": "NOT b", "b": "calm"}),
            CyclicStandoff,
            "definitions",
            "'calm' uses 'a' uses 'b' uses 'calm'",
        ),
        (with_("decision_makers.0.payoffs", [1, 2], EXPLICIT), BadStandoff, "payoffs", "2 payoffs for 3 states"),
        (with_("decision_makers.0.unknown", [[1, 7]], EXPLICIT), UnknownInStandoff, "unknown", "no state 7"),
        (with_("decision_makers.0.unknown", [[2, 2]], EXPLICIT), BadStandoff, "unknown", "itself"),
    ],
)
def test_what_cannot_be_solved_is_refused_by_its_place(
    raw: Any, error: type[CommuniqueError], where: str, reason: str
) -> None:
    with pytest.raises(error) as refused:
        solve(parse_model(raw, "m"))
    assert refused.value.where.endswith(where)
    assert reason in refused.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not JSON"),
        ("[" * 200_000, "nested too deep"),
        ('{"a":' * 200_000, "nested too deep"),
        ('{"states": 1, "states": 2}', "'states' twice"),
        ('{"states": NaN}', "NaN, which is no number"),
        ('{"states": -Infinity}', "-Infinity, which is no number"),
        ('{"states": %s}' % ("9" * 5_000), "too many digits"),
        ('{"states": 1e999999999999999999999}', ""),
        ('{"states": 1.5, "decision_makers": [{}]}', "must be a number of states"),
        ("\ud800", None),
    ],
)
def test_hostile_json_is_refused(tmp_path: Path, text: str, reason: str | None) -> None:
    file = tmp_path / "m.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(BadStandoff) as refused:
        load_model(file)
    assert str(file) in refused.value.where
    assert (reason if reason is not None else "not UTF-8") in refused.value.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a = ", "is not TOML"),
        ("states = nan\n[[decision_makers]]", "must be"),
        ("x = " + "[" * 50_000, "nested too deep"),
        ("a=1\na=2", "is not TOML"),
    ],
)
def test_hostile_toml_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text)
    with pytest.raises(BadStandoff, match=reason):
        load_model(file)


def test_a_payoff_that_is_no_number_is_refused() -> None:
    raw = model_text(parse_model(EXPLICIT), "toml").replace("2.5", "nan")
    with pytest.raises(BadStandoff, match=r"payoffs\[2\]: must be a number"):
        parse_model(raw, form="toml")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingInput, match="No such file"):
        load_model(tmp_path / "none.json")
    with pytest.raises(MissingInput, match="Is a directory"):
        load_model(tmp_path)


def split(folder: Path) -> Path:
    """The model of TALKS in three files."""
    (folder / "parts").mkdir()
    japan = {"decision_makers": TALKS["decision_makers"][:1], "definitions": TALKS["definitions"]}
    (folder / "parts" / "japan.json").write_text(json.dumps(japan))
    russia = with_("decision_makers.1.ranking", ["--Y", "--N"])["decision_makers"][1:]
    (folder / "parts" / "russia.json").write_text(json.dumps({"decision_makers": russia, "include": ["japan.json"]}))
    top = {"include": ["parts/russia.json"], "infeasible": TALKS["infeasible"], "status_quo": []}
    (folder / "top.json").write_text(json.dumps(top))
    return folder / "top.json"


def test_files_include_others(tmp_path: Path) -> None:
    model = load_model(split(tmp_path))
    assert model.names == ("Japan", "Russia")
    assert solve(model).states == 5


@pytest.mark.parametrize(
    ("included", "error", "reason"),
    [
        ("../top.json", CyclicStandoff, "top.json includes russia.json includes japan.json includes top.json"),
        ("japan.json", CyclicStandoff, "japan.json includes japan.json"),
        ("/etc/passwd", BadStandoff, "must be a path from this file's folder"),
        ("../../other.json", BadStandoff, "outside of the model's folder"),
        ("none.json", MissingInput, "No such file"),
    ],
)
def test_what_may_not_be_included(tmp_path: Path, included: str, error: type[CommuniqueError], reason: str) -> None:
    top = split(tmp_path)
    japan = tmp_path / "parts" / "japan.json"
    japan.write_text(json.dumps({**json.loads(japan.read_text()), "include": [included]}))
    with pytest.raises(error) as refused:
        load_model(top)
    assert reason in refused.value.reason


def test_a_link_does_not_lead_an_include_out_of_the_folder(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.json").write_text(json.dumps(TALKS))
    (inside / "link.json").symlink_to(tmp_path / "secret.json")
    (inside / "m.json").write_text('{"include": ["link.json"]}')
    with pytest.raises(BadStandoff, match="outside of the model's folder"):
        load_model(inside / "m.json")


def wide(options: int, **more: Any) -> GraphModel:
    names = [f"o{k}" for k in range(options)]
    makers = [{"name": "A", "options": names, "preferences": ["o0"]}]
    return parse_model({"decision_makers": makers, **more})


def test_a_model_too_large_is_refused_with_its_size_and_the_limit() -> None:
    with pytest.raises(StandoffTooLarge, match=r"of 40 options.*2\^40 = 1,099,511,627,776 .*limit is 4,194,304"):
        solve(wide(40))
    with pytest.raises(StandoffTooLarge, match="the limit is 100 states"):
        solve(wide(7), limit=100)
    assert solve(wide(7), limit=128).states == 128


def test_many_options_of_which_few_combinations_are_feasible_are_solved() -> None:
    names = [f"o{k}" for k in range(60)]
    found = solve(wide(60, infeasible=[{"at_most_one": names}]))
    assert found.states == 61
    assert [len(found.equilibria(concept)) for concept in Concept] == [1, 1, 1, 1, 1]
    assert found.graph.space.taken(found.equilibria(Concept.NASH)[0] - 1) == ("o0",)


def test_too_many_moves_are_refused_before_they_are_made() -> None:
    model = wide(30, infeasible=[" AND ".join(["NOT o0", f"o{k}"]) for k in range(1, 15)] + ["o29", "o28"])
    with pytest.raises(StandoffTooLarge, match="limit"):
        solve(model, limit=20_000)


def test_one_way_options_too_many_to_compare_are_refused() -> None:
    options = [{"name": f"o{k}", "direction": "forward"} for k in range(18)]
    model = parse_model({"decision_makers": [{"name": "A", "options": options, "preferences": ["o0"]}]})
    with pytest.raises(StandoffTooLarge, match=r"18 options of A .* the limit is 67,108,864"):
        solve(model, limit=2**18)


def test_preferences_of_two_degrees_do_not_go_with_unknown_ones() -> None:
    raw = with_("decision_makers.0.strong_gap", 1, with_("decision_makers.0.unknown", [[1, 2]], EXPLICIT))
    with pytest.raises(BadStandoff, match="do not go together"):
        solve(parse_model(raw))
