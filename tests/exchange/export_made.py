"""A centre of invented people whose every word can be looked for in what leaves, and an archive unsealed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyrage
from sqlmodel import Session

from mrc_app.casework import (
    claims,
    consents,
    costs,
    counselling,
    events,
    grievance_people,
    grievances,
    returns,
)
from mrc_app.casework.consents import How, Purpose, Said, State
from mrc_app.exchange import desk_keys, partners
from mrc_app.exchange import ministry_export_agreements as agreements
from mrc_app.exchange.ministry_export_words import Column, Tier
from mrc_app.exchange.ministry_exports import Asking, Made, export
from mrc_app.exchange.partners import PartnerKind
from mrc_app.money import Money
from mrc_app.store import restrictions
from mrc_app.store.centre import Store
from tests.make import NO, OFFICER, make_client, make_journey

DAY = date(2026, 11, 12)
TODAY = date(2026, 12, 9)
NAMED = Said(State.GIVEN, How.SIGNED, "am")
MINISTRY = desk_keys.from_seed(bytes(range(32)))
OTHER = desk_keys.from_seed(bytes(range(1, 33)))
SECRET = "ab" * 32


def fill(store: Store, *, everybody: bool = True) -> dict[str, str]:
    """People who agreed; with ``everybody`` also one who refused, one restricted, one with violence alone."""
    with store.change(by=store.officer, do="test") as session:
        made = dict(_agreed(session))
        events.record(session, by=OFFICER, today=DAY, on=DAY, place="Zembaba hall", people=5, sex={"female": 5})
        counselling.tally(session, on=DAY, officer=OFFICER)
        if everybody:
            made |= _left_out(session, store.officer)
    return made


def _agreed(session: Session) -> Iterator[tuple[str, str]]:
    for number, (name, sex) in enumerate((("Wubalem", "female"), ("Zerihun", "male"), ("Yeshimebet", "female"))):
        one = make_client(
            session, call_name=name, given=name, father="Qwibbleson", grandfather="Xandrax", sex=sex, on=DAY,
            birth={"age": str(23 + 9 * number)}, phone=f"091155066{number}", passport=f"EPQ77881{number}",
            district="Vrangelia", origin_admin1="South Zyzzyva" if number else "ET-AM", status="irregular",
            kind="returnee", stage="return", note="=Crimson umbrella",
        )  # fmt: skip
        way = make_journey(session, one, on=DAY, sector="domestic", isco="9111", employer="Plumbago Trading")
        counselling.record(
            session, client=one.uuid, on=DAY, officer=OFFICER, topics=("fees",), note="Crimson umbrella, veranda"
        )
        costs.pay(session, client=one.uuid, on=DAY, by=OFFICER, code="FEE", amount=Money(44_000_00, "ETB"),
                  journey=way.uuid, paid_to="Ato Figwort")  # fmt: skip
        costs.earn(session, client=one.uuid, on=DAY, by=OFFICER, amount=Money(22_000_00, "ETB"), month=DAY)
        returns.note(session, client=one.uuid, on=DAY, by=OFFICER, kind="deported", note="Marmalade jar")
        yield name, one.uuid
        if not number:
            case = grievances.lodge(
                session, desk_code="BD1", by=OFFICER, on=DAY, people=[one.uuid], categories=["E1"], title="Thimble"
            )
            claim = claims.add(session, client=one.uuid, grievance=case.uuid, head="wage",
                               amount=Money(450_000, "TND"), on=DAY, by=OFFICER)  # fmt: skip
            claims.put(session, claim, form="payment", amount=Money(120_500, "TND"), on=DAY, by=OFFICER, today=DAY)
            grievance_people.against(session, case, name="Sotuhuile sarl", address="Pinnacle 9")
            yield "case", case.uuid


def _left_out(session: Session, officer: str) -> dict[str, str]:
    refused = make_client(session, call_name="Bekelech", sex="female", statistics=NO, on=DAY)
    shut = make_client(session, call_name="Almaz", sex="female", on=DAY)
    hurt = make_client(session, call_name="Senait", sex="female", on=DAY, status="regular")
    for one in (refused, shut):
        counselling.record(session, client=one.uuid, on=DAY, officer=OFFICER)
        returns.note(session, client=one.uuid, on=DAY, by=OFFICER, kind="deported")
    grievances.lodge(session, desk_code="BD1", by=OFFICER, on=DAY, people=[hurt.uuid], categories=["E14"])
    restrictions.restrict(session, client=shut.uuid, officers=[officer], since="2026-11-12T00:00:00Z")
    return {"refused": refused.uuid, "shut": shut.uuid, "hurt": hurt.uuid}


def ask_named(session: Session, client: str) -> None:
    """She agrees to be shared with the ministry by name."""
    consents.ask(session, client=client, purpose=Purpose.MINISTRY, said=NAMED, by=OFFICER, on=DAY)


def trust(store: Store, own: desk_keys.Own = MINISTRY, name: str = "BOLSA") -> None:
    """The ministry's key is trusted."""
    with store.change(by=store.officer, do="test") as session:
        partners.trust(session, kind=PartnerKind.MINISTRY, name=name, recipient=own.recipient, by=store.officer, on=DAY)


def agree(store: Store, *columns: Column, to: str = "BOLSA", **over: Any) -> None:
    """An agreement on every tier."""
    with store.change(by=store.officer, do="ministry_agreements.agree") as session:
        typed: dict[str, Any] = {"reference": "MoU 7", "signed_on": DAY, "tiers": (Tier.CASE, Tier.LINK)}
        agreements.agree(session, to=to, on=DAY, by=store.officer, columns=columns, **{**typed, **over})


def made(store: Store, folder: Path, tier: Tier = Tier.MIN, period: str = "2026-Q4", **over: Any) -> Made:
    """An export for the ministry."""
    typed: dict[str, Any] = {"to": (MINISTRY.recipient,), "languages": ("en",)}
    return export(store, Asking(period, tier, **{**typed, **over}), folder, TODAY)


def unsealed(file: Path, own: desk_keys.Own = MINISTRY) -> bytes:
    """The archive inside, opened with the ministry's key as the age program would."""
    if file.suffix == ".zip":
        return file.read_bytes()
    return bytes(pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(own.identity)]))


def entries(whole: bytes) -> dict[str, bytes]:
    """Every file of an archive, and of the workbook in it."""
    found: dict[str, bytes] = {}
    with ZipFile(io.BytesIO(whole)) as zipped:
        for name in zipped.namelist():
            found[name] = zipped.read(name)
            if name.endswith(".xlsx"):
                found |= {f"{name}/{inner}": content for inner, content in entries(found[name]).items()}
    return found


def table(files: dict[str, bytes], path: str) -> list[dict[str, str]]:
    """A CSV table of an archive."""
    return list(csv.DictReader(io.StringIO(files[path].decode("utf-8"))))


def observed(files: dict[str, bytes], flow: str, indicator: str, **cell: str) -> str | None:
    """A number of a dataflow; dimensions that are not named are totals where there are any."""
    from mrc_app.exchange.ministry_export_profile import FLOWS

    for row in table(files, f"indicators/{flow}.csv"):
        wanted = {dim: cell.get(dim, "_T") for dim in FLOWS[flow].dims} | {"INDICATOR": indicator}
        if wanted.items() <= row.items():
            return row["OBS_VALUE"]
    return None
