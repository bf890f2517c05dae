"""Agreements with a ministry: which tiers it may get, which columns are switched on by name, under which code it knows
this centre; and the keys it gave for linkage, one a year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import partners
from mrc_app.exchange.ministry_export_words import CONSENT, COVERS, Column, Tier
from mrc_app.i18n import N_
from mrc_app.store.records import Record, words_column
from mrc_app.store.roles import May, needs

# -- Record


class MinistryAgreement(Record, table=True):
    """What was agreed with the holder of a key. ``reference`` is the number of the paper that was signed."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "agreed": ("reference", "signed_on", "ends_on", "tiers", "columns"),
    }

    recipient: str = Field(index=True)
    reference: str
    signed_on: date
    ends_on: date | None = None
    tiers: tuple[Tier, ...] = words_column(Tier)
    columns: tuple[Column, ...] = words_column(Column)
    centre_code: str = ""
    noted_on: date
    noted_by: str


class LinkageKey(Record, table=True):
    """The secret a ministry gave for the linkage keys of one year."""

    subject: ClassVar[str | None] = None

    recipient: str = Field(index=True)
    year: int
    key: str
    noted_on: date
    noted_by: str


# -- Rules

CENTRE_CODE = re.compile(r"[A-Z0-9]{2,5}(-[A-Z0-9]{1,8}){1,3}")
NO_REFERENCE = N_("Write the number or date of the paper that was signed.")
BAD_CODE = N_("“{code}” is not a centre code: capital letters and digits, for example ETH-AA-01.")
OVER = N_("The agreement would end before it was signed.")
WEAK_KEY = N_("A linkage key has 64 hexadecimal characters or more; the ministry makes it.")
NEEDS_AGREEMENT = N_("Tier {tier} needs an agreement with this ministry. Write it down first: mrc agreement.")
NEEDS_KEY = N_("There is no linkage key of this ministry for {year}. Ask the ministry for it: mrc agreement.")


def shown(columns: Iterable[Column]) -> frozenset[str]:
    """The sensitive words that columns cover."""
    return frozenset(word for one in columns for word in COVERS[one])


def switched(found: Sequence[MinistryAgreement | None]) -> frozenset[Column]:
    """The columns that every reader of an export agreed on."""
    columns = [frozenset(one.columns) if one else frozenset[Column]() for one in found]
    return frozenset[Column]().union(*columns[:1]).intersection(*columns)


def stands(agreement: MinistryAgreement, today: date) -> bool:
    """Whether it holds on a day."""
    return agreement.signed_on <= today and (agreement.ends_on is None or today <= agreement.ends_on)


# -- Actions


@needs(May.EXPORT)
def agree(
    session: Session, *, to: str, reference: str, signed_on: date, on: date, by: str, ends_on: date | None = None,
    tiers: Iterable[Tier] = (), columns: Iterable[Column] = (), centre_code: str = "",
) -> MinistryAgreement:  # fmt: skip
    """Writes an agreement down in place of the one before. Raises Invalid(to=, reference=, ends_on=, centre_code=)."""
    wrong: dict[str, Problem] = {}
    if not reference.strip():
        wrong["reference"] = Problem(NO_REFERENCE)
    if ends_on is not None and ends_on < signed_on:
        wrong["ends_on"] = Problem(OVER)
    if centre_code and not CENTRE_CODE.fullmatch(centre_code):
        wrong["centre_code"] = Problem(BAD_CODE, {"code": centre_code})
    if wrong:
        raise Invalid(**wrong)
    partner = partners.by_key(session, to)
    kept = of_key(session, partner.recipient) or MinistryAgreement(
        recipient=partner.recipient, reference=reference, signed_on=signed_on, noted_on=on, noted_by=by
    )
    kept.reference, kept.signed_on, kept.ends_on = reference.strip(), signed_on, ends_on
    kept.tiers, kept.columns = tuple(tiers), tuple(columns)
    kept.centre_code, kept.noted_on, kept.noted_by = centre_code, on, by
    session.add(kept)
    session.flush()
    return kept


@needs(May.EXPORT)
def keep_linkage_key(session: Session, *, to: str, year: int, key: str, on: date, by: str) -> LinkageKey:
    """Keeps the linkage key of a year. Raises Invalid(to=, key=)."""
    plain = key.strip().lower()
    if not re.fullmatch(r"[0-9a-f]{64,}", plain):
        raise Invalid(key=Problem(WEAK_KEY))
    recipient = partners.by_key(session, to).recipient
    kept = linkage_key(session, recipient, year) or LinkageKey(
        recipient=recipient, year=year, key=plain, noted_on=on, noted_by=by
    )
    kept.key, kept.noted_on, kept.noted_by = plain, on, by
    session.add(kept)
    session.flush()
    return kept


# -- Questions


def of_key(session: Session, recipient: str) -> MinistryAgreement | None:
    """The agreement with the holder of a key."""
    asked = select(MinistryAgreement).where(
        MinistryAgreement.recipient == recipient, col(MinistryAgreement.gone).is_(False)
    )
    return session.exec(asked.order_by(col(MinistryAgreement.id).desc())).first()


def for_tier(session: Session, recipient: str, tier: Tier, today: date) -> MinistryAgreement | None:
    """The agreement that stands. Raises Invalid(to=) where the tier asks for one and there is none."""
    found = of_key(session, recipient)
    standing = found if found is not None and stands(found, today) else None
    if CONSENT[tier].agreement and (standing is None or tier not in standing.tiers):
        raise Invalid(to=Problem(NEEDS_AGREEMENT, {"tier": tier.value}))
    return standing


def linkage_key(session: Session, recipient: str, year: int) -> LinkageKey | None:
    """The linkage key of a ministry for a year."""
    asked = select(LinkageKey).where(
        LinkageKey.recipient == recipient, LinkageKey.year == year, col(LinkageKey.gone).is_(False)
    )
    return session.exec(asked.order_by(col(LinkageKey.id).desc())).first()
