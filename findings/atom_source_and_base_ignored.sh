#!/usr/bin/env bash
# atoma, fastfeedparser: an entry of an aggregated Atom feed is signed by the aggregator, and its address leads nowhere.
# RFC 4287 (4.2.1) says: an entry without an author has those of its atom:source, and only then the feed's. atoma gives the feed's author to
# an entry whose source names another; fastfeedparser gives no author at all. Both leave a relative link as it stands although xml:base (RFC 4287,
# 2) says what it is relative to, and neither hands on the base.
# Seen with atoma==0.0.17 fastfeedparser==0.6.5 on CPython 3.11; run by hand: bash findings/atom_source_and_base_ignored.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check atoma==0.0.17 fastfeedparser==0.6.5
"$work/env/bin/python" - <<'PYTHON'
import atoma
import fastfeedparser

FEED = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Planet</title><id>urn:planet</id>
<updated>2024-03-16T00:00:00Z</updated><author><name>Aggregator</name></author>
<entry xml:base="https://ministry.example/press/"><title>Statement</title><id>urn:1</id><updated>2024-03-16T00:00:00Z</updated>
<link rel="alternate" href="statement.html"/>
<source><title>Ministry</title><id>urn:ministry</id><updated>2024-03-16T00:00:00Z</updated><author><name>Ministry</name></author></source>
</entry></feed>"""
[entry] = atoma.parse_atom_bytes(FEED.encode()).entries
print("atoma:", [author.name for author in entry.authors], [link.href for link in entry.links])
assert [author.name for author in entry.authors] == ["Aggregator"]
assert [link.href for link in entry.links] == ["statement.html"]
[entry] = fastfeedparser.parse(FEED).entries
print("fastfeedparser:", entry.get("author"), entry.link)
assert entry.get("author") is None and entry.link == "statement.html"
PYTHON
echo "as described"
