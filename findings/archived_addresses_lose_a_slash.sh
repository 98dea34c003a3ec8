#!/usr/bin/env bash
# courlan, ural, url-normalize: the address of an archived page is changed into another.
# Web archives keep the address of the page inside their own: .../web/20240101/https://paper.example/a. Empty segments of a path mean
# something (RFC 3986 removes only "." and ".."), yet all three cleaners make "https:/paper.example/a" of the inner part. As keys for
# "have we this page already?" the result is equal for two different addresses, and the inner address can no longer be taken out by its
# "://".
# Seen with courlan==1.4.0 ural==1.6.2 url-normalize==3.1.0 on CPython 3.11; run by hand: bash findings/archived_addresses_lose_a_slash.sh
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check courlan==1.4.0 ural==1.6.2 url-normalize==3.1.0
"$work/env/bin/python" - <<'PYTHON'
from courlan import clean_url
from ural import canonicalize_url, normalize_url
from url_normalize import url_normalize

ARCHIVED = "https://web.archive.org/web/20240101/https://paper.example/a"
for clean in (clean_url, canonicalize_url, normalize_url, url_normalize):
    print(f"{clean.__module__}.{clean.__name__}: {clean(ARCHIVED)}")
    assert clean(ARCHIVED).endswith("web.archive.org/web/20240101/https:/paper.example/a")
PYTHON
echo "as described"
