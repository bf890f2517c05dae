"""Who may see a client: a restriction names the officers; everybody else sees no trace of her."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.errors import Invalid, NotAllowed
from mrc_app.i18n import N_
from mrc_app.store.records import Record

# -- Record


class Restriction(Record, table=True):
    """A client kept from all but ``officers`` (uuids). ``since`` and ``lifted`` are UTC ISO instants.

    Several standing restrictions hold together: only who is named in each may see her. A restriction that
    stands beats a lifting made elsewhere without knowledge of it.
    """

    registers: ClassVar[dict[str, tuple[str, ...]]] = {}
    bias: ClassVar[dict[str, tuple[Any, ...]]] = {"lifted": (None,), "gone": (0,)}

    client: str = Field(index=True)
    officers: list[str] = Field(default_factory=list, sa_column=Column(JSON, nullable=False))
    since: str
    lifted: str | None = None


# -- Actions


def restrict(session: Session, *, client: str, officers: list[str], since: str) -> Restriction:
    """Keeps a client from everybody not named. Raises Invalid when nobody is named."""
    if not officers:
        raise Invalid(officers=N_("Name at least one officer who may see this client."))
    restriction = Restriction(client=client, officers=sorted(set(officers)), since=since)
    session.add(restriction)
    return restriction


def lift(session: Session, *, client: str, at: str) -> list[Restriction]:
    """Lifts every restriction of a client that this officer can see. Raises NotAllowed when there is none."""
    found = standing(session, client)
    if not found:
        raise NotAllowed(N_("There is no restriction here that you may lift."))
    for restriction in found:
        restriction.lifted = at
        session.add(restriction)
    return found


# -- Questions


def standing(session: Session, client: str) -> list[Restriction]:
    """The restrictions of a client that hold now."""
    return list(
        session.exec(
            select(Restriction).where(
                col(Restriction.client) == client,
                col(Restriction.lifted).is_(None),
                col(Restriction.gone).is_(False),
            )
        )
    )
