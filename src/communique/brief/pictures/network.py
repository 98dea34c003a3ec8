"""A discourse network: actors, and concepts where it has two modes, tied by lines as strong as their ties.

The layout is force-directed (Fruchterman and Reingold 1991) from a fixed start: the same network, the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from markupsafe import Markup

from communique.analysis.networks.matrices import Network
from communique.analysis.networks.settings import Aggregation, NetworkMode
from communique.brief.pictures.svg import INK, LINE, PAPER, SOFT, element, number, picture, shortened, text

WIDTH, HEIGHT = 960, 720
MOST_NODES, MOST_TIES = 60, 400
GROUPS = ("#3b6ea5", "#c2702b", "#5a8f4c", "#8a5aa3", "#a3833a", "#4c9a9a", "#b05a7a", "#6b7280")
FOR, AGAINST, BOTH, NEUTRAL = "#2c6a3c", "#a33a12", "#6a5a86", "#5b6f86"
_TOP, _SIDE, _FOOT = 56, 110, 48


def network_picture(title: str, network: Network, groups: Mapping[str, int] | None = None) -> str:
    """Return a network as SVG; ``groups`` colours actors by the number of their camp or community. Ties that rest on
    tentative positions alone are pale.

    At most 60 nodes are drawn, those with the strongest ties, and their 400 strongest ties; the picture says so.
    """
    shift = len(network.rows) if network.settings.mode is NetworkMode.TWO else 0
    names = network.rows + (network.cols if shift else ())
    counts = network.row_counts + (network.col_counts if shift else ())
    ties = [(row, col + shift, weight) for row, col, weight in network.ties()]
    drawn = _strongest(len(names), ties)
    held = [tie for tie in ties if tie[0] in drawn and tie[1] in drawn]
    held = sorted(sorted(held, key=lambda tie: (-abs(tie[2]), tie))[:MOST_TIES], key=lambda tie: abs(tie[2]))
    places = _places(drawn, held)
    parts = [element("rect", width=WIDTH, height=HEIGHT, fill=PAPER, class_="paper")]
    parts.append(text(20, 28, shortened(title, 100), size=15, font_weight="600"))
    parts.append(text(20, 46, _told(network, len(names), len(drawn), len(ties), len(held)), size=11, fill=SOFT))
    most = max((abs(weight) for *_, weight in held), default=1.0)
    for row, col, weight in held:
        unsure = (row, col - shift) in network.tentative
        label = f"{names[row]} – {names[col]}: {weight:.4g}{', tentative' if unsure else ''}"
        parts.append(_tie(places[row], places[col], weight, most, label, network, pale=unsure))
    largest = max((counts[at] for at in drawn), default=1) or 1
    for at in drawn:
        group = (groups or {}).get(names[at]) if not shift or at < shift else None
        parts += _node(places[at], names[at], counts[at], largest, bool(shift) and at >= shift, group)
    parts += _key(network)
    return picture(WIDTH, HEIGHT, title, parts)


def _strongest(size: int, ties: list[tuple[int, int, float]]) -> list[int]:
    strength = [0.0] * size
    for row, col, weight in ties:
        strength[row] += abs(weight)
        strength[col] += abs(weight)
    return sorted(sorted(range(size), key=lambda at: (-strength[at], at))[:MOST_NODES])


def _places(drawn: list[int], ties: list[tuple[int, int, float]]) -> dict[int, tuple[float, float]]:
    from networkx import Graph, spring_layout

    if not drawn:
        return {}
    graph = Graph()
    graph.add_nodes_from(drawn)
    most = max((abs(weight) for *_, weight in ties), default=1.0)
    # What divides actors does not draw them together.
    graph.add_weighted_edges_from((a, b, max(weight, 0.05 * most) / most) for a, b, weight in ties)
    found = spring_layout(graph, seed=1, iterations=200, k=1.6 / math.sqrt(len(drawn)))
    xs, ys = zip(*(found[at] for at in drawn), strict=True)
    return {
        at: (
            _SIDE + (WIDTH - 2 * _SIDE) * _share(float(x), xs),
            _TOP + 24 + (HEIGHT - _TOP - _FOOT - 60) * _share(float(y), ys),
        )
        for at, x, y in zip(drawn, xs, ys, strict=True)
    }


def _share(value: float, values: tuple[float, ...]) -> float:
    low, high = float(min(values)), float(max(values))
    return (value - low) / (high - low) if high - low > 1e-9 else 0.5


def _style(weight: float, network: Network) -> tuple[str, str | None]:
    """The colour, and the dashes of what is against: colours alone tell nothing to some."""
    aggregation = network.settings.aggregation
    if aggregation is Aggregation.IGNORE or (aggregation is Aggregation.COMBINE and network.levels != (0, 1)):
        return NEUTRAL, None
    if aggregation is Aggregation.COMBINE:
        return {1.0: (FOR, None), 2.0: (AGAINST, "6 4")}.get(weight, (BOTH, "2 3"))
    against = aggregation is Aggregation.CONFLICT or weight < 0
    return (AGAINST, "6 4") if against else (FOR, None)


def _tie(
    start: tuple[float, float],
    end: tuple[float, float],
    weight: float,
    most: float,
    label: str,
    network: Network,
    *,
    pale: bool = False,
) -> Markup:
    colour, dashes = _style(weight, network)
    share = 0.3 if network.settings.aggregation is Aggregation.COMBINE else abs(weight) / most
    return element(
        "line",
        element("title", label),
        x1=number(start[0]),
        y1=number(start[1]),
        x2=number(end[0]),
        y2=number(end[1]),
        stroke=colour,
        stroke_width=number(0.8 + 5.2 * share),
        stroke_opacity="0.2" if pale else "0.55",
        stroke_dasharray=dashes,
        class_="tie",
    )


def _node(
    at: tuple[float, float], name: str, count: int, largest: int, concept: bool, group: int | None
) -> list[Markup]:
    x, y = at
    size = 5 + 9 * math.sqrt(count / largest)
    colour = GROUPS[min(group, len(GROUPS) - 1)] if group is not None else INK
    title = element("title", f"{name}: {count} statements")
    looks = {"fill": PAPER if concept else colour, "stroke": INK if concept else PAPER, "class_": "node"}
    if concept:
        corner = {"x": number(x - size), "y": number(y - size), "width": number(2 * size), "height": number(2 * size)}
        shape = element("rect", title, **corner, stroke_width=2, **looks)
    else:
        shape = element("circle", title, cx=number(x), cy=number(y), r=number(size), stroke_width=1, **looks)
    halo = {"stroke": PAPER, "stroke_width": 3, "paint_order": "stroke"}
    below = text(x, y + size + 13, shortened(name, 28), size=11, text_anchor="middle", **halo)
    return [shape, below]


def _told(network: Network, nodes: int, drawn: int, ties: int, held: int) -> str:
    made = network.settings
    parts = [f"{made.mode}-mode, {made.aggregation}"]
    if made.normalization != "none":
        parts.append(f"normalization {made.normalization}")
    if network.start:
        parts.append(f"{network.start} to {network.end}")
    parts.append(f"{network.statements:,} statements")
    parts.append(f"{nodes:,} nodes" if drawn == nodes else f"the {drawn} of {nodes:,} nodes with the strongest ties")
    parts.append(f"{ties:,} ties" if held == ties else f"{held} of {ties:,} ties")
    return "; ".join(parts)


def _key(network: Network) -> list[Markup]:
    match network.settings.aggregation:
        case Aggregation.IGNORE:
            entries = [("spoken of", 1.0)]
        case Aggregation.CONGRUENCE:
            entries = [("agree", 1.0)]
        case Aggregation.CONFLICT:
            entries = [("disagree", 1.0)]
        case Aggregation.SUBTRACT:
            entries = [("for" if network.settings.mode is NetworkMode.TWO else "agree more", 1.0)]
            entries.append(("against" if network.settings.mode is NetworkMode.TWO else "disagree more", -1.0))
        case Aggregation.COMBINE:
            entries = [("for", 1.0), ("against", 2.0), ("both", 3.0)] if network.levels == (0, 1) else [("said", 1.0)]
    parts = [element("line", x1=20, x2=WIDTH - 20, y1=HEIGHT - 34, y2=HEIGHT - 34, stroke=LINE, class_="line")]
    for place, (words, weight) in enumerate(entries):
        x = 20.0 + 150 * place
        line = _tie((x, HEIGHT - 18), (x + 34, HEIGHT - 18), weight, 2.0, words, network)
        parts += [line, text(x + 42, HEIGHT - 14, words, size=11, fill=SOFT)]
    if network.tentative:
        x = 20.0 + 150 * len(entries)
        line = _tie((x, HEIGHT - 18), (x + 34, HEIGHT - 18), 1.0, 2.0, "tentative", network, pale=True)
        parts += [line, text(x + 42, HEIGHT - 14, "pale: tentative", size=11, fill=SOFT)]
    return parts
