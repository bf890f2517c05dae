"""Story 7: PLU in Hong Kong hands Liza's wage claim over to SENTRO in Quezon City, and both go on working on it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from mrc_app.casework import (
    attachments,
    claim_costs,
    claims,
    clients,
    consents,
    contract_files,
    counselling,
    deadline_typed,
    grievance_cases,
    grievance_events,
    grievances,
    journeys,
    providers,
    referrals,
    skills,
)
from mrc_app.casework.agenda_deadlines import begin
from mrc_app.casework.clients import Client
from mrc_app.casework.consents import How, Purpose, Said, State
from mrc_app.exchange import arriving, desk_keys, handovers, handovers_sending, ledgers, parcel_files, partners
from mrc_app.exchange.arriving import Arrived
from mrc_app.exchange.handovers_parts import chosen
from mrc_app.exchange.partners import PartnerKind
from mrc_app.guides import making, own_record, records
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.make import YES, make_client, make_journey, new_store

MET, WENT, CAME, ACKNOWLEDGED = date(2026, 11, 22), date(2026, 11, 26), date(2026, 11, 28), date(2026, 11, 29)
SECRET = "He came into her room at night"
BORN = {"date": "1989-03-14"}
SIGNED = Said(State.GIVEN, How.SIGNED, "fil")


class Both(NamedTuple):
    plu: Store
    sentro: Store
    liza: str
    case: str
    there: str


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("corridor")
    for name in ("plu", "sentro"):
        (folder / name).mkdir()
    plu = new_store(folder / "plu", centre="PLU Hong Kong", country="HK", desk="Chater Garden")
    sentro = new_store(folder / "sentro", centre="SENTRO Quezon City", country="PH", desk="Joel")
    with closing(plu), closing(sentro):
        trust(plu, sentro, "SENTRO")
        trust(sentro, plu, "PLU")
        liza, case = met(plu)
        yield Both(plu, sentro, liza, case, known_since_2023(sentro))


def trust(here: Store, there: Store, name: str) -> None:
    key = desk_keys.own(there)
    with here.change(by=here.officer, do="partners.trust") as session:
        partners.trust(
            session, kind=PartnerKind.CENTRE, name=name, recipient=key.recipient, by=here.officer, on=MET,
            fingerprint=key.fingerprint,
        )  # fmt: skip


def met(plu: Store) -> tuple[str, str]:
    """Liza as stories 6 and 7 tell: her claim, her hearing, her extended stay; and what she told in confidence."""
    by = plu.officer
    with plu.change(by=by, do="demo") as session:
        liza = make_client(
            session, desk_code=plu.desk_code, by=by, on=MET, call_name="Liza", given="Liza", father="Peres",
            sex="female", birth=BORN, phone="+852 5555 0112", may_call="yes", cover_text="the choir calls",
            nationality="PH", origin_country="PH", language="fil", stage="destination", note=SECRET,
            passport="P1234567A",
        )  # fmt: skip
        make_journey(session, liza, origin="PH", destination="HK", on=MET, by=by, sector="domestic")
        case = grievances.lodge(
            session, desk_code=plu.desk_code, by=by, on=MET, people=[liza.uuid], title="Dismissal",
            categories="E1,E10,T1", step="destination", country="HK", danger="no", lodged_on=MET, note=SECRET,
        )  # fmt: skip
        for state in ("assessed", "filed"):
            grievance_events.move(session, case, state=state, on=MET, by=by, today=MET)
        for head, amount in (
            ("wage", "5100"), ("notice", "5100"), ("ticket", "2800"), ("food_travel", "204"), ("rest_days", "1360"),
        ):  # fmt: skip
            claims.add(
                session, client=liza.uuid, grievance=case.uuid, head=head, amount=Money.of(amount, "HKD"), on=MET, by=by
            )
        grievance_cases.plan_hearing(session, case, by=by, forum="Labour Tribunal", on=date(2026, 12, 3))
        stay = next(
            one
            for one in deadline_typed.rules(session, "PH-HK", "domestic", MET)
            if one.purpose.value == "leave_or_extend" and one.number
        )
        begin(session, stay, on=MET, by=by, client=liza.uuid, grievance=case.uuid, started_on=date(2026, 11, 10))
        attachments.add(
            session, centre=plu.path, client=liza.uuid, what="contract", name="contract.txt",
            content=b"Standard employment contract, HKD 5,100 a month\n", on=MET, by=by,
        )  # fmt: skip
        counselling.record(session, client=liza.uuid, on=MET, officer=by, mode="outreach", note=SECRET)
        told = grievances.lodge(
            session, desk_code=plu.desk_code, by=by, on=MET, people=[liza.uuid], title="Second matter",
            categories="E15", officers=[by], since="2026-11-22T08:00:00Z", note=SECRET,
        )  # fmt: skip
        grievance_cases.plan_hearing(session, told, by=by, forum="Closed room", on=date(2026, 12, 9))
    with plu.change(by=by, do="claim_costs.note") as session:
        claim_costs.note(
            session, client=liza.uuid, grievance=case.uuid, amount=Money.of("230", "HKD"), on=date(2026, 11, 23), by=by,
            today=date(2026, 11, 23), kind="extension", until=date(2026, 12, 20),
        )  # fmt: skip
        consents.ask(
            session, client=liza.uuid, purpose=Purpose.HAND_OVER, said=SIGNED, by=by, on=date(2026, 11, 25),
            scope="SENTRO",
        )  # fmt: skip
    return liza.uuid, case.uuid


def known_since_2023(sentro: Store) -> str:
    with sentro.change(by=sentro.officer, do="demo") as session:
        liza = make_client(
            session, desk_code=sentro.desk_code, by=sentro.officer, on=date(2023, 5, 2), call_name="Liza",
            given="Liza", father="Perez", sex="female", birth=BORN, phone="+63 917 555 0199", nationality="PH",
            origin_country="PH", language="fil", record=YES,
        )  # fmt: skip
        make_journey(
            session, liza, origin="PH", destination="SA", on=date(2023, 5, 2), by=sentro.officer, sector="domestic"
        )  # fmt: skip
    return liza.uuid


def send(store: Store, client: str, to: str, out: Path, today: date, parts: str = "claim,contacts,documents") -> Any:
    return handovers_sending.hand_over(store, client, to=to, parts=chosen(parts), out=out, today=today)


def receive(store: Store, file: Path, today: date, decide: str = "") -> Arrived:
    decisions = None
    if decide:
        decisions = file.with_name("decide.toml")
        decisions.write_text(decide, "utf-8")
    return arriving.arrive(store, file, decide=decisions, today=today)


def inside(store: Store, file: Path) -> str:
    with parcel_files.opened(file, [desk_keys.own(store)]) as found:
        return "\n".join(json.dumps(line, ensure_ascii=False) for line in found.lines)


def owner(store: Store, client: str) -> str:
    with store.read() as session:
        return handovers.owner(session, client).name


def joint(both: Both, parts: str) -> set[Any]:
    """The cases both desks would count, by where they were made first."""
    found = set()
    for store in (both.plu, both.sentro):
        with store.read() as session:
            for client in (both.liza, both.there):
                for case in grievances.of_client(session, client):
                    if parts in case.title:
                        found.add(handovers.origin_of(session, case.uuid))
    return found


def test_liza_along_the_corridor(both: Both, tmp_path: Path) -> None:
    plu, sentro, liza, case, there = both
    # PLU looks first, then writes the parcel
    offer = handovers_sending.offer(plu, liza, to="SENTRO", parts=chosen("claim,contacts,documents"), today=WENT)
    assert {line.part.value: line.stays for line in offer.preview.lines}["claim"] is None
    sent = send(plu, liza, "SENTRO", tmp_path / "liza.handover", WENT)
    assert sent.parts == ("claim", "contacts", "documents") and sent.compared and sent.moves
    assert sent.withheld["counselling"] == "not_chosen"
    assert [why for name, why in sent.withheld.items() if name.startswith("case ")] == ["own_yes"]
    whole = inside(sentro, sent.file)
    assert "5555" in whole.replace(" ", "") and "the choir calls" in whole and '"minor": 136000' in whole
    for word in (SECRET, "Second matter", "Closed room", "E15", plu.officer):
        assert word not in whole
    assert SECRET.encode() not in sent.file.read_bytes()
    assert owner(plu, liza) == ""

    # SENTRO: somebody like her is known since 2023; nothing is kept until Joel chooses
    first = receive(sentro, sent.file, CAME)
    assert [one["id"] for one in first.conflicts] == ["journey.destination", "client.father", "client.phone"]
    assert [(one["ours"], one["theirs"]) for one in first.conflicts][:2] == [("SA", "HK"), ("Perez", "Peres")]
    assert first.receipt is None and first.told["open"][0] == "person" and first.new > 10
    with sentro.read() as session:
        assert grievances.of_client(session, there) == []
        number = clients.by_uuid(session, there).number
    assert first.told["likely"][0]["number"] == number
    done = receive(
        sentro, sent.file, CAME,
        f'person = "{number}"\n[choices]\n"client.father" = "ours"\nclient.phone = "theirs"\n'
        '"journey.destination" = "theirs"\n',
    )  # fmt: skip
    assert done.receipt is not None and done.new == first.new
    with sentro.read() as session:
        her = clients.by_uuid(session, there)
        assert (her.father, her.phone, her.cover_text, her.number) == (
            "Perez",
            "+85255550112",
            "the choir calls",
            number,
        )
        assert [one.destination for one in journeys.of_client(session, there)] == ["HK", "SA"]
        [taken] = grievances.of_client(session, there)
        [paper] = attachments.of_client(session, there)
        assert attachments.content(sentro.path, paper).startswith(b"Standard employment contract")
        [cost] = claim_costs.of_client(session, there)
        assert (cost.minor, cost.currency, cost.until) == (23000, "HKD", date(2026, 12, 20))
        assert taken.note == "" and taken.title == "Dismissal"
    again = receive(sentro, sent.file, CAME)
    assert (again.new, again.conflicts, again.receipt) == (0, [], done.receipt)

    # PLU sees the receipt; the case is SENTRO's now
    assert receive(plu, done.receipt, ACKNOWLEDGED).told["on"] == "2026-11-28"
    assert receive(plu, done.receipt, ACKNOWLEDGED).same == 1
    with plu.read() as session:
        [row] = handovers.left(session, liza)
        assert (row.to, row.parts, row.state, row.answered_on) == ("SENTRO", sent.parts, handovers.Sent.ACCEPTED, CAME)
    assert owner(plu, liza) == "SENTRO" and owner(sentro, there) == ""

    # both go on: an offer at the hearing over there, a new phone over here
    with plu.change(by=plu.officer, do="claims.enter") as session:
        [line, *_rest] = claims.of_client(session, liza)
        claims.put(
            session,
            line.claim,
            form="offer",
            amount=Money.of("2600", "HKD"),
            on=date(2026, 12, 3),
            by=plu.officer,
            today=date(2026, 12, 3),
        )
    with sentro.change(by=sentro.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, there), changes={"phone": "+63 917 555 0222"}, on=ACKNOWLEDGED)
    update = send(plu, liza, "SENTRO", tmp_path / "update.handover", date(2026, 12, 3))
    assert (update.revision, update.moves) == (2, False)
    back = send(sentro, there, "PLU", tmp_path / "back.handover", date(2026, 12, 3))
    assert (back.handover, back.revision, back.moves) == (sent.handover, 1, False)
    came = receive(sentro, update.file, date(2026, 12, 4))
    assert (came.new, came.conflicts, came.told["changed"]) == (1, [], []) and came.receipt is not None
    home = receive(plu, back.file, date(2026, 12, 4))
    assert (home.new, [one["id"] for one in home.conflicts]) == (0, ["client.father"]) and home.receipt is None
    home = receive(plu, back.file, date(2026, 12, 4), '[choices]\nclient.father = "ours"\n')
    assert home.told["changed"] == ["client.phone"] and home.receipt is not None
    with plu.read() as session:
        her = clients.by_uuid(session, liza)
        assert (her.phone, her.father, her.note) == ("+639175550222", "Peres", SECRET)
    assert len(joint(both, "Dismissal")) == 1
    with plu.read() as session, sentro.read() as over_there:
        assert case in handovers.passed_on(session) and not handovers.passed_on(over_there)
    assert owner(plu, liza) == "SENTRO"

    assessed(sentro, there)
    printed(sentro, there)
    oriented(sentro)


def assessed(sentro: Store, there: str) -> None:
    """Her cookery: referred, assessed, with a result and the number of the certificate."""
    with sentro.change(by=sentro.officer, do="referrals.make") as session:
        centre = providers.add(session, name="Assessment centre (invented)", kind="training", country="PH")
        referral = referrals.make(
            session, client=there, provider=centre.uuid, on=ACKNOWLEDGED, by=sentro.officer, service="Cookery NC II",
            said=Said(State.GIVEN, How.SIGNED, "fil"),
        )  # fmt: skip
        skills.recognise(
            session, client=there, isco="5120", occupation="Cook", assessor="Assessment centre (invented)",
            asked_on=ACKNOWLEDGED, result="full", assessed_on=date(2026, 12, 15), number_last4="0417",
        )  # fmt: skip
        assert referral.client == there


def oriented(sentro: Store) -> None:
    """Her cousin leaves in January: the day of orientation, six hours and seven modules, written down."""
    on, by = date(2026, 12, 10), sentro.officer
    with sentro.change(by=by, do="skills.train") as session:
        cousin = make_client(
            session, desk_code=sentro.desk_code, by=by, on=on, call_name="Marites", nationality="PH", home="PH"
        )
        leaving = make_journey(
            session, cousin, origin="PH", destination="HK", on=on, by=by, departs_on=date(2027, 1, 12)
        )  # fmt: skip
        [orientation] = [
            one for one in contract_files.of_journey(session, leaving) if one.checklist.id == "PH-orientation"
        ]
        for line in orientation.lines:
            contract_files.item(
                session, leaving, checklist="PH-orientation", item=line.paper.id, state="seen", on=on, by=by
            )
        course = skills.train(
            session, client=cousin.uuid, kind="orientation", course="PDOS", provider="OWWA", hours="6",
            state="completed", certified_on=on, number_last4="0417",
        )  # fmt: skip
        [orientation] = [
            one for one in contract_files.of_journey(session, leaving) if one.checklist.id == "PH-orientation"
        ]
        assert (orientation.seen, orientation.needed, course.hours) == (7, 7, 6)


def printed(sentro: Store, there: str) -> None:
    """The return guide in Filipino, with her open claim and the day of the hearing."""
    on = date(2026, 12, 1)
    with sentro.change(by=sentro.officer, do="clients.amend") as session:
        clients.amend(session, clients.by_uuid(session, there), changes={"stage": "return", "kind": "returnee"}, on=on)
    with sentro.read() as session:
        her: Client = clients.by_uuid(session, there)
        person = records.person_facts(session, her, today=on, kind="return", place="SENTRO")
    guide = making.make(
        making.GuideRequest(kind="return", language="fil", corridor="PH-HK", paper="a5", today=on, person=person)
    )
    assert guide.pages > 4 and guide.language == "fil"
    owed = person.homecoming.owed if person.homecoming else ()
    assert [(one.amount.minor, one.amount.currency) for one in owed] == [(1456400, "HKD")]


def test_everything_that_ever_left_stands_in_the_log_and_in_her_own_record(both: Both) -> None:
    with both.plu.read() as session:
        found = ledgers.left(session, both.liza)
        assert {one.part for one in found} >= {"claim", "contacts", "documents"}
        number = clients.by_uuid(session, both.liza).number
        shares = own_record.of(session, number).sections["shares"]
        assert next((one.to, one.fields, one.on) for one in shares) == (
            "SENTRO",
            ("claim", "contacts", "documents"),
            WENT,
        )
