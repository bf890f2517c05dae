"""The ten working days enacted: contracts, costs, cases, claims, plans of the invented people, through the same actions
as on the screen. Rules an officer typed say who typed them; nothing here is a fact about a real country.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mrc_app.money import Money

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.store.centre import Store

People = dict[str, str]
"""The uuids of the stories' people by their key."""


def enact(desk: Store, people: People) -> None:
    """Brings every story's papers into the centre, each in one unit of work."""
    for story in STORIES:
        with desk.change(by=desk.officer, do="demo.make") as session:
            story(session, desk, people)


def tigist(session: Session, desk: Store, people: People) -> None:
    """Story 1: an offer and a contract that says less, what she paid, and her own decision."""
    from mrc_app.casework import contract_files, contract_verdicts, contracts, costs, journeys

    on, by, client = date(2026, 11, 20), desk.officer, people["tigist"]
    journey = journeys.of_client(session, client)[0]
    offer = contracts.keep(
        session, journey, on=on, by=by, stage="offer", seen_on=on,
        terms={"wage": {"amount": 1200, "currency": "SAR", "per": "month"}, "rest": {"days_per_week": 1}},
    )  # fmt: skip
    contract = contracts.keep(
        session, journey, on=on, by=by, stage="seen", seen_on=on, language="ar", terms=_contract()
    )
    check = contract_verdicts.check(session, contract, journey, on=on, by=by, against=offer)
    contract_verdicts.decide(
        session,
        check,
        verdict="do_not_sign_yet",
        on=on,
        by=by,
        because="Five points are red; the agency is asked first.",
    )
    contract_verdicts.her_decision(
        session, check, decision="waits", on=on, by=by, note="She waits for the agency's answer."
    )
    missing = {"insurance_policy", "orientation_certificate", "contract_verified"}
    for file in contract_files.of_journey(session, journey):
        for item in file.lines:
            state = "missing" if item.paper.id in missing else "seen"
            contract_files.item(
                session, journey, checklist=file.checklist.id, item=item.paper.id, state=state, on=on, by=by
            )
    for code, amount, to, receipt in (
        ("MED", "2500", "clinic", "yes"),
        ("ADM", "5000", "passport office", "yes"),
        ("FEE", "35000", "Ato Girma (invented broker)", "no"),
        ("TRV", "1500", "training transport", "no"),
    ):
        costs.pay(
            session, client=client, on=on, by=by, journey=journey.uuid, code=code, amount=Money.of(amount, "ETB"),
            paid_to=to, receipt=receipt,
        )  # fmt: skip
    costs.borrow(
        session, client=client, on=on, by=by, journey=journey.uuid, principal=Money.of("30000", "ETB"),
        lender="moneylender", interest="5", collateral="house",
    )  # fmt: skip
    costs.earn(
        session, client=client, on=on, by=by, journey=journey.uuid, basis="contract", amount=Money.of("1000", "SAR")
    )
    costs.type_rate(session, one="SAR", other="ETB", number="38", read_on=on, source="bank board", today=on, by=by)


def _contract() -> dict[str, Any]:
    return {
        "job": "Domestic worker",
        "isco": "9111",
        "employer": "Household in Riyadh (invented)",
        "agency": {"name": "Blue Nile Work Abroad (invented)", "licence": "BN-0042", "valid_to": date(2027, 6, 30)},
        "workplace": "Riyadh",
        "wage": {"amount": 1000, "currency": "SAR", "per": "month", "paid_on": "end of the month"},
        "duration_months": 24,
        "rest": {"days_per_week": 1, "may_be_worked": True},
        "passport_kept_by": "employer",
        "insurance": {"policy": "", "seen": False},
        "repatriation": {"paid_by": "employer", "condition": "only after 24 months"},
        "fees_paid_by": "employer",
    }


def almaz(session: Session, desk: Store, people: People) -> None:
    """Story 3: fourteen months of work, six paid; a case for named officers; a screening in her words."""
    from mrc_app.casework import claim_months, claims, grievance_events, grievance_screening, grievances

    on, by, client = date(2026, 10, 30), desk.officer, people["almaz"]
    case = grievances.lodge(
        session, desk_code=desk.desk_code, by=by, on=on, people=[client], title="Wages", categories=["E1", "E8", "E9"],
        step="destination", country="LB", danger="no", safe_to_talk="yes", lodged_on=on, lodged_through="herself",
    )  # fmt: skip
    grievance_events.move(session, case, state="assessed", on=on, by=by, today=on)
    claim = claims.add(session, client=client, grievance=case.uuid, head="wage", currency="USD", on=on, by=by)
    months = claim_months.whole_months(date(2025, 8, 1), 14, Money.of("200", "USD"))
    claims.write_months(session, claim, claim_months.paid_in_full(months, 6), on=on, by=by)
    sheet = grievance_screening.begin(session, client=client, on=on, by=by, grievance=case.uuid, language="am")
    grievance_screening.answer(
        session, sheet,
        said={
            "wages": ("yes", "They paid me six months, then they said later."),
            "papers": ("yes", "The agency had my passport until the last day."),
            "movement": ("yes", "I could not go out alone."),
            "isolation": ("yes", "Five months without a phone."),
            "threats": ("yes", "They said they would call the police."),
            "debt": ("no", ""),
        },
    )  # fmt: skip


def sfax(session: Session, desk: Store, people: People) -> None:
    """Story 4: five men, one employer, one letter; two settle for half and three do not."""
    from mrc_app.casework import claim_months, claims, grievance_events, grievance_people, grievances

    on, by = date(2026, 11, 12), desk.officer
    men = [people[key] for key in ("koffi", "ibrahima", "moussa_k", "yao", "alpha")]
    case = grievances.lodge(
        session, desk_code=desk.desk_code, by=by, on=on, people=men, title="Oil works", categories=["E1"],
        step="destination", country="TN", danger="no", lodged_on=on, lodged_through="herself",
    )  # fmt: skip
    grievance_people.against(session, case, name="SOTUHUILE s.a.r.l. (invented)", against="employer", country="TN")
    grievance_events.move(session, case, state="assessed", on=on, by=by, today=on)
    grievance_events.move(session, case, state="negotiation", on=on, by=by, today=on)
    koffi = claims.add(session, client=men[0], grievance=case.uuid, head="wage", currency="TND", on=on, by=by)
    worked = claim_months.worked_days(date(2026, 10, 1), date(2026, 10, 31), 24, Money.of("18.750", "TND"))
    rows = claim_months.paid_altogether((worked,), Money.of("120.500", "TND"))
    claims.write_months(session, koffi, rows, on=on, by=by)
    for man, owed in zip(men[1:], ("210.000", "96.250", "300.000", "75.500"), strict=True):
        claims.add(session, client=man, grievance=case.uuid, head="wage", amount=Money.of(owed, "TND"), on=on, by=by)


def ramesh(session: Session, desk: Store, people: People) -> None:
    """Story 5: three versions of one contract, a fee of which the receipt shows a twelfth, the agency's history."""
    from mrc_app.casework import contracts, costs, grievances, journeys, recruiter_events, recruiters

    on, by, client = date(2026, 11, 21), desk.officer, people["ramesh"]
    journey = journeys.of_client(session, client)[0]
    promised = {
        "job": "Mason", "isco": "7112", "employer": "Gulf Stone (invented)",
        "wage": {"amount": 1500, "currency": "QAR", "per": "month"},
        "food": {"provided": False, "allowance": 300},
    }  # fmt: skip
    found = {
        "job": "Helper", "isco": "9313", "employer": "Gulf Stone (invented)",
        "wage": {"amount": 1000, "currency": "QAR", "per": "month"}, "food": {"provided": False},
    }  # fmt: skip
    for stage, day, terms in (
        ("advert", date(2025, 11, 3), promised),
        ("lodged", date(2025, 12, 2), promised),
        ("signed_at_destination", date(2025, 12, 22), found),
    ):
        contracts.keep(session, journey, on=on, by=by, stage=stage, seen_on=day, terms=terms)
    costs.pay(
        session, client=client, on=on, by=by, journey=journey.uuid, code="FEE", amount=Money.of("120000", "NPR"),
        paid_to="Himal Shine (invented)", receipt="no", note="The receipt shows NPR 10,000.",
    )  # fmt: skip
    agency = recruiters.add(
        session, by=by, on=on, kind="agency", name="Himal Shine (invented)", country="NP", licence_number="HS-0",
        licence_valid_to=date(2027, 7, 16),
    )  # fmt: skip
    recruiters.link(session, client=client, recruiter=agency.uuid, role="agency", on=on, by=by, journey=journey.uuid)
    for number, day in enumerate((date(2024, 9, 2), date(2025, 3, 11), date(2025, 8, 30))):
        recruiter_events.note_event(
            session, recruiter=agency.uuid, kind="complaint", on=day, by=by, today=on, about=f"old-{number}"
        )
    recruiter_events.note_event(
        session, recruiter=agency.uuid, kind="settled", on=date(2025, 6, 1), by=by, today=on, about="old-1"
    )
    case = grievances.lodge(
        session, desk_code=desk.desk_code, by=by, on=on, people=[client], title="Contract", categories="R1,R4,E2",
        step="destination", country="QA", danger="no", lodged_on=on, lodged_through="herself",
    )  # fmt: skip
    recruiter_events.note_event(
        session, recruiter=agency.uuid, kind="complaint", on=on, by=by, today=on, client=client, about=case.uuid
    )


def liza(session: Session, desk: Store, people: People) -> None:
    """Story 6: HKD 14,564 claimed; leave or extend within two weeks; a hearing after that day."""
    from mrc_app.casework import agenda_deadlines, claims, deadline_typed, grievance_cases, grievance_events, grievances

    on, by, client = date(2026, 11, 22), desk.officer, people["liza"]
    case = grievances.lodge(
        session, desk_code=desk.desk_code, by=by, on=on, people=[client], title="Dismissal", categories="E1,E10,T1",
        step="destination", country="HK", danger="no", lodged_on=on, lodged_through="herself",
    )  # fmt: skip
    grievance_events.move(session, case, state="assessed", on=on, by=by, today=on)
    grievance_events.move(session, case, state="filed", on=on, by=by, today=on)
    for head, amount in (
        ("wage", "5100"), ("notice", "5100"), ("ticket", "2800"), ("food_travel", "204"), ("rest_days", "1360"),
    ):  # fmt: skip
        claims.add(session, client=client, grievance=case.uuid, head=head, amount=Money.of(amount, "HKD"), on=on, by=by)
    grievance_cases.plan_hearing(session, case, by=by, forum="Conciliation", on=date(2026, 12, 3), place="Hong Kong")
    rules = deadline_typed.rules(session, "PH-HK", "domestic", on)
    stay = next((rule for rule in rules if rule.purpose.value == "leave_or_extend" and rule.number), None)
    if stay is not None:
        agenda_deadlines.begin(
            session, stay, on=on, by=by, client=client, grievance=case.uuid, started_on=date(2026, 11, 10)
        )


def fanta(session: Session, desk: Store, people: People) -> None:
    """Story 9: eight years abroad, five of them paid into social security, savings without decimals."""
    from mrc_app.casework import covers, journeys, returns

    on, by, client = date(2026, 11, 18), desk.officer, people["fanta"]
    journey = journeys.of_client(session, client)[0]
    returns.note(
        session, client=client, on=on, by=by, journey=journey.uuid, kind="voluntary", returned_on="2026-11-02",
        from_country="MR", paper="passport", savings=Money.of("1150000", "XOF"), wish="stay",
    )  # fmt: skip
    covers.keep(
        session, client=client, journey=journey.uuid, kind="pension", scheme="Social security fund (invented)",
        country="MR", number_last4="0417", months="60", claim="preparing", claim_on=on,
    )  # fmt: skip


def dawit(session: Session, desk: Store, people: People) -> None:
    """Story 10: the baseline, the plan after 28 days, three instalments, the diary of the year."""
    from mrc_app.casework import assessments, follow_ups, instruments, journeys, reintegration, returns, skills

    by, client, first = desk.officer, people["dawit"], date(2026, 10, 16)
    journey = journeys.of_client(session, client)[0]
    home = returns.note(
        session, client=client, on=first, by=by, journey=journey.uuid, kind="deported", returned_on="2026-10-12",
        from_country="SA", paper="emergency", needs="documents", debts=Money.of("60000", "ETB"),
    )  # fmt: skip
    ours = instruments.known(instruments.OURS)
    sheet = assessments.assess(
        session, client=client, answers=_baseline(ours), on=date(2026, 11, 6), by=by, wave="baseline"
    )
    plan = reintegration.plan(
        session, client=client, on=date(2026, 11, 13), by=by, contact_on=first, homecoming=home.uuid, agreed="yes",
        assessment=sheet, instrument=ours,
    )  # fmt: skip
    cash = reintegration.add_line(
        session, plan, dimension="economic", action="Support in cash, three instalments", who_pays="partner",
        cost=Money.of("120", "USD"), provider="Project (invented)",
    )  # fmt: skip
    for due in (date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)):
        reintegration.instalment(session, cash, amount=Money.of("40", "USD"), due=due)
    for action, provider in (
        ("Welding course, 480 hours", "TVET college (invented)"),
        ("Recognition of block-laying learned abroad", "Assessment centre (invented)"),
        ("Counselling", "Health centre (invented)"),
        ("Cooperative of four returnees", "Cooperative office (invented)"),
    ):
        reintegration.add_line(session, plan, dimension="economic", action=action, provider=provider)
    reintegration.add_line(session, plan, dimension="economic", action="A loan", promise="not_promised")
    follow_ups.plan_year(session, client=client, start=date(2026, 11, 13), plan=plan.uuid)
    skills.train(session, client=client, kind="tvet", course="Welding", provider="TVET college (invented)", hours="480")
    skills.recognise(
        session, client=client, isco="7112", occupation="Block layer", assessor="Assessment centre (invented)"
    )
    follow_ups.start_enterprise(session, client=client, kind="cooperative", name="Four (invented)", members="4")


def _baseline(ours: Any) -> dict[str, dict[str, Decimal]]:
    given = {
        "economic": "0.25 0.50 0.25 0.50 0.00 0.25",
        "social": "0.50 0.50 0.75 1 0.50 0.50",
        "psychosocial": "0.50 0.25 0.75 0.75 0.50 1",
    }
    return {
        one.id: {
            question.id: Decimal(value) for question, value in zip(one.questions, given[one.id].split(), strict=True)
        }
        for one in ours.dimensions
    }


STORIES: tuple[Callable[..., None], ...] = (tigist, almaz, sfax, ramesh, liza, fanta, dawit)
