"""Erasing a client's record: hidden at once, held back where a law asks for it, gone when a supervisor confirms.

Records linked as one person are erased together. Other people's records stay; what they say about her in a column of
its own (her place in a household, a link) goes with her. The bytes go in store/erasing, after the confirmation is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, func, or_, select

from mrc_app.casework import clients, duplicates, fields
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling import Contact, Handout
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.erasures import Because, Erasure
from mrc_app.store.records import Record, added, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class HoldReason(Labelled):
    """Why a record is kept beyond its day of review."""

    LAW = "law", N_("a law or a court asks to keep it")
    NEEDED = "needed", N_("still needed for her case")


# -- Record


class Hold(Record, table=True):
    """A record kept on purpose: for a law it cannot be erased while this stands; otherwise it is reviewed later."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"released": ("released_on", "released_by")}
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {"released": (None,)}
    __table_args__ = checks(because=HoldReason)

    client: str = Field(foreign_key="client.uuid", index=True)
    because: HoldReason = word_column(HoldReason, HoldReason.NEEDED)
    basis: str = ""
    since: date
    until: date | None = None
    by: str
    released_on: date | None = None
    released_by: str | None = None


@dataclass(frozen=True)
class Review:
    """A client whose record nobody needed for a long time. ``last`` is the day of the last contact."""

    client: str
    number: str
    name: str
    last: date


# -- Rules

REVIEW_MONTHS = 24
HELD = N_("A law or a court asks to keep this record ({basis}). It cannot be erased until the hold is released.")


def review_months(settings: dict[str, Any]) -> int:
    """Months after the last contact when a record is reviewed: the centre's ``review_months``, 24 where none stands."""
    said = settings.get("review_months", REVIEW_MONTHS)
    return said if isinstance(said, int) and said > 0 else REVIEW_MONTHS


def months_before(day: date, months: int) -> date:
    """The day so many months earlier; the last of the month where that one is shorter."""
    month = day.year * 12 + day.month - 1 - months
    year, month = divmod(month, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")  # pragma: no cover


def stands(hold: Hold, today: date) -> bool:
    """Whether a hold counts on a day."""
    return not hold.gone and hold.released_on is None and (hold.until is None or today <= hold.until)


def legal_hold(holds: Iterable[Hold], today: date) -> Hold | None:
    """The hold that forbids erasing, if one stands."""
    return next((hold for hold in holds if hold.because is HoldReason.LAW and stands(hold, today)), None)


# -- Actions


@needs(May.ASK_ERASURE)
def ask(session: Session, *, client: Client, because: Because | str, on: date, by: str) -> list[Erasure]:
    """Hides a client, and every record that is one person with her, at once; a supervisor confirms later.

    Raises MrcError where a law asks to keep the record.
    """
    kept = fields.checked({"because": fields.word(Because)}, {"because": because})
    members = duplicates.members(session, client.uuid)
    _not_held(session, members, on)
    people = [clients.by_uuid(session, uuid) for uuid in members]
    for person in people:
        person.gone = True
        session.add(person)
    session.flush()
    asked = [Erasure(client=person.uuid, asked_on=on, asked_by=by, **kept) for person in people]
    session.add_all(asked)
    session.flush()
    return asked


@needs(May.ERASE)
def take_back(session: Session, erasure: Erasure) -> Client:
    """Shows a hidden client again. Raises MrcError once the erasure is confirmed."""
    _open(erasure)
    erasure.gone = True
    session.add(erasure)
    session.flush()
    client = clients.by_uuid(session, erasure.client)
    client.gone = False
    return added(session, client)


@needs(May.ERASE)
def confirm(session: Session, erasure: Erasure, *, on: date, by: str) -> Erasure:
    """A supervisor's word that the bytes may go; store.erasing.carry_out follows. It cannot be taken back."""
    _open(erasure)
    erasure.confirmed_on, erasure.confirmed_by = on, by
    return added(session, erasure)


@needs(May.ERASE)
def hold(
    session: Session,
    *,
    client: str,
    because: HoldReason | str,
    on: date,
    by: str,
    basis: str = "",
    until: date | str | None = None,
) -> Hold:
    """Keeps a record on purpose. A hold for a law names the law; one for her case names the day of the next review."""
    checked = {"because": fields.word(HoldReason), "basis": fields.text, "until": fields.day}
    kept = fields.checked(checked, {"because": because, "basis": basis, "until": until})
    wrong: dict[str, Problem] = {}
    if kept["because"] is HoldReason.LAW and not kept["basis"]:
        wrong["basis"] = Problem(N_("Name the law, the court or the file that asks for it."))
    if kept["because"] is HoldReason.NEEDED and kept["until"] is None:
        wrong["until"] = Problem(N_("Name the day when this is looked at again."))
    if kept["until"] is not None and kept["until"] < on:
        wrong["until"] = Problem(N_("This day is over already."))
    if wrong:
        raise Invalid(**wrong)
    made = Hold(client=client, since=on, by=by, **kept)
    return added(session, made)


@needs(May.ERASE)
def release(session: Session, hold: Hold, *, on: date, by: str) -> Hold:
    """Ends a hold. Raises MrcError when it ended before."""
    if hold.released_on is not None:
        raise MrcError(N_("This hold was released already."))
    hold.released_on, hold.released_by = on, by
    return added(session, hold)


def _not_held(session: Session, members: Iterable[str], on: date) -> None:
    for member in members:
        stopping = legal_hold(holds(session, member), on)
        if stopping is not None:
            raise MrcError(HELD, basis=stopping.basis)


def _open(erasure: Erasure) -> None:
    if erasure.gone or erasure.confirmed_on is not None:
        raise MrcError(N_("This erasure is settled already."))


# -- Questions


@needs(May.SEE_NAMES)
def holds(session: Session, client: str) -> list[Hold]:
    """Every hold ever put on a client's record."""
    chosen = select(Hold).where(Hold.client == client, col(Hold.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Hold.since), col(Hold.id))))


@needs(May.ERASE)
def asked(session: Session) -> list[tuple[Erasure, str]]:
    """Erasures that wait for a supervisor, with the client's number: nothing else of her is shown any more."""
    chosen = select(Erasure).where(col(Erasure.gone).is_(False), col(Erasure.confirmed_on).is_(None))
    found = list(session.exec(chosen.order_by(col(Erasure.asked_on), col(Erasure.id))))
    table = Client.__table__  # type: ignore[attr-defined]
    wanted = select(table.c.uuid, table.c.number).where(table.c.uuid.in_([one.client for one in found]))
    numbers = {row[0]: row[1] for row in session.execute(wanted)}
    return [(one, numbers.get(one.client, "")) for one in found]


@needs(May.ERASE)
def settled(session: Session) -> list[Erasure]:
    """Erasures that were confirmed, the latest first."""
    chosen = select(Erasure).where(col(Erasure.gone).is_(False), col(Erasure.confirmed_on).is_not(None))
    return list(session.exec(chosen.order_by(col(Erasure.confirmed_on).desc(), col(Erasure.id).desc())))


@needs(May.SEE_NAMES)
def to_review(session: Session, today: date, months: int = REVIEW_MONTHS, limit: int = 200) -> list[Review]:
    """Clients whose last contact lies so many months back and whom no hold keeps, the longest ago first."""
    before = months_before(today, months)
    met = select(func.max(Contact.on)).where(Contact.client == Client.uuid, col(Contact.gone).is_(False))
    given = select(func.max(Handout.on)).where(Handout.client == Client.uuid, col(Handout.gone).is_(False))
    last = func.max(
        Client.registered_on,
        func.coalesce(met.scalar_subquery(), Client.registered_on),
        func.coalesce(given.scalar_subquery(), Client.registered_on),
    )
    open_end = or_(col(Hold.until).is_(None), col(Hold.until) >= today)
    kept = select(Hold.client).where(col(Hold.gone).is_(False), col(Hold.released_on).is_(None), open_end)
    chosen = select(Client, last).where(col(Client.gone).is_(False), last < before, col(Client.uuid).not_in(kept))
    return [
        Review(client.uuid, client.number, clients.full_name(client), date.fromisoformat(str(day)))
        for client, day in session.exec(chosen.order_by(last, Client.uuid).limit(limit))
    ]
