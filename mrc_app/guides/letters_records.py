"""From the desk's records to the facts of a letter. Reads, changes nothing.

Nobody is named in a letter who has not agreed to it (P4), and nothing is taken along that the letter does not need: no
residence status, no number of a paper, no phone of hers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from mrc_app.casework import (
    claims,
    clients,
    consents,
    contract_files,
    contract_verdicts,
    contracts,
    costs,
    deadlines,
    duplicates,
    grievance_cases,
    grievance_referrals,
    grievances,
    journeys,
)
from mrc_app.casework.claim_rules import Kind
from mrc_app.casework.client_words import Answer
from mrc_app.casework.clients import Client
from mrc_app.casework.contract_findings import Shown, Verdict
from mrc_app.casework.contract_points import Point
from mrc_app.casework.contract_verdicts import ContractCheck
from mrc_app.casework.cost_excess import Finding
from mrc_app.casework.grievance_words import Against
from mrc_app.casework.grievances import Grievance
from mrc_app.casework.letters_given_words import LetterKind, To
from mrc_app.corridors import accepted
from mrc_app.errors import MrcError
from mrc_app.guides.contract_result import MissingPapers, Result, may_call
from mrc_app.guides.letters_facts import (
    ClaimLine,
    Contact,
    Deadline,
    Excess,
    Found,
    Law,
    LetterFacts,
    Paper,
    Party,
    Referral,
    Version,
)
from mrc_app.i18n import N_
from mrc_app.money import Money
from mrc_app.store.roles import May, needs

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.centre import CentreFacts

PRIVATE = (
    "phone", "phone_typed", "emergency_phone", "cover_text", "who_may_answer", "passport", "union_name", "note",
    "location_place",
)  # fmt: skip
"""Columns of a client that stand in no letter."""
ASKS = {
    "R1": "refund", "R2": "refund", "R5": "passport", "E8": "passport", "R4": "contract", "E11": "contract",
    "T1": "ticket", "T6": "belongings", "E10": "certificate",
}  # fmt: skip
"""What a complaint of a code asks for, beside the money."""
LAWS = {"R1": "penalty.overcharge", "R2": "penalty.overcharge", "R4": "penalty.contract_substitution"}
"""The facts of a corridor's file that name a law for a code."""
SENT_TO = {
    Against.EMPLOYER: To.EMPLOYER, Against.HOUSEHOLD: To.EMPLOYER, Against.AGENCY_HOME: To.AGENCY,
    Against.AGENCY_ABROAD: To.AGENCY, Against.BROKER: To.AGENCY, Against.OFFICIAL: To.AUTHORITY,
}  # fmt: skip
NO_CHECK = N_("No contract of hers was checked yet. Check it first.")
NOT_REFERRED = N_("She has not agreed to be referred to {service} (consent P3). Ask first.")
NOT_AGREED = N_("Nobody here has agreed that this office takes the matter up (consent P4). Ask first.")


@dataclass(frozen=True)
class Prepared:
    """The facts of a letter, the clients it is about, and the case, if it is about one."""

    facts: LetterFacts
    clients: tuple[str, ...]
    grievance: str | None = None


@dataclass(frozen=True)
class Sender:
    """What of the desk stands in a letter."""

    centre: Party
    officer: str
    on: date


def sender(facts: CentreFacts, officer: str, on: date) -> Sender:
    """The centre as it signs."""
    return Sender(Party(facts.name, facts.address, facts.phone), officer, on)


# -- a contract


@needs(May.COUNSEL)
def agency(
    session: Session, number: str, *, by: Sender, to: Party | None = None, answer_by: date | None = None
) -> Prepared:
    """A letter to the agency about a client's latest checked contract. Raises MrcError without check or consent."""
    client = clients.by_number(session, number)
    _agreed(session, [client], "", by.on)
    found = contract_verdicts.of_client(session, client.uuid)
    if not found:
        raise MrcError(NO_CHECK)
    check = found[-1]
    contract = contracts.by_uuid(session, check.contract)
    versions = [contracts.by_uuid(session, check.against)] if check.against else []
    journey = next(one for one in journeys.of_client(session, client.uuid) if one.uuid == check.journey)
    name = contracts.terms(contract).text("agency.name") or journey.agency
    facts = LetterFacts(
        LetterKind.AGENCY, by.centre, to or Party(name), To.AGENCY, (clients.full_name(client),), by.on,
        officer=by.officer, number=client.number, answer_by=answer_by, findings=findings(check),
        versions=tuple(version(one) for one in (*versions, contract)),
        papers=tuple(paper.name for file in contract_files.of_journey(session, journey) for paper in file.lacking),
        fears_own_state=not grievances.origin_embassy_allowed(session, client.uuid), private=private([client]),
    )  # fmt: skip
    return Prepared(facts, (client.uuid,))


@needs(May.HAND_OUT)
def result(session: Session, uuid: str, *, officer: str, today: date, next_on: date | None = None) -> Result:
    """What one check came to, for the sheet she takes away. Raises MrcError for a check this officer may not see."""
    check = contract_verdicts.by_uuid(session, uuid)
    client = clients.by_uuid(session, check.client)
    contract = contracts.by_uuid(session, check.contract)
    promised = contracts.terms(contracts.by_uuid(session, check.against)) if check.against else None
    journey = next((one for one in journeys.of_client(session, client.uuid) if one.uuid == check.journey), None)
    files = contract_files.of_journey(session, journey) if journey else []
    papers = MissingPapers(
        tuple(paper.name for file in files for paper in file.lacking),
        sum(file.seen for file in files),
        sum(file.needed for file in files),
    )
    return Result(
        findings(check), contracts.terms(contract), today, promised, check.verdict.value, check.decision.value, papers,
        may_call(client), next_on, officer, client.language,
    )  # fmt: skip


@needs(May.HAND_OUT)
def beside(session: Session, uuid: str) -> tuple[Version, ...]:
    """The versions of the journey of one check, in their order."""
    check = contract_verdicts.by_uuid(session, uuid)
    mine = contracts.of_client(session, check.client)
    return tuple(version(one) for one in mine if one.journey == check.journey)


def version(contract: contracts.Contract) -> Version:
    """A version as a letter shows it."""
    return Version(contract.stage.value, contracts.terms(contract), contract.signed_on or contract.seen_on)


def findings(check: ContractCheck) -> tuple[Found, ...]:
    """The points of a check as they stand, the officer's answer first; what cannot be told keeps its own row."""
    return tuple(found for point in contract_verdicts.points(check) for found in _of_point(point))


def _of_point(point: Point) -> list[Found]:
    rows = list(point.findings)
    stands = next((row for row in rows if row["verdict"] == point.state.value), None)
    if point.answer is not None and stands is None:
        return [Found(point.number, point.state.value, point.red, page=point.answer.page)]
    page = point.answer.page if point.answer else ""
    wanted = [row for row in rows if row is stands or row["verdict"] == Verdict.CANNOT_TELL.value]
    return [_found(row, red=point.red and row is stands, page=page) for row in wanted]


def _found(row: Any, *, red: bool, page: str) -> Found:
    return Found(
        row["check"], row["verdict"], red, _shown(row["contract"]), _shown(row["rule"]), row["side"] or "",
        row["source"] or "", row["as_of"] or "", row["confidence"] or "", page,
    )  # fmt: skip


def _shown(kept: dict[str, str] | None) -> Shown | None:
    if kept is None:
        return None
    from decimal import Decimal

    amount = kept.get("amount")
    rest = {name: kept.get(name, "") for name in ("text", "words", "currency", "unit")}
    return Shown(**rest, amount=Decimal(amount) if amount is not None else None)


# -- a case


@needs(May.COUNSEL)
def case(
    session: Session,
    number: str,
    kind: LetterKind,
    *,
    by: Sender,
    to: Party | None = None,
    to_kind: To | None = None,
    answer_by: date | None = None,
) -> Prepared:
    """A complaint, a claim or a complaint sheet of a case, for those of its people who agreed.

    Raises MrcError for an unknown case, or when nobody agreed.
    """
    grievance = grievances.by_number(session, number)
    people = [person for _place, person in grievances.complainants(session, grievance.uuid)]
    people = _agreed(session, people, grievance.uuid, by.on)
    against = grievances.respondents(session, grievance.uuid)
    first = against[0] if against else None
    receiver = to or (Party(first.name, first.address) if first else Party(""))
    reader = to_kind or (SENT_TO.get(first.against, To.OTHER) if first and to is None else To.AUTHORITY)
    facts = LetterFacts(
        kind, by.centre, receiver, reader, tuple(clients.full_name(one) for one in people), by.on,
        officer=by.officer, number=grievance.number, respondent=first.name if first else "", answer_by=answer_by,
        restricted=grievances.named_officers(session, grievance.uuid) is not None,
        fears_own_state=not all(grievances.origin_embassy_allowed(session, one.uuid) for one in people),
        matters=tuple(code.value for code in grievance.categories), claims=_claims(session, grievance, people),
        evidence=_evidence(session, grievance, people), private=private(people),
        asked=_asked(session, grievance), **_of_sheet(session, kind, grievance, people, by.on),
    )  # fmt: skip
    return Prepared(facts, tuple(one.uuid for one in people), grievance.uuid)


@needs(May.HAND_OUT)
def referral(
    session: Session, number: str, *, by: Sender, to: Party, needs: Sequence[str], parts: Sequence[str]
) -> Prepared:
    """A referral of one client to a service, under the consent she gave for that service (P3). Raises MrcError."""
    client = clients.by_number(session, number)
    agreed_on = grievance_referrals.agreed_on(session, client.uuid, to.name, by.on)
    if agreed_on is None:
        raise MrcError(NOT_REFERRED, service=to.name)
    contact = contact_of(client)
    told = Referral(tuple(needs), tuple(parts), agreed_on, contact)
    facts = LetterFacts(
        LetterKind.REFERRAL, by.centre, to, To.SERVICE, (clients.full_name(client),), by.on, officer=by.officer,
        number=client.number, referral=told, private=private([client]) if not contact.phone else (),
    )  # fmt: skip
    return Prepared(facts, (client.uuid,))


def contact_of(client: Client) -> Contact:
    """How a service may reach her: only what she allowed; without her yes to calls, only through the office."""
    rule = clients.safe_contact(client)
    if rule is None or rule.may_call is not Answer.YES:
        return Contact()
    return Contact(rule.phone, rule.safe_hours, rule.who_may_answer, rule.cover_text, rule.may_message is Answer.YES)


def _agreed(session: Session, people: Sequence[Client], scope: str, on: date) -> list[Client]:
    def permits(one: Client) -> bool:
        return duplicates.allows(session, one.uuid, consents.Purpose.COMPLAINT, scope, today=on)

    found = [one for one in people if permits(one)]
    if not found:
        raise MrcError(NOT_AGREED)
    return found


def _claims(session: Session, grievance: Grievance, people: Sequence[Client]) -> tuple[ClaimLine, ...]:
    names = {one.uuid: clients.full_name(one) for one in people}
    made: list[ClaimLine] = []
    for line in claims.of_grievance(session, grievance.uuid):
        if line.claim.client not in names:
            continue
        name, head = names[line.claim.client], line.claim.head.value
        rows = [ClaimLine(name, row.due, row.paid, head, row.first, row.last) for row in line.months]
        paid = line.four.money(Kind.PAID) or Money(0, line.claim.currency)
        made += rows or [ClaimLine(name, line.four.money(Kind.CLAIMED) or paid, paid, head)]
    return tuple(made)


def _evidence(session: Session, grievance: Grievance, people: Sequence[Client]) -> tuple[Paper, ...]:
    known = {one.uuid for one in people}
    found = grievance_cases.evidence(session, grievance.uuid)
    return tuple(Paper(one.what, one.seen.value) for one in found if one.client is None or one.client in known)


def _asked(session: Session, grievance: Grievance) -> tuple[str, ...]:
    asked = [ASKS[code.value] for code in grievance.categories if code.value in ASKS]
    money = ["pay"] if claims.of_grievance(session, grievance.uuid) else []
    return tuple(dict.fromkeys([*money, *asked, "answer"]))


def _of_sheet(
    session: Session, kind: LetterKind, grievance: Grievance, people: Sequence[Client], on: date
) -> dict[str, Any]:
    """What only a complaint sheet of one person shows: versions, what was paid too much, laws, time limits."""
    if kind is not LetterKind.COMPLAINT_SHEET or len(people) != 1:
        return {}
    journey = journeys.current(session, people[0].uuid)
    limits = [one for one in deadlines.of_grievance(session, grievance.uuid) if deadlines.is_open(one)]
    told = {"deadlines": tuple(_limit(one) for one in limits)}
    if journey is None:
        return told
    corridor = accepted.corridor(session, journey.corridor)
    keys = {LAWS[code.value] for code in grievance.categories if code.value in LAWS}
    laws = tuple(
        Law(f"{fact.legal_basis}: {fact.value_text}", fact.source.title, fact.as_of)
        for fact in corridor.facts
        if fact.key in keys and fact.legal_basis
    )
    return {
        **told, "laws": laws, "excess": _excess(session, people[0], journey, on),
        "versions": tuple(version(one) for one in contracts.of_journey(session, journey)),
    }  # fmt: skip


def _limit(one: deadlines.Deadline) -> Deadline:
    return Deadline(one.what or one.forum, one.due, one.source, one.checked_on, one.checked_by)


def _excess(session: Session, person: Client, journey: journeys.Journey, on: date) -> tuple[Excess, ...]:
    found = costs.reckoned(session, person.uuid, on, journey).compared
    return tuple(
        Excess(one.paid, one.allowed or Money(0, one.paid.currency), one.fact.source.title, one.fact.side.value,
               one.fact.confidence.value)
        for one in found if one.finding is Finding.OVER
    )  # fmt: skip


def private(people: Sequence[Client]) -> tuple[str, ...]:
    """What of these people may stand in no letter."""
    return tuple(str(getattr(one, column)) for one in people for column in PRIVATE if getattr(one, column))
