"""Who waits for whom: parties on a circle, an arrow from each who sets a condition to the one who must act."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from communique.brief.pictures.svg import INK, PAPER, SOFT, element, linked, number, picture, shortened, text

WIDTH, HEIGHT = 640, 440
_FLAT = 170
"""The height for two parties, who stand side by side."""
_RADIUS_X, _RADIUS_Y = 210, 150
DEADLOCK = "#a33a12"


@dataclass(frozen=True, slots=True)
class Waits:
    """One party waits for another: over how many conditions, with what to tell, and where a click leads."""

    holder: str
    must_act: str
    count: int
    label: str
    href: str | None = None


def waiting(title: str, edges: Sequence[Waits], cycle: Collection[tuple[str, str]] = ()) -> str:
    """Return the graph as SVG; the edges of ``cycle`` (holder, must act) stand out."""
    parties = list(dict.fromkeys(name for each in edges for name in (each.holder, each.must_act)))
    height = HEIGHT if len(parties) > 2 else _FLAT
    places = {
        name: (
            WIDTH / 2 + _RADIUS_X * math.cos(2 * math.pi * at / len(parties) - math.pi),
            height / 2 + _RADIUS_Y * math.sin(2 * math.pi * at / len(parties) - math.pi),
        )
        for at, name in enumerate(parties)
    }
    parts = [_heads(), element("rect", width=WIDTH, height=height, fill=PAPER, class_="paper")]
    parts += [linked(_arrow(each, places, (each.holder, each.must_act) in cycle), each.href) for each in edges]
    for name, (x, y) in places.items():
        parts.append(element("circle", cx=number(x), cy=number(y), r=7, fill=INK, class_="node"))
        above = y <= height / 2
        parts.append(text(x, y + (-14 if above else 24), shortened(name, 28), text_anchor="middle", font_weight="600"))
    return picture(WIDTH, height, title, parts)


def _arrow(each: Waits, places: dict[str, tuple[float, float]], in_cycle: bool) -> Markup:
    (x1, y1), (x2, y2) = places[each.holder], places[each.must_act]
    colour, kind = (DEADLOCK, "deadlock") if in_cycle else (SOFT, "arrow")
    length = math.hypot(x2 - x1, y2 - y1)
    if length < 1:
        path = f"M {number(x1 - 5)} {number(y1 - 6)} c -34 -46 44 -46 12 -2"
        at = (x1, y1 - 44)
    else:
        # Bent to one side, so that two who wait for each other are two arrows.
        ux, uy = (x2 - x1) / length, (y2 - y1) / length
        bend = 0.16 * length
        cx, cy = (x1 + x2) / 2 - uy * bend, (y1 + y2) / 2 + ux * bend
        path = (
            f"M {number(x1 + ux * 11)} {number(y1 + uy * 11)} Q {number(cx)} {number(cy)} "
            f"{number(x2 - ux * 13)} {number(y2 - uy * 13)}"
        )
        at = ((x1 + x2) / 2 - uy * bend * 0.62, (y1 + y2) / 2 + ux * bend * 0.62)
    line = element(
        "path",
        element("title", each.label),
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=number(min(1.5 + each.count / 2, 5)),
        marker_end=f"url(#{kind}-head)",
        class_=kind,
    )
    count = text(at[0], at[1] + 4, str(each.count), size=12, text_anchor="middle", fill=colour, class_=f"{kind}-count")
    return element("g", line, count)


def _heads() -> Markup:
    heads = [
        element(
            "marker",
            element("path", d="M 0 0 L 8 4 L 0 8 z", fill=colour, class_=f"{kind}-head"),
            id=f"{kind}-head",
            viewBox="0 0 8 8",
            refX=7,
            refY=4,
            markerWidth=9,
            markerHeight=9,
            markerUnits="userSpaceOnUse",
            orient="auto",
        )
        for kind, colour in (("arrow", SOFT), ("deadlock", DEADLOCK))
    ]
    return element("defs", *heads)
