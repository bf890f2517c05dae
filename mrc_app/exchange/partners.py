"""Partners: the keys of desks, other centres, ministries and headquarters that this centre trusts.

A key is trusted by a person who compared its fingerprint on paper or by phone; who did, and when, is kept. A key that
was revoked stays revoked, whatever another desk wrote without knowing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import key_text
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words


class PartnerKind(Labelled):
    """What a key belongs to."""

    DESK = "desk", N_("a desk of this centre")
    CENTRE = "centre", N_("another centre or union")
    MINISTRY = "ministry", N_("a ministry")
    HEADQUARTERS = "headquarters", N_("a headquarters that sends reference data")


# -- Record


class Partner(Record, table=True):
    """A key and whose it is. ``recipient`` is its age form; ``compared``: somebody compared the fingerprint. For a
    desk of this centre ``officers`` (uuids) sit there: what only named officers may see goes to no other desk."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "trusted": ("compared", "trusted_by", "trusted_on"),
        "revoked": ("revoked", "revoked_by", "revoked_on"),
    }
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {"revoked": (1,)}
    __table_args__ = checks(kind=PartnerKind)

    kind: PartnerKind = word_column(PartnerKind, PartnerKind.CENTRE)
    name: str
    recipient: str = Field(index=True)
    compared: bool = False
    trusted_by: str = ""
    trusted_on: date | None = None
    revoked: bool = False
    revoked_by: str = ""
    revoked_on: date | None = None
    officers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))

    def shown_as(self) -> str:
        """Its name in lists."""
        return self.name

    @property
    def fingerprint(self) -> str:
        """The digits to be compared by phone."""
        return key_text.fingerprint(key_text.public_of(self.recipient) or b"")

    @property
    def words(self) -> str:
        """The words to be compared where digits are hard to hear."""
        return key_text.words(key_text.public_of(self.recipient) or b"")


# -- Rules

NOT_A_KEY = N_("“{key}” is not a key (age1…).")
OTHER_DIGITS = N_("The digits are not those of this key ({fingerprint}). Do not use it; ask for the key again.")
UNKNOWN = N_("No trusted partner is called “{key}”. Trust its key first: mrc keys trust, or the page Exchange.")
SEVERAL = N_("Several partners are called “{key}”. Give the key itself.")
REVOKED = N_("The key of {name} was revoked. Ask for the new one, compare its fingerprint and trust it.")
NO_NAME = N_("Say whose key this is.")


def uuid_of(recipient: str) -> str:
    """The identity of a key's record: the same on every desk that trusts it."""
    return sha256(b"mrc partner\x00" + recipient.encode()).hexdigest()[:32]


def digits(text: str) -> str:
    """The digits of a fingerprint as it was written or heard."""
    return "".join(letter for letter in text if letter.isdigit())


# -- Actions


@needs(May.KEEP_PEOPLE)
def trust(
    session: Session, *, kind: PartnerKind, name: str, recipient: str, by: str, on: date,
    fingerprint: str | None = None, officers: Iterable[str] = (),
) -> Partner:  # fmt: skip
    """Trusts a key. ``fingerprint`` are the digits heard by phone or read on paper; without them the key counts as not
    compared. Again renews name and trust. Raises Invalid(name=, recipient=, fingerprint=)."""
    key = recipient.strip().lower()
    public = key_text.public_of(key)
    if public is None:
        raise Invalid(recipient=Problem(NOT_A_KEY, {"key": recipient}))
    if not name.strip():
        raise Invalid(name=NO_NAME)
    right = key_text.fingerprint(public)
    if fingerprint is not None and int(digits(fingerprint) or -1) != int(digits(right)):
        raise Invalid(fingerprint=Problem(OTHER_DIGITS, {"fingerprint": right}))
    kept = session.exec(select(Partner).where(Partner.uuid == uuid_of(key))).first()
    if kept is not None and kept.revoked:
        raise Invalid(recipient=Problem(REVOKED, {"name": kept.name}))
    partner = kept or Partner(uuid=uuid_of(key), kind=PartnerKind(kind), name=name.strip(), recipient=key)
    partner.kind, partner.name, partner.gone = PartnerKind(kind), name.strip(), False
    partner.compared = partner.compared or fingerprint is not None
    partner.trusted_by, partner.trusted_on = by, on
    partner.officers = sorted({*partner.officers, *officers})
    session.add(partner)
    return partner


@needs(May.KEEP_PEOPLE)
def revoke(session: Session, partner: Partner, *, by: str, on: date) -> Partner:
    """From now on nothing is sealed to this key and nothing it signed is taken in."""
    partner.revoked, partner.revoked_by, partner.revoked_on = True, by, on
    session.add(partner)
    return partner


@needs(May.KEEP_PEOPLE)
def seat(session: Session, partner: Partner, *, officers: Iterable[str]) -> Partner:
    """Says which officers (uuids) sit at a desk of this centre."""
    partner.officers = sorted(set(officers))
    session.add(partner)
    return partner


# -- Questions


def partners(session: Session, kind: PartnerKind | None = None, *, revoked: bool = False) -> list[Partner]:
    """The partners of a kind, or all, by name; with ``revoked`` also those whose key was revoked."""
    found = select(Partner).where(col(Partner.gone).is_(False)).order_by(col(Partner.name), col(Partner.uuid))
    if kind is not None:
        found = found.where(Partner.kind == kind)
    return [one for one in session.exec(found) if revoked or not one.revoked]


def by_recipient(session: Session, recipient: str | None) -> Partner | None:
    """The trusted partner with a key; None for a stranger or a revoked key."""
    if not recipient:
        return None
    found = session.exec(select(Partner).where(Partner.uuid == uuid_of(recipient))).first()
    return found if found is not None and not found.gone and not found.revoked else None


def by_key(session: Session, text: str, *kinds: PartnerKind, but: str = "") -> Partner:
    """The trusted partner with a recipient, a fingerprint, or a name nobody else has; never the one with the recipient
    ``but``. Raises Invalid(to=…)."""
    wanted, number = text.strip(), digits(text)
    known = [
        one for one in partners(session, revoked=True) if one.recipient != but and (not kinds or one.kind in kinds)
    ]
    same = [one for one in known if one.recipient == wanted.lower() or one.uuid == wanted]
    same = same or [one for one in known if len(number) == 30 and digits(one.fingerprint) == number]
    same = same or [one for one in known if one.name.casefold() == wanted.casefold()]
    standing = [one for one in same if not one.revoked]
    if len(standing) == 1:
        return standing[0]
    if standing:
        raise Invalid(to=Problem(SEVERAL, {"key": text}))
    raise Invalid(to=Problem(REVOKED, {"name": same[0].name}) if same else Problem(UNKNOWN, {"key": text}))
