#!/usr/bin/env bash
# nervaluate: spans that only touch count as overlapping.
# It takes Prodigy's dictionaries as they are, and in those (as in spaCy) `end` is the first offset after the span. A prediction at 10-20
# shares no character with a truth at 0-10, still it is a correct `ent_type` match and a partial one: half a point each. A tagger that finds
# nothing but the words beside every quotation is scored 0.5 (partial) and 1.0 (type) in precision.
# Seen with nervaluate==1.2.1 on CPython 3.11; run by hand: bash findings/nervaluate_neighbours_overlap.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check nervaluate==1.2.1
"$work/env/bin/python" - <<'PYTHON'
from nervaluate import Evaluator

truth = [[{"label": "QUOTE", "start": 0, "end": 10}]]
for name, guess, types, partial in (("touching", (10, 20), 1, 1), ("one character apart", (11, 20), 0, 0)):
    found = [[{"label": "QUOTE", "start": guess[0], "end": guess[1]}]]
    overall = Evaluator(truth, found, tags=["QUOTE"]).evaluate()["overall"]
    print(name, vars(overall["ent_type"]), vars(overall["partial"]))
    assert overall["ent_type"].correct == types
    assert overall["partial"].partial == partial
PYTHON
echo "as described"
