"""Networks as JSON, CSV, GraphML, GEXF and pandas frames."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.etree import ElementTree

from communique.analysis.networks.matrices import Network
from communique.analysis.networks.settings import NetworkMode
from communique.csv_cells import safe_cell
from communique.errors import MissingExtra

if TYPE_CHECKING:
    from pandas import DataFrame

_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GEXF = "http://gexf.net/1.3"


def as_data(network: Network) -> dict[str, Any]:
    """Return a network as JSON has it: ``rows``, ``cols``, ``matrix``, and what it is made of."""
    window = {"start": network.start, "end": network.end} if network.start else {}
    return {
        **window,
        "rows": list(network.rows),
        "cols": list(network.cols),
        "matrix": [[_plain(cell) for cell in row] for row in network.matrix.tolist()],
        "mode": network.settings.mode.value,
        "aggregation": network.settings.aggregation.value,
        "normalization": network.settings.normalization.value,
        "duplicates": network.settings.duplicates.value,
        "statements": network.statements,
        "levels": list(network.levels),
        "tentative": sorted(map(list, network.tentative)),
    }


def frame(network: Network) -> DataFrame:
    """Return the matrix as a pandas frame, its index the rows. Raises MissingExtra where pandas is not installed."""
    return _pandas()(network.matrix, index=list(network.rows), columns=list(network.cols))


def ties_frame(networks: Iterable[Network]) -> DataFrame:
    """Return the ties of networks as a pandas frame: start, end, row, col, weight. Raises MissingExtra."""
    rows = [
        (network.start, network.end, network.rows[row], network.cols[col], weight)
        for network in networks
        for row, col, weight in network.ties()
    ]
    return _pandas()(rows, columns=["start", "end", "row", "col", "weight"])


def write_matrix(network: Network, stream: BinaryIO) -> None:
    """Write the matrix as CSV in UTF-8, names in the first row and column; no cell is taken for a formula."""
    stream.write(_line(["", *network.cols]))
    for name, row in zip(network.rows, network.matrix.tolist(), strict=True):
        stream.write(_line([name, *map(_plain, row)]))


def write_ties(networks: Iterable[Network], stream: BinaryIO) -> None:
    """Write the ties of a series as CSV in UTF-8, one a line with its window, and whether it is tentative (1)."""
    stream.write(_line(["start", "end", "row", "col", "weight", "tentative"]))
    for network in networks:
        for row, col, weight in network.ties():
            ends = network.rows[row], network.cols[col]
            unsure = int((row, col) in network.tentative)
            stream.write(_line([network.start, network.end, *ends, _plain(weight), unsure]))


def write_graphml(network: Network, stream: BinaryIO, groups: Mapping[str, Mapping[str, int]] | None = None) -> None:
    """Write GraphML. Nodes bear their names, their side ("actor", "concept") and their number of statements.

    ``groups`` are further attributes of actors, such as {"community": {name: number}}.
    """
    from networkx import Graph, write_graphml

    graph = Graph(**{key: value for key, value in as_settings(network).items() if value is not None})
    names = _identities(network)
    for place, (name, side, count) in enumerate(_nodes(network)):
        extra = {key: found[name] for key, found in (groups or {}).items() if side == "actor" and name in found}
        graph.add_node(names[place], label=_fit(name), side=side, statements=count, **extra)
    for row, col, weight in network.ties():
        unsure = {"tentative": True} if (row, col) in network.tentative else {}
        graph.add_edge(names[row], names[col + _shift(network)], weight=weight, **unsure)
    # Named by what they hold, the keys of nodes and of the graph would have one id where both have statements.
    write_graphml(graph, stream, encoding="utf-8")


def write_gexf(
    networks: Sequence[Network], stream: BinaryIO, groups: Mapping[str, Mapping[str, int]] | None = None
) -> None:
    """Write GEXF 1.3: one network as it is, several as one that changes in time.

    In time, a node or tie is there in the windows in which it occurs, and has its weight and its statements of each;
    where windows overlap, each counts until the next begins.
    """
    one = networks[0]
    timed = one.start is not None
    root = ElementTree.Element("gexf", {"xmlns": _GEXF, "version": "1.3"})
    ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "creator").text = "Communique"
    kind = {"mode": "dynamic", "timeformat": "date"} if timed else {"mode": "static"}
    graph = ElementTree.SubElement(root, "graph", {"defaultedgetype": "undirected", **kind})
    _declared(graph, timed, tuple(groups or ()))
    spans = _spans(networks)
    nodes, edges = _occurrences(networks, spans)
    unsure = _tentative(networks)
    within = ElementTree.SubElement(graph, "nodes")
    for place, ((side, name), counts) in enumerate(sorted(nodes.items())):
        node = ElementTree.SubElement(within, "node", {"id": f"n{place}", "label": _fit(name)})
        values = ElementTree.SubElement(node, "attvalues")
        _value(values, "side", side)
        for key, found in (groups or {}).items():
            if side == "actor" and name in found:
                _value(values, key, found[name])
        _dated(values, "statements", counts, spans, timed)
        _lived(node, counts, spans, timed)
    numbers = {key: f"n{place}" for place, key in enumerate(sorted(nodes))}
    between = ElementTree.SubElement(graph, "edges")
    for place, ((source, target), weights) in enumerate(sorted(edges.items())):
        ends = {"id": f"e{place}", "source": numbers[source], "target": numbers[target]}
        latest = weights[max(weights)]
        edge = ElementTree.SubElement(between, "edge", {**ends, "weight": str(_plain(latest))})
        values = ElementTree.SubElement(edge, "attvalues")
        if (source, target) in unsure:
            _value(values, "tentative", "true")
        _dated(values, "tie", weights, spans, timed)
        _lived(edge, weights, spans, timed)
    ElementTree.ElementTree(root).write(stream, "utf-8", xml_declaration=True)


def as_settings(network: Network) -> dict[str, str | int | None]:
    """Return what a network is made of, by name."""
    made = network.settings
    return {
        "mode": made.mode.value,
        "aggregation": made.aggregation.value,
        "normalization": made.normalization.value,
        "duplicates": made.duplicates.value,
        "since": str(made.since) if made.since else None,
        "until": str(made.until) if made.until else None,
        "statements": network.statements,
    }


def _pandas() -> type[DataFrame]:
    try:
        from pandas import DataFrame as made
    except ImportError as error:
        raise MissingExtra("pandas", "a frame needs pandas: pip install 'communique[pandas]'") from error
    return made  # type: ignore[no-any-return]


_Key = tuple[str, str]


def _occurrences(
    networks: Sequence[Network], spans: Sequence[tuple[str, str]]
) -> tuple[dict[_Key, dict[int, int]], dict[tuple[_Key, _Key], dict[int, float]]]:
    """Each node's statements and each tie's weight by the number of the window."""
    nodes: dict[_Key, dict[int, int]] = {}
    edges: dict[tuple[_Key, _Key], dict[int, float]] = {}
    for at, network in enumerate(networks):
        if network.start and not spans[at][0]:
            continue
        keys = []
        for name, side, count in _nodes(network):
            keys.append((side, name))
            nodes.setdefault((side, name), {})[at] = count
        for row, col, weight in network.ties():
            edges.setdefault((keys[row], keys[col + _shift(network)]), {})[at] = weight
    return nodes, edges


def _tentative(networks: Sequence[Network]) -> set[tuple[_Key, _Key]]:
    """The ties that rest on tentative positions alone in every network in which they are."""
    sure: set[tuple[_Key, _Key]] = set()
    unsure: set[tuple[_Key, _Key]] = set()
    for network in networks:
        keys = [(side, name) for name, side, _ in _nodes(network)]
        for row, col, _ in network.ties():
            found = unsure if (row, col) in network.tentative else sure
            found.add((keys[row], keys[col + _shift(network)]))
    return unsure - sure


def _spans(networks: Sequence[Network]) -> list[tuple[str, str]]:
    """The days of each window up to the next one's first; ("", "") for one that the next begins on the same day."""
    spans = []
    for at, network in enumerate(networks):
        start, end = network.start or "", network.end or ""
        following = networks[at + 1].start if at + 1 < len(networks) else None
        if following and following <= end:
            end = (date.fromisoformat(following) - timedelta(1)).isoformat()
        spans.append((start, end) if start <= end else ("", ""))
    return spans


def _declared(graph: ElementTree.Element, timed: bool, groups: Sequence[str]) -> None:
    """Declare the attributes, all of one class and mode together: some readers keep the last such list alone."""
    changing = "dynamic" if timed else "static"
    declared = [
        ("node", "static", "side", "string"),
        *(("node", "static", group, "integer") for group in groups),
        ("edge", "static", "tentative", "boolean"),
        ("node", changing, "statements", "integer"),
        ("edge", changing, "tie", "double"),
    ]
    lists: dict[tuple[str, str], ElementTree.Element] = {}
    for owner, mode, name, kind in declared:
        if (within := lists.get((owner, mode))) is None:
            within = lists[owner, mode] = ElementTree.SubElement(graph, "attributes", {"class": owner, "mode": mode})
        ElementTree.SubElement(within, "attribute", {"id": name, "title": name, "type": kind})


def _dated(
    values: ElementTree.Element, name: str, by: Mapping[int, float], spans: Sequence[tuple[str, str]], timed: bool
) -> None:
    for at, value in by.items():
        _value(values, name, _plain(value), spans[at] if timed else None)


def _value(values: ElementTree.Element, name: str, value: object, span: tuple[str, str] | None = None) -> None:
    when = {"start": span[0], "end": span[1]} if span else {}
    ElementTree.SubElement(values, "attvalue", {"for": name, "value": str(value), **when})


def _lived(
    element: ElementTree.Element, by: Mapping[int, float], spans: Sequence[tuple[str, str]], timed: bool
) -> None:
    if timed:
        within = ElementTree.SubElement(element, "spells")
        for at in by:
            ElementTree.SubElement(within, "spell", {"start": spans[at][0], "end": spans[at][1]})


def _nodes(network: Network) -> list[tuple[str, str, int]]:
    sides = [(network.rows, network.row_counts, "actor")]
    if network.settings.mode is NetworkMode.TWO:
        sides.append((network.cols, network.col_counts, "concept"))
    return [(name, side, count) for names, counts, side in sides for name, count in zip(names, counts, strict=True)]


def _shift(network: Network) -> int:
    """How far behind the rows the columns stand among the nodes."""
    return len(network.rows) if network.settings.mode is NetworkMode.TWO else 0


def _identities(network: Network) -> list[str]:
    """The nodes' names, each once: a concept that is called like an actor says that it is one."""
    taken: set[str] = set()
    made = []
    for name, side, _ in _nodes(network):
        own, number = _fit(name), 1
        while own in taken:
            number += 1
            own = f"{_fit(name)} ({side})" if number == 2 else f"{_fit(name)} ({side} {number})"
        taken.add(own)
        made.append(own)
    return made


def _fit(text: str) -> str:
    return _UNFIT.sub("\N{REPLACEMENT CHARACTER}", text)


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else float(value)


def _line(cells: Iterable[object]) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([safe_cell(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")
