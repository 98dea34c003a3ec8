#!/usr/bin/env bash
# Resiliparse: the list of conditions is taken for navigation.
# With main_content=True the paragraph "He named two conditions:" is kept and the two conditions that follow it in <ul> are dropped,
# though they stand inside <article>; a definition list and a table of the same page are kept. Without main_content the list is there.
# Seen with Resiliparse==2.0.1 on CPython 3.11; run by hand: bash findings/resiliparse_main_content_without_its_list.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check Resiliparse==2.0.1
"$work/env/bin/python" - <<'PYTHON'
from resiliparse.extract.html2text import extract_plain_text

LONG = "The ministers of both countries met in Geneva on Tuesday and agreed to continue their talks next week, officials said afterwards. "
PAGE = f"""<html lang="en"><head><title>Talks</title></head><body><article><h1>Talks</h1>
<p>{LONG}</p><p>He named two conditions:</p><ul><li>withdraw the troops</li><li>lift the sanctions</li></ul>
<p>{LONG * 2}</p><dl><dt>Q</dt><dd>Will you sign?</dd></dl></article></body></html>"""
main = extract_plain_text(PAGE, main_content=True)
whole = extract_plain_text(PAGE)
print(main)
assert "He named two conditions:" in main and "Will you sign?" in main
assert "withdraw the troops" not in main and "lift the sanctions" not in main
assert "withdraw the troops" in whole and "lift the sanctions" in whole
PYTHON
echo "as described"
