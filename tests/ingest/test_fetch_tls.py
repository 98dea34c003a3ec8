"""Over https the server must be who it says it is, and nothing leads back to http."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.errors import FetchFailed, FetchRefused
from communique.ingest.fetch import Limits, fetch
from web_servers import Page, Server, dripping, serving, speaking

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="makes certificates with openssl")


def certificate(folder: Path, names: str) -> Path:
    """A certificate for these names and its key, in one file."""
    made = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=wire", "-addext", f"subjectAltName={names}"]
    command += ["-keyout", str(folder / "key.pem"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    made.write_bytes(made.read_bytes() + (folder / "key.pem").read_bytes())
    return made


def secure(made: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made)
    return context


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    made = certificate(tmp_path, "IP:127.0.0.1,DNS:localhost")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with serving({"/a": Page(b"Tokyo said no.")}, secure(made)) as running:
        yield running


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_whose_certificate_is_trusted_is_read(server: Server, host: str) -> None:
    assert fetch(f"{server.url.replace('127.0.0.1', host)}/a", allow_loopback=True).data == b"Tokyo said no."


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FetchFailed, match="certificate cannot be trusted: self-signed certificate"):
        fetch(f"{server.url}/a", allow_loopback=True)
    assert server.asked == []


def test_a_certificate_of_another_host_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = certificate(tmp_path, "DNS:wire.example.org")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    with serving({}, secure(made)) as server, pytest.raises(FetchFailed, match="certificate cannot be trusted"):
        fetch(f"{server.url}/a", allow_loopback=True)


def test_a_server_that_sends_a_byte_at_a_time_runs_out_of_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = certificate(tmp_path, "IP:127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", str(made))
    talk = dripping(b"HTTP/1.1 200 OK\r\n\r\n")
    with speaking(talk, secure(made)) as url, pytest.raises(FetchFailed, match=r"no whole answer within 1 seconds"):
        fetch(url, limits=Limits(seconds=1), allow_loopback=True)


def test_a_redirect_from_https_to_http_is_refused(server: Server) -> None:
    with serving({"/a": Page(b"anyone may have written this")}) as plain:
        server.pages["/down"] = Page(b"", 301, {"Location": f"{plain.url}/a"})
        with pytest.raises(FetchRefused, match="leads from https back to http"):
            fetch(f"{server.url}/down", allow_loopback=True)
        assert plain.asked == []
        plain.pages["/up"] = Page(b"", 301, {"Location": f"{server.url}/a"})
        assert fetch(f"{plain.url}/up", allow_loopback=True).moved_to == f"{server.url}/a"
