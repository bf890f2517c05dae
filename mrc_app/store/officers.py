"""The people of the desk and the centre they work for."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.errors import Invalid, NotAllowed, Problem
from mrc_app.i18n import N_
from mrc_app.store.raw import raw_of
from mrc_app.store.records import Record, TextList, checks, word_column
from mrc_app.store.roles import May, Role, may, needs

# -- Record


class Officer(Record, table=True):
    """A person who signs in here. ``login`` finds the key slot; the name is what colleagues read.

    ``public_key`` (X25519, hexadecimal) is what restricted records are sealed to for her. ``reset_at`` is the UTC
    instant somebody else (``reset_by``) gave her a new password.
    """

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {"reset": ("reset_at", "reset_by")}
    __table_args__ = checks(role=Role)

    name: str
    login: str = Field(index=True)
    role: Role = word_column(Role, Role.CASEWORKER)
    active: bool = True
    public_key: str = ""
    reset_at: str | None = None
    reset_by: str | None = None


class Centre(Record, table=True):
    """The centre this file belongs to: one row. ``country`` is ISO 3166-1 alpha-2, ``languages`` BCP 47 codes."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "phone": ("phone", "phone_checked"),
        "address": ("address", "address_checked"),
    }

    name: str
    country: str
    languages: tuple[str, ...] = Field(default=(), sa_column=Column(TextList(), nullable=False, default=()))
    phone: str = ""
    phone_checked: date | None = None
    address: str = ""
    address_checked: date | None = None
    settings: dict[str, Any] = Field(default_factory=dict, sa_column=Column(JSON, nullable=False))


# -- Actions


LAST = N_("Somebody must stay who may add and disable officers.")
ALONE = N_("{name} is the only one who may see some clients. She names another officer before she leaves.")
MYSELF = N_("You cannot disable yourself. Ask a colleague.")


@needs(May.KEEP_PEOPLE)
def add(session: Session, *, name: str, login: str, role: Role = Role.CASEWORKER) -> Officer:
    """A new person at the desk; ``people.add`` gives her a password too. Raises Invalid."""
    problems: dict[str, Problem | str] = {}
    if not name.strip():
        problems["name"] = N_("Write the name colleagues use.")
    if not login.strip():
        problems["login"] = N_("Write the name to sign in with.")
    elif by_login(session, login):
        problems["login"] = Problem(N_("Somebody signs in as “{login}” already."), {"login": login})
    if problems:
        raise Invalid(**problems)
    officer = Officer(name=name.strip(), login=login.strip(), role=role)
    session.add(officer)
    return officer


@needs(May.KEEP_PEOPLE)
def change_role(session: Session, officer: Officer, *, role: Role) -> Officer:
    """Gives an officer another role. Raises NotAllowed when nobody would be left to keep people."""
    officer.role = role
    return _kept(session, officer)


@needs(May.KEEP_PEOPLE)
def disable(session: Session, officer: Officer, *, by: str, even_alone: bool = False) -> Officer:
    """Ends an officer's work here; her name stays in the journal.

    Raises NotAllowed for oneself, for the last who keeps people and, unless ``even_alone``, where nobody else may see a
    client who is restricted to her: she names another officer first.
    """
    if officer.uuid == by:
        raise NotAllowed(MYSELF)
    if not even_alone and _alone(session, officer.uuid):
        raise NotAllowed(ALONE, name=officer.name)
    officer.active = False
    return _kept(session, officer)


@needs(May.KEEP_PEOPLE)
def note_reset(session: Session, officer: Officer, *, by: str, at: str) -> Officer:
    """Keeps who gave an officer a new password, and when."""
    officer.reset_at, officer.reset_by = at, by
    session.add(officer)
    return officer


def _alone(session: Session, officer: str) -> bool:
    """Whether a restriction names nobody else who works here. Says nothing of whom it protects."""
    raw = raw_of(session)
    sql = (
        "SELECT 1 FROM main.restriction r WHERE r.lifted IS NULL AND r.gone = 0 "
        "AND EXISTS (SELECT 1 FROM json_each(r.officers) n WHERE n.value = ?1) AND NOT EXISTS "
        "(SELECT 1 FROM json_each(r.officers) n JOIN main.officer o ON o.uuid = n.value AND o.active = 1 "
        "AND o.gone = 0 WHERE n.value <> ?1) LIMIT 1"
    )
    return raw.execute(sql, (officer,)).fetchone() is not None


def _kept(session: Session, officer: Officer) -> Officer:
    if not any(may(one.role, May.KEEP_PEOPLE) and one.active for one in officers(session)):
        raise NotAllowed(LAST)
    session.add(officer)
    session.flush()
    return officer


# -- Questions


def by_login(session: Session, login: str) -> Officer | None:
    """The active officer who signs in with a login, whatever its capitals."""
    wanted = login.strip().casefold()
    people = session.exec(select(Officer).where(col(Officer.gone).is_(False), col(Officer.active).is_(True)))
    return next((person for person in people if person.login.casefold() == wanted), None)


def officers(session: Session) -> list[Officer]:
    """Everybody who works or worked here, by name."""
    return list(session.exec(select(Officer).where(col(Officer.gone).is_(False)).order_by(col(Officer.name))))


def signing_in_as(session: Session, login: str) -> Officer:
    """The active officer with a login. Raises Invalid when there is none."""
    found = by_login(session, login)
    if found is None:
        raise Invalid(login=Problem(N_("Nobody here signs in as “{login}”."), {"login": login}))
    return found


def by_login_ever(session: Session, login: str) -> Officer:
    """Who signs or signed in with a login, the active one first. Raises Invalid when nobody ever did."""
    wanted = login.strip().casefold()
    found = [one for one in officers(session) if one.login.casefold() == wanted]
    if not found:
        raise Invalid(login=Problem(N_("Nobody here signs in as “{login}”."), {"login": login}))
    return max(found, key=lambda one: one.active)
