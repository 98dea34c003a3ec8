#!/usr/bin/env bash
# igraph: read from GraphML, the ties bear the names of the nodes.
# GraphML gives edges an id of their own, and networkx keeps the key of a parallel tie there ("said" beside "denied" between the same two
# parties). igraph makes an edge attribute "id" of it and fills it with the ids of the nodes, by position: the first tie is called like the
# first node, the second like the second, and where the nodes are used up the id is empty. Written again by igraph, the file says so for good.
# Seen with igraph==1.0.0 networkx==3.6.1 on CPython 3.11; run by hand: bash findings/igraph_edge_ids_are_node_ids.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check igraph==1.0.0 networkx==3.6.1
"$work/env/bin/python" - <<'PYTHON'
import os
import tempfile

import igraph
import networkx as nx

graph = nx.MultiDiGraph()
for source, target, key in (("A", "B", "said"), ("A", "B", "denied"), ("B", "C", "met"), ("C", "A", "left")):
    graph.add_edge(source, target, key=key)
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "ties.graphml")
    nx.write_graphml(graph, path)
    with open(path, encoding="utf-8") as file:
        assert '<edge source="A" target="B" id="said"' in file.read()
    read = igraph.Graph.Read_GraphML(path)
print([key for _, _, key in graph.edges(keys=True)], "->", read.es["id"])
assert read.get_edgelist() == [(0, 1), (0, 1), (1, 2), (2, 0)]
assert read.es["id"] == ["A", "B", "C", ""]
PYTHON
echo "as described"
