#!/usr/bin/env bash
# pycountry: the Republic of Korea is found as North Korea, and as nothing else.
# search_fuzzy sorts by how a name fits; for "Republic of Korea", the official name of the South, the only answer is KP, because the words
# stand inside "Democratic People's Republic of Korea", while the South is stored as "Korea, Republic of". In the same way "Republic of
# China" is China alone, "Niger" is Nigeria first, "Kosovo" is Serbia alone and "EU" is Réunion first. Whoever takes the
# first answer turns parties into their opponents.
# Seen with pycountry==26.2.16 on CPython 3.11; run by hand: bash findings/pycountry_republic_of_korea_is_the_north.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check pycountry==26.2.16
"$work/env/bin/python" - <<'PYTHON'
import pycountry

SEEN = {
    "Republic of Korea": ["KP"],
    "Republic of China": ["CN"],
    "Kosovo": ["RS"],
}
for name, codes in SEEN.items():
    found = [country.alpha_2 for country in pycountry.countries.search_fuzzy(name)]
    print(name, found)
    assert found == codes, name
for name, code in {"Niger": "NG", "EU": "RE"}.items():
    found = [country.alpha_2 for country in pycountry.countries.search_fuzzy(name)]
    print(name, found[:3])
    assert found[0] == code, name
PYTHON
echo "as described"
