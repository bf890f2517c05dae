"""Cover and entitlements: what she paid into abroad and at home, kept on the journey from the departure on.

Of a scheme's number only the last four characters are kept. Months are counted as she can prove or remember them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import fields
from mrc_app.casework.cover_words import ClaimState, Scheme
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words: see cover_words

# -- Record


class Cover(Record, table=True):
    """A scheme she belongs or belonged to. ``months``: months paid in. ``beneficiaries``: who is named to receive."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "scheme": ("kind", "scheme", "country"),
        "paid_in": ("since", "until", "months"),
        "premium": ("premium_minor", "premium_currency", "next_premium_on"),
        "claim": ("claim", "claim_on"),
    }
    __table_args__ = checks(kind=Scheme, claim=ClaimState)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str | None = Field(default=None, foreign_key="journey.uuid", index=True)
    kind: Scheme = word_column(Scheme, Scheme.OTHER)
    scheme: str = ""
    country: str = ""
    number_last4: str = ""
    since: date | None = None
    until: date | None = None
    months: int | None = None
    premium_minor: int | None = None
    premium_currency: str = ""
    next_premium_on: date | None = Field(default=None, index=True)
    beneficiaries: tuple[str, ...] = texts_column()
    claim: ClaimState = word_column(ClaimState, ClaimState.NONE)
    claim_on: date | None = None
    note: str = ""


# -- Rules

CHECKS: dict[str, fields.Check] = {
    "journey": fields.text,
    "kind": fields.word(Scheme),
    "scheme": fields.text,
    "country": fields.country,
    "number_last4": fields.last4,
    "months": fields.whole(0, 720),
    "premium": fields.money,
    "beneficiaries": fields.texts,
    "claim": fields.word(ClaimState),
    "note": fields.long_text,
    **dict.fromkeys(("since", "until", "next_premium_on", "claim_on"), fields.day),
}
NO_NAME = N_("Write the name of the scheme.")


def checked(typed: Mapping[str, Any], kept: Cover | None = None) -> dict[str, Any]:
    """The columns for what was typed. Raises Invalid field by field, also for dates in the wrong order."""
    columns = fields.checked(CHECKS, typed)
    if "premium" in columns:
        amount: Money | None = columns.pop("premium")
        columns |= {
            "premium_minor": amount.minor if amount else None,
            "premium_currency": amount.currency if amount else "",
        }
    if "journey" in columns:
        columns["journey"] = columns["journey"] or None
    after = {name: columns.get(name, getattr(kept, name, None)) for name in ("scheme", "since", "until")}
    wrong: dict[str, Problem] = {}
    if not after["scheme"]:
        wrong["scheme"] = Problem(NO_NAME)
    if after["since"] and after["until"] and after["until"] < after["since"]:
        wrong["until"] = Problem(N_("The cover would end before it begins."))
    if wrong:
        raise Invalid(**wrong)
    return columns


def premium(cover: Cover) -> Money | None:
    """What is paid each time; None when not told."""
    return None if cover.premium_minor is None else Money(cover.premium_minor, cover.premium_currency)


def months(cover: Cover) -> int | None:
    """Months paid in: as told, else whole months between the two days; None when neither is known."""
    if cover.months is not None or cover.since is None or cover.until is None:
        return cover.months
    whole = (cover.until.year - cover.since.year) * 12 + cover.until.month - cover.since.month
    return whole + (1 if cover.until.day >= cover.since.day else 0)


# -- Actions


@needs(May.COUNSEL)
def keep(session: Session, *, client: str, **typed: Any) -> Cover:
    """A cover, written down. Raises Invalid field by field."""
    return added(session, Cover(client=client, **checked({"scheme": "", **typed})))


@needs(May.COUNSEL)
def amend(session: Session, cover: Cover, *, changes: Mapping[str, Any]) -> Cover:
    """Changes fields of a cover, named as in ``keep``. Raises Invalid; then nothing is changed."""
    for column, value in checked(changes, cover).items():
        if getattr(cover, column) != value:
            setattr(cover, column, value)
    return added(session, cover)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Cover]:
    """A client's covers, as they were written down."""
    chosen = select(Cover).where(Cover.client == client, col(Cover.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Cover.id))))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Cover:
    """One cover. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Cover).where(Cover.uuid == uuid, col(Cover.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This cover is not on this desk."))
    return found


@needs(May.SEE_NAMES)
def premiums_due(session: Session, by: date, limit: int = 100) -> list[Cover]:
    """Covers whose next premium falls due by a day, the oldest first."""
    chosen = select(Cover).where(col(Cover.next_premium_on) <= by, col(Cover.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Cover.next_premium_on), col(Cover.id)).limit(limit)))
