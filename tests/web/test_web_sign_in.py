"""Signing in: guesses are slowed down and told, and sessions end in the desk itself."""

from __future__ import annotations

import logging
from urllib.parse import urlencode

import pytest

from communique.record import Record
from communique.web.sessions import DAYS, FREE_TRIES, HOURS, Brake, Sessions, peer_of
from desks import Answer, Desk, desk
from record_samples import put, reading

TOKEN = "a-token-that-nobody-guesses"


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> str:
    place = str(tmp_path_factory.mktemp("desk") / "communique.db")
    with Record.open(place, create=True) as record:
        put(record, reading())
    return place


def sign_in(running: Desk, token: str, **headers: str) -> Answer:
    given = {"content_type": "application/x-www-form-urlencoded", "origin": running.base, **headers}
    return running.ask("POST", "/sign-in", urlencode({"name": "Aiko", "token": token}).encode(), given)


def test_wrong_tokens_are_slowed_down_and_each_is_told_in_the_log(where: str, caplog: pytest.LogCaptureFixture) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        answers = [sign_in(running, f"wrong-token-number-{n}") for n in range(FREE_TRIES + 1)]
        assert [each.status for each in answers] == [403] * FREE_TRIES + [429]
        assert int(answers[-1].headers["retry-after"]) >= 1
    told = [record.getMessage() for record in caplog.records if record.name == "communique.web"]
    assert told == [f"a wrong token from 127.0.0.1, {n} by now" for n in range(1, FREE_TRIES + 1)]
    assert not any("wrong-token-number" in line for line in told)


def test_programs_that_guess_are_slowed_down_with_it(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        for _ in range(FREE_TRIES):
            assert running.get("/api/v1/reports", authorization="Bearer wrong").status == 401
        refused = running.get("/api/v1/reports", authorization=f"Bearer {TOKEN}")
        assert refused.status == refused.json["error"]["status"] == 429


def test_who_is_signed_in_goes_on_while_others_guess(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        cookie = sign_in(running, TOKEN).headers["set-cookie"].split(";")[0]
        for _ in range(FREE_TRIES + 1):
            sign_in(running, "wrong")
        assert running.get("/api/v1/reports", cookie=cookie).status == 200


def test_behind_a_proxy_that_is_named_each_address_has_its_own_tries(where: str) -> None:
    with desk(where, token=TOKEN, user=None, proxies=("127.0.0.1",)) as running:
        for _ in range(FREE_TRIES + 1):
            guessed = sign_in(running, "wrong", x_forwarded_for="198.51.100.7")
        assert guessed.status == 429
        assert sign_in(running, TOKEN, x_forwarded_for="198.51.100.8").status == 303


def test_no_address_is_believed_that_no_named_proxy_says(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        answers = [sign_in(running, "wrong", x_forwarded_for=f"198.51.100.{n}").status for n in range(FREE_TRIES + 1)]
        assert answers[-1] == 429


def test_the_pause_grows_and_the_right_token_ends_it() -> None:
    now = [0.0]
    brake, pauses = Brake(lambda: now[0]), []
    for _ in range(FREE_TRIES + 3):
        brake.wrong("198.51.100.7")
        pauses.append(brake.pause("198.51.100.7"))
        now[0] += pauses[-1]
    assert pauses == [0.0] * (FREE_TRIES - 1) + [1.0, 2.0, 4.0, 8.0]
    assert brake.pause("198.51.100.8") == 0.0
    brake.right("198.51.100.7")
    brake.wrong("198.51.100.7")
    assert brake.pause("198.51.100.7") == 0.0


def test_wrong_tokens_are_forgiven_in_time() -> None:
    now = [0.0]
    brake = Brake(lambda: now[0])
    for _ in range(FREE_TRIES):
        brake.wrong("198.51.100.7")
    now[0] += 2 * 3600
    assert brake.wrong("198.51.100.7") == 1


def test_a_network_of_ipv6_addresses_counts_as_one() -> None:
    assert peer_of("2001:db8::1") == peer_of("2001:db8::2") != peer_of("2001:db8:0:1::1")
    assert peer_of("::ffff:198.51.100.7") == peer_of("198.51.100.7")


def test_signing_out_ends_the_session_wherever_its_cookie_is(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        cookie, other = (sign_in(running, TOKEN).headers["set-cookie"].split(";")[0] for _ in range(2))
        assert running.get("/api/v1/reports", cookie=cookie).status == 200
        assert running.ask("POST", "/sign-out", b"", {"origin": running.base, "cookie": cookie}).status == 303
        assert running.get("/api/v1/reports", cookie=cookie).status == 401
        assert running.get("/api/v1/reports", cookie=other).status == 200


def test_a_session_ends_unused_and_by_age() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    idle, busy = sessions.begin("Aiko"), sessions.begin("Ben")
    for _ in range(DAYS * 24 // (HOURS - 1) + 1):
        assert sessions.name_of(busy) == "Ben"
        now[0] += (HOURS - 1) * 3600
    assert sessions.name_of(idle) is None
    assert sessions.name_of(busy) is None


def test_a_desk_that_starts_anew_knows_nobody(where: str) -> None:
    with desk(where, token=TOKEN, user=None) as running:
        cookie = sign_in(running, TOKEN).headers["set-cookie"].split(";")[0]
    with desk(where, token=TOKEN, user=None) as running:
        assert running.get("/api/v1/reports", cookie=cookie).status == 401


def test_a_cookie_given_over_tls_is_never_sent_without(where: str) -> None:
    with desk(where, token=TOKEN, user=None, hosts=("desk.example", "127.0.0.1")) as running:
        plain = sign_in(running, TOKEN).headers["set-cookie"]
        behind_proxy = sign_in(running, TOKEN, host="desk.example", origin="https://desk.example")
        assert "secure" not in plain.lower()
        assert "; secure" in behind_proxy.headers["set-cookie"].lower()
    with desk(where, token=TOKEN, user=None, proxies=("127.0.0.1",)) as running:
        told = sign_in(running, TOKEN, x_forwarded_proto="https")
        assert "; secure" in told.headers["set-cookie"].lower()


def test_two_names_in_the_proxys_header_are_refused(where: str) -> None:
    import http.client

    with desk(where, user_header="X-Remote-User", user=None) as running:
        connection = http.client.HTTPConnection(running.base.removeprefix("http://"), timeout=20)
        connection.putrequest("GET", "/api/v1/reports")
        connection.putheader("X-Remote-User", "ana")
        connection.putheader("x-remote-user", "ben")
        connection.endheaders()
        answer = connection.getresponse()
        assert answer.status == 400
        assert b"more than once" in answer.read()
        connection.close()


def test_a_desk_without_a_token_signs_nobody_in(where: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    with desk(where) as running:
        assert sign_in(running, "anything", accept="application/json").status == 404
    assert caplog.records == []
