"""A missing sex is confirmed before a report is frozen: it stays "not stated", and somebody looked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework.client_words import Sex
from mrc_app.casework.clients import Client
from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record
from mrc_app.store.roles import May, may, needs

if TYPE_CHECKING:
    from mrc_app.store.centre import Store

# -- Words

ASKS = N_("The sex is missing in: {numbers}. Look at these records, and confirm what stays not stated.")
ASKS_OTHERS = N_("The sex is missing in {n} records. An officer who reads names confirms them first.")
MOST = 20  # numbers in the sentence; the page lists them all
NOT_ONE = N_("{number} is not a record of this report with a missing sex.")

# -- Record


class SexConfirmed(Record, table=True):
    """An officer looked at a record without a sex and confirmed that it is not stated."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"confirmed": ("on", "by")}

    client: str = Field(foreign_key="client.uuid", index=True)
    on: date
    by: str


# -- Rules


class MissingSex(Invalid):
    """A report cannot be frozen yet: ``numbers`` are the records to confirm, for who may see them."""

    def __init__(self, numbers: Sequence[str], n: int) -> None:
        said = Problem(ASKS, {"numbers": ", ".join(numbers[:MOST])}) if numbers else Problem(ASKS_OTHERS, {"n": n})
        super().__init__(sex=said)
        self.numbers = tuple(numbers)


# -- Actions


@needs(May.SEE_NAMES)
def confirm(session: Session, numbers: Iterable[str], *, among: Iterable[str], on: date, by: str) -> None:
    """Confirms records by number; ``among``: the records that wait. Raises Invalid for another one."""
    waiting = {one.number: one.uuid for one in _clients(session, among)}
    for number in numbers:
        if number.strip() not in waiting:
            raise Invalid(sex=Problem(NOT_ONE, {"number": number}))
        session.add(SexConfirmed(client=waiting[number.strip()], on=on, by=by))


# -- Questions


@needs(May.COUNT)
def unconfirmed(session: Session, clients: Iterable[str]) -> list[str]:
    """Those of some clients whose missing sex nobody confirmed."""
    done = set(session.exec(select(SexConfirmed.client).where(col(SexConfirmed.gone).is_(False))))
    return sorted(set(clients) - done)


def numbers(store: Store, clients: Sequence[str]) -> list[str]:
    """The numbers of some clients, for an officer who reads names; none for others."""
    if not may(store.role, May.SEE_NAMES):
        return []
    with store.read() as session:
        return sorted(one.number for one in _clients(session, clients))


def _clients(session: Session, uuids: Iterable[str]) -> list[Client]:
    chosen = select(Client).where(col(Client.uuid).in_(list(uuids)), Client.sex == Sex.NOT_STATED)
    return list(session.exec(chosen))
