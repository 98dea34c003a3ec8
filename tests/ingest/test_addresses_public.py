"""Only addresses of the public internet count as public, whatever form they come in."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.ingest.addresses import is_loopback, not_public, odd_host

PUBLIC_SERVER = int(IPv4Address("8.8.4.4"))
ones = st.integers(0, 2**32 - 1)
private = st.sampled_from(
    (
        *("10.0.0.0", "10.255.255.255", "127.0.0.1", "127.255.0.9", "169.254.169.254", "172.16.0.1", "172.31.255.255"),
        *("192.168.1.1", "100.64.0.0", "100.127.255.255", "0.0.0.0", "255.255.255.255", "224.0.0.1", "198.18.0.1"),
    )
).map(lambda text: int(IPv4Address(text)))

FORMS = {
    "IPv4-mapped": lambda bits: 0xFFFF << 32 | bits,
    "NAT64": lambda bits: 0x64FF9B << 96 | bits,
    "6to4": lambda bits: 0x2002 << 112 | bits << 80 | 1,
    "Teredo client": lambda bits: 0x20010000 << 96 | PUBLIC_SERVER << 64 | (bits ^ 0xFFFFFFFF),
    "Teredo server": lambda bits: 0x20010000 << 96 | bits << 64 | (PUBLIC_SERVER ^ 0xFFFFFFFF),
    "ISATAP": lambda bits: 0x26064700 << 96 | 0x5EFE << 32 | bits,
    "ISATAP, universal": lambda bits: 0x26064700 << 96 | 0x02005EFE << 32 | bits,
}


@pytest.mark.parametrize("form", FORMS)
@given(bits=ones | private)
def test_an_ipv4_address_in_an_ipv6_one_is_public_if_and_only_if_it_is_public_itself(form: str, bits: int) -> None:
    assert (not_public(IPv6Address(FORMS[form](bits))) is None) == (not_public(IPv4Address(bits)) is None)


@given(bits=ones)
def test_no_address_is_public_that_the_standard_library_knows_to_be_none(bits: int) -> None:
    address = IPv4Address(bits)
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not_public(address) is not None


@given(bits=st.integers(0, 2**128 - 1))
def test_an_ipv6_address_outside_the_global_range_is_public_only_as_a_form_of_a_public_ipv4_one(bits: int) -> None:
    address = IPv6Address(bits)
    if bits >> 125 != 1 and bits >> 32 not in (0xFFFF, 0x64FF9B << 64):
        assert not_public(address) is not None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "this network"),
        ("10.1.2.3", "private"),
        ("100.64.0.1", "carrier"),
        ("127.0.0.1", "loopback"),
        ("169.254.169.254", "link-local"),
        ("172.31.255.255", "private"),
        ("192.0.0.1", "protocols"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "6to4 relays"),
        ("192.168.0.1", "private"),
        ("198.19.0.1", "benchmarking"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("239.1.1.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::8.8.8.8", "reserved"),
        ("::ffff:0:8.8.8.8", "reserved"),
        ("::ffff:127.0.0.1", "IPv4-mapped form of a loopback"),
        ("64:ff9b::10.0.0.1", "NAT64 form of a private"),
        ("64:ff9b:1::8.8.8.8", "local NAT64"),
        ("64:ff9b:1:ffff::1", "local NAT64"),
        ("100::1", "reserved"),
        ("2001:2::1", "protocols"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4 form of a loopback"),
        ("3fff::1", "documentation"),
        ("5f00::1", "reserved"),
        ("fd00::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "zone"),
        ("2606:4700::1%1", "zone"),
        ("fec0::1", "site-local"),
        ("ff02::1", "multicast"),
    ],
)
def test_an_address_that_is_not_public_is_called_what_it_is(address: str, kind: str) -> None:
    assert kind in str(not_public(ip_address(address)))


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::8b"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert not_public(ip_address(address)) is None
    assert not is_loopback(ip_address(address))


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("2130706433", "odd spelling"),
        ("134744072", "odd spelling"),
        ("0x7f000001", "odd spelling"),
        ("0x7f.1", "odd spelling"),
        ("0177.0.0.1", "odd spelling"),
        ("010.8.8.8", "odd spelling"),
        ("127.1", "odd spelling"),
        ("8.8.8.8.8", "odd spelling"),
        ("256.8.8.8", "odd spelling"),
        ("127.0.0.1", "loopback"),
        ("127.0.0.1.", "loopback"),
        ("::1", "loopback"),
        ("fe80::1%25eth0", "zone"),
        ("news%2eexample.org", "percent signs"),
        ("1::2::3", "no IPv6 address"),
        ("localhost", "local network"),
        ("localhost.", "local network"),
        ("wire.localhost", "local network"),
        ("printer.local", "local network"),
        ("metadata.google.internal", "local network"),
        ("router.home.arpa", "local network"),
        ("intranet", "local network"),
        ("", "no host name"),
        ("a..b", "no host name"),
        ("-a.example.org", "no host name"),
        ("a b.example.org", "no host name"),
        ("a" * 64 + ".org", "no host name"),
        ("a." * 130 + "org", "no host name"),
        ("wire.example.org\0.evil.org", "no host name"),
    ],
)
def test_a_host_that_is_not_of_the_internet_is_refused_by_its_name(host: str, reason: str) -> None:
    assert reason in str(odd_host(host))


@pytest.mark.parametrize(
    "host", ["www.example.org", "8.8.8.8", "2606:4700::1111", "xn--80a.example", "a_b.example.org."]
)
def test_a_host_of_the_internet_passes_by_its_name(host: str) -> None:
    assert odd_host(host) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1", "localhost."])
def test_loopback_passes_where_it_is_allowed(host: str) -> None:
    assert odd_host(host, allow_loopback=True) is None


@pytest.mark.parametrize("host", ["10.0.0.1", "fe80::1", "2130706433", "intranet", "::ffff:10.0.0.1", "2002:7f00:1::"])
def test_nothing_else_passes_where_loopback_is_allowed(host: str) -> None:
    assert odd_host(host, allow_loopback=True) is not None
