"""``communique check``: what is wrong with a record, what is lost by it and what to do; nothing with a sound one."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from command_runs import Ran, communique
from communique.collect.hand_over_reading import take_in_lines
from communique.errors import MissingInput, NotARecord
from communique.record import Record
from communique.record.archive.whole_check import Finding, Kind, Lost, Remedy, check
from record_samples import made, put, reading

PAGE = 4096


def filled(where: str, reports: int = 3) -> list[str]:
    """Fill a record, people's decisions among the rest; return the reports' keys."""
    with Record.open(where, create=True) as record:
        keys = [
            put(
                record,
                reading(made(f"Russia said offer {number} would stand only if Japan changed course.", id=f"r{number}")),
            )
            for number in range(reports)
        ]
        record.judge("actor", "jpn", "correct", by="Aiko", correction={"country": "JPN"})
    return keys


def found(where: str | Path) -> list[Finding]:
    return list(check(where))


def changed(where: str, *statements: str) -> None:
    """Change a record behind Communique's back, the constraints of its tables switched off."""
    if "://" not in where:
        with closing(sqlite3.connect(where)) as file:
            for statement in statements:
                file.execute(statement)
            file.commit()
        return
    with Record.open(where) as record, record.engine.begin() as connection:
        connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            connection.exec_driver_sql(statement)


def run(*arguments: str, cwd: Path) -> Ran:
    return communique("check", *arguments, folder=cwd)


def test_a_sound_record_has_no_finding(where: str) -> None:
    filled(where)
    assert found(where) == []


def test_so_has_one_that_has_been_through_much(where: str) -> None:
    url = "https://example.org/talks"
    with Record.open(where, create=True) as record:
        for number in range(3):  # versions
            placed = record.place(made(f"Russia said {number} only if Japan agreed, TASS reported.", url=url))
            assert record.add(placed, reading(placed.report))
        for outlet in ("Fjord Post", "Volga State News"):  # wire copies
            text = "Russia said on Friday that it would sign the treaty only if Japan left the islands. " * 3
            put(record, reading(made(text, outlet=outlet, id=outlet)))
        entry = record.merge("actor", "jpn", "rus", by="Aiko")
        record.unmerge("actor", entry.from_key, by="Aiko")
        record.merge("actor", "outlet:tass", "rus", by="Aiko")
        key = record.statements(limit=1).page().rows[0].statement
        record.judge("statement", key, "correct", by="Aiko", correction={"speaker": "jpn"})
        again = record.place(made("Russia said 2 only if Japan agreed, TASS reported.", url=url))
        assert again.held
        record.add(again, reading(again.report))  # read again
        record.join_waiting()
    assert found(where) == []


def test_an_altered_text_is_found_by_its_hash(where: str) -> None:
    filled(where)
    changed(
        where, "UPDATE report_version SET text = replace(text, 'only if', 'even if') WHERE number = 1 AND report_id = 2"
    )
    (finding,) = found(where)
    assert (finding.kind, finding.where) == (Kind.TEXT, "report r1, version 1")
    assert "SHA-256" in finding.what
    assert (finding.lost, finding.remedy) == (Lost.WHAT_CAME_IN, Remedy.BACKUP)


def test_a_deleted_parent_is_told_by_those_that_name_it(where: str) -> None:
    filled(where)
    changed(where, "DELETE FROM canonical_actor WHERE key = 'rus'")
    findings = found(where)
    assert "actor.canonical_id" in {each.where for each in findings}
    (told,) = (each for each in findings if each.where == "actor.canonical_id")
    assert told.what == "3 name no canonical_actor that is there (the first: row 1)"
    assert {each.kind for each in findings} == {Kind.REFERENCE}


def test_a_report_that_is_gone_is_told_by_what_it_left(where: str) -> None:
    filled(where)
    changed(where, "DELETE FROM report WHERE key = 'r1'")
    wheres = {each.where for each in found(where)}
    assert {"report_version.report_id", "report_identity.report_id", "statement.report_id"} <= wheres


@pytest.mark.parametrize(
    ("change", "which", "what"),
    [
        ("UPDATE statement SET act = 'sing' WHERE id = 2", "report r1, version 1, statement 2", "sing"),
        ("UPDATE statement SET content = '[[0' WHERE id = 2", "report r1, version 1, statement 2", "JSON"),
        ("UPDATE actor SET kind = 'ghost' WHERE id = 1", "report r0, version 1, actor 1", "ghost"),
    ],
)
def test_a_row_that_no_reader_made_is_named(where: str, change: str, which: str, what: str) -> None:
    filled(where)
    changed(where, change)
    (finding,) = found(where)
    assert (finding.kind, finding.where) == (Kind.ROW, which)
    assert what in finding.what
    assert (finding.lost, finding.remedy) == (Lost.WHAT_WAS_READ, Remedy.AGAIN)


def test_a_span_outside_the_text_is_named(where: str) -> None:
    keys = filled(where)
    changed(where, "UPDATE statement SET content = '[[0, 9999]]' WHERE id = 3")
    (finding,) = found(where)
    assert finding.where.startswith(f"report {keys[2]}, version 1, s")
    assert "[0, 9999] is not in the text" in finding.what


def test_reading_it_again_makes_it_good(where: str) -> None:
    keys = filled(where)
    changed(where, "UPDATE statement SET act = 'sing' WHERE id = 2")
    assert found(where)
    with Record.open(where) as record:
        again = reading(made("Russia said offer 1 would stand only if Japan changed course.", id=keys[1]))
        record.add(record.place(again.report), again)
    assert found(where) == []


def test_a_decision_that_was_changed_is_named(where: str) -> None:
    filled(where)
    changed(where, "UPDATE judgement SET by = 'Boris'")
    (finding,) = found(where)
    assert (finding.kind, finding.where) == (Kind.DECISION, "judgement 1")
    assert finding.what == "it was changed after it was signed"


def test_a_report_that_would_come_in_twice_is_named(where: str) -> None:
    filled(where)
    changed(where, "DELETE FROM report_identity WHERE report_id = 1")
    assert [(each.where, each.what) for each in found(where)] == [("report r0", "nothing tells by what it is known")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A record of one file, without a log beside it."""
    place = tmp_path / "communique.db"
    filled(str(place), 40)
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return place


def overwrite(file: Path, table: str) -> None:
    """Write over the last page that a table takes up, as a failing disk would."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * PAGE)
        stream.write(b"\xff" * PAGE)


def test_an_overwritten_page_is_told_with_what_is_lost(file: Path, tmp_path: Path) -> None:
    overwrite(file, "report_version")
    before = file.read_bytes()
    findings = found(file)
    assert {(each.kind, each.where) for each in findings} >= {(Kind.FILE, "report_version")}
    (texts,) = (each for each in findings if each.kind is Kind.TEXT)
    assert texts.where == "report r0, version 1 to report r39, version 1"
    assert texts.what.startswith("40 cannot be read from the file")
    assert {each.remedy for each in findings} == {Remedy.BACKUP}
    done = run("--record", str(file), cwd=tmp_path)
    assert done.returncode == 1
    assert "Lost: what came in" in done.stdout
    assert "What to do: put a backup in the record's place" in done.stdout
    assert "is damaged" in done.stderr
    assert file.read_bytes() == before


def test_an_overwritten_page_of_readings_leaves_the_texts(file: Path) -> None:
    overwrite(file, "statement")
    texts = [each for each in found(file) if each.where.startswith("report r")]
    assert {each.lost for each in texts} == {Lost.WHAT_WAS_READ}


def test_a_damaged_index_loses_nothing(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        other = "UPDATE sqlite_schema SET sql = replace(sql, '(outlet', '(author') WHERE name LIKE 'ix_report_outlet%'"
        connection.execute(other)
        connection.commit()
    findings = found(file)
    assert {each.where for each in findings} == {"report"}
    assert {(each.lost, each.remedy) for each in findings} == {(Lost.NOTHING, Remedy.INDEX)}
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("REINDEX")
    assert found(file) == []


def test_nor_does_a_lost_page_of_one_and_a_hand_over_makes_it_whole(file: Path, tmp_path: Path) -> None:
    overwrite(file, "ix_report_outlet_published_at_id")
    assert {(each.where, each.lost, each.remedy) for each in found(file)} == {("report", Lost.NOTHING, Remedy.ANEW)}
    with Record.open(file, read_only=True) as record, (tmp_path / "all.jsonl").open("wb") as stream:
        record.export(stream)
    with Record.open(tmp_path / "new.db", create=True) as record, (tmp_path / "all.jsonl").open("rb") as stream:
        assert take_in_lines(record, stream, "all.jsonl", lambda error: pytest.fail(str(error)))["report"] == 40
    assert found(tmp_path / "new.db") == []


def test_a_file_cut_short_is_damaged(file: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2])
    (finding,) = found(file)
    assert (finding.lost, finding.remedy) == (Lost.UNKNOWN, Remedy.BACKUP)


def test_the_command_says_it_in_json_too(file: Path, tmp_path: Path) -> None:
    sound = run("--json", cwd=tmp_path)
    assert (sound.returncode, sound.stdout) == (0, "")
    assert sound.stderr == "communique: communique.db is sound\n"
    changed(str(file), "UPDATE report_version SET text = 'Russia said yes.' WHERE id = 7")
    done = run("--json", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    assert lines[0]["kind"] == "text"
    assert lines[0]["where"] == "report r6, version 1"
    assert set(lines[0]) == {"kind", "where", "what", "lost", "remedy"}
    assert run("--unknown", cwd=tmp_path).returncode == 2


def test_what_is_no_record_is_not_called_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(MissingInput):
        found(tmp_path / "nowhere.db")
    (tmp_path / "diary.db").write_bytes(b"Dear diary")
    with pytest.raises(NotARecord):
        found(tmp_path / "diary.db")


def test_a_sound_record_in_use_is_sound(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    filled(str(file))
    with Record.open(file) as record, record.writing() as connection:
        connection.exec_driver_sql("DELETE FROM report_identity")
        assert found(file) == []


def test_it_holds_a_page_of_texts_at_a_time(tmp_path: Path) -> None:
    file = tmp_path / "communique.db"
    filled(str(file), 1)
    with closing(sqlite3.connect(file)) as connection:
        long = "Russia said no. " * 12_000
        for number in range(2, 402):
            connection.execute(
                "INSERT INTO report_version SELECT ?, report_id, ?, ? || number, text_exact, text_sha256, title,"
                " outlet, author, agency, url, published, came_from, notes, added_at FROM report_version WHERE id = 1",
                (number, number, long),
            )
        connection.commit()
    assert file.stat().st_size > 70_000_000
    tracemalloc.start()
    try:
        count = sum(each.kind is Kind.TEXT for each in check(file))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 400
    assert peak < 20_000_000


def test_a_backup_is_as_sound(file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    shutil.copy(file, copy)
    assert found(copy) == []
