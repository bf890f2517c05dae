"""After an erasure no byte of her stands in any page, in the log, in the search indexes or beside the file; the chain
is whole; what comes late does not bring her back, and neither does an older copy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from sqlmodel import select

from mrc_app.casework import agenda, attachments, clients, counselling, duplicates, erasures, households, requests
from mrc_app.casework.clients import Client
from mrc_app.errors import CannotRead, MrcError
from mrc_app.store import attachments as sealed
from mrc_app.store import erasing, journal, keys, lists, receiving, restrictions, saved_files, search, verify
from mrc_app.store.centre import Store
from mrc_app.store.rows import Row
from tests.make import LOGIN, TODAY, make_client, make_journey, make_store
from tests.store.raw_pages import everything

HERS = [
    "Zewditu", "ዘውዲቱ", "+251977654321", "Fogera", "her brother must not know", "Bole agency owes her",
    "call Zewditu on Friday", "EP7654321", "zewditu-contract.txt", "Zahra Construction", "the police asked about her",
]  # fmt: skip
OTHERS = "Hirut"


def register_her(desk: Store) -> str:
    """Zewditu with everything that can be kept about her, beside Hirut, in whose household she lives."""
    with desk.change(by=desk.officer, do="clients.register") as session:
        hirut = make_client(session, call_name=OTHERS, given=OTHERS, father="Bekele")
        home = households.found(session, client=hirut.uuid, place="Debre Tabor")
        her = make_client(
            session, call_name="Zewditu", given="Zewditu", father="Alemu", native="ዘውዲቱ", phone="0977654321",
            district="Fogera", note="her brother must not know", passport="EP7654321",
        )  # fmt: skip
        households.join(session, home, relation="sibling", client=her.uuid)
        households.join(session, home, relation="child", called="Abel")
        households.found(session, client=her.uuid, place="Fogera")
        make_journey(session, her, employer="Zahra Construction")
        counselling.record(
            session, client=her.uuid, on=TODAY, officer=desk.officer, result="Bole agency owes her 3 months"
        )
        agenda.add(session, due=TODAY, text="call Zewditu on Friday", on=TODAY, by=desk.officer, client=her.uuid)
        requests.note(
            session, by=desk.officer, on=TODAY, client=her.uuid, authority="police", asked="the police asked about her"
        )
        attachments.add(
            session, centre=desk.path, client=her.uuid, what="contract", name="zewditu-contract.txt",
            content=b"Zewditu at Zahra Construction", on=TODAY, by=desk.officer,
        )  # fmt: skip
        uuid = her.uuid
    for note in ("Zewditu lives in Fogera now", "her brother must not know"):
        with desk.change(by=desk.officer, do="clients.amend") as session:
            clients.amend(session, clients.by_uuid(session, uuid), changes={"note": note}, on=TODAY)
    desk.draft_save(f"counselling/{uuid}", {"result": "Bole agency owes her"})
    desk.draft_save("register", {"call_name": "somebody", "phone": "+251977654321"})
    desk.draft_save("register-2", {"call_name": OTHERS})
    return uuid


def ask(desk: Store, uuid: str) -> None:
    with desk.change(by=desk.officer, do="erasures.ask") as session:
        erasures.ask(session, client=clients.by_uuid(session, uuid), because="asked", on=TODAY, by=desk.officer)


def confirm(desk: Store) -> list[str]:
    with desk.change(by=desk.officer, do="erasures.confirm") as session:
        return [erasures.confirm(session, one, on=TODAY, by=desk.officer).client for one, _ in erasures.asked(session)]


def erase(desk: Store, uuid: str) -> None:
    ask(desk, uuid)
    erasing.carry_out(desk, confirm(desk))


def hers_in(path: Path, key: bytes) -> list[str]:
    """Which of her words stand anywhere in the file, its log or beside it."""
    clear = everything(path, key) + b"".join(
        file.read_bytes() for file in path.parent.rglob("*") if file.is_file() and file.name not in (path.name,)
    )
    found = []
    for said in HERS:
        forms = {said.encode(), said.encode("utf-16-le"), said.lower().encode(), json.dumps(said).strip('"').encode()}
        if any(form in clear for form in forms):
            found.append(said)
    return found


def rows(desk: Store) -> list[Row]:
    with desk.plain() as connection:
        return list(journal.rows_of(connection, desk.node))


def test_before_she_is_erased_the_search_through_the_pages_finds_every_word_of_her(centre: Store) -> None:
    register_her(centre)
    names = {"zewditu-contract.txt"}
    assert set(hers_in(centre.path, centre.key)) | names == set(HERS)


def test_no_byte_of_her_is_left_and_the_chain_is_whole(centre: Store) -> None:
    uuid = register_her(centre)
    assert len(sealed.there(centre.path)) == 1
    before = journal.audit(centre)
    erase(centre, uuid)
    assert hers_in(centre.path, centre.key) == []
    assert OTHERS.encode() in everything(centre.path, centre.key), "the others are still there"
    assert sealed.there(centre.path) == {}
    after = journal.audit(centre)
    assert after.intact and before.intact
    assert verify.report(centre).problems == []
    with centre.plain() as connection:
        stubs = connection.execute("SELECT count(*), count(body) FROM journal WHERE state = 'erased'").fetchone()
        assert stubs[0] > 10 and stubs[1] == 0
        digests = connection.execute("SELECT count(*) FROM journal WHERE length(digest) != 32").fetchone()
        assert digests == (0,)


def test_she_is_hidden_from_everything_at_once(centre: Store) -> None:
    uuid = register_her(centre)
    ask(centre, uuid)
    assert [row.name for row in lists.clients(centre)] == ["Hirut Bekele"]
    assert lists.client_count(centre) == 1
    assert search.find(centre, "Zewditu") == [] and search.find(centre, "0977654321") == []
    assert lists.tasks(centre, TODAY) == []
    assert all(entry.subject != uuid for entry in journal.entries(centre))
    with centre.read() as session:
        assert [client.call_name for client in session.exec(select(Client))] == [OTHERS]
        assert counselling.of_client(session, uuid) == []
        assert attachments.of_client(session, uuid) == []
        with pytest.raises(MrcError):
            clients.by_uuid(session, uuid)
    with centre.plain() as connection:
        bodies = connection.execute("SELECT body FROM journal WHERE record = ?", (uuid,)).fetchall()
        assert [json.loads(row[0])["op"] for row in bodies].count("erase") == 1


def test_other_peoples_records_stay(centre: Store) -> None:
    uuid = register_her(centre)
    erase(centre, uuid)
    with centre.read() as session:
        (hirut,) = session.exec(select(Client))
        home = households.of_client(session, hirut.uuid)
        assert home is not None and home.place == "Debre Tabor"
        assert [member.called or member.relation.value for member in households.members(session, home)] == [
            "self",
            "Abel",
        ]
    assert centre.draft("register-2") == {"call_name": OTHERS}
    assert centre.draft("register") is None and centre.draft(f"counselling/{uuid}") is None
    assert [row.name for row in search.find(centre, "Hirut")] == ["Hirut Bekele"]


def test_two_records_of_one_person_are_erased_together(centre: Store) -> None:
    uuid = register_her(centre)
    with centre.change(by=centre.officer, do="duplicates.merge") as session:
        twin = make_client(session, call_name="Zewditu", given="Zewditu", district="Fogera")
        duplicates.merge(session, one=clients.by_uuid(session, uuid), other=twin, by=centre.officer, on=TODAY)
    erase(centre, uuid)
    assert hers_in(centre.path, centre.key) == []
    assert verify.report(centre).problems == []
    assert lists.client_count(centre) == 1


def test_rows_that_arrive_late_arrive_as_stubs(centre: Store, tmp_path: Path) -> None:
    uuid = register_her(centre)
    folder = tmp_path / "other"
    folder.mkdir()
    other = make_store(folder, token="another computer", centre="MIC Dessie")
    receiving.apply(other, rows(centre))
    with other.change(by=other.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, uuid), changes={"note": "Zewditu called from Jeddah"}, on=TODAY)
        counselling.record(session, client=uuid, on=TODAY, officer=other.officer, result="Bole agency owes her")
        hirut = next(client for client in session.exec(select(Client)) if client.call_name == OTHERS)
        home = households.of_client(session, hirut.uuid)
        assert home is not None
        households.leave(session, households.members(session, home)[1], on=TODAY)
    late = rows(other)
    erase(centre, uuid)
    done = receiving.apply(centre, late)
    assert done.new == len(late)
    assert hers_in(centre.path, centre.key) == [], "not even in the log"
    assert journal.audit(centre).intact
    assert verify.report(centre).problems == []
    assert lists.client_count(centre) == 1
    assert receiving.apply(centre, late).new == 0
    assert receiving.apply(centre, [row for row in late if row.body]).refilled == 0

    receiving.apply(other, rows(centre))
    assert hers_in(other.path, other.key) == [], "the confirmed erasure is followed on the other desk"
    assert verify.report(other).problems == []
    other.close()


def test_a_forged_late_row_is_refused_like_any_other(centre: Store) -> None:
    uuid = register_her(centre)
    erase(centre, uuid)
    forged = Row("f" * 16, 1, uuid, uuid, b'{"not": "what the digest says"}', b"\0" * 32, "full")
    with pytest.raises(CannotRead):
        receiving.apply(centre, [forged])


def test_a_rebuild_does_not_bring_her_back(centre: Store) -> None:
    uuid = register_her(centre)
    erase(centre, uuid)
    with centre.writing() as connection:
        receiving.rebuild(connection)
    assert lists.client_count(centre) == 1
    assert hers_in(centre.path, centre.key) == []


def test_an_older_copy_that_is_put_back_has_her_erased_again(tmp_path: Path) -> None:
    desk = make_store(tmp_path)
    uuid = register_her(desk)
    with desk.plain() as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    older = tmp_path / "backup"
    shutil.copytree(tmp_path, older, ignore=shutil.ignore_patterns("backup"))
    erase(desk, uuid)
    desk.close()
    for file in (desk.path.name, keys.beside(desk.path).name):
        shutil.copyfile(older / file, tmp_path / file)
    for file in tmp_path.glob("*-wal"):
        file.unlink()
    shutil.copytree(sealed.folder(older / desk.path.name), sealed.folder(desk.path), dirs_exist_ok=True)
    shutil.rmtree(older)

    back = Store(desk.path, desk_key(tmp_path), LOGIN, "this computer")
    assert lists.client_count(back) == 2
    erasing.catch_up(back)
    assert lists.client_count(back) == 1
    assert hers_in(back.path, back.key) == []
    assert sealed.there(back.path) == {}
    assert verify.report(back).problems == []
    erasing.catch_up(back)
    back.close()


def desk_key(_folder: Path) -> bytes:
    from tests.make import _Template

    return _Template.key


def test_an_erasure_that_a_power_cut_stopped_is_finished_at_the_next_opening(centre: Store) -> None:
    uuid = register_her(centre)
    ask(centre, uuid)
    confirm(centre)
    assert hers_in(centre.path, centre.key)
    erasing.catch_up(centre)
    assert hers_in(centre.path, centre.key) == []

    with centre.plain() as connection:
        connection.execute("INSERT OR REPLACE INTO meta(key, value) VALUES ('erasing_due', '1')")
    erasing.catch_up(centre)
    with centre.plain() as connection:
        assert not connection.execute("SELECT 1 FROM meta WHERE key = 'erasing_due'").fetchone()


def test_a_reader_in_another_window_is_named_and_the_rest_is_done_later(centre: Store) -> None:
    uuid = register_her(centre)
    reader = centre.connect()
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM client").fetchone()
    ask(centre, uuid)
    with pytest.raises(MrcError, match=r"another program|Another program"):
        erasing.carry_out(centre, confirm(centre))
    reader.execute("COMMIT")
    reader.close()
    assert lists.client_count(centre) == 1
    erasing.catch_up(centre)
    assert hers_in(centre.path, centre.key) == []


def test_the_list_beside_the_file_holds_only_salted_hashes(centre: Store) -> None:
    uuid = register_her(centre)
    erase(centre, uuid)
    told = erasing.beside(centre.path).read_text()
    assert uuid not in told
    salt, ids = erasing.erased_outside(centre.path)
    assert ids == {erasing.hashed(salt, uuid)}
    assert erasing.hashed(b"\0" * 32, uuid) not in ids


def test_a_damaged_list_is_said_by_name_and_does_not_stop_the_desk(centre: Store) -> None:
    erasing.beside(centre.path).write_text("{")
    with pytest.raises(CannotRead, match=r"centre\.erased\.json"):
        erasing.erased_outside(centre.path)
    erasing.catch_up(centre)
    assert "centre.erased.json" in verify.report(centre).problems[0].text()


def test_a_list_from_elsewhere_that_names_nobody_here_is_read_once(centre: Store) -> None:
    erasing.beside(centre.path).write_text(json.dumps({"format": 1, "salt": "00" * 32, "ids": ["ab" * 16]}))
    erasing.catch_up(centre)
    with centre.plain() as connection:
        assert erasing._brought_back(connection, centre.path) == set()


def test_an_erasure_taken_back_shows_her_again(centre: Store) -> None:
    uuid = register_her(centre)
    ask(centre, uuid)
    with centre.change(by=centre.officer, do="erasures.take_back") as session:
        ((erasure, _number),) = erasures.asked(session)
        erasures.take_back(session, erasure)
    assert lists.client_count(centre) == 2
    assert [found.name for found in search.find(centre, "Zewditu")] == ["Zewditu Alemu"]
    assert verify.report(centre).problems == []


def test_a_restricted_client_whose_words_were_sealed_is_erased_like_any_other(centre: Store) -> None:
    uuid = register_her(centre)
    with centre.change(by=centre.officer, do="clients.restrict") as session:
        restrictions.restrict(session, client=uuid, officers=[centre.officer], since="2026-11-20T08:00:00Z")
    erase(centre, uuid)
    assert hers_in(centre.path, centre.key) == []
    assert sealed.there(centre.path) == {}
    assert verify.report(centre).problems == []
    with centre.plain() as connection:
        for table in ("seal", "seal_key", "sealed_body", "saved_file"):
            assert connection.execute(f"SELECT count(*) FROM {table} WHERE client = ?", (uuid,)).fetchone() == (0,)


def test_files_saved_about_her_go_too(centre: Store, tmp_path: Path) -> None:
    uuid = register_her(centre)
    guide = tmp_path / "notebook-am-a5.pdf"
    guide.write_bytes(b"%PDF")
    saved_files.note(centre, guide, "guide", b"%PDF", uuid)
    erase(centre, uuid)
    assert not guide.exists() and saved_files.listed(centre) == []
