"""What reports tell in nobody's name: their sentences outside all statements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from communique.analysis.evidence import of_words
from communique.model import Proposition, Span
from communique.reading.propositions.wording import less
from communique.reading.segmentation.plain_sentences import is_quoted, sentences
from communique.record.database.sql import Askable, ask
from communique.record.database.values import given, spans_of
from communique.record.query.date_bounds import beyond

MOST_REPORTS = 60
"""Reports, the newest, whose own sentences are looked through."""


@dataclass(frozen=True, slots=True)
class OwnSentence:
    """A sentence that a report tells in its own name, with where it stands in the report's text.

    ``day`` is when the report was published. Of one that holds somebody's words too, ``words`` are what is left beside
    these, and it is not ``whole``.
    """

    report: str
    outlet: str | None
    day: str
    at: Span
    words: str
    whole: bool = True

    @property
    def proposition(self) -> Proposition:
        """What it says, by its words alone."""
        return of_words(self.words)


def own_sentences(
    connection: Askable, issue: int, since: str, as_of: str | None = None, most: int = MOST_REPORTS
) -> list[OwnSentence]:
    """Return the own sentences of reports that name an issue and were published after a day, the earliest first.

    Of more than ``most`` reports the newest are looked through; ``as_of`` (ISO 8601) leaves out what was published
    later than that day. Raises BadFilter for what is no date.
    """
    values: dict[str, Any] = {"issue": issue, "since": since, "most": most}
    until = ""
    if as_of:
        until, values["as_of"] = " AND r.published_at < :as_of", beyond(as_of)
    rows = ask(
        connection,
        f"""
        SELECT r.id, r.key, r.outlet, r.published_at, v.text, v.text_exact
        FROM report r JOIN report_version v ON v.id = r.version_id
        WHERE r.published_at > :since{until} AND r.id IN (
            SELECT i.report_id FROM issue i JOIN canonical_issue c ON c.id = i.canonical_id WHERE c.root_id = :issue
        )
        ORDER BY r.published_at DESC, r.id DESC LIMIT :most""",
        **values,
    )
    found: list[OwnSentence] = []
    for row in reversed(rows):
        text = given(row.text, row.text_exact)
        said = ask(connection, "SELECT content FROM statement WHERE report_id = :report AND current = 1", report=row.id)
        taken = sorted(span for each in said for span in spans_of(each.content))
        day = row.published_at[:10]
        found += [OwnSentence(row.key, row.outlet, day, *one) for one in _free(text, taken)]
    return found


def _free(text: str, taken: Sequence[Span]) -> Iterator[tuple[Span, str, bool]]:
    """The sentences of a text, without what is taken, and whether that is all; none between quotation marks."""
    for sentence in sentences(text):
        if is_quoted(text, sentence):
            continue
        left = less((sentence,), taken)
        words = " ".join(text[start:end].strip() for start, end in left)
        if words:
            yield sentence, words, left == (sentence,)
