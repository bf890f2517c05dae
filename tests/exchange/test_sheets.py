"""Sheets: every row is accounted for, the same file twice changes nothing, and a batch can be taken back."""

from __future__ import annotations

import json
import struct
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from sqlmodel import Session, select

from mrc_app import cli
from mrc_app.casework import clients, consents, counselling, imports
from mrc_app.casework.clients import Client
from mrc_app.casework.counselling_words import Topic
from mrc_app.errors import CannotRead, Invalid, MrcError, NotAllowed
from mrc_app.exchange import sheets, sheets_mapping, sheets_reading
from mrc_app.exchange.sheets import Plan
from mrc_app.store import officers
from mrc_app.store.centre import Store
from mrc_app.store.roles import Role
from tests.make import LOGIN, OFFICER, PASSWORD, TODAY, make_client, make_store

SAID = {"statement": "All signed the paper form", "how": "signed", "statistics": "given"}
LOGBOOK: dict[str, Any] = {
    "source": "logbook",
    "external": "No",
    "consent": SAID,
    "column": [
        {"header": "Given", "field": "given"},
        {"header": "Father", "field": "father"},
        {"header": "Sex", "field": "sex", "values": {"Woman": "F", "Man": "M"}},
        {"header": "Born", "field": "birth_date", "calendar": "ethiopian"},
        {"header": "Phone", "field": "phone"},
        {"header": "Came", "field": "registered_on"},
        {"header": "Going to", "field": "location_country", "values": {"KSA": "SA"}},
    ],
}
HEADER = ["No", "Given", "Father", "Sex", "Born", "Phone", "Came", "Going to"]
TIGIST = ["1", "Tigist", "Bekele", "Woman", "12-03-1990", "0911 223 344", "03/11/2026", "KSA"]
DAWIT = ["2", "Dawit", "Girma", "Man", "1988", "0911 223 355", "2026-11-04", ""]


def csv_file(folder: Path, *rows: list[str], name: str = "book.csv", header: list[str] = HEADER) -> Path:
    made = folder / name
    made.write_text("\n".join(";".join(row) for row in (header, *rows)) + "\n", "utf-8")
    return made


def decide(store: Store, file: Path, typed: dict[str, Any] | None = None, **over: Any) -> Plan:
    return sheets.decide(store, file, sheets_mapping.mapping_of(typed or LOGBOOK), on=TODAY, **over)


def counted(plan: Plan) -> tuple[int, int, int, int]:
    assert plan.rows == len(plan.ready) + plan.same + len(plan.blocked)
    return plan.rows, len(plan.ready), plan.same, len(plan.blocked)


@pytest.fixture
def store(tmp_path: Path) -> Any:
    made = make_store(tmp_path)
    yield made
    made.close()


def everybody(session: Session) -> list[Client]:
    return [one for one in session.exec(select(Client)) if not one.gone]


def test_a_row_becomes_a_client_with_her_consents(store: Store, tmp_path: Path) -> None:
    plan = decide(store, csv_file(tmp_path, TIGIST, DAWIT))
    assert counted(plan) == (2, 2, 0, 0)
    assert sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        one, two = everybody(session)
        assert (one.call_name, one.father, one.sex.value, one.phone) == ("Tigist", "Bekele", "female", "+251911223344")
        assert (one.registered_on, one.location_country) == (date(2026, 11, 3), "SA")
        assert one.birth_calendar is not None
        assert one.birth_first == date(1997, 11, 21)  # 12 Hidar 1990
        assert two.birth_first == date(1995, 9, 12)  # a year of the Ethiopian calendar
        standing = consents.matrix(session, one.uuid, TODAY)
        assert standing[consents.Purpose.RECORD].value == "given"
        assert standing[consents.Purpose.STATISTICS].value == "given"


def test_the_same_file_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = csv_file(tmp_path, TIGIST, DAWIT, TIGIST)
    plan = decide(store, file)
    assert counted(plan) == (3, 2, 1, 0)  # a line copied by mistake
    sheets.carry_out(store, plan, on=TODAY)
    again = decide(store, file)
    assert counted(again) == (3, 0, 3, 0)
    assert sheets.carry_out(store, again, on=TODAY) == ""
    moved = csv_file(tmp_path, ["3", *DAWIT[1:4], "1970", "0911 223 366", *DAWIT[6:]], DAWIT, TIGIST, name="b.csv")
    assert counted(decide(store, moved)) == (3, 1, 2, 0)  # known by its id, wherever it stands
    other = csv_file(tmp_path, [*TIGIST[:2], "Kebede", *TIGIST[3:]], name="c.csv")
    told = decide(store, other)
    assert counted(told) == (1, 0, 0, 1)
    assert "says something else" in told.errors[0].reason.text()


def test_without_an_id_a_row_is_known_by_what_it_says(store: Store, tmp_path: Path) -> None:
    typed = {**LOGBOOK, "external": ""}
    file = csv_file(tmp_path, TIGIST, TIGIST, DAWIT)
    plan = decide(store, file, typed)
    assert counted(plan) == (3, 3, 0, 0)
    assert "same person as in row 2" in plan.warnings[0].reason.text()
    sheets.carry_out(store, plan, on=TODAY)
    assert counted(decide(store, file, typed)) == (3, 0, 3, 0)


def test_every_fault_is_told_with_row_column_value_and_reason(store: Store, tmp_path: Path) -> None:
    wrong = [
        ["4", "", "X", "Woman", "1990", "", "2026-11-03", ""],
        ["5", "Aster", "X", "robot", "45-45-1990", "12", "2027-01-01", "Atlantis"],
        ["6", "Aster", "X", "Woman", "", "", "99/99/2026", ""],
        ["1", "Other", "Z", "Man", "", "", "", ""],
    ]
    plan = decide(store, csv_file(tmp_path, TIGIST, *wrong, ["", "", "", "", "", "", "", ""]))
    assert counted(plan) == (5, 1, 0, 4)
    told = {(one.row, one.column) for one in plan.errors}
    assert told == {
        (3, "Given"), (4, "Sex"), (4, "Born"), (4, "Phone"), (4, "Came"), (4, "Going to"), (5, "Came"), (6, ""),
    }  # fmt: skip
    out = tmp_path / "rejected.xlsx"
    sheets.give_back(plan, out)
    back = sheets_reading.read(out)
    rows = list(back.rows())
    assert back.header == (*HEADER, "row", "reason")
    assert [row[8] for _, row in rows] == [3, 4, 5, 6]
    assert all(row[9] for _, row in rows)


def test_consent_is_never_assumed(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as told:
        sheets_mapping.mapping_of({**LOGBOOK, "consent": None})
    assert "consent" in told.value.problems
    typed = {**LOGBOOK, "column": [
        {"header": "Given", "field": "given"}, {"header": "Sex", "field": "consent_record"},
        {"header": "Father", "field": "consent_how"}, {"header": "Going to", "field": "consent_statistics"},
    ], "consent": None}  # fmt: skip
    rows = [
        ["1", "Sara", "verbal", "yes", "", "", "", "no"],
        ["2", "Hana", "", "no", "", "", "", ""],
        ["3", "Lily", "", "", "", "", "", ""],
        ["4", "Ruth", "", "yes", "", "", "", ""],
        ["5", "Mary", "signed", "yes", "", "", "", "perhaps"],
    ]
    plan = decide(store, csv_file(tmp_path, *rows), typed)
    assert counted(plan) == (5, 1, 0, 4)
    answers = plan.ready[0].answers
    assert answers[consents.Purpose.RECORD].certified_by == store.officer
    assert answers[consents.Purpose.STATISTICS].state is consents.State.REFUSED


def test_an_unknown_key_of_a_mapping_is_named(store: Store, tmp_path: Path) -> None:
    for over, field in (
        ({"colour": "red"}, "colour"),
        ({"source": ""}, "source"),
        ({"column": [{"header": "Given", "field": "shoe"}]}, "shoe"),
        ({"column": [{"header": "A", "field": "given"}, {"header": "B", "field": "given"}]}, "given"),
        ({"column": []}, "column"),
        ({"column": [{"header": "A"}]}, "column.0.field"),
    ):
        with pytest.raises(Invalid) as told:
            sheets_mapping.mapping_of({**LOGBOOK, **over})
        assert field in told.value.problems
    with pytest.raises(Invalid) as told:
        decide(store, csv_file(tmp_path, header=["Given"]))
    assert {"Father", "No"} <= set(told.value.problems)


def test_a_mapping_is_remembered_by_the_header(store: Store, tmp_path: Path) -> None:
    plan = decide(store, csv_file(tmp_path, TIGIST))
    sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        known = imports.mapping_for(session, sheets_mapping.fingerprint([f" {one.upper()}" for one in HEADER]))
        assert sheets_mapping.remembered(known) == plan.mapping
        assert imports.mapping_for(session, "strange") == ""
        assert imports.batches(session)[0].ok == 1
    found = sheets_mapping.suggested(["First name", "Date of birth", "grp/phone_number", "Shoe", "given"])
    assert found == {"First name": "given", "Date of birth": "birth_date", "grp/phone_number": "phone"}


def workbook(path: Path) -> Path:
    """Merged headers, a formula, days of three calendars, Excel's own count, numbers as numbers."""
    book = xlsxwriter.Workbook(str(path))
    page = book.add_worksheet("Log")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    page.write(0, 0, "Migrant centre, invented")
    page.merge_range(2, 0, 2, 1, "Name")
    page.merge_range(2, 2, 2, 4, "Born")
    page.write_row(3, 0, ["Given", "Father", "ET", "NP", "GR", "Came", "Phone"])
    page.write_row(4, 0, ["Tigist"])
    page.write_formula(4, 1, '=CONCATENATE("Be","kele")', None, "Bekele")
    page.write_datetime(4, 2, datetime(1990, 3, 12), day)  # 12 Hidar 1990, which Excel took for March
    page.write_number(4, 5, 46329)  # 3 November 2026
    page.write_number(4, 6, 911223344)
    page.write_row(5, 0, ["Maya", "Gurung", "", "2047-08-05", "", "05/11/2026", "+977 984 123 4567"])
    page.write_string(6, 1, "=cmd|' /C calc'!A0")
    page.write_row(6, 0, ["Rosa"])
    page.write_row(6, 2, ["", "", "7/2/1991", "2026-11-06", ""])
    book.close()
    return path


def test_merged_headers_formulas_and_three_calendars(store: Store, tmp_path: Path) -> None:
    typed: dict[str, Any] = {
        "source": "book", "consent": SAID, "header_row": 3, "header_rows": 2,
        "column": [
            {"header": "Name/Given", "field": "given"}, {"header": "Father", "field": "father"},
            {"header": "Born/ET", "field": "birth_date", "calendar": "ethiopian"},
            {"header": "Came", "field": "registered_on"}, {"header": "Phone", "field": "phone"},
        ],
    }  # fmt: skip
    file = workbook(tmp_path / "log.xlsx")
    plan = decide(store, file, typed)
    assert counted(plan) == (3, 3, 0, 0)
    first, second, third = plan.ready
    assert (first.row, first.columns["father"], first.columns["phone"]) == (5, "Bekele", "+251911223344")
    assert (first.on, first.columns["birth_first"]) == (date(2026, 11, 3), date(1997, 11, 21))
    assert third.columns["father"].startswith("=cmd")  # text stays text
    typed["column"][2] = {"header": "Born/NP", "field": "birth_date", "calendar": "bikram_sambat"}
    assert decide(store, file, typed).ready[1].columns["birth_first"] == date(1990, 11, 21)
    typed["column"][2] = {"header": "Born/GR", "field": "birth_date", "order": "mdy"}
    assert decide(store, file, typed).ready[2].columns["birth_first"] == date(1991, 7, 2)
    assert second.on == date(2026, 11, 5)
    typed["sheet"] = "Nowhere"
    with pytest.raises(CannotRead, match="no sheet"):
        decide(store, file, typed)


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="Log">{rows}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", ODS.format(rows=rows))
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return path


def ods_row(*cells: str) -> str:
    kept = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{c}</text:p></table:table-cell>' for c in cells
    )
    return f"<table:table-row>{kept}</table:table-row>"


def test_an_ods_and_a_kobo_export(store: Store, tmp_path: Path) -> None:
    header = ["start", "who/first", "who/sex", "talk/topics", "talk/when", "_uuid"]
    row = ods_row("x", "Aye", "female", "legal_steps wages", "2026-11-02T09:10:11.000+07:00", "u-1")
    file = ods(tmp_path / "kobo.ods", ods_row(*header) + row)
    words = list(Topic)[:2]
    typed = {
        "source": "kobo", "consent": SAID,
        "column": [
            {"header": "first", "field": "call_name"}, {"header": "who/sex", "field": "sex"},
            {"header": "talk/when", "field": "contact_on"},
            {"header": "talk/topics", "field": "contact_topics", "split": " ",
             "values": {"legal_steps": words[0].value, "wages": words[1].value}},
        ],
    }  # fmt: skip
    plan = decide(store, file, typed)
    assert counted(plan) == (1, 1, 0, 0)
    sheets.carry_out(store, plan, on=TODAY)
    with store.read() as session:
        (made,) = everybody(session)
        (talk,) = counselling.of_client(session, made.uuid)
        assert (talk.on, talk.topics, made.registered_on) == (date(2026, 11, 2), tuple(words), date(2026, 11, 2))
    changed = csv_file(tmp_path, ["y", "Aye", "female", "", "2026-11-02", "u-1"], header=header)
    assert counted(decide(store, changed, typed))[3] == 1  # the same form, sent in again with other words


def test_somebody_registered_already_is_told(store: Store, tmp_path: Path) -> None:
    with store.change(by=OFFICER, do="test") as session:
        known = make_client(session, call_name="Tigist", given="Tigist", father="Bekele", phone="0911223344", sex="F")
        number = known.number
    file = csv_file(tmp_path, TIGIST, DAWIT)
    plan = decide(store, file)
    assert counted(plan) == (2, 2, 0, 0)
    assert number in plan.warnings[0].reason.text()
    held = decide(store, file, {**LOGBOOK, "duplicates": "hold"})
    assert counted(held) == (2, 1, 0, 1)
    assert counted(decide(store, file, choices={2: "leave", 3: "leave"})) == (2, 0, 0, 2)


def test_a_batch_is_taken_back_but_not_who_was_worked_with_since(store: Store, tmp_path: Path) -> None:
    file = csv_file(tmp_path, TIGIST, DAWIT)
    batch = sheets.carry_out(store, decide(store, file), on=TODAY)
    with store.change(by=OFFICER, do="test") as session:
        dawit = next(one for one in everybody(session) if one.call_name == "Dawit")
        clients.amend(session, dawit, changes={"district": "Dessie"}, on=TODAY)
    with store.change(by=OFFICER, do="imports.undo") as session:
        done = imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
    assert (done.gone, done.kept) == (1, 1)
    with store.change(by=OFFICER, do="imports.undo") as session:
        assert [one.call_name for one in everybody(session)] == ["Dawit"]
        with pytest.raises(MrcError, match="taken back already"):
            imports.undo(session, imports.by_uuid(session, batch), on=TODAY, by=OFFICER)
        with pytest.raises(MrcError, match="not on this desk"):
            imports.by_uuid(session, "nothing")
    assert counted(decide(store, file)) == (2, 1, 1, 0)


# Hostile files


def test_what_is_no_sheet_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for content in (
        b"",
        b"%PDF-1.7 x",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        b"PK\x03\x04 broken",
        b"a,b\n\x00\x01",
    ):
        file = tmp_path / "x.xlsx"
        file.write_bytes(content)
        with pytest.raises(CannotRead):
            sheets_reading.read(file)
    with pytest.raises(CannotRead):
        sheets_reading.read(tmp_path / "nowhere.csv")
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(CannotRead, match="not a sheet"):
        sheets_reading.read(file)
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
    with pytest.raises(CannotRead):
        sheets_reading.read(file)


def test_bombs_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = workbook(tmp_path / "far.xlsx")
    book = xlsxwriter.Workbook(str(far))
    book.add_worksheet().write(1_048_575, 16_383, "x")
    book.close()
    with pytest.raises(CannotRead, match="too large"):
        sheets_reading.read(far)
    wide = workbook(tmp_path / "wide.xlsx")
    book = xlsxwriter.Workbook(str(wide))
    book.add_worksheet().write_row(0, 0, [f"c{at}" for at in range(150)])
    book.close()
    assert len(sheets_reading.read(wide).header) == 150
    monkeypatch.setattr(sheets_reading, "MOST_BYTES", 50_000)
    file = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", "<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 10_000_000)
    with pytest.raises(CannotRead, match="too large"):
        sheets_reading.read(file)
    lying = bytearray(file.read_bytes())
    at = lying.rindex(b"PK\x01\x02")
    lying[at + 24 : at + 28] = struct.pack("<I", 10)  # it says it unpacks to ten bytes
    file.write_bytes(bytes(lying))
    with pytest.raises(CannotRead, match="too large"):
        sheets_reading.read(file)
    wide = ods_row("x").replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="16000"')
    with pytest.raises(CannotRead, match="too large"):
        sheets_reading.read(ods(tmp_path / "a.ods", wide))
    rows = ods_row("x").replace("<table:table-row>", '<table:table-row table:number-rows-repeated="1000000">')
    with pytest.raises(CannotRead, match="too large"):
        sheets_reading.read(ods(tmp_path / "b.ods", rows))


def test_a_csv_in_another_encoding_or_with_other_dividers_is_read(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    for encoding, divider in (("utf-8-sig", ","), ("utf-16", "\t"), ("cp1252", ";")):
        file.write_text(divider.join(("Prénom", "Âge")) + "\n" + divider.join(("Aïcha", "30")) + "\n", encoding)
        sheet = sheets_reading.read(file)
        assert sheet.header == ("Prénom", "Âge")
        assert list(sheet.rows()) == [(2, ["Aïcha", "30"])]
    file.write_text("a,b\n" + '"' + "x" * 140_000 + '",c\n')
    with pytest.raises(CannotRead, match="damaged"):
        list(sheets_reading.read(file).rows())


@pytest.mark.parametrize(
    ("cell", "order", "said"),
    [
        ("3/7/2015", "dmy", "2015-07-03"), ("3/7/2015", "mdy", "2015-03-07"), ("2015.7.3", "dmy", "2015-07-03"),
        ("२०७९-०५-०१", "ymd", "2079-05-01"), ("1995", "dmy", "1995"), ("3/1995", "dmy", "1995-03"),
        ("45000", "dmy", "2023-03-15"),
        (45000.0, "dmy", "2023-03-15"), ("soon", "dmy", "soon"), (None, "dmy", ""), (1995.0, "dmy", "1995"),
        (datetime(2015, 7, 3, 8), "dmy", "2015-07-03"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(cell: Any, order: str, said: str) -> None:
    assert sheets_reading.day_of(cell, order) == said


def test_cells_as_people_typed_them() -> None:
    assert [sheets_reading.text_of(cell) for cell in (None, True, 3.0, 2.5, " x ", datetime(2026, 1, 2))] == [
        "", "yes", "3", "2.5", "x", "2026-01-02",
    ]  # fmt: skip


def test_who_may_not_register_imports_nothing(store: Store, tmp_path: Path) -> None:
    with store.change(by=OFFICER, do="test") as session:
        officers.add(session, name="Dawit", login="dawit", role=Role.DATA_OFFICER)
    counts = Store(store.path, store.key, "dawit", "this computer")
    with pytest.raises(NotAllowed):
        decide(counts, csv_file(tmp_path, TIGIST))
    counts.close()


def test_the_command_tells_counts_and_takes_back(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = csv_file(tmp_path, TIGIST, ["2", "", *DAWIT[2:]])
    mapping = tmp_path / "m.toml"
    columns = "\n".join(
        f'[[column]]\nheader = "{h}"\nfield = "{f}"' for h, f in (("Given", "given"), ("Phone", "phone"))
    )
    mapping.write_text(f'source = "x"\n[consent]\nstatement = "All signed"\nhow = "signed"\n{columns}\n')
    monkeypatch.setenv("MRC_PASSWORD", PASSWORD)
    store.close()

    def told(*words: str) -> Any:
        where = ["--centre", str(store.path), "--user", LOGIN, "--today", str(TODAY), "--json"]
        assert cli.run([*words, *where]) == 0
        return json.loads(capsys.readouterr().out)

    asked = ("import-sheet", str(file), "--mapping", str(mapping))
    dry = told(*asked, "--dry-run")
    assert (dry["rows"], dry["ok"], dry["batch"]) == (2, 1, None)
    assert set(dry["errors"][0]) == {"row", "column", "value", "reason"}
    made = told(*asked, "--rejected", str(tmp_path / "r.xlsx"))
    assert (made["ok"], (tmp_path / "r.xlsx").exists()) == (1, True)
    assert told(*asked)["same"] == 1
    assert told("undo-import", made["batch"]) == {"gone": 1, "kept": 0}


@pytest.mark.long
def test_fifty_thousand_rows_are_all_accounted_for(store: Store, tmp_path: Path) -> None:
    rows = [
        [str(at), f"Name{at}", f"Father{at % 900}", "Woman", "1990", "", "2026-11-03", "KSA"] for at in range(50_000)
    ]
    rows[7][3] = "robot"
    rows[9] = rows[8]
    plan = decide(store, csv_file(tmp_path, *rows))
    assert counted(plan) == (50_000, 49_998, 1, 1)
    sheets.carry_out(store, plan, on=TODAY)
    assert counted(decide(store, csv_file(tmp_path, *rows))) == (50_000, 0, 49_999, 1)
