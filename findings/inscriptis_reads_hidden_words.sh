#!/usr/bin/env bash
# inscriptis: what the page hides by the `hidden` attribute is read as text.
# The library lays out HTML as a browser would and honours style="display: none". The attribute `hidden`, for which every browser has the
# same rule in its default style sheet (HTML, 15.3.1), is not known: corrections that were withdrawn, other languages' versions and
# templates come out between the paragraphs.
# Seen with inscriptis==2.7.6 on CPython 3.11; run by hand: bash findings/inscriptis_reads_hidden_words.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check inscriptis==2.7.6
"$work/env/bin/python" - <<'PYTHON'
from inscriptis import get_text

PAGE = """<html><body><p>Shown.</p><p style="display: none">By style.</p><p hidden>By attribute.</p></body></html>"""
text = get_text(PAGE)
print(repr(text))
assert "By style." not in text
assert "By attribute." in text
PYTHON
echo "as described"
