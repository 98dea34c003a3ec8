#!/usr/bin/env bash
# parsedatetime: "Sept 2, 2020" is this evening at 20:20.
# News style abbreviates September as "Sept."; parsedatetime knows "Sep" alone, passes over the word, and reads the year as a time of day on
# the day it is asked for. "In 1905" becomes five past seven in the evening in the same way. The flag returned says "a time was found", no
# error and no low confidence. Other months of the same form are read as dates.
# Seen with parsedatetime==2.6 on CPython 3.11; run by hand: bash findings/parsedatetime_september_is_this_evening.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check parsedatetime==2.6
"$work/env/bin/python" - <<'PYTHON'
from datetime import datetime

from parsedatetime import Calendar

asked = datetime(2024, 3, 14, 12)
SEEN = {
    "Sep 2 2020": (datetime(2020, 9, 2, 12), 1),
    "Sept 2 2020": (datetime(2024, 3, 14, 20, 20), 2),
    "Sept. 2, 2020": (datetime(2024, 3, 14, 20, 20), 2),
    "in 1905": (datetime(2024, 3, 14, 19, 5), 2),
    "May 9 1945": (datetime(1945, 5, 9, 12), 1),
}
for words, answer in SEEN.items():
    print(words, *Calendar().parseDT(words, asked))
    assert Calendar().parseDT(words, asked) == answer, words
PYTHON
echo "as described"
