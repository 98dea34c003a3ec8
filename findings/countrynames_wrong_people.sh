#!/usr/bin/env bash
# countrynames, rigour: Mauritians are from Mauritania, Turkish Cypriots are Turkey.
# Both libraries know names and demonyms by a list, asked exactly here, without their fuzzy matching. "Mauritian" (of Mauritius, MU) is
# given Mauritania's code, and "Turkish Cypriot", a community and a party of the Cyprus talks, is Turkey, although both know Northern
# Cyprus as CY-TRNC. "Mauritanian" is right, so the two peoples are one.
# Seen with countrynames==1.17.0 rigour==2.6.1 on CPython 3.11; run by hand: bash findings/countrynames_wrong_people.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check countrynames==1.17.0 rigour==2.6.1
"$work/env/bin/python" - <<'PYTHON'
import countrynames
from rigour.territories import lookup_territory

SEEN = {"Mauritius": "MU", "Mauritian": "MR", "Mauritanian": "MR", "Northern Cyprus": "CY-TRNC", "Turkish Cypriot": "TR"}
for name, code in SEEN.items():
    territory = lookup_territory(name)
    print(f"{name:16} {countrynames.to_code(name):8} {territory and territory.code}")
    assert countrynames.to_code(name) == code, name
    assert territory is not None and territory.code == code.lower(), name
PYTHON
echo "as described"
