"""A restricted client leaves no trace for a colleague who is not named: not in records, views, search, lists or
journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from sqlalchemy.orm import aliased
from sqlmodel import func, select

from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent
from mrc_app.errors import NotAllowed
from mrc_app.store import conflicts, journal, lists, officers, restrictions, search
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.restrictions import Restriction
from mrc_app.store.roles import Role
from tests.make import make_client, make_store

SINCE = "2026-11-20T08:00:00Z"


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[Store, Store]]:
    """The same file opened by Meseret and, beside her, by Abebe."""
    meseret = make_store(tmp_path)
    with meseret.change(by=meseret.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe")
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    abebe = Store(meseret.path, meseret.key, "abebe", "this computer")
    yield meseret, abebe
    abebe.close()
    meseret.close()


def hide(meseret: Store, uuid: str, *named: str) -> None:
    """Restricts a client to Meseret and whoever else is named."""
    with meseret.change(by=meseret.officer, do="clients.restrict") as session:
        restrictions.restrict(session, client=uuid, officers=[meseret.officer, *named], since=SINCE)


def two_clients(desk: Store) -> tuple[str, str]:
    """A client everybody sees, and one to be hidden."""
    with desk.change(by=desk.officer, do="clients.register") as session:
        return (
            make_client(session, call_name="Hirut", given="Hirut").uuid,
            make_client(session, call_name="Tigist", given="Tigist", native="ትግስት", phone="+251911234567").uuid,
        )


def everything_told(desk: Store) -> dict[str, Any]:
    """Whatever an officer can be shown, by every way in."""
    told: dict[str, Any] = {
        "list": lists.clients(desk),
        "count": lists.client_count(desk),
        "tasks": lists.tasks(desk, date(2026, 12, 31)),
        "journal": journal.entries(desk),
        "rows": journal.audit(desk).entries,
        "found": [search.find(desk, text) for text in ("Tigist", "ti", "ትግስ", "0911234567", "234567", "Hirut")],
    }
    with desk.read() as session:
        told["clients"] = [client.uuid for client in session.exec(select(Client).order_by(Client.uuid))]
        told["consents"] = [consent.uuid for consent in session.exec(select(Consent).order_by(Consent.uuid))]
        told["counted"] = session.exec(select(func.count()).select_from(Client)).one()
        told["columns"] = session.exec(select(Client.number).order_by(Client.uuid)).all()
        other = aliased(Client)
        told["aliased"] = session.exec(select(other.uuid).order_by(other.uuid)).all()
        joined = select(Client.number, Consent.purpose).join(Consent, Consent.client == Client.uuid)
        told["joined"] = session.exec(joined.order_by(Consent.uuid)).all()
        told["restrictions"] = session.exec(select(Restriction)).all()
        told["conflicts"] = conflicts.conflicts(session)
    with desk.plain() as connection:
        for name in kinds():
            if name not in ("officer", "centre"):
                told[f"view {name}"] = connection.execute(f"SELECT * FROM seen_{name} ORDER BY uuid").fetchall()
    return told


def test_an_outsiders_answers_are_the_same_with_and_without_a_restricted_client(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    with meseret.change(by=meseret.officer, do="clients.register") as session:
        make_client(session, call_name="Hirut", given="Hirut")
    without = everything_told(abebe)
    with meseret.change(by=meseret.officer, do="clients.register") as session:
        uuid = make_client(session, call_name="Tigist", given="Tigist", native="ትግስት", phone="+251911234567").uuid
        restrictions.restrict(session, client=uuid, officers=[meseret.officer], since=SINCE)
    assert everything_told(abebe) == without
    assert len(everything_told(meseret)["clients"]) == 2


def test_a_get_by_key_sees_nothing_either(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    _, uuid = two_clients(meseret)
    with meseret.read() as session:
        number = session.exec(select(Client.id).where(Client.uuid == uuid)).one()
    hide(meseret, uuid)
    with abebe.read() as session:
        assert session.get(Client, number) is None
    with abebe.change(by=abebe.officer, do="look") as session:
        assert session.get(Client, number) is None
    with meseret.read() as session:
        assert session.get(Client, number) is not None


def test_a_named_colleague_sees_her(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    _, uuid = two_clients(meseret)
    hide(meseret, uuid, abebe.officer)
    assert len(lists.clients(abebe)) == 2
    assert [found.uuid for found in search.find(abebe, "tigist")] == [uuid]


def test_of_several_restrictions_the_strictest_holds(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    _, uuid = two_clients(meseret)
    hide(meseret, uuid, abebe.officer)
    hide(meseret, uuid)
    assert len(lists.clients(abebe)) == 1


def test_a_lifted_restriction_shows_her_again(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    _, uuid = two_clients(meseret)
    hide(meseret, uuid)
    with pytest.raises(NotAllowed), abebe.change(by=abebe.officer, do="lift") as session:
        restrictions.lift(session, client=uuid, at=SINCE)
    with meseret.change(by=meseret.officer, do="lift") as session:
        restrictions.lift(session, client=uuid, at=SINCE)
    assert len(lists.clients(abebe)) == 2


def test_a_data_officer_sees_no_names(pair: tuple[Store, Store]) -> None:
    meseret, _ = pair
    dawit = Store(meseret.path, meseret.key, "dawit", "this computer")
    asked = (
        lambda: lists.clients(dawit), lambda: search.find(dawit, "a"), lambda: journal.entries(dawit),
        lambda: lists.tasks(dawit, date(2026, 12, 31)), lambda: journal.audit(dawit),
    )  # fmt: skip
    for ask in asked:
        with pytest.raises(NotAllowed, match="data officer"):
            ask()
    dawit.close()


def test_every_record_about_a_client_stands_under_the_criterion(centre: Store) -> None:
    with centre.plain() as connection:
        for name in kinds():
            connection.execute(f'SELECT count(*) FROM temp."seen_{name}"').fetchone()
        views = dict(connection.execute("SELECT name, sql FROM temp.sqlite_master WHERE type = 'view'").fetchall())
    for kind in kinds().values():
        assert ("restriction" in views[f"seen_{kind.name}"].split("WHERE", 1)[-1]) == (kind.subject is not None), (
            kind.name
        )


def test_a_view_taken_back_with_its_transaction_is_there_again_and_nothing_may_be_written(centre: Store) -> None:
    asked = "SELECT count(*) FROM temp.seen_client"
    with centre.plain() as connection:
        connection.execute("PRAGMA query_only = ON")
        for _time in range(2):
            connection.execute("BEGIN")
            assert connection.execute(asked).fetchone() == (0,)
            connection.execute("ROLLBACK")
        assert connection.execute("PRAGMA query_only").fetchone() == (1,)
        with pytest.raises(driver.OperationalError, match="no such table"):
            connection.execute("SELECT * FROM temp.seen_nothing")
        connection.execute("PRAGMA query_only = OFF")


def test_statements_compiled_for_one_file_serve_the_next(centre: Store, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with closing(make_store(tmp_path / "other")) as other:
        with centre.read() as session, other.read() as beside:
            assert session.connection().dialect is beside.connection().dialect
            compiled = session.connection().get_execution_options()["compiled_cache"]
            session.exec(select(Client)).all()
            known = len(compiled)
            beside.exec(select(Client)).all()
        assert known and len(compiled) == known
