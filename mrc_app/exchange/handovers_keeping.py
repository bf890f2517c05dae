"""Carries out what was decided about an arriving hand-over, inside one unit of work."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError
from sqlmodel import select

from mrc_app.casework import consents
from mrc_app.casework.consents import How, Purpose, Said, Standing, State
from mrc_app.errors import CannotRead
from mrc_app.exchange import ledgers
from mrc_app.exchange.handovers_arriving import Look
from mrc_app.exchange.handovers_deciding import Base, Step
from mrc_app.exchange.handovers_parts import Origin, Part
from mrc_app.exchange.handovers_reading import NOT_A_HANDOVER
from mrc_app.exchange.handovers_snapshots import is_open
from mrc_app.exchange.ledgers import Received
from mrc_app.store import restrictions
from mrc_app.store.kinds import Kind, kinds
from mrc_app.store.records import Record, new_uuid
from mrc_app.store.roles import May, needs
from mrc_app.store.rows import now_text

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.exchange.partners import Partner
    from mrc_app.store.attachments import Sealed


@needs(May.REGISTER)
def keep(session: Session, found: Look, *, partner: Partner, parcel: str, on: date, by: str) -> None:
    """Keeps the steps of a hand-over, where its records come from, her yes, and digests of what came. Raises CannotRead
    for values no record can hold; then nothing is kept."""
    document = found.coming.document
    keeping = _Keeping(session, found, on, by)
    try:
        for step in found.plan.steps:
            keeping.step(step)
        session.flush()
    except (ValidationError, TypeError, KeyError, ValueError):
        raise CannotRead(NOT_A_HANDOVER) from None
    keeping.origins()
    if found.first:
        keeping.agree(partner)
    keeping.restrict()
    told = {
        "base": Base.of(new_uuid(), document.items).text(), "moves": document.moves, "parts": list(document.parts),
        "partner": partner.name, "centre": document.centre,
    }  # fmt: skip
    session.add(
        Received(
            client=found.client, handover=document.id, revision=document.revision, recipient=partner.recipient,
            parcel=parcel, state="accepted", at=f"{on.isoformat()}T{now_text()[11:]}", body=json.dumps(told),
        )
    )  # fmt: skip
    session.flush()


@needs(May.REGISTER)
def refuse(session: Session, found: Look, *, partner: Partner, parcel: str, because: str, on: date) -> None:
    """Keeps that a hand-over was not accepted; nothing of it is kept."""
    document = found.coming.document
    session.add(
        Received(
            client=None, handover=document.id, revision=document.revision, recipient=partner.recipient, parcel=parcel,
            state="rejected", at=f"{on.isoformat()}T{now_text()[11:]}",
            body=json.dumps({"because": because, "partner": partner.name}),
        )
    )  # fmt: skip
    session.flush()


@dataclass(frozen=True)
class _Keeping:
    session: Session
    found: Look
    on: date
    by: str

    def step(self, step: Step) -> None:
        """One record: a new one, or registers of the one here."""
        kind = kinds()[step.item.kind]
        if step.op == "add":
            values = self._values(kind, step.item.fields, frozenset(kind.registers))
            self.session.add(kind.record.model_validate(self._as_new(kind, step, values)))
            self.session.flush()
            return
        table: Any = kind.record
        record: Record = self.session.exec(select(table).where(table.uuid == step.local)).one()
        fields = {name: True if name == "gone" else step.item.fields[name] for name in step.registers}
        for column, value in self._values(kind, fields, frozenset(step.registers)).items():
            setattr(record, column, value)
        self.session.add(record)
        self.session.flush()

    def _values(self, kind: Kind, fields: Mapping[str, Any], wanted: frozenset[str]) -> dict[str, Any]:
        """The columns of registers as this program knows them."""
        values: dict[str, Any] = {}
        for register, value in fields.items():
            columns = kind.registers.get(register)
            if columns is None or register not in wanted:
                continue
            named = value if isinstance(value, dict) else {columns[0]: value}
            for column in columns:
                if column in named and is_open(column, self._parts()):
                    values[column] = self._read(kind, column, named[column])
        return values

    def _parts(self) -> list[Part]:
        return [part for part in Part if part.value in self.found.coming.document.parts]

    def _read(self, kind: Kind, column: str, value: Any) -> Any:
        if isinstance(value, list) and column in (*kind.parents, "grievance"):
            return self.found.local[Origin(*value)]
        read: Callable[[Any], Any] | None = kind.reads[column]
        return value if value is None or read is None else read(value)

    def _as_new(self, kind: Kind, step: Step, values: dict[str, Any]) -> dict[str, Any]:
        more: dict[str, Any] = {"uuid": step.local}
        if kind.name == "client":
            more |= {"registered_on": self.on, "registered_by": self.by}
        if kind.name == "attachment":
            done: Sealed | None = self.found.coming.papers.get(step.item.origin)
            more |= {"key": done.key.hex() if done else ""}
        asked = kind.record.model_fields.items()
        named = {name: "" for name, one in asked if one.is_required() and one.annotation is str}
        return {**named, **{name: value for name, value in values.items() if value is not None}, **more}

    def origins(self) -> None:
        """Keeps where every record was made that was not made here, once."""
        document = self.found.coming.document
        known = set(self.found.here.origins.values())
        for one in document.items:
            if one.origin.centre == self.found.here.centre or one.origin in known or one.kind not in kinds():
                continue
            self.session.add(
                ledgers.Origin(
                    client=None if one.kind == "provider" else self.found.client, centre=one.origin.centre,
                    record=one.origin.record, local=self.found.local[one.origin], of_kind=one.kind,
                )
            )  # fmt: skip
        self.session.flush()

    def agree(self, partner: Partner) -> None:
        """Her yes to the hand-over covers both of its ends: a record here, and what this desk tells the giver."""
        agreed = self.found.coming.document.agreed
        if not agreed.get("how"):
            return
        said = Said(
            State.GIVEN, How(agreed["how"]), str(agreed.get("language") or ""), str(agreed.get("interpreter") or ""),
            certified_by=partner.name,
            expires_on=date.fromisoformat(agreed["expires_on"]) if agreed.get("expires_on") else None,
        )  # fmt: skip
        given = date.fromisoformat(str(agreed["given_on"]))
        standing = consents.matrix(self.session, self.found.client, self.on)
        for purpose, scope in ((Purpose.RECORD, ""), (Purpose.HAND_OVER, partner.name)):
            if standing[purpose] is Standing.NOT_ASKED:
                consents.ask(
                    self.session, client=self.found.client, purpose=purpose, said=said, by=self.by, on=given,
                    scope=scope,
                )  # fmt: skip

    def restrict(self) -> None:
        """What only named officers saw over there, only the officer who takes it in sees here."""
        document = self.found.coming.document
        wanted = [self.found.client] if document.restricted else []
        wanted += [self.found.local[one] for one in document.closed if one in self.found.local]
        for subject in wanted:
            if not restrictions.standing(self.session, subject):
                restrictions.restrict(self.session, client=subject, officers=[self.by], since=now_text())
        self.session.flush()
