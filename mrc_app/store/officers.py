"""The people of the desk and the centre they work for."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.errors import Invalid, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, TextList, checks, word_column
from mrc_app.store.roles import Role

# -- Record


class Officer(Record, table=True):
    """A person who signs in here. ``login`` finds the key slot; the name is what colleagues read."""

    subject: ClassVar[str | None] = None
    registers: ClassVar[dict[str, tuple[str, ...]]] = {}
    __table_args__ = checks(role=Role)

    name: str
    login: str = Field(index=True)
    role: Role = word_column(Role, Role.CASEWORKER)
    active: bool = True


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


def add(session: Session, *, name: str, login: str, role: Role = Role.CASEWORKER) -> Officer:
    """A new person at the desk; the key slot is added with ``Store.add_officer``. Raises Invalid."""
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


# -- Questions


def by_login(session: Session, login: str) -> Officer | None:
    """The active officer who signs in with a login, whatever its capitals."""
    wanted = login.strip().casefold()
    people = session.exec(select(Officer).where(col(Officer.gone).is_(False), col(Officer.active).is_(True)))
    return next((person for person in people if person.login.casefold() == wanted), None)


def officers(session: Session) -> list[Officer]:
    """Everybody who works or worked here, by name."""
    return list(session.exec(select(Officer).where(col(Officer.gone).is_(False)).order_by(col(Officer.name))))
