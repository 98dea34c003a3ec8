"""The feeds of an OPML file become a dossier's; hostile XML is refused, and nothing is expanded."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from communique.cli.app import app
from communique.errors import BadDossier
from communique.ingest.dossier import Feed, load_dossier
from communique.ingest.opml import MAX_BYTES, MOST_FEEDS, feeds_in_opml

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>My feeds</title></head><body>
<outline text="North">
  <outline type="rss" text="Fjord Post" title="The Fjord Post" xmlUrl="https://fjord.example/rss" htmlUrl="https://fjord.example"/>
  <outline type="rss" text="Harbour" xmlURL=" https://harbour.example/atom "/>
</outline>
<outline text="Fjord again" xmlUrl="https://fjord.example/RSS"/>
<outline text="No feed"/>
<outline text="Local" xmlUrl="file:///etc/passwd"/>
<outline text="Mine" xmlUrl="https://me:secret@mine.example/rss"/>
</body></opml>"""


def opml(outlines: str) -> bytes:
    return f"<opml version='2.0'><body>{outlines}</body></opml>".encode()


def test_each_feed_comes_once_with_its_title_for_its_outlet() -> None:
    feeds, notes = feeds_in_opml(LIST.encode(), "my.opml")
    assert feeds == (
        Feed("https://fjord.example/rss", "The Fjord Post"),
        Feed("https://harbour.example/atom", "Harbour"),
    )
    assert len(notes) == 2
    assert "is no http or https address" in notes[0]
    assert "holds credentials" in notes[1]


def test_what_its_owner_switched_off_is_left_out_with_all_that_is_in_it() -> None:
    off = "<outline isComment='true' text='Old'><outline xmlUrl='https://old.example/rss'/></outline>"
    one = "<outline iscomment='TRUE' xmlUrl='https://one.example/rss'/><outline xmlUrl='https://on.example/rss'/>"
    feeds, notes = feeds_in_opml(opml(off + one), "my.opml")
    assert [feed.url for feed in feeds] == ["https://on.example/rss"]
    assert [note.endswith("is switched off there: left out") for note in notes] == [True, True]


def test_addresses_that_browsers_hand_to_readers_are_had() -> None:
    given = "<outline xmlUrl='feed://a.example/rss'/><outline xmlUrl='feed:https://b.example/rss'/>"
    feeds, _ = feeds_in_opml(opml(given), "my.opml")
    assert [feed.url for feed in feeds] == ["http://a.example/rss", "https://b.example/rss"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no XML that can be read"),
        (b"<opml><body>", "no XML that can be read"),
        (b"<rss><channel/></rss>", "no OPML but 'rss'"),
        (b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body><outline text='&a;'/></body></opml>", "a document type"),
        (b"<!DOCTYPE opml SYSTEM 'http://127.0.0.1/x.dtd'><opml/>", "a document type"),
        (b" " * (MAX_BYTES + 1), "over 4,000,000 bytes"),
    ],
)
def test_what_is_no_opml_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadDossier) as refused:
        feeds_in_opml(data, "my.opml")
    assert reason in refused.value.reason


def test_more_feeds_than_are_watched_are_left_out_with_a_note() -> None:
    many = "".join(f"<outline xmlUrl='https://f{n}.example/'/>" for n in range(MOST_FEEDS + 2))
    feeds, notes = feeds_in_opml(opml(many), "my.opml")
    assert (len(feeds), notes) == (MOST_FEEDS, ("over 2,000 feeds: the rest is left out",))


def test_a_new_dossier_has_the_feeds_of_the_file_and_those_named(tmp_path: Path) -> None:
    (tmp_path / "my.opml").write_text(LIST)
    args = ["--opml", str(tmp_path / "my.opml"), "--feed", "https://third.example/rss"]
    done = CliRunner().invoke(app, ["init", str(tmp_path / "north"), *args])
    assert done.exit_code == 0, done.output
    urls = [feed.url for feed in load_dossier(tmp_path / "north").feeds]
    assert urls == ["https://fjord.example/rss", "https://harbour.example/atom", "https://third.example/rss"]
    assert "left out" in done.stderr


@pytest.mark.parametrize("data", [None, b"<rss/>", opml("<outline text='a'/>")])
def test_a_file_without_feeds_makes_no_dossier(tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "my.opml"
    if data is not None:
        file.write_bytes(data)
    done = CliRunner().invoke(app, ["init", str(tmp_path / "north"), "--opml", str(file)])
    assert done.exit_code == 1
    assert str(file) in done.stderr
    assert not (tmp_path / "north" / "dossier.toml").exists()


HELD = """# What we follow; keep it short.
communique = 1
name = "North"

[[feed]]   # the first one that we had
url = "https://FJORD.example/rss"

[[party]]
name = "Norway"  # and nobody else
"""


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_dossier_that_is_there_gets_the_feeds_that_it_lacks_and_stays_as_it_is(tmp_path: Path, ends: str) -> None:
    (tmp_path / "my.opml").write_text(LIST)
    file = tmp_path / "dossier.toml"
    before = HELD.replace("\n", ends).encode()
    file.write_bytes(before)
    args = ["init", str(tmp_path), "--opml", str(tmp_path / "my.opml"), "--feed", "https://third.example/rss"]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 0, done.output
    assert "2 feeds added, 1 were there" in done.stderr
    after = file.read_bytes()
    assert after.startswith(before)
    held = load_dossier(file)
    assert [feed.url for feed in held.feeds] == [
        "https://FJORD.example/rss",
        "https://harbour.example/atom",
        "https://third.example/rss",
    ]
    assert held.feeds[1].outlet == "Harbour"
    assert [party.name for party in held.parties] == ["Norway"]
    assert CliRunner().invoke(app, args).exit_code == 0
    assert file.read_bytes() == after


@pytest.mark.parametrize("feeds", ['feed = [{ url = "https://a.example/rss" }]', "feed = []"])
def test_a_list_of_feeds_that_nothing_can_be_added_to_is_told(tmp_path: Path, feeds: str) -> None:
    file = tmp_path / "dossier.toml"
    file.write_text(f'communique = 1\nname = "North"\n{feeds}\n')
    before = file.read_bytes()
    done = CliRunner().invoke(app, ["init", str(tmp_path), "--feed", "https://third.example/rss"])
    assert done.exit_code == 1
    assert "[[feed]]" in done.stderr
    assert file.read_bytes() == before


def test_what_else_is_given_is_not_put_into_a_dossier_that_is_there(tmp_path: Path) -> None:
    file = tmp_path / "dossier.toml"
    file.write_text(HELD)
    args = ["init", str(tmp_path), "--feed", "https://third.example/rss", "--party", "Sweden"]
    done = CliRunner().invoke(app, args)
    assert done.exit_code == 1
    assert file.read_text() == HELD
