"""The register of centres: who may send, and the recipient (``age1…``) that was compared by telephone or on paper."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from mrc_app.errors import Invalid, Problem
from mrc_app.exchange import key_text
from mrc_app.i18n import N_
from mrc_app.ministry.database import Database
from mrc_app.ministry.opening import CENTRE

LONGEST = 200


class Centre(NamedTuple):
    """A centre that sends, or should."""

    code: str
    name: str
    recipient: str
    since: date

    @property
    def fingerprint(self) -> str:
        """Digits to compare; empty where no key was given."""
        public = key_text.public_of(self.recipient)
        return key_text.fingerprint(public) if public else ""


def add(database: Database, *, code: str, name: str, recipient: str, today: date) -> Centre:
    """Writes a centre into the register, or a new name or key for one that stands there. Raises Invalid."""
    code, name, recipient = code.strip(), name.strip(), recipient.strip()
    wrong: dict[str, Problem | str] = {}
    if CENTRE.fullmatch(code) is None:
        wrong["code"] = Problem(N_("“{code}” is no centre code (for example ETH-AA-01)."), {"code": code})
    if not name or len(name) > LONGEST:
        wrong["name"] = N_("A name of up to 200 letters is needed.")
    if recipient and key_text.public_of(recipient) is None:
        wrong["recipient"] = Problem(N_("“{key}” is not an age key (age1…)."), {"key": recipient[:80]})
    if wrong:
        raise Invalid(**wrong)
    with database.change():
        database.run(
            "INSERT INTO centre (code, name, recipient, since) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (code) DO UPDATE SET name = excluded.name, recipient = excluded.recipient",
            code, name, recipient, today.isoformat(),
        )  # fmt: skip
    return next(one for one in listed(database) if one.code == code)


def listed(database: Database) -> list[Centre]:
    """The register, by code."""
    rows = database.rows("SELECT code, name, recipient, since FROM centre ORDER BY code")
    return [Centre(code, name, recipient, date.fromisoformat(since)) for code, name, recipient, since in rows]
