"""Letters that were given out, and what was asked first: is she under their control, has she her passport, is her
family safe? The program warns and keeps the choice; it never chooses.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import consent_shares, fields
from mrc_app.casework.consents import Purpose
from mrc_app.casework.letters_given_words import Choice, Known, LetterKind, To
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, checks, word_column
from mrc_app.store.roles import May, needs

# -- Words: see letters_given_words

# -- Record


class Letter(Record, table=True):
    """One letter about one client: to whom, in which language, what was asked before it, and what was chosen.

    ``sha256`` is the digest of what was given; empty while the letter waits.
    """

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "what": ("kind", "to_party", "to_kind", "language", "copy_language", "sha256"),
        "asked": ("still_under_control", "has_passport", "family_safe", "choice"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"copy_language"})
    __table_args__ = checks(
        kind=LetterKind, to_kind=To, still_under_control=Known, has_passport=Known, family_safe=Known, choice=Choice
    )

    client: str = Field(foreign_key="client.uuid", index=True)
    grievance: str | None = Field(default=None, foreign_key="grievance.uuid", index=True)
    kind: LetterKind = word_column(LetterKind, LetterKind.COMPLAINT)
    to_party: str
    to_kind: To = word_column(To, To.OTHER)
    language: str
    copy_language: str = ""
    on: date = Field(index=True)
    by: str
    still_under_control: Known = word_column(Known, Known.NOT_ASKED)
    has_passport: Known = word_column(Known, Known.NOT_ASKED)
    family_safe: Known = word_column(Known, Known.NOT_ASKED)
    choice: Choice = word_column(Choice, Choice.WAITS)
    sha256: str = ""


# -- Rules

QUESTIONS: dict[str, str] = {
    "still_under_control": N_("Is she still under their control?"),
    "has_passport": N_("Does she have her passport?"),
    "family_safe": N_("Is her family safe?"),
}
"""What is asked before a letter leaves, in this order."""
UNDER_CONTROL = N_(
    "She may be under their control: a letter can be answered with threats, a report or a lost wage. "
    "Agree first where she can go and whom she calls."
)
NO_PASSPORT = N_(
    "Her passport may not be in her hands: plan first how she gets it back, or how she is safe without it."
)
FAMILY = N_("Her family may be pressed because of the letter: ask her what they need before it leaves.")
NOT_HOME = N_("She fears her own state: no letter goes to the embassy of her own country.")
LETTER: dict[str, fields.Check] = {
    "kind": fields.word(LetterKind),
    "to_party": fields.text,
    "to_kind": fields.word(To),
    "language": fields.language_code,
    "copy_language": fields.language_code,
    **dict.fromkeys(QUESTIONS, fields.word(Known)),
    "choice": fields.word(Choice),
    "sha256": fields.text,
}


def asks_first(kind: LetterKind) -> bool:
    """Whether the three questions come before this letter. A referral goes to somebody who helps, by her consent."""
    return kind is not LetterKind.REFERRAL


def purpose(kind: LetterKind) -> Purpose:
    """The consent a letter leaves under."""
    return Purpose.REFERRAL if kind is LetterKind.REFERRAL else Purpose.COMPLAINT


def unanswered(still_under_control: Known, has_passport: Known, family_safe: Known) -> dict[str, Problem]:
    """The questions that were not asked yet."""
    said = dict(zip(QUESTIONS, (still_under_control, has_passport, family_safe), strict=True))
    return {name: Problem(QUESTIONS[name]) for name, answer in said.items() if answer is Known.NOT_ASKED}


def warnings(still_under_control: Known, has_passport: Known, family_safe: Known) -> list[Problem]:
    """What may happen because of a letter. Not known counts as danger; nothing here stops a letter."""
    found = [
        (UNDER_CONTROL, still_under_control in (Known.YES, Known.NOT_KNOWN)),
        (NO_PASSPORT, has_passport in (Known.NO, Known.NOT_KNOWN)),
        (FAMILY, family_safe in (Known.NO, Known.NOT_KNOWN)),
    ]
    return [Problem(message) for message, warned in found if warned]


def may_go(to: To, *, fears_own_state: bool) -> Problem | None:
    """Why no letter may go to somebody at all; None when it may."""
    return Problem(NOT_HOME) if to is To.ORIGIN_EMBASSY and fears_own_state else None


def _wrong(kept: dict[str, Any]) -> dict[str, Problem]:
    wrong: dict[str, Problem] = {}
    if not kept["to_party"]:
        wrong["to_party"] = Problem(N_("Say whom the letter goes to."))
    if not kept["language"]:
        wrong["language"] = Problem(N_("Choose a language."))
    if asks_first(kept["kind"]):
        wrong |= unanswered(*(kept[name] for name in QUESTIONS))
    if kept["choice"] is Choice.STOPPED:
        wrong["choice"] = Problem(N_("Only a letter that waits is stopped."))
    given = bool(kept["sha256"])
    if given and not re.fullmatch(r"[0-9a-f]{64}", kept["sha256"]):
        wrong["sha256"] = Problem(N_("This is no digest of a file."))
    if given is not (kept["choice"] is Choice.GOES) and "choice" not in wrong:
        wrong["choice"] = Problem(N_("A letter that goes has its digest; one that waits has none."))
    return wrong


# -- Actions


@needs(May.COUNSEL)
def keep(session: Session, *, client: str, on: date, by: str, grievance: str | None = None, **typed: Any) -> Letter:
    """Writes down a letter that goes, or that waits: kind, to_party, to_kind, language, copy_language, the three
    answers, choice, sha256. What goes is noted among what left, for the day she withdraws. Raises Invalid."""
    unsaid = {"to_party": "", "to_kind": To.OTHER, "language": "", "sha256": "", **dict.fromkeys(QUESTIONS, "")}
    kept = fields.checked(LETTER, {**unsaid, **typed})
    missing = {name: Problem(N_("Choose one.")) for name in ("kind", "choice") if name not in kept}
    wrong = missing or _wrong(kept)
    if wrong:
        raise Invalid(**wrong)
    letter = Letter(client=client, grievance=grievance, on=on, by=by, **kept)
    session.add(letter)
    session.flush()
    if letter.choice is Choice.GOES:
        consent_shares.note(
            session, client=client, to=letter.to_party, purpose=purpose(letter.kind), fields=(letter.kind.value,),
            on=on, by=by,
        )  # fmt: skip
    return letter


@needs(May.COUNSEL)
def stop(session: Session, *, client: str, purposes: Collection[Purpose], cases: Collection[str] = ()) -> list[Letter]:
    """Stops the letters about a client that wait and would leave under one of the purposes (of some ``cases`` only)."""
    stopped = [
        one
        for one in of_client(session, client)
        if one.choice is Choice.WAITS and purpose(one.kind) in purposes and (not cases or one.grievance in cases)
    ]
    for one in stopped:
        one.choice = Choice.STOPPED
        session.add(one)
    session.flush()
    return stopped


# -- Questions


@needs(May.SEE_NAMES)
def of_grievance(session: Session, grievance: str) -> list[Letter]:
    """The letters of a case, the latest first."""
    chosen = select(Letter).where(Letter.grievance == grievance, col(Letter.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Letter.on).desc(), col(Letter.id).desc())))


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Letter]:
    """The letters about a client, the latest first."""
    chosen = select(Letter).where(Letter.client == client, col(Letter.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Letter.on).desc(), col(Letter.id).desc())))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Letter:
    """One letter. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(Letter).where(Letter.uuid == uuid, col(Letter.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This letter is not on this desk."))
    return found
