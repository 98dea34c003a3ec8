"""Pictures: well-formed SVG whatever the names are, the same each time, and PNG."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from communique.brief.pictures.drawing import KINDS, draw
from communique.brief.pictures.png import png
from communique.brief.pictures.timeline import Spoken, timeline
from communique.brief.pictures.waiting import Waits, waiting
from communique.cli.app import app
from communique.record import Record
from communique.record.query.lookup import find_issue
from record_samples import JAPAN, made, put, reading

ANY = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
TEXT = "Russia said it would resume treaty talks only if Japan changed course, TASS reported."


def elements(svg: str, name: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f".//{{http://www.w3.org/2000/svg}}{name}")


@given(ANY, ANY)
def test_any_name_is_text_in_a_well_formed_picture(one: str, other: str) -> None:
    said = [Spoken(one, date(2024, 1, 2), "hostile", 3, other, f"/x?y={len(other)}&z")]
    for svg in (
        timeline(other, said, date(2024, 1, 1), date(2024, 2, 1)),
        waiting(one, [Waits(one, other, 1, one), Waits(other, one, 2, other)], {(one, other)}),
    ):
        assert elements(svg, "title")
        assert elements(svg, "script") == []


def test_two_who_wait_for_each_other_stand_out() -> None:
    svg = waiting(
        "w", [Waits("A", "B", 1, ""), Waits("B", "A", 1, ""), Waits("C", "A", 1, "")], {("A", "B"), ("B", "A")}
    )
    assert [path.get("class") for path in elements(svg, "path") if path.get("marker-end")] == [
        *("deadlock", "deadlock", "arrow")
    ]


def test_a_tone_has_a_shape_of_its_own() -> None:
    tones = {"conciliatory": "polygon", "neutral": "circle", "hostile": "rect"}
    for tone, shape in tones.items():
        svg = timeline("t", [Spoken("A", date(2024, 1, 2), tone, 1, "here")], date(2024, 1, 1), date(2024, 2, 1))
        assert [each.get("class") for each in elements(svg, shape) if each.get("class") == tone] == [tone] * 2


@pytest.fixture
def held(tmp_path: Path) -> Path:
    place = tmp_path / "communique.db"
    with Record.open(place, create=True) as record:
        put(record, reading(made(TEXT, published="2023-10-04")))
        put(record, reading(made(TEXT.replace("Russia", "Tokyo"), published="2024-03-01"), speaker=JAPAN))
    return place


@pytest.mark.parametrize("kind", KINDS)
def test_each_picture_of_an_issue_is_drawn_the_same_each_time(held: Path, kind: str) -> None:
    with Record.open(held, read_only=True) as record, record.reading() as connection:
        drawn = [draw(connection, kind, find_issue(connection, "peace treaty")) for _ in range(2)]
        before = draw(connection, kind, find_issue(connection, "peace treaty"), "1999-01-01")
    if drawn[0] is not None:
        ElementTree.fromstring(drawn[0])
    assert drawn[0] == drawn[1]
    assert before is None
    assert (drawn[0] is None) == (kind == "matrix"), "nobody in these takes a stance"


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["timeline", "peace treaty", "-o", "t.svg"], 0, ""),
        (["timeline", "peace treaty", "-o", "t.png"], 0, ""),
        (["timeline", "peace treaty", "-o", "t.gif"], 2, ".svg or .png"),
        (["timeline", "-o", "t.svg"], 2, "on which issue"),
        (["timeline", "war treaty", "-o", "t.svg"], 1, "no issue"),
        (["matrix", "peace treaty", "-o", "t.svg"], 1, "nothing to draw"),
    ],
)
def test_the_command_writes_the_file_or_says_why_not(
    held: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, said: str
) -> None:
    monkeypatch.chdir(held.parent)
    done = CliRunner().invoke(app, ["picture", *arguments])
    assert done.exit_code == status, done.output
    assert said in done.output
    written = list(held.parent.glob("t.*"))
    assert len(written) == (status == 0)


def test_a_png_is_one() -> None:
    assert png(timeline("t", [], date(2024, 1, 1), date(2024, 2, 1))).startswith(b"\x89PNG\r\n")
