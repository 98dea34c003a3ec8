#!/usr/bin/env bash
# feedparser: an author's mail address with a long top-level domain is cut in two, and the rest becomes the name.
# RSS gives authors as "address (name)". Top-level domains of more than four letters have been ordinary since 2013 (.agency, .news is four,
# .international, .museum since 2001). From "desk@wire.agency (J. Doe)" feedparser makes the address "desk@wire.agen" and the name
# "cy (J. Doe": a person of that name then signs the report. Two to four letters are read rightly.
# Seen with feedparser==6.0.14 on CPython 3.11; run by hand: bash findings/feedparser_cuts_long_domains.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$work/env/bin/python" - <<'PYTHON'
import feedparser

FEED = "<rss version='2.0'><channel><title>t</title><item><title>x</title><author>{}</author></item></channel></rss>"
SEEN = {
    "desk@wire.org (J. Doe)": ("J. Doe", "desk@wire.org"),
    "desk@wire.agency (J. Doe)": ("cy (J. Doe", "desk@wire.agen"),
    "desk@wire.international (J. Doe)": ("rnational (J. Doe", "desk@wire.inte"),
}
for author, (name, address) in SEEN.items():
    detail = feedparser.parse(FEED.format(author)).entries[0].author_detail
    print(author, dict(detail))
    assert (detail.name, detail.email) == (name, address)
PYTHON
echo "as described"
