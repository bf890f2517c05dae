"""Checks of a contract: what the rule found on a day and with which values, what the officer answered and concluded,
and what the worker herself decided. The suggestion stands beside the verdict and is never taken by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlmodel import Field, Session, col, select

from mrc_app.casework import contract_checks, contract_points, contracts, fields
from mrc_app.casework.contract_findings import Suggestion
from mrc_app.casework.contract_points import Point, canonical, document_of
from mrc_app.casework.contract_words import HerDecision, Verdict
from mrc_app.casework.contracts import Contract
from mrc_app.casework.journeys import Journey
from mrc_app.corridors import accepted, catalogue
from mrc_app.corridors.catalogue import Corridor
from mrc_app.errors import Invalid, MrcError, Problem
from mrc_app.i18n import N_
from mrc_app.store.records import Record, added, checks, texts_column, word_column
from mrc_app.store.roles import May, needs

# -- Words: see contract_words

# -- Record


class ContractCheck(Record, table=True):
    """One check of one version. ``pack`` is the corridor's file as it was, ``used`` JSON with every value of it that
    counted, ``findings`` JSON with what the rule found, ``answers`` JSON with what the officer said to each point,
    ``red`` the numbers of the points that are red."""

    registers: ClassVar[dict[str, tuple[str, ...]]] = {
        "check": ("pack", "used", "findings", "suggested", "sector", "against", "checked_on"),
        "answers": ("answers", "red"),
        "verdict": ("verdict", "verdict_because", "verdict_on", "verdict_by"),
        "decision": ("decision", "decision_note", "decision_on", "decision_by"),
    }
    codes: ClassVar[frozenset[str]] = frozenset({"pack", "used", "sector"})
    __table_args__ = checks(suggested=Suggestion, verdict=Verdict, decision=HerDecision)

    client: str = Field(foreign_key="client.uuid", index=True)
    journey: str = Field(foreign_key="journey.uuid", index=True)
    contract: str = Field(foreign_key="contract.uuid", index=True)
    against: str | None = Field(default=None, foreign_key="contract.uuid")
    checked_on: date = Field(index=True)
    officer: str
    corridor: str
    sector: str = ""
    pack: str = ""
    used: str = "[]"
    findings: str = "[]"
    suggested: Suggestion = word_column(Suggestion, Suggestion.PASS)
    answers: str = "{}"
    red: tuple[str, ...] = texts_column()
    verdict: Verdict = word_column(Verdict, Verdict.NOT_GIVEN)
    verdict_because: str = ""
    verdict_on: date | None = None
    verdict_by: str | None = None
    decision: HerDecision = word_column(HerDecision, HerDecision.NOT_ASKED)
    decision_note: str = ""
    decision_on: date | None = None
    decision_by: str | None = None


# -- Rules


def points(check: ContractCheck) -> list[Point]:
    """The 28 points of a check as they stand."""
    return contract_points.points(document_of(check.findings), document_of(check.answers))


@dataclass(frozen=True)
class Found:
    """What the rule finds now, with everything that is kept of it."""

    corridor: str
    sector: str
    pack: str
    used: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    suggested: Suggestion


def found(
    contract: Contract,
    journey: Journey,
    *,
    on: date,
    against: Contract | None = None,
    sector: str = "",
    worked: date | None = None,
    corridor: Corridor | None = None,
) -> Found:
    """What the rule says of a version on a day, against the promise before it; nothing is kept. ``corridor`` is the
    journey's as this centre knows it."""
    corridor = corridor or catalogue.corridor(journey.corridor)
    sector = sector or (journey.sector.value if journey.sector else "")
    said = contract_checks.check(
        contracts.terms(contract), corridor=corridor, signed=contract.signed_on, sector=sector or None, worked=worked,
        against=contracts.terms(against) if against else None, today=on,
    )  # fmt: skip
    rows = [contract_points.kept(finding) for finding in said.findings]
    pack, used = contract_points.pack_of(corridor), contract_points.used(said.findings)
    return Found(corridor.id, sector, pack, used, rows, said.suggested)


def points_of(found: Found, answers: Mapping[str, Mapping[str, str]]) -> list[Point]:
    """The 28 points of what was found, with answers that are not kept yet."""
    return contract_points.points(found.rows, answers)


def suggestion(check: ContractCheck) -> Suggestion:
    """What the points suggest after the officer's answers."""
    return contract_points.suggested(points(check))


@dataclass(frozen=True)
class Checked:
    """What the figures need of one journey: red points at its first and at its last check, and the day of a verdict."""

    journey: str
    client: str
    decided_on: date
    first_red: tuple[str, ...]
    last_red: tuple[str, ...]

    @property
    def passed_first_time(self) -> bool:
        """No red point at the first check."""
        return not self.first_red

    @property
    def corrected(self) -> bool:
        """Red at the first check and none at the last."""
        return bool(self.first_red) and not self.last_red


# -- Actions


@needs(May.COUNSEL)
def check(
    session: Session,
    contract: Contract,
    journey: Journey,
    *,
    on: date,
    by: str,
    against: Contract | None = None,
    sector: str = "",
    worked: date | None = None,
    answers: Mapping[str, Any] | None = None,
) -> ContractCheck:
    """Checks a version on a day and keeps what was found, with the pack and the values used; ``answers`` are the
    officer's: number of the point → state, page, note. Raises Invalid by point."""
    said = contract_points.answered(answers or {})
    known = accepted.corridor(session, journey.corridor)
    said_now = found(contract, journey, on=on, against=against, sector=sector, worked=worked, corridor=known)
    made = ContractCheck(
        client=contract.client, journey=contract.journey, contract=contract.uuid,
        against=against.uuid if against else None, checked_on=on, officer=by, corridor=said_now.corridor,
        sector=said_now.sector, pack=said_now.pack, used=canonical(said_now.used), findings=canonical(said_now.rows),
        suggested=said_now.suggested, answers=canonical(said), red=contract_points.red_of(points_of(said_now, said)),
    )  # fmt: skip
    return added(session, made)


@needs(May.COUNSEL)
def answer(session: Session, check: ContractCheck, *, answers: Mapping[str, Any]) -> ContractCheck:
    """The officer's answers to points, in the place of those before. A check with a verdict stands. Raises Invalid."""
    if check.verdict is not Verdict.NOT_GIVEN:
        raise MrcError(N_("This check has its verdict. Check the contract again instead."))
    said = contract_points.answered(answers)
    check.answers = canonical(said)
    check.red = contract_points.red_of(points(check))
    return added(session, check)


@needs(May.COUNSEL)
def decide(
    session: Session, check: ContractCheck, *, verdict: Verdict | str, on: date, by: str, because: str = ""
) -> ContractCheck:
    """The officer's verdict on a check; where it is another than the suggestion it needs a reason. Raises Invalid."""
    look: dict[str, fields.Check] = {"verdict": fields.word(Verdict), "because": fields.long_text}
    said = fields.checked(look, {"verdict": verdict, "because": because})
    wrong: dict[str, Problem] = {}
    if said["verdict"] is Verdict.NOT_GIVEN:
        wrong["verdict"] = Problem(N_("Choose the verdict."))
    elif said["verdict"].value != suggestion(check).value and not said["because"]:
        wrong["because"] = Problem(N_("The points suggest something else. Write why you decide so."))
    if on < check.checked_on:
        wrong["on"] = Problem(N_("A verdict cannot come before the check."))
    if wrong:
        raise Invalid(**wrong)
    check.verdict, check.verdict_because = said["verdict"], said["because"]
    check.verdict_on, check.verdict_by = on, by
    return added(session, check)


@needs(May.COUNSEL)
def her_decision(
    session: Session, check: ContractCheck, *, decision: HerDecision | str, on: date, by: str, note: str = ""
) -> ContractCheck:
    """What she herself decides. It is hers: no verdict is needed for it. Raises Invalid."""
    look: dict[str, fields.Check] = {"decision": fields.word(HerDecision), "note": fields.long_text}
    said = fields.checked(look, {"decision": decision, "note": note})
    check.decision, check.decision_note = said["decision"], said["note"]
    asked = said["decision"] is not HerDecision.NOT_ASKED
    check.decision_on, check.decision_by = (on, by) if asked else (None, None)
    return added(session, check)


# -- Questions


@needs(May.SEE_NAMES)
def of_client(session: Session, client: str) -> list[ContractCheck]:
    """Every check of a client's contracts, the first one first."""
    chosen = select(ContractCheck).where(ContractCheck.client == client, col(ContractCheck.gone).is_(False))
    return list(session.exec(chosen.order_by(col(ContractCheck.checked_on), col(ContractCheck.id))))


@needs(May.SEE_NAMES)
def of_contract(session: Session, contract: Contract) -> list[ContractCheck]:
    """The checks of one version, the first one first."""
    return [one for one in of_client(session, contract.client) if one.contract == contract.uuid]


@needs(May.SEE_NAMES)
def last(session: Session, contract: Contract) -> ContractCheck | None:
    """The last check of a version; None when it was never checked."""
    found = of_contract(session, contract)
    return found[-1] if found else None


@needs(May.SEE_NAMES)
def by_uuid(session: Session, uuid: str) -> ContractCheck:
    """One check. Raises MrcError when there is none that this officer may see."""
    chosen = select(ContractCheck).where(ContractCheck.uuid == uuid, col(ContractCheck.gone).is_(False))
    found = session.exec(chosen).first()
    if found is None:
        raise MrcError(N_("This check is not on this desk."))
    return found


@needs(May.COUNT)
def checked_between(session: Session, first: date, last: date) -> list[Checked]:
    """The journeys with a verdict from one day to another, with the red points of their first check and of their last
    one up to that day: what B1 to B3 and the counts by point are made from."""
    c = ContractCheck
    asked = select(c.journey, c.client, col(c.verdict_on), c.red).where(
        col(c.gone).is_(False), col(c.checked_on) <= last
    )
    by_journey: dict[str, list[Any]] = {}
    for row in session.exec(asked.order_by(col(c.checked_on), col(c.id))):
        by_journey.setdefault(row[0], []).append(row)
    counted = []
    for journey, found in by_journey.items():
        days = [on for _journey, _client, on, _red in found if on is not None and first <= on <= last]
        if days:
            counted.append(Checked(journey, found[0][1], max(days), found[0][3], found[-1][3]))
    return counted
