"""The timeline: who spoke when, friendly or hostile, a row for each party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from communique.brief.pictures.svg import LINE, PAPER, SOFT, element, linked, number, picture, shortened, text

WIDTH = 960
_LEFT, _RIGHT, _TOP, _ROW, _FOOT = 190, 20, 34, 34, 30
TONES = {"conciliatory": "#2c6a3c", "neutral": "#5b6f86", "hostile": "#a33a12"}
_MOST_TICKS = 9


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a party said on a day: how many statements of which tone, and where a click leads."""

    party: str
    day: date
    tone: str
    count: int
    label: str
    href: str | None = None


def timeline(title: str, spoken: Sequence[Spoken], first: date, last: date) -> str:
    """Return the timeline of a span of days as SVG. Rows are in the order in which parties first come."""
    parties = list(dict.fromkeys(each.party for each in spoken))
    height = _TOP + _ROW * max(1, len(parties)) + _FOOT
    days = max(1, (last - first).days)

    def across(day: date) -> float:
        return _LEFT + (WIDTH - _LEFT - _RIGHT) * (day - first).days / days

    parts = [element("rect", width=WIDTH, height=height, fill=PAPER, class_="paper"), *_key()]
    bottom = height - _FOOT
    for day, words in _ticks(first, last):
        x = number(across(day))
        parts.append(element("line", x1=x, x2=x, y1=_TOP - 6, y2=bottom, stroke=LINE, class_="line"))
        parts.append(text(across(day), height - 10, words, size=11, text_anchor="middle", fill=SOFT, class_="soft"))
    for row, party in enumerate(parties):
        y = _TOP + _ROW * row + _ROW / 2
        parts.append(text(_LEFT - 14, y + 4, shortened(party, 26), text_anchor="end"))
        line = element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=number(y), y2=number(y), stroke=LINE, class_="line")
        parts.append(line)
    for each in sorted(spoken, key=lambda item: (-item.count, item.day, item.tone)):
        y = _TOP + _ROW * parties.index(each.party) + _ROW / 2 + _SHIFT[each.tone]
        parts.append(_point(each, across(each.day), y))
    return picture(WIDTH, height, title, parts)


_SHIFT = {"conciliatory": -7, "neutral": 0, "hostile": 7}


def _point(each: Spoken, x: float, y: float) -> Markup:
    size = min(4 + each.count, 10)
    # Shapes differ too: colours alone tell nothing to some.
    tone = {"fill": TONES[each.tone], "fill_opacity": "0.8", "class_": each.tone}
    if each.tone == "hostile":
        side = size * 1.7
        shape = element(
            "rect",
            element("title", each.label),
            x=number(x - side / 2),
            y=number(y - side / 2),
            width=number(side),
            height=number(side),
            **tone,
        )
    elif each.tone == "conciliatory":
        base = number(y + size * 0.8)
        corners = f"{number(x)},{number(y - size)} {number(x - size)},{base} {number(x + size)},{base}"
        shape = element("polygon", element("title", each.label), points=corners, **tone)
    else:
        shape = element(
            "circle", element("title", each.label), cx=number(x), cy=number(y), r=number(size * 0.8), **tone
        )
    return linked(shape, each.href)


def _key() -> list[Markup]:
    parts = []
    for at, (tone, colour) in enumerate(TONES.items()):
        x = _LEFT + 130 * at
        sample = Spoken("", date.min, tone, 1, tone)
        parts.append(_point(sample, x, 14))
        parts.append(text(x + 12, 18, tone, size=11, fill=colour, class_=tone))
    return parts


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """Days to write under the picture: years, months or days, whichever there are few of."""
    days = (last - first).days
    if days > 365 * 3:
        step = max(1, days // 365 // _MOST_TICKS + 1)
        return [(date(year, 1, 1), str(year)) for year in range(first.year + 1, last.year + 1, step)]
    if days > 60:
        months = [
            date(first.year + (first.month + n) // 12, (first.month + n) % 12 + 1, 1) for n in range(days // 28 + 1)
        ]
        inside = [month for month in months if first <= month <= last]
        return [(month, month.strftime("%Y-%m")) for month in inside[:: len(inside) // _MOST_TICKS + 1]]
    step = max(1, days // _MOST_TICKS)
    return [(first + timedelta(n), (first + timedelta(n)).isoformat()[5:]) for n in range(0, days + 1, step)]
