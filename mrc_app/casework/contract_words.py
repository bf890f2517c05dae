"""The words of contracts: stages, verdicts, her own decision, the names of the 28 points and of every term.

Light: they can be read without opening the store.
"""

from __future__ import annotations

from mrc_app.i18n import N_, Labelled

# -- Words


class Stage(Labelled):
    """Where along the journey a version stands."""

    ADVERT = "advert", N_("advertisement")
    OFFER = "offer", N_("offer")
    SEEN = "seen", N_("contract she was shown")
    SIGNED = "signed", N_("contract she signed")
    LODGED = "lodged", N_("contract lodged with the authority")
    SIGNED_THERE = "signed_at_destination", N_("paper signed at destination")
    ON_THE_GROUND = "on_the_ground", N_("work as it is")


class Verdict(Labelled):
    """What the officer concludes from a check. Never set by the program."""

    NOT_GIVEN = "not_given", N_("no verdict yet")
    PASS = "pass", N_("pass")
    CORRECTIONS = "pass_with_corrections", N_("pass with corrections")
    NOT_YET = "do_not_sign_yet", N_("do not sign yet")
    DO_NOT_SIGN = "do_not_sign", N_("do not sign")
    PUT_RIGHT = "put_right", N_("signed already: ask that it is put right")


class HerDecision(Labelled):
    """What the worker herself decides after the check."""

    NOT_ASKED = "not_asked", N_("not asked")
    SIGNS = "signs", N_("she signs")
    WAITS = "waits", N_("she waits")
    DOES_NOT_SIGN = "does_not_sign", N_("she does not sign")
    SIGNED_ALREADY = "signed_already", N_("she has signed already")


class ItemState(Labelled):
    """What is known of one paper of the approval file."""

    NOT_LOOKED = "not_looked", N_("not looked at yet")
    SEEN = "seen", N_("seen")
    MISSING = "missing", N_("missing")
    NOT_NEEDED = "not_needed", N_("not needed")


POINTS: dict[str, str] = {
    "1": N_("Employer and worker named, with addresses"),
    "2": N_("Agency, its licence and until when it holds"),
    "3": N_("Job as in the job order and the visa"),
    "4": N_("Address of the workplace"),
    "5": N_("Start, length and renewal"),
    "6": N_("Wage: amount, currency, period"),
    "7": N_("Pay day, way of payment, wage slip"),
    "8": N_("Hours of work and overtime"),
    "9": N_("Weekly rest day"),
    "10": N_("Paid leave and holidays"),
    "11": N_("Deductions from the wage"),
    "12": N_("Food"),
    "13": N_("Room, private and lockable"),
    "14": N_("Passport stays with her"),
    "15": N_("Insurance, policy seen"),
    "16": N_("Medical care, sick pay, maternity"),
    "17": N_("Safety and equipment paid by the employer"),
    "18": N_("Phone and freedom to go out"),
    "19": N_("Probation"),
    "20": N_("Notice, ending, penalties"),
    "21": N_("Journey home paid by the employer"),
    "22": N_("Disputes: where, under which law"),
    "23": N_("Language she understands, copy given"),
    "24": N_("Signatures, dates, verification stamps"),
    "25": N_("Same as the offer and as any second paper"),
    "26": N_("Social security"),
    "27": N_("No ban on unions, no health test as a condition"),
    "28": N_("Recruitment fees paid by the employer"),
}
"""The 28 points of a check, by number."""

TERMS: dict[str, str] = {
    "job": N_("job"),
    "isco": N_("ISCO-08 code"),
    "employer": N_("employer"),
    "agency": N_("agency"),
    "agency.name": N_("agency"),
    "agency.licence": N_("licence of the agency"),
    "agency.valid_to": N_("licence valid until"),
    "workplace": N_("workplace"),
    "wage": N_("wage"),
    "wage.amount": N_("wage"),
    "wage.currency": N_("currency of the wage"),
    "wage.per": N_("wage paid by the"),
    "wage.basis": N_("wage gross or net"),
    "wage.paid_on": N_("pay day"),
    "wage.slip": N_("wage slip"),
    "food": N_("food"),
    "food.provided": N_("food given"),
    "food.allowance": N_("food allowance"),
    "accommodation": N_("room"),
    "hours": N_("hours of work"),
    "hours.per_day": N_("hours a day"),
    "hours.per_week": N_("hours a week"),
    "overtime_percent": N_("overtime premium, percent"),
    "rest": N_("rest"),
    "rest.days_per_week": N_("rest days a week"),
    "rest.may_be_worked": N_("rest day may be worked"),
    "leave_days": N_("days of paid leave a year"),
    "duration_months": N_("length in months"),
    "probation_months": N_("probation in months"),
    "notice_days": N_("notice in days"),
    "penalty_on_worker": N_("penalty on the worker"),
    "passport_kept_by": N_("who keeps the passport"),
    "insurance": N_("insurance"),
    "insurance.policy": N_("number of the insurance policy"),
    "insurance.seen": N_("policy seen"),
    "repatriation": N_("journey home"),
    "repatriation.paid_by": N_("journey home paid by"),
    "repatriation.condition": N_("condition of the journey home"),
    "deductions": N_("deductions"),
    "fees_paid_by": N_("recruitment fees paid by"),
    "medical": N_("medical care"),
    "sick_pay": N_("sick pay"),
    "equipment_paid_by": N_("equipment paid by"),
    "movement": N_("freedom to go out"),
    "movement.free": N_("may go out on days off"),
    "movement.phone": N_("may keep a phone"),
    "social_security": N_("social security"),
    "union_ban": N_("unions forbidden"),
    "health_test_condition": N_("health test as a condition"),
    "copy_given": N_("copy given"),
    "dispute": N_("disputes"),
    "language_understood": N_("language she understands"),
    "signed": N_("signed"),
    "stage": N_("stage"),
}
"""What each term is called, by its key in the terms; a part of a term by key and part."""

PAPERS: tuple[str, ...] = (
    N_("Ethiopia: approval file for a contract through an agency"),
    N_("Check with the ministry. The similar lists for direct hiring and between governments are not kept here."),
    N_("Request for approval"),
    N_("Contract signed by the employer, verified by the embassy or the ministry, then signed by agency and worker"),
    N_("Entry visa"),
    N_("Skill certificate"),
    N_("Passport, original and copy"),
    N_("Two photographs"),
    N_("Police clearance, where it is needed"),
    N_("Pre-departure orientation certificate"),
    N_("Worker information sheet"),
    N_("Certified insurance policy"),
    N_("Nepal: papers before departure"),
    N_("From memory of public documents whose text was not read. Check with the labour office."),
    N_("Passport"),
    N_("Visa"),
    N_("Contract"),
    N_("Labour permit"),
    N_("Orientation certificate"),
    N_("Insurance"),
    N_("Receipt of the welfare fund"),
    N_("Medical examination"),
    N_("Philippines: papers before departure"),
    N_("From memory of public documents whose text was not read. Check with the Department of Migrant Workers."),
    N_("Contract verified by the labour attaché"),
    N_("Certificate of the pre-departure orientation seminar (PDOS)"),
    N_("Overseas employment certificate (OEC)"),
    N_("Membership of the welfare fund (OWWA)"),
    N_("Philippines: orientation before departure (PDOS), one day, 6 hours, 7 modules"),
    N_("An older press report says two hours. Write the hours and the certificate down as a course."),
    N_("Module 1: what working abroad is like"),
    N_("Module 2: the country she goes to"),
    N_("Module 3: the contract, her rights, what to do when it is broken"),
    N_("Module 4: health and safety"),
    N_("Module 5: money and saving"),
    N_("Module 6: programmes and services of the government"),
    N_("Module 7: the journey and the airport"),
    N_("Hong Kong: papers of a domestic worker"),
    N_("From memory of public documents whose text was not read. Check with the Immigration Department."),
    N_("Standard employment contract (form ID 407)"),
    N_("Hong Kong identity card"),
    N_("West Africa: papers for the journey"),
    N_("From memory of public documents whose text was not read. Rules for a residence permit differ by country."),
    N_("Passport or ECOWAS identity card"),
    N_("Vaccination card"),
    N_("Rules for the residence permit asked about"),
)  # fmt: skip
"""Every name and note of the lists in resources/checklists, so that they are translated."""
