"""What people do at the desks of a fleet. Whatever is not possible where they sit is left undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlmodel import select

from mrc_app.casework import duplicates, erasures
from mrc_app.casework.client_words import Sex
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import Consent, State
from mrc_app.casework.duplicates import Link
from mrc_app.casework.households import Household, Membership
from mrc_app.errors import MrcError
from mrc_app.exchange import settling
from mrc_app.store import erasing, receiving, restrictions, rows
from mrc_app.store.capture import ERASE
from mrc_app.store.erasures import Erasure
from mrc_app.store.restrictions import Restriction
from mrc_app.store.rows import Row
from mrc_app.store.tables import Tables
from tests.exchange.fleet import Desk, Fleet
from tests.exchange.fleet_memory import LATER, Screen
from tests.make import TODAY, make_client

DAY = "2026-11-20T09:00:00Z"


class Work:
    """The people of a fleet. Records are chosen by number among those that stand where somebody sits."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet, self.n = fleet, 0
        self.screens: dict[tuple[int, str], Screen] = {}
        self.typed: dict[str, str] = {}
        self.officers: list[str] = []
        for desk in fleet.desks:
            self.officers.append(desk.store.officer)

    def word(self) -> str:
        """Something nobody has typed before."""
        self.n += 1
        return f"w{self.n}w"

    def pick(self, session: Any, kind: Any, which: int) -> Any:
        """One of the records of a kind this officer sees."""
        found = list(session.exec(select(kind).order_by(kind.uuid)))
        return found[which % len(found)] if found else None

    def do(self, desk: Desk, what: str, which: int, n: int) -> None:
        """One thing somebody does."""
        kind = (Household, Membership, Client)[n % 3]
        done: dict[str, Callable[[], Any]] = {
            "register": lambda: self.register(desk),
            "look": lambda: self.look(desk, (Client, Consent, Household, Membership)[n % 4], which),
            "move": lambda: self.move(desk, which, n),
            "remove": lambda: self.remove(desk, kind, which, True),
            "bring back": lambda: self.remove(desk, kind, which, False),
            "settle": lambda: self.settle(desk, which, n),
            "withdraw": lambda: self.answer(desk, which, State.WITHDRAWN),
            "answer": lambda: self.answer(desk, which, (State.GIVEN, State.REFUSED)[n % 2]),
            "restrict": lambda: self.restrict(desk, which, range(n % 3)),
            "grant": lambda: self.grant(desk, which, n),
            "lift": lambda: self.lift(desk, which, False),
            "restrict again": lambda: self.lift(desk, which, True),
            "ask": lambda: self.ask_erasure(desk, which),
            "confirm": lambda: self.end_erasure(desk, which, True),
            "take back": lambda: self.end_erasure(desk, which, False),
            "merge": lambda: self.merge(desk, which, n),
            "unmerge": lambda: self.unmerge(desk, which),
            "merge again": lambda: self.unmerge(desk, which, True),
            "newer": lambda: self.newer(desk, which, n),
        }
        if what in done:
            done[what]()
        else:
            getattr(self, what)(desk, which)

    # -- records

    def register(self, desk: Desk) -> str:
        """A client comes for the first time."""
        with self.fleet.unit(desk, "register") as session:
            return make_client(session, call_name=self.word(), desk_code=desk.store.desk_code).uuid

    def look(self, desk: Desk, kind: Any, which: int) -> None:
        """Somebody opens a form and goes for tea."""
        store = self.fleet.at(desk)
        with store.read() as session:
            thing = self.pick(session, kind, which)
            if thing is not None:
                screen = self.fleet.memory.open_form(store, session, thing)
                self.screens[self.fleet.desks.index(desk), thing.uuid] = screen

    def amend(self, desk: Desk, do: str, kind: Any, which: int, **values: Any) -> None:
        """Changes a record; where a form of it stands open, that form is saved."""
        with self.fleet.at(desk).read() as session:
            thing = self.pick(session, kind, which)
            if thing is None or all(getattr(thing, name) == value for name, value in values.items()):
                return
            uuid = thing.uuid
        screen = self.screens.pop((self.fleet.desks.index(desk), uuid), None)
        with self.fleet.unit(desk, do, [screen] if screen else ()) as session:
            thing = session.exec(select(kind).where(kind.uuid == uuid)).one()
            for name, value in values.items():
                setattr(thing, name, value)
            session.add(thing)

    def edit(self, desk: Desk, which: int) -> None:
        """One field of a client."""
        self.amend(desk, "edit", Client, which, district=self.word())

    def sex(self, desk: Desk, which: int) -> None:
        """A word of a list, of which a newer program may know more."""
        with self.fleet.at(desk).read() as session:
            client = self.pick(session, Client, which)
        if client is not None:
            self.amend(desk, "sex", Client, which, sex=Sex.MALE if client.sex is Sex.FEMALE else Sex.FEMALE)

    def phone(self, desk: Desk, which: int) -> None:
        """A group of fields that only make sense together."""
        word = self.word()
        self.amend(desk, "phone", Client, which, phone=word, phone_typed=word, phone_whose=word)

    def place(self, desk: Desk, which: int) -> None:
        """Another group, of a household."""
        self.amend(desk, "place", Household, which, place=self.word(), country=("ET", "SA", "JO")[self.n % 3])

    def settle(self, desk: Desk, which: int, choice: int) -> None:
        """A person looks at a contradiction and decides."""
        found = settling.contradictions(self.fleet.at(desk))
        found.sort(key=lambda one: one.field != "district")
        if not found:
            return
        one = found[which % len(found)].conflict
        value = one.versions[choice % len(one.versions)].value
        if one.register == "gone":
            value = choice % 2
        with self.fleet.at(desk).plain() as connection:
            shown = settling._shown(connection, one)
        self.fleet.memory.shown[one.record] = {one.register: shown}
        try:
            settling.settle(self.fleet.at(desk), [(one, value)])
        except MrcError:
            return
        finally:
            self.fleet.memory.acknowledge(desk.store)
            self.fleet.memory.shown.clear()

    def remove(self, desk: Desk, kind: Any, which: int, gone: bool) -> None:
        """Takes a record away, or brings it back."""
        self.amend(desk, "remove" if gone else "bring back", kind, which, gone=gone)

    def household(self, desk: Desk, which: int) -> None:
        """A household and its first member."""
        with self.fleet.unit(desk, "household") as session:
            client = self.pick(session, Client, which)
            if client is not None:
                home = Household(client=client.uuid, place=self.word(), country="ET")
                session.add(home)
                session.flush()
                session.add(Membership(owner=client.uuid, household=home.uuid, called=self.word()))

    def move(self, desk: Desk, which: int, to: int) -> None:
        """A member moves to another household."""
        with self.fleet.at(desk).read() as session:
            home = self.pick(session, Household, to)
        if home is not None:
            self.amend(desk, "move", Membership, which, household=home.uuid)

    def twice(self, one: Desk, other: Desk, which: int) -> None:
        """The same uuid is made at two desks that have not met."""
        with self.fleet.at(one).read() as session:
            client = self.pick(session, Client, which)
        uuid = rows.new_salt()
        for desk in (one, other) if client is not None else ():
            with self.fleet.at(desk).read() as session:
                there = session.exec(select(Client.uuid).where(Client.uuid == client.uuid)).first()
            if there:
                with self.fleet.unit(desk, "insert") as session:
                    session.add(Household(uuid=uuid, client=client.uuid, place=self.word(), country="ET"))

    # -- consents, restrictions, erasures

    def answer(self, desk: Desk, which: int, state: State) -> None:
        """What she says to a purpose, or takes back."""
        do = "withdraw" if state is State.WITHDRAWN else "answer"
        self.amend(desk, do, Consent, which, state=state)

    def restrict(self, desk: Desk, which: int, others: Iterable[int]) -> None:
        """Keeps a client from all but the officer at the desk and some others."""
        named = {desk.store.officer, *(self.officers[one % len(self.officers)] for one in others)}
        with self.fleet.unit(desk, "restrict") as session:
            client = self.pick(session, Client, which)
            if client is not None:
                restrictions.restrict(session, client=client.uuid, officers=sorted(named), since=DAY)

    def lift(self, desk: Desk, which: int, again: bool) -> None:
        """Lifts a restriction, or lets a lifted one stand again."""
        self.amend(
            desk, "restrict again" if again else "lift", Restriction, which, lifted=None if again else self.word()
        )

    def grant(self, desk: Desk, which: int, other: int) -> None:
        """One more officer is named in a restriction."""
        with self.fleet.at(desk).read() as session:
            found = self.pick(session, Restriction, which)
        if found is not None:
            named = sorted({*found.officers, self.officers[other % len(self.officers)]})
            self.amend(desk, "grant", Restriction, which, officers=named)

    def ask_erasure(self, desk: Desk, which: int) -> None:
        """She asks to be forgotten: hidden at once."""
        with self.fleet.unit(desk, ERASE) as session:
            client = self.pick(session, Client, which)
            if client is not None and not client.gone:
                erasures.ask(session, client=client, because="asked", on=TODAY, by=desk.store.officer)

    def end_erasure(self, desk: Desk, which: int, confirm: bool) -> None:
        """A supervisor confirms, or takes it back."""
        with self.fleet.unit(desk, "confirm" if confirm else "take back") as session:
            asked = [one for one in session.exec(select(Erasure).order_by(Erasure.uuid)) if one.confirmed_on is None]
            asked = [one for one in asked if not one.gone]
            if not asked:
                return
            one = asked[which % len(asked)]
            if confirm:
                erasures.confirm(session, one, on=TODAY, by=desk.store.officer)
            elif session.exec(select(Client).where(Client.uuid == one.client)).first() is not None:
                erasures.take_back(session, one)
        erasing.catch_up(self.fleet.at(desk))

    # -- one person under two records

    def merge(self, desk: Desk, one: int, other: int) -> None:
        """Two records are one person."""
        with self.fleet.unit(desk, "merge") as session:
            first, second = self.pick(session, Client, one), self.pick(session, Client, other)
            if first is None or first.uuid == second.uuid:
                return
            if second.uuid not in duplicates.members(session, first.uuid):
                duplicates.merge(session, one=first, other=second, by=desk.store.officer, on=TODAY)

    def unmerge(self, desk: Desk, which: int, again: bool = False) -> None:
        """They are not; or they are after all."""
        do = "merge again" if again else "unmerge"
        self.amend(desk, do, Link, which, gone=not again, unmerge_reason=self.word())

    # -- a newer program at one desk

    def newer(self, desk: Desk, which: int, how: int) -> None:
        """A row with a field, a word or a kind that this program does not know yet."""
        store = self.fleet.at(desk)
        with store.read() as session:
            client = self.pick(session, Client, which)
        if client is None or client.gone:
            return
        fields: Sequence[dict[str, Any]] = ({"iris": self.word()}, {"sex": LATER}, {"iris": self.word()})
        kind, record = (("client", client.uuid), ("client", client.uuid), ("eyes", rows.new_salt()))[how % 3]
        with store.writing() as connection:
            last = connection.execute("SELECT coalesce(max(seq), 0) FROM journal WHERE node = ?", (store.node,))
            body = rows.canonical({
                "salt": rows.new_salt(), "v": rows.VERSION, "txn": rows.new_salt(), "hlc": rows.wall(),
                "at": rows.now_text(), "by": store.officer, "do": "newer", "kind": kind, "record": record,
                "subject": client.uuid, "op": "new" if kind == "eyes" else "set",
                "fields": {name: {"value": value, "seen": []} for name, value in fields[how % 3].items()},
            })  # fmt: skip
            row = Row(store.node, last.fetchone()[0] + 1, record, client.uuid, body, rows.digest(body), "full")
            receiving.take(connection, Tables(connection), [row], receiving.Applied())
            receiving.lengthen(connection, store.node)
        self.fleet.memory.trust_next = True
        self.fleet.memory.acknowledge(store)
