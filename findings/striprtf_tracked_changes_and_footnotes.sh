#!/usr/bin/env bash
# striprtf: a draft with tracked changes says both versions at once, and footnotes are gone.
# Draft agreements and archive exports travel as RTF. Of a clause in which "shall" was struck out for "may", one expects "may" (what the
# file shows with changes accepted) or at least a mark. The words come out side by side with no space, "shallmay", hidden text (\v) is
# read as if it were shown, and a footnote, which in a treaty can hold the reservation, is dropped without a word.
# Seen with striprtf==0.0.35 on CPython 3.11; run by hand: bash findings/striprtf_tracked_changes_and_footnotes.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check striprtf==0.0.35
"$work/env/bin/python" - <<'PYTHON'
from striprtf.striprtf import rtf_to_text

CLAUSE = r"""{\rtf1\ansi\ansicpg1252{\*\revtbl{Unknown;}{A. Drafter;}}
The Parties {\deleted\revauthdel1 shall}{\revised\revauth1 may} withdraw.{\footnote\pard Subject to Article 9.}{\v  Not agreed.}\par}"""
text = rtf_to_text(CLAUSE)
print(repr(text))
assert "shallmay" in text
assert "Article 9" not in text
assert "Not agreed." in text
PYTHON
echo "as described"
