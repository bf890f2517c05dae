"""An outsider's output with and without a restricted client is the same to the byte, from outside the screen.

Two centres are made alike: the same random numbers, the same clock, the same people. In one of them there is one client
more, restricted to the supervisor. Whatever a colleague asks, both answer with the same bytes.
"""

from __future__ import annotations

import json
import random
import secrets
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mrc_app import cli, store
from mrc_app.casework import agenda, clients, counselling, duplicate_search, timeline
from mrc_app.store import keys, lists, people, records, restrictions, rows, verify
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, PASSWORD, TODAY, make_client, new_store

HERS = "green hills of Gondar"
FIELDS = 'given = "Tigist"\nfather = "Alemu"\nphone = "+251911234567"\nsex = "f"\n'


class Dice:
    """Random numbers and a clock that are the same in both centres."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.random, self.ticks = random.Random(7), 0
        monkeypatch.setattr(secrets, "token_hex", lambda n=16: self.random.randbytes(n).hex())
        monkeypatch.setattr(rows, "now_text", lambda: "2026-11-20T08:00:00.000Z")
        monkeypatch.setattr(rows, "wall", lambda: 1_800_000_000_000 * rows.TICKS)
        for module in (records, rows):
            if hasattr(module, "token_hex"):
                monkeypatch.setattr(module, "token_hex", secrets.token_hex)
        self.monkeypatch = monkeypatch

    def restart(self) -> None:
        self.random = random.Random(7)


def register(desk: Store, name: str, **over: object) -> str:
    with desk.change(by=desk.officer, do="clients.register") as session:
        made = make_client(session, call_name=name, given=name, **over)
        contact = counselling.record(
            session,
            client=made.uuid,
            on=TODAY,
            officer=desk.officer,
            note=f"{name} asks",
            follow_up_on=date(2026, 12, 1),
        )
        agenda.follow_up(session, contact, by=desk.officer)
        return made.uuid


def centre(folder: Path, dice: Dice, hidden: bool) -> Path:
    """A centre with three clients everybody sees; with ``hidden``, a fourth, restricted to the supervisor."""
    folder.mkdir()
    dice.restart()
    desk = new_store(folder)
    people.add(desk, name="Abebe", login="abebe", role=Role.CASEWORKER, password=HERS)
    people.add(desk, name="Dawit", login="dawit", role=Role.DATA_OFFICER, password=HERS)
    for name in ("Hirut", "Zewditu", "Almaz"):
        register(desk, name, father="Alemu")
    if hidden:
        uuid = register(desk, "Tigist", father="Alemu", phone="+251911234567", native="ትግስት")
        with desk.change(by=desk.officer, do="restrictions.restrict") as session:
            restrictions.restrict(session, client=uuid, officers=[desk.officer], since="2026-11-20T08:00:00Z")
    desk.close()
    return folder / "centre.mrc"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both centres, made once; every test works on a copy."""
    folder = tmp_path_factory.mktemp("outsider")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(keys, "COST", keys.FLOOR)
        patched.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        dice = Dice(patched)
        centre(folder / "without", dice, hidden=False)
        centre(folder / "with", dice, hidden=True)
    return folder


@pytest.fixture
def pair(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setattr(keys, "COST", keys.FLOOR)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    if (made / "config").exists():
        shutil.copytree(made / "config", tmp_path / "config")
    for name in ("without", "with"):
        shutil.copytree(made / name, tmp_path / name)
    return tmp_path / "without" / "centre.mrc", tmp_path / "with" / "centre.mrc"


def said(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(list(arguments))
    out = capfd.readouterr()
    return code, out.out, out.err


COMMANDS: dict[str, Callable[[Path], list[str]]] = {
    "find": lambda tmp: ["find", "tigist", "--json"],
    "find by phone": lambda tmp: ["find", "1234567", "--json"],
    "find everybody": lambda tmp: ["find", "alemu", "--json"],
    "case": lambda tmp: ["case", "NUMBER4", "--json", "--today", "2026-11-21"],
    "her own case": lambda tmp: ["case", "NUMBER1", "--json", "--today", "2026-11-21"],
    "duplicates": lambda tmp: ["duplicates", str(tmp / "fields.toml"), "--json", "--today", "2026-11-21"],
    "journal of a client": lambda tmp: ["audit", "--client", "NUMBER4", "--json"],
    "amend": lambda tmp: ["amend", "--client", "NUMBER4", "father=Kebede", "--json"],
    "restrict": lambda tmp: ["restrict", "NUMBER4", "--officers", "abebe"],
    "lift": lambda tmp: ["lift", "NUMBER4"],
    "merge": lambda tmp: ["merge", "NUMBER1", "NUMBER4"],
    "caseload": lambda tmp: ["caseload", LOGIN, "--json"],
    "users": lambda tmp: ["users", "list", "--json"],
    "guide": lambda tmp: [
        "guide", "departure", "--language", "en", "--corridor", "ET-SA", "--client", "NUMBER4", "--out",
        str(tmp / "g.pdf"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("what", list(COMMANDS))
def test_a_command_says_the_same_to_an_outsider(
    what: str, pair: tuple[Path, Path], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "fields.toml").write_text(FIELDS, "utf-8")
    (tmp_path / "password").write_text(HERS, "utf-8")
    answers = []
    for path in pair:
        numbers = client_numbers(path)
        asked = [numbers.get(word, word) for word in COMMANDS[what](tmp_path)]
        whole = ["--centre", str(path), "--user", "abebe", "--password-file", str(tmp_path / "password")]
        answers.append(said(capfd, *asked, *whole))
    assert answers[0] == answers[1]
    assert "Tigist" not in answers[1][1] + answers[1][2]


def client_numbers(path: Path) -> dict[str, str]:
    """The numbers of the four clients; the fourth is the next one where she does not exist."""
    desk = store.open(path, login=LOGIN, password=PASSWORD, settings=path.parent)
    rows_ = sorted(lists.clients(desk), key=lambda row: int(row.number.split("-")[2]))
    desk.close()
    found = {f"NUMBER{place}": row.number for place, row in enumerate(rows_, 1)}
    from mrc_app.store.numbers import check_character

    code, year = rows_[0].number.split("-")[:2]
    return {**found, "NUMBER4": f"{code}-{year}-4-{check_character(f'{code}-{year}-4')}"}


def answers(desk: Store) -> bytes:
    """Everything the program tells an officer without a command."""
    told: dict[str, object] = {
        "clients": lists.clients(desk), "count": lists.client_count(desk), "tasks": lists.tasks(desk, date(2027, 1, 1)),
        "like her": duplicate_search.look(desk, {"given": "Tigist", "father": "Alemu"}, today=TODAY),
        "ask": duplicate_search.ask_supervisor(desk, {"given": "Tigist", "phone": "+251911234567"}, today=TODAY),
    }  # fmt: skip
    with desk.read() as session:
        told["due"] = [
            (one.task.uuid, one.client and one.client.number) for one in agenda.due(session, date(2027, 1, 1))
        ]
        told["late"] = agenda.overdue(session, date(2027, 1, 1))
        told["day"] = [one.uuid for one in counselling.on_day(session, TODAY)]
        told["stories"] = [
            [str(entry) for entry in timeline.of_client(session, clients.by_uuid(session, row.uuid))]
            for row in lists.clients(desk)
        ]
    return json.dumps(told, default=str, sort_keys=True).encode()


def test_lists_counts_agenda_timeline_and_duplicates_are_the_same_bytes(pair: tuple[Path, Path]) -> None:
    told = []
    for path in pair:
        desk = store.open(path, login="abebe", password=HERS, settings=path.parent)
        told.append(answers(desk))
        desk.close()
    assert told[0] == told[1]
    assert len(told[0]) > 1000


def test_a_damage_report_counts_what_one_may_see(pair: tuple[Path, Path]) -> None:
    told = []
    for path in pair:
        found = verify.verify(path, login="abebe", password=HERS, settings=path.parent)
        told.append((found.records, found.ok, found.problems))
    assert told[0] == told[1] and told[0][1]


def test_a_data_officer_counts_the_same(pair: tuple[Path, Path]) -> None:
    counted = []
    for path in pair:
        desk = store.open(path, login="dawit", password=HERS, settings=path.parent)
        with desk.plain() as connection:
            counted.append((lists.client_count(desk), connection.execute("SELECT * FROM temp.seen_client").fetchall()))
        desk.close()
    assert counted[0] == counted[1]


def test_who_is_named_is_told_of_her(pair: tuple[Path, Path]) -> None:
    told = []
    for path in pair:
        desk = store.open(path, login=LOGIN, password=PASSWORD, settings=path.parent)
        told.append(answers(desk))
        desk.close()
    assert told[0] != told[1] and b"Tigist" in told[1]


def test_the_clock_of_the_test_is_not_the_programs() -> None:
    assert rows.now_text()[:4] == str(datetime.now(UTC).year)
