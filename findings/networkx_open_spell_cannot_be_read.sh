#!/usr/bin/env bash
# networkx: a GEXF file with a tie that has not ended is written, and refused by its own reader.
# In a dynamic graph a spell without an end means "until now", which GEXF allows (both ends of a spell are optional) and write_gexf writes:
# <spell start="2023" />. read_gexf then raises a TypeError about int() that names neither file nor spell. A network of relations that
# last cannot make the round trip; an end has to be invented.
# Seen with networkx==3.6.1 on CPython 3.11; run by hand: bash findings/networkx_open_spell_cannot_be_read.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check networkx==3.6.1
"$work/env/bin/python" - <<'PYTHON'
import io

import networkx as nx

graph = nx.DiGraph(mode="dynamic")
graph.add_edge("A", "B", spells=[(2020, 2021), (2023, None)])
file = io.BytesIO()
nx.write_gexf(graph, file, version="1.2draft")
assert b'<spell start="2023" />' in file.getvalue()
file.seek(0)
try:
    nx.read_gexf(file, version="1.2draft")
except TypeError as error:
    print("TypeError:", error)
    assert "int() argument" in str(error)
else:
    raise AssertionError("it is read now")
PYTHON
echo "as described"
