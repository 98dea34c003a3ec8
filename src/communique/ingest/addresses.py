"""Which hosts and IP addresses are public: nothing is fetched from any other.

The ranges are those of IANA's special-purpose address registries (RFC 6890 and its updates). They are listed here
rather than taken from ``ipaddress``, whose ``is_global`` says different things in different versions of Python.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

Address = IPv4Address | IPv6Address

_V4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/32", "an unspecified address"),
        ("0.0.0.0/8", "an address of this network"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address of a carrier's own network"),
        ("127.0.0.0/8", "a loopback address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "an address kept for protocols"),
        ("192.0.2.0/24", "a documentation address"),
        ("192.31.196.0/24", "an address of the AS112 project"),
        ("192.52.193.0/24", "an address of automatic tunnels"),
        ("192.88.99.0/24", "an address of 6to4 relays"),
        ("192.168.0.0/16", "a private address"),
        ("192.175.48.0/24", "an address of the AS112 project"),
        ("198.18.0.0/15", "a benchmarking address"),
        ("198.51.100.0/24", "a documentation address"),
        ("203.0.113.0/24", "a documentation address"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_V6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "an unspecified address"),
        ("::1/128", "a loopback address"),
        ("64:ff9b:1::/48", "an address of a local NAT64"),
        ("2001::/23", "an address kept for protocols"),
        ("2001:db8::/32", "a documentation address"),
        ("2620:4f:8000::/48", "an address of the AS112 project"),
        ("3fff::/20", "a documentation address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a site-local address"),
        ("ff00::/8", "a multicast address"),
    )
)
_MAPPED = IPv6Network("::ffff:0:0/96")
_NAT64 = IPv6Network("64:ff9b::/96")
_TEREDO = IPv6Network("2001::/32")
_SIX_TO_FOUR = IPv6Network("2002::/16")
_GLOBAL = IPv6Network("2000::/3")
_ISATAP = (0x00005EFE, 0x02005EFE)

_LOCAL_NAMES = ("localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "onion")
_LOOPBACK_NAMES = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.ASCII)


def not_public(address: Address) -> str | None:
    """Return what kind of address this is if it is not one of the public internet, else None.

    An IPv4 address inside an IPv6 one (IPv4-mapped, NAT64, 6to4, Teredo, ISATAP) is judged as what it leads to.
    """
    if isinstance(address, IPv4Address):
        return next((kind for network, kind in _V4 if address in network), None)
    if address.scope_id is not None:
        return "an address with a zone"
    inside = _wrapped(address)
    if inside is not None:
        form, found = inside
        return next((f"{form} of {kind}" for kind in map(not_public, found) if kind), None)
    return _special(address)


def is_loopback(address: Address) -> bool:
    """Tell whether the address is this machine's own: 127.0.0.0/8, ::1, and the former written as IPv4-mapped."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback


def odd_host(host: str, *, allow_loopback: bool = False) -> str | None:
    """Return why nothing is fetched from a host of this name (lower case, without brackets), or None.

    Judges the name and, where it is an address, the address; a name's addresses are judged when they are known.
    """
    if "%" in host:
        return "an address with a zone, or a host name in percent signs"
    if ":" in host:
        try:
            address: Address = IPv6Address(host)
        except ValueError:
            return "no IPv6 address"
        return _unless_loopback(address, allow_loopback)
    name = host.removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
        return "no host name"
    if _NUMBER.fullmatch(labels[-1]):
        try:
            address = IPv4Address(name)
        except ValueError:
            return "an IPv4 address in an odd spelling"
        return _unless_loopback(address, allow_loopback)
    if allow_loopback and name in _LOOPBACK_NAMES:
        return None
    if len(labels) == 1 or name in _LOOPBACK_NAMES or any(name.endswith(f".{end}") for end in _LOCAL_NAMES):
        return "a name of a local network"
    return None


def _special(address: IPv6Address) -> str | None:
    """The kind of the IPv6 network, whatever the address may carry; None for a public one."""
    kind = next((kind for network, kind in _V6 if address in network), None)
    return "a reserved address" if kind is None and address not in _GLOBAL else kind


def _unless_loopback(address: Address, allow_loopback: bool) -> str | None:
    return None if allow_loopback and is_loopback(address) else not_public(address)


def _wrapped(address: IPv6Address) -> tuple[str, tuple[IPv4Address, ...]] | None:
    """The form of an IPv6 address that carries IPv4 ones, and those."""
    bits = int(address)
    last = IPv4Address(bits & 0xFFFFFFFF)
    if address in _MAPPED:
        return "an IPv4-mapped form", (last,)
    if address in _NAT64:  # RFC 6052
        return "a NAT64 form", (last,)
    if address in _SIX_TO_FOUR:  # RFC 3056
        return "a 6to4 form", (IPv4Address(bits >> 80 & 0xFFFFFFFF),)
    if address in _TEREDO:  # RFC 4380: its server, and its client with every bit turned over
        return "a Teredo form", (IPv4Address(bits >> 64 & 0xFFFFFFFF), IPv4Address(~bits & 0xFFFFFFFF))
    if bits >> 32 & 0xFFFFFFFF in _ISATAP and _special(address) is None:  # RFC 5214
        return "an ISATAP form", (last,)
    return None
