"""The centre's own list of whom to call: typed by the office, checked by a person, with a day to check again.

Guides, cards and letters take their numbers from here. A number nobody confirmed is never printed on a card.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.calendars.days import months_after
from mrc_app.corridors.countries import is_country
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_, Labelled
from mrc_app.store.records import Record, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words


class Kind(Labelled):
    """What a service is. The word is also the name of its place in the guides' sentences."""

    EMBASSY = "embassy", N_("embassy or consulate")
    LABOUR_ATTACHE = "labour_attache", N_("labour attaché")
    LABOUR_OFFICE = "labour_office", N_("labour office")
    LABOUR_HOTLINE = "labour_hotline", N_("labour hotline")
    HOTLINE = "hotline", N_("other hotline")
    POLICE = "police", N_("police")
    AMBULANCE = "ambulance", N_("ambulance")
    SHELTER = "shelter", N_("shelter")
    UNION = "union", N_("union or workers' group")
    NGO = "ngo", N_("organisation that helps migrants")
    LEGAL_AID = "legal_aid", N_("legal help")
    CLINIC = "clinic", N_("clinic")
    SAFE_CLINIC = "safe_clinic", N_("clinic that does not report patients")
    MENTAL_HEALTH = "mental_health", N_("help with mental health")
    CRISIS_LINE = "crisis_line", N_("crisis line")
    CHILD_LINE = "child_line", N_("child helpline")
    GBV_LINE = "gbv_line", N_("line for violence against women")
    CENTRE = "centre", N_("migrant resource centre")
    UNHCR_OR_LAWYER = "unhcr_or_lawyer", N_("UNHCR or a refugee lawyer")
    RED_CROSS = "red_cross", N_("Red Cross or Red Crescent")
    LICENCE_OFFICE = "licence_office", N_("office that licenses agencies")
    OTHER = "other", N_("other")


class Papers(Labelled):
    """Whether somebody without papers can go there without being reported. Never guessed."""

    YES = "yes", N_("yes")
    NO = "no", N_("no")
    NOT_KNOWN = "not_known", N_("not known")


# -- Record


class Service(Record, table=True):
    """One service: its number as it is dialled, its country (alpha-2), and who checked it when."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "number": ("number", "checked_on", "checked_by", "recheck_on"),
        "address": ("address", "hide_address"),
    }
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {"safe_without_papers": ("no",)}
    __table_args__ = checks(kind=Kind, safe_without_papers=Papers)

    kind: Kind = word_column(Kind, Kind.OTHER)
    name: str
    country: str = Field(index=True)
    number: str = ""
    hours: str = ""
    languages: tuple[str, ...] = texts_column()
    cost: str = ""
    safe_without_papers: Papers = word_column(Papers, Papers.NOT_KNOWN)
    address: str = ""
    hide_address: bool = False
    note: str = ""
    checked_on: date | None = None
    checked_by: str | None = None
    recheck_on: date | None = None


# -- Rules

RECHECK_MONTHS = 6


def is_fresh(checked_on: date | None, recheck_on: date | None, today: date) -> bool:
    """Whether a person checked it, not in the future, and the day to check again is not past."""
    if checked_on is None or checked_on > today:
        return False
    return today <= (recheck_on or months_after(checked_on, RECHECK_MONTHS))


def may_print_on_card(service: Service, today: date) -> bool:
    """Whether the number may stand on a card that may be all she has: it was confirmed, and recently."""
    return bool(service.number) and is_fresh(service.checked_on, service.recheck_on, today)


def shown_address(service: Service) -> str:
    """The address to print; empty for a closed shelter, whose address must not travel."""
    return "" if service.hide_address else service.address


def problems(name: str, country: str, number: str, languages: Iterable[str]) -> dict[str, Problem]:
    """What is wrong with an entry, field by field."""
    from mrc_app.i18n import language

    wrong: dict[str, Problem] = {}
    if not name.strip():
        wrong["name"] = Problem(N_("Give the service a name."))
    if not is_country(country):
        wrong["country"] = Problem(N_("There is no country with the code “{code}”."), {"code": country})
    if number and not any(sign.isdigit() for sign in number):
        wrong["number"] = Problem(N_("“{number}” is not a phone number."), {"number": number})
    for code in languages:
        try:
            language(code)
        except Invalid as refused:
            wrong["languages"] = refused.problem
    return wrong


# -- Actions


@needs(May.NUMBERS)
def add(
    session: Session,
    *,
    kind: Kind,
    name: str,
    country: str,
    number: str = "",
    hours: str = "",
    languages: tuple[str, ...] = (),
    cost: str = "",
    safe_without_papers: Papers = Papers.NOT_KNOWN,
    address: str = "",
    note: str = "",
) -> Service:
    """Adds a service, unconfirmed. A shelter's address is hidden. Raises Invalid."""
    wrong = problems(name, country, number, languages)
    if wrong:
        raise Invalid(**wrong)
    service = Service(
        kind=kind,
        name=name.strip(),
        country=country,
        number=number.strip(),
        hours=hours.strip(),
        languages=languages,
        cost=cost.strip(),
        safe_without_papers=safe_without_papers,
        address=address.strip(),
        hide_address=kind is Kind.SHELTER,
        note=note.strip(),
    )
    session.add(service)
    return service


@needs(May.NUMBERS)
def change_number(session: Session, service: Service, *, number: str) -> Service:
    """Gives a service another number; it is unconfirmed until somebody has called it. Raises Invalid."""
    wrong = problems(service.name, service.country, number, service.languages)
    if wrong:
        raise Invalid(**wrong)
    service.number = number.strip()
    service.checked_on = service.checked_by = service.recheck_on = None
    session.add(service)
    return service


@needs(May.NUMBERS)
def confirm(
    session: Session, service: Service, *, by: str, checked_on: date, today: date, recheck_on: date | None = None
) -> Service:
    """Keeps that a person called the number and it was right. ``recheck_on`` is six months later unless given.

    Raises Invalid for a day to come, MrcError when there is no number.
    """
    if not service.number:
        raise MrcError(N_("{name} has no number to confirm."), name=service.name)
    again = recheck_on or months_after(checked_on, RECHECK_MONTHS)
    check_days(checked_on, again, today)
    service.checked_on, service.checked_by, service.recheck_on = checked_on, by, again
    session.add(service)
    return service


def check_days(checked_on: date, recheck_on: date, today: date) -> None:
    """Raises Invalid when something was checked in the future, or is to be checked again before that."""
    if checked_on > today:
        raise Invalid(checked_on=Problem(N_("The day of the check lies in the future.")))
    if recheck_on <= checked_on:
        raise Invalid(recheck_on=Problem(N_("The day to check again must come after the check.")))


@needs(May.NUMBERS)
def remove(session: Session, service: Service) -> Service:
    """Hides a service that is no longer there."""
    service.gone = True
    session.add(service)
    return service


# -- Questions


def services(session: Session, *countries: str, kind: Kind | None = None) -> list[Service]:
    """The services of some countries (of all when none is named), by kind and name."""
    asked = select(Service).where(col(Service.gone).is_(False))
    if countries:
        asked = asked.where(col(Service.country).in_(countries))
    if kind is not None:
        asked = asked.where(Service.kind == kind)
    order = list(Kind)
    return sorted(session.exec(asked), key=lambda one: (order.index(one.kind), one.name, one.uuid))


def to_check(session: Session, today: date) -> list[Service]:
    """Services with a number that nobody confirmed, or that must be checked again."""
    return [one for one in services(session) if one.number and not may_print_on_card(one, today)]
