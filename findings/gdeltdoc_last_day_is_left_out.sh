#!/usr/bin/env bash
# gdeltdoc: the last day of a search is not searched.
# Filters takes start_date and end_date as days and its documentation says nothing of the end being excluded. Both become midnight, so that
# "from 1 to 2 May" asks for 1 May alone, and a search for one day ("from 1 to 1 May") asks for a stretch of no length. Checked on the
# query that is sent, without asking the service.
# Seen with gdeltdoc==1.12.0 on CPython 3.11; run by hand: bash findings/gdeltdoc_last_day_is_left_out.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check gdeltdoc==1.12.0
"$work/env/bin/python" - <<'PYTHON'
from gdeltdoc import Filters

two_days = Filters(keyword="ceasefire", start_date="2024-05-01", end_date="2024-05-02").query_string
one_day = Filters(keyword="ceasefire", start_date="2024-05-01", end_date="2024-05-01").query_string
print(two_days)
print(one_day)
assert "startdatetime=20240501000000" in two_days and "enddatetime=20240502000000" in two_days
assert "startdatetime=20240501000000" in one_day and "enddatetime=20240501000000" in one_day
PYTHON
echo "as described"
