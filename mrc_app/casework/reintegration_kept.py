"""What is kept of reintegration: plans, their lines and instalments."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from sqlmodel import Session, col, select

from mrc_app.casework.reintegration import Plan, PlanLine, SupportInstalment
from mrc_app.errors import MrcError
from mrc_app.i18n import N_
from mrc_app.store.roles import May, needs

Kept = TypeVar("Kept", Plan, PlanLine, SupportInstalment)

# -- Words, Record, Rules, Actions: see reintegration

# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Plan]:
    """A client's plans, the latest first."""
    chosen = select(Plan).where(Plan.client == client, col(Plan.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Plan.made_on).desc(), col(Plan.id).desc())))


@needs(May.SEE_NAMES)
def current(session: Session, client: str) -> Plan | None:
    """The plan she works with: the latest that is not closed."""
    return next((one for one in of_client(session, client) if one.closed_on is None), None)


@needs(May.SEE_NAMES)
def lines(session: Session, plan: Plan) -> list[PlanLine]:
    """The lines of a plan, as they were written."""
    chosen = select(PlanLine).where(PlanLine.plan == plan.uuid, col(PlanLine.gone).is_(False))
    return list(session.exec(chosen.order_by(col(PlanLine.id))))


@needs(May.SEE_NAMES)
def instalments(session: Session, client: str) -> list[SupportInstalment]:
    """A client's instalments, by the day they are due."""
    chosen = select(SupportInstalment).where(SupportInstalment.client == client, col(SupportInstalment.gone).is_(False))
    return list(session.exec(chosen.order_by(col(SupportInstalment.due), col(SupportInstalment.id))))


@needs(May.SEE_NAMES)
def instalments_due(session: Session, by: date, limit: int = 100) -> list[SupportInstalment]:
    """Unpaid instalments due by a day, the oldest first."""
    chosen = select(SupportInstalment).where(
        col(SupportInstalment.due) <= by,
        col(SupportInstalment.paid_on).is_(None),
        col(SupportInstalment.gone).is_(False),
    )
    return list(session.exec(chosen.order_by(col(SupportInstalment.due), col(SupportInstalment.id)).limit(limit)))


@needs(May.SEE_NAMES)
def by_uuid(session: Session, kind: type[Kept], uuid: str) -> Kept:
    """One plan, line or instalment. Raises MrcError when there is none that this officer may see."""
    found = session.exec(select(kind).where(col(kind.uuid) == uuid, col(kind.gone).is_(False))).first()
    if found is None:
        raise MrcError(N_("This is not on this desk."))
    return found
