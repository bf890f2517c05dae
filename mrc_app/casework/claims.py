"""Claims: what each person of a case claims, and what was offered, awarded and paid for it, each on its day.

Four kinds of money, per person, head and currency, as dated entries that are never overwritten. "No offer" is no entry;
an offer of nothing is an entry of zero. A sum for several is shared to the last minor unit and stays together as one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, TypeVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import claim_months, claim_rules, duplicates, fields
from mrc_app.casework.claim_months import MonthRow
from mrc_app.casework.claim_rules import Form, Four, Head, Kind, Said
from mrc_app.casework.grievances import Complainant
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money, decimals
from mrc_app.store.records import Record, added, checks, new_uuid, word_column
from mrc_app.store.roles import May, needs

# -- Words: see claim_rules

# -- Record


class Claim(Record, table=True):
    """One head of what one person claims, in one currency. The amounts are its entries."""

    __table_args__ = checks(head=Head)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    head: Head = word_column(Head, Head.WAGE)
    currency: str
    what: str = ""


class ClaimEntry(Record, table=True):
    """A dated amount about a claim. ``lump``: shared by all entries of one sum; ``instalment``: what it was paid on."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"amount": ("minor", "currency")}
    codes: ClassVar[frozenset[str]] = frozenset({"lump", "instalment"})
    __table_args__ = checks(form=Form)

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    claim: str = Field(foreign_key="claim.uuid", index=True)
    form: Form = word_column(Form, Form.CLAIM)
    minor: int
    currency: str
    on: date
    by: str
    lump: str = ""
    instalment: str = ""
    receipt: str = ""
    note: str = ""


class WageMonth(Record, table=True):
    """One row of a claim's month table. ``days``: set where the row was counted by days."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "span": ("first", "last", "days"),
        "amount": ("due_minor", "paid_minor", "currency"),
    }

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str = Field(foreign_key="grievance.uuid", index=True)
    claim: str = Field(foreign_key="claim.uuid", index=True)
    first: date
    last: date
    days: int | None = None
    due_minor: int
    paid_minor: int = 0
    currency: str


@dataclass(frozen=True)
class Line:
    """A claim with its four kinds of money, its entries by day and the rows of its month table."""

    claim: Claim
    four: Four
    entries: tuple[ClaimEntry, ...] = ()
    months: tuple[MonthRow, ...] = ()


# -- Rules

Kept = TypeVar("Kept", bound=Record)
ENTRY: dict[str, fields.Check] = {"receipt": fields.text, "note": fields.long_text}
MAY_BE_NOTHING = frozenset({Form.OFFER, Form.AWARD, Form.SETTLEMENT})


def checked_amount(value: object, *, nothing: bool = False, field: str = "amount") -> Money:
    """Money that is more than nothing; or nothing where that says something. Raises Invalid."""
    amount = fields.money(field, value)
    if amount is None:
        raise Invalid(**{field: N_("Write an amount and a currency.")})
    if not (amount.minor or nothing):
        raise Invalid(**{field: N_("An amount is more than nothing.")})
    return amount


def needed_day(value: object, field: str = "on") -> date:
    """A day that was typed. Raises Invalid for none, or for what is no day."""
    day = fields.day(field, value)
    if day is None:
        raise Invalid(**{field: N_("A day is needed here.")})
    return day


def lines(claims: Iterable[Claim], entries: Iterable[ClaimEntry], months: Iterable[WageMonth] = ()) -> list[Line]:
    """Each claim with its entries reckoned."""
    of: dict[str, list[ClaimEntry]] = defaultdict(list)
    tables: dict[str, list[MonthRow]] = defaultdict(list)
    for entry in entries:
        of[entry.claim].append(entry)
    for row in months:
        tables[row.claim].append(month_row(row))
    return [
        Line(
            claim,
            claim_rules.four(claim.currency, [_said(entry) for entry in of[claim.uuid]]),
            tuple(sorted(of[claim.uuid], key=lambda entry: (entry.on, entry.id or 0))),
            tuple(sorted(tables[claim.uuid], key=lambda row: row.first)),
        )
        for claim in claims
    ]


def month_row(row: WageMonth) -> MonthRow:
    """A kept row as it is reckoned with."""
    due, paid = Money(row.due_minor, row.currency), Money(row.paid_minor, row.currency)
    return MonthRow(row.first, row.last, due, paid, row.days)


def share(total: Money, found: Sequence[Line], by: Kind = Kind.CLAIMED) -> dict[str, Money]:
    """One sum over claims, by what each claims or was awarded: claim uuid → its part. Raises Invalid."""
    weights = {line.claim.uuid: line.four.money(by) or Money(0, line.claim.currency) for line in found}
    return claim_rules.shared(total, weights)


def _said(entry: ClaimEntry) -> Said:
    return Said(entry.form, Money(entry.minor, entry.currency), entry.on)


# -- Actions


@needs(May.COUNSEL)
def add(
    session: Session,
    *,
    client: str,
    grievance: str,
    head: Head | str,
    amount: Money | None = None,
    currency: str = "",
    on: date,
    by: str,
    what: str = "",
) -> Claim:
    """A claim of one person of a case; with an amount it is claimed from that day. Raises Invalid."""
    kept = fields.checked({"head": fields.word(Head), "what": fields.text}, {"head": head, "what": what})
    money = checked_amount(amount) if amount is not None else None
    code = money.currency if money else currency
    decimals(code)
    chosen = select(Complainant).where(Complainant.grievance == grievance, col(Complainant.gone).is_(False))
    if not {one.client for one in session.exec(chosen)}.intersection(duplicates.members(session, client)):
        raise Invalid(client=N_("She is not one of the people of this case."))
    claim = _keep(session, Claim(client=client, grievance=grievance, currency=code, **kept))
    if money:
        enter(session, claim, Form.CLAIM, money, on, by)
    return claim


@needs(May.COUNSEL)
def put(
    session: Session, claim: Claim, *, form: Form | str, amount: Money, on: date, by: str, today: date, **typed: Any
) -> ClaimEntry:
    """A dated amount: claimed, offered, awarded, agreed or paid; ``receipt`` and ``note`` beside it. Raises Invalid."""
    kind, money, kept = checked_entry(form, amount, on, today, typed)
    if money.currency != claim.currency:
        raise Invalid(amount=Problem(N_("This claim is in {currency}."), {"currency": claim.currency}))
    return enter(session, claim, kind, money, on, by, **kept)


@needs(May.COUNSEL)
def put_shared(
    session: Session,
    claims: Sequence[Claim],
    *,
    form: Form | str,
    amount: Money,
    on: date,
    by: str,
    today: date,
    by_kind: Kind | str = Kind.CLAIMED,
    **typed: Any,
) -> list[ClaimEntry]:
    """One sum for several claims in its currency, shared by what each claims: entries that belong together.

    Raises Invalid; then nothing is kept.
    """
    kind, money, kept = checked_entry(form, amount, on, today, typed)
    if kind is Form.CLAIM:
        raise Invalid(form=N_("What each person claims is written down for each."))
    parts = share(money, lines_of(session, claims), Kind(by_kind))
    lump = new_uuid()
    return [enter(session, one, kind, parts[one.uuid], on, by, lump=lump, **kept) for one in claims]


@needs(May.COUNSEL)
def take_back(session: Session, entry: ClaimEntry) -> list[ClaimEntry]:
    """Takes an entry back that was a mistake; of a shared sum every part of it."""
    chosen = select(ClaimEntry).where(ClaimEntry.lump == entry.lump, ClaimEntry.grievance == entry.grievance)
    together = list(session.exec(chosen.where(col(ClaimEntry.gone).is_(False)))) if entry.lump else [entry]
    for one in together:
        one.gone = True
        _keep(session, one)
    return together


@needs(May.COUNSEL)
def write_months(session: Session, claim: Claim, rows: Sequence[MonthRow], *, on: date, by: str) -> ClaimEntry:
    """Keeps the month table of a claim in place of the one before; what is owed by it is claimed. Raises Invalid."""
    _due, _paid, owed = claim_months.totals(rows)
    if owed.currency != claim.currency:
        raise Invalid(amount=Problem(N_("This claim is in {currency}."), {"currency": claim.currency}))
    money = checked_amount(owed)
    for before in _months(session, [claim]):
        before.gone = True
        _keep(session, before)
    for row in rows:
        one = WageMonth(
            client=claim.client, grievance=claim.grievance, claim=claim.uuid, first=row.first, last=row.last,
            days=row.days, due_minor=row.due.minor, paid_minor=row.paid.minor, currency=claim.currency,
        )  # fmt: skip
        _keep(session, one)
    return enter(session, claim, Form.CLAIM, money, on, by)


def checked_entry(
    form: Form | str, money: Money, on: date, today: date, typed: Mapping[str, Any]
) -> tuple[Form, Money, dict[str, Any]]:
    """The form, amount and other fields of an entry, checked. Raises Invalid."""
    kind: Form = fields.word(Form)("form", form)
    kept = fields.checked(ENTRY, typed)
    if on > today:
        raise Invalid(on=N_("This day is still to come."))
    return kind, checked_amount(money, nothing=kind in MAY_BE_NOTHING), kept


@needs(May.COUNSEL)
def enter(session: Session, claim: Claim, form: Form, money: Money, on: date, by: str, **more: Any) -> ClaimEntry:
    """Keeps a checked entry of a claim."""
    made = ClaimEntry(
        client=claim.client, grievance=claim.grievance, claim=claim.uuid, form=form, minor=money.minor,
        currency=money.currency, on=on, by=by, **more,
    )  # fmt: skip
    return _keep(session, made)


def _keep(session: Session, record: Kept) -> Kept:
    return added(session, record)


# -- Questions


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Claim:
    """One claim. Raises MrcError when there is none that this officer may see."""
    found: Claim | None = session.exec(_of(Claim, Claim.uuid == uuid)).first()
    if found is None:
        raise MrcError(N_("This claim is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> list[Line]:
    """The claims of every person of a case whom this officer may see."""
    return lines_of(session, list(session.exec(_of(Claim, Claim.grievance == grievance))))


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Line]:
    """A client's claims in every case, under whichever of her records."""
    mine = col(Claim.client).in_(duplicates.members(session, client))
    return lines_of(session, list(session.exec(_of(Claim, mine))))


@needs(May.SEE_NAMES)
def lines_of(session: Session, claims: Sequence[Claim]) -> list[Line]:
    """Claims with their entries and month tables."""
    wanted = [claim.uuid for claim in claims]
    entries = session.exec(_of(ClaimEntry, col(ClaimEntry.claim).in_(wanted)))
    return lines(claims, entries, _months(session, claims))


def _months(session: Session, claims: Sequence[Claim]) -> list[WageMonth]:
    return list(session.exec(_of(WageMonth, col(WageMonth.claim).in_([claim.uuid for claim in claims]))))


def _of(record: type[Any], *criteria: Any) -> Any:
    return select(record).where(*criteria, col(record.gone).is_(False)).order_by(col(record.id))
