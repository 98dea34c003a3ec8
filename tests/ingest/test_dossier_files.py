"""A dossier is read exactly or refused by file, key and reason; what is written is read back the same."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.errors import BadDossier, CommuniqueError, MissingInput
from communique.ingest import Arrival, gather
from communique.ingest.dossier import (
    DisputedIssue,
    Dossier,
    Feed,
    Origin,
    Outlet,
    OutletKind,
    Party,
    country_of,
    dump,
    load_dossier,
    parse_dossier,
    write_dossier,
)
from communique.ingest.dossier_template import template

TEXT = "The minister said he would go."
WHOLE = Dossier(
    name="Talks on fish",
    description="Two coasts,\none sea.",
    parties=(Party("Japan", "JPN", ("Tokyo",)), Party("the fishers' union")),
    issues=(DisputedIssue("fisheries", ("fish", 'the "safe" fishing')),),
    feeds=(Feed("https://a.example/rss", "A Wire"), Feed("http://b.example/atom?x=1")),
    outlets=(Outlet("A Wire", ("a.example",), True, OutletKind.STATE), Outlet("B Post")),
    sources=(Origin("reports"), Origin("more/wire.jsonl")),
)


def put(folder: Path, text: str, name: str = "dossier.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    path = tmp_path / "new" / "dossier.toml"
    write_dossier(WHOLE, path)
    found = load_dossier(path.parent)
    assert found == WHOLE
    assert found.path == path
    assert found.places == (path.parent / "reports", path.parent / "more" / "wire.jsonl")
    with pytest.raises(MissingInput, match="there already"):
        write_dossier(Dossier("other"), path)
    assert load_dossier(path) == WHOLE
    write_dossier(Dossier("other"), path, replace=True)
    assert load_dossier(path).name == "other"


WORDS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=20).filter(str.strip)


@given(WORDS, st.lists(WORDS, unique_by=str.casefold, max_size=3), st.booleans())
def test_names_of_every_kind_go_through_toml(name: str, others: list[str], feeds: bool) -> None:
    made = Dossier(
        name,
        parties=tuple(Party(other) for other in others),
        issues=tuple(DisputedIssue(other) for other in others),
        feeds=(Feed("https://a.example/rss"),) if feeds else (),
    )
    assert parse_dossier(dump(made)) == made
    assert parse_dossier(template(made)) == made


@pytest.mark.parametrize("made", [Dossier("x"), WHOLE])
def test_a_template_shows_an_example_of_each_part_that_is_not_there(made: Dossier) -> None:
    text = template(made)
    assert parse_dossier(text) == made
    for key in ("party", "issue", "feed", "outlet", "source"):
        assert f"[[{key}]]" in text
    bare = "\n".join(
        line.removeprefix("# ") if line[:3] == "# [" or " = " in line else line for line in text.split("\n")
    )
    assert parse_dossier(bare).name == made.name


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "communique: missing"),
        ("communique = 1", "name: missing"),
        ('communique = 2\nname = "x"', "communique: version 2 is newer"),
        ('communique = "1"\nname = "x"', "communique: it is '1'"),
        ('communique = true\nname = "x"', "communique: it is True"),
        ('communique = 1\nname = ""', "name: it is empty"),
        ("communique = 1\nname = 5", "name: it is '5', not a string"),
        ('communique = 1\nname = "x"\nparties = 1', "parties: no such key"),
        ('communique = 1\nname = "x"\nparty = "Japan"', "party: write it as [[party]]"),
        ('communique = 1\nname = "x"\n[party]\nname = "Japan"', "party: write it as [[party]]"),
        ('communique = 1\nname = "x"\n[[party]]\ncountry = "JPN"', "party 1.name: missing"),
        ('communique = 1\nname = "x"\n[[party]]\nname = "Japan"\ncolour = "red"', "party 1.colour: no such key"),
        ('communique = 1\nname = "x"\n[[party]]\nname = "Japan"\ncountry = "Japan"', "party 1.country: 'Japan' is no"),
        ('communique = 1\nname = "x"\n[[party]]\nname = "Japan"\ncountry = "jpn"', "party 1.country: 'jpn' is no"),
        (
            'communique = 1\nname = "x"\n[[party]]\nname = "Japan"\naliases = "Tokyo"',
            "party 1.aliases: it is 'Tokyo', not a list",
        ),
        (
            'communique = 1\nname = "x"\n[[party]]\nname = "a"\n[[party]]\nname = "b"\naliases = ["A"]',
            "party 2: 'A' is in party 1",
        ),
        (
            'communique = 1\nname = "x"\n[[issue]]\nname = "a"\n[[issue]]\nname = "a"',
            "issue 2: 'a' is in issue 1 already",
        ),
        (
            'communique = 1\nname = "x"\n[[feed]]\nurl = "file:///etc/passwd"',
            "feed 1.url: 'file:///etc/passwd' is no http",
        ),
        ('communique = 1\nname = "x"\n[[feed]]\nurl = "https://u:p@a.example/"', "holds credentials"),
        ('communique = 1\nname = "x"\n[[feed]]\nurl = "https://a.example:port/"', "is no http or https address"),
        (
            'communique = 1\nname = "x"\n[[outlet]]\nname = "a"\nagency = "yes"',
            "outlet 1.agency: it is 'yes', not true or false",
        ),
        (
            'communique = 1\nname = "x"\n[[outlet]]\nname = "a"\nkind = "good"',
            "outlet 1.kind: 'good' is none of official",
        ),
        ('communique = 1\nname = "x"\n[[outlet]]\nname = "a"\ndomains = ["https://a.example"]', "is no domain"),
        (
            'communique = 1\nname = "x"\n[[outlet]]\nname="a"\ndomains=["a.b"]\n[[outlet]]\nname="c"\ndomains=["a.b"]',
            "outlet 2: 'a.b' is in outlet 1",
        ),
        ('communique = 1\nname = "x"\n[[source]]\npath = "/etc"', "source 1.path: '/etc' is not relative"),
        ('communique = 1\nname = "x"\n[[source]]\npath = "C:/x"', "is not relative"),
        ('communique = 1\nname = "x"\n[[source]]\npath = "a/../../b"', "leads out of the dossier's folder"),
        ('communique = 1\nname = "x"\n[[source]]\npath = "link"', "leads out of the dossier's folder"),
        ('communique = 1\nname = "x\\u0007"', "name: 'x\\x07' holds control characters"),
        (f'communique = 1\nname = "{"x" * 3000}"', "name: it has 3,000 characters"),
        ("communique = = 1", "not TOML"),
        ("a = " + "[" * 5_000, "nested too deep"),
        ("a = " + "1" * 5_000, "not TOML"),
        ('name = "' + "x" * 1_000_001, "over 1,000,000 bytes"),
    ],
)
def test_what_does_not_belong_is_refused_by_its_key(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "link").symlink_to(tmp_path)
    path = put(tmp_path / "d", text)
    with pytest.raises(BadDossier) as caught:
        load_dossier(path)
    assert caught.value.where == str(path)
    assert reason in caught.value.reason
    (item,) = gather([path])
    assert isinstance(item, BadDossier)


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "dossier.toml").write_bytes(b'communique = 1\nname = "\xff"')
    with pytest.raises(BadDossier, match="not UTF-8"):
        load_dossier(tmp_path)
    with pytest.raises(MissingInput, match="no such file"):
        load_dossier(tmp_path / "none")


def told(folder: Path) -> list[str]:
    return [item.report.id if isinstance(item, Arrival) else str(item.reason) for item in gather([folder])]


def reports(*names: str, **fields: str) -> str:
    return "\n".join(json.dumps({"id": name, "text": f"{TEXT} {name}", **fields}) for name in names)


def test_of_a_folder_with_a_dossier_its_sources_are_read(tmp_path: Path) -> None:
    put(tmp_path, reports("a"), "a.jsonl")
    (tmp_path / "more").mkdir()
    put(tmp_path / "more", reports("b"), "b.jsonl")
    put(tmp_path, reports("c"), "c.jsonl")
    path = put(tmp_path, 'communique = 1\nname = "x"\n[[source]]\npath = "more"\n[[source]]\npath = "a.jsonl"')
    assert told(tmp_path) == told(path) == ["b", "a"]
    put(tmp_path, 'communique = 1\nname = "x"')
    assert told(tmp_path) == ["a", "c", "b"]
    put(tmp_path, 'communique = 1\nname = "x"\n[[source]]\npath = "gone"\n[[source]]\npath = "a.jsonl"')
    assert told(tmp_path) == ["there is no such file or folder", "a"]


def test_a_dossier_of_feeds_may_have_no_files_yet(tmp_path: Path) -> None:
    put(tmp_path, 'communique = 1\nname = "x"\n[[feed]]\nurl = "https://a.example/rss"')
    assert told(tmp_path) == []
    put(tmp_path, 'communique = 1\nname = "x"')
    assert "no report in this folder" in told(tmp_path)[0]


def test_a_dossier_names_the_outlets_at_its_domains(tmp_path: Path) -> None:
    put(tmp_path, 'communique = 1\nname = "x"\n[[outlet]]\nname = "A Wire"\ndomains = ["a.example"]')
    put(tmp_path, reports("a", url="https://www.news.a.example/1"), "a.jsonl")
    put(tmp_path, reports("b", url="https://nota.example/1"), "b.jsonl")
    put(tmp_path, reports("c", url="https://a.example/1", outlet="Its own"), "c.jsonl")
    found = [item.report.outlet for item in gather([tmp_path]) if isinstance(item, Arrival)]
    assert found == ["A Wire", None, "Its own"]


@pytest.mark.parametrize(
    ("name", "code"), [("Japan", "JPN"), ("the bahamas", "BHS"), ("United States", "USA"), ("Atlantis", None)]
)
def test_a_state_s_code_is_known_by_its_name(name: str, code: str | None) -> None:
    assert country_of(name) == code


def test_errors_are_ours() -> None:
    assert issubclass(BadDossier, CommuniqueError)
    assert issubclass(BadDossier, ValueError)
