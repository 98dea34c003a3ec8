"""Answers are kept while the record is as it was, made once, and forgotten when there are too many."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest

from communique.record import Record
from communique.record.database.state_stamps import stamp
from communique.web.answer_cache import AnswerCache
from record_samples import put, reading


def test_what_is_asked_again_is_not_made_again() -> None:
    kept, numbers = AnswerCache(), iter(range(9))
    assert [kept.answer(asked, lambda: next(numbers)) for asked in ("one", "two", "one")] == [0, 1, 0]


def test_two_who_ask_at_once_have_one_answer() -> None:
    kept, made, together = AnswerCache(), [], Barrier(2)

    def ask() -> None:
        together.wait()
        kept.answer("one", lambda: made.append(1))

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == [1]


def test_the_oldest_goes_where_there_are_too_many() -> None:
    kept, numbers = AnswerCache(most=2), iter(range(9))
    asked = ("one", "two", "three", "two", "one")
    assert [kept.answer(each, lambda: next(numbers)) for each in asked] == [0, 1, 2, 1, 3]


def test_a_failure_is_not_kept() -> None:
    kept = AnswerCache()
    with pytest.raises(ZeroDivisionError):
        kept.answer("one", lambda: 1 // 0)
    assert kept.answer("one", lambda: 1) == 1


def test_the_stamp_changes_with_what_is_added_judged_and_merged(record: Record) -> None:
    def now() -> object:
        with record.reading() as connection:
            return stamp(connection)

    seen = [now()]
    first = reading()
    put(record, first)
    seen.append(now())
    record.judge("statement", first.statements[0].id, "accept", by="Aiko")
    seen.append(now())
    assert len(set(seen)) == 3
    assert now() == seen[-1]
