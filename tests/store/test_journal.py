"""The journal: one row per record and unit of work, values seen, the chain, and the guards around the tables."""

from __future__ import annotations

import json
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, delete, select, text, update

from mrc_app import store
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent
from mrc_app.errors import Invalid, MrcError
from mrc_app.store import journal, rows
from mrc_app.store.centre import Store
from mrc_app.store.conflicts import conflicts
from mrc_app.store.officers import Centre, Officer
from mrc_app.store.seeing import Seen
from tests.make import make_client, make_store


def bodies(centre: Store, record: str) -> list[dict[str, Any]]:
    """The journal's bodies of one record in order."""
    with centre.plain() as connection:
        found = connection.execute("SELECT body FROM journal WHERE record = ? ORDER BY node, seq", (record,)).fetchall()
    return [json.loads(row[0]) for row in found]


def a_client(centre: Store, **over: Any) -> str:
    """A registered client's uuid."""
    with centre.change(by=centre.officer, do="clients.register") as session:
        return make_client(session, **over).uuid


def amend(centre: Store, uuid: str, seen: list[Seen] | None = None, **values: Any) -> None:
    """Changes fields of a client."""
    with centre.change(by=centre.officer, do="clients.amend", seen=seen) as session:
        client = session.exec(select(Client).where(Client.uuid == uuid)).one()
        for name, value in values.items():
            setattr(client, name, value)
        session.add(client)


def on_screen(centre: Store, uuid: str) -> Seen:
    """What a form shows when it opens."""
    with centre.read() as session:
        return store.seen(session, session.exec(select(Client).where(Client.uuid == uuid)).one())


def test_one_row_per_record_however_often_it_is_flushed(centre: Store) -> None:
    with centre.change(by=centre.officer, do="clients.register") as session:
        client = make_client(session, call_name="Tigist")
        session.flush()
        client.call_name = "Tigi"
        session.flush()
        client.district = "Bahir Dar"
        uuid = client.uuid
    (body,) = bodies(centre, uuid)
    assert body["fields"]["call_name"] == {"value": "Tigi", "seen": []}
    assert body["fields"]["district"]["value"] == "Bahir Dar"
    assert set(body) == {"salt", "v", "txn", "hlc", "at", "by", "do", "kind", "record", "subject", "op", "fields"}
    assert (body["op"], body["kind"], body["subject"], body["do"]) == ("new", "client", uuid, "clients.register")


def test_an_edit_names_the_heads_it_follows(centre: Store) -> None:
    uuid = a_client(centre, call_name="Tigist")
    amend(centre, uuid, call_name="Tigi")
    first, second = bodies(centre, uuid)
    with centre.plain() as connection:
        place = connection.execute("SELECT seq FROM journal WHERE record = ? ORDER BY seq", (uuid,)).fetchone()[0]
    assert list(second["fields"]) == ["call_name"]
    assert second["fields"]["call_name"] == {"value": "Tigi", "seen": [f"{centre.node}:{place}"]}
    assert second["hlc"] > first["hlc"]
    assert second["salt"] != first["salt"]


def test_a_register_is_written_whole(centre: Store) -> None:
    with centre.change(by=centre.officer, do="centre.amend") as session:
        kept = session.exec(select(Centre)).one()
        kept.phone_checked = date(2026, 11, 1)
        uuid = kept.uuid
    last = bodies(centre, uuid)[-1]
    assert last["fields"]["phone"]["value"] == {"phone": "", "phone_checked": "2026-11-01"}


def test_an_unseen_value_is_never_overwritten_in_silence(centre: Store) -> None:
    uuid = a_client(centre, district="Gondar")
    form = on_screen(centre, uuid)
    amend(centre, uuid, district="Dessie")
    amend(centre, uuid, seen=[form], district="Mekelle")
    with centre.read() as session:
        (found,) = conflicts(session)
        shown = session.exec(select(Client.district).where(Client.uuid == uuid)).one()
    assert {version.value for version in found.versions} == {"Dessie", "Mekelle"}
    assert (found.register, found.record, shown) == ("district", uuid, "Mekelle")
    form = on_screen(centre, uuid)
    amend(centre, uuid, seen=[form], district="Woldia")
    with centre.read() as session:
        assert conflicts(session) == []


def test_a_field_the_author_left_alone_keeps_what_a_colleague_wrote_meanwhile(centre: Store) -> None:
    uuid = a_client(centre, district="Gondar", place="Azezo")
    form = on_screen(centre, uuid)
    amend(centre, uuid, district="Dessie")
    amend(centre, uuid, seen=[form], district="Gondar", place="Maraki")
    with centre.read() as session:
        client = session.exec(select(Client).where(Client.uuid == uuid)).one()
        assert (client.district, client.place) == ("Dessie", "Maraki")
        assert conflicts(session) == []


def test_a_removal_beside_an_unseen_edit_is_a_conflict(centre: Store) -> None:
    uuid = a_client(centre)
    form = on_screen(centre, uuid)
    amend(centre, uuid, district="Dessie")
    amend(centre, uuid, seen=[form], gone=True)
    with centre.read() as session:
        (found,) = conflicts(session)
    assert (found.register, {version.value for version in found.versions}) == ("gone", {0, 1})


def test_nothing_is_kept_when_something_fails(centre: Store) -> None:
    before = journal.audit(centre)
    with pytest.raises(ZeroDivisionError), centre.change(by=centre.officer, do="test") as session:
        make_client(session)
        session.flush()
        raise ZeroDivisionError
    assert journal.audit(centre) == before
    with centre.plain() as connection:
        assert connection.execute("SELECT count(*) FROM client").fetchone() == (0,)
        assert connection.execute("SELECT count(*) FROM gate").fetchone() == (0,)


def test_a_failed_flush_that_somebody_swallows_keeps_nothing(centre: Store) -> None:
    before = journal.audit(centre)
    with pytest.raises(MrcError), centre.change(by=centre.officer, do="test") as session:
        officer = Officer(name="A", login="a")
        session.add(officer)
        session.flush()
        session.add(Officer(name="B", login="b", uuid=officer.uuid))
        with pytest.raises(IntegrityError):
            session.flush()
        session.add(Officer(name="C", login="c"))
    assert journal.audit(centre) == before


def test_the_text_nul_is_refused_at_input(centre: Store) -> None:
    with pytest.raises(Invalid) as trouble, centre.change(by=centre.officer, do="test") as session:
        session.add(Officer(name="A\x00B", login="ab"))
    assert list(trouble.value.problems) == ["name"]


def test_reading_refuses_to_write(centre: Store) -> None:
    with pytest.raises(MrcError, match="only read"), centre.read() as session:
        session.add(Officer(name="A", login="a"))
    with pytest.raises(MrcError), centre.read() as session:
        session.connection().exec_driver_sql("UPDATE officer SET name = 'x'")
    with centre.read() as session:
        assert [officer.name for officer in session.exec(select(Officer))] == ["Meseret"]


WRITES = [
    "UPDATE officer SET name = 'x'",
    "INSERT INTO officer(uuid, gone, name, login, role, active) VALUES ('ab', 0, 'x', 'x', 'caseworker', 1)",
    "DELETE FROM officer",
    "DELETE FROM journal",
    "UPDATE journal SET digest = x'00'",
    "UPDATE journal SET record = 'x'",
    "UPDATE journal SET body = x'00'",
]


@pytest.mark.parametrize("sql", WRITES)
def test_a_write_that_bypasses_the_journal_is_refused(centre: Store, sql: str) -> None:
    with pytest.raises(driver.IntegrityError, match="bypasses the journal"), centre.plain() as connection:
        connection.execute(sql)
    with pytest.raises(IntegrityError, match="bypasses the journal"), centre.change(by="", do="x") as session:
        session.connection().exec_driver_sql(sql)


def test_a_raw_write_beside_a_journalled_one_is_refused_too(centre: Store) -> None:
    with pytest.raises(IntegrityError, match="bypasses"), centre.change(by=centre.officer, do="x") as session:
        officer = session.exec(select(Officer)).one()
        officer.name = "Meseret B"
        session.flush()
        session.execute(text("UPDATE officer SET role = 'administrator'"))


def test_bulk_statements_are_refused(centre: Store) -> None:
    for statement in (update(Officer).values(name="x"), delete(Officer).where(col(Officer.name) == "x")):
        with pytest.raises(RuntimeError, match="bypasses"), centre.change(by=centre.officer, do="x") as session:
            session.execute(statement)


def test_records_are_never_deleted(centre: Store) -> None:
    with pytest.raises(MrcError, match="never deleted"), centre.change(by=centre.officer, do="x") as session:
        session.delete(session.exec(select(Officer)).one())


def test_an_action_cannot_commit(centre: Store) -> None:
    with pytest.raises(RuntimeError), centre.change(by=centre.officer, do="x") as session:
        session.commit()
    with pytest.raises(RuntimeError), centre.change(by=centre.officer, do="x") as session:
        session.begin_nested()
    with (
        pytest.raises(RuntimeError, match="inside a change"),
        centre.change(by=centre.officer, do="x"),
        centre.change(by=centre.officer, do="y"),
    ):
        pass


def test_listeners_hear_the_kinds_after_the_commit(centre: Store) -> None:
    heard: list[frozenset[str]] = []
    centre.listen(heard.append)
    a_client(centre)
    with centre.change(by=centre.officer, do="nothing"):
        pass
    assert heard == [frozenset({"client", "consent"})]


def test_the_audit_finds_a_changed_a_missing_and_a_reordered_row(centre: Store) -> None:
    a_client(centre)
    assert journal.audit(centre).intact
    for break_it in (
        "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), 'Tigist', 'Tigisu') AS BLOB) WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "UPDATE journal SET digest = x'00' WHERE seq = 3",
        "UPDATE chain SET hash = x'00'",
        "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)",
    ):
        with centre.plain() as connection:
            connection.execute("BEGIN")
            connection.execute("DROP TRIGGER guard_journal_update")
            connection.execute("DROP TRIGGER guard_journal_delete")
            connection.execute(break_it)
            assert journal.check(connection), break_it
            connection.execute("ROLLBACK")
    assert journal.audit(centre).intact


def test_an_erased_row_keeps_the_chain_whole(centre: Store) -> None:
    a_client(centre)
    head = journal.audit(centre).head
    with centre.plain() as connection:
        connection.execute("UPDATE journal SET body = NULL, state = 'erased' WHERE seq = 3")
    after = journal.audit(centre)
    assert (after.intact, after.head) == (True, head)


def test_a_checkpoint_is_signed_by_the_desk(centre: Store) -> None:
    from dataclasses import replace

    a_client(centre)
    signed = journal.sign(centre)
    assert signed.valid()
    assert (signed.node, signed.seq) == (centre.node, 5)
    assert not replace(signed, seq=4).valid()
    assert not replace(signed, hash=bytes(32)).valid()


def test_entries_read_as_sentences_want_them(centre: Store) -> None:
    uuid = a_client(centre)
    found = journal.entries(centre, client=uuid)
    assert {entry.kind for entry in found} == {"client", "consent"}
    assert {entry.by_name for entry in found} == {"Meseret"}
    assert all(entry.subject == uuid for entry in found)


def test_a_node_is_new_on_another_computer_and_the_desk_lasts(tmp_path: Path, centre: Store) -> None:
    centre.close()
    same = Store(centre.path, make_store(tmp_path).key, centre.login, "this computer")
    other = Store(centre.path, same.key, centre.login, "another computer")
    assert other.node != same.node
    assert (other.desk, other.desk_code) == (same.desk, same.desk_code)
    same.close()
    other.close()


def test_the_clock_never_runs_far_ahead_of_this_computer() -> None:
    now = rows.wall()
    assert rows.tick(0, now) == now
    assert rows.tick(now, now) == now + 1
    five_years = now + 5 * 365 * 24 * 3600 * 1000 * rows.TICKS
    assert rows.tick(five_years, now) <= now + rows.AHEAD_MS * rows.TICKS + 1


def test_many_threads_write_and_nothing_is_lost(centre: Store) -> None:
    troubles: list[Exception] = []

    def work(name: str) -> None:
        try:
            for number in range(8):
                with centre.change(by=centre.officer, do="officers.add") as session:
                    session.add(Officer(name=f"{name} {number}", login=f"{name}{number}"))
                with centre.read() as session:
                    session.exec(select(Officer)).all()
        except MrcError as trouble:
            troubles.append(trouble)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with centre.read() as session:
        assert len(session.exec(select(Officer)).all()) == 33
    assert journal.audit(centre).intact


def test_a_draft_survives_closing_and_is_never_journalled(tmp_path: Path, centre: Store) -> None:
    before = journal.audit(centre)
    centre.draft_save("clients.register", {"call_name": "ትግስት", "danger": True})
    key = centre.key
    centre.close()
    again = Store(centre.path, key, centre.login, "this computer")
    assert again.draft("clients.register") == {"call_name": "ትግስት", "danger": True}
    assert journal.audit(again) == before
    again.draft_drop("clients.register")
    assert again.draft("clients.register") is None
    again.close()


def test_a_consent_row_is_about_its_client(centre: Store) -> None:
    uuid = a_client(centre)
    with centre.read() as session:
        consent = session.exec(select(Consent).where(Consent.client == uuid)).first()
        assert consent is not None
        assert bodies(centre, consent.uuid)[0]["subject"] == uuid
