"""An outreach file: what is in it, what is not, and how it comes home."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mrc_app import store
from mrc_app.casework import agenda, clients, counselling
from mrc_app.casework.clients import Client
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.store import journal, keys, officers, outreach, people, receiving, restrictions, search
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, TODAY, make_client, make_store, new_store

AWAY = "tables in the park"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """The least costly guess the program still accepts."""
    monkeypatch.setattr(keys, "COST", keys.FLOOR)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the outreach file goes."""
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / "park.mrc"


@pytest.fixture
def liza(centre: Store) -> str:
    """A client with a task for today."""
    with centre.change(by=centre.officer, do="clients.register") as session:
        client = make_client(
            session, call_name="Liza", father="Perez", phone="+85251234567", desk_code=centre.desk_code
        )
        counselling.record(
            session, client=client.uuid, on=TODAY, officer=centre.officer, mode="centre", minutes=10, result="dismissed"
        )
        agenda.add(
            session, due=TODAY, text="Labour Department", on=TODAY, by=centre.officer, client=client.uuid, kind="visit"
        )
        return client.uuid


@pytest.fixture
def others(centre: Store) -> list[str]:
    """Clients who stay, one of them due next month, and a task about nobody that names one of them."""
    made = []
    with centre.change(by=centre.officer, do="clients.register") as session:
        for number, name in enumerate(("Zerihun", "Kokobe", "Wubit")):
            client = make_client(session, call_name=name, father="Absent", phone=f"+25191112223{number}")
            agenda.add(
                session, due=TODAY + timedelta(days=30), text=f"call {name}", on=TODAY, by=centre.officer,
                client=client.uuid, kind="call",
            )  # fmt: skip
            made.append(client.uuid)
        agenda.add(session, due=TODAY, text="ask Zerihun's brother", on=TODAY, by=centre.officer)
    return made


@pytest.fixture
def away(centre: Store, liza: str, others: list[str], out: Path) -> Iterator[Store]:
    """The outreach file, open on another computer."""
    outreach.make(centre, [liza], out, password=AWAY)
    opened = store.open(out, login=LOGIN, password=AWAY, settings=out.parent)
    yield opened
    opened.close()


def _everything(opened: Store) -> bytes:
    """Every byte of every table, unlocked."""
    with opened.plain() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return b"\n".join(repr(connection.execute(f'SELECT * FROM "{name}"').fetchall()).encode() for name in names)


def _client(opened: Store, uuid: str) -> dict[str, object]:
    with opened.read() as session:
        return clients.by_uuid(session, uuid).model_dump(exclude={"id"})


def _amend(opened: Store, uuid: str, **changes: object) -> None:
    with opened.change(by=opened.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, uuid), changes=changes, on=TODAY, home="ET")


def test_todays_queue_is_who_has_something_due_today_or_late(centre: Store, liza: str, others: list[str]) -> None:
    assert outreach.queue(centre, TODAY) == [liza]
    assert outreach.queue(centre, TODAY - timedelta(days=1)) == []
    assert set(outreach.queue(centre, TODAY + timedelta(days=30))) == {liza, *others}


def test_who_is_chosen_is_there_whole(centre: Store, away: Store, liza: str) -> None:
    assert _client(away, liza) == _client(centre, liza)
    assert [one.uuid for one in search.find(away, "liza")] == [liza]
    with away.read() as session:
        assert [contact.result for contact in counselling.of_client(session, liza)] == ["dismissed"]
        assert [due.task.text for due in agenda.due(session, TODAY)] == ["Labour Department"]
    assert away.centre() == centre.centre()
    assert away.officer == centre.officer
    assert journal.audit(away).intact


def test_who_is_not_chosen_is_nowhere_in_the_unlocked_file(away: Store, others: list[str]) -> None:
    whole = _everything(away)
    assert b"Liza" in whole
    for trace in [*others, "Zerihun", "Kokobe", "Wubit", "Absent", "25191112223"]:
        assert trace.encode() not in whole, trace


def test_the_file_opens_with_its_own_password_and_with_no_other(away: Store, out: Path) -> None:
    with pytest.raises(NotAllowed):
        store.open(out, login=LOGIN, password=PASSWORD, settings=out.parent)
    with pytest.raises(Invalid):
        outreach.make(make_store(out.parent), [], out.parent / "b.mrc", password=AWAY)


def test_numbers_given_outside_never_clash(centre: Store, away: Store) -> None:
    made = []
    for opened in (centre, away):
        with opened.change(by=opened.officer, do="clients.register") as session:
            made.append(make_client(session, call_name="Awa", desk_code=opened.desk_code).number)
    assert len(set(made)) == 2
    assert (centre.desk, centre.node) != (away.desk, away.node)
    assert centre.desk_code != away.desk_code


def test_edits_on_both_sides_converge_and_a_contradiction_stays_in_sight(
    centre: Store, away: Store, liza: str, out: Path
) -> None:
    _amend(away, liza, phone="+85298765432")
    _amend(centre, liza, district="Sham Shui Po")
    _amend(away, liza, father="Peres")
    _amend(centre, liza, father="Perezz")
    with away.change(by=away.officer, do="clients.register") as session:
        new = make_client(session, call_name="Dewi", desk_code=away.desk_code).uuid
    away.draft_save("register", {"person": "half"})
    away.draft_save("queue_day", {"places": []}, shared=True)
    came = outreach.come_home(centre, out)
    assert (came.clients, came.conflicts, came.drafts, came.held_back) == (1, 1, 2, 0)
    here = _client(centre, liza)
    assert (here["phone"], here["district"]) == ("+85298765432", "Sham Shui Po")
    assert _client(centre, new)["call_name"] == "Dewi"
    assert centre.draft("register") == {"person": "half"}
    assert centre.draft("queue_day", shared=True) == {"places": []}
    with centre.plain() as connection:
        back = list(journal.rows_of(connection, centre.node))
    receiving.apply(away, [row for row in back if row.subject == liza])
    assert _client(away, liza) == here
    assert journal.audit(centre).intact


def test_a_second_homecoming_changes_nothing(centre: Store, away: Store, liza: str, out: Path) -> None:
    _amend(away, liza, phone="+85298765432")
    first = outreach.come_home(centre, out)
    head = journal.audit(centre).head
    again = outreach.come_home(centre, out)
    assert first.new == 1
    assert (again.new, again.clients, journal.audit(centre).head) == (0, 0, head)


def test_what_was_written_after_coming_home_comes_home_the_next_time(
    centre: Store, away: Store, liza: str, out: Path
) -> None:
    outreach.come_home(centre, out)
    _amend(away, liza, district="Kwun Tong")
    with pytest.raises(MrcError, match="Bring it home first"):
        outreach.destroy(centre, out)
    outreach.come_home(centre, out)
    assert _client(centre, liza)["district"] == "Kwun Tong"


def test_another_centres_file_is_refused_and_nothing_is_taken_in(tmp_path: Path, away: Store, out: Path) -> None:
    (tmp_path / "other").mkdir()
    other = new_store(tmp_path / "other", centre="Another centre")
    before = journal.audit(other).head
    with pytest.raises(MrcError, match="not an outreach file of this centre"):
        outreach.come_home(other, out)
    with pytest.raises(MrcError, match="another centre"):
        outreach.come_home(other, out, password=AWAY)
    assert journal.audit(other).head == before
    other.close()


def test_an_ordinary_centre_file_is_no_outreach_file(tmp_path: Path, centre: Store) -> None:
    (tmp_path / "twin").mkdir()
    twin = make_store(tmp_path / "twin")
    twin.close()
    with pytest.raises(CannotRead, match="not an outreach file"):
        outreach.come_home(centre, twin.path, password=PASSWORD)


def test_destroyed_is_gone_with_keys_and_papers(centre: Store, away: Store, out: Path) -> None:
    away.close()
    outreach.come_home(centre, out)
    outreach.destroy(centre, out)
    assert [path for path in out.parent.iterdir() if path.name.startswith("park")] == []
    with centre.plain() as connection:
        assert connection.execute("SELECT count(*) FROM meta WHERE key LIKE 'outreach:%'").fetchone()[0] == 0


def test_a_restricted_client_goes_along_only_with_an_officer_who_is_named(
    tmp_path: Path, centre: Store, liza: str, out: Path
) -> None:
    with centre.change(by=centre.officer, do="officers.add") as session:
        officers.add(session, name="Abebe", login="abebe", role=Role.CASEWORKER)
    people.set_password(centre, "abebe", "another long word")
    with centre.change(by=centre.officer, do="restrictions.restrict") as session:
        restrictions.restrict(session, client=liza, officers=[centre.officer], since="2026-11-20T08:00:00Z")
    abebe = store.open(centre.path, login="abebe", password="another long word", settings=tmp_path)
    assert outreach.queue(abebe, TODAY) == []
    with pytest.raises(Invalid, match="may not see"):
        outreach.make(abebe, [liza], out, password=AWAY)
    assert not out.exists()
    abebe.close()
    outreach.make(centre, [liza], out, password=AWAY)
    mine = store.open(out, login=LOGIN, password=AWAY, settings=tmp_path)
    assert _client(mine, liza)["call_name"] == "Liza"
    _amend(mine, liza, district="Kwun Tong")
    mine.close()
    outreach.come_home(centre, out)
    assert _client(centre, liza)["district"] == "Kwun Tong"


def test_a_data_officer_takes_nobody_along(tmp_path: Path, centre: Store, liza: str, out: Path) -> None:
    with centre.change(by=centre.officer, do="officers.add") as session:
        officers.add(session, name="Hana", login="hana", role=Role.DATA_OFFICER)
    people.set_password(centre, "hana", "another long word")
    hana = store.open(centre.path, login="hana", password="another long word", settings=tmp_path)
    for act in (
        lambda: outreach.make(hana, [liza], out, password=AWAY),
        lambda: outreach.queue(hana, TODAY),
        lambda: outreach.come_home(hana, out),
        lambda: outreach.destroy(hana, out),
    ):
        with pytest.raises(NotAllowed):
            act()
    hana.close()


def test_two_records_of_one_person_go_along_together(centre: Store, liza: str, others: list[str], out: Path) -> None:
    from mrc_app.casework import duplicates

    with centre.change(by=centre.officer, do="duplicates.merge") as session:
        one, other = clients.by_uuid(session, liza), session.get_one(Client, clients.by_uuid(session, others[0]).id)
        duplicates.merge(session, one=one, other=other, by=centre.officer, on=TODAY)
    assert outreach.make(centre, [liza], out, password=AWAY).clients == 2


def test_nothing_half_made_stays_when_the_password_is_weak_or_a_file_is_in_the_way(
    centre: Store, liza: str, out: Path
) -> None:
    with pytest.raises(Invalid):
        outreach.make(centre, [liza], out, password="short")
    assert list(out.parent.iterdir()) == []
    out.write_bytes(b"mine")
    with pytest.raises(MrcError, match="exists already"):
        outreach.make(centre, [liza], out, password=AWAY)
    assert out.read_bytes() == b"mine"
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_the_commands_pack_bring_home_destroy_and_lock_down(
    centre: Store, liza: str, others: list[str], out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mrc_app.cli import app

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    at = ["--centre", str(centre.path), "--user", LOGIN, "--json"]

    def ran(*words: str) -> dict[str, object]:
        answer = CliRunner().invoke(app, [*words, *at])
        assert answer.exit_code == 0, answer.output + repr(answer.exception)
        found: dict[str, object] = json.loads(answer.stdout)
        return found

    packed = ran("outreach-pack", "--out", str(out), "--today", TODAY.isoformat())
    assert (packed["clients"], packed["left_out"]) == (1, 0)
    assert ran("outreach-home", str(out), "--destroy")["destroyed"] is True
    assert not out.exists()
    assert ran("lockdown")["locked_down"] is True
    assert ran("lockdown", "--end")["locked_down"] is False
