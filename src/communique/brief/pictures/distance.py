"""How far apart the parties are on an issue, and how friendly they speak, from period to period."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from communique.analysis.series import Point, Series
from communique.brief.pictures.svg import INK, LINE, PAPER, SOFT, element, number, picture, shortened, text
from communique.brief.pictures.timeline import TONES

WIDTH, HEIGHT = 960, 330
PARTIES = ("#3b6ea5", "#c2702b", "#5a8f4c", "#8a5aa3", "#a3833a", "#4c9a9a")
_LEFT, _RIGHT, _TOP, _MIDDLE, _BOTTOM = 120, 20, 44, 220, 290
_MOST_TICKS = 10
_STANCES = ((1.0, "for"), (0.5, "open"), (0.0, "conditional"), (-1.0, "against"))


def distance_picture(title: str, series: Series) -> str:
    """Return the series as SVG: each party's place above, its line broken where it is not known; acts below.

    A hollow dot is a party that was silent in the period and keeps its last place.
    """
    points = series.points
    step = (WIDTH - _LEFT - _RIGHT) / max(1, len(points))
    parts = [element("rect", width=WIDTH, height=HEIGHT, fill=PAPER, class_="paper")]
    for place, words in _STANCES:
        y = number(_height(place))
        parts.append(element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=y, y2=y, stroke=LINE, class_="line"))
        parts.append(text(_LEFT - 12, _height(place) + 4, words, text_anchor="end", fill=SOFT, class_="soft"))
    for at, party in enumerate(series.parties[: len(PARTIES)]):
        colour = PARTIES[at]
        parts.append(element("circle", cx=_LEFT + 150 * at, cy=16, r=5, fill=colour))
        parts.append(text(_LEFT + 150 * at + 10, 20, shortened(party.name, 18), fill=INK))
        parts += _line(points, party.key, party.name, colour, at, step)
    parts += _acts(points, step)
    for at in range(0, len(points), len(points) // _MOST_TICKS + 1):
        x = _LEFT + step * (at + 0.5)
        parts.append(text(x, HEIGHT - 8, points[at].period, size=11, text_anchor="middle", fill=SOFT, class_="soft"))
    return picture(WIDTH, HEIGHT, title, parts)


def _height(place: float) -> float:
    return _TOP + (1 - place) / 2 * (_MIDDLE - 40 - _TOP)


def _line(points: tuple[Point, ...], key: str, name: str, colour: str, at: int, step: float) -> Iterable[Markup]:
    run: list[tuple[float, float]] = []
    for n, point in enumerate((*points, None)):
        place = point.places.get(key) if point else None
        if place is None or point is None:
            if len(run) > 1:
                path = " ".join(f"{number(x)},{number(y)}" for x, y in run)
                yield element("polyline", points=path, fill="none", stroke=colour, stroke_width=2)
            run = []
            continue
        # Side by side where two stand at one place.
        x, y = _LEFT + step * (n + 0.5), _height(place) + 3 * at
        run.append((x, y))
        told = f"{name}, {point.period}: {place:+.2f}" + (" (silent)" if key in point.silent else "")
        hollow = key in point.silent
        yield element(
            "circle",
            element("title", told),
            cx=number(x),
            cy=number(y),
            r=4,
            fill=PAPER if hollow else colour,
            stroke=colour,
            stroke_width=2,
        )


def _acts(points: tuple[Point, ...], step: float) -> Iterable[Markup]:
    most = max((max(point.conciliatory, point.hostile) for point in points), default=1) or 1
    middle = (_MIDDLE - 20 + _BOTTOM) / 2
    yield text(_LEFT - 12, middle - 12, "conciliatory", text_anchor="end", fill=TONES["conciliatory"])
    yield text(_LEFT - 12, middle + 20, "hostile", text_anchor="end", fill=TONES["hostile"])
    room = (_BOTTOM - _MIDDLE + 20) / 2
    yield element("line", x1=_LEFT, x2=WIDTH - _RIGHT, y1=middle, y2=middle, stroke=LINE, class_="line")
    for n, point in enumerate(points):
        width = min(max(1.0, step * 0.6), 24)
        x = _LEFT + step * (n + 0.5) - width / 2
        for tone, count, up in (("conciliatory", point.conciliatory, 1), ("hostile", point.hostile, 0)):
            if count:
                tall = room * count / most
                yield element(
                    "rect",
                    element("title", f"{point.period}: {count} {tone}"),
                    x=number(x),
                    y=number(middle - tall * up),
                    width=number(width),
                    height=number(tall),
                    fill=TONES[tone],
                    class_=tone,
                )
