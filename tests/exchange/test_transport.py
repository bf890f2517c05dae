"""The outbox and the ways a parcel travels, against real folders and a real server that fails in every way."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mrc_app.errors import Cancelled, Invalid, MrcError, NotAllowed
from mrc_app.exchange import desk_keys, destinations, ledgers, outbox, transport, transport_sftp
from mrc_app.exchange.destinations import Destination, Way
from mrc_app.exchange.outbox import State, Waiting
from mrc_app.exchange.transport_webdav import WebDav
from mrc_app.store import Store
from mrc_app.store.roles import Role
from tests.exchange import dav_server, desks
from tests.exchange.dav_server import LOGIN, PASSWORD, Server
from tests.make import make_client, make_store

WHOLE = outbox.SEALED + os.urandom(600_000)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = make_store(tmp_path_factory.mktemp("transport"))
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_waits(desk: Store) -> None:
    desk.role = Role.SUPERVISOR
    for one in outbox.listed(desk):
        outbox.drop(desk, one.id)
    for to in destinations.destinations(desk):
        destinations.remove(desk, to.name)
    with desk.writing() as connection:
        connection.execute("DELETE FROM parcel")


@pytest.fixture
def server(desk: Store) -> Iterator[Server]:
    with dav_server.serving() as made:
        destinations.add(desk, name="Ministry", address=made.address, login=LOGIN, password=PASSWORD)
        yield made


@pytest.fixture
def parcel(tmp_path: Path) -> Path:
    file = tmp_path / "bahir-dar-7.parcel"
    file.write_bytes(WHOLE)
    return file


PAUSES: list[float] = []


def quick(to: Destination) -> transport.Carrier:
    """The same way, without waiting between two tries."""
    PAUSES.clear()
    return WebDav(to, patience=2.0, pause=PAUSES.append) if to.way is Way.WEBDAV else transport.carrier(to)


def send(desk: Store, *ids: str, **more: Any) -> list[Waiting]:
    return outbox.send(desk, *ids, carrier=quick, **more)


# -- Destinations


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("https://cloud.example.org/remote.php/dav/files/mrc/In Box", "https://cloud.example.org/remote.php/dav/files/mrc/In%20Box/"),
        ("https://cloud.example.org", "https://cloud.example.org/"),
        ("http://localhost:8080/in/", "http://localhost:8080/in/"),
        ("https://[2001:db8::1]:444/in", "https://[2001:db8::1]:444/in/"),
        ("sftp://files.example.org/in", "sftp://files.example.org/in/"),
    ],
)  # fmt: skip
def test_an_address_is_kept_in_one_form(address: str, kept: str) -> None:
    assert destinations.way_of(address)[1] == kept


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("http://cloud.example.org/in", "Plain http is not used"),
        ("http://localhost.example.org/in", "Plain http is not used"),
        ("https://mrc:secret@cloud.example.org/in", "must not stand in the address"),
        ("https://cloud.example.org/in?token=1", "must not hold"),
        ("https://cloud.example.org/in#x", "must not hold"),
        ("https:///in", "neither a folder nor an address"),
        ("https://cloud.example.org:port/in", "neither a folder nor an address"),
        ("https://cloud.example.org/in\r\nX: y", "neither a folder nor an address"),
        ("ftp://cloud.example.org", "neither a folder nor an address"),
        ("in", "neither a folder nor an address"),
        ("", "neither a folder nor an address"),
    ],
)
def test_an_address_that_would_give_something_away_is_refused(address: str, said: str) -> None:
    with pytest.raises(Invalid, match=said) as refused:
        destinations.way_of(address)
    assert "secret" not in str(refused.value)


def test_a_destination_shows_its_password_nowhere_and_only_the_office_keeps_them(desk: Store, tmp_path: Path) -> None:
    made = destinations.add(desk, name="Union", address="https://u.example/in", login="a", password="hidden words")
    stick = destinations.add(desk, name="Stick", address=str(tmp_path), password="hidden words")
    assert "hidden words" not in f"{made!r}{made.told()}{stick!r}" and stick.password == ""
    assert destinations.by_name(desk, "Union").password == "hidden words"
    destinations.change_password(desk, "Union", "other words")
    assert destinations.by_name(desk, "Union").password == "other words"
    assert [one.name for one in destinations.destinations(desk)] == ["Stick", "Union"]
    for name, address, said in (("Union", "https://x.example", "already"), (" ", "https://x.example", "short name")):
        with pytest.raises(Invalid, match=said):
            destinations.add(desk, name=name, address=address)
    for act in (destinations.remove, destinations.by_name):
        with pytest.raises(Invalid, match="no destination"):
            act(desk, "Nobody")
    with pytest.raises(Invalid, match="no destination"):
        destinations.change_password(desk, "Nobody", "x")
    desk.role = Role.CASEWORKER
    with pytest.raises(NotAllowed):
        destinations.add(desk, name="Mine", address="https://x.example")


def test_a_password_is_in_no_file_beside_the_sealed_one(desk: Store, server: Server, parcel: Path) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.trouble["PUT"] = [403]
    [one] = send(desk)
    assert PASSWORD not in one.trouble
    for file in desk.path.parent.rglob("*"):
        assert not file.is_file() or PASSWORD.encode() not in file.read_bytes()


# -- The outbox


def test_what_is_not_sealed_never_enters_the_outbox(desk: Store, tmp_path: Path, server: Server) -> None:
    plain = tmp_path / "plain.zip"
    plain.write_bytes(b"PK\x03\x04" + b"names")
    with pytest.raises(MrcError, match="is not sealed"):
        outbox.queue(desk, plain, "Ministry")
    with pytest.raises(MrcError, match="cannot be read"):
        outbox.queue(desk, tmp_path / "gone.parcel", "Ministry")
    with pytest.raises(MrcError, match="under this name"):
        outbox.queue(desk, tmp_path / "Tigist Alemu.parcel", "Ministry")
    with pytest.raises(Invalid, match="no destination"):
        outbox.queue(desk, plain, "Nobody")
    assert outbox.listed(desk) == []


def test_the_same_file_waits_once_and_goes_when_a_person_says_so(desk: Store, parcel: Path, server: Server) -> None:
    one = outbox.queue(desk, parcel, "Ministry")
    assert outbox.queue(desk, parcel, "Ministry").id == one.id
    assert server.asked == [], "nothing goes by itself"
    parcel.unlink()
    assert (outbox.folder(desk.path) / one.id).read_bytes() == WHOLE
    [sent] = send(desk)
    assert (sent.state, sent.verified, sent.trouble, sent.tries) == (State.SENT, True, "", 1)
    assert server.files == {"bahir-dar-7.parcel": WHOLE}
    asked = len(server.asked)
    assert send(desk) == [] and len(server.asked) == asked, "what was sent is not sent again"
    assert [one.state for one in send(desk, one.id[:8], again=True)] == [State.SENT]
    assert server.files == {"bahir-dar-7.parcel": WHOLE}


def test_the_signature_goes_before_the_parcel(desk: Store, parcel: Path, server: Server) -> None:
    parcel.with_name(parcel.name + ".minisig").write_text("untrusted comment: …\n")
    outbox.queue(desk, parcel, "Ministry")
    send(desk)
    moved = [name for method, name in server.asked if method == "MOVE"]
    assert moved[0].startswith(".bahir-dar-7.parcel.minisig") and moved[1].startswith(".bahir-dar-7.parcel.")
    assert sorted(server.files) == ["bahir-dar-7.parcel", "bahir-dar-7.parcel.minisig"]


def test_the_outbox_outlives_the_program_and_knows_what_was_acknowledged(
    desk: Store, parcel: Path, server: Server
) -> None:
    waiting = outbox.queue(desk, parcel, "Ministry")
    again = Store(desk.path, desk.key, "meseret", "this computer", personal=desk.personal)
    [sent] = send(again)
    again.close()
    assert (sent.id, sent.state) == (waiting.id, State.SENT)
    with desk.writing() as connection:
        told = ledgers.Parcel("p", "out", "handover", "age1", "n", 1, waiting.sha256, "2026", "refused")
        ledgers.note(connection, told)
    assert outbox.by_id(desk, waiting.id).state is State.REFUSED
    with desk.writing() as connection:
        ledgers.set_state(connection, "p", "acknowledged")
    assert outbox.by_id(desk, waiting.id).state is State.ACKNOWLEDGED
    assert send(desk) == []
    assert not (outbox.folder(desk.path) / waiting.id).exists(), "nothing is kept that is not needed"
    assert outbox.by_id(desk, waiting.id).told()["state"] == "acknowledged"


def test_a_parcel_for_a_desk_counts_as_acknowledged_once_that_desk_says_it_has_it(tmp_path: Path) -> None:
    with desks.centre(tmp_path) as (one, other):
        (tmp_path / "stick").mkdir()
        destinations.add(one, name="Stick", address=str(tmp_path / "stick"))
        with one.change(by=one.officer, do="test") as session:
            make_client(session)
        waiting = outbox.queue(one, desks.parcel(one, desk_keys.own(other).recipient), "Stick")
        [sent] = outbox.send(one)
        assert sent.state is State.SENT
        desks.receive(one, desks.parcel(other, desk_keys.own(one).recipient))
        assert outbox.by_id(one, waiting.id).state is State.SENT, "it had not come there yet"
        desks.receive(other, tmp_path / "stick" / sent.name)
        desks.receive(one, desks.parcel(other, desk_keys.own(one).recipient))
        assert outbox.by_id(one, waiting.id).state is State.ACKNOWLEDGED


def test_a_parcel_can_be_dropped_and_a_changed_copy_is_not_sent(desk: Store, parcel: Path, server: Server) -> None:
    one = outbox.queue(desk, parcel, "Ministry")
    kept = outbox.folder(desk.path) / one.id
    kept.write_bytes(WHOLE + b"x")
    assert "make the parcel again" in send(desk)[0].trouble
    stray = outbox.folder(desk.path) / "feedfeedfeedfeed"
    stray.write_bytes(b"left by a crash")
    send(desk)
    assert not stray.exists()
    outbox.drop(desk, one.id)
    assert outbox.listed(desk) == [] and not kept.exists() and server.files == {}
    with pytest.raises(Invalid, match="no parcel"):
        outbox.drop(desk, one.id)


def test_a_removed_destination_leaves_its_parcels_waiting(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    destinations.remove(desk, "Ministry")
    [one] = send(desk)
    assert one.state is State.QUEUED and "no destination" in one.trouble


def test_the_outbox_says_when_it_cannot_be_written(desk: Store, parcel: Path, server: Server) -> None:
    place = outbox.folder(desk.path)
    shutil.rmtree(place, ignore_errors=True)
    place.write_bytes(b"in the way")
    try:
        with pytest.raises(MrcError, match="outbox cannot be written"):
            outbox.queue(desk, parcel, "Ministry")
    finally:
        place.unlink()


# -- A server that fails


@pytest.mark.parametrize(
    ("method", "status", "said"),
    [
        ("HEAD", 401, "refused the name or the password"),
        ("OPTIONS", 401, "refused the name or the password"),
        ("PUT", 401, "refused the name or the password"),
        ("PUT", 403, "does not allow writing"),
        ("PUT", 404, "folder is not there"),
        ("PUT", 409, "folder is not there"),
        ("PUT", 413, "too large"),
        ("PUT", 423, "locked"),
        ("PUT", 507, "no room left"),
        ("PUT", 418, "answered 418"),
        ("HEAD", 302, "points to another address"),
        ("PUT", 307, "points to another address"),
        ("MOVE", 403, "does not allow writing"),
    ],
)
def test_a_refusal_is_one_sentence_and_the_parcel_waits(
    desk: Store, parcel: Path, server: Server, method: str, status: int, said: str
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.trouble[method] = [status]
    [one] = send(desk)
    assert one.state is State.QUEUED and said in one.trouble and one.tries == 1
    assert "bahir-dar-7.parcel" not in server.files and PAUSES == [], "what will not pass is not tried again"
    [one] = send(desk)
    assert (one.state, one.trouble, one.tries) == (State.SENT, "", 2)
    assert server.files["bahir-dar-7.parcel"] == WHOLE


@pytest.mark.parametrize("trouble", ["cut", "half", 503, 429])
def test_a_passing_trouble_is_tried_again_at_once(
    desk: Store, parcel: Path, server: Server, trouble: int | str
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.trouble["PUT"] = [trouble, trouble]
    [one] = send(desk)
    assert (one.state, one.verified, PAUSES) == (State.SENT, True, [1.0, 4.0])
    assert server.files == {"bahir-dar-7.parcel": WHOLE}


def test_after_three_tries_it_waits_and_the_other_parcels_go_all_the_same(
    desk: Store, parcel: Path, server: Server, tmp_path: Path
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    other = tmp_path / "other.parcel"
    other.write_bytes(WHOLE[:-1])
    (tmp_path / "stick").mkdir()
    destinations.add(desk, name="Stick", address=str(tmp_path / "stick"))
    outbox.queue(desk, other, "Stick")
    server.trouble["PUT"] = ["cut", "cut", "cut"]
    first, second = send(desk)
    assert (first.state, second.state) == (State.QUEUED, State.SENT)
    assert "broke off" in first.trouble
    assert (tmp_path / "stick" / "other.parcel").read_bytes() == WHOLE[:-1]


def test_a_silent_server_is_not_waited_for_without_end(desk: Store, parcel: Path, server: Server) -> None:
    to = destinations.by_name(desk, "Ministry")
    server.trouble["PUT"] = ["silent"] * 3
    way = WebDav(to, patience=0.1, pause=PAUSES.append)
    with pytest.raises(transport.Unsent, match="broke off"):
        way.put(transport.Load.of(parcel, parcel.name, "abcdefgh"), lambda _done, _all: None)


def test_a_server_that_is_not_there(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.server_close()
    [one] = send(desk)
    assert one.state is State.QUEUED and ("cannot be reached" in one.trouble or "broke off" in one.trouble)
    [gone] = [Destination("Far", Way.WEBDAV, "https://nowhere.invalid/in/")]
    with pytest.raises(transport.Unsent, match="cannot be reached"):
        WebDav(gone, pause=PAUSES.append).put(
            transport.Load.of(parcel, "a.parcel", "abcdefgh"), lambda _done, _all: None
        )


def test_sending_can_be_stopped_and_goes_on_later(desk: Store, parcel: Path, server: Server) -> None:
    one = outbox.queue(desk, parcel, "Ministry")
    seen: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        seen.append((done, total))
        raise Cancelled

    with pytest.raises(Cancelled):
        send(desk, step=stop)
    assert seen[0][1] == len(WHOLE) and outbox.by_id(desk, one.id).state is State.QUEUED
    steps: list[int] = []
    assert send(desk, step=lambda done, _all: steps.append(done))[0].state is State.SENT
    assert steps[-1] == len(WHOLE)


def test_an_answer_that_was_lost_sends_nothing_twice(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.files["bahir-dar-7.parcel"] = WHOLE
    assert send(desk)[0].verified
    assert "PUT" not in [method for method, _name in server.asked]


def test_another_file_of_the_same_name_is_never_touched(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    for other in (b"theirs", WHOLE[:-1] + b"?"):
        server.files["bahir-dar-7.parcel"] = other
        [one] = send(desk)
        assert one.state is State.QUEUED and "Another file with the name" in one.trouble
        assert server.files == {"bahir-dar-7.parcel": other}


def test_a_file_that_came_there_meanwhile_is_compared(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.trouble["MOVE"] = [412]
    server.trouble["HEAD"] = [404]
    server.files["bahir-dar-7.parcel"] = WHOLE
    [one] = send(desk)
    assert (one.state, one.verified) == (State.SENT, True)
    assert list(server.files) == ["bahir-dar-7.parcel"], "the passing file was taken away"


@pytest.mark.parametrize("says", ["OPTIONS, HEAD, GET, PUT", "MOVE 501"])
def test_a_server_without_move_gets_the_file_under_its_name(
    desk: Store, parcel: Path, server: Server, says: str
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    if says.startswith("MOVE"):
        server.trouble["MOVE"] = [501]
    else:
        server.allow = says
    [one] = send(desk)
    assert (one.state, one.verified) == (State.SENT, True)
    assert server.files == {"bahir-dar-7.parcel": WHOLE}


def test_a_plain_server_keeps_what_came_there_first(desk: Store, parcel: Path, server: Server) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.allow = "PUT"
    server.trouble["HEAD"] = [404]
    server.files["bahir-dar-7.parcel"] = b"theirs"
    [one] = send(desk)
    assert one.state is State.QUEUED and server.files == {"bahir-dar-7.parcel": b"theirs"}


def test_a_letter_box_that_shows_nothing_is_sent_to_and_not_called_verified(
    desk: Store, parcel: Path, server: Server
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.blind, server.allow = True, "PUT"
    [one] = send(desk)
    assert (one.state, one.verified) == (State.SENT, False)
    assert server.files == {"bahir-dar-7.parcel": WHOLE}


def test_a_server_that_tells_no_size_gives_the_file_back_to_be_compared(
    desk: Store, parcel: Path, server: Server
) -> None:
    outbox.queue(desk, parcel, "Ministry")
    server.sizeless = True
    assert send(desk)[0].verified
    assert "GET" in [method for method, _name in server.asked]
    server.trouble["GET"] = [403]
    outbox.drop(desk, outbox.listed(desk)[0].id)
    outbox.queue(desk, parcel, "Ministry")
    assert "does not allow" in send(desk)[0].trouble


def test_a_certificate_nobody_vouches_for_is_refused_before_anything_is_said(
    desk: Store, parcel: Path, tmp_path: Path
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key,
         "-out", made, "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"],
        check=True, capture_output=True,
    )  # fmt: skip
    with dav_server.serving((made, key)) as server:
        address = f"https://localhost:{server.server_port}/in/"
        destinations.add(desk, name="Ministry", address=address, login=LOGIN, password=PASSWORD)
        outbox.queue(desk, parcel, "Ministry")
        [one] = send(desk)
        assert one.state is State.QUEUED and "certificate is not trusted" in one.trouble
        assert server.asked == []
        trusted = ssl.create_default_context(cafile=str(made))
        sent = outbox.send(desk, carrier=lambda to: WebDav(to, trusted=trusted))
    assert [one.state for one in sent] == [State.SENT]
    assert server.files == {"bahir-dar-7.parcel": WHOLE}


def test_a_plain_address_is_not_used_even_if_it_stood_in_the_file() -> None:
    with pytest.raises(MrcError, match="Plain http"):
        WebDav(Destination("x", Way.WEBDAV, "http://cloud.example.org/in/"))


# -- Folder and SFTP


def test_a_folder_gets_the_whole_file_or_nothing(desk: Store, parcel: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    destinations.add(desk, name="Stick", address=str(stick))
    one = outbox.queue(desk, parcel, "Stick")
    assert "is the stick in?" in send(desk)[0].trouble
    stick.mkdir()

    def stop(_done: int, _all: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        send(desk, step=stop)
    assert list(stick.iterdir()) == []
    assert send(desk)[0].verified and (stick / parcel.name).read_bytes() == WHOLE
    assert send(desk, one.id, again=True)[0].state is State.SENT
    (stick / parcel.name).write_bytes(b"theirs")
    assert "Another file" in send(desk, one.id, again=True)[0].trouble
    assert (stick / parcel.name).read_bytes() == b"theirs"


def test_a_folder_that_cannot_be_written_says_why(desk: Store, parcel: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    (stick / parcel.name).mkdir(parents=True)
    destinations.add(desk, name="Stick", address=str(stick))
    outbox.queue(desk, parcel, "Stick")
    assert "Another file" in send(desk)[0].trouble
    (stick / parcel.name).rmdir()
    load = transport.Load.of(parcel, parcel.name, "abcdefgh")
    (stick / load.passing).mkdir()
    with pytest.raises(transport.Unsent, match="cannot be written to"):
        transport.carrier(destinations.by_name(desk, "Stick")).put(load, lambda _done, _all: None)


def test_sftp_needs_a_name_the_servers_key_and_an_addition(desk: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Invalid) as refused:
        destinations.add(desk, name="Far", address="sftp://files.example.org/in", host_key="trust me")
    assert sorted(refused.value.problems) == ["host_key", "login"]
    key = transport_sftp.key_text(b"the key of a server")
    made = destinations.add(
        desk, name="Far", address="sftp://files.example.org/in", login="mrc", password="x", host_key=key + "="
    )
    assert (made.way, made.host_key) == (Way.SFTP, key)
    monkeypatch.setitem(__import__("sys").modules, "paramiko", None)
    with pytest.raises(MrcError, match="an addition that is not installed"):
        transport.carrier(made)
