#!/usr/bin/env bash
# rispy: one address with a semicolon becomes two, keywords with semicolons stay one.
# A semicolon is a legal character of a path (";jsessionid=..." is common on newspapers' and ministries' servers, and exports of article
# databases hold it). rispy takes UR for a list divided by semicolons, although RIS repeats the tag for a second address: the first half
# opens nothing and the second is no address. In KW, where exporters really do write "treaty; islands", nothing is divided.
# Seen with rispy==0.10.0 on CPython 3.11; run by hand: bash findings/rispy_address_cut_at_semicolon.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check rispy==0.10.0
"$work/env/bin/python" - <<'PYTHON'
import rispy

RECORD = """TY  - NEWS
TI  - Talks stall
UR  - https://paper.example/story;jsessionid=9F2?id=3
KW  - treaty; islands
ER  - 
"""
[entry] = rispy.loads(RECORD)
print(entry)
assert entry["urls"] == ["https://paper.example/story", "jsessionid=9F2?id=3"]
assert entry["keywords"] == ["treaty; islands"]
PYTHON
echo "as described"
