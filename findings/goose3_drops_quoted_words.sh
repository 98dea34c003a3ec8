#!/usr/bin/env bash
# goose3: the words inside <q>, <ins> and <del> vanish, and the sentence stands without them.
# HTML's own element for a quotation is <q>. From "She said: <q>We refuse</q>, and ..." the text "She said: , and ..." is left. Short
# paragraphs that are only a quotation, block quotations and the list after a colon ("three conditions:") go, too, colon line included.
# What is left reads well, which is the harm: nothing shows that the statement is missing.
# Seen with goose3==3.1.22 on CPython 3.11; run by hand: bash findings/goose3_drops_quoted_words.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check goose3==3.1.22
"$work/env/bin/python" - <<'PYTHON'
from goose3 import Goose

LONG = "The ministers of both countries met in Geneva on Tuesday and agreed to continue their talks next week, officials said afterwards. "
PAGE = f"""<html lang="en"><head><title>Talks</title></head><body><article><h1>Talks</h1>
<p>{LONG}</p><p>{LONG * 2}</p><p>He named two conditions:</p><ul><li>withdraw the troops</li><li>lift the sanctions</li></ul>
<p>{LONG}She said: <q>We refuse</q>, and <ins>declined</ins>.</p><p>“No,” he said.</p><p>{LONG}</p></article></body></html>"""
text = Goose().extract(raw_html=PAGE).cleaned_text
print(text)
assert "She said: , and ." in text
assert not any(words in text for words in ("We refuse", "declined", "two conditions", "troops", "“No,”"))
PYTHON
echo "as described"
