"""A restricted client's words are kept under a key that only the officers named hold: tables, journal, search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from mrc_app import store
from mrc_app.casework import agenda, attachments, clients, counselling, duplicates
from mrc_app.casework.clients import Client
from mrc_app.errors import CannotRead, NotAllowed
from mrc_app.store import attachments as sealed_files
from mrc_app.store import journal, keys, lists, making, opening, people, receiving, restrictions, search, verify
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from mrc_app.store.rows import Row
from tests.make import LOGIN, PASSWORD, TODAY, make_client

HERS = "green hills of Gondar"
OTHER = "nine yellow lanterns"
SECRETS = ("Tigist", "ትግስት", "911234567", "beaten at night", "sewing course")
SINCE = "2026-11-20T08:00:00Z"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


class Desk:
    """Meseret (supervisor) and Abebe at one file, and the recovery sheet."""

    def __init__(self, folder: Path) -> None:
        self.meseret, self.sheet = making.make(
            folder / "centre.mrc", centre="MIC", country="ET", desk="Desk 1", officer="Meseret", login=LOGIN,
            password=PASSWORD, languages=["am"], token=self.token(folder), cost=keys.FLOOR,
        )  # fmt: skip
        self.abebe_uuid = people.add(self.meseret, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
        self.path = self.meseret.path

    @staticmethod
    def token(folder: Path) -> str:
        from mrc_app.store import identity

        return identity.computer_token(folder)

    def open(self, login: str = "abebe", password: str = HERS) -> Store:
        return store.open(self.path, login=login, password=password, settings=self.path.parent)

    def tigist(self, *named: str) -> str:
        with self.meseret.change(by=self.meseret.officer, do="clients.register") as session:
            make_client(session, call_name="Hirut", given="Hirut")
            made = make_client(
                session, call_name="Tigist", given="Tigist", native="ትግስት", phone="+251911234567",
                cover_text="sewing course",
            )  # fmt: skip
            counselling.record(
                session, client=made.uuid, on=TODAY, officer=self.meseret.officer, note="beaten at night"
            )
            agenda.add(session, due=TODAY, text="call Tigist", on=TODAY, by=self.meseret.officer, client=made.uuid)
            uuid = made.uuid
        with self.meseret.change(by=self.meseret.officer, do="restrictions.restrict") as session:
            restrictions.restrict(session, client=uuid, officers=[self.meseret.officer, *named], since=SINCE)
        return uuid


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.meseret.close()


def everything(path: Path, key: bytes) -> str:
    """Every value of every table, as somebody reads it who has the file's key and no program."""
    connection = opening.connect(path, key)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    said = []
    for name in names:
        for row in connection.execute(f'SELECT * FROM "{name}"').fetchall():
            said += [v.decode("utf-8", "replace") if isinstance(v, bytes) else str(v) for v in row]
    connection.close()
    return "\n".join(said)


def test_with_the_files_key_alone_no_word_of_hers_is_read(desk: Desk) -> None:
    desk.tigist()
    told = everything(desk.path, desk.meseret.key)
    assert [secret for secret in SECRETS if secret in told or secret.lower() in told] == []
    assert "Hirut" in told, "the others are read"


def test_who_is_named_reads_lists_finds_and_changes_her_as_before(desk: Desk) -> None:
    uuid = desk.tigist()
    meseret = desk.meseret
    assert [row.name for row in lists.clients(meseret)] == ["Hirut", "Tigist"]
    assert [row.name for row in lists.clients(meseret, limit=1)] == ["Hirut"]
    assert lists.client_count(meseret) == 2
    assert [row.name for row in lists.tasks(meseret, TODAY)] == ["Tigist"]
    for text in ("tigist", "tig", "ትግ", "1234567"):
        assert [found.uuid for found in search.find(meseret, text)] == [uuid], text
    with meseret.change(by=meseret.officer, do="clients.amend") as session:
        her = clients.by_uuid(session, uuid)
        assert (her.given, her.phone, her.cover_text) == ("Tigist", "+251911234567", "sewing course")
        clients.amend(session, her, changes={"father": "Alemu"}, on=TODAY)
        assert counselling.of_client(session, uuid)[0].note == "beaten at night"
    with meseret.read() as session:
        assert session.exec(select(Client.number).where(Client.uuid == uuid)).one()
        assert clients.full_name(clients.by_uuid(session, uuid)) == "Tigist Alemu"
    assert [found.name for found in search.find(meseret, "alemu")] == ["Tigist Alemu"]
    assert any((entry.fields or {}).get("father") == "Alemu" for entry in journal.entries(meseret, client=uuid))
    assert "Alemu" not in everything(desk.path, meseret.key)


def test_at_the_next_sign_in_everything_is_there_and_whole(desk: Desk) -> None:
    uuid = desk.tigist()
    desk.meseret.close()
    again = desk.open(LOGIN, PASSWORD)
    assert [found.uuid for found in search.find(again, "tigist")] == [uuid]
    assert journal.audit(again).intact
    assert verify.report(again).problems == []
    again.close()
    abebe = desk.open()
    assert verify.report(abebe).problems == []
    assert lists.client_count(abebe) == 1 and search.find(abebe, "tigist") == []
    abebe.close()


def test_lifting_the_restriction_takes_the_second_seal_off(desk: Desk) -> None:
    uuid = desk.tigist()
    with desk.meseret.change(by=desk.meseret.officer, do="restrictions.lift") as session:
        restrictions.lift(session, client=uuid, at=SINCE)
    abebe = desk.open()
    assert [found.uuid for found in search.find(abebe, "tigist")] == [uuid]
    with abebe.read() as session:
        assert counselling.of_client(session, uuid)[0].note == "beaten at night"
    assert journal.audit(abebe).intact and verify.report(abebe).problems == []
    told = everything(desk.path, desk.meseret.key)
    assert all(secret in told for secret in SECRETS[:2])
    abebe.close()


def test_a_named_colleague_opens_her_and_who_is_no_longer_named_holds_no_key(desk: Desk) -> None:
    uuid = desk.tigist(desk.abebe_uuid)
    abebe = desk.open()
    assert [row.name for row in lists.clients(abebe)] == ["Hirut", "Tigist"]
    held = abebe.ring.private(uuid)
    abebe.close()
    with desk.meseret.change(by=desk.meseret.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=uuid, officers=[desk.meseret.officer], since=SINCE)
    abebe = desk.open()
    assert [row.name for row in lists.clients(abebe)] == ["Hirut"]
    assert abebe.ring.private(uuid) is None
    assert desk.meseret.ring.private(uuid) != held, "what he may have kept opens nothing that is there now"
    assert [row.name for row in lists.clients(desk.meseret)] == ["Hirut", "Tigist"]
    abebe.close()


def test_after_a_reset_a_colleague_who_is_named_lets_her_in_again(desk: Desk) -> None:
    uuid = desk.tigist(desk.abebe_uuid)
    people.reset(desk.meseret, "abebe", OTHER)
    abebe = desk.open(password=OTHER)
    with abebe.read() as session:
        assert clients.by_uuid(session, uuid).given == "\x01sealed"
    with pytest.raises(NotAllowed, match="sealed"), abebe.change(by=abebe.officer, do="amend") as session:
        clients.amend(session, clients.by_uuid(session, uuid), changes={"father": "Alemu"}, on=TODAY)
    abebe.close()
    desk.meseret.close()
    desk.open(LOGIN, PASSWORD).close()
    abebe = desk.open(password=OTHER)
    assert [row.name for row in lists.clients(abebe)] == ["Hirut", "Tigist"]
    abebe.close()


def test_the_recovery_sheet_opens_what_only_one_forgotten_password_opened(desk: Desk) -> None:
    uuid = desk.tigist()
    desk.meseret.close()
    back = store.recover(desk.path, sheet=desk.sheet, login=LOGIN, password=OTHER, settings=desk.path.parent)
    back.close()
    back = desk.open(LOGIN, OTHER)
    assert [found.uuid for found in search.find(back, "tigist")] == [uuid]
    back.close()


def test_a_changed_password_and_a_new_key_of_the_file_keep_her_open(desk: Desk) -> None:
    uuid = desk.tigist()
    people.change_password(desk.meseret, PASSWORD, OTHER)
    sheet = people.rekey(desk.meseret, OTHER)
    again = desk.open(LOGIN, OTHER)
    assert [found.uuid for found in search.find(again, "tigist")] == [uuid]
    again.close()
    store.recover(desk.path, sheet=sheet, login=LOGIN, password=HERS, settings=desk.path.parent).close()
    last = desk.open(LOGIN, HERS)
    assert [found.uuid for found in search.find(last, "tigist")] == [uuid]
    last.close()


def test_rows_that_a_colleague_receives_are_sealed_at_once_and_settled_by_who_is_named(
    desk: Desk, tmp_path: Path
) -> None:
    from mrc_app.store import rows

    uuid = desk.tigist()
    abebe = desk.open()
    body = rows.canonical({
        "salt": rows.new_salt(), "v": 1, "txn": rows.new_salt(), "hlc": rows.wall() + 10**9, "at": rows.now_text(),
        "by": desk.meseret.officer, "do": "clients.amend", "kind": "client", "record": uuid, "subject": uuid,
        "op": "set", "fields": {"grandfather": {"value": "Zewditu", "seen": []}},
    })  # fmt: skip
    done = receiving.apply(abebe, [Row("ffff", 1, uuid, uuid, body, rows.digest(body), "full")])
    assert done.new == 1
    assert "Zewditu" not in everything(desk.path, abebe.key)
    assert verify.report(abebe).problems == []
    abebe.close()
    desk.meseret.close()
    meseret = desk.open(LOGIN, PASSWORD)
    with meseret.read() as session:
        assert clients.full_name(clients.by_uuid(session, uuid)) == "Tigist Zewditu"
    assert verify.report(meseret).problems == []
    assert "Zewditu" not in everything(desk.path, meseret.key)
    meseret.close()


def test_who_is_linked_with_her_is_closed_too_when_that_was_read_only_at_the_next_sign_in(desk: Desk) -> None:
    from mrc_app.store import rows

    uuid = desk.tigist()
    with desk.meseret.change(by=desk.meseret.officer, do="duplicates") as session:
        one, other = sorted(session.exec(select(Client)), key=lambda client: client.uuid != uuid)
        link = duplicates.merge(session, one=one, other=other, by=desk.meseret.officer, on=TODAY, reason="x").uuid
        first = min(one.uuid, other.uuid)  # whose record the link is
        restrictions.restrict(session, client=first, officers=[desk.meseret.officer], since=SINCE)
    with desk.meseret.change(by=desk.meseret.officer, do="duplicates") as session:
        one, other = sorted(session.exec(select(Client)), key=lambda client: client.uuid != uuid)
        duplicates.unmerge(session, one=one, other=other, by=desk.meseret.officer, on=TODAY, reason="y")
        hirut = other.uuid
    with desk.meseret.plain() as connection:
        found = connection.execute("SELECT node, seq FROM journal WHERE record = ?", (link,)).fetchall()
        subject = connection.execute("SELECT subject FROM journal WHERE record = ?", (link,)).fetchone()[0]
    abebe = desk.open()
    body = rows.canonical({
        "salt": rows.new_salt(), "v": 1, "txn": rows.new_salt(), "hlc": rows.wall() + 10**9, "at": rows.now_text(),
        "by": desk.meseret.officer, "do": "duplicates.merge", "kind": "link", "record": link, "subject": subject,
        "op": "set", "fields": {"gone": {"value": 0, "seen": sorted(f"{node}:{seq}" for node, seq in found)}},
    })  # fmt: skip
    receiving.apply(abebe, [Row("ffff", 1, link, subject, body, rows.digest(body), "full")])
    abebe.close()
    desk.meseret.close()
    meseret = desk.open(LOGIN, PASSWORD)
    with meseret.plain() as connection:
        told = {row[0] for row in connection.execute("SELECT client FROM linked").fetchall()}
        assert told == {uuid, hirut}
    meseret.close()
    abebe = desk.open()
    with abebe.plain() as connection:
        assert connection.execute("SELECT count(*) FROM temp.seen_client").fetchone() == (0,)
    abebe.close()


def test_without_a_key_pair_a_restriction_hides_and_seals_at_the_next_sign_in(desk: Desk) -> None:
    with desk.meseret.change(by=desk.meseret.officer, do="test") as session:
        from mrc_app.store import officers

        hirut = officers.add(session, name="Hirut B.", login="hirut").uuid
    uuid = desk.tigist(hirut)
    abebe = desk.open()
    assert [row.name for row in lists.clients(abebe)] == ["Hirut"] and lists.tasks(abebe, date(2026, 12, 31)) == []
    abebe.close()
    assert "Tigist" in everything(desk.path, desk.meseret.key)
    people.set_password(desk.meseret, "hirut", OTHER)
    desk.open("hirut", OTHER).close()
    assert "Tigist" not in everything(desk.path, desk.meseret.key)
    hers = desk.open("hirut", OTHER)
    assert [found.uuid for found in search.find(hers, "tigist")] == [uuid]
    hers.close()


def test_blind_keys_are_left_only_while_the_centre_wants_them(desk: Desk) -> None:
    from mrc_app.casework import centres

    desk.tigist()

    def blind() -> int:
        with desk.meseret.plain() as connection:
            return int(connection.execute("SELECT count(*) FROM match_key WHERE id < 0").fetchone()[0])

    def tell(wanted: bool) -> None:
        with desk.meseret.change(by=desk.meseret.officer, do="centres.settings") as session:
            centre = centres.the_centre(session)
            centre.settings = {**centre.settings, "tell_hidden_duplicates": wanted}
            session.add(centre)

    assert blind() == 0
    tell(True)
    assert blind() > 0
    assert "tgst" not in everything(desk.path, desk.meseret.key).lower()
    tell(False)
    assert blind() == 0


def test_a_paper_of_hers_opens_for_nobody_who_is_not_named(desk: Desk) -> None:
    with desk.meseret.change(by=desk.meseret.officer, do="attachments.add") as session:
        her = make_client(session, call_name="Tigist").uuid
        paper = attachments.add(
            session, centre=desk.path, client=her, what="contract", name="contract of tigist.txt",
            content=b"her contract with the Harbi household", on=TODAY, by=desk.meseret.officer,
        )  # fmt: skip
        uuid, key, digest = paper.uuid, paper.key, paper.sha256
    with desk.meseret.change(by=desk.meseret.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=her, officers=[desk.meseret.officer], since=SINCE)
    abebe = desk.open()
    with abebe.plain() as connection:
        assert connection.execute("SELECT 1 FROM temp.seen_attachment").fetchone() is None
        dump = repr(connection.execute("SELECT * FROM main.attachment").fetchall()).encode() + b"".join(
            bytes(row[0]) for row in connection.execute("SELECT body FROM main.journal WHERE body IS NOT NULL")
        )
        (found,) = connection.execute("SELECT key FROM main.attachment WHERE uuid = ?", (uuid,)).fetchone()
    for secret in (key, "contract of tigist"):
        assert secret.encode() not in dump and secret.encode().hex().encode() not in dump
    with pytest.raises(ValueError):
        bytes.fromhex(found)
    on_disk = sealed_files.place(desk.path, uuid).read_bytes()
    assert b"Harbi" not in on_disk and bytes.fromhex(key) not in on_disk
    with pytest.raises(CannotRead):
        sealed_files.whole(desk.path, uuid, abebe.key, digest)
    abebe.close()
    with desk.meseret.read() as session:
        [mine] = attachments.of_client(session, her)
        assert attachments.content(desk.path, mine).startswith(b"her contract")
