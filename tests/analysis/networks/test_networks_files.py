"""Networks as files that others read: GraphML, GEXF, CSV, frames and pictures."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import datetime
from xml.etree import ElementTree

import networkx
import numpy as np
import pytest

from communique.analysis.networks import (
    Aggregation,
    CodedStatement,
    Network,
    NetworkMode,
    Settings,
    Unit,
    Windows,
    coded,
    frame,
    network,
    series,
    ties_frame,
)
from communique.analysis.networks.writing import as_data, write_gexf, write_graphml, write_matrix, write_ties
from communique.brief.pictures.network import network_picture

DAYS = [datetime(2023, month, 3) for month in (1, 2, 3)]
SAID = [
    CodedStatement("Japan", "treaty", 1, "a", DAYS[0]),
    CodedStatement("Russia", "treaty", 0, "a", DAYS[0]),
    CodedStatement("Japan", "sanctions", 1, "b", DAYS[1]),
    CodedStatement("Russia", "sanctions", 1, "b", DAYS[2]),
    CodedStatement("China", "sanctions", 1, "b", DAYS[2]),
]
SUBTRACT = Settings(aggregation=Aggregation.SUBTRACT)
HOSTILE = [
    CodedStatement('=cmd|"/c calc"!A1', "+1", 1),
    CodedStatement("<script>alert(1)</script>\x00\x1b\ud800&", "+1", 0),
    CodedStatement("+1", "-2", 1),
]
_GEXF = "{http://gexf.net/1.3}"


def hostile(mode: NetworkMode) -> Network:
    return network(coded(HOSTILE), Settings(mode, Aggregation.IGNORE))


def test_graphml_is_read_back_by_others() -> None:
    stream = io.BytesIO()
    write_graphml(network(coded(SAID), SUBTRACT), stream, {"community": {"Japan": 1}})
    graph = networkx.parse_graphml(stream.getvalue().decode())
    assert {name: graph.nodes[name] for name in sorted(graph)} == {
        "China": {"label": "China", "side": "actor", "statements": 1},
        "Japan": {"label": "Japan", "side": "actor", "statements": 2, "community": 1},
        "Russia": {"label": "Russia", "side": "actor", "statements": 2},
    }
    assert {tuple(sorted(pair)): weight for *pair, weight in graph.edges(data="weight")} == {
        ("China", "Japan"): 1.0,
        ("China", "Russia"): 1.0,
    }
    assert graph.graph["aggregation"] == "subtract"


def test_a_concept_that_is_called_like_an_actor_is_a_node_of_its_own() -> None:
    stream = io.BytesIO()
    write_graphml(hostile(NetworkMode.TWO), stream)
    graph = networkx.parse_graphml(stream.getvalue().decode())
    assert graph.nodes["+1"]["side"] == "actor"
    assert graph.nodes["+1 (concept)"] == {"label": "+1", "side": "concept", "statements": 2}


@pytest.mark.parametrize("mode", NetworkMode)
def test_names_that_no_xml_can_hold_are_shown_as_lost(mode: NetworkMode) -> None:
    for write in (write_graphml, lambda made, stream: write_gexf([made], stream)):
        stream = io.BytesIO()
        write(hostile(mode), stream)
        root = ElementTree.fromstring(stream.getvalue())
        assert "<script>alert(1)</script>\ufffd\ufffd\ufffd&" in {
            *(element.text for element in root.iter()),
            *(element.get("label") for element in root.iter()),
        }


def test_one_network_is_a_gexf_that_others_read() -> None:
    stream = io.BytesIO()
    write_gexf([network(coded(SAID), SUBTRACT)], stream, {"camp": {"Japan": 2}})
    graph = networkx.read_gexf(io.BytesIO(stream.getvalue()), version="1.3", relabel=True)
    assert sorted(graph) == ["China", "Japan", "Russia"]
    assert graph.nodes["Japan"]["camp"] == 2
    assert graph.edges["China", "Japan"]["weight"] == 1.0


def test_a_series_is_one_gexf_that_changes_in_time() -> None:
    stream = io.BytesIO()
    settings = Settings(aggregation=Aggregation.CONGRUENCE)
    write_gexf(list(series(coded(SAID), settings, Windows(Unit.MONTHS, 2, 1))), stream)
    root = ElementTree.fromstring(stream.getvalue())
    graph = root.find(f"{_GEXF}graph")
    assert graph is not None
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    lives = {
        node.get("label"): [(spell.get("start"), spell.get("end")) for spell in node.iter(f"{_GEXF}spell")]
        for node in graph.iter(f"{_GEXF}node")
    }
    assert lives == {
        "China": [("2023-02-01", "2023-03-31")],
        "Japan": [("2023-01-01", "2023-01-31"), ("2023-02-01", "2023-03-31")],
        "Russia": [("2023-01-01", "2023-01-31"), ("2023-02-01", "2023-03-31")],
    }
    (edge, *_) = graph.iter(f"{_GEXF}edge")
    value = edge.find(f".//{_GEXF}attvalue")
    assert value is not None
    assert value.attrib == {"for": "tie", "value": "1", "start": "2023-02-01", "end": "2023-03-31"}
    assert networkx.read_gexf(io.BytesIO(stream.getvalue()), version="1.3").number_of_nodes() == 3


def test_what_a_graph_has_of_one_kind_is_declared_in_one_place() -> None:
    """Readers take the last list of attributes of a class and mode, and the last key of an id."""
    one = [network(coded(SAID), SUBTRACT)]
    in_time = list(series(coded(SAID), Settings(), Windows(Unit.MONTHS, 2, 1)))
    for networks, groups in ((one, {"camp": {"Japan": 2}}), (in_time, None)):
        stream = io.BytesIO()
        write_gexf(networks, stream, groups)
        lists = list(ElementTree.fromstring(stream.getvalue()).iter(f"{_GEXF}attributes"))
        kinds = [(each.get("class"), each.get("mode")) for each in lists]
        assert len(kinds) == len(set(kinds))
        told = {attribute.get("title") for each in lists for attribute in each}
        assert told == {"side", "tentative", "statements", "tie", *(groups or ())}
    stream = io.BytesIO()
    write_graphml(one[0], stream)
    keys = ElementTree.fromstring(stream.getvalue()).findall("{http://graphml.graphdrawing.org/xmlns}key")
    assert sorted(key.get("attr.name") or "" for key in keys).count("statements") == 2
    assert len({key.get("id") for key in keys}) == len(keys)


def test_a_matrix_is_csv_and_no_name_in_it_a_formula() -> None:
    stream = io.BytesIO()
    write_matrix(hostile(NetworkMode.TWO), stream)
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode())))
    assert rows[0] == ["", "'+1", "'-2"]
    assert [row[0][:2] for row in rows[1:]] == ["'+", "<s", "'="]
    assert rows[1][1:] == ["0", "1"]
    negative = io.BytesIO()
    write_matrix(network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.SUBTRACT)), negative)
    assert b"Russia,1,-1\n" in negative.getvalue()


def test_the_ties_of_a_series_are_csv_with_their_windows() -> None:
    stream = io.BytesIO()
    write_ties(series(coded(SAID), Settings(), Windows(Unit.MONTHS, 2, 1)), stream)
    assert stream.getvalue().decode().splitlines() == [
        "start,end,row,col,weight,tentative",
        "2023-02-01,2023-03-31,China,Japan,1,0",
        "2023-02-01,2023-03-31,China,Russia,1,0",
        "2023-02-01,2023-03-31,Japan,Russia,1,0",
    ]


def test_a_network_is_a_frame_and_a_series_a_frame_of_ties() -> None:
    made = frame(network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.SUBTRACT)))
    assert made.loc["Russia", "treaty"] == -1
    assert list(made.columns) == ["sanctions", "treaty"]
    ties = ties_frame(series(coded(SAID), Settings(), Windows(Unit.MONTHS, 2, 1)))
    assert ties["weight"].tolist() == [1, 1, 1]


def test_json_has_rows_cols_and_matrix() -> None:
    data = as_data(network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.COMBINE)))
    assert data["rows"] == ["China", "Japan", "Russia"]
    assert data["cols"] == ["sanctions", "treaty"]
    assert data["matrix"] == [[1, 0], [1, 1], [1, 2]]
    assert data["levels"] == [0, 1]


@pytest.mark.parametrize("mode", NetworkMode)
def test_a_picture_is_svg_that_holds_no_markup_of_others(mode: NetworkMode) -> None:
    svg = network_picture("Talks <b>", hostile(mode))
    root = ElementTree.fromstring(svg)
    assert not [element for element in root.iter() if element.tag.endswith(("script", "b"))]
    assert "Talks &lt;b&gt;" in svg


def test_a_picture_is_the_same_each_time_and_tells_for_from_against_without_colour() -> None:
    made = network(coded(SAID), Settings(NetworkMode.TWO, Aggregation.SUBTRACT))
    svg = network_picture("Talks", made, {"Japan": 0, "Russia": 1})
    assert svg == network_picture("Talks", made, {"Japan": 0, "Russia": 1})
    ties = [element for element in ElementTree.fromstring(svg).iter() if element.get("class") == "tie"]
    assert len([tie for tie in ties if tie.get("stroke-dasharray")]) == 2  # Russia's on the treaty, and the key's


def test_a_picture_of_very_many_shows_the_strongest_and_says_so() -> None:
    rng = np.random.default_rng(1)
    said = [CodedStatement(f"a{n % 300}", f"c{rng.integers(40)}", int(rng.integers(2))) for n in range(3000)]
    svg = network_picture("Many", network(coded(said), SUBTRACT))
    assert "the 60 of 300 nodes with the strongest ties" in svg
    assert svg.count('class="node"') == 60


def test_an_empty_network_can_be_drawn_and_written() -> None:
    empty = network(coded([]), Settings(aggregation=Aggregation.IGNORE))
    assert "0 nodes" in network_picture("Nothing", empty)
    stream = io.BytesIO()
    write_graphml(empty, stream)
    write_gexf([empty], stream)
    assert as_data(empty)["matrix"] == []


def test_a_small_network_takes_no_scipy() -> None:
    code = (
        "import sys; from communique.analysis.networks import CodedStatement, Settings, coded, network, polarisation\n"
        "said = coded([CodedStatement('Tokyo', 'sanctions', 1), CodedStatement('Moscow', 'sanctions', 0)])\n"
        "made = [network(said, Settings(aggregation=a)) for a in ('congruence', 'conflict')]\n"
        "print(polarisation(*made).score, list(made[1].ties()), 'scipy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1.0 [(0, 1, 1.0)] False\n"


def test_importing_the_package_does_not_load_numpy() -> None:
    code = "import sys, communique.analysis.networks; print('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "False\n"
