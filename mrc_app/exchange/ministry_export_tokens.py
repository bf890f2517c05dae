"""Tokens that stand for people and cases in a ministry's rows: random, new for each ministry, kept only here. They are
never made from a name, and nobody without this centre file can turn one back.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.store.identity import LETTERS
from mrc_app.store.records import Record
from mrc_app.store.roles import May, needs

# -- Words

CASE, GRIEVANCE, LINK = "C", "G", "L"
LENGTH = 12

# -- Record


class ExportToken(Record, table=True):
    """One token of one client for one ministry. ``of``: the record it stands for (her own, or her place in a case)."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {"token": ("recipient", "of", "token")}
    codes: ClassVar[frozenset[str]] = frozenset({"recipient", "of", "token"})

    client: str = Field(foreign_key="client.uuid", index=True)
    recipient: str = Field(index=True)
    of: str = Field(index=True)
    token: str


# -- Rules


def new_token(kind: str) -> str:
    """A new random token: ``C-`` and twelve letters and digits that cannot be mistaken for each other."""
    return f"{kind}-" + "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


# -- Actions


@needs(May.EXPORT)
def tokens(session: Session, recipient: str, kind: str, wanted: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The token of each record (client, record) for a ministry; those without one get one. Where two desks made one at
    the same time, the first in order stands on every desk."""
    asked = select(ExportToken).where(ExportToken.recipient == recipient, col(ExportToken.gone).is_(False))
    found: dict[str, str] = {}
    for one in session.exec(asked.order_by(col(ExportToken.uuid).desc())):
        if one.token.startswith(f"{kind}-"):
            found[one.of] = one.token
    for client, of in sorted(set(wanted)):
        if of not in found:
            made = ExportToken(client=client, recipient=recipient, of=of, token=new_token(kind))
            session.add(made)
            found[of] = made.token
    session.flush()
    return found
