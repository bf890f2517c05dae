"""A restricted case leaves no trace for a colleague who is not named, while its people stay to be found by name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from mrc_app.casework import (
    agenda,
    attachments,
    consents,
    dossier,
    grievance_cases,
    grievance_events,
    grievance_people,
    grievance_screening,
    grievances,
)
from mrc_app.casework.clients import Client
from mrc_app.casework.erasures import ask, confirm
from mrc_app.casework.grievances import Grievance
from mrc_app.errors import MrcError
from mrc_app.store import case_lists, cases, erasing, journal, keys, people, restrictions, search
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import Role
from tests.make import TODAY, YES, make_client, make_store
from tests.store.test_visibility import everything_told

HERS = "green hills of Gondar"
SINCE = "2026-11-20T08:00:00Z"
SECRET = "threatened with police"


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Store, Store]]:
    """The same file opened by Meseret and by Abebe, each with a key pair of her own; Sara is there too."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)
    meseret = make_store(tmp_path)
    for name in ("abebe", "sara"):
        people.add(meseret, name=name.capitalize(), login=name, role=Role.CASEWORKER, password=HERS)
    from mrc_app import store

    abebe = store.open(meseret.path, login="abebe", password=HERS)
    yield meseret, abebe
    abebe.close()
    meseret.close()


def officer(desk: Store, login: str) -> str:
    with desk.plain() as connection:
        return str(connection.execute("SELECT uuid FROM officer WHERE login = ?", (login,)).fetchone()[0])


def clients_of(desk: Store, *names: str) -> list[str]:
    with desk.change(by=desk.officer, do="clients.register") as session:
        return [make_client(session, call_name=name, given=name).uuid for name in names]


def case(desk: Store, *clients: str, named: tuple[str, ...] = ()) -> tuple[str, str]:
    """A case with something of everything in it, kept for the officers named. Its uuid and number."""
    with desk.change(by=desk.officer, do="grievances.lodge") as session:
        made = grievances.lodge(
            session, desk_code="BD1", by=desk.officer, on=TODAY, people=clients, categories=["E1", "E9"],
            note=SECRET, officers=named, since=SINCE,
        )  # fmt: skip
        grievance_people.against(session, made, name="Cedar Agency", note=SECRET)
        grievance_events.move(session, made, state="assessed", on=TODAY, by=desk.officer, today=TODAY, note=SECRET)
        photo = attachments.add(
            session, centre=desk.path, client=clients[0], what="photo", name="slip.txt", content=b"a slip",
            on=TODAY, by=desk.officer,
        )  # fmt: skip
        grievance_cases.bring(
            session, made, on=TODAY, by=desk.officer, what=SECRET, seen="photo", attachment=photo.uuid
        )
        sheet = grievance_screening.begin(session, client=clients[0], on=TODAY, by=desk.officer, grievance=made.uuid)
        grievance_screening.answer(session, sheet, said={"threats": ("yes", SECRET)})
        agenda.add(session, due=TODAY, text=SECRET, on=TODAY, by=desk.officer, client=clients[0], about=made.uuid)
        consents.ask(
            session, client=clients[0], purpose=consents.Purpose.COMPLAINT, said=YES, by=desk.officer, on=TODAY,
            scope=made.uuid,
        )  # fmt: skip
        return made.uuid, made.number


def told(desk: Store) -> dict[str, Any]:
    """Whatever an officer can be shown, cases included."""
    found = everything_told(desk)
    found["cases"] = case_lists.cases(desk, TODAY), case_lists.cases(desk, TODAY, ended=True)
    found["case count"] = case_lists.case_count(desk), case_lists.case_count(desk, ended=True)
    with desk.read() as session:
        found["loaded"] = [one.number for one in session.exec(select(Grievance))]
        for name, kind in kinds().items():
            if name not in ("officer", "centre"):
                found[f"records {name}"] = sorted(one.uuid for one in session.exec(select(kind.record)))
        for client in session.exec(select(Client).order_by(Client.uuid)):
            found[f"dossier {client.number}"] = dossier.of(session, client.number, TODAY)
            found[f"agenda {client.number}"] = len(agenda.for_client(session, client.uuid, TODAY))
    return found


def test_an_outsiders_answers_are_the_same_with_and_without_a_restricted_case(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    almaz, _other = clients_of(meseret, "Almaz", "Hirut")
    without = told(abebe)
    uuid, number = case(meseret, almaz, named=(meseret.officer, officer(meseret, "sara")))
    assert told(abebe) == without
    assert [found.name for found in search.find(abebe, "almaz")] == ["Almaz"]
    with abebe.read() as session, pytest.raises(MrcError, match="no client"):
        dossier.of_number(session, number, TODAY)
    with abebe.read() as session, pytest.raises(MrcError, match="not on this desk"):
        grievances.by_uuid(session, uuid)
    mine = told(meseret)
    assert mine["case count"] == (1, 0)
    with meseret.read() as session:
        assert dossier.of_number(session, number, TODAY)["grievance"]["note"] == SECRET
    assert SECRET in str(list(journal.entries(meseret)))


def test_its_words_lie_under_a_second_seal_until_it_is_lifted(pair: tuple[Store, Store]) -> None:
    meseret, _abebe = pair
    (almaz,) = clients_of(meseret, "Almaz")
    uuid, _ = case(meseret, almaz, named=(meseret.officer, officer(meseret, "sara")))
    for table in ("grievance", "grievanceevent", "respondent", "evidence", "screeninganswer", "task"):
        assert SECRET not in raw(meseret, table)
        assert "sealed:" in raw(meseret, table)
    assert "Almaz" in raw(meseret, "client")
    assert SECRET.encode() not in b"".join(bodies(meseret))
    with meseret.change(by=meseret.officer, do="grievances.lift") as session:
        grievances.lift(session, grievances.by_uuid(session, uuid), at=SINCE)
    assert SECRET in raw(meseret, "grievance")
    assert SECRET in raw(meseret, "screeninganswer")
    assert SECRET.encode() in b"".join(bodies(meseret))


def raw(desk: Store, table: str) -> str:
    with desk.plain() as connection:
        return repr(connection.execute(f'SELECT * FROM main."{table}"').fetchall())


def bodies(desk: Store) -> list[bytes]:
    with desk.plain() as connection:
        return [row[0] for row in connection.execute("SELECT body FROM main.journal WHERE body IS NOT NULL")]


def test_what_is_added_later_is_sealed_too_and_a_restricted_person_keeps_her_own_seal(
    pair: tuple[Store, Store],
) -> None:
    meseret, _ = pair
    almaz, hirut = clients_of(meseret, "Almaz", "Hirut")
    uuid, _ = case(meseret, almaz, hirut, named=(meseret.officer, officer(meseret, "sara")))
    with meseret.change(by=meseret.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=almaz, officers=[meseret.officer], since=SINCE)
    with meseret.change(by=meseret.officer, do="grievance_people.decide") as session:
        (hers,) = [one for one, person in grievances.complainants(session, uuid) if person.uuid == hirut]
        grievance_people.decide(
            session, [hers], outcome="settled", on=TODAY, by=meseret.officer, today=TODAY, note="a quiet sum"
        )
    assert "a quiet sum" not in raw(meseret, "complainant")
    with meseret.change(by=meseret.officer, do="grievances.lift") as session:
        grievances.lift(session, grievances.by_uuid(session, uuid), at=SINCE)
    assert "a quiet sum" in raw(meseret, "complainant")
    assert SECRET not in raw(meseret, "screeninganswer"), "she herself is still kept apart"
    with meseret.change(by=meseret.officer, do="restrictions.lift") as session:
        restrictions.lift(session, client=almaz, at=SINCE)
    assert SECRET in raw(meseret, "screeninganswer")


def test_lifting_her_own_restriction_leaves_the_case_sealed(pair: tuple[Store, Store]) -> None:
    meseret, _ = pair
    (almaz,) = clients_of(meseret, "Almaz")
    with meseret.change(by=meseret.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=almaz, officers=[meseret.officer], since=SINCE)
    case(meseret, almaz, named=(meseret.officer, officer(meseret, "sara")))
    with meseret.change(by=meseret.officer, do="restrictions.lift") as session:
        restrictions.lift(session, client=almaz, at=SINCE)
    assert SECRET not in raw(meseret, "screeninganswer")
    with meseret.read() as session:
        assert grievance_screening.sheets(session, almaz)[0].answers[0].words == SECRET


def test_a_case_is_closed_to_who_may_not_see_one_of_its_people(pair: tuple[Store, Store]) -> None:
    meseret, abebe = pair
    almaz, hirut = clients_of(meseret, "Almaz", "Hirut")
    uuid, number = case(meseret, almaz, hirut)
    with abebe.read() as session:
        assert grievances.by_number(session, number).uuid == uuid
    with meseret.change(by=meseret.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=hirut, officers=[meseret.officer], since=SINCE)
    assert case_lists.case_count(abebe) == 0
    assert SECRET not in str(told(abebe))
    with abebe.read() as session, pytest.raises(MrcError):
        grievances.by_number(session, number)
    assert [found.name for found in search.find(abebe, "almaz")] == ["Almaz"]


def test_erasing_one_of_several_leaves_the_case_and_erasing_the_last_takes_it(pair: tuple[Store, Store]) -> None:
    meseret, _ = pair
    almaz, hirut = clients_of(meseret, "Almaz", "Hirut")
    uuid, _number = case(meseret, almaz, hirut)
    erase(meseret, almaz)
    with meseret.read() as session:
        left = grievances.complainants(session, uuid)
        assert [person.given for _one, person in left] == ["Hirut"]
        assert grievance_events.of_case(session, uuid)[-1].note == SECRET
    erase(meseret, hirut)
    assert SECRET.encode() not in b"".join(bodies(meseret))
    assert all(SECRET not in raw(meseret, table) for table in ("grievance", "respondent", "grievanceevent", "evidence"))
    assert case_lists.case_count(meseret) == 0


def test_a_case_whose_people_are_all_to_be_erased_is_hidden_at_once(pair: tuple[Store, Store]) -> None:
    meseret, _ = pair
    almaz, hirut = clients_of(meseret, "Almaz", "Hirut")
    _uuid, _number = case(meseret, almaz, hirut)
    for count, one in ((1, almaz), (0, hirut)):
        with meseret.change(by=meseret.officer, do="erasures.ask") as session:
            ask(session, client=session.exec(select(Client).where(Client.uuid == one)).one(), because="asked",
                on=TODAY, by=meseret.officer)  # fmt: skip
        assert case_lists.case_count(meseret) == count


def erase(desk: Store, client: str) -> None:
    with desk.change(by=desk.officer, do="erasures.ask") as session:
        person = session.exec(select(Client).where(Client.uuid == client)).one()
        (asked,) = ask(session, client=person, because="asked", on=TODAY, by=desk.officer)
        confirm(session, asked, on=date(2026, 11, 21), by=desk.officer)
    erasing.carry_out(desk, [client])


def test_a_file_from_before_there_were_cases_asks_for_none(pair: tuple[Store, Store]) -> None:
    meseret, _ = pair
    with meseret.plain() as connection:
        assert {"complainant", "evidence", "claim"} <= set(cases.tables(connection))
        connection.execute("BEGIN")
        connection.execute("DELETE FROM kind WHERE name = 'complainant'")
        assert cases.tables(connection) == []
        assert cases.around(connection, {"a"}) == {"a"}
        assert cases.only_theirs(connection, {"a"}) == set()
        assert not cases.is_case(connection, "a")
        connection.execute("ROLLBACK")
