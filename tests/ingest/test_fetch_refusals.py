"""Nothing is fetched from what is not the public web, at the first address, behind a redirect or behind a name."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from communique.errors import CommuniqueError, FetchFailed, FetchRefused
from communique.ingest.fetch import Limits, fetch
from web_servers import Page, Server, serving

Answers = list[list[str]]


@pytest.fixture
def server() -> Iterator[Server]:
    with serving({"/secret": Page(b"the router's password")}) as running:
        yield running


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Answers]:
    """A name server of the test's own: each host's answers, one after the other, the last for good."""
    known: dict[str, Answers] = {}
    real = socket.getaddrinfo

    def answer(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host not in known:
            return real(host, port, *args, **kwargs)
        addresses = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        return [made for address in addresses for made in real(address, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return known


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("FILE:/etc/passwd", "only http and https"),
        ("ftp://wire.example.org/a", "only http and https"),
        ("gopher://wire.example.org/a", "only http and https"),
        ("feed:https://wire.example.org/a", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("//wire.example.org/a", "not a web address"),
        ("wire.example.org/a", "not a web address"),
        ("", "not a web address"),
        ("https://ann:pass@wire.example.org/a", "credentials"),
        ("https://ann@wire.example.org/a", "credentials"),
        ("https://@wire.example.org/a", "credentials"),
        ("http:ann:pass@wire.example.org", "credentials"),
        ("https:///a", "its host is no host name"),
        ("https:/wire.example.org", "its host is no host name"),
        ("https://wire.example.org\\@127.0.0.1/", "backslash"),
        ("https://wire.example.org/a b", "a space"),
        ("https://wire.example.org/a\r\nHost: evil", "control character"),
        ("https://wire.example.org:99999/", "no address that can be understood"),
        ("https://wire.example.org:port/", "no address that can be understood"),
        ("https://wire.example.org:25/", "port 25"),
        ("http://wire.example.org:0/", "port 0"),
        ("http://[::1/", "no address that can be understood"),
        ("http://wire.example.org/" + "a" * 5000, "5,024 characters"),
        ("http://127.0.0.1:8000/", "loopback"),
        ("http://[::1]:8000/", "loopback"),
        ("http://localhost:8000/", "local network"),
        ("http://169.254.169.254/latest/meta-data/", "link-local"),
        ("http://10.0.0.1/", "private"),
        ("http://[64:ff9b::10.0.0.1]/", "NAT64 form of a private"),
        ("http://[2002:a00:1::]/", "6to4 form of a private"),
        ("http://[::ffff:10.0.0.1]/", "IPv4-mapped form of a private"),
        ("http://[fe80::1%25eth0]/", "zone"),
        ("http://2130706433/", "odd spelling"),
        ("http://0x7f.0.0.1/", "odd spelling"),
        ("http://017700000001/", "odd spelling"),
        ("http://127.1/", "odd spelling"),
        ("http://１２７.0.0.1/", "understood"),
        ("http://127。0。0。1/", "understood"),
        ("http://intranet/", "local network"),
    ],
)
def test_an_address_that_is_not_of_the_public_web_is_refused(url: str, reason: str) -> None:
    with pytest.raises(FetchRefused, match=reason) as refused:
        fetch(url)
    assert "pass" not in str(refused.value).replace("passwd", "")


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("http://10.0.0.1/secret", "private"),
        ("//10.0.0.1/secret", "private"),
        ("http://[64:ff9b::7f00:1]/secret", "NAT64 form of a loopback"),
        ("http://2130706433/secret", "odd spelling"),
        ("http://ann:pass@127.0.0.1/secret", "credentials"),
        ("http://[::1", "no address that can be understood"),
        ("http://printer.local/", "local network"),
    ],
)
def test_a_redirect_to_what_is_not_of_the_public_web_is_refused(server: Server, location: str, reason: str) -> None:
    server.pages["/a"] = Page(b"", 302, {"Location": location})
    with pytest.raises(FetchRefused, match=reason) as refused:
        fetch(f"{server.url}/a", allow_loopback=True)
    assert refused.value.where == f"{server.url}/a"
    assert "redirected to" in refused.value.reason
    assert "pass@" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "::ffff:127.0.0.1", "fe80::1", "64:ff9b::7f00:1", "0.0.0.0"]
)
def test_a_name_that_stands_for_what_is_not_public_is_refused(
    server: Server, names: dict[str, Answers], address: str
) -> None:
    names["wire.example.org"] = [[address]]
    port = server.url.rpartition(":")[2]
    with pytest.raises(FetchRefused, match=r"its host wire\.example\.org is an? "):
        fetch(f"http://wire.example.org:{port}/secret")
    assert server.asked == []


def test_a_name_that_changes_its_answer_leads_nowhere_else(server: Server, names: dict[str, Answers]) -> None:
    """The answer that is checked is the one that is connected to: a second one is never asked for."""
    names["wire.example.org"] = [["240.0.0.1", "127.0.0.1"], ["127.0.0.1"]]
    port = server.url.rpartition(":")[2]
    with pytest.raises(FetchRefused, match="reserved"):
        fetch(f"http://wire.example.org:{port}/secret")
    assert server.asked == []
    assert len(names["wire.example.org"]) == 1


def test_a_name_behind_a_redirect_is_checked_like_the_first(server: Server, names: dict[str, Answers]) -> None:
    names["wire.example.org"] = [["192.168.1.1"]]
    server.pages["/a"] = Page(b"", 301, {"Location": "http://wire.example.org/secret"})
    with pytest.raises(FetchRefused, match=r"its host wire\.example\.org is a private address \(192\.168\.1\.1\)"):
        fetch(f"{server.url}/a", allow_loopback=True)


def test_of_several_addresses_only_those_that_may_be_asked_are(server: Server, names: dict[str, Answers]) -> None:
    names["wire.example.org"] = [["10.0.0.1", "127.0.0.1"]]
    port = server.url.rpartition(":")[2]
    assert fetch(f"http://wire.example.org:{port}/secret", allow_loopback=True).ok


def test_no_proxy_is_taken_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving() as proxy:
        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        assert fetch(f"{server.url}/secret", allow_loopback=True).ok
        assert proxy.asked == []


def test_a_host_that_is_not_there_is_named(names: dict[str, Answers]) -> None:
    with pytest.raises(FetchFailed, match="cannot be reached"):
        fetch("https://no-such-host.invalid/", limits=Limits(seconds=5))


def test_a_port_where_nobody_listens_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        with pytest.raises(FetchFailed, match="refused") as failed:
            fetch(url, allow_loopback=True)
    assert isinstance(failed.value, CommuniqueError)
    assert failed.value.where == url
