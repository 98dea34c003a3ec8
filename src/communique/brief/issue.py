"""What the brief on an issue says: lines in plain words, each footnoted to the quotes that it rests on.

The lines are the record's own findings in fixed words; what a party says stands in quotation marks, as a report has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from communique.analysis.changes import REAL, Change, ChangeKind, changes
from communique.analysis.changes import TO_CHECK as CHANGES_FROM
from communique.analysis.contradictions import TO_CHECK as CONTRADICTIONS_FROM
from communique.analysis.contradictions import Contradiction, contradictions
from communique.analysis.evidence import Evidence, HeldCondition, evidence_on
from communique.analysis.positions import Position, positions
from communique.brief.deadlock import standoff_lines
from communique.brief.pictures.spoken import days_of, names_in, timeline_of
from communique.brief.readings_view import KIND_WORDS
from communique.model import ConditionKind
from communique.record.query.lookup import Named

MOST_STATEMENTS = 1000
MOST_PARTIES = 12
_MOST_LINES = 25
_NEWEST = 5


@dataclass(frozen=True, slots=True)
class Footnote:
    """The quote behind a line: its number, the words, who said them when, and which report has them."""

    number: int
    quote: str
    speaker: str
    day: str
    outlet: str
    report: str
    title: str
    url: str | None
    statement: str


@dataclass(frozen=True, slots=True)
class Line:
    """A finding in words, and the numbers of its footnotes."""

    words: str
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the brief; ``silence`` is what it says where there is no line."""

    key: str
    title: str
    lines: tuple[Line, ...]
    silence: str


@dataclass(frozen=True, slots=True)
class IssueBrief:
    """The brief on an issue as of a day; ``since`` is the day from which news counts. ``timeline`` is SVG or None."""

    issue: str
    name: str
    as_of: str
    since: str | None
    sections: tuple[Section, ...]
    timeline: str | None
    notes: tuple[Footnote, ...]


@dataclass(slots=True)
class _Notes:
    """Numbers quotes as lines come to cite them; one statement has one number."""

    numbers: dict[str, int] = field(default_factory=dict)
    made: list[Footnote] = field(default_factory=list)

    def cite(self, *evidence: Evidence) -> tuple[int, ...]:
        numbers = []
        for e in evidence:
            if e.key not in self.numbers:
                self.numbers[e.key] = len(self.made) + 1
                self.made.append(
                    Footnote(
                        self.numbers[e.key],
                        e.content,
                        e.speaker_name or "nobody named",
                        e.day,
                        e.outlet or "",
                        e.report,
                        e.title or e.report,
                        e.url,
                        e.key,
                    )
                )
            numbers.append(self.numbers[e.key])
        return tuple(dict.fromkeys(numbers))


def issue_brief(
    connection: Connection, issue: Named, *, as_of: str | None = None, since: str | None = None
) -> IssueBrief:
    """Return the brief on an issue: only what was published by ``as_of``; ``since`` is where "what changed" begins."""
    matrix = positions(connection, issues=[issue], as_of=as_of, most_parties=MOST_PARTIES)
    spoken = evidence_on(connection, issue.id, as_of=as_of, limit=MOST_STATEMENTS)
    names = names_in(connection, spoken)
    days = days_of(spoken)
    title = f"Who spoke on {issue.name}, and when"
    notes = _Notes()
    stands = [matrix.cells[party.key, issue.key] for party in matrix.parties if (party.key, issue.key) in matrix.cells]
    kinds = (*REAL, ChangeKind.UNCHANGED)
    every = changes(connection, issues=[issue], as_of=as_of, since=since, kinds=kinds, least=CHANGES_FROM)
    turned = [c for c in every if c.kind in REAL]
    changed = [c for c in turned if not c.to_check]
    unchanged = [c for c in every if c.kind not in REAL and not c.to_check]
    told = contradictions(connection, issues=[issue], as_of=as_of, least=CONTRADICTIONS_FROM)
    clashes = [c for c in told if not c.to_check]
    settled = [p for p in stands if not p.tentative]
    sections = (
        Section("state", "State of play", _state(spoken, settled, names, since, notes), "Nothing is said on this yet."),
        Section("positions", "Positions", _positions(settled, names, notes), "Nobody takes a stance on this for sure."),
        Section("changes", _since_title(since), _changes(changed, unchanged, names, notes), "No change was found."),
        Section("conditions", "Conditions", _conditions(spoken, names, notes), "No condition is on record."),
        Section(
            "deadlock",
            "Who waits for whom, and what would unlock it",
            tuple(Line(each.words, notes.cite(*each.evidence)) for each in standoff_lines(connection, issue, as_of)),
            "No party waits for another, as far as the record goes.",
        ),
        Section("contradictions", "Contradictions", _clashes(clashes, notes), "None was found."),
        Section("questions", "Open questions", _questions(spoken, stands, told, names, notes), "None was found."),
        Section(
            "check", "To check", _to_check(stands, turned, told, names, notes), "Nothing that is less sure was found."
        ),
    )
    return IssueBrief(
        issue.key,
        issue.name,
        matrix.as_of,
        since,
        sections,
        timeline_of(title, spoken, *days) if days else None,
        tuple(notes.made),
    )


def _since_title(since: str | None) -> str:
    return f"What changed since {since}" if since else "What changed"


def _state(
    spoken: Sequence[Evidence], stands: Sequence[Position], names: dict[str, str], since: str | None, notes: _Notes
) -> tuple[Line, ...]:
    if not spoken:
        return ()
    days = sorted(e.day for e in spoken if e.day)
    reports, outlets = {e.report for e in spoken}, {e.outlet for e in spoken if e.outlet}
    span = f", said from {days[0]} to {days[-1]}" if days else ""
    first = f"{len(spoken)} statements in {len(reports)} reports of {len(outlets)} outlets{span}."
    lines = [Line(first, ())]
    if stands:
        told = "; ".join(f"{names.get(p.party, p.party)}: {p.told}" for p in stands)
        lines.append(Line(f"Parties: {told}.", notes.cite(*(p.decisive for p in stands))))
    fresh = [e for e in spoken if not since or e.published_at >= since]
    if since and not fresh:
        lines.append(Line(f"Nothing was reported since {since}.", ()))
    lines += [
        Line(f"{e.day or 'Undated'}: {_who(e, names)} {_ACTS.get(e.act, 'said')}: {_quoted(e.content)}", notes.cite(e))
        for e in _distinct(fresh)[:_NEWEST]
    ]
    return tuple(lines)


_ACTS = {
    "deny": "denied",
    "demand": "demanded",
    "propose": "proposed",
    "offer": "offered",
    "promise": "promised",
    "threaten": "threatened",
    "refuse": "refused",
    "accuse": "accused",
    "criticise": "criticised",
    "praise": "praised",
    "reaffirm": "reaffirmed",
    "ask": "asked",
}


def _positions(stands: Sequence[Position], names: dict[str, str], notes: _Notes) -> tuple[Line, ...]:
    lines = []
    for p in stands:
        bound = "; ".join(_hangs(c) for c in p.conditions[:3])
        also = f" Other voices of the party: {', '.join(p.mixed)}." if p.mixed else ""
        heard = f"last heard on {p.newest}" if p.newest else "nobody knows since when"
        stale = f" Stale: {heard}." if p.stale else ""
        since = f", since {p.since}" if p.since else ""
        words = (
            f"{names.get(p.party, p.party)}: {p.told}{f' ({bound})' if bound else ''}{since}; "
            f"{p.firmness}.{also}{stale}"
        )
        lines.append(Line(words, notes.cite(p.decisive, *[e for e in p.evidence if e.stance is p.stance][:3])))
    return tuple(lines)


def _changes(
    changed: Sequence[Change], unchanged: Sequence[Change], names: dict[str, str], notes: _Notes
) -> tuple[Line, ...]:
    lines = [
        Line(
            f"{names.get(c.party, c.party)}, {c.kind.value}: {_quoted(c.first.content)} ({c.first.day}), then "
            f"{_quoted(c.second.content)} ({c.second.day}): {c.explanation}.",
            notes.cite(c.first, c.second),
        )
        for c in changed[:_MOST_LINES]
        if c.kind in REAL
    ]
    same: dict[str, Change] = {}
    for c in unchanged:
        same.setdefault(c.party, c)
    moved = {c.party for c in changed}
    lines += [
        Line(f"{names.get(party, party)}: unchanged, as of {c.second.day}.", notes.cite(c.first, c.second))
        for party, c in same.items()
        if party not in moved
    ]
    return tuple(lines)


def _to_check(
    stands: Sequence[Position],
    turned: Sequence[Change],
    told: Sequence[Contradiction],
    names: dict[str, str],
    notes: _Notes,
) -> tuple[Line, ...]:
    """What is less sure than the rest, each line in the words of the section in which it would otherwise stand."""
    return (
        *_positions([p for p in stands if p.tentative], names, notes),
        *_changes([c for c in turned if c.to_check], (), names, notes),
        *_clashes([c for c in told if c.to_check], notes),
    )


def _conditions(spoken: Sequence[Evidence], names: dict[str, str], notes: _Notes) -> tuple[Line, ...]:
    lines: dict[str, Line] = {}
    for e in spoken:
        for c in e.conditions:
            holder = names.get(c.holder or "", e.speaker_name)
            must = f" ({names.get(c.must_act, c.must_act)} must act)" if c.must_act else ""
            lines.setdefault(f"{c.holder}|{_plain(c.antecedent)}", Line(f"{holder}: {_hangs(c)}{must}.", notes.cite(e)))
    return tuple(lines.values())[:_MOST_LINES]


def _clashes(clashes: Sequence[Contradiction], notes: _Notes) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{c.judged.explanation}: {_quoted(c.first.content)}, and {_quoted(c.second.content)} "
            f"(confidence {c.judged.confidence:.2f}).",
            notes.cite(c.first, c.second),
        )
        for c in clashes[:_MOST_LINES]
    )


def _questions(
    spoken: Sequence[Evidence],
    stands: Sequence[Position],
    clashes: Sequence[Contradiction],
    names: dict[str, str],
    notes: _Notes,
) -> tuple[Line, ...]:
    lines = []
    for p in stands:
        if p.stale:
            name = names.get(p.party, p.party)
            when = f"on {p.newest}" if p.newest else "in a report without a date"
            lines.append(Line(f"Does {name} still stand where it stood {when}?", notes.cite(p.decisive)))
    for c in clashes:
        if c.kind == "telling":
            words = f"Which telling of {c.second.speaker_name}'s words is right?"
            lines.append(Line(words, notes.cite(c.first, c.second)))
    heard = {p.party for p in stands}
    silent: dict[str, list[Evidence]] = {}
    for e in spoken:
        for condition in e.conditions:
            if condition.must_act and condition.must_act not in heard and condition.must_act != e.party:
                silent.setdefault(condition.must_act, []).append(e)
    for key, evidence in sorted(silent.items()):
        words = f"What does {names.get(key, key)} say to what is asked of it? It has taken no stance."
        lines.append(Line(words, notes.cite(*evidence[:2])))
    lines += [
        Line(f"Who is to bring it about that {_quoted(c.antecedent)}?", notes.cite(e))
        for e in _distinct(spoken)
        for c in e.binding
        if c.must_act is None and c.antecedent
    ]
    return tuple({line.words: line for line in lines}.values())[:_MOST_LINES]


def _distinct(spoken: Iterable[Evidence]) -> list[Evidence]:
    """One statement of those that say the same, the first."""
    found: dict[tuple[str | None, str], Evidence] = {}
    for e in spoken:
        found.setdefault((e.speaker, _plain(e.content)), e)
    return list(found.values())


def _who(e: Evidence, names: dict[str, str]) -> str:
    party = names.get(e.party or "", "")
    return f"{e.speaker_name} ({party})" if party and party != e.speaker_name else e.speaker_name or "somebody"


def _hangs(c: HeldCondition) -> str:
    if c.kind is ConditionKind.WAIVED:
        return f"without condition: {_quoted(c.consequent)}" if c.consequent else "without condition"
    return f"{_quoted(c.consequent)} {KIND_WORDS[c.kind]} {_quoted(c.antecedent)}"


def _quoted(words: str) -> str:
    line = " ".join(words.split()).strip('"“”«», ')
    return f"“{line if len(line) <= 220 else line[:219].rstrip() + '…'}”"


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
