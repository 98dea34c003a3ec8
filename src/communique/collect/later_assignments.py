"""Statements of the record that are about issues which their reader did not know, told by their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from communique.model import Frame, Issue
from communique.reading.acts.stance import stances
from communique.reading.issues.frame_names import followed_in
from communique.reading.issues.frame_plain import plain_mentions, probability
from communique.record.resolution import frames
from communique.record.resolution.reassigning import (
    LaterAssignment,
    ReadStatement,
    contents_read_in,
    read_statements,
)

_LETTERS = 3
"""By so many letters of a word that leads to an issue a text is chosen to be looked through."""


def later_assignments(
    connection: Connection, read_in: tuple[str, ...] | None, frame: Frame, wanted: Sequence[int]
) -> Iterator[LaterAssignment]:
    """Yield which statements read in a frame are about issues of another that are wanted, by their places in it."""
    leads = _leads(frame, wanted)
    chosen = [number for number, words in contents_read_in(connection, read_in) if leads.search(words)]
    for statement in read_statements(connection, chosen):
        yield from _in_statement(statement, frame, wanted)


def _in_statement(statement: ReadStatement, frame: Frame, wanted: Sequence[int]) -> Iterator[LaterAssignment]:
    found = plain_mentions(statement.text, statement.content, frame, wanted)
    for at in sorted({each[0] for each in found}):
        key = frames.issue_key(frame.issues[at])
        own = [each for each in found if each[0] == at]
        issue = Issue(key, frame.issues[at].name, (), (), tuple(place for _, place, _ in own))
        stands = stances(
            statement.text, statement.act, statement.content, [issue], statement.conditions, (), statement.inner
        )
        _, place, reason = max(own, key=lambda each: (probability(each[2]), -each[1].start, each[1].end))
        yield LaterAssignment(statement, key, probability(reason), reason, place, stands[0].stance if stands else None)


def _leads(frame: Frame, wanted: Sequence[int]) -> re.Pattern[str]:
    """What a text must hold to be about one of the issues: the first letters of a word that leads there."""
    issues = followed_in(frame)
    words = {
        word
        for at in wanted
        for word in (
            *(name.words[0] for name in issues[at].names),
            *(issues[at].parts | issues[at].things | issues[at].heads | issues[at].verbs),
            *(word for which in issues[at].bargains for word in which),
        )
    }
    return re.compile(r"\b(?:" + "|".join(sorted({re.escape(word[:_LETTERS]) for word in words})) + ")", re.IGNORECASE)
