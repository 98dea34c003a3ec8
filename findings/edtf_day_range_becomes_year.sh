#!/usr/bin/env bash
# edtf: a day out of two makes another year of the date.
# A reader of background ("signed on 5 or 6 June 2024") expects the month, a set of two days, or nothing. text_to_edtf gives 6 June 2005:
# the first number is taken for the year 2005, the year that is written out is dropped, and nothing tells of it. A span of days ("5-6 June
# 2024") goes the same way. A single day is read rightly. So any text with two days has to be caught before it is handed on.
# Seen with edtf==5.0.2 on CPython 3.11; run by hand: bash findings/edtf_day_range_becomes_year.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
"$work/env/bin/python" - <<'PYTHON'
from edtf import text_to_edtf

SEEN = {
    "5 June 2024": "2024-06-05",
    "5 or 6 June 2024": "2005-06-06",
    "5-6 June 2024": "2005-06-06",
    "2 or 3 August 2008": "2002-08-03",
    "June 5 or 6, 2024": "2006-06-05",
}
for words, date in SEEN.items():
    print(f"{words:20} -> {text_to_edtf(words)}")
    assert text_to_edtf(words) == date, words
PYTHON
echo "as described"
