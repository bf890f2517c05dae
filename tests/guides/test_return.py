"""The return guide: from her records to the words, what is kept from it, and the pages with the network off."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mrc_app.casework import (
    claims,
    clients,
    covers,
    deadlines,
    follow_ups,
    grievance_cases,
    grievances,
    returns,
)
from mrc_app.casework import reintegration as plans
from mrc_app.casework.deadline_rules import KnownRule
from mrc_app.casework.deadline_words import Event, Purpose, RuleSide, Unit
from mrc_app.casework.reintegration_words import Promise
from mrc_app.errors import Invalid, MrcError
from mrc_app.guides import by_hand, money_pages, script
from mrc_app.guides.homecoming import Covered, Homecoming, LastDay, Meeting, Owed
from mrc_app.guides.kinds import RETURN
from mrc_app.guides.making import GuideRequest, in_words, make
from mrc_app.guides.money_pages import Offer
from mrc_app.guides.person import PersonFacts
from mrc_app.guides.records import centre_of, person_facts
from mrc_app.guides.text_model import Edition, TextModel, plain
from mrc_app.guides.words import Words
from mrc_app.i18n import Catalog
from mrc_app.money import Money
from mrc_app.store.centre import Store
from tests.guides.asking import CENTRE, HELPER, copied, request
from tests.make import OFFICER, make_client, make_journey, make_store

TODAY = date(2026, 11, 21)
GOLDEN = Path(__file__).parent / "golden" / "en-ML-MR-fanta-return.txt"
WAVE = Offer("Blue", Money.of(20000, "MRU"), Money.of(300, "MRU"), Decimal("14.2"), "XOF", TODAY, "counter")
BANK = Offer("Green", Money.of(20000, "MRU"), Money.of(100, "MRU"), Decimal("13.9"), "XOF", TODAY)


def fanta(**over: object) -> PersonFacts:
    """Home in Kayes after eight years: five years of contributions, savings in francs without decimals."""
    told = {
        "home": True,
        "covers": (Covered("CNSS", "MR", 60, "4471", "preparing", "pension"),),
        "savings": Money.of(1150000, "XOF"),
        "meetings": (Meeting(date(2026, 12, 21)), Meeting(date(2027, 5, 21), survey=True)),
        "place": "Espace Kayes",
        **over,
    }
    return PersonFacts(first_name="Fanta", minor="no", woman=True, wishes=("savings",), homecoming=Homecoming(**told))  # type: ignore[arg-type]


def book(language: str = "en", corridor: str = "ML-MR", **over: object) -> TextModel:
    return in_words(request(language, corridor, **{"kind": "return", "today": TODAY, **over}))[1]


@pytest.mark.parametrize("language", ["en", "fr", "ar", "am"])
def test_the_general_book_has_its_sixteen_sections_and_every_line_in_four_languages(language: str) -> None:
    model = book(language)
    assert [section.id for section in model.sections] == [f"R{number}" for number in range(1, 17)]
    assert model.untranslated == 0 and "{" not in plain(model)


def test_fantas_book_is_as_it_was_agreed(request: pytest.FixtureRequest) -> None:
    import os

    found = plain(book(person=fanta(), transfers=(WAVE, BANK), centre=CENTRE, services=(HELPER,)))
    if os.environ.get("MRC_WRITE_GOLDEN"):
        GOLDEN.write_text(found, "utf-8")
    assert found == GOLDEN.read_text("utf-8")


def test_five_years_are_sixty_months_with_the_last_four_of_the_number_and_savings_without_decimals() -> None:
    text = plain(book("fr", person=fanta(), centre=CENTRE))
    assert "Mauritanie, CNSS" in text and "60 mois" in text and "4471" in text
    assert "XOF 1 150 000." in text and "1 150 000,00" not in text
    assert "CNSS : on réunit les papiers." in text
    assert "21 décembre 2026" in text


def test_soninke_stands_in_french_line_by_line_each_one_marked() -> None:
    model = book("snk", person=fanta(), centre=CENTRE)
    said = [line for section in model.sections for line in section.lines if line.text]
    assert said and all(line.mark for line in said if line.language == "fr")
    assert {line.language for line in said} == {"fr"}
    assert "21 décembre 2026" in plain(model)
    warned = [str(problem.values) for problem in model.warnings if "written as in" in problem.message]
    assert len(warned) == 1 and "Sooninkanxanne" in warned[0]


def test_savings_are_printed_only_at_her_wish_and_never_in_a_discreet_book() -> None:
    from dataclasses import replace

    silent = replace(fanta(), wishes=())
    assert "1 150 000" not in plain(book("fr", person=silent))
    discreet = plain(book("fr", person=fanta(), edition=Edition.DISCREET, centre=CENTRE))
    assert "1 150 000" not in discreet
    assert not {"R5", "R7"} & {section.id for section in book(edition=Edition.DISCREET).sections}


def test_who_is_home_has_no_page_about_leaving_and_a_minor_none_about_work() -> None:
    from dataclasses import replace

    ids = [section.id for section in book(person=replace(fanta(), minor="possible")).sections]
    assert not {"R2", "R9", "R10", "R16"} & set(ids)
    assert "R9" in [section.id for section in book(person=fanta()).sections]


def test_a_claim_plan_is_not_carried_by_somebody_abroad_without_papers() -> None:
    from dataclasses import replace

    told = {
        "owed": (Owed("Villa Sahara", Money.of(9000, "MRU")),),
        "last_days": (LastDay(date(2027, 3, 1), "Tribunal"),),
    }
    home = plain(book(person=replace(fanta(**told), irregular=True)))
    assert "You say Villa Sahara owes 9,000.00 MRU." in home and "1 March 2027 at Tribunal" in home
    abroad = plain(book(person=replace(fanta(**told, home=False), irregular=True)))
    assert "Sahara" not in abroad and "Tribunal" not in abroad


# -- from the records


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Store]:
    with closing(make_store(tmp_path)) as store:
        yield store


def dawit(desk: Store) -> str:
    """Deported from Saudi Arabia, with a plan, its instalments, a claim, a time limit and a hearing."""
    with desk.change(by=desk.officer, do="test.fill") as session:
        client = make_client(session, call_name="Dawit", sex="M", father="Girmachew", phone="+251 91 355 0312",
                             safe_hours="after six", who_may_answer="his brother")  # fmt: skip
        journey = make_journey(session, client, destination="SA", employer="Al Noor", returned_on=date(2026, 10, 12))
        returns.note(session, client=client.uuid, on=TODAY, by=OFFICER, returned_on=date(2026, 10, 12),
                     from_country="SA", kind="deported")  # fmt: skip
        covers.keep(session, client=client.uuid, journey=journey.uuid, scheme="GOSI", country="SA", months=24,
                    number_last4="9083")  # fmt: skip
        made = plans.plan(session, client=client.uuid, on=date(2026, 11, 13), by=OFFICER)
        money = plans.add_line(session, made, action="Start money", provider="IOM")
        plans.add_line(session, made, action="Welding, 480 hours", provider="TVET", due=date(2027, 3, 1))
        plans.add_line(session, made, action="A loan", promise=Promise.NOT_PROMISED)
        plans.add_line(session, made, need="Fear at night", dimension="psychosocial")
        first = plans.instalment(session, money, amount=Money.of(40, "USD"), due=date(2026, 12, 1))
        plans.instalment(session, money, amount=Money.of(40, "USD"), due=date(2027, 1, 1))
        plans.pay(session, first, on=date(2026, 12, 1), by=OFFICER, receipt="R-17")
        follow_ups.plan_year(session, client=client.uuid, start=date(2026, 11, 13), plan=made.uuid)
        return client.number


def test_the_plan_parts_what_is_agreed_from_what_is_not_promised_in_amharic(desk: Store) -> None:
    number = dawit(desk)
    with desk.read() as session:
        who = clients.by_number(session, number)
        person = person_facts(session, who, today=TODAY, kind="return", place="MIC")
    asked = GuideRequest("am", "ET-SA", TODAY, kind="return", person=person, centre=centre_of(desk.centre()))
    model = in_words(asked)[1]
    plan = next(section for section in model.sections if section.id == "R13")
    order = [line.id for line in plan.lines]
    assert order.index("X.plan_agreed") < order.index("R13.2") < order.index("X.plan_not_promised")
    apart = order.index("X.plan_not_promised")
    agreed = " ".join(line.text for line in plan.lines[:apart])
    after = " ".join(line.text for line in plan.lines[apart:])
    assert "Welding, 480 hours" in agreed and "A loan" not in agreed and "A loan" in after
    assert "Fear at night" not in plain(model)
    rows = next(line.rows for line in plan.lines if line.id == "X.instalments")
    assert len(rows) == 2 and "R-17" in rows[0][2] and "USD" in rows[0][0] and "40.00" in rows[0][0]
    text = plain(model)
    assert "GOSI" in text and "24" in text and "9083" in text
    dates = next(line.rows for section in model.sections for line in section.lines if line.id == "X.follow_ups")
    assert len(dates) == 4 and "2019" in dates[0][0] and "2026" in dates[0][0]
    pages = make(asked).pdf
    for secret in ("Girmachew", "355 0312", "his brother", number):
        assert secret not in text and secret.encode() not in pages


def with_a_claim(desk: Store, officers: tuple[str, ...] = ()) -> str:
    """A returnee whose wages are open, with a last day that a person checked and a hearing."""
    rule = KnownRule("one year", Purpose.CLAIM, Event.NOT_STATED, 12, Unit.MONTHS, RuleSide.ORIGIN, "Labour law guide",
                     "Labour bureau", as_of="2024", confidence="low", checked_on=date(2026, 11, 2))  # fmt: skip
    with desk.change(by=desk.officer, do="test.claim") as session:
        client = make_client(session, sex="F")
        make_journey(session, client, destination="SA", employer="Al Noor", returned_on=date(2026, 10, 12))
        case = grievances.lodge(session, desk_code="BD1", by=OFFICER, on=TODAY, people=[client.uuid],
                                officers=officers, since="2026-11-21T08:00:00Z" if officers else "")  # fmt: skip
        claims.add(session, client=client.uuid, grievance=case.uuid, head="wage", amount=Money.of(5100, "SAR"),
                   on=TODAY, by=OFFICER)  # fmt: skip
        deadlines.start(session, rule, client=client.uuid, grievance=case.uuid, on=TODAY, by=OFFICER,
                        started_on=date(2026, 10, 1))  # fmt: skip
        grievance_cases.plan_hearing(session, case, by=OFFICER, forum="Labour bureau", on=date(2026, 12, 9), at="10:00")
        return client.number


def told(desk: Store, number: str, **more: object) -> str:
    with desk.read() as session:
        who = clients.by_number(session, number)
        person = person_facts(session, who, today=TODAY, kind="return", place="MIC", **more)
    return plain(in_words(GuideRequest("en", "ET-SA", TODAY, kind="return", person=person))[1])


def test_an_open_claim_its_last_day_and_the_hearing_are_printed_with_who_checked_the_rule(desk: Store) -> None:
    text = told(desk, with_a_claim(desk))
    assert "You say Al Noor owes 5,100.00 SAR." in text
    assert "Last day to claim: 1 October 2027 at Labour bureau." in text
    assert "2024 · weak source · Checked on 2 November 2026" in text
    assert "Next hearing: 9 December 2026, Labour bureau, 10:00." in text


def test_nothing_of_a_restricted_case_is_printed_before_it_was_asked_whether_it_is_safe_to_carry(desk: Store) -> None:
    number = with_a_claim(desk, officers=(desk.officer, "b" * 32))
    silent = told(desk, number)
    assert "Noor" not in silent and "Labour bureau" not in silent
    assert "You say Al Noor owes 5,100.00 SAR." in told(desk, number, safe_to_carry=True)


# -- money pages


def test_what_arrives_is_reckoned_with_the_home_currencys_decimals_and_the_most_is_said_in_words() -> None:
    assert money_pages.arrives(WAVE) == Money.of(279740, "XOF")
    dinar = Offer("One", Money.of(100, "EUR"), Money.of("2.50", "EUR"), Decimal("3.3455"), "TND", TODAY)
    assert money_pages.arrives(dinar) == Money.of("326.186", "TND")
    assert money_pages.best([WAVE, BANK]) == {WAVE} and money_pages.best([WAVE]) == set()
    assert money_pages.best([WAVE, dinar]) == set()
    text = plain(book(transfers=(WAVE, BANK)))
    assert "Blue | MRU 20,000.00 | 300.00 | 14.2 (21 November 2026) counter | XOF 279,740 – most arrives" in text
    assert text.count("most arrives") == 1
    going = in_words(request("en", "SN-MR", transfers=(WAVE, BANK)))[1]
    assert "XOF 276,610" in plain(going)


def test_a_file_of_transfers_is_read_whole_or_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "transfers.toml"
    row = 'service = "Blue"\ncurrency = "MRU"\namount = "20000"\nfee = "300"\nto = "XOF"\nrate = "14.2"\n'
    path.write_text(f'[[offer]]\n{row}on = 2026-11-21\nsource = "counter"\n', "utf-8")
    assert money_pages.read(path) == (WAVE,)
    for wrong, said in (
        (f"[[offer]]\n{row}on = 2026-11-21\nbest = true\n", "best"),
        (f"[[offer]]\n{row}", "on"),
        (f'[[offer]]\n{row}on = "soon"\n', "YYYY"),
        (f"[[offer]]\n{row.replace('300', '20000')}on = 2026-11-21\n", "fee"),
        (f"[[offer]]\n{row.replace('14.2', 'x')}on = 2026-11-21\n", "rate"),
        (f"[[offer]]\n{row.replace('Blue', ' ')}on = 2026-11-21\n", "name of the service"),
        ("offer = 1\n", "offer"),
        ("[transfer]\n", "transfer"),
        ("not toml", "TOML"),
    ):
        path.write_text(wrong, "utf-8")
        with pytest.raises((Invalid, MrcError), match=said):
            money_pages.read(path)
    with pytest.raises(MrcError):
        money_pages.read(tmp_path / "none.toml")
    other = Offer("One", WAVE.sent, Money.of(1, "XOF"), Decimal(1), "XOF", TODAY)
    with pytest.raises(Invalid, match="currency that is sent"):
        money_pages.checked(other)


# -- aloud, by hand, on one sheet


def test_the_ten_lines_and_the_script_are_those_of_coming_home() -> None:
    of, model = in_words(request("en", "ML-MR", kind="return", person=fanta(), centre=CENTRE))
    lines = [said.id for reminder in by_hand.ten_lines(of) for said in reminder.said]
    assert lines[:4] == ["R4.1", "R4.2", "R4.4", "R5.3"] and not any(line.startswith("D") for line in lines)
    steps = script.steps(model, of, Words.load("en"))
    assert {step.id for step in steps} == set(script.STEPS) - RETURN.not_said
    first = next(step for step in steps if step.id == "S6")
    assert [said.text[:3].strip() for said in first.lines] == ["R1", "R4", "R5", "R13"]
    abroad = in_words(request("en", "ML-MR", kind="return", person=fanta(home=False)))[0]
    assert by_hand.ten_lines(abroad)[0].said[0].id == "R2.14"


def test_an_unknown_guide_is_refused_by_name() -> None:
    with pytest.raises(Invalid, match="holiday"):
        make(request(kind="holiday"))


# -- pages


def test_both_guides_are_made_with_the_network_off(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a guide asked for the network")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refused)
    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
    going = make(request("fr", "SN-MR", paper="a6"))
    coming = make(request("snk", "ML-MR", kind="return", paper="a6", person=fanta(), centre=CENTRE))
    assert 0 < coming.pages <= 24 and going.pages <= 24
    text = copied(coming.pdf, tmp_path)
    assert "fr: pas encore traduit" in text and "4471" in text
    assert coming.file_name == "notebook-snk-a6.pdf" and coming.title == Catalog.load("fr", "guides").find(
        "X.return_title"
    )


def test_one_sheet_is_two_sides() -> None:
    assert make(request("en", "ML-MR", kind="return", paper="one-sheet", person=fanta(), centre=CENTRE)).pages == 2
