"""The old logbook: one row is a client with her journey, the talk and the complaint; events; forms of phones."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlmodel import Session, select

from mrc_app.casework import clients, counselling, events, grievance_events, grievances, imports, journeys
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling_words import Topic
from mrc_app.casework.grievance_words import Code, Outcome, State
from mrc_app.casework.grievances import Complainant, Grievance
from mrc_app.casework.journey_words import JourneyStage
from mrc_app.errors import Cancelled, Invalid, MrcError
from mrc_app.exchange import sheets, sheets_mapping, sheets_reading
from mrc_app.exchange.sheets import Plan
from mrc_app.store.centre import Store
from tests.make import OFFICER, TODAY, make_client, make_store

SAID = {"statement": "All signed the paper form", "how": "signed", "statistics": "given"}
HEADER = [
    "Reg No", "Date", "Name", "Sex", "Going to", "Job", "Wage", "Topics", "Complaint", "Against", "Outcome", "Closed",
]  # fmt: skip
WIDE: dict[str, Any] = {
    "source": "Logbook of Dessie",
    "person": "Reg No",
    "consent": SAID,
    "fixed": {"journey_wage_currency": "SAR", "journey_wage_per": "month", "contact_mode": "centre"},
    "column": [
        {"header": "Date", "field": "registered_on", "calendar": "ethiopian"},
        {"header": "Name", "field": "call_name"},
        {"header": "Sex", "field": "sex"},
        {"header": "Going to", "field": "journey_destination"},
        {"header": "Job", "field": "journey_sector", "values": {"housemaid": "domestic"}},
        {"header": "Wage", "field": "journey_wage"},
        {"header": "Topics", "field": "contact_topics"},
        {"header": "Complaint", "field": "case_categories", "values": {"no salary": "E1"}},
        {"header": "Against", "field": "case_against"},
        {"header": "Outcome", "field": "case_outcome"},
        {"header": "Closed", "field": "case_outcome_on", "calendar": "ethiopian"},
    ],
}
HAWA = [
    "7", "11/3/2019", "Hawa", "F", "KSA", "housemaid", "1,200", "contract terms, Fees and debts", "no salary",
    "Himal Shine", "settled", "11/3/2019",
]  # fmt: skip
AGAIN = ["7", "11/3/2019", "", "", "", "", "", "wages and debts; health", "", "", "", ""]
OTHER = ["8", "10/3/2019", "Omar", "male", "", "", "", "", "", "", "", ""]


def csv_file(folder: Path, *rows: list[str], header: list[str] = HEADER, name: str = "book.csv") -> Path:
    made = folder / name
    made.write_text("\n".join("\t".join(row) for row in (header, *rows)) + "\n", "utf-8")
    return made


def decide(store: Store, file: Path, typed: dict[str, Any] = WIDE, **over: Any) -> Plan:
    plan = sheets.decide(store, file, sheets_mapping.mapping_of(typed), on=TODAY, **over)
    assert plan.rows == len(plan.ready) + plan.same + len(plan.blocked)
    return plan


def reasons(plan: Plan) -> list[str]:
    return [f"{one.column}: {one.reason.text()}" for one in plan.errors]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = make_store(tmp_path)
    yield made
    made.close()


def everybody(session: Session) -> list[Client]:
    return [one for one in session.exec(select(Client)) if not one.gone]


def test_one_row_is_a_client_a_journey_a_talk_and_a_case(store: Store, tmp_path: Path) -> None:
    plan = decide(store, csv_file(tmp_path, HAWA, OTHER))
    assert reasons(plan) == []
    batch = sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        hawa, omar = everybody(session)
        assert (hawa.call_name, hawa.registered_on, omar.sex.value) == ("Hawa", TODAY, "male")
        (journey,) = journeys.of_client(session, hawa.uuid)
        assert (journey.corridor, journey.wage_minor, journey.wage_currency) == ("ET-SA", 120_000, "SAR")
        assert [one.stage for one in journeys.steps(session, journey)] == [JourneyStage.PLANNED]
        (talk,) = counselling.of_client(session, hawa.uuid)
        assert (talk.on, [one.value for one in talk.topics]) == (TODAY, ["contract", "fees"])
        (case,) = grievances.of_client(session, hawa.uuid)
        assert (case.categories, case.lodged_on) == ((Code.E1,), TODAY)
        ((part, _person),) = grievances.complainants(session, case.uuid)
        assert (part.outcome, part.outcome_on) == (Outcome.SETTLED, TODAY)
        assert [one.name for one in grievances.respondents(session, case.uuid)] == ["Himal Shine"]
        assert journeys.of_client(session, omar.uuid) == [] and grievances.of_client(session, omar.uuid) == []
    again = decide(store, csv_file(tmp_path, HAWA, OTHER))
    assert (again.same, again.ready) == (2, [])
    with store.change(by=OFFICER, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
        assert (done.gone, done.kept) == (2, 0)
        assert everybody(session) == []
        assert [one for one in session.exec(select(Grievance)) if not one.gone] == []
        assert [one for one in session.exec(select(Complainant)) if not one.gone] == []


def test_rows_with_one_number_in_the_book_are_about_one_person(store: Store, tmp_path: Path) -> None:
    plan = decide(store, csv_file(tmp_path, HAWA, [*AGAIN[:7], "health", *AGAIN[8:]], ["7", *[""] * 11]))
    assert (len(plan.ready), plan.same, plan.ready[1].joins) == (2, 1, True)
    sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        (hawa,) = everybody(session)
        assert len(counselling.of_client(session, hawa.uuid)) == 2
    later = decide(store, csv_file(tmp_path, ["7", "12/3/2019", "", "", "", "", "", "health", "", "", "", ""]))
    assert reasons(later) == ["Date: This day is still to come."]
    later = decide(store, csv_file(tmp_path, ["7", "9/3/2019", "", "", "", "", "", "travel", "", "", "", ""]))
    batch = sheets.carry_out(store, later, on=TODAY)
    with store.change(by=OFFICER, do="imports.undo") as session:
        assert len(counselling.of_client(session, hawa.uuid)) == 3
        done = imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
        assert (done.gone, done.kept) == (1, 0)
        assert len(everybody(session)) == 1 and len(counselling.of_client(session, hawa.uuid)) == 2


def test_a_doubtful_row_is_decided_by_a_person(store: Store, tmp_path: Path) -> None:
    typed = {**WIDE, "person": "", "column": [*WIDE["column"], {"header": "Reg No", "field": "phone"}]}
    with store.change(by=OFFICER, do="test") as session:
        known = make_client(session, call_name="Hawa", sex="F", phone="0911223344")
        number, uuid = known.number, known.uuid
    file = csv_file(tmp_path, ["0911223344", *HAWA[1:]], ["", *OTHER[1:]])
    plan = decide(store, file, typed)
    assert (plan.likely, len(plan.ready)) == ({2: number}, 2)
    for choice, people in ((number, 2), (sheets.STRANGER, 3), (sheets.LEAVE, 2)):
        told = sheets.settled(store, plan, {2: choice})
        assert told.rows == len(told.ready) + told.same + len(told.blocked)
        assert told.blocked == ({("", 2): plan.doubtful["", 2]} if choice == sheets.LEAVE else {})
        assert sheets.decide(store, file, plan.mapping, on=TODAY, choices={2: choice}).warnings == []
        batch = sheets.carry_out(store, told, on=TODAY)
        with store.change(by=OFFICER, do="imports.undo") as session:
            assert len(everybody(session)) == people
            assert len(grievances.of_client(session, uuid)) == (choice == number)
            imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
            assert len(everybody(session)) == 1 and grievances.of_client(session, uuid) == []
    with pytest.raises(MrcError):
        decide(store, file, typed, choices={2: "BD1-2026-99-X"})


def test_what_was_worked_with_stays_when_an_import_is_taken_back(store: Store, tmp_path: Path) -> None:
    batch = sheets.carry_out(store, decide(store, csv_file(tmp_path, HAWA, OTHER)), on=TODAY)
    with store.change(by=OFFICER, do="test") as session:
        (case,) = grievances.of_client(session, next(one.uuid for one in everybody(session) if one.call_name == "Hawa"))
        grievance_events.move(session, case, state="assessed", on=TODAY, by=OFFICER, today=TODAY)
    with store.change(by=OFFICER, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
        assert (done.gone, done.kept) == (1, 1)
        assert [one.call_name for one in everybody(session)] == ["Hawa"]


def test_faults_of_journeys_and_cases_name_their_column(store: Store, tmp_path: Path) -> None:
    rows = [
        ["1", "11/3/2019", "A", "", "Atlantis", "juggler", "x", "", "E15", "", "", ""],
        ["2", "11/3/2019", "B", "", "", "domestic", "5", "", "E1", "", "settled", "1/1/2018"],
        ["3", "11/3/2019", "C", "", "ET", "", "", "", "", "", "withdrawn", "11/3/2019"],
    ]
    told = reasons(decide(store, csv_file(tmp_path, *rows)))
    assert "Going to: There is no country “ATLANTIS”." in told
    assert any(one.startswith("Job: “juggler”") for one in told)
    assert "Complaint: This kind of complaint is kept for named officers. Type this case in by hand." in told
    assert "journey_destination: A journey needs a country here." not in told
    assert "Closed: This day is before the complaint." in told
    assert "Going to: Origin and destination are the same country." in told
    assert any("Choose why it was withdrawn" in one for one in told)
    plan = decide(store, csv_file(tmp_path, *rows))
    assert plan.unknown_words()["Job", "journey_sector"] == ["juggler"]
    assert plan.unknown_words()["Going to", "journey_destination"] == ["Atlantis"]


def test_a_case_stands_where_the_book_says(store: Store, tmp_path: Path) -> None:
    header = ["Name", "What", "Since", "State", "On", "Why", "Country", "Agreed"]
    fields = [
        "call_name", "case_categories", "case_lodged_on", "case_state", "case_state_on", "case_because", "case_country",
        "consent_complaint",
    ]  # fmt: skip
    typed = {"source": "cases", "consent": SAID, "column": [
        {"header": one, "field": field, "order": "ymd"} for one, field in zip(header, fields, strict=True)
    ]}  # fmt: skip
    rows = [
        ["A", "E1 E8", "2026-01-05", "closed", "2026-03-01", "", "Saudi Arabia", "yes"],
        ["B", "E1", "2026-01-05", "withdrawn", "2026-03-01", "other", "", ""],
        ["C", "R1", "2026-01-05", "withdrawn", "2026-03-01", "", "", ""],
        ["D", "R1", "2026-01-05", "reopened", "2025-03-01", "", "", ""],
        ["E", "R1", "2026-12-05", "closed", "2027-03-01", "", "", ""],
        ["F", "R1", "2026-01-05", "lapsed", "", "", "", ""],
    ]
    plan = decide(store, csv_file(tmp_path, *rows, header=header), typed)
    assert len(plan.ready) == 2
    told = reasons(plan)
    assert {one.partition(":")[0] for one in told} == {"Why", "State", "On", "Since"}
    sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        one, two = (grievances.of_client(session, person.uuid)[0] for person in everybody(session))
        assert (one.country, one.categories) == ("SA", (Code.E1, Code.E8))
        assert [grievance_events.state_of(session, case.uuid) for case in (one, two)] == [State.CLOSED, State.WITHDRAWN]
        ((part, _person),) = grievances.complainants(session, one.uuid)
        assert part.consent is not None


def test_a_logbook_of_events(store: Store, tmp_path: Path) -> None:
    header = ["Date", "Place", "Type", "Women", "Men", "15-17", "Total", "Leaflets", "Topics"]
    fields = ["on", "place", "type", "sex_female", "sex_male", "age_15-17", "people", "materials_leaflet", "topics"]
    typed: dict[str, Any] = {"source": "events", "target": "events", "fixed": {"language": "am"}, "column": [
        {"header": one, "field": field, "calendar": "ethiopian" if field == "on" else "gregorian"}
        for one, field in zip(header, fields, strict=True)
    ]}  # fmt: skip
    rows = [
        ["11-3-2019", "Dessie woreda hall", "Community meeting", "41", "21", "9", "62", "60", "agency contract"],
        ["10-3-2019", "School", "school", "10", "9", "", "20", "", ""],
        ["", "Radio", "broadcast", "", "", "", "", "", ""],
        ["10-3-2019", "", "circus", "x", "", "", "5", "", "juggling"],
    ]
    file = csv_file(tmp_path, *rows, header=header)
    plan = decide(store, file, typed)
    assert (len(plan.ready), len(plan.blocked)) == (1, 3)
    told = reasons(plan)
    assert any("By sex only 19 of the 20" in one for one in told)
    assert any(one.startswith("Date: A day is needed") for one in told)
    batch = sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        (event,) = events.latest(session)
        assert (event.people, events.by(event, "sex"), event.language) == (62, {"female": 41, "male": 21}, "am")
        assert events.handed_out(event) == {"leaflet": 60}
    assert decide(store, file, typed).same == 1
    with store.change(by=OFFICER, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
        assert (done.gone, done.kept) == (1, 0) and events.latest(session) == []
    for over, field in (
        ({"column": []}, "column"), ({"consent": SAID}, "target"), ({"fixed": {"given": "x"}}, "given"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as wrong:
            sheets_mapping.mapping_of({**typed, **over})
        assert field in wrong.value.problems


def kobo(path: Path) -> Path:
    """A form of phones: groups, answers as columns of 0 and 1, a repeated part in a sheet of its own."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("form")
    page.write_row(
        0, 0, ["start", "who/name", "who/sex", "topics", "topics/contract", "topics/fees", "_uuid", "_index"]
    )
    page.write_row(1, 0, ["x", "Aye", "female", "contract fees", 1, 1, "u-1", 1])
    page.write_row(2, 0, ["x", "Su", "male", "", 0, 1, "u-2", 2])
    visits = book.add_worksheet("visits")
    visits.write_row(0, 0, ["visit/on", "visit/topics", "_parent_index", "_submission__uuid"])
    visits.write_row(1, 0, ["2026-11-05", "health travel", 1, "u-1"])
    visits.write_row(2, 0, ["2026-11-06", "juggling", 1, "u-1"])
    visits.write_row(3, 0, ["2026-11-06", "health", 9, "u-9"])
    book.close()
    return path


def test_a_form_of_phones_with_a_repeated_part(store: Store, tmp_path: Path) -> None:
    typed: dict[str, Any] = {
        "source": "kobo", "consent": SAID, "sheet": "form",
        "column": [
            {"header": "name", "field": "call_name"}, {"header": "who/sex", "field": "sex"},
            {"header": "topics", "field": "contact_topics"},
        ],
        "repeat": [{"sheet": "visits", "column": [
            {"header": "on", "field": "contact_on"}, {"header": "visit/topics", "field": "contact_topics"},
        ]}],
    }  # fmt: skip
    file = kobo(tmp_path / "kobo.xlsx")
    plan = decide(store, file, typed)
    assert (plan.rows, len(plan.ready), len(plan.blocked)) == (5, 3, 2)
    assert {(one.sheet, one.row) for one in plan.errors} == {("visits", 3), ("visits", 4)}
    sheets.give_back(plan, tmp_path / "back.xlsx")
    assert [row[-2] for _n, row in sheets_reading.read(tmp_path / "back.xlsx", sheet="Sheet2").rows()] == [3, 4]
    sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        aye, su = everybody(session)
        assert sorted(one.on for one in counselling.of_client(session, aye.uuid)) == [date(2026, 11, 5), TODAY]
        assert counselling.of_client(session, su.uuid) == []
    again = decide(store, file, typed)
    assert (again.same, len(again.ready), len(again.blocked)) == (3, 0, 2)
    answers = {**typed, "column": [typed["column"][0], {"header": "topics/fees", "field": "note"}]}
    del answers["repeat"]
    answers["column"].append({"header": "grp", "field": "contact_topics"})
    with pytest.raises(Invalid):
        decide(store, file, answers)
    with pytest.raises(Invalid):
        sheets_mapping.mapping_of({**typed, "repeat": [{"sheet": "v", "column": [{"header": "x", "field": "given"}]}]})


def test_answers_written_out_as_columns_of_yes_and_no(store: Store, tmp_path: Path) -> None:
    header = ["name", "g/topics/contract", "g/topics/fees", "g/topics/health"]
    typed = {"source": "odk", "consent": SAID, "column": [
        {"header": "name", "field": "call_name"}, {"header": "topics", "field": "contact_topics"},
    ]}  # fmt: skip
    plan = decide(store, csv_file(tmp_path, ["Aye", "1", "0", "TRUE"], ["Su", "0", "", "0"], header=header), typed)
    assert [one.contact["topics"] if one.contact else None for one in plan.ready] == [
        (Topic.CONTRACT, Topic.HEALTH), None,
    ]  # fmt: skip


def test_a_stop_leaves_nothing(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "EVERY", 1)
    plan = decide(store, csv_file(tmp_path, HAWA, OTHER))

    def stop(done: int, total: int) -> None:
        if done:
            raise Cancelled

    with pytest.raises(Cancelled):
        sheets.carry_out(store, plan, on=TODAY, step=stop)
    with store.read() as session:
        assert everybody(session) == [] and imports.batches(session) == []
        with pytest.raises(MrcError):
            clients.by_number(session, "nobody")


def test_what_holds_for_all_rows_is_checked_once(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as wrong:
        decide(store, csv_file(tmp_path, HAWA), {**WIDE, "fixed": {"contact_mode": "telepathy"}})
    assert "contact_mode" in wrong.value.problems


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1256", "تغست"), ("cp1252", "Zoé"), ("utf-16-le", "Aye"), ("utf-16", "ትግስት")]
)
def test_a_csv_of_an_old_office_keeps_its_letters(tmp_path: Path, encoding: str, name: str) -> None:
    file = tmp_path / "old.xlsx"  # called by the wrong ending
    file.write_bytes(f"No;Name\r\n1;{name}\r\n".encode(encoding))
    sheet = sheets_reading.read(file)
    assert sheet.header == ("No", "Name")
    assert [row[1] for _number, row in sheet.rows()] == [name]


def test_a_formula_does_not_come_back_as_one(store: Store, tmp_path: Path) -> None:
    file = csv_file(tmp_path, ["1", "11/3/2019", "=cmd|' /C calc'!A0", "robot", *[""] * 8])
    plan = decide(store, file)
    sheets.give_back(plan, tmp_path / "back.xlsx")
    with zipfile.ZipFile(tmp_path / "back.xlsx") as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    (row,) = (row for _n, row in sheets_reading.read(tmp_path / "back.xlsx").rows())
    assert row[2] == "=cmd|' /C calc'!A0"
    with pytest.raises(MrcError, match="cannot be written"):
        sheets.give_back(plan, tmp_path / "no" / "back.xlsx")


def test_links_to_other_files_are_never_followed(tmp_path: Path) -> None:
    file = tmp_path / "links.xlsx"
    book = xlsxwriter.Workbook(str(file))
    page = book.add_worksheet()
    page.write_row(0, 0, ["Name", "Phone"])
    page.write_formula(1, 0, "='http://example.org/[x.xlsx]Sheet1'!A1", None, "Hana")
    page.write_url(1, 1, "file:///etc/passwd", string="0911")
    book.close()
    assert [row for _n, row in sheets_reading.read(file).rows()] == [["Hana", "0911"]]


def test_the_old_logbook_gives_last_months_report(store: Store, tmp_path: Path) -> None:
    from mrc_app.figures import reports
    from mrc_app.figures.tiers import Tier

    book = [HAWA, OTHER, ["9", "2/3/2019", "Sara", "F", "KSA", "housemaid", "900", "health", "E8", "", "", ""]]
    sheets.carry_out(store, decide(store, csv_file(tmp_path, *book, AGAIN)), on=TODAY)
    document = reports.make(store, "et:2019-03", Tier.INTERNAL, TODAY)
    told = {(one["code"], one["part"]): one["value"] for one in document["figures"]}
    assert told["A1", ""] == "3"
    assert next(value for (code, _part), value in told.items() if code == "A3") is not None
    assert next(value for (code, part), value in told.items() if code == "C2" and not part) == "2"


@pytest.mark.long
def test_fifty_thousand_rows_of_a_real_book_are_all_accounted_for(store: Store, tmp_path: Path) -> None:
    """Merged headers, two calendars, formulas, people twice, faults: ok + rejected + same = rows."""
    file = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(file), {"constant_memory": True})
    page = book.add_worksheet()
    page.merge_range(0, 0, 0, 2, "Person")
    page.write(0, 3, "Visit")
    page.write_row(1, 0, ["No", "Name", "Born", "Came", "Going to", "Complaint"])
    for at in range(50_000):
        page.write_row(at + 2, 0, [at % 49_000, f"Name{at % 40_000}", f"{at % 28 + 1}/3/1985", "2026-11-03"])
        page.write_formula(at + 2, 4, '=IF(1,"SA")', None, "SA" if at % 100 else "Atlantis")
        page.write(at + 2, 5, "E1" if at % 3 == 0 else "")
    book.close()
    typed = {
        "source": "book", "person": "No", "header_row": 1, "header_rows": 2, "consent": SAID,
        "column": [
            {"header": "Name", "field": "call_name"},
            {"header": "Born", "field": "birth_date", "calendar": "ethiopian"},
            {"header": "Came", "field": "registered_on"},
            {"header": "Going to", "field": "journey_destination"},
            {"header": "Complaint", "field": "case_categories"},
        ],
    }  # fmt: skip
    plan = decide(store, file, typed)
    assert (plan.rows, len(plan.blocked)) == (50_000, 500)
    sheets.carry_out(store, plan, on=TODAY)
    again = decide(store, file, typed)
    assert (again.same, len(again.blocked), again.ready) == (49_500, 500, [])
