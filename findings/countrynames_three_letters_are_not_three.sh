#!/usr/bin/env bash
# countrynames: to_code_3 gives codes of four to six characters.
# Events and networks are joined on ISO 3166 alpha-3. to_code_3 gives it for states of today; for parts of states, for breakaway territories
# and for states that are no more it gives back the library's own code unchanged: MD-PMR, GB-SCT, SUHH (the Soviet Union has the
# alpha-3 SUN, Yugoslavia YUG, Czechoslovakia CSK). A join on three letters loses these rows without a word.
# Seen with countrynames==1.17.0 on CPython 3.11; run by hand: bash findings/countrynames_three_letters_are_not_three.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check countrynames==1.17.0
"$work/env/bin/python" - <<'PYTHON'
import countrynames

SEEN = {
    "Moldova": "MDA",
    "Transnistria": "MD-PMR",
    "Scotland": "GB-SCT",
    "Soviet Union": "SUHH",
    "Czechoslovakia": "CSHH",
}
for name, code in SEEN.items():
    print(name, countrynames.to_code_3(name))
    assert countrynames.to_code_3(name) == code, name
PYTHON
echo "as described"
