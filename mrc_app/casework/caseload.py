"""Who is in charge of whom: a client's officer, and a caseload handed over when somebody leaves.

Until somebody else is put in charge it is the officer who registered her.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Field, Session, col, or_, select

from mrc_app.casework.agenda import Task
from mrc_app.casework.clients import Client
from mrc_app.errors import Invalid, NotAllowed, Problem
from mrc_app.i18n import N_
from mrc_app.store import restrictions
from mrc_app.store.officers import Officer
from mrc_app.store.records import Record, added
from mrc_app.store.roles import May, Role, may, needs

# -- Record


class Assignment(Record, table=True):
    """An officer in charge of a client from a day on, until another takes over."""

    client: str = Field(foreign_key="client.uuid", index=True)
    officer: str = Field(index=True)
    from_on: date
    until: date | None = None


@dataclass(frozen=True)
class HandedOver:
    """What a hand-over did: the clients and tasks that passed on, and the restricted clients for whom the new officer
    was not named: they stayed."""

    clients: tuple[str, ...]
    tasks: int
    stayed: tuple[str, ...]


# -- Rules


def in_charge(client: Client, assignments: Iterable[Assignment]) -> str:
    """The officer in charge of a client now (uuid)."""
    mine = [one for one in assignments if one.client == client.uuid and one.until is None and not one.gone]
    return max(mine, key=lambda one: (one.from_on, one.id or 0)).officer if mine else client.registered_by


# -- Actions

OWN = N_("You hand over your own clients; for a colleague's ask a supervisor.")


@needs(May.HAND_OVER)
def hand_over(
    session: Session,
    *,
    from_: str,
    to: str,
    on: date,
    by: str,
    clients: Collection[str] | None = None,
    naming: Collection[str] = (),
) -> HandedOver:
    """Puts ``to`` in charge of all clients of ``from_``, or of those chosen; open tasks follow.

    A restricted client passes on only where ``to`` is named for her already, or is named now (``naming``). Raises
    NotAllowed for a colleague's clients, Invalid for an officer who does not work with clients here.
    """
    if session.info["role"] is not Role.SUPERVISOR and from_ != by:
        raise NotAllowed(OWN)
    _works_with_clients(session, to, from_)
    mine = [one for one in of_officer(session, from_) if clients is None or one.uuid in clients]
    going = [one.uuid for one in mine if _may_see(session, one.uuid, to, naming)]
    for client in going:
        put_in_charge(session, client=client, officer=to, on=on)
    tasks = _pass_on(session, from_, to, None if clients is None else frozenset(going), frozenset(going))
    session.flush()
    return HandedOver(tuple(going), tasks, tuple(one.uuid for one in mine if one.uuid not in going))


@needs(May.HAND_OVER)
def put_in_charge(session: Session, *, client: str, officer: str, on: date) -> Assignment:
    """Puts an officer in charge of one client from a day on."""
    for one in _assignments(session, [client]):
        if one.until is None:
            one.until = on
            session.add(one)
    made = Assignment(client=client, officer=officer, from_on=on)
    return added(session, made)


def _works_with_clients(session: Session, to: str, from_: str) -> None:
    found = session.exec(select(Officer).where(Officer.uuid == to, col(Officer.active).is_(True))).first()
    if to == from_ or found is None or not may(found.role, May.SEE_NAMES):
        raise Invalid(to=Problem(N_("Choose another officer who works with clients here.")))


def _may_see(session: Session, client: str, officer: str, naming: Collection[str]) -> bool:
    """Whether an officer may see a client; she is named in every restriction first where the hand-over says so."""
    standing = restrictions.standing(session, client)
    for one in standing:
        if officer not in one.officers and client in naming:
            one.officers = sorted({*one.officers, officer})
            session.add(one)
    return all(officer in one.officers for one in standing)


def _pass_on(session: Session, from_: str, to: str, only: frozenset[str] | None, going: frozenset[str]) -> int:
    still_open = (col(Task.done_on).is_(None), col(Task.dropped_on).is_(None), col(Task.gone).is_(False))
    chosen = select(Task).where(Task.for_officer == from_, *still_open)
    passed = 0
    for task in session.exec(chosen).all():
        if (task.client in going) if task.client else only is None:
            task.for_officer = to
            session.add(task)
            passed += 1
    return passed


# -- Questions


@needs(May.SEE_NAMES)
def officer_of(session: Session, client: Client) -> str:
    """The officer in charge of a client (uuid)."""
    return in_charge(client, _assignments(session, [client.uuid]))


@needs(May.SEE_NAMES)
def of_officer(session: Session, officer: str) -> list[Client]:
    """The clients an officer is in charge of, as far as one may see them, by number."""
    assigned = select(Assignment.client).where(Assignment.officer == officer, col(Assignment.until).is_(None))
    hers = or_(col(Client.registered_by) == officer, col(Client.uuid).in_(assigned))
    near = select(Client).where(col(Client.gone).is_(False), hers)
    found = list(session.exec(near.order_by(col(Client.number))))
    assignments = _assignments(session, [one.uuid for one in found])
    return [one for one in found if in_charge(one, assignments) == officer]


def _assignments(session: Session, clients: Collection[str]) -> list[Assignment]:
    chosen = select(Assignment).where(col(Assignment.client).in_(clients), col(Assignment.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Assignment.id))))
