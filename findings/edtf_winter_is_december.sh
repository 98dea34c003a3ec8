#!/usr/bin/env bash
# edtf: winter is one month long.
# The seasons of the Extended Date/Time Format (level 1, 21 to 24) each become a stretch of time. Spring, summer and autumn last three
# months; winter 2023 (2023-24) lasts from 1 to 31 December: January and February belong to no winter, of this year or the one before.
# A report of "last winter's talks" that were held in January lies in no season at all.
# Seen with edtf==5.0.2 on CPython 3.11; run by hand: bash findings/edtf_winter_is_december.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check edtf==5.0.2
"$work/env/bin/python" - <<'PYTHON'
from edtf import parse_edtf

SEEN = {
    "2023-21": ((2023, 3, 1), (2023, 5, 31)),
    "2023-22": ((2023, 6, 1), (2023, 8, 31)),
    "2023-23": ((2023, 9, 1), (2023, 11, 30)),
    "2023-24": ((2023, 12, 1), (2023, 12, 31)),
}
for text, (first, last) in SEEN.items():
    season = parse_edtf(text)
    print(text, season.lower_strict()[:3], season.upper_strict()[:3])
    assert tuple(season.lower_strict()[:3]) == first and tuple(season.upper_strict()[:3]) == last, text
winters = [parse_edtf(f"{year}-24") for year in (2022, 2023, 2024)]
january = (2023, 1, 15)
assert not any(tuple(w.lower_strict()[:3]) <= january <= tuple(w.upper_strict()[:3]) for w in winters)
PYTHON
echo "as described"
