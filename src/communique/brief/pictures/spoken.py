"""From evidence to pictures: who spoke when, and who waits for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from communique.analysis.sayings import ShownSaying
from communique.brief.act_tones import tone_of
from communique.brief.pictures.timeline import Spoken, timeline
from communique.brief.pictures.waiting import Waits, waiting
from communique.record.database.sql import Askable
from communique.record.query.lookup import names_of

MOST_PARTIES = 10
MOST_POINTS = 180
_MOST_EDGES = 40

Leads = Callable[[str, date, date], str]
"""Where a point leads to, from the party's key and the first and last day that it stands for."""


def days_of(spoken: Sequence[ShownSaying]) -> tuple[date, date] | None:
    """Return the first and the last day on which something was said, None where no day is known."""
    days = [day for each in spoken if (day := day_of(each.day))]
    return (min(days), max(days)) if days else None


@lru_cache(maxsize=4096)
def day_of(text: str | None) -> date | None:
    """Return a day, or the first of a month or year; None for what is no date."""
    try:
        return date.fromisoformat(f"{text}-01-01"[:10]) if text else None
    except ValueError:
        return None


def timeline_of(title: str, spoken: Sequence[ShownSaying], first: date, last: date, leads: Leads | None = None) -> str:
    """Return the timeline of what was said from one day to another as SVG; the ten parties who said most."""
    width = max(1, (last - first).days // MOST_POINTS)
    names: dict[str, str] = {}
    counts: dict[tuple[str, date, str], int] = defaultdict(int)
    for each in spoken:
        day = day_of(each.day)
        # Those who are nobody beyond their report have no line of their own.
        if each.party and "#" not in each.party and day and first <= day <= last:
            start = first + timedelta((day - first).days // width * width)
            counts[each.party, start, tone_of(each.act)] += 1
            names.setdefault(each.party, each.party_name or each.party)
    parties: dict[str, int] = defaultdict(int)
    for (party, _, _), count in counts.items():
        parties[party] += count
    place = {party: at for at, party in enumerate(sorted(parties, key=lambda each: (-parties[each], each)))}
    shown = [(key, count) for key, count in counts.items() if place[key[0]] < MOST_PARTIES]
    points = []
    for (party, day, tone), count in sorted(shown, key=lambda pair: (place[pair[0][0]], pair[0])):
        until = day + timedelta(width - 1)
        days = day.isoformat() if width == 1 else f"{day.isoformat()} to {until.isoformat()}"
        label = f"{names[party]}, {days}: {count} {tone}"
        points.append(Spoken(names[party], day, tone, count, label, leads(party, day, until) if leads else None))
    return timeline(title, points, first, last)


def waits_of(spoken: Sequence[ShownSaying]) -> dict[tuple[str, str], list[tuple[ShownSaying, str]]]:
    """Return who waits for whom by party: the statements, each with the words of its antecedent."""
    found: dict[tuple[str, str], list[tuple[ShownSaying, str]]] = defaultdict(list)
    for each in spoken:
        for condition in each.binding:
            if each.party and condition.must_act:
                found[each.party, condition.must_act].append((each, condition.antecedent))
    return dict(found)


def waiting_of(
    title: str, spoken: Sequence[ShownSaying], names: Mapping[str, str], leads: Callable[[str, str], str] | None = None
) -> str | None:
    """Return who waits for whom as SVG, None where nobody does. ``names`` are parties' names by key."""
    found = waits_of(spoken)
    edges = [
        Waits(
            names.get(one, one),
            names.get(other, other),
            len(several),
            f"{names.get(one, one)} waits for {names.get(other, other)}: "
            + "; ".join(dict.fromkeys(words for _, words in several[:3])),
            leads(one, other) if leads else None,
        )
        for (one, other), several in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:_MOST_EDGES]
    ]
    both = {
        (names.get(one, one), names.get(other, other)) for one, other in found if (other, one) in found and one != other
    }
    return waiting(title, edges, both) if edges else None


def names_in(connection: Askable, spoken: Sequence[ShownSaying]) -> dict[str, str]:
    """Return the names of the parties who spoke and of those who must act, by key."""
    keys = {each.party for each in spoken if each.party} | {
        key for each in spoken for condition in each.conditions for key in (condition.holder, condition.must_act) if key
    }
    return names_of(connection, "actor", keys)
