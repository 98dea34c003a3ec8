#!/usr/bin/env bash
# htmldate: a page that says "March 2024" is dated 1 January 2024.
# find_date gives a full date and no precision. Where a page holds month and year alone, or a full date in Chinese or Japanese form, its
# opportunistic search keeps the year and fills in the first of January: two months before what is written, indistinguishable from a page
# that says "1 January 2024". With extensive_search=False the answer is None.
# Seen with htmldate==1.11.0 on CPython 3.11; run by hand: bash findings/htmldate_first_of_january.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
"$work/env/bin/python" - <<'PYTHON'
from htmldate import find_date

PAGE = "<html><head><title>x</title></head><body><article><p class='date'>{}</p><p>The ministers met for two hours.</p></article></body></html>"
for words in ("March 2024", "2024年3月14日", "1 January 2024"):
    print(words, find_date(PAGE.format(words)), find_date(PAGE.format(words), extensive_search=False))
    assert find_date(PAGE.format(words)) == "2024-01-01", words
for words in ("March 2024", "2024年3月14日"):
    assert find_date(PAGE.format(words), extensive_search=False) is None, words
PYTHON
echo "as described"
