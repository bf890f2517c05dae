"""The table of rights from outside the screen: every action × every role; an action without a rule fails here."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import aliased
from sqlmodel import func, select

import mrc_app.casework
import mrc_app.corridors
import mrc_app.store
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling import Contact
from mrc_app.errors import NotAllowed
from mrc_app.store import journal, lists, officers, refusals, search
from mrc_app.store.centre import Store
from mrc_app.store.kinds import kinds
from mrc_app.store.roles import MATRIX, May, Refused, Role, may
from tests.make import make_client, make_store

EVERYBODY = {
    "casework.centres.the_centre": "the centre's name stands on every page",
    "corridors.accepted.corridor": "no client in it",
    "corridors.accepted.corridors": "no client in it",
    "corridors.accepted.to_review": "no client in it",
    "corridors.accepted.without_overrides": "no client in it",
    "corridors.confirmations.latest": "no client in it",
    "corridors.overrides.overrides": "no client in it",
    "corridors.reference_packs.accepted": "no client in it",
    "corridors.reference_packs.items": "no client in it",
    "corridors.reference_packs.packs": "no client in it",
    "corridors.services.services": "no client in it",
    "corridors.services.to_check": "no client in it",
    "store.journal.sign": "the program's own step before an export",
    "store.officers.by_login": "colleagues are no secret",
    "store.officers.by_login_ever": "colleagues are no secret",
    "store.officers.officers": "colleagues are no secret",
    "store.officers.signing_in_as": "colleagues are no secret",
    "store.people.set_password": "asks by itself: for one's own one right, for a colleague's another",
    "store.records.added": "a step of actions that ask by themselves",
    "store.refusals.bring_in": "the program's own step at sign-in",
    "store.saved_files.note": "the program's own step after something was saved",
    "store.saved_files.remove_about": "a step of an erasure that a supervisor confirmed",
}
"""Functions that every role may call, and why."""
BELOW = frozenset({
    "backup", "bulk", "capture", "centre", "conflicts", "copies", "drafts", "engine", "erasing", "folding",
    "going_back", "guards", "heads", "hints", "identity", "keys", "kinds", "locking", "logins", "making",
    "manifests", "numbers", "opening", "patience", "pins", "raw", "receiving", "restoring", "roles", "room", "rows",
    "same_person", "schema", "sealing", "search_index", "seeing", "stick", "swapping", "tables", "unlocking",
    "upgrades", "verify", "visibility",
})  # fmt: skip
"""Parts of the store below the officers' actions: they are handed a connection, or act for the program."""
PACKAGES = {"casework": mrc_app.casework, "corridors": mrc_app.corridors, "store": mrc_app.store}


def actions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function whose first argument is a session or the open store, by name."""
    for package, module in PACKAGES.items():
        for found in pkgutil.iter_modules(module.__path__):
            if found.ispkg or (package == "store" and found.name in BELOW):
                continue
            loaded = importlib.import_module(f"mrc_app.{package}.{found.name}")
            for name, function in inspect.getmembers(loaded, inspect.isfunction):
                first = next(iter(inspect.signature(function).parameters), "")
                if name[0] != "_" and function.__module__ == loaded.__name__ and first in ("session", "store"):
                    yield f"{package}.{found.name}.{name}", function


ACTIONS = dict(actions())
RULED = {name: function for name, function in ACTIONS.items() if hasattr(function, "needs")}


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Role, Store]]:
    """One file, opened by an officer of every role; one client in it."""
    supervisor = make_store(tmp_path_factory.mktemp("roles"))
    with supervisor.change(by=supervisor.officer, do="officers.add") as session:
        for role in Role:
            officers.add(session, name=role.label, login=role.value, role=role)
        make_client(session, call_name="Tigist", given="Tigist", phone="+251911234567")
    opened = {role: Store(supervisor.path, supervisor.key, role.value, "this computer") for role in Role}
    yield opened
    for desk in [supervisor, *opened.values()]:
        desk.close()


def call(desk: Store, function: Callable[..., Any]) -> None:
    """Calls an action with nothing sensible in it: whoever may, gets further than the table of rights."""
    wanted = [one for one in inspect.signature(function).parameters.values() if one.default is one.empty]
    named = {one.name: None for one in wanted[1:] if one.kind in (one.KEYWORD_ONLY, one.POSITIONAL_OR_KEYWORD)}
    if wanted[0].name == "store":
        function(desk, **named)
        return
    with desk.change(by=desk.officer, do="test") as session:
        function(session, **named)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_every_action_has_a_rule_in_the_table(name: str) -> None:
    assert hasattr(ACTIONS[name], "needs") or name in EVERYBODY, f"{name} checks no right: mark it with roles.needs"


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("name", sorted(RULED))
def test_an_action_is_refused_to_every_role_without_the_right(name: str, role: Role, desks: dict[Role, Store]) -> None:
    right: May = RULED[name].needs  # type: ignore[attr-defined]
    refused = False
    try:
        call(desks[role], RULED[name])
    except Refused as said:
        refused = said.right is right
        assert refused, said
    except Exception:  # noqa: BLE001 - nonsense was handed in; only the table of rights is asked here
        pass
    assert refused is not may(role, right)


def test_the_table_says_of_every_right_who_holds_it_and_why() -> None:
    assert set(MATRIX) == set(May)
    for rule in MATRIX.values():
        assert rule.why.endswith(".") and Role.SUPERVISOR in rule.roles


def test_the_roles_are_kept_apart_as_promised() -> None:
    reads = {role: {right for right in May if may(role, right)} for role in Role}
    assert May.COUNT in reads[Role.DATA_OFFICER] and May.SEE_NAMES not in reads[Role.DATA_OFFICER]
    assert {May.KEEP_PEOPLE, May.BACK_UP} <= reads[Role.ADMINISTRATOR]
    assert not reads[Role.ADMINISTRATOR] & {May.SEE_NAMES, May.COUNT, May.READ_JOURNAL, May.TAKE_OUT}
    assert not reads[Role.CASEWORKER] & {May.KEEP_PEOPLE, May.ERASE, May.TAKE_OUT, May.SEE_REFUSALS}


@pytest.mark.parametrize("role", [Role.DATA_OFFICER, Role.ADMINISTRATOR])
def test_names_are_read_through_no_select(role: Role, desks: dict[Role, Store]) -> None:
    other = aliased(Client)
    inner = select(Client).subquery()
    asked: tuple[Any, ...] = (
        select(Client), select(Client.given), select(other), select(other.call_name),
        select(func.count()).where(Client.given == "Tigist"), select(Contact), select(Contact.note),
        select(inner.c.given), select(func.max(Client.phone)), select(Client.number).order_by(Client.given),
        select(Client.number, Contact.note).join(Contact, Contact.client == Client.uuid),
    )  # fmt: skip
    for statement in asked:
        with pytest.raises(NotAllowed), desks[role].read() as session:
            session.exec(statement).all()
    with pytest.raises(NotAllowed), desks[role].read() as session:
        session.get(Client, 1)
    for ask in (lists.clients, journal.entries, journal.audit, lambda desk: search.find(desk, "tig")):
        with pytest.raises(NotAllowed):
            ask(desks[role])


def test_a_data_officer_counts_without_names(desks: dict[Role, Store]) -> None:
    desk = desks[Role.DATA_OFFICER]
    assert lists.client_count(desk) == 1
    with desk.read() as session:
        assert session.exec(select(func.count()).select_from(Client)).one() == 1
        assert session.exec(select(Client.sex, func.count()).group_by(Client.sex)).all()
    with desk.plain() as connection:
        assert connection.execute("SELECT given, phone FROM temp.seen_client").fetchall() == [("", "")]
        assert connection.execute("SELECT count(*) FROM temp.seen_journal").fetchone() == (0,)


def test_an_administrator_does_not_even_count(desks: dict[Role, Store]) -> None:
    desk = desks[Role.ADMINISTRATOR]
    with pytest.raises(NotAllowed):
        lists.client_count(desk)
    with pytest.raises(NotAllowed), desk.read() as session:
        session.exec(select(func.count()).select_from(Client)).one()
    with desk.plain() as connection:
        for kind in kinds().values():
            if kind.subject:
                assert connection.execute(f'SELECT count(*) FROM temp."seen_{kind.name}"').fetchone() == (0,)


def test_a_refusal_is_kept_with_who_and_what_and_without_a_word_of_the_record(tmp_path: Path) -> None:
    supervisor = make_store(tmp_path)
    with supervisor.change(by=supervisor.officer, do="officers.add") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
        make_client(session, call_name="Tigist", given="Tigist")
    dawit = Store(supervisor.path, supervisor.key, "dawit", "this computer")
    with pytest.raises(NotAllowed):
        lists.tasks(dawit, date(2026, 12, 31))
    with pytest.raises(NotAllowed), dawit.read() as session:
        session.exec(select(Client)).all()
    with pytest.raises(NotAllowed), dawit.change(by=dawit.officer, do="clients.register") as session:
        make_client(session, call_name="Hirut")
    with pytest.raises(NotAllowed):
        refusals.refusals(dawit)
    kept = refusals.refusals(supervisor)
    assert [(one.name, one.did, one.what, one.kind) for one in kept] == [
        ("Dawit", "see_refusals", "see_refusals", ""),
        ("Dawit", "clients.register", "register", ""),
        ("Dawit", "read", "see_names", "client"),
        ("Dawit", "see_names", "see_names", ""),
    ]
    assert "Tigist" not in str(kept) and "Hirut" not in str(kept)
    dawit.close()
    supervisor.close()
