"""Which arrivals are one report: the same address, the same given id at one outlet, or the same words at one outlet."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from communique.identity import digest
from communique.model import Report
from communique.record.database.fold import folded

_CAMPAIGN = re.compile(
    r"(?i)^(utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ocid|cmpid|ns_.*|at_.*|taid|ref_?src)$"
)
_PORTS = {"http": 80, "https": 443}


def identities(report: Report, given_id: bool, known_as: str | None = None) -> tuple[str, ...]:
    """Return what a report is known by, the surest first: its address, else the id it brought, then its words.

    ``given_id`` tells whether the report brought its id along; ``known_as`` is an identity that takes the place of its
    address, where several reports have that in common.
    """
    outlet = folded(report.outlet or "")
    known = []
    if known_as is not None:
        known.append(known_as)
    elif report.url and (address := canonical_url(report.url)):
        known.append(f"url:{address}")
    elif given_id:
        known.append(f"id:{digest(outlet, report.id, size=16)}")
    known.append(f"text:{digest(outlet, report.text, size=16)}")
    return tuple(known)


def canonical_url(url: str) -> str | None:
    """Return the address without what does not change the page (fragment, campaign marks, default port, http or
    https), None where it is not a web address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = (parts.hostname or "").rstrip(".").encode("idna").decode() if parts.hostname else ""
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not host:
        return None
    if port is not None and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _CAMPAIGN.match(pair[0])]
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._", errors="surrogatepass")
    return urlunsplit(("https", host.lower(), path, urlencode(sorted(query), errors="surrogatepass"), ""))
