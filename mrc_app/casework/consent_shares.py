"""What left about a client, with her consent: to whom, for which purpose, which fields. Never overwritten."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, Session, col, select

from mrc_app.casework.consents import Purpose
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Record


class Share(Record, table=True):
    """One thing that left: ``to`` names who was given it, ``purpose`` the consent it left under, ``fields`` what was in
    it (names of fields, no values)."""

    __table_args__ = checks(purpose=Purpose)

    client: str = Field(foreign_key="client.uuid", index=True)
    to: str
    purpose: Purpose = word_column(Purpose, Purpose.HAND_OVER)
    fields: tuple[str, ...] = texts_column()
    on: date
    by: str


# -- Actions


@needs(May.COUNSEL)
def note(
    session: Session, *, client: str, to: str, purpose: Purpose, fields: tuple[str, ...], on: date, by: str
) -> Share:
    """Writes down what left."""
    share = Share(client=client, to=to, purpose=purpose, fields=fields, on=on, by=by)
    return added(session, share)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[Share]:
    """What left about a client, oldest first."""
    chosen = select(Share).where(Share.client == client, col(Share.gone).is_(False))
    return list(session.exec(chosen.order_by(col(Share.on), col(Share.id))))
