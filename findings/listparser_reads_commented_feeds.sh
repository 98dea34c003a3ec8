#!/usr/bin/env bash
# listparser: feeds that the owner of an OPML list has switched off are listed as any other.
# OPML 2.0 says that an outline with isComment="true" is commented out, and so is all that lies below it. listparser reports such feeds,
# with nothing in the entry that would tell them from the rest.
# Seen with listparser==0.20 on CPython 3.11; run by hand: bash findings/listparser_reads_commented_feeds.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check listparser==0.20
"$work/env/bin/python" - <<'PYTHON'
import listparser

LIST = """<?xml version="1.0"?><opml version="2.0"><head><title>Ministries</title></head><body>
<outline text="In use" type="rss" xmlUrl="https://a.example/feed"/>
<outline text="Off" type="rss" isComment="true" xmlUrl="https://b.example/feed"/>
<outline text="Folder that is off" isComment="true"><outline text="Inside" type="rss" xmlUrl="https://c.example/feed"/></outline>
</body></opml>"""
feeds = listparser.parse(LIST).feeds
for feed in feeds:
    print(dict(feed))
assert [feed.url for feed in feeds] == ["https://a.example/feed", "https://b.example/feed", "https://c.example/feed"]
assert not any("comment" in key.lower() for feed in feeds for key in feed)
PYTHON
echo "as described"
