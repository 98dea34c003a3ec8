#!/usr/bin/env bash
# nameparser: the office of a foreign minister ends one word too early, and a King's Counsel is a surname.
# "Secretary of State" and "Minister of Defence" are whole titles; in "Minister of Foreign Affairs Dmytro Kuleba" the title is "Minister of
# Foreign" and the man's first name is Affairs. The letters QC after a name are a suffix, KC, which replaced them in 2022, is the surname.
# Surnames taken from it join persons that have nothing in common.
# Seen with nameparser==2.6.0 on CPython 3.11; run by hand: bash findings/nameparser_minister_of_foreign.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check nameparser==2.6.0
"$work/env/bin/python" - <<'PYTHON'
from nameparser import HumanName

SEEN = {
    "Secretary of State Antony Blinken": ("Secretary of State", "Antony", "Blinken"),
    "Minister of Foreign Affairs Dmytro Kuleba": ("Minister of Foreign", "Affairs", "Kuleba"),
    "Sir Keir Starmer QC": ("Sir", "Keir", "Starmer"),
    "Sir Keir Starmer KC": ("Sir", "Keir", "KC"),
}
for text, (title, first, last) in SEEN.items():
    name = HumanName(text)
    print(text, name.as_dict())
    assert (name.title, name.first, name.last) == (title, first, last), text
PYTHON
echo "as described"
