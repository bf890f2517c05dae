"""Who may see a client: a restriction names the officers; everybody else sees no trace of her."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlmodel import JSON, Column, Field, Session, col, select

from mrc_app.errors import Invalid, NotAllowed
from mrc_app.i18n import N_
from mrc_app.store.officers import Officer
from mrc_app.store.records import Record
from mrc_app.store.roles import May, may, needs

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


NOBODY = N_("Name at least one officer who may see this client.")
BLIND = N_("None of the officers named may read clients' records.")


@needs(May.RESTRICT)
def restrict(session: Session, *, client: str, officers: list[str], since: str) -> Restriction:
    """Keeps a client from everybody not named. Raises Invalid when nobody is named who works here with clients."""
    if not officers:
        raise Invalid(officers=NOBODY)
    named = session.exec(select(Officer).where(col(Officer.uuid).in_(officers), col(Officer.active).is_(True)))
    if not any(may(one.role, May.SEE_NAMES) for one in named):
        raise Invalid(officers=BLIND)
    restriction = Restriction(client=client, officers=sorted(set(officers)), since=since)
    session.add(restriction)
    return restriction


@needs(May.LIFT)
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


@needs(May.SEE_NAMES)
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
