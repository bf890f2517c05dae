"""Providers: the services a client can be referred to, each confirmed by a person on a day.

A shelter never carries an address: not typed, not imported, not by turning another service into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import func, tuple_
from sqlmodel import Field, Session, col, select

from mrc_app.calendars.days import months_after
from mrc_app.casework import fields
from mrc_app.casework.provider_words import ABROAD_FOR_A_STATE, OF_A_STATE, Confirmed, ProviderKind
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.folding import fold
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs
from mrc_app.store.schema import sought

# -- Words: see provider_words

# -- Record


class Provider(Record, table=True):
    """A service. ``country``: where it stands; ``speaks_for``: the country whose state it belongs to, where it is an
    embassy or a labour attaché. ``phone`` is as it is dialled."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "place": ("kind", "address"),
        "contact": ("phone", "confirmed_on", "confirmed_by", "recheck_on"),
        "where": ("country", "speaks_for"),
    }
    __table_args__ = checks(kind=ProviderKind)

    kind: ProviderKind = word_column(ProviderKind, ProviderKind.OTHER)
    name: str
    country: str = Field(index=True)
    speaks_for: str = ""
    services: tuple[str, ...] = texts_column()
    hours: str = ""
    languages: tuple[str, ...] = texts_column()
    phone: str = ""
    address: str = ""
    confirmed_on: date | None = None
    confirmed_by: str | None = None
    recheck_on: date | None = None
    note: str = ""

    def shown_as(self) -> str:
        """Its name in lists."""
        return self.name

    def search_text(self) -> str:
        """What it can be found by: name, services, phone."""
        return " ".join(filter(None, (self.name, *self.services, self.phone)))


# -- Rules

RECHECK_MONTHS = 6
PROVIDER: dict[str, fields.Check] = {
    "kind": fields.word(ProviderKind),
    **dict.fromkeys(("name", "hours", "phone"), fields.text),
    **dict.fromkeys(("address", "note"), fields.long_text),
    **dict.fromkeys(("country", "speaks_for"), fields.country),
    "services": fields.texts,
    "languages": fields.language_codes,
}
NO_ADDRESS = N_("A shelter never carries an address: who looks for her must not find it here.")


def confirmed(provider: Provider, today: date) -> Confirmed:
    """What the last confirmation of a service is worth on a day."""
    on = provider.confirmed_on
    if on is None or on > today:
        return Confirmed.NEVER
    again = provider.recheck_on or months_after(on, RECHECK_MONTHS)
    return Confirmed.FRESH if today <= again else Confirmed.STALE


def state_of(provider: Provider) -> str | None:
    """The country whose state learns what this service is told: "" when it is not known which, None when none does."""
    if provider.kind not in OF_A_STATE:
        return None
    return provider.speaks_for if provider.kind in ABROAD_FOR_A_STATE else provider.country


def belongs_to(provider: Provider, countries: Iterable[str]) -> bool:
    """Whether a service belongs to the state of one of these countries. Where either is not known, it may."""
    state, known = state_of(provider), {code for code in countries if code}
    return state is not None and (not state or not known or state in known)


def problems(kept: Mapping[str, Any]) -> dict[str, Problem]:
    """What is wrong with a whole entry, field by field."""
    wrong: dict[str, Problem] = {}
    if not kept["name"]:
        wrong["name"] = Problem(N_("Give the service a name."))
    if not kept["country"]:
        wrong["country"] = Problem(N_("Say in which country it stands."))
    if kept["kind"] in ABROAD_FOR_A_STATE and not kept["speaks_for"]:
        wrong["speaks_for"] = Problem(N_("Say which country it speaks for."))
    if kept["phone"] and not any(sign.isdigit() for sign in kept["phone"]):
        wrong["phone"] = Problem(N_("“{number}” is not a phone number."), {"number": kept["phone"]})
    if kept["kind"] is ProviderKind.SHELTER and kept["address"]:
        wrong["address"] = Problem(NO_ADDRESS)
    return wrong


# -- Actions

EMPTY: dict[str, Any] = {**dict.fromkeys(("name", "hours", "phone", "address", "note", "country", "speaks_for"), "")}


@needs(May.NUMBERS)
def add(session: Session, **typed: Any) -> Provider:
    """Enters a service, unconfirmed: kind, name, country, speaks_for, services, hours, languages, phone, address, note.
    Raises Invalid field by field."""
    kept = fields.checked(PROVIDER, {**EMPTY, "kind": "", **typed})
    wrong = problems(kept)
    if wrong:
        raise Invalid(**wrong)
    return added(session, Provider(**kept))


@needs(May.NUMBERS)
def amend(session: Session, provider: Provider, *, changes: Mapping[str, Any]) -> Provider:
    """Changes fields, named as in ``add``. Another number is unconfirmed until somebody has called it. Raises
    Invalid."""
    before = {name: getattr(provider, name) for name in PROVIDER}
    kept = fields.checked(PROVIDER, changes)
    wrong = problems({**before, **kept})
    if wrong:
        raise Invalid(**wrong)
    for column, value in kept.items():
        setattr(provider, column, value)
    if provider.phone != before["phone"]:
        provider.confirmed_on = provider.confirmed_by = provider.recheck_on = None
    return added(session, provider)


@needs(May.NUMBERS)
def confirm(
    session: Session,
    provider: Provider,
    *,
    by: str,
    today: date,
    on: date | str | None = None,
    recheck_on: date | str | None = None,
) -> Provider:
    """Keeps that a person reached the service and what stands here is right; to be asked again half a year later unless
    another day is given. Raises Invalid."""
    typed = fields.checked({"on": fields.day, "recheck_on": fields.day}, {"on": on, "recheck_on": recheck_on})
    day = typed["on"] or today
    again = typed["recheck_on"] or months_after(day, RECHECK_MONTHS)
    wrong = {"on": Problem(N_("This day is still to come."))} if day > today else {}
    if again <= day:
        wrong["recheck_on"] = Problem(N_("The day to check again must come after the check."))
    if wrong:
        raise Invalid(**wrong)
    provider.confirmed_on, provider.confirmed_by, provider.recheck_on = day, by, again
    return added(session, provider)


@needs(May.NUMBERS)
def remove(session: Session, provider: Provider) -> None:
    """Takes a service off the directory; what was referred to it stays."""
    provider.gone = True
    added(session, provider)


@needs(May.NUMBERS)
def take_in(session: Session, rows: Sequence[Mapping[str, Any]]) -> list[Provider]:
    """Enters a list from a file, all or nothing; a service that stands here already (name, kind, country) is passed
    over. Raises Invalid, the row named by its number."""
    known = {place(one.name, one.kind, one.country) for one in session.exec(_all())}
    made: list[Provider] = []
    for number, row in enumerate(rows, 1):
        try:
            kept = fields.checked(PROVIDER, {**EMPTY, "kind": "", **row})
            wrong = problems(kept)
        except Invalid as refused:
            wrong = refused.problems
        if wrong:
            raise Invalid(**{f"{number}.{name}": said for name, said in wrong.items()})
        here = place(kept["name"], kept["kind"], kept["country"])
        if here not in known:
            known.add(here)
            made.append(added(session, Provider(**kept)))
    return made


def place(name: str, kind: ProviderKind, country: str) -> tuple[str, str, str]:
    """By what one service is told from another."""
    return fold(name), kind.value, country


# -- Questions

FIRST = ("", "")
NO_PROVIDER = N_("This service is not in the directory.")


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> Provider:
    """The service with an identity, also one taken off the directory. Raises MrcError when the desk has none."""
    found = session.exec(select(Provider).where(Provider.uuid == uuid)).first()
    if found is None:
        raise MrcError(NO_PROVIDER)
    return found


@needs(May.SEE_NAMES)
def by_name(session: Session, name: str) -> list[Provider]:
    """The services of this name, written in any way."""
    wanted = fold(name)
    return [one for one in session.exec(_all()) if fold(one.name) == wanted]


@needs(May.SEE_NAMES)
def named(session: Session, said: str) -> Provider:
    """The one service with this identity or name. Raises MrcError when there is none, or several."""
    found = [one for one in among(session, [said]) if not one.gone] or by_name(session, said)
    if not found:
        raise MrcError(N_("There is no service “{name}” in the directory."), name=said)
    if len(found) > 1:
        raise MrcError(N_("Several services are called “{name}”: name one by its id."), name=said)
    return found[0]


@needs(May.SEE_NAMES)
def directory(
    session: Session,
    text: str = "",
    after: tuple[str, str] = FIRST,
    limit: int = 100,
    *,
    kind: ProviderKind | None = None,
    country: str = "",
) -> list[tuple[Provider, tuple[str, str]]]:
    """A page of the directory by name, each with its place in that order; those that hold every word of ``text``."""
    place = (sought.c.sort, sought.c.record)
    chosen = (
        select(Provider, sought.c.sort)
        .join(sought, sought.c.record == Provider.uuid)
        .where(sought.c.kind == "provider", col(Provider.gone).is_(False), tuple_(*place) > tuple_(*after))
        .order_by(*place)
        .limit(limit)
    )
    if kind is not None:
        chosen = chosen.where(Provider.kind == kind)
    if country:
        chosen = chosen.where(Provider.country == country)
    for word in fold(text).split():
        chosen = chosen.where(func.instr(sought.c.text, word) > 0)
    return [(provider, (sort, provider.uuid)) for provider, sort in session.exec(chosen)]


@needs(May.SEE_NAMES)
def among(session: Session, uuids: Iterable[str]) -> list[Provider]:
    """The services with these identities, as far as there are any."""
    return list(session.exec(select(Provider).where(col(Provider.uuid).in_(set(uuids)))))


@needs(May.SEE_NAMES)
def count(session: Session) -> int:
    """How many services stand in the directory."""
    return session.exec(select(func.count()).select_from(Provider).where(col(Provider.gone).is_(False))).one()


@needs(May.SEE_NAMES)
def to_confirm(session: Session, today: date) -> list[Provider]:
    """The services nobody has confirmed, or that are to be asked again."""
    return [one for one in session.exec(_all()) if confirmed(one, today) is not Confirmed.FRESH]


def _all() -> Any:
    return select(Provider).where(col(Provider.gone).is_(False)).order_by(col(Provider.id))
