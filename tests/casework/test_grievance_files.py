"""What a case gathers: evidence, hearings, remedies, injuries, checklists, screening, words to avoid, amnesties."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from mrc_app.casework import (
    costs,
    grievance_amnesties,
    grievance_cases,
    grievance_checklists,
    grievance_injuries,
    grievance_screening,
    grievance_wording,
)
from mrc_app.casework.grievance_screening import ELEVEN
from mrc_app.casework.grievance_words import Good, Held, Mark, Seen
from mrc_app.casework.grievances import Grievance
from mrc_app.corridors import case_checklists
from mrc_app.errors import CannotRead, Invalid
from mrc_app.money import Money
from tests.casework.test_grievances import GIRUM, lodge
from tests.make import TODAY, make_client, make_journey

LATER = TODAY + timedelta(days=13)
FIVE = {
    "wages": "They paid me six months of fourteen.",
    "papers": "The agency kept my passport until the last day.",
    "movement": "I was not allowed out.",
    "isolation": "I had no phone for five months.",
    "threats": "She said she would call the police.",
}


def refused(field: str, act: Any, **typed: Any) -> None:
    with pytest.raises(Invalid) as told:
        act(**typed)
    assert field in told.value.problems


# -- evidence, hearings, remedies


def test_evidence_says_what_was_seen_and_more_may_be_seen_later(session: Session) -> None:
    case = lodge(session)
    slip = grievance_cases.bring(session, case, on=TODAY, by=GIRUM, what="Pay slip of May")
    assert (slip.seen, slip.attachment, slip.client) == (Seen.NONE, None, None)
    grievance_cases.see(session, slip, seen="original")
    assert grievance_cases.evidence(session, case.uuid)[0].seen is Seen.ORIGINAL
    refused("what", lambda: grievance_cases.bring(session, case, on=TODAY, by=GIRUM, what=" "))


def test_hearings_come_and_are_noted(session: Session) -> None:
    case = lodge(session)
    typed: dict[str, Any] = {"forum": "Labour Tribunal", "on": LATER, "at": "09:30"}
    coming = grievance_cases.plan_hearing(session, case, by=GIRUM, **typed)
    past = grievance_cases.plan_hearing(session, case, by=GIRUM, forum="Conciliation", on=date(2026, 11, 3))
    found = grievance_cases.hearings(session, case.uuid)
    assert grievance_cases.next_hearing(found, TODAY) is coming
    assert grievance_cases.unnoted(found, TODAY) == [past]
    grievance_cases.note_hearing(session, past, held="they_absent", result="nobody came", on=TODAY, by=GIRUM)
    assert grievance_cases.unnoted(found, TODAY) == []
    grievance_cases.note_hearing(session, coming, held=Held.ADJOURNED, on=TODAY, by=GIRUM)
    assert grievance_cases.next_hearing(found, TODAY) is None
    refused("held", lambda: grievance_cases.note_hearing(session, coming, held="held", on=TODAY, by=GIRUM))
    refused("forum", lambda: grievance_cases.plan_hearing(session, case, by=GIRUM, on=TODAY))
    refused("on", lambda: grievance_cases.plan_hearing(session, case, by=GIRUM, forum="Court"))


def test_remedies_that_are_no_money(session: Session) -> None:
    case = lodge(session)
    grievance_cases.remedy(session, case, by=GIRUM, today=TODAY, good="papers_back", on="2026-10-06")
    assert [one.good for one in grievance_cases.remedies(session, case.uuid)] == [Good.PAPERS_BACK]
    refused("good", lambda: grievance_cases.remedy(session, case, by=GIRUM, today=TODAY, good=None))
    refused("note", lambda: grievance_cases.remedy(session, case, by=GIRUM, today=TODAY, good="other"))
    refused("on", lambda: grievance_cases.remedy(session, case, by=GIRUM, today=TODAY, good="apology", on=LATER))


# -- injuries


def hurt(session: Session, case: Grievance, **over: Any) -> grievance_injuries.Injury:
    typed = {"what": "fell from a scaffold", "happened_on": "2026-10-01", "reported": "yes", "reported_to": "foreman"}
    return grievance_injuries.hurt(session, case, client=over.pop("client"), on=TODAY, by=GIRUM, **{**typed, **over})


def test_an_injury_knows_its_last_day_only_with_a_source(session: Session) -> None:
    person = make_client(session)
    case = lodge(session, person.uuid)
    one = hurt(session, case, client=person.uuid)
    assert grievance_injuries.clock(one, TODAY) == (False, 0)
    refused("clock_source", lambda: hurt(session, case, client=person.uuid, claim_by=LATER))
    source = {"clock_source": "labour act, typed by the office", "clock_checked_on": TODAY}
    grievance_injuries.amend_injury(session, one, changes={"claim_by": LATER, **source}, on=TODAY)
    assert grievance_injuries.clock(one, TODAY) == (True, 13)
    assert grievance_injuries.clock(one, LATER + timedelta(days=2)) == (True, -2)
    refused("what", lambda: grievance_injuries.amend_injury(session, one, changes={"what": ""}, on=TODAY))
    refused("happened_on", lambda: hurt(session, case, client=person.uuid, happened_on=LATER))
    refused("clock_checked_on", lambda: hurt(session, case, client=person.uuid, claim_by=LATER, clock_source="act"))
    assert grievance_injuries.injuries(session, case.uuid) == [one]


# -- checklists


def test_four_checklists_ship_and_every_item_begins_open(session: Session) -> None:
    lists = case_checklists.checklists()
    assert [one.id for one in lists] == ["case-death", "case-detention", "case-missing", "case-repatriation"]
    case = lodge(session)
    listed = grievance_checklists.marked(lists[1], grievance_checklists.marks(session, case.uuid))
    assert {one.mark for one in listed} == {Mark.OPEN}
    assert [one.id for one in listed] == [item.id for item in lists[1].items]


def test_a_mark_is_set_with_its_day_and_set_again(session: Session) -> None:
    case = lodge(session)
    typed: dict[str, Any] = {"checklist": "case-detention", "item": "lawyer", "on": TODAY, "by": GIRUM}
    grievance_checklists.tick(session, case, mark="waiting", **typed)
    grievance_checklists.tick(session, case, mark="done", note="legal aid", **typed)
    marks = grievance_checklists.marks(session, case.uuid)
    assert [(one.mark, one.note) for one in marks] == [(Mark.DONE, "legal aid")]
    refused("item", lambda: grievance_checklists.tick(session, case, mark="done", **{**typed, "item": "nothing"}))
    refused("item", lambda: grievance_checklists.tick(session, case, mark="done", **{**typed, "checklist": "none"}))
    detention = case_checklists.checklist("case-detention")
    assert detention is not None
    shorter = case_checklists.CaseChecklist(
        detention.id, detention.name, detention.basis, detention.note, detention.items[:1]
    )
    assert [one.id for one in grievance_checklists.marked(shorter, marks)] == ["where", "lawyer"]


LIST = 'schema = "case-checklist/1"\nid = "{id}"\nname = "A"\nbasis = "{basis}"\nnote = ""\n{items}'
ITEM = '[[item]]\nid = "a"\nname = "A"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("no toml", "its text"),
        (LIST.format(id="x", basis="proposed", items=ITEM) + "[more]\n", "more"),
        (LIST.format(id="y", basis="proposed", items=ITEM), "id"),
        (LIST.format(id="x", basis="law", items=ITEM), "basis"),
        (LIST.format(id="x", basis="proposed", items=ITEM + ITEM), "item"),
        (LIST.format(id="x", basis="proposed", items='[[item]]\nid = "a"\n'), "item"),
        (LIST.format(id="x", basis="proposed", items="item = 3"), "item"),
    ],
)
def test_a_damaged_checklist_is_named(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "x.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(CannotRead, match=words):
        case_checklists.read(file)


# -- screening


def test_story_3_five_of_eleven_in_her_own_words(session: Session) -> None:
    almaz = make_client(session, given="Almaz")
    case = lodge(session, almaz.uuid)
    sheet = grievance_screening.begin(
        session, client=almaz.uuid, on=TODAY, by=GIRUM, grievance=case.uuid, language="am"
    )
    grievance_screening.answer(session, sheet, said={name: ("yes", words) for name, words in FIVE.items()})
    grievance_screening.answer(session, sheet, said={"debt": ("no", ""), "c190": ("yes", "She shouted every day.")})
    (told,) = grievance_screening.of_case(session, case.uuid)
    assert (told.ticked, told.of, len(ELEVEN)) == (5, 11, 11)
    assert {one.words for one in told.answers} >= set(FIVE.values())
    assert [one.indicator.value for one in told.answers] == [
        "movement", "isolation", "threats", "papers", "wages", "debt", "c190",
    ]  # fmt: skip
    assert grievance_screening.NO_FINDING == "This is a screening, not a legal finding."
    grievance_screening.answer(session, sheet, said={"wages": ("not_asked", "")})
    assert grievance_screening.sheets(session, almaz.uuid)[0].ticked == 4


def test_a_yes_without_her_words_is_refused_whole(session: Session) -> None:
    almaz = make_client(session)
    sheet = grievance_screening.begin(session, client=almaz.uuid, on=TODAY, by=GIRUM)
    with pytest.raises(Invalid, match="her own words"):
        grievance_screening.answer(session, sheet, said={"wages": ("yes", " "), "debt": ("no", "")})
    assert grievance_screening.sheets(session, almaz.uuid)[0].answers == ()
    refused("indicator", lambda: grievance_screening.answer(session, sheet, said={"verdict": ("yes", "x")}))


def test_debt_is_shown_from_her_ledger_and_answers_nothing(session: Session) -> None:
    tigist = make_client(session)
    make_journey(session, tigist)
    costs.borrow(session, client=tigist.uuid, on=TODAY, by=GIRUM, principal=Money.of("30000", "ETB"), interest="5")
    facts = {fact.fact for fact in grievance_screening.debt(session, tigist.uuid, TODAY).facts}
    assert "interest_per_month" in facts
    assert grievance_screening.sheets(session, tigist.uuid) == []


# -- words


def test_words_to_avoid_are_hinted_in_the_order_they_stand() -> None:
    found = grievance_wording.hints("She is illegal and RAN AWAY from the maids room; a victim.")
    assert [one.word for one in found] == ["illegal", "RAN AWAY", "victim"]
    assert found[0].better == "in an irregular situation"
    assert [one.word for one in grievance_wording.hints("a victim of trafficking", found=True)] == []
    assert [one.word for one in grievance_wording.hints("la victime, clandestine")] == ["victime", "clandestine"]
    assert grievance_wording.hints("illegally paid, legal aid") == []


# -- amnesties


def test_an_amnesty_is_a_dated_fact_with_the_people_it_may_touch(session: Session) -> None:
    here, abroad = make_client(session, location_country="LB"), make_client(session, location_country="ET")
    typed: dict[str, Any] = {
        "country": "lb", "begins_on": "2026-11-01", "ends_on": "2027-01-31", "source": "Ministry page",
        "checked_on": "2026-11-20",
    }  # fmt: skip
    window = grievance_amnesties.open_window(session, by=GIRUM, **typed)
    assert grievance_amnesties.touched(session, window) == [here]
    assert abroad not in grievance_amnesties.touched(session, window)
    both = [here.uuid, abroad.uuid]
    assert grievance_amnesties.ahead_for(session, both, TODAY) == [(window, [here])]
    assert grievance_amnesties.ahead_for(session, [abroad.uuid], TODAY) == []
    assert grievance_amnesties.ahead_for(session, both, date(2027, 2, 1)) == []
    assert grievance_amnesties.amnesties(session, "LB") == grievance_amnesties.amnesties(session) == [window]
    assert grievance_amnesties.is_open(window, TODAY)
    assert not grievance_amnesties.is_open(window, date(2027, 2, 1))
    assert not grievance_amnesties.is_open(window, date(2026, 10, 31))
    assert not grievance_amnesties.is_stale(window.checked_on, TODAY)
    assert grievance_amnesties.is_stale(window.checked_on, TODAY + timedelta(days=181))
    for name in ("country", "begins_on", "source", "checked_on"):
        refused(name, lambda name=name: grievance_amnesties.open_window(session, by=GIRUM, **{**typed, name: ""}))
    refused("ends_on", lambda: grievance_amnesties.open_window(session, by=GIRUM, **{**typed, "ends_on": "2026-01-01"}))
