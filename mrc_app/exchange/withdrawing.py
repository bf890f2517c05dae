"""Withdrawal beyond the referrals: letters that wait, hand-overs without a receipt, and what waits in the outbox.

A withdrawal stops at once what this desk knows of. One that was written at another desk stops what waits here at the
moment of sending: ``refuse_to_send`` is asked there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from sqlite3 import Connection
from typing import TYPE_CHECKING

from mrc_app.casework import duplicates, letters_given
from mrc_app.casework.consents import Consent, Purpose
from mrc_app.casework.letters_given import Letter
from mrc_app.errors import MrcError
from mrc_app.exchange import handovers, ledgers
from mrc_app.exchange.handovers import Handover, Sent
from mrc_app.exchange.ledgers import LeftPart
from mrc_app.i18n import N_
from mrc_app.store import sealing
from mrc_app.store.raw import raw_of
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

# -- Record


@dataclass(frozen=True)
class Export:
    """A named export that held a person, with the day it was made."""

    on: date
    to: str
    part: str


@dataclass(frozen=True)
class Stopped:
    """What a withdrawal stopped: letters that waited, hand-overs without a receipt, files taken out of the outbox; and
    the named exports she stands in, which go where they went."""

    letters: list[Letter] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    exports: list[Export] = field(default_factory=list)


# -- Rules

NAMED = {"ministry-link": Purpose.MINISTRY, "ministry-case": Purpose.STATISTICS}
"""The parts of a named export, and the consent they leave under; every other part is of a hand-over."""
WITHDRAWN = N_(
    "Somebody in “{file}” withdrew her consent after it was made. It is not sent. Drop it and make it again: what she "
    "no longer agrees to is left out."
)


def purpose_of(part: str) -> Purpose:
    """The consent under which a part left."""
    return NAMED.get(part, Purpose.HAND_OVER)


def concerns(scope: str, partner: str, recipient: str, parts: Collection[str]) -> bool:
    """Whether an answer with a scope is about something that goes to a partner: it is general, or it names the partner
    or one of the parts."""
    known = {one.casefold() for one in (partner, recipient, *parts)}
    return not scope or scope.casefold() in known


# -- Actions


@needs(May.COUNSEL)
def stop(session: Session, client: str, withdrawn: Iterable[Consent]) -> Stopped:
    """Stops what waits under answers that were just withdrawn, under all of a person's records."""
    answers = list(withdrawn)
    whole = any(one.purpose is Purpose.RECORD for one in answers)
    purposes = frozenset(Purpose) if whole else frozenset(one.purpose for one in answers)
    cases = [one.scope for one in answers if one.purpose is Purpose.COMPLAINT]
    letters = [
        letter
        for member in duplicates.members(session, client)
        for letter in letters_given.stop(
            session, client=member, purposes=purposes, cases=() if whole or "" in cases else cases
        )
    ]
    stopped = [one for one in handovers.sent_of(session, client) if _stops(one, answers, whole)]
    for one in stopped:
        one.state = Sent.STOPPED
        session.add(one)
    session.flush()
    held = _exports(session, client, purposes)
    digests = {one.sha256 for one in stopped} | {one.sha256 for one in held}
    exports = [Export(date.fromisoformat(one.at[:10]), one.partner_name, one.part) for one in held]
    return Stopped(letters, stopped, _taken_out(raw_of(session), digests - {""}), exports)


def _stops(one: Handover, answers: Iterable[Consent], whole: bool) -> bool:
    if one.state is not Sent.SENT:
        return False
    said = [answer.scope for answer in answers if answer.purpose is Purpose.HAND_OVER]
    return whole or any(concerns(scope, one.partner_name, one.recipient, one.parts) for scope in said)


def _exports(session: Session, client: str, purposes: Collection[Purpose]) -> list[LeftPart]:
    found = [part for member in duplicates.members(session, client) for part in ledgers.left(session, member)]
    return [one for one in found if one.part in NAMED and NAMED[one.part] in purposes]


def _taken_out(connection: Connection, digests: Collection[str]) -> list[str]:
    """Takes what was not sent yet out of the outbox; the sealed bytes go with the next tidying."""
    names = []
    for digest in sorted(digests):
        sql = "SELECT name FROM outbox WHERE sha256 = ? AND state = 'queued' ORDER BY name"
        names += [row[0] for row in connection.execute(sql, (digest,))]
        connection.execute("DELETE FROM outbox WHERE sha256 = ? AND state = 'queued'", (digest,))
    return names


# -- Questions

_ASKED = """SELECT l.part, l.partner_name, l.recipient, c.purpose, c.scope FROM main.leftpart l
JOIN main.consent c ON c.client = l.client
WHERE l.sha256 = ? AND l.gone = 0 AND c.gone = 0 AND c.state = 'withdrawn'
AND NOT EXISTS (SELECT 1 FROM main.consent n WHERE n.gone = 0 AND instr(n.replaces, c.uuid) > 0)"""


def refuse_to_send(connection: Connection, digest: str, file: str) -> None:
    """Raises MrcError where somebody whose record is in a sealed file (by its SHA-256) withdrew since: asked at the
    moment of sending, by whoever sends. What cannot be read here counts as a withdrawal."""
    for part, partner, recipient, purpose, scope in connection.execute(_ASKED, (digest,)):
        if purpose not in (Purpose.RECORD.value, purpose_of(part).value):
            continue
        shut = any(text.startswith(sealing.SHUT) for text in (scope, partner))
        if purpose == Purpose.RECORD.value or shut or concerns(scope, partner, recipient, (part,)):
            raise MrcError(WITHDRAWN, file=file)
