"""What an invented centre did for its synthetic people: checks, costs, complaints, referrals, courses, returns.

From a seed of its own, so that the people stay who they are. One record in twenty or so of everything the figures
count: a report of an invented centre has something in every line.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sqlmodel import Session

    from mrc_app.demo import Invented
    from mrc_app.store.bulk import Batch
    from mrc_app.store.centre import Store

MATTERS = ("E1", "E2", "E8", "E4", "R1", "R2", "R4", "T1", "E15", "T3")
WEIGHTS = (30, 14, 12, 8, 12, 9, 7, 4, 2, 2)
PATHS = (
    ("assessed", "advice", "closed"),
    ("assessed", "filed", "mediation", "settled", "paid_part"),
    ("assessed", "filed", "mediation", "settled", "paid", "closed"),
    ("assessed", "filed", "adjudication", "awarded", "unpaid", "closed"),
    ("assessed", "negotiation", "failed", "closed"),
    ("assessed", "withdrawn"),
    ("assessed", "filed"),
)
KINDS = ("legal_aid", "shelter", "training", "health", "microfinance", "police", "ngo")
SIGNS = ("wages", "papers", "debt", "deception", "movement", "c190")
COURSES = ("orientation", "tvet", "financial_literacy")
MOST = 40
"""People who came twice, at most."""
RATES = (("SAR", "ETB", "38"), ("USD", "ETB", "140"))


@dataclass(frozen=True)
class Someone:
    """A client of the batch with the day she came and her journey, if she plans one."""

    client: str
    journey: str | None
    person: Invented


@dataclass
class Lives:
    """Adds to a batch what was done for its people. ``today``: nothing happens after it."""

    desk: Store
    today: date
    dice: random.Random
    providers: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    met: list[str] = field(default_factory=list)

    def begin(self, batch: Batch) -> None:
        """The services people are referred to, two rates, and two years of outreach."""
        for kind in KINDS:
            name = f"{kind.replace('_', ' ').capitalize()} (invented)"
            self.providers.append(batch.add("provider", kind=kind, name=name, country="ET"))
        for one, other, number in RATES:
            batch.add(
                "rate", one=one, other=other, number=number, read_on=self.today - timedelta(days=700),
                source="invented", typed_by=self.desk.officer,
            )  # fmt: skip
        for week in range(0, 720, 14):
            self._outreach(batch, self.today - timedelta(days=week))

    def add(self, batch: Batch, one: Someone) -> None:
        """What was done for one person."""
        chance, kind = self.dice.random, one.person.client["kind"]
        if one.journey and chance() < 0.22:
            self._contract(batch, one)
        if one.journey and chance() < 0.3:
            self._costs(batch, one)
        if chance() < 0.12:
            self._case(batch, one)
        if chance() < 0.12:
            self._referral(batch, one)
        if chance() < 0.1:
            self._training(batch, one)
        if kind == "returnee" and chance() < 0.8:
            self._return(batch, one)
        self.before = [*self.before[-40:], one.client]
        if len(self.met) < 2 * MOST and chance() < 0.1:
            self.met.append(one.client)

    def finish(self, session: Session) -> None:
        """Some who came twice are one person; some are only for the officer of the centre."""
        from mrc_app.casework import clients, duplicates
        from mrc_app.store import restrictions

        day, pairs = self.today, list(zip(self.met[::4], self.met[1::4], strict=False))
        for one, other in pairs:
            found = clients.by_uuid(session, one), clients.by_uuid(session, other)
            duplicates.merge(session, one=found[0], other=found[1], by=self.desk.officer, on=day)
        for client in self.met[2::8]:
            restrictions.restrict(session, client=client, officers=[self.desk.officer], since=f"{day}T08:00:00Z")

    def _day(self, start: date, most: int = 90) -> date:
        return min(start + timedelta(days=self.dice.randint(0, most)), self.today)

    def _outreach(self, batch: Batch, on: date) -> None:
        dice, by = self.dice, self.desk.officer
        kind = dice.choice(["school", "community", "job_fair", "broadcast", "union"])
        women, men, girls = dice.randint(5, 60), dice.randint(5, 40), dice.randint(0, 5)
        rows = [["female", None, None, women], ["male", None, None, men], [None, None, "potential", women + men]]
        rows += [[None, "15-17", None, girls]] if girls else []
        batch.add(
            "event", on=on, type=kind, place="Hall (invented)", minutes=90, by=by,
            people=0 if kind == "broadcast" else women + men,
            attendance="[]" if kind == "broadcast" else json.dumps(rows),
            materials=json.dumps({"leaflet": women}), audience=5000 if kind == "broadcast" else None,
        )  # fmt: skip
        for _ in range(dice.randint(0, 4)):
            sex = dice.choice(["female", "male", "not_stated"])
            batch.add("tally", on=on, sex=sex, age_band="25-34", kind="potential", officer=by)

    def _contract(self, batch: Batch, one: Someone) -> None:
        by, on = self.desk.officer, self._day(one.person.on)
        typed = {"client": one.client, "journey": one.journey}
        contract = batch.add("contract", stage="seen", seen_on=on, added_by=by, **typed)
        red = self.dice.random() < 0.45
        for turn in range(2 if red and self.dice.random() < 0.5 else 1):
            day, marks = self._day(on, 30 * turn), ("14", "23") if red and not turn else ()
            verdict = "do_not_sign_yet" if marks else "pass"
            batch.add(
                "contractcheck", contract=contract, checked_on=day, officer=by, red=marks, suggested=verdict,
                corridor=f"{one.person.client['origin_country']}-{(one.person.journey or {})['destination']}",
                verdict=verdict, verdict_on=day, verdict_by=by, **typed,
            )  # fmt: skip
            on = day

    def _costs(self, batch: Batch, one: Someone) -> None:
        dice, on = self.dice, self._day(one.person.on)
        own = {"client": one.client, "journey": one.journey, "noted_on": on, "noted_by": self.desk.officer}
        free = dice.random() < 0.12
        for code in dice.sample(["FEE", "MED", "TRV", "ADM", "ILL"], dice.randint(1, 3)):
            paid = 0 if free else dice.randint(1, 30) * 100_000
            back = paid // 2 if dice.random() < 0.05 else 0
            batch.add("cost", code=code, amount_minor=paid, currency="ETB", refunded_minor=back, **own)
        if dice.random() < 0.7:
            self._income(batch, own, on)
        if dice.random() < 0.4:
            batch.add(
                "loan", principal_minor=dice.randint(5, 40) * 100_000, currency="ETB", interest=dice.choice("025"),
                lender=dice.choice(["bank", "relative", "moneylender", "employer"]),
                collateral=dice.choice(["none", "house", "documents"]), may_leave=dice.choice(["yes", "not_asked"]),
                **own,
            )  # fmt: skip

    def _income(self, batch: Batch, own: dict[str, Any], on: date) -> None:
        dice = self.dice
        currency, minor = dice.choice(
            [
                ("ETB", dice.randint(8, 40) * 100_000),
                ("SAR", dice.randint(8, 20) * 10_000),
                ("KWD", dice.randint(80, 120) * 1000),
            ]
        )
        for basis in dice.choice([("actual",), ("contract",), ("contract", "actual")]):
            month = on.replace(day=1) if basis == "actual" and dice.random() < 0.5 else None
            batch.add("income", basis=basis, amount_minor=minor, currency=currency, month=month, **own)

    def _case(self, batch: Batch, one: Someone) -> None:
        dice, by = self.dice, self.desk.officer
        lodged = self._day(one.person.on)
        codes = tuple(dict.fromkeys(dice.choices(MATTERS, WEIGHTS, k=1 if dice.random() < 0.8 else 2)))
        number = batch.number(self.desk.desk_code, lodged.year)
        case = batch.add("grievance", number=number, lodged_on=lodged, taken_by=by, categories=codes)
        batch.add("grievanceevent", grievance=case, state="intake", on=lodged, by=by)
        others = dice.sample(self.before, min(len(self.before), dice.choice([0, 0, 0, 1, 3])))
        path = dice.choices(PATHS, (4, 2, 3, 1, 1, 1, 4))[0]
        outcome = "settled" if "settled" in path else "awarded" if "awarded" in path else "open"
        for client in (one.client, *others):
            batch.add("complainant", grievance=case, client=client, since=lodged, outcome=outcome)
        day = lodged
        for place, state in enumerate(path, 1):
            day = self._day(day, 45)
            because = {"because": "fear"} if state == "withdrawn" else {}
            batch.add("grievanceevent", grievance=case, state=state, on=day, n=place, by=by, **because)
        if dice.random() < 0.6:
            self._claim(batch, case, one.client, lodged, path)
        if "advice" in path and dice.random() < 0.3:
            batch.add("remedy", grievance=case, client=one.client, good="papers_back", on=day, by=by)
        if dice.random() < 0.25:
            self._screening(batch, case, one.client, lodged)

    def _claim(self, batch: Batch, case: str, client: str, lodged: date, path: tuple[str, ...]) -> None:
        dice, by = self.dice, self.desk.officer
        currency = dice.choice(["USD", "SAR", "ETB"])
        claim = batch.add("claim", grievance=case, client=client, head="wage", currency=currency)
        asked = dice.randint(20, 400) * 1000
        forms = [("claim", asked)]
        forms += [("offer", asked // 3)] if "mediation" in path else []
        forms += [("settlement", asked // 2)] if "settled" in path else []
        forms += [("award", asked * 3 // 4)] if "awarded" in path else []
        forms += [("payment", asked // 4)] if path[-1] == "paid_part" else []
        forms += [("payment", asked // 4), ("payment", asked // 4)] if "paid" in path else []
        for place, (form, minor) in enumerate(forms):
            on = min(lodged + timedelta(days=place * 20), self.today)
            batch.add(
                "claimentry", grievance=case, claim=claim, client=client, form=form, minor=minor, currency=currency,
                on=on, by=by,
            )  # fmt: skip

    def _screening(self, batch: Batch, case: str, client: str, on: date) -> None:
        sheet = batch.add("screening", grievance=case, client=client, on=on, by=self.desk.officer)
        for sign in SIGNS:
            answer = self.dice.choices(["yes", "no", "not_asked"], [3, 5, 2])[0]
            batch.add("screeninganswer", grievance=case, client=client, screening=sheet, indicator=sign, answer=answer)

    def _referral(self, batch: Batch, one: Someone) -> None:
        dice, by, on = self.dice, self.desk.officer, self._day(one.person.on)
        referral = batch.add(
            "referral", client=one.client, provider=dice.choice(self.providers), service="advice", made_on=on,
            made_by=by,
        )  # fmt: skip
        last = dice.randint(0, 3)
        for n, state in enumerate(("made", "sent", "acknowledged", "given")[: last + 1]):
            on = self._day(on, 20)
            told = dice.choice(["service", "client"]) if state == "given" else "desk"
            batch.add(
                "referralevent", referral=referral, client=one.client, state=state, on=on, n=n, by=by, told_by=told
            )

    def _training(self, batch: Batch, one: Someone) -> None:
        dice, since = self.dice, self._day(one.person.on)
        done = since + timedelta(days=30) <= self.today and dice.random() < 0.7
        batch.add(
            "training", client=one.client, kind=dice.choice(COURSES), course="Course (invented)", hours=40,
            since=since, until=since + timedelta(days=30) if done else None,
            state="completed" if done else "started",
            certified_on=since + timedelta(days=30) if done and dice.random() < 0.7 else None,
        )  # fmt: skip

    def _return(self, batch: Batch, one: Someone) -> None:
        dice, by, on = self.dice, self.desk.officer, one.person.on
        kind = dice.choice(["deported", "voluntary", "end_of_contract", "assisted"])
        own = {"client": one.client}
        batch.add("return", journey=one.journey, kind=kind, noted_on=on, noted_by=by, **own)
        if dice.random() < 0.6:
            made = self._day(on, 60)
            plan = batch.add("plan", contact_on=on, made_on=made, made_by=by, agreed="yes", **own)
            self._support(batch, own, plan, made)
        if dice.random() < 0.5:
            self._scores(batch, own, "baseline", self._day(on, 20))
            half = on + timedelta(days=190)
            if half <= self.today and dice.random() < 0.6:
                self._scores(batch, own, "month_6", half)
        for months, name in ((6, "survey_6"), (12, "survey_12")):
            planned = on + timedelta(days=months * 30)
            if planned <= self.today - timedelta(days=14) and dice.random() < 0.7:
                self._survey(batch, own, name, planned)

    def _support(self, batch: Batch, own: dict[str, Any], plan: str, made: date) -> None:
        dice = self.dice
        dimension = dice.choice(["economic", "social", "psychosocial"])
        line = batch.add("planline", plan=plan, dimension=dimension, need="tools", action="cash", **own)
        for turn in range(dice.randint(0, 3)):
            due = made + timedelta(days=30 * turn)
            paid = {"paid_on": due, "paid_by": self.desk.officer, "receipt": str(turn + 1)} if due <= self.today else {}
            batch.add("supportinstalment", line=line, minor=4000, currency="USD", due=due, **paid, **own)

    def _scores(self, batch: Batch, own: dict[str, Any], wave: str, on: date) -> None:
        names = ("economic", "social", "psychosocial")
        told = {name: f"0.{self.dice.randint(10, 90)}" for name in names}
        batch.add(
            "assessment", instrument="centre-reintegration-index-1", version="1", answers="{}", wave=wave, on=on,
            by=self.desk.officer, scores=json.dumps(told), **own,
        )  # fmt: skip

    def _survey(self, batch: Batch, own: dict[str, Any], name: str, planned: date) -> None:
        dice = self.dice
        if dice.random() < 0.25:
            batch.add("followup", kind=name, planned_on=planned, given_up_on=planned + timedelta(days=7), **own)
            return
        batch.add(
            "followup", kind=name, planned_on=planned, reached_on=planned,
            working=dice.choice(["employed", "own_business", "neither", "not_asked"]),
            went_again=dice.choice(["yes", "no", "no", "not_asked"]), **own,
        )  # fmt: skip
